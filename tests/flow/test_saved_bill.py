"""A bill in a file opens again, and strangers' files are refused in words."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from yibao_desktop.flow.saved_bill import NotASavedBill, answers_of, read, write
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT

PACK = Pack(CONTENT)
BILL = {"task": "estimate", "scheme": "employee", "date": date(2026, 3, 2),
        "bill": {"total": Decimal("52640.00"), "first_pay": None}}
SLIP = {"form": "settlement"}


def test_what_is_written_opens_again():
    saved = read(write("110000", "2026.11.1", BILL, SLIP))
    assert (saved.place, saved.pack) == ("110000", "2026.11.1")
    assert answers_of(PACK.flow("bill"), saved.bill) == BILL
    assert saved.slip == SLIP


def test_amounts_and_days_are_texts_that_a_person_can_read():
    plain = json.loads(write("110000", "2026.11.1", BILL, {}))
    assert plain["bill"] == {"task": "estimate", "scheme": "employee", "date": "2026-03-02",
                             "bill": {"total": "52640.00", "first_pay": None}}
    assert set(plain) == {"format", "version", "pack", "place", "bill"}


def test_answers_the_program_no_longer_asks_or_cannot_read_are_asked_again():
    saved = read(write("110000", "2026.11.1", {**BILL, "colour": "red"}, {}))
    damaged = {**saved.bill, "date": "last Tuesday", "bill": {"total": "lots"}, "scheme": ["employee"]}
    assert answers_of(PACK.flow("bill"), damaged) == {"task": "estimate"}


@pytest.mark.parametrize("data", [
    b"", b"\xff\xfe\x00", b"{", b"[]", b'"yibao-bill"', b"%PDF-1.7", b'{"format": "other"}',
    b'{"format": "yibao-bill", "version": 2}',
    b'{"format": "yibao-bill", "version": 1}',
    b'{"format": "yibao-bill", "version": 1, "pack": "1", "place": "Beijing", "bill": {}}',
    b'{"format": "yibao-bill", "version": 1, "pack": "1", "place": "110000", "bill": {}, "name": "x"}',
    b'{"format": "yibao-bill", "version": 1, "pack": "1", "place": "110000", "bill": {"task": 7}}',
    b" " * 300_000,
])
def test_strangers_files_are_refused_in_a_sentence(data):
    with pytest.raises(NotASavedBill) as refused:
        read(data)
    assert str(refused.value).endswith("。")


def test_a_later_program_is_named_as_the_cause():
    with pytest.raises(NotASavedBill, match="更新的程序"):
        read(b'{"format": "yibao-bill", "version": 9, "anything": 1}')
