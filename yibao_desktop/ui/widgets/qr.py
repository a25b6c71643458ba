"""A QR code drawn on the spot, without a network."""

from __future__ import annotations

import segno
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from yibao_desktop.ui.theme import Theme

_QUIET = 4
"""Modules of white around the code, as the standard asks."""


class QrCode(QWidget):
    """The QR code of a text."""

    def __init__(self, theme: Theme, text: str, name: str) -> None:
        super().__init__()
        self.text = text
        self._theme = theme
        self._rows = [tuple(row) for row in segno.make(text, micro=False, error="m").matrix]
        self.setAccessibleName(name)
        self.setAccessibleDescription(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a square a phone reads from arm's length."""
        side = self._theme.px("qr")
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint black modules on white, whatever the theme: scanners need the contrast."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        modules = len(self._rows) + 2 * _QUIET
        side = min(self.width(), self.height())
        # Whole pixels a module, so that edges stay sharp.
        pixels = max(1, side // modules)
        offset = (side - pixels * len(self._rows)) // 2
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(offset + x * pixels, offset + y * pixels, pixels, pixels,
                                     QColor(Qt.GlobalColor.black))
