"""The pack in memory: the nation at once, a place when it is asked for, nothing else."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from yibao_desktop import __version__
from yibao_desktop.errors import Finding, PackError, YibaoError
from yibao_desktop.pack.benefits import BenefitsFile, Parameter, Rule
from yibao_desktop.pack.compiled import Compiled
from yibao_desktop.pack.schema import (
    GRADES,
    BindingChannel,
    Channel,
    ChannelsFile,
    Cited,
    Claim,
    Confidence,
    FlowFile,
    Gap,
    GlossaryFile,
    Grade,
    Guide,
    LocalGuidesFile,
    LocalNote,
    Need,
    NeedsFile,
    PackInfo,
    Payable,
    PayableFile,
    PayableItem,
    PlaceFile,
    Purse,
    Record,
    Region,
    RegionsFile,
    Rumour,
    RumoursFile,
    SharingFile,
    Source,
    SourcesFile,
    Term,
    WordsFile,
)
from yibao_desktop.pack.search_words import SearchFile
from yibao_desktop.pack.slip_forms import SlipForm, SlipFormsFile
from yibao_desktop.pack.translations import files_behind
from yibao_desktop.settings import Language

if TYPE_CHECKING:
    from yibao_desktop.pack.dated import Figures

NATION = "000000"
_PLACES = "regions.yaml"

F = TypeVar("F", bound=Record)


class UnknownPlace(YibaoError):
    """A place code that is not in the pack's list of places."""


