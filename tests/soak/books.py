"""Books kept beside the station's own: what its counters and its log must say at the end of every day."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from PySide6.QtWidgets import QWidget

from yibao_desktop.settings import COLORS, ENDINGS, TEXT_SIZES, WIZARDS
from yibao_desktop.station.counters import NAMES, PAGES
from yibao_desktop.station.event_log import Code
from yibao_desktop.station.running import Station
from yibao_desktop.ui.output.take_away import TakeAwayPage

_LINE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2} "
                   r"(?P<code>[a-z-]+)(?P<fields>( [a-z_]+=[^ =]+)*)")
_FIELDS = {
    "session-ended": {"by"}, "page-opened": {"page", "id"}, "question-shown": {"wizard", "id"},
    "wizard-left": {"wizard", "step"}, "printed": {"page"}, "print-failed": {"page", "reason"},
}
"""Written down here once more, by hand: a field added to the log is to be thought about twice."""
_REASONS = {"no-printer", "no-answer", "refused"}


class Off(Exception):
    """The station's books say something else than these."""


class Books:
    """Counts for itself what a station should have counted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.prints = self.codes = self.lines = 0
        self._known: frozenset[str] = frozenset()

    def know(self, ids: frozenset[str]) -> None:
        """Learn the ids of the pack."""
        self._known = ids | {*PAGES, *WIZARDS, *ENDINGS, *TEXT_SIZES, *COLORS, *_REASONS}

    def page_shown(self, page: QWidget) -> None:
        """Take part in what is shown."""
        if isinstance(page, TakeAwayPage):
            page.codes_shown.connect(self._codes_shown)

    def _codes_shown(self) -> None:
        self.codes += 1

    def printed(self) -> None:
        """Note that paper came out."""
        self.prints += 1

    def check(self, station: Station) -> None:
        """Compare.

        Raises:
            Off: they differ.
        """
        self._check_counts(station)
        self.check_log()

    def _total(self, station: Station) -> Counter[str]:
        total: Counter[str] = Counter()
        for counts in station.counters.days().values():
            total.update(counts)
        return total

    def _check_counts(self, station: Station) -> None:
        for day, counts in station.counters.days().items():
            if not counts.keys() <= set(NAMES):
                raise Off(f"unknown counts on {day}: {counts.keys() - set(NAMES)}")
            for wizard in WIZARDS:
                ends = sum(count for name, count in counts.items()
                           if name == f"finished.{wizard}" or name.startswith(f"left.{wizard}."))
                if counts.get(f"opened.{wizard}", 0) != ends:
                    raise Off(f"{day}: {wizard} opened {counts.get(f'opened.{wizard}', 0)} times, ended {ends} times")
        total = self._total(station)
        for what, happened in (("printed", self.prints), ("qr", self.codes)):
            counted = sum(count for name, count in total.items() if name.startswith(f"{what}."))
            if counted != happened:
                raise Off(f"{what}: {counted} counted, {happened} happened")

    def check_log(self) -> None:
        """Read the whole log.

        Raises:
            Off: it has a line, a field or a value that it must not have.
        """
        self.lines = 0
        for name in ("events.log", "events.log.1"):
            file = self._folder / name
            for line in file.read_text(encoding="ascii").splitlines() if file.exists() else ():
                self.lines += 1
                self._check_line(line)

    def _check_line(self, line: str) -> None:
        match = _LINE.fullmatch(line)
        if match is None or match["code"] not in {code.value for code in Code}:
            raise Off(f"a line the log cannot have: {line}")
        for field in match["fields"].split():
            name, _, value = field.partition("=")
            number = name == "step" and value.isdigit() and 1 <= int(value) <= 12
            if name not in _FIELDS.get(match["code"], ()) or not (number or value in self._known):
                raise Off(f"a field the log cannot have: {line}")


