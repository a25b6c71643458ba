"""Care away from home, in a pharmacy, and of people in special circumstances."""

from __future__ import annotations

from town import Town, lines

from yibao_desktop.pack.benefits import Row
from yibao_desktop.pack.cases import Person, Visit

AWAY = Visit(kind="inpatient", referral="unfiled")
BOTH = ("local", "unfiled")


def test_points_come_off_the_share_and_only_away_from_home(pack):
    town = Town(referrals=BOTH).deductible("500").remote("points", "0.2").pays("0.9")
    # home 1000 − 500 = 500 × 90% = 450; away 500 × (90% − 20%) = 350
    assert lines(town.on(pack, "1000"), "hifp_pay", "psn_part_amt") == ("450.00", "550.00")
    assert lines(town.on(pack, "1000", visit=AWAY), "hifp_pay", "psn_part_amt") == ("350.00", "650.00")


def test_a_factor_multiplies_the_share(pack):
    town = Town(referrals=BOTH).deductible("500").remote("factor", "0.8").pays("0.9")
    # 500 × 90% × 80% = 360, where 20 points would give 350
    assert lines(town.on(pack, "1000", visit=AWAY), "hifp_pay") == ("360.00",)


def test_a_first_payment_comes_before_the_deductible_and_is_the_persons(pack):
    town = Town(referrals=BOTH).remote("prepay", "0.1").deductible("500").pays("0.9")
    # 1000 × 10% = 100 first; 900 − 500 = 400 × 90% = 360; the person bears 640
    result = town.on(pack, "1000", visit=AWAY, first_pay="0")
    assert lines(result, "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc", "hifp_pay", "psn_part_amt") == (
        "100.00", "900.00", "500.00", "360.00", "640.00")
    assert lines(town.on(pack, "1000"), "preselfpay_amt", "hifp_pay") == ("0.00", "450.00")


def test_points_above_the_share_leave_nothing_and_never_less(pack):
    result = Town(referrals=BOTH).remote("points", "0.6").pays("0.5").on(pack, "1000", visit=AWAY)
    assert lines(result, "hifp_pay", "psn_part_amt") == ("0.00", "1000.00")


def test_a_ceiling_holds_away_from_home_too(pack):
    town = Town(referrals=BOTH).remote("factor", "0.5").pays("0.8", paid_upto="100")
    # 1000 × 80% × 50% = 400, of which the fund pays 100
    assert lines(town.on(pack, "1000", visit=AWAY), "hifp_pay") == ("100.00",)


def test_a_cut_that_is_not_known_is_a_gap(pack):
    result = Town(referrals=BOTH).remote("points", (Row(value=Decimal("0.1"), referral="referred"),)).pays("0.9").on(
        pack, "1000", visit=AWAY)
    assert lines(result, "hifp_pay") == (None,)
    assert result.unknown[0].stops


def test_a_person_of_another_tier_is_not_estimated_by_this_one(pack):
    town = Town(only_for="一档").deductible("500").pays("0.9")
    here = town.on(pack, "1000")
    assert lines(here, "hifp_pay") == ("450.00",)
    assert any("一档" in assumption for assumption in here.assumptions)
    other = town.on(pack, "1000", person=Person(other_tier=True))
    assert lines(other, "hifp_pay", "inscp_scp_amt") == (None, "1000.00")
    assert "一档" in other.unknown[0].reason
