"""What on a slip cannot be right, and why nothing on it can be checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

from yibao_desktop.estimate.slip.lines import OTHER_FUNDS, PARTS, Lines, Slip, given, resolved
from yibao_desktop.estimate.slip.sums import SUMS, Sum, check_identities, deposit_left, equations_of
from yibao_desktop.money import ZERO
from yibao_desktop.pack.slip_forms import SlipLine

Problem = Literal["negative", "part-over-whole", "parts-over-total", "refund-over-deposit"]
Shortage = Literal["nothing-entered", "one-line", "zero-bill", "too-few"]


@dataclass(frozen=True)
class Contradiction:
    """Something on a slip that cannot be right, told with the words ``slip.<problem>``."""

    problem: Problem
    lines: Lines
    """The lines at fault; for ``part-over-whole`` the part and the whole."""


_WHOLES: tuple[tuple[SlipLine, Lines], ...] = (
    # The deductible is left out: some slips print the yearly amount instead of this bill's part of it.
    ("medfee_sumamt", tuple(line for line in get_args(SlipLine) if line not in (
        "medfee_sumamt", "act_pay_dedc", "prepaid", "topped_up", "refunded"))),
    ("fund_pay_sumamt", ("hifp_pay", *OTHER_FUNDS)),
    ("other_funds", OTHER_FUNDS),
    ("psn_part_amt", ("account", "acct_pay", "psn_cash_pay", "self_paid", "self_funded", "self_paid_one")),
    ("account", ("current_year_account", "past_year_account")),
    ("supplement_pay", ("hifob_pay", "hifmi_pay", "cvlserv_pay")),
    ("self_paid", ("self_paid_one", "ratio_paid")),
)


def contradictions(slip: Slip) -> tuple[Contradiction, ...]:
    """Tell what cannot be, whatever the lines that are not given may hold.

    A part larger than a 个人自付 of zero is no contradiction: that line was then left empty by the form.
    """
    found = [Contradiction("negative", (line,)) for line, amount in slip.lines.items() if amount < 0]
    over: set[SlipLine] = set()
    for whole, parts in _WHOLES:
        if whole not in slip.lines or (whole == "self_paid" and slip.lines[whole] == 0):
            continue
        for part in parts:
            # A part is held against its largest whole only: one wrong line is told once.
            if part in slip.lines and part not in over and slip.lines[part] > slip.lines[whole]:
                over.add(part)
                found.append(Contradiction("part-over-whole", (part, whole)))
    if not over:
        found += _parts_over_total(slip)
    deposit = deposit_left(slip)
    if deposit is not None and deposit < 0:
        found.append(Contradiction("refund-over-deposit", ("refunded", "prepaid")))
    return tuple(found)


def _parts_over_total(slip: Slip) -> Iterator[Contradiction]:
    """Find parts that together exceed the total although other parts are still missing."""
    told: list[set[SlipLine]] = []
    for sum_ in SUMS:
        if slip.family not in sum_.families or sum_.left != ("medfee_sumamt",) or equations_of(slip, sum_):
            continue
        if resolved(slip, "account") and any(reading.join_left == ("account",) for reading in sum_.readings):
            continue
        # Lines that some slips count inside another one prove no excess.
        parts = given(slip, tuple(line for line in sum_.right
                                  if line not in ("account", "hosp_part_amt", "overlmt_selfpay")))
        if "medfee_sumamt" in slip.lines and slip.total(parts) > slip.lines["medfee_sumamt"] and set(parts) not in told:
            told.append(set(parts))
            yield Contradiction("parts-over-total", parts)


def shortage(slip: Slip) -> Shortage | None:
    """Tell why nothing on this slip can be checked; ``None`` where something can."""
    if not slip.lines:
        return "nothing-entered"
    if not any(slip.lines.values()):
        return "zero-bill"
    if len(slip.lines) == 1:
        return "one-line"
    return None if check_identities(slip) else "too-few"


def still_needed(slip: Slip, offered: Collection[SlipLine]) -> Lines:
    """Return the fewest lines among ``offered`` （those of a form） with which a first sum could be checked.

    A sum with a line that is already there comes before one without.
    """
    wanted: list[tuple[bool, int, Lines]] = []
    for sum_ in SUMS:
        lines = _missing(slip, sum_, offered)
        with_them = replace(slip, lines={**dict.fromkeys(lines or (), ZERO), **slip.lines})
        if lines and (ways := equations_of(with_them, sum_)):
            wanted.append((not any(line in ways[0] for line in slip.lines), len(lines), lines))
    return min(wanted, key=lambda one: one[:2])[2] if wanted else ()


def _missing(slip: Slip, sum_: Sum, offered: Collection[SlipLine]) -> Lines | None:
    found: list[SlipLine] = []
    for line in (*sum_.left, *sum_.right):
        if resolved(slip, line) is None and line not in sum_.optional:
            lines = _to_enter(slip, line, offered)
            if lines is None:
                return None
            found += lines
    if sum_.one_of and not any(line in slip.lines for line in sum_.one_of):
        found += [line for line in sum_.one_of if line in offered][:1]
    return tuple(dict.fromkeys(found))


def _to_enter(slip: Slip, line: SlipLine, offered: Collection[SlipLine]) -> Lines | None:
    if line in offered:
        return (line,)
    for parts in PARTS.get(line, ()):
        needed = [_to_enter(slip, part, offered) for part in parts.all_of if resolved(slip, part) is None]
        some = tuple(part for part in parts.some_of if part in offered)
        if slip.family in parts.families and None not in needed and (parts.all_of or some):
            return (*(part for lines in needed if lines for part in lines), *(() if parts.all_of else some))
    return None
