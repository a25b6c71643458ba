"""After 结束并清除, or when nobody answers: nothing of the last person is left on the screen, in memory or on disk."""

from __future__ import annotations

import gc
import os
import re
import tempfile
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import CodeType, FrameType, GeneratorType

import pytest
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QPixmap, QPixmapCache
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from yibao_desktop.memory import Memory
from yibao_desktop.settings import PROFILES, StaffHelp
from yibao_desktop.ui import tour
from yibao_desktop.ui.language import speak
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.tour import settle
from yibao_desktop.ui.widgets.figure_entry import FigureEntry
from yibao_desktop.ui.window import MainWindow

_DAY = date(2025, 10, 17)
"""A day that no rule of the pack begins on."""
_WHOLE, _CENTS = "7391", "37"
_SEARCHED = "kuailadiudiu"
_SHARE = "83.71"


_OF_THE_TEST = (FrameType, GeneratorType, CodeType)


class Traces:
    """What the person entered, in every form it may take."""

    def __init__(self) -> None:
        self._text = re.compile(f"7,?391\\.{_CENTS}|{_SEARCHED}|83\\.71|0\\.8371|2025-10-17|2025 年 10 月 17 日")
        self._values = {Decimal(f"{_WHOLE}.{_CENTS}"), Decimal(_SHARE), Decimal(_SHARE) / 100, _DAY}
        self._known: set[int] = set()
        re.purge()
        self._known = {id(thing) for thing, _ in self._holders()}

    def in_value(self, value: object) -> bool:
        if isinstance(value, str):
            return self._text.search(value) is not None
        if isinstance(value, bytes | bytearray):
            return self._text.search(value.decode("utf-8", "replace")) is not None
        return isinstance(value, Decimal | date) and value in self._values

    def in_memory(self) -> set[str]:
        """Tell which objects hold a trace, but for those that did before: this test's own."""
        gc.collect()
        return {f"{_name(thing)}: {value!r}"[:300] for thing, value in self._holders()}

    def _holders(self) -> Iterator[tuple[object, object]]:
        for thing in gc.get_objects():
            if id(thing) not in self._known and not isinstance(thing, _OF_THE_TEST):
                for value in _leaves(thing):
                    if self.in_value(value):
                        yield thing, value
                        break

    def in_widgets(self) -> set[str]:
        found = set()
        for widget in QApplication.allWidgets():
            said = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle(),
                    widget.text() if callable(getattr(widget, "text", None)) else ""]
            if isinstance(widget, QLineEdit) and widget.isUndoAvailable():
                found.add("a field that can be undone")
            found |= {text for text in said if isinstance(text, str) and self.in_value(text)}
        return found

    def in_files(self, *folders: Path) -> set[str]:
        found = set()
        for folder in folders:
            for path in folder.rglob("*"):
                try:
                    if path.is_file() and path.stat().st_size < 5_000_000 and self.in_value(path.read_bytes()):
                        found.add(str(path))
                except OSError:
                    continue
        return found


def _leaves(thing: object) -> Iterator[object]:
    """Yield what an object holds; what Python does not keep track of by itself is looked into."""
    for value in gc.get_referents(thing):
        if isinstance(value, str | bytes | Decimal | date):
            yield value
        elif not gc.is_tracked(value) and isinstance(value, tuple | dict | list):
            yield from _leaves(value)


def _name(thing: object) -> str:
    """Say what an object is, and whose."""
    if isinstance(thing, dict | list | tuple | set):
        owners = [type(owner).__qualname__ for owner in gc.get_referrers(thing)
                  if not isinstance(owner, FrameType | list)]
        return f"{type(thing).__qualname__} of {sorted(set(owners))}"
    return type(thing).__qualname__


def files_open() -> set[str]:
    """Return the ordinary files this process has open."""
    found = set()
    for number in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{number}")
        except OSError:
            continue
        if target.startswith("/") and not target.startswith(("/dev", "/proc")):
            found.add(target)
    return found


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
    return Decimal(f"{_WHOLE}.{_CENTS}")


def with_amounts(answers: dict) -> dict:
    """The tour's answers with the person's day, and their amount where one is told."""
    planted = {key: ({name: amount() if name == "self_funded" else told for name, told in value.items()}
                     if isinstance(value, dict) else value) for key, value in answers.items()}
    return {**planted, "date": _DAY}


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
        edit.insert(_WHOLE)
        edit.insert(f".{_CENTS}")
    window.stack.currentWidget().frame.go_back()


def told_figure(window) -> None:
    tour._bill(window, "350200", tour._MISSING, None)
    window.findChildren(FigureEntry)[-1].field.edit.setText(_SHARE)
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
    window.searching.open(_SEARCHED)
    field = window.findChild(QLineEdit, "search")
    field.insert("卡")
    page = window.stack.currentWidget()
    page.chosen.emit(page._hits[0], True)
    window.choose_place()


def searched_places(window) -> None:
    window.choose_place()
    window.stack.currentWidget().search.insert(_SEARCHED)


def copied(window) -> None:
    unfinished_amounts(window)
    window.stack.currentWidget().frame.go_on()
    edit = next(edit for edit in window.findChildren(QLineEdit) if edit.isVisible() and _WHOLE in edit.text())
    edit.selectAll()
    edit.copy()
    assert QApplication.clipboard().text() == f"{_WHOLE}.{_CENTS}"


PERSONS = {
    "estimate": estimate, "year": year, "unfinished amounts": unfinished_amounts, "told figure": told_figure,
    "slip": slip, "still searching": searching, "taken away": taken_away, "printed": printed,
    "asked staff": asked_staff, "searched for": searched_for, "searched places": searched_places, "copied": copied,
}


def texts(window: MainWindow) -> str:
    shown = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    return "\n".join(widget.text() for widget in shown)


def everything_left(window: MainWindow, traces: Traces, folders: Iterable[Path]) -> set[str]:
    left = traces.in_widgets() | traces.in_memory() | traces.in_files(*folders)
    if traces.in_value(QApplication.clipboard().text()):
        left.add("clipboard")
    return left


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
    assert everything_left(window, traces, folders) == set()
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
    assert everything_left(window, traces, [tmp_path]) == set()


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
