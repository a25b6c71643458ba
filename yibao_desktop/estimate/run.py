"""One bill on its way through a rule's stages: what is known so far, and the working that led there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NoReturn

from yibao_desktop.estimate.exact import Exact, exact
from yibao_desktop.estimate.result import LINES, Step, Unknown
from yibao_desktop.money import ZERO, fen, grouped
from yibao_desktop.pack.benefits import Bands, EssentialDrugs, Limit, Reading, Rule
from yibao_desktop.pack.cases import Accounts, EstimateCase, YearToDate
from yibao_desktop.pack.dated import Circumstance, Figure, Figures, Missing, Unlimited
from yibao_desktop.pack.rule_faults import can_be
from yibao_desktop.pack.schema import Fund, Level
from yibao_desktop.pack.store import Words

BILL_LINES = frozenset({"medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"})
"""Lines that come from the bill alone."""


class Gap(Exception):
    """A figure without which the remaining lines stay open; it is already noted."""


@dataclass(frozen=True)
class LimitUse:
    """A yearly limit and what earlier bills have used of it."""

    figure: Figure
    limit: Limit
    before: Exact


@dataclass(frozen=True)
class OwnPartUse:
    """How a further fund on the person's own part stands, 元."""

    label: str
    fund: Fund
    counts: tuple[str, ...]
    threshold: Figure | None
    before: Exact
    this_bill: Exact
    pays: Exact
    """With ``year_end``: what the whole year so far would bring."""
    year_end: bool
    counted_over_year: bool


