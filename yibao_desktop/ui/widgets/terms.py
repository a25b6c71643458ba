"""The terms of a page, each with its sentence a tap away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from yibao_desktop.pack.schema import Term
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.text import Card, Text


class Terms(QWidget):
    """A row of words; the one that is tapped is explained below the row, and folded away by a second tap."""

    def __init__(self, theme: Theme, heading: str, terms: Sequence[Term]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Text(heading, "small"))
        self._buttons = {term.id: self._make_button(theme, term) for term in terms}
        column.addWidget(button_row(*self._buttons.values()))
        self._box = Card(theme, "notice")
        self._name, self._sentence = Text("", "strong"), Text("")
        self._box.column.addWidget(self._name)
        self._box.column.addWidget(self._sentence)
        self._box.hide()
        column.addWidget(self._box)

    def _make_button(self, theme: Theme, term: Term) -> Button:
        button = Button(theme, term.term, "chip")
        button.setObjectName(f"term-{term.id}")
        button.setCheckable(True)
        button.setAccessibleDescription(self.tr("点一下看是什么意思"))
        button.clicked.connect(lambda checked, term=term: self._explain(term, checked))
        return button

    def _explain(self, term: Term, wanted: bool) -> None:
        for id_, button in self._buttons.items():
            button.setChecked(wanted and id_ == term.id)
        self._name.setText(term.term)
        self._sentence.setText(term.text)
        self._box.setVisible(wanted)
