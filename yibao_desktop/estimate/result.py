"""The outcome of an estimate: money lines, the working that led there, and what was not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from yibao_desktop.money import plain
from yibao_desktop.pack.benefits import Reading, Rule, Unit
from yibao_desktop.pack.cases import EXPECTED_NAMES
from yibao_desktop.pack.schema import Confidence

if TYPE_CHECKING:
    from yibao_desktop.estimate.standing import Standing

LINES = EXPECTED_NAMES
"""Money lines by their names in the national settlement interface, in its order."""


class Step(NamedTuple):
    """One line of the working."""

    label: str
    formula: str
    amount: Decimal
    """元, rounded to the fen for showing."""
    sources: tuple[str, ...] = ()
    """Ids of the sources of the figures used; empty for what the person entered."""
    confidence: Confidence | None = None
    in_force_from: date | None = None
    checked: date | None = None
    note: str | None = None
    figure: str | None = None
    """Name of the figure used."""

    def to_json(self) -> dict[str, Any]:
        """Give the console contract's form."""
        return {"label": self.label, "formula": self.formula, "amount": plain(self.amount),
                "sources": list(self.sources)}


@dataclass(frozen=True)
class Unknown:
    """Something the estimate would need and the pack, or the person, has not told."""

    id: str
    label: str
    reason: str
    who: str | None = None
    """Who knows."""
    stops: bool = True
    """False where the estimate goes on under a stated assumption."""
    not_told: tuple[str, ...] = ()
    """Circumstances the person can still tell."""
    known_on: date | None = None
    """A day near the asked one on which the rule is known."""
    asks: Unit | None = None
    """The unit in which the person may give the figure from the settlement slip; ``None`` where that is no help."""


@dataclass(frozen=True)
class ReadingOutcome:
    """What one way of reading the rule comes to."""

    reading: Reading
    amounts: Mapping[str, Decimal | None]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Estimate:
    """What a bill comes to under one rule."""

    on: date
    rule: Rule | None
    spoken_by: str | None
    """The place whose rule it is."""
    amounts: Mapping[str, Decimal | None]
    """元 by interface name; ``None`` where a missing figure leaves the line open."""
    steps: tuple[Step, ...]
    assumptions: tuple[str, ...]
    unknown: tuple[Unknown, ...]
    accounts_told: bool = True
    """False where account and cash were not told apart: the whole personal part stands as cash."""
    stand: Callable[[], Standing] | None = field(default=None, repr=False, compare=False)
    """Works ``standing`` out; ``None`` where lines are open."""
    readings: tuple[ReadingOutcome, ...] = ()
    """Every reading of the rule, the one used first, where they do not come to the same; otherwise empty."""

    @cached_property
    def standing(self) -> Standing | None:
        """The rest of the year; ``None`` where lines are open. Worked out when first asked for."""
        return self.stand() if self.stand is not None else None

    def between(self, name: str) -> tuple[Decimal, Decimal] | None:
        """Return the least and the most a line comes to over the readings that come to something, 元.

        ``None`` where the reading that is used leaves it open.
        """
        used = self.amounts[name]
        if used is None:
            return None
        known = [value for outcome in self.readings if (value := outcome.amounts[name]) is not None]
        return min([used, *known]), max([used, *known])

    @property
    def complete(self) -> bool:
        """Tell whether every line has an amount."""
        return all(amount is not None for amount in self.amounts.values())

    def to_json(self) -> dict[str, Any]:
        """Give the console contract's form: amounts as strings with two decimals, ``null`` where open."""
        return {
            **{name: None if (amount := self.amounts[name]) is None else plain(amount) for name in LINES},
            "on": self.on.isoformat(),
            "rule": self.rule.id if self.rule else None,
            "place": self.spoken_by,
            "steps": [step.to_json() for step in self.steps],
            "assumptions": list(self.assumptions),
            "unknown": [
                {"id": gap.id, "label": gap.label, "reason": gap.reason, "who": gap.who,
                 "stops": gap.stops, "asks": gap.asks}
                for gap in self.unknown
            ],
            "readings": [
                {"id": outcome.reading.id, "label": outcome.reading.label, "text": outcome.reading.text,
                 "lines": {name: None if (amount := outcome.amounts[name]) is None else plain(amount)
                           for name in LINES},
                 "steps": [step.to_json() for step in outcome.steps]}
                for outcome in self.readings
            ],
            "year_after": [
                {"kind": left.kind, "label": left.label, "of": plain(left.of), "used": plain(left.used),
                 "left": plain(left.left),
                 "pays_at_year_end": None if left.pays_at_year_end is None else plain(left.pays_at_year_end)}
                for left in (self.standing.left if self.standing else ())
            ],
        }
