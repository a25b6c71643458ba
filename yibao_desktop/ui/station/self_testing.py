"""Runs the self-test beside the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from yibao_desktop.station.self_test import LONGEST, SelfTest, understand
from yibao_desktop.ui.child_process import ChildProcess


class SelfTesting(QObject):
    """One self-test at a time, and how the last one came out.

    Signals:
        changed: it started, a second of it passed, or it ended.
    """

    changed = Signal()

    def __init__(self, command: Sequence[str], parent: QObject | None = None, longest: int = LONGEST) -> None:
        """``longest`` is how long it may take, in seconds."""
        super().__init__(parent)
        self._command, self._longest = tuple(command), longest
        self.result: SelfTest | None = None
        """``None`` until one has ended."""
        self.seconds = 0
        self._process: QProcess | None = None
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)

    @property
    def running(self) -> bool:
        """Whether one runs now."""
        return self._process is not None

    def start(self) -> None:
        """Begin, unless one runs already."""
        if self._process is not None:
            return
        process = self._process = ChildProcess(self)
        process.set_variable("PYTHONUTF8", "1")
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        self.seconds = 0
        self._second.start()
        process.start(self._command[0], list(self._command[1:]))
        self.changed.emit()

    def stop(self) -> None:
        """Let it go without a result: the program ends."""
        process = self._process
        if process is not None:
            self._end(self.result)
            process.kill()
            process.waitForFinished(3000)

    def _tick(self) -> None:
        self.seconds += 1
        if self.seconds >= self._longest and self._process is not None:
            self._process.kill()
        self.changed.emit()

    @Slot()
    def _finished(self) -> None:
        if self._process is not None:
            self._end(understand(bytes(self._process.readAllStandardOutput().data())))

    @Slot(QProcess.ProcessError)
    def _failed(self, error: QProcess.ProcessError) -> None:
        # Whatever else goes wrong ends in ``finished``.
        if error is QProcess.ProcessError.FailedToStart:
            self._end(SelfTest(None))

    def _end(self, result: SelfTest | None) -> None:
        process, self._process = self._process, None
        self._second.stop()
        self.result = result
        if process is not None:
            process.deleteLater()
        self.changed.emit()