class Words:
    """The subject's words by key; asking for one that is not there is a programming error."""

    def __init__(self, file: WordsFile) -> None:
        self._words = {word.key: word for word in file.words}

    def __call__(self, key: str, **values: str) -> str:
        """Return the words of ``key`` with its ``{placeholders}`` filled in."""
        text = self._words[key].text
        return text.format(**values) if values else text

    def help(self, key: str) -> str | None:
        """Return the one-line explanation of ``key``, if it has one."""
        return self._words[key].help

    def starting_with(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """Return (rest of the key, words) of every key under ``prefix.``, in the file's order."""
        start = f"{prefix}."
        return tuple((key.removeprefix(start), word.text) for key, word in self._words.items()
                     if key.startswith(start))

    def __contains__(self, key: str) -> bool:
        """Tell whether ``key`` has words."""
        return key in self._words


class Layer(msgspec.Struct, frozen=True, dict=True):
    """What the pack holds for one level of the line city → province → nation."""

    code: str
    name: str
    gaps: tuple[Gap, ...]
    sources: Mapping[str, Source]
    sharing: SharingFile
    channels: tuple[Channel, ...]
    benefits: BenefitsFile

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """Parameters of this layer by id."""
        return {parameter.id: parameter for parameter in self.benefits.parameters}

    @cached_property
    def figures(self) -> Figures:
        """Parameters of this layer, to look values up in."""
        # Nothing is looked up when the program starts.
        from yibao_desktop.pack.dated import Figures

        return Figures(self.parameters)


class Place(msgspec.Struct, frozen=True):
    """A place a person is insured in, with everything that speaks for it, nearest first."""

    region: Region
    layers: tuple[Layer, ...]

    @property
    def name(self) -> str:
        """Full name: 北京市."""
        return self.region.name

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is not known here."""
        return tuple(gap for layer in self.layers for gap in layer.gaps)

    def bindings(self) -> Iterator[tuple[Layer, BindingChannel]]:
        """Yield where sharing is set up, nearest first, with the level that says so."""
        for layer in self.layers:
            for binding in layer.sharing.bindings:
                yield layer, binding

    def claims(self, topic: str) -> list[tuple[Layer, Claim]]:
        """Return the sharing claims of a topic, nearest first, with the level that says so."""
        return [(layer, claim) for layer in self.layers for claim in layer.sharing.claims
                if claim.topic == topic]

    def channels(self) -> Iterator[tuple[Layer, Channel]]:
        """Yield query channels, nearest first, with the level that names them."""
        for layer in self.layers:
            for channel in layer.channels:
                yield layer, channel

    def rules(self, scheme: str, visit: str) -> tuple[Layer, tuple[Rule, ...]] | None:
        """Return the rules for a scheme and kind of visit from the nearest level that has any."""
        for layer in self.layers:
            rules = tuple(r for r in layer.benefits.rules if r.scheme == scheme and visit in r.visits)
            if rules:
                return layer, rules
        return None

    def source(self, id_: str) -> Source:
        """Return a source cited by any level of this place."""
        for layer in self.layers:
            if id_ in layer.sources:
                return layer.sources[id_]
        raise KeyError(id_)

    def confidence(self, cited: Cited) -> Confidence:
        """Say how sure a statement is: its own word, or the best grade among its sources."""
        if cited.confidence is not None:
            return cited.confidence
        return self.best_grade(cited.sources)

    def best_grade(self, ids: Iterable[str]) -> Grade:
        """Return the best grade among sources."""
        return min((self.source(id_).grade for id_ in ids), key=GRADES.index)


class Pack:
    """A content pack on disk."""

    def __init__(self, root: Path, language: Language = "zh") -> None:
        """Open the pack in ``root``: its identity and the nation, no place.

        In another ``language`` every text that has a translation is that; the others stay Chinese.

        Raises:
            PackError: not a pack, a broken file, or a pack that needs a newer program.
        """
        self.root, self.language = root, language
        if not root.is_dir():
            raise PackError([Finding(str(root), 1, "pack-missing", "找不到内容包文件夹。")])
        self._compiled = Compiled(root)
        self._places: dict[str, Place] = {}
        self.info = self._read("pack.yaml", PackInfo)
        if _version(self.info.program) > _version(__version__):
            message = f"这个内容包要用 {self.info.program} 或更新的程序，现在的程序是 {__version__}。"
            raise PackError([Finding("pack.yaml", 1, "pack-program", message)])
        self.words = Words(self._read("national/words.yaml", WordsFile))
        self.needs: tuple[Need, ...] = self._read("national/needs.yaml", NeedsFile).needs
        self.nation = self._layer(NATION, self.words("place.nation"), Path("national"))

    def flow(self, id_: str) -> FlowFile:
        """Return the questions of the wizard ``id_``."""
        return self._read(f"national/flows/{id_}.yaml", FlowFile)

    @cached_property
    def regions(self) -> Mapping[str, Region]:
        """Every place that can be chosen, by code. Read when first needed."""
        return {region.code: region for region in self._read(_PLACES, RegionsFile).places}

    @cached_property
    def anywhere(self) -> Place:
        """Nobody's place in particular: the nation alone."""
        name = self.nation.name
        return Place(Region(code=NATION, name=name, short=name, pinyin="quan guo"), (self.nation,))

    # --- read when first asked for: opening the program does not pay for them -----------------------

    @cached_property
    def guides(self) -> Mapping[str, Guide]:
        """Guides by id, in order of file name."""
        files = sorted((self.root / "national" / "guides").glob("*.yaml"))
        guides = (self._read(file.relative_to(self.root).as_posix(), Guide) for file in files)
        return {guide.id: guide for guide in guides}

    @cached_property
    def glossary(self) -> tuple[Term, ...]:
        """Terms in plain words."""
        file = self._read_if_there(Path("national/glossary.yaml"), GlossaryFile)
        return file.terms if file else ()

    @cached_property
    def slip_forms(self) -> tuple[SlipForm, ...]:
        """The kinds of slip people hold."""
        file = self._read_if_there(Path("national/slips.yaml"), SlipFormsFile)
        return file.forms if file else ()

    @cached_property
    def rumours(self) -> tuple[Rumour, ...]:
        """Wrong claims that circulate, with their corrections."""
        file = self._read_if_there(Path("national/rumours.yaml"), RumoursFile)
        return file.rumours if file else ()

    @cached_property
    def search_words(self) -> SearchFile:
        """The words people search with."""
        return self._read_if_there(Path("national/search.yaml"), SearchFile) or SearchFile()

    @cached_property
    def _national_payable(self) -> PayableFile:
        return self._read_if_there(Path("national/payable.yaml"), PayableFile) or PayableFile()

    @property
    def payable_items(self) -> tuple[PayableItem, ...]:
        """What people want to pay for."""
        return self._national_payable.items

    def payable_of(self, layer: Layer) -> tuple[Payable, ...]:
        """Return what one level says of who may pay for what."""
        if layer is self.nation:
            return self._national_payable.answers
        file = self._of_folder(layer, "payable.yaml", PayableFile)
        return file.answers if file else ()

    def payable_by(self, place: Place, purse: Purse) -> Iterator[tuple[PayableItem, Layer, Payable]]:
        """Yield what ``purse`` may pay in ``place``: for each item the nearest level that says something."""
        for item in self.payable_items:
            said = ((layer, answer) for layer in place.layers for answer in self.payable_of(layer)
                    if answer.item == item.id and answer.purse == purse)
            if (nearest := next(said, None)) is not None:
                yield item, *nearest

    def local_notes(self, layer: Layer) -> tuple[LocalNote, ...]:
        """Return what one level adds to guides."""
        file = self._of_folder(layer, "guides.yaml", LocalGuidesFile)
        return file.notes if file else ()

    def _of_folder(self, layer: Layer, name: str, record: type[F]) -> F | None:
        folder = self.folder(layer.code)
        return self._read_if_there(folder / name, record) if folder is not None else None

    def place(self, code: str) -> Place:
        """Return a place with its line of levels.

        Raises:
            UnknownPlace: no such code.
            PackError: one of the place's files is broken.
        """
        if code == NATION:
            return self.anywhere
        if code not in self._places:
            region = self._region(code)
            line = {code: region}
            if region.province != code:
                line[region.province] = self._region(region.province)
            layers = [self._layer(c, level.name, folder) for c, level in line.items()
                      if (folder := self.folder(c)) is not None]
            self._places[code] = Place(region, (*layers, self.nation))
        return self._places[code]

    def _region(self, code: str) -> Region:
        """Return one entry of the list of places."""
        if "regions" not in vars(self) and _PLACES not in self._compiled:
            region = self._region_on_its_line(code)
            if region is not None:
                return region
        if code not in self.regions:
            raise UnknownPlace(f"没有代码为 {code} 的地方。")
        return self.regions[code]

    def _region_on_its_line(self, code: str) -> Region | None:
        """Return an entry that stands on a line of its own: a start does not pay for reading every place."""
        from yibao_desktop.pack import strict_yaml
        from yibao_desktop.pack.reading import convert_document

        if files_behind(self.root, _PLACES, self.language) != (_PLACES,):
            return None
        # Whatever is wrong with the line or the file is told by reading all of it.
        with contextlib.suppress(OSError, UnicodeError, PackError):
            text, begins = (self.root / _PLACES).read_bytes(), f'\n- {{code: "{code}", '.encode()
            at = text.find(begins)
            if at >= 0 and text.find(begins, at + 1) < 0:
                line = text[at + 1:text.find(b"\n", at + 1)].decode()
                return convert_document(strict_yaml.parse(f"places:\n{line}", _PLACES), RegionsFile).places[0]
        return None

    def forget(self) -> None:
        """Forget what people asked about; what was read from the files stays."""
        for place in self._places.values():
            for layer in place.layers:
                # Made when it is first asked for, and kept in the layer itself.
                if "figures" in vars(layer):
                    layer.figures.forget()

    def folder(self, code: str) -> Path | None:
        """Return the folder with a place's own facts, relative to the pack, if it has any."""
        regions = Path("regions")
        with contextlib.suppress(FileNotFoundError):
            for name in sorted(name for name in os.listdir(self.root / regions) if name.startswith(f"{code}-")):
                if (self.root / regions / name).is_dir():
                    return regions / name
        return None

    def described_codes(self) -> tuple[str, ...]:
        """Codes of the places that have facts of their own."""
        return tuple(sorted(path.name.split("-")[0] for path in (self.root / "regions").glob("*-*")))

    def all_layers(self) -> tuple[Layer, ...]:
        """Read every level of the pack: for checks and the list of sources, not for start-up."""
        return (self.nation, *(self.place(code).layers[0] for code in self.described_codes()))

    def _layer(self, code: str, name: str, folder: Path) -> Layer:
        place = self._read_if_there(folder / "region.yaml", PlaceFile)
        sources = self._read_if_there(folder / "sources.yaml", SourcesFile)
        channels = self._read_if_there(folder / "channels.yaml", ChannelsFile)
        return Layer(
            code=code,
            name=name,
            gaps=place.unknown if place else (),
            sources={source.id: source for source in sources.sources} if sources else {},
            sharing=self._read_if_there(folder / "sharing.yaml", SharingFile) or SharingFile(),
            channels=channels.channels if channels else (),
            benefits=self._read_if_there(folder / "benefits.yaml", BenefitsFile) or BenefitsFile(),
        )

    def _read_if_there(self, path: Path, record: type[F]) -> F | None:
        return self._read(path.as_posix(), record) if (self.root / path).exists() else None

    def _read(self, name: str, record: type[F]) -> F:
        files = files_behind(self.root, name, self.language)
        found = self._compiled.find(files[-1], [self.root / file for file in files], record)
        if found is not None:
            return found
        # With YAML's own modules, which a start does not load for nothing.
        from yibao_desktop.pack.reading import read_file

        return read_file(self.root, name, record, self.language)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))
