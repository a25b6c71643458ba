"""What a person told of a bill, in words: never who the person is."""

from __future__ import annotations

from collections.abc import Iterator

from yibao_desktop.estimate.engine import rules_for
from yibao_desktop.estimate.facts import RuleFacts
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.estimate.run import circumstance_of, first_reading
from yibao_desktop.pack.cases import EstimateCase
from yibao_desktop.pack.store import Pack, Place, Words
from yibao_desktop.paper.footer import day_in_words


def facts_of_bill(
    pack: Pack, place: Place, case: EstimateCase | None, result: Estimate | None
) -> Iterator[tuple[str, str]]:
    """Yield (name, value) of the day, the place, the scheme and the visit; without a case the place alone."""
    words = pack.words
    if case is not None:
        yield words("sheet.fact.on"), day_in_words(case.on, words)
    yield words("sheet.fact.place"), place.name
    if case is not None:
        yield words("sheet.fact.scheme"), words("join.comma").join(_person(case, words))
        yield words("sheet.fact.visit"), words("join.comma").join(_visit(case, result, pack))


def _person(case: EstimateCase, words: Words) -> Iterator[str]:
    yield words(f"scheme.{case.scheme}")
    if case.person.status is not None:
        yield words(f"status.{case.person.status}")
    if case.person.group is not None:
        yield words(f"group.{case.person.group}")


def _visit(case: EstimateCase, result: Estimate | None, pack: Pack) -> Iterator[str]:
    words, visit = pack.words, case.visit
    yield words(f"visit.{visit.kind}")
    if visit.level is not None:
        yield words(f"level.{visit.level}")
    if _number_of_stay_was_asked(case, result, pack):
        yield words("explain-value.admission", number=str(visit.admission))
    if visit.referral != "local":
        yield words(f"referral.{visit.referral}")


def _number_of_stay_was_asked(case: EstimateCase, result: Estimate | None, pack: Pack) -> bool:
    rule = result.rule if result is not None else None
    if rule is None or case.visit.kind != "inpatient":
        return False
    parameters = rules_for(case, pack).figures.parameters
    return RuleFacts(rule, parameters, case.on, circumstance_of(case, rule, first_reading(rule))).depends_on(
        "admission")
