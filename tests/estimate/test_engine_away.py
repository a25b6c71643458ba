"""Care away from home, in a pharmacy, and of people in special circumstances."""

from __future__ import annotations

from decimal import Decimal

import pytest
from town import Town, accounts, assert_open, lines, unknown_entry

from yibao_desktop.pack.benefits import Row
from yibao_desktop.pack.cases import Person, Visit

AWAY = Visit(kind="inpatient", referral="unfiled")
BOTH = ("local", "unfiled")


def test_points_come_off_the_share_and_only_away_from_home(pack):
    town = Town(referrals=BOTH).deductible("500").remote("points", "0.2").pays("0.9")
    # home 1000 − 500 = 500 × 90% = 450; away 500 × (90% − 20%) = 350
    assert lines(town.on(pack, "1000"), "hifp_pay", "psn_part_amt") == ("450.00", "550.00")
    assert lines(town.on(pack, "1000", visit=AWAY), "hifp_pay", "psn_part_amt") == ("350.00", "650.00")


def test_a_factor_multiplies_the_share(pack):
    town = Town(referrals=BOTH).deductible("500").remote("factor", "0.8").pays("0.9")
    # 500 × 90% × 80% = 360, where 20 points would give 350
    assert lines(town.on(pack, "1000", visit=AWAY), "hifp_pay") == ("360.00",)


def test_a_first_payment_comes_before_the_deductible_and_is_the_persons(pack):
    town = Town(referrals=BOTH).remote("prepay", "0.1").deductible("500").pays("0.9")
    # 1000 × 10% = 100 first; 900 − 500 = 400 × 90% = 360; the person bears 640
    result = town.on(pack, "1000", visit=AWAY, first_pay="0")
    assert lines(result, "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc", "hifp_pay", "psn_part_amt") == (
        "100.00", "900.00", "500.00", "360.00", "640.00")
    assert lines(town.on(pack, "1000"), "preselfpay_amt", "hifp_pay") == ("0.00", "450.00")


def test_points_above_the_share_leave_nothing_and_never_less(pack):
    result = Town(referrals=BOTH).remote("points", "0.6").pays("0.5").on(pack, "1000", visit=AWAY)
    assert lines(result, "hifp_pay", "psn_part_amt") == ("0.00", "1000.00")


def test_a_ceiling_holds_away_from_home_too(pack):
    town = Town(referrals=BOTH).remote("factor", "0.5").pays("0.8", paid_upto="100")
    # 1000 × 80% × 50% = 400, of which the fund pays 100
    assert lines(town.on(pack, "1000", visit=AWAY), "hifp_pay") == ("100.00",)


def test_a_cut_that_is_not_known_is_a_gap(pack):
    result = Town(referrals=BOTH).remote("points", (Row(value=Decimal("0.1"), referral="referred"),)).pays("0.9").on(
        pack, "1000", visit=AWAY)
    assert lines(result, "hifp_pay") == (None,)
    assert result.unknown[0].stops


def test_a_person_of_another_tier_is_not_estimated_by_this_one(pack):
    town = Town(only_for="一档").deductible("500").pays("0.9")
    here = town.on(pack, "1000")
    assert lines(here, "hifp_pay") == ("450.00",)
    assert any("一档" in assumption for assumption in here.assumptions)
    other = town.on(pack, "1000", person=Person(other_tier=True))
    assert lines(other, "hifp_pay", "inscp_scp_amt") == (None, "1000.00")
    assert "一档" in other.unknown[0].reason


# --- in the province or outside it ------------------------------------------------------------------


CUTS = (Row(value=Decimal("0.1"), away="in-province"), Row(value=Decimal("0.2"), away="outside"))


@pytest.mark.parametrize(("method", "away", "pays"), [
    # 1000 × (90% − 10%); 1000 × (90% − 20%)
    ("points", "in-province", "800.00"), ("points", "outside", "700.00"),
    # 10% first: 900 × 90%; 20% first: 800 × 90%
    ("prepay", "in-province", "810.00"), ("prepay", "outside", "720.00"),
    # 1000 × 90% × 10%; 1000 × 90% × 20%
    ("factor", "in-province", "90.00"), ("factor", "outside", "180.00"),
])
def test_a_cut_may_differ_in_the_province_and_outside(pack, method, away, pays):
    town = Town(referrals=BOTH).remote(method, CUTS).pays("0.9")
    result = town.on(pack, "1000", visit=Visit(kind="inpatient", referral="unfiled", away=away))
    assert lines(result, "hifp_pay") == (pays,)


def test_where_care_was_had_is_asked_for_away_from_home_only(pack):
    town = Town(referrals=BOTH).remote("points", CUTS).pays("0.9")
    result = town.on(pack, "1000", visit=AWAY)
    assert_open(result)
    assert result.unknown[0].not_told == ("away",)
    assert town.on(pack, "1000").complete


def test_at_home_it_is_home_whatever_is_told(pack):
    rows = (Row(value=Decimal("0.9"), away="local"), Row(value=Decimal("0.7"), away=("in-province", "outside")))
    town = Town(referrals=BOTH).pays(rows)
    at_home = Visit(kind="inpatient", referral="local", away="outside")
    assert lines(town.on(pack, "1000", visit=at_home), "hifp_pay") == ("900.00",)


# --- a first payment among other stages -------------------------------------------------------------


