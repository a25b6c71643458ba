"""A receipt's own sums, and a receipt beside an estimate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.estimate.slip import Receipt, check_identities, compare
from yibao_desktop.pack.cases import Accounts, Bill, EstimateCase, Person, Visit
from yibao_desktop.pack.store import Pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Pack(Path(__file__).resolve().parents[2] / "content")


def receipt(**amounts: str) -> Receipt:
    return Receipt(**{name: Decimal(amount) for name, amount in amounts.items()})


# 1000 = pool 600 + other 50 + account 200 + cash 150; the person's 350 are 300 自付 and 50 自费.
WHOLE = {"total": "1000", "pool": "600", "other": "50", "account": "200", "cash": "150", "self_paid": "300",
         "self_funded": "50"}


def verdicts(**changes: str | None) -> dict[str, str]:
    amounts = {name: amount for name, amount in {**WHOLE, **changes}.items() if amount is not None}
    return {identity.id: identity.verdict for identity in check_identities(receipt(**amounts))}


def test_a_receipt_that_adds_up():
    assert verdicts() == {"I1": "holds", "I2": "holds", "I3": "holds"}


@pytest.mark.parametrize(("changes", "expected"), [
    # 600 + 50 + 200 + 160 = 1010 and 200 + 160 = 360: cash is in the first two
    ({"cash": "160"}, {"I1": "differs", "I2": "differs", "I3": "holds"}),
    # 自付 misread as 350: in the last two
    ({"self_paid": "350"}, {"I1": "holds", "I2": "differs", "I3": "differs"}),
    # the account forgotten (a sum printed on the net leaves it out): 600 + 50 + 150 = 800
    ({"account": "0"}, {"I1": "differs", "I2": "differs", "I3": "holds"}),
    # 大额 counted in 统筹 as well as in 其他
    ({"pool": "650"}, {"I1": "differs", "I2": "holds", "I3": "differs"}),
])
def test_a_line_that_is_wrong_shows_in_every_sum_it_belongs_to(changes, expected):
    assert verdicts(**changes) == expected


@pytest.mark.parametrize("cash", ["150.01", "149.99"])
def test_one_fen_is_what_rounding_leaves(cash):
    assert verdicts(cash=cash) == {"I1": "one-fen", "I2": "one-fen", "I3": "holds"}


@pytest.mark.parametrize("cash", ["150.02", "149.98"])
def test_two_fen_are_a_difference(cash):
    assert verdicts(cash=cash) == {"I1": "differs", "I2": "differs", "I3": "holds"}


def test_two_lines_printed_as_zero_are_an_empty_form_not_a_wrong_sum():
    assert verdicts(self_paid="0", self_funded="0.00") == {"I1": "holds", "I2": "not-filled", "I3": "not-filled"}


def test_two_zero_lines_are_right_where_the_person_paid_nothing():
    changes = {"pool": "950", "account": "0", "cash": "0", "self_paid": "0", "self_funded": "0"}
    assert verdicts(**changes) == {"I1": "holds", "I2": "holds", "I3": "holds"}


def test_an_empty_form_does_not_excuse_the_sum_it_is_not_part_of():
    assert verdicts(self_paid="0", self_funded="0", cash="160")["I1"] == "differs"


def test_one_line_of_the_two_at_zero_is_read_as_it_stands():
    assert verdicts(self_paid="0") == {"I1": "holds", "I2": "differs", "I3": "differs"}


@pytest.mark.parametrize(("missing", "left"), [
    ("total", {"I2"}), ("pool", {"I2"}), ("other", {"I2"}), ("account", {"I3"}), ("cash", {"I3"}),
    ("self_paid", {"I1"}), ("self_funded", {"I1"}),
])
def test_a_sum_with_a_line_missing_is_not_judged(missing, left):
    assert set(verdicts(**{missing: None})) == left


def test_a_receipt_with_only_a_total_has_nothing_to_check():
    assert check_identities(receipt(total="1000")) == ()


def test_the_difference_is_left_minus_right():
    first = check_identities(receipt(**{**WHOLE, "cash": "160"}))[0]
    assert (first.left_sum, first.right_sum, first.difference) == (1000, 1010, -10)


# --- beside an estimate -----------------------------------------------------------------------------


def beijing(pack: Pack, on: date = date(2025, 5, 20), **more: Any) -> Estimate:
    """北京退休 72 岁，三级医院门诊: 2300 in scope − 1300 = 1000; 大额 80% = 800, 统一补充 10% = 100."""
    bill = {"total": "2500", "self_funded": "200", **more.pop("bill", {})}
    return estimate(EstimateCase(
        region="110000", on=on, scheme="employee", person=Person(status="retired", age=72),
        visit=Visit(kind="outpatient", level="tertiary"), bill=Bill(**{k: Decimal(v) for k, v in bill.items()}),
        accounts=Accounts(own=Decimal(300), shared=Decimal(100)), **more), pack)


def test_each_line_of_the_receipt_stands_beside_its_lines_of_the_estimate(pack):
    # the person bears 2500 − 900 = 1600: own 300 and shared 100 are one line on a receipt, cash 1200
    slip = receipt(total="2500", pool="0", other="900", account="400", cash="1210", self_paid="1400", self_funded="200")
    rows = {row.field: (row.slip, row.estimated, row.difference) for row in compare(slip, beijing(pack))}
    assert rows == {
        "total": (2500, 2500, 0), "pool": (0, 0, 0), "other": (900, 900, 0), "account": (400, 400, 0),
        "cash": (1210, 1200, 10), "self_funded": (200, 200, 0),
    }


def test_only_lines_the_slip_has_are_compared(pack):
    assert [row.field for row in compare(receipt(total="2500", cash="1200"), beijing(pack))] == ["total", "cash"]


def test_only_lines_the_estimate_knows_are_compared(pack):
    slip = receipt(**WHOLE)
    # before the rules begin only what the person typed is known
    assert [row.field for row in compare(slip, beijing(pack, on=date(2020, 1, 1)))] == ["total", "self_funded"]


def test_a_part_above_a_price_limit_is_printed_here_or_there_so_it_is_not_compared(pack):
    slip = receipt(total="2500", self_funded="200")
    with_limit = beijing(pack, bill={"over_limit": "50"})
    assert [row.field for row in compare(slip, with_limit)] == ["total"]
