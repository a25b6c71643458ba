"""A year of bills: each one starts where the bills before it left deductibles, limits and 大病.

What several rules name by the same figure they share: a deductible, a limit, the threshold of 大病.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

import msgspec

from yibao_desktop.estimate.engine import benefit_year, estimate
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.estimate.standing import Left
from yibao_desktop.money import ZERO
from yibao_desktop.pack.benefits import Deductible, OnOwnPart, Rule
from yibao_desktop.pack.cases import EstimateCase, YearToDate
from yibao_desktop.pack.schema import Fund
from yibao_desktop.pack.store import Pack

K = TypeVar("K")


@dataclass(frozen=True)
class YearBill:
    """One bill in its place in the year."""

    case: EstimateCase
    """As entered, with what earlier bills used, and the number of the stay."""
    result: Estimate


def follow(cases: Iterable[EstimateCase], pack: Pack) -> tuple[YearBill, ...]:
    """Estimate bills of one person one after another, by day of settlement; bills of one day keep their order.

    What the first bill under a rule was told to have used already counts; for later ones it is worked out. A new
    benefit year starts from nothing.
    """
    ledgers: dict[date, _Ledger] = defaultdict(_Ledger)
    done = []
    for case in sorted(cases, key=lambda case: case.on):
        rule = estimate(case, pack, other_readings=False).rule
        if rule is not None:
            ledger = ledgers[benefit_year(rule, case.on)]
            case = ledger.continued(case, rule)
        result = estimate(case, pack)
        done.append(YearBill(case, result))
        if rule is not None and result.standing is not None:
            ledger.book(case, rule, result.standing.next)
    return tuple(done)


def left_of_year(bills: Iterable[YearBill], shown: YearBill) -> tuple[Left, ...]:
    """Return thresholds and limits as they stand after the last of the bills in the benefit year of ``shown``."""
    if shown.result.rule is None:
        return ()
    year = benefit_year(shown.result.rule, shown.case.on)
    found: dict[tuple[str, str, str], Left] = {}
    for bill in bills:
        rule, standing = bill.result.rule, bill.result.standing
        if rule is not None and standing is not None and benefit_year(rule, bill.case.on) == year:
            found |= {(left.kind, left.id, left.label): left for left in standing.left}
    return tuple(found.values())


@dataclass
class _Ledger:
    """What one benefit year has used."""

    deductibles: dict[str, Decimal] = field(default_factory=dict)
    limits: dict[str, Decimal] = field(default_factory=dict)
    own_parts: dict[str, Decimal] = field(default_factory=dict)
    by_rule: dict[str, YearToDate] = field(default_factory=dict)
    stays: int = 0

    def continued(self, case: EstimateCase, rule: Rule) -> EstimateCase:
        """Return ``case`` with the year as it stands before it; the first bill keeps what was told, or not told.

        What was told of a later bill may speak of earlier bills that were entered too, so the larger amount counts.
        """
        if not self.by_rule:
            return case
        before = _larger(self.by_rule.get(rule.id, YearToDate(deductible=ZERO)), case.year_to_date)
        yearly = _yearly_deductible(rule)
        shared = YearToDate(
            deductible=self.deductibles.get(yearly) if yearly else None, limits=self.limits,
            own_part={fund: self.own_parts[key] for fund, key in _own_parts(rule) if key in self.own_parts})
        visit = case.visit
        if visit.kind == "inpatient" and self.stays:
            visit = msgspec.structs.replace(visit, admission=max(visit.admission, self.stays + 1))
        return msgspec.structs.replace(case, year_to_date=_larger(before, shared), visit=visit)

    def book(self, case: EstimateCase, rule: Rule, after: YearToDate) -> None:
        """Take over the year as it stands after ``case``."""
        self.by_rule[rule.id] = after
        yearly = _yearly_deductible(rule)
        if yearly and after.deductible is not None:
            self.deductibles[yearly] = after.deductible
        self.limits |= after.limits
        self.own_parts |= {key: after.own_part[fund] for fund, key in _own_parts(rule) if fund in after.own_part}
        if case.visit.kind == "inpatient":
            self.stays = max(self.stays + 1, case.visit.admission)


def _larger(one: YearToDate, other: YearToDate | None) -> YearToDate:
    """Return the larger amount of two accounts of the same year, item by item."""
    if other is None:
        return one
    return YearToDate(
        deductible=_most(one.deductible, other.deductible), eligible=max(one.eligible, other.eligible),
        deductibles=_most(one.deductibles, other.deductibles), paid=_most_of(one.paid, other.paid),
        limits=_most_of(one.limits, other.limits), own_part=_most_of(one.own_part, other.own_part))


def _most(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return max((amount for amount in (one, other) if amount is not None), default=None)


def _most_of(one: Mapping[K, Decimal], other: Mapping[K, Decimal]) -> dict[K, Decimal]:
    return {key: max(one.get(key, ZERO), other.get(key, ZERO)) for key in (*one, *other)}


def _yearly_deductible(rule: Rule) -> str | None:
    return next((stage.amount for stage in rule.stages if isinstance(stage, Deductible) and stage.per == "year"), None)


def _own_parts(rule: Rule) -> list[tuple[Fund, str]]:
    """Return each fund that pays on the own part of the year, with the name its base goes by."""
    return [(stage.fund, stage.threshold or f"{rule.id}.{stage.fund}") for stage in rule.stages
            if isinstance(stage, OnOwnPart) and stage.counted == "year"]
