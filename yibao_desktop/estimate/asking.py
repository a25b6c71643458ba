"""From a wizard's answers to a bill case, and from a place's rules to what is worth asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast, get_args

from yibao_desktop.estimate.engine import benefit_year
from yibao_desktop.estimate.facts import RuleFacts, age_within, day_within, month_within
from yibao_desktop.money import ZERO
from yibao_desktop.pack.benefits import AccountFirst, Deductible, EssentialDrugs, OnOwnPart
from yibao_desktop.pack.cases import (
    Accounts,
    Bill,
    EstimateCase,
    Person,
    Visit,
    YearToDate,
    bill_faults,
    stay_faults,
)
from yibao_desktop.pack.dated import Circumstance
from yibao_desktop.pack.schema import (
    Aid,
    AmountField,
    Away,
    Fund,
    Group,
    Level,
    Option,
    Referral,
    Scheme,
    Status,
    VisitKind,
)
from yibao_desktop.pack.store import Place, Words

Answers = Mapping[str, Any]

UNSURE = "unsure"
OTHER = "other"
NEAR_YEAR_START = 60
"""Days. A stay that ended so soon after the benefit year began may have begun before it."""
RELATIVES = 3
"""How many relatives' accounts the wizard asks about."""


class BillQuestions:
    """What the bill wizard asks in a place.

    It gives the flow what ``options_from``, ``fields_from`` and ``when`` refer to, and turns the answers into a case.
    """

    def __init__(self, place: Place, words: Words, today: Callable[[], date] = date.today) -> None:
        self._place, self._words, self._today = place, words, today
        self.told: dict[str, Decimal] = {}
        """Figures the person gave because the pack does not know them, by id."""
        self.follows_others = False
        """Whether earlier bills of the year have been entered, so that nobody is asked for what they used."""

    # --- what the flow asks for -----------------------------------------------------------------------

    def facts(self, answers: Answers) -> dict[str, str]:
        """Say what the rule in force turns on, as ``rule.<circumstance>: yes``."""
        first = {"year.first": _yes(not self.follows_others)}
        if "scheme" not in answers or "kind" not in answers:
            return first
        rule = self._rule(answers)
        asked = ("age", "retired_on", "admission", "family_doctor", "months", "aid")
        fixed_level = answers["kind"] == "pharmacy" and rule.rule is not None and (
            rule.rule.pharmacy_as not in (None, "prescriber"))
        return {
            **first,
            **{f"rule.{name}": _yes(rule.depends_on(name)) for name in asked},
            "rule.known": _yes(rule.known),
            "rule.tier": _yes(bool(rule.only_tier) or rule.depends_on("tier")),
            "rule.level": _yes(rule.depends_on("level") and not fixed_level),
            "rule.away": _yes(answers.get("referral", "local") != "local" and rule.depends_on("away")),
            "rule.transfer": _yes(any(stage.transfer for stage in rule.stages(Deductible))),
            "rule.prescription": _yes(answers["kind"] == "pharmacy" and rule.rule is not None
                                      and rule.rule.needs_prescription),
            "rule.stay-days": _yes(answers["kind"] == "inpatient" and self._days_matter(rule, answers)),
            "rule.essential": _yes(bool(rule.stages(EssentialDrugs))),
        }

    def _days_matter(self, rule: RuleFacts, answers: Answers) -> bool:
        if rule.rule is None:
            return False
        into_year = self._day(answers) - benefit_year(rule.rule, self._day(answers))
        return into_year.days < NEAR_YEAR_START or any(stage.again_after for stage in rule.stages(Deductible))

    def options(self, name: str, answers: Answers) -> tuple[Option, ...]:
        """Give the options of a question by the name in its ``options_from``."""
        makers: dict[str, Callable[[Answers], tuple[Option, ...]]] = {
            "groups": self._groups, "levels": self._levels, "ages": self._ages,
            "retirement-dates": self._retirement_dates, "stays": self._stays,
            "tiers": self._tiers, "months": self._months, "aids": self._aids, "senders": self._levels,
        }
        return makers[name](answers)

    def _groups(self, _answers: Answers) -> tuple[Option, ...]:
        return tuple(self._named("group", group) for group in get_args(Group))

    def _aids(self, _answers: Answers) -> tuple[Option, ...]:
        return tuple(self._named("aid", aid) for aid in get_args(Aid))

    def _levels(self, answers: Answers) -> tuple[Option, ...]:
        return tuple(self._named("level", level) for level in self._rule(answers).levels())

    def _ages(self, answers: Answers) -> tuple[Option, ...]:
        return _bands(age_labels(self._rule(answers).ages(), self._words))

    def _months(self, answers: Answers) -> tuple[Option, ...]:
        return _bands(month_labels(self._rule(answers).months(), self._words))

    def _retirement_dates(self, answers: Answers) -> tuple[Option, ...]:
        return _bands(date_labels(self._rule(answers).retirement_dates(), self._words))

    def _tiers(self, answers: Answers) -> tuple[Option, ...]:
        rule = self._rule(answers)
        if rule.only_tier:
            return (Option(id="this", label=self._words("band.tier", tier=rule.only_tier)),)
        named = rule.named("tier")
        return tuple(Option(id=tier.id, label=tier.label) for tier in rule.tiers if tier.id in named)

    def _stays(self, answers: Answers) -> tuple[Option, ...]:
        last = max(self._rule(answers).stays(), default=2)
        words = self._words
        labels = [words("band.stay", number=str(number)) for number in range(1, last)]
        labels.append(words("band.stay-or-more", number=str(last)))
        return tuple(Option(id=f"stay-{number}", label=label) for number, label in enumerate(labels, 1))

    def _named(self, kind: str, value: str) -> Option:
        key = f"{kind}.{value}"
        return Option(id=value, label=self._words(key), help=self._words.help(key))

    # --- amounts that depend on the place ---------------------------------------------------------------

    def fields(self, name: str, answers: Answers) -> tuple[AmountField, ...]:
        """Give the amounts of a question by the name in its ``fields_from``: ``year`` or ``accounts``."""
        rule = self._rule(answers)
        return tuple(self._year_fields(rule) if name == "year" else self._account_fields(rule))

    def _year_fields(self, rule: RuleFacts) -> list[AmountField]:
        words = self._words
        fields = []
        if any(stage.per == "year" for stage in rule.stages(Deductible)):
            fields.append(self._field("deductible"))
        if any(stage.year_total for stage in rule.stages(Deductible)):
            fields.append(self._field("deductibles"))
        fields.append(self._field("eligible"))
        for limit in rule.limits():
            label = words(f"year.limit-{limit.measures}", what=rule.parameters[limit.amount].label)
            fields.append(AmountField(id=f"limit.{limit.amount}", label=label, help=words.help("year.limit-payment")))
        for stage in rule.stages(OnOwnPart):
            if stage.counted == "year":
                label = words("year.own-part", what=stage.label)
                fields.append(AmountField(id=f"own.{stage.fund}", label=label, help=words.help("year.own-part")))
        return fields

    def _account_fields(self, rule: RuleFacts) -> list[AmountField]:
        fields = [self._field("own")]
        if rule.stages(AccountFirst):
            fields.append(self._field("own_current_year"))
        return [*fields, *(self._relative(number) for number in range(1, RELATIVES + 1))]

    def _relative(self, number: int) -> AmountField:
        words, id_ = self._words, f"shared.{number}"
        label, which = words("year.shared"), words("ordinal", number=str(number))
        if number == 1:
            return AmountField(id=id_, label=label, help=words.help("year.shared"))
        return AmountField(id=id_, label=words("join.brackets", text=label, what=which))

    def _field(self, name: str) -> AmountField:
        key = f"year.{name}"
        return AmountField(id=name, label=self._words(key), help=self._words.help(key))

    def refusal(self, answers: Answers) -> str:
        """Say in a sentence why the answers given cannot be right; empty when they can."""
        if "bill" not in answers:
            return " ".join(stay_faults(self.case(answers))) if "admitted" in answers else ""
        return " ".join(bill_faults(self._bill(answers)))

    # --- the case -----------------------------------------------------------------------------------------

    def case(self, answers: Answers) -> EstimateCase:
        """Turn answers into a case of this place; a bill not yet entered is one of nothing."""
        circumstance = self._circumstance(answers)
        person = Person(
            status=circumstance.status, group=circumstance.group, age=circumstance.age,
            retired_on=circumstance.retired_on, family_doctor=circumstance.family_doctor,
            months=circumstance.months, aid=circumstance.aid, tier=circumstance.tier,
            other_tier=answers.get("tier") == OTHER,
        )
        sender = answers.get("transferred_from", "none")
        visit = Visit(
            kind=circumstance.visit, level=circumstance.level, admission=circumstance.admission,
            referral=circumstance.referral, away=circumstance.away,
            transferred_from=None if sender in ("none", UNSURE) else cast(Level, sender),
            prescription=answers["prescription"] == "yes" if "prescription" in answers else None,
            admitted=answers.get("admitted"),
        )
        return EstimateCase(
            title=f"{self._place.name}账单", region=self._place.region.code, on=self._day(answers),
            scheme=cast(Scheme, answers["scheme"]), person=person, visit=visit, bill=self._bill(answers),
            told=dict(self.told), year_to_date=self._year_to_date(answers), accounts=self._accounts(answers),
        )

    def _bill(self, answers: Answers) -> Bill:
        given = {**answers.get("bill", {"total": ZERO}), **answers.get("essential", {})}
        return Bill(**{name: amount or ZERO for name, amount in given.items()})

    def _year_to_date(self, answers: Answers) -> YearToDate | None:
        if answers.get("used") in (UNSURE, None):
            return None
        given = {name: amount for name, amount in answers.get("ytd", {}).items() if amount is not None}
        deductible, eligible = given.get("deductible"), given.get("eligible")
        if deductible is None and eligible is None:
            deductible = ZERO
        # With only the in-scope cost told, the engine works out what of it went into the deductible.
        return YearToDate(
            deductible=deductible, eligible=eligible or ZERO, deductibles=given.get("deductibles"),
            limits={name.removeprefix("limit."): amount for name, amount in given.items() if name.startswith("limit.")},
            own_part={cast(Fund, name.removeprefix("own.")): amount for name, amount in given.items()
                      if name.startswith("own.")},
        )

    def _accounts(self, answers: Answers) -> Accounts | None:
        given = {name: amount for name, amount in answers.get("accounts", {}).items() if amount is not None}
        if not given:
            return None
        shared = tuple(amount for name, amount in sorted(given.items()) if name.startswith("shared."))
        return Accounts(own=given.get("own", ZERO), own_current_year=given.get("own_current_year", ZERO), shared=shared)

    def _rule(self, answers: Answers) -> RuleFacts:
        return RuleFacts.of_place(self._place, cast(Scheme, answers["scheme"]), self._day(answers),
                                  self._circumstance(answers))

    def _day(self, answers: Answers) -> date:
        return cast(date, answers.get("date", self._today()))

    def _circumstance(self, answers: Answers) -> Circumstance:
        """Gather what has been told; bands of ages, months and dates stand for a value inside them."""
        level = answers.get("prescriber", answers.get("level"))
        referral = cast(Referral, answers.get("referral", "local"))
        tier = answers.get("tier")
        told = Circumstance(
            visit=cast(VisitKind, answers["kind"]), referral=referral,
            away="local" if referral == "local" else cast("Away | None", answers.get("away")),
            admission=int(answers.get("admission", "stay-1").removeprefix("stay-")),
            status=cast("Status | None", answers.get("status")),
            group=cast("Group | None", answers.get("group")),
            level=None if level == UNSURE else cast("Level | None", level),
            family_doctor=answers["family_doctor"] == "yes" if "family_doctor" in answers else None,
            aid=cast(Aid, answers.get("aid", "none")),
            tier=None if tier in (OTHER, "this") else tier,
        )
        rule = RuleFacts.of_place(self._place, cast(Scheme, answers["scheme"]), self._day(answers), told)
        if rule.rule is not None and rule.rule.readings:
            told = replace(told, reading=rule.rule.readings[0].id)
        bands: tuple[tuple[str, Any, Callable[..., Any]], ...] = (
            ("age", rule.ages, age_within), ("months", rule.months, month_within),
            ("retired_on", rule.retirement_dates, day_within),
        )
        within = {name: stands_for(edges(), _band(answers[name])) for name, edges, stands_for in bands
                  if name in answers and edges()}
        return replace(told, **within)


def age_labels(edges: tuple[int, ...], words: Words) -> list[str]:
    """Name the stretches between ages."""
    return _stretches(edges, words, "age")


def month_labels(edges: tuple[int, ...], words: Words) -> list[str]:
    """Name the stretches between months of membership."""
    return _stretches(edges, words, "months")


def date_labels(edges: tuple[date, ...], words: Words) -> list[str]:
    """Name the stretches between days."""
    return _stretches(edges, words, "day")


def _stretches(edges: tuple[Any, ...], words: Words, kind: str) -> list[str]:
    labels = [words(f"band.{kind}-below", upper=str(edges[0]))] if edges else []
    for lower, upper in zip(edges, (*edges[1:], None), strict=False):
        labels.append(words(f"band.{kind}-between", lower=str(lower), upper=str(upper)) if upper
                      else words(f"band.{kind}-from", lower=str(lower)))
    return labels


def _bands(labels: list[str]) -> tuple[Option, ...]:
    return tuple(Option(id=f"band-{band}", label=label) for band, label in enumerate(labels))


def _band(option_id: str) -> int:
    return int(option_id.removeprefix("band-"))


def _yes(so: bool) -> str:
    return "yes" if so else "no"
