"""What the bill wizard asks in a place, and what its answers come to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from yibao_desktop.estimate.asking import BillQuestions
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.facts import LEVEL_ORDER
from yibao_desktop.flow.session import FlowSession, Value
from yibao_desktop.pack.cases import Accounts, YearToDate
from yibao_desktop.pack.schema import FUNDS
from yibao_desktop.pack.store import Pack

BEIJING, SHANGHAI, DALIAN, GUANGZHOU, HEBEI, NOWHERE = "110000", "310000", "210200", "440100", "130000", "650100"
SHENZHEN, FUYANG, CHENGDU, XIAMEN = "440300", "341200", "510100", "350200"
DAY = date(2025, 5, 20)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Pack(Path(__file__).resolve().parents[2] / "content")


def questions(pack: Pack, region: str) -> BillQuestions:
    return BillQuestions(pack.place(region), pack.words, lambda: DAY)


def session(pack: Pack, region: str) -> FlowSession:
    asking = questions(pack, region)
    return FlowSession(pack.flow("bill"), asking.options, asking.facts, asking.fields)


def asked(pack: Pack, region: str, day: date = DAY, **answers: str) -> set[str]:
    """Answer up to the day of the bill and say what the rest of the wizard asks."""
    run = session(pack, region)
    given: dict[str, Value] = {"task": "estimate", "scheme": "employee", "date": day, **answers}
    while run.current is not None and run.current.id in given:
        run.answer(given[run.current.id])
    return {question.id for question in run.visible()}


def options(pack: Pack, region: str, question: str, **answers: Any) -> list[str]:
    run = session(pack, region)
    found = next(q for q in run.flow.questions if q.id == question)
    assert found.options_from is not None
    return [o.id for o in questions(pack, region).options(found.options_from, {"date": DAY, **answers})]


# --- what is asked ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("region", "answers", "wanted", "not_wanted"), [
    (BEIJING, {"status": "retired", "kind": "outpatient"}, {"age", "level"}, {"retired_on", "admission", "group"}),
    (BEIJING, {"status": "active", "kind": "outpatient"}, {"level"}, {"age", "retired_on", "admission"}),
    (BEIJING, {"status": "active", "kind": "inpatient"}, {"level", "admission"}, {"age", "retired_on"}),
    (BEIJING, {"status": "retired", "kind": "inpatient"}, {"level", "admission"}, {"age", "retired_on"}),
    (BEIJING, {"scheme": "resident", "group": "adult", "kind": "inpatient"}, {"group", "admission"}, {"status", "age"}),
    # a student's stays all have the same deductible
    (BEIJING, {"scheme": "resident", "group": "student", "kind": "inpatient"}, {"group"}, {"admission"}),
    (SHANGHAI, {"status": "retired", "kind": "outpatient"}, {"retired_on", "level"}, {"age", "admission"}),
    (SHANGHAI, {"status": "active", "kind": "outpatient"}, {"level"}, {"retired_on", "age"}),
    # 各级医院相同
    (SHANGHAI, {"status": "retired", "kind": "inpatient"}, {"retired_on"}, {"level", "admission"}),
    (DALIAN, {"status": "retired", "kind": "inpatient"}, {"age", "level", "admission"}, {"retired_on"}),
    (DALIAN, {"status": "active", "kind": "inpatient"}, {"level", "admission"}, {"age"}),
    (GUANGZHOU, {"status": "active", "kind": "inpatient"}, {"level"}, {"admission", "age"}),
    (GUANGZHOU, {"status": "retired", "kind": "outpatient"}, {"level"}, {"admission", "age"}),
    (HEBEI, {"status": "active", "kind": "inpatient"}, {"bill"}, {"level", "admission", "age", "referral"}),
    (NOWHERE, {"status": "active", "kind": "outpatient"}, {"bill"}, {"level", "admission", "age", "referral"}),
    (NOWHERE, {"scheme": "resident", "group": "adult", "kind": "inpatient"}, {"bill"}, {"level", "referral"}),
])
def test_only_what_the_rule_turns_on_is_asked(pack, region, answers, wanted, not_wanted):
    found = asked(pack, region, **answers)
    assert wanted <= found
    assert not not_wanted & found


def test_from_the_day_a_rule_is_unknown_nothing_about_it_is_asked(pack):
    answers = {"status": "active", "kind": "outpatient"}
    assert "level" in asked(pack, SHANGHAI, date(2026, 6, 30), **answers)
    assert not {"level", "referral"} & asked(pack, SHANGHAI, date(2026, 7, 1), **answers)


# --- what can be answered ---------------------------------------------------------------------------


@pytest.mark.parametrize(("region", "answers", "levels"), [
    (BEIJING, {"scheme": "employee", "status": "active", "kind": "outpatient"},
     ["community", "primary", "secondary", "tertiary"]),
    (BEIJING, {"scheme": "employee", "status": "active", "kind": "inpatient"},
     ["community", "primary", "secondary", "tertiary"]),
    (BEIJING, {"scheme": "resident", "group": "adult", "kind": "inpatient"},
     ["community", "primary", "secondary", "tertiary-district", "tertiary"]),
    (DALIAN, {"scheme": "employee", "status": "active", "kind": "inpatient"},
     ["community", "primary", "secondary", "tertiary", "tertiary-top"]),
    (GUANGZHOU, {"scheme": "employee", "status": "active", "kind": "outpatient"},
     ["community", "primary", "secondary", "tertiary"]),
    (SHANGHAI, {"scheme": "resident", "group": "adult", "kind": "outpatient"},
     ["village", "community", "primary", "secondary", "tertiary"]),
    # Only one level's figures are known there: somebody at another must not be led into its row.
    ("620100", {"scheme": "employee", "status": "active", "kind": "outpatient"},
     ["community", "primary", "secondary", "tertiary"]),
])
def test_the_common_levels_are_offered_everywhere_and_further_ones_where_a_rule_knows_them(
    pack, region, answers, levels
):
    assert options(pack, region, "level", **answers) == levels
    assert levels == [level for level in LEVEL_ORDER if level in levels]


def test_age_bands_are_the_rules_own(pack):
    labels = questions(pack, BEIJING).options(
        "ages", {"scheme": "employee", "status": "retired", "kind": "outpatient", "date": DAY})
    assert [option.id for option in labels] == ["band-0", "band-1"]
    assert "不满 70" in labels[0].label
    assert labels[1].label.startswith("满 70")


def test_retirement_bands_are_the_rules_own(pack):
    labels = questions(pack, SHANGHAI).options(
        "retirement-dates", {"scheme": "employee", "status": "retired", "kind": "outpatient", "date": DAY})
    assert ["2001-01-01" in option.label for option in labels] == [True, True]
    assert ["以前" in option.label for option in labels] == [True, False]


@pytest.mark.parametrize("region", [BEIJING, SHANGHAI, DALIAN, GUANGZHOU, HEBEI, NOWHERE])
def test_groups_can_always_be_chosen(pack, region):
    assert {"adult", "minor"} <= set(options(pack, region, "group", scheme="resident"))


# --- answers to a case ------------------------------------------------------------------------------


def amounts(**values: str | None) -> dict[str, Decimal | None]:
    return {name: None if value is None else Decimal(value) for name, value in values.items()}


ANSWERS: dict[str, Any] = {
    "task": "estimate", "scheme": "employee", "status": "retired", "kind": "outpatient", "date": DAY, "age": "band-1",
    "level": "tertiary", "referral": "local", "used": "known",
    "bill": amounts(total="2500", self_funded="200", over_limit=None, first_pay=None),
    "ytd": {**amounts(deductible="300", eligible=None), "limit.bj-emp-op-boundary": Decimal(1000),
            "own.hifmi_pay": Decimal(70)},
    "accounts": {**amounts(own="50"), "shared.1": None, "shared.2": Decimal(30), "shared.3": Decimal(20)},
}


def test_answers_become_a_case(pack):
    case = questions(pack, BEIJING).case(ANSWERS)
    assert (case.region, case.on, case.scheme) == (BEIJING, DAY, "employee")
    assert (case.person.status, case.person.age, case.visit.level) == ("retired", 70, "tertiary")
    assert (case.bill.total, case.bill.self_funded, case.bill.over_limit) == (2500, 200, 0)
    assert case.year_to_date == YearToDate(
        deductible=Decimal(300), limits={"bj-emp-op-boundary": Decimal(1000)}, own_part={"hifmi_pay": Decimal(70)})
    assert case.accounts == Accounts(own=Decimal(50), shared=(Decimal(30), Decimal(20)))
    # 2300 in scope; 1300 − 300 = 1000 still due; 1300 × 80% = 1040 and × 10% = 130
    result = estimate(case, pack)
    assert (result.amounts["hifob_pay"], result.amounts["oth_pay"]) == (1040, 130)


@pytest.mark.parametrize(("band", "pays"), [("band-0", 910), ("band-1", 1040)])
def test_an_age_band_stands_for_an_age_inside_it(pack, band, pays):
    # 1300 × 70% below 70, × 80% from 70
    assert estimate(questions(pack, BEIJING).case({**ANSWERS, "age": band}), pack).amounts["hifob_pay"] == pays


@pytest.mark.parametrize(("band", "day"), [("band-0", date(2000, 12, 31)), ("band-1", date(2001, 1, 1))])
def test_a_retirement_band_stands_for_a_day_inside_it(pack, band, day):
    answers = {name: value for name, value in ANSWERS.items() if name != "age"}
    case = questions(pack, SHANGHAI).case({**answers, "retired_on": band})
    assert case.person.retired_on == day


@pytest.mark.parametrize(("used", "expected"), [
    ("none", YearToDate(deductible=Decimal(0))),
    ("unsure", None),
])
def test_nothing_used_is_not_the_same_as_not_knowing(pack, used, expected):
    answers = {name: value for name, value in ANSWERS.items() if name != "ytd"}
    assert questions(pack, BEIJING).case({**answers, "used": used}).year_to_date == expected


def test_balances_left_empty_are_not_told_but_a_zero_is(pack):
    def accounts_of(own: Decimal | None) -> Accounts | None:
        answers = {**ANSWERS, "accounts": {"own": own, "shared.1": None}}
        return questions(pack, BEIJING).case(answers).accounts
    assert accounts_of(None) is None
    assert accounts_of(Decimal(0)) == Accounts(shared=())


@pytest.mark.parametrize(("region", "answers", "wanted", "not_wanted"), [
    # a stay that ended in January may have begun the year before
    (BEIJING, {"kind": "inpatient", "date": date(2026, 1, 20)}, {"admitted"}, {"transferred_from"}),
    (BEIJING, {"kind": "inpatient", "date": DAY}, set(), {"admitted"}),
    # the deductible is due again every 90 days; 基药 have a share of their own in outpatient care
    (GUANGZHOU, {"kind": "inpatient", "date": DAY}, {"admitted"}, {"essential"}),
    (GUANGZHOU, {"kind": "outpatient", "date": DAY}, {"essential"}, {"admitted"}),
    (CHENGDU, {"kind": "inpatient", "date": DAY, "age": "band-0"}, {"transferred_from"}, {"prescription"}),
    # 药店 count as 三级 there, whoever wrote the prescription; in 上海 the hospital that wrote it decides
    (CHENGDU, {"kind": "pharmacy", "date": DAY}, {"prescription"}, {"level", "prescriber"}),
    (SHANGHAI, {"kind": "pharmacy", "date": DAY}, {"prescription", "prescriber"}, {"level"}),
    (SHENZHEN, {"kind": "outpatient", "date": DAY}, {"tier"}, {"months"}),
    (SHENZHEN, {"kind": "inpatient", "date": DAY}, {"tier", "months"}, {"prescription"}),
    (FUYANG, {"scheme": "resident", "group": "adult", "kind": "inpatient", "date": DAY, "level": "tertiary",
              "referral": "referred"}, {"away"}, {"status"}),
    (FUYANG, {"scheme": "resident", "group": "adult", "kind": "inpatient", "date": DAY, "level": "tertiary",
              "referral": "local"}, set(), {"away"}),
])
def test_a_place_is_asked_about_its_own_switches(pack, region, answers, wanted, not_wanted):
    run = session(pack, region)
    given: dict[str, Value] = {"task": "estimate", "scheme": "employee", "status": "active", **answers}
    while run.current is not None and run.current.kind in ("choice", "date"):
        options = run.options(run.current)
        run.answer(given.get(run.current.id, options[0].id if options else DAY))
    found = {question.id for question in run.visible()}
    assert wanted <= found
    assert not found & not_wanted


def test_what_the_year_has_used_is_asked_limit_by_limit(pack):
    # 上海门诊: the deductible, the shared limit and no 大病; the account of the year
    ask = questions(pack, SHANGHAI)
    answers = {"scheme": "employee", "status": "active", "kind": "outpatient", "date": DAY, "level": "tertiary"}
    fields = {field.id: field.label for field in ask.fields("year", answers)}
    assert list(fields) == ["deductible", "eligible", "limit.sh-emp-cap"]
    assert "最高支付限额" in fields["limit.sh-emp-cap"]
    assert [field.id for field in ask.fields("accounts", answers)] == [
        "own", "own_current_year", "shared.1", "shared.2", "shared.3"]
    # 北京住院: no yearly deductible, two limits and 大病 at year end
    answers = {**answers, "kind": "inpatient"}
    assert [field.id for field in questions(pack, BEIJING).fields("year", answers)] == [
        "eligible", "limit.bj-emp-ip-cap-pool", "limit.bj-emp-ip-cap-large", "own.hifmi_pay"]


def test_after_an_earlier_bill_of_the_year_nobody_is_asked_what_was_used(pack):
    ask = questions(pack, BEIJING)
    assert ask.facts({})["year.first"] == "yes"
    ask.follows_others = True
    assert ask.facts({})["year.first"] == "no"


def test_a_stay_that_ends_before_it_begins_is_refused(pack):
    ask = questions(pack, GUANGZHOU)
    answers = {"scheme": "employee", "status": "active", "kind": "inpatient", "date": DAY, "level": "tertiary"}
    assert "入院日期" in ask.refusal({**answers, "admitted": date(2025, 6, 1)})
    assert "超过一年" in ask.refusal({**answers, "admitted": date(2024, 1, 1)})
    assert ask.refusal({**answers, "admitted": date(2025, 3, 1)}) == ""


def test_figures_the_person_reads_off_the_slip_go_with_the_case(pack):
    ask = questions(pack, BEIJING)
    ask.told["bj-emp-op-deductible"] = Decimal(1800)
    assert ask.case(ANSWERS).told == {"bj-emp-op-deductible": Decimal(1800)}


def test_the_first_and_a_later_stay(pack):
    answers = {**ANSWERS, "kind": "inpatient", "bill": amounts(total="11300")}
    ask = questions(pack, BEIJING)
    assert ask.case({**answers, "admission": "stay-1"}).visit.admission == 1
    assert ask.case({**answers, "admission": "stay-2"}).visit.admission == 2


@pytest.mark.parametrize(("bill", "refused"), [
    ({"total": "1000", "self_funded": "600", "over_limit": "200", "first_pay": "200.01"}, True),
    ({"total": "1000", "self_funded": "600", "over_limit": "200", "first_pay": "200"}, False),
    ({"total": "0"}, False),
])
def test_parts_that_exceed_the_total_are_refused(pack, bill, refused):
    assert bool(questions(pack, BEIJING).refusal({"bill": amounts(**bill)})) is refused


def test_there_is_nothing_to_refuse_before_amounts_are_given(pack):
    assert questions(pack, BEIJING).refusal({}) == ""


# --- every way through the wizard -------------------------------------------------------------------

AMOUNTS = {
    # in scope 60000 − 1000 − 200 − 800 = 58000
    "bill": amounts(total="60000", self_funded="1000", over_limit="200", first_pay="800"),
    "essential": amounts(essential_drugs="700"),
}


TURNED_ON = ("scheme", "status", "group", "kind", "date", "age", "retired_on", "level", "admission", "referral",
             "family_doctor", "tier", "months", "aid", "prescription", "prescriber", "transferred_from", "admitted",
             "away")
"""All that what is asked can depend on: amounts come later and change nothing."""


def remembering(pack: Pack, region: str) -> FlowSession:
    """A session that works out what a place asks once for the same answers: many ways share their beginning."""
    asking = questions(pack, region)
    told: dict[Any, Any] = {}

    def key(answers: Any) -> tuple[Any, ...]:
        return tuple(answers.get(name) for name in TURNED_ON)

    def options_of(name: str, answers: Any) -> Any:
        at = (name, *key(answers))
        if at not in told:
            told[at] = asking.options(name, answers)
        return told[at]

    def facts_of(answers: Any) -> Any:
        at = key(answers)
        if at not in told:
            told[at] = asking.facts(answers)
        return told[at]

    return FlowSession(pack.flow("bill"), options_of, facts_of, asking.fields)


def walk(run: FlowSession, day: date) -> Iterator[dict[str, Value]]:
    """Yield the answers of every way to a result."""
    question = run.current
    if question is None:
        assert run.complete
        yield dict(run.answers)
        return
    values: list[Value]
    if question.kind == "date":
        values = [day]
    elif question.kind == "amounts":
        values = [AMOUNTS.get(question.id) or {field.id: Decimal(300) for field in run.fields(question)}]
    else:
        values = [option.id for option in run.options(question)]
        assert values, question.id
    for value in values:
        run.go_to(question.id)
        run.answer(value)
        yield from walk(run, day)


@pytest.mark.parametrize(("region", "day"), [
    (BEIJING, DAY), (SHANGHAI, DAY), (SHANGHAI, date(2026, 8, 1)), (DALIAN, date(2024, 6, 1)), (GUANGZHOU, DAY),
    (GUANGZHOU, date(2026, 5, 20)), (HEBEI, DAY), (SHENZHEN, DAY), (FUYANG, DAY),
], ids=lambda value: str(value))
def test_every_way_through_the_wizard_ends_in_lines_that_add_up_or_in_somebody_to_ask(pack, region, day):
    asking = questions(pack, region)
    results = {"known": 0, "open": 0}
    for answers in walk(remembering(pack, region), day):
        if answers["task"] == "slip":
            continue
        assert asking.refusal(answers) == ""
        result = estimate(asking.case(answers), pack)
        lines = result.amounts
        assert lines["inscp_scp_amt"] == 58000
        if result.complete:
            results["known"] += 1
            known = {name: amount for name, amount in lines.items() if amount is not None}
            assert min(known.values()) >= 0
            assert (sum(known[fund] for fund in FUNDS) + known["acct_pay"] + known["acct_mulaid_pay"]
                             + known["psn_cash_pay"]) == 60000
        else:
            results["open"] += 1
            stopping = [gap for gap in result.unknown if gap.stops]
            assert stopping
            assert all(gap.who and gap.reason for gap in stopping)
            # The wizard has asked for all the rule turns on.
            untold = {name for gap in stopping for name in gap.not_told}
            unsure = "unsure" in (answers.get("level"), answers.get("prescriber"))
            assert untold == ({"level"} if untold and unsure else set())
    described = region != HEBEI and day < date(2026, 7, 1)
    assert (results["known"] > 0) is described
    assert results["open"] > 0
