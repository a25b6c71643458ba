"""From the measured screen to sizes: pixels of a millimetre, the least target, the least text.

Pixels are those the program lays out in: with a display scaling of 125 % a screen of 1920 pixels has 1536.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from yibao_desktop.pack import strict_yaml
from yibao_desktop.paths import resource
from yibao_desktop.settings import TEXT_SIZES, Screen, TextSize

LEAST_TARGET_MM = 20
"""Below it errors at kiosks rise steeply, above it they hardly fall (Duff et al. 2010)."""
LARGEST_TARGET = 96
"""Pixels: with larger ones no room is left on a screen of 768 lines for what is asked. Where 20 mm are more, the
display wants a larger scaling."""
LEAST_DEGREES = 0.7
"""EN 301 549 5.1.4: the height of a capital letter as seen from where the person stands."""

_MM_PER_INCH = 25.4
_CAPITAL = 0.733
"""Height of the bundled font's capital letters, as a part of its size."""


def pixels_per_mm(screen: Screen, width: int, height: int) -> float:
    """Return how many pixels a millimetre has on a screen ``width`` by ``height`` pixels large."""
    return math.hypot(width, height) / (float(screen.inches) * _MM_PER_INCH)


def least_target(screen: Screen, width: int, height: int) -> int:
    """Return the least side of what is touched, in pixels."""
    return math.ceil(LEAST_TARGET_MM * pixels_per_mm(screen, width, height))


def drawn_target(screen: Screen, width: int, height: int) -> int:
    """Return the least side of what is touched as it is drawn, in pixels: ``LARGEST_TARGET`` at most."""
    return min(LARGEST_TARGET, least_target(screen, width, height))


def capital_degrees(font_pixels: int, screen: Screen, width: int, height: int) -> float:
    """Return how high a capital letter of a font size in pixels stands in the eye."""
    # Degrees = 180 × height / (pi × distance), as the standard writes it.
    millimetres = font_pixels * _CAPITAL / pixels_per_mm(screen, width, height)
    return 180 * millimetres / (math.pi * screen.viewing_cm * 10)


def least_font(screen: Screen, width: int, height: int) -> int:
    """Return the least font size in pixels whose capitals are high enough."""
    return math.ceil(LEAST_DEGREES / capital_degrees(1, screen, width, height))


def least_text_size(body: Sequence[int], screen: Screen, width: int, height: int) -> TextSize | None:
    """Return the first text size that is large enough, or ``None`` where not even the largest is.

    ``body`` are the pixels of body text at each of ``TEXT_SIZES``.
    """
    least = least_font(screen, width, height)
    return next((size for size, pixels in zip(TEXT_SIZES, body, strict=True) if pixels >= least), None)


def scaling_needed(body: Sequence[int], screen: Screen, width: int, height: int) -> int:
    """Return the display scaling in per cent, in steps of 25, at which the largest text and buttons are large enough.

    100 where they are as it is.
    """
    needed = max(Fraction(least_font(screen, width, height), max(body)),
                 Fraction(least_target(screen, width, height), LARGEST_TARGET))
    return max(100, math.ceil(needed * 4) * 25)


def body_pixels() -> tuple[int, ...]:
    """Return the pixels of body text at each of ``TEXT_SIZES``, as the program's own look has them."""
    return tuple(strict_yaml.read(resource("theme", "tokens.yaml")).data["sizes"]["body"])
