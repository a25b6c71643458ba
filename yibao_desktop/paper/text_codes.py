"""A text as QR codes that hold the text itself, so that any phone reads it without a network.

A long text becomes several codes, each beginning with its number (``2/3``) and a line break. The bytes are UTF-8
without a character-set mark, which is what the readers in phones expect.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

MOST_BYTES = 600
"""Of one code: with error level M that is version 19, 93 modules a side, which phones still read off paper."""

_ROOM_FOR_NUMBER = len("999/999\n")
_GOOD_CUTS = ("\n", "。", "；", "，", "、", " ")
"""Where a text is best cut, the best first."""


@dataclass(frozen=True)
class TextCode:
    """One code of a text."""

    number: int
    of: int
    text: str
    """Its piece of the text."""

    @property
    def content(self) -> str:
        """What the code holds."""
        return self.text if self.of == 1 else f"{self.number}/{self.of}\n{self.text}"


def text_codes(text: str, most_bytes: int = MOST_BYTES) -> tuple[TextCode, ...]:
    """Cut a text into codes of about the same size; an empty text has none."""
    if not text:
        return ()
    if len(text.encode()) <= most_bytes:
        return (TextCode(1, 1, text),)
    pieces = tuple(_pieces(text, most_bytes - _ROOM_FOR_NUMBER))
    return tuple(TextCode(number, len(pieces), piece) for number, piece in enumerate(pieces, 1))


def joined(contents: Sequence[str]) -> str:
    """Put what was read off all codes of a text together again."""
    if len(contents) == 1:
        return contents[0]
    return "".join(content.partition("\n")[2] for content in contents)


def _segno() -> ModuleType:
    """Load segno, once a page has a code, without what it never uses here.

    Its module for writing files imports one for XML, which imports ``urllib.request`` for fetching what an XML file
    names, and with it all of http and ssl. A program that says it uses no network does not load them.
    """
    fetching = "urllib.request"
    held = sys.modules.setdefault(fetching, ModuleType(fetching))
    try:
        import segno
    finally:
        if not hasattr(held, "urlopen"):
            del sys.modules[fetching]
    return segno


def matrix(content: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of a QR code row by row, dark ones true, without the white around it."""
    code = _segno().make(content, micro=False, error="m", mode=None if content.isascii() else "byte", encoding="utf-8")
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


QUIET = 4
"""Modules of white around a code, as the standard asks."""


def _pieces(text: str, most: int) -> list[str]:
    pieces: list[str] = []
    rest = text
    while rest:
        size = len(rest.encode())
        if size <= most:
            pieces.append(rest)
            break
        # About equal pieces: a code of few modules is read more easily than a full one.
        wanted = min(most, size // -(-size // most) + most // 12)
        cut = _cut(rest, wanted, most)
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return pieces


def _cut(text: str, wanted: int, most: int) -> int:
    """Return where to cut, in characters: at a good place near ``wanted`` bytes, at the latest at ``most``."""
    longest = _characters_within(text, most)
    first, last = _characters_within(text, wanted * 3 // 4), _characters_within(text, wanted)
    for mark in _GOOD_CUTS:
        at = text.rfind(mark, max(1, first), last)
        if at > 0:
            return at + 1
    return max(1, min(last, longest))


def _characters_within(text: str, size: int) -> int:
    """Return how many characters from the start fit into ``size`` bytes."""
    taken = 0
    for count, character in enumerate(text):
        taken += len(character.encode())
        if taken > size:
            return count
    return len(text)
