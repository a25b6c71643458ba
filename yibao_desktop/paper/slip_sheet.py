"""A checked slip as a sheet: the verdict, the sums, the slip beside the estimate, and what would explain it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yibao_desktop.estimate.explain import Explanation, Findings
from yibao_desktop.estimate.slip import IdentityResult
from yibao_desktop.estimate.slip.naming import LineNames
from yibao_desktop.estimate.slip.summing_up import CheckedSlip, equation, row_name, signed, sum_up
from yibao_desktop.estimate.telling import hint, sentence
from yibao_desktop.money import grouped, yuan
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.blocks import (
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
from yibao_desktop.paper.footer import footer
from yibao_desktop.paper.told import facts_of_bill

MOST_GUESSES, MOST_OTHERS = 3, 5


def slip_sheet(
    checked: CheckedSlip, pack: Pack, place: Place, on: date, findings: Findings | None = None
) -> Sheet:
    """Write down what was found about a slip; ``findings`` as far as they have been searched for."""
    writer = _Writer(checked, pack, place, findings)
    answer, details = tuple(writer.answer()), tuple(writer.details())
    return Sheet(pack.words("paper.slip"), (*answer, *details), footer(pack, place, on), len(answer))


class _Writer:
    def __init__(self, checked: CheckedSlip, pack: Pack, place: Place, findings: Findings | None) -> None:
        self._checked, self._pack, self._place, self._findings = checked, pack, place, findings
        self._words = pack.words
        self._names = LineNames(checked.form, pack.words)
        self._citations = Citations(pack, place)

    def answer(self) -> Iterator[Block]:
        """Yield the verdict and what most likely lies behind it."""
        words, checked, told = self._words, self._checked, self._checked.estimated
        facts = facts_of_bill(self._pack, self._place, told.case if told else None, told.result if told else None)
        yield Facts((*facts, (words("sheet.fact.form"), checked.form.label)))
        summary = sum_up(checked, words)
        yield Answer("", summary.headline, summary.text)
        if checked.likeliest_mistyped:
            yield Points(tuple(
                Point(words(f"mistyped.{guess.how}", line=self._names(guess.line), typed=grouped(guess.typed),
                            would_be=grouped(guess.would_be)))
                for guess in checked.likeliest_mistyped[:MOST_GUESSES]))
        if checked.rows:
            yield Heading(words("paper.beside"))
            yield self._table()
        yield from self._likeliest_cause()

    def details(self) -> Iterator[Block]:
        """Yield the other causes, every sum, and what it rests on."""
        words, checked = self._words, self._checked
        if others := self._explanations[1:1 + MOST_OTHERS]:
            yield Heading(words("paper.other-causes"))
            yield Points(tuple(Point(self._sentence(one), hint(one, self._pack)) for one in others))
        if checked.sums:
            yield Heading(words("paper.sums"))
            ordered = sorted(checked.sums, key=lambda one: one.verdict != "differs")
            yield Points(tuple(Point(self._verdict(one), self._sides(one)) for one in ordered))
            yield Paragraph(words("checked.small-print"), small=True)
        basis = self._citations.line(checked.form, words("checked.basis", form=checked.form.label))
        yield Sources(words("paper.sources"), (basis, *self._citations.lines()))

    def _table(self) -> Table:
        heads = tuple(self._words(f"sheet.head.{name}") for name in ("line", "slip", "estimate", "difference"))
        return Table(heads, tuple(
            (row_name(row, self._checked, self._words), grouped(row.slip), grouped(row.estimated),
             signed(row.difference))
            for row in self._checked.rows))

    def _verdict(self, result: IdentityResult) -> str:
        verdict = self._words(f"identity.{result.verdict}")
        if result.verdict == "differs":
            verdict = self._words("sheet.differs-by", verdict=verdict, amount=yuan(abs(result.difference)))
        return self._words("join.label", label=verdict, text=self._words(f"identity.{result.id}"))

    def _sides(self, result: IdentityResult) -> str:
        variants = "".join(self._words(f"variant.{variant}") for variant in result.variants)
        return f"{'；'.join(equation(result, self._checked.slip, self._names))}。{variants}"

    @property
    def _explanations(self) -> tuple[Explanation, ...]:
        """What would explain the slip, as far as it may be said: a slip that is wrong in itself comes first."""
        findings = self._findings
        if findings is None or self._checked.estimated is None or findings.obstacle or not findings.explanations:
            return ()
        return () if self._checked.failing and not findings.explanations[0].exact else findings.explanations

    def _likeliest_cause(self) -> Iterator[Block]:
        for first in self._explanations[:1]:
            yield Heading(self._words("checked.cause" if first.exact else "checked.suspicion"))
            yield Paragraph(self._sentence(first))
            if where := hint(first, self._pack):
                yield Paragraph(where, small=True)

    def _sentence(self, explanation: Explanation) -> str:
        told = self._checked.estimated
        assert told is not None  # nothing is searched for without an estimate and its rule
        assert told.result.rule is not None
        return sentence(explanation, told.case, told.result.rule, self._pack)
