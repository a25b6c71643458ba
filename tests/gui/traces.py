"""What a person leaves on a machine, as recognisable values, and where it could still be found afterwards."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import CodeType, FrameType, GeneratorType

from PySide6.QtWidgets import QApplication, QLineEdit

DAY = date(2025, 10, 17)
"""A day that no rule of the pack begins on."""
WHOLE, CENTS = "7391", "37"
SEARCHED = "kuailadiudiu"
SHARE = "83.71"


_OF_THE_TEST = (FrameType, GeneratorType, CodeType)


class Traces:
    """What the person entered, in every form it may take."""

    def __init__(self) -> None:
        self._text = re.compile(f"7,?391\\.{CENTS}|{SEARCHED}|83\\.71|0\\.8371|2025-10-17|2025 年 10 月 17 日")
        self._values = {Decimal(f"{WHOLE}.{CENTS}"), Decimal(SHARE), Decimal(SHARE) / 100, DAY}
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

    def anywhere(self, *folders: Path) -> set[str]:
        """Tell what is left on the screen, in memory, in the files of ``folders`` and on the clipboard."""
        return self.in_widgets() | self.in_memory() | self.in_files(*folders) | self.on_the_clipboard()

    def on_the_clipboard(self) -> set[str]:
        return {"clipboard"} if self.in_value(QApplication.clipboard().text()) else set()

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
