"""The lines of a slip, and what stands for a line the slip prints in parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import get_args

from yibao_desktop.money import ZERO
from yibao_desktop.pack.slip_forms import SlipFamily, SlipLine

Lines = tuple[SlipLine, ...]

LOCAL: tuple[SlipFamily, ...] = ("beijing", "shanghai", "zhejiang")
RECEIPTS: tuple[SlipFamily, ...] = ("receipt", *LOCAL)
OTHER_FUNDS: Lines = ("hifob_pay", "hifmi_pay", "hifes_pay", "cvlserv_pay", "maf_pay", "oth_pay")


@dataclass(frozen=True)
class Slip:
    """The money lines a person has, in 元; a line that is not there is not on the slip."""

    family: SlipFamily
    lines: Mapping[SlipLine, Decimal]

    def total(self, lines: Lines) -> Decimal:
        """Add up ``lines`` （元）, all of which must be given."""
        return sum((self.lines[line] for line in lines), ZERO)

    def changed(self, line: SlipLine, amount: Decimal) -> Slip:
        """Return the slip with another ``amount`` （元） in one line."""
        return replace(self, lines={**self.lines, line: amount})


@dataclass(frozen=True)
class Parts:
    """Lines that together are another line, where a slip prints them instead of it."""

    families: tuple[SlipFamily, ...]
    all_of: Lines = ()
    some_of: Lines = ()
    """At least one where ``all_of`` is empty."""


PARTS: Mapping[SlipLine, tuple[Parts, ...]] = {
    "other_funds": (Parts(RECEIPTS, some_of=OTHER_FUNDS),),
    "supplement_pay": (Parts(("settlement-list",), some_of=("hifob_pay", "hifmi_pay", "cvlserv_pay")),),
    "account": (
        Parts(get_args(SlipFamily), some_of=("current_year_account", "past_year_account")),
        Parts(get_args(SlipFamily), all_of=("acct_pay",), some_of=("acct_mulaid_pay",)),
    ),
    "fund_pay_sumamt": (Parts(RECEIPTS, all_of=("hifp_pay", "other_funds")),),
    "self_paid": (
        Parts(("beijing",), all_of=("self_paid_one", "preselfpay_amt")),
        Parts(("shanghai", "zhejiang"), all_of=("preselfpay_amt", "ratio_paid"), some_of=("transfer_paid",)),
    ),
    "psn_part_amt": (Parts(LOCAL, all_of=("self_paid", "self_funded")),),
}
"""What some slips print instead of a line, the more usual first."""


def resolved(slip: Slip, line: SlipLine) -> Lines | None:
    """Return the given lines that make up ``line``: itself, or what the slip prints instead of it.

    ``None`` where neither is given.
    """
    if line in slip.lines:
        return (line,)
    for parts in PARTS.get(line, ()):
        if slip.family not in parts.families:
            continue
        needed = [resolved(slip, part) for part in parts.all_of]
        found = tuple(part for part in parts.some_of if part in slip.lines)
        if None not in needed and (needed or found):
            return (*(part for lines in needed if lines is not None for part in lines), *found)
    return None


def given(slip: Slip, lines: Lines) -> Lines:
    """Return what the slip has of ``lines``, in its own lines."""
    return tuple(part for line in lines for part in resolved(slip, line) or ())
