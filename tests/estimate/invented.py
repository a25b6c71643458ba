"""Chance rules and chance bills, and what must hold for every one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.result import Estimate
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
    Remote,
    Row,
    Rule,
    Stage,
    Supplement,
    limits_of,
)
from yibao_desktop.pack.cases import Accounts, Bill, EstimateCase, Visit, YearToDate
from yibao_desktop.pack.schema import FUNDS
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT

PACK = Pack(CONTENT)
DAY = date(2024, 6, 1)
FEN = Decimal("0.01")
WHOLE = 10**12
"""元. Where every amount is a multiple of this, nothing in the rules below need be rounded to the fen."""

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


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
