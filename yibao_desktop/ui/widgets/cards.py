"""Cards and rows that are pressed as a whole; what stands on them is for reading only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.double_taps import double_taps


class Pressable(QAbstractButton):
    """A button that other widgets stand on; Enter presses it as the space bar does."""

    def __init__(self, theme: Theme, upright: QSizePolicy.Policy = QSizePolicy.Policy.Preferred) -> None:
        super().__init__()
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, upright)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def only_to_read(self, *parts: QWidget) -> None:
        """Let presses on ``parts`` go through to the button."""
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Be pressed, but not by the second tap of a shaking hand."""
        if not double_taps.swallows(self):
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as well as with the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Stop showing it."""
        self.update()
        super().leaveEvent(event)


class PressCard(Pressable):
    """A card that is a button; tells its name and what it is for to a screen reader."""

    def tell(self, name: str, purpose: str) -> None:
        """Give it a name, which is also its text, and a purpose."""
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(purpose)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card; focus and hover show in border and ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._theme.border("edge-focus" if self.hasFocus() else "edge")
        frame = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(self._theme.color("brand" if self.hasFocus() or self.underMouse() else "field"), width))
        painter.setBrush(self._theme.color("brand-soft" if self.isDown() else "card"))
        painter.drawRoundedRect(frame, 14, 14)


class PressRow(Pressable):
    """A row of a page that is a button; only a hand or the keyboard on it makes it look like one."""

    ring = (2, 2)
    """How far the ring of the focus stands inside the row, left and above, in pixels."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """Return what stands on the row takes."""
        return self.layout().sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        """Take a tap anywhere on the row."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what a hand or the keyboard is on."""
        focused = self.hasFocus()
        if not (focused or self.underMouse()):
            return
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("brand"), theme.border("edge-focus")) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("brand-soft") if self.underMouse() else Qt.BrushStyle.NoBrush)
        left, top = self.ring
        radius = theme.space("radius") - 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(left, top, -2, -2), radius, radius)
