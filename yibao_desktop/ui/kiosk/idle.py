"""Notices that nobody is there any more: counts down in words first, and lets no touch fall through."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_LOOK_EVERY = 500
"""Milliseconds."""
DEAF_SECONDS = 1.0
"""How long nothing can be pressed after the page has changed by itself or by a touch anywhere."""

_RELEASES = {
    QEvent.Type.MouseButtonPress: QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick: QEvent.Type.MouseButtonRelease,
    QEvent.Type.TouchBegin: QEvent.Type.TouchEnd,
    QEvent.Type.TabletPress: QEvent.Type.TabletRelease,
    QEvent.Type.KeyPress: QEvent.Type.KeyRelease,
}
"""What each press ends with."""
_PRESSES = frozenset((*_RELEASES, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut))
_SIGNS_OF_LIFE = _PRESSES | frozenset(_RELEASES.values()) | frozenset((
    QEvent.Type.TouchUpdate, QEvent.Type.InputMethod, QEvent.Type.Wheel,
    # Comes with every step of a page that a finger has thrown, until it lies still.
    QEvent.Type.Scroll,
))


class Idle(QObject):
    """Watches every touch of the program and tells when there has been none for long.

    Signals:
        counting: so many seconds are left; the first time the whole countdown, then about once a second.
        ended: the countdown is over and nobody has said to be there.
    """

    counting = Signal(int)
    ended = Signal()

    def __init__(
        self, seconds: int, countdown: int, busy: Callable[[], bool], clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """Start watching.

        ``seconds`` may pass without a touch, then ``countdown`` seconds to answer; ``busy`` tells whether something
        is going on for the person without a touch, or nobody is expected; ``clock`` gives seconds.
        """
        super().__init__(parent)
        self._seconds, self._countdown, self._busy, self._clock = seconds, countdown, busy, clock
        self._touched = clock()
        self._asked: float | None = None
        self._told = 0
        self._deaf_until = -math.inf
        self._unheard: set[QEvent.Type] = set()
        """Ends of presses that were not let through."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.installEventFilter(self)
        # A screen reader presses without a touch; but the focus moves.
        app.focusChanged.connect(self._note)
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(_LOOK_EVERY)

    @property
    def is_counting(self) -> bool:
        """Whether the countdown is running."""
        return self._asked is not None

    def look(self) -> None:
        """See what time it is."""
        now = self._clock()
        if self._asked is not None:
            self._count_down(now)
        elif self._busy():
            self._touched = now
        elif now - self._touched >= self._seconds:
            self._asked, self._told = now, self._countdown
            self.be_deaf()
            self.counting.emit(self._countdown)

    def stay(self) -> None:
        """Go on: the person is there. It can be said as often as one likes."""
        self._asked, self._touched = None, self._clock()
        self.be_deaf()

    def be_deaf(self) -> None:
        """Take no press for a second: it was meant for what stood there before."""
        self._deaf_until = self._clock() + DEAF_SECONDS

    def _count_down(self, now: float) -> None:
        assert self._asked is not None
        left = math.ceil(self._countdown - (now - self._asked))
        if left <= 0:
            self.stay()
            self.ended.emit()
        elif left != self._told:
            self._told = left
            self.counting.emit(left)

    def _note(self) -> None:
        self._touched = self._clock()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note every touch; while deaf, let no press through."""
        kind = event.type()
        if kind not in _SIGNS_OF_LIFE:
            return False
        self._note()
        if kind in _PRESSES:
            deaf, release = self._touched < self._deaf_until, _RELEASES.get(kind)
            if release is not None:
                (self._unheard.add if deaf else self._unheard.discard)(release)
            return deaf
        if kind is QEvent.Type.TouchUpdate:
            return QEvent.Type.TouchEnd in self._unheard
        # The end of a press that was not let through would confuse what follows.
        unheard = kind in self._unheard
        self._unheard.discard(kind)
        return unheard
