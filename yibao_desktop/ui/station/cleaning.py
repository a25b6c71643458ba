"""A page without anything to press, to wipe the screen on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yibao_desktop.ui.pages.page import Page
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.text import Line, Text

CLEANING_SECONDS = 30


class CleaningPage(Page):
    """Counts down and takes neither touches nor keys meanwhile; it stands alone in the window.

    Signals:
        over: the time is up.
    """

    stands_alone = True

    over = Signal()

    def __init__(self, theme: Theme, seconds: int = CLEANING_SECONDS) -> None:
        super().__init__()
        self._left = seconds
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        margin = theme.space("page")
        column.setContentsMargins(margin, margin, margin, margin)
        column.addStretch(1)
        column.addWidget(Text(self.tr("正在擦屏幕"), "title"))
        column.addWidget(Text(self.tr("现在按哪里都没有反应，可以放心擦。时间到了自己回去。"), "lead"))
        self._count = Line("", "hero")
        self._count.setObjectName("cleaning-left")
        column.addWidget(self._count)
        column.addStretch(2)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.count_down)
        self._second.start()
        self._tell()

    def count_down(self) -> None:
        """Let one second pass."""
        self._left -= 1
        if self._left <= 0:
            self._second.stop()
            self.over.emit()
        else:
            self._tell()

    def _tell(self) -> None:
        self._count.setText(self.tr("还有 {} 秒").format(self._left))

    def event(self, event: QEvent) -> bool:
        """Take every key for itself, so that none does what it does elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do nothing with it."""
        event.accept()

    def first_control(self) -> QWidget:
        """Return what gets the focus: the page itself, which holds the keys off."""
        return self
