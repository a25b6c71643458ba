"""大病, 救助 and what else pays on the person's own part: what counts, from where, over what time, up to where."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from town import NO_LIMIT, Town, left, lines, unknown_entry, used

from yibao_desktop.pack.benefits import Row
from yibao_desktop.pack.cases import Person, Visit


def town(upto: str = "10000", **how: Any) -> Town:
    """Deductible 1000, the fund pays half; 60% and 70% on what the person bears above 20000."""
    made = Town().deductible("1000", "stay").pays("0.5")
    return made.on_own_part(("0.6", upto), ("0.7", None), **{"threshold": "20000", **how})


# --- from where, over what time ---------------------------------------------------------------------


# A bill of 101000: 1000 deducted, 100000 × 50%; the person bears 51000, which is 31000 above the threshold.


@pytest.mark.parametrize(("how", "pays"), [
    # from the threshold the first band is 10000 long: 10000 × 60% + 21000 × 70%
    ({"origin": "threshold"}, "20700.00"),
    # from zero it ends at 25000: 5000 × 60% + 26000 × 70%
    ({"origin": "zero", "upto": "25000"}, "21200.00"),
    # from zero and ending below the threshold it is never entered: 31000 × 70%
    ({"origin": "zero", "upto": "10000"}, "21700.00"),
    # without a threshold, from zero: 10000 × 60% + 41000 × 70%
    ({"origin": "zero", "threshold": None}, "34700.00"),
    # a first band without an end
    ({"upto": NO_LIMIT}, "18600.00"),
])
def test_where_bands_on_the_own_part_are_counted_from(pack, how, pays):
    result = town(**how).on(pack, "101000")
    assert lines(result, "hifp_pay", "hifmi_pay") == ("50000.00", pays)
    assert result.amounts["psn_part_amt"] == 51000 - Decimal(pays)


@pytest.mark.parametrize(("counted", "before", "pays"), [
    # this bill alone, whatever was borne before
    ("bill", "25000", "20700.00"),
    # over the year, nothing before
    ("year", "0", "20700.00"),
    # 5000 before: 56000 − 20000 = 36000 above: 10000 × 60% + 26000 × 70%
    ("year", "5000", "24200.00"),
    # 25000 before: 5000 of the first band lie behind: 5000 × 60% + 46000 × 70%
    ("year", "25000", "35200.00"),
    # beyond the first band: 51000 × 70%
    ("year", "40000", "35700.00"),
])
def test_the_own_part_is_counted_for_the_bill_or_over_the_year(pack, counted, before, pays):
    result = town(counted=counted).on(pack, "101000", used=used(own_part={"hifmi_pay": before}))
    assert lines(result, "hifmi_pay") == (pays,)


def test_bill_after_bill_the_year_crosses_the_threshold(pack):
    made = town(counted="year")
    # 31000: 1000 + 15000 = 16000 borne, below 20000
    first = made.on(pack, "31000")
    assert lines(first, "hifmi_pay") == ("0.00",)
    assert left(first) == [("own-part", "20000.00", "16000.00", "4000.00")]
    # another 16000 makes 32000: 10000 × 60% + 2000 × 70%
    second = made.on(pack, "31000", used=first.standing.next)
    assert lines(second, "hifmi_pay") == ("7400.00",)
    assert left(second) == [("own-part", "20000.00", "32000.00", "0.00")]
    # and another: 16000 × 70%
    assert lines(made.on(pack, "31000", used=second.standing.next), "hifmi_pay") == ("11200.00",)


def test_counted_for_a_bill_nothing_is_carried_on(pack):
    result = town(counted="bill").on(pack, "101000")
    assert result.standing.next.own_part == {}
    assert left(result) == []


# --- up to where ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("counted", "limit", "already", "pays"), [
    # 20700 would be paid
    ("bill", "15000", None, "15000.00"),
    ("bill", "20700", None, "20700.00"),
    ("bill", NO_LIMIT, None, "20700.00"),
    # for a bill: what was paid for earlier ones does not count
    ("bill", "15000", used(hifmi_pay="9000"), "15000.00"),
    # over the year: 15000 − 9000
    ("year", "15000", used(hifmi_pay="9000"), "6000.00"),
    ("year", "15000", used(hifmi_pay="16000"), "0.00"),
    # what is told of the limit itself counts first
    ("year", "15000", used(hifmi_pay="9000", limits={"f6": "14000"}), "1000.00"),
])
def test_a_limit_of_what_is_paid_on_the_own_part(pack, counted, limit, already, pays):
    made = town(counted=counted, limit=limit)
    assert made.stages[-1].limit == "f6"
    assert lines(made.on(pack, "101000", used=already), "hifmi_pay") == (pays,)


def test_a_limit_told_by_itself_is_carried_on(pack):
    made = town(counted="year", limit="15000")
    first = made.on(pack, "51000", used=used(limits={"f6": "4000"}))
    # 1000 + 25000 = 26000 borne, 6000 above: × 60% = 3600; 4000 + 3600 = 7600 used
    assert lines(first, "hifmi_pay") == ("3600.00",)
    assert first.standing.next.limits == {"f6": Decimal("7600.00")}
    # 26000 more would bring 4000 × 60% + 22000 × 70%; 15000 − 7600 are left
    assert lines(made.on(pack, "51000", used=first.standing.next), "hifmi_pay") == ("7400.00",)


# --- settled at the end of the year -----------------------------------------------------------------


@pytest.mark.parametrize(("before", "borne", "brings"), [
    # 5000 + 51000 − 20000 = 36000: 10000 × 60% + 26000 × 70%, for the whole year, this bill and those before
    ("5000", "56000.00", "24200.00"),
    # also what lay above the threshold before: 25000 + 51000 − 20000 = 56000: 10000 × 60% + 46000 × 70%
    ("25000", "76000.00", "38200.00"),
])
def test_what_comes_at_the_end_of_the_year_is_in_no_line_but_told(pack, before, borne, brings):
    with_it = town(counted="year", paid="year-end").on(pack, "101000", used=used(own_part={"hifmi_pay": before}))
    without = Town().deductible("1000", "stay").pays("0.5").on(pack, "101000")
    assert with_it.amounts == without.amounts
    (year_end,) = with_it.standing.left
    assert (str(year_end.used), str(year_end.pays_at_year_end)) == (borne, brings)
    assert with_it.to_json()["year_after"][0]["pays_at_year_end"] == brings


def test_what_is_not_known_of_the_end_of_the_year_leaves_every_line(pack):
    result = town(counted="year", paid="year-end", threshold=unknown_entry()).on(pack, "101000")
    assert result.amounts == Town().deductible("1000", "stay").pays("0.5").on(pack, "101000").amounts
    assert [(gap.id, gap.stops) for gap in result.unknown] == [("f5", False)]
    assert left(result) == []


def test_the_limit_of_a_year_holds_at_its_end(pack):
    result = town(counted="year", paid="year-end", limit="15000").on(pack, "101000", used=used(hifmi_pay="9000"))
    assert str(result.standing.left[0].pays_at_year_end) == "15000.00"


def test_what_comes_with_the_bill_is_not_told_as_coming_at_the_end_of_the_year(pack):
    assert town(counted="year").on(pack, "101000").standing.left[0].pays_at_year_end is None


# --- what counts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("counts", "pays"), [
    # 1000 deducted; 6000 × 50%: the fund is at its limit of 3000, the person bears 3000; 4000 above; 2000 先行自付
    (("deductible",), "500.00"),
    (("copay",), "1500.00"),
    (("above-limit",), "2000.00"),
    (("first-pay",), "1000.00"),
    (("deductible", "copay"), "2000.00"),
    (("deductible", "copay", "above-limit"), "4000.00"),
    (("deductible", "copay", "above-limit", "first-pay"), "5000.00"),
])
def test_only_what_counts_is_counted(pack, counts, pays):
    made = Town().deductible("1000").pays("0.5", paid_upto="3000").on_own_part(("0.5", None), counts=counts)
    # half of what counts
    result = made.on(pack, "13000", first_pay="2000")
    assert lines(result, "hifp_pay", "hifmi_pay") == ("3000.00", pays)
    assert result.amounts["psn_part_amt"] == 10000 - Decimal(pays)


@pytest.mark.parametrize(("method", "value", "fund", "plain", "with_cut"), [
    # 10000 × (90% − 20%) = 7000; copay 10% = 1000, cut 2000
    ("points", "0.2", "7000.00", "500.00", "1500.00"),
    # 10000 × 90% × 80% = 7200; copay 1000, cut 1800
    ("factor", "0.8", "7200.00", "500.00", "1400.00"),
    # 10% first = 1000, which is the cut; 9000 × 90% = 8100; copay 900
    ("prepay", "0.1", "8100.00", "450.00", "950.00"),
])
def test_what_was_cut_away_from_home_counts_only_where_it_is_named(pack, method, value, fund, plain, with_cut):
    paid = []
    for counts in (("copay",), ("copay", "remote-cut")):
        made = Town(referrals=("unfiled",)).remote(method, value).pays("0.9").on_own_part(("0.5", None), counts=counts)
        result = made.on(pack, "10000", visit=Visit(kind="inpatient", referral="unfiled"))
        assert lines(result, "hifp_pay") == (fund,)
        paid.append(lines(result, "hifmi_pay")[0])
    assert paid == [plain, with_cut]


def test_a_supplements_share_is_not_the_persons_own_part(pack):
    made = Town().pays("0.5", plus="0.3").on_own_part(("1", None), counts=("copay",))
    # 1000 × 20% is borne
    assert lines(made.on(pack, "1000"), "hifp_pay", "oth_pay", "hifmi_pay") == ("500.00", "300.00", "200.00")


# --- one after the other ----------------------------------------------------------------------------


AID = (Row(value=Decimal(0), aid="none"), Row(value=Decimal("0.7"), aid=("subsistence", "low-income")),
       Row(value=Decimal(1), aid="destitute"))


@pytest.mark.parametrize(("aid", "pays", "left_over"), [
    # 10000 × 50%; 大病: (5000 − 2000) × 60% = 1800; 救助 on the 3200 that are left
    ("none", "0.00", "3200.00"),
    ("subsistence", "2240.00", "960.00"),
    ("low-income", "2240.00", "960.00"),
    ("destitute", "3200.00", "0.00"),
])
def test_aid_pays_on_what_the_insurance_for_serious_illness_has_left(pack, aid, pays, left_over):
    made = Town().pays("0.5").on_own_part(("0.6", None), threshold="2000").on_own_part((AID, None), fund="maf_pay")
    result = made.on(pack, "10000", person=Person(aid=aid))
    assert lines(result, "hifmi_pay", "maf_pay", "psn_part_amt") == ("1800.00", pays, left_over)


def test_three_in_a_row_each_take_off_what_the_earlier_ones_paid(pack):
    made = Town().pays("0.5")
    for fund in ("hifmi_pay", "maf_pay", "cvlserv_pay"):
        made.on_own_part(("0.5", None), fund=fund)
    # 5000 borne: 2500; then 1250; then 625
    assert lines(made.on(pack, "10000"), "hifmi_pay", "maf_pay", "cvlserv_pay", "psn_part_amt") == (
        "2500.00", "1250.00", "625.00", "625.00")


def test_funds_that_pay_on_different_parts_do_not_take_from_each_other(pack):
    made = Town().pays("0.5").on_own_part(("0.6", None), counts=("copay",))
    made.on_own_part(("0.5", None), counts=("first-pay",), fund="cvlserv_pay")
    # 10000 × 50%: 5000 × 60% = 3000; 2000 先行自付 × 50% = 1000
    result = made.on(pack, "12000", first_pay="2000")
    assert lines(result, "hifmi_pay", "cvlserv_pay", "psn_part_amt") == ("3000.00", "1000.00", "3000.00")


def test_what_comes_at_the_end_of_the_year_takes_nothing_from_the_next(pack):
    made = Town().pays("0.5").on_own_part(("0.6", None), paid="year-end", counted="year")
    made.on_own_part(("0.5", None), fund="maf_pay")
    # 5000 × 50%
    assert lines(made.on(pack, "10000"), "hifmi_pay", "maf_pay") == ("0.00", "2500.00")


def test_a_further_fund_that_also_rounds_up_does_not_pay_more_than_there_is(pack):
    # 0.01 × 50% = 0.005 for the fund and 0.005 × 100% for the next: rounded alone they would make 0.02 out of 0.01
    result = Town().pays("0.5").on_own_part(("1", None)).on(pack, "0.01")
    assert lines(result, "hifp_pay", "hifmi_pay", "psn_part_amt") == ("0.01", "0.00", "0.00")
