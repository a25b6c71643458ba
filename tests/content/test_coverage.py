"""What the pack promises as a whole: every provincial unit, every rule, every trap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest

from yibao_desktop.channels.find import find_channels
from yibao_desktop.cli.worked_cases import run_cases
from yibao_desktop.estimate.engine import estimate, rules_for
from yibao_desktop.pack.benefits import (
    AccountRules,
    Band,
    Limit,
    OwnBand,
    Row,
    Rule,
    Stage,
    Supplement,
    figures_of,
    limits_of,
)
from yibao_desktop.pack.cases import (
    Accounts,
    Bill,
    EstimateCase,
    Member,
    Person,
    SharingCase,
    Visit,
    YearToDate,
    read_estimate_case,
)
from yibao_desktop.pack.schema import Cited
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.sharing.decision import decide

PACK = Pack(CONTENT)
PROVINCES = [region for region in PACK.regions.values() if region.province == region.code]


@pytest.fixture(scope="module")
def estimate_cases() -> dict[str, EstimateCase]:
    return {path.stem: read_estimate_case(path) for path in (CONTENT / "cases" / "estimate").glob("*.yaml")}


def test_there_are_32_provincial_units():
    assert len(PROVINCES) == 32


@pytest.mark.parametrize("region", PROVINCES, ids=lambda region: region.short)
def test_a_provincial_unit_answers_sharing_with_a_labelled_way(region):
    result = decide(SharingCase(region=region.code, member=Member(relation="parent")), PACK)
    assert result.verdict == "yes"
    assert result.bindings
    for layer, binding in result.bindings:
        assert layer.name in (region.name, "全国")
        assert binding.steps
    assert result.about("deduct-order")
    assert result.about("unbind")
    assert result.about("usage")


@pytest.mark.parametrize("region", PROVINCES, ids=lambda region: region.short)
def test_a_provincial_unit_meets_every_need_of_the_channels_wizard(region):
    place = PACK.place(region.code)
    for need in PACK.needs:
        found = find_channels(place, need.id)
        assert found, need.id
        assert all(item.layer.name in (region.name, "全国") for item in found)


def test_every_rule_of_the_pack_is_worked_by_hand_in_some_case(estimate_cases):
    worked = set()
    for case in estimate_cases.values():
        rule = estimate(case, PACK).rule
        if rule is not None and case.region is not None:
            worked.add((rule.id, rule.from_))
    rules = {(rule.id, rule.from_) for layer in PACK.all_layers() for rule in layer.benefits.rules
             if rule.unknown is None}
    assert rules - worked == set()


# --- every switch ---------------------------------------------------------------------------------


RULE_KINDS: tuple[type[Any], ...] = (Rule, AccountRules, *get_args(Stage), Limit, Band, Supplement, OwnBand, Row)
CASE_KINDS: tuple[type[Any], ...] = (EstimateCase, Person, Visit, Bill, YearToDate, Accounts)
NO_SWITCH = {
    # what a thing is called, and who says so
    *Cited.__struct_fields__, "id", "title", "label", "text", "who", "remarks", "assumes",
    # what every rule and case has, and parts that are looked at by themselves
    "scheme", "visits", "from_", "stages", "bands", "fund", "region", "rules", "on", "person", "visit", "bill", "kind",
    "total", "expect", "published", "slip",
}


def words_of(hint: Any) -> list[str]:
    """The words a field chooses from, where it does."""
    if get_origin(hint) is Literal:
        return [word for word in get_args(hint) if isinstance(word, str)]
    return [word for part in get_args(hint) for word in words_of(part)]


@cache
def switches(record: type[Any]) -> dict[str, tuple[str, list[str], Any]]:
    """Name, words and default of each switch of a record, by field."""
    hints = get_type_hints(record)
    found = {}
    for field in msgspec.structs.fields(record):
        words = words_of(hints[field.name])
        # Which person or hospital is meant is no switch by itself, only that the figure turns on it.
        chooses = record in RULE_KINDS and (record is not Row or field.name == "admission")
        if field.name == "pharmacy_as":
            words = ["prescriber", "level"]
        if field.name not in NO_SWITCH:
            found[field.name] = (f"{record.__name__}.{field.name}", words if chooses else [], field.default)
    return found


def all_switches() -> set[str]:
    wanted = {kind.__name__ for kind in get_args(Stage)}
    for kind in (*RULE_KINDS, *CASE_KINDS):
        for name, words, default in switches(kind).values():
            # What stands there unless written otherwise is nothing anybody chose.
            usual = default if isinstance(default, tuple) else (default,)
            wanted |= {f"{name}={word}" for word in words if word not in usual} if words else {name}
    return wanted


def thrown(record: Any) -> set[str]:
    """The switches of one record that stand elsewhere than usual."""
    found = {type(record).__name__}
    for field, (name, words, default) in switches(type(record)).items():
        value = getattr(record, field)
        if value == default or value in (None, (), {}):
            continue
        if not words:
            found.add(name)
        elif field == "pharmacy_as":
            found.add(f"{name}={value if value == 'prescriber' else 'level'}")
        else:
            found |= {f"{name}={word}" for word in (value if isinstance(value, tuple) else (value,))}
    return found


def thrown_in(case: EstimateCase) -> set[str]:
    """The switches of a case and of the rule it falls under, with the rows of the day the rule uses."""
    accounts, year = case.accounts or Accounts(), case.year_to_date or YearToDate()
    records: list[Any] = [case, case.person, case.visit, case.bill, accounts, year]
    found = rules_for(case, PACK)
    rule = in_force(found.rules, case.on)
    if rule is not None:
        records += [rule, rule.accounts, *rule.stages]
        for stage in rule.stages:
            bands = getattr(stage, "bands", ())
            records += [*limits_of(stage), *bands]
            records += [band.supplement for band in bands if getattr(band, "supplement", None)]
            entries = [in_force(found.figures.parameters[id_].dated, case.on) for _, id_ in figures_of(stage)]
            records += [row for entry in entries if entry is not None for row in entry.rows]
    return set().union(*map(thrown, records))


def in_force(entries: Iterable[Any], day: date) -> Any:
    """The entry that began last, if one has begun."""
    return max((entry for entry in entries if entry.from_ <= day), key=lambda entry: entry.from_, default=None)


@pytest.fixture(scope="module")
def uses(estimate_cases) -> Counter[str]:
    return Counter(switch for case in estimate_cases.values() for switch in thrown_in(case))


@pytest.mark.parametrize("switch", sorted(all_switches()))
def test_every_switch_is_worked_by_hand_in_two_cases(switch, uses):
    assert uses[switch] >= 2


def test_the_list_of_switches_follows_the_types():
    assert {"OnOwnPart", "Deductible.per=visit", "Deductible.share_of=in-scope", "Limit.measures=both", "Row.unlimited",
            "Remote.method=factor", "OnOwnPart.counts=remote-cut", "OnOwnPart.paid=year-end", "Rule.readings",
            "Rule.across_year=admitted", "Rule.pharmacy_as=level", "AccountRules.own=self-funded",
            "AccountRules.first=shared", "EstimateCase.told", "Row.months_from"} <= all_switches()
    assert not {"Limit.measures=payment", "Rule.title", "Band.fund"} & all_switches()


def test_the_published_examples_are_all_there(estimate_cases):
    for number in range(1, 12):
        assert [name for name in estimate_cases if name.startswith(f"e{number:02}-")], number


def test_all_cases_come_out():
    outcomes = list(run_cases(PACK))
    assert sum(outcome.name.startswith("cases/estimate/") for outcome in outcomes) >= 100
    assert [finding for outcome in outcomes for finding in outcome.findings] == []


def test_each_trap_has_its_correction():
    corrected = {rumour.trap for rumour in PACK.rumours}
    wanted = {f"T{number:02}" for number in range(1, 27)} | {f"TR{number:02}" for number in range(1, 11)}
    assert wanted <= corrected
