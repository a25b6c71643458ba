"""What pages to be read from top to bottom have in common: one column that scrolls, and the way back over it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yibao_desktop.ui.pages.page import Page
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Text


class ColumnPage(Page):
    """A page that is one column under a button that leads back.

    Signals:
        left: the person wants back.
    """

    left = Signal()

    def __init__(self, theme: Theme, back: str, wide: bool = False) -> None:
        """``back`` is what the button says; a ``wide`` column is not kept at a width for reading."""
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.scroll = ScrollColumn(theme, wide)
        outer.addWidget(self.scroll)
        self.back_button = Button(theme, back, "outline", "arrow-left")
        self.back_button.clicked.connect(self.left)

    def begin(self, title: str, *beside: Button) -> None:
        """Begin with the way back, other buttons ``beside`` it, and the title."""
        self.scroll.add(button_row(self.back_button, *beside))
        self.scroll.add(Text(title, "title"))

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        return self.back_button
