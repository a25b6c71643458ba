"""Bands, yearly limits and 基本药物: where a fund begins, hands over and stops."""

from __future__ import annotations

from decimal import Decimal

import pytest
from town import NO_LIMIT, Town, left, lines, used

from yibao_desktop.pack.benefits import Row
from yibao_desktop.pack.cases import Person, Visit

# --- bands ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("origin", "pays"), [
    # counted from zero the deductible lies in the first band: 30000 − 1000 = 29000 × 80% + 10000 × 90%
    ("zero", "32200.00"),
    # counted from the threshold: 30000 × 80% + 9000 × 90%
    ("threshold", "32100.00"),
])
def test_where_bands_are_counted_from(pack, origin, pays):
    town = Town().deductible("1000", "stay")
    town.bands(town.band("0.8", upto="30000"), town.band("0.9"), origin=origin)
    assert lines(town.on(pack, "40000"), "hifp_pay") == (pays,)


@pytest.mark.parametrize(("total", "pays"), [
    # from zero, deductible 1000: at the edge (30000 − 1000) × 80% = 23200; one 元 later 23200 + 0.90
    ("30000", "23200.00"), ("30001", "23200.90"),
    # a fen later 0.009 → 0.01
    ("30000.01", "23200.01"),
])
def test_the_edge_of_a_band(pack, total, pays):
    town = Town().deductible("1000", "stay")
    town.bands(town.band("0.8", upto="30000"), town.band("0.9"), origin="zero")
    assert lines(town.on(pack, total), "hifp_pay") == (pays,)


@pytest.mark.parametrize(("counted", "origin", "already", "pays"), [
    # this bill alone: 10000 × 80%
    ("bill", "threshold", used("1000", "26000"), "8000.00"),
    # over the year, from the threshold: 26000 − 1000 = 25000 lie behind; 5000 × 80% + 5000 × 90%
    ("year", "threshold", used("1000", "26000"), "8500.00"),
    # over the year, from zero: 26000 lie behind; 4000 × 80% + 6000 × 90%
    ("year", "zero", used("1000", "26000"), "8600.00"),
    # the deductible was not told, so 1000 of the 26000 are taken as deducted, and 25000 lie behind as above
    ("year", "threshold", used(None, "26000"), "8500.00"),
])
def test_cost_is_counted_for_the_bill_or_over_the_year(pack, counted, origin, already, pays):
    town = Town().deductible("1000", "year")
    town.bands(town.band("0.8", upto="30000"), town.band("0.9"), origin=origin, counted=counted)
    assert lines(town.on(pack, "10000", used=already), "hifp_pay") == (pays,)


@pytest.mark.parametrize("origin", ["threshold", "zero"])
def test_a_deductible_told_without_the_cost_so_far_is_cost_so_far(pack, origin):
    town = Town().deductible("1000", "year")
    town.bands(town.band("0.8", upto="30000"), town.band("0.9"), origin=origin, counted="year")
    # the cost so far is at least the 1000 deducted. From the threshold: 30000 × 80% + 1000 × 90%;
    # from zero, 1000 of the first band lie behind: 29000 × 80% + 2000 × 90%
    pays = {"threshold": "24900.00", "zero": "25000.00"}[origin]
    assert lines(town.on(pack, "31000", used=used("1000")), "hifp_pay") == (pays,)


def test_the_deductible_of_this_bill_counts_when_counting_from_zero_over_the_year(pack):
    town = Town().deductible("1000", "year")
    town.bands(town.band("0.8", upto="30000"), town.band("0.9"), origin="zero", counted="year")
    # 600 so far, all deductible; this bill: 400 still due, then position 1000: 29000 × 80% + 600 × 90% = 23740
    result = town.on(pack, "30000", used=used("600", "600"))
    assert lines(result, "act_pay_dedc", "hifp_pay") == ("400.00", "23740.00")


