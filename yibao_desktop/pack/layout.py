"""Which file of a pack holds which record."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

from yibao_desktop.pack.benefits import BenefitsFile
from yibao_desktop.pack.cases import EstimateCase, SharingCase
from yibao_desktop.pack.schema import (
    ChannelsFile,
    FlowFile,
    GlossaryFile,
    Guide,
    LocalGuidesFile,
    NeedsFile,
    PackInfo,
    PayableFile,
    PlaceFile,
    Record,
    RegionsFile,
    RumoursFile,
    SharingFile,
    SourcesFile,
    WordsFile,
)
from yibao_desktop.pack.search_words import SearchCase, SearchFile
from yibao_desktop.pack.slip_forms import SlipFormsFile
from yibao_desktop.pack.translations import FOLDER, TranslationFile

FILES: tuple[tuple[str, type[Record]], ...] = (
    ("pack.yaml", PackInfo),
    ("regions.yaml", RegionsFile),
    ("national/words.yaml", WordsFile),
    ("national/needs.yaml", NeedsFile),
    ("national/sources.yaml", SourcesFile),
    ("national/sharing.yaml", SharingFile),
    ("national/channels.yaml", ChannelsFile),
    ("national/flows/*.yaml", FlowFile),
    ("national/guides/*.yaml", Guide),
    ("national/glossary.yaml", GlossaryFile),
    ("national/slips.yaml", SlipFormsFile),
    ("national/payable.yaml", PayableFile),
    ("national/rumours.yaml", RumoursFile),
    ("national/search.yaml", SearchFile),
    ("regions/*/region.yaml", PlaceFile),
    ("regions/*/sources.yaml", SourcesFile),
    ("regions/*/sharing.yaml", SharingFile),
    ("regions/*/channels.yaml", ChannelsFile),
    ("regions/*/benefits.yaml", BenefitsFile),
    ("regions/*/payable.yaml", PayableFile),
    ("regions/*/guides.yaml", LocalGuidesFile),
    (f"{FOLDER}/*/*.yaml", TranslationFile),
    (f"{FOLDER}/*/national/*.yaml", TranslationFile),
    (f"{FOLDER}/*/national/*/*.yaml", TranslationFile),
    (f"{FOLDER}/*/regions/*/*.yaml", TranslationFile),
    ("cases/estimate/*.yaml", EstimateCase),
    ("cases/sharing/*.yaml", SharingCase),
    ("cases/search/*.yaml", SearchCase),
)
"""Patterns of file names relative to the pack, with the record each file holds."""


def record_of(name: str) -> type[Record] | None:
    """Return the record the file ``name`` (relative, with forward slashes) must hold, if it is known."""
    return next((record for pattern, record in FILES
                 if fnmatchcase(name, pattern) and name.count("/") == pattern.count("/")), None)


def files_of(root: Path) -> tuple[str, ...]:
    """List every YAML file of a pack, relative to it."""
    found = (path.relative_to(root).as_posix() for path in root.rglob("*.y*ml"))
    return tuple(sorted(found))
