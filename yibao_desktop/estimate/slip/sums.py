"""Do a slip's own lines add up? These checks need no local rule.

What the lines mean follows the filling rules of the national medical e-receipt （财综〔2019〕29号）, the rules of 2021
for the 结算清单, and the national settlement interface. Every sum is written with plus signs on both sides.

Sums are exact to the fen, with one fen allowed for rounding. 先行自付 is rounded item by item, so on a long bill I6 and
I11 may in truth be off by a few fen; that still reads as a difference here, because nothing on the slip tells it from
a wrong digit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Literal

from yibao_desktop.estimate.slip.lines import OTHER_FUNDS, RECEIPTS, Lines, Slip, given, resolved
from yibao_desktop.money import FEN, ZERO
from yibao_desktop.pack.slip_forms import SlipFamily, SlipLine

IdentityId = Literal[
    "i1", "i2", "i3", "i4", "i4-self-paid", "i5", "i5-paid", "i6", "i7", "i7-other", "i8", "i9", "i10", "i11", "i12",
    "i13", "i14",
]
Verdict = Literal["holds", "holds-so", "one-fen", "not-filled", "differs"]
"""``holds-so``: under a way of printing that also occurs. ``not-filled``: the form left a line at zero."""
Variant = Literal[
    "over-limit-in-self-funded", "over-limit-in-self-paid", "shared-inside-account", "account-among-funds",
    "hospital-discount", "discount-already-off", "deposit-for-cash", "deductible-beside", "transfer-beside",
]
"""A way of printing, other than the usual one, that slips are known to follow."""


@dataclass(frozen=True)
class IdentityResult:
    """One sum between a slip's lines, and how it came out."""

    id: IdentityId
    left: Lines
    """Lines added on the left; all of them are given."""
    right: Lines
    left_sum: Decimal
    """元, as ``right_sum``."""
    right_sum: Decimal
    verdict: Verdict
    variants: tuple[Variant, ...] = ()
    """The ways of printing under which ``left`` and ``right`` are read."""
    absent: Lines = ()
    """Lines that were not given and count as zero here."""

    @property
    def difference(self) -> Decimal:
        """Left minus right, 元."""
        return self.left_sum - self.right_sum


# --- the sums ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Reading:
    """Another accepted form of a sum: lines that join a side or leave it. ``join`` may be given only in part."""

    variant: Variant
    join_left: Lines = ()
    join_right: Lines = ()
    leave: Lines = ()


@dataclass(frozen=True)
class Sum:
    """``left`` = ``right`` on slips of some families."""

    id: IdentityId
    families: tuple[SlipFamily, ...]
    left: Lines
    right: Lines
    optional: Lines = ()
    """Lines that count as zero where they are not given."""
    one_of: Lines = ()
    """Without any of these the sum says nothing."""
    readings: tuple[_Reading, ...] = ()


def _among_funds(*, left: bool = False, right: bool = False) -> _Reading:
    """The personal account listed with the funds, so that it stands there twice."""
    joins: Lines = ("account",)
    return _Reading("account-among-funds", joins if left else (), joins if right else (),
                    () if left or right else joins)


_DISCOUNT = _Reading("hospital-discount", join_right=("hosp_part_amt",))
_OVER_LIMIT = _Reading("over-limit-in-self-paid", join_right=("overlmt_selfpay",))

