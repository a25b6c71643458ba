"""What the keyboard is on stays in sight: Qt scrolls for Tab only, and then no further than to the cursor."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QScrollArea, QWidget

_AROUND = 16
"""Pixels to be seen over and under what has the focus, so that its frame is."""


class FocusInSight(QObject):
    """Scrolls the pages of a window until the whole of what has just got the focus is seen."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._show)

    def _show(self, _before: QWidget | None, focused: QWidget | None) -> None:
        # What a finger or the mouse comes down on must not move away under it.
        pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if focused is not None and not pressed and self._window.isAncestorOf(focused):
            show_whole(focused)


def show_whole(widget: QWidget) -> None:
    """Scroll whatever ``widget`` stands in until all of it is seen, or its top where it is higher than that."""
    area = widget.parentWidget()
    while area is not None:
        if isinstance(area, QScrollArea):
            bar, seen, height = area.verticalScrollBar(), area.viewport().height(), widget.height()
            around = max(0, min(_AROUND, (seen - height) // 2))
            top = widget.mapTo(area.widget(), QPoint()).y() - around
            if top < bar.value() or height > seen:
                bar.setValue(top)
            else:
                bar.setValue(max(bar.value(), top + height + 2 * around - seen))
        area = area.parentWidget()