def test_what_lies_beyond_the_last_band_is_the_persons(pack):
    town = Town()
    town.bands(town.band("0.8", upto="1000"))
    # 1000 × 80% = 800; the other 500 are paid by no fund
    result = town.on(pack, "1500")
    assert lines(result, "hifp_pay", "psn_part_amt") == ("800.00", "700.00")
    assert any(step.amount == 500 and step.label == pack.words("step.beyond-bands") for step in result.steps)


# --- what a fund has paid ---------------------------------------------------------------------------


@pytest.mark.parametrize(("already", "pays"), [
    # 4000 × 50% = 2000 stays below 3000
    (None, "2000.00"),
    # 2500 paid before: 500 left of the 3000
    (used("0", "5000", hifp_pay="2500"), "500.00"),
    # limit used up, or overshot
    (used("0", "9000", hifp_pay="3000"), "0.00"),
    (used("0", "9000", hifp_pay="3200"), "0.00"),
    # what another fund has paid does not count
    (used("0", "9000", hifob_pay="3000"), "2000.00"),
])
def test_a_fund_stops_at_its_yearly_limit(pack, already, pays):
    result = Town().pays("0.5", paid_upto="3000").on(pack, "4000", used=already)
    assert lines(result, "hifp_pay") == (pays,)
    assert result.amounts["psn_part_amt"] == Decimal("4000") - Decimal(pays)


def switching(first: str, second: str, plus: tuple[str, str] | None = None) -> Town:
    town = Town()
    extra = plus or (None, None)
    return town.bands(town.band(first, paid_upto="20000", fund="hifob_pay", plus=extra[0]),
                      town.band(second, fund="hifob_pay", plus=extra[1]))


@pytest.mark.parametrize(("already", "pays"), [
    # 20000 ÷ 70% = 28571.428571…; the other 11428.571428… × 60% = 6857.142857…; together 26857.142857…
    (None, "26857.14"),
    # 19999.99 paid before: 0.01 ÷ 70% = 0.0142857…; 39999.9857142… × 60% = 23999.9914285…; + 0.01 = 24000.0014…
    (used("0", "0", hifob_pay="19999.99"), "24000.00"),
    # 20000 paid before: 40000 × 60%
    (used("0", "0", hifob_pay="20000"), "24000.00"),
    # 5000 paid before: 15000 ÷ 70% = 21428.571428…; 18571.428571… × 60% = 11142.857142…; together 26142.857142…
    (used("0", "0", hifob_pay="5000"), "26142.86"),
])
def test_bands_switch_exactly_where_the_fund_has_paid_its_part(pack, already, pays):
    assert lines(switching("0.7", "0.6").on(pack, "40000", used=already), "hifob_pay") == (pays,)


def test_the_cost_at_the_switch_is_not_rounded(pack):
    # 10000 paid before: 10000 ÷ 70% = 14285.714285…; 40000.07 − that = 25714.355714… × 60% = 15428.613428…;
    # together 25428.613428…. With the cost cut at 14285.71 it would be 25428.616 → 25428.62
    result = switching("0.7", "0.6").on(pack, "40000.07", used=used("0", "0", hifob_pay="10000"))
    assert lines(result, "hifob_pay") == ("25428.61",)


def test_a_bill_that_just_fills_the_first_band_stays_in_it(pack):
    # 28571.42 × 70% = 19999.994 → 19999.99: the fund is not full; a fen more: 20000 + 0.0014285… × 60% → 20000.00
    town = switching("0.7", "0.6")
    assert lines(town.on(pack, "28571.42"), "hifob_pay") == ("19999.99",)
    assert lines(town.on(pack, "28571.43"), "hifob_pay") == ("20000.00",)


def test_a_supplement_pays_on_the_same_cost_as_its_fund(pack):
    # first band covers 28571.428571…: supplement 15% = 4285.714285…; second 11428.571428…: 20% = 2285.714285…
    # supplement 6571.428571…, fund 26857.142857…
    result = switching("0.7", "0.6", ("0.15", "0.2")).on(pack, "40000")
    assert lines(result, "hifob_pay", "oth_pay", "fund_pay_sumamt", "psn_part_amt") == (
        "26857.14", "6571.43", "33428.57", "6571.43")


