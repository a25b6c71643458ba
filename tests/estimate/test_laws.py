"""Laws that hold for every bill under every rule an author may write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from invented import (
    DAY,
    FEN,
    Town,
    assert_sums,
    bills,
    known_lines,
    nothing,
    quick,
    result_of,
    run,
    situations,
    small_fens,
    towns,
    wholes,
    with_more,
)

from yibao_desktop.pack.benefits import (
    Bands,
    BenefitsFile,
    Dated,
    Deductible,
    OnOwnPart,
    Parameter,
    Reading,
    Row,
    figures_of,
)
from yibao_desktop.pack.cases import Accounts, Bill, YearToDate
from yibao_desktop.pack.rule_faults import rule_faults
from yibao_desktop.pack.schema import FUNDS


@quick
@given(towns() | towns(whole=True) | towns(whole=True, over_the_year=True))
def test_the_generated_rules_are_ones_an_author_may_write(town):
    too_large = [fault for fault in rule_faults(town.rules) if fault.code != "value-range"]
    assert too_large == []
    small = all(row.value < 10**8 for parameter in town.rules.parameters for row in parameter.dated[0].rows)
    assert not small or list(rule_faults(town.rules)) == []


# --- one bill ---------------------------------------------------------------------------------------


@settings(quick, max_examples=250)
@given(situations())
def test_the_lines_of_a_bill_add_up(at):
    assert_sums(run(at.town, at.bill, at.used, at.accounts), at.town.rule, at.accounts)


def may_pay_less_for_more(town: Town) -> bool:
    """Whether a fund may pay less on a larger bill, and rightly.

    A deductible that is a share of the bill grows with it. Where bands are counted from zero, or a limit counts the
    deductible as cost, the far end of what a fund pays on stands still while the near end moves on: once the end is
    reached, more cost means less payment. Counted from the threshold the far end moves with the near one.
    """
    ends = any(stage.origin == "zero" for stage in town.stages(Bands)) or any(
        limit.measures == "expense" for band in town.bands for limit in band.limits)
    return town.deductible_is_a_share and ends


@quick
@given(situations(whole=True), wholes)
def test_more_in_scope_cost_never_lowers_what_a_fund_pays(at, more):
    # Nothing is rounded here, so the law is exact.
    assume(not may_pay_less_for_more(at.town))
    before, after = run(at.town, at.bill), run(at.town, with_more(at.bill, more))
    assert all(after[fund] >= before[fund] for fund in FUNDS)
    assert after["act_pay_dedc"] >= before["act_pay_dedc"]


@quick
@given(situations(), small_fens)
def test_more_in_scope_cost_lowers_what_a_fund_pays_by_giving_way_at_most(at, more):
    # Each fund's exact payment rises with the cost, and rounding half-up keeps an order. Only where all lines together
    # would come to more than there is does a later line give way: by what the lines up to it are rounded up, which is
    # half a fen each at most, so n lines bring n // 2 whole fens. One fund alone never gives way.
    assume(not may_pay_less_for_more(at.town))
    before = run(at.town, at.bill, at.used, at.accounts)
    after = run(at.town, with_more(at.bill, more), at.used, at.accounts)
    gives_way = len(at.town.funds) // 2 * FEN
    assert all(after[fund] >= before[fund] - gives_way for fund in FUNDS)
    assert after["act_pay_dedc"] >= before["act_pay_dedc"]


@quick
@given(situations(), small_fens, st.sampled_from(("self_funded", "over_limit", "first_pay")))
def test_more_cost_out_of_scope_is_the_persons_alone(at, more, part):
    # Not where the deductible is a share of the whole bill, nor for 先行自付 where a fund pays on it.
    assume(not any(stage.share and stage.share_of == "total" for stage in at.town.stages(Deductible)))
    assume(part != "first_pay" or not at.town.counts("first-pay"))
    before, after = run(at.town, at.bill, at.used), run(at.town, with_more(at.bill, more, part), at.used)
    assert after["psn_part_amt"] == before["psn_part_amt"] + more
    assert all(after[fund] == before[fund] for fund in FUNDS)


@quick
@given(situations(whole=True), wholes, st.sampled_from(("", "self_funded", "over_limit", "first_pay")))
def test_more_cost_never_lowers_the_personal_part(at, more, part):
    # Nothing is rounded, so the law is exact.
    before, after = run(at.town, at.bill), run(at.town, with_more(at.bill, more, part))
    assert after["psn_part_amt"] >= before["psn_part_amt"]
    # All funds together pay no less for more, unless a growing deductible pushes them against an end or grows with
    # what is out of scope.
    if not at.town.deductible_is_a_share:
        assert after["psn_part_amt"] - before["psn_part_amt"] <= more


@quick
@given(situations(), small_fens, st.sampled_from(("", "self_funded", "over_limit", "first_pay")))
def test_more_cost_lowers_the_personal_part_by_rounding_at_most(at, more, part):
    # Exactly, the personal part cannot fall, as funds pay at most all of the additional cost. A fund line is less than
    # half a fen too low before and at most half a fen too high after, which is less than a fen a line: so n lines bring
    # less than n fens, and as it is whole fens, n − 1 at most.
    before = run(at.town, at.bill, at.used, at.accounts)
    after = run(at.town, with_more(at.bill, more, part), at.used, at.accounts)
    assert after["psn_part_amt"] >= before["psn_part_amt"] - (len(at.town.funds) - 1) * FEN


# --- rounding ---------------------------------------------------------------------------------------


LARGER = 10**9


def enlarged(value: Any) -> Any:
    return value * LARGER if isinstance(value, Decimal) else {name: item * LARGER for name, item in value.items()}


def enlarged_record(record: Any) -> Any:
    changes = {name: enlarged(value) for name in record.__struct_fields__
               if isinstance(value := getattr(record, name), Decimal | dict)}
    return msgspec.structs.replace(record, **changes)


def enlarged_town(town: Town) -> Town:
    """The same rules with every 元 amount larger; shares stay."""
    parameters = []
    for parameter in town.rules.parameters:
        (entry,) = parameter.dated
        if parameter.unit == "yuan":
            entry = msgspec.structs.replace(entry, rows=tuple(enlarged_record(row) for row in entry.rows))
        parameters.append(msgspec.structs.replace(parameter, dated=(entry,)))
    return replace(town, rules=msgspec.structs.replace(town.rules, parameters=tuple(parameters)))


@settings(quick, max_examples=200)
@given(situations())
def test_a_fund_line_is_rounded_half_up_once_and_the_rest_is_the_persons(at):
    # A thousand million times everything is the same calculation with nine more digits before it is rounded. Not so
    # where an earlier line of the person's is a rounded share itself: 先行自付 away from home, a share of the bill.
    assume(not at.town.prepays and not at.town.deductible_is_a_share)
    small = run(at.town, at.bill, at.used)
    fine = run(enlarged_town(at.town), enlarged_record(at.bill), at.used and enlarged_record(at.used))
    rounded = {fund: (fine[fund] / LARGER).quantize(FEN, rounding=ROUND_HALF_UP) for fund in FUNDS}
    # A later line may have given way where all are used up.
    assert all(small[fund] <= rounded[fund] for fund in FUNDS)
    short = sum(rounded.values()) - sum(small[fund] for fund in FUNDS)
    assert short <= len(at.town.funds) // 2 * FEN
    first = next(fund for fund in FUNDS if fund in at.town.funds)
    if first not in {stage.fund for stage in at.town.further}:
        assert small[first] == rounded[first]
    open_ = fine["inscp_scp_amt"] - fine["act_pay_dedc"] - sum(fine[fund] for fund in FUNDS)
    if open_ / LARGER >= len(at.town.funds) * FEN:
        assert short == 0
    assert small["psn_part_amt"] == at.bill.total - sum(small[fund] for fund in FUNDS)


# --- a year of bills --------------------------------------------------------------------------------


ADDED = ("act_pay_dedc", "preselfpay_amt", "inscp_scp_amt", *FUNDS, "fund_pay_sumamt", "psn_part_amt")


@settings(quick, max_examples=200)
@given(towns(whole=True, over_the_year=True), st.lists(bills(wholes, nothing | wholes), min_size=1, max_size=4), wholes)
def test_a_years_cost_may_come_in_one_bill_or_in_several(town, parts, this_year):
    def money(left: Decimal) -> Accounts:
        return Accounts(own_current_year=left)

    together = Bill(**{name: sum((getattr(bill, name) for bill in parts), Decimal(0))
                       for name in Bill.__struct_fields__})
    whole = result_of(town, together, YearToDate(), money(this_year))
    year, totals = YearToDate(), dict.fromkeys(ADDED, Decimal(0))
    for bill in parts:
        result = result_of(town, bill, year, money(this_year))
        for name in ADDED:
            totals[name] += result.amounts[name]
        this_year -= result.amounts["acct_pay"]
        year = result.standing.next
    assert totals == {name: whole.amounts[name] for name in ADDED}
    # So is what the next bill starts from, and what 大病 would bring at the end of the year.
    assert year == whole.standing.next
    assert [left.pays_at_year_end for left in result.standing.left if left.kind == "own-part"] == [
        left.pays_at_year_end for left in whole.standing.left if left.kind == "own-part"]


# --- what is not known ------------------------------------------------------------------------------


def replaced(town: Town, parameter: Parameter, entry: Dated, **rule: Any) -> Town:
    changed = msgspec.structs.replace(parameter, dated=(entry,))
    parameters = tuple(changed if other is parameter else other for other in town.rules.parameters)
    rules = (msgspec.structs.replace(town.rule, **rule),)
    return replace(town, rules=BenefitsFile(parameters=parameters, rules=rules))


@settings(quick, max_examples=250)
@given(situations(), st.data())
def test_what_is_not_known_leaves_lines_open_and_never_changes_one(at, data):
    known = run(at.town, at.bill, at.used, at.accounts)
    parameter = data.draw(st.sampled_from(at.town.rules.parameters))
    entry = Dated(from_=date(2020, 1, 1), unknown="没有查到。", who="医保局", sources=("s",), checked=DAY)
    result = result_of(replaced(at.town, parameter, entry), at.bill, at.used, at.accounts)
    if not result.unknown:
        # The figure did not matter.
        assert known_lines(result) == known
        return
    (gap,) = result.unknown
    assert (gap.id, gap.who) == (parameter.id, "医保局")
    if not gap.stops:
        if parameter.id in {limit.amount for limit in at.town.limits}:
            # A limit is taken as not reached, and that is said.
            assert any(gap.label in text for text in result.assumptions)
        else:
            # What a fund pays at the end of the year is in no line.
            assert parameter.id in {id_ for stage in at.town.stages(OnOwnPart) if stage.paid == "year-end"
                                    for _, id_ in figures_of(stage)}
            assert known_lines(result) == known
        return
    assert result.standing is None
    assert {result.amounts[name] for name in ("fund_pay_sumamt", "psn_part_amt", "acct_pay", "psn_cash_pay")} == {None}
    assert known_lines(result).items() <= known.items()


@quick
@given(situations(), st.data())
def test_a_figure_that_can_be_read_in_two_ways_gives_the_range_of_both(at, data):
    parameter = data.draw(st.sampled_from(at.town.rules.parameters))
    (row,) = parameter.dated[0].rows
    lower = (row.value / 2).quantize(FEN)

    def rows(*rows: Row) -> Dated:
        return msgspec.structs.replace(parameter.dated[0], rows=rows)

    one = run(at.town, at.bill, at.used, at.accounts)
    other = run(replaced(at.town, parameter, rows(Row(value=lower))), at.bill, at.used, at.accounts)
    readings = tuple(Reading(id=id_, label=id_, text=id_, sources=("s",), checked=DAY) for id_ in ("a", "b"))
    two = rows(Row(value=row.value, reading="a"), Row(value=lower, reading="b"))
    result = result_of(replaced(at.town, parameter, two, readings=readings), at.bill, at.used, at.accounts)
    assert known_lines(result) == one
    assert [outcome.amounts for outcome in result.readings] == ([one, other] if one != other else [])
    for name in one:
        assert result.between(name) == (min(one[name], other[name]), max(one[name], other[name]))
