"""The estimate on the screen: the one number, who pays the rest, this year, and the working; detail unfolds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QWidget

from yibao_desktop.estimate.levels import by_level
from yibao_desktop.estimate.result import Estimate, ReadingOutcome, Step, Unknown
from yibao_desktop.estimate.year import left_of_year
from yibao_desktop.money import ZERO, grouped, yuan
from yibao_desktop.pack.benefits import Unit
from yibao_desktop.pack.schema import FUNDS
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.estimate_sheet import reason_of, step_amount, why_a_range
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.citations import Citations
from yibao_desktop.ui.widgets.figure_entry import FigureEntry, in_unit
from yibao_desktop.ui.widgets.figure_table import FigureTable, TableRow
from yibao_desktop.ui.widgets.fold import Entry, FoldHead, Unfolded, figure_row, fold_card
from yibao_desktop.ui.widgets.payable import payable_card
from yibao_desktop.ui.widgets.payer_bar import Part, PayerBar
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Banner, Card, Text, column_widget, rule
from yibao_desktop.ui.wizard.working import Working
from yibao_desktop.ui.wizard.year_of_bills import BillOfYear, EnteredBill, ToldFigure
from yibao_desktop.ui.wizard.year_section import YearWishes, standing_card, year_card

_FUND_COLORS = ("brand", "brand-dark", "fund-3")


@dataclass(frozen=True)
class Wishes:
    """What a person can do on the page."""

    try_on: Callable[[Unknown], None]
    """Estimate by the rule of a day on which it is known."""
    tell: Callable[[Unknown, Decimal], None]
    """Go on with a figure from the settlement slip."""
    take_back: Callable[[str], None]
    year: YearWishes


@dataclass
class PageState:
    """What the person did to the page that must outlive its being made anew."""

    unfolded: Unfolded = field(default_factory=Unfolded)
    typed: dict[str, str] = field(default_factory=dict)
    """Text in the field of a missing figure, by the figure's id."""


@dataclass(frozen=True)
class Shown:
    """What the page shows."""

    bills: tuple[BillOfYear, ...]
    unfinished: tuple[EnteredBill, ...]
    removed: EnteredBill | None
    told: tuple[ToldFigure, ...]

    @property
    def bill(self) -> BillOfYear:
        """The bill on the screen."""
        return next(bill for bill in self.bills if bill.on_screen)


def fill(
    scroll: ScrollColumn, theme: Theme, pack: Pack, place: Place, shown: Shown, wishes: Wishes, state: PageState
) -> None:
    """Show the bill on the screen and its year."""
    _Page(scroll, theme, pack, place, shown, wishes, state).fill()


