"""A year of bills: each starts where the ones before it left off. Figures worked out in comments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from town import Town

from yibao_desktop.estimate.levels import by_level
from yibao_desktop.estimate.year import YearBill, follow
from yibao_desktop.pack.cases import Bill, EstimateCase, Person, Visit, YearToDate
from yibao_desktop.pack.store import Pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Pack(Path(__file__).resolve().parents[2] / "content")


def beijing(on: str, total: str, kind: str = "outpatient", level: str = "tertiary", **more: object) -> EstimateCase:
    return EstimateCase(region="110000", on=date.fromisoformat(on), scheme="employee", person=Person(status="active"),
                        visit=Visit(kind=kind, level=level), bill=Bill(total=Decimal(total)), **more)


def paid(bills: tuple[YearBill, ...], line: str = "fund_pay_sumamt") -> list[str]:
    return [str(bill.result.amounts[line]) for bill in bills]


def test_a_yearly_deductible_is_used_up_bill_by_bill(pack):
    # 1800 a year: 1000 of it, then 800 of it and 200 × 70% = 140, then 1000 × 70% = 700
    bills = follow([beijing("2025-02-01", "1000"), beijing("2025-03-01", "1000"), beijing("2025-04-01", "1000")], pack)
    assert paid(bills) == ["0.00", "140.00", "700.00"]
    assert paid(bills, "act_pay_dedc") == ["1000.00", "800.00", "0.00"]


def test_the_order_is_that_of_settlement_not_of_entry(pack):
    # the community bill comes first: 1000 into the deductible there; then 800 and 200 × 70%
    late, early = beijing("2025-03-01", "1000"), beijing("2025-02-01", "1000", level="community")
    bills = follow([late, early], pack)
    assert [bill.case.on.month for bill in bills] == [2, 3]
    assert paid(bills) == ["0.00", "140.00"]
    # the other way round the last 200 would have been paid at 90%
    assert paid(follow([beijing("2025-02-01", "1000"), beijing("2025-03-01", "1000", level="community")], pack)) == [
        "0.00", "180.00"]


def test_a_new_benefit_year_starts_from_nothing(pack):
    bills = follow([beijing("2025-12-30", "3000"), beijing("2026-01-02", "3000")], pack)
    assert paid(bills, "act_pay_dedc") == ["1800.00", "1800.00"]


def test_a_benefit_year_that_starts_in_july(pack):
    def shanghai(on: str) -> EstimateCase:
        return EstimateCase(region="310000", on=date.fromisoformat(on), scheme="employee",
                            bill=Bill(total=Decimal(900)),
                            person=Person(status="active"), visit=Visit(kind="outpatient", level="tertiary"))

    bills = follow([shanghai("2024-12-30"), shanghai("2025-01-10"), shanghai("2025-07-01")], pack)
    assert paid(bills, "act_pay_dedc") == ["500.00", "0.00", "500.00"]


def test_stays_are_counted_and_outpatient_visits_are_not(pack):
    # deductibles 1300, then 650, whatever stands between
    bills = follow([beijing("2025-02-01", "5000", "inpatient"), beijing("2025-03-01", "500"),
                    beijing("2025-04-01", "5000", "inpatient")], pack)
    assert [bill.case.visit.admission for bill in bills] == [1, 1, 2]
    assert paid(bills, "act_pay_dedc") == ["1300.00", "500.00", "650.00"]


def test_one_limit_named_by_two_rules_is_shared(pack):
    # 上海 2025: 65 万 over 门诊 and 住院 together. The stay: (700000 − 1500) × 85% = 593725 of it. Then 门诊:
    # (200000 − 500) × 70% = 139650, but 650000 − 593725 = 56275 is left; it covers 80392.857…; the other
    # 119107.142… × 80% = 95285.71 from the 附加基金
    def shanghai(on: str, total: int, kind: str) -> EstimateCase:
        return EstimateCase(region="310000", on=date.fromisoformat(on), scheme="employee",
                            bill=Bill(total=Decimal(total)), person=Person(status="active"),
                            visit=Visit(kind=kind, level="tertiary"))

    bills = follow([shanghai("2025-08-01", 700000, "inpatient"), shanghai("2025-09-01", 200000, "outpatient")], pack)
    assert paid(bills, "hifp_pay") == ["593725.00", "56275.00"]
    assert paid(bills, "hifob_pay") == ["0.00", "95285.71"]


def test_what_was_told_of_the_year_before_the_first_bill_counts(pack):
    told = YearToDate(deductible=Decimal(1500))
    bills = follow([beijing("2025-02-01", "1000", year_to_date=told), beijing("2025-03-01", "1000")], pack)
    assert paid(bills, "act_pay_dedc") == ["300.00", "0.00"]


def test_the_first_bill_says_that_nothing_was_told(pack):
    bills = follow([beijing("2025-02-01", "1000"), beijing("2025-03-01", "1000")], pack)
    assumed = pack.words("assume.nothing-used")
    assert [assumed in bill.result.assumptions for bill in bills] == [True, False]


def test_of_what_was_told_with_a_later_bill_and_what_earlier_bills_used_the_larger_counts(pack):
    # 1500 told before the March bill may hold the 1000 of February: 300 are still due, not 1800 − 2500 nor 800
    told = YearToDate(deductible=Decimal(1500))
    bills = follow([beijing("2025-03-01", "1000", year_to_date=told), beijing("2025-02-01", "1000")], pack)
    assert paid(bills, "act_pay_dedc") == ["1000.00", "300.00"]


def test_what_counts_towards_a_yearly_fund_adds_up_over_bills(pack):
    # 大病 above 3000 of own part: each stay leaves 1000 + 50% × 3000 = 2500 to the person; the second brings
    # 2500 + 2500 − 3000 = 2000 above, 60% of it: 1200
    town = Town().deductible("1000", "stay").pays("0.5")
    town.on_own_part(("0.6", None), threshold="3000", counted="year")
    rules = town.benefits()

    def stay(day: int) -> EstimateCase:
        return EstimateCase(rules=rules, on=date(2024, 6, day), scheme="employee", bill=Bill(total=Decimal(4000)),
                            visit=Visit(kind="inpatient"))

    assert paid(follow([stay(1), stay(20)], pack), "hifmi_pay") == ["0.00", "1200.00"]


def test_a_bill_without_a_rule_stands_among_the_others(pack):
    nowhere = EstimateCase(region="130000", on=date(2025, 3, 1), scheme="employee", visit=Visit(kind="outpatient"),
                           bill=Bill(total=Decimal(100)))
    bills = follow([beijing("2025-02-01", "3000"), nowhere], pack)
    assert bills[1].result.rule is None
    assert paid(bills)[0] == "840.00"


# --- the same bill at other levels ----------------------------------------------------------------------


def test_levels_stand_side_by_side_lowest_first(pack):
    # (5000 − 1300) × 90%, 87%, 85%
    outcomes = by_level(beijing("2025-02-01", "5000", "inpatient"), pack)
    assert [(one.level, str(one.result.amounts["hifp_pay"])) for one in outcomes] == [
        ("primary", "3330.00"), ("secondary", "3219.00"), ("tertiary", "3145.00")]


def test_where_the_level_makes_no_difference_there_is_nothing_to_compare(pack):
    stay = EstimateCase(region="310000", on=date(2025, 8, 1), scheme="employee", bill=Bill(total=Decimal(5000)),
                        person=Person(status="active"), visit=Visit(kind="inpatient", level="tertiary"))
    assert by_level(stay, pack) == ()
    nowhere = EstimateCase(region="130000", on=date(2025, 3, 1), scheme="employee", visit=Visit(kind="outpatient"),
                           bill=Bill(total=Decimal(100)))
    assert by_level(nowhere, pack) == ()
