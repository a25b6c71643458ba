"""What the staff see of a station: versions, dates, disk, errors. The same as text, for a file on a stick."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal, get_args

from yibao_desktop import __version__
from yibao_desktop.pack.schema import PackInfo
from yibao_desktop.pack.store import Words
from yibao_desktop.station.dates import believable
from yibao_desktop.station.event_log import LoggedError
from yibao_desktop.station.self_test import SelfTest

LEAST_FREE_MB = 200


@dataclass(frozen=True)
class Fact:
    """One line of the status page: ``label`` is a word key of the pack, the errors' value has a line for each."""

    label: str
    value: str
    ok: bool = True


PrinterState = Literal["found", "missing", "off"]
"""The system knows the station's printer, does not know it, or the settings say that there is none."""


@dataclass(frozen=True)
class Observed:
    """What only the running program knows."""

    now: datetime
    up_seconds: int
    """How long the program has been running."""
    errors: Sequence[LoggedError] = ()
    """The newest first."""
    self_test: SelfTest | None = None
    """``None`` where it has not been run since the start."""
    counters_failing: bool = False
    log_failing: bool = False
    printer: PrinterState | None = None
    """``None`` where it has not been looked for."""


def health(
    info: PackInfo, words: Words, state: Path, seen: Observed, free_mb: Callable[[Path], int | None] | None = None,
) -> tuple[Fact, ...]:
    """Return the lines of the status page, in the order they are read; ``state`` is the station's folder."""
    today = seen.now.date()
    writable = _is_writable(state) and not seen.counters_failing and not seen.log_failing
    return (
        Fact("health.program", __version__),
        Fact("health.pack", words("health.pack-value", version=info.version, issued=info.issued.isoformat())),
        _review(info.review_by, today, words),
        _clock(info.issued, seen.now, words),
        _disk((free_mb or free_megabytes)(state), words),
        Fact("health.state", words("health.writable" if writable else "health.not-writable"), writable),
        *_printer(seen.printer, words),
        Fact("health.up", _duration(seen.up_seconds, words)),
        _self_test(seen.self_test, words),
        _errors(seen.errors, words),
    )


def as_text(facts: Sequence[Fact], words: Words, now: datetime) -> str:
    """Return the status page as plain text; what needs looking after is marked."""
    head = words("health.title", time=now.strftime("%Y-%m-%d %H:%M"))
    lines = [f"{words('health.ok' if fact.ok else 'health.warn')} {words(fact.label)}：{_indented(fact.value)}"
             for fact in facts]
    return "\r\n".join([head, *lines, ""])


def _indented(value: str) -> str:
    first, *more = value.split("\n")
    return "".join((first, *(f"\r\n    {line}" for line in more)))


def free_megabytes(folder: Path) -> int | None:
    """Return the free space where ``folder`` is or would be, or ``None`` where the system does not say."""
    there = next((place for place in (folder, *folder.parents) if place.is_dir()), None)
    try:
        return shutil.disk_usage(there).free // 1_000_000 if there is not None else None
    except OSError:
        return None


def _review(review_by: date, today: date, words: Words) -> Fact:
    old = today > review_by
    return Fact("health.review", words("health.review-over" if old else "health.review-by", day=review_by.isoformat()),
                not old)


def _clock(issued: date, now: datetime, words: Words) -> Fact:
    right = believable(now.date(), issued)
    shown = now.strftime("%Y-%m-%d %H:%M")
    return Fact("health.clock", shown if right else words("health.clock-wrong", time=shown), right)


def _disk(free: int | None, words: Words) -> Fact:
    if free is None:
        return Fact("health.disk", words("health.unknown"), False)
    return Fact("health.disk", words("health.disk-free", megabytes=str(free)), free >= LEAST_FREE_MB)


def _is_writable(folder: Path) -> bool:
    """Try it: what the system says about rights is not always so."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError:
        return False
    return True


def _duration(seconds: int, words: Words) -> str:
    minutes = seconds // 60
    return words("health.up-value", days=str(minutes // 1440), hours=str(minutes // 60 % 24), minutes=str(minutes % 60))


def _printer(state: PrinterState | None, words: Words) -> tuple[Fact, ...]:
    if state is None:
        return ()
    return (Fact("health.printer", words(f"health.printer-{state}"), state != "missing"),)


def _self_test(test: SelfTest | None, words: Words) -> Fact:
    if test is None:
        return Fact("health.self-test", words("health.test-not-run"))
    if test.faults is None:
        return Fact("health.self-test", words("health.test-broken"), False)
    if test.passed:
        return Fact("health.self-test", words("health.test-passed"))
    return Fact("health.self-test", words("health.test-failed", count=str(test.faults)), False)


def _errors(errors: Sequence[LoggedError], words: Words) -> Fact:
    if not errors:
        return Fact("health.errors", words("health.no-errors"))
    lines = (f"{error.at.replace('T', ' ')} {error.code.value}{f' {error.place}' if error.place else ''}"
             for error in errors)
    return Fact("health.errors", "\n".join(lines), False)


WORDS_USED = frozenset(f"health.{key}" for key in (
    "title", "ok", "warn", "program", "pack", "pack-value", "review", "review-by", "review-over", "clock",
    "clock-wrong", "disk", "disk-free", "unknown", "state", "writable", "not-writable", "up", "up-value", "self-test",
    "test-not-run", "test-broken", "test-passed", "test-failed", "errors", "no-errors", "printer",
    *(f"printer-{state}" for state in get_args(PrinterState)),
))
