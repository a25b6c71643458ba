"""A sheet as plain text: whole lines for a code or a screen, or wrapped to the columns of a receipt printer."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from yibao_desktop.paper.blocks import (
    Address,
    AmountRow,
    Amounts,
    Answer,
    Blank,
    Block,
    Facts,
    Heading,
    Paragraph,
    Points,
    Sheet,
    Sources,
    Table,
)

RECEIPT_COLUMNS = 48
"""Half-width columns of a line on 80 mm paper in a receipt printer's own font."""

FEWEST_COLUMNS = 16

BOX = "□"
_NOT_FIRST = "，。、；：！？）」』》〉”’％…·,.;:!?)%"
"""Marks that do not begin a line."""
_NOT_LAST = "（「『《〈“‘¥(−+"
"""Marks that do not end one."""


def plain_text(sheet: Sheet, columns: int | None = None) -> str:
    """Write a sheet as text; with ``columns`` no line is wider, counting a Chinese character as two."""
    lines = [sheet.title]
    for block in sheet.blocks:
        if isinstance(block, (Heading, Answer, Blank)):
            lines.append("")
        lines += _lines(block)
    lines += ["", *sheet.footer.lines]
    if columns is not None:
        lines = [piece for line in lines for piece in wrapped(line, columns)]
    return "\n".join(lines)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"【{block.text}】"
    elif isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Answer):
        yield from (text for text in (block.lead, block.main, block.text) if text)
    elif isinstance(block, Facts):
        yield from (f"{name}：{value}" for name, value in block.rows)
    elif isinstance(block, Amounts):
        for row in block.rows:
            yield from _amount(row)
    elif isinstance(block, Table):
        for cells in block.rows:
            rest = "，".join(f"{head} {cell}" for head, cell in zip(block.heads[1:], cells[1:], strict=True))
            yield f"{cells[0]}：{rest}"
    elif isinstance(block, Points):
        for number, point in enumerate(block.items, 1):
            yield f"{number}. {point.text}" if block.numbered else f"{BOX} {point.text}"
            if point.below:
                yield point.below
    elif isinstance(block, Address):
        yield f"{block.label}：{block.url}"
    elif isinstance(block, Sources):
        yield ""
        yield f"【{block.title}】"
        yield from block.lines
    else:
        yield f"{block.label}："
        yield from ("＿" * 12 for _ in range(block.lines))


def _amount(row: AmountRow) -> Iterator[str]:
    yield f"{row.label}：{row.amount}"
    yield from (text for text in (row.below, row.basis, row.note) if text)


def width(text: str) -> int:
    """Return how many half-width columns a text takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def wrapped(line: str, columns: int) -> list[str]:
    """Break a line so that no piece is wider; words, numbers and marks stay together where they can."""
    pieces = [""]
    for word in _words(line):
        if width(pieces[-1]) + width(word.rstrip()) <= columns:
            pieces[-1] += word
        elif width(word) <= columns:
            pieces.append(word)
        else:
            for character in word:
                if width(pieces[-1]) + _columns(character) > columns:
                    pieces.append("")
                pieces[-1] += character
    return [piece.rstrip() for piece in pieces]


def _words(line: str) -> list[str]:
    """Cut a line where it may be broken."""
    words: list[str] = []
    before = ""
    for character in line:
        joins = before and (
            character in _NOT_FIRST or before in _NOT_LAST or character == " "
            or (_columns(character) == _columns(before) == 1 and before != " "))
        if joins:
            words[-1] += character
        else:
            words.append(character)
        before = character
    return words
