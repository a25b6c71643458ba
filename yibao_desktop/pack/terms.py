"""Words of the glossary that stand in a text, so that each can be explained where it is met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from yibao_desktop.pack.schema import Term

MOST_TERMS = 6
"""More explanations at one place are read by nobody."""


def terms_in(texts: Iterable[str], glossary: Sequence[Term], most: int = MOST_TERMS) -> tuple[Term, ...]:
    """Return the first terms that the texts use, in their order.

    Only a term's own name counts: its other names are how people search, and some are everyday words. Of terms that
    stand inside each other (个人现金支付, 现金支付) the longer is meant.
    """
    text = "\n".join(texts)
    found: list[tuple[int, Term]] = []
    for term in sorted(glossary, key=lambda term: -len(term.term)):
        at = text.find(term.term)
        if at >= 0:
            found.append((at, term))
            text = text.replace(term.term, "\0" * len(term.term))
    found.sort(key=lambda place: place[0])
    return tuple(term for _, term in found[:most])
