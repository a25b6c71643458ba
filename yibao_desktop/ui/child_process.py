"""This program once more, as a process that does beside the window what must not hold it up."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment

from yibao_desktop.paths import ROOT


def own_command(*arguments: str) -> list[str]:
    """Return what starts this program with ``arguments``, from source and inside a bundle alike."""
    return [sys.executable, *(() if _is_bundled() else ("-m", "yibao_desktop")), *arguments]


class ChildProcess(QProcess):
    """A process that finds the program's modules wherever it was started; its complaints go nowhere."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setStandardErrorFile(QProcess.nullDevice())
        self.setProcessEnvironment(QProcessEnvironment.systemEnvironment())
        if not _is_bundled():
            before = self.processEnvironment().value("PYTHONPATH").split(os.pathsep)
            self.set_variable("PYTHONPATH", os.pathsep.join([str(ROOT), *filter(None, before)]))

    def set_variable(self, name: str, value: str) -> None:
        """Give the process an environment variable, before it starts."""
        environment = self.processEnvironment()
        environment.insert(name, value)
        self.setProcessEnvironment(environment)


def _is_bundled() -> bool:
    return bool(getattr(sys, "frozen", False))
