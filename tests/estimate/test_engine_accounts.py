"""Which account pays which part of a bill, and in which order."""

from __future__ import annotations

from decimal import Decimal

import pytest
from town import Town, accounts, lines

from yibao_desktop.pack.benefits import AccountRules
from yibao_desktop.pack.cases import Accounts


def test_this_years_account_pays_before_the_deductible(pack):
    town = Town().account_first().deductible("200").pays("0.8")
    # 1000 − 300 = 700; − 200 = 500 × 80% = 400; the person bears 600, of which the account has paid 300
    result = town.on(pack, "1000", accounts=accounts(year="300"))
    assert lines(result, "act_pay_dedc", "hifp_pay", "psn_part_amt", "acct_pay", "psn_cash_pay") == (
        "200.00", "400.00", "600.00", "300.00", "300.00")


def test_this_years_account_that_covers_everything_leaves_nothing_to_deduct(pack):
    town = Town().account_first().deductible("200").pays("0.8")
    result = town.on(pack, "150", accounts=accounts(own="50", year="300"))
    assert lines(result, "act_pay_dedc", "hifp_pay", "acct_pay", "psn_cash_pay") == ("0.00", "0.00", "150.00", "0.00")


def test_this_years_account_does_not_pay_what_is_out_of_scope(pack):
    # in scope 100; the account has 300 but 50 are out of scope: 100 from the account, 50 in cash
    result = Town().account_first().deductible("200").pays("0.8").on(
        pack, "150", self_funded="50", accounts=accounts(year="300"))
    assert lines(result, "acct_pay", "psn_cash_pay") == ("100.00", "50.00")


@pytest.mark.parametrize(("balances", "paid"), [
    # the person bears 500: own account first, then relatives', then cash
    (accounts("200", shared="250"), ("200.00", "250.00", "50.00")),
    (accounts("500", shared="250"), ("500.00", "0.00", "0.00")),
    (accounts("0", shared="900"), ("0.00", "500.00", "0.00")),
    (accounts("499.99", shared="900"), ("499.99", "0.01", "0.00")),
    (accounts(), ("0.00", "0.00", "500.00")),
    (None, ("0.00", "0.00", "500.00")),
])
def test_own_account_then_relatives_account_then_cash(pack, balances, paid):
    result = Town().pays("0.5").on(pack, "1000", accounts=balances)
    assert lines(result, "acct_pay", "acct_mulaid_pay", "psn_cash_pay") == paid


def test_no_account_pays_what_is_outside_the_catalogue_or_above_a_price_limit(pack):
    # 1000 − 300 − 100 − 50 = 550 in scope × 50% = 275; the person bears 725: 300 + 100 in cash whatever the balances,
    # and 325 (先行自付 50 and the 275 of the copay) from the accounts: 200 own, 125 shared
    result = Town().pays("0.5").on(pack, "1000", self_funded="300", over_limit="100", first_pay="50",
                                   accounts=accounts("200", shared="9999"))
    assert lines(result, "psn_part_amt", "acct_pay", "acct_mulaid_pay", "psn_cash_pay") == (
        "725.00", "200.00", "125.00", "400.00")


def test_balances_not_told_are_an_assumption_that_is_said(pack):
    town = Town().pays("0.5")
    said = pack.words("assume.accounts-not-told")
    assert said in town.on(pack, "100").assumptions
    assert said not in town.on(pack, "100", accounts=accounts()).assumptions


# --- what a place allows accounts to pay ------------------------------------------------------------


# A bill of 1500: 300 全自费, 200 超限价, 100 先行自付; 900 in scope × 50% = 450. The person bears 1050: 450 in scope
# and the 600 outside.


def shopping(**rules: object) -> Town:
    return Town(accounts=AccountRules(**rules)).pays("0.5")


PARTS = {"self_funded": "300", "over_limit": "200", "first_pay": "100"}


@pytest.mark.parametrize(("own", "balance", "pays"), [
    # in scope and 先行自付, unless a place says otherwise
    (("in-scope", "first-pay"), "9999", "550.00"),
    (("in-scope",), "9999", "450.00"),
    (("in-scope", "first-pay", "self-funded"), "9999", "850.00"),
    (("in-scope", "first-pay", "over-limit", "self-funded"), "9999", "1050.00"),
    # nothing at all
    ((), "9999", "0.00"),
    # never more than there is
    (("in-scope", "first-pay", "over-limit", "self-funded"), "1000", "1000.00"),
])
def test_what_the_own_account_may_pay(pack, own, balance, pays):
    result = shopping(own=own).on(pack, "1500", accounts=accounts(balance), **PARTS)
    assert lines(result, "psn_part_amt", "acct_pay", "psn_cash_pay") == (
        "1050.00", pays, str(1050 - Decimal(pays)))


