"""How Chinese is read aloud, from a table that was made when the program was packed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_LONGEST_WORD = 3

# Sounds that many speakers do not keep apart: 四 and 十, 兰 and 南, 人 and 仍.
_INITIALS_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))


class Pinyin:
    """The readings of characters and of words that are read otherwise, without tones, ü as v."""

    def __init__(self, table: Path) -> None:
        self._characters: dict[str, str] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        characters, _, words = table.read_text(encoding="utf-8").partition("\n\n")
        for line in characters.splitlines():
            if not line.startswith("#"):
                reading, _, found = line.partition(" ")
                self._characters.update(dict.fromkeys(found, reading))
        for line in words.splitlines():
            word, _, readings = line.partition(" ")
            self._words[word] = tuple(readings.split())

    def syllables(self, text: str) -> Sequence[str]:
        """Return one syllable for each character; what has no reading stands for itself."""
        known, words = self._characters, self._words
        read: list[str] = []
        at, size = 0, len(text)
        while at < size:
            for end in range(min(at + _LONGEST_WORD, size), at + 1, -1):
                word = words.get(text[at:end])
                if word is not None:
                    read += word
                    at = end
                    break
            else:
                read.append(known.get(text[at], text[at]))
                at += 1
        return read


def alike(syllable: str) -> str:
    """Return the sound by which syllables that are easily confused are the same: ``shang`` and ``san``."""
    for apart, together in _INITIALS_ALIKE:
        if syllable.startswith(apart):
            syllable = together + syllable[len(apart):]
            break
    return syllable[:-1] if syllable.endswith("ng") else syllable
