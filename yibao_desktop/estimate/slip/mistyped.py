"""Which line of a slip was probably mistyped: the one that a single slip of the finger would mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from yibao_desktop.estimate.slip.faults import contradictions
from yibao_desktop.estimate.slip.lines import Slip
from yibao_desktop.estimate.slip.sums import IdentityId, IdentityResult, Verdict, check_identities, ways_to_read
from yibao_desktop.money import LARGEST, ZERO, plain
from yibao_desktop.pack.slip_forms import SlipLine

How = Literal["digit", "swapped", "missing", "doubled", "point"]
"""One digit is another, two neighbours changed places, a digit was left out, one was typed twice, the point moved."""

_RANK: dict[Verdict, int] = {"holds": 0, "holds-so": 1, "one-fen": 2, "not-filled": 3, "differs": 4}
_AGREES = 2
"""The worst rank at which a sum still agrees."""


@dataclass(frozen=True)
class Mistyped:
    """A line that may have been mistyped."""

    line: SlipLine
    typed: Decimal
    """元, as ``would_be``."""
    would_be: Decimal
    how: How
    mends: int
    """Failing sums that agree once ``would_be`` stands there."""


def likely_mistyped(slip: Slip, results: tuple[IdentityResult, ...]) -> tuple[Mistyped, ...]:
    """Name the lines whose correction by one slip of the finger mends every failing sum they stand in.

    A correction that spoils a sum that agrees, or makes the slip impossible, is no correction. Those that mend most
    come first; among them those that need no unusual way of printing.

    Args:
        slip: The amounts as typed.
        results: What :func:`check_identities` said of them.
    """
    failing = [result for result in results if result.verdict == "differs"]
    impossible = set(contradictions(slip))
    found: list[tuple[int, Mistyped]] = []
    for line, typed in slip.lines.items():
        for would_be in _values_that_mend(slip, line, failing):
            how = finger_slip(typed, would_be)
            if how is None:
                continue
            mended = slip.changed(line, would_be)
            after = {result.id: result for result in check_identities(mended)}
            mends = _mends(line, results, after)
            if mends and set(contradictions(mended)) <= impossible:
                unusual = sum(len(result.variants) for result in after.values())
                found.append((unusual, Mistyped(line, typed, would_be, how, mends)))
    return tuple(one for _, one in sorted(found, key=lambda pair: (-pair[1].mends, pair[0])))


def _values_that_mend(slip: Slip, line: SlipLine, failing: Iterable[IdentityResult]) -> tuple[Decimal, ...]:
    """Solve each failing sum for ``line``, in every accepted form."""
    found: dict[Decimal, None] = {}
    for result in failing:
        for way in ways_to_read(slip, result.id):
            if line in way:
                difference = way.difference(slip)
                value = slip.lines[line] + (-difference if line in way.left else difference)
                if ZERO <= value <= LARGEST:
                    found[value] = None
    return tuple(found)


def _mends(line: SlipLine, before: tuple[IdentityResult, ...], after: dict[IdentityId, IdentityResult]) -> int:
    """Count the failing sums that agree afterwards; 0 where one with ``line`` still fails or another is spoilt."""
    mended = 0
    for result in before:
        now = _RANK[after[result.id].verdict] if result.id in after else _RANK["differs"]
        if result.verdict != "differs":
            if now > _RANK[result.verdict]:
                return 0
        elif now <= _AGREES:
            mended += 1
        elif line in (*result.left, *result.right):
            return 0
    return mended


def finger_slip(typed: Decimal, meant: Decimal) -> How | None:
    """Say by which one slip of the finger ``meant`` （元） became ``typed``; ``None`` if by none."""
    if typed == meant:
        return None
    one, other = plain(typed).replace(".", ""), plain(meant).replace(".", "")
    if len(one) == len(other):
        apart = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(apart) == 1:
            return "digit"
        if len(apart) == 2 and apart[1] == apart[0] + 1:
            first, second = apart
            if (one[first], one[second]) == (other[second], other[first]):
                return "swapped"
    if typed == 0:
        return None  # what is left of 5000 without its 5 is nothing anybody types
    if any(typed == amount for text in _ways_to_write(meant) for amount in _with_one_left_out(text)):
        return "missing"
    if any(typed == amount for text in _ways_to_write(meant) for amount in _with_one_twice(text)):
        return "doubled"
    moved = {meant.scaleb(places) for places in (-2, -1, 1, 2)}
    return "point" if typed in moved else None


def _ways_to_write(amount: Decimal) -> tuple[str, ...]:
    """``1234.50`` may be typed as it stands or without the last zeros."""
    text = plain(amount)
    return text, text.rstrip("0").rstrip(".")


def _with_one_left_out(text: str) -> Iterator[Decimal]:
    for at, sign in enumerate(text):
        rest = text[:at] + text[at + 1:]
        if sign != "." and rest.strip("."):
            yield Decimal(rest)


def _with_one_twice(text: str) -> Iterator[Decimal]:
    for at, sign in enumerate(text):
        if sign != ".":
            yield Decimal(text[:at] + sign + text[at:])
