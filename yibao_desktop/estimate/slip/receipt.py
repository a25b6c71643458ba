"""To be removed when the window shows ``Slip``: the receipt it shows until then, under the names it calls."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, overload

from yibao_desktop.estimate.result import Estimate
from yibao_desktop.estimate.slip import beside, sums
from yibao_desktop.estimate.slip.lines import Slip
from yibao_desktop.estimate.slip.sums import Verdict
from yibao_desktop.money import FEN, ZERO


@dataclass(frozen=True)
class Receipt:
    """The money lines of a medical e-receipt, in 元; ``None`` for a line the person does not have."""

    total: Decimal | None = None
    """金额合计"""
    pool: Decimal | None = None
    """医保统筹基金支付"""
    other: Decimal | None = None
    """其他支付: funds other than the basic pool"""
    account: Decimal | None = None
    """个人账户支付"""
    cash: Decimal | None = None
    """个人现金支付"""
    self_paid: Decimal | None = None
    """个人自付: in-catalogue part borne by the person"""
    self_funded: Decimal | None = None
    """个人自费: outside the catalogue"""


@dataclass(frozen=True)
class Identity:
    """One equation between a receipt's lines, and how it came out."""

    id: Literal["I1", "I2", "I3"]
    left: tuple[str, ...]
    """Field names added on the left."""
    right: tuple[str, ...]
    left_sum: Decimal
    right_sum: Decimal
    verdict: Verdict
    """``one-fen``: off by one fen, as rounding leaves it. ``not-filled``: the form left two lines at zero."""

    @property
    def difference(self) -> Decimal:
        """Left minus right, 元."""
        return self.left_sum - self.right_sum


_IDENTITIES: tuple[tuple[Literal["I1", "I2", "I3"], tuple[str, ...], tuple[str, ...]], ...] = (
    ("I1", ("total",), ("pool", "other", "account", "cash")),
    ("I2", ("account", "cash"), ("self_paid", "self_funded")),
    ("I3", ("total",), ("pool", "other", "self_paid", "self_funded")),
)


def _check_receipt(receipt: Receipt) -> tuple[Identity, ...]:
    return tuple(
        _check_one(receipt, id_, left, right)
        for id_, left, right in _IDENTITIES
        if all(getattr(receipt, name) is not None for name in (*left, *right))
    )


def _check_one(
    receipt: Receipt, id_: Literal["I1", "I2", "I3"], left: tuple[str, ...], right: tuple[str, ...]
) -> Identity:
    left_sum = sum((getattr(receipt, name) for name in left), ZERO)
    right_sum = sum((getattr(receipt, name) for name in right), ZERO)
    difference = abs(left_sum - right_sum)
    verdict: Verdict = "differs"
    if difference == 0:
        verdict = "holds"
    elif "self_paid" in right and receipt.self_paid == 0 and receipt.self_funded == 0:
        # Some hospitals print both lines as 0.00 although the person paid: an empty form, not a wrong sum.
        verdict = "not-filled"
    elif difference == FEN:
        verdict = "one-fen"
    return Identity(id_, left, right, left_sum, right_sum, verdict)


@dataclass(frozen=True)
class ReceiptComparison:
    """One line of the slip beside the estimate."""

    field: str
    slip: Decimal
    estimated: Decimal

    @property
    def difference(self) -> Decimal:
        """Slip minus estimate, 元."""
        return self.slip - self.estimated


def _compare_receipt(receipt: Receipt, estimate: Estimate) -> tuple[ReceiptComparison, ...]:
    """Lay the slip's lines beside an estimate's, where both are known.

    Where a part was above a price limit, 个人自费 is left out: some places print that part there, others in
    个人自付.
    """
    amounts = estimate.amounts
    other_funds = ("hifob_pay", "hifmi_pay", "hifes_pay", "cvlserv_pay", "maf_pay", "oth_pay")
    columns: dict[str, tuple[str, ...]] = {
        "total": ("medfee_sumamt",),
        "pool": ("hifp_pay",),
        "other": other_funds,
        "account": ("acct_pay", "acct_mulaid_pay"),
        "cash": ("psn_cash_pay",),
        "self_funded": ("fulamt_ownpay_amt",),
    }
    if amounts["overlmt_selfpay"]:
        del columns["self_funded"]
    slip = {name: getattr(receipt, name) for name in columns}
    if not estimate.accounts_told:
        # Without balances the estimate cannot tell account from cash; only their sum compares.
        account, cash = slip.pop("account"), slip.pop("cash")
        columns["personal"] = ("psn_part_amt",)
        slip["personal"] = None if account is None or cash is None else account + cash
    rows = []
    for name, amount in slip.items():
        parts = [part for line in columns[name] if (part := amounts[line]) is not None]
        if amount is not None and len(parts) == len(columns[name]):
            rows.append(ReceiptComparison(name, amount, sum(parts, ZERO)))
    return tuple(rows)


@overload
def check_identities(slip: Slip) -> tuple[sums.IdentityResult, ...]: ...
@overload
def check_identities(slip: Receipt) -> tuple[Identity, ...]: ...
def check_identities(slip: Slip | Receipt) -> tuple[sums.IdentityResult, ...] | tuple[Identity, ...]:
    """Check a slip, or a receipt as the window still has it."""
    return _check_receipt(slip) if isinstance(slip, Receipt) else sums.check_identities(slip)


@overload
def compare(slip: Slip, estimate: Estimate) -> tuple[beside.Comparison, ...]: ...
@overload
def compare(slip: Receipt, estimate: Estimate) -> tuple[ReceiptComparison, ...]: ...
def compare(
    slip: Slip | Receipt, estimate: Estimate
) -> tuple[beside.Comparison, ...] | tuple[ReceiptComparison, ...]:
    """Compare a slip, or a receipt as the window still has it."""
    return _compare_receipt(slip, estimate) if isinstance(slip, Receipt) else beside.compare(slip, estimate)
