"""The search for what explains a slip, in a thread of its own.

The thread works on plain values and touches nothing of Qt's: the window looks now and then whether it is done. So
nothing has to be waited for when the page is left or the window closed; a search nobody wants ends by itself.
"""

from __future__ import annotations

import threading
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from yibao_desktop.estimate.explain import Findings, Stopped, explain
from yibao_desktop.estimate.slip import Slip
from yibao_desktop.pack.cases import EstimateCase
from yibao_desktop.pack.store import Pack

State = Literal["idle", "running", "stopped", "failed", "done"]

_LOOK_EVERY = 40
"""Milliseconds."""


class _Work:
    """One search."""

    def __init__(self, case: EstimateCase, slip: Slip, pack: Pack) -> None:
        self.case, self.slip, self._pack = case, slip, pack
        self.findings: Findings | None = None
        self.error: Exception | None = None
        self.finished = threading.Event()
        self.unwanted = threading.Event()

    def run(self) -> None:
        try:
            self.findings = explain(self.case, self.slip, self._pack, self._wanted)
        except Stopped:
            pass
        except Exception as error:
            self.error = error
        finally:
            self.finished.set()

    def _wanted(self) -> bool:
        return not self.unwanted.is_set() and threading.main_thread().is_alive()


class SlipSearch(QObject):
    """Searches for one slip at a time and keeps what was found.

    Signals:
        changed: the state is another one.
    """

    changed = Signal()

    def __init__(self, pack: Pack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pack = pack
        self._work: _Work | None = None
        self.state: State = "idle"
        self.findings: Findings | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        running: list[_Work] = []
        self._running = running
        self.destroyed.connect(lambda: [work.unwanted.set() for work in running])

    def seek(self, case: EstimateCase, slip: Slip) -> None:
        """Search, unless this very search runs already, has been done, or was given up by the person."""
        work = self._work
        if work is None or self.state == "idle" or (work.case, work.slip) != (case, slip):
            self._begin(_Work(case, slip, self._pack))

    def again(self) -> None:
        """Take up a search that was given up."""
        if self._work is not None:
            self._begin(_Work(self._work.case, self._work.slip, self._pack))

    def stop(self) -> None:
        """Give a running search up, as the person asked."""
        if self.state == "running":
            self._let_go()
            self._become("stopped")

    def forget(self) -> None:
        """Give the search up and keep nothing of it."""
        self._let_go()
        self._work, self.findings, self.state = None, None, "idle"

    def _begin(self, work: _Work) -> None:
        self._let_go()
        self._work, self.findings = work, None
        self._running.append(work)
        threading.Thread(target=work.run, name="slip-search").start()
        self._timer.start()
        self._become("running")

    def _let_go(self) -> None:
        self._timer.stop()
        for work in self._running:
            work.unwanted.set()
        self._running.clear()

    def _look(self) -> None:
        work = self._work
        if work is None or not work.finished.is_set():
            return
        self._let_go()
        self.findings = work.findings
        self._become("failed" if work.error else "done")
        if work.error is not None:
            raise work.error

    def _become(self, state: State) -> None:
        self.state = state
        self.changed.emit()
