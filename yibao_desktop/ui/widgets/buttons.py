"""Buttons: one look each, big enough for a finger, deaf to a double tap."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QSizePolicy, QWidget

from yibao_desktop.ui.theme import Theme, draw_icon
from yibao_desktop.ui.widgets.double_taps import double_taps

_NOWHERE = QPointF(-10000, -10000)
_ICON_AIR = 8


class Button(QPushButton):
    """A push button; ``role`` is its look: primary, outline, plain, quiet, need, chip, place, key."""

    def __init__(self, theme: Theme, text: str, role: str = "outline", icon: str | None = None) -> None:
        super().__init__(text)
        self._theme, self._icon_name = theme, icon
        self.setProperty("role", role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._draw_icon()
        theme.follow(self._draw_icon, colors=True)

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

    def set_icon(self, name: str | None) -> None:
        """Show another icon."""
        self._icon_name = name
        self._draw_icon()

    def repeat(self) -> None:
        """Take quick presses one after another, and go on while held: digits, plus and minus."""
        self.setProperty("repeats", True)
        self.setAutoRepeat(True)

    def setText(self, text: str) -> None:
        """Change the text; the icon keeps its distance only where there is text."""
        had_text = bool(self.text())
        super().setText(text)
        if bool(text) != had_text:
            self._draw_icon()

    def sizeHint(self) -> QSize:
        """Return the usual size, wide enough for a finger; what can be chosen has room for its letters in bold."""
        hint = super().sizeHint()
        if self.property("role") != "quiet":
            hint.setWidth(max(hint.width(), self._theme.px("control")))
        if self.isCheckable():
            bold = self.font()
            bold.setBold(True)
            text = self.text()
            wider = QFontMetrics(bold).horizontalAdvance(text) - self.fontMetrics().horizontalAdvance(text)
            hint.setWidth(hint.width() + max(0, wider))
        return hint

    def setLayoutDirection(self, direction: Qt.LayoutDirection) -> None:
        """Change the side the icon stands on."""
        super().setLayoutDirection(direction)
        self._draw_icon()

    def _draw_icon(self) -> None:
        if self._icon_name is None:
            return
        color = self._theme.color("on-brand" if self.property("role") == "primary" else "brand").name()
        muted, pixels = self._theme.color("muted").name(), self._theme.px("icon")
        # Qt sets icon and text too close together; the picture brings its own air.
        air = _ICON_AIR if self.text() else 0
        before = air if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 0
        self.setIcon(_icon(self._icon_name, color, muted, pixels, before, air - before))
        self.setIconSize(QSize(pixels + air, pixels))


@cache
def _icon(name: str, color: str, muted: str, pixels: int, before: int, after: int) -> QIcon:
    """Return one icon for all buttons that look alike: Qt keeps a picture of every icon it has drawn."""
    icon = QIcon(_with_air(draw_icon(name, color, pixels), before, after))
    # Qt's own grey is worked out for light windows.
    icon.addPixmap(_with_air(draw_icon(name, muted, pixels), before, after), QIcon.Mode.Disabled)
    return icon


def _with_air(drawn: QPixmap, before: int, after: int) -> QPixmap:
    size, ratio = drawn.deviceIndependentSize().toSize(), drawn.devicePixelRatio()
    padded = QPixmap(QSize(before + size.width() + after, size.height()) * ratio)
    padded.setDevicePixelRatio(ratio)
    padded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(padded)
    painter.drawPixmap(before, 0, drawn)
    painter.end()
    return padded


def let_go_of_buttons(within: QWidget) -> None:
    """Let what is held down be released without being pressed: the finger did not mean it, or not any more."""
    for button in within.findChildren(QAbstractButton):
        if button.isDown():
            button.setDown(False)
            QApplication.sendEvent(button, QMouseEvent(
                QEvent.Type.MouseButtonRelease, _NOWHERE, _NOWHERE, Qt.MouseButton.LeftButton,
                Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier))
