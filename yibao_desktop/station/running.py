"""One running station: its counters, its log, and who may open its door."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from yibao_desktop.pack.store import Pack
from yibao_desktop.settings import Profile
from yibao_desktop.station.counters import Counters
from yibao_desktop.station.event_log import EventLog, ids_of
from yibao_desktop.station.folder import ATTEMPTS, COUNTERS, LOG
from yibao_desktop.station.pin import Attempts


@dataclass(frozen=True)
class Station:
    """What a station keeps while it runs, all of it in ``folder``."""

    folder: Path
    profile: Profile
    counters: Counters
    log: EventLog
    attempts: Attempts
    now: Callable[[], datetime]
    clock: Callable[[], float]
    """Seconds that never go back."""
    started: float
    """What ``clock`` said at the start."""

    @property
    def up_seconds(self) -> float:
        """How long the program has been running."""
        return self.clock() - self.started


def open_station(
    folder: Path, profile: Profile, pack: Pack, now: Callable[[], datetime] = datetime.now,
    clock: Callable[[], float] = time.monotonic,
) -> Station:
    """Take up the counters, log and wrong PINs in ``folder``; a folder that cannot be used stops nothing."""

    def today() -> date:
        return now().date()

    return Station(
        folder, profile, Counters(folder / COUNTERS, pack.info.issued, today, clock),
        EventLog(folder / LOG, lambda: ids_of(pack), now), Attempts(folder / ATTEMPTS, clock), now, clock, clock(),
    )
