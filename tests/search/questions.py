"""The questions of the pack's search cases, one at a time, and how a search does on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yibao_desktop.pack.reading import read_record
from yibao_desktop.pack.search_words import SearchCase


@dataclass(frozen=True)
class Question:
    """One question and the pages any of which answers it."""

    asked: str
    pages: tuple[str, ...]
    region: str | None


def asked_questions(root: Path, name: str = "*") -> list[Question]:
    """Every question of the search cases whose file is called ``name``."""
    return list(_asked(root, name))


def _asked(root: Path, name: str) -> Iterator[Question]:
    for path in sorted((root / "cases" / "search").glob(f"{name}.yaml")):
        for entry in read_record(path, SearchCase).questions:
            for asked in entry.asked:
                yield Question(asked, entry.page, entry.region)
