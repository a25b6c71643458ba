"""What can be paid with insurance money, and by whom, as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import get_args

from yibao_desktop.pack.schema import Payable, PayableAnswer, PayableItem, Purse
from yibao_desktop.pack.store import Layer, Pack, Place, Words
from yibao_desktop.paper.blocks import Block, Paragraph, Sheet, Sources, Table
from yibao_desktop.paper.citations import Citations
from yibao_desktop.paper.footer import footer


def payable_sheet(pack: Pack, place: Place, on: date) -> Sheet:
    """Write the list: a row for each thing, an answer for each purse."""
    return Sheet(pack.words("paper.payable"), tuple(_blocks(pack, place)),
                 footer(pack, place, on, "paper.caution-advice"))


def _blocks(pack: Pack, place: Place) -> Iterator[Block]:
    words, citations = pack.words, Citations(pack, place)
    purses: tuple[Purse, ...] = get_args(Purse)
    answers = {(item.id, purse): answer for purse in purses for item, _, answer in pack.payable_by(place, purse)}
    yield Paragraph(words("paper.payable-lead"))
    rows = []
    for item in pack.payable_items:
        cells = [item.label]
        for purse in purses:
            answer = answers.get((item.id, purse))
            verdict = words(f"payable.{answer.answer if answer else 'unknown'}")
            cells.append(verdict + (citations.marks(answer.sources) if answer else ""))
        rows.append(tuple(cells))
    heads = (words("paper.thing"), *(words(f"purse.{purse}") for purse in purses))
    yield Table(heads, tuple(rows), of_words=True)
    if citations:
        yield Sources(words("paper.sources"), tuple(citations.lines()))


def lines_of_payable(
    answers: Iterable[tuple[PayableItem, Layer, Payable]], citations: Citations, words: Words
) -> Iterator[Block]:
    """Yield what one purse may and may not pay for in a few lines."""
    found = list(answers)
    verdicts: tuple[PayableAnswer, ...] = get_args(PayableAnswer)
    for verdict in verdicts:
        told = [(item, payable) for item, _, payable in found if payable.answer == verdict]
        if told:
            labels = "、".join(item.label for item, _ in told)
            marks = citations.marks(dict.fromkeys(id_ for _, payable in told for id_ in payable.sources))
            answer = words(f"payable.{verdict}")
            yield Paragraph(words("paper.payable-line", verdict=answer, things=labels, marks=marks))
