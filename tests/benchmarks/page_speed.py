"""The slowest page turn of the tour, against a bare page with as many labels.

A turn is everything from the touch to the painted page: the pack's files that the page needs, what is worked out for
it, its widgets, their layout and the picture. The bare page is a column of plain labels with the same texts in a
scroll area. First the whole tour is walked once, so that files are read; then the slowest turns are taken in turns
with their bare pages, and the slowest median is told.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import wraps
from importlib import metadata
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from tests.benchmarks.first_picture import ratio_of
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.settings import PROFILES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from yibao_desktop.ui.tour import Stop
    from yibao_desktop.ui.window import MainWindow

_WINDOW_OPENS = ("go_home", "read", "choose_place", "set_place", "open_job", "show_help", "show_sources", "greet",
                 "tell", "take_away", "show_staff_help")
_SESSION_OPENS = ("show_attract", "count_down")
_WIZARD_OPENS = ("show_current", "go_on", "go_back")
_SIZE = (1366, 768)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--pairs", type=int, default=10, help="turns of each page, of which the median counts")
    parser.add_argument("--slowest", type=int, default=5, help="how many of the tour's slowest pages are taken")
    parser.add_argument("--only", nargs="*", help="walk only these stops of the tour")


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    """Return the report; it is always sound."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication, QMainWindow

    from yibao_desktop.ui.app import QT_ARGUMENTS, dress
    from yibao_desktop.ui.theme import Theme
    from yibao_desktop.ui.tour import stops
    from yibao_desktop.ui.window import MainWindow

    # The offscreen platform says at every layout what it cannot do.
    qInstallMessageHandler(lambda *_: None)
    app = QApplication.instance() or QApplication(["pages", *QT_ARGUMENTS])
    dress(app)
    theme = Theme()
    theme.apply()
    window = MainWindow(theme, Pack(CONTENT), PROFILES["desktop"], today=lambda: date(2026, 3, 2))
    bare = QMainWindow()
    for one in (window, bare):
        one.resize(*_SIZE)
        one.show()
    turns = Turns(window)
    walked = [stop for stop in stops() if not options.only or stop.id in options.only]
    with turns.watched():
        once = {stop.id: turns.slowest_of(stop) for stop in walked}
        slowest = sorted(walked, key=lambda stop: -once[stop.id].seconds)[:options.slowest]
        pages = {}
        for stop in slowest:
            seconds: dict[str, list[float]] = {"ours": [], "baseline": []}
            for turn in range(options.pairs):
                runs = {"ours": lambda stop=stop: turns.slowest_of(stop).seconds,
                        "baseline": lambda stop=stop: bare_turn(bare, once[stop.id].texts)}
                for name in runs if turn % 2 == 0 else reversed(runs):
                    seconds[name].append(runs[name]())
            pages[stop.id] = {**ratio_of({name: median(values) for name, values in seconds.items()}, 4),
                              "labels": len(once[stop.id].texts)}
    worst = max(pages, key=lambda id_: pages[id_]["ours"])
    window.close()
    bare.close()
    return {
        "what": "整个导览里翻一页最慢要多久：从点下去到画好；baseline 是同样多的字、什么都不做的一页标签。",
        "unit": "seconds per page turn",
        **{name: pages[worst][name] for name in ("ours", "baseline", "ratio")},
        "page": worst,
        "slowest": pages,
        "walked": len(walked),
        "pairs": options.pairs,
        "pyside": metadata.version("PySide6-Essentials"),
        "python": platform.python_version(),
    }, True


@dataclass(frozen=True)
class Turn:
    """One turn: how long it took, and the texts on the page it led to."""

    seconds: float
    texts: tuple[str, ...]


class Turns:
    """Notices every page turn of a window: the outermost call that opens a page, until it is painted."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._within = False
        self._found: list[Turn] = []

    def watched(self) -> ExitStack:
        """Return what is entered while turns are to be noticed."""
        from yibao_desktop.ui.kiosk.session import Session
        from yibao_desktop.ui.searching import Searching
        from yibao_desktop.ui.window import MainWindow
        from yibao_desktop.ui.wizard.frame import WizardFrame

        stack = ExitStack()
        for owner, names in ((MainWindow, _WINDOW_OPENS), (Session, _SESSION_OPENS), (Searching, ("open",)),
                             (WizardFrame, _WIZARD_OPENS)):
            for name in names:
                stack.enter_context(patch.object(owner, name, self._noticed(getattr(owner, name))))
        return stack

    def _noticed(self, turn: Callable[..., Any]) -> Callable[..., Any]:
        from yibao_desktop.ui.tour import settle

        @wraps(turn)
        def noticed(*given: Any, **named: Any) -> Any:
            if self._within:
                return turn(*given, **named)
            # What is still to do for the page before is not this one's.
            settle(self._window, scrolled=False)
            self._within, start = True, perf_counter()
            try:
                result = turn(*given, **named)
                settle(self._window, scrolled=False)
                seconds = perf_counter() - start
            finally:
                self._within = False
            self._found.append(Turn(seconds, texts_on(self._window)))
            return result

        return noticed

    def slowest_of(self, stop: Stop) -> Turn:
        """Walk to a stop of the tour and return the slowest turn on the way."""
        self._window.forget()
        self._found = []
        stop.show(self._window)
        return max(self._found, key=lambda turn: turn.seconds, default=Turn(0, ()))


def texts_on(window: QMainWindow) -> tuple[str, ...]:
    """Return every text that is shown, of labels and buttons alike."""
    from PySide6.QtWidgets import QAbstractButton, QLabel

    shown = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    return tuple(widget.text() for widget in shown if widget.isVisibleTo(window) and widget.text())


def bare_turn(window: QMainWindow, texts: tuple[str, ...]) -> float:
    """Show a column of labels with these texts instead of what is shown; return the seconds it took."""
    from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

    from yibao_desktop.ui.tour import settle

    settle(window, scrolled=False)
    start = perf_counter()
    area, page = QScrollArea(), QWidget()
    area.setWidgetResizable(True)
    column = QVBoxLayout(page)
    for text in texts:
        label = QLabel(text)
        label.setWordWrap(True)
        column.addWidget(label)
    area.setWidget(page)
    window.setCentralWidget(area)
    settle(window, scrolled=False)
    return perf_counter() - start
