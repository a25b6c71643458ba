"""The one sentence a checked slip comes to, and how it stands to the estimate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.slip import Comparison, Slip
from yibao_desktop.estimate.slip.naming import LineNames
from yibao_desktop.estimate.slip.summing_up import (
    Beside,
    CheckedSlip,
    Estimated,
    beside_estimate,
    check,
    equation,
    paid_more,
    row_name,
    signed,
    sum_up,
    sums_in_words,
)
from yibao_desktop.pack.cases import Accounts, Bill, EstimateCase, Person, Visit
from yibao_desktop.pack.store import Pack

# (8640 − 420 − 210 − 1300) × 85% = 5703.50 as the first stay of the year, (… − 650) × 85% = 6256 as the second.
SLIP = {"medfee_sumamt": "8640", "hifp_pay": "5703.50", "other_funds": "0", "account": "0", "psn_cash_pay": "2936.50"}


def case(admission: int = 2, region: str = "110000", total: str = "8640",
         accounts: Accounts | None = None) -> EstimateCase:
    return EstimateCase(
        region=region, on=date(2026, 3, 2), scheme="employee", person=Person(status="active"), accounts=accounts,
        visit=Visit(kind="inpatient", level="tertiary", admission=admission),
        bill=Bill(total=Decimal(total), self_funded=Decimal(420), first_pay=Decimal(210)))


def checked(pack: Pack, lines: dict[str, str], told: EstimateCase | None = None, form: str = "beijing") -> CheckedSlip:
    found = next(one for one in pack.slip_forms if one.id == form)
    slip = Slip(found.family, {line: Decimal(amount) for line, amount in lines.items()})
    return check(found, slip, Estimated(told, estimate(told, pack)) if told else None)


@pytest.mark.parametrize(("lines", "told", "tone", "headline"), [
    (SLIP, None, "ok", "票据自己加得起来"),
    (SLIP, case(1), "ok", "票据自己加得起来，和估算也一致"),
    (SLIP, case(2), "warn", "票据自己加得起来，但比估算多付 ¥552.50"),
    ({**SLIP, "hifp_pay": "6800", "psn_cash_pay": "1840"}, case(2), "warn", "票据自己加得起来，但比估算少付 ¥544.00"),
    (SLIP, case(1, total="9000"), "warn", "票据自己加得起来，但总费用和估算时填的不一样"),
    # the same is paid in all, but by another of two purses
    ({**SLIP, "account": "100", "psn_cash_pay": "2836.50"}, case(1, accounts=Accounts(own=Decimal(200))), "warn",
     "票据自己加得起来，但有 2 栏和估算不一样"),
    ({**SLIP, "psn_cash_pay": "2396.50"}, case(2), "warn", "有对不上的地方"),
    ({**SLIP, "self_paid": "9000"}, case(2), "warn", "有的数放在一起说不通"),
    ({"medfee_sumamt": "8640"}, None, "info", "填的栏目还不够，没法核对"),
    # 统筹 alone does not tell what the person paid
    ({"hifp_pay": "5703.50"}, case(2), "warn", "有 1 栏和估算不一样"),
    ({"psn_cash_pay": "2936.50", "account": "0"}, case(2), "warn", "比估算多付 ¥552.50"),
    ({"medfee_sumamt": "8640", "hifp_pay": "5703.50"}, case(1), "ok", "填的这几栏和估算一致"),
    # without a rule there is nothing to hold the slip against
    (SLIP, case(1, region="130000"), "ok", "票据自己加得起来"),
])
def test_the_headline(pack, lines, told, tone, headline):
    summary = sum_up(checked(pack, lines, told), pack.words)
    assert (summary.tone, summary.headline) == (tone, headline)
    assert summary.text.endswith("。")
    assert "{" not in summary.text


def test_lines_a_form_left_empty_are_told_kindly(pack):
    empty = {**SLIP, "self_paid": "0", "self_funded": "0"}
    found = checked(pack, empty, form="receipt-outpatient")
    summary = sum_up(found, pack.words)
    assert (summary.tone, summary.headline) == ("info", "能核对的都对得上")
    assert "不是算错" in summary.text
    assert sums_in_words(found, pack.words) == "1 个等式对得上，2 个有栏目没有填"


def test_every_standing_to_the_estimate_has_its_words(pack):
    for beside in get_args(Beside):
        if beside:
            assert f"checked.with-{beside}" in pack.words
            assert f"checked.only-{beside}" in pack.words


def test_a_mistyped_digit_points_at_itself(pack):
    found = checked(pack, {**SLIP, "psn_cash_pay": "2396.50"}, form="receipt-outpatient")
    assert "按错了一个数" in sum_up(found, pack.words).text
    assert [one.line for one in found.likeliest_mistyped] == ["psn_cash_pay"]


def test_corrections_that_mend_less_are_left_out(pack):
    lines = {**SLIP, "prepaid": "3000", "refunded": "63.50", "psn_part_amt": "2936.50", "psn_cash_pay": "2396.50"}
    found = checked(pack, lines)
    assert {one.line for one in found.mistyped} == {"psn_cash_pay", "refunded"}
    assert [one.line for one in found.likeliest_mistyped] == ["psn_cash_pay"]


def test_the_sums_in_one_line(pack):
    assert sums_in_words(checked(pack, SLIP), pack.words) == "核对了 1 个等式，都对得上"
    assert sums_in_words(checked(pack, {"medfee_sumamt": "1"}), pack.words) == ""
    wrong = {**SLIP, "psn_part_amt": "2936.50", "fund_pay_sumamt": "5703.50", "psn_cash_pay": "3000"}
    assert sums_in_words(checked(pack, wrong), pack.words) == "另外 2 个等式都对得上"


def test_what_is_needed_is_told_only_where_something_is_short(pack):
    assert checked(pack, SLIP).needed == ()
    assert checked(pack, {"medfee_sumamt": "1"}).needed != ()


def row(line: str, slip: str, estimated: str) -> Comparison:
    return Comparison(line, Decimal(slip), (Decimal(estimated),))


@pytest.mark.parametrize(("rows", "more"), [
    ((), None),
    ((row("hifp_pay", "5", "7"),), None),
    ((row("psn_cash_pay", "5", "7"),), "-2"),
    ((row("psn_cash_pay", "5", "7"), row("psn_part_amt", "8", "7")), "1"),
    ((row("psn_cash_pay", "5", "7"), row("account", "4", "2")), "0"),
    ((row("self_paid", "5", "4"), row("self_funded", "1", "1")), "1"),
    ((row("fund_pay_sumamt", "5", "7"),), "2"),
    ((row("hifp_pay", "5", "7"), row("other_funds", "1", "0")), "1"),
])
def test_how_much_more_was_paid(rows, more):
    assert paid_more(rows) == (None if more is None else Decimal(more))


def test_an_estimate_with_open_lines_agrees_with_nothing(pack):
    assert beside_estimate(checked(pack, SLIP, case(region="130000"))) == ""
    assert beside_estimate(checked(pack, {"medfee_sumamt": "8640"}, case(1))) == ""


def test_account_and_cash_put_together_are_called_so(pack):
    found = checked(pack, SLIP, case())
    assert [row_name(one, found, pack.words) for one in found.rows][-1] == "账户和现金一共"
    found = checked(pack, {**SLIP, "psn_part_amt": "2936.50"}, case())
    assert [row_name(one, found, pack.words) for one in found.rows][-1] == "本次个人负担"


def test_an_equation_in_the_slips_own_names(pack):
    found = checked(pack, {**SLIP, "psn_cash_pay": "2900"})
    names = LineNames(found.form, pack.words)
    assert equation(found.failing[0], found.slip, names) == (
        "金额合计 8,640.00",
        "医保统筹基金支付 5,703.50 + 其他支付 0.00 + 个人账户支付 0.00 + 个人现金支付 2,900.00 = 8,603.50")


@pytest.mark.parametrize(("amount", "text"), [("650", "+650.00"), ("-552.5", "−552.50"), ("0", "0.00")])
def test_differences_carry_their_sign(amount, text):
    assert signed(Decimal(amount)) == text
