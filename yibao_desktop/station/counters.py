"""How often what was used, by day. Numbers under fixed names only: nothing in here can be about anyone.

What leaves the station is made harmless first, see :func:`as_table`.
"""

from __future__ import annotations

import contextlib
import csv
import io
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

import msgspec

from yibao_desktop.settings import WIZARDS, Wizard
from yibao_desktop.station.dates import believable
from yibao_desktop.whole_file import clear_unfinished, write_whole

Page = Literal["home", "sharing", "bill", "slip", "channels", "search", "guide", "terms", "rumours", "payable", "place",
               "sources", "help", "take-away", "staff-help"]
PAGES: tuple[Page, ...] = get_args(Page)
MOST_STEPS = 12
"""Whoever leaves a wizard after this step is counted under it."""

UNKNOWN_DAY = "unknown-day"
KEPT_DAYS = 400
_BETWEEN_WRITES = 60
"""Seconds."""
_DAYS_TO_BELIEVE_A_DATE = 7

NAMES: tuple[str, ...] = (
    *(f"opened.{page}" for page in PAGES),
    *(f"finished.{wizard}" for wizard in WIZARDS),
    *(f"left.{wizard}.{step}" for wizard in WIZARDS for step in range(1, MOST_STEPS + 1)),
    *(f"printed.{page}" for page in PAGES),
    *(f"qr.{page}" for page in PAGES),
)
_KNOWN = frozenset(NAMES)

Days = dict[str, dict[str, int]]
"""Counts by name, by day (2026-11-22) or ``unknown-day``."""


class _File(msgspec.Struct, frozen=True):
    days: dict[str, dict[str, Annotated[int, msgspec.Meta(ge=0, le=10**9)]]]


