"""What a machine in a hall shows while nobody is there: what it is for, and that one may touch it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yibao_desktop.ui.pages.home import jobs
from yibao_desktop.ui.pages.page import PageTraits
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.cards import PressCard
from yibao_desktop.ui.widgets.picture import Picture
from yibao_desktop.ui.widgets.text import Text, column_widget

_MINUTE = 60_000
_SHIFTS = ((0, 0), (12, 4), (20, 14), (8, 20), (-8, 14), (-20, 4), (-12, -8), (4, -14))
"""Pixels to the right and down, a minute each: a panel that shows the same edges for weeks keeps them."""
_MARGIN = 48
_LINES = 35
"""Height in lines of body text that everything takes."""


class AttractPage(PressCard, PageTraits):
    """One button as large as the screen; ``clicked`` when it is touched anywhere or a key is pressed."""

    stands_alone = True
    waits = True

    def __init__(self, theme: Theme, wizards: Sequence[str]) -> None:
        super().__init__(theme)
        self.setObjectName("start")
        self._purposes: list[Text] = []
        offered = [job for job in jobs() if job[0] in wizards]
        invitation = self.tr("碰一下屏幕，开始")
        self.tell(invitation, self.tr("。").join(title for _, _, title, _ in offered))
        self._row = QVBoxLayout(self)
        texts, column = column_widget(role="", spacing=theme.space("group"))
        name = QHBoxLayout()
        name.setSpacing(16)
        name.addWidget(Picture(theme, "heart-pulse", size="title"), 0)
        name.addWidget(Text(self.tr("医保帮手"), "title"), 1)
        column.addStretch(1)
        column.addLayout(name)
        column.addWidget(Text(invitation, "hero", "brand"))
        column.addSpacing(theme.space("group"))
        for _, icon, title, purpose in offered:
            column.addLayout(self._job(icon, title, purpose))
        column.addSpacing(theme.space("group"))
        column.addWidget(Text(self.tr("不问姓名和证件号，填的数用完就没有了。"), "lead"))
        column.addStretch(1)
        self._row.addWidget(texts)
        self.only_to_read(texts)
        self._shift = 0
        self._stand()
        timer = QTimer(self)
        timer.timeout.connect(self.shift)
        timer.start(_MINUTE)

    def _job(self, icon: str, title: str, purpose: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(Picture(self._theme, icon, size="title"), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Text(title, "title"))
        what_for = Text(purpose, "lead")
        what_for.hide()
        self._purposes.append(what_for)
        texts.addWidget(what_for)
        row.addLayout(texts, 1)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what the three are for where there is room for it."""
        super().resizeEvent(event)
        for purpose in self._purposes:
            purpose.setVisible(self.height() >= self._theme.px("body") * _LINES)

    def shift(self) -> None:
        """Move what stands here by a few pixels."""
        self._shift = (self._shift + 1) % len(_SHIFTS)
        self._stand()

    def _stand(self) -> None:
        right, down = _SHIFTS[self._shift]
        self._row.setContentsMargins(_MARGIN + right, _MARGIN // 2 + down, _MARGIN - right, _MARGIN // 2 - down)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Be a page, not a card."""
        QPainter(self).fillRect(self.rect(), self._theme.color("card"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start with any key, but not with one that is still held down."""
        if not event.isAutoRepeat():
            self.click()

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        return self
