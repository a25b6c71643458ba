"""Buttons: one look each, big enough for a finger, deaf to a double tap."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QSizePolicy, QWidget

from yibao_desktop.ui.theme import Theme

DOUBLE_TAP_SECONDS = 0.5
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
        theme.changed.connect(self._draw_icon)
        theme.recolored.connect(self._draw_icon)

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
        icon = QIcon(self._picture(self._icon_name, "on-brand" if self.property("role") == "primary" else "brand"))
        # Qt's own grey is worked out for light windows.
        icon.addPixmap(self._picture(self._icon_name, "muted"), QIcon.Mode.Disabled)
        self.setIcon(icon)
        self.setIconSize(self._icon_room())

    def _icon_room(self) -> QSize:
        # Qt sets icon and text too close together; the picture brings its own air.
        return QSize(self._theme.px("icon") + (_ICON_AIR if self.text() else 0), self._theme.px("icon"))

    def _picture(self, name: str, color: str) -> QPixmap:
        icon, room = self._theme.icon(name, color), self._icon_room()
        padded = QPixmap(room * icon.devicePixelRatio())
        padded.setDevicePixelRatio(icon.devicePixelRatio())
        padded.fill(Qt.GlobalColor.transparent)
        painter = QPainter(padded)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.drawPixmap(room.width() - self._theme.px("icon") if mirrored else 0, 0, icon)
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


class DoubleTapFilter(QObject):
    """Swallows a second press on the same button within half a second: shaking hands press twice."""

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` gives seconds."""
        super().__init__(parent)
        self._clock = clock
        self._last: tuple[int, float] = (0, 0.0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drop the press if it repeats the last one too soon."""
        presses = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        if event.type() in presses and isinstance(watched, QAbstractButton) and isinstance(event, QMouseEvent):
            if watched.property("repeats"):
                return False
            now = self._clock()
            same, soon = self._last[0] == id(watched), now - self._last[1] < DOUBLE_TAP_SECONDS
            self._last = (id(watched), now)
            return same and soon
        return False
