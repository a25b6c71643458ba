"""What each kind of stage does to a bill."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from yibao_desktop.estimate.exact import Exact, divided, exact, times, to_fen, total
from yibao_desktop.estimate.run import Gap, LimitUse, OwnPartUse, Run
from yibao_desktop.money import ZERO, fen, grouped, percent
from yibao_desktop.pack.benefits import (
    AccountFirst,
    Band,
    Bands,
    Deductible,
    EssentialDrugs,
    Limit,
    OnOwnPart,
    Remote,
    Stage,
    figures_of,
)
from yibao_desktop.pack.dated import Figure
from yibao_desktop.pack.schema import Fund


def apply(run: Run, stage: Stage) -> None:
    """Let ``stage`` act on the bill.

    Raises:
        Gap: a figure the stage needs is not known; the gap is noted.
    """
    if isinstance(stage, AccountFirst):
        _account_first(run, stage)
    elif isinstance(stage, EssentialDrugs):
        _essential_drugs(run, stage)
    elif isinstance(stage, Deductible):
        _deductible(run, stage)
    elif isinstance(stage, Remote):
        _remote(run, stage)
    elif isinstance(stage, Bands):
        _bands(run, stage)
    elif stage.paid == "with-bill":
        _on_own_part(run, stage)
    else:
        _at_year_end(run, stage)


def _at_year_end(run: Run, stage: OnOwnPart) -> None:
    """Tell what a fund will pay at the end of the year; not knowing it leaves every line of the bill as it is."""
    try:
        _on_own_part(run, stage)
    except Gap:
        run.unknown[-1] = replace(run.unknown[-1], stops=False)
        return
    if run.circumstance.aid == "none" and any(id_ in run.figures.open_to_aid for _, id_ in figures_of(stage)):
        run.assumptions.append(run.words("assume.no-aid", what=stage.label))


def _account_first(run: Run, stage: AccountFirst) -> None:
    balance = fen(run.accounts.own_current_year)
    run.current_year_used = min(balance, run.in_scope)
    if run.current_year_used:
        formula = run.words("formula.account", payable=grouped(run.in_scope), balance=grouped(balance))
        run.step(stage.label, formula, run.current_year_used)
    run.in_scope -= run.current_year_used


def _essential_drugs(run: Run, stage: EssentialDrugs) -> None:
    cost = min(fen(run.case.bill.essential_drugs), run.in_scope)
    if not cost:
        return
    band = Band(fund=stage.fund, share=stage.share, label=stage.label, limits=stage.limits)
    covered = _pay(run, band, exact(cost))
    for limit in stage.limits:
        run.drugs_paid[limit.amount] = run.raw.get(stage.fund, 0)
    run.bear("above-limit", exact(cost) - covered)
    run.drugs = cost
    run.in_scope -= cost


# --- 异地 -------------------------------------------------------------------------------------------


def _remote(run: Run, stage: Remote) -> None:
    if run.circumstance.referral == "local":
        return
    figure = run.figure(stage.value)
    if stage.method != "prepay":
        run.cut = (stage.method, figure)
        return
    share = figure.value
    first = fen(run.in_scope * share)
    formula = f"{grouped(run.in_scope)} × {percent(share)}"
    run.step(run.words("step.minus", what=stage.label), formula, -first, figure)
    run.amounts["preselfpay_amt"] = run.amount("preselfpay_amt") + first
    run.bear("remote-cut", exact(first))
    run.in_scope -= first
    run.amounts["inscp_scp_amt"] = run.amount("inscp_scp_amt") - first


def _cut(run: Run, share: Decimal) -> tuple[Decimal, str]:
    """Return what a share comes to away from home, and how that reads in a formula."""
    if run.cut is None:
        return share, percent(share)
    method, figure = run.cut
    if method == "factor":
        return share * figure.value, f"{percent(share)} × {percent(figure.value)}"
    return max(ZERO, share - figure.value), f"({percent(share)} − {percent(figure.value)})"


# --- 起付线 -----------------------------------------------------------------------------------------


def _deductible(run: Run, stage: Deductible) -> None:
    figure, words = run.figure(stage.amount), run.words
    threshold, formula = _threshold(run, stage, figure)
    due = threshold
    if stage.per == "year":
        run.deductible = figure
        used = run.used.deductible
        if used is None:
            used = run.deducted_before = min(threshold, run.used.eligible)
        if used > threshold:
            run.assumptions.append(words("assume.deductible-over", used=grouped(used), threshold=grouped(threshold)))
        if used:
            due = max(ZERO, threshold - fen(used))
            formula = words("formula.deductible-used", threshold=grouped(threshold), used=grouped(used))
    if stage.year_total is not None:
        due, formula = _within_year_total(run, stage.year_total, due, formula)
    run.deducted = min(due, run.in_scope)
    if run.deducted < due:
        formula = words("formula.deductible-short", due=grouped(due), bill=grouped(run.in_scope))
    run.amounts["act_pay_dedc"] = run.deducted
    run.step(words("step.minus", what=stage.label), formula, -run.deducted, figure)
    run.bear("deductible", exact(run.deducted))
    run.in_scope -= run.deducted


def _threshold(run: Run, stage: Deductible, figure: Figure) -> tuple[Decimal, str]:
    """Return the deductible of this visit before anything used up is taken off, and its formula."""
    words, case = run.words, run.case
    threshold = fen(figure.value)
    formula = grouped(threshold)
    if stage.share is not None and (share := run.figure(stage.share)).value:
        base = fen(case.bill.total) if stage.share_of == "total" else run.in_scope
        most = run.edge(stage.most)
        computed = max(threshold, fen(base * share.value))
        threshold = min(computed, fen(most.value)) if most is not None else computed
        formula = words("formula.deductible-share", bill=grouped(base), share=percent(share.value),
                        least=grouped(figure.value), most=grouped(most.value) if most is not None else "")
    sender = case.visit.transferred_from
    if sender is not None:
        if stage.transfer == "difference":
            paid = fen(run.figure(stage.amount, level=sender).value)
            formula = words("formula.deductible-transfer", here=grouped(threshold), there=grouped(paid))
            threshold = max(ZERO, threshold - paid)
        else:
            run.assumptions.append(words("assume.transfer-as-new"))
    period = run.edge(stage.again_after)
    if period is not None:
        days = max(1, (case.on - case.visit.admitted).days) if case.visit.admitted else None
        if days is None:
            run.assumptions.append(words("assume.short-stay", days=f"{period.value:f}"))
        elif (times := -(-days // int(period.value))) > 1:
            formula = words("formula.deductible-again", threshold=formula, times=str(times))
            threshold *= times
    return threshold, formula


def _within_year_total(run: Run, id_: str, due: Decimal, formula: str) -> tuple[Decimal, str]:
    total = run.edge(id_)
    if total is None:
        return due, formula
    left = max(ZERO, fen(total.value) - (run.used.deductibles or ZERO))
    if due <= left:
        return due, formula
    return left, run.words("formula.deductible-total", total=grouped(total.value), left=grouped(left))


# --- 分段 -------------------------------------------------------------------------------------------


def _bands(run: Run, stage: Bands) -> None:
    position: Exact = 0
    if stage.counted == "year":
        # What was deducted was in-scope cost too, so there was at least that much of it.
        position = exact(max(run.used.eligible, run.deducted_earlier))
    if stage.origin == "zero":
        position += exact(run.deducted)
    elif stage.counted == "year":
        position -= exact(run.deducted_earlier)
    remaining: Exact = exact(run.in_scope)
    for band in stage.bands:
        if not remaining:
            break
        cost: Exact = remaining
        edge = run.edge(band.upto)
        if edge is not None:
            cost = min(cost, max(0, exact(edge.value) - position))
        covered = _pay(run, band, cost) if cost else 0
        position += covered
        remaining -= covered
    if remaining:
        run.step(run.words("step.beyond-bands"), run.words("formula.not-paid"), to_fen(remaining))
    run.bear("above-limit", remaining)
    run.in_scope = to_fen(remaining)
    run.passed_bands = True


def _pay(run: Run, band: Band, cost: Exact) -> Exact:
    """Let the band's funds pay on ``cost`` and return how much of it they covered."""
    uses = [use for limit in band.limits if (use := run.limit_use(limit)) is not None]
    share = run.figure(band.share)
    rate, in_words = _cut(run, share.value)
    covered: Exact = cost
    reached: LimitUse | None = None
    for use in uses:
        room = run.room(use)
        if use.limit.measures == "payment" and times(covered, rate) > room:
            # Exact: a fund that stops at its limit has covered only the cost that fills it.
            covered, reached = divided(room, rate), use
        elif use.limit.measures != "payment" and covered > room:
            covered, reached = room, use
    if not covered:
        return covered
    _fund_step(run, band.label, band.fund, covered, share, in_words, times(covered, rate))
    for limit in band.limits:
        run.covered[limit.amount] = run.covered.get(limit.amount, 0) + covered
    if reached is not None:
        run.step(run.words("step.limit-reached", what=reached.figure.parameter.label),
                 grouped(reached.figure.value), reached.figure.value, reached.figure)
    own, cut = 1 - share.value, share.value - rate
    if band.supplement is not None:
        extra = run.figure(band.supplement.share)
        more, in_words = _cut(run, extra.value)
        _fund_step(run, band.supplement.label, band.supplement.fund, covered, extra, in_words, times(covered, more))
        own, cut = own - extra.value, cut + extra.value - more
    run.bear("copay", times(covered, own))
    if cut:
        run.bear("remote-cut", times(covered, cut))
    return covered


