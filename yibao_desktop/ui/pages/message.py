"""A page that says what is wrong in words, and offers the way on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yibao_desktop.ui.pages.page import Page
from yibao_desktop.ui.screen_reader import announce
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Banner, Card, Text


class MessagePage(Page):
    """Something does not work: what, for whom to fix, and one button.

    Signals:
        went_on: the button was pressed.
    """

    went_on = Signal()

    def __init__(self, theme: Theme, headline: str, text: str, details: str, button: str) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(theme)
        outer.addWidget(scroll)
        self._told = f"{headline}。{text}"
        scroll.add(Banner(theme, "warn", headline, text))
        if details:
            card = Card(theme)
            card.column.addWidget(Text(self.tr("给维护人员看的"), "small-strong"))
            card.column.addWidget(Text(details, "small"))
            scroll.add(card)
        self.button = Button(theme, button, "primary")
        self.button.clicked.connect(self.went_on)
        scroll.add(button_row(self.button))
        scroll.end()

    def showEvent(self, event: QShowEvent) -> None:
        """Say it aloud too."""
        super().showEvent(event)
        announce(self, self._told, urgent=True)

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        return self.button