@dataclass
class Run:
    """The state of one estimate. Stages change it in their order."""

    case: EstimateCase
    figures: Figures
    words: Words
    rule: Rule
    day: date
    """The day whose figures hold."""
    reading: Reading | None = None
    amounts: dict[str, Decimal | None] = field(default_factory=lambda: dict.fromkeys(LINES, ZERO))
    steps: list[Step] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    in_scope: Decimal = ZERO
    """In-scope cost that no stage has dealt with yet."""
    deducted: Decimal = ZERO
    deducted_before: Decimal = ZERO
    """What earlier bills of the year have used of a yearly deductible."""
    deductible: Figure | None = None
    """The yearly deductible, where the rule has one."""
    raw: dict[Fund, Exact] = field(default_factory=dict)
    """What each fund pays, before rounding."""
    own: dict[str, Exact] = field(default_factory=dict)
    """What the person bears, by :data:`OwnShare`."""
    limits: dict[str, LimitUse] = field(default_factory=dict)
    covered: dict[str, Exact] = field(default_factory=dict)
    """In-scope cost of this bill that counts towards a limit, by the id of its figure."""
    drugs: Decimal = ZERO
    """Cost of 基本药物 that was paid apart from the rest."""
    drugs_paid: dict[str, Exact] = field(default_factory=dict)
    """What was paid for 基本药物 within a limit, by the id of its figure."""
    own_parts: list[OwnPartUse] = field(default_factory=list)
    passed_bands: bool = False
    stages_done: int = 0
    current_year_used: Decimal = ZERO
    reading_matters: bool = False
    """Some figure used turns on how the rule is read."""
    cut: tuple[str, Figure] | None = None
    """Method and value by which shares are cut for care away from home."""

    def __post_init__(self) -> None:
        self.circumstance = circumstance_of(self.case, self.rule, self.reading)
        self._find = self.figures.for_circumstance(self.day, self.circumstance)
        self.used = self.case.year_to_date or YearToDate()
        self.accounts = self.case.accounts or Accounts()
        self.deducted_before = self.used.deductible or ZERO

    # --- figures ------------------------------------------------------------------------------------

    def figure(self, id_: str, level: Level | None = None) -> Figure:
        """Find a figure, for another ``level`` than the person's where one is given.

        Raises:
            Gap: not known; the gap is noted.
        """
        found = self._look_up(id_, level)
        if isinstance(found, Missing):
            self.stop(self._as_unknown(found))
        assert isinstance(found, Figure)  # rule_faults lets only edges and limits be unlimited
        return found

    def edge(self, id_: str | None) -> Figure | None:
        """Find an edge; ``None`` where there is none. Raises ``Gap`` like :meth:`figure`."""
        if id_ is None:
            return None
        found = self._look_up(id_)
        if isinstance(found, Missing):
            self.stop(self._as_unknown(found))
        return None if isinstance(found, Unlimited) else found

    def limit_use(self, limit: Limit) -> LimitUse | None:
        """Find a yearly limit and what it has used; one that is not known is taken as not reached, and said so."""
        if limit.amount in self.limits:
            return self.limits[limit.amount]
        found = self._look_up(limit.amount)
        if isinstance(found, Missing):
            if found.not_told:
                self.stop(self._as_unknown(found))
            gap = replace(self._as_unknown(found), stops=False)
            if gap not in self.unknown:
                self.unknown.append(gap)
                self.assumptions.append(self.words("assume.limit-not-reached", what=gap.label))
            return None
        if isinstance(found, Unlimited):
            return None
        use = LimitUse(found, limit, self.used_before(limit))
        self.limits[limit.amount] = use
        return use

    def room(self, use: LimitUse) -> Exact:
        """Return what a limit still allows, in 元 of what it measures."""
        used = self.cost_within(use.limit)
        if use.limit.measures == "payment":
            funds = self.limited_funds.get(use.limit.amount)
            used = (sum((self.raw.get(fund, 0) for fund in funds), 0) if funds
                    else self.drugs_paid.get(use.limit.amount, 0))
        return max(0, exact(use.figure.value) - use.before - used)

    def cost_within(self, limit: Limit) -> Exact:
        """Return the cost of this bill that counts towards a limit on ``expense`` or ``both``."""
        covered = self.covered.get(limit.amount, 0)
        if limit.measures == "expense" and limit.amount in self.limited_funds:
            return covered + exact(self.deducted)
        return covered

    @property
    def limited_funds(self) -> Mapping[str, frozenset[Fund]]:
        """Funds by the limit of the rule's bands that holds for them; one for 基本药物 alone is not among them."""
        return self.figures.for_rule(self.rule, _limited_funds)

    @property
    def deducted_earlier(self) -> Decimal:
        """Deductibles borne in earlier bills of the year, as far as told."""
        if self.deductible is not None:
            return self.deducted_before
        return max(self.deducted_before, self.used.deductibles or ZERO)

    def used_before(self, limit: Limit) -> Exact:
        """Return what earlier bills have used of a limit; where it is not told, what else is told of the year says."""
        if limit.amount in self.used.limits:
            return exact(self.used.limits[limit.amount])
        funds = self.limited_funds.get(limit.amount)
        if funds is None:
            return 0
        if limit.measures == "payment":
            return exact(sum((self.used.paid.get(fund, ZERO) for fund in funds), ZERO))
        cost = max(self.used.eligible, self.deducted_earlier)
        return exact(cost if limit.measures == "expense" else cost - self.deducted_earlier)

    def _look_up(self, id_: str, level: Level | None = None) -> Figure | Unlimited | Missing:
        if id_ in self.figures.open_to_readings:
            self.reading_matters = True
        if level is None:
            found = self._find(id_)
        else:
            found = self.figures.for_circumstance(self.day, replace(self.circumstance, level=level))(id_)
        parameter = self.figures.parameters[id_]
        told = self.case.told.get(id_)
        if told is None or not isinstance(found, Missing) or found.not_told or not can_be(parameter.unit, told):
            return found
        return Figure(parameter, None, told, None)

    def _as_unknown(self, missing: Missing) -> Unknown:
        reason, asks = missing.reason, missing.parameter.unit
        if missing.not_told:
            told = self.words("join.list").join(self.words(f"told.{name}") for name in missing.not_told)
            return Unknown(missing.parameter.id, missing.parameter.label, self.words("gap.not-told", what=told),
                           missing.who or self.words("who.local-office"), not_told=missing.not_told)
        return Unknown(missing.parameter.id, missing.parameter.label, reason,
                       missing.who or self.words("who.local-office"), asks=asks)

    def stop(self, gap: Unknown) -> NoReturn:
        """Note ``gap`` and leave the remaining stages."""
        self.unknown.append(gap)
        raise Gap

    # --- money and steps --------------------------------------------------------------------------

    def amount(self, name: str) -> Decimal:
        """Return a line's amount so far, 元."""
        return self.amounts[name] or ZERO

    def pay(self, fund: Fund, amount: Exact) -> None:
        """Let ``fund`` pay ``amount`` 元."""
        self.raw[fund] = self.raw.get(fund, 0) + amount

    def bear(self, part: str, amount: Exact) -> None:
        """Let the person bear ``amount`` 元."""
        self.own[part] = self.own.get(part, 0) + amount

    def step(self, label: str, formula: str, amount: Decimal, figure: Figure | None = None) -> None:
        """Add a line to the working."""
        if figure is None:
            self.steps.append(Step(label, formula, amount))
            return
        entry = figure.entry
        if entry is None:
            note = self.words("formula.told", what=figure.parameter.label)
            self.steps.append(Step(label, formula, fen(amount), figure=figure.parameter.label, note=note))
            return
        self.steps.append(Step(label, formula, fen(amount), entry.sources, figure.confidence,
                               entry.from_, entry.checked, entry.note, figure.parameter.label))

    def leave_open(self) -> None:
        """Mark every line that hangs on a missing figure."""
        for name in LINES:
            if name not in BILL_LINES:
                self.amounts[name] = None

    def take_off_what_is_out_of_scope(self) -> None:
        """全自费, 超限价 and 先行自付 come off the total."""
        bill, words = self.case.bill, self.words
        total = fen(bill.total)
        self.step(words("line.medfee_sumamt"), words("formula.entered"), total)
        parts = {"fulamt_ownpay_amt": fen(bill.self_funded), "overlmt_selfpay": fen(bill.over_limit),
                 "preselfpay_amt": fen(bill.first_pay)}
        self.in_scope = total - sum(parts.values())
        for name, amount in parts.items():
            self.amounts[name] = amount
            if amount:
                self.step(words("step.minus", what=words(f"line.{name}")), words("formula.entered"), -amount)
        self.amounts["medfee_sumamt"] = total
        self.amounts["inscp_scp_amt"] = self.in_scope
        self.bear("first-pay", exact(parts["preselfpay_amt"]))
        formula = " − ".join(grouped(amount) for amount in (total, *parts.values()) if amount)
        self.step(words("line.inscp_scp_amt"), formula or "0.00", self.in_scope)