def _fund_step(
    run: Run, label: str, fund: Fund, covered: Exact, share: Figure, in_words: str, pays: Exact
) -> None:
    if not share.value:
        return
    run.pay(fund, pays)
    run.step(label, f"{grouped(to_fen(covered))} × {in_words}", to_fen(pays), share)


# --- 大病、救助 ---------------------------------------------------------------------------------------


def _on_own_part(run: Run, stage: OnOwnPart) -> None:
    already = total(use.pays for use in run.own_parts if not use.year_end and set(use.counts) & set(stage.counts))
    base = max(0, total(run.own.get(part, 0) for part in stage.counts) - already)
    over_year = stage.counted == "year"
    before = exact(run.used.own_part.get(stage.fund, ZERO)) if over_year else 0
    threshold = run.figure(stage.threshold) if stage.threshold is not None else None
    year_end = stage.paid == "year-end"
    start = 0 if year_end else before
    bands = _own_bands(run, stage, threshold, start, before + base)
    unlimited = paid = total(pays for *_, pays in bands)
    limit = run.edge(stage.limit)
    if limit is not None:
        earlier = _paid_earlier(run, stage) if over_year and not year_end else 0
        paid = min(paid, max(0, exact(limit.value) - earlier))
    use = OwnPartUse(stage.label, stage.fund, stage.counts, threshold, before, base, paid, year_end, over_year)
    run.own_parts.append(use)
    if year_end:
        return
    if threshold is not None:
        _own_part_step(run, stage, threshold, before, base)
    for label, figure, covered, pays in bands:
        run.step(label, f"{grouped(to_fen(covered))} × {percent(figure.value)}", to_fen(pays), figure)
    if limit is not None and paid < unlimited:
        run.step(run.words("step.limit-reached", what=limit.parameter.label), grouped(limit.value), to_fen(paid), limit)
    run.pay(stage.fund, paid)


