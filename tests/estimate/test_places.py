"""Spot checks of the shipped places, worked out by hand from the published figures in each place's benefits.yaml."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.pack.cases import Accounts, Bill, EstimateCase, Person, Visit, YearToDate
from yibao_desktop.pack.store import Pack

BEIJING, SHANGHAI, DALIAN, GUANGZHOU, HEBEI = "110000", "310000", "210200", "440100", "130000"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Pack(Path(__file__).resolve().parents[2] / "content")


def bill(pack: Pack, region: str, on: str, total: str, kind: str, level: str, *, scheme: str = "employee",
         admission: int = 1, referral: str = "local", paid: dict[str, str] | None = None, deductible: str = "0",
         own: str = "0", year: str = "0", **person: Any) -> Estimate:
    """A bill wholly in scope; nothing used in the year but what is told."""
    if scheme == "employee":
        person.setdefault("status", "active")
    return estimate(EstimateCase(
        region=region, on=date.fromisoformat(on), scheme=scheme, person=Person(**person),
        visit=Visit(kind=kind, level=level, admission=admission, referral=referral), bill=Bill(total=Decimal(total)),
        year_to_date=YearToDate(deductible=Decimal(deductible),
                                paid={fund: Decimal(amount) for fund, amount in (paid or {}).items()}),
        accounts=Accounts(own=Decimal(own), own_current_year=Decimal(year)),
    ), pack)


def lines(result: Estimate, *names: str) -> tuple[str | None, ...]:
    return tuple(None if (amount := result.amounts[name]) is None else str(amount) for name in names)


# --- 北京 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("person", "large", "supplement", "personal"), [
    # 在职: 40000 − 1800 = 38200. 大额 70% until it has paid 20000: on 28571.4285…;
    # the other 9628.5714… × 60% = 5777.1428…
    ({"status": "active"}, "25777.14", "0.00", "14222.86"),
    # 退休 69: 40000 − 1300 = 38700. 28571.4285… × (70% + 15%): 20000 and 4285.7142…;
    # 10128.5714… × (60% + 20%): 6077.1428… and 2025.7142…. 大额 26077.1428…, 统一补充 6311.4285…
    ({"status": "retired", "age": 69}, "26077.14", "6311.43", "7611.43"),
    # 退休 70: 25000 × (80% + 10%): 20000 and 2500; 13700 × (60% + 20%): 8220 and 2740
    ({"status": "retired", "age": 70}, "28220.00", "5240.00", "6540.00"),
])
def test_beijing_outpatient_over_the_20000_the_large_fund_has_paid(pack, person, large, supplement, personal):
    result = bill(pack, BEIJING, "2025-05-20", "40000", "outpatient", "tertiary", **person)
    assert lines(result, "hifob_pay", "oth_pay", "psn_part_amt") == (large, supplement, personal)
    assert lines(result, "hifp_pay") == ("0.00",)


def test_beijing_outpatient_carries_the_boundary_over_the_year(pack):
    # deductible used; 大额 has paid 19300: 700 more on 1000 at 70%, then 2000 × 60% = 1200; together 1900
    result = bill(pack, BEIJING, "2025-11-20", "3000", "outpatient", "secondary", deductible="1800",
                  paid={"hifob_pay": "19300"})
    assert lines(result, "act_pay_dedc", "hifob_pay", "psn_part_amt") == ("0.00", "1900.00", "1100.00")


@pytest.mark.parametrize(("referral", "pays"), [
    # 社区 in Beijing: (2800 − 1800) × 90%; filed elsewhere it is the hospital's 70%
    ("local", "900.00"), ("filed-long-term", "700.00"),
])
def test_beijing_community_share_is_for_beijing_only(pack, referral, pays):
    result = bill(pack, BEIJING, "2025-05-20", "2800", "outpatient", "community", referral=referral)
    assert lines(result, "hifob_pay") == (pays,)


@pytest.mark.parametrize(("admission", "total", "pool"), [
    # second stay, up to 30000: (30000 − 650) × 85%
    (2, "30000", "24947.50"),
    # one 元 over 30000: + 1 × 90%
    (2, "30001", "24948.40"),
    # first stay 45000: 28700 × 85% = 24395; 10000 × 90% = 9000; 5000 × 95% = 4750
    (1, "45000", "38145.00"),
    # exactly 40000: 24395 + 9000
    (1, "40000", "33395.00"),
])
def test_beijing_inpatient_over_30000_and_40000(pack, admission, total, pool):
    result = bill(pack, BEIJING, "2025-05-20", total, "inpatient", "tertiary", admission=admission)
    assert lines(result, "hifp_pay", "oth_pay") == (pool, "0.00")


def test_beijing_inpatient_retired_pool_and_supplement_make_the_printed_share(pack):
    # 二级, 45000: 28700 × 92.2% = 26461.40 and × 3.9% = 1119.30; 10000 × 95.2% = 9520 and × 2.4% = 240;
    # 5000 × 98.2% = 4910 and × 0.9% = 45. Printed 96.1%, 97.6%, 99.1%: 27580.70 + 9760 + 4955 = 42295.70
    result = bill(pack, BEIJING, "2025-05-20", "45000", "inpatient", "secondary", status="retired", age=66)
    assert lines(result, "hifp_pay", "oth_pay", "fund_pay_sumamt", "psn_part_amt") == (
        "40891.40", "1404.30", "42295.70", "2704.30")


@pytest.mark.parametrize(("level", "pays"), [
    # (10000 − 800) × 78%, (10000 − 1300) × 78%, (10000 − 1300) × 75%
    ("secondary", "7176.00"), ("tertiary-district", "6786.00"), ("tertiary", "6525.00"),
])
def test_beijing_resident_district_hospitals_pay_as_second_level(pack, level, pays):
    result = bill(pack, BEIJING, "2025-05-20", "10000", "inpatient", level, scheme="resident", group="adult")
    assert lines(result, "hifp_pay") == (pays,)


def test_beijing_before_2023_is_not_guessed(pack):
    result = bill(pack, BEIJING, "2022-12-31", "10000", "outpatient", "tertiary")
    assert (result.rule, result.unknown[0].known_on) == (None, date(2023, 1, 1))


# --- 上海 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("retired_on", "dedc", "pool", "personal", "cash"), [
    # retired before 2001, 二级, 1000: current-year account 300 → 700; 自负段 200 → 500 × 85% = 425; 575 are the
    # person's: 300 paid already, 100 from earlier years' balance, 175 cash
    (date(2000, 12, 31), "200.00", "425.00", "575.00", "175.00"),
    # retired from 2001: 300 → 700; 自负段 300 → 400 × 80% = 320; 680 − 300 − 100 = 280 cash
    (date(2001, 1, 1), "300.00", "320.00", "680.00", "280.00"),
])
def test_shanghai_retired_before_or_after_2001(pack, retired_on, dedc, pool, personal, cash):
    result = bill(pack, SHANGHAI, "2024-08-10", "1000", "outpatient", "secondary", status="retired",
                  retired_on=retired_on, own="100", year="300")
    assert lines(result, "act_pay_dedc", "hifp_pay", "psn_part_amt", "acct_pay", "psn_cash_pay") == (
        dedc, pool, personal, "400.00", cash)


@pytest.mark.parametrize(("on", "pool", "above"), [
    # paid 609000. To 2024-06-30 the limit is 610000: 1000 on 1176.4705…; 8823.5294… × 80% = 7058.8235…
    ("2024-06-30", "1000.00", "7058.82"),
    # from 2024-07-01 it is 630000: 10000 × 85%
    ("2024-07-01", "8500.00", "0.00"),
])
def test_shanghai_year_turns_on_the_first_of_july(pack, on, pool, above):
    result = bill(pack, SHANGHAI, on, "10000", "inpatient", "tertiary", deductible="1500", paid={"hifp_pay": "609000"})
    assert lines(result, "hifp_pay", "hifob_pay") == (pool, above)


def test_shanghai_inpatient_leaves_the_current_year_account_alone(pack):
    # (11500 − 1500) × 85% = 8500; 3000 are the person's: 1000 from earlier years' balance, none of the 600
    result = bill(pack, SHANGHAI, "2025-08-10", "11500", "inpatient", "tertiary", own="1000", year="600")
    assert lines(result, "hifp_pay", "acct_pay", "psn_cash_pay") == ("8500.00", "1000.00", "2000.00")


@pytest.mark.parametrize("kind", ["outpatient", "inpatient"])
def test_shanghai_from_july_2026_is_not_known_and_says_who_and_when_it_was(pack, kind):
    result = bill(pack, SHANGHAI, "2026-08-01", "1000", kind, "tertiary")
    gap = result.unknown[0]
    assert (result.rule, gap.stops, gap.known_on) == (None, True, date(2026, 6, 30))
    assert gap.who is not None
    assert "12393" in gap.who
    assert lines(result, "medfee_sumamt", "inscp_scp_amt", "hifp_pay", "psn_cash_pay") == (
        "1000.00", "1000.00", None, None)
    assert bill(pack, SHANGHAI, "2026-06-30", "1000", kind, "tertiary").complete


# --- 大连 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "paid", "deductible", "total", "pays"), [
    # 特三级: (2600 − 600) × 50%, retired 55%
    ("active", "0", "0", "2600", "1000.00"),
    ("retired", "0", "0", "2600", "1100.00"),
    # 11500 paid of 12000: 500 left of 2000 × 50%
    ("active", "11500", "600", "2000", "500.00"),
])
def test_dalian_outpatient_at_a_top_hospital(pack, status, paid, deductible, total, pays):
    result = bill(pack, DALIAN, "2024-06-01", total, "outpatient", "tertiary-top", status=status,
                  deductible=deductible, paid={"hifp_pay": paid})
    assert lines(result, "hifp_pay") == (pays,)


@pytest.mark.parametrize(("person", "admission", "pays"), [
    # 特三级, 11200: (11200 − 1200) × 85%; second stay (11200 − 960) × 85%
    ({"status": "active"}, 1, "8500.00"), ({"status": "active"}, 2, "8704.00"),
    # retired 69: (11200 − 1200) × 92.5%; retired 70 half the deductible, every time: (11200 − 600) × 92.5%
    ({"status": "retired", "age": 69}, 1, "9250.00"),
    ({"status": "retired", "age": 70}, 1, "9805.00"), ({"status": "retired", "age": 70}, 2, "9805.00"),
])
def test_dalian_inpatient_at_a_top_hospital(pack, person, admission, pays):
    result = bill(pack, DALIAN, "2024-06-01", "11200", "inpatient", "tertiary-top", admission=admission, **person)
    assert lines(result, "hifp_pay") == (pays,)


def test_dalian_above_the_pool_limit_is_open_because_the_large_share_is_unknown(pack):
    # 250000 fills with 294117.6470… of cost at 85%; deductible 1200
    inside = bill(pack, DALIAN, "2024-06-01", "295317.64", "inpatient", "tertiary-top")
    assert lines(inside, "hifp_pay") == ("249999.99",)
    beyond = bill(pack, DALIAN, "2024-06-01", "295317.66", "inpatient", "tertiary-top")
    assert lines(beyond, "hifp_pay", "psn_cash_pay") == (None, None)
    assert [(gap.id, gap.stops) for gap in beyond.unknown] == [("dl-emp-ip-share-large", True)]


@pytest.mark.parametrize(("group", "referral", "pays"), [
    # 特三级, 11500: adults (11500 − 1200) × 65%; children (11500 − 300) × 75%
    ("adult", "local", "6695.00"), ("minor", "local", "8400.00"),
    # referred to another place: adults (11500 − 1500) × 55%; children (11500 − 750) × 70%
    ("adult", "referred", "5500.00"), ("minor", "referred", "7525.00"),
])
def test_dalian_residents_at_home_and_referred(pack, group, referral, pays):
    result = bill(pack, DALIAN, "2024-06-01", "11500", "inpatient", "tertiary-top", scheme="resident", group=group,
                  referral=referral)
    assert lines(result, "hifp_pay") == (pays,)


def test_dalian_unfiled_elsewhere_is_not_guessed(pack):
    result = bill(pack, DALIAN, "2024-06-01", "11500", "inpatient", "tertiary", scheme="resident", group="adult",
                  referral="unfiled")
    assert [(gap.id, gap.stops) for gap in result.unknown] == [("dl-resident-inpatient.referral", True)]


# --- 广州 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "on", "paid", "pays"), [
    # 2025: limit 7916 for those in service, 11082 for the retired; 65% and 70% of 1000, or what is left
    ("active", "2025-06-01", "0", "650.00"), ("active", "2025-06-01", "7800", "116.00"),
    ("retired", "2025-06-01", "10663", "419.00"),
    # 2024: limit 10663
    ("retired", "2024-06-01", "10663", "0.00"),
])
def test_guangzhou_outpatient_has_no_deductible_and_a_limit_by_year(pack, status, on, paid, pays):
    result = bill(pack, GUANGZHOU, on, "1000", "outpatient", "tertiary", status=status, paid={"hifp_pay": paid})
    assert lines(result, "act_pay_dedc", "hifp_pay") == ("0.00", pays)
    assert result.unknown == ()


@pytest.mark.parametrize(("kind", "total", "pays", "ids"), [
    # 1000 × 65%
    ("outpatient", "1000", "650.00", ["gz-emp-op-cap"]),
    # (21000 − 1000) × 80%
    ("inpatient", "21000", "16000.00", ["gz-emp-cap"]),
])
def test_guangzhou_2026_limit_is_not_known_so_it_is_taken_as_not_reached(pack, kind, total, pays, ids):
    result = bill(pack, GUANGZHOU, "2026-06-01", total, kind, "tertiary")
    assert result.complete
    assert lines(result, "hifp_pay") == (pays,)
    assert [(gap.id, gap.stops) for gap in result.unknown] == [(id_, False) for id_ in ids]
    assert result.unknown[0].who is not None
    assert "12393" in result.unknown[0].who
    assert any(result.unknown[0].label in text for text in result.assumptions)


@pytest.mark.parametrize(("status", "level", "pays"), [
    # (11000 − 1000) × 80% and 86%; (11000 − 500) × 85%; (11000 − 250) × 93% = 9997.50
    ("active", "tertiary", "8000.00"), ("retired", "tertiary", "8600.00"), ("active", "secondary", "8925.00"),
    ("retired", "primary", "9997.50"),
])
def test_guangzhou_inpatient_by_level(pack, status, level, pays):
    result = bill(pack, GUANGZHOU, "2025-06-01", "11000", "inpatient", level, status=status)
    assert lines(result, "hifp_pay") == (pays,)


# --- where there are no figures ---------------------------------------------------------------------


@pytest.mark.parametrize("region", [HEBEI, "130100", "650100", "210000"])
@pytest.mark.parametrize("kind", ["outpatient", "inpatient"])
def test_places_without_figures_get_no_estimate_and_a_place_to_ask(pack, region, kind):
    result = bill(pack, region, "2025-06-01", "1000", kind, "tertiary")
    assert (result.rule, result.spoken_by) == (None, None)
    assert lines(result, "medfee_sumamt", "inscp_scp_amt", "hifp_pay", "psn_part_amt") == (
        "1000.00", "1000.00", None, None)
    assert result.unknown[0].who == pack.words("who.local-office")
    assert pack.place(region).name in result.unknown[0].reason


@pytest.mark.parametrize(("region", "kind"), [
    *((region, "chronic") for region in (BEIJING, SHANGHAI, DALIAN, GUANGZHOU)),
    *((region, "pharmacy") for region in (BEIJING, DALIAN, GUANGZHOU)),
])
def test_kinds_of_visit_without_a_rule_are_not_estimated_by_another_kinds_rule(pack, region, kind):
    assert bill(pack, region, "2025-06-01", "1000", kind, "tertiary").rule is None