def test_a_supplement_does_not_count_towards_the_funds_own_limit(pack):
    town = Town()
    town.bands(town.band("0.5", paid_upto="1000", plus="0.3"))
    # the fund fills 1000 with 2000 of cost (2000 × 50%), not earlier; the supplement pays 2000 × 30%
    assert lines(town.on(pack, "3000"), "hifp_pay", "oth_pay") == ("1000.00", "600.00")


def test_a_band_ends_at_whichever_end_comes_first(pack):
    def town(limit: str) -> Town:
        made = Town()
        return made.bands(made.band("0.5", upto="2000", paid_upto=limit), made.band("0.25", fund="hifob_pay"))
    # limit 600 fills with 1200 of cost; the other 1800 × 25% = 450
    assert lines(town("600").on(pack, "3000"), "hifp_pay", "hifob_pay") == ("600.00", "450.00")
    # limit 5000 is far; cost 2000 ends the band: 1000, then 1000 × 25%
    assert lines(town("5000").on(pack, "3000"), "hifp_pay", "hifob_pay") == ("1000.00", "250.00")


# --- no limit, limits of other kinds, several limits ------------------------------------------------


def test_an_edge_and_a_limit_that_do_not_exist_end_nothing(pack):
    # 900000 × 50%: neither the band nor the fund comes to an end, and nothing is assumed or unknown
    result = Town().pays("0.5", upto=NO_LIMIT, paid_upto=NO_LIMIT).on(pack, "900000", used=used("0"))
    assert lines(result, "hifp_pay") == ("450000.00",)
    assert (result.unknown, left(result)) == ((), [])


def test_a_limit_for_some_people_only(pack):
    rows = (Row(value=Decimal(1000), status="active"), Row(unlimited=True, status="retired"))
    town = Town().pays("0.5", paid_upto=rows)
    # 4000 × 50% = 2000, of which those at work get 1000
    paid = [lines(town.on(pack, "4000", person=Person(status=status)), "hifp_pay")
            for status in ("active", "retired")]
    assert paid == [("1000.00",), ("2000.00",)]


@pytest.mark.parametrize(("measures", "already", "pays", "after"), [
    # the fund pays 1000 at most: 3300 − 300 = 3000 × 50% = 1500
    ("payment", None, "1000.00", "1000.00"),
    # 1000 of cost at most, the deductible included: 1000 − 300 = 700 × 50%
    ("expense", None, "350.00", "1000.00"),
    # 1000 of both shares at most, without the deductible: 1000 × 50%
    ("both", None, "500.00", "1000.00"),
    # 800 of cost so far, 300 of it deducted, 200 paid. The fund has 800 left:
    ("payment", used("300", "800", hifp_pay="200"), "800.00", "1000.00"),
    # cost 200 left: 200 × 50%
    ("expense", used("300", "800", hifp_pay="200"), "100.00", "1000.00"),
    # both shares 1000 − 500 = 500 left: 500 × 50%
    ("both", used("300", "800", hifp_pay="200"), "250.00", "1000.00"),
    # what is told of the limit itself counts before all else: 1000 − 900 = 100 left
    ("payment", used("300", "800", hifp_pay="200", limits={"f1": "900"}), "100.00", "1000.00"),
    ("expense", used("300", "800", hifp_pay="200", limits={"f1": "900"}), "50.00", "1000.00"),
    ("both", used("300", "800", hifp_pay="200", limits={"f1": "900"}), "50.00", "1000.00"),
    # overshot before: nothing more, and never less
    ("expense", used("300", "1800"), "0.00", "1800.00"),
])
def test_what_a_limit_measures(pack, measures, already, pays, after):
    town = Town().deductible("300")
    result = town.pays("0.5", town.limit("1000", measures)).on(pack, "3300", used=already)
    assert lines(result, "hifp_pay") == (pays,)
    assert str(result.standing.next.limits["f1"]) == after


