"""Exact amounts between the lines of a bill.

They are whole numbers of a very small unit, 18 places behind the point of a 元, far finer than any share needs; a
fraction appears only where a limit cuts a band in two, which is a division. Nothing is rounded before a fund's line is.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from yibao_desktop.money import FEN

Exact = int | Fraction

_UNIT = Decimal("1E18")
"""How many of the unit a 元 holds; one digit only, so that multiplying by it is exact."""
_FEN = 10**16
_HALF_FEN = _FEN // 2


def exact(amount: Decimal) -> int:
    """Take over an amount in 元."""
    return int(amount * _UNIT)


def times(amount: Exact, share: Decimal) -> Exact:
    """Return ``share`` of ``amount``."""
    top, bottom = share.as_integer_ratio()
    if isinstance(amount, int):
        whole, rest = divmod(amount * top, bottom)
        if not rest:
            return whole
    return Fraction(amount * top, bottom)


def divided(amount: Exact, share: Decimal) -> Exact:
    """Return what ``amount`` is ``share`` of; ``share`` is not zero."""
    top, bottom = share.as_integer_ratio()
    return Fraction(amount * bottom, top)


def total(amounts: Iterable[Exact]) -> Exact:
    """Add ``amounts`` up."""
    found: Exact = 0
    for amount in amounts:
        found = found + amount
    return found


def to_fen(amount: Exact) -> Decimal:
    """Round an amount that is not negative half-up to the fen, in 元."""
    if isinstance(amount, int):
        return Decimal((amount + _HALF_FEN) // _FEN) * FEN
    unit = amount.denominator * _FEN
    return Decimal((2 * amount.numerator + unit) // (2 * unit)) * FEN
