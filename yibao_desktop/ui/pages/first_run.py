"""The first start on a person's own computer: how large the words, where insured, and off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yibao_desktop.settings import TEXT_SIZES, TextSize
from yibao_desktop.ui.pages.page import Page
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import bottom_bar, button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Card, Text


class FirstRunPage(Page):
    """Two things that are asked once; both can be left as they are.

    Signals:
        size_chosen: a text size.
        place_wanted: the list of places is to be shown.
        done: on to the first page.
    """

    has_own_bar = True

    size_chosen = Signal(str)
    place_wanted = Signal()
    done = Signal()

    def __init__(self, theme: Theme, size_names: dict[TextSize, str], place: str | None) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        scroll = ScrollColumn(theme)
        outer.addWidget(scroll, 1)
        scroll.add(Text(self.tr("先选两样，以后都记着"), "title"))
        scroll.add(Text(self.tr("只问这一次。以后在窗口上面随时可以换。"), "lead"))
        scroll.add(self._sizes(theme, size_names))
        scroll.add(self._place(theme, place))
        scroll.add(Text(self.tr("这台电脑上只记字号、颜色、参保地和窗口大小。您填的账单、问的事，都不记。"), "small"))
        scroll.end()
        self.start_button = Button(theme, self.tr("开始用"), "primary", "arrow-right")
        self.start_button.setObjectName("start")
        self.start_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.start_button.clicked.connect(self.done)
        outer.addWidget(bottom_bar(right=self.start_button))

    def _sizes(self, theme: Theme, names: dict[TextSize, str]) -> Card:
        card = Card(theme)
        card.column.addWidget(Text(self.tr("字要多大？"), "heading"))
        buttons = []
        for size in TEXT_SIZES:
            button = Button(theme, names[size], "chip")
            button.setObjectName(f"size-{size}")
            button.setCheckable(True)
            button.setChecked(size == theme.text_size)
            button.clicked.connect(lambda _=False, size=size: self.size_chosen.emit(size))
            buttons.append(button)
        card.column.addWidget(button_row(*buttons))
        card.column.addWidget(Text(self.tr("看这一行字，看得清楚、不费劲就合适。")))
        self._chosen_size = buttons[TEXT_SIZES.index(theme.text_size)]
        return card

    def _place(self, theme: Theme, place: str | None) -> Card:
        card = Card(theme)
        card.column.addWidget(Text(self.tr("在哪里参加的医保？"), "heading"))
        label = self.tr("选参保地") if place is None else self.tr("{}，换一个").format(place)
        button = Button(theme, label, "outline", "map-pin")
        button.setObjectName("first-place")
        button.clicked.connect(self.place_wanted)
        card.column.addWidget(button_row(button))
        card.column.addWidget(Text(self.tr("不选也能用，用到的时候再问。"), "muted"))
        return card

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        return self._chosen_size