def test_a_limit_on_cost_and_one_on_both_shares_do_not_turn_on_what_the_fund_pays(pack):
    for measures in ("expense", "both"):
        town = Town()
        # the fund pays nothing on the first 400; the limit still leaves 600 for the second band: 600 × 50%
        limit = town.limit("1000", measures)
        town.bands(town.band("0", limit, upto="400"), town.band("0.5", limit))
        assert lines(town.on(pack, "3000"), "hifp_pay", "psn_part_amt") == ("300.00", "2700.00")


@pytest.mark.parametrize(("share", "pays"), [
    # 50%: the fund has paid its 400 at 800 of cost, before 1000 of cost is reached
    ("0.5", "400.00"),
    # 30%: 1000 of cost is reached first, when the fund has paid 300
    ("0.3", "300.00"),
    # 40%: both at once
    ("0.4", "400.00"),
])
def test_of_two_limits_on_one_band_the_first_reached_ends_it(pack, share, pays):
    town = Town()
    town.pays(share, town.limit("400"), town.limit("1000", "expense"))
    result = town.on(pack, "3000")
    assert lines(result, "hifp_pay", "psn_part_amt") == (pays, str(Decimal(3000) - Decimal(pays)))


def test_one_limit_on_what_two_funds_pay_together(pack):
    town = Town()
    limit = town.limit("600")
    town.bands(town.band("0.5", limit, upto="1000"), town.band("0.5", limit, fund="hifob_pay"))
    # 1000 × 50% = 500 by the first fund; 100 are left for the second one
    assert lines(town.on(pack, "3000"), "hifp_pay", "hifob_pay") == ("500.00", "100.00")
    # 450 paid before by either of them: 150 left, all of them the first fund's
    for fund in ("hifp_pay", "hifob_pay"):
        result = town.on(pack, "3000", used=used("0", "900", **{fund: "450"}))
        assert lines(result, "hifp_pay", "hifob_pay") == ("150.00", "0.00")


def test_one_limit_for_outpatients_and_inpatients(pack):
    town = Town(id="op", visits=("outpatient",))
    limit = town.limit("1000")
    town.pays("0.5", limit).then(id="ip").pays("0.8", limit)
    # outpatient 1200 × 50% = 600; inpatient 5000 × 80% = 4000, of which 400 are left; outpatient again: nothing
    first = town.on(pack, "1200", visit=Visit(kind="outpatient"))
    second = town.on(pack, "5000", used=first.standing.next)
    third = town.on(pack, "100", used=second.standing.next, visit=Visit(kind="outpatient"))
    assert [lines(result, "hifp_pay")[0] for result in (first, second, third)] == ["600.00", "400.00", "0.00"]
    assert left(second) == [("limit", "1000.00", "1000.00", "0.00")]


@pytest.mark.parametrize(("measures", "pays"), [
    # 200 all deducted, then 1000: 100 deducted, 900 left. Paid: nothing so far, 900 × 50% = 450
    ("payment", "450.00"),
    # cost 200 so far and 100 deducted now: 500 − 300 = 200 × 50%
    ("expense", "100.00"),
    # both shares: nothing so far: 500 × 50%
    ("both", "250.00"),
])
def test_a_bill_that_is_all_deductible_uses_of_a_limit_what_the_limit_measures(pack, measures, pays):
    town = Town().deductible("300")
    town.pays("0.5", town.limit("500", measures))
    first = town.on(pack, "200")
    assert lines(first, "hifp_pay") == ("0.00",)
    assert lines(town.on(pack, "1000", used=first.standing.next), "hifp_pay") == (pays,)


def test_a_limit_counts_bills_that_did_not_come_as_far_as_its_band(pack):
    town = Town()
    town.bands(town.band("0.5", upto="1000"), town.band("0.5", town.limit("900")))
    # each bill: 1000 × 50% = 500 without limit; the first leaves 400 for its second band, of which 1400 cost take 200
    first = town.on(pack, "1400")
    # 600 × 50% = 300 in the first band; with them the fund has paid 1000
    second = town.on(pack, "600", used=first.standing.next)
    # so the second band of the next bill pays nothing: 500
    third = town.on(pack, "1400", used=second.standing.next)
    assert [lines(result, "hifp_pay")[0] for result in (first, second, third)] == ["700.00", "300.00", "500.00"]


