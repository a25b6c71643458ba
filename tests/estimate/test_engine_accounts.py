"""Which account pays which part of a bill, and in which order."""

from __future__ import annotations

import pytest
from town import Town, accounts, lines


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
