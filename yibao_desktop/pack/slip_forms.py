"""How slips print their amounts: the lines they have in common, and the names each kind of slip gives them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec

from yibao_desktop.pack.schema import Cited, Id, Many, Record, RegionCode, Text

SlipLine = Literal[
    # names of the national settlement interface (2207/2304 output)
    "medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc",
    "hifp_pay", "hifob_pay", "hifmi_pay", "hifes_pay", "cvlserv_pay", "maf_pay", "oth_pay", "fund_pay_sumamt",
    "psn_part_amt", "acct_pay", "acct_mulaid_pay", "psn_cash_pay", "hosp_part_amt",
    # lines the interface has no name for
    "other_funds", "other_borne", "supplement_pay", "account", "current_year_account", "past_year_account",
    "self_paid", "self_funded", "self_paid_one", "ratio_paid", "transfer_paid", "above_cap",
    "prepaid", "topped_up", "refunded",
]
"""What a line of a slip means, whatever it is called there.

Two lines print as 其他支付: on a receipt it is ``other_funds``, what funds other than the pool paid; on the 结算清单 it
is ``other_borne``, a part of 个人负担 that somebody else paid for the person. ``account`` holds own and shared account
money, ``acct_pay`` and ``acct_mulaid_pay`` keep them apart. ``self_paid_one`` （北京 自付一） and ``ratio_paid``
（上海、浙江 自负） are the in-scope part the person bears after 乙类先行自付; on a 结算单 ``ratio_paid`` （按比例自付）
leaves out the deductible. ``transfer_paid`` is 浙江 转院自费.
"""

SlipFamily = Literal["receipt", "settlement-list", "interface", "beijing", "shanghai", "zhejiang"]
"""Which sums a slip's lines must fulfil."""


class SlipField(Record, frozen=True, kw_only=True):
    """One amount （元） of a slip, under the name printed there."""

    line: SlipLine
    label: Text
    help: Text | None = None


class SlipForm(Cited, frozen=True, kw_only=True):
    """A kind of slip people hold, with its lines in printed order."""

    id: Id
    label: Text
    help: Text | None = None
    """How to tell it from others."""
    family: SlipFamily
    regions: Many[RegionCode] = ()
    """Places of insurance where it is offered first; empty where it occurs everywhere."""
    fields: Annotated[Many[SlipField], msgspec.Meta(min_length=1)]


class SlipFormsFile(Record, frozen=True, kw_only=True):
    """``national/slips.yaml``."""

    forms: Annotated[Many[SlipForm], msgspec.Meta(min_length=1)]


def nearest_first(forms: Iterable[SlipForm], codes: Iterable[str]) -> tuple[SlipForm, ...]:
    """Order forms for a person insured in the places ``codes`` （city, province）.

    Their own kinds of slip come first, then those that occur everywhere, then other places'.
    """
    here = frozenset(codes)

    def rank(form: SlipForm) -> int:
        if not form.regions:
            return 1
        return 0 if here.intersection(form.regions) else 2

    return tuple(sorted(forms, key=rank))
