"""Starts a program with a window and notices its first whole picture, without the program's help.

Qt itself tells when it hands a painted window to the screen (logging category ``qt.widgets.painting``), in the program
and in what it is compared with alike, from source and from a bundle.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Timer
from time import perf_counter, sleep

from tests.benchmarks.tool_missing import ToolMissing
from yibao_desktop.paths import CONTENT, ROOT

REGION = "110000"
OURS = (sys.executable, "-m", "yibao_desktop")
BASELINE = (sys.executable, str(Path(__file__).with_name("one_label.py")))
_SHOWN = b"Flushing top level"
_REST = 0.5
"""Seconds after the first picture until the memory is looked at."""
_LONGEST = 120


class PeakUnknown(ToolMissing):
    """This system does not tell what a process has needed at most."""

    def __init__(self) -> None:
        Exception.__init__(self, "这项比较要读 /proc（Linux），这个系统没有。")


@dataclass(frozen=True)
class Started:
    """One start: ``seconds`` from making the process to its first picture, ``peak`` memory in bytes if asked."""

    seconds: float
    peak: int | None


def start(command: Sequence[str], environment: Mapping[str, str], with_peak: bool = False) -> Started:
    """Start ``command``, wait for its first whole picture, and end it.

    Raises:
        RuntimeError: it ended, or two minutes went by, without a picture; with what it said.
    """
    begun = perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE) as process:
        too_long = Timer(_LONGEST, process.kill)
        too_long.start()
        try:
            said = []
            for line in process.stderr:
                if _SHOWN in line:
                    seconds = perf_counter() - begun
                    return Started(seconds, _peak(process.pid) if with_peak else None)
                said.append(line.decode(errors="replace"))
        finally:
            too_long.cancel()
            process.kill()
    raise RuntimeError(f"{command[0]} 没有画出窗口：\n{''.join(said[-20:])}")


def _peak(pid: int) -> int:
    sleep(_REST)
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        raise PeakUnknown from None
    # Not from the process's end: what Linux tells then may be its parent's.
    kibibytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(kibibytes) * 1024


@contextmanager
def known_computer() -> Iterator[dict[str, str]]:
    """Give an environment in which the program has been used before, in a home of its own.

    The place is remembered, as on most computers; nothing is compiled anew at each start.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "yibao-desktop" / "settings.json"
        settings.parent.mkdir()
        settings.write_text(json.dumps({"greeted": True, "place": REGION}), encoding="utf-8")
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        yield {
            "QT_QPA_PLATFORM": "offscreen", **kept, "QT_LOGGING_RULES": "qt.widgets.painting.info=true",
            "XDG_CONFIG_HOME": folder, "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled"),
        }


def compared(
    commands: Mapping[str, Sequence[str]], pairs: int, with_peak: bool = False
) -> dict[str, list[Started]]:
    """Start every command ``pairs`` times, in turns; each has been started before, unmeasured."""
    found: dict[str, list[Started]] = {name: [] for name in commands}
    with known_computer() as environment:
        for command in commands.values():
            start(command, environment)
        for turn in range(pairs):
            for name in commands if turn % 2 == 0 else reversed(commands):
                found[name].append(start(commands[name], environment, with_peak))
    return found


def with_pack(command: Sequence[str], pack: Path = CONTENT) -> tuple[str, ...]:
    """Return the command for our program with another pack."""
    return (*command, "--pack", str(pack))


def seconds_compared(commands: Mapping[str, Sequence[str]], pairs: int) -> dict[str, float]:
    """Return the median seconds of ``ours`` and ``baseline``, and their ratio."""
    found = compared(commands, pairs)
    return ratio_of({name: median(one.seconds for one in starts) for name, starts in found.items()}, 4)


def megabytes_compared(commands: Mapping[str, Sequence[str]], pairs: int) -> dict[str, float]:
    """Return the median peak memory in megabytes of ``ours`` and ``baseline``, and their ratio."""
    found = compared(commands, pairs, with_peak=True)
    return ratio_of({name: median(one.peak or 0 for one in starts) / 1e6 for name, starts in found.items()}, 1)


def ratio_of(typical: Mapping[str, float], digits: int) -> dict[str, float]:
    """Return both sides, rounded, and ours ÷ baseline."""
    return {**{name: round(value, digits) for name, value in typical.items()},
            "ratio": round(typical["ours"] / typical["baseline"], 3)}
