"""What is typed, read: letters turned into Chinese, slips of the ear mended, taken apart and weighed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from yibao_desktop.search.grams import pairs, spoken, units, without_particles
from yibao_desktop.search.index import Index
from yibao_desktop.search.places import Places

MOST_TYPED = 200
"""Nobody types more on purpose; what stands behind it is not looked at."""

_LETTERS = re.compile("[a-z]+")
_SPACED_LETTERS = re.compile("[a-z]+(?: +[a-z]+)+")
_HAN_PAIR = re.compile("[一-\u9fff]{2}")

_OTHER_READING = 0.4
"""Letters can mean several words; the less likely ones count this much."""
_HEARD = 0.5
"""A word that only sounds like what was typed counts this much."""
_OTHER_READINGS = 3
_REMEMBERED = 2048
_ELSEWHERE = 0.75
"""Who names two places asks about care away from home: 徐州医保到南京. That counts this much of saying so."""


@dataclass
class Reading:
    """A question as the search understands it."""

    text: str
    """Plain Chinese, letters turned into characters."""
    as_typed: str
    """The same with its letters."""
    runs: list[str] = field(default_factory=list)
    pieces: dict[str, int] = field(default_factory=dict)
    """What it is made of, by weight."""
    meanings: list[tuple[str, str]] = field(default_factory=list)
    """Each meaning with the word that was said."""
    spelled: list[tuple[str, str]] = field(default_factory=list)
    """Letters and the Chinese they were taken for."""
    heard: list[tuple[str, str]] = field(default_factory=list)
    """Words that sound like others, and those others."""
    places: list[int] = field(default_factory=list)
    """Numbers of the places that are named."""


class Reader:
    """Reads questions by the words of an index."""

    def __init__(self, index: Index, places: Places, elsewhere: str) -> None:
        self._index, self._places = index, places
        self._elsewhere = spoken(elsewhere)
        # From one keystroke to the next most words stay.
        self._spell = lru_cache(maxsize=_REMEMBERED)(lambda letters: index.letters.read(letters))
        self._spell_exactly = lru_cache(maxsize=_REMEMBERED)(lambda letters: index.letters.read_exactly(letters))
        self._hear = lru_cache(maxsize=_REMEMBERED)(self._sounds_like)

    def read(self, typed: str, weight: Mapping[str, int], here: str | None = None) -> Reading:
        """Read what was typed, by the weights of the nation and the chosen place, whose code is ``here``."""
        others: list[str] = []
        spelled: list[tuple[str, str]] = []
        typed = spoken(typed[:MOST_TYPED])
        text = self._spell_out(typed, weight, spelled, others)
        bare = without_particles(text)
        reading = Reading(bare, typed if spelled else bare, spelled=spelled)
        self._take_apart(reading, text, weight, 1)
        for other in others:
            self._take_apart(reading, other, weight, _OTHER_READING)
        reading.places, elsewhere = self._places.named_in(reading.text, here)
        if elsewhere and self._elsewhere:
            said = list(reading.meanings)
            self._take_apart(reading, self._elsewhere, weight, _ELSEWHERE)
            reading.meanings = said  # nobody said these words
        return reading

    def forget(self) -> None:
        """Forget what was typed so far."""
        for remembered in (self._spell, self._spell_exactly, self._hear):
            remembered.cache_clear()

    def _spell_out(
        self, text: str, weight: Mapping[str, int], spelled: list[tuple[str, str]], others: list[str],
    ) -> str:
        if _LETTERS.search(text) is None:
            return text

        def chinese(match: re.Match[str]) -> str:
            letters = match.group()
            if letters in weight:  # a name that is written in letters: APP, HPV
                return letters
            meant = self._spell(letters)[:_OTHER_READINGS]
            if not meant:
                return letters
            spelled.append((letters, meant[0]))
            others.extend(meant[1:])
            return meant[0]

        def together(match: re.Match[str]) -> str:
            apart = match.group().split()
            letters = "".join(apart)
            if any(word in weight for word in apart) or not (meant := self._spell_exactly(letters)):
                return match.group()
            spelled.append((match.group(), meant[0]))
            return meant[0]

        return _LETTERS.sub(chinese, _SPACED_LETTERS.sub(together, text))

    def _take_apart(self, reading: Reading, text: str, weight: Mapping[str, int], share: float) -> None:
        pieces, grams = reading.pieces, self._index.grams
        mended: list[str] = []
        runs = grams.telling(reading.text if share == 1 else without_particles(text))
        for run in runs:
            parts = units(run)
            two = pairs(parts)
            for piece in (*parts, *two):
                if piece in weight:
                    counts = weight[piece] if share == 1 else int(weight[piece] * share)
                    if counts > pieces.get(piece, 0):
                        pieces[piece] = counts
            if share < 1:
                continue
            for place, piece in enumerate(two):
                if piece not in weight and (meant := self._hear(piece)) is not None:
                    reading.heard.append((piece, meant))
                    parts[place:place + 2] = meant
                    mended.append("".join(parts))
        for meaning, said in grams.meanings(text):
            if meaning in weight:
                pieces[meaning] = max(pieces.get(meaning, 0), int(weight[meaning] * share))
                reading.meanings.append((meaning, said))
        if share == 1:
            reading.runs = runs
        for run in mended:
            self._take_apart(reading, run, weight, share * _HEARD)

    def _sounds_like(self, pair: str) -> str | None:
        """Return the pair of the pack that sounds like one the pack does not have."""
        if _HAN_PAIR.fullmatch(pair) is None or pair in self._index.grams.known_pairs:
            return None
        found = self._index.sounds.get(self._index.sound(pair), ())
        # Of two characters one is usually right.
        sharing = [other for other in found if other[0] == pair[0] or other[1] == pair[1]]
        often = self._index.nation.found
        return max(sharing, key=lambda other: (len(often[other]), other), default=None)
