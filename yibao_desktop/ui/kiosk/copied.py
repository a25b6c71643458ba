"""What a person has copied from a field stays on the clipboard for the next one, unless it is taken off."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication


class Copied(QObject):
    """Knows whether the clipboard holds something of this program; what others put there is left alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours: set[QClipboard.Mode] = set()
        QGuiApplication.clipboard().changed.connect(self._note)

    def _note(self, mode: QClipboard.Mode) -> None:
        # Not every system says whose it is; but who copies does it in the window that is active.
        if _is_owned(mode) or QGuiApplication.focusWindow() is not None:
            self._ours.add(mode)
        else:
            self._ours.discard(mode)

    def forget(self) -> None:
        """Empty the clipboard, and on Linux what was last marked, where it is ours."""
        for mode in tuple(self._ours):
            QGuiApplication.clipboard().clear(mode)
        self._ours.clear()


def _is_owned(mode: QClipboard.Mode) -> bool:
    clipboard = QGuiApplication.clipboard()
    return clipboard.ownsSelection() if mode is QClipboard.Mode.Selection else clipboard.ownsClipboard()
