"""What texts are compared by: characters, pairs of neighbours, and the meanings people have many words for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from yibao_desktop.pack.search_words import Saying

_RUN = re.compile("[〇一-\u9fffa-z0-9]+")
_UNIT = re.compile("[〇一-\u9fff]|[a-z0-9]+")

_PARTICLE = re.compile("[的了吗呢啊呀吧嘛么哦呗噢呐]")


def plain(text: str) -> str:
    """Return a text as it is compared: one width, small letters, no particles."""
    return without_particles(spoken(text))


def without_particles(text: str) -> str:
    """Return a text without the words that only carry a tone: 卡里钱 for 卡里的钱."""
    return _PARTICLE.sub("", text)


def spoken(text: str) -> str:
    """Return a text in one width and small letters, with every word that is spoken."""
    return unicodedata.normalize("NFKC", text).lower()


def runs(text: str) -> list[str]:
    """Return the unbroken runs of characters, letters and digits."""
    return _RUN.findall(text)


def units(run: str) -> list[str]:
    """Return the characters of a run; letters and digits stay together."""
    return _UNIT.findall(run)


def pairs(parts: Sequence[str]) -> list[str]:
    """Return each two neighbours as one."""
    return [first + second for first, second in pairwise(parts)]


def longest_common(run: str, text: str, least: int = 2) -> list[str]:
    """Return the pieces of a run that stand in a text, taken from the left, each as long as may be."""
    found: list[str] = []
    at, size = 0, len(run)
    while at + least <= size:
        end = at + least
        if run[at:end] not in text:
            at += 1
            continue
        while end < size and run[at:end + 1] in text:
            end += 1
        found.append(run[at:end])
        at = end
    return found


class Grams:
    """Takes texts apart by the words of a pack that mean the same and those that mean nothing."""

    def __init__(self, sayings: Sequence[Saying], filler: Sequence[str]) -> None:
        self.sayings = sayings
        meanings: dict[str, dict[str, None]] = {}
        for number, saying in enumerate(sayings):
            for word in (*saying.say, *saying.mean):
                for form in (spoken(word), plain(word)):
                    # What is left of 没了 without its particle is another word.
                    if len(form) > 1 or len(word) == 1:
                        meanings.setdefault(form, {})[f"§{number}"] = None
        self._called = [[(plain(word), word) for word in saying.mean] for saying in sayings]
        self._meanings = {word: tuple(tokens) for word, tokens in meanings.items()}
        self._sizes: dict[str, list[int]] = {}
        for size, first in sorted({(len(word), word[0]) for word in meanings}, reverse=True):
            self._sizes.setdefault(first, []).append(size)
        self.known_pairs = {pair for word in meanings for pair in pairs(units(word))}
        words = sorted({plain(word) for word in filler} - {""}, key=lambda word: (-len(word), word))
        self._filler = re.compile("|".join(map(re.escape, words)) or r"(?!)")

    def telling(self, text: str) -> list[str]:
        """Return the runs of a plain text without filler, or with it if nothing else is there."""
        return _RUN.findall(self._filler.sub(" ", text)) or _RUN.findall(text)

    def meanings(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each meaning in a spoken text with the word that has it; longer words are taken first."""
        known, sizes, taken = self._meanings, self._sizes, 0
        for at, first in enumerate(text):
            for length in sizes.get(first, ()):
                word = text[at:at + length]
                if word in known:
                    # Words may overlap (医保卡 and 卡里的钱), but none is looked for inside a longer one.
                    if at + length > taken:
                        taken = at + length
                        for meaning in known[word]:
                            yield meaning, word
                    break

    def words_of(self, meaning: str) -> Sequence[tuple[str, str]]:
        """Return the words this program has for a meaning, plain and as they are written."""
        return self._called[int(meaning[1:])]
