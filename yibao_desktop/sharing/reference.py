"""Everything a place says of sharing, for somebody who reads it up: without questions, so without a verdict."""

from __future__ import annotations

from typing import Literal

from yibao_desktop.pack.schema import Topic
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.sharing.answering import gaps_of, payable_of, section
from yibao_desktop.sharing.decision import TOPICS, Said, binders, bindings_of, said_by_nearest, topic_of
from yibao_desktop.sharing.sheet import Section, Sheet

Kind = Literal["province", "wallet"]
"""Inside one province, or across provinces with the wallet."""

_LEADS: dict[Kind, str] = {"province": "look-alike.sharing", "wallet": "look-alike.wallet"}
_WHO: dict[Kind, tuple[str, ...]] = {
    "province": ("payer.employee-only", "relation.eight", "member.either-scheme", "place.same-province", "bind.first"),
    "wallet": ("payer.employee-only", "relation.eight", "wallet.both-open"),
}
"""What is so whoever asks; the nation's other sentences on this depend on who that is."""
_BOUND = "member.bound-elsewhere"

CLAIMS_USED = frozenset({*_LEADS.values(), *_WHO["province"], *_WHO["wallet"], _BOUND})
"""National claims named here; a pack without one of them is refused by ``yibao-pack check``."""

WORDS_USED = frozenset({"reference.province", "reference.wallet", "reference.who"})
"""Words this module asks for."""


def reference_sheet(pack: Pack, place: Place, kind: Kind) -> Sheet:
    """Write down what holds in a place whoever asks; what depends on who asks stands under its own condition."""
    words, across = pack.words, kind == "wallet"
    where = words("sharing.where-wallet") if across else words("sharing.where", place=place.name)
    who = tuple(said_by_nearest(place, id_) for id_ in _WHO[kind])
    if not across and binders(place) is None:
        # Where the place says by how many a relative can be bound, the nation's "it differs" is left out.
        who += (said_by_nearest(place, _BOUND),)
    sections = (
        Section("who", words("reference.who"), said=who),
        # Not under the key of an answer's steps: of those only the first way would stand before the rest.
        Section("ways", words("sharing.section-steps", where=where), ways=bindings_of(place, kind)),
        section(pack, place, "topic.wallet", said=topic_of(place, "wallet", across=True) if across else ()),
        *(section(pack, place, f"topic.{topic}", said=_told(place, topic, across, who)) for topic in TOPICS),
        section(pack, place, "payable", payable=payable_of(pack, place, across)),
        section(pack, place, "gaps", gaps=gaps_of(place, across)),
    )
    return Sheet(place, "info", words(f"reference.{kind}"), said_by_nearest(place, _LEADS[kind]),
                 tuple(part for part in sections if part))


def _told(place: Place, topic: Topic, across: bool, before: tuple[Said, ...]) -> tuple[Said, ...]:
    said = tuple(item for item in topic_of(place, topic, across) if item not in before)
    if topic in ("eligibility", "look-alike"):
        # Of the nation's, those that always hold stand above; what a place adds always does.
        return tuple(item for item in said if item.layer is not place.layers[-1])
    return said
