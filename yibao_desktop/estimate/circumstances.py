"""What could have been different about a bill: other choices, and amounts that may be other than told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

import msgspec

from yibao_desktop.estimate.facts import RuleFacts, age_within, band_of, day_within, month_within
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.estimate.run import circumstance_of, first_reading
from yibao_desktop.money import ZERO, fen
from yibao_desktop.pack.benefits import AccountFirst, Bands, Deductible, EssentialDrugs, Parameter, Rule
from yibao_desktop.pack.cases import Accounts, EstimateCase, YearToDate
from yibao_desktop.pack.dated import Figure, Figures
from yibao_desktop.pack.schema import Fund

Chosen = Literal[
    "admission", "level", "status", "age", "referral", "away", "family_doctor", "retired_on", "group",
    "transferred_from", "prescription", "tier", "months", "aid",
]
Dialled = Literal[
    "deductible-used", "first-pay", "limit-used", "current-year-account", "own-account", "shared-account",
    "over-limit", "self-funded", "own-part-before", "year-so-far", "stay-deductibles", "essential-drugs",
]
What = Chosen | Dialled | Literal["reading", "rounding", "per-case-payment"]

ORDINARY: tuple[What, ...] = (
    "admission", "deductible-used", "level", "status", "age", "referral", "first-pay", "limit-used", "retired_on",
    "family_doctor", "current-year-account", "own-account", "shared-account", "group", "away", "over-limit",
    "self-funded", "year-so-far", "stay-deductibles", "transferred_from", "prescription", "tier", "own-part-before",
    "essential-drugs", "months", "aid", "reading", "rounding", "per-case-payment",
)
"""Circumstances, the one most often mistaken first （judged from what dossiers say of real differences）."""


@dataclass(frozen=True)
class Choice:
    """The bill with one circumstance chosen otherwise."""

    what: Chosen
    value: str
    case: EstimateCase


@dataclass(frozen=True)
class Dial:
    """An amount of the bill that may be other than told, 元."""

    what: Dialled
    id: str
    """Of the limit or fund it belongs to; empty where there is only one."""
    label: str
    now: Decimal
    highest: Decimal
    turn: Callable[[EstimateCase, Decimal], EstimateCase]
    breaks: tuple[Decimal, ...] = ()
    """Amounts at which a line may stop rising and begin to fall."""


# --- choices --------------------------------------------------------------------------------------------


def choices(case: EstimateCase, rule: Rule, parameters: Mapping[str, Parameter]) -> Iterator[Choice]:
    """Yield the bill under each other circumstance the rule's figures turn on."""
    facts = _facts(case, rule, parameters)
    for what in get_args(Chosen):
        for value, changed in _OTHERWISE[what](case, facts):
            yield Choice(what, value, changed)


def completed(case: EstimateCase, missing: tuple[str, ...], rule: Rule, parameters: Mapping[str, Parameter]
              ) -> Iterator[EstimateCase]:
    """Yield ``case`` with what has become necessary to tell （an age, once retired） told in each way."""
    facts = _facts(case, rule, parameters)
    for what in missing:
        if what in _OTHERWISE:
            for _, changed in _OTHERWISE[what](case, facts):
                yield changed


def _facts(case: EstimateCase, rule: Rule, parameters: Mapping[str, Parameter]) -> RuleFacts:
    return RuleFacts(rule, parameters, case.on, circumstance_of(case, rule, first_reading(rule)))


_Changed = Iterator[tuple[str, EstimateCase]]


def _person(case: EstimateCase, **changes: Any) -> EstimateCase:
    return msgspec.structs.replace(case, person=msgspec.structs.replace(case.person, **changes))


def _visit(case: EstimateCase, **changes: Any) -> EstimateCase:
    return msgspec.structs.replace(case, visit=msgspec.structs.replace(case.visit, **changes))


def _admissions(case: EstimateCase, facts: RuleFacts) -> _Changed:
    for number in range(1, max(facts.stays(), default=1) + 1):
        if facts.stays() and number != case.visit.admission:
            yield str(number), _visit(case, admission=number)


def _levels(case: EstimateCase, facts: RuleFacts) -> _Changed:
    for level in facts.named("level"):
        if level != case.visit.level:
            yield level, _visit(case, level=level)


