"""Codes hold the text itself: cut and joined it is the same, and a reader reads it off paper and screen."""

from __future__ import annotations

from datetime import date

import pytest
import segno
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st

from yibao_desktop.paper.brief import brief
from yibao_desktop.paper.guide_sheet import guide_sheet
from yibao_desktop.paper.payable_sheet import payable_sheet
from yibao_desktop.paper.plain_text import plain_text
from yibao_desktop.paper.text_codes import MOST_BYTES, QUIET, joined, matrix, text_codes

ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=900)


@given(ANY_TEXT)
@example("1/2\n正文")
@example("\n" * 700)
@example("医" * 200)
@example("医" * 201)
def test_any_text_comes_back_whole(text):
    codes = text_codes(text)
    assert joined([code.content for code in codes]) == text
    assert "".join(code.text for code in codes) == text
    assert all(len(code.content.encode()) <= MOST_BYTES for code in codes)
    assert [(code.number, code.of) for code in codes] == [(n + 1, len(codes)) for n in range(len(codes))]


@settings(max_examples=30)
@given(ANY_TEXT.filter(bool), st.integers(24, 80))
def test_small_codes_come_back_whole_too(text, most):
    codes = text_codes(text, most)
    assert joined([code.content for code in codes]) == text
    assert all(len(code.content.encode()) <= most for code in codes)


def test_a_short_text_is_one_code_without_a_number():
    assert [code.content for code in text_codes("看病")] == ["看病"]
    assert text_codes("") == ()


def test_a_long_text_is_cut_at_lines_and_sentences():
    text = "\n".join(f"第 {number} 条：带上身份证，去窗口办。" for number in range(60))
    codes = text_codes(text)
    assert len(codes) > 2
    assert all(code.text.endswith(("\n", "。")) for code in codes)
    sizes = [len(code.content.encode()) for code in codes]
    assert min(sizes[:-1]) > MOST_BYTES // 2


def test_a_full_code_is_one_that_phones_read():
    side = len(matrix("医" * (MOST_BYTES // 3)))
    assert (side - 17) // 4 <= 20
    assert segno.make("医" * (MOST_BYTES // 3), mode="byte", encoding="utf-8", error="m").error in ("M", "Q", "H")


def picture(content: str, pixels: int) -> memoryview:
    """The code as black and white pixels, so many a module."""
    rows = matrix(content)
    side = (len(rows) + 2 * QUIET) * pixels
    lines = [b"\xff" * side] * (QUIET * pixels)
    for row in rows:
        line = b"".join((b"\x00" if dark else b"\xff") * pixels for dark in (*([False] * QUIET), *row))
        lines += [line.ljust(side, b"\xff")] * pixels
    lines += [b"\xff" * side] * (QUIET * pixels)
    return memoryview(b"".join(lines)).cast("B", (side, side))


@pytest.mark.parametrize("pixels", [3, 5])
def test_a_reader_reads_real_sheets_letter_for_letter(pack, pixels):
    place, day = pack.place("110000"), date(2026, 3, 9)
    sheets = [payable_sheet(pack, place, day), guide_sheet(pack.guides["lost-card"], pack, place, day)]
    for sheet in (*sheets, *(brief(sheet, pack.words) for sheet in sheets)):
        text = plain_text(sheet)
        read = []
        for code in text_codes(text):
            found = zxingcpp.read_barcodes(picture(code.content, pixels))
            assert [one.text for one in found] == [code.content]
            read.append(found[0].text)
        assert joined(read) == text
