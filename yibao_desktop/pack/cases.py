"""Case files: a bill or a sharing question written down, with what should come out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

import msgspec
from msgspec.structs import replace

from yibao_desktop.errors import PackError
from yibao_desktop.money import LARGEST, fen
from yibao_desktop.pack import strict_yaml
from yibao_desktop.pack.benefits import BenefitsFile
from yibao_desktop.pack.reading import convert_document, read_record
from yibao_desktop.pack.rule_faults import rule_faults
from yibao_desktop.pack.schema import (
    Aid,
    Away,
    Fund,
    Group,
    Id,
    Level,
    Record,
    Referral,
    RegionCode,
    Scheme,
    Source,
    Status,
    Text,
    VisitKind,
)
from yibao_desktop.pack.slip_forms import SlipLine


class Person(Record, frozen=True, kw_only=True):
    """Whose bill it is, as far as rules ask."""

    status: Status | None = None
    group: Group | None = None
    age: int | None = None
    """Whole years on the day of the visit."""
    retired_on: date | None = None
    family_doctor: bool | None = None
    months: int | None = None
    """Months of membership without a break."""
    aid: Aid = "none"
    """救助身份."""
    tier: Id | None = None
    """Tier of contributions, by its id among the place's ``tiers``."""
    other_tier: bool = False
    """Pays contributions of a tier whose benefits are not known."""


class Visit(Record, frozen=True, kw_only=True):
    """What kind of care it was."""

    kind: VisitKind
    level: Level | None = None
    admission: int = 1
    """1 for the first stay of the benefit year, 2 for the second, and so on."""
    referral: Referral = "local"
    away: Away | None = None
    """In the same province or outside; need not be written for care in the place of insurance."""
    transferred_from: Level | None = None
    """Level of the hospital that transferred the person here in the same illness."""
    prescription: bool | None = None
    """In a pharmacy: with a prescription."""
    admitted: date | None = None
    """Day of admission of a stay that ended on ``on``."""


class Bill(Record, frozen=True, kw_only=True):
    """How the bill splits, in 元, none negative."""

    total: Decimal
    self_funded: Decimal = Decimal(0)
    """全自费: outside the catalogue."""
    over_limit: Decimal = Decimal(0)
    """超限价: above a price limit."""
    first_pay: Decimal = Decimal(0)
    """先行自付: the part of 乙类 items a person pays first."""
    essential_drugs: Decimal = Decimal(0)
    """基本药物 inside the in-scope cost, where a place pays them apart."""


class YearToDate(Record, frozen=True, kw_only=True):
    """What the benefit year has already used under the same rule, in 元, before this bill."""

    deductible: Decimal | None = None
    """Counted towards the yearly deductible."""
    eligible: Decimal = Decimal(0)
    """In-scope cost so far, without 基本药物 that were paid apart."""
    paid: dict[Fund, Decimal] = msgspec.field(default_factory=dict)
    """What each fund has paid so far."""
    limits: dict[Id, Decimal] = msgspec.field(default_factory=dict)
    """What a limit has used up so far, by the id of its figure; absent, what the fund has paid counts."""
    own_part: dict[Fund, Decimal] = msgspec.field(default_factory=dict)
    """What the person has borne so far and counts towards what a further fund pays （大病: ``hifmi_pay``）."""
    deductibles: Decimal | None = None
    """All deductibles of stays so far, for places that cap their yearly total."""


class Accounts(Record, frozen=True, kw_only=True):
    """Balances that may pay the personal part, in 元."""

    own: Decimal = Decimal(0)
    own_current_year: Decimal = Decimal(0)
    """The part of the account credited this benefit year, where a place keeps it apart （上海）."""
    shared: Decimal | tuple[Decimal, ...] = Decimal(0)
    """What relatives' accounts make available; several in the order in which they are drawn on."""

    @property
    def relatives(self) -> tuple[Decimal, ...]:
        """Balances of relatives' accounts, in order."""
        return self.shared if isinstance(self.shared, tuple) else (self.shared,)


