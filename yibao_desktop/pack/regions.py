"""Finding a place among all places: provinces, their cities, and what a person typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from yibao_desktop.pack.schema import Region

MOST_FOUND = 24


def provinces(regions: Mapping[str, Region]) -> tuple[Region, ...]:
    """Return the provincial-level units in order of code."""
    return tuple(region for code, region in sorted(regions.items()) if region.province == code)


def cities_of(regions: Mapping[str, Region], province: str) -> tuple[Region, ...]:
    """Return the places inside a provincial-level unit in order of code."""
    return tuple(region for code, region in sorted(regions.items())
                 if region.province == province and code != province)


def find_regions(regions: Mapping[str, Region], typed: str) -> tuple[Region, ...]:
    """Return the places that fit a name, its pinyin or the pinyin's first letters, best first.

    Nothing typed finds nothing. Full-width letters count as letters.
    """
    wanted = unicodedata.normalize("NFKC", typed).strip().lower().replace(" ", "").replace("'", "")
    if not wanted:
        return ()
    ranked = [(rank, region.province != region.code, region.code, region)
              for region in regions.values() if (rank := _rank(region, wanted)) is not None]
    return tuple(region for *_, region in sorted(ranked, key=lambda item: item[:3]))[:MOST_FOUND]


def _rank(region: Region, wanted: str) -> int | None:
    """0 is the best fit, ``None`` no fit."""
    spelled = region.pinyin.replace(" ", "")
    if wanted in (region.short, region.name, spelled, region.initials, region.code):
        return 0
    if region.name.startswith(wanted) or spelled.startswith(wanted) or region.initials.startswith(wanted):
        return 1
    if wanted in region.name:
        return 2
    if len(wanted) > 1 and (wanted in spelled or wanted in region.initials):
        return 3
    return None
