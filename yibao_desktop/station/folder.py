"""Where a station keeps its counters, log and lock. Nothing in there is about anyone."""

from __future__ import annotations

from pathlib import Path

import platformdirs

COUNTERS = "counters.json"
LOG = "events.log"
ATTEMPTS = "pin.json"


def usual_folder() -> Path:
    """Return the folder of this user for what a program keeps by itself, on this system."""
    return platformdirs.user_state_path("yibao-desktop", appauthor=False)
