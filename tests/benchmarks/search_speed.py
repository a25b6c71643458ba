"""A keystroke in the search box, against SQLite's FTS5 with trigrams over the same texts.

Every question of the pack's search cases is typed letter by letter, and each beginning is searched for. Ours reads it
(pinyin, slips, people's words), ranks, and says why each hit is there. FTS5 finds the rows in which any trigram of it
stands, ordered by its own rank (bm25), with id and title; for one or two characters, which have no trigram, it looks
through the rows with LIKE. Both sides return eight hits. ``baseline_phrase`` is FTS5 asked for the typed text as one
piece, which is quicker and finds hardly any question; ``baseline_snippet`` is ``baseline`` with a snippet, as ours has.
Rounds take turns, so that a slow moment of the machine falls on all, and the median round counts.
"""

from __future__ import annotations

import argparse
import platform
import sqlite3
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch

from tests.benchmarks.tool_missing import ToolMissing
from tests.search.questions import asked_questions
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paths import CONTENT, resource
from yibao_desktop.search.index import Index, LocalPart, Part
from yibao_desktop.search.pinyin import Pinyin
from yibao_desktop.search.rank import Search

LIMIT = 8
REGION = "110000"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--rounds", type=int, default=5, help="rounds of all keystrokes, of which the median counts")
    parser.add_argument("--every", type=int, default=3, help="take every n-th question")


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    """Return the report; it is always sound.

    Raises:
        ToolMissing: this Python's SQLite has no trigrams.
    """
    pack = Pack(CONTENT)
    place = pack.place(REGION)
    start = perf_counter()
    for name in ("search_words", "guides", "glossary", "payable_items", "rumours", "regions"):
        getattr(pack, name)
    reading = perf_counter() - start
    search = Search(pack)
    start = perf_counter()
    longest = max(_seconds(search.prepare()))
    search.find("医保", place)
    building = perf_counter() - start

    table = Trigrams(texts_of(pack, place))
    questions = [question.asked for question in asked_questions(pack.root)][::options.every]
    keystrokes = [asked[:size] for asked in questions for size in range(1, len(asked) + 1)]
    runs: dict[str, Callable[[str], Any]] = {
        "ours": lambda typed: fresh.find(typed, place, LIMIT),
        "baseline": table.any_trigram,
        "baseline_snippet": table.any_trigram_with_snippet,
        "baseline_phrase": table.phrase,
    }
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(options.rounds):
        fresh = Search(pack)  # nothing it remembers of earlier rounds shall help
        fresh.find("", place)
        for name, run in runs.items() if turn % 2 == 0 else reversed(runs.items()):
            start = perf_counter()
            for typed in keystrokes:
                run(typed)
            seconds[name].append((perf_counter() - start) / len(keystrokes))
    typical = {name: median(values) for name, values in seconds.items()}
    return {
        "what": "搜索框里按一个键：本程序读懂、排序、说明为什么；baseline 是 SQLite FTS5 三字组，对同样的文字，"
                "任一个三字组出现就算，按 bm25 排序。baseline_snippet 再带上摘要，baseline_phrase 只找原样的一段。",
        "unit": "seconds per keystroke",
        **{name: round(value, 8) for name, value in typical.items()},
        "ratio": round(typical["ours"] / typical["baseline"], 4),
        "ratio_snippet": round(typical["ours"] / typical["baseline_snippet"], 4),
        "ratio_phrase": round(typical["ours"] / typical["baseline_phrase"], 4),
        "questions": len(questions),
        "keystrokes": len(keystrokes),
        "found_first": {
            "ours": _share(pack, lambda typed: [hit.target for hit in search.find(typed, limit=1).hits]),
            "baseline": _share(pack, lambda typed: [row[0] for row in table.any_trigram(typed)[:1]]),
            "baseline_phrase": _share(pack, lambda typed: [row[0] for row in table.phrase(typed)[:1]]),
        },
        "seconds_to_read_the_files": round(reading, 4),
        "seconds_to_build": round(building, 4),
        "longest_step": round(longest, 4),
        "rounds": options.rounds,
        "sqlite": sqlite3.sqlite_version,
        "python": platform.python_version(),
    }, True


