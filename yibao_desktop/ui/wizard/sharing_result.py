"""An answer about sharing on the screen: what is so and why, what to do, and everything worth knowing with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yibao_desktop.pack.schema import BindingChannel
from yibao_desktop.pack.store import NATION, Layer, Pack
from yibao_desktop.sharing.decision import Said
from yibao_desktop.sharing.sheet import Section, Sheet
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.citations import Citations
from yibao_desktop.ui.widgets.figure_table import FigureTable, TableRow
from yibao_desktop.ui.widgets.payable import payable_card
from yibao_desktop.ui.widgets.qr import QrCode
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Banner, Card, Text, numbered

_ADDED = ("member", "payer")


@dataclass(frozen=True)
class Wishes:
    """What a person may want from the answer."""

    show: Callable[[int], None]
    """The details of another pair of the table."""
    add: Callable[[str], None]
    """One more relative or payer."""
    can_add: Callable[[str], bool]
    at: int = 0
    """Which pair is shown in detail."""


def fill(scroll: ScrollColumn, theme: Theme, pack: Pack, sheet: Sheet, wishes: Wishes) -> None:
    """Show ``sheet`` on the page."""
    citations = Citations(pack, sheet.place)
    page = _Page(theme, pack, sheet, wishes, citations)
    table = sheet.section("table")
    if table is not None:
        # With several people the table is the answer, and what follows belongs to one row of it.
        scroll.add(Text(table.title, "heading"))
        scroll.add(page.content(table))
        scroll.space()
        scroll.add(Text(page.who_is_shown(table), "strong"))
    scroll.add(Banner(theme, sheet.tone, sheet.headline, sheet.lead.claim.text,
                      citations.tappable(theme, citations.line(sheet.lead.claim, sheet.lead.layer.name))))
    for section in sheet.sections:
        if section is not table:
            scroll.space()
            scroll.add(Text(section.title, "heading"))
            scroll.add(page.content(section))
    if sheet.section("need") is not None or sheet.tone == "bad":
        scroll.space()
        scroll.add(page.more_people())
    if citations:
        scroll.space()
        scroll.add(citations.notes(theme))


class _Page:
    """Makes the parts of one page."""

    def __init__(self, theme: Theme, pack: Pack, sheet: Sheet, wishes: Wishes, citations: Citations) -> None:
        self._theme, self._pack, self._sheet, self._wishes, self._citations = theme, pack, sheet, wishes, citations

    def content(self, section: Section) -> QWidget:
        """Return a section without its heading."""
        if section.table is not None:
            return self._table(section)
        if section.payable:
            # Across provinces only what holds everywhere is told.
            everywhere = all(layer.code == NATION for _, layer, _ in section.payable)
            place = self._pack.place(NATION) if everywhere else self._sheet.place
            return payable_card(self._theme, self._pack, place, "shared", self._citations)
        if section.only_names:
            return self._names(section)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.space("gap") + 4)
        if section.said or section.mends or section.gaps:
            card = Card(self._theme)
            for item in section.said:
                self._apart(card.column)
                self._sentence(card.column, item)
            for item in section.mends:
                self._apart(card.column)
                self._mend(card.column, item)
            for gap in section.gaps:
                self._apart(card.column)
                card.column.addWidget(Text(gap.what))
                card.column.addWidget(Text(self._pack.words("sharing.ask", who=gap.who), "small"))
            column.addWidget(card)
        for layer, binding in section.ways:
            column.addWidget(self._way(layer, binding))
        return holder

    def who_is_shown(self, section: Section) -> str:
        """Say which row of the table the rest of the page is about."""
        assert section.table is not None
        row = section.table.rows[self._wishes.at]
        return self._pack.words("sharing.shown", payer=row.payer, member=row.member)

    def more_people(self) -> QWidget:
        """Return the buttons that ask for one more relative or payer."""
        buttons = []
        for kind in _ADDED:
            if self._wishes.can_add(kind):
                button = Button(self._theme, self._pack.words(f"sharing.add-{kind}"), "outline", "plus")
                button.setObjectName(f"add-{kind}")
                button.clicked.connect(lambda _=False, kind=kind: self._wishes.add(kind))
                buttons.append(button)
        return button_row(*buttons)

    # --- parts ---------------------------------------------------------------------------------------

    def _apart(self, column: QVBoxLayout) -> None:
        """Set what follows apart, so that a source line is read with the sentence over it."""
        if column.count():
            column.addSpacing(self._theme.space("gap") // 2)

    def _sentence(self, column: QVBoxLayout, item: Said) -> None:
        if item.claim.title:
            column.addWidget(Text(item.claim.title, "strong"))
        column.addWidget(Text(item.claim.text))
        column.addWidget(self._citations.tappable(self._theme, self._citations.line(item.claim, item.layer.name)))

    def _mend(self, column: QVBoxLayout, item: Said) -> None:
        column.addWidget(numbered(item.claim.mend))
        if item.claim.who:
            column.addWidget(Text(self._pack.words("sharing.ask", who=item.claim.who), "small"))
        column.addWidget(self._citations.tappable(self._theme, self._citations.line(item.claim, item.layer.name)))

    def _names(self, section: Section) -> Card:
        card = Card(self._theme)
        for layer, binding in section.ways:
            self._apart(card.column)
            card.column.addWidget(Text(binding.name))
            card.column.addWidget(self._citations.tappable(self._theme, self._citations.line(binding, layer.name)))
        return card

    def _way(self, layer: Layer, binding: BindingChannel) -> Card:
        card = Card(self._theme)
        row = QHBoxLayout()
        row.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(Text(binding.name, "strong"))
        left.addWidget(numbered(binding.steps))
        if binding.bring:
            left.addWidget(Text(self._pack.words("sharing.bring", what=tr("、").join(binding.bring))))
        if binding.note:
            left.addWidget(Text(binding.note, "small"))
        left.addWidget(self._citations.tappable(self._theme, self._citations.line(binding, layer.name)))
        row.addLayout(left, 1)
        if binding.url:
            right = QVBoxLayout()
            right.addWidget(QrCode(self._theme, binding.url, tr("{}的网址二维码").format(binding.name)))
            right.addWidget(Text(tr("手机扫码打开"), "small"), 0, Qt.AlignmentFlag.AlignHCenter)
            right.addStretch(1)
            row.addLayout(right)
        card.column.addLayout(row)
        return card

    def _table(self, section: Section) -> Card:
        assert section.table is not None
        words = self._pack.words
        card = Card(self._theme)
        heads = (words("sharing.table-member"), words("sharing.table-verdict"), words("sharing.table-way"))
        # Each payer is a small table of relatives, so that no row has to say who pays.
        numbered_rows = list(enumerate(section.table.rows))
        for payer, rows in groupby(numbered_rows, key=lambda pair: pair[1].payer):
            card.column.addWidget(Text(payer, "strong"))
            made = []
            for number, row in rows:
                _, member, verdict, way, where = row.cells(words)
                shown = number == self._wishes.at
                made.append(TableRow(
                    member, (verdict, way), note=tr("{}：{}").format(words("sharing.table-where"), where), strong=shown,
                    actions=None if shown else lambda number=number, member=member: self._show_button(number, member),
                ))
            card.column.addWidget(FigureTable(self._theme, heads, tuple(made)))
        for notice in section.table.notices:
            card.column.addWidget(Text(notice, "strong", "warn"))
        for item in section.table.remarks:
            self._sentence(card.column, item)
        return card

    def _show_button(self, number: int, member: str) -> QWidget:
        button = Button(self._theme, tr("看怎么办"), "quiet")
        button.setObjectName(f"show-pair-{number}")
        button.setAccessibleName(tr("看{}怎么办").format(member))
        button.clicked.connect(lambda: self._wishes.show(number))
        return button_row(button)
