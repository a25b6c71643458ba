"""After 结束并清除, or when nobody answers: nothing of the last person is left on the screen, in memory or on disk."""

from __future__ import annotations

import os
import tempfile
import threading
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QPixmap, QPixmapCache
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from traces import CENTS, DAY, SEARCHED, SHARE, WHOLE, Traces, files_open

from yibao_desktop.memory import Memory
from yibao_desktop.settings import PROFILES, StaffHelp
from yibao_desktop.ui import tour
from yibao_desktop.ui.language import speak
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.tour import settle
from yibao_desktop.ui.widgets.figure_entry import FigureEntry
from yibao_desktop.ui.window import MainWindow


def finish(window: MainWindow) -> None:
    """Let the program do what it does after a press, and no more."""
    for thread in threading.enumerate():
        if thread.name == "slip-search":
            thread.join(20)
    # A loop as the program runs in: outside of one Qt deletes nothing by itself.
    loop = QEventLoop()
    QTimer.singleShot(60, loop.quit)
    loop.exec()


@pytest.fixture
def make(qtbot, theme, pack, tmp_path):
    def make(profile="kiosk", **changes) -> MainWindow:
        chosen = replace(PROFILES[profile], **changes)
        memory = Memory(tmp_path / "kept.json") if chosen.remembers else None
        window = MainWindow(theme, pack, chosen, today=lambda: date(2026, 3, 2), memory=memory)
        if memory is not None:
            memory.keep(greeted=True)
            window.go_home()
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        return window

    yield make
    speak("zh")


# --- a person who leaves traces everywhere ----------------------------------------------------------------------


def amount() -> Decimal:
    return Decimal(f"{WHOLE}.{CENTS}")


def with_amounts(answers: dict) -> dict:
    """The tour's answers with the person's day, and their amount where one is told."""
    planted = {key: ({name: amount() if name == "self_funded" else told for name, told in value.items()}
                     if isinstance(value, dict) else value) for key, value in answers.items()}
    return {**planted, "date": DAY}


def estimate(window) -> None:
    tour._bill(window, "110000", with_amounts(tour._BILL), None)
    assert "7,391.37" in texts(window)


def year(window) -> None:
    estimate(window)
    settle(window, scrolled=False)
    tour._press(window, "add-bill")


def unfinished_amounts(window) -> None:
    """Type amounts with keys, so that they can be undone, and leave the page without Next."""
    tour._bill(window, "110000", with_amounts(tour._BILL), "bill")
    page = window.stack.currentWidget().frame.page
    for edit in page.findChildren(QLineEdit):
        edit.clear()
        edit.insert(WHOLE)
        edit.insert(f".{CENTS}")
    window.stack.currentWidget().frame.go_back()


def told_figure(window) -> None:
    tour._bill(window, "350200", tour._MISSING, None)
    window.findChildren(FigureEntry)[-1].field.edit.setText(SHARE)
    tour._press(window, "use-figure")


def slip(window, searched: bool = True) -> None:
    lines = {line: amount() if line == "self_funded" else told for line, told in tour._SLIP.items()}
    told = with_amounts(tour._SECOND_STAY)
    if searched:
        tour._slip(lines, told=told)(window)
        return
    tour._bill(window, "110000", told, None)
    wizard = tour._wizard(window)
    wizard.frame.go_on()
    tour._answer(wizard.checking, {"form": "beijing", "slip": {**tour._FEW_LINES, "medfee_sumamt": amount()}}, None)
    settle(window, scrolled=False)


def searching(window) -> None:
    slip(window, searched=False)


def taken_away(window) -> None:
    estimate(window)
    tour._press(window, "take-away")
    tour._press(window, "take-codes")


def printed(window) -> None:
    window.printing = tour._Printers("小票机")
    estimate(window)
    for name in ("take-away", "take-print", "take-away-next"):
        tour._press(window, name)


def asked_staff(window) -> None:
    estimate(window)
    window.show_staff_help(StaffHelp("我想问医保。", "导医台"))


def searched_for(window) -> None:
    window.searching.open(SEARCHED)
    field = window.findChild(QLineEdit, "search")
    field.insert("卡")
    page = window.stack.currentWidget()
    page.chosen.emit(page._hits[0], True)
    window.choose_place()


def searched_places(window) -> None:
    window.choose_place()
    window.stack.currentWidget().search.insert(SEARCHED)


def copied(window) -> None:
    unfinished_amounts(window)
    window.stack.currentWidget().frame.go_on()
    edit = next(edit for edit in window.findChildren(QLineEdit) if edit.isVisible() and WHOLE in edit.text())
    edit.selectAll()
    edit.copy()
    assert QApplication.clipboard().text() == f"{WHOLE}.{CENTS}"


PERSONS = {
    "estimate": estimate, "year": year, "unfinished amounts": unfinished_amounts, "told figure": told_figure,
    "slip": slip, "still searching": searching, "taken away": taken_away, "printed": printed,
    "asked staff": asked_staff, "searched for": searched_for, "searched places": searched_places, "copied": copied,
}