def _paid_earlier(run: Run, stage: OnOwnPart) -> Exact:
    assert stage.limit is not None
    return exact(run.used.limits.get(stage.limit, run.used.paid.get(stage.fund, ZERO)))


def _own_part_step(run: Run, stage: OnOwnPart, threshold: Figure, before: Exact, base: Exact) -> None:
    formula = run.words("formula.own-part", base=grouped(to_fen(base)), before=grouped(to_fen(before)),
                        threshold=grouped(threshold.value))
    over = max(0, before + base - exact(threshold.value))
    run.step(run.words("step.own-part", what=stage.label), formula, to_fen(min(over, base)), threshold)


def _own_bands(
    run: Run, stage: OnOwnPart, threshold: Figure | None, start: Exact, end: Exact
) -> list[tuple[str, Figure, Exact, Exact]]:
    """Split the own part between ``start`` and ``end`` over the bands: label, share, cost covered, payment."""
    floor = exact(threshold.value) if threshold is not None else 0
    offset = floor if stage.origin == "threshold" else 0
    reached = max(start, floor)
    found = []
    for band in stage.bands:
        if reached >= end:
            break
        edge = run.edge(band.upto)
        upto = end if edge is None else min(end, exact(edge.value) + offset)
        if upto <= reached:
            continue
        share = run.figure(band.share)
        found.append((band.label, share, upto - reached, times(upto - reached, share.value)))
        reached = upto
    return found


def limit_used_after(run: Run, limit: Limit) -> Decimal:
    """Return what of a limit is used after this bill, 元, once the fund lines are rounded."""
    before = run.used_before(limit)
    if limit.measures != "payment":
        return to_fen(before + run.cost_within(limit))
    funds = run.limited_funds.get(limit.amount)
    if funds is None:
        return to_fen(before + run.drugs_paid.get(limit.amount, 0))
    return to_fen(before) + sum((run.amount(fund) for fund in funds), ZERO)
