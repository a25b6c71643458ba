"""起付线: by year and by stay, used up before, a share of the bill, long stays, transfers, totals of the year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from town import NO_LIMIT, Town, assert_open, lines, used

from yibao_desktop.pack.benefits import Row
from yibao_desktop.pack.cases import Person, Visit


@pytest.mark.parametrize(("already", "total", "due", "pays"), [
    # 1300 − 500 = 800 still due; (2000 − 800) × 50% = 600
    (used("500"), "2000", "800.00", "600.00"),
    # used up: nothing due; 2000 × 50% = 1000
    (used("1300"), "2000", "0.00", "1000.00"),
    # more was counted than the threshold: still nothing due, never a negative deductible
    (used("1500"), "2000", "0.00", "1000.00"),
    # the bill is smaller than what is due: all of it is borne, nothing is paid
    (used("500"), "700", "700.00", "0.00"),
    # a bill of exactly what is due
    (used("500"), "800", "800.00", "0.00"),
    # not told what was deducted, but 900 in-scope so far: 900 of the 1300 are taken as used; (2000 − 400) × 50%
    (used(None, "900"), "2000", "400.00", "800.00"),
    # not told, 5000 in-scope so far: the whole 1300 is taken as used
    (used(None, "5000"), "2000", "0.00", "1000.00"),
    # told as zero although there was cost: what the person says counts
    (used("0", "5000"), "2000", "1300.00", "350.00"),
    # nothing told: first visit of the year; (2000 − 1300) × 50%
    (None, "2000", "1300.00", "350.00"),
])
def test_a_yearly_deductible_is_due_once(pack, already, total, due, pays):
    result = Town().deductible("1300", "year").pays("0.5").on(pack, total, used=already)
    assert lines(result, "act_pay_dedc", "hifp_pay") == (due, pays)


def test_a_deductible_per_stay_is_due_again(pack):
    # 2000 − 1300 = 700 × 50% = 350, whatever the year has used
    result = Town().deductible("1300", "stay").pays("0.5").on(pack, "2000", used=used("1300", "9000"))
    assert lines(result, "act_pay_dedc", "hifp_pay") == ("1300.00", "350.00")


def test_the_second_stay_has_its_own_deductible(pack):
    town = Town().deductible((Row(value=Decimal(1300), admission="first"), Row(value=Decimal(650), admission="later")),
                             "stay").pays("0.5")
    # (2000 − 1300) × 50% = 350; (2000 − 650) × 50% = 675, on the third stay too
    paid = [lines(town.on(pack, "2000", visit=Visit(kind="inpatient", admission=n)), "hifp_pay") for n in (1, 2, 3)]
    assert paid == [("350.00",), ("675.00",), ("675.00",)]


def test_not_told_what_the_year_used_is_an_assumption_that_is_said(pack):
    town = Town().deductible("1300").pays("0.5")
    said = pack.words("assume.nothing-used")
    assert said in town.on(pack, "2000").assumptions
    assert said not in town.on(pack, "2000", used=used("0")).assumptions


def test_at_a_higher_level_only_the_rest_of_a_yearly_deductible_is_due(pack):
    rows = (Row(value=Decimal(300), level="primary"), Row(value=Decimal(900), level="tertiary"))
    town = Town().deductible(rows, "year").pays("0.5")
    # 300 borne at a primary hospital: 900 − 300 = 600 at a tertiary one; (2000 − 600) × 50%
    higher = town.on(pack, "2000", used=used("300", "300"), visit=Visit(kind="inpatient", level="tertiary"))
    assert lines(higher, "act_pay_dedc", "hifp_pay") == ("600.00", "700.00")
    # 900 borne at a tertiary one: nothing is due at a primary one, and nothing is given back
    lower = town.on(pack, "2000", used=used("900", "900"), visit=Visit(kind="inpatient", level="primary"))
    assert lines(lower, "act_pay_dedc", "hifp_pay") == ("0.00", "1000.00")


SIGNED = (Row(value=Decimal(300), family_doctor=False), Row(value=Decimal(100), family_doctor=True))


@pytest.mark.parametrize(("signed", "due"), [(True, "100.00"), (False, "300.00")])
def test_a_family_doctor_lowers_the_deductible(pack, signed, due):
    result = Town().deductible(SIGNED).pays("0.5").on(pack, "1000", person=Person(family_doctor=signed))
    assert lines(result, "act_pay_dedc") == (due,)


def test_whether_there_is_a_family_doctor_is_asked_for(pack):
    result = Town().deductible(SIGNED).pays("0.5").on(pack, "1000")
    assert_open(result)
    assert result.unknown[0].not_told == ("family_doctor",)


# --- a share of the bill ----------------------------------------------------------------------------


@pytest.mark.parametrize(("total", "due", "pays"), [
    # 5000 × 20% = 1000 is less than the least: 1500; (5000 − 1500) × 50%
    ("5000", "1500.00", "1750.00"),
    # at the least: 7500 × 20% = 1500; 6000 × 50%
    ("7500", "1500.00", "3000.00"),
    # 20000 × 20% = 4000; 16000 × 50%
    ("20000", "4000.00", "8000.00"),
    # 12345.67 × 20% = 2469.134 → 2469.13; 9876.54 × 50%
    ("12345.67", "2469.13", "4938.27"),
    # 80000 × 20% = 16000 is more than the most: 10000; 70000 × 50%
    ("80000", "10000.00", "35000.00"),
    # a bill below the least is borne as a whole
    ("1000", "1000.00", "0.00"),
])
def test_a_deductible_that_is_a_share_of_the_bill(pack, total, due, pays):
    result = Town().deductible("1500", "stay", share="0.2", most="10000").pays("0.5").on(pack, total)
    assert lines(result, "act_pay_dedc", "hifp_pay") == (due, pays)


@pytest.mark.parametrize(("share_of", "due", "pays"), [
    # 20000 × 20% = 4000; (15000 − 4000) × 50%
    ("total", "4000.00", "5500.00"),
    # 15000 × 20% = 3000; (15000 − 3000) × 50%
    ("in-scope", "3000.00", "6000.00"),
])
def test_the_share_is_one_of_the_whole_bill_or_of_what_is_in_scope(pack, share_of, due, pays):
    town = Town().deductible("1500", "stay", share="0.2", most="10000", share_of=share_of).pays("0.5")
    assert lines(town.on(pack, "20000", self_funded="5000"), "act_pay_dedc", "hifp_pay") == (due, pays)


def test_a_share_without_a_most_grows_with_the_bill(pack):
    # 80000 × 20% = 16000; 64000 × 50%
    result = Town().deductible("1500", "stay", share="0.2", most=NO_LIMIT).pays("0.5").on(pack, "80000")
    assert lines(result, "act_pay_dedc", "hifp_pay") == ("16000.00", "32000.00")


def test_where_the_share_is_nothing_the_plain_amount_is_due(pack):
    share = (Row(value=Decimal(0), away="in-province"), Row(value=Decimal("0.2"), away="outside"))
    town = Town(referrals=("referred",)).deductible("1500", "stay", share=share, most="10000").pays("0.5")
    due = [lines(town.on(pack, "20000", visit=Visit(kind="inpatient", referral="referred", away=away)),
                 "act_pay_dedc") for away in ("in-province", "outside")]
    assert due == [("1500.00",), ("4000.00",)]


# --- all deductibles of a year ----------------------------------------------------------------------


@pytest.mark.parametrize(("already", "due", "pays"), [
    # nothing borne yet, or not told: 800; (3000 − 800) × 50%
    (used(deductibles="0"), "800.00", "1100.00"),
    (None, "800.00", "1100.00"),
    # 800 + 800 just fits
    (used(deductibles="800"), "800.00", "1100.00"),
    # 1600 − 1000 = 600 left; (3000 − 600) × 50%
    (used(deductibles="1000"), "600.00", "1200.00"),
    # used up, or more than that
    (used(deductibles="1600"), "0.00", "1500.00"),
    (used(deductibles="1700"), "0.00", "1500.00"),
])
def test_all_deductibles_of_a_year_come_to_a_total_at_most(pack, already, due, pays):
    result = Town().deductible("800", "stay", year_total="1600").pays("0.5").on(pack, "3000", used=already)
    assert lines(result, "act_pay_dedc", "hifp_pay") == (due, pays)


def test_stay_after_stay_the_year_fills_its_total(pack):
    town = Town().deductible("800", "stay", year_total="2000").pays("0.5")
    year, due = used(), []
    for total in ("3000", "500", "3000", "3000"):
        result = town.on(pack, total, used=year)
        due.append(lines(result, "act_pay_dedc")[0])
        year = result.standing.next
    # 800; 500 of a bill that is no longer; 2000 − 1300 = 700; nothing
    assert due == ["800.00", "500.00", "700.00", "0.00"]
    assert year.deductibles == 2000


def test_no_total_of_the_year_for_some_people(pack):
    rows = (Row(value=Decimal(800), status="retired"), Row(unlimited=True, status="active"))
    town = Town().deductible("800", "stay", year_total=rows).pays("0.5")
    due = [lines(town.on(pack, "3000", used=used(deductibles="800"), person=Person(status=status)), "act_pay_dedc")
           for status in ("retired", "active")]
    assert due == [("0.00",), ("800.00",)]


# --- long stays -------------------------------------------------------------------------------------


WINTER = date(2024, 12, 1)


def stay(days: int) -> Visit:
    return Visit(kind="inpatient", admitted=WINTER - timedelta(days=days))


@pytest.mark.parametrize(("days", "due"), [
    (0, "500.00"), (1, "500.00"), (90, "500.00"), (91, "1000.00"), (180, "1000.00"), (181, "1500.00"),
])
def test_a_long_stay_bears_the_deductible_again(pack, days, due):
    town = Town().deductible("500", "stay", again_after="90").pays("0.5")
    # 1 to 90 days once, 91 to 180 twice, 181 to 270 three times; a stay of hours counts as a day
    assert lines(town.on(pack, "5000", day=WINTER, visit=stay(days)), "act_pay_dedc") == (due,)


def test_days_not_told_count_as_a_short_stay_and_that_is_said(pack):
    town = Town().deductible("500", "stay", again_after="90").pays("0.5")
    result, said = town.on(pack, "5000"), pack.words("assume.short-stay", days="90")
    assert lines(result, "act_pay_dedc") == ("500.00",)
    assert said in result.assumptions
    assert said not in town.on(pack, "5000", day=WINTER, visit=stay(3)).assumptions


def test_where_long_stays_bear_it_once_nothing_is_assumed(pack):
    result = Town().deductible("500", "stay", again_after=NO_LIMIT).pays("0.5").on(pack, "5000")
    assert lines(result, "act_pay_dedc") == ("500.00",)
    assert not any("天" in text for text in result.assumptions)


# --- transfers --------------------------------------------------------------------------------------


LEVELS = tuple(Row(value=Decimal(value), level=level)
               for value, level in ((300, "primary"), (500, "secondary"), (900, "tertiary")))


@pytest.mark.parametrize(("sender", "level", "due"), [
    # upwards the difference: 900 − 500; downwards and sideways nothing
    ("secondary", "tertiary", "400.00"),
    ("primary", "tertiary", "600.00"),
    ("tertiary", "secondary", "0.00"),
    ("secondary", "secondary", "0.00"),
    (None, "tertiary", "900.00"),
])
def test_after_a_transfer_only_the_difference_is_due(pack, sender, level, due):
    town = Town().deductible(LEVELS, "stay", transfer="difference").pays("0.5")
    result = town.on(pack, "2000", visit=Visit(kind="inpatient", level=level, transferred_from=sender))
    assert lines(result, "act_pay_dedc") == (due,)


def test_a_transfer_whose_rule_is_not_known_counts_as_a_new_stay_and_that_is_said(pack):
    town = Town().deductible(LEVELS, "stay").pays("0.5")
    visit = Visit(kind="inpatient", level="tertiary", transferred_from="secondary")
    result, said = town.on(pack, "2000", visit=visit), pack.words("assume.transfer-as-new")
    assert lines(result, "act_pay_dedc") == ("900.00",)
    assert said in result.assumptions
    direct = town.on(pack, "2000", visit=Visit(kind="inpatient", level="tertiary"))
    assert said not in direct.assumptions


def test_a_sender_whose_deductible_is_not_known_is_a_gap(pack):
    town = Town().deductible(LEVELS, "stay", transfer="difference").pays("0.5")
    visit = Visit(kind="inpatient", level="tertiary", transferred_from="community")
    assert_open(town.on(pack, "2000", visit=visit))
