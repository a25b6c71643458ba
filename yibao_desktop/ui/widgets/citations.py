"""The foot of a page: every source it cites in full."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from yibao_desktop.paper import citations
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.text import Card, Text


class Citations(citations.Citations):
    """Numbers the sources of one page, and shows them at its foot."""

    def notes(self, theme: Theme) -> QWidget:
        """Return the foot of the page: every numbered source in full."""
        card = Card(theme)
        card.setProperty("silent", True)
        card.column.addWidget(Text("依据", "strong"))
        for line in self.lines():
            card.column.addWidget(Text(line, "small-ink"))
        return card
