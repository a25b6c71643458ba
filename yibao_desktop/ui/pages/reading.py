"""Pages to read: the list of topics, one guide, corrected rumours, terms, what can be paid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from yibao_desktop.errors import YibaoError
from yibao_desktop.pack.schema import Cited, Guide, Payable, PayableItem, Purse, Rumour, Term
from yibao_desktop.pack.store import Layer, Pack, Place
from yibao_desktop.paper.blocks import Sheet
from yibao_desktop.paper.guide_sheet import guide_sheet
from yibao_desktop.paper.payable_sheet import payable_sheet
from yibao_desktop.settings import WIZARDS
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.pages.column_page import ColumnPage
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.citations import Citations
from yibao_desktop.ui.widgets.text import Banner, Card, Text, rule

TOPICS, RUMOURS, TERMS, PAYABLE = "topics", "rumours", "terms", "payable"
"""Pages that are not a guide."""

_Entry = TypeVar("_Entry", Rumour, Term, PayableItem)
_VERDICT_TONES = {"yes": "ok", "no": "bad", "by-place": "warn", "unknown": None}


class ReadingPage(ColumnPage):
    """A page of text.

    Signals:
        left: the person wants back to the first page.
        topic_chosen: id of a guide, or one of the names above.
        job_chosen: id of a wizard.
        take_away_wanted: the page is to be taken along; carries what writes its sheets.
    """

    topic_chosen = Signal(str)
    job_chosen = Signal(str)
    take_away_wanted = Signal(object)

    def __init__(
        self, theme: Theme, pack: Pack, place: Place, topic: str, entry: str | None = None, *, back: str,
        wizards: Sequence[str] = WIZARDS,
    ) -> None:
        """``entry`` of a list of rumours, terms or things to pay comes first; ``back`` is where ``left`` leads.

        ``wizards`` are the jobs that can be opened from here.
        """
        super().__init__(theme, back, wide=topic == TOPICS)
        self.topic, self._entry = topic, entry
        self._theme, self._pack, self._wizards = theme, pack, wizards
        self._place = place
        self.begin(self._title(), *self._way_to_topics(), *self._way_to_take_away())
        self._citations = Citations(pack, place)
        fill: Callable[[], None] = {
            TOPICS: self._topics, RUMOURS: self._rumours, TERMS: self._terms, PAYABLE: self._payable,
        }.get(topic, self._guide)
        fill()
        if topic not in (TOPICS, TERMS):
            self.scroll.add_terms(pack)
        if self._citations:
            self.scroll.space()
            self.scroll.add(self._citations.notes(theme))
        self.scroll.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_button.click()
        else:
            super().keyPressEvent(event)

    def _title(self) -> str:
        named = {TOPICS: self.tr("常见问题"), **dict(_extra_pages())}
        if self.topic in named:
            return named[self.topic]
        if self.topic not in self._pack.guides:
            # The pack's folder went away while the program runs.
            raise YibaoError(self.tr("这一篇的文件不在了。"))
        return self._pack.guides[self.topic].title

    def _way_to_topics(self) -> tuple[Button, ...]:
        if self.topic == TOPICS:
            return ()
        button = Button(self._theme, self.tr("全部问题"), "plain", "book-open")
        button.setObjectName(f"topic-{TOPICS}")
        button.clicked.connect(lambda: self.topic_chosen.emit(TOPICS))
        return (button,)

    def _way_to_take_away(self) -> tuple[Button, ...]:
        if self.topic in (TOPICS, RUMOURS, TERMS):
            return ()
        self.take_button = Button(self._theme, self.tr("带走"), "outline", "printer")
        self.take_button.setObjectName("take-away")
        self.take_button.setAccessibleDescription(self.tr("扫码、打印或者存成 PDF"))
        self.take_button.clicked.connect(lambda: self.take_away_wanted.emit(self._write_down))
        return (self.take_button,)

    def _write_down(self, on: date) -> list[Sheet]:
        if self.topic == PAYABLE:
            return [payable_sheet(self._pack, self._place, on)]
        return [guide_sheet(self._pack.guides[self.topic], self._pack, self._place, on)]

    def _chips(self, topics: list[tuple[str, str]]) -> QWidget:
        chips = []
        for id_, label in topics:
            chip = Button(self._theme, label, "chip")
            chip.setObjectName(f"topic-{id_}")
            chip.clicked.connect(lambda _=False, id_=id_: self.topic_chosen.emit(id_))
            chips.append(chip)
        return button_row(*chips)

    def _said(self, card: Card, text: str, cited: Cited, layer: Layer) -> None:
        card.column.addWidget(Text(text))
        card.column.addWidget(self._source(cited, layer))

    def _source(self, cited: Cited, layer: Layer) -> QWidget:
        return self._citations.tappable(self._theme, self._citations.line(cited, layer.name))

    # --- the pages -------------------------------------------------------------------------------------

    def _topics(self) -> None:
        self.scroll.add(self._chips([(guide.id, guide.title) for guide in self._pack.guides.values()]))
        self.scroll.space()
        self.scroll.add(self._chips(_extra_pages()))

    def _guide(self) -> None:
        guide, nation = self._pack.guides[self.topic], self._pack.nation
        self.scroll.add(Banner(self._theme, "info", guide.summary))
        self._local_notes(guide)
        for paragraph in guide.paragraphs:
            card = Card(self._theme)
            if paragraph.heading:
                card.column.addWidget(Text(paragraph.heading, "strong"))
            if paragraph.varies:
                card.column.addWidget(Text(self.tr("! 各地不同，以参保地的规定为准"), "small-strong", "warn"))
            self._said(card, paragraph.text, paragraph, nation)
            self.scroll.add(card)
        then = [job for job in guide.then if job in self._wizards]
        if then:
            self.scroll.space()
            buttons = []
            for job in then:
                button = Button(self._theme, _job_name(job), "outline")
                button.setObjectName(f"then-{job}")
                button.clicked.connect(lambda _=False, job=job: self.job_chosen.emit(job))
                buttons.append(button)
            self.scroll.add(button_row(*buttons))
        related = [(id_, self._pack.guides[id_].title) for id_ in guide.related if id_ in self._pack.guides]
        if related:
            self.scroll.add(Text(self.tr("也许还想看"), "heading"))
            self.scroll.add(self._chips(related))

    def _local_notes(self, guide: Guide) -> None:
        for layer in self._place.layers:
            for note in self._pack.local_notes(layer):
                if note.guide == guide.id:
                    card = Card(self._theme)
                    card.column.addWidget(Text(self.tr("{}的规定").format(layer.name), "strong"))
                    self._said(card, note.text, note, layer)
                    self.scroll.add(card)

    def _rumours(self) -> None:
        self.scroll.add(Text(self.tr("网上常见、但不对的说法，和正确的说法。"), "lead"))
        for rumour in self._found_first(self._pack.rumours):
            card = Card(self._theme)
            card.column.addWidget(Text(f"× {rumour.wrong}", "body", "bad"))
            card.column.addWidget(Text(self.tr("✓ 其实：{}").format(rumour.right), "strong"))
            card.column.addWidget(self._source(rumour, self._pack.nation))
            self._add_entry(card, rumour.id)

    def _terms(self) -> None:
        card: Card | None = None
        for term in self._found_first(self._pack.glossary):
            if card is None:
                card = Card(self._theme)
                self._add_entry(card, term.id)
            else:
                card.column.addWidget(rule())
            also = self.tr("（也叫{}）").format(self.tr("、").join(term.also)) if term.also else ""
            card.column.addWidget(Text(f"{term.term}{also}", "strong"))
            card.column.addWidget(Text(term.text))
            if term.id == self._entry:
                card = None

    def _payable(self) -> None:
        answers = {(item.id, purse): (layer, answer) for purse in get_args(Purse)
                   for item, layer, answer in self._pack.payable_by(self._place, purse)}
        for item in self._found_first(self._pack.payable_items):
            card = Card(self._theme)
            card.column.addWidget(Text(item.label, "heading"))
            for purse in get_args(Purse):
                name = self._pack.words(f"purse.{purse}")
                if (item.id, purse) in answers:
                    self._answer(card, name, *answers[item.id, purse])
                else:
                    told = self.tr("{}：{}").format(name, self._pack.words("payable.unknown"))
                    card.column.addWidget(Text(told, "strong"))
            self._add_entry(card, item.id)

    def _found_first(self, entries: Sequence[_Entry]) -> list[_Entry]:
        """Return entries in their order, after the one that was searched for."""
        return sorted(entries, key=lambda entry: entry.id != self._entry)

    def _add_entry(self, card: Card, id_: str) -> None:
        """Add a card of a list; what was searched for stands apart from the rest."""
        self.scroll.add(card)
        if id_ == self._entry:
            self.scroll.space()
            self.scroll.add(Text(self.tr("同类的还有"), "heading"))

    def _answer(self, card: Card, purse: str, layer: Layer, answer: Payable) -> None:
        verdict = self._pack.words(f"payable.{answer.answer}")
        card.column.addWidget(Text(self.tr("{}：{}").format(purse, verdict), "strong", _VERDICT_TONES[answer.answer]))
        self._said(card, answer.why, answer, layer)


def _extra_pages() -> list[tuple[str, str]]:
    return [(RUMOURS, tr("常见误传")), (PAYABLE, tr("这笔钱能不能用医保付")), (TERMS, tr("词语解释"))]


def _job_name(job: str) -> str:
    return {"sharing": tr("现在就看能不能共济"), "bill": tr("现在就算一算"), "channels": tr("现在就查去哪里办")}[job]
