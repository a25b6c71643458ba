"""The pages that can be found and the words they are found by: the nation's once, a place's when it is chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from yibao_desktop.pack.schema import Channel
from yibao_desktop.pack.search_words import PageKind, page_name
from yibao_desktop.pack.store import Layer, Pack, Place
from yibao_desktop.search.grams import Grams, pairs, plain, runs, spoken, units
from yibao_desktop.search.letters import Letters
from yibao_desktop.search.pinyin import Pinyin, alike

# How much it tells that a piece of a question stands in a phrase.
_CHARACTER, _PAIR, _NAME, _MEANING = 0.55, 1.0, 1.15, 1.8
_LOOSE = 0.5
"""A pair that is only where two words meet (卡能, 我医) tells less, however rare it is."""
_LITTLE = frozenset("我你您他她它能会要可在有没不是和跟就都也还被从把对给用到去来这那个多几上下里后再让")
_SCALE = 1000
"""Weights are whole numbers, so that they add up to the same in any order."""

# How well a phrase stands for its page: its title, a question it answers, half of its title, a heading
# or a sentence of its summary, a wrong claim.
_TITLE, _ASKED, _CLAUSE, _PART, _WRONG = 1.0, 0.8, 0.85, 0.45, 0.7

_LENGTH = 0.45
"""How much longer phrases are held back; with 0 the longest would win, with 1 the shortest."""
_USUAL = 20 * _SCALE
"""What a phrase of usual length weighs."""

_COMMON = 80
"""A piece that stands in more phrases than this does not bring any up by itself."""

_WAYS_TOLD = 2

_COLLECTOR = "有人说："


@dataclass(frozen=True)
class Page:
    """Something a search can lead to."""

    kind: PageKind
    id: str
    title: str
    text: str
    """What it says, in a sentence or two."""

    @property
    def name(self) -> str:
        """Its name as the pack writes it: ``guide:lost-card``."""
        return page_name(self.kind, self.id)


@dataclass(frozen=True)
class Phrase:
    """A phrase a page is found by. ``bare`` is its text as it is compared, ``pieces`` what that is made of."""

    page: int
    text: str
    asked: bool
    """Whether it is a question or name people use, not the page's own words."""
    bare: str
    pieces: frozenset[str]


class Part:
    """Phrases and texts of one level, by the pieces they are made of."""

    def __init__(self, grams: Grams, before: Part | None = None) -> None:
        self._grams = grams
        self._before = len(before.phrases) if before else 0
        self.phrases: list[Phrase] = list(before.phrases) if before else []
        self.page_of: list[int] = list(before.page_of) if before else []
        self.worth: list[float] = list(before.worth) if before else []
        """How much it counts when all of a phrase, or some of it, is asked for."""
        self.found: dict[str, tuple[int, ...]] = {}
        """Numbers of the phrases a piece stands in."""
        self.inside: dict[str, tuple[int, ...]] = {}
        """Numbers of the pages a pair or meaning stands in, be it in the small print."""
        self._found: dict[str, list[int]] = {}
        self._texts: dict[int, set[str]] = {}
        self._counted: list[set[str]] = []
        """What the weight of each phrase is counted by."""

    def phrase(self, page: int, text: str, worth: float) -> None:
        """Add a phrase that stands for a page."""
        said = spoken(text)
        meanings = dict(self._grams.meanings(said))
        bare = plain(said)
        pieces = self._take_apart(page, bare)
        # A word that has a meaning may be asked for in other words: it weighs as its meaning alone.
        for word in sorted(set(meanings.values()), key=lambda word: (-len(word), word)):
            said = said.replace(word, " ")
        self._counted.append((pieces if not meanings else self._pieces(plain(said))) | set(meanings))
        pieces.update(meanings)
        self._texts[page].update(meanings)
        number = len(self.phrases)
        for piece in pieces:
            self._found.setdefault(piece, []).append(number)
        self.phrases.append(Phrase(page, text, worth == _ASKED, bare, frozenset(pieces)))
        self.page_of.append(page)
        self.worth.append(worth)

    def text(self, page: int, text: str) -> None:
        """Add what a page says besides."""
        self._take_apart(page, plain(text))

    def _take_apart(self, page: int, bare: str) -> set[str]:
        pieces = self._pieces(bare)
        self._texts.setdefault(page, set()).update([piece for piece in pieces if len(piece) > 1])
        return pieces

    def _pieces(self, bare: str) -> set[str]:
        pieces: set[str] = set()
        for run in self._grams.telling(bare):
            parts = units(run)
            pieces.update(parts)
            pieces.update(pairs(parts))
        return pieces

    def weigh(self, weight: dict[str, int], count: int) -> None:
        """Give every piece that has no weight yet one by how rare it is among ``count`` phrases."""
        inside: dict[str, list[int]] = {}
        for page, texts in self._texts.items():
            for piece in texts:
                inside.setdefault(piece, []).append(page)
        # Tuples: the garbage collector does not walk through those that hold numbers alone.
        self.found = {piece: tuple(numbers) for piece, numbers in self._found.items()}
        self.inside = {piece: tuple(pages) for piece, pages in inside.items()}
        self._found.clear()
        self._texts.clear()
        for known in (self.found, self.inside):
            for piece, numbers in known.items():
                if piece not in weight:
                    weight[piece] = _weight(piece, len(numbers), count)
        for number, pieces in enumerate(self._counted, self._before):
            whole = sum([weight.get(piece, 0) for piece in pieces])
            self.worth[number] *= (_USUAL / max(whole, 1)) ** _LENGTH
        self._counted.clear()