def texts(window: MainWindow) -> str:
    shown = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    return "\n".join(widget.text() for widget in shown)


@pytest.mark.parametrize(("person", "how"), [
    *((person, "button") for person in PERSONS), ("taken away", "nobody answers"), ("copied", "nobody answers")])
def test_nothing_of_a_person_is_left(make, tmp_path, person, how):
    traces, folders = Traces(), (tmp_path, Path(tempfile.gettempdir()) / "yibao-desktop")
    open_before, temporary = files_open(), set(os.listdir(tempfile.gettempdir()))
    now = [0.0]
    window = make()
    window.session.watch(lambda: now[0])
    window.go_home()
    window.set_place("110000")
    settle(window, scrolled=False)
    PERSONS[person](window)
    settle(window, scrolled=False)
    assert traces.in_widgets() or traces.in_memory(), "this person leaves nothing that could be found"
    if how == "button":
        button = next(b for b in window.findChildren(QAbstractButton, "end-session"))
        assert button.isVisible()
        button.click()
    else:
        for seconds in (window.profile.idle_seconds, window.profile.countdown_seconds):
            now[0] += seconds
            window.session.idle.look()
    finish(window)
    assert traces.anywhere(*folders) == set()
    assert files_open() - open_before <= {path for path in files_open() if "/fontconfig" in path or ".so" in path}
    ours = {name for name in set(os.listdir(tempfile.gettempdir())) - temporary if "yibao" in name}
    assert ours == set()
    window.searching.go_back()
    assert isinstance(window.stack.currentWidget(), HomePage)
    assert window.place is None


def test_a_worker_s_computer_keeps_nothing_of_the_people_helped(make, tmp_path):
    traces = Traces()
    window = make("staff")
    window.set_place("110000")
    estimate(window)
    window.session.end()
    finish(window)
    assert traces.anywhere(tmp_path) == set()


def test_a_sheet_put_aside_goes_with_the_person(make, tmp_path):
    traces = Traces()
    window = make("staff")
    window.printing = tour._Printers("医保办")
    window.set_place("110000")
    estimate(window)
    for name in ("take-away", "take-print", "put-aside", "take-away-back", "take-away-back"):
        tour._press(window, name)
    window.go_home()
    finish(window)
    assert traces.in_memory(), "nothing was put aside"
    window.session.end()
    finish(window)
    assert traces.anywhere(tmp_path) == set()


def test_what_another_program_put_on_the_clipboard_stays(make):
    window = make()
    clipboard = QApplication.clipboard()
    window.session.copied._ours.clear()
    clipboard.blockSignals(True)
    clipboard.setText("别的程序的字")
    clipboard.blockSignals(False)
    window.session.end()
    assert clipboard.text() == "别的程序的字"
    clipboard.clear()


def test_pictures_of_results_leave_the_cache(make):
    window = make()
    picture = QPixmap(8, 8)
    picture.fill(Qt.GlobalColor.black)
    QPixmapCache.insert("result", picture)
    window.session.end()
    finish(window)
    assert not QPixmapCache.find("result", QPixmap())


def test_a_search_for_a_cause_is_given_up(make):
    window = make()
    searching(window)
    running = [thread for thread in threading.enumerate() if thread.name == "slip-search"]
    window.session.end()
    finish(window)
    for thread in running:
        assert not thread.is_alive()


def test_what_was_being_read_aloud_is_not_said_to_the_next(make, monkeypatch):
    window = make()
    said = []
    monkeypatch.setattr(window.voice, "_send", said.append)
    window.voice.state = "speaking"
    window.session.end()
    assert said == [{"stop": True}]


# --- where it can be pressed ------------------------------------------------------------------------------------


NOT_THERE = {"attract", "countdown", "staff-cleaning"}
"""Where nobody is, where nothing can be pressed, and where the page has a button of its own for it."""


@pytest.mark.parametrize("part", range(4))
def test_every_page_offers_to_end(make, part):
    window = make()
    stops = [stop for stop in tour.stops() if stop.id not in NOT_THERE]
    missing = []
    for stop in stops[part::4]:
        window.forget()
        stop.show(window)
        QApplication.processEvents()
        button = window.findChild(QAbstractButton, "end-session")
        if not (button.isVisible() and button.isEnabled() and button.visibleRegion().boundingRect() == button.rect()):
            missing.append(stop.id)
    assert missing == []
    window.findChild(QAbstractButton, "end-session").click()
    assert isinstance(window.stack.currentWidget(), HomePage)


def test_a_page_that_was_ended_lets_go_of_its_widgets(make):
    window = make()
    searched_places(window)
    before = len(QApplication.allWidgets())
    for _ in range(3):
        estimate(window)
        window.session.end()
        finish(window)
    home = len(QApplication.allWidgets())
    estimate(window)
    window.session.end()
    finish(window)
    assert len(QApplication.allWidgets()) == home <= before + 200
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QWidget)
            and widget.isVisible()] == [window]
