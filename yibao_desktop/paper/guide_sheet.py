"""A guide as a sheet, with what the place adds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yibao_desktop.pack.schema import Guide
from yibao_desktop.pack.schema import Paragraph as GuideParagraph
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.blocks import Block, Heading, Paragraph, Sheet, Sources
from yibao_desktop.paper.citations import Citations
from yibao_desktop.paper.footer import footer


def guide_sheet(guide: Guide, pack: Pack, place: Place, on: date) -> Sheet:
    """Write down a guide; its summary, what is said locally and the first paragraph are the gist."""
    citations = Citations(pack, place)
    first, *others = guide.paragraphs
    gist = (Paragraph(guide.summary, strong=True), *_local(guide, pack, place, citations),
            *_paragraph(first, pack, citations))
    rest = [block for paragraph in others for block in _paragraph(paragraph, pack, citations)]
    rest.append(Sources(pack.words("paper.sources"), tuple(citations.lines())))
    return Sheet(guide.title, (*gist, *rest), footer(pack, place, on, "paper.caution-advice"), len(gist))


def _local(guide: Guide, pack: Pack, place: Place, citations: Citations) -> Iterator[Block]:
    for layer in place.layers:
        for note in pack.local_notes(layer):
            if note.guide == guide.id:
                yield Heading(pack.words("paper.local", place=layer.name))
                yield Paragraph(note.text)
                yield Paragraph(citations.line(note, layer.name), small=True)


def _paragraph(paragraph: GuideParagraph, pack: Pack, citations: Citations) -> Iterator[Block]:
    if paragraph.heading:
        yield Heading(paragraph.heading)
    if paragraph.varies:
        yield Paragraph(pack.words("paper.varies"), strong=True)
    yield Paragraph(paragraph.text)
    yield Paragraph(citations.line(paragraph, pack.nation.name), small=True)
