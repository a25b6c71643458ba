"""What a place's rule makes it necessary to ask, and the answers it distinguishes.

A wizard asks only what the rule depends on: an age, a retirement date, a level or the number of the stay is
asked where some row of the rule's figures turns on it for this person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from yibao_desktop.errors import NoValueAtDate
from yibao_desktop.pack.benefits import (
    Bands,
    EssentialDrugs,
    Limit,
    OnOwnPart,
    Parameter,
    Row,
    Rule,
    Stage,
    Tier,
    figures_of,
)
from yibao_desktop.pack.dated import Circumstance, Unlimited, conditions, entry_on, look_up, matches_so_far, stays
from yibao_desktop.pack.schema import Level, Scheme
from yibao_desktop.pack.store import Place

LEVEL_ORDER: tuple[Level, ...] = (
    "village", "community", "primary", "secondary", "tertiary-district", "tertiary", "tertiary-top",
    "specialist",
)
COMMON_LEVELS = frozenset({"community", "primary", "secondary", "tertiary"})
"""Levels every place has, whether or not its figures are known: nobody must be led into another level's row."""

S = TypeVar("S", bound=Stage)


class RuleFacts:
    """A place's rule for one scheme and kind of visit on one day, seen by what it depends on."""

    def __init__(
        self, rule: Rule | None, parameters: Mapping[str, Parameter], on: date, circumstance: Circumstance
    ) -> None:
        self.circumstance = circumstance
        self.rule = rule
        self.parameters = parameters
        self.on = on
        self.tiers: tuple[Tier, ...] = ()
        """Tiers of contributions of the place, of this scheme."""
        self._rows = tuple(_rows(rule, parameters, on)) if rule is not None else ()

    @classmethod
    def of_place(cls, place: Place, scheme: Scheme, on: date, circumstance: Circumstance) -> RuleFacts:
        """Look at the rule in force in ``place``; one that is not known counts as none."""
        found = place.rules(scheme, circumstance.visit)
        if found is None:
            return cls(None, {}, on, circumstance)
        layer, rules = found
        try:
            rule: Rule | None = entry_on(rules, on, "")
        except NoValueAtDate:
            rule = None
        if rule is not None and rule.unknown is not None:
            rule = None
        facts = cls(rule, layer.parameters, on, circumstance)
        facts.tiers = tuple(tier for tier in layer.benefits.tiers if tier.scheme == scheme)
        return facts

    @property
    def known(self) -> bool:
        """Tell whether there is a rule to estimate by."""
        return self.rule is not None

    @property
    def only_tier(self) -> str | None:
        """The only tier of contributions the rule's figures hold for, where the place has several."""
        return self.rule.only_for if self.rule else None

    def stages(self, kind: type[S]) -> tuple[S, ...]:
        """Stages of one kind."""
        return tuple(stage for stage in (self.rule.stages if self.rule else ()) if isinstance(stage, kind))

    def limits(self) -> tuple[Limit, ...]:
        """Yearly limits of the rule, each once; those a person's circumstance rules out are left out."""
        limits = (limit for stage in self.stages(Bands) for band in stage.bands for limit in band.limits)
        essential = (limit for stage in self.stages(EssentialDrugs) for limit in stage.limits)
        found = {limit.amount: limit for limit in (*limits, *essential)}
        return tuple(limit for limit in found.values()
                     if not isinstance(look_up(self.parameters[limit.amount], self.on, self.circumstance), Unlimited))

    def depends_on(self, name: str) -> bool:
        """Tell whether some figure that can apply to this person turns on the circumstance ``name``."""
        return any(name in conditions(row) for row in self._applicable(without=name))

    def named(self, name: str) -> tuple[str, ...]:
        """Values of the circumstance ``name`` that figures for this person speak of, in order of first mention."""
        found: dict[str, None] = {}
        for row in self._applicable(without=name):
            value = getattr(row, name)
            found |= dict.fromkeys((value,) if isinstance(value, str) else value or ())
        return tuple(found)

    def levels(self) -> tuple[Level, ...]:
        """Levels to choose from, lowest first: the common ones, and those only this rule knows."""
        named = {*self.named("level"), *COMMON_LEVELS}
        return tuple(level for level in LEVEL_ORDER if level in named)

    def ages(self) -> tuple[int, ...]:
        """Ages (whole years) at which a figure changes."""
        rows = self._applicable(without="age")
        edges = {edge for row in rows for edge in (row.age_from, row.age_below) if edge is not None}
        return tuple(sorted(edges))

    def months(self) -> tuple[int, ...]:
        """Months of membership from which a figure changes."""
        rows = self._applicable(without="months")
        edges = {edge for row in rows for edge in (row.months_from, row.months_below) if edge is not None}
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


def month_within(edges: tuple[int, ...], band: int) -> int:
    """Return a number of months that stands for the ``band``-th stretch between ``edges``."""
    return age_within(edges, band)


def band_of(edges: tuple[Any, ...], value: Any) -> int:
    """Return the number of the stretch between ``edges`` that ``value`` lies in."""
    return sum(edge <= value for edge in edges)


def day_within(edges: tuple[date, ...], band: int) -> date:
    """Return a day that stands for the ``band``-th stretch between ``edges``."""
    return edges[0] - timedelta(days=1) if band == 0 else edges[band - 1]


def _rows(rule: Rule, parameters: Mapping[str, Parameter], on: date) -> Iterable[Row]:
    """Yield the rows of all figures that change a line of the bill.

    What is settled at year end is left out: nobody is asked a question for its sake.
    """
    with_bill = (stage for stage in rule.stages if not (isinstance(stage, OnOwnPart) and stage.paid == "year-end"))
    for id_ in (id_ for stage in with_bill for _, id_ in figures_of(stage)):
        try:
            yield from entry_on(parameters[id_].dated, on, "").rows
        except NoValueAtDate:
            continue