def _weight(piece: str, often: int, count: int) -> int:
    if piece[0] == "§":
        kind = _MEANING
    elif piece.isascii():
        kind = _NAME
    elif len(piece) == 1:
        kind = _CHARACTER
    else:
        kind = _LOOSE if piece[0] in _LITTLE or piece[1] in _LITTLE else _PAIR
    return round(_SCALE * kind * log(1 + max(count - often, 0) / (often + 0.5)))


class Index:
    """What the nation says, taken apart."""

    def __init__(self, pack: Pack, pinyin: Pinyin) -> None:
        self._pack, self._pinyin = pack, pinyin
        words = pack.search_words
        self.grams = Grams(words.sayings, words.filler)
        self.pages: list[Page] = []
        self.number: dict[str, int] = {}
        self.nation = Part(self.grams)
        self.weight: dict[str, int] = {}
        self.common: frozenset[str] = frozenset()

    def build(self) -> Iterator[None]:
        """Build piece by piece, so that a window stays alive while there is still some to do."""
        for add in (self._wizards, self._guides, self._needs, self._terms, self._payables, self._rumours,
                    self._further_questions):
            add()
            yield
        self.nation.weigh(self.weight, len(self.nation.phrases))
        self.common = frozenset(piece for piece, numbers in self.nation.found.items() if len(numbers) > _COMMON)

    @cached_property
    def letters(self) -> Letters:
        """The phrases spelled; not needed by those who type Chinese."""
        return Letters(self._to_spell(), self._pinyin)

    @cached_property
    def sounds(self) -> dict[str, list[str]]:
        """The pairs of the phrases by how they sound; not needed by those who make no mistake."""
        sounds: dict[str, list[str]] = {}
        for piece in self.nation.found:
            if len(piece) == 2 and not piece.isascii() and piece[0] != "§":
                sounds.setdefault(self.sound(piece), []).append(piece)
        return sounds

    def sound(self, text: str) -> str:
        """Return how a text sounds to ears that do not keep every sound apart."""
        return " ".join(map(alike, self._pinyin.syllables(text)))

    # --- what the nation says ---------------------------------------------------------------------

    def _wizards(self) -> None:
        for wizard in self._pack.search_words.wizards:
            page = self._page("wizard", wizard.id, wizard.title, wizard.text)
            self.nation.phrase(page, wizard.title, _TITLE)
            self.nation.phrase(page, wizard.text, _PART)
        add_ways_to_share(self.nation, self._pack.nation, self.number)

    def _guides(self) -> None:
        for guide in self._pack.guides.values():
            page = self._page("guide", guide.id, guide.title, guide.summary)
            self.nation.phrase(page, guide.title, _TITLE)
            for clause in clauses(guide.title):
                self.nation.phrase(page, clause, _CLAUSE)
            for asked in guide.asked:
                self.nation.phrase(page, asked, _ASKED)
            for sentence in sentences(guide.summary):
                self.nation.phrase(page, sentence, _PART)
            for paragraph in guide.paragraphs:
                if paragraph.heading:
                    self.nation.phrase(page, paragraph.heading, _PART)
                self.nation.text(page, paragraph.text)

    def _needs(self) -> None:
        names: dict[str, list[str]] = {}
        for channel in self._pack.nation.channels:
            for answer in channel.answers:
                names.setdefault(answer.need, []).append(channel.name)
        for need in self._pack.needs:
            page = self._page("channel-need", need.id, need.label, need.help or _ways(names.get(need.id, ())))
            self.nation.phrase(page, need.label, _TITLE)
            if need.help:
                self.nation.phrase(page, need.help, _PART)
        add_channels(self.nation, self._pack.nation.channels, self.number)

    def _terms(self) -> None:
        for term in self._pack.glossary:
            page = self._page("term", term.id, term.term, term.text)
            self.nation.phrase(page, term.term, _TITLE)
            for also in term.also:
                self.nation.phrase(page, also, _ASKED)
            self.nation.text(page, term.text)

    def _payables(self) -> None:
        answers: dict[str, list[str]] = {}
        words = self._pack.words
        for answer in self._pack.payable_of(self._pack.nation):
            said = f"{words(f'purse.{answer.purse}')}：{words(f'payable.{answer.answer}')}"
            answers.setdefault(answer.item, []).append(said)
        for item in self._pack.payable_items:
            page = self._page("payable", item.id, item.label, "；".join(answers.get(item.id, ())))
            self.nation.phrase(page, item.label, _TITLE)
            for asked in item.asked:
                self.nation.phrase(page, asked, _ASKED)

    def _rumours(self) -> None:
        for rumour in self._pack.rumours:
            page = self._page("rumour", rumour.id, rumour.wrong, rumour.right)
            self.nation.phrase(page, rumour.wrong.removeprefix(_COLLECTOR), _WRONG)
            self.nation.text(page, rumour.right)

    def _further_questions(self) -> None:
        for further in self._pack.search_words.asked:
            page = self.number.get(further.page)
            if page is not None:
                for asked in further.asked:
                    self.nation.phrase(page, asked, _ASKED)

    def _page(self, kind: PageKind, id_: str, title: str, text: str) -> int:
        page = Page(kind, id_, title, text)
        self.number[page.name] = len(self.pages)
        self.pages.append(page)
        return len(self.pages) - 1

    def _to_spell(self) -> Iterable[str]:
        """Return what letters are looked up in: short names before whole questions."""
        said = [word for saying in self.grams.sayings for word in (*saying.mean, *saying.say)]
        texts = [*said, *(phrase.text for phrase in self.nation.phrases)]
        return dict.fromkeys(run for text in texts for run in runs(spoken(text)))