def texts_of(pack: Pack, place: Place) -> list[tuple[str, str, str]]:
    """Give the texts an index is built from: name, title and everything else of each page."""
    texts: dict[int, list[str]] = {}

    def recorded(part: Part, page: int, text: str, *worth: float) -> None:
        texts.setdefault(page, []).append(text)

    with patch.object(Part, "phrase", recorded), patch.object(Part, "text", recorded):
        index = Index(pack, Pinyin(resource("pinyin", "readings.txt")))
        for _ in index.build():
            pass
        LocalPart(index, pack, place)
    rows = [(page.name, page.title, "\n".join(dict.fromkeys(texts[number]))) for number, page in enumerate(index.pages)]
    return rows + [(f"place:{region.code}", region.name, f"{region.short} {region.pinyin}")
                   for region in pack.regions.values()]


class TrigramsMissing(ToolMissing):
    """SQLite came without trigrams, which no installer of ours can change."""

    def __str__(self) -> str:
        """Say what is needed."""
        needed = "这项比较要用带三字组分词（FTS5 trigram）的 SQLite 3.34 或更新的版本"
        return f"{needed}，这个 Python 带的是 {sqlite3.sqlite_version}。"

    def __init__(self) -> None:
        Exception.__init__(self)


class Trigrams:
    """The baseline: the same texts in FTS5."""

    def __init__(self, texts: Sequence[tuple[str, str, str]]) -> None:
        self._base = sqlite3.connect(":memory:")
        try:
            self._base.execute("CREATE VIRTUAL TABLE page USING fts5(id UNINDEXED, title, body, tokenize='trigram')")
        except sqlite3.OperationalError:
            raise TrigramsMissing from None
        self._base.executemany("INSERT INTO page VALUES (?, ?, ?)", texts)
        self._base.execute("INSERT INTO page(page) VALUES ('optimize')")

    def any_trigram(self, typed: str) -> list[Any]:
        """Rows in which any trigram of the typed text stands, best first."""
        return self._any("SELECT id, title FROM page", typed)

    def any_trigram_with_snippet(self, typed: str) -> list[Any]:
        """The same with a piece of the text."""
        return self._any("SELECT id, title, snippet(page, -1, '', '', '…', 20) FROM page", typed)

    def phrase(self, typed: str) -> list[Any]:
        """Rows in which the typed text stands as it is."""
        if len(typed) < 3:
            return self._like("SELECT id, title FROM page", typed)
        return self._match("SELECT id, title FROM page", _quoted(typed))

    def _any(self, select: str, typed: str) -> list[Any]:
        if len(typed) < 3:
            return self._like(select, typed)
        return self._match(select, " OR ".join(_quoted(typed[at:at + 3]) for at in range(len(typed) - 2)))

    def _match(self, select: str, query: str) -> list[Any]:
        return self._base.execute(f"{select} WHERE page MATCH ? ORDER BY rank LIMIT {LIMIT}", (query,)).fetchall()

    def _like(self, select: str, typed: str) -> list[Any]:
        like = f"%{typed}%"
        return self._base.execute(f"{select} WHERE title LIKE ? OR body LIKE ? LIMIT {LIMIT}", (like, like)).fetchall()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _seconds(steps: Any) -> list[float]:
    found = []
    start = perf_counter()
    for _ in steps:
        found.append(perf_counter() - start)
        start = perf_counter()
    return found


def _share(pack: Pack, first: Callable[[str], list[str]]) -> float:
    questions = asked_questions(pack.root)
    right = sum(bool(set(first(question.asked)) & set(question.pages)) for question in questions)
    return round(right / len(questions), 3)
