"""The sentences inside records: what may stand in them, and what may not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from yibao_desktop.pack.benefits import Reading, Remark, Rule
from yibao_desktop.pack.schema import (
    Answer,
    BindingChannel,
    Cited,
    Claim,
    LocalNote,
    Paragraph,
    Payable,
    Record,
    Rumour,
)
from yibao_desktop.pack.slip_forms import SlipForm
from yibao_desktop.pack.strict_yaml import Path_

_PROSE: dict[type[Cited], tuple[str, ...]] = {
    Claim: ("title", "text", "mend"),
    BindingChannel: ("steps", "bring"),
    Answer: ("steps", "cannot"),
    Remark: ("text",),
    Reading: ("label", "text"),
    Rule: ("assumes",),
    Paragraph: ("text",),
    LocalNote: ("text",),
    Payable: ("why",),
    Rumour: ("right",),
    SlipForm: ("help", "fields"),
}
"""Fields of cited records that people read as sentences."""

_AMOUNT = re.compile(r"\d[\d,.]*(?: ?[千万亿])? ?(?:元|%|个百分点|倍)")


def cited_parts(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Cited]]:
    """Walk a record and yield every cited part of it with its path in the file."""
    if isinstance(value, Cited):
        yield path, value
    for key, item in _children(value):
        yield from cited_parts(item, (*path, key))


def texts(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Walk a record and yield every text in it with its path in the file."""
    if isinstance(value, str):
        yield path, value
    for key, item in _children(value):
        yield from texts(item, (*path, key))


def undeclared_amounts(cited: Cited) -> list[str]:
    """Name the amounts in a record's sentences that its ``amounts`` does not own up to.

    An amount in a sentence escapes the dated look-up: whoever writes one says so, and a reviewer sees it.
    """
    return [amount for amount in _amounts_in(cited) if amount not in cited.amounts]


def needless_amounts(cited: Cited) -> list[str]:
    """Name what ``amounts`` lists although no sentence of the record says it."""
    said = _amounts_in(cited)
    return [amount for amount in cited.amounts if amount not in said]


def _amounts_in(cited: Cited) -> list[str]:
    found: list[str] = []
    for field in _PROSE.get(type(cited), ()):
        for _, text in texts(getattr(cited, field)):
            found += _AMOUNT.findall(text)
    return found


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, Record):
        for attribute, key in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
            yield key, getattr(value, attribute)
    elif isinstance(value, tuple):
        yield from enumerate(value)