class _Page:
    def __init__(
        self, scroll: ScrollColumn, theme: Theme, pack: Pack, place: Place, shown: Shown, wishes: Wishes,
        state: PageState,
    ) -> None:
        self._scroll, self._theme, self._pack, self._place = scroll, theme, pack, place
        self._shown, self._wishes, self._state = shown, wishes, state
        self._result: Estimate = shown.bill.result
        self._citations = Citations(pack, place)
        self._words = pack.words

    def fill(self) -> None:
        stopping = [gap for gap in self._result.unknown if gap.stops]
        if stopping:
            self._say_what_is_missing(stopping)
        else:
            self._answer()
        self._told_figures()
        for gap in self._result.unknown:
            if not gap.stops:
                reason = reason_of(gap, self._pack.words)
                self._scroll.add(Banner(self._theme, "warn", tr("{}没有查到").format(gap.label), reason))
        if stopping:
            self._what_is_settled()
        self._year()
        if not stopping:
            self._scroll.space()
            self._scroll.add(self._working(self._working_title(), self._result.steps, "step"))
        self._more(stopping)
        self._scroll.add(Text(tr("估算仅供参考，以医保经办机构的结算为准。"), "small"))

    # --- the answer -----------------------------------------------------------------------------------------

    def _answer(self) -> None:
        result, scroll = self._result, self._scroll
        assert result.rule is not None
        scroll.add(Text(self._words("paper.cash", rule=result.rule.title), "lead"))
        between = result.between("psn_cash_pay")
        cash = result.amounts["psn_cash_pay"] or ZERO
        differs = between is not None and between[0] != between[1]
        span = tr("{} 到 {}").format(yuan(between[0]), yuan(between[1])) if between and differs else yuan(cash)
        hero = Text(span, "hero")
        hero.setObjectName("cash")
        scroll.add(hero)
        if result.readings:
            scroll.add(Text(why_a_range(result, self._words)))
        scroll.add(self._bar())

    def _bar(self) -> PayerBar:
        amounts = {name: amount or ZERO for name, amount in self._result.amounts.items()}
        words = self._words
        funds = [name for name in FUNDS if amounts[name]]
        parts = [Part(words(f"line.{name}"), amounts[name], _FUND_COLORS[index % len(_FUND_COLORS)])
                 for index, name in enumerate(funds)]
        parts += [Part(words(f"line.{name}"), amounts[name], color)
                  for name, color in (("acct_pay", "account"), ("acct_mulaid_pay", "ok")) if amounts[name]]
        parts.append(Part(words("result.cash"), amounts["psn_cash_pay"], "cash", minus=False))
        return PayerBar(self._theme, words("line.medfee_sumamt"), amounts["medfee_sumamt"], tuple(parts))

    # --- what is missing ------------------------------------------------------------------------------------

    def _say_what_is_missing(self, gaps: list[Unknown]) -> None:
        for gap in gaps:
            if gap.asks is not None:
                reason = reason_of(gap, self._pack.words)
                self._scroll.add(Banner(self._theme, "warn", tr("还差一个数：{}").format(gap.label), reason))
                self._scroll.add(self._entry(gap, gap.asks))
        rest = [gap for gap in gaps if gap.asks is None]
        if rest:
            text = tr("有的规定我们没有查到。不知道的数，我们不猜。")
            self._scroll.add(Banner(self._theme, "warn", tr("这张账单现在还不能估算"), text))
        for gap in rest:
            self._scroll.add(self._gap(gap))

    def _entry(self, gap: Unknown, unit: Unit) -> Card:
        card = Card(self._theme)
        card.column.addWidget(Text(tr("结算单上如果印着“{}”，填在这里就能接着算。").format(gap.label)))
        entry = FigureEntry(self._theme, gap.id, unit, self._state.typed.get(gap.id, ""))
        entry.typed.connect(lambda text: self._state.typed.__setitem__(gap.id, text))
        entry.given.connect(lambda value: self._wishes.tell(gap, value))
        card.column.addWidget(entry)
        return card

    def _gap(self, gap: Unknown) -> Card:
        card = Card(self._theme)
        card.column.addWidget(Text(tr("缺的是：{}").format(gap.label), "strong"))
        card.column.addWidget(Text(reason_of(gap, self._pack.words)))
        if gap.known_on is not None:
            day = gap.known_on
            label = tr("按 {} 年 {} 月 {} 日的规定算一算").format(day.year, day.month, day.day)
            button = Button(self._theme, label, "outline")
            button.setObjectName("try-known-date")
            button.clicked.connect(lambda: self._wishes.try_on(gap))
            card.column.addWidget(button_row(button))
            card.column.addWidget(Text(tr("只能当参考：那时的规定，不一定还管现在。"), "small"))
        return card

    def _told_figures(self) -> None:
        for told in self._shown.told:
            card = Card(self._theme)
            row = QHBoxLayout()
            row.setSpacing(16)
            row.addWidget(Text(tr("按您填的算：{} {}").format(told.label, in_unit(told.value, told.unit))), 1)
            back = Button(self._theme, tr("不用这个数"), "plain", "x")
            back.setObjectName(f"take-back-{told.id}")
            back.setAccessibleName(tr("不用您填的{}").format(told.label))
            back.clicked.connect(lambda _=False, id_=told.id: self._wishes.take_back(id_))
            row.addWidget(back)
            card.column.addLayout(row)
            self._scroll.add(card)

    def _what_is_settled(self) -> None:
        settled = [(name, amount) for name, amount in self._result.amounts.items() if amount]
        if not settled:
            return
        self._scroll.space()
        self._scroll.add(Text(tr("能确定的部分"), "heading"))
        card = Card(self._theme)
        card.column.setContentsMargins(1, 8, 1, 8)
        card.column.setSpacing(0)
        for index, (name, amount) in enumerate(settled):
            if index:
                card.column.addWidget(rule())
            row = QWidget()
            figure_row(self._theme, row, self._words(f"line.{name}"), "", grouped(amount), "body", mark=False)
            card.column.addWidget(row)
        self._scroll.add(card)

    # --- this year --------------------------------------------------------------------------------------------

    def _year(self) -> None:
        shown, scroll = self._shown, self._scroll
        several = len(shown.bills) > 1
        if several or shown.unfinished or shown.removed:
            scroll.space()
            scroll.add(Text(tr("这一年的账单"), "heading"))
            scroll.add(year_card(self._theme, self._words, shown.bills, shown.unfinished, shown.removed,
                                 self._wishes.year))
        left = left_of_year(shown.bills, shown.bill)
        if left:
            scroll.space()
            scroll.add(Text(tr("这些账单以后，今年还剩多少") if several else tr("这次以后，今年还剩多少"), "heading"))
            scroll.add(standing_card(self._theme, self._words, left))
        add = Button(self._theme, tr("再加一张今年的账单"), "outline", "plus")
        add.setObjectName("add-bill")
        add.clicked.connect(self._wishes.year.add)
        scroll.add(button_row(add))

    # --- the working and the rest -------------------------------------------------------------------------

    def _working_title(self) -> str:
        if self._result.readings:
            return tr("怎么算出来的 · {}").format(self._result.readings[0].reading.label)
        return tr("怎么算出来的")

    def _working(self, title: str, steps: tuple[Step, ...], key: str) -> Working:
        return Working(self._theme, title, steps, self._citations, self._result.spoken_by or self._place.name,
                       self._state.unfolded, key)

    def _more(self, stopping: list[Unknown]) -> None:
        """Put everything that is not the answer into one list of folds."""
        result, theme, citations = self._result, self._theme, self._citations
        spoken_by = result.spoken_by or self._place.name
        entries: list[Entry] = []
        if stopping and len(result.steps) > 1:
            working = self._working("", result.steps, "step")
            entries.append(("settled-working", FoldHead(theme, tr("这部分怎么算出来的")), lambda: working))
        for number, outcome in enumerate(result.readings):
            entries.append(self._reading(number, outcome))
        if self._level_matters(stopping):
            entries.append(("levels", FoldHead(theme, tr("同样的病，在不同级别的医院")), self._levels))
        if result.assumptions:
            head = _counted(theme, tr("这样算的前提"), tr("{} 条").format(len(result.assumptions)))
            entries.append(("assumptions", head, self._assumptions))
        if result.rule is not None and result.rule.remarks:
            lines = [(remark.text, citations.line(remark, spoken_by)) for remark in result.rule.remarks]
            head = _counted(theme, tr("还要知道"), tr("{} 条").format(len(lines)))
            entries.append(("remarks", head, lambda: _cited_lines(theme, citations, lines)))
        entries.append(("payable", FoldHead(theme, tr("统筹基金不付哪些")), self._payable))
        if citations:
            entries.append(("sources", _counted(theme, tr("依据"), tr("{} 份资料").format(len(citations.lines()))),
                            lambda: _lines(citations.lines(), "small-ink")))
        self._scroll.space()
        # A working brings its own card; it needs the width more than the indent.
        self._scroll.add(fold_card(theme, entries, self._state.unfolded, {"settled-working": (16, 0, 16, 16)}))

    def _reading(self, number: int, outcome: ReadingOutcome) -> Entry:
        reading = outcome.reading
        cash = outcome.amounts["psn_cash_pay"]
        amount = yuan(cash) if cash is not None else tr("还算不出来")
        tag = "" if number else tr("上面用的是这一种")
        head = FoldHead(self._theme, tr("读法：{}").format(reading.label), "", amount, tag=tag)
        source = self._citations.line(reading, self._result.spoken_by or self._place.name)

        def make() -> QWidget:
            widget, column = column_widget(role="")
            column.addWidget(Text(reading.text))
            column.addWidget(self._citations.tappable(self._theme, source))
            column.addWidget(_plain_steps(self._theme, outcome))
            return widget

        return f"reading-{reading.id}", head, make

    def _level_matters(self, stopping: list[Unknown]) -> bool:
        visit = self._shown.bill.case.visit
        untold = any("level" in gap.not_told for gap in stopping)
        return self._result.rule is not None and (untold or (not stopping and visit.level is not None))

    def _levels(self) -> QWidget:
        words, case = self._words, self._shown.bill.case
        widget, column = column_widget(role="")
        found = by_level(case, self._pack)
        if not found:
            column.addWidget(Text(tr("别的级别，报销是一样的，或者没有查到。")))
            return widget
        heads = (tr("医院等级"), words("result.funds"), words("result.person"))
        rows = tuple(
            TableRow(words(f"level.{at.level}"), (grouped(at.result.amounts["fund_pay_sumamt"] or ZERO),
                                                 grouped(at.result.amounts["psn_part_amt"] or ZERO)),
                     tag=tr("您选的") if at.level == case.visit.level else "")
            for at in found)
        column.addWidget(Text(words("result.levels-rule-only")))
        column.addWidget(FigureTable(self._theme, heads, rows))
        return widget

    def _payable(self) -> QWidget:
        """Look the catalogue up only when it is wanted; so its sources stand with it."""
        citations = Citations(self._pack, self._place)
        widget, column = column_widget(role="")
        column.addWidget(payable_card(self._theme, self._pack, self._place, "pool", citations,
                                      answers=("no", "by-place"), flat=True))
        column.addWidget(_lines(citations.lines(), "small-ink"))
        return widget

    def _assumptions(self) -> QWidget:
        return _lines([f"· {assumption}" for assumption in self._result.assumptions])


def _counted(theme: Theme, label: str, amount: str) -> FoldHead:
    return FoldHead(theme, label, amount=amount, amount_role="muted")


def _lines(lines: list[str], role: str = "body") -> QWidget:
    widget, column = column_widget(role="", spacing=8)
    for line in lines:
        column.addWidget(Text(line, role))
    return widget


def _cited_lines(theme: Theme, citations: Citations, lines: list[tuple[str, str]]) -> QWidget:
    widget, column = column_widget(role="", spacing=4)
    for text, source in lines:
        column.addWidget(Text(text))
        column.addWidget(citations.tappable(theme, source))
        column.addSpacing(8)
    return widget


def _plain_steps(theme: Theme, outcome: ReadingOutcome) -> QWidget:
    """Return the working of a reading in plain lines: what its figures rest on stands with the one used."""
    widget, column = column_widget(role="", spacing=0)
    for index, step in enumerate(outcome.steps):
        if index:
            column.addWidget(rule())
        row = QWidget()
        figure_row(theme, row, step.label, step.formula, step_amount(step), "body", mark=False, inset=0)
        column.addWidget(row)
    return widget
