"""Sheets that only the pages have: lists to look things up in, in the form every other sheet has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import get_args

from msgspec.structs import replace

from yibao_desktop.channels.find import LookUp, look_up
from yibao_desktop.pack.schema import GRADES, Guide, Need, Purse
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.pack.terms import terms_in
from yibao_desktop.paper.blocks import Block, Facts, Heading, Paragraph, Point, Points, Sheet, Sources, texts_of
from yibao_desktop.paper.channels_sheet import channels_sheet
from yibao_desktop.paper.citations import Citations, describe
from yibao_desktop.paper.footer import day_in_words, footer
from yibao_desktop.paper.guide_sheet import guide_sheet
from yibao_desktop.sharing.decision import Said, topic_of


class Sheets:
    """Writes sheets of one pack on one day."""

    def __init__(self, pack: Pack, on: date) -> None:
        self._pack, self._on = pack, on
        self._words = pack.words

    def _sheet(self, key: str, blocks: Iterable[Block], place: Place | None = None) -> Sheet:
        return Sheet(self._words(key), tuple(blocks),
                     footer(self._pack, place or self._pack.anywhere, self._on, "paper.caution-advice"))

    # --- of the nation -------------------------------------------------------------------------------

    def guide(self, guide: Guide) -> Sheet:
        """Write a guide: what holds everywhere first, then what each place adds, then its terms."""
        national = guide_sheet(guide, self._pack, self._pack.anywhere, self._on)
        terms = terms_in(texts_of(national), self._pack.glossary)
        explained = [Heading(self._words("site.terms-here")), Facts(tuple((term.term, term.text) for term in terms))]
        return replace(national, blocks=(*national.blocks, *self._local(guide), *(explained if terms else ())))

    def _local(self, guide: Guide) -> Iterator[Block]:
        for code in self._pack.described_codes():
            layer = self._pack.place(code).layers[0]
            notes = [note for note in self._pack.local_notes(layer) if note.guide == guide.id]
            if notes:
                citations = Citations(self._pack, self._pack.place(code))
                yield Heading(self._words("paper.local", place=layer.name))
                for note in notes:
                    yield Paragraph(note.text)
                    yield Paragraph(citations.line(note, layer.name), small=True)
                # Numbered anew, and so told at once.
                yield from (Paragraph(line, small=True) for line in citations.lines())

    def glossary(self) -> Sheet:
        """Write every term with its other names."""
        words = self._words
        return self._sheet("site.terms", (Facts(tuple(
            (words("site.also", term=term.term, names=words("join.list").join(term.also)) if term.also else term.term,
             term.text)
            for term in self._pack.glossary)),))

    def rumours(self) -> Sheet:
        """Write what circulates, each marked as wrong, with what is true."""
        return self._sheet("site.rumours", self._rumours())

    def _rumours(self) -> Iterator[Block]:
        citations = Citations(self._pack, self._pack.anywhere)
        for rumour in self._pack.rumours:
            yield Paragraph(self._words("site.wrong", what=rumour.wrong))
            yield Paragraph(self._words("site.right", what=rumour.right), strong=True)
            yield Paragraph(citations.line(rumour, self._pack.nation.name), small=True)
        yield Sources(self._words("paper.sources"), tuple(citations.lines()))

    def sources(self) -> Sheet:
        """Write every source of the pack, level by level, the best grade first."""
        words = self._words
        grades = tuple((words(f"confidence.{grade}"), words.help(f"confidence.{grade}") or "") for grade in GRADES[:-1])
        lists = [Sources(words("site.sources-of", place=layer.name, count=str(len(layer.sources))),
                         tuple(describe(source, self._pack) for source in
                               sorted(layer.sources.values(), key=lambda source: GRADES.index(source.grade))))
                 for layer in self._pack.all_layers() if layer.sources]
        wrong = (Heading(words("report.wrong")), Paragraph(words("report.how", version=self._pack.info.version)))
        return self._sheet("site.sources", (Heading(words("site.grades")), Facts(grades), *wrong, *lists))

    # --- of a place ----------------------------------------------------------------------------------

    def need(self, need: Need, place: Place) -> Sheet:
        """Write the ways to look something up oneself."""
        return channels_sheet(look_up(place, need), self._pack, place, self._on)

    def need_of_relative(self, need: Need, place: Place) -> Sheet | None:
        """Write the ways that only a relative has, in somebody's stead; often there are none."""
        ways = tuple(way for way in look_up(place, need, who="other").found if way.answer.by == "family")
        if not ways:
            return None
        sheet = channels_sheet(LookUp(need, "other", ways, ()), self._pack, place, self._on)
        return replace(sheet, title=self._words("site.for-relative", need=need.label))

    def causes(self, place: Place) -> Sheet:
        """Write why sharing does not work and what to do: for the nation all of it, for a place what it adds."""
        nation = self._pack.nation
        told = [said for across in (False, True) for said in topic_of(place, "cause", across)
                if place is self._pack.anywhere or said.layer is not nation]
        return self._sheet("site.causes", self._causes(told, place), place)

    def _causes(self, told: list[Said], place: Place) -> Iterator[Block]:
        citations = Citations(self._pack, place)
        # What holds inside a province and across provinces alike is told once.
        for said in {said.claim.id: said for said in told}.values():
            claim = said.claim
            yield Heading(claim.title or claim.text)
            if claim.title:
                yield Paragraph(claim.text)
            if claim.mend:
                yield Points(tuple(Point(step) for step in claim.mend))
            if claim.who:
                yield Paragraph(self._words("sharing.ask", who=claim.who))
            yield Paragraph(citations.line(claim, said.layer.name), small=True)
        if citations:
            yield Sources(self._words("paper.sources"), tuple(citations.lines()))

    def reasons(self, place: Place) -> Sheet:
        """Write why each thing can or cannot be paid: for the nation all of it, for a place what is said there."""
        return self._sheet("site.reasons", self._reasons(place), place)

    def _reasons(self, place: Place) -> Iterator[Block]:
        words, nation = self._words, self._pack.nation
        citations = Citations(self._pack, place)
        order = [item.id for item in self._pack.payable_items]
        answers = [(item, purse, layer, answer) for purse in get_args(Purse)
                   for item, layer, answer in self._pack.payable_by(place, purse)
                   if place is self._pack.anywhere or layer is not nation]
        answers.sort(key=lambda found: order.index(found[0].id))
        for label, group in groupby(answers, key=lambda found: found[0].label):
            yield Heading(label)
            for _, purse, layer, answer in group:
                verdict = words("join.label", label=words(f"purse.{purse}"), text=words(f"payable.{answer.answer}"))
                yield Paragraph(verdict, strong=True)
                yield Paragraph(answer.why)
                yield Paragraph(citations.line(answer, layer.name), small=True)
        if citations:
            yield Sources(words("paper.sources"), tuple(citations.lines()))

    def gaps(self, place: Place) -> Sheet | None:
        """Write what is not known there and who knows it, level by level."""
        words = self._words
        blocks: list[Block] = []
        for layer in place.layers:
            if layer.gaps:
                blocks.append(Heading(layer.name))
                blocks.append(Points(tuple(
                    Point(words("join.label", label=gap.topic, text=gap.what), words("sharing.ask", who=gap.who))
                    for gap in layer.gaps), numbered=False))
        return self._sheet("site.gaps", blocks, place) if blocks else None

    def validity(self) -> str:
        """Say when the pages were made, and from when on they need another look."""
        return self._words("site.valid", made=day_in_words(self._on, self._words),
                           review=day_in_words(self._pack.info.review_by, self._words))
