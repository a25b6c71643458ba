"""A second press on the same button within half a second counts for nothing: shaking hands press twice."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton

SECONDS = 0.5


class DoubleTaps:
    """Knows the last press; every button asks it, and swallows what it is told to.

    A filter on the application would be shown each event of each widget, which takes time and memory.
    """

    def __init__(self) -> None:
        self._clock: Callable[[], float] | None = None
        self._last: tuple[int, float] = (0, 0.0)

    def watch(self, clock: Callable[[], float] | None = time.monotonic) -> None:
        """Swallow double taps from now on, or none any more; ``clock`` gives seconds."""
        self._clock, self._last = clock, (0, 0.0)

    def swallows(self, button: QAbstractButton) -> bool:
        """Tell whether the press that has just come repeats the last one too soon."""
        if self._clock is None or button.property("repeats"):
            return False
        now = self._clock()
        same, soon = self._last[0] == id(button), now - self._last[1] < SECONDS
        self._last = (id(button), now)
        return same and soon


double_taps = DoubleTaps()
