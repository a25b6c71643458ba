"""What can be paid with insurance money, and by whom, as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from typing import get_args

from yibao_desktop.pack.schema import Payable, PayableAnswer, PayableItem, Purse
from yibao_desktop.pack.store import Layer, Pack, Place, Words
from yibao_desktop.paper.blocks import Block, Paragraph, Sheet, Sources, Table
from yibao_desktop.paper.citations import Citations
from yibao_desktop.paper.footer import footer


def payable_sheet(pack: Pack, place: Place, on: date) -> Sheet:
    """Write the list: a row for each thing, an answer for each purse; all but where to read it up is the gist."""
    citations = Citations(pack, place)
    table = tuple(_table(pack, place, citations))
    sources = (Sources(pack.words("paper.sources"), tuple(citations.lines())),) if citations else ()
    return Sheet(pack.words("paper.payable"), (*table, *sources), footer(pack, place, on, "paper.caution-advice"),
                 len(table) if sources else 0)


def _table(pack: Pack, place: Place, citations: Citations) -> Iterator[Block]:
    words = pack.words
    purses: tuple[Purse, ...] = get_args(Purse)
    answers = {(item.id, purse): (layer, answer)
               for purse in purses for item, layer, answer in pack.payable_by(place, purse)}
    yield Paragraph(words("paper.payable-lead"))
    if answers:
        yield Paragraph(words("paper.payable-checked", checked=str(min(told.checked for _, told in answers.values()))),
                        small=True)
    rows = []
    for item in pack.payable_items:
        cells = [item.label]
        for purse in purses:
            if (item.id, purse) in answers:
                layer, answer = answers[item.id, purse]
                said = f"{words(f'payable.{answer.answer}')}{citations.marks(answer.sources)}"
                cells.append(said if layer is pack.nation else words("join.brackets", text=said, what=layer.name))
            else:
                cells.append(words("payable.unknown"))
        rows.append(tuple(cells))
    heads = (words("paper.thing"), *(words(f"purse.{purse}") for purse in purses))
    yield Table(heads, tuple(rows), of_words=True)


def lines_of_payable(
    answers: Iterable[tuple[PayableItem, Layer, Payable]], place: Place, citations: Citations, words: Words
) -> Iterator[Block]:
    """Yield what one purse may and may not pay for in a few lines, each of what one level says."""
    found = list(answers)
    verdicts: tuple[PayableAnswer, ...] = get_args(PayableAnswer)
    for verdict, layer in product(verdicts, place.layers):
        told = [(item, payable) for item, by, payable in found if payable.answer == verdict and by is layer]
        if told:
            labels = words("join.list").join(item.label for item, _ in told)
            marks = citations.marks(dict.fromkeys(id_ for _, payable in told for id_ in payable.sources))
            checked = min(payable.checked for _, payable in told)
            yield Paragraph(words("paper.payable-line", verdict=words(f"payable.{verdict}"), place=layer.name,
                                  checked=str(checked), things=labels, marks=marks))
