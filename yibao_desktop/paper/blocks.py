"""What a sheet is made of: plain blocks that a window can show, a printer print and a phone read."""

from __future__ import annotations

from typing import Any

import msgspec


class _Part(msgspec.Struct, frozen=True, tag=True):
    """Base of everything on a sheet; a part tells in JSON which one it is."""


class Heading(_Part, frozen=True):
    """The name of a part."""

    text: str


class Paragraph(_Part, frozen=True):
    """A sentence or two."""

    text: str
    small: bool = False
    strong: bool = False


class Answer(_Part, frozen=True):
    """What the person came for, large, with what it is an answer to above it."""

    lead: str
    main: str
    text: str = ""


class Facts(_Part, frozen=True):
    """What was told, as (name, value)."""

    rows: tuple[tuple[str, str], ...]


class AmountRow(_Part, frozen=True):
    """Words on the left and an amount on the right."""

    label: str
    amount: str
    below: str = ""
    """How it came about."""
    basis: str = ""
    """What it rests on."""
    note: str = ""
    strong: bool = False


class Amounts(_Part, frozen=True):
    """Amounts one under the other."""

    rows: tuple[AmountRow, ...]


class Table(_Part, frozen=True):
    """Cells under heads; the first column holds names, the others amounts unless ``of_words``."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    of_words: bool = False


class Point(_Part, frozen=True):
    """One entry of a list, and what stands below it."""

    text: str
    below: str = ""


class Points(_Part, frozen=True):
    """A list; ``numbered`` where it is gone through in order, else with boxes to tick."""

    items: tuple[Point, ...]
    numbered: bool = True


class Blank(_Part, frozen=True):
    """Room to write by hand."""

    label: str
    lines: int = 1


class Address(_Part, frozen=True):
    """A web address, on paper also as a code that opens it."""

    label: str
    url: str


class Sources(_Part, frozen=True):
    """The numbered sources in full."""

    title: str
    lines: tuple[str, ...]


Block = Heading | Paragraph | Answer | Facts | Amounts | Table | Points | Blank | Address | Sources


class Footer(_Part, frozen=True):
    """Where and when a sheet was made, from what, and what it is not; on every page."""

    made: str
    """Place and day."""
    pack: str
    caution: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Return its lines."""
        return self.made, self.pack, self.caution


class Sheet(_Part, frozen=True):
    """Something to take away."""

    title: str
    blocks: tuple[Block, ...]
    footer: Footer
    essential: int = 0
    """How many blocks from the start already answer the question; 0 where none can be spared."""
    on_one_page: bool = False
    """Set smaller rather than on a second page."""


def texts_of(value: Any) -> list[str]:
    """Return every text of a sheet or block, in reading order."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, tuple):
        return [text for item in value for text in texts_of(item)]
    if isinstance(value, _Part):
        return [text for name in value.__struct_fields__ for text in texts_of(getattr(value, name))]
    return []


def to_json(sheet: Sheet) -> bytes:
    """Write a sheet so that another process can read it."""
    return msgspec.json.encode(sheet)


def from_json(data: bytes) -> Sheet:
    """Read what ``to_json`` wrote."""
    return msgspec.json.decode(data, type=Sheet)
