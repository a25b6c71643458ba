"""Places by name, by pinyin, by initials, by a name that sounds the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from yibao_desktop.pack.schema import Region

_ABOUT = ("医疗保障局", "医保局", "医保中心", "医保", "社保")
"""Said after the name of a place without asking for anything: 广州医保."""

# How surely a place is meant, against the weight of phrases: one that is named in full beats everything.
NAMED, SPELLED, SOUNDED, BEGUN, BY_INITIALS = 60_000.0, 50_000.0, 20_000.0, 7_000.0, 2_500.0


_TO_GO = ("到", "去", "回", "来")


class Places:
    """Every place that can be chosen."""

    def __init__(self, regions: Iterable[Region], sound: Callable[[str], str]) -> None:
        self._sound = sound
        self.regions = tuple(regions)
        self._by_name: dict[str, list[int]] = {}
        self._by_beginning: dict[str, list[int]] = {}
        self._by_letters: dict[str, list[int]] = {}
        self._by_first_letters: dict[str, list[int]] = {}
        self._by_initials: dict[str, list[int]] = {}
        self._by_sound: dict[str, list[int]] = {}
        for number, region in enumerate(self.regions):
            letters = region.pinyin.replace(" ", "")
            for name in {region.name, region.short}:
                self._by_name.setdefault(name, []).append(number)
                for size in range(1, len(name)):
                    self._by_beginning.setdefault(name[:size], []).append(number)
            self._by_letters.setdefault(letters, []).append(number)
            for size in range(3, len(letters)):
                self._by_first_letters.setdefault(letters[:size], []).append(number)
            self._by_initials.setdefault(region.initials, []).append(number)
            self._by_sound.setdefault(sound(region.short), []).append(number)
        self._sizes = sorted({len(name) for name in self._by_name}, reverse=True)

    def meant(self, text: str, by_ear: bool) -> dict[int, float]:
        """Return the places that may be all that is asked for, each with how surely.

        ``by_ear`` also takes names that only sound like one: 夏门.
        """
        name = text
        if text.endswith(_ABOUT):
            name = next(text.removesuffix(about) for about in _ABOUT if text.endswith(about))
        if not name:
            return {}
        found: dict[int, float] = {}
        tables: tuple[tuple[dict[str, list[int]], float], ...]
        if name.isascii():
            tables = ((self._by_letters, SPELLED), (self._by_first_letters, BEGUN), (self._by_initials, BY_INITIALS))
        else:
            tables = ((self._by_name, NAMED), (self._by_beginning, BEGUN))
        for table, surely in tables:
            for number in table.get(name, ()):
                found.setdefault(number, surely)
        if by_ear and not found and 2 <= len(name) <= 5 and not name.isascii():
            for number in self._by_sound.get(self._sound(name.removesuffix("市")), ()):
                found[number] = SOUNDED
        return found

    def named_in(self, text: str, here: str | None = None) -> tuple[list[int], bool]:
        """Return the places a text names, in its order, and whether it speaks of care away from home.

        It does when it names two places of which neither lies in the other, or says to go to one that is not
        ``here``.
        """
        found: list[int] = []
        elsewhere = False
        at = 0
        while at < len(text) - 1:
            name = self._name_at(text, at)
            if name:
                number = self._by_name[name][0]
                if number not in found:
                    found.append(number)
                elsewhere |= text[at - 1:at] in _TO_GO and self.regions[number].code != here
            at += len(name) or 1
        if not found:
            return found, False
        apart = {self.regions[number].province for number in found}
        lowest = [number for number in found if self.regions[number].code not in apart]
        return found, elsewhere or len(lowest) > 1 or len(apart) > 1

    def _name_at(self, text: str, at: int) -> str:
        two = text[at:at + 2]
        if two in self._by_beginning or two in self._by_name:
            for size in self._sizes:
                if (name := text[at:at + size]) in self._by_name:
                    return name
        return ""