def test_a_first_payment_after_the_account_and_the_drugs_leaves_them_in_scope(pack):
    town = Town(referrals=BOTH).account_first().drugs("1").remote("prepay", "0.1").deductible("100").pays("0.5")
    # 1000 − 200 from the account − 300 for drugs = 500; 10% = 50 first; 450 − 100 = 350 × 50% = 175; + 300.
    # In scope 950: the account, the drugs and the 450.
    result = town.on(pack, "1000", visit=AWAY, essential_drugs="300", accounts=accounts(year="200"))
    assert lines(result, "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc", "hifp_pay", "psn_part_amt") == (
        "50.00", "950.00", "100.00", "475.00", "525.00")


def test_a_first_payment_that_is_not_known_leaves_open_what_is_in_scope(pack):
    town = Town(referrals=BOTH).remote("prepay", unknown_entry()).pays("0.5")
    result = town.on(pack, "1000", visit=AWAY, first_pay="100")
    assert {name for name, amount in result.amounts.items() if amount is not None} == {
        "medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay"}
    assert lines(town.on(pack, "1000", first_pay="100"), "preselfpay_amt", "inscp_scp_amt") == ("100.00", "900.00")


def test_what_is_in_scope_stands_once_the_first_payment_is_known(pack):
    town = Town(referrals=BOTH).remote("prepay", "0.1").pays(unknown_entry())
    result = town.on(pack, "1000", visit=AWAY)
    assert lines(result, "preselfpay_amt", "inscp_scp_amt", "hifp_pay") == ("100.00", "900.00", None)


def test_an_unknown_cut_of_shares_leaves_what_is_in_scope_alone(pack):
    result = Town(referrals=BOTH).remote("factor", unknown_entry()).pays("0.5").on(pack, "1000", visit=AWAY)
    assert_open(result)


def test_points_come_off_a_supplement_too(pack):
    town = Town(referrals=BOTH).remote("points", "0.2").pays("0.7", plus="0.25")
    # 1000 × (70% − 20%) and 1000 × (25% − 20%)
    assert lines(town.on(pack, "1000", visit=AWAY), "hifp_pay", "oth_pay") == ("500.00", "50.00")


# --- pharmacies -------------------------------------------------------------------------------------


BY_LEVEL = (Row(value=Decimal("0.8"), level="primary"), Row(value=Decimal("0.6"), level="tertiary"))


def pharmacy(**rule: object) -> Town:
    return Town(visits=("pharmacy",), **rule).pays(BY_LEVEL)


@pytest.mark.parametrize(("counts_as", "level", "pays"), [
    # one level for all, whoever wrote the prescription
    ("primary", None, "800.00"), ("primary", "tertiary", "800.00"), ("tertiary", "primary", "600.00"),
    # the level of the prescriber
    ("prescriber", "primary", "800.00"), ("prescriber", "tertiary", "600.00"),
])
def test_the_level_a_pharmacy_counts_as(pack, counts_as, level, pays):
    result = pharmacy(pharmacy_as=counts_as).on(pack, "1000", visit=Visit(kind="pharmacy", level=level))
    assert lines(result, "hifp_pay") == (pays,)


def test_who_wrote_the_prescription_is_asked_for_where_it_counts(pack):
    result = pharmacy(pharmacy_as="prescriber").on(pack, "1000", visit=Visit(kind="pharmacy"))
    assert_open(result)
    assert result.unknown[0].not_told == ("level",)


def test_the_level_of_a_pharmacy_is_none_of_a_hospitals(pack):
    town = Town(visits=("outpatient",), pharmacy_as="primary").pays(BY_LEVEL)
    assert lines(town.on(pack, "1000", visit=Visit(kind="outpatient", level="tertiary")), "hifp_pay") == ("600.00",)


def bought(prescription: bool | None) -> Visit:
    return Visit(kind="pharmacy", level="primary", prescription=prescription)


def test_without_a_prescription_no_fund_pays_where_one_is_needed(pack):
    result = pharmacy(needs_prescription=True).on(pack, "1000", visit=bought(False), accounts=accounts("300"))
    assert lines(result, "hifp_pay", "act_pay_dedc", "psn_part_amt", "acct_pay", "psn_cash_pay") == (
        "0.00", "0.00", "1000.00", "300.00", "700.00")
    assert pack.words("step.no-prescription") in [step.label for step in result.steps]


def test_a_prescription_not_told_is_taken_for_granted_and_that_is_said(pack):
    town, said = pharmacy(needs_prescription=True), pack.words("assume.prescription")
    results = {told: town.on(pack, "1000", visit=bought(told)) for told in (None, True, False)}
    assert [lines(result, "hifp_pay")[0] for result in results.values()] == ["800.00", "800.00", "0.00"]
    assert [said in result.assumptions for result in results.values()] == [True, False, False]


def test_where_no_prescription_is_needed_nothing_turns_on_it(pack):
    paid = {told: lines(pharmacy().on(pack, "1000", visit=bought(told)), "hifp_pay") for told in (None, True, False)}
    assert set(paid.values()) == {("800.00",)}


def test_a_hospital_needs_no_prescription(pack):
    town = Town(visits=("outpatient",), needs_prescription=True).pays("0.5")
    result = town.on(pack, "1000", visit=Visit(kind="outpatient", prescription=False))
    assert lines(result, "hifp_pay") == ("500.00",)
