"""A slip beside an estimate, line by line, whatever the slip calls its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from yibao_desktop.estimate.result import Estimate
from yibao_desktop.estimate.slip.lines import Slip, resolved
from yibao_desktop.money import ZERO
from yibao_desktop.pack.slip_forms import SlipFamily, SlipLine


@dataclass(frozen=True)
class Comparison:
    """One line of the slip beside the estimate, in 元."""

    line: SlipLine
    slip: Decimal
    accepted: tuple[Decimal, ...]
    """What the line may show if the estimate is right: several where it is printed in several ways."""

    @property
    def estimated(self) -> Decimal:
        """The accepted amount nearest to the slip's."""
        return min(self.accepted, key=lambda amount: abs(self.slip - amount))

    @property
    def difference(self) -> Decimal:
        """Slip minus estimate, 元."""
        return self.slip - self.estimated


@dataclass(frozen=True)
class _Shown:
    """An amount put together from an estimate's lines."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()

    def of(self, amounts: Mapping[str, Decimal]) -> Decimal | None:
        """Return the amount （元）, or ``None`` where a part of it is not known."""
        if not amounts.keys() >= {*self.plus, *self.minus}:
            return None
        return sum((amounts[line] for line in self.plus), ZERO) - sum((amounts[line] for line in self.minus), ZERO)


_SAME: tuple[SlipLine, ...] = (
    "medfee_sumamt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc", "hifp_pay", "hifob_pay",
    "hifmi_pay", "hifes_pay", "cvlserv_pay", "maf_pay", "oth_pay", "acct_mulaid_pay", "psn_cash_pay",
)
_BY_BALANCE = frozenset({"acct_pay", "acct_mulaid_pay", "psn_cash_pay"})
"""What an estimate cannot tell apart without the balances of the accounts."""
_OUTSIDE = ("fulamt_ownpay_amt", "overlmt_selfpay")
_NOT_SHARED = ("preselfpay_amt", *_OUTSIDE)

_SHOWN: Mapping[SlipLine, tuple[_Shown, ...]] = {
    **{line: (_Shown((line,)),) for line in _SAME},
    # What is above a price limit stands beside 自费, inside it, or inside 自付.
    "fulamt_ownpay_amt": (_Shown(("fulamt_ownpay_amt",)), _Shown(_OUTSIDE)),
    "self_funded": (_Shown(_OUTSIDE), _Shown(("fulamt_ownpay_amt",))),
    "self_paid": (_Shown(("psn_part_amt",), _OUTSIDE), _Shown(("psn_part_amt",), ("fulamt_ownpay_amt",))),
    "self_paid_one": (_Shown(("psn_part_amt",), _NOT_SHARED),),
    # 上海、浙江 自负 holds the deductible, 按比例自付 on a 结算单 does not.
    "ratio_paid": (_Shown(("psn_part_amt",), _NOT_SHARED), _Shown(("psn_part_amt",), (*_NOT_SHARED, "act_pay_dedc"))),
    "other_funds": (_Shown(("hifob_pay", "hifmi_pay", "hifes_pay", "cvlserv_pay", "maf_pay", "oth_pay")),),
    "supplement_pay": (_Shown(("hifob_pay", "hifmi_pay", "cvlserv_pay")),),
    # The personal account is listed among the funds on some slips.
    "fund_pay_sumamt": (_Shown(("fund_pay_sumamt",)), _Shown(("fund_pay_sumamt", "acct_pay", "acct_mulaid_pay"))),
    "psn_part_amt": (_Shown(("psn_part_amt",)),),
    "account": (_Shown(("acct_pay", "acct_mulaid_pay")),),
    "acct_pay": (_Shown(("acct_pay",)), _Shown(("acct_pay", "acct_mulaid_pay"))),
}
"""The usual way of printing first."""

_PAID_BY_OTHERS = ("hifes_pay", "oth_pay")
"""What the 结算清单 counts as borne by the person, though somebody else paid it."""


def expected_lines(
    amounts: Mapping[str, Decimal | None], accounts_told: bool, family: SlipFamily = "receipt",
) -> dict[SlipLine, tuple[Decimal, ...]]:
    """Return what each line of a slip may show, in 元, if an estimate is right.

    A line is left out where the estimate does not know a part of it, and where no estimate can know it: deposit,
    refund, discount, which year's account money was used, what others paid for the person.

    Args:
        amounts: The estimate's amounts by interface name; ``None`` where a figure was missing.
        accounts_told: Whether the balances of the accounts were told; without them only account and cash together
            are known.
        family: The kind of slip.
    """
    known = {line: amount for line, amount in amounts.items()
             if amount is not None and (accounts_told or line not in _BY_BALANCE)}
    expected: dict[SlipLine, tuple[Decimal, ...]] = {}
    for line, ways in _SHOWN.items():
        if family == "settlement-list" and line in ("psn_part_amt", "self_paid"):
            ways += tuple(_Shown((*way.plus, *_PAID_BY_OTHERS), way.minus) for way in ways)
        values = [way.of(known) for way in ways]
        if values[0] is not None:
            expected[line] = tuple(dict.fromkeys(value for value in values if value is not None))
    return expected


def compare(slip: Slip, estimate: Estimate) -> tuple[Comparison, ...]:
    """Lay the slip's lines beside an estimate's, where both are known, in the slip's order.

    Account and cash are compared as one amount where the balances were not told, and the two accounts of 上海 and
    浙江 as one where they were.
    """
    expected = expected_lines(estimate.amounts, estimate.accounts_told, slip.family)
    rows = [Comparison(line, amount, expected[line]) for line, amount in slip.lines.items() if line in expected]
    account, cash = resolved(slip, "account"), resolved(slip, "psn_cash_pay")
    together: SlipLine = "account" if estimate.accounts_told else "psn_part_amt"
    lines = account if estimate.accounts_told else account and cash and (*account, *cash)
    if lines and together in expected and not {together, *lines} & {row.line for row in rows}:
        rows.append(Comparison(together, slip.total(lines), expected[together][:1]))
    return tuple(rows)
