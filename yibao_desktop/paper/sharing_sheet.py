"""An answer about sharing as a sheet: what is so, what to do, how it is set up there, and what to know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yibao_desktop.pack.schema import BindingChannel
from yibao_desktop.pack.store import Layer, Pack
from yibao_desktop.paper.blocks import Address, Answer, Block, Heading, Paragraph, Point, Points, Sheet, Sources, Table
from yibao_desktop.paper.citations import Citations
from yibao_desktop.paper.footer import footer
from yibao_desktop.paper.payable_sheet import lines_of_payable
from yibao_desktop.sharing import sheet as sharing
from yibao_desktop.sharing.decision import Said
from yibao_desktop.sharing.family import Family

_GIST = ("table", "need", "next", "steps", "where", "to-check", "ask", "where-to-undo", "how-to-undo")
"""Sections that say what to do; of several ways to do it the first."""


def sharing_sheet(answer: sharing.Sheet, pack: Pack, on: date) -> Sheet:
    """Write down an answer about sharing; what to do comes first, as it is the gist of it."""
    writer = _Writer(answer, pack)
    gist, rest = tuple(writer.gist()), tuple(writer.rest())
    return Sheet(pack.words("paper.sharing"), (*gist, *rest),
                 footer(pack, answer.place, on, "paper.caution-advice"), len(gist))


class _Writer:
    def __init__(self, answer: sharing.Sheet, pack: Pack) -> None:
        self._answer, self._pack, self._words = answer, pack, pack.words
        self._citations = Citations(pack, answer.place)

    def gist(self) -> Iterator[Block]:
        """Yield the answer and what to do next."""
        lead = self._answer.lead
        yield Answer("", self._answer.headline, lead.claim.text)
        yield Paragraph(self._citations.line(lead.claim, lead.layer.name), small=True)
        for section in self._answer.sections:
            if section.key in _GIST:
                yield from self._section(section, ways=1)

    def rest(self) -> Iterator[Block]:
        """Yield the other ways, everything else told, and the sources."""
        for section in self._answer.sections:
            if section.key not in _GIST:
                yield from self._section(section)
            elif section.ways[1:]:
                yield Heading(self._words("paper.other-ways", what=section.title))
                yield from self._ways(section, section.ways[1:])
        yield Sources(self._words("paper.sources"), tuple(self._citations.lines()))

    def _section(self, section: sharing.Section, ways: int | None = None) -> Iterator[Block]:
        yield Heading(section.title)
        if section.table is not None:
            yield from self._table(section.table)
        for item in section.said:
            yield from self._said(item)
        for item in section.mends:
            yield Points(tuple(Point(step) for step in item.claim.mend))
            if item.claim.who:
                yield Paragraph(self._words("sharing.ask", who=item.claim.who))
            yield self._source(item)
        yield from self._ways(section, section.ways[:ways])
        if section.payable:
            yield from lines_of_payable(section.payable, self._answer.place, self._citations, self._words)
        if section.gaps:
            yield Points(tuple(Point(gap.what, self._words("sharing.ask", who=gap.who)) for gap in section.gaps),
                         numbered=False)

    def _said(self, item: Said) -> Iterator[Block]:
        if item.claim.title:
            yield Paragraph(item.claim.title, strong=True)
        yield Paragraph(item.claim.text)
        yield self._source(item)

    def _source(self, item: Said) -> Block:
        return Paragraph(self._citations.line(item.claim, item.layer.name), small=True)

    def _table(self, family: Family) -> Iterator[Block]:
        words = self._words
        heads = tuple(words(f"sharing.table-{head}") for head in ("payer", "member", "verdict", "way", "where"))
        yield Table(heads, tuple(tuple(row.cells(words)) for row in family.rows), of_words=True)
        for notice in family.notices:
            yield Paragraph(notice, strong=True)
        for remark in family.remarks:
            yield from self._said(remark)

    def _ways(self, section: sharing.Section, ways: tuple[tuple[Layer, BindingChannel], ...]) -> Iterator[Block]:
        for layer, binding in ways:
            yield Paragraph(binding.name, strong=True)
            if not section.only_names:
                if binding.bring:
                    yield Paragraph(self._words("sharing.bring", what=self._words("join.list").join(binding.bring)))
                yield Points(tuple(Point(step) for step in binding.steps))
                if binding.note:
                    yield Paragraph(binding.note)
                if binding.url:
                    yield Address(self._words("paper.address"), binding.url)
            yield Paragraph(self._citations.line(binding, layer.name), small=True)
