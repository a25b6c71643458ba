"""Whether the computer's date can be true. Stations without a network lose it with their battery."""

from __future__ import annotations

from datetime import date

_YEARS = 3


def believable(day: date, issued: date) -> bool:
    """Tell whether ``day`` lies between the day the pack was issued and three years later, both included."""
    # The 29th of February has no third anniversary; the day before it is near enough.
    last = issued.replace(year=issued.year + _YEARS, day=min(issued.day, 28) if issued.month == 2 else issued.day)
    return issued <= day <= last
