"""The foot of every sheet: where, when, from which pack, and what it is not."""

from __future__ import annotations

from datetime import date

from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.blocks import Footer


def footer(pack: Pack, place: Place, on: date, caution: str = "paper.caution") -> Footer:
    """Return the footer of a sheet written on a day; it says so where the pack is past its review."""
    words, info = pack.words, pack.info
    text = words("paper.pack", version=info.version, issued=day_in_words(info.issued))
    if info.review_by < on:
        text += words("paper.old", day=day_in_words(info.review_by))
    return Footer(words("paper.made", place=place.name, day=day_in_words(on)), text, words(caution))


def day_in_words(day: date) -> str:
    """Write a day: 2026 年 3 月 2 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
