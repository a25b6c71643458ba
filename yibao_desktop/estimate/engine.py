"""The benefit engine: runs a place's ordered stages on a bill and keeps the working.

Order of deduction: 全自费, 超限价 and 先行自付 come off the total; on what is left (政策范围内) the rule's
stages run in their order; what no fund pays is the person's, paid from the own account, then relatives'
accounts, then cash. Each fund's line is rounded half-up to the fen once, and the rest is the person's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

from yibao_desktop.errors import NoValueAtDate
from yibao_desktop.estimate.result import LINES, Estimate, Step, Unknown
from yibao_desktop.money import FEN, ZERO, fen, grouped, percent
from yibao_desktop.pack.cases import Accounts, EstimateCase, YearToDate
from yibao_desktop.pack.dated import Circumstance, Figure, Missing, entry_on, look_up
from yibao_desktop.pack.schema import (
    FUNDS,
    AccountFirst,
    Band,
    Bands,
    Deductible,
    Parameter,
    Remote,
    Rule,
    Stage,
)
from yibao_desktop.pack.store import Pack, Place, Words


def estimate(case: EstimateCase, pack: Pack) -> Estimate:
    """Estimate ``case`` by its own rules or by those of its place in ``pack``.

    Never raises for a gap in the pack: what is not known is in ``Estimate.unknown``, and the lines that hang
    on it are ``None``.

    Raises:
        UnknownPlace: the case names a place that does not exist.
    """
    place = pack.place(case.region) if case.region else None
    rules, parameters, spoken_by = _rules_for(case, place)
    run = _Run(case, parameters, pack.words)
    run.take_off_what_is_out_of_scope()
    rule = run.choose(rules, place)
    if rule is not None:
        try:
            run.check_referral(rule)
            for stage in rule.stages:
                run.apply(stage)
            run.settle_personal_part()
        except _Gap:
            run.leave_open()
    return run.result(rule, spoken_by)


def _rules_for(
    case: EstimateCase, place: Place | None
) -> tuple[tuple[Rule, ...], Mapping[str, Parameter], str | None]:
    if place is None:
        assert case.rules is not None  # read_estimate_case accepts no case without either
        own = tuple(rule for rule in case.rules.rules
                    if rule.scheme == case.scheme and case.visit.kind in rule.visits)
        return own, {parameter.id: parameter for parameter in case.rules.parameters}, None
    found = place.rules(case.scheme, case.visit.kind)
    if found is None:
        return (), {}, None
    layer, rules = found
    return rules, layer.parameters, layer.name


def _last_known_day(rules: tuple[Rule, ...], before: date) -> date | None:
    """Return the last day before ``before`` on which one of ``rules`` is known."""
    known = [rule.from_ for rule in rules if rule.unknown is None and rule.from_ < before]
    if not known:
        return None
    return min(rule.from_ for rule in rules if rule.from_ > max(known)) - timedelta(days=1)


class _Gap(Exception):
    """A figure without which the remaining lines stay open; it is already noted."""


@dataclass
class _Run:
    """One bill on its way through the stages."""

    case: EstimateCase
    parameters: Mapping[str, Parameter]
    words: Words
    amounts: dict[str, Decimal | None] = field(default_factory=lambda: dict.fromkeys(LINES, ZERO))
    steps: list[Step] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    in_scope: Decimal = ZERO
    """In-scope cost that no stage has dealt with yet."""
    deducted: Decimal = ZERO
    deducted_before: Decimal = ZERO
    """What earlier bills of the year have used of a yearly deductible."""
    raw: dict[str, Fraction] = field(default_factory=dict)
    """What each fund pays, before rounding."""
    current_year_used: Decimal = ZERO
    cut: tuple[Remote, Figure] | None = None
    """How shares are cut for care away from home."""

    def __post_init__(self) -> None:
        person, visit = self.case.person, self.case.visit
        self.circumstance = Circumstance(
            visit=visit.kind, referral=visit.referral, admission=visit.admission, level=visit.level,
            status=person.status, group=person.group, age=person.age, retired_on=person.retired_on,
            family_doctor=person.family_doctor,
        )
        self.used = self.case.year_to_date or YearToDate()
        self.accounts = self.case.accounts or Accounts()
        self.deducted_before = self.used.deductible or ZERO

    # --- before and after the stages ------------------------------------------------------------

    def take_off_what_is_out_of_scope(self) -> None:
        bill, words = self.case.bill, self.words
        total = fen(bill.total)
        self._step(words("line.medfee_sumamt"), words("formula.entered"), total)
        parts = {"fulamt_ownpay_amt": fen(bill.self_funded), "overlmt_selfpay": fen(bill.over_limit),
                 "preselfpay_amt": fen(bill.first_pay)}
        self.in_scope = total - sum(parts.values())
        for name, amount in parts.items():
            self.amounts[name] = amount
            if amount:
                self._step(words("step.minus", what=words(f"line.{name}")), words("formula.entered"), -amount)
        self.amounts["medfee_sumamt"] = total
        self.amounts["inscp_scp_amt"] = self.in_scope
        formula = " − ".join(grouped(amount) for amount in (total, *parts.values()) if amount)
        self._step(words("line.inscp_scp_amt"), formula or "0.00", self.in_scope)

    def choose(self, rules: tuple[Rule, ...], place: Place | None) -> Rule | None:
        """Pick the rule in force; without one, note the gap and leave the lines open."""
        case, words = self.case, self.words
        what = words("rule.of", scheme=words(f"scheme.{case.scheme}"), visit=words(f"visit.{case.visit.kind}"))
        id_ = f"{case.scheme}.{case.visit.kind}"
        who = words("who.local-office")
        gap: Unknown | None = None
        rule: Rule | None = None
        if not rules:
            where = place.name if place else words("place.this")
            gap = Unknown(id_, what, words("gap.no-rule", place=where), who)
        else:
            try:
                rule = entry_on(rules, case.on, what)
            except NoValueAtDate as error:
                first_known = min((r.from_ for r in rules if r.unknown is None), default=None)
                gap = Unknown(id_, what, str(error), who, known_on=first_known)
        if rule is not None and rule.unknown is not None:
            last_known = _last_known_day(rules, rule.from_)
            gap = Unknown(rule.id, rule.title, rule.unknown, rule.who or who, known_on=last_known)
            rule = None
        if gap is not None:
            self.unknown.append(gap)
            self.leave_open()
        return rule

    def check_referral(self, rule: Rule) -> None:
        self.assumptions.extend(rule.assumes)
        if rule.only_for is not None:
            self._check_tier(rule, rule.only_for)
        referral = self.case.visit.referral
        if referral not in rule.referrals:
            words = self.words
            self._gap(Unknown(f"{rule.id}.referral", words(f"referral.{referral}"),
                              words("gap.referral"), words("who.local-office")))
        if self.case.year_to_date is None:
            self.assumptions.append(self.words("assume.nothing-used"))

    def _check_tier(self, rule: Rule, tier: str) -> None:
        words = self.words
        if self.case.person.other_tier:
            self._gap(Unknown(f"{rule.id}.tier", words("rule.tier"), words("gap.tier", tier=tier),
                              words("who.local-office")))
        self.assumptions.append(words("assume.tier", tier=tier))

    def settle_personal_part(self) -> None:
        """Round the fund lines, give the rest to the person, and pay it from account and cash."""
        words, total = self.words, fen(self.case.bill.total)
        # Where two funds share the last fen, both would round up; the later one gives way.
        left = self._amount("inscp_scp_amt") - self.current_year_used - self.deducted
        for fund in FUNDS:
            amount = min(_fen(self.raw.get(fund, Fraction(0))), left)
            self.amounts[fund] = amount
            left -= amount
        paid = [paid_by for fund in FUNDS if (paid_by := self._amount(fund))]
        funds = sum(paid, ZERO)
        personal = total - funds
        self.amounts["fund_pay_sumamt"] = funds
        self.amounts["psn_part_amt"] = personal
        if len(paid) > 1:
            self._step(words("line.fund_pay_sumamt"), " + ".join(map(grouped, paid)), funds)
        self._step(words("line.psn_part_amt"), f"{grouped(total)} − {grouped(funds)}", personal)
        if self.case.accounts is None:
            self.assumptions.append(words("assume.accounts-not-told"))
        else:
            self.assumptions.append(words("assume.account-in-scope"))
        bill = self.case.bill
        coverable = personal - fen(bill.self_funded) - fen(bill.over_limit) - self.current_year_used
        own = min(coverable, fen(self.accounts.own))
        shared = min(coverable - own, fen(self.accounts.shared))
        self.amounts["acct_pay"] = self.current_year_used + own
        self.amounts["acct_mulaid_pay"] = shared
        cash = personal - self.current_year_used - own - shared
        self.amounts["psn_cash_pay"] = cash
        for line, amount, balance in (("acct_pay", own, self.accounts.own),
                                      ("acct_mulaid_pay", shared, self.accounts.shared)):
            if amount:
                formula = words("formula.account", payable=grouped(coverable), balance=grouped(balance))
                self._step(words(f"line.{line}"), formula, amount)
                coverable -= amount
        if cash != personal:
            from_accounts = personal - cash
            self._step(words("line.psn_cash_pay"), f"{grouped(personal)} − {grouped(from_accounts)}", cash)

    def leave_open(self) -> None:
        """Mark every line that hangs on the missing figure."""
        known = {"medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"}
        for name in LINES:
            if name not in known:
                self.amounts[name] = None

    def result(self, rule: Rule | None, spoken_by: str | None) -> Estimate:
        return Estimate(self.case.on, rule, spoken_by, dict(self.amounts), tuple(self.steps),
                        tuple(self.assumptions), tuple(self.unknown), self.case.accounts is not None)

    # --- stages -----------------------------------------------------------------------------------

    def apply(self, stage: Stage) -> None:
        if isinstance(stage, AccountFirst):
            self._account_first(stage)
        elif isinstance(stage, Deductible):
            self._deductible(stage)
        elif isinstance(stage, Remote):
            self._remote(stage)
        else:
            self._bands(stage)

    def _account_first(self, stage: AccountFirst) -> None:
        balance = fen(self.accounts.own_current_year)
        self.current_year_used = min(balance, self.in_scope)
        if self.current_year_used:
            formula = self.words("formula.account", payable=grouped(self.in_scope), balance=grouped(balance))
            self._step(stage.label, formula, self.current_year_used)
        self.in_scope -= self.current_year_used

    def _remote(self, stage: Remote) -> None:
        if self.circumstance.referral == "local":
            return
        figure = self._figure(stage.value)
        if stage.method != "prepay":
            self.cut = (stage, figure)
            return
        share = figure.value
        first = fen(self.in_scope * share)
        formula = f"{grouped(self.in_scope)} × {percent(share)}"
        self._step(self.words("step.minus", what=stage.label), formula, -first, figure)
        self.amounts["preselfpay_amt"] = self._amount("preselfpay_amt") + first
        self.in_scope -= first
        self.amounts["inscp_scp_amt"] = self.in_scope

    def _cut(self, share: Decimal) -> tuple[Fraction, str]:
        """Return what a share comes to away from home, and how that reads in a formula."""
        if self.cut is None:
            return Fraction(share), percent(share)
        stage, figure = self.cut
        if stage.method == "factor":
            return Fraction(share) * Fraction(figure.value), f"{percent(share)} × {percent(figure.value)}"
        points = max(Decimal(0), share - figure.value)
        return Fraction(points), f"({percent(share)} − {percent(figure.value)})"

    def _deductible(self, stage: Deductible) -> None:
        figure = self._figure(stage.amount)
        threshold, words = fen(figure.value), self.words
        due, formula = threshold, grouped(threshold)
        if stage.per == "year":
            used = self.used.deductible
            if used is None:
                used = self.deducted_before = min(threshold, self.used.eligible)
            if used:
                due = max(ZERO, threshold - fen(used))
                formula = words("formula.deductible-used", threshold=grouped(threshold), used=grouped(used))
        self.deducted = min(due, self.in_scope)
        if self.deducted < due:
            formula = words("formula.deductible-short", due=grouped(due), bill=grouped(self.in_scope))
        self.amounts["act_pay_dedc"] = self.deducted
        self._step(words("step.minus", what=stage.label), formula, -self.deducted, figure)
        self.in_scope -= self.deducted

    def _bands(self, stage: Bands) -> None:
        position = Fraction(0)
        if stage.counted == "year":
            # What was deducted was in-scope cost too, so there was at least that much of it.
            position = Fraction(max(self.used.eligible, self.deducted_before))
        if stage.origin == "zero":
            position += Fraction(self.deducted)
        elif stage.counted == "year":
            position -= Fraction(self.deducted_before)
        remaining = Fraction(self.in_scope)
        for band in stage.bands:
            if not remaining:
                break
            cost = remaining
            if band.upto is not None:
                cost = min(cost, max(Fraction(0), Fraction(self._figure(band.upto).value) - position))
            covered = self._pay(band, cost) if cost else Fraction(0)
            position += covered
            remaining -= covered
        if remaining:
            self._step(self.words("step.beyond-bands"), self.words("formula.not-paid"), _fen(remaining))
        self.in_scope = _fen(remaining)

    def _pay(self, band: Band, cost: Fraction) -> Fraction:
        """Let the band's funds pay on ``cost`` and return how much of it they covered."""
        limit = self._limit(band)
        share = self._figure(band.share)
        rate, in_words = self._cut(share.value)
        covered, pays = cost, cost * rate
        if limit is not None:
            room = max(Fraction(0), Fraction(limit.value) - self._paid_this_year(band.fund))
            if pays > room:
                # Exact: a fund that stops at its limit has covered only the cost that fills it.
                covered, pays = room / rate, room
        if not covered:
            return covered
        self._fund_step(band.label, band.fund, covered, share, in_words, pays)
        if limit is not None and pays < cost * rate:
            self._step(self.words("step.limit-reached", what=limit.parameter.label),
                       grouped(limit.value), limit.value, limit)
        if band.supplement is not None:
            extra = self._figure(band.supplement.share)
            more, in_words = self._cut(extra.value)
            self._fund_step(band.supplement.label, band.supplement.fund, covered, extra, in_words, covered * more)
        return covered

    def _fund_step(
        self, label: str, fund: str, covered: Fraction, share: Figure, in_words: str, pays: Fraction
    ) -> None:
        if not share.value:
            return
        self.raw[fund] = self.raw.get(fund, Fraction(0)) + pays
        formula = f"{grouped(_fen(covered))} × {in_words}"
        self._step(label, formula, _fen(pays), share)

    def _paid_this_year(self, fund: str) -> Fraction:
        before = {str(name): amount for name, amount in self.used.paid.items()}
        return Fraction(before.get(fund, ZERO)) + self.raw.get(fund, Fraction(0))

    def _limit(self, band: Band) -> Figure | None:
        """Find the fund's yearly limit; one that is not known is taken as not reached, and said so."""
        if band.paid_upto is None:
            return None
        found = look_up(self.parameters[band.paid_upto], self.case.on, self.circumstance)
        if isinstance(found, Missing) and not found.not_told:
            gap = self._unknown(found, stops=False)
            if gap not in self.unknown:
                self.unknown.append(gap)
                self.assumptions.append(self.words("assume.limit-not-reached", what=gap.label))
            return None
        return self._figure(band.paid_upto)

    # --- figures and steps -----------------------------------------------------------------------

    def _figure(self, id_: str) -> Figure:
        found = look_up(self.parameters[id_], self.case.on, self.circumstance)
        if isinstance(found, Missing):
            self._gap(self._unknown(found))
        return found

    def _unknown(self, missing: Missing, stops: bool = True) -> Unknown:
        reason = missing.reason
        if missing.not_told:
            told = "、".join(self.words(f"told.{name}") for name in missing.not_told)
            reason = self.words("gap.not-told", what=told)
        who = missing.who or self.words("who.local-office")
        return Unknown(missing.parameter.id, missing.parameter.label, reason, who, stops, missing.not_told)

    def _gap(self, gap: Unknown) -> NoReturn:
        self.unknown.append(gap)
        raise _Gap

    def _amount(self, name: str) -> Decimal:
        return self.amounts[name] or ZERO

    def _step(self, label: str, formula: str, amount: Decimal, figure: Figure | None = None) -> None:
        if figure is None:
            self.steps.append(Step(label, formula, fen(amount)))
            return
        entry = figure.entry
        self.steps.append(Step(label, formula, fen(amount), entry.sources, figure.confidence,
                               entry.from_, entry.checked, entry.note))


def _fen(amount: Fraction) -> Decimal:
    """Round an exact amount that is not negative half-up to the fen."""
    return Decimal((amount * 200 + 1) // 2) * FEN


WORDS_USED = frozenset({
    "assume.account-in-scope", "assume.accounts-not-told", "assume.limit-not-reached", "assume.nothing-used",
    "assume.tier", "gap.tier", "rule.tier",
    "formula.account", "formula.deductible-short", "formula.deductible-used", "formula.entered",
    "formula.not-paid", "gap.no-rule", "gap.not-told", "gap.referral", "place.this", "rule.of",
    "step.beyond-bands", "step.limit-reached", "step.minus", "who.local-office",
    "told.age", "told.family_doctor", "told.group", "told.level", "told.referral", "told.retired_on",
    "told.status", "told.visit",
})
"""Keys of the pack's words this module asks for; a test holds the list against the code."""