class Expected(Record, frozen=True, kw_only=True):
    """What must come out; only what is written here is compared."""

    medfee_sumamt: Decimal | None = None
    fulamt_ownpay_amt: Decimal | None = None
    overlmt_selfpay: Decimal | None = None
    preselfpay_amt: Decimal | None = None
    inscp_scp_amt: Decimal | None = None
    act_pay_dedc: Decimal | None = None
    hifp_pay: Decimal | None = None
    hifob_pay: Decimal | None = None
    hifmi_pay: Decimal | None = None
    hifes_pay: Decimal | None = None
    cvlserv_pay: Decimal | None = None
    maf_pay: Decimal | None = None
    oth_pay: Decimal | None = None
    fund_pay_sumamt: Decimal | None = None
    psn_part_amt: Decimal | None = None
    acct_pay: Decimal | None = None
    acct_mulaid_pay: Decimal | None = None
    psn_cash_pay: Decimal | None = None
    unknown: tuple[str, ...] | None = None
    """Ids of what must be reported as not known, in any order."""
    readings: dict[Id, dict[str, Decimal]] | None = None
    """Lines by reading, where the readings of the rule do not come to the same."""
    pays_at_year_end: dict[Fund, Decimal] | None = None
    """What funds settled once a year would bring so far."""


class SlipLines(Record, frozen=True, kw_only=True):
    """A real settlement slip, line by line, as far as the person has it."""

    form: Id
    """Which form it is, by its id in ``national/slips.yaml``."""
    lines: dict[SlipLine, Decimal]
    """元 by the line's canonical name."""


class EstimateCase(Record, frozen=True, kw_only=True):
    """A bill to estimate, and perhaps the slip to hold against it."""

    title: Text = "未命名"
    region: RegionCode | None = None
    rules: BenefitsFile | None = None
    """Rules of a place that is not in the pack, in the pack's own schema."""
    sources: tuple[Source, ...] = ()
    """Sources the inline rules cite."""
    on: date
    scheme: Scheme
    person: Person = Person()
    visit: Visit
    bill: Bill
    told: dict[Id, Decimal] = msgspec.field(default_factory=dict)
    """Figures the person reads off the settlement slip, by id, for those the pack does not know."""
    year_to_date: YearToDate | None = None
    """Absent: not told. The estimate then starts from zero and says so."""
    accounts: Accounts | None = None
    """Absent: not told. The personal part is then shown as cash."""
    slip: SlipLines | None = None
    expect: Expected | None = None
    published: Expected | None = None
    """What a public page printed wrongly; must differ from what comes out."""


LONGEST_STAY = 366
"""Days. Longer stays are settled in parts, so one bill cannot hold them."""

Relation = Literal[
    "spouse", "parent", "child", "sibling", "grandparent", "grandchild", "parent-in-law", "child-in-law", "other",
    "unsure",
]
Purpose = Literal["visit", "pharmacy", "resident-premium", "care-insurance", "other"]


class Payer(Record, frozen=True, kw_only=True):
    """Whose account is to pay."""

    name: Text | None = None
    """How the person is called in the table of several, e.g. 我, 爸爸."""
    scheme: Literal["employee", "resident", "unsure"] = "employee"
    account: Literal["yes", "empty", "left-over", "none", "unsure"] = "yes"
    """Whether there is a personal account with money: ``empty`` means an account without balance, ``left-over`` that
    the present tier has none but money of an earlier one is left."""
    insured: Literal["active", "suspended", "unsure"] = "active"
    past_years: Literal["yes", "no", "unsure"] = "yes"
    """Whether anything of earlier years is left, where only that can be shared （上海、浙江）."""


class Member(Record, frozen=True, kw_only=True):
    """The relative who is to use the money."""

    name: Text | None = None
    """How the relative is called in the table of several; otherwise the relation stands there."""
    relation: Relation
    scheme: Literal["employee", "resident", "none", "unsure"] = "resident"
    place: Literal["same-province", "other-province", "unsure"] = "same-province"
    minor: Literal["yes", "no", "unsure"] = "unsure"
    """Below 16."""
    bound: Literal["yes", "no", "unsure"] = "no"
    """Already in somebody else's sharing group."""
    phone: Literal["yes", "no", "unsure"] = "unsure"
    """Uses a smartphone."""
    wallet: Literal["open", "closed", "unsure"] = "unsure"
    """Across provinces: whether 医保钱包 can be opened on both sides."""


class SharingExpected(Record, frozen=True, kw_only=True):
    """What must come out of a sharing case."""

    verdict: Literal["yes", "first", "not-now", "no"]
    reasons: tuple[Id, ...] | None = None
    """Claim ids that must be among the reasons."""


class Pair(Record, frozen=True, kw_only=True):
    """One more payer or relative of the same question; what is not written is as in the case's first pair."""

    region: RegionCode | None = None
    """Where this payer is insured."""
    payer: Payer | None = None
    member: Member | None = None
    expect: SharingExpected | None = None


