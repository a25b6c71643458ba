"""The laws of a bill under every rule of the shipped pack."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import PACK, Town, assert_sums, balances, bills, known_lines, with_more, years

from yibao_desktop.errors import NoValueAtDate
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.pack.benefits import BenefitsFile, Parameter, Rule, figures_of
from yibao_desktop.pack.cases import Accounts, Bill, EstimateCase, Person, Visit, YearToDate
from yibao_desktop.pack.dated import entry_on
from yibao_desktop.pack.schema import Aid


def shipped() -> list[Any]:
    """Every rule of the pack that says how it is paid, on the first day it holds and on its last (or a later) day."""
    found = []
    for code in PACK.described_codes():
        rules = PACK.place(code).layers[0].benefits.rules
        for rule in rules:
            if rule.unknown is None:
                later = [other.from_ for other in rules if other.id == rule.id and other.from_ > rule.from_]
                last = min(later) - timedelta(days=1) if later else date(2026, 11, 22)
                found += [pytest.param(code, rule, day, id=f"{rule.id}-{day}") for day in (rule.from_, last)]
    return found


def circumstances(code: str, rule: Rule) -> st.SearchStrategy[tuple[Person, Visit]]:
    """Draw mostly what the rule's figures speak of: some places know one level or one group only."""
    parameters = PACK.place(code).layers[0].parameters
    rows = [row for stage in rule.stages for _, id_ in figures_of(stage)
            for entry in parameters[id_].dated for row in entry.rows]

    def mostly_named(field: str, everything: tuple[str, ...]) -> st.SearchStrategy[str]:
        values = [value for row in rows if (value := getattr(row, field)) is not None]
        named = sorted({item for value in values for item in ((value,) if isinstance(value, str) else value)})
        return st.sampled_from([*(named * 4), *everything])

    person = st.builds(
        Person, status=mostly_named("status", ("active", "retired")),
        group=mostly_named("group", ("adult", "minor", "student", "senior")), age=st.integers(0, 100),
        retired_on=st.dates(date(1990, 1, 1), date(2026, 1, 1)), family_doctor=st.booleans(),
        months=st.integers(0, 40), aid=mostly_named("aid", get_args(Aid)),
        tier=st.sampled_from([tier.id for tier in PACK.place(code).layers[0].benefits.tiers] or [None]),
    )
    visit = st.builds(
        Visit, kind=st.sampled_from(rule.visits), admission=st.integers(1, 3), referral=st.sampled_from(rule.referrals),
        away=st.sampled_from(("in-province", "outside")), prescription=st.booleans(),
        transferred_from=st.none() | mostly_named("level", ("primary", "secondary", "tertiary")),
        level=mostly_named("level", ("village", "community", "primary", "secondary", "tertiary-district", "tertiary",
                                     "tertiary-top", "specialist")),
    )
    return st.tuples(person, visit)


@pytest.mark.parametrize(("code", "rule", "day"), shipped())
def test_the_lines_add_up_under_every_rule_of_the_pack(code, rule, day):
    known = 0
    town = Town(BenefitsFile(rules=(rule,)), Visit(kind=rule.visits[0]))

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(circumstances(code, rule), bills() | bills().map(_larger), years(town), balances)
    def law(who: tuple[Person, Visit], bill: Bill, used: YearToDate | None, accounts: Accounts | None) -> None:
        nonlocal known
        result: Estimate = estimate(EstimateCase(
            region=code, on=day, scheme=rule.scheme, person=who[0], visit=who[1], bill=bill, year_to_date=used,
            accounts=accounts), PACK)
        assert result.rule == rule
        if result.complete:
            known += 1
            assert_sums(known_lines(result), rule, accounts)
        else:
            assert any(gap.stops and gap.who for gap in result.unknown)

    law()
    parameters = PACK.place(code).layers[0].parameters
    needed = [parameters[id_] for stage in rule.stages for _, id_ in figures_of(stage)]
    assert known > 0 or any(not known_on(parameter, day) for parameter in needed)


def known_on(parameter: Parameter, day: date) -> bool:
    try:
        return entry_on(parameter.dated, day, "").unknown is None
    except NoValueAtDate:
        return False


def _larger(bill: Bill) -> Bill:
    """A bill that crosses yearly limits."""
    return with_more(bill, Decimal(700_000))