@pytest.mark.parametrize(("own", "paid"), [
    # the own account pays in its order: 450 in scope, 100 先行自付, 100 of the 全自费. Relatives may pay neither the
    # rest of the 全自费 nor the 超限价: 400 in cash
    ("650", ("650.00", "0.00", "400.00")),
    # 400 of the 450 in scope; relatives pay the other 50 and the 先行自付: 150; 500 in cash
    ("400", ("400.00", "150.00", "500.00")),
    # nothing of its own: relatives pay 550
    ("0", ("0.00", "550.00", "500.00")),
])
def test_relatives_may_not_pay_all_that_the_own_account_may(pack, own, paid):
    town = shopping(own=("in-scope", "first-pay", "self-funded"))
    result = town.on(pack, "1500", accounts=accounts(own, shared="9999"), **PARTS)
    assert lines(result, "acct_pay", "acct_mulaid_pay", "psn_cash_pay") == paid


def test_what_the_account_may_pay_is_said(pack):
    said = {own: shopping(own=own).on(pack, "100", accounts=accounts()).assumptions
            for own in (("in-scope",), ("in-scope", "self-funded"))}
    narrow, wide = pack.words("assume.account-in-scope"), pack.words("assume.account-all")
    assert [(narrow in texts, wide in texts) for texts in said.values()] == [(True, False), (False, True)]


@pytest.mark.parametrize(("first", "paid"), [
    # the person bears 500
    ("own", ("400.00", "100.00", "0.00")),
    ("shared", ("250.00", "250.00", "0.00")),
])
def test_whose_account_comes_first(pack, first, paid):
    result = shopping(first=first).on(pack, "1000", accounts=accounts("400", shared="250"))
    assert lines(result, "acct_pay", "acct_mulaid_pay", "psn_cash_pay") == paid


@pytest.mark.parametrize(("own", "shared", "drawn"), [
    # 500 borne: own 200, then 100, 50, and 150 of the last one's 900
    ("200", ("100", "50", "900"), ["200.00", "100.00", "50.00", "150.00"]),
    # an empty account is passed over
    ("0", ("0", "300", "300"), ["300.00", "200.00"]),
    # who is not needed is not asked
    ("500", ("100", "50"), ["500.00"]),
    # not enough: 140 in cash
    ("200", ("100", "60"), ["200.00", "100.00", "60.00"]),
])
def test_several_relatives_pay_in_their_order(pack, own, shared, drawn):
    result = Town().pays("0.5").on(pack, "1000", accounts=accounts(own, shared=shared))
    labels = {pack.words("line.acct_pay"), pack.words("line.acct_mulaid_pay")}
    assert [str(step.amount) for step in result.steps if step.label in labels] == drawn
    from_accounts = sum(map(Decimal, drawn))
    assert result.amounts["acct_pay"] + result.amounts["acct_mulaid_pay"] == from_accounts
    assert result.amounts["psn_cash_pay"] == 500 - from_accounts


def test_this_years_money_and_the_account_are_one_line(pack):
    town = Town().account_first().deductible("200").pays("0.5")
    # 1000 − 300 of this year's = 700; − 200 = 500 × 50% = 250; borne 750, of it 300 paid; 400 more from the account
    result = town.on(pack, "1000", accounts=accounts("400", year="300"))
    assert lines(result, "hifp_pay", "psn_part_amt", "acct_pay", "psn_cash_pay") == (
        "250.00", "750.00", "700.00", "50.00")


def test_where_aid_pays_part_of_the_first_payment_the_account_pays_the_rest_of_it(pack):
    town = Town().pays("1").on_own_part(("0.7", None), counts=("first-pay",), fund="maf_pay")
    # 800 × 100%; aid 200 × 70% = 140; 60 of the 先行自付 are left, and only they
    result = town.on(pack, "1000", first_pay="200", accounts=Accounts(own=Decimal(9999)))
    assert lines(result, "maf_pay", "psn_part_amt", "acct_pay", "psn_cash_pay") == ("140.00", "60.00", "60.00", "0.00")
