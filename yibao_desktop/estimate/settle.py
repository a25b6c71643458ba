"""From exact payments to a bill's lines: rounding, the personal part, and who pays it."""

from __future__ import annotations

from decimal import Decimal

from yibao_desktop.estimate.exact import to_fen, total
from yibao_desktop.estimate.run import Run
from yibao_desktop.money import ZERO, fen, grouped
from yibao_desktop.pack.benefits import AccountRules, AccountUse, OnOwnPart
from yibao_desktop.pack.schema import FUNDS


def round_fund_lines(run: Run) -> None:
    """Round each fund's line half-up once; where several would share the last fen the later one gives way.

    Funds that pay on the person's own part come after the others, so that a line settled before a gap stays as it is.
    """
    in_scope = run.amount("inscp_scp_amt") - run.current_year_used
    on_own_part = to_fen(total(use.pays for use in run.own_parts if not use.year_end))
    # Only what is paid on 先行自付 can go beyond the in-scope cost.
    most = max(in_scope, to_fen(total(run.raw.values())))
    further = {stage.fund for stage in run.rule.stages if isinstance(stage, OnOwnPart)}
    paid = ZERO
    for fund in sorted(run.raw, key=lambda fund: (fund in further, FUNDS.index(fund))):
        left = in_scope - run.deducted if fund not in further else min(in_scope - run.deducted + on_own_part, most)
        run.amounts[fund] = min(to_fen(run.raw[fund]), left - paid)
        paid += run.amount(fund)


def settle_personal_part(run: Run) -> None:
    """Give the person what no fund pays, and pay it from accounts and cash."""
    words, whole = run.words, fen(run.case.bill.total)
    paid = [paid_by for fund in FUNDS if (paid_by := run.amount(fund))]
    funds = sum(paid, ZERO)
    personal = whole - funds
    run.amounts["fund_pay_sumamt"] = funds
    run.amounts["psn_part_amt"] = personal
    if len(paid) > 1:
        run.step(words("line.fund_pay_sumamt"), " + ".join(map(grouped, paid)), funds)
    run.step(words("line.psn_part_amt"), f"{grouped(whole)} − {grouped(funds)}", personal)
    if run.case.accounts is None:
        run.assumptions.append(words("assume.accounts-not-told"))
    elif "self-funded" in run.rule.accounts.own:
        run.assumptions.append(words("assume.account-all"))
    else:
        run.assumptions.append(words("assume.account-in-scope"))
    own, shared = _from_accounts(run, personal)
    run.amounts["acct_pay"] = run.current_year_used + own
    run.amounts["acct_mulaid_pay"] = shared
    cash = personal - run.current_year_used - own - shared
    run.amounts["psn_cash_pay"] = cash
    if cash != personal:
        run.step(words("line.psn_cash_pay"), f"{grouped(personal)} − {grouped(personal - cash)}", cash)


def _from_accounts(run: Run, personal: Decimal) -> tuple[Decimal, Decimal]:
    """Draw on the own account and on relatives' accounts by the rule; return what each kind pays."""
    rules: AccountRules = run.rule.accounts
    bill = run.case.bill
    outside: dict[AccountUse, Decimal] = {
        "first-pay": run.amount("preselfpay_amt"), "over-limit": fen(bill.over_limit),
        "self-funded": fen(bill.self_funded),
    }
    in_scope = personal - sum(outside.values()) - run.current_year_used
    # Aid may pay on 先行自付 too; the in-scope rest is then smaller than nothing, and 先行自付 is what is left.
    outside["first-pay"] += min(in_scope, ZERO)
    open_: dict[AccountUse, Decimal] = {"in-scope": max(in_scope, ZERO), **outside}
    own_purse = [("acct_pay", fen(run.accounts.own), rules.own)]
    relatives = [("acct_mulaid_pay", fen(balance), rules.shared) for balance in run.accounts.relatives]
    drawn = {"acct_pay": ZERO, "acct_mulaid_pay": ZERO}
    for line, balance, parts in own_purse + relatives if rules.first == "own" else relatives + own_purse:
        payable = sum((open_[part] for part in parts), ZERO)
        amount = min(balance, payable)
        if not amount:
            continue
        drawn[line] += amount
        formula = run.words("formula.account", payable=grouped(payable), balance=grouped(balance))
        run.step(run.words(f"line.{line}"), formula, amount)
        for part in parts:
            taken = min(amount, open_[part])
            open_[part] -= taken
            amount -= taken
    return drawn["acct_pay"], drawn["acct_mulaid_pay"]
