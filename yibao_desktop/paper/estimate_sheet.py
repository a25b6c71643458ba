"""An estimate as a sheet: the answer, who pays, the year, the working with its sources, and what was taken for granted.

The window says the same with the sentences of this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yibao_desktop.estimate.result import Estimate, ReadingOutcome, Step, Unknown
from yibao_desktop.estimate.slip.summing_up import signed
from yibao_desktop.estimate.standing import Left
from yibao_desktop.estimate.year import YearBill, left_of_year
from yibao_desktop.money import ZERO, grouped, yuan
from yibao_desktop.pack.schema import FUNDS
from yibao_desktop.pack.store import Pack, Place, Words
from yibao_desktop.paper.blocks import (
    AmountRow,
    Amounts,
    Answer,
    Block,
    Facts,
    Heading,
    Paragraph,
    Point,
    Points,
    Sheet,
    Sources,
    Table,
)
from yibao_desktop.paper.citations import Citations
from yibao_desktop.paper.footer import day_in_words, footer
from yibao_desktop.paper.told import facts_of_bill

ToldFigures = tuple[tuple[str, str], ...]
"""Names and values of figures the person read off the settlement slip."""


def estimate_sheet(
    pack: Pack, place: Place, bills: Sequence[YearBill], shown: YearBill, on: date, told: ToldFigures = ()
) -> Sheet:
    """Write the sheet.

    Args:
        pack: Whose words are spoken.
        place: Where the person is insured.
        bills: The bills of the year in their order.
        shown: The one of them the sheet is about.
        on: The day it is written.
        told: Figures the person gave.
    """
    writer = _Writer(pack, place, tuple(bills), shown, told)
    answer, details = tuple(writer.answer()), tuple(writer.details())
    return Sheet(pack.words("paper.estimate"), (*answer, *details), footer(pack, place, on), len(answer))


class _Writer:
    def __init__(
        self, pack: Pack, place: Place, bills: tuple[YearBill, ...], shown: YearBill, told: ToldFigures
    ) -> None:
        self._pack, self._place, self._bills, self._shown, self._told = pack, place, bills, shown, told
        self._result: Estimate = shown.result
        self._words = pack.words
        self._citations = Citations(pack, place)
        self._spoken_by = self._result.spoken_by or place.name
        self._stopping = [gap for gap in self._result.unknown if gap.stops]

    def answer(self) -> Iterator[Block]:
        """Yield what the person came for, and the year after it."""
        words, result = self._words, self._result
        facts = facts_of_bill(self._pack, self._place, self._shown.case, result)
        yield Facts((*facts, (words("line.medfee_sumamt"), yuan(self._shown.case.bill.total))))
        if self._stopping:
            yield Answer("", words("paper.not-estimated"))
            yield from (self._gap(gap) for gap in self._stopping)
        else:
            yield from self._comes_to()
        for name, value in self._told:
            yield Paragraph(words("paper.told", what=name, value=value))
        for gap in result.unknown:
            if not gap.stops:
                yield Paragraph(words("paper.not-found", what=gap.label), strong=True)
                yield Paragraph(reason_of(gap, self._words))
        if self._stopping:
            yield from self._settled()
        if result.rule is not None:
            yield Paragraph(self._citations.line(result.rule, self._spoken_by), small=True)
        yield from self._year()

    def details(self) -> Iterator[Block]:
        """Yield how it came about, and what it rests on."""
        if not self._stopping or len(self._result.steps) > 1:
            yield from self._working()
        yield from self._other_readings()
        yield from self._taken_for_granted()
        if self._citations:
            yield Sources(self._words("paper.sources"), tuple(self._citations.lines()))

    # --- the answer -----------------------------------------------------------------------------------------

    def _comes_to(self) -> Iterator[Block]:
        words, result = self._words, self._result
        assert result.rule is not None  # without a rule something stops the estimate
        between, cash = result.between("psn_cash_pay"), result.amounts["psn_cash_pay"] or ZERO
        amount = yuan(cash)
        if between is not None and between[0] != between[1]:
            amount = words("paper.range", least=yuan(between[0]), most=yuan(between[1]))
        text = why_a_range(result, words) if result.readings else ""
        yield Answer(words("paper.cash", rule=result.rule.title), amount, text)
        yield Heading(words("paper.who-pays"))
        yield Amounts(tuple(self._payers()))

    def _payers(self) -> Iterator[AmountRow]:
        words, amounts = self._words, {name: amount or ZERO for name, amount in self._result.amounts.items()}
        yield AmountRow(words("line.medfee_sumamt"), grouped(amounts["medfee_sumamt"]))
        for name in (*FUNDS, "acct_pay", "acct_mulaid_pay"):
            if amounts[name]:
                yield AmountRow(words(f"line.{name}"), signed(-amounts[name]))
        yield AmountRow(words("result.cash"), grouped(amounts["psn_cash_pay"]), strong=True)

    def _gap(self, gap: Unknown) -> Block:
        return Paragraph(f"{self._words('paper.missing', what=gap.label)}{reason_of(gap, self._words)}")

    def _settled(self) -> Iterator[Block]:
        rows = tuple(AmountRow(self._words(f"line.{name}"), grouped(amount))
                     for name, amount in self._result.amounts.items() if amount)
        if rows:
            yield Heading(self._words("paper.settled"))
            yield Amounts(rows)

    # --- this year ------------------------------------------------------------------------------------------

    def _year(self) -> Iterator[Block]:
        words, several = self._words, len(self._bills) > 1
        if several:
            yield Heading(words("paper.bills"))
            yield self._bills_of_year()
        if left := left_of_year(self._bills, self._shown):
            yield Heading(words("paper.left-several" if several else "paper.left"))
            yield Amounts(tuple(AmountRow(item.label, far, below)
                                for item in left for below, far in (standing_words(words, item),)))

    def _bills_of_year(self) -> Table:
        words, lines = self._words, ("medfee_sumamt", "fund_pay_sumamt", "psn_part_amt")
        heads = (words("sheet.fact.on"), words("line.medfee_sumamt"), words("result.funds"), words("result.person"))
        rows = [(self._name(bill), *(self._amount(bill.result.amounts[line]) for line in lines))
                for bill in self._bills]
        totals = (total_of(self._bills, line) for line in lines)
        rows.append((words("paper.bills-total", count=str(len(rows))), *(self._amount(total) for total in totals)))
        return Table(heads, tuple(rows))

    def _name(self, bill: YearBill) -> str:
        name = f"{day_in_words(bill.case.on, self._words)} {self._words(f'visit.{bill.case.visit.kind}')}"
        return f"{name}{self._words('paper.this-bill')}" if bill is self._shown else name

    def _amount(self, amount: Decimal | None) -> str:
        return self._words("paper.open") if amount is None else grouped(amount)

    # --- the working ----------------------------------------------------------------------------------------

    def _working(self) -> Iterator[Block]:
        words, readings = self._words, self._result.readings
        if readings:
            yield Heading(words("paper.working-by", reading=readings[0].reading.label))
        else:
            yield Heading(words("paper.working"))
        yield Amounts(tuple(self._line(step) for step in self._result.steps))

    def _line(self, step: Step) -> AmountRow:
        basis = basis_of(step, self._citations, self._spoken_by)
        told = "" if step.sources or step.figure is None else self._words("formula.entered")
        return _row(step, basis.line or told, basis.note or "")

    def _other_readings(self) -> Iterator[Block]:
        words = self._words
        for number, outcome in enumerate(self._result.readings):
            cash = outcome.amounts["psn_cash_pay"]
            amount = words("paper.open") if cash is None else yuan(cash)
            yield Heading(words("paper.reading", label=outcome.reading.label, amount=amount))
            yield Paragraph(outcome.reading.text)
            yield Paragraph(self._citations.line(outcome.reading, self._spoken_by), small=True)
            if number:
                yield Amounts(tuple(_row(step) for step in outcome.steps))

    def _taken_for_granted(self) -> Iterator[Block]:
        words, result = self._words, self._result
        if result.assumptions:
            yield Heading(words("paper.assumptions"))
            yield Points(tuple(Point(text) for text in result.assumptions))
        if result.rule is not None and result.rule.remarks:
            yield Heading(words("paper.remarks"))
            yield Points(tuple(Point(remark.text, self._citations.line(remark, self._spoken_by))
                               for remark in result.rule.remarks))


def _row(step: Step, basis: str = "", note: str = "") -> AmountRow:
    amount = step_amount(step)
    # A formula that is the amount itself would say it twice.
    formula = "" if step.formula == amount.removeprefix("−") else step.formula
    return AmountRow(step.label, amount, formula, basis, note)


# --- sentences the window says too -----------------------------------------------------------------------------


def reason_of(gap: Unknown, words: Words) -> str:
    """Say why something is not known, and who knows."""
    return f"{gap.reason} {words('sharing.ask', who=gap.who)}" if gap.who else gap.reason


def why_a_range(result: Estimate, words: Words) -> str:
    """Say that the rule can be read in several ways, and which one is used."""
    readings = result.readings
    used: ReadingOutcome = readings[0]
    count = words("paper.two") if len(readings) == 2 else f" {len(readings)} "
    differs = words("paper.readings-differ" if result.between("psn_cash_pay") else "paper.readings-open")
    return words("paper.readings", count=count, differs=differs, label=used.reading.label,
                 amount=yuan(result.amounts["psn_cash_pay"] or ZERO))


def standing_words(words: Words, item: Left) -> tuple[str, str]:
    """Say how a threshold or limit stands: what has gone into it, and how far it still is."""
    below = words(f"left.of-{item.kind}", of=yuan(item.of), used=yuan(item.used))
    if item.pays_at_year_end:
        below += words("left.year-end", amount=yuan(item.pays_at_year_end))
    if item.left:
        return below, words(f"left.{item.kind}", left=yuan(item.left))
    return below, words(f"left.{item.kind}-met", over=yuan(item.used - item.of))


def total_of(bills: Sequence[YearBill], line: str) -> Decimal | None:
    """Return what a line comes to over all bills; ``None`` where one of them leaves it open."""
    amounts = [bill.result.amounts[line] for bill in bills]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if len(known) == len(amounts) else None


def step_amount(step: Step) -> str:
    """Write the amount of a line of the working."""
    return f"{'−' if step.amount < 0 else ''}{grouped(abs(step.amount))}"


@dataclass(frozen=True)
class Basis:
    """What a line of the working rests on, in words."""

    figure: str
    line: str
    note: str | None
    sources: tuple[str, ...]


def basis_of(step: Step, citations: Citations, spoken_by: str | None) -> Basis:
    """Say what a line of the working rests on, numbering its sources."""
    line = ""
    if step.sources:
        place = citations.in_force(spoken_by, step.in_force_from)
        line = citations.words(place, step.confidence, step.checked, step.sources)
    # A line that already names its figure need not name it again.
    figure = step.figure if step.figure and step.figure not in step.label else ""
    return Basis(figure, line, step.note, tuple(citations.titles(step.sources)))
