"""Numbers as people say them in Chinese."""

from __future__ import annotations

from decimal import Decimal

from yibao_desktop.money import fen

_DIGITS = "零一二三四五六七八九"
_ON_THE_PHONE = "零幺二三四五六七八九"
"""On the telephone 一 is said 幺, so that nobody hears 七."""
_UNITS = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")


def digit_by_digit(text: str, *, phone: bool = False) -> str:
    """Say each digit by itself; what is no digit is left out."""
    names = _ON_THE_PHONE if phone else _DIGITS
    return "".join(names[int(digit)] for digit in text if digit.isdecimal())


def whole(number: int) -> str:
    """Say a whole number from 0 up to, but not including, 10^16."""
    if number == 0:
        return _DIGITS[0]
    said, zero = "", False
    for power in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10 ** (4 * power) % 10_000
        if group == 0:
            zero = bool(said)
            continue
        if said and (zero or group < 1000):
            said += _DIGITS[0]
        said += _four(group) + _GROUPS[power]
        zero = False
    # 10 and 15 begin with 十, not with 一十.
    return said.removeprefix("一") if said.startswith("一十") else said


def _four(group: int) -> str:
    """Say 1 to 9999."""
    said, zero = "", False
    for place, digit in enumerate(f"{group:04d}"):
        if digit == "0":
            zero = bool(said)
            continue
        said += (_DIGITS[0] if zero else "") + _DIGITS[int(digit)] + _UNITS[3 - place]
        zero = False
    return said


def number(text: str) -> str:
    """Say a number written with digits, perhaps with commas and decimals: ``1,234.5``."""
    before, _, after = text.replace(",", "").partition(".")
    return whole(int(before)) + (f"点{digit_by_digit(after)}" if after else "")


def money(amount: Decimal) -> str:
    """Say an amount of 0 元 or more down to the fen: 五万二千六百四十元, 三角, 十二元零五分."""
    cents = int(fen(amount) * 100)
    yuan, jiao, single = cents // 100, cents // 10 % 10, cents % 10
    said = f"{whole(yuan)}元" if yuan or not cents else ""
    if jiao:
        said += f"{_DIGITS[jiao]}角"
    elif single and yuan:
        said += _DIGITS[0]
    return said + (f"{_DIGITS[single]}分" if single else "")
