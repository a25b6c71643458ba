"""Taking a result along: from every result and guide, by keyboard and touch, whatever the printer does."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit

from yibao_desktop.paper.blocks import Footer, Paragraph, Sheet
from yibao_desktop.paper.text_codes import joined
from yibao_desktop.settings import PROFILES
from yibao_desktop.ui import tour
from yibao_desktop.ui.output.printing import Printing
from yibao_desktop.ui.output.take_away import TakeAwayPage
from yibao_desktop.ui.pages.reading import RUMOURS, TERMS, TOPICS, ReadingPage
from yibao_desktop.ui.widgets.qr import QrCode
from yibao_desktop.ui.window import MainWindow
from yibao_desktop.ui.wizard.bill import BillWizard

SHEET = Sheet("短", (Paragraph("一句话。"),), Footer("北京市", "内容包", "仅供参考"))


class Printers(Printing):
    """Printers that do what a test says, at once."""

    def __init__(self, *names: str, ends: str = "sent") -> None:
        super().__init__()
        self.state, self.names, self._ends = "ready", names, ends
        self.default = names[0] if names else ""
        self.printed: list[tuple[str, str, str]] = []

    def look(self) -> None:
        pass

    def send(self, sheet, paper, name) -> None:
        self.printed.append((sheet.title, paper, name))
        self.state = self._ends
        self.changed.emit()


def show(hand, stop_id: str, printing: Printing | None = None) -> None:
    hand.window.printing = printing or Printers()
    next(stop for stop in tour.stops() if stop.id == stop_id).show(hand.window)
    tour.settle(hand.window, scrolled=False)


def to_take_away(hand, stop_id: str = "bill-result", printing: Printing | None = None) -> TakeAwayPage:
    show(hand, stop_id)
    hand.window.printing = printing or Printers()
    hand.press("take-away")
    page = hand.window.stack.currentWidget()
    assert isinstance(page, TakeAwayPage)
    return page


def read_off_the_screen(hand) -> str:
    """Read the code in the window as a phone would."""
    code = hand.find("text-code", QrCode)
    image = code.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = bytes(image.constBits())
    width, height, stride = image.width(), image.height(), image.bytesPerLine()
    flat = b"".join(rows[line * stride:line * stride + width] for line in range(height))
    found = zxingcpp.read_barcodes(memoryview(flat).cast("B", (height, width)))
    assert len(found) == 1
    return found[0].text


# --- from everywhere --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stop", [
    "sharing-yes", "sharing-across", "sharing-no", "sharing-two", "sharing-cause", "sharing-undo", "bill-result",
    "bill-range", "bill-year", "bill-missing", "bill-unknown", "bill-no-figures", "slip-result", "slip-differs",
    "slip-short", "slip-alone", "channels", "channels-card", "guide", "payable",
])
def test_every_result_and_guide_can_be_taken_along(hand, stop):
    page = to_take_away(hand, stop)
    assert hand.window.focusWidget().objectName() == "take-codes"
    hand.press("take-codes")
    assert hand.find("text-code", QrCode).text
    hand.press("take-away-back")
    hand.press("take-away-back")
    assert hand.window.stack.currentWidget() is not page
    assert hand.window.focusWidget().objectName() == "take-away"


@pytest.mark.parametrize("topic", [TOPICS, RUMOURS, TERMS])
def test_pages_that_only_lead_on_are_not_taken_along(hand, topic):
    hand.window.read(topic)
    page = hand.window.stack.currentWidget()
    assert isinstance(page, ReadingPage)
    assert not page.findChildren(QAbstractButton, "take-away")


def test_a_question_has_nothing_to_take_along(hand):
    show(hand, "bill-level")
    assert not any(button.isVisible() for button in hand.window.findChildren(QAbstractButton, "take-away"))


def test_there_is_one_filled_button_at_most(hand):
    for stop in ("take-away", "take-away-code", "take-away-print", "take-away-pdf", "take-away-no-printer"):
        show(hand, stop)
        filled = [button for button in hand.window.findChildren(QAbstractButton)
                  if button.isVisible() and button.property("role") == "primary"]
        assert len(filled) <= 1, stop


def test_it_is_done_by_keyboard_alone(hand):
    show(hand, "bill-result")
    hand.find("take-away").setFocus()
    hand.key(Qt.Key.Key_Return)
    assert hand.window.focusWidget().objectName() == "take-codes"
    hand.key(Qt.Key.Key_Return)
    page = hand.window.stack.currentWidget()
    first = page.code.text
    hand.key(Qt.Key.Key_Return)
    assert page.code.text != first
    hand.key(Qt.Key.Key_Escape)
    assert "怎么带走？" in hand.texts()
    hand.key(Qt.Key.Key_Escape)
    assert isinstance(hand.window.stack.currentWidget(), BillWizard)


# --- codes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "text_size", "profile"), [
    ((1366, 768), "standard", "desktop"), ((1280, 800), "xlarge", "desktop"), ((1080, 1920), "xlarge", "kiosk")])
def test_the_codes_are_read_off_the_screen_letter_for_letter(make_window, make_hand, theme, size, text_size, profile):
    theme.set_text_size(text_size)
    hand = make_hand(make_window(profile, size))
    page = to_take_away(hand, "bill-range")
    hand.press("take-codes")
    for amount in ("brief", "whole"):
        hand.press(amount)
        tour.settle(hand.window, scrolled=False)
        read = []
        for code in page._codes:
            read.append(read_off_the_screen(hand))
            assert read[-1] == code.content
            if code.number < code.of:
                hand.press("take-away-next")
                tour.settle(hand.window, scrolled=False)
        text = joined(read)
        assert "您付现金" in text
        assert page._words("paper.caution") in text
        assert ("这样算的前提】" in text) == (amount == "whole")


def test_codes_are_turned_over_forth_and_back(hand):
    page = to_take_away(hand)
    hand.press("take-codes")
    count = len(page._codes)
    assert f"第 1 个，共 {count} 个" in hand.texts()
    assert not hand.find("code-before").isEnabled()
    hand.press("take-away-next")
    assert f"第 2 个，共 {count} 个" in hand.texts()
    hand.press("code-before")
    assert f"第 1 个，共 {count} 个" in hand.texts()
    for _ in range(count - 1):
        hand.press("take-away-next")
    assert hand.find("take-away-next").text() == "扫好了"
    hand.press("take-away-next")
    assert "怎么带走？" in hand.texts()


def test_a_slip_brings_its_question_sheet(hand):
    page = to_take_away(hand, "slip-differs")
    hand.press("sheet-1")
    hand.press("take-codes")
    assert page.code.text.partition("\n")[2].startswith("医保结算问题单") or page.code.text.startswith("医保结算问题单")


# --- paper ------------------------------------------------------------------------------------------------------


def test_it_prints_on_the_chosen_paper_and_printer(hand):
    printers = Printers("大厅", "医保办")
    to_take_away(hand, printing=printers)
    hand.press("take-print")
    assert "4 页" in hand.texts()
    hand.press("paper-receipt")
    assert "厘米" in hand.texts()
    hand.press("printer-1")
    hand.press("take-away-next")
    assert printers.printed == [("医保报销估算", "receipt", "医保办")]
    assert "已经送去打印" in hand.texts()
    assert "缺纸" in hand.texts()


# --- all of a person at once ------------------------------------------------------------------------------------


def put_aside(hand, stop_id: str, printers: Printers) -> None:
    """Show a result of the same person and put its sheet aside."""
    next(stop for stop in tour.stops() if stop.id == stop_id).show(hand.window)
    tour.settle(hand.window, scrolled=False)
    hand.window.printing = printers
    for name in ("take-away", "take-print", "put-aside"):
        hand.press(name)


def test_the_sheets_of_a_person_are_printed_in_one_go_by_keyboard(make_window, make_hand):
    hand, printers = make_hand(make_window("staff")), Printers("医保办")
    put_aside(hand, "sharing-yes", printers)
    put_aside(hand, "bill-result", printers)
    assert "这一位放着 2 张" in hand.texts()
    hand.press("take-away-back")
    hand.press("take-away-back")
    hand.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    hand.press("take-print")
    assert "共 2 张" in hand.texts()
    hand.find("take-away-next").setFocus()
    hand.key(Qt.Key.Key_Return)
    assert [title for title, *_ in printers.printed] == ["家庭共济怎么办", "医保报销估算"]
    assert "这一位放着" not in hand.texts()
    assert "已经送去打印" in hand.texts()


def test_what_was_not_printed_stays_aside_and_goes_with_the_person(make_window, make_hand):
    hand, printers = make_hand(make_window("staff")), Printers("医保办", ends="refused")
    put_aside(hand, "sharing-yes", printers)
    put_aside(hand, "bill-result", printers)
    hand.press("take-away-next")
    assert len(printers.printed) == 1
    assert "打印机没有接这份打印" in hand.texts()
    assert "这一位放着 2 张" in hand.texts()
    hand.press("print-one")
    hand.press("take-away-next")
    assert [title for title, *_ in printers.printed][1:] == ["医保报销估算"]
    hand.press("end-session")
    next(stop for stop in tour.stops() if stop.id == "guide").show(hand.window)
    tour.settle(hand.window, scrolled=False)
    hand.press("take-away")
    hand.press("take-print")
    assert "这一位放着" not in hand.texts()


def test_where_nobody_waits_at_a_desk_nothing_is_put_aside(make_window, make_hand):
    hand = make_hand(make_window("kiosk"))
    to_take_away(hand, printing=Printers("小票机"))
    hand.press("take-print")
    assert not hand.window.findChildren(QAbstractButton, "put-aside")


@pytest.fixture
def of_settings(qtbot, theme, pack, make_hand):
    """A kiosk whose settings name a printer."""
    theme.set_text_size("large")
    window = MainWindow(theme, pack, replace(PROFILES["kiosk"], printer="POS-80", may_choose_printer=False))
    qtbot.addWidget(window)
    window.resize(1080, 1920)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return make_hand(window)


def test_the_printer_of_the_settings_is_used_and_not_the_systems_own(of_settings):
    printers = Printers("医保办", "POS-80")
    to_take_away(of_settings, printing=printers)
    of_settings.press("take-print")
    of_settings.press("take-away-next")
    assert [name for *_, name in printers.printed] == ["POS-80"]


@pytest.mark.parametrize("names", [(), ("医保办",), ("医保办", "大厅")])
def test_where_the_printer_of_the_settings_is_not_there_no_other_is_used_and_the_page_says_so(of_settings, names):
    to_take_away(of_settings, printing=Printers(*names))
    of_settings.press("take-print")
    assert "“POS-80”，现在找不到它" in of_settings.texts()
    assert not of_settings.find("take-away-next").isEnabled()
    of_settings.press("instead-codes")
    assert of_settings.find("text-code", QrCode).text


@pytest.mark.parametrize("ends", ["unknown", "refused", "silent"])
def test_a_printer_that_does_not_print_leaves_the_other_ways(hand, ends):
    to_take_away(hand, printing=Printers("大厅", ends=ends))
    hand.press("take-print")
    hand.press("take-away-next")
    assert "换一种带法" in hand.texts()
    hand.press("instead-codes")
    assert hand.find("text-code", QrCode).text


def test_without_a_printer_there_is_a_sentence_and_the_other_ways(hand):
    to_take_away(hand)
    hand.press("take-print")
    assert "没有找到打印机" in hand.texts()
    assert not hand.find("take-away-next").isEnabled()
    hand.press("instead-pdf")
    assert hand.find("take-away-next").isEnabled()


def test_a_kiosk_prints_on_its_own_printer_and_saves_no_files(make_window, make_hand):
    hand = make_hand(make_window("kiosk", (1080, 1920)))
    printers = Printers("小票机", "别的")
    to_take_away(hand, printing=printers)
    assert not hand.window.findChildren(QAbstractButton, "take-pdf")
    hand.press("take-print")
    assert not hand.window.findChildren(QAbstractButton, "printer-0")
    hand.press("take-away-next")
    assert printers.printed == [("医保报销估算", "receipt", "小票机")]


def test_ending_the_session_leaves_nothing_of_it(make_window, make_hand):
    hand = make_hand(make_window("kiosk", (1080, 1920)))
    page = to_take_away(hand)
    hand.press("end-session")
    tour.settle(hand.window, scrolled=False)
    assert hand.window.stack.count() == 1
    assert hand.window.stack.currentWidget() is not page


# --- the process that prints ----------------------------------------------------------------------------------------


def test_the_system_is_asked_in_another_process_and_here_has_no_printer(qtbot, dressed):
    printing = Printing()
    printing.look()
    assert printing.state == "looking"
    qtbot.waitUntil(lambda: printing.state == "ready", timeout=20_000)
    assert printing.names == ()
    assert printing.usual == ""


def test_a_printer_the_system_does_not_know_is_reported(qtbot, dressed):
    printing = Printing()
    printing.send(SHEET, "a4", "没有这台")
    qtbot.waitUntil(lambda: printing.state != "sending", timeout=20_000)
    assert printing.state == "unknown"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_printer_that_hangs_keeps_nobody_waiting(qtbot, hand):
    printing = Printing(command=python("import time; time.sleep(60)"), patience=400)
    printing.names, printing.state, printing.default = ("大厅",), "ready", "大厅"
    printing.look = lambda: None  # type: ignore[method-assign]
    to_take_away(hand, printing=printing)
    hand.press("take-print")
    hand.press("take-away-next")
    assert "正在送去打印…" in hand.texts()
    hand.press("take-away-back")
    hand.press("take-codes")
    assert hand.find("text-code", QrCode).text, "the window is free while the printer hangs"
    qtbot.waitUntil(lambda: printing.state == "silent", timeout=5000)
    hand.press("take-away-back")
    qtbot.waitUntil(lambda: not printing.children() or all(
        not hasattr(child, "state") or child.state() == child.ProcessState.NotRunning
        for child in printing.children()), timeout=5000)


@pytest.mark.parametrize("memory", [".", "nowhere", None])
def test_a_process_that_is_broken_off_leaves_no_file_of_the_sheet(qtbot, dressed, tmp_path, monkeypatch, memory):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    if memory is not None:
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / memory))
    printing = Printing(command=python(
        "import sys, tempfile, time; open(tempfile.mkstemp()[1], 'wb').write(sys.stdin.buffer.read()); time.sleep(60)"))

    def sheets() -> list[Path]:
        return [file for file in tmp_path.rglob("*") if file.is_file() and file.stat().st_size]

    printing.send(SHEET, "a4", "大厅")
    qtbot.waitUntil(lambda: len(sheets()) == 1, timeout=10_000)
    printing.give_up()
    qtbot.waitUntil(lambda: list(tmp_path.iterdir()) == [], timeout=10_000)


@pytest.mark.parametrize(("code", "state"), [
    ("import sys; sys.stdin.read()", "sent"), ("import sys; sys.exit(4)", "refused"),
    ("import sys; sys.exit(3)", "unknown"), ("import os; os.abort()", "refused")])
def test_how_a_print_ended_is_told_by_how_the_process_ended(qtbot, dressed, code, state):
    printing = Printing(command=python(code))
    printing.send(SHEET, "a4", "大厅")
    qtbot.waitUntil(lambda: printing.state != "sending", timeout=10_000)
    assert printing.state == state


@pytest.mark.parametrize("command", [["/no/such/program"], python("print('nonsense')")])
def test_where_the_printers_cannot_be_asked_there_are_none(qtbot, dressed, command):
    printing = Printing(command=command)
    printing.look()
    qtbot.waitUntil(lambda: printing.state == "ready", timeout=10_000)
    assert printing.names == ()


# --- files ------------------------------------------------------------------------------------------------------


def choose_file(qtbot, hand, path) -> None:
    hand.press("take-away-next")
    qtbot.waitUntil(lambda: hand.window.findChildren(QFileDialog) != [])
    dialog = hand.window.findChildren(QFileDialog)[0]
    dialog.findChild(QLineEdit).setText(str(path))
    dialog.accept()
    tour.settle(hand.window, scrolled=False)


def test_a_pdf_is_saved_where_the_person_says(qtbot, hand, tmp_path):
    to_take_away(hand)
    hand.press("take-pdf")
    choose_file(qtbot, hand, tmp_path / "估算.pdf")
    assert "存好了" in hand.texts()
    assert "估算.pdf" in hand.texts()
    file = pypdfium2.PdfDocument(tmp_path / "估算.pdf")
    assert len(file) == 4
    file.close()


def test_what_cannot_be_saved_is_told_with_the_way_out(hand, tmp_path):
    page = to_take_away(hand)
    hand.press("take-pdf")
    page._save(tmp_path / "nowhere" / "a.pdf")
    assert "没能存到那里" in hand.texts()
    hand.press("instead-codes")


# --- text size, place -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stop", ["guide", "channels-card", "bill-result", "sharing-yes"])
def test_another_text_size_reaches_the_page_below(hand, stop):
    to_take_away(hand, stop)
    hand.press("text-size")
    hand.press("take-away-back")
    below = hand.find("take-away")
    assert below.height() >= 60
    assert below.hasFocus() or hand.window.focusWidget() is not None


def test_another_place_opens_the_same_job_again(hand):
    to_take_away(hand)
    hand.press("place")
    hand.window.set_place("310000")
    assert isinstance(hand.window.stack.currentWidget(), BillWizard)
    assert hand.window.stack.count() == 1
