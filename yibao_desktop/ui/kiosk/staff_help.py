"""Where somebody is who helps, and what to say to them."""

from __future__ import annotations

from yibao_desktop.settings import StaffHelp
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.pages.column_page import ColumnPage
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.text import Card, Text


class StaffHelpPage(ColumnPage):
    """Two cards: where to go, what to say.

    Signals:
        left: the person wants back to where they were.
    """

    lies_over = True
    redraws_itself = True

    def __init__(self, theme: Theme, staff_help: StaffHelp) -> None:
        super().__init__(theme, tr("返回"))
        self.back_button.setObjectName("staff-help-back")
        self.begin(self.tr("找工作人员"))
        scroll = self.scroll
        for heading, text in ((self.tr("在哪里"), staff_help.where), (self.tr("怎么说"), staff_help.say)):
            card = Card(theme)
            card.column.addWidget(Text(heading, "strong"))
            card.column.addWidget(Text(text, "title"))
            scroll.add(card)
        scroll.add(Text(self.tr("工作人员会看到屏幕上的数。不想让人看到，可以先按“结束并清除”。"), "lead"))
        scroll.end()
