"""Laws that hold for every bill under every rule: generated rules, and the rules of the shipped pack."""

from __future__ import annotations

from ast import literal_eval
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from importlib import import_module
from inspect import getsource, isclass, isfunction
from io import StringIO
from pkgutil import iter_modules
from tokenize import NAME, NUMBER, TokenInfo, generate_tokens
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import yibao_desktop.estimate
from yibao_desktop.errors import NoValueAtDate
from yibao_desktop.estimate import standing
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.pack import benefits, cases, schema, slip_forms
from yibao_desktop.pack.benefits import (
    AccountFirst,
    AccountRules,
    Band,
    Bands,
    BenefitsFile,
    Dated,
    Deductible,
    EssentialDrugs,
    Limit,
    OnOwnPart,
    OwnBand,
    Parameter,
    Reading,
    Remote,
    Row,
    Rule,
    Stage,
    Supplement,
    figures_of,
    limits_of,
)
from yibao_desktop.pack.cases import Accounts, Bill, EstimateCase, Person, Visit, YearToDate
from yibao_desktop.pack.dated import entry_on
from yibao_desktop.pack.rule_faults import rule_faults
from yibao_desktop.pack.schema import FUNDS, Aid
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT

PACK = Pack(CONTENT)
DAY = date(2024, 6, 1)
FEN = Decimal("0.01")
WHOLE = 10**12
"""元. Where every amount is a multiple of this, nothing in the rules below need be rounded to the fen."""

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# --- generated rules --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Town:
    """Rules and how the person is treated under them."""

    rules: BenefitsFile
    visit: Visit

    @property
    def rule(self) -> Rule:
        return self.rules.rules[0]

    def stages(self, kind: type[Any]) -> list[Any]:
        return [stage for stage in self.rule.stages if isinstance(stage, kind)]

    @property
    def away(self) -> bool:
        return self.visit.referral != "local"

    @property
    def funds(self) -> set[str]:
        """Every fund that can pay."""
        named = {stage.fund for stage in self.stages(EssentialDrugs) + self.further}
        for band in self.bands:
            named |= {band.fund, *([band.supplement.fund] if band.supplement else [])}
        return named

    @property
    def bands(self) -> list[Band]:
        return [band for stage in self.stages(Bands) for band in stage.bands]

    @property
    def further(self) -> list[OnOwnPart]:
        """Stages that pay on the person's own part with the bill."""
        return [stage for stage in self.stages(OnOwnPart) if stage.paid == "with-bill"]

    @property
    def limits(self) -> list[Limit]:
        return [limit for stage in self.rule.stages for limit in limits_of(stage)]

    @property
    def deductible_is_a_share(self) -> bool:
        return any(stage.share is not None for stage in self.stages(Deductible))

    @property
    def prepays(self) -> bool:
        return self.away and any(stage.method == "prepay" for stage in self.stages(Remote))

    def counts(self, part: str) -> bool:
        return any(part in stage.counts for stage in self.further)


