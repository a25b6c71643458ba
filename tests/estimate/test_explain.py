"""What explains a slip: a planted change is found, the sentence says it plainly, and nothing is made up."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest
from planted import PACK, Planted, plant

from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.explain import Explanation, Findings, Stopped, explain
from yibao_desktop.estimate.slip import Slip
from yibao_desktop.estimate.telling import hint, sentence
from yibao_desktop.pack.cases import Accounts, Bill, EstimateCase, Person, Visit, YearToDate

PLANTED = 2000


def names(explanation: Explanation, planted: Planted) -> bool:
    """Whether this is the planted change, alone."""
    change = explanation.changes[0]
    if len(explanation.changes) > 1 or not explanation.exact or change.what != planted.what:
        return False
    if isinstance(planted.value, str):
        return planted.value in change.values
    assert change.least is not None
    assert change.most is not None
    return change.least <= planted.value <= change.most


def test_a_planted_change_is_always_found_and_nearly_always_among_the_first_three():
    chance = random.Random(20261122)
    found = first_three = 0
    missed = []
    while found + len(missed) < PLANTED:
        planted = plant(chance)
        if planted is None:
            continue
        explanations = explain(planted.told, planted.slip, PACK).explanations
        places = [place for place, explanation in enumerate(explanations) if names(explanation, planted)]
        if not places:
            missed.append((planted, explanations))
            continue
        found += 1
        first_three += places[0] < 3
    assert not missed, missed[:3]
    assert first_three >= PLANTED * 95 // 100


# --- 北京职工住院, by hand ----------------------------------------------------------------------------------

# 8640 − 420 全自费 − 210 先行自付 = 8010 in scope. Second stay, 三级: (8010 − 650) × 85% = 6256; first stay:
# (8010 − 1300) × 85% = 5703.50.
TOLD = EstimateCase(
    region="110000", on=date(2025, 5, 20), scheme="employee", person=Person(status="active"),
    visit=Visit(kind="inpatient", level="tertiary", admission=2),
    bill=Bill(total=Decimal(8640), self_funded=Decimal(420), first_pay=Decimal(210)),
    year_to_date=YearToDate(deductible=Decimal(0)),
)


def receipt(pool: str, **more: str) -> Slip:
    total, paid = Decimal(8640), Decimal(pool)
    lines = {"medfee_sumamt": total, "hifp_pay": paid, "other_funds": Decimal(0), "self_funded": Decimal(420),
             "self_paid": total - paid - 420, **{line: Decimal(amount) for line, amount in more.items()}}
    return Slip("receipt", lines)


def said(findings: Findings, case: EstimateCase = TOLD) -> list[str]:
    rule = estimate(case, PACK).rule
    return [sentence(explanation, case, rule, PACK) for explanation in findings.explanations]


def test_the_number_of_the_stay_is_said_first_with_what_was_told():
    findings = explain(TOLD, receipt("5703.50"), PACK)
    assert said(findings)[0] == (
        "如果这次住院是“今年第 1 次住院”，票据上的每一栏都对得上。估算时您选的是“今年第 2 次住院”。")
    assert "几次院" in hint(findings.explanations[0], PACK)


def test_an_amount_is_said_in_yuan():
    # 6256 − 85% × 100: with 100 more 先行自付 the pool pays 85 less; no other single change gives 6171
    findings = explain(TOLD, receipt("6171"), PACK)
    assert "如果乙类先行自付一共是 ¥310.00，票据上的每一栏都对得上。" in said(findings)
    assert all(explanation.exact for explanation in findings.explanations)


def test_two_changes_are_tried_when_one_is_not_enough():
    # first stay at a 二级 hospital: (8010 − 1300) × 87% = 5837.70; 先行自付 as told on the slip, so no amount fits
    findings = explain(TOLD, receipt("5837.70", preselfpay_amt="210"), PACK)
    texts = said(findings)
    assert any("今年第 1 次住院" in text and "二级" in text and "并且" in text for text in texts)
    assert all(len(explanation.changes) == 2 for explanation in findings.explanations)


def test_values_that_come_to_the_same_are_one_explanation():
    # 北京居民住院: students and minors pay half the deductible at every stay, and alike
    told = replace_case(TOLD, scheme="resident", person=Person(group="adult"),
                        visit=Visit(kind="inpatient", level="tertiary", admission=1))
    # (8010 − 650) × 75% = 5520
    findings = explain(told, receipt("5520"), PACK)
    assert any("学生" in text and "或" in text for text in said(findings, told))


def test_a_slip_that_agrees_needs_no_explanation():
    assert explain(TOLD, receipt("6256"), PACK) == Findings((), "agrees", runs=1)


def test_a_total_that_differs_is_told_before_anything_else():
    slip = receipt("6256").changed("medfee_sumamt", Decimal(8460))
    assert explain(TOLD, slip, PACK).obstacle == "total-differs"


def test_lines_an_estimate_cannot_speak_to_are_nothing_to_compare():
    slip = Slip("receipt", {"medfee_sumamt": Decimal(8640), "prepaid": Decimal(3000)})
    assert explain(TOLD, slip, PACK).obstacle == "nothing-to-compare"


def test_a_bill_that_cannot_be_estimated_is_not_explained():
    told = replace_case(TOLD, region="130000")
    assert explain(told, receipt("6256"), PACK).obstacle == "not-estimated"


def test_one_fen_on_every_line_is_rounding():
    first, *others = explain(TOLD, receipt("6256.01"), PACK).explanations
    assert (first.changes[0].what, first.exact) == ("rounding", False)
    # 先行自付 one fen lower would do it too; that is said after it
    assert [other.changes[0].what for other in others] == ["first-pay"]


def test_what_nothing_explains_is_only_suspected():
    # the pool pays more than the whole in-scope cost: no circumstance gives that
    findings = explain(TOLD, receipt("8100"), PACK)
    assert [(one.changes[0].what, one.exact) for one in findings.explanations] == [("per-case-payment", False)]
    assert "猜测" in said(findings)[0]


def test_outside_a_hospital_bed_nothing_is_suspected():
    told = replace_case(TOLD, visit=Visit(kind="outpatient", level="tertiary"))
    assert explain(told, receipt("8100", hifob_pay="0"), PACK).explanations == ()


def test_lines_a_form_left_empty_say_nothing():
    # the hospital printed 个人自付 and 个人自费 as 0.00 although 2936.50 was paid
    slip = Slip("receipt", {
        "medfee_sumamt": Decimal(8640), "hifp_pay": Decimal("5703.50"), "other_funds": Decimal(0),
        "account": Decimal(0), "psn_cash_pay": Decimal("2936.50"), "self_paid": Decimal(0), "self_funded": Decimal(0)})
    assert said(explain(TOLD, slip, PACK))[0].startswith("如果这次住院是“今年第 1 次住院”")


def test_a_hospital_discount_does_not_hide_the_cause():
    # 36.50 off what the person paid; the pool's line still tells
    slip = Slip("receipt", {
        "medfee_sumamt": Decimal(8640), "hifp_pay": Decimal("5703.50"), "other_funds": Decimal(0),
        "psn_cash_pay": Decimal(2900), "account": Decimal(0), "hosp_part_amt": Decimal("36.50")})
    assert said(explain(TOLD, slip, PACK))[0].startswith("如果这次住院是“今年第 1 次住院”")


def test_shared_account_money_explains_a_larger_account_line():
    told = replace_case(TOLD, accounts=Accounts(own=Decimal(100)))
    # personal 2384, of it 1964 + 210… in scope may come from accounts: 100 own and 300 of a relative
    slip = Slip("receipt", {"medfee_sumamt": Decimal(8640), "hifp_pay": Decimal(6256), "account": Decimal(400),
                            "psn_cash_pay": Decimal(1984)})
    assert "如果家人共济的账户里有 ¥300.00 可用，票据上的每一栏都对得上。" in said(explain(told, slip, PACK), told)


def test_a_search_can_be_given_up():
    runs = iter([True] * 5)
    with pytest.raises(Stopped):
        explain(TOLD, receipt("8100"), PACK, wanted=lambda: next(runs, False))


def replace_case(case: EstimateCase, **changes: object) -> EstimateCase:
    return EstimateCase(**{**{name: getattr(case, name) for name in case.__struct_fields__}, **changes})
