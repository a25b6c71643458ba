"""Going through a page with Tab leaves every widget where it is, also when Python tidies up."""

from __future__ import annotations

import gc

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from yibao_desktop.ui import tour


def test_all_widgets_outlive_a_walk_with_tab(make_window, qtbot):
    window = make_window()
    lost = {}
    for stop in tour.stops():
        window.forget()
        stop.show(window)
        for _ in range(4):
            qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        before = len(QApplication.allWidgets())
        gc.collect()
        if (gone := before - len(QApplication.allWidgets())) != 0:
            lost[stop.id] = gone
    assert lost == {}