def _transfers(case: EstimateCase, facts: RuleFacts) -> _Changed:
    stages = facts.rule.stages if facts.rule else ()
    if any(isinstance(stage, Deductible) and stage.transfer for stage in stages):
        for level in (None, *facts.named("level")):
            if level != case.visit.transferred_from:
                yield level or "none", _visit(case, transferred_from=level)


def _referrals(case: EstimateCase, facts: RuleFacts) -> _Changed:
    for referral in facts.rule.referrals if facts.rule else ():
        if referral != case.visit.referral:
            yield referral, _visit(case, referral=referral)


def _away(case: EstimateCase, facts: RuleFacts) -> _Changed:
    if case.visit.referral != "local":
        for away in ("in-province", "outside"):
            if away != case.visit.away and facts.depends_on("away"):
                yield away, _visit(case, away=away)


def _prescription(case: EstimateCase, facts: RuleFacts) -> _Changed:
    if case.visit.kind == "pharmacy" and facts.rule is not None and facts.rule.needs_prescription:
        told = case.visit.prescription is not False
        yield "no" if told else "yes", _visit(case, prescription=not told)


def _family_doctor(case: EstimateCase, facts: RuleFacts) -> _Changed:
    if facts.depends_on("family_doctor"):
        for signed in (True, False):
            if signed != case.person.family_doctor:
                yield "yes" if signed else "no", _person(case, family_doctor=signed)


def _named(field: str) -> Callable[[EstimateCase, RuleFacts], _Changed]:
    def others(case: EstimateCase, facts: RuleFacts) -> _Changed:
        for value in facts.named(field):
            if value != getattr(case.person, field):
                yield value, _person(case, **{field: value})
    return others


def _banded(field: str, edges_of: Callable[[RuleFacts], tuple[Any, ...]], within: Callable[[Any, int], Any]
            ) -> Callable[[EstimateCase, RuleFacts], _Changed]:
    def others(case: EstimateCase, facts: RuleFacts) -> _Changed:
        edges = edges_of(facts)
        told = getattr(case.person, field)
        here = None if told is None else band_of(edges, told)
        for band in range(len(edges) + 1 if edges else 0):
            if band != here:
                value = within(edges, band)
                yield value.isoformat() if isinstance(value, date) else str(value), _person(case, **{field: value})
    return others


_OTHERWISE: Mapping[str, Callable[[EstimateCase, RuleFacts], _Changed]] = {
    "admission": _admissions,
    "level": _levels,
    "status": _named("status"),
    "age": _banded("age", RuleFacts.ages, age_within),
    "referral": _referrals,
    "away": _away,
    "family_doctor": _family_doctor,
    "retired_on": _banded("retired_on", RuleFacts.retirement_dates, day_within),
    "group": _named("group"),
    "transferred_from": _transfers,
    "prescription": _prescription,
    "tier": _named("tier"),
    "months": _banded("months", RuleFacts.months, month_within),
    "aid": _named("aid"),
}


# --- dials ----------------------------------------------------------------------------------------------


def dials(case: EstimateCase, result: Estimate, figures: Figures) -> Iterator[Dial]:
    """Yield the amounts of ``case`` that its rule uses; ``result`` is its complete estimate."""
    assert result.rule is not None
    assert result.standing is not None
    used, accounts, bill = case.year_to_date or YearToDate(), case.accounts or Accounts(), case.bill
    stages = result.rule.stages
    for left in result.standing.left:
        if left.kind == "deductible":
            yield Dial("deductible-used", "", left.label, used.deductible or ZERO, left.of, _year("deductible"))
        elif left.kind == "limit":
            yield Dial("limit-used", left.id, left.label, used.limits.get(left.id, ZERO), left.of, _limit(left.id))
        elif left.pays_at_year_end is None:
            before = used.own_part.get(_fund(left.id), ZERO)
            yield Dial("own-part-before", left.id, left.label, before, left.of + _FAR, _own_part(_fund(left.id)))
    if any(isinstance(stage, Bands) and stage.counted == "year" for stage in stages):
        breaks = _where_bands_end(case, result, figures)
        yield Dial("year-so-far", "", "", used.eligible, _FAR, _year("eligible"), breaks)
    if any(isinstance(stage, Deductible) and stage.year_total for stage in stages):
        yield Dial("stay-deductibles", "", "", used.deductibles or ZERO, _FAR, _year("deductibles"))
    spare = fen(bill.total - bill.self_funded - bill.over_limit - bill.first_pay)
    yield Dial("first-pay", "", "", bill.first_pay, fen(bill.first_pay) + spare, _bill("first_pay"))
    yield Dial("over-limit", "", "", bill.over_limit, fen(bill.over_limit) + spare, _bill("over_limit"))
    yield Dial("self-funded", "", "", bill.self_funded, fen(bill.self_funded) + spare, _bill("self_funded"))
    if any(isinstance(stage, EssentialDrugs) for stage in stages):
        yield Dial("essential-drugs", "", "", bill.essential_drugs, fen(bill.essential_drugs) + spare,
                   _bill("essential_drugs"))
    if any(isinstance(stage, AccountFirst) for stage in stages):
        yield Dial("current-year-account", "", "", accounts.own_current_year, fen(bill.total),
                   _account("own_current_year"))
    if case.accounts is not None:
        yield Dial("own-account", "", "", accounts.own, fen(bill.total), _account("own"))
        yield Dial("shared-account", "", "", sum(accounts.relatives, ZERO), fen(bill.total), _account("shared"))


