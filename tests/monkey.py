"""Presses, types, scrolls and resizes at random: `python -m tests.monkey --seed 1 --steps 20000 --profile kiosk`.

It presses only what is visible and enabled. It ends with 1 at the first exception or warning of Qt, or when what it
leaves behind keeps growing, and prints the last steps with the command that repeats them. It prints one JSON object.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import sys
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)
from shiboken6 import Shiboken, isValid

from tests.memory_in_use import kib_in_use
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.settings import PROFILES
from yibao_desktop.ui import tour
from yibao_desktop.ui.app import QT_ARGUMENTS, dress
from yibao_desktop.ui.output.printing import Printing
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets import qr
from yibao_desktop.ui.window import MainWindow

SAMPLED_EVERY = 500
"""Steps between two measurements; the first half of a run is warming up."""
LEAST_SAMPLES = 20
"""With fewer, growth is not told from memory that goes up and down by itself."""
TOLD = 40
"""Steps printed when something goes wrong."""
MOST_KIB = 256
"""KiB by which the program may grow in 1000 steps, in which some 160 pages turn: Python takes memory by the mebibyte,
and one or two may come in the second half of a run. Where a page lost 12 KiB of connections it was 2000."""

_SIZES = ((1366, 768), (1280, 800), (1920, 1080), (1280, 1024), (1080, 1920), (900, 600))
_TEXTS = ("8640", "1,234.56", "１２３", "-5", "四千", "bj", "ybk", "12.345", "99999999999", "医保卡丢了", "%", " ")
_KEYS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Down,
         Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_SELDOM = {"text-size", "colors", "end-session", "sources", "place", "help", "language", ""}
"""Names of what stands on every page, or is nameless: pressed less often, or nothing else would ever get its turn."""


class NoPrinters(Printing):
    """Finds no printer, and asks nobody."""

    def look(self) -> None:
        """Know at once that there is none."""
        self.state, self.names = "ready", ()
        self.changed.emit()


class Wrong(Exception):
    """Something a person must never meet."""


class Monkey:
    """One run; the same seed on the same program takes the same steps."""

    def __init__(self, app: QApplication, seed: int, profile: str) -> None:
        self._app, self._random = app, random.Random(seed)
        self._theme = Theme(PROFILES[profile].text_size)
        self._theme.apply()
        pack = Pack(CONTENT)
        # What the pack keeps once it has read it is no growth.
        pack.all_layers()
        self.window = MainWindow(self._theme, pack, PROFILES[profile], today=lambda: date(2026, 3, 2))
        self.window.printing = NoPrinters()
        self.window.resize(1280, 800)
        self.window.show()
        self.window.activateWindow()
        self._see_everything_once()
        # Painting takes most of the time and is done now and then, with everything there is to paint.
        self.window.setUpdatesEnabled(False)
        self.last: deque[str] = deque(maxlen=TOLD)
        self.wrong: list[str] = []
        self.first: Counter[str] = Counter()
        self.more: Counter[str] = Counter()
        """Objects of our classes there are now and were not at the first measurement."""

    def _see_everything_once(self) -> None:
        """Open every page: what the program reads for good when it is first needed is no growth."""
        for stop in tour.stops():
            self.window.forget()
            stop.show(self.window)
            self._let_happen()
        self.window.forget()

    def run(self, steps: int) -> list[dict[str, int]]:
        """Take so many steps; return what was measured on the way.

        Raises:
            Wrong: an exception or a warning of Qt.
        """
        actions: list[Callable[[], str]] = [self._press] * 14 + [self._type] * 3 + [self._key] * 4 + [self._scroll] * 2
        samples = []
        for number in range(1, steps + 1):
            action = self._resize if number % 50 == 0 else self._random.choice(actions)
            self.last.append(f"{number}: {action()}")
            self._let_happen()
            if number % 40 == 0:
                self.window.grab()
            if self.wrong:
                raise Wrong(self.wrong[0])
            if number % SAMPLED_EVERY == 0:
                samples.append({"step": number, **self._measure()})
        return samples

    def _let_happen(self) -> None:
        self._app.sendPostedEvents()
        self._app.processEvents()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # --- what it does ------------------------------------------------------------------------------------------

    def _press(self) -> str:
        buttons = [button for button in self.window.findChildren(QAbstractButton) if button.isVisible()]
        seen = [(button, button.visibleRegion().boundingRect()) for button in buttons if button.isEnabled()]
        seen = [(button, place) for button, place in seen if not place.isEmpty()]
        weights = [1 if button.objectName() in _SELDOM else 20 for button, _ in seen]
        button, place = self._random.choices(seen, weights)[0]
        told = f"press {_told(button)}"
        point = QPoint(self._random.randint(place.left(), place.right()),
                       self._random.randint(place.top(), place.bottom()))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=point)
        return told

    def _type(self) -> str:
        fields = [field for field in self.window.findChildren(QLineEdit) + self.window.findChildren(QSpinBox)
                  if field.isVisible() and field.isEnabled() and not field.visibleRegion().isEmpty()]
        if not fields:
            return self._key()
        field, text = self._random.choice(fields), self._random.choice(_TEXTS)
        told = f"type {text} into {_told(field)}"
        field.setFocus()
        if text.isascii():
            QTest.keyClicks(field, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            self._app.sendEvent(field, event)
        return told

    def _key(self) -> str:
        target = self.window.focusWidget() or self.window
        if self._random.random() < 0.3:
            digit = Qt.Key(Qt.Key.Key_1 + self._random.randrange(6))
            QTest.keyClick(target, digit, Qt.KeyboardModifier.AltModifier)
            return f"Alt+{digit.name}"
        key = self._random.choice(_KEYS)
        told = f"{key.name} on {_told(target)}"
        QTest.keyClick(target, key)
        return told

    def _scroll(self) -> str:
        areas = [area for area in self.window.findChildren(QScrollArea) if area.isVisible()]
        if not areas:
            return self._key()
        view = self._random.choice(areas).viewport()
        turn = self._random.choice((-960, -240, 240, 960))
        middle = QPointF(view.rect().center())
        wheel = QWheelEvent(middle, QPointF(view.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, turn),
                            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
                            False)
        self._app.sendEvent(view, wheel)
        return f"wheel {turn}"

    def _resize(self) -> str:
        size = self._random.choice(_SIZES)
        self.window.resize(*size)
        return f"resize to {size[0]}x{size[1]}"

    # --- what it leaves behind ---------------------------------------------------------------------------------

    def _measure(self) -> dict[str, int]:
        """Go home as it was at the start and count what is still there."""
        self.window.session.end()
        self.window.resize(1280, 800)
        for _ in range(4):
            self._let_happen()
        gc.collect()
        own = Counter(type(thing).__name__ for thing in gc.get_objects() if is_ours(thing) and lives(thing))
        self.first = self.first or own
        self.more = own - self.first
        return {"widgets": len(self._app.allWidgets()), "objects": own.total(), "kib": kib_in_use()}


def is_ours(thing: object) -> bool:
    """Tell whether a thing is counted; what is read of the pack, or searched in it, comes and goes."""
    name, _, layer = str(type(thing).__module__).partition(".")
    return name == "yibao_desktop" and layer.partition(".")[0] not in ("pack", "search")


def lives(thing: object) -> bool:
    """Tell whether a thing is more than the empty shell Qt for Python keeps of some widgets that are gone."""
    return not isinstance(thing, Shiboken.Object) or isValid(thing)


def _told(widget: QWidget) -> str:
    name = widget.objectName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
    return f"{type(widget).__name__} “{name or widget.accessibleName()}”"


def growth(samples: list[dict[str, int]]) -> dict[str, float]:
    """Return by how much each measure grows in 1000 steps in the second half of the run.

    Of what is counted, along a straight line: nothing may be left. Of memory, the middle one of the rises over a
    quarter of that time: what is lost with every page is in all of them, a store that is filled once in a few.
    """
    late = samples[len(samples) // 2:]
    return {"widgets": _slope(late, "widgets"), "objects": _slope(late, "objects"), "kib": _usual_rise(late, "kib")}


def _slope(late: list[dict[str, int]], name: str) -> float:
    middle = sum(sample["step"] for sample in late) / len(late)
    spread = sum((sample["step"] - middle) ** 2 for sample in late)
    rise = sum((sample["step"] - middle) * sample[name] for sample in late)
    return round(1000 * rise / spread, 2) if spread else 0.0


def _usual_rise(late: list[dict[str, int]], name: str) -> float:
    pairs = list(zip(late, late[max(1, len(late) // 4):], strict=False))
    rises = [1000 * (after[name] - before[name]) / (after["step"] - before["step"]) for before, after in pairs]
    return round(median(rises), 2) if rises else 0.0


def grown(grows: dict[str, float], most_kib: int = MOST_KIB) -> str:
    """Say what grows, if anything does; ``most_kib`` are put up with."""
    if grows["widgets"] > 0 or grows["objects"] > 0.5:
        return "widgets or objects are left behind"
    return f"memory grows by {grows['kib']} KiB in 1000" if grows["kib"] > most_kib else ""


def main(arguments: list[str]) -> int:
    """Let the monkey loose; 1 when it found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.monkey", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--profile", choices=sorted(PROFILES), default="desktop")
    parser.add_argument("--told", action="store_true", help="print the last steps in any case")
    options = parser.parse_args(arguments)
    app = QApplication(["monkey", *QT_ARGUMENTS])
    dress(app)
    # Making the same codes over and over would take most of the time; a large one takes a quarter of a MiB.
    qr.matrix = lru_cache(maxsize=16)(qr.matrix)
    # The window of the system for choosing a folder is not ours, and a file must not be written.
    QFileDialog.open = QFileDialog.deleteLater
    monkey = Monkey(app, options.seed, options.profile)
    qInstallMessageHandler(lambda kind, _, text: _note(monkey, kind, text))
    sys.excepthook = lambda *error: monkey.wrong.append("".join(traceback.format_exception(*error)))
    started = time.monotonic()
    try:
        samples = monkey.run(options.steps)
        grows = growth(samples)
        wrong = grown(grows) if len(samples) >= LEAST_SAMPLES else ""
    except Exception as error:
        samples, grows = [], {}
        wrong = str(error) if isinstance(error, Wrong) else traceback.format_exc()
    report = {"seed": options.seed, "profile": options.profile, "steps": options.steps, "wrong": wrong,
              "grows in 1000 steps": grows, "samples": samples[::5], "kib": [sample["kib"] for sample in samples],
              "more": dict(monkey.more.most_common(12)), "seconds": round(time.monotonic() - started)}
    print(json.dumps(report, ensure_ascii=False, indent=1))
    if wrong or options.told:
        at = monkey.last[-1].split(":")[0]
        print(*monkey.last, f"python -m tests.monkey --seed {options.seed} --steps {at} --profile {options.profile}",
              sep="\n")
    sys.stdout.flush()
    # The interpreter's end is not what is tested here.
    os._exit(1 if wrong else 0)


def _note(monkey: Monkey, kind: QtMsgType, text: str) -> None:
    if kind != QtMsgType.QtDebugMsg and "propagateSizeHints" not in text:
        monkey.wrong.append(f"Qt says: {text}")


if __name__ == "__main__":
    main(sys.argv[1:])
