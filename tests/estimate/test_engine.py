"""What comes off a bill, rounding, and what happens where something is not known. Invented rules; every expected figure is
worked out in a comment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from town import DAY, START, Town, accounts, assert_open, lines, unknown_entry

from yibao_desktop.pack.benefits import Band, Row, Rule
from yibao_desktop.pack.cases import Person, Visit


def test_only_what_is_in_scope_reaches_the_deductible_and_the_fund(pack):
    # 1000 − 100 − 50 − 50 = 800 in scope; 800 − 300 = 500 × 80% = 400; the person bears 600.
    result = Town().deductible("300").pays("0.8").on(
        pack, "1000", self_funded="100", over_limit="50", first_pay="50")
    assert lines(result, "medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt",
                 "inscp_scp_amt") == ("1000.00", "100.00", "50.00", "50.00", "800.00")
    assert lines(result, "act_pay_dedc", "hifp_pay", "fund_pay_sumamt", "psn_part_amt", "psn_cash_pay") == (
        "300.00", "400.00", "400.00", "600.00", "600.00")


def test_a_bill_of_nothing_comes_to_nothing(pack):
    result = Town().account_first().deductible("300").pays("0.8", plus="0.1").on(pack, "0")
    assert result.complete
    assert set(result.amounts.values()) == {Decimal(0)}
    assert result.unknown == ()


# --- rounding ---------------------------------------------------------------------------------------


def test_a_fund_line_is_rounded_once_not_band_by_band(pack):
    town = Town()
    town.bands(town.band("0.5", upto="0.01"), town.band("0.5", upto="0.02"), town.band("0.5"))
    # three bands of 0.005 each: 0.015 → 0.02 rounded once; band by band it would be 0.03
    result = town.on(pack, "0.03")
    assert lines(result, "hifp_pay", "psn_part_amt") == ("0.02", "0.01")


@pytest.mark.parametrize(("total", "pays", "left"), [
    ("0.01", "0.01", "0.00"),  # 0.005 → half up
    ("0.03", "0.02", "0.01"),  # 0.015 → 0.02: half up, not to the even fen
    ("0.05", "0.03", "0.02"),  # 0.025 → 0.03: half up, not to the even fen
])
def test_half_a_fen_is_rounded_up_and_the_rest_is_the_persons(pack, total, pays, left):
    assert lines(Town().pays("0.5").on(pack, total), "hifp_pay", "psn_part_amt") == (pays, left)


def test_two_funds_that_both_round_up_do_not_pay_more_than_there_is(pack):
    # 0.01 × 50% = 0.005 for each: rounded alone they would make 0.02 out of 0.01, and the person −0.01
    result = Town().pays("0.5", plus="0.5").on(pack, "0.01", accounts=accounts("1"))
    assert lines(result, "fund_pay_sumamt", "psn_part_amt", "acct_pay", "psn_cash_pay") == (
        "0.01", "0.00", "0.00", "0.00")


# --- what is not known ------------------------------------------------------------------------------


def test_an_unknown_figure_leaves_its_lines_open_and_names_who_knows(pack):
    result = Town().deductible(unknown_entry("市医保局")).pays("0.8").on(pack, "1000", self_funded="100")
    assert_open(result)
    assert lines(result, "medfee_sumamt", "fulamt_ownpay_amt", "inscp_scp_amt") == ("1000.00", "100.00", "900.00")
    gap = result.unknown[0]
    assert (gap.id, gap.reason, gap.who) == ("f0", "没有查到。", "市医保局")


def test_without_a_name_the_local_office_is_named(pack):
    result = Town().pays(unknown_entry(who=None)).on(pack, "1000")
    assert result.unknown[0].who == pack.words("who.local-office")


def test_an_unknown_share_beyond_reach_does_not_matter(pack):
    town = Town()
    town.bands(town.band("0.8", upto="5000"), town.band(unknown_entry()))
    # 5000 × 80% = 4000: the second band is never entered; a fen more and it is
    inside = town.on(pack, "5000")
    assert inside.complete
    assert lines(inside, "hifp_pay") == ("4000.00",)
    assert_open(town.on(pack, "5000.01"))


def test_an_unknown_ceiling_is_taken_as_not_reached_and_said_once(pack):
    town = Town()
    ceiling = unknown_entry()
    town.bands(town.band("0.8", upto="1000", paid_upto=ceiling), town.band("0.5"))
    # 1000 × 80% + 1000 × 50% = 1300
    result = town.on(pack, "2000")
    assert result.complete
    assert lines(result, "hifp_pay") == ("1300.00",)
    assert [(gap.stops, gap.who) for gap in result.unknown] == [(False, "市医保局")]
    label = result.unknown[0].label
    assert pack.words("assume.limit-not-reached", what=label) in result.assumptions


def test_one_unknown_ceiling_shared_by_two_bands_is_said_once(pack):
    town = Town()
    first = town.band("0.8", upto="1000", paid_upto=unknown_entry())
    second = Band(fund="hifp_pay", share=town.figure("0.5", "share"), label="基金", limits=first.limits)
    result = town.bands(first, second).on(pack, "2000")
    assert len(result.unknown) == 1
    assert sum(result.unknown[0].label in text for text in result.assumptions) == 1


BY_LEVEL = (Row(value=Decimal("0.9"), level="primary"), Row(value=Decimal("0.7"), level="tertiary"))


def test_a_circumstance_not_told_is_asked_for_by_name(pack):
    result = Town().pays(BY_LEVEL).on(pack, "1000")
    assert_open(result)
    assert result.unknown[0].not_told == ("level",)
    assert pack.words("told.level") in result.unknown[0].reason


def test_a_ceiling_that_turns_on_something_not_told_is_asked_for_too(pack):
    rows = (Row(value=Decimal(100), status="active"), Row(value=Decimal(200), status="retired"))
    result = Town().pays("0.8", paid_upto=rows).on(pack, "1000")
    assert_open(result)
    assert result.unknown[0].not_told == ("status",)


def test_a_circumstance_told_decides(pack):
    told = Town().pays(BY_LEVEL).on(pack, "1000", visit=Visit(kind="inpatient", level="tertiary"))
    assert lines(told, "hifp_pay") == ("700.00",)


def test_a_circumstance_without_a_figure_is_a_gap_not_a_guess(pack):
    result = Town().pays(BY_LEVEL).on(pack, "1000", visit=Visit(kind="inpatient", level="secondary"))
    assert_open(result)
    assert result.unknown[0].not_told == ()


@pytest.mark.parametrize(("age", "pays"), [(69, "700.00"), (70, "800.00"), (71, "800.00")])
def test_an_age_counts_from_the_birthday(pack, age, pays):
    rows = (Row(value=Decimal("0.7"), age_below=70), Row(value=Decimal("0.8"), age_from=70))
    assert lines(Town().pays(rows).on(pack, "1000", person=Person(age=age)), "hifp_pay") == (pays,)


@pytest.mark.parametrize(("day", "pays"), [(date(2000, 12, 31), "900.00"), (date(2001, 1, 1), "850.00")])
def test_a_retirement_day_counts_from_that_day(pack, day, pays):
    rows = (Row(value=Decimal("0.9"), retired_before=date(2001, 1, 1)),
            Row(value=Decimal("0.85"), retired_from=date(2001, 1, 1)))
    assert lines(Town().pays(rows).on(pack, "1000", person=Person(retired_on=day)), "hifp_pay") == (pays,)


def test_no_rule_for_this_kind_of_visit(pack):
    result = Town().pays("0.8").on(pack, "1000", visit=Visit(kind="outpatient"))
    assert_open(result)
    assert result.rule is None
    assert result.unknown[0].who == pack.words("who.local-office")


def test_a_day_before_every_rule_names_the_first_day_that_is_known(pack):
    result = Town().pays("0.8").on(pack, "1000", day=date(2023, 12, 31))
    assert_open(result)
    assert result.unknown[0].known_on == START
    assert Town().pays("0.8").on(pack, "1000", day=START).complete


def ended(*days: date) -> list[Rule]:
    return [Rule(id="rule", title="规定", scheme="employee", visits=("inpatient",), from_=day, unknown="没有查到。",
                 who="热线", sources=("s",), checked=DAY) for day in days]


def test_after_a_rule_has_ended_the_last_known_day_is_named(pack):
    town = Town().pays("0.8")
    town.more_rules = ended(date(2025, 7, 1))
    assert town.on(pack, "1000", day=date(2025, 6, 30)).complete
    result = town.on(pack, "1000", day=date(2025, 7, 1))
    assert_open(result)
    assert (result.unknown[0].who, result.unknown[0].known_on) == ("热线", date(2025, 6, 30))


def test_the_last_known_day_is_one_on_which_the_rule_is_known(pack):
    town = Town().pays("0.8")
    town.more_rules = ended(date(2025, 7, 1), date(2026, 7, 1))
    gap = town.on(pack, "1000", day=date(2026, 8, 1)).unknown[0]
    assert gap.known_on == date(2025, 6, 30)
    assert town.on(pack, "1000", day=gap.known_on).complete


def test_before_every_rule_the_first_known_day_is_not_one_of_an_unknown_rule(pack):
    town = Town(from_=date(2025, 1, 1)).pays("0.8")
    town.more_rules = ended(date(2024, 1, 1))
    gap = town.on(pack, "1000", day=date(2023, 5, 5)).unknown[0]
    assert gap.known_on == date(2025, 1, 1)


def test_with_nothing_but_unknown_rules_no_day_is_promised(pack):
    town = Town()
    town.more_rules = ended(date(2025, 1, 1))
    assert [town.on(pack, "1000", day=date(year, 5, 5)).unknown[0].known_on for year in (2024, 2026)] == [None, None]


def test_a_way_of_being_treated_elsewhere_that_the_rule_does_not_cover_stays_open(pack):
    town = Town(referrals=("local", "filed-long-term")).pays("0.8")
    assert town.on(pack, "1000", visit=Visit(kind="inpatient", referral="filed-long-term")).complete
    result = town.on(pack, "1000", visit=Visit(kind="inpatient", referral="unfiled"))
    assert_open(result)
    assert result.unknown[0].reason == pack.words("gap.referral")
    assert result.unknown[0].who


def test_a_rule_says_what_it_takes_for_granted(pack):
    assert "只算普通门诊。" in Town(assumes=("只算普通门诊。",)).pays("0.8").on(pack, "1").assumptions


def test_every_step_that_rests_on_a_figure_cites_it(pack):
    result = Town().deductible("300").pays("0.8", plus="0.1").on(pack, "1000")
    cited = [(step.amount, step.sources) for step in result.steps if step.sources]
    # deductible −300; 700 × 80% = 560; 700 × 10% = 70
    assert cited == [(Decimal("-300.00"), ("s",)), (Decimal("560.00"), ("s",)), (Decimal("70.00"), ("s",))]


def test_the_console_form_has_two_decimals_and_null_for_open_lines(pack):
    town = Town().pays("0.8")
    known, open_ = town.on(pack, "1000").to_json(), town.on(pack, "1000", day=date(2020, 1, 1)).to_json()
    assert (known["hifp_pay"], known["rule"], open_["hifp_pay"], open_["medfee_sumamt"], open_["rule"]) == (
        "800.00", "rule", None, "1000.00", None)