class SharingCase(Record, frozen=True, kw_only=True):
    """Whether and how a relative can use an account, and perhaps which others can."""

    title: Text = "未命名"
    region: RegionCode
    """Where the payer is insured."""
    on: date | None = None
    payer: Payer = Payer()
    member: Member
    purpose: Purpose = "visit"
    more: tuple[Pair, ...] = ()
    """Further payers and relatives, pair by pair."""
    expect: SharingExpected | None = None

    @property
    def pairs(self) -> tuple[SharingCase, ...]:
        """Every pair as a case of its own, the case's own first."""
        alone = replace(self, more=())
        return (alone, *(replace(alone, region=pair.region or self.region, payer=pair.payer or self.payer,
                                 member=pair.member or self.member, expect=pair.expect) for pair in self.more))


def read_estimate_case(path: Path, name: str | None = None) -> EstimateCase:
    """Read a bill case.

    Raises:
        PackError: unreadable, unknown keys, impossible amounts, parts larger than the total, or own rules that
            name figures they do not hold.
    """
    document = strict_yaml.read(path, name)
    case = convert_document(document, EstimateCase)
    findings = [document.finding(("bill",), "case-amount", text) for text in bill_faults(case.bill)]
    used, accounts = case.year_to_date or YearToDate(), case.accounts or Accounts()
    bill, slip = case.bill, case.slip
    amounts = {
        "bill": (bill.total, bill.self_funded, bill.over_limit, bill.first_pay, bill.essential_drugs),
        "year_to_date": (used.deductible or Decimal(0), used.eligible, used.deductibles or Decimal(0),
                         *used.paid.values(), *used.limits.values(), *used.own_part.values()),
        "accounts": (accounts.own, accounts.own_current_year, *accounts.relatives),
        "slip": tuple(slip.lines.values()) if slip else (),
    }
    for key, values in amounts.items():
        if any(value < 0 for value in values) and key != "bill":
            findings.append(document.finding((key,), "case-amount", f"{key} 里的金额不能是负数。"))
        if any(abs(value) > LARGEST for value in values):
            findings.append(document.finding((key,), "case-amount", f"{key} 里的金额太大了，请检查是不是多写了几位。"))
        elif any(value != fen(value) for value in values):
            findings.append(document.finding((key,), "case-amount", f"{key} 里的金额最多写到分，也就是小数点后两位。"))
    findings += [document.finding(("visit", "admitted"), "case-admitted", text) for text in stay_faults(case)]
    if any(not 0 <= value <= LARGEST for value in case.told.values()):
        findings.append(document.finding(("told",), "case-amount", "told 里的数不能是负数，也不能太大。"))
    if (case.region is None) == (case.rules is None):
        findings.append(document.finding((), "case-place", "region 和 rules 要写、也只能写其中一个。"))
    if case.visit.admission < 1:
        findings.append(document.finding(("visit", "admission"), "case-admission",
                                         "admission 从 1 开始数：第一次住院写 1。"))
    if case.rules is not None:
        findings += [document.finding(("rules", *fault.path), fault.code, fault.message)
                     for fault in rule_faults(case.rules)]
    if findings:
        raise PackError(findings)
    return case


def read_sharing_case(path: Path, name: str | None = None) -> SharingCase:
    """Read a sharing case; raises ``PackError`` like :func:`read_estimate_case`."""
    return read_record(path, SharingCase, name)


def bill_faults(bill: Bill) -> list[str]:
    """Say, in a person's words, why the parts of a bill cannot be right; empty when they can."""
    parts = {"全自费": bill.self_funded, "超限价": bill.over_limit, "先行自付": bill.first_pay}
    faults = [f"{name}不能是负数。" for name, value in {"总费用": bill.total, **parts}.items() if value < 0]
    if not faults and sum(parts.values()) > bill.total:
        faults.append("全自费、超限价、先行自付加起来比总费用还多，请检查是不是填错了格。")
    elif not faults and bill.essential_drugs > bill.total - sum(parts.values()):
        faults.append("基本药物比医保范围内的费用还多，请检查是不是填错了格。")
    return faults


def stay_faults(case: EstimateCase) -> list[str]:
    """Say why the days of a stay cannot be right; empty when they can, or when they are not told."""
    admitted = case.visit.admitted
    if admitted is None:
        return []
    if admitted > case.on:
        return ["入院日期在结算日期之后，请检查是不是填反了。"]
    if (case.on - admitted).days > LONGEST_STAY:
        return ["这次住院超过一年。这么长的住院一般会分几次结算，请按每次结算单上的日期分开填。"]
    return []


EXPECTED_NAMES: tuple[str, ...] = tuple(
    field.name for field in msgspec.structs.fields(Expected)
    if field.name not in ("unknown", "readings", "pays_at_year_end")
)
"""The money lines a case may expect, in the order of the settlement interface."""
