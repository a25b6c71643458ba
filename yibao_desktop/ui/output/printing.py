"""Printing that never keeps a person waiting: printers are asked and fed by another process.

Whatever a driver does there (wait for paper, for the network, for somebody to press a button), the window stays
free; after a while it says in words that nothing came back.
"""

from __future__ import annotations

import os
from typing import Literal

import msgspec
from PySide6.QtCore import QObject, QProcess, QTemporaryDir, QTimer, Signal, Slot

from yibao_desktop.paper.blocks import Sheet, to_json
from yibao_desktop.settings import Paper
from yibao_desktop.ui.child_process import ChildProcess, own_command
from yibao_desktop.ui.language import language

UNKNOWN, REFUSED = 3, 4
"""Exit codes of that process: the system has no such printer; the printer took nothing."""

_LAST_WAIT = 3000
"""Milliseconds."""

State = Literal["unasked", "looking", "ready", "sending", "sent", "unknown", "refused", "silent"]
"""``ready``: the printers are known, be it none; ``silent``: nothing came back in time."""


class _Process(ChildProcess):
    """The process that prints, with a folder for its files, which goes with it.

    On its way to CUPS a sheet is a file there, and stays one where the process has to be broken off.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # In memory where the system has such a folder: not even a power cut leaves a sheet behind then.
        memory = os.environ.get("XDG_RUNTIME_DIR", "")
        self.folder = QTemporaryDir(os.path.join(memory, "yibao-XXXXXX") if memory else "")
        if not self.folder.isValid():
            self.folder = QTemporaryDir()
        if self.folder.isValid():
            self.set_variable("TMPDIR", self.folder.path())

    def clear_away(self) -> None:
        """Remove the files, and in a while this object; for a process that has ended."""
        self.folder.remove()
        self.deleteLater()


class Printing(QObject):
    """Knows the printers and sends sheets to them, one after another.

    Signals:
        changed: the state is another one.
    """

    changed = Signal()

    def __init__(
        self, parent: QObject | None = None, command: list[str] | None = None, patience: int = 30_000
    ) -> None:
        """Ask for nothing yet; ``patience`` is how long an answer may take, in milliseconds."""
        super().__init__(parent)
        self._command = command or own_command("--printing")
        self.state: State = "unasked"
        self.names: tuple[str, ...] = ()
        self.default = ""
        self._process: _Process | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(patience)
        self._timer.timeout.connect(self.give_up)

    @property
    def usual(self) -> str:
        """The printer to use without asking: the system's own, or the only one."""
        return self.default or (self.names[0] if len(self.names) == 1 else "")

    def look(self) -> None:
        """Ask the system which printers there are."""
        if self.state in ("looking", "sending"):
            return
        self._start(["list"], "looking")

    def send(self, sheet: Sheet, paper: Paper, name: str) -> None:
        """Print a sheet."""
        if self.state in ("looking", "sending"):
            return
        process = self._start(["print", "--printer", name, "--paper", paper, "--language", language()], "sending")
        process.write(to_json(sheet))
        process.closeWriteChannel()

    def rest(self) -> None:
        """Forget how the last printing ended."""
        if self.state not in ("unasked", "looking", "sending"):
            self._change("ready")

    def give_up(self) -> None:
        """Wait no longer."""
        process, self._process = self._process, None
        if process is not None:
            # It ends some time later, as one nobody waits for.
            process.kill()
            self._timer.stop()
            self._change("silent")

    def end(self) -> None:
        """Let no process outlive the window: a sheet on its way is waited for a little, a question is dropped."""
        if self.state == "sending" and self._process is not None:
            self._process.waitForFinished(_LAST_WAIT)
        self.give_up()
        for process in self.findChildren(QProcess):
            process.kill()
            process.waitForFinished(_LAST_WAIT)

    def _start(self, arguments: list[str], state: State) -> _Process:
        process = self._process = _Process(self)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        self._change(state)
        self._timer.start()
        process.start(self._command[0], [*self._command[1:], *arguments])
        return process

    @Slot(int, QProcess.ExitStatus)
    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        process = self.sender()
        assert isinstance(process, _Process)
        process.clear_away()
        if process is not self._process:
            return  # one that was given up
        self._process = None
        self._timer.stop()
        if status is not QProcess.ExitStatus.NormalExit:
            self._change("refused" if self.state == "sending" else "ready")
        elif self.state == "looking":
            self._take_list(bytes(process.readAllStandardOutput().data()))
        else:
            self._change("sent" if code == 0 else "unknown" if code == UNKNOWN else "refused")

    @Slot(QProcess.ProcessError)
    def _failed(self, error: QProcess.ProcessError) -> None:
        # Whatever else goes wrong ends in ``finished``.
        process = self._process
        if process is not None and error is QProcess.ProcessError.FailedToStart:
            self._process = None
            self._timer.stop()
            process.clear_away()
            self._change("ready" if self.state == "looking" else "refused")

    def _take_list(self, output: bytes) -> None:
        try:
            told = msgspec.json.decode(output)
            self.names, self.default = tuple(told["names"]), told["default"]
        except (ValueError, KeyError, TypeError):
            self.names, self.default = (), ""
        self._change("ready")

    def _change(self, state: State) -> None:
        self.state = state
        self.changed.emit()
