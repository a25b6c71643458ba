"""Looking figures up by day and circumstance: exactly one answer, or a plain statement of the gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, TypeVar

import msgspec

from yibao_desktop.errors import NoValueAtDate
from yibao_desktop.pack.benefits import Dated, Parameter, Row
from yibao_desktop.pack.schema import Aid, Away, Confidence, Group, Level, Referral, Status, VisitKind


class _Starts(Protocol):
    @property
    def from_(self) -> date: ...


D = TypeVar("D", bound=_Starts)


def entry_on(entries: Iterable[D], on: date, what: str) -> D:
    """Return the entry in force on ``on``: the one with the latest start not after that day.

    Raises:
        NoValueAtDate: the first entry starts later. There is no falling back to a neighbouring value.
    """
    started = [entry for entry in entries if entry.from_ <= on]
    if not started:
        raise NoValueAtDate(f"{on} 之前的“{what}”没有查到。")
    return max(started, key=lambda entry: entry.from_)


@dataclass(frozen=True)
class Circumstance:
    """What a figure may depend on. ``None`` means not told."""

    visit: VisitKind
    referral: Referral = "local"
    admission: int = 1
    """1 for the first stay of the benefit year."""
    status: Status | None = None
    group: Group | None = None
    level: Level | None = None
    age: int | None = None
    retired_on: date | None = None
    family_doctor: bool | None = None
    away: Away | None = None
    """``local`` where ``referral`` is."""
    months: int | None = None
    """Months of membership without a break."""
    aid: Aid = "none"
    tier: str | None = None
    reading: str | None = None


_CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "visit": ("visit",),
    "referral": ("referral",),
    "admission": ("admission", "admission_from", "admission_below"),
    "status": ("status",),
    "group": ("group",),
    "level": ("level",),
    "age": ("age_from", "age_below"),
    "retired_on": ("retired_from", "retired_before"),
    "family_doctor": ("family_doctor",),
    "away": ("away",),
    "months": ("months_from", "months_below"),
    "aid": ("aid",),
    "tier": ("tier",),
    "reading": ("reading",),
}
"""Fields of a row by the circumstance they turn on."""
_NAMED = ("status", "group", "level", "visit", "referral", "away", "aid", "tier", "reading")
"""Conditions that name one value or several."""


@dataclass(frozen=True)
class Figure:
    """A value found, with the entry that vouches for it; no entry where the person told it."""

    parameter: Parameter
    entry: Dated | None
    value: Decimal
    """元 or a share of 1, by ``parameter.unit``."""
    confidence: Confidence | None
    """Set where the row or entry says something other than its sources' grade."""


@dataclass(frozen=True)
class Unlimited:
    """It is known that there is no such limit or edge here."""

    parameter: Parameter
    entry: Dated


@dataclass(frozen=True)
class Missing:
    """A value that is not known, why, and who could tell."""

    parameter: Parameter
    reason: str
    who: str | None
    not_told: tuple[str, ...] = ()
    """Names of the circumstances the person has not told and on which the value depends."""


def look_up(parameter: Parameter, on: date, circumstance: Circumstance) -> Figure | Unlimited | Missing:
    """Find the value of ``parameter`` on a day in a circumstance."""
    try:
        entry = entry_on(parameter.dated, on, parameter.label)
    except NoValueAtDate as error:
        return Missing(parameter, str(error), None)
    if entry.unknown is not None:
        return Missing(parameter, entry.unknown, entry.who)
    matching = [row for row in entry.rows if not _unmet(row, circumstance)]
    certain = [row for row in matching if not untold(row, circumstance)]
    if len(matching) == 1 and certain:
        row = certain[0]
        if row.value is None:
            return Unlimited(parameter, entry)
        return Figure(parameter, entry, row.value, row.confidence or entry.confidence)
    if matching:
        names = sorted({name for row in matching for name in untold(row, circumstance)})
        return Missing(parameter, "", entry.who, tuple(names))
    return Missing(parameter, "这种情形的数字没有查到。", entry.who)


def _unmet(row: Row, circumstance: Circumstance) -> bool:
    """Tell whether a condition of ``row`` is known to fail."""
    for name in _NAMED:
        wanted, actual = getattr(row, name), getattr(circumstance, name)
        if wanted is not None and actual is not None and actual not in _as_tuple(wanted):
            return True
    if _outside(circumstance.admission, *stays(row)):
        return True
    if row.family_doctor is not None and circumstance.family_doctor not in (None, row.family_doctor):
        return True
    return (
        _outside(circumstance.age, row.age_from, row.age_below)
        or _outside(circumstance.months, row.months_from, row.months_below)
        or _outside(circumstance.retired_on, row.retired_from, row.retired_before)
    )


def stays(row: Row) -> tuple[int | None, int | None]:
    """Return the numbers of stays ``row`` holds for, from and below; ``first`` and ``later`` are short for them."""
    if row.admission is not None:
        return (None, 2) if row.admission == "first" else (2, None)
    return row.admission_from, row.admission_below


def _outside(actual: Any, start: Any, end: Any) -> bool:
    if actual is None:
        return False
    return (start is not None and actual < start) or (end is not None and actual >= end)


def matches_so_far(row: Row, circumstance: Circumstance, ignoring: str) -> bool:
    """Tell whether nothing told so far rules ``row`` out, leaving the circumstance ``ignoring`` aside."""
    cleared = dict.fromkeys(_CONDITIONS[ignoring])
    return not _unmet(msgspec.structs.replace(row, **cleared), circumstance)


def untold(row: Row, circumstance: Circumstance) -> tuple[str, ...]:
    """Name the circumstances on which ``row`` depends and which have not been told."""
    return tuple(name for name in conditions(row) if getattr(circumstance, name) is None)


def conditions(row: Row) -> tuple[str, ...]:
    """Name the circumstances ``row`` depends on, by the fields of :class:`Circumstance`."""
    return tuple(
        name for name, fields in _CONDITIONS.items()
        if any(getattr(row, field) is not None for field in fields)
    )


def overlapping(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Find pairs of rows that some circumstance would match both of: an author's mistake."""
    return [
        (first, second)
        for second in range(len(rows))
        for first in range(second)
        if not _disjoint(rows[first], rows[second])
    ]


def _disjoint(a: Row, b: Row) -> bool:
    for name in (*_NAMED, "family_doctor"):
        left, right = getattr(a, name), getattr(b, name)
        if left is not None and right is not None and not set(_as_tuple(left)) & set(_as_tuple(right)):
            return True
    return (
        _apart(*stays(a), *stays(b))
        or _apart(a.age_from, a.age_below, b.age_from, b.age_below)
        or _apart(a.months_from, a.months_below, b.months_from, b.months_below)
        or _apart(a.retired_from, a.retired_before, b.retired_from, b.retired_before)
    )


def _apart(from_a: Any, below_a: Any, from_b: Any, below_b: Any) -> bool:
    return (below_a is not None and from_b is not None and from_b >= below_a) or (
        below_b is not None and from_a is not None and from_a >= below_b
    )


def _as_tuple(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)