SUMS: tuple[Sum, ...] = (
    Sum("i1", RECEIPTS, ("medfee_sumamt",), ("hifp_pay", "other_funds", "account", "psn_cash_pay"),
        readings=(_among_funds(), _DISCOUNT)),
    Sum("i2", RECEIPTS, ("account", "psn_cash_pay"), ("self_paid", "self_funded"),
        readings=(_Reading("hospital-discount", join_left=("hosp_part_amt",)),)),
    # On the 清单 somebody else （企业补充、商业保险） may have paid a part of what the person bears.
    Sum("i2", ("settlement-list",), ("other_borne", "account", "psn_cash_pay"), ("self_paid", "self_funded"),
        optional=("other_borne",), readings=(_Reading("hospital-discount", join_left=("hosp_part_amt",)),)),
    Sum("i3", RECEIPTS, ("medfee_sumamt",), ("hifp_pay", "other_funds", "self_paid", "self_funded"),
        readings=(_among_funds(left=True), _DISCOUNT)),
    Sum("i4", ("beijing",), ("psn_part_amt",), ("self_paid_one", "preselfpay_amt", "self_funded")),
    Sum("i4-self-paid", ("beijing",), ("self_paid",), ("self_paid_one", "preselfpay_amt")),
    Sum("i5", ("beijing",), ("medfee_sumamt",), ("inscp_scp_amt", "preselfpay_amt", "self_funded")),
    Sum("i5-paid", ("beijing",), ("inscp_scp_amt",), ("fund_pay_sumamt", "self_paid_one"),
        readings=(_among_funds(left=True), _DISCOUNT)),
    Sum("i6", ("interface",), ("medfee_sumamt",),
        ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"), optional=("overlmt_selfpay",),
        readings=(_Reading("over-limit-in-self-funded", leave=("overlmt_selfpay",)),)),
    Sum("i7", ("interface",), ("fund_pay_sumamt",), ("hifp_pay", *OTHER_FUNDS), optional=OTHER_FUNDS,
        readings=(_among_funds(right=True),)),
    Sum("i7", RECEIPTS, ("fund_pay_sumamt",), ("hifp_pay", "other_funds"), readings=(_among_funds(right=True),)),
    Sum("i7-other", RECEIPTS, ("other_funds",), OTHER_FUNDS, optional=OTHER_FUNDS, one_of=OTHER_FUNDS,
        readings=(_among_funds(right=True),)),
    Sum("i8", ("interface", *RECEIPTS), ("medfee_sumamt",), ("fund_pay_sumamt", "psn_part_amt", "hosp_part_amt"),
        optional=("hosp_part_amt",),
        readings=(_among_funds(left=True), _Reading("discount-already-off", leave=("hosp_part_amt",)))),
    Sum("i9", ("interface", *RECEIPTS), ("psn_part_amt",), ("account", "psn_cash_pay"),
        readings=(_Reading("shared-inside-account", leave=("acct_mulaid_pay",)), _DISCOUNT)),
    # Deposit less what was paid in the end is given back, or asked for.
    Sum("i10", RECEIPTS, ("prepaid", "topped_up"), ("psn_cash_pay", "refunded"), optional=("topped_up", "refunded"),
        one_of=("topped_up", "refunded")),
    Sum("i11", ("receipt", "settlement-list"), ("self_paid",),
        ("preselfpay_amt", "act_pay_dedc", "ratio_paid", "above_cap"), optional=("above_cap",),
        readings=(_OVER_LIMIT,)),
    Sum("i11", ("shanghai", "zhejiang"), ("self_paid",), ("preselfpay_amt", "ratio_paid", "transfer_paid"),
        optional=("transfer_paid",),
        readings=(_OVER_LIMIT, _Reading("deductible-beside", join_right=("act_pay_dedc", "above_cap")),
                  _Reading("transfer-beside", leave=("transfer_paid",)))),
    Sum("i12", ("settlement-list",), ("medfee_sumamt",), ("hifp_pay", "supplement_pay", "maf_pay", "psn_part_amt"),
        optional=("supplement_pay", "maf_pay"), readings=(_among_funds(left=True), _DISCOUNT)),
    Sum("i13", ("settlement-list",), ("psn_part_amt",), ("other_borne", "account", "psn_cash_pay"),
        optional=("other_borne",), readings=(_DISCOUNT,)),
    Sum("i14", ("settlement-list",), ("psn_part_amt",), ("self_paid", "self_funded")),
)


# --- checking them ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Equation:
    """A sum read in one way, in lines that are all given."""

    left: Lines
    right: Lines
    variants: tuple[Variant, ...] = ()

    def __contains__(self, line: SlipLine) -> bool:
        """Tell whether ``line`` stands on either side."""
        return line in self.left or line in self.right

    def difference(self, slip: Slip) -> Decimal:
        """Left minus right, 元."""
        return slip.total(self.left) - slip.total(self.right)


def check_identities(slip: Slip) -> tuple[IdentityResult, ...]:
    """Check every sum whose lines are given; a sum with a needed line missing is left out.

    Two sums that come to the same lines on this slip are told once.
    """
    results: list[IdentityResult] = []
    told: set[frozenset[Lines]] = set()
    for sum_ in SUMS:
        ways = equations_of(slip, sum_)
        if ways and (sides := _sides_but_discount(ways[0])) not in told:
            told.add(sides)
            absent = tuple(line for line in sum_.optional if resolved(slip, line) is None)
            results.append(_judged(slip, sum_.id, ways, absent))
    return tuple(results)


def ways_to_read(slip: Slip, id_: IdentityId) -> tuple[Equation, ...]:
    """Return every accepted form of a sum on this slip, the usual one first; empty where a line is missing."""
    return next((ways for sum_ in SUMS if sum_.id == id_ and (ways := equations_of(slip, sum_))), ())


