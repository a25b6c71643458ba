"""Plays a week of people at a station: `python -m tests.soak --profile kiosk --minutes 8 --seed 1`.

They finish, give up, walk away, mash the screen, are slow, listen, print, and guess the PIN, under a told clock; at
night the program starts anew. It ends with 1 at an exception, a warning of Qt, anything left of a person, counters
that do not add up, a line the log cannot have, or growth; then it prints the last steps and how to repeat them. It
prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from tests.monkey import grown, growth
from tests.soak.books import Off
from tests.soak.machine import Machine, Wrong
from tests.soak.people import KINDS, come_and_go
from yibao_desktop.ui.app import dress

DAYS = 7
_DAY = 24 * 3600.0
_OPEN = 10.5 * 3600
"""Seconds a day on which people come, from 7:30 to 18:00."""
PEOPLE_A_DAY = 25
"""So few that a week fits into minutes; nothing in the program depends on how many there are."""
MEMORY_EVERY = 8
"""Sessions between two searches of the whole memory; what is left of one would still be there."""
SAMPLED_EVERY = 3
LEAST_SAMPLES = 12
MOST_KIB = 1500
"""KiB by which the program may grow in 1000 sessions, of some 25 steps each: see tests/monkey.py."""
SWAY_KIB = 4096
"""KiB by which what the system gives to a program goes up and down by itself."""
TELL_MEMORY_FROM = 300
"""Sessions: with fewer, and with the windows of several nights in one process, memory tells nothing."""
_HUSHED = ("propagateSizeHints", "QGestureManager::deliverEvent: could not find the target for gesture")
"""As in pyproject.toml: nothing a person would see."""


class Soak:
    """One run; the same seed and number of people on the same program do the same."""

    def __init__(self, machine: Machine, profile: str, seed: int, a_day: float) -> None:
        """``a_day`` is how many people come on a day, about."""
        self._machine, self._random = machine, Random(seed)
        self._between = _OPEN / a_day
        self._kinds = KINDS[profile]
        self.people: Counter[str] = Counter()
        self.samples: list[dict[str, int]] = []

    def run(self, until: float, most: int | None) -> None:
        """Let people come until the week is over, the real clock says ``until``, or ``most`` have been there.

        Raises:
            Wrong: something a person must never meet.
            Off: the station's books are wrong.
        """
        machine = self._machine
        while machine.clock.seconds < DAYS * _DAY and time.monotonic() < until and self.people.total() != most:
            self._next()
            wait = self._random.expovariate(1 / self._between)
            if (machine.clock.seconds + wait) % _DAY > _OPEN:
                wait += _DAY - (machine.clock.seconds + wait) % _DAY
            machine.wait(wait)
        machine.recorder.end()
        machine.books.check(machine.station)
        machine.look_for_traces(in_memory=True)

    def _next(self) -> None:
        machine, number = self._machine, self.people.total() + 1
        kind = self._random.choices(list(self._kinds), list(self._kinds.values()))[0]
        machine.last.append(f"{number}: {machine.clock.now():%a %H:%M} {kind.__name__}")
        self.people[kind.__name__] += 1
        come_and_go(machine, kind, self._random)
        machine.look_for_traces(in_memory=number % MEMORY_EVERY == 0)
        if number % SAMPLED_EVERY == 0:
            self.samples.append({"step": number, **machine.measure()})

    def grown(self) -> str:
        """Say what grows, if anything does and there were people enough to tell."""
        if len(self.samples) < LEAST_SAMPLES:
            return ""
        sessions = self.samples[-1]["step"] - self.samples[len(self.samples) // 2]["step"]
        few = self.people.total() < TELL_MEMORY_FROM
        return grown(self.grows(), sys.maxsize if few else MOST_KIB + round(1000 * SWAY_KIB / sessions))

    def grows(self) -> dict[str, float]:
        """Return by how much each measure grows in 1000 sessions."""
        return growth(self.samples) if self.samples else {}


def main(arguments: list[str]) -> int:
    """Play; 1 when something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--profile", choices=sorted(KINDS), default="kiosk")
    parser.add_argument("--minutes", type=float, default=8.0, help="of real time, at most")
    parser.add_argument("--people-a-day", type=float, default=PEOPLE_A_DAY)
    parser.add_argument("--people", type=int, help="stop after so many")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    started = time.monotonic()
    app = QApplication([])
    dress(app)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        report, last = _play(app, options, Path(folder), started)
    report["seconds"] = round(time.monotonic() - started)
    print(json.dumps(report, ensure_ascii=False, indent=1))
    if report["wrong"]:
        again = (f"python -m tests.soak --profile {options.profile} --seed {options.seed} --minutes 60"
                 f" --people-a-day {options.people_a_day} --people {sum(report['people'].values())}")
        print(*last, again, sep="\n")
    sys.stdout.flush()
    # The interpreter's end is not what is tested here.
    os._exit(1 if report["wrong"] else 0)


def _play(app: QApplication, options: argparse.Namespace, folder: Path, started: float) -> tuple[dict, list[str]]:
    heard: list[str] = []
    qInstallMessageHandler(lambda kind, _, text: _note(heard, kind, text))
    sys.excepthook = lambda *error: heard.append("".join(traceback.format_exception(*error)))
    machine = Machine(app, options.profile, folder, Random(options.seed), heard)
    soak, wrong = Soak(machine, options.profile, options.seed, options.people_a_day), ""
    try:
        soak.run(started + options.minutes * 60, options.people)
        wrong = soak.grown()
    except (Wrong, Off) as error:
        wrong = str(error)
    except Exception:
        wrong = traceback.format_exc()
    days = machine.clock.seconds / _DAY
    report = {
        "profile": options.profile, "seed": options.seed, "wrong": wrong, "people": dict(soak.people.most_common()),
        "sessions ended": dict(machine.endings.most_common()), "simulated days": round(min(days, DAYS), 2),
        "nightly restarts": machine.restarts, "memory searched": machine.searched, "printed": machine.books.prints,
        "codes": machine.books.codes, "voice hung": machine.hung + machine.voice.hung,
        "log lines checked": machine.books.lines,
        "grows in 1000 sessions": soak.grows(), "samples": soak.samples[::4],
        "more": dict(machine.more.most_common(8)),
    }
    return report, list(machine.last)


def _note(heard: list[str], kind: QtMsgType, text: str) -> None:
    if kind != QtMsgType.QtDebugMsg and not any(hushed in text for hushed in _HUSHED):
        heard.append(f"Qt says: {text}")


if __name__ == "__main__":
    main(sys.argv[1:])
