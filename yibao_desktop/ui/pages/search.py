"""Search: one field over everything, results as it is typed, a letter pad where there are no keys."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from yibao_desktop.errors import YibaoError
from yibao_desktop.pack.search_words import PageKind
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.search.rank import Hit, Search
from yibao_desktop.ui.pages.page import Page
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.cards import PressCard
from yibao_desktop.ui.widgets.pads import BesidePad
from yibao_desktop.ui.widgets.picture import Picture
from yibao_desktop.ui.widgets.scroll import MOST_CHARACTERS, ScrollColumn
from yibao_desktop.ui.widgets.text import Banner, Text

_SHOWN = 8
_ICONS: dict[PageKind, str] = {
    "guide": "book-open", "channel-need": "search-check", "term": "info", "payable": "wallet",
    "wizard": "arrow-right", "rumour": "circle-alert", "place": "map-pin",
}


class HitCard(PressCard):
    """One page that was found: its title, what it says, what it is and why it is here."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 20, 14)
        row.setSpacing(16)
        self._mark = Picture(theme)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        texts = QWidget()
        column = QVBoxLayout(texts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._title, self._says, self._why = Text("", "strong"), Text(""), Text("", "source")
        for text in (self._title, self._says, self._why):
            column.addWidget(text)
        row.addWidget(texts, 1)
        self.only_to_read(self._mark, texts)

    def show_hit(self, hit: Hit, kind: str) -> None:
        """Show a page; ``kind`` is what such a page is called."""
        wrong = hit.kind == "rumour"
        self._mark.show_icon(_ICONS[hit.kind])
        self._title.setText(f"× {hit.title}" if wrong else hit.title)
        self._says.setText(self.tr("✓ 其实：{}").format(hit.snippet) if wrong else hit.snippet)
        self._says.setVisible(bool(hit.snippet))
        self._why.setText(f"{kind} · {hit.why}")
        self.tell(hit.title, self.tr("{}。{}{}").format(kind, hit.snippet, hit.why))
        self.setObjectName(f"hit-{hit.kind}-{hit.id}")


class SearchPage(Page):
    """The search.

    Signals:
        left: the person wants back to the first page.
        chosen: the page to open, and whether it stood first.
    """

    left = Signal()
    chosen = Signal(object, bool)

    def __init__(
        self, theme: Theme, pack: Pack, place: Place | None, search: Search, letter_pad: bool, text: str = ""
    ) -> None:
        super().__init__()
        self._theme, self._pack, self._place, self._search = theme, pack, place, search
        outer = QVBoxLayout(self)
        page = theme.space("page")
        outer.setContentsMargins(0, page - 16, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_top(page, narrow=not letter_pad))
        self._results = ScrollColumn(theme)
        self._said = Text("", "lead")
        self._results.add(self._said)
        self.cards = [HitCard(theme) for _ in range(_SHOWN)]
        for number, card in enumerate(self.cards):
            card.clicked.connect(lambda _=False, number=number: self._choose(number))
            self._results.add(card)
        self._results.end()
        outer.addWidget(BesidePad(theme, self._results, self.field) if letter_pad else self._results, 1)
        self._hits: tuple[Hit, ...] = ()
        self.text = text
        """What stands in the field; still known when the page has gone."""
        self._steps: Iterator[None] | None = search.prepare()
        self._getting_ready = QTimer(self)
        self._getting_ready.timeout.connect(self._prepare)
        self.field.setText(text)
        self.field.textChanged.connect(self._find)
        self._find(text)
        self._getting_ready.start(0)

    def _make_top(self, page: int, narrow: bool) -> QWidget:
        """Return the row of the field, as wide as what is found below it."""
        holder = QWidget()
        if narrow:
            holder.setMaximumWidth(self._theme.px("body") * MOST_CHARACTERS + 2 * page)
        top = QHBoxLayout(holder)
        top.setContentsMargins(page, 0, page, 0)
        top.setSpacing(16)
        self.back_button = Button(self._theme, self.tr("回首页"), "outline", "arrow-left")
        self.back_button.clicked.connect(self.left)
        self.field = QLineEdit()
        self.field.setObjectName("search")
        self.field.setAccessibleName(self.tr("搜问题"))
        self.field.setPlaceholderText(self._pack.words("search.hint-short"))
        self.field.returnPressed.connect(lambda: self._choose(0))
        top.addWidget(self.back_button)
        top.addWidget(self.field, 1)
        return holder

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        return self.field

    def _prepare(self) -> None:
        """Get the search ready between two events, so that the first key is answered at once."""
        try:
            if self._steps is not None:
                next(self._steps)
        except (StopIteration, YibaoError):
            # What is broken is told where it is searched.
            self._getting_ready.stop()
            self._steps = None

    def _find(self, typed: str) -> None:
        self.text = typed
        try:
            results = self._search.find(typed, self._place, _SHOWN)
        except YibaoError as error:
            self._hits = ()
            self._said.setText("")
            self._results.add(Banner(self._theme, "bad", self._pack.words("search.broken"), str(error)))
            self.field.setEnabled(False)
        else:
            self._hits = results.hits
            self._said.setText(results.reason)
        self._said.setVisible(bool(self._said.text()))
        for number, card in enumerate(self.cards):
            if number < len(self._hits):
                hit = self._hits[number]
                card.show_hit(hit, self._pack.words(f"search.kind-{hit.kind}"))
            card.setVisible(number < len(self._hits))
        self._results.verticalScrollBar().setValue(0)

    def _choose(self, number: int) -> None:
        if number < len(self._hits):
            self.chosen.emit(self._hits[number], number == 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field, and goes back from an empty one; arrows go through what is found."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            if self.text:
                self.field.clear()
                self.field.setFocus()
            else:
                self.back_button.click()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _walk(self, by: int) -> None:
        stops: list[QWidget] = [self.field, *self.cards[:len(self._hits)]]
        focused = self.focusWidget()
        at = stops.index(focused) if focused in stops else 0
        stops[max(0, min(len(stops) - 1, at + by))].setFocus()
