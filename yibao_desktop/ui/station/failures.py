"""What happens when the program itself goes wrong: a quiet page with a code to read out, and a way on."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from yibao_desktop.station.exit_codes import ExitCode
from yibao_desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from yibao_desktop.station.event_log import EventLog

TOO_SOON = 60
"""Seconds: going wrong twice within them, a station starts anew."""


class Failures(QObject):
    """Takes what nobody else caught, in any thread.

    Signals:
        happened: it was logged; carries its short code.
    """

    happened = Signal(str)

    def __init__(
        self, window: MainWindow, log: EventLog | None, clock: Callable[[], float] = time.monotonic,
        leave: Callable[[int], None] = QApplication.exit,
    ) -> None:
        """Without a ``log`` it is a person's own computer: nothing would start the program again, so it stays."""
        super().__init__(window)
        self._window, self._log, self._clock, self._leave = window, log, clock, leave
        self._last: float | None = None
        # Later and in the window's thread: a page cannot be changed in the middle of what went wrong.
        self.happened.connect(self._came, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take everything from now on."""
        sys.excepthook = self.caught
        threading.excepthook = lambda told: self.caught(told.exc_type, told.exc_value, told.exc_traceback)

    def uninstall(self) -> None:
        """Leave it to Python again."""
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__

    def caught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None = None
    ) -> None:
        """Log it and have the page shown; its words are for no file, and on a station for no screen either."""
        if error is None or not isinstance(error, Exception):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        from yibao_desktop.station.event_log import Code, short_code

        if self._log is None:
            sys.__excepthook__(kind, error, trace)
            self.happened.emit(short_code(error))
        else:
            self.happened.emit(self._log.failure(Code.UNCAUGHT, error))

    def _came(self, code: str) -> None:
        now, before = self._clock(), self._last
        self._last = now
        if self._log is not None and before is not None and now - before < TOO_SOON:
            self._leave(ExitCode.RESTART)
        else:
            self.show(code)

    def show(self, code: str) -> None:
        """Say that something went wrong, with the code to read out."""
        from yibao_desktop.ui.pages.message import MessagePage

        page = MessagePage(
            self._window.theme, self.tr("程序刚才出错了"),
            self.tr("不是您按错了。刚才填的没有保存，请重新开始。再出错，请把下面的代号告诉工作人员。"),
            self.tr("代号：{}").format(code), self.tr("重新开始"),
        )
        page.button.setObjectName("start-again")
        page.went_on.connect(self._window.session.end)
        self._window.show_page(page, lambda: self.show(code))