def _where_bands_end(case: EstimateCase, result: Estimate, figures: Figures) -> tuple[Decimal, ...]:
    """Return what the year's cost may have been when this bill's cost begins or ends at the edge of a band."""
    assert result.rule is not None
    find = figures.for_circumstance(case.on, circumstance_of(case, result.rule, first_reading(result.rule)))
    ends = [found.value for stage in result.rule.stages if isinstance(stage, Bands) for band in stage.bands
            if band.upto is not None and isinstance(found := find(band.upto), Figure)]
    in_scope, deducted = result.amounts["inscp_scp_amt"] or ZERO, result.amounts["act_pay_dedc"] or ZERO
    used = (case.year_to_date.deductible if case.year_to_date else None) or ZERO
    shifts = (ZERO, -in_scope, deducted - in_scope, -deducted, used, used - in_scope, used + deducted - in_scope)
    return tuple(sorted({end + shift for end in ends for shift in shifts if 0 < end + shift < _FAR}))


_FAR = Decimal(1_000_000)
"""元. Farther than any year's cost that still matters."""


def _fund(name: str) -> Fund:
    fund: Fund = msgspec.convert(name, Fund)
    return fund


def _told_year(case: EstimateCase) -> YearToDate:
    # Not told means the year starts with this bill; a deductible of nothing says the same.
    return case.year_to_date or YearToDate(deductible=ZERO)


def _year(field: str) -> Callable[[EstimateCase, Decimal], EstimateCase]:
    def turn(case: EstimateCase, amount: Decimal) -> EstimateCase:
        year = msgspec.structs.replace(_told_year(case), **{field: amount})
        return msgspec.structs.replace(case, year_to_date=year)
    return turn


def _limit(id_: str) -> Callable[[EstimateCase, Decimal], EstimateCase]:
    def turn(case: EstimateCase, amount: Decimal) -> EstimateCase:
        year = _told_year(case)
        year = msgspec.structs.replace(year, limits={**year.limits, id_: amount})
        return msgspec.structs.replace(case, year_to_date=year)
    return turn


def _own_part(fund: Fund) -> Callable[[EstimateCase, Decimal], EstimateCase]:
    def turn(case: EstimateCase, amount: Decimal) -> EstimateCase:
        year = _told_year(case)
        year = msgspec.structs.replace(year, own_part={**year.own_part, fund: amount})
        return msgspec.structs.replace(case, year_to_date=year)
    return turn


def _bill(field: str) -> Callable[[EstimateCase, Decimal], EstimateCase]:
    def turn(case: EstimateCase, amount: Decimal) -> EstimateCase:
        return msgspec.structs.replace(case, bill=msgspec.structs.replace(case.bill, **{field: amount}))
    return turn


def _account(field: str) -> Callable[[EstimateCase, Decimal], EstimateCase]:
    def turn(case: EstimateCase, amount: Decimal) -> EstimateCase:
        accounts = msgspec.structs.replace(case.accounts or Accounts(), **{field: amount})
        return msgspec.structs.replace(case, accounts=accounts)
    return turn


