"""What goes with a page goes wholly: Qt for Python keeps more than one would think."""

from __future__ import annotations

import gc
from enum import EnumMeta

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shiboken6 import Shiboken, isValid

from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.layouts import FlowLayout


def let_go(*gone: QWidget) -> None:
    for widget in gone:
        widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def enum_classes() -> int:
    gc.collect()
    return sum(isinstance(thing, EnumMeta) for thing in gc.get_objects())


@pytest.mark.parametrize("job", ["sharing", "channels"])
def test_no_page_makes_a_class_that_stays(make_window, job):
    window = make_window()
    window.set_place("110000")
    window.open_job(job)
    before = enum_classes()
    for _ in range(3):
        window.go_home()
        window.open_job(job)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert enum_classes() == before


def test_who_follows_the_theme_is_told_of_sizes_and_colours_and_not_once_it_is_gone(theme, qtbot):
    asked = []

    class Following(QWidget):
        def __init__(self, name, colors):
            super().__init__()
            self.name = name
            theme.follow(self.redraw, colors=colors)

        def redraw(self):
            assert isValid(self)
            asked.append(self.name)

    sizes, both, gone = Following("sizes", False), Following("both", True), Following("gone", True)
    # Its Python half is still here.
    let_go(gone)
    theme.set_text_size("large")
    assert asked == ["sizes", "both"]
    theme.set_colors("dark")
    assert asked == ["sizes", "both", "both"]
    let_go(sizes, both)


def test_the_items_of_a_wrapping_row_belong_to_it(dressed, qtbot):
    box = QWidget()
    qtbot.addWidget(box)
    row = FlowLayout()
    box.setLayout(row)
    for text in "一二三":
        row.addWidget(QLabel(text))
    assert all(Shiboken.ownedByPython(row.itemAt(at)) for at in range(3))
    let_go(row.itemAt(1).widget())
    assert [row.itemAt(at).widget().text() for at in range(row.count())] == ["一", "三"]


def test_buttons_that_look_alike_share_their_icon(theme, qtbot):
    one, other, primary = (Button(theme, "打印", role, "printer") for role in ("outline", "plain", "primary"))
    assert one.icon().cacheKey() == other.icon().cacheKey() != primary.icon().cacheKey()
    theme.set_text_size("large")
    assert one.icon().cacheKey() == other.icon().cacheKey()
    let_go(one, other, primary)
