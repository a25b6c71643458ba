"""The self-test on demand: the pack is checked and its worked cases computed, by ``yibao-pack check``.

It takes some seconds and runs as a process of its own, so that the window goes on meanwhile.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_LONGEST = 300
"""Seconds."""


@dataclass(frozen=True)
class SelfTest:
    """How the last self-test came out; ``faults`` is ``None`` where it could not be run to its end."""

    faults: int | None

    @property
    def passed(self) -> bool:
        """Whether nothing was wrong."""
        return self.faults == 0


def command(pack: Path) -> list[str]:
    """Return program and arguments of the self-test, from source and inside a bundle alike."""
    arguments = ["check", "--json", str(pack)]
    if getattr(sys, "frozen", False):
        beside = Path(sys.executable).with_name("yibao-pack" + Path(sys.executable).suffix)
        return [str(beside), *arguments]
    return [sys.executable, "-m", "yibao_desktop.cli", *arguments]


def understand(output: bytes) -> SelfTest:
    """Read what the self-test printed on standard output."""
    try:
        report = json.loads(output)
        faults = sum(finding["severity"] == "error" for finding in report["findings"])
        return SelfTest(faults if report["clean"] == (faults == 0) else None)
    except (ValueError, KeyError, TypeError):
        return SelfTest(None)


def run(pack: Path, longest: int = _LONGEST) -> SelfTest:
    """Run the self-test and wait for it, at most ``longest`` seconds."""
    try:
        done = subprocess.run(command(pack), capture_output=True, timeout=longest, check=False,
                              env={**os.environ, "PYTHONUTF8": "1"})
    except (OSError, subprocess.SubprocessError):
        return SelfTest(None)
    return understand(done.stdout)
