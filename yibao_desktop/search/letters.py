"""From letters on a pad to Chinese: full pinyin, initials, a mixture, with a slip or two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from yibao_desktop.search.pinyin import Pinyin
from yibao_desktop.search.typos import slips_to_beginning

_INSIDE = "\0"
"""Stands beside the letters of a syllable after its first."""

_MOST_PLACES = 40
"""How many places that sound alike are looked at; the more telling phrases stand first."""

_LONGEST_PIECE = 18
_LETTERS_A_PIECE = 2.5

_WITH_ONE_SLIP, _WITH_TWO_SLIPS = 5, 9
"""So many letters must be typed before slips are forgiven: shorter, everything resembles everything."""


class Letters:
    """The phrases of the pack spelled, to be looked up by what is typed.

    The spelling stands in one long text with the characters in a second text of the same length beside it, so that
    the quickest search there is, a plain one for a piece of text, finds where the letters are and what they mean.
    """

    def __init__(self, phrases: Iterable[str], pinyin: Pinyin) -> None:
        spelled: list[str] = []
        meant: list[str] = []
        first: list[str] = []
        shorts: list[str] = []
        for phrase in phrases:
            syllables = pinyin.syllables(phrase)
            spelled.append("".join(syllables))
            meant.append("".join([char + _INSIDE * (len(syllable) - 1)
                                  for char, syllable in zip(phrase, syllables, strict=True)]))
            first.append("".join([syllable[0] for syllable in syllables]))
            shorts.append(phrase)
        self._spelled, self._meant = "\n".join(spelled), "\n".join(meant)
        self._first, self._shorts = "\n".join(first), "\n".join(shorts)

    def read_exactly(self, typed: str) -> tuple[str, ...]:
        """Return what the letters spell or abbreviate as they stand, likeliest first."""
        return _likeliest_first(self._in_full(typed) or self._by_initials(typed))

    def read(self, typed: str) -> tuple[str, ...]:
        """Return what the letters may mean in Chinese, likeliest first; nothing if they mean nothing."""
        found = (self._in_full(typed) or self._by_initials(typed) or self._mixed(typed) or self._in_pieces(typed)
                 or self._with_slips(typed))
        return _likeliest_first(found)

    def _in_full(self, typed: str) -> dict[str, int]:
        found: dict[str, int] = {}
        meant, size = self._meant, len(typed)
        for number, at in enumerate(self._places(self._spelled, typed, meant)):
            text = meant[at:at + size].replace(_INSIDE, "")
            # Whole syllables are likelier than a word that has only begun; what stands early is likelier.
            whole = 3 if meant[at + size:at + size + 1] != _INSIDE else 1
            found[text] = found.get(text, 0) + whole * (_MOST_PLACES - number)
        return found

    def _by_initials(self, typed: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, at in enumerate(self._places(self._first, typed, self._shorts)):
            text = self._shorts[at:at + len(typed)]
            starts = 2 if at == 0 or self._shorts[at - 1] == "\n" else 1
            found[text] = found.get(text, 0) + starts * (_MOST_PLACES - number)
        return found

    @staticmethod
    def _places(text: str, typed: str, meant: str) -> Iterable[int]:
        at, count = text.find(typed), 0
        while at >= 0 and count < _MOST_PLACES:
            if meant[at] != _INSIDE:
                yield at
                count += 1
            at = text.find(typed, at + 1)

    @cached_property
    def _marked(self) -> str:
        """The spelling with the first letter of each syllable large."""
        return "".join([letter if char == _INSIDE else letter.upper()
                        for letter, char in zip(self._spelled, self._meant, strict=True)])

    def _mixed(self, typed: str) -> dict[str, int]:
        """``yibaokdl``: some syllables in full, of others the first letter."""
        pattern = typed[0].upper() + "".join(f"(?:{c}|[a-z]*{c.upper()})" for c in typed[1:] if c.isalpha())
        match = re.search(pattern, self._marked)
        return {self._meant[match.start():match.end()].replace(_INSIDE, ""): 1} if match else {}

    def _in_pieces(self, typed: str) -> dict[str, int]:
        """Words that stand nowhere beside each other: the longest beginnings that leave something readable."""
        pieces = self._pieces(typed, {})
        # Read by initials alone, any row of letters falls into pieces that mean something.
        few = pieces is not None and (len(pieces) <= 2 or len(typed) >= _LETTERS_A_PIECE * len(pieces))
        return {" ".join(pieces): 1} if pieces and few else {}

    def _pieces(self, typed: str, known: dict[str, list[str] | None]) -> list[str] | None:
        if not typed:
            return []
        if typed not in known:
            known[typed] = None
            for size in range(min(len(typed), _LONGEST_PIECE), 1, -1):
                if (piece := self._piece(typed[:size], size == len(typed))) is not None:
                    rest = self._pieces(typed[size:], known)
                    if rest is not None:
                        known[typed] = [piece, *rest]
                        break
        return known[typed]

    def _piece(self, begun: str, last: bool) -> str | None:
        size = len(begun)
        for at in self._places(self._spelled, begun, self._meant):
            # Only the end of what is typed may be an unfinished syllable.
            if last or self._meant[at + size:at + size + 1] != _INSIDE:
                return self._meant[at:at + size].replace(_INSIDE, "")
        found = self._by_initials(begun)
        return max(found, key=lambda text: (found[text], text)) if found else None

    def _with_slips(self, typed: str) -> dict[str, int]:
        """Letters with a slip or two: one half is then still as it should be, and leads to the place."""
        size = len(typed)
        if size < _WITH_ONE_SLIP:
            return {}
        most = 1 if size < _WITH_TWO_SLIPS else 2
        found: dict[str, int] = {}
        for text, meant in ((self._spelled, self._meant), (self._first, self._shorts)):
            tried: set[int | None] = {None}
            for start, at in self._anchors(typed, text, most + 1):
                begin = self._first_of_syllable(meant, at - start)
                if begin is None or begin in tried:
                    continue
                tried.add(begin)
                line = text[begin:begin + size + most].partition("\n")[0]
                slips = slips_to_beginning(typed, line, most)
                if slips is not None:
                    there = meant[begin:begin + size].partition("\n")[0].replace(_INSIDE, "")
                    found[there] = max(found.get(there, 0), 3 - slips)
        return found

    @staticmethod
    def _anchors(typed: str, text: str, parts: int) -> Iterable[tuple[int, int]]:
        """Where each part of what was typed stands: (where in what was typed, where in the text)."""
        length = len(typed) // parts
        for part in range(parts):
            start = part * length
            piece = typed[start:start + length] if part < parts - 1 else typed[start:]
            at, count = text.find(piece), 0
            while at >= 0 and count < _MOST_PLACES:
                yield start, at
                count += 1
                at = text.find(piece, at + 1)

    @staticmethod
    def _first_of_syllable(meant: str, at: int) -> int | None:
        """The beginning nearest to a place: letters too many or missing shift it."""
        for near in (at, at - 1, at + 1, at - 2, at + 2):
            if 0 <= near < len(meant) and meant[near] not in (_INSIDE, "\n"):
                return near
        return None


def _likeliest_first(found: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(found, key=lambda text: (-found[text], text)))
