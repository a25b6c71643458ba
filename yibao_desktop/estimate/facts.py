"""What a place's rule makes it necessary to ask, and the answers it distinguishes.

A wizard asks only what the rule depends on: an age, a retirement date, a level or the number of the stay is
asked where some row of the rule's figures turns on it for this person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from yibao_desktop.errors import NoValueAtDate
from yibao_desktop.pack.benefits import Parameter, Row, Rule, figures_of
from yibao_desktop.pack.dated import Circumstance, conditions, entry_on, matches_so_far, stays
from yibao_desktop.pack.schema import Level, Scheme
from yibao_desktop.pack.store import Place

LEVEL_ORDER: tuple[Level, ...] = (
    "village", "community", "primary", "secondary", "tertiary-district", "tertiary", "tertiary-top",
    "specialist",
)
COMMON_LEVELS = frozenset({"community", "primary", "secondary", "tertiary"})
"""Levels every place has, whether or not its figures are known: nobody must be led into another level's row."""


class RuleFacts:
    """A place's rule for one scheme and kind of visit on one day, seen by what it depends on."""

    def __init__(self, place: Place, scheme: Scheme, on: date, circumstance: Circumstance) -> None:
        self.circumstance = circumstance
        self.rule: Rule | None = None
        self._rows: tuple[Row, ...] = ()
        found = place.rules(scheme, circumstance.visit)
        if found is None:
            return
        layer, rules = found
        try:
            rule = entry_on(rules, on, "")
        except NoValueAtDate:
            return
        if rule.unknown is None:
            self.rule = rule
            self._rows = tuple(_rows(rule, layer.parameters, on))

    @property
    def known(self) -> bool:
        """Tell whether there is a rule to estimate by."""
        return self.rule is not None

    @property
    def tier(self) -> str | None:
        """The only tier of contributions the rule's figures hold for, where the place has several."""
        return self.rule.only_for if self.rule else None

    def depends_on(self, name: str) -> bool:
        """Tell whether some figure that can apply to this person turns on the circumstance ``name``."""
        return any(name in conditions(row) for row in self._applicable(without=name))

    def levels(self) -> tuple[Level, ...]:
        """Levels to choose from, lowest first: the common ones, and those only this rule knows."""
        named = {level for row in self._applicable(without="level") if row.level is not None
                 for level in ((row.level,) if isinstance(row.level, str) else row.level)}
        return tuple(level for level in LEVEL_ORDER if level in named | COMMON_LEVELS)

    def ages(self) -> tuple[int, ...]:
        """Ages (whole years) at which a figure changes."""
        rows = self._applicable(without="age")
        edges = {edge for row in rows for edge in (row.age_from, row.age_below) if edge is not None}
        return tuple(sorted(edges))

    def retirement_dates(self) -> tuple[date, ...]:
        """Days from which retiring makes a difference."""
        rows = self._applicable(without="retired_on")
        edges = {edge for row in rows for edge in (row.retired_from, row.retired_before) if edge is not None}
        return tuple(sorted(edges))

    def stays(self) -> tuple[int, ...]:
        """Numbers of the stay from which a figure changes."""
        rows = self._applicable(without="admission")
        edges = {edge for row in rows for edge in stays(row) if edge is not None}
        return tuple(sorted(edges))

    def _applicable(self, without: str) -> Iterable[Row]:
        return (row for row in self._rows if matches_so_far(row, self.circumstance, ignoring=without))


def age_within(edges: tuple[int, ...], band: int) -> int:
    """Return an age that stands for the ``band``-th stretch between ``edges``."""
    return edges[0] - 1 if band == 0 else edges[band - 1]


def day_within(edges: tuple[date, ...], band: int) -> date:
    """Return a day that stands for the ``band``-th stretch between ``edges``."""
    return edges[0] - timedelta(days=1) if band == 0 else edges[band - 1]


def _rows(rule: Rule, parameters: Mapping[str, Parameter], on: date) -> Iterable[Row]:
    for id_ in (id_ for stage in rule.stages for _, id_ in figures_of(stage)):
        try:
            yield from entry_on(parameters[id_].dated, on, "").rows
        except NoValueAtDate:
            continue
