"""How well pages answer: what of a question stands in which phrase, and what that is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from yibao_desktop.pack.search_words import PageKind
from yibao_desktop.search.index import Index, LocalPart, Phrase
from yibao_desktop.search.reading import Reading

_KIND: dict[PageKind, float] = {
    "guide": 1.0, "channel-need": 0.87, "payable": 0.75, "term": 0.5, "wizard": 0.9, "rumour": 0.62,
}
"""A guide says more than a term, and what is right more than what is wrong."""
_CUED = 1.4
"""A kind of page that the form of the question asks for counts this much more."""
_INSIDE = 0.25
"""A word in the small print counts this much of one in a title."""
_BEGUN = 1.25
"""A phrase that begins with what is typed is probably the one being typed."""
_HOPELESS = 4
"""A phrase in which so many times less stands than in another is not looked at."""
_SAID = 1.4
"""A phrase that is typed to its end is meant."""
_MORE = 2
"""So many more pages than are wanted are looked at closely; some then rise."""


class Candidate(NamedTuple):
    """A page that may answer, with the phrase it is found by; none where only its small print has the words."""

    score: float
    page: int
    phrase: Phrase | None


class Scorer:
    """Scores the pages of the nation, or of the nation and one place.

    From one keystroke to the next most of a question stays: only the pieces that came or went are counted. As
    weights are whole numbers, the sums are the same as if everything had been counted anew.
    """

    def __init__(self, index: Index, local: LocalPart | None, cues: Sequence[tuple[PageKind, tuple[str, ...]]]) -> None:
        self._index, self._cues = index, cues
        self._parts = (index.nation,) if local is None else (index.nation, local)
        self._all = index.nation if local is None else local
        self.weight: Mapping[str, int] = index.weight if local is None else local.weight
        self._kinds = [page.kind for page in index.pages]
        self._counted: dict[str, int] = {}
        self._in_phrases: dict[int, int] = {}
        self._in_pages: dict[int, int] = {}

    def candidates(self, reading: Reading, wanted: int) -> list[Candidate]:
        """Return the pages that may answer, best first, rather more than are wanted."""
        common, pieces = self._index.common, reading.pieces
        telling = {piece: weight for piece, weight in pieces.items() if piece not in common}
        shared = [item for item in pieces.items() if item[0] in common] if telling else []
        self._count(telling or pieces)
        cued = {kind for kind, says in self._cues for word in says if word in reading.text}
        phrases, worth, text = self._all.phrases, self._all.worth, reading.text
        found: list[Candidate] = []
        for page, number in self._likeliest(wanted + _MORE):
            score, phrase = 0.0, None
            if number >= 0:
                phrase, weight = phrases[number], self._in_phrases[number]
                stands = phrase.pieces
                for piece, more in shared:
                    if piece in stands:
                        weight += more
                score = weight * worth[number]
                if phrase.bare.startswith(text):
                    score *= _SAID if phrase.bare == text else _BEGUN
            kind = self._kinds[page]
            score = (score + _INSIDE * self._in_pages.get(page, 0)) * _KIND[kind]
            found.append(Candidate(score * _CUED if kind in cued else score, page, phrase))
        found.sort(key=_order)
        return found

    def forget(self) -> None:
        """Forget what was asked last."""
        self._counted, self._in_phrases, self._in_pages = {}, {}, {}

    def _count(self, telling: dict[str, int]) -> None:
        before = self._counted
        gone = [(piece, -weight) for piece, weight in before.items() if telling.get(piece) != weight]
        come = [(piece, weight) for piece, weight in telling.items() if before.get(piece) != weight]
        if len(gone) >= len(before):
            self._in_phrases, self._in_pages = {}, {}
            gone, come = [], list(telling.items())
        self._add(gone)
        self._add(come)
        self._counted = telling

    def _add(self, pieces: Iterable[tuple[str, int]]) -> None:
        in_phrases, in_pages = self._in_phrases, self._in_pages
        for piece, weight in pieces:
            for part in self._parts:
                for number in part.found.get(piece, ()):
                    in_phrases[number] = in_phrases.get(number, 0) + weight
                for page in part.inside.get(piece, ()):
                    in_pages[page] = in_pages.get(page, 0) + weight

    def _likeliest(self, most: int) -> list[tuple[int, int]]:
        """Return the likeliest pages, each with the number of its best phrase, or -1."""
        worth, page_of = self._all.worth, self._all.page_of
        least = max(self._in_phrases.values(), default=0) // _HOPELESS
        scores = {number: weight * worth[number] for number, weight in self._in_phrases.items() if weight > least}
        # Worst first, so that what is written last for a page is its best phrase.
        rising = sorted(sorted(scores, reverse=True), key=scores.__getitem__)
        number_of = {page_of[number]: number for number in rising}
        best = {page: scores[number] for page, number in number_of.items()}
        for page, weight in self._in_pages.items():
            if weight:
                best[page] = best.get(page, 0.0) + _INSIDE * weight
        likeliest = sorted([(-score, page) for page, score in best.items()])[:most]
        return [(page, number_of.get(page, -1)) for _, page in likeliest]


def _order(candidate: Candidate) -> tuple[float, int]:
    return -candidate[0], candidate[1]
