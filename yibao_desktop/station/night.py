"""Starting anew at night: a program that runs for months is started fresh while nobody is there."""

from __future__ import annotations

from datetime import datetime

_LEAST_UP = 2 * 3600
"""Seconds: longer than the hour itself, so that one night brings one restart."""


def restart_is_due(hour: int | None, now: datetime, up_seconds: float) -> bool:
    """Tell whether to start anew now, if nobody is there; ``hour`` is that of the settings, 0 to 23.

    Asked again and again while the station is idle. It looks at the hour only: a wrong date changes nothing.
    """
    return hour is not None and now.hour == hour and up_seconds >= _LEAST_UP
