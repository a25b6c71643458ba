"""How the program is used: what the buttons do, and every key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from yibao_desktop.pack.store import Pack
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.pages.column_page import ColumnPage
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.text import Card, Line, Text

HINTS = ("place", "size", "colors", "search", "terms", "sources", "take", "private", "wrong")
"""What is told of using it, as keys of the pack's words."""

KEYS = (
    ("F1", "help"), ("Tab", "tab"), ("↑ ↓", "arrows"), ("Enter", "enter"), ("Esc", "escape"),
    ("F2  F3  F4", "jobs"), ("Alt+1  Alt+2 …", "choice"), ("Ctrl+F", "search"), ("Ctrl+P", "take"), ("Ctrl+L", "place"),
    ("Ctrl++  Ctrl+-", "size"), ("Ctrl+D", "colors"),
)
"""Keys on the keyboard, and what they do as keys of the pack's words."""


class HelpPage(ColumnPage):
    """The help sheet.

    Signals:
        left: the person wants back to the first page.
    """

    def __init__(self, theme: Theme, pack: Pack, with_keys: bool) -> None:
        super().__init__(theme, tr("回首页"))
        self.begin(pack.words("help.title"))
        scroll = self.scroll
        hints = Card(theme)
        for hint in HINTS:
            hints.column.addWidget(Text(pack.words(f"help.{hint}"), "strong"))
            hints.column.addWidget(Text(pack.words.help(f"help.{hint}") or ""))
            hints.column.addSpacing(8)
        scroll.add(hints)
        if with_keys:
            scroll.space()
            scroll.add(Text(pack.words("help.keys"), "heading"))
            scroll.add(self._keys(theme, pack))
        scroll.end()

    def _keys(self, theme: Theme, pack: Pack) -> Card:
        card = Card(theme)
        width = theme.px("body") * 11
        for key, does in KEYS:
            row = QHBoxLayout()
            row.setSpacing(16)
            name = Line(key, "strong")
            name.setMinimumWidth(width)
            row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(pack.words(f"help.key-{does}")), 1)
            card.column.addLayout(row)
        return card
