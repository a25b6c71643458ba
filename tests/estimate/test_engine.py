"""What comes off a bill, rounding, and what happens where something is not known.

The rules of all ``test_engine_*`` are invented; every expected figure is worked out in a comment.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from town import DAY, START, Town, accounts, assert_open, left, lines, reading, since, unknown_entry, used

from yibao_desktop.estimate.engine import estimate
from yibao_desktop.pack.benefits import Band, Dated, Row, Rule
from yibao_desktop.pack.cases import Bill, EstimateCase, Person, Visit


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


# --- what a figure may turn on ----------------------------------------------------------------------


BY_MONTHS = (Row(value=Decimal("0.5"), months_below=6), Row(value=Decimal("0.7"), months_from=6))


@pytest.mark.parametrize(("months", "pays"), [(0, "500.00"), (5, "500.00"), (6, "700.00"), (60, "700.00")])
def test_months_of_membership_count_from_the_month_itself(pack, months, pays):
    assert lines(Town().pays(BY_MONTHS).on(pack, "1000", person=Person(months=months)), "hifp_pay") == (pays,)


BY_TIER = (Row(value=Decimal("0.6"), tier="first"), Row(value=Decimal("0.8"), tier=("second", "third")))


@pytest.mark.parametrize(("tier", "pays"), [("first", "600.00"), ("second", "800.00"), ("third", "800.00")])
def test_a_tier_of_contributions_decides(pack, tier, pays):
    assert lines(Town().pays(BY_TIER).on(pack, "1000", person=Person(tier=tier)), "hifp_pay") == (pays,)


BY_AID = (Row(value=Decimal(0), aid="destitute"), Row(value=Decimal(500), aid=("none", "low-income", "subsistence")))


@pytest.mark.parametrize(("aid", "due"), [("none", "500.00"), ("subsistence", "500.00"), ("destitute", "0.00")])
def test_aid_lowers_a_deductible(pack, aid, due):
    assert lines(Town().deductible(BY_AID).on(pack, "1000", person=Person(aid=aid)), "act_pay_dedc") == (due,)


@pytest.mark.parametrize(("rows", "name"), [(BY_MONTHS, "months"), (BY_TIER, "tier")])
def test_months_and_tier_are_asked_for(pack, rows, name):
    result = Town().pays(rows).on(pack, "1000")
    assert_open(result)
    assert result.unknown[0].not_told == (name,)
    assert pack.words(f"told.{name}") in result.unknown[0].reason


def test_a_tier_nothing_is_known_of_stays_open_whatever_the_rule_says_of_tiers(pack):
    result = Town().pays(BY_TIER).on(pack, "1000", person=Person(other_tier=True, tier="first"))
    assert_open(result)
    assert result.unknown[0].reason == pack.words("gap.tier-unknown")


@pytest.mark.parametrize(("number", "due"), [(1, "900.00"), (2, "600.00"), (3, "300.00"), (9, "300.00")])
def test_a_deductible_steps_down_stay_by_stay(pack, number, due):
    rows = (Row(value=Decimal(900), admission_below=2), Row(value=Decimal(600), admission_from=2, admission_below=3),
            Row(value=Decimal(300), admission_from=3))
    result = Town().deductible(rows, "stay").on(pack, "1000", visit=Visit(kind="inpatient", admission=number))
    assert lines(result, "act_pay_dedc") == (due,)


# --- what is settled before something is missing ----------------------------------------------------


def test_the_deductible_stands_before_a_missing_share(pack):
    # 1000 − 300: how much of the 700 the fund pays is open
    result = Town().deductible("300").pays(unknown_entry()).on(pack, "1000")
    assert_open(result, {"act_pay_dedc"})
    assert lines(result, "act_pay_dedc") == ("300.00",)


FUNDS_BUT_ONE = {"hifp_pay", "hifob_pay", "hifes_pay", "cvlserv_pay", "maf_pay", "oth_pay"}


@pytest.mark.parametrize("missing", ["threshold", "share", "edge", "limit"])
def test_the_funds_stand_before_a_missing_figure_of_the_insurance_for_serious_illness(pack, missing):
    values = {"threshold": "2000", "share": "0.6", "edge": "3000", "limit": "900"}
    values[missing] = unknown_entry()
    town = Town().deductible("300").pays("0.5", plus="0.1")
    town.on_own_part((values["share"], values["edge"]), (values["share"], None), threshold=values["threshold"],
                     limit=values["limit"])
    # 10000 − 300 = 9700 × 50% = 4850 and × 10% = 970; 大病 and with it what the person pays is open
    result = town.on(pack, "10000")
    assert_open(result, {"act_pay_dedc"} | FUNDS_BUT_ONE)
    assert lines(result, "act_pay_dedc", "hifp_pay", "oth_pay", "hifmi_pay", "fund_pay_sumamt") == (
        "300.00", "4850.00", "970.00", None, None)
    assert result.standing is None


def test_a_missing_threshold_of_a_fund_that_gets_no_bill_so_large_still_matters(pack):
    # below the threshold nothing would be paid, but nobody knows where it lies
    result = Town().pays("0.5").on_own_part(("0.6", None), threshold=unknown_entry()).on(pack, "1")
    assert_open(result, FUNDS_BUT_ONE)


# --- figures read off the settlement slip -----------------------------------------------------------


def test_a_missing_deductible_may_be_told(pack):
    town = Town().deductible(unknown_entry()).pays("0.5")
    # (1000 − 400) × 50%
    result = town.on(pack, "1000", told={"f0": "400"})
    assert lines(result, "act_pay_dedc", "hifp_pay") == ("400.00", "300.00")
    assert result.unknown == ()
    (step,) = [step for step in result.steps if step.amount == -400]
    assert (step.sources, step.note) == ((), pack.words("formula.told", what="数 f0"))
    assert town.on(pack, "1000").unknown[0].asks == "yuan"


def test_a_missing_share_may_be_told(pack):
    town = Town().pays(unknown_entry())
    assert lines(town.on(pack, "1000", told={"f0": "0.85"}), "hifp_pay") == ("850.00",)
    assert lines(town.on(pack, "1000", told={"f0": "1"}), "hifp_pay") == ("1000.00",)
    assert town.on(pack, "1000").unknown[0].asks == "share"


@pytest.mark.parametrize("value", ["1.01", "85"])
def test_a_share_above_everything_is_not_taken(pack, value):
    result = Town().pays(unknown_entry()).on(pack, "1000", told={"f0": value})
    assert_open(result)
    assert result.unknown[0].asks == "share"


@pytest.mark.parametrize("days", ["0", "0.5", "400"])
def test_days_that_are_none_are_not_taken(pack, days):
    town = Town().deductible("500", "stay", again_after=unknown_entry()).pays("0.5")
    assert_open(town.on(pack, "1000", told={"f1": days}))
    assert town.on(pack, "1000", told={"f1": "30"}).complete


def test_a_known_figure_is_not_overridden_by_a_told_one(pack):
    town = Town().deductible("300").pays("0.5", paid_upto=(Row(unlimited=True),))
    told = {"f0": "0", "f1": "1", "f2": "1"}
    assert town.on(pack, "1000", told=told).amounts == town.on(pack, "1000").amounts
    # (1000 − 300) × 50%
    assert lines(town.on(pack, "1000", told=told), "hifp_pay") == ("350.00",)


def test_a_limit_that_is_not_known_may_be_told(pack):
    result = Town().pays("0.5", paid_upto=unknown_entry()).on(pack, "1000", told={"f0": "100"})
    assert lines(result, "hifp_pay") == ("100.00",)
    assert result.unknown == ()


def test_a_told_figure_does_not_stand_in_for_a_circumstance_that_was_not_told(pack):
    result = Town().pays(BY_LEVEL).on(pack, "1000", told={"f0": "0.9"})
    assert_open(result)
    assert result.unknown[0].not_told == ("level",)
    assert result.unknown[0].asks is None


def test_the_parameter_of_a_missing_step_is_asked_for_in_its_unit(pack):
    town = Town().deductible("500", "stay", again_after=unknown_entry()).pays("0.5")
    assert town.on(pack, "1000").unknown[0].asks == "days"


# --- several ways to read a rule --------------------------------------------------------------------


TWO = (reading("wide"), reading("narrow"))


def by_reading(wide: str, narrow: str) -> tuple[Row, ...]:
    return (Row(value=Decimal(wide), reading="wide"), Row(value=Decimal(narrow), reading="narrow"))


def test_readings_that_differ_stand_beside_each_other(pack):
    town = Town(readings=TWO).deductible("300").pays(by_reading("0.8", "0.6"))
    # (1000 − 300) × 80% = 560; × 60% = 420
    result = town.on(pack, "1000")
    assert lines(result, "hifp_pay", "psn_part_amt") == ("560.00", "440.00")
    assert [(other.reading.id, str(other.amounts["hifp_pay"])) for other in result.readings] == [
        ("wide", "560.00"), ("narrow", "420.00")]
    assert result.between("hifp_pay") == (Decimal(420), Decimal(560))
    assert result.between("psn_part_amt") == (Decimal(440), Decimal(580))
    assert result.between("act_pay_dedc") == (Decimal(300), Decimal(300))
    assert [outcome["lines"]["hifp_pay"] for outcome in result.to_json()["readings"]] == ["560.00", "420.00"]


def test_the_first_reading_is_the_one_used(pack):
    town = Town(readings=TWO[::-1]).pays(by_reading("0.8", "0.6"))
    assert lines(town.on(pack, "1000"), "hifp_pay") == ("600.00",)


@pytest.mark.parametrize("town", [
    # the same figure by both readings
    Town(readings=TWO).pays(by_reading("0.8", "0.8")),
    # the figure that differs is never reached
    Town(readings=TWO).deductible("1000").pays(by_reading("0.8", "0.6")),
    # no figure turns on the reading
    Town(readings=TWO).pays("0.8"),
], ids=["equal", "not reached", "no row"])
def test_readings_that_come_to_the_same_are_not_told(pack, town):
    result = town.on(pack, "1000")
    assert result.readings == ()
    assert result.between("hifp_pay") == (result.amounts["hifp_pay"], result.amounts["hifp_pay"])


def test_a_reading_under_which_a_line_is_open_stays_out_of_its_range(pack):
    rows = (Row(value=Decimal("0.8"), reading="wide"),)
    result = Town(readings=TWO).deductible("300").pays(rows).on(pack, "1000")
    assert lines(result, "hifp_pay") == ("560.00",)
    assert [str(other.amounts["hifp_pay"]) for other in result.readings] == ["560.00", "None"]
    assert result.between("hifp_pay") == (Decimal(560), Decimal(560))
    assert result.between("act_pay_dedc") == (Decimal(300), Decimal(300))


def test_a_line_the_reading_that_is_used_leaves_open_has_no_range(pack):
    rows = (Row(value=Decimal("0.8"), reading="wide"),)
    result = Town(readings=TWO[::-1]).deductible("300").pays(rows).on(pack, "1000")
    assert_open(result, {"act_pay_dedc"})
    assert [str(other.amounts["hifp_pay"]) for other in result.readings] == ["None", "560.00"]
    assert result.between("hifp_pay") is None


def test_other_readings_need_not_be_calculated(pack):
    town = Town(readings=TWO).pays(by_reading("0.8", "0.6"))
    case = EstimateCase(rules=town.benefits(), on=DAY, scheme="employee", visit=Visit(kind="inpatient"),
                        bill=Bill(total=Decimal(1000)))
    assert estimate(case, pack, other_readings=False).readings == ()


# --- stays that cross the end of the year -----------------------------------------------------------


CROSSING = Visit(kind="inpatient", admitted=date(2024, 12, 20))
AFTER = date(2025, 1, 5)


def yearly(value: str, new: str) -> list[Dated]:
    return [since(START, Row(value=Decimal(value))), since(date(2025, 1, 1), Row(value=Decimal(new)))]


@pytest.mark.parametrize(("across", "pays", "said"), [
    # the figures of the year of discharge: 90%
    ("settled", "900.00", None),
    # of the year of admission: 80%, and said
    ("admitted", "800.00", "assume.year-of-admission"),
    # not known: as settled, and said
    (None, "900.00", "assume.year-of-settlement"),
])
def test_a_stay_that_crosses_the_year(pack, across, pays, said):
    result = Town(across_year=across).pays(yearly("0.8", "0.9")).on(pack, "1000", day=AFTER, visit=CROSSING)
    assert lines(result, "hifp_pay") == (pays,)
    about_years = {pack.words(key) for key in ("assume.year-of-admission", "assume.year-of-settlement")}
    assert about_years & set(result.assumptions) == ({pack.words(said)} if said else set())


@pytest.mark.parametrize(("starts", "admitted", "day", "crosses"), [
    ("01-01", date(2024, 12, 31), date(2025, 1, 1), True),
    ("01-01", date(2025, 1, 1), date(2025, 1, 2), False),
    ("07-01", date(2024, 12, 31), date(2025, 1, 1), False),
    ("07-01", date(2025, 6, 30), date(2025, 7, 1), True),
    ("01-01", None, date(2025, 1, 1), False),
])
def test_what_crosses_the_year_turns_on_where_the_year_starts(pack, starts, admitted, day, crosses):
    town = Town(year_starts=starts).pays("0.8")
    result = town.on(pack, "1000", day=day, visit=Visit(kind="inpatient", admitted=admitted))
    assert (pack.words("assume.year-of-settlement") in result.assumptions) is crosses


def test_the_rule_of_the_year_of_admission_holds_too(pack):
    town = Town(across_year="admitted").pays("0.8").then(across_year="admitted", from_=date(2025, 1, 1)).pays("0.9")
    # the rule for the day of discharge says that the day of admission decides, and on that day the old rule holds
    assert lines(town.on(pack, "1000", day=AFTER, visit=CROSSING), "hifp_pay") == ("800.00",)
    assert lines(town.on(pack, "1000", day=AFTER), "hifp_pay") == ("900.00",)


# --- the rest of the year ---------------------------------------------------------------------------


def test_the_rest_of_the_year_after_a_bill(pack):
    town = Town().deductible("1300").pays("0.5", paid_upto="20000")
    town.on_own_part(("0.6", None), threshold="30000", counted="year")
    # 1000 deducted before; 300 now; 10000 − 300 = 9700 × 50% = 4850; borne 300 + 4850 = 5150, and 2000 before
    result = town.on(pack, "10000", used=used("1000", "1000", hifp_pay="100", own_part={"hifmi_pay": "2000"}))
    assert left(result) == [("deductible", "1300.00", "1300.00", "0.00"), ("limit", "20000.00", "4950.00", "15050.00"),
                            ("own-part", "30000.00", "7150.00", "22850.00")]
    assert result.standing.next == used(
        "1300.00", "11000.00", deductibles="300.00", hifp_pay="4950.00", limits={"f1": "4950.00"},
        own_part={"hifmi_pay": "7150.00"})


def test_nothing_of_the_year_is_told_where_lines_are_open(pack):
    assert Town().deductible("1300").pays(unknown_entry()).on(pack, "10000").standing is None


def test_a_deductible_per_stay_is_nothing_that_is_left_of_the_year(pack):
    result = Town().deductible("1300", "stay").pays("0.5").on(pack, "10000")
    assert left(result) == []
    assert result.standing.next == used(None, "10000.00", deductibles="1300.00", hifp_pay="4350.00")


def test_money_of_the_account_used_first_is_no_cost_of_the_year(pack):
    # 500 from this year's account; 1500 of cost, 200 of it deducted
    result = Town().account_first().deductible("200").pays("0.5").on(pack, "2000", accounts=accounts(year="500"))
    assert result.standing.next == used("200.00", "1500.00", deductibles="200.00", hifp_pay="650.00")
