"""Laws that hold for every bill under every rule: generated rules, and the rules of the shipped pack."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yibao_desktop.errors import NoValueAtDate
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
    Row,
    Rule,
    Supplement,
    figures_of,
)
from yibao_desktop.pack.cases import Accounts, Bill, EstimateCase, Person, Visit, YearToDate
from yibao_desktop.pack.dated import entry_on
from yibao_desktop.pack.schema import FUNDS
from yibao_desktop.pack.store import Pack

CONTENT = Path(__file__).resolve().parents[2] / "content"
PACK = Pack(CONTENT)
DAY = date(2024, 6, 1)
FEN = Decimal("0.01")

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# --- generated rules --------------------------------------------------------------------------------


def _parameter(id_: str, value: Decimal, unit: str) -> Parameter:
    entry = Dated(from_=date(2020, 1, 1), rows=(Row(value=value),), sources=("s",), checked=DAY)
    return Parameter(id=id_, label=id_, unit=unit, dated=(entry,))


@st.composite
def benefits(draw: Any, hundreds: bool = False, limits: str = "any", account_first: bool = True,
             deductible: tuple[str, ...] = ("none", "year", "stay"), counted: tuple[str, ...] = ("bill", "year"),
             ) -> BenefitsFile:
    """A consistent rule: shares of one band are at most 1 together, edges rise.

    ``hundreds``: 元 amounts are whole hundreds and shares have two digits, so nothing need be rounded as long as no
    limit on what a fund has paid cuts a band in two. ``limits``: ``any``, ``none`` or ``last`` (only on the last band,
    where the part that is cut off is paid by nobody).
    """
    parameters: list[Parameter] = []

    def amount(top: int) -> Decimal:
        if hundreds:
            return Decimal(draw(st.integers(0, top // 100)) * 100)
        return Decimal(draw(st.integers(0, top * 100))) / 100

    def share(top: Decimal) -> Decimal:
        digits = 2 if hundreds else draw(st.integers(2, 4))
        return Decimal(draw(st.integers(0, int(top * 10**digits)))) / 10**digits

    def put(value: Decimal, unit: str) -> str:
        parameters.append(_parameter(f"p{len(parameters)}", value, unit))
        return parameters[-1].id

    stages: list[Any] = []
    if account_first and draw(st.booleans()):
        stages.append(AccountFirst(label="当年账户"))
    per = draw(st.sampled_from(deductible))
    if per != "none":
        stages.append(Deductible(label="起付线", amount=put(amount(3000), "yuan"), per=per))
    number = draw(st.integers(1, 4))
    edge = Decimal(0)
    bands: list[Band] = []
    for index in range(number):
        last = index == number - 1
        edge += amount(30000) + (100 if hundreds else FEN)
        own = share(Decimal(1))
        supplement = None
        if draw(st.booleans()):
            supplement = Supplement(fund="oth_pay", share=put(share(1 - own), "share"), label="补充")
        limited = (limits == "any" and draw(st.booleans())) or (limits == "last" and last and draw(st.booleans()))
        bands.append(Band(
            fund=draw(st.sampled_from(("hifp_pay", "hifob_pay"))), share=put(own, "share"), label=f"第 {index} 段",
            upto=None if last and draw(st.booleans()) else put(edge, "yuan"),
            limits=(Limit(amount=put(amount(60000), "yuan")),) if limited else (), supplement=supplement,
        ))
    stages.append(Bands(origin=draw(st.sampled_from(("zero", "threshold"))), counted=draw(st.sampled_from(counted)),
                        bands=tuple(bands)))
    rule = Rule(id="r", title="r", scheme="employee", visits=("inpatient",), from_=date(2020, 1, 1),
                stages=tuple(stages), sources=("s",), checked=DAY)
    return BenefitsFile(parameters=tuple(parameters), rules=(rule,))


fens = st.integers(0, 20_000_000).map(lambda n: Decimal(n) / 100)
few_fens = st.integers(0, 200).map(lambda n: Decimal(n) / 100)
small_fens = st.integers(0, 500_000).map(lambda n: Decimal(n) / 100)


@st.composite
def bills(draw: Any) -> Bill:
    in_scope, *parts = draw(fens | small_fens | few_fens), *(draw(st.just(Decimal(0)) | small_fens) for _ in range(3))
    return Bill(total=in_scope + sum(parts), self_funded=parts[0], over_limit=parts[1], first_pay=parts[2])


@st.composite
def years(draw: Any) -> YearToDate | None:
    if draw(st.booleans()):
        return None
    return YearToDate(deductible=draw(st.none() | small_fens), eligible=draw(small_fens | fens),
                      paid={fund: draw(fens) for fund in draw(st.sets(st.sampled_from(("hifp_pay", "hifob_pay"))))})


balances = st.none() | st.builds(Accounts, own=small_fens, own_current_year=small_fens, shared=small_fens)


def run(rules: BenefitsFile, bill: Bill, used: YearToDate | None = None, accounts: Accounts | None = None,
        ) -> dict[str, Decimal]:
    case = EstimateCase(rules=rules, on=DAY, scheme="employee", visit=Visit(kind="inpatient"), bill=bill,
                        year_to_date=used, accounts=accounts)
    result = estimate(case, PACK)
    assert result.complete
    return {name: amount for name, amount in result.amounts.items() if amount is not None}


def assert_sums(amounts: dict[str, Decimal]) -> None:
    """The laws of one bill: they hold to the fen, whatever the rule."""
    total = amounts["medfee_sumamt"]
    funds = sum((amounts[fund] for fund in FUNDS), Decimal(0))
    assert min(amounts.values()) >= 0
    assert amounts["fund_pay_sumamt"] == funds
    assert amounts["psn_part_amt"] == total - funds
    assert funds + amounts["acct_pay"] + amounts["acct_mulaid_pay"] + amounts["psn_cash_pay"] == total
    assert total == (amounts["fulamt_ownpay_amt"] + amounts["overlmt_selfpay"] + amounts["preselfpay_amt"]
                     + amounts["inscp_scp_amt"])
    # Funds never pay on the deductible; with that they never pay more than the bill.
    assert funds <= amounts["inscp_scp_amt"] - amounts["act_pay_dedc"]
    # What is outside the catalogue or above a price limit stays with cash.
    assert amounts["psn_cash_pay"] >= amounts["fulamt_ownpay_amt"] + amounts["overlmt_selfpay"]
    assert all(amount == amount.quantize(FEN) for amount in amounts.values())


@quick
@given(benefits(), bills(), years(), balances)
def test_the_lines_of_a_bill_add_up(rules, bill, used, accounts):
    assert_sums(run(rules, bill, used, accounts))


@quick
@given(benefits(), bills(), years(), balances, small_fens)
def test_more_in_scope_cost_never_lowers_what_a_fund_pays(rules, bill, used, accounts, more):
    # Each fund's exact payment rises with the cost, and rounding half-up keeps an order: so this is exact.
    larger = Bill(total=bill.total + more, self_funded=bill.self_funded, over_limit=bill.over_limit,
                  first_pay=bill.first_pay)
    before, after = run(rules, bill, used, accounts), run(rules, larger, used, accounts)
    assert all(after[fund] >= before[fund] for fund in FUNDS)
    assert after["act_pay_dedc"] >= before["act_pay_dedc"]


@quick
@given(benefits(), bills(), years(), small_fens, st.sampled_from(("self_funded", "over_limit", "first_pay")))
def test_more_cost_out_of_scope_is_the_persons_alone(rules, bill, used, more, part):
    parts = {"self_funded": bill.self_funded, "over_limit": bill.over_limit, "first_pay": bill.first_pay}
    parts[part] += more
    before, after = run(rules, bill, used), run(rules, Bill(total=bill.total + more, **parts), used)
    assert after["psn_part_amt"] == before["psn_part_amt"] + more
    assert all(after[fund] == before[fund] for fund in FUNDS)


hundreds = st.integers(0, 2000).map(lambda n: Decimal(n * 100))


@quick
@given(benefits(hundreds=True, limits="none"), hundreds, hundreds)
def test_more_cost_never_lowers_the_personal_part(rules, cost, more):
    # Whole hundreds and two-digit shares: every fund line is exact, so the law is exact too.
    before, after = run(rules, Bill(total=cost)), run(rules, Bill(total=cost + more))
    assert after["psn_part_amt"] >= before["psn_part_amt"]
    assert after["psn_part_amt"] - before["psn_part_amt"] <= more


@quick
@given(benefits(), bills(), years(), small_fens)
def test_more_cost_lowers_the_personal_part_by_rounding_at_most(rules, bill, used, more):
    # Exactly, the personal part cannot fall, as funds pay at most all of the additional cost. Each of the three fund
    # lines may be half a fen too low before and half a fen too high after: one fen a line, together three.
    larger = Bill(total=bill.total + more, self_funded=bill.self_funded, over_limit=bill.over_limit,
                  first_pay=bill.first_pay)
    before, after = run(rules, bill, used), run(rules, larger, used)
    assert after["psn_part_amt"] >= before["psn_part_amt"] - 3 * FEN


@quick
@given(benefits(hundreds=True, limits="last", account_first=False, deductible=("none", "year"), counted=("year",)),
       hundreds, hundreds, hundreds)
def test_a_cost_counted_over_the_year_may_come_in_one_bill_or_in_several(rules, first, second, third):
    # Whole hundreds, two-digit shares and no band cut by a limit but the last: nothing is rounded.
    whole = run(rules, Bill(total=first + second + third))
    used = YearToDate(deductible=Decimal(0))
    totals = dict.fromkeys(("act_pay_dedc", *FUNDS, "psn_part_amt"), Decimal(0))
    for cost in (first, second, third):
        part = run(rules, Bill(total=cost), used)
        for name in totals:
            totals[name] += part[name]
        used = YearToDate(deductible=totals["act_pay_dedc"], eligible=used.eligible + cost,
                          paid={fund: totals[fund] for fund in FUNDS})
    assert totals == {name: whole[name] for name in totals}


# --- the shipped pack -------------------------------------------------------------------------------


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
    )
    visit = st.builds(
        Visit, kind=st.sampled_from(rule.visits), admission=st.integers(1, 3), referral=st.sampled_from(rule.referrals),
        level=mostly_named("level", ("village", "community", "primary", "secondary", "tertiary-district", "tertiary",
                                     "tertiary-top", "specialist")),
    )
    return st.tuples(person, visit)


@pytest.mark.parametrize(("code", "rule", "day"), shipped())
def test_the_lines_add_up_under_every_rule_of_the_pack(code, rule, day):
    known = 0

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(circumstances(code, rule), bills() | bills().map(_larger), years(), balances)
    def law(who: tuple[Person, Visit], bill: Bill, used: YearToDate | None, accounts: Accounts | None) -> None:
        nonlocal known
        result: Estimate = estimate(EstimateCase(
            region=code, on=day, scheme=rule.scheme, person=who[0], visit=who[1], bill=bill, year_to_date=used,
            accounts=accounts), PACK)
        assert result.rule == rule
        if result.complete:
            known += 1
            assert_sums({name: amount for name, amount in result.amounts.items() if amount is not None})
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
    return Bill(total=bill.total + 700_000, self_funded=bill.self_funded, over_limit=bill.over_limit,
                first_pay=bill.first_pay)
