"""What a station's window counts and logs, and that it goes on when things around it break."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QApplication

from yibao_desktop.paths import CONTENT
from yibao_desktop.settings import PROFILES, Screen, StaffHelp
from yibao_desktop.station.exit_codes import ExitCode
from yibao_desktop.station.running import open_station
from yibao_desktop.station.screen import pixels_per_mm
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.pages.message import MessagePage
from yibao_desktop.ui.station.door import ScreenFollower
from yibao_desktop.ui.station.failures import TOO_SOON, Failures
from yibao_desktop.ui.station.recorder import Recorder

GOOD_DAY = datetime(2026, 12, 1, 9, 0)


@pytest.fixture
def record(make_window, pack, tmp_path):
    def make(at=GOOD_DAY, profile="kiosk"):
        window = make_window(profile)
        station = open_station(tmp_path / "state", PROFILES[profile], pack, lambda: at)
        return window, station, Recorder(window, station)

    return make


def counts(station, day="2026-12-01"):
    return station.counters.days().get(day, {})


def test_pages_are_counted_once_however_often_they_are_made_anew(record):
    window, station, _ = record()
    window.show_help()
    window.theme.set_text_size("large")
    window.show_sources()
    window.read("lost-card")
    window.read("rumours")
    window.set_place("110000")
    assert counts(station) == {"opened.home": 2, "opened.help": 1, "opened.sources": 1, "opened.guide": 1,
                               "opened.rumours": 1}


def test_a_wizard_is_finished_or_left_at_its_step_and_never_both(record):
    window, station, recorder = record()
    window.set_place("110000")
    window.open_job("sharing")
    window.go_home()
    window.open_job("channels")
    window.open_job("bill")
    recorder.end()
    got = counts(station)
    for wizard in ("sharing", "bill", "channels"):
        ends = sum(count for name, count in got.items()
                   if name == f"finished.{wizard}" or name.startswith(f"left.{wizard}."))
        assert (wizard, got[f"opened.{wizard}"]) == (wizard, ends)
    assert got["left.sharing.1"] == got["left.bill.1"] == got["finished.channels"] == 1


def test_a_wizard_is_not_left_for_a_look_at_where_the_staff_are(record, make_hand):
    window, station, recorder = record()
    hand = make_hand(window)
    window.set_place("110000")
    window.open_job("sharing")
    for _ in range(2):
        window.show_staff_help(StaffHelp("我想问医保。", "导医台"))
        hand.press("staff-help-back")
    recorder.end()
    got = counts(station)
    assert got["opened.sharing"] == got["left.sharing.1"] == 1
    assert got["opened.staff-help"] == 2


def test_what_is_taken_along_after_a_look_at_where_the_staff_are_is_counted(record, make_hand):
    window, station, _ = record()
    hand = make_hand(window)
    window.set_place("110000")
    window.open_job("channels")
    window.show_staff_help(StaffHelp("我想问医保。", "导医台"))
    for button in ("staff-help-back", "take-away", "take-codes"):
        hand.press(button)
    assert counts(station)["qr.channels"] == 1


def test_what_is_typed_is_in_no_file(record, tmp_path):
    window, _, recorder = record()
    window.set_place("110000")
    window.searching.open("张三 420106195001011234")
    recorder.end()
    stored = b"".join(path.read_bytes() for path in (tmp_path / "state").iterdir())
    assert "张三".encode() not in stored
    assert b"42010619" not in stored


@pytest.mark.parametrize("year", [2000, 2099])
def test_with_a_wrong_year_it_runs_and_counts_apart(record, year):
    window, station, recorder = record(datetime(year, 1, 1, 9, 0))
    window.show_help()
    recorder.end()
    assert set(station.counters.days()) == {"unknown-day"}


def test_a_full_disk_stops_nothing_and_the_counts_come_later(record, monkeypatch):
    def full(*_arguments, **_named):
        raise OSError(28, "No space left on device")

    window, station, recorder = record()
    with monkeypatch.context() as broken:
        broken.setattr("tempfile.mkstemp", full)
        window.show_help()
        recorder.end()
        assert station.counters.failing
    recorder.end()
    assert not station.counters.failing
    assert counts(station)["opened.help"] == 1


def test_a_pack_that_goes_away_while_running_is_told_in_a_sentence(make_window, make_hand, tmp_path):
    shutil.copytree(CONTENT, tmp_path / "pack", ignore=shutil.ignore_patterns("cases", "schema"))
    window = make_window("kiosk", root=tmp_path / "pack")
    window.set_place("110000")
    shutil.rmtree(tmp_path / "pack")
    hand = make_hand(window)
    for show in (window.go_home, lambda: window.open_job("sharing"), lambda: window.open_job("bill"),
                 lambda: window.open_job("channels"), window.show_sources, lambda: window.set_place("310000"),
                 lambda: window.read("lost-card")):
        show()
        page = window.stack.currentWidget()
        assert hand.texts()
        if isinstance(page, MessagePage):
            assert "读不出来" in hand.texts()
            hand.press(page.button)
            assert isinstance(window.stack.currentWidget(), HomePage)
    # Pages that could not be finished never came into the window, and would stay for the next test.
    for left in QApplication.topLevelWidgets():
        if left is not window:
            left.deleteLater()


def test_the_window_follows_its_screen(make_window):
    window = make_window("kiosk", (800, 600))
    ScreenFollower(window)
    screen = window.screen()
    screen.geometryChanged.emit(QRect(screen.geometry()))
    QApplication.processEvents()
    # A window of this test has a frame, which a full screen has not.
    assert window.size() == screen.geometry().size()


def test_what_is_touched_is_twenty_millimetres_high_on_a_measured_screen(make_window, monkeypatch):
    measured = Screen(Decimal("10.1"), 40)
    monkeypatch.setitem(PROFILES, "kiosk", replace(PROFILES["kiosk"], screen=measured))
    window = make_window("kiosk", (800, 600))
    window.show_sources()
    buttons = [button for button in window.findChildren(QAbstractButton)
               if button.isVisible() and button.property("role") != "quiet"]
    whole = window.screen().geometry()
    millimetres = pixels_per_mm(measured, whole.width(), whole.height())
    assert min(button.height() for button in buttons) / millimetres < 20
    ScreenFollower(window).fit()
    QApplication.processEvents()
    assert min(min(button.width(), button.height()) for button in buttons) / millimetres >= 20


# --- going wrong ------------------------------------------------------------------------------------------------


class Wrong:
    def __init__(self, window, log) -> None:
        self.seconds, self.left = 0.0, []
        self.failures = Failures(window, log, lambda: self.seconds, self.left.append)

    def go(self) -> None:
        try:
            raise ValueError("张三 12345.67")
        except ValueError as error:
            self.failures.caught(type(error), error, error.__traceback__)
        QApplication.processEvents()


def test_a_failure_shows_a_code_and_starts_again_with_nothing_entered(record, make_hand, tmp_path):
    window, station, _ = record()
    window.set_place("110000")
    wrong, hand = Wrong(window, station.log), make_hand(window)
    wrong.go()
    assert "代号：E-" in hand.texts()
    assert "张三" not in hand.texts()
    code = hand.texts().split("代号：")[1][:6]
    log = (tmp_path / "state" / "events.log").read_text(encoding="ascii")
    assert f"uncaught class=ValueError id={code}" in log
    assert "12345" not in log
    hand.press("start-again")
    assert isinstance(window.stack.currentWidget(), HomePage)
    assert window.place is None


def test_twice_within_a_minute_starts_anew_later_does_not(record):
    window, station, _ = record()
    wrong = Wrong(window, station.log)
    wrong.go()
    wrong.seconds += TOO_SOON
    wrong.go()
    assert wrong.left == []
    wrong.seconds += TOO_SOON - 1
    wrong.go()
    assert wrong.left == [ExitCode.RESTART]


def test_a_persons_own_computer_stays_open(make_window, make_hand, capsys):
    window = make_window()
    wrong = Wrong(window, None)
    wrong.go()
    wrong.go()
    assert wrong.left == []
    assert "代号：E-" in make_hand(window).texts()


def test_a_station_starts_with_its_own_place_and_comes_back_to_it(qtbot, theme, pack):
    from yibao_desktop.ui.window import MainWindow

    window = MainWindow(theme, pack, replace(PROFILES["kiosk"], place="110000"))
    qtbot.addWidget(window)
    assert window.place.region.code == "110000"
    window.set_place("310000")
    window.session.end()
    assert window.place.region.code == "110000"


# --- how a session ended ----------------------------------------------------------------------------------------


def not_answering(window, hand):
    window.session.count_down(window.profile.countdown_seconds)
    window.session._end_unattended()


def at_the_countdown(window, hand):
    window.session.count_down(window.profile.countdown_seconds)
    hand.press("end-now")


def after_a_failure(window, hand):
    Failures(window, None).show("E-7F3A")
    hand.press("start-again")


@pytest.mark.parametrize(("by", "end"), [
    ("button", lambda window, hand: hand.press("end-session")), ("idle", not_answering),
    ("countdown", at_the_countdown), ("failure", after_a_failure)])
def test_the_log_says_what_ended_a_session(record, make_hand, tmp_path, by, end):
    window, _, _ = record()
    end(window, make_hand(window))
    log = (tmp_path / "state" / "events.log").read_text(encoding="ascii")
    assert re.findall("session-ended by=(.*)", log) == [by]


def test_paper_that_comes_when_the_person_is_elsewhere_counts_for_what_was_printed(record):
    window, station, _ = record()
    window.read("lost-card")
    window.printing.state = "sending"
    window.printing.changed.emit()
    window.session.end()
    window.printing.state = "sent"
    window.printing.changed.emit()
    assert {name: count for name, count in counts(station).items() if name.startswith("printed")} == {
        "printed.guide": 1}