def equations_of(slip: Slip, sum_: Sum) -> tuple[Equation, ...]:
    """Write a sum in the slip's lines, in every accepted form, the usual one first; empty where a line is missing."""
    if slip.family not in sum_.families or (sum_.one_of and not any(line in slip.lines for line in sum_.one_of)):
        return ()
    left, right = _side(slip, sum_, sum_.left), _side(slip, sum_, sum_.right)
    if left is None or right is None or set(left) & set(right):
        return ()
    usual = Equation(left, right)
    deposit = deposit_left(slip) if "psn_cash_pay" in usual and sum_.id != "i10" else None
    if "psn_cash_pay" not in slip.lines and deposit is not None:
        usual = _with_deposit(slip, usual)
    ways = [way for count in range(len(sum_.readings) + 1) for readings in combinations(sum_.readings, count)
            if (way := _read(slip, usual, readings)) is not None]
    if slip.lines.get("psn_cash_pay") == 0 and deposit:
        ways += [_with_deposit(slip, way) for way in ways]
    return tuple(ways)


def _side(slip: Slip, sum_: Sum, lines: Lines) -> Lines | None:
    found: list[SlipLine] = []
    for line in lines:
        if (in_own_lines := resolved(slip, line)) is not None:
            found += in_own_lines
        elif line == "psn_cash_pay" and sum_.id != "i10" and deposit_left(slip) is not None:
            found.append(line)
        elif line not in sum_.optional:
            return None
    return tuple(found)


def _read(slip: Slip, way: Equation, readings: tuple[_Reading, ...]) -> Equation | None:
    """Read a sum otherwise; ``None`` where a reading changes nothing on this slip."""
    for reading in readings:
        leave = tuple(line for line in given(slip, reading.leave) if line in way)
        left, right = given(slip, reading.join_left), given(slip, reading.join_right)
        if not any(slip.lines[line] for line in (*leave, *left, *right)):
            return None
        way = Equation((*(line for line in way.left if line not in leave), *left),
                       (*(line for line in way.right if line not in leave), *right), (*way.variants, reading.variant))
    return way


def deposit_left(slip: Slip) -> Decimal | None:
    """What the person paid in the end by deposit, 元; ``None`` where the slip does not tell."""
    lines = slip.lines
    if "prepaid" not in lines or not ("topped_up" in lines or "refunded" in lines):
        return None
    return lines["prepaid"] + lines.get("topped_up", ZERO) - lines.get("refunded", ZERO)


def _with_deposit(slip: Slip, way: Equation) -> Equation:
    """Put deposit, later payment and refund where cash stands."""
    paid, back = given(slip, ("prepaid", "topped_up")), given(slip, ("refunded",))
    here, there = (way.left, way.right) if "psn_cash_pay" in way.left else (way.right, way.left)
    here, there = (*(line for line in here if line != "psn_cash_pay"), *paid), (*there, *back)
    variants: tuple[Variant, ...] = (*way.variants, "deposit-for-cash")
    return Equation(here, there, variants) if "psn_cash_pay" in way.left else Equation(there, here, variants)


def _sides_but_discount(way: Equation) -> frozenset[Lines]:
    """What two sums have in common that say the same: a discount belongs to the one or the other's readings."""
    return frozenset(tuple(sorted(line for line in side if line != "hosp_part_amt")) for side in (way.left, way.right))


def _judged(slip: Slip, id_: IdentityId, ways: tuple[Equation, ...], absent: Lines) -> IdentityResult:
    usual = ways[0]
    way: Equation | None
    verdict: Verdict
    if (way := next((way for way in ways if way.difference(slip) == 0), None)) is not None:
        verdict = "holds-so" if way.variants else "holds"
    elif (variants := _not_filled(slip, id_, usual)) is not None:
        way, verdict = replace(usual, variants=variants), "not-filled"
    elif (way := next((way for way in ways if abs(way.difference(slip)) == FEN), None)) is not None:
        verdict = "one-fen"
    else:
        way, verdict = usual, "differs"
    return IdentityResult(id_, way.left, way.right, slip.total(way.left), slip.total(way.right), verdict,
                          way.variants, absent)


def _not_filled(slip: Slip, id_: IdentityId, way: Equation) -> tuple[Variant, ...] | None:
    """Tell whether a line was left at zero by the form; accuses nobody of a wrong sum.

    Some hospitals print 个人自付 and 个人自费 as 0.00 although the person paid, or 个人现金支付 as 0.00 beside deposit
    and refund.
    """
    lines, difference = slip.lines, way.difference(slip)
    if id_ == "i10":
        return ("deposit-for-cash",) if lines["psn_cash_pay"] == 0 and difference > 0 else None
    if "self_paid" not in way or lines["self_paid"] != 0 or lines.get("self_funded", ZERO) != 0:
        return None
    too_small = difference < 0 if "self_paid" in way.left else difference > 0
    return () if too_small and not _paid_nothing(slip) else None


def _paid_nothing(slip: Slip) -> bool:
    """Tell whether account and cash say that the person paid nothing, so that two zeros are right."""
    account, cash = resolved(slip, "account"), resolved(slip, "psn_cash_pay")
    if "psn_part_amt" in slip.lines:
        return slip.lines["psn_part_amt"] == 0
    return account is not None and cash is not None and slip.total((*account, *cash)) == 0
