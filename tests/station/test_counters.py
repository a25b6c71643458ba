"""Counters: fixed names, nothing small leaves the station, no wrong date destroys what is there."""

from __future__ import annotations

import csv
import io
import itertools
import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.settings import WIZARDS
from yibao_desktop.station.counters import (
    FEW,
    KEPT_DAYS,
    MOST_STEPS,
    NAMES,
    PAGES,
    UNKNOWN_DAY,
    WITHHELD,
    Counters,
    as_csv,
    as_table,
    shown_total,
)

ISSUED = date(2026, 11, 22)
TODAY = date(2027, 3, 1)


class Machine:
    """A station whose date and clock stand where a test puts them."""

    def __init__(self, file) -> None:
        self.file, self.today, self.seconds = file, TODAY, 0.0

    def start(self) -> Counters:
        return Counters(self.file, ISSUED, lambda: self.today, lambda: self.seconds)


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path / "state" / "counters.json")


def day_of(counters: Counters, day: date | str) -> dict[str, int]:
    return counters.days().get(str(day), {})


def test_what_is_counted_comes_back_at_the_next_start(machine):
    counters = machine.start()
    counters.opened("home")
    counters.opened("home")
    counters.finished("bill")
    counters.left("sharing", 3)
    counters.printed("slip")
    counters.taken_by_qr("channels")
    counters.write()
    assert day_of(machine.start(), TODAY) == {
        "opened.home": 2, "finished.bill": 1, "left.sharing.3": 1, "printed.slip": 1, "qr.channels": 1}


def test_it_writes_at_most_once_a_minute(machine):
    counters = machine.start()
    counters.opened("home")
    machine.seconds = 59
    counters.opened("home")
    assert not machine.file.exists()
    machine.seconds = 60
    counters.write_if_due()
    assert day_of(machine.start(), TODAY) == {"opened.home": 2}
    counters.opened("home")
    machine.seconds = 119
    counters.write_if_due()
    assert day_of(machine.start(), TODAY) == {"opened.home": 2}


def test_two_that_write_add_up(machine):
    one, other = machine.start(), machine.start()
    one.opened("home")
    other.opened("home")
    one.write()
    other.write()
    assert day_of(machine.start(), TODAY) == {"opened.home": 2}


@pytest.mark.parametrize("name", ["张三", "110101199003078888", "home ", "", "home.x", None, 5])
def test_nothing_but_the_fixed_names_is_counted(machine, name):
    counters = machine.start()
    for count in (counters.opened, counters.finished, counters.printed, counters.taken_by_qr):
        with pytest.raises(ValueError, match="names that are counted") as refused:
            count(name)
        assert not str(name) or str(name) not in str(refused.value)
    with pytest.raises(ValueError, match="names that are counted"):
        counters.left(name, 1)
    assert counters.days() == {}


@pytest.mark.parametrize("step", [0, -1, 1.5, "1", True, None])
def test_a_step_is_a_number_from_one_on(machine, step):
    with pytest.raises(ValueError, match="step"):
        machine.start().left("bill", step)


def test_a_late_step_is_counted_under_the_last(machine):
    counters = machine.start()
    counters.left("bill", 138001)
    assert day_of(counters, TODAY) == {f"left.bill.{MOST_STEPS}": 1}


def test_the_names_are_those_of_the_pages_and_wizards():
    assert len(NAMES) == len(set(NAMES)) == 3 * len(PAGES) + len(WIZARDS) * (1 + MOST_STEPS)


# --- dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [date(2000, 1, 1), date(1970, 1, 1), date(2099, 12, 31), ISSUED - timedelta(days=1),
                                   date(2029, 11, 23)])
def test_a_date_that_cannot_be_true_destroys_nothing(machine, wrong):
    counters = machine.start()
    for day in range(20):
        machine.today = TODAY + timedelta(days=day)
        counters.opened("home")
    counters.write()
    before = counters.days()
    machine.today = wrong
    later = machine.start()
    later.opened("home")
    later.write()
    assert machine.start().days() == {**before, UNKNOWN_DAY: {"opened.home": 1}}


@pytest.mark.parametrize("right", [ISSUED, date(2029, 11, 22)])
def test_from_the_day_of_the_pack_for_three_years_a_date_is_believed(machine, right):
    machine.today = right
    counters = machine.start()
    counters.opened("home")
    assert day_of(counters, right) == {"opened.home": 1}


def test_days_are_dropped_after_400(machine):
    counters = machine.start()
    days = [TODAY + timedelta(days=number) for number in range(KEPT_DAYS + 20)]
    for machine.today in days:
        counters.opened("home")
        counters.write()
    kept = sorted(machine.start().days())
    assert kept[0] == (days[-7] - timedelta(days=KEPT_DAYS)).isoformat()
    assert kept[-1] == days[-1].isoformat()


def test_some_days_with_a_date_years_ahead_drop_nothing(machine):
    counters = machine.start()
    for day in range(30):
        machine.today = TODAY + timedelta(days=day)
        counters.opened("home")
    for day in range(6):
        machine.today = date(2029, 6, 1) + timedelta(days=day)
        counters.opened("home")
    counters.write()
    assert len(machine.start().days()) == 36


