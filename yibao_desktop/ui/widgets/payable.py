"""What one purse may pay for, in a few lines."""

from __future__ import annotations

from typing import get_args

from PySide6.QtWidgets import QWidget

from yibao_desktop.pack.schema import PayableAnswer, Purse
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.citations import Citations
from yibao_desktop.ui.widgets.text import Card, Text


def payable_card(
    theme: Theme, pack: Pack, place: Place, purse: Purse, citations: Citations,
    answers: tuple[PayableAnswer, ...] = get_args(PayableAnswer), flat: bool = False,
) -> QWidget:
    """Return a card, or plain lines, with the things of the catalogue by the answer that holds in ``place``."""
    card = Card(theme, "" if flat else "card")
    if flat:
        card.column.setContentsMargins(0, 0, 0, 0)
    found = list(pack.payable_by(place, purse))
    for verdict in answers:
        told = [(item, payable) for item, _, payable in found if payable.answer == verdict]
        if told:
            labels = tr("、").join(item.label for item, _ in told)
            sources = dict.fromkeys(id_ for _, payable in told for id_ in payable.sources)
            card.column.addWidget(Text(pack.words(f"payable.{verdict}"), "small-strong"))
            card.column.addWidget(Text(labels))
            card.column.addWidget(Text(tr("依据 {}").format(citations.marks(sources)), "source"))
    return card
