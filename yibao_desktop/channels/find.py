"""Finding where to ask: need × place × what is at hand × whom it is about, surest first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal, get_args

from yibao_desktop.pack.schema import GRADES, Answer, Channel, Confidence, Means, Need
from yibao_desktop.pack.store import Layer, Place

ALL_MEANS: tuple[Means, ...] = ("smartphone", "computer", "phone", "visit")
"""Quickest first."""

Who = Literal["self", "parent", "child", "other"]
"""Whom the question is about."""

_ORDER_OF_CONFIDENCE: tuple[Confidence, ...] = (*GRADES[:-1], "derived", "low", "seed")

WORDS_USED = frozenset(
    {f"who.{who}" for who in get_args(Who)} | {f"about.{about}" for about in ("account", "card", "safety")}
    | {"channels.who", "channels.in-person", "channels.instead"}
)
"""Words the pages that show ways to ask need."""


@dataclass(frozen=True)
class Found:
    """One way to meet a need."""

    layer: Layer
    """The level that says so: the place itself, its province or the nation."""
    channel: Channel
    answer: Answer
    confidence: Confidence
    in_person: bool = False
    """Whether the relative it is about must do it in person."""


@dataclass(frozen=True)
class LookUp:
    """The ways to meet a need, and where what is at hand does not do, the other ways."""

    need: Need
    who: Who
    found: tuple[Found, ...]
    instead: tuple[Found, ...]
    """Ways for which something else must be at hand; only where nothing was found."""


def find_channels(
    place: Place, need: str, has: Collection[Means] = ALL_MEANS, who: Who = "self"
) -> tuple[Found, ...]:
    """Return the ways to meet ``need`` with what is at hand, surest first, then quickest.

    For a relative, what can be done in their stead comes before what they must do in person.
    """
    for_relative = who != "self"
    found = [
        Found(layer, channel, answer, place.confidence(answer), for_relative and answer.by == "self")
        for layer, channel in place.channels()
        if channel.means in has
        for answer in channel.answers
        if answer.need == need and (for_relative or answer.by != "family")
    ]
    return tuple(sorted(found, key=lambda f: (f.in_person, _ORDER_OF_CONFIDENCE.index(f.confidence),
                                              ALL_MEANS.index(f.channel.means))))


def look_up(place: Place, need: Need, has: Collection[Means] = ALL_MEANS, who: Who = "self") -> LookUp:
    """Look for ways to meet ``need``; nobody is left without one."""
    found = find_channels(place, need.id, has, who)
    return LookUp(need, who, found, () if found else find_channels(place, need.id, ALL_MEANS, who))


def to_json(place: Place, need: str, found: tuple[Found, ...]) -> dict[str, Any]:
    """Give the console contract's form of a search for channels."""
    return {"region": place.region.code, "need": need, "channels": [_found_to_json(item) for item in found]}


def look_up_to_json(place: Place, result: LookUp) -> dict[str, Any]:
    """Give the console form of a look-up."""
    return {
        **to_json(place, result.need.id, result.found),
        "about": result.need.about,
        "who": result.who,
        "instead": [_found_to_json(item) for item in result.instead],
    }


def _found_to_json(item: Found) -> dict[str, Any]:
    return {
        "id": item.channel.id,
        "name": item.channel.name,
        "means": item.channel.means,
        "place": item.layer.name,
        "steps": list(item.answer.steps),
        "bring": list(item.answer.bring),
        "cannot": item.answer.cannot,
        "in_person": item.in_person,
        "url": item.channel.url,
        "phone": item.channel.phone,
        "confidence": item.confidence,
        "checked": item.answer.checked.isoformat(),
        "sources": list(item.answer.sources),
    }
