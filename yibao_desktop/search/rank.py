"""The search: pages that answer what is typed, best first, each with why it is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from yibao_desktop.pack.search_words import PageKind, page_name
from yibao_desktop.pack.store import NATION, Pack, Place
from yibao_desktop.paths import resource
from yibao_desktop.search.grams import longest_common, plain
from yibao_desktop.search.index import Index, LocalPart, Page, Phrase
from yibao_desktop.search.pinyin import Pinyin
from yibao_desktop.search.places import Places
from yibao_desktop.search.reading import MOST_TYPED, Reader, Reading
from yibao_desktop.search.score import Scorer
from yibao_desktop.settings import WIZARDS, Wizard

WORDS_USED = frozenset(f"search.{key}" for key in (
    "empty", "nothing", "long", "asked", "place", "place-beside", "spelled", "heard", "said", "question", "words",
    "inside", "resembles", "wrong",
))
"""Keys of the pack's words for why a page is there."""

_FILES = ("search_words", "guides", "glossary", "payable_items", "rumours", "regions")
"""What is read before anything can be found."""

_SENTENCES = 4096
_TELLING_ALONE = 3
"""So many characters may be searched for one by one."""

_BESIDE = 3
"""A place that is only mentioned comes after so many answers."""


class Hit(msgspec.Struct, frozen=True):
    """A page that answers."""

    kind: PageKind
    id: str
    title: str
    snippet: str
    why: str

    @property
    def target(self) -> str:
        """What to open, named as in the pack: ``guide:lost-card``."""
        return page_name(self.kind, self.id)


class Results(msgspec.Struct, frozen=True):
    """What a search leads to: never nothing, unless the pack has nothing to suggest."""

    query: str
    hits: tuple[Hit, ...]
    suggested: bool = False
    """Whether these are what most people ask, because the search itself has found nothing."""
    reason: str = ""
    """Why the answer is not simply what was searched for; empty when it is."""


@dataclass
class _Ready:
    index: Index
    reader: Reader
    places: Places
    cues: Sequence[tuple[PageKind, tuple[str, ...]]]
    code: str
    """The place whose words are searched besides the nation's."""
    scorer: Scorer


_Ranked = tuple[float, int, int, "Phrase | None", str]
"""Less is better; then pages before places, then their number; the phrase found by; how a place is meant."""


