"""Finding where to ask: need × place × what is at hand, surest first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from yibao_desktop.pack.schema import GRADES, Answer, Channel, Confidence, Means
from yibao_desktop.pack.store import Layer, Place

ALL_MEANS: tuple[Means, ...] = ("smartphone", "computer", "phone", "visit")
"""Quickest first."""

_ORDER_OF_CONFIDENCE: tuple[Confidence, ...] = (*GRADES[:-1], "derived", "low", "seed")


@dataclass(frozen=True)
class Found:
    """One way to meet a need."""

    layer: Layer
    """The level that says so: the place itself, its province or the nation."""
    channel: Channel
    answer: Answer
    confidence: Confidence


def find_channels(place: Place, need: str, has: Collection[Means] = ALL_MEANS) -> tuple[Found, ...]:
    """Return the ways to meet ``need`` with what is at hand, surest first, then quickest."""
    found = [
        Found(layer, channel, answer, place.confidence(answer))
        for layer, channel in place.channels()
        if channel.means in has
        for answer in channel.answers
        if answer.need == need
    ]
    return tuple(sorted(found, key=lambda f: (_ORDER_OF_CONFIDENCE.index(f.confidence),
                                              ALL_MEANS.index(f.channel.means))))


def to_json(place: Place, need: str, found: tuple[Found, ...]) -> dict[str, Any]:
    """Give the console contract's form of a search for channels."""
    return {
        "region": place.region.code,
        "need": need,
        "channels": [
            {
                "id": item.channel.id,
                "name": item.channel.name,
                "means": item.channel.means,
                "place": item.layer.name,
                "steps": list(item.answer.steps),
                "bring": list(item.answer.bring),
                "cannot": item.answer.cannot,
                "url": item.channel.url,
                "phone": item.channel.phone,
                "confidence": item.confidence,
                "checked": item.answer.checked.isoformat(),
                "sources": list(item.answer.sources),
            }
            for item in found
        ],
    }
