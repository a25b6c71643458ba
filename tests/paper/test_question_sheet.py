"""The page to take along: what was told, what differs, what to ask; no person's name or number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from yibao_desktop.estimate.circumstances import ORDINARY
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.explain import Change, Explanation, Findings, explain
from yibao_desktop.estimate.slip import Slip
from yibao_desktop.estimate.slip.summing_up import Estimated, check
from yibao_desktop.pack.cases import Bill, EstimateCase, Person, Visit
from yibao_desktop.pack.store import Pack
from yibao_desktop.paper.blocks import Blank, Facts, Heading, Points, Sheet, Table
from yibao_desktop.paper.blocks import texts_of as texts
from yibao_desktop.paper.question_sheet import MOST_QUESTIONS, MOST_ROWS, question_sheet

SLIP = {"medfee_sumamt": "8640", "hifp_pay": "5703.50", "other_funds": "0", "account": "0", "psn_cash_pay": "2936.50",
        "act_pay_dedc": "1300", "self_funded": "420", "preselfpay_amt": "210"}


def case(**visit: Any) -> EstimateCase:
    told = {"kind": "inpatient", "level": "tertiary", "admission": 2, **visit}
    return EstimateCase(
        region="110000", on=date(2026, 3, 2), scheme="employee", person=Person(status="active"), visit=Visit(**told),
        bill=Bill(total=Decimal(8640), self_funded=Decimal(420), first_pay=Decimal(210)))


def sheet(pack: Pack, lines: dict[str, str] = SLIP, told: EstimateCase | None = None,
          findings: Findings | None = None) -> Sheet:
    form = next(form for form in pack.slip_forms if form.id == "beijing")
    slip = Slip(form.family, {line: Decimal(amount) for line, amount in lines.items()})
    estimated = Estimated(told, estimate(told, pack)) if told else None
    if told and findings is None:
        findings = explain(told, slip, pack)
    return question_sheet(check(form, slip, estimated), pack, pack.place("110000"), date(2026, 3, 9), findings)


def questions(of: Sheet) -> list[str]:
    return [point.text for block in of.blocks if isinstance(block, Points) and block.numbered for point in block.items]


def test_it_holds_what_was_told_and_what_differs(pack):
    made = sheet(pack, told=case())
    facts = next(dict(block.rows) for block in made.blocks if isinstance(block, Facts))
    assert facts == {
        "结算日期": "2026 年 3 月 2 日", "参保地": "北京市", "参保类型": "职工医保，在职",
        "这次看病": "住院，三级医院，今年第 2 次住院", "手里的单子": "北京的票据", "总费用": "¥8,640.00"}
    table = next(block for block in made.blocks if isinstance(block, Table))
    assert ("起付金额", "1,300.00", "650.00", "+650.00") in table.rows
    assert all(row[3] != "0.00" for row in table.rows)
    assert all(len(row) == len(table.heads) for row in table.rows)


def test_the_first_question_is_about_what_explains_the_slip(pack):
    asked = questions(sheet(pack, told=case()))
    assert asked[0] == "这次是按今年第几次住院结算的？"
    assert asked[-1] == "如果是结算错了，要带什么、到哪里改，多久能好？"


def test_where_nothing_explains_it_the_lines_are_asked_about_in_the_order_of_the_working(pack):
    asked = questions(sheet(pack, told=case(), findings=Findings(())))
    assert asked[:2] == ["“起付金额”为什么是 ¥1,300.00？估算是 ¥650.00。",
                         "“医保统筹基金支付”为什么是 ¥5,703.50？估算是 ¥6,256.00。"]


def test_a_sum_that_does_not_come_out_is_asked_about(pack):
    made = sheet(pack, {**SLIP, "psn_cash_pay": "2900"})
    assert Heading("单子上自己对不上的地方") in made.blocks
    assert "差 ¥36.50" in questions(made)[0]
    assert "“金额合计”是 8,640.00" in questions(made)[0]


def test_without_an_estimate_the_day_is_left_to_write_by_hand(pack):
    made = sheet(pack)
    assert Blank("结算日期") in made.blocks
    assert not any("估算依据" in text for text in texts(made))


def test_the_number_of_the_stay_is_told_only_where_it_was_asked(pack):
    text = "".join(texts(sheet(pack, told=case(kind="outpatient", level="tertiary", admission=1))))
    assert "次住院" not in text
    assert "出院小结" not in text


def test_a_filing_is_brought_along(pack):
    assert "备案的记录" in texts(sheet(pack, told=case(referral="referred", away="outside")))
    assert "备案的记录" not in texts(sheet(pack, told=case()))


def test_the_phone_the_basis_and_the_pack_stand_at_the_foot(pack):
    text = "".join(texts(sheet(pack, told=case())))
    assert "12393" in text
    assert pack.info.version in text
    assert "2026 年 3 月 9 日" in text
    assert "估算依据：" in text
    rule = estimate(case(), pack).rule
    assert rule is not None
    assert all(pack.place("110000").source(id_).title in text for id_ in rule.sources)


def test_nobody_is_asked_for_a_name_or_a_number(pack):
    for made in (sheet(pack), sheet(pack, told=case())):
        text = "".join(texts(made))
        assert not any(word in text for word in ("姓名", "身份证号", "电话号码", "卡号"))


@pytest.mark.parametrize("what", ORDINARY)
def test_every_circumstance_has_a_question(pack, what):
    found = Findings((Explanation((Change(what, label="限额"),), exact=False),))
    asked = questions(sheet(pack, told=case(), findings=found))
    assert asked[0].endswith("？")
    assert "{" not in asked[0]


def test_it_stays_one_page(pack):
    many = tuple(Explanation((Change(what, label="限额"),), exact=False) for what in ORDINARY)
    lines = {field.line: "9" for form in pack.slip_forms if form.id == "beijing" for field in form.fields}
    made = sheet(pack, lines, told=case(), findings=Findings(many))
    assert len(questions(made)) <= MOST_QUESTIONS
    table = next(block for block in made.blocks if isinstance(block, Table))
    assert len(table.rows) <= MOST_ROWS
    assert not any("{" in text for text in texts(made))


def test_the_same_slip_makes_the_same_page(pack):
    assert sheet(pack, told=case()) == sheet(pack, told=case())
