"""What each stage of the engine does, on small invented rules. Every expected figure is worked out in a comment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.pack.benefits import (
    AccountFirst,
    Band,
    Bands,
    BenefitsFile,
    Dated,
    Deductible,
    Limit,
    Parameter,
    Remote,
    Row,
    Rule,
    Supplement,
)
from yibao_desktop.pack.cases import Accounts, Bill, EstimateCase, Person, Visit, YearToDate
from yibao_desktop.pack.store import Pack

START = date(2024, 1, 1)
DAY = date(2024, 6, 1)
OPEN = {"medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"}
"""Lines that come from the bill alone."""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Pack(Path(__file__).resolve().parents[2] / "content")


class Town:
    """Builds the rules of an invented town; every figure written in a stage becomes a parameter."""

    def __init__(self, **rule: Any) -> None:
        self.parameters: list[Parameter] = []
        self.stages: list[Any] = []
        self.rule = rule
        self.more_rules: list[Rule] = []

    def figure(self, value: Any, unit: str = "yuan") -> str:
        """A number as text, rows that depend on the person, or a dated entry."""
        id_ = f"f{len(self.parameters)}"
        if isinstance(value, str):
            value = (Row(value=Decimal(value)),)
        entries = (value,) if isinstance(value, Dated) else (
            Dated(from_=START, rows=value, sources=("s",), checked=DAY),)
        self.parameters.append(Parameter(id=id_, label=f"数 {id_}", unit=unit, dated=entries))
        return id_

    def deductible(self, amount: Any, per: str = "year") -> Town:
        self.stages.append(Deductible(label="起付线", amount=self.figure(amount), per=per))
        return self

    def account_first(self) -> Town:
        self.stages.append(AccountFirst(label="当年账户"))
        return self

    def remote(self, method: str, value: Any) -> Town:
        self.stages.append(Remote(label="异地", method=method, value=self.figure(value, "share")))
        return self

    def band(self, share: Any, upto: Any = None, paid_upto: Any = None, fund: str = "hifp_pay",
             plus: str | None = None, plus_fund: str = "oth_pay") -> Band:
        supplement = None
        if plus is not None:
            supplement = Supplement(fund=plus_fund, share=self.figure(plus, "share"), label="补充")
        return Band(
            fund=fund, share=self.figure(share, "share"), label="基金",
            upto=None if upto is None else self.figure(upto),
            limits=() if paid_upto is None else (Limit(amount=self.figure(paid_upto)),), supplement=supplement,
        )

    def bands(self, *bands: Band, origin: str = "threshold", counted: str = "bill") -> Town:
        self.stages.append(Bands(origin=origin, counted=counted, bands=bands))
        return self

    def pays(self, share: Any, **more: Any) -> Town:
        return self.bands(self.band(share, **more))

    def benefits(self) -> BenefitsFile:
        fields = {"id": "rule", "title": "规定", "scheme": "employee", "visits": ("inpatient",),
                  "from_": START, "sources": ("s",), "checked": DAY, "stages": tuple(self.stages)}
        own = (Rule(**{**fields, **self.rule}),) if self.stages else ()
        return BenefitsFile(parameters=tuple(self.parameters), rules=(*own, *self.more_rules))

    def on(self, pack: Pack, total: str, *, day: date = DAY, used: YearToDate | None = None,
           accounts: Accounts | None = None, person: Person | None = None, visit: Visit | None = None,
           **parts: str) -> Estimate:
        bill = Bill(total=Decimal(total), **{name: Decimal(value) for name, value in parts.items()})
        case = EstimateCase(
            rules=self.benefits(), on=day, scheme="employee", person=person or Person(),
            visit=visit or Visit(kind="inpatient"), bill=bill, year_to_date=used, accounts=accounts,
        )
        return estimate(case, pack)


def used(deductible: str | None = None, eligible: str = "0", **paid: str) -> YearToDate:
    return YearToDate(deductible=None if deductible is None else Decimal(deductible),
                      eligible=Decimal(eligible), paid={fund: Decimal(value) for fund, value in paid.items()})


def accounts(own: str = "0", year: str = "0", shared: str = "0") -> Accounts:
    return Accounts(own=Decimal(own), own_current_year=Decimal(year), shared=Decimal(shared))


def lines(result: Estimate, *names: str) -> tuple[str | None, ...]:
    """Amounts as text, so that a wrong number of decimals is seen too."""
    return tuple(None if (amount := result.amounts[name]) is None else str(amount) for name in names)


def unknown_entry(who: str | None = "市医保局") -> Dated:
    return Dated(from_=START, unknown="没有查到。", who=who, sources=("s",), checked=DAY)


# --- what comes off the total ---------------------------------------------------------------------


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


# --- deductible -------------------------------------------------------------------------------------


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


# --- account ----------------------------------------------------------------------------------------


def test_this_years_account_pays_before_the_deductible(pack):
    town = Town().account_first().deductible("200").pays("0.8")
    # 1000 − 300 = 700; − 200 = 500 × 80% = 400; the person bears 600, of which the account has paid 300
    result = town.on(pack, "1000", accounts=accounts(year="300"))
    assert lines(result, "act_pay_dedc", "hifp_pay", "psn_part_amt", "acct_pay", "psn_cash_pay") == (
        "200.00", "400.00", "600.00", "300.00", "300.00")


def test_this_years_account_that_covers_everything_leaves_nothing_to_deduct(pack):
    town = Town().account_first().deductible("200").pays("0.8")
    result = town.on(pack, "150", accounts=accounts(own="50", year="300"))
    assert lines(result, "act_pay_dedc", "hifp_pay", "acct_pay", "psn_cash_pay") == ("0.00", "0.00", "150.00", "0.00")


def test_this_years_account_does_not_pay_what_is_out_of_scope(pack):
    # in scope 100; the account has 300 but 50 are out of scope: 100 from the account, 50 in cash
    result = Town().account_first().deductible("200").pays("0.8").on(
        pack, "150", self_funded="50", accounts=accounts(year="300"))
    assert lines(result, "acct_pay", "psn_cash_pay") == ("100.00", "50.00")


@pytest.mark.parametrize(("balances", "paid"), [
    # the person bears 500: own account first, then relatives', then cash
    (accounts("200", shared="250"), ("200.00", "250.00", "50.00")),
    (accounts("500", shared="250"), ("500.00", "0.00", "0.00")),
    (accounts("0", shared="900"), ("0.00", "500.00", "0.00")),
    (accounts("499.99", shared="900"), ("499.99", "0.01", "0.00")),
    (accounts(), ("0.00", "0.00", "500.00")),
    (None, ("0.00", "0.00", "500.00")),
])
def test_own_account_then_relatives_account_then_cash(pack, balances, paid):
    result = Town().pays("0.5").on(pack, "1000", accounts=balances)
    assert lines(result, "acct_pay", "acct_mulaid_pay", "psn_cash_pay") == paid


def test_no_account_pays_what_is_outside_the_catalogue_or_above_a_price_limit(pack):
    # 1000 − 300 − 100 − 50 = 550 in scope × 50% = 275; the person bears 725: 300 + 100 in cash whatever the balances,
    # and 325 (先行自付 50 and the 275 of the copay) from the accounts: 200 own, 125 shared
    result = Town().pays("0.5").on(pack, "1000", self_funded="300", over_limit="100", first_pay="50",
                                   accounts=accounts("200", shared="9999"))
    assert lines(result, "psn_part_amt", "acct_pay", "acct_mulaid_pay", "psn_cash_pay") == (
        "725.00", "200.00", "125.00", "400.00")


def test_balances_not_told_are_an_assumption_that_is_said(pack):
    town = Town().pays("0.5")
    said = pack.words("assume.accounts-not-told")
    assert said in town.on(pack, "100").assumptions
    assert said not in town.on(pack, "100", accounts=accounts()).assumptions


# --- what is not known ------------------------------------------------------------------------------


def assert_open(result: Estimate) -> None:
    assert {name for name, amount in result.amounts.items() if amount is not None} == OPEN
    assert not result.complete
    assert [gap.stops for gap in result.unknown] == [True]


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


# --- away from home ---------------------------------------------------------------------------------


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