def _limited_funds(rule: Rule) -> Mapping[str, frozenset[Fund]]:
    by_bands = [(band.fund, band.limits) for stage in rule.stages if isinstance(stage, Bands) for band in stage.bands]
    drugs = [(stage.fund, stage.limits) for stage in rule.stages if isinstance(stage, EssentialDrugs)]
    return {wanted.amount: frozenset(fund for fund, limits in (*by_bands, *drugs) if wanted.amount in
                                     {limit.amount for limit in limits})
            for _, named in by_bands for wanted in named}


def first_reading(rule: Rule) -> Reading | None:
    """Return the reading of ``rule`` that is used, where it has several."""
    return rule.readings[0] if rule.readings else None


def circumstance_of(case: EstimateCase, rule: Rule | None = None, reading: Reading | None = None) -> Circumstance:
    """Return what the figures for ``case`` may depend on."""
    person, visit = case.person, case.visit
    level = visit.level
    if visit.kind == "pharmacy" and rule is not None and rule.pharmacy_as not in (None, "prescriber"):
        level = rule.pharmacy_as  # type: ignore[assignment]  # what is left of the union is a level
    return Circumstance(
        visit=visit.kind, referral=visit.referral, admission=visit.admission, level=level,
        status=person.status, group=person.group, age=person.age, retired_on=person.retired_on,
        family_doctor=person.family_doctor, away="local" if visit.referral == "local" else visit.away,
        months=person.months, aid=person.aid, tier=person.tier, reading=reading.id if reading else None,
    )
