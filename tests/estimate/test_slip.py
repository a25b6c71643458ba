"""A slip's own sums: which hold, under which way of printing, what is impossible, and which line was mistyped."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from yibao_desktop.estimate.slip import (
    IdentityResult,
    Slip,
    check_identities,
    contradictions,
    likely_mistyped,
    shortage,
    still_needed,
)
from yibao_desktop.estimate.slip.mistyped import finger_slip
from yibao_desktop.money import plain
from yibao_desktop.pack.slip_forms import SlipFamily, SlipLine, nearest_first
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT

FORMS = Pack(CONTENT).slip_forms

# 1000 = 统筹 600 + 其他 50 + 账户 200 + 现金 150; the person's 350 are 自付 300 and 自费 50.
RECEIPT = {"medfee_sumamt": "1000", "hifp_pay": "600", "other_funds": "50", "account": "200", "psn_cash_pay": "150",
           "self_paid": "300", "self_funded": "50"}
# 1000 = 门诊大额 490 + 退休补充 70 + 440; 440 = 自付一 300 + 自付二 40 + 自费 100 = 账户 140 + 现金 300;
# 范围内 1000 − 40 − 100 = 860 = 560 + 300.
BEIJING = {"medfee_sumamt": "1000", "hifp_pay": "0", "other_funds": "560", "account": "140", "psn_cash_pay": "300",
           "self_paid": "340", "fund_pay_sumamt": "560", "psn_part_amt": "440", "inscp_scp_amt": "860",
           "self_paid_one": "300", "preselfpay_amt": "40", "self_funded": "100", "hifob_pay": "490", "oth_pay": "70"}
# 900 = 统筹 500 + 附加 100 + 300; 300 = 分类自负 30 + 自负 220 + 自费 50 = 当年 80 + 历年 100 + 现金 120.
SHANGHAI = {"medfee_sumamt": "900", "hifp_pay": "500", "hifob_pay": "100", "current_year_account": "80",
            "past_year_account": "100", "psn_cash_pay": "120", "self_paid": "250", "preselfpay_amt": "30",
            "ratio_paid": "220", "self_funded": "50"}
# 920 = 统筹 500 + 其他 100 + 320; 320 = 自理 30 + 自负 220 + 转院 20 + 自费 50 = 当年 80 + 历年 100 + 现金 140.
ZHEJIANG = {"medfee_sumamt": "920", "hifp_pay": "500", "other_funds": "100", "current_year_account": "80",
            "past_year_account": "100", "psn_cash_pay": "140", "self_paid": "270", "preselfpay_amt": "30",
            "ratio_paid": "220", "transfer_paid": "20", "self_funded": "50"}
# 10000 = 统筹 6000 + 补充 1000 + 救助 500 + 个人负担 2500; 2500 = 其他 300 + 账户 800 + 现金 1400
# = 自付 1900 + 自费 600; 1900 = 先行 200 + 起付 900 + 比例 700 + 超封顶 100.
LIST = {"medfee_sumamt": "10000", "hifp_pay": "6000", "supplement_pay": "1000", "maf_pay": "500", "other_borne": "300",
        "psn_part_amt": "2500", "self_paid": "1900", "self_funded": "600", "account": "800", "psn_cash_pay": "1400",
        "preselfpay_amt": "200", "act_pay_dedc": "900", "ratio_paid": "700", "above_cap": "100"}
# 5000 = 全自费 300 + 超限价 80 + 先行 120 + 范围内 4500; 基金 3000 = 统筹 2700 + 大病 200 + 其他 100;
# 5000 = 3000 + 1960 + 医院 40; 1960 = 账户 700 + 共济 260 + 现金 1000.
INTERFACE = {"medfee_sumamt": "5000", "fulamt_ownpay_amt": "300", "overlmt_selfpay": "80", "preselfpay_amt": "120",
             "inscp_scp_amt": "4500", "hifp_pay": "2700", "hifmi_pay": "200", "oth_pay": "100",
             "fund_pay_sumamt": "3000", "psn_part_amt": "1960", "acct_pay": "700", "acct_mulaid_pay": "260",
             "psn_cash_pay": "1000", "hosp_part_amt": "40"}
# 押金 500, 退 350: 现金 150.
INPATIENT = {**RECEIPT, "prepaid": "500", "refunded": "350"}

WHOLE: dict[str, tuple[SlipFamily, dict[str, str], set[str]]] = {
    "receipt": ("receipt", RECEIPT, {"i1", "i2", "i3"}),
    "inpatient": ("receipt", INPATIENT, {"i1", "i2", "i3", "i10"}),
    "beijing": ("beijing", BEIJING, {"i1", "i2", "i3", "i4", "i4-self-paid", "i5", "i5-paid", "i7", "i7-other", "i8",
                                     "i9"}),
    "shanghai": ("shanghai", SHANGHAI, {"i1", "i2", "i3", "i11"}),
    "zhejiang": ("zhejiang", ZHEJIANG, {"i1", "i2", "i3", "i11"}),
    "list": ("settlement-list", LIST, {"i2", "i11", "i12", "i13", "i14"}),
    "interface": ("interface", INTERFACE, {"i6", "i7", "i8", "i9"}),
}


def slip(kind: str = "receipt", **changes: str | None) -> Slip:
    """One of the slips above with some lines changed, or taken away with ``None``."""
    family, lines, _ = WHOLE[kind]
    given = {line: Decimal(amount) for line, amount in {**lines, **changes}.items() if amount is not None}
    return Slip(family, given)


def only(family: SlipFamily, **lines: str) -> Slip:
    return Slip(family, {line: Decimal(amount) for line, amount in lines.items()})


def results(kind: str = "receipt", **changes: str | None) -> dict[str, IdentityResult]:
    return {result.id: result for result in check_identities(slip(kind, **changes))}


def verdicts(kind: str = "receipt", **changes: str | None) -> dict[str, str]:
    return {id_: result.verdict for id_, result in results(kind, **changes).items()}


# --- every sum, holding and failing ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", WHOLE)
def test_a_slip_that_adds_up_holds_in_every_sum_it_has(kind):
    assert verdicts(kind) == dict.fromkeys(WHOLE[kind][2], "holds")


def test_every_sum_is_tried_by_some_slip():
    tried = {id_ for _, _, ids in WHOLE.values() for id_ in ids}
    assert tried >= {f"i{number}" for number in range(1, 15)}


@pytest.mark.parametrize(("kind", "line", "failing"), [
    # on a receipt
    ("receipt", "medfee_sumamt", {"i1", "i3"}), ("receipt", "hifp_pay", {"i1", "i3"}),
    ("receipt", "other_funds", {"i1", "i3"}), ("receipt", "account", {"i1", "i2"}),
    ("receipt", "psn_cash_pay", {"i1", "i2"}), ("receipt", "self_paid", {"i2", "i3"}),
    ("receipt", "self_funded", {"i2", "i3"}),
    ("inpatient", "prepaid", {"i10"}), ("inpatient", "refunded", {"i10"}),
    ("inpatient", "psn_cash_pay", {"i1", "i2", "i10"}),
    # 北京
    ("beijing", "self_paid_one", {"i4", "i4-self-paid", "i5-paid"}),
    ("beijing", "preselfpay_amt", {"i4", "i4-self-paid", "i5"}),
    ("beijing", "self_funded", {"i2", "i3", "i4", "i5"}), ("beijing", "inscp_scp_amt", {"i5", "i5-paid"}),
    ("beijing", "hifob_pay", {"i7-other"}), ("beijing", "oth_pay", {"i7-other"}),
    ("beijing", "fund_pay_sumamt", {"i5-paid", "i7", "i8"}), ("beijing", "psn_part_amt", {"i4", "i8", "i9"}),
    ("beijing", "medfee_sumamt", {"i1", "i3", "i5", "i8"}),
    # 上海: its own lines make up 其他支付 and 个人账户支付
    ("shanghai", "hifob_pay", {"i1", "i3"}), ("shanghai", "current_year_account", {"i1", "i2"}),
    ("shanghai", "past_year_account", {"i1", "i2"}), ("shanghai", "ratio_paid", {"i11"}),
    ("shanghai", "preselfpay_amt", {"i11"}), ("zhejiang", "transfer_paid", {"i11"}),
    # 结算清单
    ("list", "hifp_pay", {"i12"}), ("list", "supplement_pay", {"i12"}), ("list", "maf_pay", {"i12"}),
    ("list", "psn_part_amt", {"i12", "i13", "i14"}), ("list", "other_borne", {"i2", "i13"}),
    ("list", "psn_cash_pay", {"i2", "i13"}), ("list", "self_funded", {"i2", "i14"}),
    ("list", "self_paid", {"i2", "i11", "i14"}), ("list", "act_pay_dedc", {"i11"}), ("list", "ratio_paid", {"i11"}),
    ("list", "above_cap", {"i11"}),
    # interface
    ("interface", "inscp_scp_amt", {"i6"}), ("interface", "fulamt_ownpay_amt", {"i6"}),
    ("interface", "overlmt_selfpay", {"i6"}), ("interface", "hifmi_pay", {"i7"}), ("interface", "oth_pay", {"i7"}),
    ("interface", "fund_pay_sumamt", {"i7", "i8"}), ("interface", "psn_part_amt", {"i8", "i9"}),
    ("interface", "hosp_part_amt", {"i8"}), ("interface", "acct_mulaid_pay", {"i9"}),
    ("interface", "medfee_sumamt", {"i6", "i8"}),
])
def test_a_line_that_is_wrong_shows_in_every_sum_it_belongs_to_and_in_no_other(kind, line, failing):
    wrong = plain(slip(kind).lines[line] + Decimal("3.17"))
    found = verdicts(kind, **{line: wrong})
    assert {id_ for id_, verdict in found.items() if verdict == "differs"} == failing
    assert {verdict for id_, verdict in found.items() if id_ not in failing} <= {"holds"}


def test_the_two_meanings_of_the_other_payment():
    # on a receipt 其他支付 is what funds paid; on the 清单 it is a part of what the person bears
    receipt = only("receipt", medfee_sumamt="1000", hifp_pay="600", other_funds="100", account="100",
                   psn_cash_pay="200")
    listed = only("settlement-list", medfee_sumamt="1000", hifp_pay="600", psn_part_amt="400", other_borne="100",
                  account="100", psn_cash_pay="200")
    assert [result.verdict for result in check_identities(receipt)] == ["holds"]
    assert [result.verdict for result in check_identities(listed)] == ["holds", "holds"]


def test_the_difference_is_left_minus_right_and_the_sides_are_lines_of_the_slip():
    first = results(psn_cash_pay="160")["i1"]
    assert (first.left, first.left_sum, first.right_sum, first.difference) == (("medfee_sumamt",), 1000, 1010, -10)
    assert first.right == ("hifp_pay", "other_funds", "account", "psn_cash_pay")
    assert results("shanghai")["i1"].right == (
        "hifp_pay", "hifob_pay", "current_year_account", "past_year_account", "psn_cash_pay")


@pytest.mark.parametrize(("cash", "verdict"), [
    ("150.01", "one-fen"), ("149.99", "one-fen"), ("150.02", "differs"), ("149.98", "differs"),
])
def test_one_fen_is_what_rounding_leaves_and_two_are_a_difference(cash, verdict):
    assert verdicts(psn_cash_pay=cash) == {"i1": verdict, "i2": verdict, "i3": "holds"}


def test_the_beijing_sums_work_with_the_few_lines_an_outpatient_slip_prints():
    few = only("beijing", medfee_sumamt="1000", hifp_pay="0", hifob_pay="490", oth_pay="70", self_paid_one="300",
               preselfpay_amt="40", self_funded="100", account="140", psn_cash_pay="300")
    found = check_identities(few)
    assert {result.id for result in found} == {"i1", "i2", "i3"}
    assert {result.verdict for result in found} == {"holds"}
    assert next(result for result in found if result.id == "i2").right == (
        "self_paid_one", "preselfpay_amt", "self_funded")


def test_sums_that_come_to_the_same_lines_are_told_once():
    # without 个人负担 the sums I4, I8 and I9 would repeat I2 and I3
    sides = [frozenset((frozenset(result.left), frozenset(result.right)))
             for result in check_identities(slip("beijing", psn_part_amt=None, self_paid=None, fund_pay_sumamt=None))]
    assert len(sides) == len(set(sides))


# --- missing lines ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("missing", "left"), [
    ("medfee_sumamt", {"i2"}), ("hifp_pay", {"i2"}), ("other_funds", {"i2"}), ("account", {"i3"}),
    ("psn_cash_pay", {"i3"}), ("self_paid", {"i1"}), ("self_funded", {"i1"}),
])
def test_a_sum_with_a_needed_line_missing_is_not_judged(missing, left):
    assert set(verdicts(**{missing: None})) == left


@pytest.mark.parametrize("line", get_args(SlipLine))
@pytest.mark.parametrize("family", get_args(SlipFamily))
def test_one_line_alone_has_nothing_to_check_and_says_so(family, line):
    alone = only(family, **{line: "1000"})
    assert check_identities(alone) == ()
    assert likely_mistyped(alone, ()) == ()
    assert shortage(alone) == "one-line"


def test_funds_that_are_not_printed_count_as_zero_and_are_named():
    result = results("interface", oth_pay=None)["i7"]
    assert (result.verdict, result.difference) == ("differs", 100)
    assert set(result.absent) == {"hifob_pay", "hifes_pay", "cvlserv_pay", "maf_pay", "oth_pay"}


@pytest.mark.parametrize(("lines", "said"), [
    ({}, "nothing-entered"), ({"medfee_sumamt": "0"}, "zero-bill"),
    (dict.fromkeys(RECEIPT, "0"), "zero-bill"), ({"medfee_sumamt": "10", "account": "5"}, "too-few"),
    (RECEIPT, None),
])
def test_why_nothing_can_be_checked(lines, said):
    assert shortage(only("receipt", **lines)) == said


def test_what_to_add_is_the_shortest_way_to_a_first_sum_among_the_lines_of_the_form():
    offered = set(RECEIPT)
    assert still_needed(only("receipt", medfee_sumamt="10", account="5"), offered) == (
        "hifp_pay", "other_funds", "psn_cash_pay")
    assert still_needed(only("receipt", account="5"), offered) == ("psn_cash_pay", "self_paid", "self_funded")
    assert still_needed(only("interface", acct_pay="5"), set(INTERFACE)) == ("psn_part_amt", "psn_cash_pay")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_entering_what_is_asked_for_gives_a_sum(form):
    offered = [field.line for field in form.fields]
    for line in offered:
        more = still_needed(only(form.family, **{line: "1"}), offered)
        assert set(more) <= set(offered)
        assert check_identities(only(form.family, **dict.fromkeys((line, *more), "1")))


# --- untidy slips -------------------------------------------------------------------------------------------


def test_two_lines_printed_as_zero_are_an_empty_form_not_a_wrong_sum():
    assert verdicts(self_paid="0", self_funded="0.00") == {"i1": "holds", "i2": "not-filled", "i3": "not-filled"}
    assert verdicts("list", self_paid="0", self_funded="0") == {
        "i12": "holds", "i13": "holds", "i2": "not-filled", "i14": "not-filled", "i11": "not-filled"}
    assert verdicts("beijing", self_paid="0")["i4-self-paid"] == "differs"  # 自费 is filled
    assert verdicts("beijing", self_paid="0", self_funded="0")["i4-self-paid"] == "not-filled"


def test_two_zero_lines_are_right_where_the_person_paid_nothing():
    free = {"hifp_pay": "950", "account": "0", "psn_cash_pay": "0", "self_paid": "0", "self_funded": "0"}
    assert verdicts(**free) == {"i1": "holds", "i2": "holds", "i3": "holds"}
    # and then a wrong fund line is not excused by them
    assert verdicts(**{**free, "hifp_pay": "905"}) == {"i1": "differs", "i2": "holds", "i3": "differs"}


def test_an_empty_form_does_not_excuse_the_sum_it_is_not_part_of():
    assert verdicts(self_paid="0", self_funded="0", psn_cash_pay="160")["i1"] == "differs"


def test_an_empty_form_does_not_excuse_funds_above_the_total():
    over = verdicts(self_paid="0", self_funded="0", hifp_pay="990", account=None, psn_cash_pay=None)
    assert over == {"i3": "differs"}


def test_one_line_of_the_two_at_zero_is_read_as_it_stands():
    assert verdicts(self_paid="0") == {"i1": "holds", "i2": "differs", "i3": "differs"}


def test_nobody_is_accused_over_lines_that_were_not_filled():
    untidy = slip(self_paid="0", self_funded="0")
    assert likely_mistyped(untidy, check_identities(untidy)) == ()


@pytest.mark.parametrize(("kind", "changes", "id_", "variant"), [
    # over the price limit: inside 全自费 already (380 = 300 + 80), or inside 个人自付 (1950 = 1900 + 50)
    ("interface", {"fulamt_ownpay_amt": "380"}, "i6", "over-limit-in-self-funded"),
    ("list", {"self_paid": "1950", "overlmt_selfpay": "50"}, "i11", "over-limit-in-self-paid"),
    # shared account inside the account line: 960 + 1000
    ("interface", {"acct_pay": "960"}, "i9", "shared-inside-account"),
    # the account listed among the funds: 其他支付 250 = 50 + 200
    ("receipt", {"other_funds": "250"}, "i1", "account-among-funds"),
    ("receipt", {"other_funds": "250"}, "i3", "account-among-funds"),
    ("interface", {"fund_pay_sumamt": "3960"}, "i7", "account-among-funds"),
    ("interface", {"fund_pay_sumamt": "3960"}, "i8", "account-among-funds"),
    ("beijing", {"other_funds": "700"}, "i7-other", "account-among-funds"),
    ("list", {"supplement_pay": "1800"}, "i12", "account-among-funds"),
    # the hospital let 30 go: the person pays 120 in cash, 自付 says 270 or still 300
    ("receipt", {"psn_cash_pay": "120", "self_paid": "270", "hosp_part_amt": "30"}, "i1", "hospital-discount"),
    ("receipt", {"psn_cash_pay": "120", "self_paid": "270", "hosp_part_amt": "30"}, "i3", "hospital-discount"),
    ("receipt", {"psn_cash_pay": "120", "hosp_part_amt": "30"}, "i2", "hospital-discount"),
    ("interface", {"medfee_sumamt": "4960"}, "i8", "discount-already-off"),
    # 上海: 自负 without the deductible (170 + 50)
    ("shanghai", {"ratio_paid": "170", "act_pay_dedc": "50"}, "i11", "deductible-beside"),
    ("zhejiang", {"self_paid": "250"}, "i11", "transfer-beside"),
    # deposit and refund instead of cash: the line is not there, or stands at zero
    ("inpatient", {"psn_cash_pay": None}, "i1", "deposit-for-cash"),
    ("inpatient", {"psn_cash_pay": None}, "i2", "deposit-for-cash"),
    ("inpatient", {"psn_cash_pay": "0"}, "i1", "deposit-for-cash"),
    ("inpatient", {"psn_cash_pay": "0"}, "i2", "deposit-for-cash"),
])
def test_a_known_way_of_printing_is_accepted_and_named(kind, changes, id_, variant):
    result = results(kind, **changes)[id_]
    assert (result.verdict, result.variants) == ("holds-so", (variant,))
    assert result.left_sum == result.right_sum


def test_two_ways_of_printing_may_meet():
    # 其他支付 250 with the account in it, and 30 let go
    result = results(other_funds="250", psn_cash_pay="120", hosp_part_amt="30")["i1"]
    assert (result.verdict, result.variants) == ("holds-so", ("account-among-funds", "hospital-discount"))


def test_a_way_of_printing_that_changes_nothing_is_not_named():
    assert results("interface", acct_mulaid_pay="0", acct_pay="960")["i9"].variants == ()
    assert results(hosp_part_amt="0", psn_cash_pay="160")["i1"].variants == ()


def test_the_account_forgotten_is_a_difference():
    # a sum printed on the net leaves the account out: 600 + 50 + 150 = 800
    assert verdicts(account="0") == {"i1": "differs", "i2": "differs", "i3": "holds"}


@pytest.mark.parametrize(("changes", "verdict"), [
    ({"prepaid": "500", "refunded": "350"}, "holds"), ({"prepaid": "100", "topped_up": "50"}, "holds"),
    ({"prepaid": "150", "refunded": "0", "topped_up": "0"}, "holds"),
    ({"prepaid": "500", "refunded": "360"}, "differs"), ({"prepaid": "100", "topped_up": "60"}, "differs"),
    ({"prepaid": "500", "refunded": "350.01"}, "one-fen"),
    ({"prepaid": "500", "refunded": "350", "psn_cash_pay": "0"}, "not-filled"),
    # all of the deposit given back: zero is right
    ({"prepaid": "500", "refunded": "500", "psn_cash_pay": "0"}, "holds"),
])
def test_deposit_refund_and_cash(changes, verdict):
    assert verdicts(**changes)["i10"] == verdict


def test_a_deposit_alone_says_nothing_about_the_refund():
    assert "i10" not in verdicts(prepaid="500")
    assert set(verdicts(prepaid="500", psn_cash_pay=None)) == {"i3"}


# --- what cannot be ------------------------------------------------------------------------------------


def problems(of: Slip) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.problem, one.lines) for one in contradictions(of)]


@pytest.mark.parametrize("kind", WHOLE)
def test_a_slip_that_adds_up_is_possible(kind):
    assert contradictions(slip(kind)) == ()


@pytest.mark.parametrize(("of", "said"), [
    (only("receipt", medfee_sumamt="100", hifp_pay="-5"), [("negative", ("hifp_pay",))]),
    (only("receipt", medfee_sumamt="100", account="120"), [("part-over-whole", ("account", "medfee_sumamt"))]),
    (only("receipt", medfee_sumamt="0", account="120"), [("part-over-whole", ("account", "medfee_sumamt"))]),
    (only("interface", fund_pay_sumamt="100", maf_pay="120"), [("part-over-whole", ("maf_pay", "fund_pay_sumamt"))]),
    (only("beijing", self_paid="100", self_paid_one="120"), [("part-over-whole", ("self_paid_one", "self_paid"))]),
    (only("shanghai", account="10", past_year_account="12"), [("part-over-whole", ("past_year_account", "account"))]),
    (only("receipt", medfee_sumamt="100", hifp_pay="60", other_funds="50"),
     [("parts-over-total", ("hifp_pay", "other_funds"))]),
    (only("receipt", prepaid="100", refunded="120"), [("refund-over-deposit", ("refunded", "prepaid"))]),
])
def test_what_is_impossible_is_told_with_its_lines(of, said):
    assert problems(of) == said


@pytest.mark.parametrize("of", [
    # deposit and refund are no parts of the total; a printed deductible may be the yearly one
    only("receipt", medfee_sumamt="100", prepaid="5000", refunded="4900"),
    only("beijing", medfee_sumamt="100", act_pay_dedc="1800"),
    only("beijing", self_paid="0", self_paid_one="120"),
    # the account may stand among the funds as well
    only("receipt", medfee_sumamt="100", other_funds="90", account="90", hifp_pay="5"),
    only("receipt", medfee_sumamt="100", hifp_pay="50", other_funds="50"),
])
def test_what_is_unusual_is_not_called_impossible(of):
    assert contradictions(of) == ()


# --- the mistyped line --------------------------------------------------------------------------------


def mistyped(kind: str = "receipt", **changes: str | None) -> list[tuple[str, str, str]]:
    typed = slip(kind, **changes)
    return [(one.line, plain(one.would_be), one.how) for one in likely_mistyped(typed, check_identities(typed))]


@pytest.mark.parametrize(("typed", "meant", "how"), [
    ("1234.50", "1284.50", "digit"), ("1234.50", "1234.59", "digit"), ("1234.50", "1243.50", "swapped"),
    ("1234.50", "1235.40", "swapped"), ("134.50", "1234.50", "missing"), ("34.50", "1034.50", "missing"),
    ("0", "7", "digit"),
    ("1234.60", "1234.56", "missing"), ("12", "1200", "point"), ("12", "120", "missing"),
    ("12234.50", "1234.50", "doubled"), ("1222", "122", "doubled"), ("123450", "1234.50", "point"),
    ("12.34", "123.40", "point"), ("12.34", "1.23", None), ("1234.50", "1234.50", None), ("1234.50", "1389.50", None),
    ("1234.50", "4231.50", None), ("12934.50", "1234.50", None), ("0", "5000", None), ("5", "50000", None),
])
def test_one_slip_of_the_finger(typed, meant, how):
    assert finger_slip(Decimal(typed), Decimal(meant)) == how


# 2345.67 = 1234.56 + 78.90 + 410.35 + 621.86; the person's 1032.21 are 932.11 and 100.10
CROOKED = {"medfee_sumamt": "2345.67", "hifp_pay": "1234.56", "other_funds": "78.90", "account": "410.35",
           "psn_cash_pay": "621.86", "self_paid": "932.11", "self_funded": "100.10"}


@pytest.mark.parametrize(("line", "typed", "how"), [
    ("hifp_pay", "1284.56", "digit"), ("hifp_pay", "1243.56", "swapped"), ("hifp_pay", "134.56", "missing"),
    ("self_paid", "9322.11", "doubled"), ("other_funds", "7.89", "point"), ("psn_cash_pay", "612.86", "swapped"),
    ("medfee_sumamt", "2346.67", "digit"), ("account", "41035", "point"), ("self_funded", "10.10", "missing"),
])
def test_the_mistyped_line_is_found_with_what_it_would_be(line, typed, how):
    # lines that stand in the same sums may be explained as well, never better
    slip_ = slip(**{**CROOKED, line: typed})
    found = likely_mistyped(slip_, check_identities(slip_))
    best = [(one.line, plain(one.would_be), one.how) for one in found if one.mends == found[0].mends]
    assert (line, plain(Decimal(CROOKED[line])), how) in best


@pytest.mark.parametrize("kind", WHOLE)
def test_nothing_is_mistyped_where_everything_holds(kind):
    assert mistyped(kind) == []


def test_no_line_is_named_where_no_single_slip_of_the_finger_explains_it():
    assert mistyped(**{**CROOKED, "hifp_pay": "999.99"}) == []


def test_a_correction_must_not_spoil_a_sum_that_holds():
    # 个人现金 mistyped by 10 breaks I1 and I2; 统筹 − 10 would mend I1 but spoil I3
    assert [line for line, _, _ in mistyped(psn_cash_pay="160")] == ["psn_cash_pay"]


def test_every_line_that_could_be_the_one_is_named_and_those_that_mend_most_come_first():
    typed = slip("beijing", fund_pay_sumamt="580")
    found = likely_mistyped(typed, check_identities(typed))
    assert found[0].line == "fund_pay_sumamt"
    assert found[0].mends == 3
    assert [one.mends for one in found] == sorted((one.mends for one in found), reverse=True)
    few = only("receipt", medfee_sumamt="1000", hifp_pay="600", other_funds="50", account="200", psn_cash_pay="160")
    candidates = {one.line: one.would_be for one in likely_mistyped(few, check_identities(few))}
    # 统筹 600 for 590 and 账户 200 for 190 would be two wrong digits
    assert candidates == {"medfee_sumamt": 1010, "other_funds": 40, "psn_cash_pay": 150}


def test_a_mistyped_deposit_is_found():
    assert mistyped("inpatient", prepaid="5000") == [("prepaid", "500.00", "doubled")]


# --- laws ---------------------------------------------------------------------------------------------

fen = st.integers(min_value=0, max_value=999_999).map(lambda value: Decimal(value) / 100)


@st.composite
def consistent(draw: st.DrawFn) -> Slip:
    """A slip of any family whose every sum holds."""
    family = draw(st.sampled_from(get_args(SlipFamily)))
    first_pay, funded, over_limit, deductible, rest = (draw(fen) for _ in range(5))
    pool, large, serious, aid, other = (draw(fen) for _ in range(5))
    in_scope_own = deductible + rest
    funds = pool + large + serious + aid + other
    personal = first_pay + funded + in_scope_own
    # the person's part, split three ways
    account = (personal * draw(st.integers(0, 100)) / 100).quantize(Decimal("0.01"))
    shared = (account * draw(st.integers(0, 100)) / 100).quantize(Decimal("0.01"))
    cash = personal - account
    total = funds + personal
    lines: dict[SlipLine, Decimal] = {"medfee_sumamt": total, "hifp_pay": pool, "psn_cash_pay": cash}
    if family == "interface":
        lines |= {"fulamt_ownpay_amt": funded, "preselfpay_amt": first_pay, "inscp_scp_amt": in_scope_own + funds,
                  "overlmt_selfpay": over_limit, "medfee_sumamt": total + over_limit, "psn_cash_pay": cash + over_limit,
                  "hifob_pay": large, "hifmi_pay": serious, "maf_pay": aid, "oth_pay": other,
                  "fund_pay_sumamt": funds, "psn_part_amt": personal + over_limit, "acct_pay": account - shared,
                  "acct_mulaid_pay": shared}
    elif family == "settlement-list":
        # 其他 is borne by the person here
        lines |= {"supplement_pay": large + serious, "maf_pay": aid, "other_borne": other, "account": account,
                  "psn_part_amt": personal + other, "self_funded": funded + other,
                  "self_paid": first_pay + in_scope_own, "preselfpay_amt": first_pay, "act_pay_dedc": deductible,
                  "ratio_paid": rest}
    else:
        lines |= {"other_funds": funds - pool, "account": account, "self_paid": first_pay + in_scope_own,
                  "self_funded": funded}
        if family == "beijing":
            lines |= {"self_paid_one": in_scope_own, "preselfpay_amt": first_pay, "fund_pay_sumamt": funds,
                      "psn_part_amt": personal, "inscp_scp_amt": in_scope_own + funds, "hifob_pay": large + serious,
                      "oth_pay": aid + other}
        elif family != "receipt":
            lines |= {"ratio_paid": in_scope_own, "preselfpay_amt": first_pay}
        if draw(st.booleans()):
            back = draw(fen)
            lines |= {"prepaid": cash + back, "refunded": back}
    return Slip(family, lines)


@settings(max_examples=200, deadline=None)
@given(consistent())
def test_a_consistent_slip_holds_everywhere_and_nobody_mistyped(whole):
    found = check_identities(whole)
    assert {result.verdict for result in found} == {"holds"}
    assert contradictions(whole) == ()
    assert likely_mistyped(whole, found) == ()


def typings(amount: Decimal) -> set[Decimal]:
    """What one slip of the finger makes of an amount."""
    digits = plain(amount).replace(".", "")
    texts = {digits[:at] + other + digits[at + 1:] for at in range(len(digits)) for other in "0123456789"}
    texts |= {digits[:at] + digits[at + 1] + digits[at] + digits[at + 2:] for at in range(len(digits) - 1)}
    # a leading zero is not typed by accident, and would read as a shorter number
    found = {Decimal(text) / 100 for text in texts if len(text) == 3 or not text.startswith("0")}
    return found - {amount}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_line_with_the_slip_of_the_finger_is_among_those_named(data):
    whole = data.draw(consistent())
    line = data.draw(st.sampled_from(sorted(whole.lines)))
    true = whole.lines[line]
    typed = whole.changed(line, data.draw(st.sampled_from(sorted(typings(true)))))
    found = check_identities(typed)
    # Where nothing fails there is nothing to find: the line is in no sum, one fen off, or read as another printing.
    assume(any(result.verdict == "differs" for result in found))
    assert (line, true) in {(one.line, one.would_be) for one in likely_mistyped(typed, found)}


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_what_is_named_as_mistyped_mends_the_sums_it_is_in_and_spoils_none(data):
    whole = data.draw(consistent())
    line = data.draw(st.sampled_from(sorted(whole.lines)))
    typed = whole.changed(line, data.draw(st.sampled_from(sorted(typings(whole.lines[line])))))
    before = check_identities(typed)
    agreeing = {result.id for result in before if result.verdict not in ("differs", "not-filled")}
    for one in likely_mistyped(typed, before):
        after = check_identities(typed.changed(one.line, one.would_be))
        differing = {result.id: result for result in after if result.verdict == "differs"}
        assert agreeing.isdisjoint(differing)
        assert all(one.line not in (*result.left, *result.right) for result in differing.values())
        assert finger_slip(one.typed, one.would_be) == one.how


# --- the forms in the pack --------------------------------------------------------------------------------


def test_the_forms_people_hold_are_there():
    assert [form.id for form in FORMS] == [
        "receipt-outpatient", "receipt-inpatient", "beijing", "shanghai", "zhejiang", "settlement-list", "interface"]
    assert {form.family for form in FORMS} == set(get_args(SlipFamily))


def test_every_line_is_on_some_form():
    assert {field.line for form in FORMS for field in form.fields} == set(get_args(SlipLine))


@pytest.mark.parametrize(("codes", "first"), [
    (("110000",), "beijing"), (("310000",), "shanghai"), (("330100", "330000"), "zhejiang"),
    (("210200", "210000"), "receipt-outpatient"), ((), "receipt-outpatient"),
])
def test_the_slip_of_the_place_is_offered_first_and_no_form_is_lost(codes, first):
    ordered = nearest_first(FORMS, codes)
    assert ordered[0].id == first
    assert sorted(form.id for form in ordered) == sorted(form.id for form in FORMS)
    assert [form.id for form in ordered if not form.regions] == [form.id for form in FORMS if not form.regions]


@pytest.mark.parametrize("name", WHOLE)
def test_the_slips_of_these_tests_use_only_lines_of_their_forms(name):
    family, lines, _ = WHOLE[name]
    offered = {field.line for form in FORMS if form.family == family for field in form.fields}
    assert set(lines) <= offered
