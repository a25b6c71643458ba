"""Sources as numbered notes: a small number at the statement, the full line at the foot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yibao_desktop.pack.schema import Cited, Confidence, Source
from yibao_desktop.pack.store import Pack, Place


class Citations:
    """Numbers the sources of one page or sheet in the order they are first used."""

    def __init__(self, pack: Pack, place: Place) -> None:
        self._pack, self._place = pack, place
        self._numbers: dict[str, int] = {}

    def marks(self, ids: Iterable[str]) -> str:
        """Return the circled numbers of sources, numbering new ones."""
        numbers = [self._numbers.setdefault(id_, len(self._numbers) + 1) for id_ in ids]
        return "".join(_circled(number) for number in sorted(numbers))

    def titles(self, ids: Iterable[str]) -> list[str]:
        """Return the titles of sources, each after its number."""
        return [f"{self.marks((id_,))} {self._place.source(id_).title}" for id_ in ids]

    def in_force(self, spoken_by: str | None, since: date | None) -> str:
        """Say who says a thing and since when it has been in force, as far as either is known."""
        words = self._pack.words
        parts = [spoken_by, words("cited.in-force", day=str(since)) if since else None]
        return words("join.comma").join(part for part in parts if part)

    def line(self, cited: Cited, spoken_by: str) -> str:
        """Say in one line who says a thing, how sure it is, and when it was checked."""
        return self.words(spoken_by, self._place.confidence(cited), cited.checked, cited.sources)

    def words(
        self, spoken_by: str | None, confidence: Confidence | None, checked: date | None, ids: Iterable[str]
    ) -> str:
        """Compose such a line from its parts."""
        ids = tuple(ids)
        sure = confidence or self._place.best_grade(ids)
        words = self._pack.words
        parts = [spoken_by, words(f"confidence.{sure}"), words("cited.checked", day=str(checked)) if checked else None]
        return " · ".join(part for part in parts if part) + f" {self.marks(ids)}"

    def full(self, ids: Iterable[str]) -> list[str]:
        """Return some sources in full, each with its number, one a line."""
        return [f"{self.marks((id_,))} {describe(self._place.source(id_), self._pack)}" for id_ in ids]

    def lines(self) -> list[str]:
        """Return every numbered source in full, one a line."""
        return self.full(self._numbers)

    def __bool__(self) -> bool:
        """Tell whether anything has been cited."""
        return bool(self._numbers)


def describe(source: Source, pack: Pack) -> str:
    """Write out a source: title, publisher, date, grade, address."""
    words = pack.words
    parts = [source.title, source.publisher, source.date or words("cited.undated"), words(f"confidence.{source.grade}")]
    return " · ".join(parts) + (f" · {source.url}" if source.url else "")


def _circled(number: int) -> str:
    return chr(0x245F + number) if number <= 20 else f"[{number}]"