@dataclass
class Maker:
    """Draws figures and stages.

    ``whole``: amounts are multiples of ``WHOLE``, and a share that a limit may divide by has a quotient that ends
    (it has no prime factor but 2 and 5), so that all lines come out exact.
    """

    draw: Any
    whole: bool
    parameters: list[Parameter]
    points: bool = False

    def amount(self, top: int) -> Decimal:
        if self.whole:
            return Decimal(self.draw(st.integers(0, top // 1000)) * WHOLE)
        return Decimal(self.draw(st.integers(0, top * 100))) / 100

    def put(self, value: Decimal, unit: str) -> str:
        entry = Dated(from_=date(2020, 1, 1), rows=(Row(value=value),), sources=("s",), checked=DAY)
        id_ = f"p{len(self.parameters)}"
        self.parameters.append(Parameter(id=id_, label=id_, unit=unit, dated=(entry,)))
        return id_

    def yuan(self, top: int) -> str:
        return self.put(self.amount(top), "yuan")

    def share_value(self, top: Decimal = Decimal(1), dividing: bool = False) -> Decimal:
        if self.whole and dividing:
            # After 10 points are off they are 0.1, 0.25, 0.4, 0.5, 0.8.
            names = "0.2 0.35 0.5 0.6 0.9" if self.points else "0 0.2 0.25 0.4 0.5 0.8 1"
            fitting = [share for share in map(Decimal, names.split()) if share <= top]
            return self.draw(st.sampled_from(fitting)) if fitting else Decimal(0)
        digits = 2 if self.whole else self.draw(st.integers(2, 4))
        return Decimal(self.draw(st.integers(0, int(top * 10**digits)))) / 10**digits

    def share(self) -> str:
        return self.put(self.share_value(), "share")

    def maybe(self) -> bool:
        return self.draw(st.booleans())

    def one_of(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def limits(self, known: list[Limit]) -> tuple[Limit, ...]:
        """None, one or two limits; now and then one that an earlier band has too."""
        made = []
        for _ in range(self.one_of(0, 0, 1, 1, 2)):
            if known and self.maybe():
                made.append(self.one_of(*known))
            else:
                made.append(Limit(amount=self.yuan(60000), measures=self.one_of("payment", "expense", "both")))
        known += made
        return tuple(dict.fromkeys(made))

    def deductible(self, per: str, share: bool) -> Deductible:
        extra: dict[str, Any] = {}
        if share:
            extra = {"share": self.share(), "most": self.yuan(30000), "share_of": self.one_of("total", "in-scope")}
        if self.maybe():
            extra["year_total"] = self.yuan(5000)
        return Deductible(label="起付线", amount=self.yuan(3000), per=per, **extra)

    def bands(self, counted: str) -> Bands:
        number = self.draw(st.integers(1, 4))
        edge, bands, known = Decimal(0), [], []
        for index in range(number):
            edge += self.amount(30000) + (WHOLE if self.whole else FEN)
            own = self.share_value(dividing=True)
            supplement = None
            if self.maybe():
                extra = self.put(self.share_value(1 - own, dividing=True), "share")
                supplement = Supplement(fund="oth_pay", share=extra, label="补充")
            bands.append(Band(
                fund=self.one_of("hifp_pay", "hifob_pay"), share=self.put(own, "share"), label=f"第 {index} 段",
                upto=None if index == number - 1 and self.maybe() else self.put(edge, "yuan"),
                limits=self.limits(known), supplement=supplement))
        return Bands(origin=self.one_of("zero", "threshold"), counted=counted, bands=tuple(bands))

    def own_part(self, fund: str, counts: tuple[str, ...], counted: str) -> OnOwnPart:
        threshold = self.yuan(10000) if self.maybe() else None
        edge, bands = Decimal(0), []
        number = self.draw(st.integers(1, 3))
        for index in range(number):
            edge += self.amount(10000) + (WHOLE if self.whole else FEN)
            last = index == number - 1
            bands.append(OwnBand(share=self.share(), label="大病",
                                 upto=None if last and self.maybe() else self.put(edge, "yuan")))
        paid = self.one_of("with-bill", "with-bill", "year-end") if counted == "year" else "with-bill"
        return OnOwnPart(label="大病", fund=fund, counts=counts, threshold=threshold, counted=counted, paid=paid,
                         origin=self.one_of("zero", "threshold"), bands=tuple(bands),
                         limit=self.yuan(20000) if self.maybe() else None)


PARTS = ("deductible", "copay", "above-limit", "first-pay", "remote-cut")
USES = ("in-scope", "first-pay", "over-limit", "self-funded")


@st.composite
def towns(draw: Any, whole: bool = False, over_the_year: bool = False) -> Town:
    """Rules that ``check`` finds nothing wrong with, of every kind of stage.

    ``over_the_year``: only what a year adds up, so that it does not matter how its cost is spread over bills. Left out
    are, each because it looks at one bill or at the order of things by its very nature:

    - a deductible per stay, one that is a share of the bill, bands and own parts counted for the bill;
    - 基本药物 whose fund has a limit on what it pays altogether, or that share a limit with the bands: whichever comes
      first in the year gets the money;
    - 基本药物 together with money of the account used first or with a first payment before them: what is left of a bill
      for drugs then depends on what else stands on the same bill.

    Own parts: a later stage counts all that an earlier one counts, or nothing of it. Where it counts some of it, what
    the earlier one paid on the rest comes off too, and more cost may bring less.
    """
    make = Maker(draw, whole, [])
    method = make.one_of(None, "points", "factor", "prepay")
    away = method is not None and (make.maybe() or (whole and method == "points"))
    make.points = method == "points"
    remote = None
    if method is not None:
        value = make.share_value(dividing=method == "factor")
        if whole and make.points:
            value = Decimal("0.1")
        remote = Remote(label="异地", method=method, value=make.put(value, "share"))
    drugs = None
    if make.maybe():
        drugs = EssentialDrugs(label="基药", share=make.put(make.share_value(dividing=True), "share"),
                               fund=make.one_of("hifes_pay") if over_the_year else make.one_of("hifp_pay", "hifes_pay"),
                               limits=make.limits([]))
    stages: list[Stage] = []
    if make.maybe() and not (over_the_year and drugs):
        stages.append(AccountFirst(label="当年账户"))
    before = [drugs, remote] if over_the_year or make.maybe() else [remote, drugs]
    stages += [stage for stage in before if stage is not None]
    per = make.one_of("none", "year") if over_the_year else make.one_of("none", "year", "stay")
    if per != "none":
        stages.append(make.deductible(per, share=not over_the_year and make.one_of(False, False, True)))
    stages.append(make.bands("year" if over_the_year else make.one_of("bill", "year")))
    earlier: list[set[str]] = []
    for fund in make.one_of((), ("hifmi_pay",), ("hifmi_pay", "maf_pay"), ("hifmi_pay", "cvlserv_pay", "maf_pay")):
        counts = draw(st.sets(st.sampled_from(PARTS), min_size=1))
        for other in earlier:
            counts |= other if counts & other else set()
        if any(counts & other and not other <= counts for other in earlier):
            continue
        earlier.append(counts)
        counted = "year" if over_the_year else make.one_of("bill", "year")
        stages.append(make.own_part(fund, tuple(sorted(counts)), counted))
    accounts = AccountRules(own=tuple(draw(st.sets(st.sampled_from(USES)))), first=make.one_of("own", "shared"),
                            shared=tuple(draw(st.sets(st.sampled_from(USES)))))
    rule = Rule(id="r", title="r", scheme="employee", visits=("inpatient",), from_=date(2020, 1, 1),
                referrals=("local", "unfiled"), stages=tuple(stages), accounts=accounts, sources=("s",), checked=DAY)
    rules = BenefitsFile(parameters=tuple(make.parameters), rules=(rule,))
    return Town(rules, Visit(kind="inpatient", referral="unfiled" if away else "local"))


fens = st.integers(0, 20_000_000).map(lambda n: Decimal(n) / 100)
few_fens = st.integers(0, 200).map(lambda n: Decimal(n) / 100)
small_fens = st.integers(0, 500_000).map(lambda n: Decimal(n) / 100)
wholes = st.integers(0, 200).map(lambda n: Decimal(n * WHOLE))
nothing = st.just(Decimal(0))


@st.composite
def bills(draw: Any, cost: Any = None, parts: Any = None) -> Bill:
    cost = fens | small_fens | few_fens if cost is None else cost
    parts = nothing | small_fens if parts is None else parts
    in_scope, drugs, *outside = draw(cost), draw(nothing | cost), *(draw(parts) for _ in range(3))
    return Bill(total=in_scope + sum(outside), self_funded=outside[0], over_limit=outside[1], first_pay=outside[2],
                essential_drugs=min(drugs, in_scope))


@st.composite
def years(draw: Any, town: Town) -> YearToDate | None:
    if draw(st.booleans()):
        return None

    def some(names: list[str]) -> dict[Any, Decimal]:
        return {name: draw(fens) for name in names if draw(st.booleans())}
    return YearToDate(
        deductible=draw(st.none() | small_fens), deductibles=draw(st.none() | small_fens),
        eligible=draw(small_fens | fens), paid=some(sorted(town.funds)),
        limits=some(sorted({limit.amount for limit in town.limits})),
        own_part=some(sorted(stage.fund for stage in town.stages(OnOwnPart))))


balances = st.none() | st.builds(Accounts, own=small_fens, own_current_year=small_fens,
                                 shared=small_fens | st.lists(small_fens, max_size=3).map(tuple))


@dataclass(frozen=True)
class Situation:
    town: Town
    bill: Bill
    used: YearToDate | None
    accounts: Accounts | None


@st.composite
def situations(draw: Any, whole: bool = False) -> Situation:
    town = draw(towns(whole=whole))
    if whole:
        return Situation(town, draw(bills(wholes, nothing | wholes)), None, None)
    return Situation(town, draw(bills()), draw(years(town)), draw(balances))


def result_of(town: Town, bill: Bill, used: YearToDate | None = None, accounts: Accounts | None = None) -> Estimate:
    return estimate(EstimateCase(rules=town.rules, on=DAY, scheme="employee", visit=town.visit, bill=bill,
                                 year_to_date=used, accounts=accounts), PACK)


def known_lines(result: Estimate) -> dict[str, Decimal]:
    return {name: amount for name, amount in result.amounts.items() if amount is not None}


def run(town: Town, bill: Bill, used: YearToDate | None = None, accounts: Accounts | None = None) -> dict[str, Decimal]:
    result = result_of(town, bill, used, accounts)
    assert result.complete
    return known_lines(result)


def with_more(bill: Bill, more: Decimal, part: str = "") -> Bill:
    """More of one part of a bill; of what is in scope where no part is named."""
    changes = {part: getattr(bill, part) + more} if part else {}
    return msgspec.structs.replace(bill, total=bill.total + more, **changes)


@quick
@given(towns() | towns(whole=True) | towns(whole=True, over_the_year=True))
def test_the_generated_rules_are_ones_an_author_may_write(town):
    too_large = [fault for fault in rule_faults(town.rules) if fault.code != "value-range"]
    assert too_large == []
    small = all(row.value < 10**8 for parameter in town.rules.parameters for row in parameter.dated[0].rows)
    assert not small or list(rule_faults(town.rules)) == []


# --- one bill ---------------------------------------------------------------------------------------


def assert_sums(amounts: dict[str, Decimal], rule: Rule, accounts: Accounts | None) -> None:
    """The laws of one bill: they hold to the fen, whatever the rule."""
    total = amounts["medfee_sumamt"]
    funds = sum((amounts[fund] for fund in FUNDS), Decimal(0))
    assert min(amounts.values()) >= 0
    assert all(amount == amount.quantize(FEN) for amount in amounts.values())
    assert amounts["fund_pay_sumamt"] == funds <= total
    assert amounts["psn_part_amt"] == total - funds
    assert funds + amounts["acct_pay"] + amounts["acct_mulaid_pay"] + amounts["psn_cash_pay"] == total
    assert total == (amounts["fulamt_ownpay_amt"] + amounts["overlmt_selfpay"] + amounts["preselfpay_amt"]
                     + amounts["inscp_scp_amt"])
    # Only funds that pay on the person's own part reach the deductible, and only they reach 先行自付.
    own_part = [stage for stage in rule.stages if isinstance(stage, OnOwnPart)]
    on_own_part = {stage.fund for stage in own_part if stage.paid == "with-bill"}
    by_bands = sum((amounts[fund] for fund in FUNDS if fund not in on_own_part), Decimal(0))
    assert by_bands <= amounts["inscp_scp_amt"] - amounts["act_pay_dedc"]
    outside_counts = any({"first-pay", "remote-cut"} & set(stage.counts) for stage in own_part)
    assert funds <= amounts["inscp_scp_amt"] + (amounts["preselfpay_amt"] if outside_counts else 0)
    # Accounts pay no more than they hold, and nothing that they may not pay.
    purse = accounts or Accounts()
    assert amounts["acct_pay"] <= purse.own + purse.own_current_year
    assert amounts["acct_mulaid_pay"] <= sum(purse.relatives, Decimal(0))
    allowed = set(rule.accounts.own) | set(rule.accounts.shared)
    lines = {"over-limit": "overlmt_selfpay", "self-funded": "fulamt_ownpay_amt"}
    assert amounts["psn_cash_pay"] >= sum(amounts[line] for use, line in lines.items() if use not in allowed)


@settings(quick, max_examples=250)
@given(situations())
def test_the_lines_of_a_bill_add_up(at):
    assert_sums(run(at.town, at.bill, at.used, at.accounts), at.town.rule, at.accounts)


def may_pay_less_for_more(town: Town) -> bool:
    """Whether a fund may pay less on a larger bill, and rightly.

    A deductible that is a share of the bill grows with it. Where bands are counted from zero, or a limit counts the
    deductible as cost, the far end of what a fund pays on stands still while the near end moves on: once the end is
    reached, more cost means less payment. Counted from the threshold the far end moves with the near one.
    """
    ends = any(stage.origin == "zero" for stage in town.stages(Bands)) or any(
        limit.measures == "expense" for band in town.bands for limit in band.limits)
    return town.deductible_is_a_share and ends


@quick
@given(situations(whole=True), wholes)
def test_more_in_scope_cost_never_lowers_what_a_fund_pays(at, more):
    # Nothing is rounded here, so the law is exact.
    assume(not may_pay_less_for_more(at.town))
    before, after = run(at.town, at.bill), run(at.town, with_more(at.bill, more))
    assert all(after[fund] >= before[fund] for fund in FUNDS)
    assert after["act_pay_dedc"] >= before["act_pay_dedc"]


@quick
@given(situations(), small_fens)
def test_more_in_scope_cost_lowers_what_a_fund_pays_by_giving_way_at_most(at, more):
    # Each fund's exact payment rises with the cost, and rounding half-up keeps an order. Only where all lines together
    # would come to more than there is does a later line give way: by what the lines up to it are rounded up, which is
    # half a fen each at most, so n lines bring n // 2 whole fens. One fund alone never gives way.
    assume(not may_pay_less_for_more(at.town))
    before = run(at.town, at.bill, at.used, at.accounts)
    after = run(at.town, with_more(at.bill, more), at.used, at.accounts)
    gives_way = len(at.town.funds) // 2 * FEN
    assert all(after[fund] >= before[fund] - gives_way for fund in FUNDS)
    assert after["act_pay_dedc"] >= before["act_pay_dedc"]


@quick
@given(situations(), small_fens, st.sampled_from(("self_funded", "over_limit", "first_pay")))
def test_more_cost_out_of_scope_is_the_persons_alone(at, more, part):
    # Not where the deductible is a share of the whole bill, nor for 先行自付 where a fund pays on it.
    assume(not any(stage.share and stage.share_of == "total" for stage in at.town.stages(Deductible)))
    assume(part != "first_pay" or not at.town.counts("first-pay"))
    before, after = run(at.town, at.bill, at.used), run(at.town, with_more(at.bill, more, part), at.used)
    assert after["psn_part_amt"] == before["psn_part_amt"] + more
    assert all(after[fund] == before[fund] for fund in FUNDS)


@quick
@given(situations(whole=True), wholes, st.sampled_from(("", "self_funded", "over_limit", "first_pay")))
def test_more_cost_never_lowers_the_personal_part(at, more, part):
    # Nothing is rounded, so the law is exact.
    before, after = run(at.town, at.bill), run(at.town, with_more(at.bill, more, part))
    assert after["psn_part_amt"] >= before["psn_part_amt"]
    # All funds together pay no less for more, unless a growing deductible pushes them against an end or grows with
    # what is out of scope.
    if not at.town.deductible_is_a_share:
        assert after["psn_part_amt"] - before["psn_part_amt"] <= more


@quick
@given(situations(), small_fens, st.sampled_from(("", "self_funded", "over_limit", "first_pay")))
def test_more_cost_lowers_the_personal_part_by_rounding_at_most(at, more, part):
    # Exactly, the personal part cannot fall, as funds pay at most all of the additional cost. A fund line is less than
    # half a fen too low before and at most half a fen too high after, which is less than a fen a line: so n lines bring
    # less than n fens, and as it is whole fens, n − 1 at most.
    before = run(at.town, at.bill, at.used, at.accounts)
    after = run(at.town, with_more(at.bill, more, part), at.used, at.accounts)
    assert after["psn_part_amt"] >= before["psn_part_amt"] - (len(at.town.funds) - 1) * FEN


# --- rounding ---------------------------------------------------------------------------------------


LARGER = 10**9


def enlarged(value: Any) -> Any:
    return value * LARGER if isinstance(value, Decimal) else {name: item * LARGER for name, item in value.items()}


def enlarged_record(record: Any) -> Any:
    changes = {name: enlarged(value) for name in record.__struct_fields__
               if isinstance(value := getattr(record, name), Decimal | dict)}
    return msgspec.structs.replace(record, **changes)


def enlarged_town(town: Town) -> Town:
    """The same rules with every 元 amount larger; shares stay."""
    parameters = []
    for parameter in town.rules.parameters:
        (entry,) = parameter.dated
        if parameter.unit == "yuan":
            entry = msgspec.structs.replace(entry, rows=tuple(enlarged_record(row) for row in entry.rows))
        parameters.append(msgspec.structs.replace(parameter, dated=(entry,)))
    return replace(town, rules=msgspec.structs.replace(town.rules, parameters=tuple(parameters)))


@settings(quick, max_examples=200)
@given(situations())
def test_a_fund_line_is_rounded_half_up_once_and_the_rest_is_the_persons(at):
    # A thousand million times everything is the same calculation with nine more digits before it is rounded. Not so
    # where an earlier line of the person's is a rounded share itself: 先行自付 away from home, a share of the bill.
    assume(not at.town.prepays and not at.town.deductible_is_a_share)
    small = run(at.town, at.bill, at.used)
    fine = run(enlarged_town(at.town), enlarged_record(at.bill), at.used and enlarged_record(at.used))
    rounded = {fund: (fine[fund] / LARGER).quantize(FEN, rounding=ROUND_HALF_UP) for fund in FUNDS}
    # A later line may have given way where all are used up.
    assert all(small[fund] <= rounded[fund] for fund in FUNDS)
    short = sum(rounded.values()) - sum(small[fund] for fund in FUNDS)
    assert short <= len(at.town.funds) // 2 * FEN
    first = next(fund for fund in FUNDS if fund in at.town.funds)
    if first not in {stage.fund for stage in at.town.further}:
        assert small[first] == rounded[first]
    open_ = fine["inscp_scp_amt"] - fine["act_pay_dedc"] - sum(fine[fund] for fund in FUNDS)
    if open_ / LARGER >= len(at.town.funds) * FEN:
        assert short == 0
    assert small["psn_part_amt"] == at.bill.total - sum(small[fund] for fund in FUNDS)


# --- a year of bills --------------------------------------------------------------------------------


ADDED = ("act_pay_dedc", "preselfpay_amt", "inscp_scp_amt", *FUNDS, "fund_pay_sumamt", "psn_part_amt")


@settings(quick, max_examples=200)
@given(towns(whole=True, over_the_year=True), st.lists(bills(wholes, nothing | wholes), min_size=1, max_size=4), wholes)
def test_a_years_cost_may_come_in_one_bill_or_in_several(town, parts, this_year):
    def money(left: Decimal) -> Accounts:
        return Accounts(own_current_year=left)

    together = Bill(**{name: sum((getattr(bill, name) for bill in parts), Decimal(0))
                       for name in Bill.__struct_fields__})
    whole = result_of(town, together, YearToDate(), money(this_year))
    year, totals = YearToDate(), dict.fromkeys(ADDED, Decimal(0))
    for bill in parts:
        result = result_of(town, bill, year, money(this_year))
        for name in ADDED:
            totals[name] += result.amounts[name]
        this_year -= result.amounts["acct_pay"]
        year = result.standing.next
    assert totals == {name: whole.amounts[name] for name in ADDED}
    # So is what the next bill starts from, and what 大病 would bring at the end of the year.
    assert year == whole.standing.next
    assert [left.pays_at_year_end for left in result.standing.left if left.kind == "own-part"] == [
        left.pays_at_year_end for left in whole.standing.left if left.kind == "own-part"]


# --- what is not known ------------------------------------------------------------------------------


def replaced(town: Town, parameter: Parameter, entry: Dated, **rule: Any) -> Town:
    changed = msgspec.structs.replace(parameter, dated=(entry,))
    parameters = tuple(changed if other is parameter else other for other in town.rules.parameters)
    rules = (msgspec.structs.replace(town.rule, **rule),)
    return replace(town, rules=BenefitsFile(parameters=parameters, rules=rules))


@settings(quick, max_examples=250)
@given(situations(), st.data())
def test_what_is_not_known_leaves_lines_open_and_never_changes_one(at, data):
    known = run(at.town, at.bill, at.used, at.accounts)
    parameter = data.draw(st.sampled_from(at.town.rules.parameters))
    entry = Dated(from_=date(2020, 1, 1), unknown="没有查到。", who="医保局", sources=("s",), checked=DAY)
    result = result_of(replaced(at.town, parameter, entry), at.bill, at.used, at.accounts)
    if not result.unknown:
        # The figure did not matter.
        assert known_lines(result) == known
        return
    (gap,) = result.unknown
    assert (gap.id, gap.who) == (parameter.id, "医保局")
    if not gap.stops:
        if parameter.id in {limit.amount for limit in at.town.limits}:
            # A limit is taken as not reached, and that is said.
            assert any(gap.label in text for text in result.assumptions)
        else:
            # What a fund pays at the end of the year is in no line.
            assert parameter.id in {id_ for stage in at.town.stages(OnOwnPart) if stage.paid == "year-end"
                                    for _, id_ in figures_of(stage)}
            assert known_lines(result) == known
        return
    assert result.standing is None
    assert {result.amounts[name] for name in ("fund_pay_sumamt", "psn_part_amt", "acct_pay", "psn_cash_pay")} == {None}
    assert known_lines(result).items() <= known.items()


@quick
@given(situations(), st.data())
def test_a_figure_that_can_be_read_in_two_ways_gives_the_range_of_both(at, data):
    parameter = data.draw(st.sampled_from(at.town.rules.parameters))
    (row,) = parameter.dated[0].rows
    lower = (row.value / 2).quantize(FEN)

    def rows(*rows: Row) -> Dated:
        return msgspec.structs.replace(parameter.dated[0], rows=rows)

    one = run(at.town, at.bill, at.used, at.accounts)
    other = run(replaced(at.town, parameter, rows(Row(value=lower))), at.bill, at.used, at.accounts)
    readings = tuple(Reading(id=id_, label=id_, text=id_, sources=("s",), checked=DAY) for id_ in ("a", "b"))
    two = rows(Row(value=row.value, reading="a"), Row(value=lower, reading="b"))
    result = result_of(replaced(at.town, parameter, two, readings=readings), at.bill, at.used, at.accounts)
    assert known_lines(result) == one
    assert [outcome.amounts for outcome in result.readings] == ([one, other] if one != other else [])
    for name in one:
        assert result.between(name) == (min(one[name], other[name]), max(one[name], other[name]))


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
        months=st.integers(0, 40), aid=mostly_named("aid", get_args(Aid)),
        tier=st.sampled_from([tier.id for tier in PACK.place(code).layers[0].benefits.tiers] or [None]),
    )
    visit = st.builds(
        Visit, kind=st.sampled_from(rule.visits), admission=st.integers(1, 3), referral=st.sampled_from(rule.referrals),
        away=st.sampled_from(("in-province", "outside")), prescription=st.booleans(),
        transferred_from=st.none() | mostly_named("level", ("primary", "secondary", "tertiary")),
        level=mostly_named("level", ("village", "community", "primary", "secondary", "tertiary-district", "tertiary",
                                     "tertiary-top", "specialist")),
    )
    return st.tuples(person, visit)


@pytest.mark.parametrize(("code", "rule", "day"), shipped())
def test_the_lines_add_up_under_every_rule_of_the_pack(code, rule, day):
    known = 0
    town = Town(BenefitsFile(rules=(rule,)), Visit(kind=rule.visits[0]))

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(circumstances(code, rule), bills() | bills().map(_larger), years(town), balances)
    def law(who: tuple[Person, Visit], bill: Bill, used: YearToDate | None, accounts: Accounts | None) -> None:
        nonlocal known
        result: Estimate = estimate(EstimateCase(
            region=code, on=day, scheme=rule.scheme, person=who[0], visit=who[1], bill=bill, year_to_date=used,
            accounts=accounts), PACK)
        assert result.rule == rule
        if result.complete:
            known += 1
            assert_sums(known_lines(result), rule, accounts)
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
    return with_more(bill, Decimal(700_000))


# --- no binary fractions ----------------------------------------------------------------------------


MONEY_MODULES = ("yibao_desktop.money", "yibao_desktop.pack.benefits", "yibao_desktop.pack.cases",
                 "yibao_desktop.pack.dated", "yibao_desktop.pack.rule_faults",
                 *(f"yibao_desktop.estimate.{found.name}" for found in iter_modules(yibao_desktop.estimate.__path__)))


def types_within(hint: Any) -> set[Any]:
    """The type itself and everything it is made of."""
    if isinstance(hint, list):  # the arguments of a Callable
        return set().union(*map(types_within, hint))
    return {hint}.union(*map(types_within, get_args(hint)))


def is_float(token: TokenInfo) -> bool:
    if token.type == NUMBER:
        return isinstance(literal_eval(token.string), float | complex)
    return token.type == NAME and token.string in ("float", "complex", "math", "numpy")


@pytest.mark.parametrize("name", MONEY_MODULES)
def test_no_float_stands_between_a_figure_and_a_line(name):
    module = import_module(name)
    mine = [item for item in vars(module).values() if getattr(item, "__module__", "") == name]
    hints = [hint for item in mine if isclass(item) or isfunction(item)
             for hint in get_type_hints(item, {**vars(schema), **vars(slip_forms), **vars(benefits), **vars(cases),
                                               **vars(standing), **vars(module)}).values()]
    assert not {float, complex} & set().union(*map(types_within, hints))
    tokens = generate_tokens(StringIO(getsource(module)).readline)
    assert [(token.start, token.line) for token in tokens if is_float(token)] == []


@pytest.mark.parametrize("text", ["x = 0.1", "float('1')", "1e3", "import math"])
def test_a_float_would_be_seen(text):
    assert any(map(is_float, generate_tokens(StringIO(text).readline)))
    assert float in types_within(dict[str, tuple[float, ...] | None])


def test_every_record_of_a_rule_and_a_case_was_looked_at():
    assert {"yibao_desktop.estimate.engine", "yibao_desktop.estimate.stages", "yibao_desktop.estimate.settle"} <= set(
        MONEY_MODULES)
    assert Decimal in types_within(get_type_hints(Bill)["total"])
