"""The words people search with, and the questions a search is tried with."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec

from yibao_desktop.pack.schema import Many, Record, RegionCode, Text

PageKind = Literal["guide", "channel-need", "term", "payable", "wizard", "rumour", "place"]
PAGE_KINDS: tuple[PageKind, ...] = get_args(PageKind)

WizardId = Literal["sharing", "bill", "channels"]
WIZARDS: tuple[WizardId, ...] = get_args(WizardId)

PageName = Annotated[str, msgspec.Meta(pattern=r"^[a-z\-]+:[a-z0-9][a-z0-9._\-]*$")]
"""What a search leads to: the kind of page, a colon, its id (``guide:lost-card``)."""


class Saying(Record, frozen=True, kw_only=True):
    """Words people say, and the words this program has for the same."""

    say: Annotated[Many[Text], msgspec.Meta(min_length=1)]
    mean: Annotated[Many[Text], msgspec.Meta(min_length=1)]
    note: Text | None = None


class Asked(Record, frozen=True, kw_only=True):
    """Further ways to ask for a page, as ``asked`` in a guide."""

    page: PageName
    asked: Annotated[Many[Text], msgspec.Meta(min_length=1)]


class Cue(Record, frozen=True, kw_only=True):
    """Words that tell which kind of page is wanted: “是什么意思” a term."""

    kind: PageKind
    say: Annotated[Many[Text], msgspec.Meta(min_length=1)]


class Wizard(Record, frozen=True, kw_only=True):
    """What a wizard is called in a list of results, and what it does in a sentence."""

    id: WizardId
    title: Text
    text: Text


class SearchFile(Record, frozen=True, kw_only=True):
    """``national/search.yaml``."""

    wizards: Many[Wizard] = ()
    sayings: Many[Saying] = ()
    asked: Many[Asked] = ()
    cues: Many[Cue] = ()
    filler: Many[Text] = ()
    """Words that stand in every question and tell nothing: 怎么、请问、能不能."""
    two_places: Text | None = None
    """What a question that names two places is about, in other words: 异地就医."""
    most_asked: Many[PageName] = ()
    """Shown where there is nothing to search for, most asked first."""


class SearchQuestion(Record, frozen=True, kw_only=True):
    """Questions as people ask them, and the pages any of which answers them."""

    page: Annotated[Many[PageName], msgspec.Meta(min_length=1)]
    asked: Annotated[Many[Text], msgspec.Meta(min_length=1)]
    region: RegionCode | None = None
    """The chosen place; absent, none is chosen."""


class SearchCase(Record, frozen=True, kw_only=True):
    """``cases/search/*.yaml``."""

    title: Text
    questions: Many[SearchQuestion]
    first: int = 90
    """How many questions in a hundred must find their page first."""
    first_three: int = 98
    """How many in a hundred must find it among the first three."""


def page_name(kind: PageKind, id_: str) -> str:
    """Return the name of a page as the pack's files write it."""
    return f"{kind}:{id_}"
