"""Looking figures up by day and circumstance: exactly one answer, or a plain statement of the gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from yibao_desktop.errors import NoValueAtDate
from yibao_desktop.pack.benefits import Dated, Parameter, Row, Rule
from yibao_desktop.pack.schema import Aid, Away, Confidence, Group, Level, Referral, Status, VisitKind


class _Starts(Protocol):
    @property
    def from_(self) -> date: ...


D = TypeVar("D", bound=_Starts)
W = TypeVar("W")


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


_NAMED = ("visit", "referral", "status", "group", "level", "family_doctor", "away", "aid", "tier", "reading")
"""Circumstances a row names one value or several of."""
_STRETCHES = ("admission", "age", "retired_on", "months")
"""Circumstances a row gives a start and an end of."""


@dataclass(frozen=True)
class _Stretch:
    """From ``start`` on and below ``end``."""

    start: Any
    end: Any

    def __contains__(self, actual: Any) -> bool:
        return (self.start is None or actual >= self.start) and (self.end is None or actual < self.end)

    def isdisjoint(self, other: _Stretch) -> bool:
        """Tell whether no value lies in both."""
        return (self.end is not None and other.start is not None and other.start >= self.end) or (
            other.end is not None and self.start is not None and self.start >= other.end
        )


@lru_cache(maxsize=8192)
def _demands(row: Row) -> tuple[tuple[str, Any], ...]:
    """Return what ``row`` demands, by circumstance: the values or the stretch it holds for."""
    named = ((name, getattr(row, name)) for name in _NAMED)
    found: list[tuple[str, Any]] = [
        (name, frozenset(value) if isinstance(value, tuple) else frozenset({value}))
        for name, value in named if value is not None
    ]
    edges = (stays(row), (row.age_from, row.age_below), (row.retired_from, row.retired_before),
             (row.months_from, row.months_below))
    found += [(name, _Stretch(*edge)) for name, edge in zip(_STRETCHES, edges, strict=True) if edge != (None, None)]
    return tuple(found)


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


class Figures:
    """The parameters of a place; what was looked up once for a day and a circumstance is remembered."""

    _MOST = 2000

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self.parameters = parameters
        self.open_to_readings = self._open_to("reading")
        """Ids of figures that turn on how the rule is read."""
        self.open_to_aid = self._open_to("aid")
        """Ids of figures that turn on 救助身份."""
        self._found: dict[tuple[date, Circumstance], dict[str, Figure | Unlimited | Missing]] = {}
        self._of_rules: dict[int, tuple[Rule, Any]] = {}

    def _open_to(self, name: str) -> frozenset[str]:
        return frozenset(
            parameter.id for parameter in self.parameters.values()
            if any(getattr(row, name) is not None for entry in parameter.dated for row in entry.rows))

    def forget(self) -> None:
        """Forget for which days and circumstances something was looked up: they are a person's."""
        self._found.clear()

    def for_rule(self, rule: Rule, work_out: Callable[[Rule], W]) -> W:
        """Return what ``work_out`` makes of ``rule``; it is asked once for each rule."""
        known = self._of_rules.get(id(rule))
        if known is None:
            # The rule is kept with it, so that its id stays its own.
            known = self._of_rules[id(rule)] = (rule, work_out(rule))
        found: W = known[1]
        return found

    def for_circumstance(self, on: date, circumstance: Circumstance) -> Callable[[str], Figure | Unlimited | Missing]:
        """Return a look-up by parameter id for one day and circumstance."""
        if len(self._found) > self._MOST:
            self._found.clear()
        found = self._found.setdefault((on, circumstance), {})

        def of(id_: str) -> Figure | Unlimited | Missing:
            if id_ not in found:
                found[id_] = look_up(self.parameters[id_], on, circumstance)
            return found[id_]

        return of


def _unmet(row: Row, circumstance: Circumstance, ignoring: str = "") -> bool:
    """Tell whether a condition of ``row`` is known to fail."""
    for name, demanded in _demands(row):
        actual = getattr(circumstance, name)
        if actual is not None and actual not in demanded and name != ignoring:
            return True
    return False


def stays(row: Row) -> tuple[int | None, int | None]:
    """Return the numbers of stays ``row`` holds for, from and below; ``first`` and ``later`` are short for them."""
    if row.admission is not None:
        return (None, 2) if row.admission == "first" else (2, None)
    return row.admission_from, row.admission_below


def matches_so_far(row: Row, circumstance: Circumstance, ignoring: str) -> bool:
    """Tell whether nothing told so far rules ``row`` out, leaving the circumstance ``ignoring`` aside."""
    return not _unmet(row, circumstance, ignoring)


def untold(row: Row, circumstance: Circumstance) -> tuple[str, ...]:
    """Name the circumstances on which ``row`` depends and which have not been told."""
    return tuple(name for name, _ in _demands(row) if getattr(circumstance, name) is None)


def conditions(row: Row) -> tuple[str, ...]:
    """Name the circumstances ``row`` depends on, by the fields of :class:`Circumstance`."""
    return tuple(name for name, _ in _demands(row))


def overlapping(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Find pairs of rows that some circumstance would match both of: an author's mistake."""
    return [
        (first, second)
        for second in range(len(rows))
        for first in range(second)
        if not _disjoint(rows[first], rows[second])
    ]


def _disjoint(a: Row, b: Row) -> bool:
    others = dict(_demands(b))
    return any(name in others and demanded.isdisjoint(others[name]) for name, demanded in _demands(a))
