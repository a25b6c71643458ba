"""The staff's door: who comes in, what is behind it, and that there is no other way out of a kiosk."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMenu

from yibao_desktop.settings import PROFILES, Screen
from yibao_desktop.station.event_log import Code
from yibao_desktop.station.exit_codes import ExitCode
from yibao_desktop.station.pin import FREE_TRIES, hash_pin
from yibao_desktop.station.running import open_station
from yibao_desktop.station.self_test import CONSOLE_PARTS, WINDOW_PARTS, SelfTest, as_json
from yibao_desktop.ui.output.printing import Printing
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.station.cleaning import CLEANING_SECONDS, CleaningPage
from yibao_desktop.ui.station.door import Door, corner_pixels
from yibao_desktop.ui.station.pin_page import PinPage
from yibao_desktop.ui.station.recorder import Recorder
from yibao_desktop.ui.station.staff_page import StaffPage

PIN, WRONG = "730164", "730165"
HASH = hash_pin(PIN)
SOON = 60
"""Milliseconds the corner is held in these tests."""


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class House:
    """A station in a window, with a clock one can turn and the codes the program was left with."""

    def __init__(self, hand, folder, pack, profile, at, hold_ms=SOON) -> None:
        self.hand, self.window, self.folder = hand, hand.window, folder
        self.clock, self.left, self.at = Clock(), [], at
        self.station = open_station(folder, profile, pack, lambda: self.at, self.clock)
        self.recorder = Recorder(self.window, self.station)
        self.door = Door(self.window, self.station, self.left.append, hold_ms)

    @property
    def page(self):
        return self.window.stack.currentWidget()

    def log(self) -> str:
        return (self.folder / "events.log").read_text(encoding="ascii")

    def enter(self, pin: str = PIN) -> None:
        for digit in pin:
            self.hand.press(f"key-{digit}")
        self.hand.press("pin-open")
        QApplication.processEvents()

    def come_in(self) -> None:
        self.door.knock()
        self.enter()
        assert isinstance(self.page, StaffPage)


@pytest.fixture
def make_house(make_window, make_hand, tmp_path, pack, monkeypatch):
    monkeypatch.setattr(Printing, "look", lambda self: None)

    def make(profile_id="kiosk", at=datetime(2026, 12, 1, 9, 0), folder=None, hold_ms=SOON, **changes):
        profile = replace(PROFILES[profile_id], pin_hash=HASH, **changes)
        return House(make_hand(make_window(profile_id)), folder or tmp_path / "state", pack, profile, at, hold_ms)

    return make


@pytest.fixture
def house(make_house):
    return make_house()


def hold(window, at: QPoint, how_long: int) -> None:
    handle = window.windowHandle()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.qWait(how_long)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


# --- the corner and the keys ------------------------------------------------------------------------------------


def test_holding_the_upper_left_corner_asks_for_the_pin_and_does_nothing_else(house):
    hold(house.window, QPoint(60, 40), SOON * 4)
    assert isinstance(house.page, PinPage)


def test_a_short_press_in_the_corner_is_the_button_that_lies_there(make_house):
    # Long enough for a press to be short on a busy machine.
    house = make_house(hold_ms=SOON * 12)
    house.hand.press("help")
    hold(house.window, QPoint(60, 40), 0)
    QTest.qWait(SOON * 15)
    assert isinstance(house.page, HomePage)


def test_holding_anywhere_else_or_sliding_out_of_the_corner_asks_for_nothing(house):
    before = house.page
    hold(house.window, QPoint(400, 400), SOON * 3)
    handle = house.window.windowHandle()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))
    QTest.mouseMove(handle, QPoint(300, 300))
    QTest.qWait(SOON * 3)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(300, 300))
    assert house.page is before


def test_ctrl_alt_q_asks_for_the_pin(house):
    house.hand.key(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert isinstance(house.page, PinPage)


@pytest.mark.parametrize(("screen", "least"), [
    (None, 88), (Screen(Decimal("32"), 60), 88), (Screen(Decimal("10"), 60), 20 / 25.4 * 200),
])
def test_the_corner_is_20_mm_and_never_under_88_pixels(screen, least):
    assert corner_pixels(screen, 1920, 1080) >= least


# --- the PIN ----------------------------------------------------------------------------------------------------


def test_the_right_pin_opens_and_the_log_says_so_without_it(house):
    house.come_in()
    assert "staff-entered" in house.log()
    assert not any(PIN.encode() in path.read_bytes() for path in house.folder.rglob("*") if path.is_file())


def test_a_wrong_pin_stays_outside(house):
    house.door.knock()
    house.enter(WRONG)
    assert isinstance(house.page, PinPage)
    assert "PIN 不对" in house.hand.texts()
    assert house.hand.find("pin", QLineEdit).text() == ""


def test_the_pin_is_dots_for_eyes_and_for_a_screen_reader_and_gone_with_the_page(house):
    house.door.knock()
    page, edit = house.page, house.hand.find("pin", QLineEdit)
    for digit in PIN:
        house.hand.press(f"key-{digit}")
    face = QAccessible.queryAccessibleInterface(edit)
    said = [face.text(kind) for kind in QAccessible.Text if kind is not QAccessible.Text.UserText]
    assert edit.text() == PIN
    assert not any(digit in text for text in [edit.displayText(), *said] for digit in PIN)
    gone = []
    edit.textChanged.connect(gone.append)
    house.hand.press("pin-back")
    assert gone == [""]
    assert not page.isVisible()


def test_after_five_wrong_ones_one_waits_is_told_how_long_and_may_then_try_again(house):
    house.door.knock()
    for _ in range(FREE_TRIES):
        house.enter(WRONG)
    assert "请等 1 分钟 再试" in house.hand.texts()
    assert not house.hand.find("key-1").isEnabled()
    assert house.hand.find("pin-back").isEnabled()
    assert "pin-locked" in house.log()
    house.clock.seconds += 15
    house.page._tell_wait()
    assert "请等 45 秒 再试" in house.hand.texts()
    house.clock.seconds += 46
    house.page._tell_wait()
    assert "请等" not in house.hand.texts()
    house.enter()
    assert isinstance(house.page, StaffPage)


def test_a_worker_without_a_pin_finds_the_door_open(make_window, make_hand, tmp_path, pack, monkeypatch):
    monkeypatch.setattr(Printing, "look", lambda self: None)
    house = House(make_hand(make_window("staff")), tmp_path, pack, PROFILES["staff"], datetime(2026, 12, 1))
    house.door.knock()
    assert isinstance(house.page, StaffPage)
    assert house.window.close()


# --- no other way out -------------------------------------------------------------------------------------------


def test_a_kiosk_cannot_be_closed(house):
    assert not house.window.close()
    assert house.window.isVisible()
    house.come_in()
    assert not house.window.close()
    house.window.locked = False


def test_the_right_button_opens_no_menu(house):
    house.window.searching.open()
    field = house.page.findChild(QLineEdit)
    handle, at = house.window.windowHandle(), field.mapTo(house.window, field.rect().center())
    QTest.mouseClick(handle, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, handle.mapToGlobal(at))
    QApplication.sendEvent(handle, event)
    QApplication.processEvents()
    assert QApplication.activePopupWidget() is None
    assert house.window.findChildren(QMenu) == []


def test_no_file_dialog_before_the_door_and_no_link_that_leads_out(house):
    assert not house.window.profile.may_save_files
    for show in (house.window.show_sources, house.window.show_help, lambda: house.window.read("topics")):
        show()
        assert not any(label.openExternalLinks() for label in house.window.findChildren(QLabel))
        assert house.window.findChildren(QFileDialog) == []


# --- behind it --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("button", "code"), [("staff-restart", ExitCode.RESTART), ("staff-exit", ExitCode.LEFT)])
def test_the_staff_restart_and_leave(house, button, code):
    house.come_in()
    house.hand.press(button)
    assert house.left == [code]


def test_the_page_tells_how_the_station_is_and_what_needs_care(make_house):
    house = make_house(at=datetime(2000, 1, 1, 3, 0))
    house.station.log.failure(Code.UNCAUGHT, ValueError("张三"))
    house.come_in()
    texts = house.hand.texts()
    assert "时钟不对：2000-01-01" in texts
    assert "uncaught" in texts
    assert "张三" not in texts
    house.hand.press("staff-back")
    assert isinstance(house.page, HomePage)


def test_the_self_test_runs_beside_the_window_and_its_result_is_shown(house, monkeypatch, qtbot):
    import sys

    house.come_in()
    report = as_json({part: [] for part in CONSOLE_PARTS + WINDOW_PARTS})
    house.door.testing._command = (sys.executable, "-c", f"print({report!r})")
    house.hand.press("staff-test")
    assert "正在自检" in house.hand.texts()
    assert not house.hand.find("staff-test").isEnabled()
    # What may not be pressed now has given the focus to its neighbour, not to the top of the window.
    assert house.hand.window.focusWidget() is house.hand.find("staff-status")
    qtbot.waitUntil(lambda: not house.door.testing.running, timeout=20_000)
    assert house.door.testing.result == SelfTest(0)
    qtbot.waitUntil(lambda: "通过：没有发现问题" in house.hand.texts())
    assert "self-test-passed" in house.log()


def test_a_self_test_that_cannot_start_is_told(house, qtbot):
    house.come_in()
    house.door.testing._command = (str(house.folder / "nothing"),)
    house.hand.press("staff-test")
    qtbot.waitUntil(lambda: not house.door.testing.running, timeout=20_000)
    qtbot.waitUntil(lambda: "没有做成，请再试一次" in house.hand.texts())
    assert house.hand.find("staff-test").isEnabled()


def test_counts_and_status_go_into_files_and_a_full_stick_is_told(house, tmp_path, monkeypatch):
    house.come_in()
    counts, status = tmp_path / "counts.csv", tmp_path / "status.txt"
    house.page.save(house.door._counts_file, counts)
    house.page.save(house.door._status_file, status)
    assert str(status) in house.hand.texts()
    assert counts.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "医保帮手的状态" in status.read_text(encoding="utf-8-sig")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    house.page.save(house.door._status_file, tmp_path / "more.txt")
    assert "没能存到那里" in house.hand.texts()


def test_saving_asks_with_the_window_of_the_system(house, qtbot):
    house.come_in()
    house.hand.press("staff-counts")
    dialogs = house.window.findChildren(QFileDialog)
    assert len(dialogs) == 1
    assert dialogs[0].acceptMode() is QFileDialog.AcceptMode.AcceptSave
    dialogs[0].reject()


def test_todays_counts_are_only_fives(house):
    for _ in range(7):
        house.station.counters.opened("search")
    house.station.counters.opened("help")
    house.come_in()
    texts = house.hand.texts()
    assert "打开 搜索\n5" in texts
    assert "打开 怎么用" not in texts


def test_while_the_screen_is_wiped_nothing_answers_and_then_it_goes_back(house):
    house.come_in()
    house.hand.press("staff-clean")
    page = house.page
    assert isinstance(page, CleaningPage)
    assert not house.window.header.isVisible()
    middle = QPoint(house.window.width() // 2, house.window.height() - 20)
    hold(house.window, QPoint(20, 20), SOON * 3)
    hold(house.window, middle, 0)
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Tab):
        house.hand.key(key)
    assert house.page is page
    for _ in range(CLEANING_SECONDS - 1):
        page.count_down()
    assert "还有 1 秒" in house.hand.texts()
    page.count_down()
    assert isinstance(house.page, StaffPage)
    assert house.window.header.isVisible()


# --- at night ---------------------------------------------------------------------------------------------------


@pytest.fixture
def night(make_house):
    house = make_house(at=datetime(2026, 12, 2, 3, 10), restart_hour=3)
    house.clock.seconds += 20_000
    return house


def test_at_night_the_program_starts_anew_when_nobody_is_there(night):
    night.door.minute_passed()
    assert night.left == [ExitCode.RESTART]
    assert "restarted-at-night" in night.log()


def test_never_while_somebody_uses_it_or_something_is_printed(night):
    night.hand.press("help")
    night.door.minute_passed()
    night.window.go_home()
    hold(night.window, QPoint(500, 300), 0)
    night.window.go_home()
    night.door.minute_passed()
    night.clock.seconds += 20_000
    night.window.printing.state = "sending"
    night.door.minute_passed()
    night.window.printing.state = "ready"
    night.at = datetime(2026, 12, 2, 4, 10)
    night.door.minute_passed()
    assert night.left == []


# --- a worker's computer ----------------------------------------------------------------------------------------


def test_f9_and_the_button_bring_the_next_person(make_house, qtbot):
    house = make_house("staff")
    qtbot.waitUntil(house.window.isActiveWindow)
    assert house.hand.find("end-session").text() == "下一位"
    for name, bring in (("F9", lambda: house.hand.key(Qt.Key.Key_F9)),
                        ("button", lambda: house.hand.press("end-session"))):
        house.window.set_place("110000")
        house.window.show_help()
        bring()
        assert isinstance(house.page, HomePage), name
        assert house.window.place is None
        assert house.window.focusWidget() is house.page.first_control()
    assert house.log().count("session-ended by=button") == house.log().count("session-ended by=key") == 1


def test_a_worker_is_told_the_key_to_the_days_counts_and_it_leads_there(make_window, make_hand, tmp_path, pack,
                                                                        monkeypatch):
    monkeypatch.setattr(Printing, "look", lambda self: None)
    house = House(make_hand(make_window("staff")), tmp_path, pack, PROFILES["staff"], datetime(2026, 12, 1))
    for _ in range(5):
        house.station.counters.opened("search")
    house.hand.press("help")
    assert "Ctrl+Alt+Q" in house.hand.texts()
    house.hand.key(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert "打开 搜索\n5" in house.hand.texts()


@pytest.mark.parametrize("profile", ["kiosk", "desktop"])
def test_f9_is_nothing_elsewhere(make_window, profile):
    keys = {shortcut.key().toString() for shortcut in make_window(profile).findChildren(QShortcut)}
    assert "F9" not in keys
