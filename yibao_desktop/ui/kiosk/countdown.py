"""Asks whether the person is still there, in place of everything else: nothing of theirs can be read meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yibao_desktop.ui.screen_reader import announce
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Text

_SAID_AGAIN = (10, 5)
"""With so many seconds left a screen reader says it once more."""


class _LargeButton(Button):
    """One that cannot be missed."""

    def sizeHint(self) -> QSize:
        """Return twice the usual size."""
        return super().sizeHint() * 2


class CountdownPage(QWidget):
    """How many seconds are left, and two buttons; a touch beside them does nothing.

    Signals:
        stayed: the person is still there.
        ended: the person has finished.
    """

    stayed = Signal()
    ended = Signal()

    def __init__(self, theme: Theme, seconds: int) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(theme)
        outer.addWidget(scroll)
        scroll.column.addStretch(1)
        scroll.add(Text(self.tr("您还在吗？"), "hero"))
        self._left = Text("", "title")
        scroll.add(self._left)
        scroll.add(Text(self.tr("还要用，请按“我还在”，填的都还在，按几次都可以。"), "lead"))
        scroll.space()
        self.stay_button = _LargeButton(theme, self.tr("我还在"), "primary", "check")
        self.stay_button.setObjectName("stay")
        self.stay_button.clicked.connect(self.stayed)
        self.end_button = Button(theme, self.tr("结束并清除"), "outline", "log-out")
        self.end_button.setObjectName("end-now")
        self.end_button.clicked.connect(self.ended)
        scroll.add(button_row(self.stay_button))
        scroll.space()
        scroll.add(button_row(self.end_button))
        scroll.end()
        self.show_left(seconds)

    def show_left(self, seconds: int) -> None:
        """Show how many seconds are left."""
        self._left.setText(self.tr("{} 秒后清除您填的内容，回到开始。").format(seconds))
        if self.isVisible() and seconds in _SAID_AGAIN:
            self._say()

    def showEvent(self, event: QShowEvent) -> None:
        """Say it to who cannot see it."""
        super().showEvent(event)
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stay at Esc too."""
        if event.key() == Qt.Key.Key_Escape:
            self.stayed.emit()

    def _say(self) -> None:
        said = self.tr("您还在吗？{}还要用，请按“我还在”。").format(self._left.text())
        announce(self, said, urgent=True)

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        return self.stay_button
