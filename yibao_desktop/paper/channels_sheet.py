"""The ways to find something out, surest first, as a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yibao_desktop.channels.find import Found, LookUp
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.blocks import Address, Block, Facts, Heading, Paragraph, Point, Points, Sheet, Sources
from yibao_desktop.paper.citations import Citations
from yibao_desktop.paper.footer import footer

SUREST = 2
"""Ways that are enough where all of them would be too much."""


def channels_sheet(result: LookUp, pack: Pack, place: Place, on: date) -> Sheet:
    """Write down the ways found for a need, or those for which something else must be at hand."""
    citations = Citations(pack, place)
    head = tuple(_head(result, pack, place))
    ways = [tuple(_way(item, citations, pack)) for item in result.found or result.instead]
    blocks = [block for way in ways for block in way]
    if citations:
        blocks.append(Sources(pack.words("paper.sources"), tuple(citations.lines())))
    return Sheet(result.need.label, (*head, *blocks), footer(pack, place, on, "paper.caution-advice"),
                 len(head) + sum(len(way) for way in ways[:SUREST]) if len(ways) > SUREST else 0)


def _head(result: LookUp, pack: Pack, place: Place) -> Iterator[Block]:
    words, need = pack.words, result.need
    facts = [(words("sheet.fact.place"), place.name)]
    if result.who != "self":
        facts.append((words("channels.who"), words(f"who.{result.who}")))
    yield Facts(tuple(facts))
    if result.found:
        yield Paragraph(words("paper.ways", count=str(len(result.found))))
    else:
        yield Paragraph(words("channels.instead"), strong=True)
    if need.help:
        yield Paragraph(need.help)


def _way(item: Found, citations: Citations, pack: Pack) -> Iterator[Block]:
    words, channel, answer = pack.words, item.channel, item.answer
    phone = channel.phone if channel.phone and channel.phone not in channel.name else ""
    is_number = phone[:1].isdigit()
    yield Heading(f"{channel.name} {phone}" if is_number else channel.name)
    if phone and not is_number:
        # In words: where the number is found.
        yield Paragraph(words("paper.phone", phone=phone))
    if item.in_person:
        yield Paragraph(words("channels.in-person"), strong=True)
    yield Points(tuple(Point(step) for step in answer.steps))
    if answer.bring:
        yield Paragraph(words("sharing.bring", what=words("join.list").join(answer.bring)))
    if answer.cannot:
        yield Paragraph(words("paper.beware", what=answer.cannot))
    if answer.note:
        yield Paragraph(answer.note)
    if channel.url:
        yield Address(words("paper.address"), channel.url)
    yield Paragraph(citations.line(answer, item.layer.name), small=True)
