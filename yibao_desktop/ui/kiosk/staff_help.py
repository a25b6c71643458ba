"""Where somebody is who helps, and what to say to them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yibao_desktop.settings import StaffHelp
from yibao_desktop.ui.pages.page import Page
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Card, Text


class StaffHelpPage(Page):
    """Two cards: where to go, what to say.

    Signals:
        left: the person wants back to where they were.
    """

    lies_over = True
    redraws_itself = True

    left = Signal()

    def __init__(self, theme: Theme, staff_help: StaffHelp) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(theme)
        outer.addWidget(scroll)
        self.back_button = Button(theme, self.tr("返回"), "outline", "arrow-left")
        self.back_button.setObjectName("staff-help-back")
        self.back_button.clicked.connect(self.left)
        scroll.add(button_row(self.back_button))
        scroll.add(Text(self.tr("找工作人员"), "title"))
        for heading, text in ((self.tr("在哪里"), staff_help.where), (self.tr("怎么说"), staff_help.say)):
            card = Card(theme)
            card.column.addWidget(Text(heading, "strong"))
            card.column.addWidget(Text(text, "title"))
            scroll.add(card)
        scroll.add(Text(self.tr("工作人员会看到屏幕上的数。不想让人看到，可以先按“结束并清除”。"), "lead"))
        scroll.end()

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        return self.back_button
