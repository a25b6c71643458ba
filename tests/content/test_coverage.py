"""What the pack promises as a whole: every provincial unit, every rule, every trap."""

from __future__ import annotations

import pytest

from yibao_desktop.channels.find import find_channels
from yibao_desktop.cli.worked_cases import run_cases
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.pack.cases import Member, SharingCase, read_estimate_case
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.sharing.decision import decide

PACK = Pack(CONTENT)
PROVINCES = [region for region in PACK.regions.values() if region.province == region.code]


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


def test_every_rule_of_the_pack_is_worked_by_hand_in_some_case():
    worked = set()
    for path in (CONTENT / "cases" / "estimate").glob("*.yaml"):
        case = read_estimate_case(path)
        rule = estimate(case, PACK).rule
        if rule is not None and case.region is not None:
            worked.add((rule.id, rule.from_))
    rules = {(rule.id, rule.from_) for layer in PACK.all_layers() for rule in layer.benefits.rules
             if rule.unknown is None}
    assert rules - worked == set()


def test_all_cases_come_out():
    outcomes = list(run_cases(PACK))
    assert len(outcomes) >= 60
    assert [finding for outcome in outcomes for finding in outcome.findings] == []


def test_each_trap_has_its_correction():
    corrected = {rumour.trap for rumour in PACK.rumours}
    wanted = {f"T{number:02}" for number in range(1, 27)} | {f"TR{number:02}" for number in range(1, 11)}
    assert wanted <= corrected
