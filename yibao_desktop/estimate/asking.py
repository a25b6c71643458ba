"""From a wizard's answers to a bill case, and from a place's rules to what is worth asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast, get_args

from yibao_desktop.estimate.facts import RuleFacts, age_within, day_within
from yibao_desktop.money import ZERO
from yibao_desktop.pack.cases import (
    Accounts,
    Bill,
    EstimateCase,
    Person,
    Visit,
    YearToDate,
    bill_faults,
)
from yibao_desktop.pack.dated import Circumstance
from yibao_desktop.pack.schema import Fund, Group, Level, Option, Referral, Scheme, Status, VisitKind
from yibao_desktop.pack.store import Place, Words

Answers = Mapping[str, Any]

UNSURE = "unsure"


class BillQuestions:
    """What the bill wizard asks in a place.

    It gives the flow what ``options_from`` and ``when`` refer to, and turns the answers into a case.
    """

    def __init__(self, place: Place, words: Words, today: Callable[[], date] = date.today) -> None:
        self._place, self._words, self._today = place, words, today

    # --- what the flow asks for -----------------------------------------------------------------------

    def facts(self, answers: Answers) -> dict[str, str]:
        """Say what the rule in force turns on, as ``rule.<circumstance>: yes``."""
        if "scheme" not in answers or "kind" not in answers:
            return {}
        rule = self._rule(answers)
        asked = ("age", "retired_on", "level", "admission", "family_doctor")
        return {
            "rule.known": "yes" if rule.known else "no",
            "rule.tier": "yes" if rule.tier else "no",
            **{f"rule.{name}": "yes" if rule.depends_on(name) else "no" for name in asked},
        }

    def options(self, name: str, answers: Answers) -> tuple[Option, ...]:
        """Give the options of ``groups``, ``levels``, ``ages``, ``retirement-dates``, ``stays`` or ``tiers``."""
        makers: dict[str, Callable[[Answers], tuple[Option, ...]]] = {
            "groups": self._groups, "levels": self._levels, "ages": self._ages,
            "retirement-dates": self._retirement_dates, "stays": self._stays,
            "tiers": self._tiers,
        }
        return makers[name](answers)

    def _groups(self, _answers: Answers) -> tuple[Option, ...]:
        return tuple(self._named("group", group) for group in get_args(Group))

    def _levels(self, answers: Answers) -> tuple[Option, ...]:
        return tuple(self._named("level", level) for level in self._rule(answers).levels())

    def _ages(self, answers: Answers) -> tuple[Option, ...]:
        edges = self._rule(answers).ages()
        labels = [f"不满 {edges[0]} 周岁"] if edges else []
        for lower, upper in zip(edges, (*edges[1:], None), strict=True):
            labels.append(f"满 {lower} 周岁" + (f"，不满 {upper} 周岁" if upper else ""))
        return tuple(Option(id=f"band-{band}", label=label) for band, label in enumerate(labels))

    def _retirement_dates(self, answers: Answers) -> tuple[Option, ...]:
        edges = self._rule(answers).retirement_dates()
        labels = [f"{edges[0]:%Y-%m-%d} 以前"] if edges else []
        for lower, upper in zip(edges, (*edges[1:], None), strict=True):
            labels.append(f"{lower:%Y-%m-%d} 及以后" + (f"，{upper:%Y-%m-%d} 以前" if upper else ""))
        return tuple(Option(id=f"band-{band}", label=label) for band, label in enumerate(labels))

    def _tiers(self, answers: Answers) -> tuple[Option, ...]:
        tier = self._rule(answers).tier
        return (Option(id="this", label=f"是，{tier}"),) if tier else ()

    def _stays(self, answers: Answers) -> tuple[Option, ...]:
        last = max(self._rule(answers).stays(), default=2)
        labels = [f"第 {number} 次" for number in range(1, last)] + [f"第 {last} 次或更多"]
        return tuple(Option(id=f"stay-{number}", label=label) for number, label in enumerate(labels, 1))

    def _named(self, kind: str, value: str) -> Option:
        key = f"{kind}.{value}"
        return Option(id=value, label=self._words(key), help=self._words.help(key))

    def refusal(self, answers: Answers) -> str:
        """Say in a sentence why the amounts given cannot be right; empty when they can."""
        if "bill" not in answers:
            return ""
        return " ".join(bill_faults(self._bill(answers)))

    # --- the case -----------------------------------------------------------------------------------------

    def case(self, answers: Answers) -> EstimateCase:
        """Turn complete answers into a case of this place."""
        circumstance = self._circumstance(answers)
        person = Person(
            status=circumstance.status, group=circumstance.group, age=circumstance.age,
            retired_on=circumstance.retired_on, family_doctor=circumstance.family_doctor,
            other_tier=answers.get("tier") == "other",
        )
        visit = Visit(kind=circumstance.visit, level=circumstance.level, admission=circumstance.admission,
                      referral=circumstance.referral)
        return EstimateCase(
            title=f"{self._place.name}账单", region=self._place.region.code, on=self._day(answers),
            scheme=cast(Scheme, answers["scheme"]), person=person, visit=visit, bill=self._bill(answers),
            year_to_date=self._year_to_date(answers), accounts=self._accounts(answers),
        )

    def _bill(self, answers: Answers) -> Bill:
        return Bill(**{name: amount or ZERO for name, amount in answers["bill"].items()})

    def _year_to_date(self, answers: Answers) -> YearToDate | None:
        if answers.get("used") == "unsure":
            return None
        given: Mapping[str, Decimal | None] = answers.get("ytd", {})
        asked: tuple[Fund, ...] = ("hifp_pay", "hifob_pay")
        paid = {fund: amount for fund in asked if (amount := given.get(fund)) is not None}
        eligible = given.get("eligible")
        deductible = given.get("deductible")
        if deductible is None and eligible is None:
            deductible = ZERO
        # With only the in-scope cost told, the engine works out what of it went into the deductible.
        return YearToDate(deductible=deductible, eligible=eligible or ZERO, paid=paid)

    def _accounts(self, answers: Answers) -> Accounts | None:
        given = {name: amount for name, amount in answers.get("accounts", {}).items() if amount is not None}
        return Accounts(**given) if given else None

    def _rule(self, answers: Answers) -> RuleFacts:
        return RuleFacts(self._place, cast(Scheme, answers["scheme"]), self._day(answers),
                         self._circumstance(answers))

    def _day(self, answers: Answers) -> date:
        return cast(date, answers.get("date", self._today()))

    def _circumstance(self, answers: Answers) -> Circumstance:
        """Gather what has been told; bands of ages and dates stand for a value inside them."""
        told = Circumstance(
            visit=cast(VisitKind, answers["kind"]),
            referral=cast(Referral, answers.get("referral", "local")),
            admission=int(answers.get("admission", "stay-1").removeprefix("stay-")),
            status=cast("Status | None", answers.get("status")),
            group=cast("Group | None", answers.get("group")),
            level=None if answers.get("level") == UNSURE else cast("Level | None", answers.get("level")),
            family_doctor=answers["family_doctor"] == "yes" if "family_doctor" in answers else None,
        )
        rule = RuleFacts(self._place, cast(Scheme, answers["scheme"]), self._day(answers), told)
        age, retired_on = None, None
        if "age" in answers and rule.ages():
            age = age_within(rule.ages(), _band(answers["age"]))
        if "retired_on" in answers and rule.retirement_dates():
            retired_on = day_within(rule.retirement_dates(), _band(answers["retired_on"]))
        return Circumstance(**{**_as_dict(told), "age": age, "retired_on": retired_on})


def _as_dict(circumstance: Circumstance) -> dict[str, Any]:
    return dict(vars(circumstance))


def _band(option_id: str) -> int:
    return int(option_id.removeprefix("band-"))
