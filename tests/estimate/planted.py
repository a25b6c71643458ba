"""Slips with one hidden change: a random bill under a rule of the pack, told otherwise than it was settled."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import get_args

from yibao_desktop.estimate.circumstances import choices, dials
from yibao_desktop.estimate.engine import estimate, rules_for
from yibao_desktop.estimate.slip import Slip, expected_lines
from yibao_desktop.pack.benefits import Rule
from yibao_desktop.pack.cases import Accounts, Bill, EstimateCase, Person, Visit, YearToDate
from yibao_desktop.pack.schema import Group, Level, Status
from yibao_desktop.pack.slip_forms import SlipFamily, SlipLine
from yibao_desktop.pack.store import Pack

PACK = Pack(Path(__file__).resolve().parents[2] / "content")
LINES: dict[SlipFamily, tuple[SlipLine, ...]] = {
    "receipt": ("medfee_sumamt", "hifp_pay", "other_funds", "account", "psn_cash_pay", "self_paid", "self_funded"),
    "interface": ("medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt",
                  "act_pay_dedc", "hifp_pay", "hifob_pay", "hifmi_pay", "maf_pay", "oth_pay", "fund_pay_sumamt",
                  "psn_part_amt", "acct_pay", "acct_mulaid_pay", "psn_cash_pay"),
}


def fens(chance: random.Random, most: int) -> Decimal:
    return Decimal(chance.randint(0, most * 100)) / 100


def shipped_rules() -> list[tuple[str, Rule]]:
    return [(code, rule) for code in PACK.described_codes() for rule in PACK.place(code).layers[0].benefits.rules
            if rule.unknown is None]


RULES = shipped_rules()


def random_case(chance: random.Random) -> EstimateCase:
    """A bill under a rule of the pack, as a person might tell it; not every one can be estimated."""
    code, rule = chance.choice(RULES)
    later = [other.from_ for _, other in RULES if other.id == rule.id and other.from_ > rule.from_]
    on = min([date(2026, 6, 15), *(start - timedelta(days=1) for start in later)])
    total = fens(chance, chance.choice((800, 5000, 30000, 200000)))
    self_funded, over_limit, first_pay = (
        fens(chance, int(total * share)) if chance.random() < 0.4 else Decimal(0)
        for share in (Decimal("0.2"), Decimal("0.1"), Decimal("0.2")))
    tiers = [tier.id for tier in PACK.place(code).layers[0].benefits.tiers if tier.scheme == rule.scheme]
    return EstimateCase(
        region=code, on=max(on, rule.from_), scheme=rule.scheme,
        person=Person(
            status=chance.choice(get_args(Status)) if rule.scheme == "employee" else None,
            group=chance.choice(get_args(Group)) if rule.scheme == "resident" else None,
            age=chance.randint(1, 95), retired_on=date(chance.randint(1990, 2020), 6, 1),
            family_doctor=chance.random() < 0.3, months=chance.choice((3, 30, 90)),
            tier=chance.choice(tiers) if tiers else None),
        visit=Visit(
            kind=chance.choice(rule.visits), level=chance.choice(get_args(Level)),
            admission=chance.choice((1, 1, 2, 3)), referral=chance.choice(rule.referrals),
            away=chance.choice(("in-province", "outside")), prescription=True),
        bill=Bill(total=total, self_funded=self_funded, over_limit=over_limit, first_pay=first_pay),
        year_to_date=YearToDate(deductible=fens(chance, 500) if chance.random() < 0.3 else Decimal(0)),
        accounts=Accounts(own=fens(chance, 3000), shared=fens(chance, 1000)) if chance.random() < 0.5 else None,
    )


@dataclass(frozen=True)
class Planted:
    """What was hidden, and the slip it left."""

    told: EstimateCase
    what: str
    value: str | Decimal
    slip: Slip


def plant(chance: random.Random) -> Planted | None:
    """Change one thing of a random bill; ``None`` where that cannot be, or changes no figure."""
    told = random_case(chance)
    result = estimate(told, PACK, other_readings=False)
    if not result.complete or result.rule is None:
        return None
    others = list(choices(told, result.rule, rules_for(told, PACK).figures.parameters))
    turned = list(dials(told, result, rules_for(told, PACK).figures))
    value: str | Decimal
    if others and chance.random() < 0.6:
        choice = chance.choice(others)
        what, value, true = choice.what, choice.value, choice.case
    else:
        dial = chance.choice(turned)
        value = chance.choice((Decimal(0), dial.highest, fens(chance, int(dial.highest)), fens(chance, 3000)))
        if value > dial.highest:
            return None
        what, true = dial.what, dial.turn(told, value)
    truth = estimate(true, PACK, other_readings=False)
    if not truth.complete:
        return None
    family: SlipFamily = chance.choice(tuple(LINES))
    shown = expected_lines(truth.amounts, truth.accounts_told, family)
    lines = {line: shown[line][0] for line in LINES[family] if line in shown}
    if not truth.accounts_told:
        lines |= {"account": Decimal(0), "psn_cash_pay": truth.amounts["psn_part_amt"]}
        lines = {line: amount for line, amount in lines.items() if line in LINES[family]}
    before = expected_lines(result.amounts, result.accounts_told, family)
    if all(amount in before[line] for line, amount in lines.items() if line in before):
        return None
    return Planted(told, what, value, Slip(family, lines))