class LocalPart(Part):
    """What a place and its province say, of pages the nation has; its phrases are numbered on from the nation's."""

    def __init__(self, index: Index, pack: Pack, place: Place) -> None:
        super().__init__(index.grams, index.nation)
        for layer in place.layers:
            if layer is pack.nation:
                continue
            add_ways_to_share(self, layer, index.number)
            add_channels(self, layer.channels, index.number)
            self._add_rules(layer, index.number)
            for note in pack.local_notes(layer):
                self._add(index.number.get(f"guide:{note.guide}"), note.text)
            for answer in pack.payable_of(layer):
                self._add(index.number.get(f"payable:{answer.item}"), answer.why)
        self.weight = dict(index.weight)
        self.weigh(self.weight, len(index.nation.phrases))

    def _add_rules(self, layer: Layer, number: dict[str, int]) -> None:
        page = number.get("wizard:bill")
        if page is not None:
            for title in dict.fromkeys(rule.title for rule in layer.benefits.rules):
                self.phrase(page, title, _PART)

    def _add(self, page: int | None, text: str) -> None:
        if page is not None:
            self.text(page, text)


def _ways(names: Iterable[str]) -> str:
    """Return a sentence that names the first ways to meet a need."""
    ways = list(dict.fromkeys(names))
    first = "、".join(ways[:_WAYS_TOLD])
    return f"可以用{first}{'等' if len(ways) > _WAYS_TOLD else ''}。"


def clauses(title: str) -> Sequence[str]:
    """Return the parts of a title that has several: 家人在外省参保：医保钱包."""
    parts = [part for part in re.split("[，、：；？]", title) if len(part) > 1]
    return parts if len(parts) > 1 else ()


def sentences(text: str) -> Sequence[str]:
    """Return the sentences of a text."""
    return [sentence for sentence in re.split("[。；]", text) if sentence]


def add_channels(part: Part, channels: Sequence[Channel], number: dict[str, int]) -> None:
    """Add the names and steps of channels to the needs they meet."""
    for channel in channels:
        for answer in channel.answers:
            page = number.get(f"channel-need:{answer.need}")
            if page is not None:
                part.text(page, "。".join((channel.name, *answer.steps)))


def add_ways_to_share(part: Part, layer: Layer, number: dict[str, int]) -> None:
    """Add where and how sharing is set up, and what else a level says of it."""
    page = number.get("wizard:sharing")
    if page is None:
        return
    if layer.sharing.term:
        part.phrase(page, layer.sharing.term, _ASKED)
    for binding in layer.sharing.bindings:
        part.text(page, "。".join((binding.name, *binding.steps)))
    for claim in layer.sharing.claims:
        part.text(page, claim.text)
