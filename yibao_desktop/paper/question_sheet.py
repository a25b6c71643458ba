"""One page to take along when asking about a slip: what was settled, what differs, and what to ask.

It holds no name and no number of any person.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yibao_desktop.estimate.explain import Explanation, Findings
from yibao_desktop.estimate.slip.beside import Comparison
from yibao_desktop.estimate.slip.naming import LineNames
from yibao_desktop.estimate.slip.summing_up import CheckedSlip, row_name, signed
from yibao_desktop.estimate.slip.sums import IdentityResult
from yibao_desktop.estimate.telling import sentence
from yibao_desktop.money import grouped, yuan
from yibao_desktop.pack.schema import Source
from yibao_desktop.pack.slip_forms import SlipLine
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.blocks import Blank, Block, Facts, Heading, Paragraph, Point, Points, Sheet, Table
from yibao_desktop.paper.footer import footer
from yibao_desktop.paper.told import facts_of_bill

MOST_ROWS, MOST_QUESTIONS, MOST_EXPLANATIONS, MOST_SUMS = 8, 6, 3, 3
"""A page holds no more, and nobody at a window answers more."""


def question_sheet(
    checked: CheckedSlip, pack: Pack, place: Place, on: date, findings: Findings | None = None
) -> Sheet:
    """Write the page for a slip that has been checked.

    Args:
        checked: The slip, and the estimate it was held against, if any.
        pack: Whose words are spoken.
        place: Where the person is insured.
        on: The day it is written.
        findings: What would explain the difference, as far as it has been searched for.
    """
    writer = _Writer(checked, pack, place, findings or Findings(()))
    return Sheet(pack.words("sheet.title"), tuple(writer.blocks()), footer(pack, place, on), on_one_page=True)


class _Writer:
    def __init__(self, checked: CheckedSlip, pack: Pack, place: Place, findings: Findings) -> None:
        self._checked, self._pack, self._place, self._findings = checked, pack, place, findings
        self._words = pack.words
        self._names = LineNames(checked.form, pack.words)
        self._estimated = checked.estimated

    def blocks(self) -> Iterator[Block]:
        words, checked = self._words, self._checked
        yield Paragraph(words("sheet.lead"))
        yield Facts(tuple(self._facts()))
        if self._estimated is None:
            yield Blank(words("sheet.fact.on"))
        if checked.failing:
            yield Heading(words("sheet.sums"))
            yield Points(tuple(Point(words(f"identity.{one.id}"), self._sides(one))
                               for one in checked.failing[:MOST_SUMS]), numbered=False)
        if checked.differing:
            yield Heading(words("sheet.differing"))
            yield self._table(checked.differing)
        yield Heading(words("sheet.ask"))
        yield Points(tuple(self._questions())[:MOST_QUESTIONS])
        yield Heading(words("sheet.bring"))
        yield Points(tuple(Point(text) for text in self._to_bring()), numbered=False)
        yield Blank(words("sheet.reply"), 2)
        yield Paragraph(words("sheet.phone"))
        yield from self._basis()

    def _facts(self) -> Iterator[tuple[str, str]]:
        words, total = self._words, self._checked.slip.lines.get("medfee_sumamt")
        told = self._estimated
        yield from facts_of_bill(self._pack, self._place, told.case if told else None, told.result if told else None)
        yield words("sheet.fact.form"), self._checked.form.label
        if total is not None:
            yield words("sheet.fact.total"), yuan(total)

    # --- what differs ---------------------------------------------------------------------------------------

    def _sides(self, result: IdentityResult) -> str:
        return self._words("sheet.sides", left=self._side(result.left), right=self._side(result.right),
                           left_sum=grouped(result.left_sum), right_sum=grouped(result.right_sum),
                           difference=yuan(abs(result.difference)))

    def _side(self, lines: tuple[SlipLine, ...]) -> str:
        return self._words("sheet.added" if len(lines) > 1 else "sheet.alone", lines=self._names.quoted(lines))

    def _table(self, rows: tuple[Comparison, ...]) -> Table:
        words = self._words
        heads = tuple(words(f"sheet.head.{name}") for name in ("line", "slip", "estimate", "difference"))
        return Table(heads, tuple(
            (self._name(row), grouped(row.slip), grouped(row.estimated), signed(row.difference))
            for row in rows[:MOST_ROWS]))

    def _name(self, row: Comparison) -> str:
        return row_name(row, self._checked, self._words)

    # --- what to ask ----------------------------------------------------------------------------------------

    def _questions(self) -> Iterator[Point]:
        words, checked = self._words, self._checked
        asked: dict[str, Point] = {}
        for result in checked.failing[:2]:
            text = words("sheet.ask-sum", sides=self._sides(result))
            asked[text] = Point(text)
        for index, explanation in enumerate(self._findings.explanations[:MOST_EXPLANATIONS]):
            for change in explanation.changes:
                text = words(f"sheet-ask.{change.what}", label=change.label)
                asked.setdefault(text, Point(text, "" if index else self._why(explanation)))
        if not any(one.exact for one in self._findings.explanations):
            for row in self._likely_origins():
                text = words("sheet.ask-line", line=self._name(row), slip=yuan(row.slip),
                             estimated=yuan(row.estimated))
                asked.setdefault(text, Point(text))
        # The last question is always there: what if the answer is that the slip is wrong.
        yield from tuple(asked.values())[:MOST_QUESTIONS - 1]
        yield Point(words("sheet.ask-correction"))

    def _why(self, explanation: Explanation) -> str:
        estimated = self._estimated
        if estimated is None or estimated.result.rule is None or not explanation.exact:
            return ""
        return sentence(explanation, estimated.case, estimated.result.rule, self._pack)

    def _likely_origins(self) -> tuple[Comparison, ...]:
        """Return the differing lines the others follow from, as the working goes; else simply the first."""
        differing = {row.line: row for row in self._checked.differing}
        origins = tuple(differing[line] for line in _ORIGINS if line in differing)
        return origins[:3] or self._checked.differing[:2]

    # --- what to bring, and where it comes from ----------------------------------------------------------------

    def _to_bring(self) -> Iterator[str]:
        words = self._words
        yield words("sheet.bring.slip", form=self._checked.form.label)
        yield words("sheet.bring.list")
        if self._estimated is not None:
            visit = self._estimated.case.visit
            if visit.kind == "inpatient":
                yield words("sheet.bring.discharge")
            if visit.kind == "pharmacy":
                yield words("sheet.bring.prescription")
            if visit.referral not in ("local", "unfiled"):
                yield words("sheet.bring.filing")
        yield words("sheet.bring.card")

    def _basis(self) -> Iterator[Block]:
        sources = "；".join(dict.fromkeys(f"{source.title}（{source.publisher}）" for source in self._sources()))
        if sources:
            key = "sheet.basis" if self._estimated is not None else "sheet.basis-slip"
            yield Paragraph(self._words(key, sources=sources), small=True)

    def _sources(self) -> Iterator[Source]:
        if self._estimated is not None and self._estimated.case.region is not None:
            result, place = self._estimated.result, self._pack.place(self._estimated.case.region)
            for id_ in (*(result.rule.sources if result.rule else ()), *(id_ for step in result.steps
                                                                         for id_ in step.sources)):
                yield place.source(id_)
        else:
            for id_ in self._checked.form.sources:
                yield self._place.source(id_)


_ORIGINS: tuple[SlipLine, ...] = (
    "medfee_sumamt", "inscp_scp_amt", "fulamt_ownpay_amt", "self_funded", "overlmt_selfpay", "preselfpay_amt",
    "act_pay_dedc", "hifp_pay", "hifob_pay", "hifmi_pay", "other_funds",
)
"""Lines a difference may begin in, in the order of the working."""
