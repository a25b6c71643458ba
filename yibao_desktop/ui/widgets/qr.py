"""A QR code drawn on the spot, without a network."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from yibao_desktop.paper.text_codes import QUIET, matrix
from yibao_desktop.ui.screen_reader import GRAPHIC, ROLE
from yibao_desktop.ui.theme import Theme


class QrCode(QWidget):
    """The QR code of a text; ``grows`` where it takes all the room there is."""

    def __init__(self, theme: Theme, text: str, name: str, grows: bool = False) -> None:
        super().__init__()
        self.text = text
        self._theme = theme
        self._rows = matrix(text)
        self.setProperty(ROLE, GRAPHIC)
        self.setAccessibleName(name)
        self.setAccessibleDescription(text)
        policy = QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Fixed
        self.setSizePolicy(policy, policy)

    def sizeHint(self) -> QSize:
        """Return a square a phone reads from arm's length."""
        side = self._theme.px("qr")
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint black modules on white, whatever the theme: scanners need the contrast."""
        painter = QPainter(self)
        modules = len(self._rows) + 2 * QUIET
        # Whole dots of the screen a module, so that edges stay sharp at any scale.
        dots = self.devicePixelRatioF()
        module = max(1, int(min(self.width(), self.height()) * dots) // modules)
        side = module / dots
        left, top = ((int(length * dots) - module * len(self._rows)) // 2 / dots
                     for length in (self.width(), self.height()))
        whole = side * modules
        painter.fillRect(QRectF(left - QUIET * side, top - QUIET * side, whole, whole), Qt.GlobalColor.white)
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(QRectF(left + x * side, top + y * side, side, side), Qt.GlobalColor.black)
