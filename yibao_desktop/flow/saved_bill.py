"""A bill in a file, written only when the person asks: what was answered, and nothing about who answered it.

The format is JSON: ``format`` and ``version`` say what it is, ``pack`` by which content it was asked, ``place`` is the
GB/T 2260 code of the place of insurance; ``bill`` and ``slip`` hold answers by question id. Amounts are texts in 元,
days are texts like 2026-03-02.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import msgspec

from yibao_desktop.errors import AmountError, YibaoError
from yibao_desktop.flow.session import Value
from yibao_desktop.money import parse_amount
from yibao_desktop.pack.schema import FlowFile, Question

SUFFIX = "yibao"
_FORMAT, _VERSION = "yibao-bill", 1
_MOST_BYTES = 200_000
"""A bill of ours has a few hundred; whatever is larger is something else."""

_Answer = str | list[str] | dict[str, str | None]


class NotASavedBill(YibaoError):
    """The file is none of ours, is damaged, or comes from a later program; the message says so to the person."""


class SavedBill(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What such a file holds."""

    format: str
    version: int
    pack: str
    place: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{6}$")]
    bill: dict[str, _Answer]
    slip: dict[str, _Answer] = {}


def write(place: str, pack: str, bill: Mapping[str, Value], slip: Mapping[str, Value]) -> bytes:
    """Return the bytes of the file."""
    saved = SavedBill(_FORMAT, _VERSION, pack, place, _plain(bill), _plain(slip))
    return msgspec.json.format(msgspec.json.encode(saved), indent=2) + b"\n"


def read(data: bytes) -> SavedBill:
    """Return what a file holds.

    Raises:
        NotASavedBill: the file is none of ours, is damaged, or comes from a later program.
    """
    if len(data) > _MOST_BYTES:
        raise NotASavedBill("这个文件太大了，不是这里存的账单。")
    try:
        head = msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise NotASavedBill("这个文件不是这里存的账单，或者坏了。") from None
    if head.get("format") != _FORMAT:
        raise NotASavedBill("这个文件不是这里存的账单。")
    if head.get("version") != _VERSION:
        raise NotASavedBill("这张账单是用更新的程序存的，这里打不开。请换用新程序，或者重新填一次。")
    try:
        return msgspec.json.decode(data, type=SavedBill)
    except msgspec.DecodeError:
        raise NotASavedBill("这个文件坏了，读不全。请重新填一次。") from None


def answers_of(flow: FlowFile, plain: Mapping[str, _Answer]) -> dict[str, Value]:
    """Return the answers that ``flow`` still has questions for and that can be read; the others are asked again."""
    answers: dict[str, Value] = {}
    for question in flow.questions:
        if question.id in plain and (value := _value(question, plain[question.id])) is not None:
            answers[question.id] = value
    return answers


def _plain(answers: Mapping[str, Value]) -> dict[str, _Answer]:
    return {id_: _plain_answer(value) for id_, value in answers.items()}


def _plain_answer(value: Value) -> _Answer:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return {field: None if amount is None else f"{amount:f}" for field, amount in value.items()}
    return value


def _value(question: Question, answer: _Answer) -> Value | None:
    """Return an answer as its kind of question takes it, or ``None`` where it is of another kind."""
    try:
        if question.kind == "date":
            return date.fromisoformat(answer) if isinstance(answer, str) else None
        if question.kind == "amounts":
            return {field: _amount(text) for field, text in answer.items()} if isinstance(answer, dict) else None
        if question.kind == "several":
            return tuple(answer) if isinstance(answer, list) else None
        return answer if isinstance(answer, str) else None
    except (ValueError, AmountError):
        return None


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else parse_amount(text)
