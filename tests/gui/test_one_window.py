"""There is one window: a part of a page that showed itself too early would open one of its own for a moment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from yibao_desktop.ui import tour


class Windows(QObject):
    """Writes down what opens as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_no_page_opens_a_window_beside_ours(make_window):
    window = make_window()
    windows, beside = Windows(), {}
    QApplication.instance().installEventFilter(windows)
    for stop in tour.stops():
        window.forget()
        stop.show(window)
        if windows.opened:
            beside[stop.id] = [*windows.opened]
            windows.opened.clear()
    QApplication.instance().removeEventFilter(windows)
    assert beside == {}
