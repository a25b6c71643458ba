"""Reading aloud, as the window sees it: whether it can be done here, saying, and silence at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Literal

import msgspec
from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from yibao_desktop.ui.child_process import ChildProcess, own_command

State = Literal["unasked", "looking", "ready", "speaking", "missing"]
"""``missing``: nothing can be read aloud here; ``Voice.missing`` says why."""
Missing = Literal["", "module", "engine", "voice", "broken"]
"""``broken``: the engine has failed or hangs, or its process has ended."""

SILENCE = 30_000
"""Milliseconds in which an engine must begin, or go on to the next sentence, besides the time for saying it."""
A_CHARACTER = 1_000
"""Milliseconds that saying one may take: four times as long as the slowest reader."""


class Voice(QObject):
    """Speaks through another process, which lives as long as this object or until it fails.

    Whether the person wears headphones cannot be known: no system tells a jack from a loudspeaker reliably. So whoever
    stands near is always taken to hear what is said.

    Signals:
        changed: the state is another one.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None, command: Sequence[str] | None = None) -> None:
        """Start nothing yet."""
        super().__init__(parent)
        self._command = list(command or own_command("--speaking"))
        self.state: State = "unasked"
        self.missing: Missing = ""
        self.name = ""
        """What the system calls the voice."""
        self.volume: int | None = None
        """How loud, 0 to 100; ``None`` leaves it to the system."""
        self._process: QProcess | None = None
        self._number = 0
        self._unsaid: deque[str] = deque()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.give_up)

    @property
    def works(self) -> bool:
        """Whether something can be read aloud here."""
        return self.state in ("ready", "speaking")

    def look(self) -> None:
        """Start the process and ask it for a Chinese voice; the answer may take seconds, and nobody waits for it."""
        if self._process is not None:
            return
        process = self._process = ChildProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_end)
        process.errorOccurred.connect(self._on_error)
        self._change("looking")
        process.start(self._command[0], self._command[1:])

    def say(self, sentences: Sequence[str]) -> None:
        """Say ``sentences`` instead of whatever is being said; nothing happens where there is no voice."""
        if not self.works or not sentences:
            return
        self._number += 1
        loud = {} if self.volume is None else {"volume": self.volume / 100}
        self._send({"say": list(sentences), "number": self._number, **loud})
        self._unsaid = deque(sentences)
        self._wait(SILENCE)
        self._change("speaking")

    def stop(self) -> None:
        """Be silent; what has not been said yet is forgotten."""
        if self.state == "speaking":
            self._number += 1
            self._send({"stop": True})
            self._change("ready")

    def give_up(self) -> None:
        """Take the engine for broken: it says nothing and does not end. Whoever waits for silence must not for ever."""
        process, self._process = self._process, None
        if process is not None:
            process.finished.connect(process.deleteLater)
            process.kill()
        self._fail()

    def close(self) -> None:
        """End the process; it may take half a second to be gone by itself."""
        process, self._process = self._process, None
        if process is not None:
            # Its end of the pipe closing is what tells it to be silent and go.
            process.closeWriteChannel()
            if not process.waitForFinished(500):
                process.kill()
                process.waitForFinished(500)
            process.deleteLater()
            self._change("unasked")

    def _send(self, asked: dict[str, object]) -> None:
        if self._process is not None:
            self._process.write(msgspec.json.encode(asked) + b"\n")

    @Slot()
    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            try:
                told = msgspec.json.decode(line)
            except ValueError:
                continue  # something that a library has printed
            if isinstance(told, dict):
                self._take(told)

    def _take(self, told: dict[str, object]) -> None:
        if "voice" in told:
            self.name = str(told["voice"])
            self.missing = "" if self.name else _reason(told.get("missing"))
            self._change("ready" if self.name else "missing")
        elif told.get("saying") == self._number and self.state == "speaking":
            said = self._unsaid.popleft() if self._unsaid else ""
            self._wait(SILENCE + A_CHARACTER * len(said))
        elif told.get("ended") == self._number and self.state == "speaking":
            self._change("ready")
        elif told.get("failed") == self._number and self.state == "speaking":
            self._fail()

    @Slot(int, QProcess.ExitStatus)
    def _on_end(self, _code: int, _status: QProcess.ExitStatus) -> None:
        if self._process is None:
            return  # closed by us
        self._read()
        self._process.deleteLater()
        self._process = None
        if self.state != "missing":
            self._fail()

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        # Whatever else goes wrong ends in ``finished``.
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._process.deleteLater()
            self._process = None
            self._fail()

    def _fail(self) -> None:
        self.missing = "broken"
        self._change("missing")

    def _wait(self, milliseconds: int) -> None:
        self._patience.start(milliseconds)

    def _change(self, state: State) -> None:
        if state != "speaking":
            self._patience.stop()
            self._unsaid.clear()
        if state != self.state:
            self.state = state
            self.changed.emit()


def _reason(told: object) -> Missing:
    known: tuple[Missing, ...] = ("module", "engine", "voice")
    return next((reason for reason in known if reason == told), "broken")