# --- 基本药物 -----------------------------------------------------------------------------------------


def test_essential_drugs_are_paid_without_the_deductible(pack):
    # 400 of drugs × 100%; 1000 − 400 − 300 = 300 × 50%; together 550
    town = Town().drugs("1").deductible("300").pays("0.5")
    result = town.on(pack, "1000", essential_drugs="400")
    assert lines(result, "act_pay_dedc", "hifp_pay", "psn_part_amt") == ("300.00", "550.00", "450.00")
    # without drugs: (1000 − 300) × 50%
    assert lines(town.on(pack, "1000"), "hifp_pay") == ("350.00",)


@pytest.mark.parametrize(("measures", "already", "pays"), [
    # 400 × 80% = 320, but 250 at most; the rest of the bill (600 − 300) × 50% = 150
    ("payment", None, "400.00"),
    # 100 left of the 250
    ("payment", used("300", limits={"f0": "150"}), "400.00"),
    # used up: only (600 − 0) × 50%, as the deductible is used up too
    ("payment", used("300", limits={"f0": "250"}), "300.00"),
    # what the fund has paid for other things is not told apart, and does not use up the limit for drugs
    ("payment", used("300", "9000", hifp_pay="5000"), "550.00"),
    # 250 of drugs at most: 250 × 80% = 200; + 150
    ("expense", None, "350.00"),
    # 150 used: 100 × 80% = 80; + 300
    ("expense", used("300", "9000", limits={"f0": "150"}), "380.00"),
])
def test_essential_drugs_with_a_limit_of_their_own(pack, measures, already, pays):
    town = Town()
    town.drugs("0.8", town.limit("250", measures)).deductible("300").pays("0.5")
    result = town.on(pack, "1000", essential_drugs="400", used=already)
    assert lines(result, "hifp_pay", "psn_part_amt") == (pays, str(1000 - Decimal(pays)))


def test_what_is_paid_for_other_things_does_not_use_up_the_drugs_limit(pack):
    town = Town()
    town.drugs("1", town.limit("250")).pays("0.5")
    # 100 + 900 × 50% = 550; of the limit only the 100 are used
    first = town.on(pack, "1000", essential_drugs="100")
    assert lines(first, "hifp_pay") == ("550.00",)
    assert left(first) == [("limit", "250.00", "100.00", "150.00")]
    # 150 left, and 800 × 50% = 400
    assert lines(town.on(pack, "1000", essential_drugs="200", used=first.standing.next), "hifp_pay") == ("550.00",)


def test_the_funds_limit_counts_what_it_paid_for_drugs(pack):
    town = Town()
    town.drugs("1").pays("0.5", town.limit("500"))
    # 400 for drugs; the band may still pay 100 of its 600 × 50%
    assert lines(town.on(pack, "1000", essential_drugs="400"), "hifp_pay") == ("500.00",)


def test_drugs_above_their_limit_are_above_a_limit_and_do_not_fill_bands(pack):
    town = Town()
    town.drugs("1", town.limit("250")).deductible("300")
    town.bands(town.band("0.5", upto="1000"), town.band("0.9"), origin="zero", counted="year")
    town.on_own_part(("1", None), counts=("above-limit",))
    # drugs 250, 150 above the limit; 300 deducted, then 600 − 300 = 300 × 50%
    first = town.on(pack, "1000", essential_drugs="400")
    assert lines(first, "hifp_pay", "hifmi_pay") == ("400.00", "150.00")
    # only 600 of cost so far: 400 × 50% + 100 × 90%
    assert first.standing.next.eligible == 600
    assert lines(town.on(pack, "500", used=first.standing.next), "hifp_pay") == ("290.00",)
