"""From one person to the next: who has gone is noticed, and nothing of theirs is left."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from yibao_desktop.money import percent
from yibao_desktop.ui.kiosk.copied import Copied
from yibao_desktop.ui.kiosk.idle import Idle
from yibao_desktop.ui.widgets.buttons import let_go_of_buttons

if TYPE_CHECKING:
    from yibao_desktop.ui.kiosk.countdown import CountdownPage
    from yibao_desktop.ui.window import MainWindow


class Session(QObject):
    """What one person does at a window, from the first touch to the end.

    Signals:
        ended: somebody is done, and nothing of theirs is left.
    """

    ended = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.idle: Idle | None = None
        """Notices that somebody has gone, where people come and go; none before ``watch``."""
        self.copied = Copied(self) if window.profile.ends_session else None
        self._countdown: CountdownPage | None = None
        self._focused_before: QWidget | None = None
        """What had the focus when the countdown began."""

    def watch(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin as this kind of installation does; where people come and go, notice that one has gone.

        ``clock`` gives seconds.
        """
        profile = self._window.profile
        if profile.idle_seconds is None:
            return
        self.idle = Idle(profile.idle_seconds, profile.countdown_seconds, self._is_busy, clock, self)
        self.idle.counting.connect(self.count_down)
        self.idle.ended.connect(self._end_unattended)
        if profile.full_screen:
            self.show_attract()

    def _is_busy(self) -> bool:
        """Tell whether something goes on without a touch, or there is nobody to wait for."""
        window = self._window
        return window.voice.state == "speaking" or window.printing.state == "sending" or window.stack.traits.waits

    def show_attract(self) -> None:
        """Show what invites to a touch."""
        from yibao_desktop.ui.kiosk.attract import AttractPage

        page = AttractPage(self._window.theme, self._window.profile.wizards)
        page.clicked.connect(self._begin)
        self._window.show_page(page, self.show_attract)

    def _begin(self) -> None:
        self._be_deaf()
        self._window.go_home()

    def _be_deaf(self) -> None:
        if self.idle is not None:
            self.idle.be_deaf()

    # --- are you still there? -----------------------------------------------------------------------------

    def count_down(self, seconds: int) -> None:
        """Ask in place of everything else whether the person is there; ``seconds`` are left for the answer."""
        if self._countdown is not None:
            self._countdown.show_left(seconds)
            return
        self._close_what_floats()
        let_go_of_buttons(self._window)
        self._focused_before = self._window.focusWidget()
        from yibao_desktop.ui.kiosk.countdown import CountdownPage

        page = self._countdown = CountdownPage(self._window.theme, seconds)
        page.stayed.connect(self._stay)
        page.ended.connect(self.end)
        self._window.cover_everything(page)
        page.first_control().setFocus()

    def _stay(self) -> None:
        before = self._focused_before
        self.end_countdown()
        if before is not None:
            before.setFocus()

    def end_countdown(self) -> None:
        """Show the page again."""
        page, self._countdown, self._focused_before = self._countdown, None, None
        if page is None:
            return
        if self.idle is not None:
            self.idle.stay()
        self._window.uncover_everything(page)

    def _close_what_floats(self) -> None:
        """Close menus, lists and system windows that stand over the page."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for dialog in self._window.findChildren(QDialog):
            dialog.close()

    # --- the end ------------------------------------------------------------------------------------------

    def _end_unattended(self) -> None:
        self.end()
        if self._window.profile.full_screen:
            self.show_attract()
        self._be_deaf()

    def end(self) -> None:
        """Leave nothing for the next person: answers, place, language, text size and colours go back to the start."""
        self._close_what_floats()
        self._window.start_over()
        self._window.voice.stop()
        self._window.printing.rest()
        if self.copied is not None:
            self.copied.forget()
        self.ended.emit()
        QTimer.singleShot(0, self, self._sweep)

    def _sweep(self) -> None:
        """Let what was put away really be gone: pages that hold on to themselves wait for Python to look."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        # Not before: pages that are still there may be drawn anew, and ask again.
        self._window.pack.forget()
        self._window.searching.forget()
        percent.cache_clear()
        QPixmapCache.clear()
        gc.collect()
