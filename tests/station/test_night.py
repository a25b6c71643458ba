"""Once a night, at the hour of the settings, and never in a circle."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from yibao_desktop.station.night import restart_is_due


@pytest.mark.parametrize("start", [datetime(2027, 3, 1, 9), datetime(2027, 3, 1, 2, 50), datetime(2000, 1, 1)])
def test_ten_days_bring_ten_restarts_at_the_hour(start):
    restarts, started = [], start
    for minute in range(0, 10 * 24 * 60, 5):
        now = start + timedelta(minutes=minute)
        if restart_is_due(3, now, (now - started).total_seconds()):
            restarts.append(now)
            started = now
    assert {restart.hour for restart in restarts} == {3}
    assert len(restarts) == len({restart.date() for restart in restarts})
    assert len(restarts) in (9, 10)


def test_without_an_hour_never():
    assert not any(restart_is_due(None, datetime(2027, 3, 1, hour), 10**6) for hour in range(24))


def test_midnight_is_an_hour_like_others():
    assert restart_is_due(0, datetime(2027, 3, 1, 0, 59), 10**6)
    assert not restart_is_due(0, datetime(2027, 3, 1, 1), 10**6)
