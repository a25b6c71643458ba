"""From a measured screen to the sizes a finger and an old eye need."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yibao_desktop.settings import Screen
from yibao_desktop.station.screen import (
    LARGEST_TARGET,
    body_pixels,
    capital_degrees,
    drawn_target,
    least_font,
    least_target,
    least_text_size,
    pixels_per_mm,
    scaling_needed,
)

BODY = (20, 24, 32)


def screen(inches: str, viewing_cm: int) -> Screen:
    return Screen(Decimal(inches), viewing_cm)


@pytest.mark.parametrize(("inches", "size", "least"), [
    ("15.6", (1920, 1080), 112), ("21.5", (1920, 1080), 81), ("19", (1280, 1024), 68), ("32", (1080, 1920), 55),
])
def test_twenty_millimetres_in_pixels(inches, size, least):
    assert least_target(screen(inches, 60), *size) == least
    assert least / pixels_per_mm(screen(inches, 60), *size) >= 20
    assert (least - 1) / pixels_per_mm(screen(inches, 60), *size) < 20


def test_no_target_is_drawn_so_large_that_a_page_has_no_room():
    assert drawn_target(screen("21.5", 60), 1920, 1080) == 81
    assert drawn_target(screen("15.6", 60), 1920, 1080) == LARGEST_TARGET < 112


def test_a_larger_display_scaling_leaves_targets_that_can_be_drawn():
    there = screen("15.6", 30)
    percent = scaling_needed(BODY, there, 1920, 1080)
    assert percent == 125
    assert least_target(there, 1920 * 100 // percent, 1080 * 100 // percent) <= LARGEST_TARGET


def test_a_tenth_of_a_metre_of_capitals_ten_metres_away():
    # 733 pixels of capital on a screen of one pixel a millimetre, seen from two metres: 180 × 733 / (pi × 2000).
    one_pixel_a_millimetre = screen("39.3700787401574803", 200)
    assert pixels_per_mm(one_pixel_a_millimetre, 600, 800) == pytest.approx(1)
    assert capital_degrees(1000, one_pixel_a_millimetre, 600, 800) == pytest.approx(20.999, abs=0.001)


@pytest.mark.parametrize(("inches", "viewing_cm", "size", "wanted"), [
    ("32", 60, (1080, 1920), "xlarge"),
    ("32", 50, (1080, 1920), "large"),
    ("32", 40, (1080, 1920), "standard"),
    ("21.5", 60, (1920, 1080), None),
])
def test_the_first_text_size_that_can_be_read_from_there(inches, viewing_cm, size, wanted):
    assert least_text_size(BODY, screen(inches, viewing_cm), *size) == wanted


def test_a_text_size_that_is_just_large_enough_will_do():
    there = screen("32", 60)
    least = least_font(there, 1080, 1920)
    assert least_text_size((least - 1, least, least + 9), there, 1080, 1920) == "large"


def test_the_least_font_is_just_enough():
    there = screen("21.5", 60)
    least = least_font(there, 1920, 1080)
    assert capital_degrees(least, there, 1920, 1080) >= 0.7 > capital_degrees(least - 1, there, 1920, 1080)


def test_where_no_text_size_is_enough_a_larger_display_scaling_is():
    there = screen("21.5", 60)
    percent = scaling_needed(BODY, there, 1920, 1080)
    assert percent == 150
    assert least_text_size(BODY, there, 1920 * 100 // percent, 1080 * 100 // percent) == "xlarge"
    assert least_text_size(BODY, there, 1920 * 100 // 125, 1080 * 100 // 125) is None


def test_no_scaling_where_none_is_needed():
    assert scaling_needed(BODY, screen("32", 40), 1080, 1920) == 100


def test_the_sizes_are_those_of_the_look():
    assert len(body_pixels()) == 3
    assert list(body_pixels()) == sorted(body_pixels())
