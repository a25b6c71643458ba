"""One page to take along when asking about a slip: what was settled, what differs, and what to ask.

It is made of plain blocks, so that the window can show it and a printer print it. It holds no name and no number of
any person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yibao_desktop.estimate.engine import rules_for
from yibao_desktop.estimate.explain import Explanation, Findings
from yibao_desktop.estimate.facts import RuleFacts
from yibao_desktop.estimate.run import circumstance_of, first_reading
from yibao_desktop.estimate.slip.beside import Comparison
from yibao_desktop.estimate.slip.naming import LineNames
from yibao_desktop.estimate.slip.summing_up import CheckedSlip, Estimated, row_name, signed
from yibao_desktop.estimate.slip.sums import IdentityResult
from yibao_desktop.estimate.telling import sentence
from yibao_desktop.money import grouped, yuan
from yibao_desktop.pack.schema import Source
from yibao_desktop.pack.slip_forms import SlipLine
from yibao_desktop.pack.store import Pack, Place

MOST_ROWS, MOST_QUESTIONS, MOST_EXPLANATIONS = 8, 6, 3
"""A page holds no more, and nobody at a window answers more."""


@dataclass(frozen=True)
class Heading:
    """The name of a part."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A sentence or two."""

    text: str
    small: bool = False


@dataclass(frozen=True)
class Facts:
    """What was told, as (name, value)."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Amounts under heads; the first column holds names."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Point:
    """One entry of a list, and what stands below it."""

    text: str
    below: str = ""


@dataclass(frozen=True)
class Points:
    """A list; ``numbered`` where it is gone through in order, else with boxes to tick."""

    items: tuple[Point, ...]
    numbered: bool = True


@dataclass(frozen=True)
class Blank:
    """Room to write by hand."""

    label: str
    lines: int = 1


Block = Heading | Paragraph | Facts | Table | Points | Blank


@dataclass(frozen=True)
class QuestionSheet:
    """The page."""

    title: str
    blocks: tuple[Block, ...]


def question_sheet(checked: CheckedSlip, pack: Pack, place: Place, findings: Findings | None = None) -> QuestionSheet:
    """Write the page for a slip that has been checked.

    Args:
        checked: The slip, and the estimate it was held against, if any.
        pack: Whose words are spoken.
        place: Where the person is insured.
        findings: What would explain the difference, as far as it has been searched for.
    """
    writer = _Writer(checked, pack, place, findings or Findings(()))
    return QuestionSheet(pack.words("sheet.title"), tuple(writer.blocks()))


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
            yield Points(tuple(Point(words(f"identity.{one.id}"), self._sides(one)) for one in checked.failing),
                         numbered=False)
        if checked.differing:
            yield Heading(words("sheet.differing"))
            yield self._table(checked.differing)
        yield Heading(words("sheet.ask"))
        yield Points(tuple(self._questions())[:MOST_QUESTIONS])
        yield Heading(words("sheet.bring"))
        yield Points(tuple(Point(text) for text in self._to_bring()), numbered=False)
        yield Blank(words("sheet.reply"), 2)
        yield Paragraph(words("sheet.phone"))
        yield from self._foot()

    # --- what was told ------------------------------------------------------------------------------------

    def _facts(self) -> Iterator[tuple[str, str]]:
        words, total = self._words, self._checked.slip.lines.get("medfee_sumamt")
        if self._estimated is not None:
            yield words("sheet.fact.on"), day_in_words(self._estimated.case.on)
        yield words("sheet.fact.place"), self._place.name
        if self._estimated is not None:
            yield words("sheet.fact.scheme"), "，".join(self._person(self._estimated))
            yield words("sheet.fact.visit"), "，".join(self._visit(self._estimated))
        yield words("sheet.fact.form"), self._checked.form.label
        if total is not None:
            yield words("sheet.fact.total"), yuan(total)

    def _person(self, estimated: Estimated) -> Iterator[str]:
        words, case = self._words, estimated.case
        yield words(f"scheme.{case.scheme}")
        if case.person.status is not None:
            yield words(f"status.{case.person.status}")
        if case.person.group is not None:
            yield words(f"group.{case.person.group}")

    def _visit(self, estimated: Estimated) -> Iterator[str]:
        words, visit = self._words, estimated.case.visit
        yield words(f"visit.{visit.kind}")
        if visit.level is not None:
            yield words(f"level.{visit.level}")
        if self._number_of_stay_was_asked(estimated):
            yield words("explain-value.admission", number=str(visit.admission))
        if visit.referral != "local":
            yield words(f"referral.{visit.referral}")

    def _number_of_stay_was_asked(self, estimated: Estimated) -> bool:
        case, rule = estimated.case, estimated.result.rule
        if rule is None or case.visit.kind != "inpatient":
            return False
        parameters = rules_for(case, self._pack).figures.parameters
        return RuleFacts(rule, parameters, case.on, circumstance_of(case, rule, first_reading(rule))).depends_on(
            "admission")

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

    def _foot(self) -> Iterator[Block]:
        words, info = self._words, self._pack.info
        sources = "；".join(dict.fromkeys(f"{source.title}（{source.publisher}）" for source in self._sources()))
        if sources:
            key = "sheet.basis" if self._estimated is not None else "sheet.basis-slip"
            yield Paragraph(words(key, sources=sources), small=True)
        yield Paragraph(words("sheet.foot", version=info.version, issued=day_in_words(info.issued)), small=True)

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


def day_in_words(day: date) -> str:
    """Write a day: 2026 年 3 月 2 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
