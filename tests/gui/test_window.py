"""The window around the pages: place, text size, ending a session, what it says when the pack is broken."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QRadioButton

from yibao_desktop.paths import CONTENT
from yibao_desktop.settings import PROFILES
from yibao_desktop.ui import app
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.pages.message import MessagePage
from yibao_desktop.ui.pages.sources import SourcesPage
from yibao_desktop.ui.widgets.choice_row import ChoiceRow
from yibao_desktop.ui.widgets.double_taps import double_taps


def test_qt_speaks_chinese(qtbot, theme):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    texts = {button.text() for button in box.buttons()}
    assert texts == {"确定", "取消"}


def test_the_bundled_font_is_the_one_in_use(theme, hand):
    from PySide6.QtGui import QFontInfo

    label = next(label for label in hand.window.findChildren(QLabel) if label.text())
    assert QFontInfo(label.font()).family() == "Noto Sans SC"


def test_a_larger_text_keeps_the_answers(hand):
    hand.press("job-sharing")
    hand.press("region-110000")
    hand.press("share")
    frame = hand.window.stack.currentWidget().frame
    hand.press(frame.next_button)
    before = hand.find("change-want").height()
    hand.press("text-size")
    hand.press("text-size")
    assert hand.window.theme.text_size == "xlarge"
    assert frame.session.answers == {"want": "share"}
    assert frame.session.current.id == "payer_scheme"
    assert hand.find("employee", QRadioButton).height() >= 72
    hand.press("text-size")
    assert hand.window.theme.text_size == "standard"
    assert hand.find("change-want").height() == before


def test_typed_amounts_survive_a_larger_text(hand):
    hand.press("job-bill")
    hand.press("region-110000")
    frame = hand.window.stack.currentWidget().frame
    hand.press("slip")
    hand.press(frame.next_button)
    wizard = hand.window.stack.currentWidget()
    hand.press("beijing")
    hand.press(wizard.frame.next_button)
    hand.find("medfee_sumamt", QLineEdit).setFocus()
    hand.type("52640")
    hand.press("text-size")
    assert hand.find("medfee_sumamt", QLineEdit).text() == "52640"
    hand.press(wizard.frame.back_button)
    hand.press(wizard.frame.next_button)
    assert hand.find("medfee_sumamt", QLineEdit).text() == "52640"


def test_sources_page_lists_every_source_and_the_packs_dates(hand, pack):
    hand.press("sources")
    assert isinstance(hand.window.stack.currentWidget(), SourcesPage)
    text = hand.texts()
    assert pack.info.version in text
    assert str(pack.info.issued) in text
    for layer in pack.all_layers():
        for source in layer.sources.values():
            assert source.title in text


def test_ending_a_session_leaves_no_answer_and_no_place(qtbot, make_window, make_hand, theme):
    theme.set_text_size(PROFILES["kiosk"].text_size)
    hand = make_hand(make_window("kiosk", (1080, 1920)))
    hand.press("job-bill")
    hand.press("region-110000")
    hand.press("slip")
    wizard = hand.window.stack.currentWidget()
    hand.press(wizard.frame.next_button)
    hand.press("beijing")
    hand.press(wizard.frame.next_button)
    hand.find("medfee_sumamt", QLineEdit).setFocus()
    hand.type("123456.78")
    hand.press("text-size")
    hand.press("end-session")
    assert isinstance(hand.window.stack.currentWidget(), HomePage)
    assert hand.window.place is None
    assert theme.text_size == "large"
    qtbot.waitUntil(lambda: not any("123456" in edit.text() for edit in hand.window.findChildren(QLineEdit)))
    assert "还没选" in hand.texts()


def test_a_desktop_has_nothing_to_end(hand):
    assert "结束并清除" not in hand.texts()


@pytest.fixture
def told_time():
    """Double taps are swallowed, by a clock whose hand is moved."""
    now = [10.0]
    double_taps.watch(lambda: now[0])
    yield now
    double_taps.watch(None)


def tap_and_slip_off(button):
    """Press, and let go beside it: the page stays as it is."""
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=QPoint(-50, -50))


@pytest.mark.parametrize("name", ["text-size", "job-bill"])
def test_a_second_press_within_half_a_second_does_nothing(hand, told_time, name):
    presses, button = [], hand.find(name)
    button.pressed.connect(lambda: presses.append(told_time[0]))
    for wait in (0, 0.4, 0.6):
        told_time[0] += wait
        tap_and_slip_off(button)
    assert presses == [10.0, 11.0]


def test_a_choice_is_deaf_to_a_double_tap_and_two_choices_are_not(hand, told_time):
    hand.press("job-sharing")
    hand.press("region-110000")
    rows = hand.window.stack.currentWidget().findChildren(ChoiceRow)[:2]
    presses = []
    for row in rows:
        row.pressed.connect(lambda row=row: presses.append(rows.index(row)))
    for row in (rows[0], rows[0], rows[1], rows[0]):
        tap_and_slip_off(row)
    assert presses == [0, 1, 0]


def test_digits_and_plus_take_quick_presses(hand, told_time):
    hand.press("job-bill")
    hand.press("region-110000")
    frame = hand.window.stack.currentWidget().frame
    for option in ("estimate", "employee", "active", "inpatient"):
        hand.press(option)
        frame.next_button.click()
    plus = next(b for b in frame.page.findChildren(type(frame.next_button)) if b.accessibleName() == "日加一")
    hand.press(plus)
    hand.press(plus)
    hand.press(plus)
    assert frame.page.day.value() == 5


def broken_pack(tmp_path):
    root = tmp_path / "pack"
    shutil.copytree(CONTENT, root)
    return root


def test_without_a_usable_pack_the_window_says_so_in_words(qtbot, theme, tmp_path):
    window = app.make_window(tmp_path / "nothing", theme, PROFILES["desktop"])
    qtbot.addWidget(window)
    window.show()
    texts = "\n".join(label.text() for label in window.findChildren(QLabel))
    assert "内容包读不出来" in texts
    assert "pack-missing" in texts
    page = window.centralWidget()
    assert isinstance(page, MessagePage)
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert not window.isVisible()


def test_a_truncated_national_file_is_told_with_its_line(qtbot, theme, tmp_path):
    root = broken_pack(tmp_path)
    file = root / "national" / "words.yaml"
    file.write_bytes(file.read_bytes()[:2000])
    window = app.make_window(root, theme, PROFILES["desktop"])
    qtbot.addWidget(window)
    window.show()
    texts = "\n".join(label.text() for label in window.findChildren(QLabel))
    assert "national/words.yaml:" in texts


def test_a_place_with_a_broken_file_leaves_the_rest_usable(make_window, make_hand, tmp_path):
    root = broken_pack(tmp_path)
    next((root / "regions").glob("110000-*")).joinpath("benefits.yaml").write_text("rules: [", encoding="utf-8")
    hand = make_hand(make_window(root=root))
    hand.press("job-sharing")
    hand.press("region-110000")
    assert "读不出来" in hand.texts()
    assert "benefits.yaml:" in hand.texts()
    hand.press(hand.window.stack.currentWidget().button)
    hand.press("place")
    hand.press("region-310000")
    assert hand.window.place.name == "上海市"


def test_an_old_pack_says_that_it_is_old(make_window, make_hand, tmp_path):
    root = broken_pack(tmp_path)
    file = root / "pack.yaml"
    lines = [("review_by: 2026-01-01" if line.startswith("review_by") else line)
             for line in file.read_text(encoding="utf-8").splitlines()]
    file.write_text("\n".join(lines), encoding="utf-8")
    hand = make_hand(make_window(root=root))
    assert "该更新了" in hand.texts()
    hand.press("sources")
    assert "该更新了" in hand.texts()