# --- files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"days": {"2027-03-01": {"opened.home": -1}}}',
                                  b'{"days": {"2027-03-01": "x"}}', b"\x00\xff", b'{"days": {"\xff": {}}}'])
def test_a_file_that_cannot_be_understood_is_put_aside(machine, data):
    machine.file.parent.mkdir()
    machine.file.write_bytes(data)
    counters = machine.start()
    counters.opened("home")
    counters.write()
    assert day_of(machine.start(), TODAY) == {"opened.home": 1}
    assert machine.file.with_suffix(".broken").read_bytes() == data


def test_what_somebody_wrote_into_the_file_does_not_come_out(machine):
    machine.file.parent.mkdir()
    machine.file.write_text(json.dumps({"days": {
        "张三": {"opened.home": 9}, "2027-3-1": {"opened.home": 9}, "2027-02-01": {"李四": 9, "opened.home": 9}}}),
        encoding="utf-8")
    assert machine.start().days() == {"2027-02-01": {"opened.home": 9}}


# --- what leaves the station ------------------------------------------------------------------------


def table(counts: dict[str, int]) -> dict[str, int | str]:
    (day, cells), = as_table({"2027-02-28": counts}, TODAY)
    assert day == "2027-02-28"
    return cells


def test_few_is_not_told_and_none_looks_the_same():
    cells = table({"opened.home": 5, "opened.help": 4, "opened.guide": 1})
    assert cells["opened.home"] == 5
    assert cells["opened.help"] == cells["opened.guide"] == cells["opened.search"] == FEW


def test_an_opened_wizard_is_withheld_where_it_would_tell_the_few():
    # 20 opened, 17 finished: the missing three left somewhere, and nobody may know that it was three.
    assert table({"opened.bill": 20, "finished.bill": 17, "left.bill.2": 3})["opened.bill"] == WITHHELD
    # Two steps of four each: eight missing says that both are four.
    counts = {"opened.bill": 20, "finished.bill": 12, "left.bill.2": 4, "left.bill.3": 4}
    assert table(counts)["opened.bill"] == WITHHELD


def test_an_opened_wizard_is_told_where_the_few_stay_hidden():
    counts = {"opened.bill": 20, "finished.bill": 14, "left.bill.2": 3, "left.bill.3": 3}
    assert table(counts)["opened.bill"] == 20


@settings(max_examples=200, deadline=None)
@given(finished=st.integers(0, 12), left=st.lists(st.integers(0, 8), min_size=1, max_size=4))
def test_no_single_few_can_be_worked_out_from_what_is_shown(finished, left):
    """Try every set of hidden numbers that fits what is shown: each that somebody left must stay open."""
    names = ["finished.bill", *(f"left.bill.{step}" for step in range(1, len(left) + 1))]
    actual = dict(zip(names, (finished, *left), strict=True))
    cells = table({**actual, "opened.bill": finished + sum(left)})
    if not isinstance(cells["opened.bill"], int):
        return
    rest = cells["opened.bill"] - sum(cells[name] for name in names if isinstance(cells[name], int))
    hidden = [name for name in names if cells[name] == FEW]
    possible = [numbers for numbers in itertools.product(range(5), repeat=len(hidden)) if sum(numbers) == rest]
    for index, name in enumerate(hidden):
        if actual[name]:
            assert len({numbers[index] for numbers in possible}) > 1


def test_totals_say_no_more_than_the_days_shown():
    rows = as_table({"2027-02-27": {"opened.home": 7}, "2027-02-28": {"opened.home": 4}}, TODAY)
    assert shown_total(rows)["opened.home"] == 7


def test_today_is_not_exported_because_it_still_grows():
    assert as_table({TODAY.isoformat(): {"opened.home": 50}}, TODAY) == []


def test_counts_without_a_date_are_only_told_in_fives():
    (_, cells), = as_table({UNKNOWN_DAY: {"opened.home": 13, "opened.help": 4, "opened.bill": 30}}, TODAY)
    assert (cells["opened.home"], cells["opened.help"], cells["opened.bill"]) == (10, FEW, WITHHELD)


def test_the_file_opens_in_a_spreadsheet_in_chinese():
    words = Pack(CONTENT).words
    days = {"2027-02-28": {"opened.home": 12, "left.bill.2": 2, "opened.bill": 9, "finished.bill": 7},
            UNKNOWN_DAY: {"opened.home": 6}}
    data = as_csv(days, TODAY, words)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    head, day, unknown, total, rules = rows
    assert len(head) == len(day) == len(unknown) == len(total) == len(NAMES) + 1
    assert (day[0], unknown[0]) == ("2027-02-28", words("count.unknown-day"))
    home = head.index("打开 首页")
    assert (day[home], unknown[home], total[home]) == ("12", "5", "17")
    assert day[head.index("中途离开 估算账单 第 2 步")] == "<5"
    assert day[head.index("打开 估算账单")] == words("count.withheld")
    assert "<5" in rules[0]


def test_the_titles_of_the_columns_differ():
    head = next(csv.reader(io.StringIO(as_csv({}, TODAY, Pack(CONTENT).words).decode("utf-8-sig"))))
    assert len(head) == len(set(head))
