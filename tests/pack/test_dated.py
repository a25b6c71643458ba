"""A figure is looked up by day and circumstance: one answer, or a plain gap. Never a neighbour's value."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao_desktop.errors import NoValueAtDate
from yibao_desktop.pack.benefits import Dated, Parameter, Row
from yibao_desktop.pack.dated import Circumstance, Figure, Missing, conditions, entry_on, look_up, overlapping, untold

VISIT = Circumstance(visit="outpatient")


def entry(start: date, *rows: Row, **more: object) -> Dated:
    return Dated(from_=start, rows=rows, sources=("doc",), checked=date(2026, 1, 1), **more)


def parameter(*entries: Dated) -> Parameter:
    return Parameter(id="a", label="起付线", unit="yuan", dated=entries)


def table(*rows: Row) -> Parameter:
    return parameter(entry(date(2020, 1, 1), *rows))


def row(value: int | str, **when: object) -> Row:
    return Row(value=Decimal(value), **when)


def value_of(found: Figure | Missing) -> Decimal:
    assert isinstance(found, Figure), found
    return found.value


# --- days

ENTRIES = (entry(date(2023, 1, 1), row(100)), entry(date(2025, 7, 1), row(300)), entry(date(2024, 1, 1), row(200)))


@pytest.mark.parametrize(
    ("on", "value"),
    [
        (date(2023, 1, 1), 100),
        (date(2023, 12, 31), 100),
        (date(2024, 1, 1), 200),
        (date(2025, 6, 30), 200),
        (date(2025, 7, 1), 300),
        (date(2099, 1, 1), 300),
    ],
)
def test_the_entry_in_force_is_the_last_one_begun_whatever_their_order(on, value):
    assert entry_on(ENTRIES, on, "起付线").rows[0].value == value


def test_before_the_first_entry_nothing_is_known():
    with pytest.raises(NoValueAtDate, match="起付线") as caught:
        entry_on(ENTRIES, date(2022, 12, 31), "起付线")
    assert "2022-12-31" in str(caught.value)


@given(st.lists(st.dates(date(2000, 1, 1), date(2050, 1, 1)), min_size=1, unique=True), st.dates(date(1999, 1, 1)))
def test_no_entry_speaks_for_a_day_before_it_began(starts, on):
    entries = [entry(start, row(1)) for start in starts]
    begun = [start for start in starts if start <= on]
    if begun:
        assert entry_on(entries, on, "x").from_ == max(begun)
    else:
        with pytest.raises(NoValueAtDate):
            entry_on(entries, on, "x")


def test_a_day_before_the_first_entry_is_a_gap_and_not_an_error_for_the_reader():
    found = look_up(parameter(*ENTRIES), date(2022, 1, 1), VISIT)
    assert isinstance(found, Missing)
    assert "起付线" in found.reason
    assert found.not_told == ()


def test_a_stated_gap_ends_what_was_known_and_says_who_knows():
    gap = entry(date(2025, 1, 1), unknown="新办法没有查到。", who="市医保局")
    figures = parameter(entry(date(2024, 1, 1), row(100)), gap)
    assert value_of(look_up(figures, date(2024, 12, 31), VISIT)) == 100
    found = look_up(figures, date(2025, 1, 1), VISIT)
    assert (found.reason, found.who) == ("新办法没有查到。", "市医保局")


# --- circumstances

LEVELS = table(
    row(300, status="active", level=("tertiary", "tertiary-top")),
    row(150, status="active", level="primary"),
    row(100, status="retired"),
)


@pytest.mark.parametrize(
    ("circumstance", "value"),
    [
        (Circumstance(visit="outpatient", status="active", level="tertiary"), 300),
        (Circumstance(visit="outpatient", status="active", level="tertiary-top"), 300),
        (Circumstance(visit="outpatient", status="active", level="primary"), 150),
        (Circumstance(visit="outpatient", status="retired", level="primary"), 100),
        (Circumstance(visit="outpatient", status="retired"), 100),
    ],
)
def test_exactly_the_row_of_the_circumstance_is_found(circumstance, value):
    assert value_of(look_up(LEVELS, date(2024, 1, 1), circumstance)) == value


def test_a_circumstance_without_a_row_is_a_gap():
    found = look_up(LEVELS, date(2024, 1, 1), Circumstance(visit="outpatient", status="active", level="secondary"))
    assert isinstance(found, Missing)
    assert found.reason
    assert found.not_told == ()


def test_what_the_person_has_not_told_is_named():
    found = look_up(LEVELS, date(2024, 1, 1), Circumstance(visit="outpatient", status="active"))
    assert isinstance(found, Missing)
    assert found.not_told == ("level",)
    found = look_up(LEVELS, date(2024, 1, 1), VISIT)
    assert isinstance(found, Missing)
    assert found.not_told == ("level", "status")


def test_one_possible_row_is_still_no_answer_while_its_condition_is_not_told():
    found = look_up(table(row(300, level="tertiary")), date(2024, 1, 1), VISIT)
    assert isinstance(found, Missing)
    assert found.not_told == ("level",)


def test_a_row_that_surely_applies_is_no_answer_while_another_one_might():
    found = look_up(table(row(300), row(100, status="retired")), date(2024, 1, 1), VISIT)
    assert isinstance(found, Missing)
    assert found.not_told == ("status",)


def test_two_rows_that_both_apply_are_no_answer():
    both = Circumstance(visit="outpatient", status="retired")
    assert isinstance(look_up(table(row(300), row(100, status="retired")), date(2024, 1, 1), both), Missing)


@pytest.mark.parametrize(("age", "value"), [(0, 300), (69, 300), (70, 150), (71, 150), (120, 150)])
def test_the_age_in_whole_years_changes_the_figure_on_the_birthday(age, value):
    figures = table(row(300, age_below=70), row(150, age_from=70))
    circumstance = Circumstance(visit="outpatient", age=age)
    assert value_of(look_up(figures, date(2024, 1, 1), circumstance)) == value


@pytest.mark.parametrize(
    ("retired_on", "value"),
    [(date(1999, 5, 1), 300), (date(2000, 12, 31), 300), (date(2001, 1, 1), 700), (date(2020, 1, 1), 700)],
)
def test_the_day_of_retirement_decides_on_both_sides_of_the_new_year(retired_on, value):
    figures = table(row(300, retired_before=date(2001, 1, 1)), row(700, retired_from=date(2001, 1, 1)))
    circumstance = Circumstance(visit="outpatient", retired_on=retired_on)
    assert value_of(look_up(figures, date(2024, 1, 1), circumstance)) == value


@pytest.mark.parametrize(("admission", "value"), [(1, 1200), (2, 960), (3, 960), (12, 960)])
def test_every_stay_after_the_first_is_a_later_one(admission, value):
    figures = table(row(1200, admission="first"), row(960, admission="later"))
    circumstance = Circumstance(visit="inpatient", admission=admission)
    assert value_of(look_up(figures, date(2024, 1, 1), circumstance)) == value


@pytest.mark.parametrize(("signed", "value"), [(True, "0.80"), (False, "0.70")])
def test_a_family_doctor_makes_the_difference_once_told(signed, value):
    figures = table(row("0.70", family_doctor=False), row("0.80", family_doctor=True))
    assert value_of(look_up(figures, date(2024, 1, 1), Circumstance(visit="outpatient", family_doctor=signed))) \
        == Decimal(value)
    untold_yet = look_up(figures, date(2024, 1, 1), VISIT)
    assert isinstance(untold_yet, Missing)
    assert untold_yet.not_told == ("family_doctor",)


def test_a_row_can_be_less_sure_than_its_entry():
    figures = parameter(entry(date(2024, 1, 1), row(1, status="active", confidence="derived"),
                              row(2, status="retired"), confidence="secondary"))
    for status, sure in (("active", "derived"), ("retired", "secondary")):
        found = look_up(figures, date(2024, 1, 1), Circumstance(visit="outpatient", status=status))
        assert isinstance(found, Figure)
        assert found.confidence == sure


# --- overlapping rows


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ({}, {}, True),
        ({"status": "active"}, {}, True),
        ({"status": "active"}, {"status": "retired"}, False),
        ({"status": "active"}, {"level": "primary"}, True),
        ({"level": ("primary", "community")}, {"level": ("community", "village")}, True),
        ({"level": ("primary", "community")}, {"level": "tertiary"}, False),
        ({"age_below": 70}, {"age_from": 70}, False),
        ({"age_below": 71}, {"age_from": 70}, True),
        ({"age_from": 60, "age_below": 70}, {"age_below": 60}, False),
        ({"age_from": 60, "age_below": 70}, {"age_from": 69}, True),
        ({"retired_before": date(2001, 1, 1)}, {"retired_from": date(2001, 1, 1)}, False),
        ({"retired_before": date(2001, 1, 2)}, {"retired_from": date(2001, 1, 1)}, True),
        ({"admission": "first"}, {"admission": "later"}, False),
        ({"admission": "first"}, {"admission_from": 2}, False),
        ({"admission": "later"}, {"admission_from": 2, "admission_below": 3}, True),
        ({"admission_from": 2, "admission_below": 3}, {"admission_from": 3}, False),
        ({"family_doctor": True}, {"family_doctor": False}, False),
        ({"family_doctor": True}, {}, True),
        ({"visit": "outpatient"}, {"visit": "inpatient"}, False),
        ({"referral": ("local", "referred")}, {"referral": "referred"}, True),
        ({"group": "minor"}, {"group": ("adult", "senior")}, False),
    ],
)
def test_rows_that_could_both_apply_are_found(first, second, overlap):
    found = overlapping([row(1, **first), row(2, **second)])
    assert found == ([(0, 1)] if overlap else [])
    assert bool(overlapping([row(2, **second), row(1, **first)])) == overlap


AGES = st.none() | st.integers(60, 75)
DAYS = st.none() | st.integers(0, 4).map(lambda days: date(2000, 12, 30) + timedelta(days=days))


@st.composite
def rows(draw: st.DrawFn) -> Row:
    age_from, retired_from = draw(AGES), draw(DAYS)
    # Ranges are real ones: they end after they begin.
    age_below = draw(st.none() | st.integers(61 if age_from is None else age_from + 1, 77))
    first_day = date(2000, 12, 31) if retired_from is None else retired_from + timedelta(days=1)
    retired_before = draw(st.none() | st.integers(0, 3).map(lambda days: first_day + timedelta(days=days)))
    return row(
        1,
        status=draw(st.sampled_from([None, "active", "retired", ("active", "retired")])),
        level=draw(st.sampled_from([None, "primary", "tertiary", ("primary", "tertiary")])),
        admission=draw(st.sampled_from([None, "first", "later"])),
        family_doctor=draw(st.sampled_from([None, True, False])),
        age_from=age_from, age_below=age_below, retired_from=retired_from, retired_before=retired_before,
    )


TOLD_AT_ALL = [
    Circumstance(visit="outpatient", status=status, level=level, admission=admission, family_doctor=doctor)
    for status, level, admission, doctor in product(
        ("active", "retired"), ("primary", "tertiary"), (1, 2), (True, False))
]


@given(rows(), rows())
def test_two_rows_overlap_exactly_when_somebody_could_meet_both(one, other):
    edges = [age for item in (one, other) for age in (item.age_from, item.age_below) if age is not None]
    days = [day for item in (one, other) for day in (item.retired_from, item.retired_before) if day is not None]
    ages = {age + step for age in edges for step in (-1, 0)} or {50}
    retired = {day + timedelta(days=step) for day in days for step in (-1, 0)} or {date(1990, 1, 1)}
    somebody = any(
        isinstance(look_up(table(one), date(2024, 1, 1), who), Figure)
        and isinstance(look_up(table(other), date(2024, 1, 1), who), Figure)
        for told, age, day in product(TOLD_AT_ALL, ages, retired)
        for who in [Circumstance(visit="outpatient", status=told.status, level=told.level, age=age, retired_on=day,
                                 admission=told.admission, family_doctor=told.family_doctor)]
    )
    assert bool(overlapping([one, other])) == somebody


@given(st.lists(rows(), max_size=4), st.sampled_from(TOLD_AT_ALL))
def test_a_found_figure_was_the_only_row_that_could_apply(candidates, told):
    found = look_up(table(*candidates), date(2024, 1, 1), told)
    if isinstance(found, Figure):
        alone = [item for item in candidates
                 if not isinstance(look_up(table(item), date(2024, 1, 1), told), Missing)]
        assert len(alone) == 1


def test_a_row_names_what_it_turns_on():
    item = row(1, age_from=70, status="retired")
    assert conditions(item) == ("status", "age")
    assert untold(item, Circumstance(visit="outpatient", status="retired")) == ("age",)