class Counters:
    """The counters of one station. They are written at most once a minute: call ``write_if_due`` by a timer."""

    def __init__(
        self, file: Path, issued: date, today: Callable[[], date] = date.today,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``issued`` is the pack's day, by which a date is believed; ``clock`` gives seconds that never go back."""
        self._file, self._issued, self._today, self._clock = file, issued, today, clock
        self._new: Days = {}
        """What is not on disk yet."""
        self._written_at = clock()
        self.failing = False
        """Whether the last write did not work; the counts are then kept for the next one."""
        clear_unfinished(file)

    def opened(self, page: Page) -> None:
        """Count a page opened; a wizard by its own name."""
        self._count(f"opened.{page}")

    def finished(self, wizard: Wizard) -> None:
        """Count a wizard that came to its result."""
        self._count(f"finished.{wizard}")

    def left(self, wizard: Wizard, step: int) -> None:
        """Count a wizard left at a step (1 is the first) before its result."""
        if type(step) is not int or step < 1:
            raise ValueError("a step is a number from 1 on")
        self._count(f"left.{wizard}.{min(step, MOST_STEPS)}")

    def printed(self, page: Page) -> None:
        """Count a sheet printed."""
        self._count(f"printed.{page}")

    def taken_by_qr(self, page: Page) -> None:
        """Count a result shown as a code to take along by phone."""
        self._count(f"qr.{page}")

    def _count(self, name: str) -> None:
        if name not in _KNOWN:
            # Not told which: it might be what somebody typed.
            raise ValueError("not one of the names that are counted")
        today = self._today()
        day = today.isoformat() if believable(today, self._issued) else UNKNOWN_DAY
        counts = self._new.setdefault(day, {})
        counts[name] = counts.get(name, 0) + 1
        self.write_if_due()

    def write_if_due(self) -> None:
        """Write what is new, if the last write is a minute ago."""
        if self._new and self._clock() - self._written_at >= _BETWEEN_WRITES:
            self.write()

    def write(self) -> None:
        """Write what is new now: when the program ends, and before an export."""
        self._written_at = self._clock()
        if not self._new:
            return
        try:
            days = _without_old(_sum(_read(self._file), self._new))
            write_whole(self._file, msgspec.json.encode(_File(days)))
        except OSError:
            self.failing = True
        else:
            self._new, self.failing = {}, False

    def days(self) -> Days:
        """Return all counts, written or not. Never to be shown as they are: see :func:`as_table`."""
        with contextlib.suppress(OSError):
            return _sum(_read(self._file), self._new)
        return _sum({}, self._new)


def _read(file: Path) -> Days:
    """Return what is on disk. A file that cannot be understood is put aside, not written over.

    Raises:
        OSError: the file is there and cannot be read: nothing may be written over it.
    """
    try:
        days = msgspec.json.decode(file.read_bytes(), type=_File).days
    except FileNotFoundError:
        return {}
    except (msgspec.DecodeError, UnicodeDecodeError):
        file.replace(file.with_suffix(".broken"))
        return {}
    return {day: known for day, counts in days.items() if _is_day(day)
            if (known := {name: count for name, count in counts.items() if name in _KNOWN})}


def _is_day(text: str) -> bool:
    if text == UNKNOWN_DAY:
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _sum(old: Days, new: Days) -> Days:
    total = {day: dict(counts) for day, counts in old.items()}
    for day, counts in new.items():
        into = total.setdefault(day, {})
        for name, count in counts.items():
            into[name] = into.get(name, 0) + count
    return total


def _without_old(days: Days) -> Days:
    """Drop what is older than 400 days, seen from the seventh-newest day on record.

    Seen from today, one morning with a wrong date would throw everything away.
    """
    known = sorted(day for day in days if day != UNKNOWN_DAY)
    if len(known) < _DAYS_TO_BELIEVE_A_DATE:
        return days
    oldest = (date.fromisoformat(known[-_DAYS_TO_BELIEVE_A_DATE]) - timedelta(days=KEPT_DAYS)).isoformat()
    return {day: counts for day, counts in days.items() if day == UNKNOWN_DAY or day >= oldest}


# --- export -----------------------------------------------------------------------------------------

LEAST_SHOWN = 5
FEW: Final = "<5"
WITHHELD: Final = "withheld"
Cell = int | Literal["<5", "withheld"]


def as_table(days: Days, today: date) -> list[tuple[str, dict[str, Cell]]]:
    """Return (day, cells) for everything that may leave the station, in order of days.

    - A count under 5, zero included, is ``<5``.
    - How often a wizard was opened is the sum of how often it was finished and left. Where the shown parts would
      tell how many are in the parts that are not, the sum is ``withheld`` too.
    - Today is left out: two exports an hour apart would tell what happened in between. The counts without a
      believable date go on growing, so they are rounded down to fives and their sums withheld.
    - There are no sums over days but :func:`shown_total`, which adds what is shown.
    """
    rows: list[tuple[str, dict[str, Cell]]] = []
    for day, counts in sorted(days.items()):
        if day == UNKNOWN_DAY:
            rows.append((day, _unknown_day_cells(counts)))
        elif day != today.isoformat():
            rows.append((day, _cells(counts)))
    return rows


def shown_today(days: Days, today: date, issued: date) -> dict[str, int]:
    """Return what may be seen of today, by the rules of the counts without a date: only fives, nothing under 5.

    Whoever looks twice an hour cannot tell what one person did in between.
    """
    key = today.isoformat() if believable(today, issued) else UNKNOWN_DAY
    cells = _unknown_day_cells(days.get(key, {}))
    return {name: cell for name, cell in cells.items() if isinstance(cell, int)}


def shown_total(rows: Sequence[tuple[str, Mapping[str, Cell]]]) -> dict[str, int]:
    """Return for each name the sum of the numbers shown: at least so often, and nothing hidden can be told from it."""
    return {name: sum(cell for _, cells in rows if isinstance(cell := cells[name], int)) for name in NAMES}


def _cells(counts: Mapping[str, int]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {name: _cell(counts.get(name, 0)) for name in NAMES}
    for wizard in WIZARDS:
        if cells[f"opened.{wizard}"] != FEW and _tells_too_much(counts, wizard):
            cells[f"opened.{wizard}"] = WITHHELD
    return cells


def _unknown_day_cells(counts: Mapping[str, int]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {name: _cell(count - count % LEAST_SHOWN)
                              for name in NAMES for count in (counts.get(name, 0),)}
    return {**cells, **{f"opened.{wizard}": WITHHELD for wizard in WIZARDS}}


def _cell(count: int) -> Cell:
    return count if count >= LEAST_SHOWN else FEW


def _tells_too_much(counts: Mapping[str, int], wizard: Wizard) -> bool:
    """Tell whether opened minus the shown parts would give away what is in the parts not shown."""
    parts = [counts.get(f"finished.{wizard}", 0),
             *(counts.get(f"left.{wizard}.{step}", 0) for step in range(1, MOST_STEPS + 1))]
    hidden = [count for count in parts if count < LEAST_SHOWN]
    rest = counts.get(f"opened.{wizard}", 0) - sum(parts) + sum(hidden)
    # Under 5 the rest is itself a small number; at its highest possible it says that each part is 4.
    highest = (LEAST_SHOWN - 1) * sum(1 for count in hidden if count)
    return bool(hidden) and not LEAST_SHOWN <= rest < highest


def as_csv(days: Days, today: date, words: Callable[[str], str]) -> bytes:
    """Return the table for a spreadsheet, with a line of totals and the rules below it; UTF-8 with its mark."""
    rows = as_table(days, today)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([words("count.day"), *(name_in_words(name, words) for name in NAMES)])
    for day, cells in rows:
        title = words("count.unknown-day") if day == UNKNOWN_DAY else day
        table.writerow([title, *(words("count.withheld") if cell == WITHHELD else cell for cell in cells.values())])
    table.writerow([words("count.total"), *shown_total(rows).values()])
    table.writerow([words("count.rules")])
    return out.getvalue().encode("utf-8-sig")


def name_in_words(name: str, words: Callable[[str], str]) -> str:
    """Return what a count is called, e.g. 打开 首页."""
    what, subject, *step = name.split(".")
    called = f"{words(f'count.{what}')} {words(f'count.page-{subject}')}"
    return f"{called} {words('count.step').format(number=step[0])}" if step else called


WORDS_USED = frozenset({
    *(f"count.{key}" for key in ("day", "unknown-day", "withheld", "total", "rules", "step", "opened", "finished",
                                 "left", "printed", "qr")),
    *(f"count.page-{page}" for page in PAGES),
})
