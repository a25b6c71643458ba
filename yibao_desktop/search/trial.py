"""How well the search does on questions whose answers are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from yibao_desktop.pack.search_words import SearchQuestion
from yibao_desktop.pack.store import Pack
from yibao_desktop.search.rank import Search

_SHOWN = 3


@dataclass(frozen=True)
class Miss:
    """A question whose page is not the first."""

    asked: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    """The first three pages instead."""

    @property
    def far(self) -> bool:
        """Whether the page is not even among the first three."""
        return not set(self.wanted) & set(self.found)


@dataclass(frozen=True)
class Trial:
    """How a set of questions came out."""

    asked: int
    misses: tuple[Miss, ...]

    @property
    def first_in_hundred(self) -> Decimal:
        """How many in a hundred find their page first."""
        return self._in_hundred(len(self.misses))

    @property
    def first_three_in_hundred(self) -> Decimal:
        """How many in a hundred find their page among the first three."""
        return self._in_hundred(sum(miss.far for miss in self.misses))

    def _in_hundred(self, missed: int) -> Decimal:
        return (Decimal(self.asked - missed) * 100 / self.asked).quantize(Decimal("0.1"))

    def __str__(self) -> str:
        """Give the score in a sentence."""
        return (f"{self.asked} 句问话：第一页就对的 {self.first_in_hundred}%，"
                f"前三页里有的 {self.first_three_in_hundred}%。")


def try_questions(pack: Pack, questions: Iterable[SearchQuestion]) -> Trial:
    """Ask every question and see what is found."""
    search = Search(pack)
    asked = 0
    misses: list[Miss] = []
    for question in questions:
        place = pack.place(question.region) if question.region is not None else None
        for typed in question.asked:
            asked += 1
            found = tuple(hit.target for hit in search.find(typed, place, _SHOWN).hits)
            if not found or found[0] not in question.page:
                misses.append(Miss(typed, question.page, found))
    return Trial(asked, tuple(misses))
