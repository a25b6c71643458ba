"""The benefit engine: runs a place's ordered stages on a bill and keeps the working.

Order of deduction: 全自费, 超限价 and 先行自付 come off the total; on what is left (政策范围内) the rule's
stages run in their order; what no fund pays is the person's, paid from the own account, then relatives'
accounts, then cash. Each fund's line is rounded half-up to the fen once, and the rest is the person's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from yibao_desktop.errors import NoValueAtDate
from yibao_desktop.estimate.result import LINES, Estimate, ReadingOutcome, Unknown
from yibao_desktop.estimate.run import BILL_LINES, Gap, Run, first_reading
from yibao_desktop.estimate.settle import round_fund_lines, settle_personal_part
from yibao_desktop.estimate.stages import apply
from yibao_desktop.estimate.standing import standing_after
from yibao_desktop.pack.benefits import OnOwnPart, Reading, Remote, Rule, Tier
from yibao_desktop.pack.cases import EstimateCase
from yibao_desktop.pack.dated import Figures, entry_on
from yibao_desktop.pack.schema import FUNDS
from yibao_desktop.pack.store import Pack, Words


def estimate(case: EstimateCase, pack: Pack, other_readings: bool = True) -> Estimate:
    """Estimate ``case`` by its own rules or by those of its place in ``pack``.

    Never raises for a gap in the pack: what is not known is in ``Estimate.unknown``, and the lines that hang
    on it are ``None``. Where the sources of a rule can be read in several ways, the first reading is used and the
    others are in ``Estimate.readings``, unless ``other_readings`` is false.

    Raises:
        UnknownPlace: the case names a place that does not exist.
    """
    rules = rules_for(case, pack)
    chosen = _choose(rules, case, pack.words)
    if isinstance(chosen, Unknown):
        return _without_rule(case, chosen, rules.spoken_by, pack.words)
    rule, day, said = chosen
    result, reading_matters = _by_reading(case, rules, rule, day, said, first_reading(rule), pack.words)
    if not (reading_matters and other_readings):
        return result
    results = [result, *(_by_reading(case, rules, rule, day, said, reading, pack.words)[0]
                         for reading in rule.readings[1:])]
    if all(other.amounts == result.amounts for other in results[1:]):
        return result
    outcomes = (ReadingOutcome(reading, other.amounts, other.steps)
                for reading, other in zip(rule.readings, results, strict=True))
    return replace(result, readings=tuple(outcomes))


@dataclass(frozen=True)
class Rules:
    """The rules a case may fall under."""

    rules: tuple[Rule, ...]
    figures: Figures
    spoken_by: str | None
    place: str | None = None
    """Name of the place asked for."""
    tiers: tuple[Tier, ...] = ()


def rules_for(case: EstimateCase, pack: Pack) -> Rules:
    """Find the rules ``case`` may fall under: its own, or those of the nearest level of its place."""
    if case.region is None:
        assert case.rules is not None  # read_estimate_case accepts no case without either
        own = tuple(rule for rule in case.rules.rules
                    if rule.scheme == case.scheme and case.visit.kind in rule.visits)
        return Rules(own, Figures({parameter.id: parameter for parameter in case.rules.parameters}), None,
                     tiers=case.rules.tiers)
    place = pack.place(case.region)
    found = place.rules(case.scheme, case.visit.kind)
    if found is None:
        return Rules((), Figures({}), None, place.name)
    layer, rules = found
    return Rules(rules, layer.figures, layer.name, place.name, layer.benefits.tiers)


# --- which rule, of which day ----------------------------------------------------------------------


def _choose(
    rules: Rules, case: EstimateCase, words: Words
) -> tuple[Rule, date, list[str]] | Unknown:
    """Pick the rule in force, the day whose figures hold, and what that takes for granted."""
    what = words("rule.of", scheme=words(f"scheme.{case.scheme}"), visit=words(f"visit.{case.visit.kind}"))
    id_ = f"{case.scheme}.{case.visit.kind}"
    who = words("who.local-office")
    if not rules.rules:
        where = rules.place or words("place.this")
        return Unknown(id_, what, words("gap.no-rule", place=where), who)
    said: list[str] = []
    try:
        rule, day = entry_on(rules.rules, case.on, what), case.on
        admitted = case.visit.admitted
        if admitted is not None and benefit_year(rule, admitted) < benefit_year(rule, case.on):
            if rule.across_year == "admitted":
                rule, day = entry_on(rules.rules, admitted, what), admitted
                said.append(words("assume.year-of-admission"))
            elif rule.across_year is None:
                said.append(words("assume.year-of-settlement"))
    except NoValueAtDate as error:
        first_known = min((r.from_ for r in rules.rules if r.unknown is None), default=None)
        return Unknown(id_, what, str(error), who, known_on=first_known)
    if rule.unknown is not None:
        last_known = _last_known_day(rules.rules, rule.from_)
        return Unknown(rule.id, rule.title, rule.unknown, rule.who or who, known_on=last_known)
    return rule, day, said


def benefit_year(rule: Rule, day: date) -> date:
    """Return the first day of the benefit year ``day`` lies in."""
    month, number = map(int, rule.year_starts.split("-"))
    start = date(day.year, month, number)
    return start if start <= day else date(day.year - 1, month, number)


def _last_known_day(rules: tuple[Rule, ...], before: date) -> date | None:
    """Return the last day before ``before`` on which one of ``rules`` is known."""
    known = [rule.from_ for rule in rules if rule.unknown is None and rule.from_ < before]
    if not known:
        return None
    return min(rule.from_ for rule in rules if rule.from_ > max(known)) - timedelta(days=1)


# --- one way through --------------------------------------------------------------------------------


def _without_rule(case: EstimateCase, gap: Unknown, spoken_by: str | None, words: Words) -> Estimate:
    """Show what the bill says by itself, and what is missing."""
    nothing = Rule(id="none", title="—", scheme=case.scheme, visits=(case.visit.kind,), from_=case.on,
                   sources=("none",), checked=case.on)
    run = Run(case, Figures({}), words, nothing, case.on)
    run.take_off_what_is_out_of_scope()
    run.leave_open()
    return Estimate(case.on, None, spoken_by, dict(run.amounts), tuple(run.steps), (), (gap,),
                    case.accounts is not None)


def _by_reading(
    case: EstimateCase, rules: Rules, rule: Rule, day: date, said: list[str], reading: Reading | None, words: Words
) -> tuple[Estimate, bool]:
    """Estimate by one reading, and tell whether the reading mattered."""
    run = Run(case, rules.figures, words, rule, day, reading, assumptions=[*rule.assumes, *said])
    run.take_off_what_is_out_of_scope()
    try:
        _check_circumstances(run)
        if _funds_may_pay(run):
            for stage in rule.stages:
                apply(run, stage)
                run.stages_done += 1
        round_fund_lines(run)
        settle_personal_part(run)
    except Gap:
        _keep_what_is_settled(run)
    complete = all(amount is not None for amount in run.amounts.values())
    result = Estimate(
        case.on, rule, rules.spoken_by, dict(run.amounts), tuple(run.steps), tuple(run.assumptions),
        tuple(run.unknown), case.accounts is not None, (lambda: standing_after(run)) if complete else None,
    )
    return result, run.reading_matters


def _check_circumstances(run: Run) -> None:
    """Stop where the rule's figures are not known for this person's circumstances."""
    case, rule, words = run.case, run.rule, run.words
    who = words("who.local-office")
    if rule.only_for is not None:
        if case.person.other_tier:
            run.stop(Unknown(f"{rule.id}.tier", words("rule.tier"), words("gap.tier", tier=rule.only_for), who))
        run.assumptions.append(words("assume.tier", tier=rule.only_for))
    elif case.person.other_tier:
        run.stop(Unknown(f"{rule.id}.tier", words("rule.tier"), words("gap.tier-unknown"), who))
    if case.visit.referral not in rule.referrals:
        run.stop(Unknown(f"{rule.id}.referral", words(f"referral.{case.visit.referral}"),
                         words("gap.referral"), who))
    if case.year_to_date is None:
        run.assumptions.append(words("assume.nothing-used"))


def _funds_may_pay(run: Run) -> bool:
    """Tell whether the stages apply at all: in a pharmacy a prescription may be needed."""
    visit, words = run.case.visit, run.words
    if visit.kind != "pharmacy" or not run.rule.needs_prescription:
        return True
    if visit.prescription is False:
        run.step(words("step.no-prescription"), words("formula.not-paid"), run.in_scope)
        return False
    if visit.prescription is None:
        run.assumptions.append(words("assume.prescription"))
    return True


def _keep_what_is_settled(run: Run) -> None:
    """After a gap, keep the lines that no later stage could change."""
    settled = BILL_LINES | ({"act_pay_dedc"} if "deductible" in run.own else set())
    to_come = run.rule.stages[run.stages_done:]
    if run.circumstance.referral != "local" and any(
            isinstance(stage, Remote) and stage.method == "prepay" for stage in to_come):
        settled -= {"preselfpay_amt", "inscp_scp_amt"}
    open_funds = {stage.fund for stage in run.rule.stages if isinstance(stage, OnOwnPart)}
    if open_funds and run.passed_bands:
        round_fund_lines(run)
        settled |= set(FUNDS) - open_funds
    for name in LINES:
        if name not in settled:
            run.amounts[name] = None
