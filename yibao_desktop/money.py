"""Amounts in 元: reading what a person typed, rounding to the fen, writing them out."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from yibao_desktop.errors import AmountError

FEN = Decimal("0.01")
ZERO = Decimal("0.00")
LARGEST = Decimal("99999999.99")
"""The largest amount taken, in 元. No medical bill comes near; a longer number is a slip of the finger."""

_WRITTEN = re.compile(r"(−)?¥(\d[\d,]*(?:\.\d+)?)")
_PLAIN = re.compile(r"\d+(\.\d*)?|\.\d+")


def fen(amount: Decimal) -> Decimal:
    """Round ``amount`` （元） half-up to the fen, the way settlement systems round a fund's line."""
    return amount if amount.same_quantum(FEN) else amount.quantize(FEN, rounding=ROUND_HALF_UP)


def parse_amount(text: str) -> Decimal:
    """Read an amount in 元 as people type it: full-width digits, commas, ¥ and 元 are understood.

    Raises:
        AmountError: ``empty``, ``negative``, ``not-a-number``, ``too-large`` or ``too-fine`` (below one fen).
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    folded = folded.removeprefix("¥").removesuffix("元").strip()
    folded = folded.replace(",", "").replace("、", "").replace(" ", "").replace("。", ".")
    if not folded:
        raise AmountError("empty", "请填写金额。")
    if folded[0] in "-−–—":
        raise AmountError("negative", "金额不能是负数。")
    if not _PLAIN.fullmatch(folded) or not folded.isascii():
        raise AmountError("not-a-number", "这里只能填数字，例如 1234.56。")
    amount = Decimal(folded)
    if amount > LARGEST:
        raise AmountError("too-large", "金额太大了，请检查是不是多按了几位。")
    if amount != amount.quantize(FEN):
        raise AmountError("too-fine", "金额最多到分，也就是小数点后两位。")
    return amount.quantize(FEN)


def plain(amount: Decimal) -> str:
    """Write ``amount`` with two decimals and nothing else: ``1234.50``."""
    return f"{fen(amount):.2f}"


def grouped(amount: Decimal) -> str:
    """Write ``amount`` with thousands separators and two decimals: ``1,234.50``."""
    return f"{fen(amount):,.2f}"


def yuan(amount: Decimal) -> str:
    """Write ``amount`` for the screen: ``¥1,234.50``."""
    sign = "−" if amount < 0 else ""
    return f"{sign}¥{grouped(abs(amount))}"


def read_aloud(text: str) -> str:
    """Write the amounts in a text of the screen as they are said: ``−¥1,234.50`` becomes ``减 1,234.50 元``."""
    return _WRITTEN.sub(lambda match: f"{'减 ' if match[1] else ''}{match[2]} 元", text)


@lru_cache(maxsize=1024)
def percent(share: Decimal) -> str:
    """Write a share of 1 as a percentage without needless zeros: ``0.855`` becomes ``85.5%``."""
    text = f"{share * 100:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"
