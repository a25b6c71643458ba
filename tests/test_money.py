"""Amounts: what people type is understood or refused in plain words, and no fen is lost."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao_desktop.errors import AmountError
from yibao_desktop.money import LARGEST, fen, grouped, parse_amount, percent, plain, yuan

AMOUNTS = st.decimals(0, LARGEST, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("0", "0.00"), ("0.00", "0.00"), ("1234.5", "1234.50"), ("1234.56", "1234.56"), ("007", "7.00"),
        ("12.", "12.00"), (".5", "0.50"), ("1.500", "1.50"), ("99999999.99", "99999999.99"),
        (" 12 ", "12.00"), ("1 234", "1234.00"), ("1,234.56", "1234.56"), ("1234", "1234.00"),
        ("\uff11\uff12\uff13\uff0e\uff14\uff15", "123.45"), ("1\uff0c234.56", "1234.56"), ("12\u30025", "12.50"),
        ("¥12.5", "12.50"), ("\uffe512.5", "12.50"), ("¥ 12.5", "12.50"), ("12.5元", "12.50"), ("12.5 元", "12.50"),
        ("¥1,234.50元", "1234.50"), ("\u300012\u3000", "12.00"),
    ],
)
def test_an_amount_is_understood_as_people_type_it(typed, amount):
    assert str(parse_amount(typed)) == amount


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"), (" ", "empty"), ("\u3000", "empty"), ("¥", "empty"), ("元", "empty"), ("¥元", "empty"),
        (",", "empty"),
        ("-1", "negative"), ("-0.01", "negative"), ("\uff0d5", "negative"), ("−5", "negative"), ("¥-5", "negative"),
        ("abc", "not-a-number"), ("12a", "not-a-number"), ("三百", "not-a-number"), ("1e3", "not-a-number"),
        (".", "not-a-number"), ("1.2.3", "not-a-number"), ("+5", "not-a-number"), ("😀", "not-a-number"),
        ("NaN", "not-a-number"), ("Infinity", "not-a-number"), ("1_000", "not-a-number"), ("0x10", "not-a-number"),
        ("1/2", "not-a-number"), ("12万", "not-a-number"), ("\u0661\u0662", "not-a-number"), ("5%", "not-a-number"),
        ("1\n2", "not-a-number"), ("12元元", "not-a-number"), ("$5", "not-a-number"),
        ("100000000", "too-large"), ("1000000000", "too-large"), ("9" * 5000, "too-large"),
        ("99999999.991", "too-large"),
        ("0.001", "too-fine"), ("1.234", "too-fine"), ("1.2300001", "too-fine"), ("0." + "0" * 60 + "1", "too-fine"),
    ],
)
def test_what_cannot_be_an_amount_is_refused_with_the_reason(typed, code):
    with pytest.raises(AmountError) as caught:
        parse_amount(typed)
    assert caught.value.code == code
    assert len(str(caught.value)) > 4


@given(st.text(max_size=20))
def test_whatever_is_typed_gives_an_amount_within_bounds_or_a_refusal(typed):
    try:
        outcome = parse_amount(typed)
    except AmountError as error:
        outcome = error.code
    if isinstance(outcome, Decimal):
        assert 0 <= outcome <= LARGEST
        assert outcome == fen(outcome)
    else:
        assert outcome in {"empty", "negative", "not-a-number", "too-large", "too-fine"}


@given(AMOUNTS)
def test_an_amount_written_out_and_typed_in_again_is_the_same(amount):
    for written in (plain(amount), grouped(amount), yuan(amount), f"{plain(amount)}元"):
        assert plain(parse_amount(written)) == plain(amount)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("0.005", "0.01"), ("0.0049999", "0.00"), ("2.675", "2.68"), ("1.005", "1.01"), ("2.665", "2.67"),
        ("0.125", "0.13"), ("-0.005", "-0.01"), ("10", "10.00"), ("7", "7.00"),
    ],
)
def test_half_a_fen_is_rounded_up(amount, rounded):
    assert str(fen(Decimal(amount))) == rounded


@given(AMOUNTS, st.integers(0, 9999))
def test_rounding_moves_an_amount_by_half_a_fen_at_most(amount, more):
    exact = amount + Decimal(more).scaleb(-6)
    assert abs(fen(exact) - exact) <= Decimal("0.005")
    assert fen(fen(exact)) == fen(exact)


@pytest.mark.parametrize(
    ("share", "written"),
    [
        ("0.85", "85%"), ("0.855", "85.5%"), ("0.50", "50%"), ("0.9", "90%"), ("1", "100%"), ("0", "0%"),
        ("0.0005", "0.05%"), ("0.10", "10%"), ("0.100", "10%"), ("0.925", "92.5%"), ("0.00", "0%"), ("1.00", "100%"),
    ],
)
def test_a_share_is_written_without_needless_zeros(share, written):
    assert percent(Decimal(share)) == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [("0", "¥0.00"), ("1234.5", "¥1,234.50"), ("-1234.5", "−¥1,234.50"), ("99999999.99", "¥99,999,999.99"),
     ("0.005", "¥0.01")],
)
def test_an_amount_is_written_for_the_screen(amount, written):
    assert yuan(Decimal(amount)) == written


def test_an_amount_is_written_plainly_for_machines():
    assert plain(Decimal("1234567.5")) == "1234567.50"
    assert grouped(Decimal("1234567.5")) == "1,234,567.50"