class Search:
    """Finds the pages of a pack. Nothing is read for it before ``prepare`` or the first search."""

    def __init__(self, pack: Pack, wizards: Sequence[Wizard] = WIZARDS) -> None:
        """``wizards`` are the jobs that can be opened here; the others are not found."""
        self._pack = pack
        self._missing = frozenset(WIZARDS) - frozenset(wizards)
        self._ready: _Ready | None = None
        self._steps = self._build()
        self._say = lru_cache(maxsize=_SENTENCES)(pack.words)
        """The pack's words with values filled in; the same sentences come again from keystroke to keystroke."""

    def prepare(self) -> Iterator[None]:
        """Get ready step by step, so that a window stays alive; whoever stops early loses nothing."""
        yield from self._steps

    def find(self, typed: str, place: Place | None = None, limit: int = 8) -> Results:
        """Return the pages that answer, best first; where nothing does, what most people ask."""
        ready = self._for(place)
        here = None if ready.code == NATION else ready.code
        reading = ready.reader.read(typed, ready.scorer.weight, here)
        if not reading.runs:
            asked = any(char.isalnum() for char in plain(typed))  # in a script this program does not read
            return self._suggestions(ready.index, typed, "nothing" if asked else "empty", limit)
        left_out = self._left_out(ready.index)
        # What is left out takes nobody's place.
        ranked = [candidate for candidate in _ranked(ready, reading, limit + len(left_out))
                  if candidate[-1] or candidate[2] not in left_out]
        if not ranked:
            return self._suggestions(ready.index, typed, "nothing", limit)
        hits = tuple([self._hit(ready, candidate, reading) for candidate in ranked[:limit]])
        if len(typed) > MOST_TYPED:
            return Results(typed, hits, reason=self._pack.words("search.long", count=str(MOST_TYPED)))
        return Results(typed, hits)

    def forget(self) -> None:
        """Forget everything that was typed: the next person at this computer shall not find it."""
        self._say.cache_clear()
        if self._ready is not None:
            self._ready.reader.forget()
            self._ready.scorer.forget()

    # --- getting ready ----------------------------------------------------------------------------

    def _build(self) -> Iterator[None]:
        pack = self._pack
        pinyin = Pinyin(resource("pinyin", "readings.txt"))
        yield
        # Reading the files takes longer than all the rest; who has opened their pages already waits for nothing here.
        for name in _FILES:
            getattr(pack, name)
            yield
        index = Index(pack, pinyin)
        yield from index.build()
        places = Places(pack.regions.values(), index.sound)
        cues = [(cue.kind, tuple(plain(word) for word in cue.say)) for cue in pack.search_words.cues]
        reader = Reader(index, places, pack.search_words.two_places or "")
        self._ready = _Ready(index, reader, places, cues, NATION, Scorer(index, None, cues))
        for rarer in ("letters", "sounds"):
            yield
            getattr(index, rarer)

    def _for(self, place: Place | None) -> _Ready:
        while self._ready is None:
            try:
                next(self._steps)
            except StopIteration:
                # An earlier try has ended at a broken file; it is told again.
                self._steps = self._build()
        ready = self._ready
        code = NATION if place is None else place.region.code
        if ready.code != code:
            local = None if place is None or code == NATION else LocalPart(ready.index, self._pack, place)
            ready.code, ready.scorer = code, Scorer(ready.index, local, ready.cues)
        return ready

    # --- what is shown ----------------------------------------------------------------------------

    def _hit(self, ready: _Ready, candidate: _Ranked, reading: Reading) -> Hit:
        _, _, number, phrase, place = candidate
        if place:
            region = ready.places.regions[number]
            return Hit("place", region.code, region.name, "", self._say(f"search.{place}"))
        page = ready.index.pages[number]
        return Hit(page.kind, page.id, page.title, page.text, self._why(ready.index, page, phrase, reading))

    def _why(self, index: Index, page: Page, phrase: Phrase | None, reading: Reading) -> str:
        words = self._say
        for typed, meant in reading.spelled:
            return words("search.spelled", typed=typed, meant=meant)
        if phrase is None:
            return words("search.inside")
        for typed, meant in reading.heard:
            if meant in phrase.pieces:
                return words("search.heard", typed=typed, meant=meant)
        if page.kind == "rumour":
            return words("search.wrong")
        for meaning, said in reading.meanings:
            if meaning in phrase.pieces and said not in phrase.bare:
                for bare, called in index.grams.words_of(meaning):
                    if bare in phrase.bare:
                        return words("search.said", said=said, meant=called)
        if phrase.asked:
            return words("search.question", text=phrase.text)
        common = {piece: None for run in reading.runs for piece in longest_common(run, phrase.bare, min(2, len(run)))}
        return words("search.words", words="、".join(common)) if common else words("search.resembles")

    def _left_out(self, index: Index) -> frozenset[int]:
        """Return the numbers of the pages that only a job opens which is not offered here."""
        if not self._missing:
            return frozenset()
        return frozenset(number for number, page in enumerate(index.pages) if _job_of(page) in self._missing)

    def _suggestions(self, index: Index, typed: str, reason: str, limit: int) -> Results:
        words = self._pack.words
        left_out = self._left_out(index)
        pages = [index.pages[index.number[name]] for name in self._pack.search_words.most_asked
                 if name in index.number and index.number[name] not in left_out]
        hits = tuple(Hit(page.kind, page.id, page.title, page.text, words("search.asked")) for page in pages[:limit])
        return Results(typed, hits, suggested=True, reason=words(f"search.{reason}"))


def _job_of(page: Page) -> str:
    """Return the id of the job that a page belongs to, or nothing."""
    return page.id if page.kind == "wizard" else "channels" if page.kind == "channel-need" else ""


def _ranked(ready: _Ready, reading: Reading, limit: int) -> list[_Ranked]:
    """Return pages and places, best first."""
    nothing_known = max(map(len, reading.pieces), default=1) == 1
    # Single characters of a long text stand somewhere, and tell nothing.
    hopeless = nothing_known and sum(map(len, reading.runs)) > _TELLING_ALONE
    found = [] if hopeless else ready.scorer.candidates(reading, limit)
    ranked: list[_Ranked] = [(-score, 0, page, phrase, "") for score, page, phrase in found]
    meant = ready.places.meant(reading.as_typed.replace(" ", ""), nothing_known)
    if meant:
        ranked += [(-surely, 1, number, None, "place") for number, surely in meant.items()]
        ranked.sort(key=lambda candidate: candidate[:3])
    else:
        ranked[_BESIDE:_BESIDE] = [(0.0, 1, number, None, "place-beside") for number in reading.places]
    return ranked
