"""A slip beside an estimate: each line against what it may show, whatever the slip calls it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.result import LINES, Estimate
from yibao_desktop.estimate.slip import Slip, check_identities, compare, expected_lines
from yibao_desktop.pack.cases import Accounts, Bill, EstimateCase, Person, Visit
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT

# 2500 = 全自费 200 + 超限价 50 + 先行 150 + 范围内 2100; 起付 1300; 大额 640 + 补充 80 of the rest 800;
# 个人 2500 − 720 = 1780 = 账户 300 + 共济 100 + 现金 1380.
AMOUNTS = {name: Decimal(0) for name in LINES} | {
    "medfee_sumamt": Decimal(2500), "fulamt_ownpay_amt": Decimal(200), "overlmt_selfpay": Decimal(50),
    "preselfpay_amt": Decimal(150), "inscp_scp_amt": Decimal(2100), "act_pay_dedc": Decimal(1300),
    "hifob_pay": Decimal(640), "oth_pay": Decimal(80), "fund_pay_sumamt": Decimal(720), "psn_part_amt": Decimal(1780),
    "acct_pay": Decimal(300), "acct_mulaid_pay": Decimal(100), "psn_cash_pay": Decimal(1380),
}


def made(accounts_told: bool = True, **changes: Decimal | None) -> Estimate:
    return Estimate(on=date(2025, 5, 20), rule=None, spoken_by=None, amounts={**AMOUNTS, **changes}, steps=(),
                    assumptions=(), unknown=(), accounts_told=accounts_told)


def slip(family: str = "receipt", **lines: str) -> Slip:
    return Slip(family, {line: Decimal(amount) for line, amount in lines.items()})


# --- what each line may show ------------------------------------------------------------------------------


@pytest.mark.parametrize(("line", "accepted"), [
    ("medfee_sumamt", (2500,)), ("hifp_pay", (0,)), ("other_funds", (720,)), ("account", (400,)),
    ("psn_cash_pay", (1380,)), ("preselfpay_amt", (150,)), ("act_pay_dedc", (1300,)), ("inscp_scp_amt", (2100,)),
    # above the price limit: beside, in 自费 or in 自付
    ("fulamt_ownpay_amt", (200, 250)), ("self_funded", (250, 200)), ("self_paid", (1530, 1580)),
    # 1780 − 150 − 200 − 50; on a 结算单 without the 1300 of the deductible
    ("self_paid_one", (1380,)), ("ratio_paid", (1380, 80)),
    ("acct_pay", (300, 400)), ("acct_mulaid_pay", (100,)), ("fund_pay_sumamt", (720, 1120)),
    ("supplement_pay", (640,)), ("psn_part_amt", (1780,)),
])
def test_what_a_line_may_show(line, accepted):
    assert expected_lines(AMOUNTS, accounts_told=True)[line] == accepted


def test_what_no_estimate_can_know_is_left_out():
    known = expected_lines(AMOUNTS, accounts_told=True)
    assert {"prepaid", "topped_up", "refunded", "hosp_part_amt", "current_year_account", "past_year_account",
            "other_borne", "above_cap", "transfer_paid"}.isdisjoint(known)


def test_without_balances_only_the_whole_personal_part_is_known():
    known = expected_lines(AMOUNTS, accounts_told=False)
    assert {"account", "acct_pay", "acct_mulaid_pay", "psn_cash_pay"}.isdisjoint(known)
    assert known["psn_part_amt"] == (1780,)
    assert known["fund_pay_sumamt"] == (720,)
    assert known["self_paid"] == (1530, 1580)


@pytest.mark.parametrize(("open_line", "gone"), [
    ("hifob_pay", {"hifob_pay", "other_funds", "supplement_pay"}),
    ("psn_part_amt", {"psn_part_amt", "self_paid", "self_paid_one", "ratio_paid"}),
    ("acct_mulaid_pay", {"acct_mulaid_pay", "account"}),
    ("overlmt_selfpay", {"overlmt_selfpay", "self_funded", "self_paid", "self_paid_one", "ratio_paid"}),
])
def test_a_line_with_an_open_part_is_left_out_and_no_other(open_line, gone):
    everything = expected_lines(AMOUNTS, accounts_told=True)
    assert set(everything) - set(expected_lines({**AMOUNTS, open_line: None}, accounts_told=True)) == gone


def test_on_the_list_what_others_paid_counts_as_borne_by_the_person():
    known = expected_lines({**AMOUNTS, "hifes_pay": Decimal(30)}, True, "settlement-list")
    assert known["psn_part_amt"] == (1780, 1890)
    assert known["self_paid"] == (1530, 1580, 1640, 1690)
    assert known["self_paid_one"] == (1380,)


def test_without_a_price_limit_there_is_one_value():
    known = expected_lines({**AMOUNTS, "overlmt_selfpay": Decimal(0)}, accounts_told=True)
    assert [known[line] for line in ("self_paid", "self_funded", "fulamt_ownpay_amt")] == [(1580,), (200,), (200,)]


@pytest.mark.parametrize(("family", "lines"), [
    ("receipt", ("medfee_sumamt", "hifp_pay", "other_funds", "account", "psn_cash_pay", "self_paid", "self_funded")),
    ("beijing", ("medfee_sumamt", "hifp_pay", "hifob_pay", "oth_pay", "account", "psn_cash_pay", "self_paid_one",
                 "preselfpay_amt", "self_funded", "inscp_scp_amt", "fund_pay_sumamt", "psn_part_amt")),
    ("shanghai", ("medfee_sumamt", "hifp_pay", "other_funds", "account", "psn_cash_pay", "preselfpay_amt", "ratio_paid",
                  "self_funded")),
    ("interface", LINES),
])
def test_a_slip_printed_as_the_estimate_says_adds_up(family, lines):
    expected = expected_lines(AMOUNTS, True, family)
    printed = Slip(family, {line: expected[line][0] for line in lines})
    verdicts = {result.id: result.verdict for result in check_identities(printed)}
    assert len(verdicts) >= 3
    assert set(verdicts.values()) == {"holds"}


# --- row by row ------------------------------------------------------------------------------------------


def rows(of: Slip, beside: Estimate) -> dict[str, tuple[Decimal, Decimal, Decimal]]:
    return {row.line: (row.slip, row.estimated, row.difference) for row in compare(of, beside)}


def test_each_line_of_the_slip_stands_beside_the_estimate_in_the_slips_order():
    found = compare(slip(medfee_sumamt="2500", account="400", psn_cash_pay="1390", prepaid="2000"), made())
    assert [row.line for row in found] == ["medfee_sumamt", "account", "psn_cash_pay"]
    assert [row.difference for row in found] == [0, 0, 10]


@pytest.mark.parametrize(("printed", "estimated", "difference"), [
    ("250", 250, 0), ("200", 200, 0), ("260", 250, 10), ("190", 200, -10),
])
def test_the_difference_is_to_the_nearest_way_of_printing(printed, estimated, difference):
    assert rows(slip(self_funded=printed), made())["self_funded"] == (Decimal(printed), estimated, difference)


def test_without_balances_account_and_cash_compare_as_one():
    beside = made(accounts_told=False)
    assert rows(slip(account="500", psn_cash_pay="1290"), beside) == {"psn_part_amt": (1790, 1780, 10)}
    assert rows(slip("interface", acct_pay="300", acct_mulaid_pay="100", psn_cash_pay="1380"), beside) == {
        "psn_part_amt": (1780, 1780, 0)}
    assert rows(slip("shanghai", current_year_account="300", past_year_account="100", psn_cash_pay="1380"), beside) == {
        "psn_part_amt": (1780, 1780, 0)}
    # one of them alone says nothing, and a personal part that is printed is not told twice
    assert rows(slip(account="500"), beside) == {}
    assert rows(slip("beijing", psn_part_amt="1780", account="500", psn_cash_pay="1290"), beside) == {
        "psn_part_amt": (1780, 1780, 0)}


def test_the_accounts_of_two_years_compare_as_one():
    found = rows(slip("shanghai", current_year_account="300", past_year_account="110"), made())
    assert found == {"account": (410, 400, 10)}


# --- with the shipped rules ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Pack(CONTENT)


def beijing(pack: Pack, on: date = date(2025, 5, 20), **more: Any) -> Estimate:
    """北京退休 72 岁，三级医院门诊: 2300 in scope − 1300 = 1000; 大额 80% = 800, 统一补充 10% = 100."""
    return estimate(EstimateCase(
        region="110000", on=on, scheme="employee", person=Person(status="retired", age=72),
        visit=Visit(kind="outpatient", level="tertiary"), bill=Bill(total=Decimal(2500), self_funded=Decimal(200)),
        accounts=Accounts(own=Decimal(300), shared=Decimal(100)), **more), pack)


def test_a_beijing_slip_agrees_with_its_estimate(pack):
    # 个人 2500 − 900 = 1600 = 自付一 1400 + 自费 200 = 账户 400 + 现金 1200
    printed = slip("beijing", medfee_sumamt="2500", hifob_pay="800", oth_pay="100", account="400", psn_cash_pay="1200",
                   self_paid_one="1400", preselfpay_amt="0", self_funded="200")
    found = rows(printed, beijing(pack))
    assert set(found) == set(printed.lines)
    assert {difference for _, _, difference in found.values()} == {0}


def test_only_lines_the_estimate_knows_are_compared(pack):
    printed = slip(medfee_sumamt="2500", hifp_pay="0", other_funds="900", self_funded="200", self_paid="1400")
    # before the rules begin only what the person typed is known
    assert set(rows(printed, beijing(pack, on=date(2020, 1, 1)))) == {"medfee_sumamt", "self_funded"}
