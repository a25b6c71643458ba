"""The gist of a sheet: for a phone, where the whole would be many codes one after another."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from yibao_desktop.pack.store import Words
from yibao_desktop.paper.blocks import Block, Heading, Paragraph, Sheet, Sources, texts_of


def brief(sheet: Sheet, words: Words) -> Sheet:
    """Return what answers the question, with the sources it cites and the names of the parts left out."""
    if not sheet.essential:
        return sheet
    return msgspec.structs.replace(sheet, blocks=tuple(_blocks(sheet, words)), essential=0)


def _blocks(sheet: Sheet, words: Words) -> Iterator[Block]:
    kept, left_out = sheet.blocks[:sheet.essential], sheet.blocks[sheet.essential:]
    yield from kept
    cited = "".join(texts_of(kept))
    for block in left_out:
        if isinstance(block, Sources):
            # Without their addresses, which nobody opens from here.
            lines = tuple(line.partition(" · http")[0] for line in block.lines if line.split(" ")[0] in cited)
            if lines:
                yield Sources(block.title, lines)
    names = [block.text for block in left_out if isinstance(block, Heading)]
    if names:
        yield Paragraph(words("paper.left-out", parts="；".join(names)))
