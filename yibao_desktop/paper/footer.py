"""The foot of every sheet: where, when, from which pack, and what it is not."""

from __future__ import annotations

from datetime import date

from yibao_desktop.pack.store import Pack, Place, Words
from yibao_desktop.paper.blocks import Footer


def footer(pack: Pack, place: Place, on: date, caution: str = "paper.caution") -> Footer:
    """Return the footer of a sheet written on a day; it says so where the pack is past its review."""
    words, info = pack.words, pack.info
    text = words("paper.pack", version=info.version, issued=day_in_words(info.issued, words))
    if info.review_by < on:
        text += words("paper.old", day=day_in_words(info.review_by, words))
    return Footer(words("paper.made", place=place.name, day=day_in_words(on, words)), text, words(caution))


def day_in_words(day: date, words: Words) -> str:
    """Write a day: 2026 年 3 月 2 日."""
    return words("join.day", year=str(day.year), month=str(day.month), day=str(day.day))
