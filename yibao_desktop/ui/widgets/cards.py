"""A card that is pressed as a whole; what stands on it is for reading only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from yibao_desktop.ui.theme import Theme


class PressCard(QAbstractButton):
    """A card that is a button; tells its name and what it is for to a screen reader."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def tell(self, name: str, purpose: str) -> None:
        """Give it a name, which is also its text, and a purpose."""
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(purpose)

    def only_to_read(self, *parts: QWidget) -> None:
        """Let presses on ``parts`` go through to the card."""
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card; focus and hover show in border and ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._theme.border("edge-focus" if self.hasFocus() else "edge")
        frame = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(self._theme.color("brand" if self.hasFocus() or self.underMouse() else "field"), width))
        painter.setBrush(self._theme.color("brand-soft" if self.isDown() else "card"))
        painter.drawRoundedRect(frame, 14, 14)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter as well as with the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the card can be pressed."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Stop showing it."""
        self.update()
        super().leaveEvent(event)
