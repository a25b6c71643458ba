"""Where a statement comes from: a line to tap under it, and the foot of the page with every source in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yibao_desktop.pack.schema import Confidence
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper import citations
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.cards import PressRow
from yibao_desktop.ui.widgets.text import Card, Text

_LEAST = 44
"""Height in pixels that a finger needs."""


class _Head(PressRow):
    """The line itself."""

    ring = (-6, 2)  # the words begin where the statement above begins; the ring stands around them

    def __init__(self, theme: Theme, line: str) -> None:
        super().__init__(theme)
        self.setProperty("role", "quiet")
        self.setText(line)
        self.setCheckable(True)
        self.setAccessibleName(self.tr("依据：{}").format(line))
        self.setAccessibleDescription(self.tr("点一下看是哪里说的"))
        self.setMinimumHeight(_LEAST)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        words = Text(line, "source")
        self.only_to_read(words)
        row.addWidget(words)


class SourceLine(QWidget):
    """Who says a thing and how sure it is; tapped, it shows each source with publisher, date and grade."""

    def __init__(self, theme: Theme, line: str, sources: Sequence[str]) -> None:
        super().__init__()
        self._theme, self._sources = theme, sources
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.head = _Head(theme, line)
        self.head.setObjectName("source-line")
        self.head.toggled.connect(self._show_sources)
        self._column.addWidget(self.head)
        self._full: Card | None = None

    def _show_sources(self, shown: bool) -> None:
        if self._full is None:
            self._full = Card(self._theme, "notice")
            for source in self._sources:
                self._full.column.addWidget(Text(source, "small-ink"))
            self._column.addWidget(self._full)
        self._full.setVisible(shown)


class Citations(citations.Citations):
    """Numbers the sources of one page, shows each where it is cited and all at its foot."""

    def __init__(self, pack: Pack, place: Place) -> None:
        super().__init__(pack, place)
        self._cited: dict[str, tuple[str, ...]] = {}

    def words(
        self, spoken_by: str | None, confidence: Confidence | None, checked: date | None, ids: Iterable[str]
    ) -> str:
        """Compose a line, and remember what it cites."""
        ids = tuple(ids)
        line = super().words(spoken_by, confidence, checked, ids)
        self._cited[line] = ids
        return line

    def tappable(self, theme: Theme, line: str) -> SourceLine:
        """Return a line that this object has composed, with its sources to be tapped."""
        return SourceLine(theme, line, self.full(self._cited.get(line, ())))

    def notes(self, theme: Theme) -> QWidget:
        """Return the foot of the page: every numbered source in full, and how to report a mistake."""
        card = Card(theme)
        card.setProperty("silent", True)
        card.column.addWidget(Text(self._pack.words("report.sources"), "strong"))
        for line in self.lines():
            card.column.addWidget(Text(line, "small-ink"))
        report = Button(theme, self._pack.words("report.wrong"), "quiet", "info")
        report.setObjectName("report")
        how = Text(self._pack.words("report.how", version=self._pack.info.version), "body")
        how.hide()
        report.clicked.connect(lambda: how.setVisible(how.isHidden()))
        card.column.addWidget(button_row(report))
        card.column.addWidget(how)
        return card
