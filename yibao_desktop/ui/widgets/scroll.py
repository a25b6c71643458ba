"""The middle of a page: the only part that scrolls, with wheel, keys and finger."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.pack.store import Pack
from yibao_desktop.pack.terms import terms_in
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.terms import Terms

MOST_CHARACTERS = 44
"""Width of the reading column in characters of body text, margins of cards included."""


class ScrollColumn(QScrollArea):
    """A scrolling column of widgets, kept at a readable width and left-aligned."""

    def __init__(self, theme: Theme, wide: bool = False, name: str = "") -> None:
        super().__init__()
        # Before anything that asks the style: a style sheet looks at the name only once.
        self.setObjectName(name)
        self._theme, self._wide = theme, wide
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        outer = QWidget()
        row = QHBoxLayout(outer)
        page = theme.space("page")
        row.setContentsMargins(page, page - 16, page, page - 16)
        self._inner = QWidget()
        self.column = QVBoxLayout(self._inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.space("gap"))
        row.addWidget(self._inner, 1)
        row.addStretch(0)
        self.setWidget(outer)
        self._limit_width()
        theme.changed.connect(self._limit_width)

    def _limit_width(self) -> None:
        if not self._wide:
            self._inner.setMaximumWidth(self._theme.px("body") * MOST_CHARACTERS)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end."""
        self.column.addWidget(widget)

    def space(self) -> None:
        """Open the wider gap that sets groups apart."""
        self.column.addSpacing(self._theme.space("group") - self._theme.space("gap"))

    def add_terms(self, pack: Pack) -> None:
        """Add the glossary's words that stand on the page so far, to be tapped."""
        texts = [label.text() for label in self.widget().findChildren(QLabel)]
        texts += [button.text() for button in self.widget().findChildren(QAbstractButton)]
        terms = terms_in(texts, pack.glossary)
        if terms:
            self.space()
            self.add(Terms(self._theme, pack.words("terms.here"), terms))

    def end(self) -> None:
        """Let what is above keep its natural height."""
        self.column.addStretch(1)
