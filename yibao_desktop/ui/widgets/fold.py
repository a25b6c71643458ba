"""Detail that unfolds on demand: a whole row to tap, and what stands under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from yibao_desktop.money import read_aloud
from yibao_desktop.ui.screen_reader import FOLD, ROLE
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.cards import PressRow
from yibao_desktop.ui.widgets.picture import Picture
from yibao_desktop.ui.widgets.text import Card, Line, Text, rule

_PAD_Y, _GAP = 10, 12

Inset = tuple[int, int, int, int]
"""Pixels around what unfolds: left, top, right, bottom."""


class Unfolded(set[str]):
    """Names of the folds that stand open; a page made anew opens them again."""


def figure_row(
    theme: Theme, holder: QWidget, label: str, below: str, amount: str, role: str = "strong", tag: str = "",
    *, mark: bool = True, inset: int | None = None, amount_role: str | None = None,
) -> Picture:
    """Lay out ``holder`` as a row: room for a mark, words with a line below them, and an amount at the right.

    Returns the picture the mark goes into.
    """
    row = QHBoxLayout(holder)
    side = theme.space("group") if inset is None else inset
    row.setContentsMargins(side, _PAD_Y, side, _PAD_Y)
    row.setSpacing(_GAP)
    # Beside a single line everything stands at its middle, beside several at the first.
    beside = Qt.AlignmentFlag.AlignTop if below or tag else Qt.AlignmentFlag.AlignVCenter
    picture = Picture(theme)
    picture.setFixedSize(theme.px("icon"), theme.px("icon"))
    if mark:
        row.addWidget(picture, 0, beside)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Text(label, role))
    if below:
        words.addWidget(Text(below, "small"))
    if tag:
        words.addWidget(Text(f"✓ {tag}", "small-strong", "ok"))
    row.addLayout(words, 1)
    if amount:
        row.addWidget(Line(amount, amount_role or role), 0, beside)
    return picture


class FoldHead(PressRow):
    """The row that unfolds."""

    def __init__(
        self, theme: Theme, label: str, below: str = "", amount: str = "", role: str = "strong", tag: str = "",
        amount_role: str | None = None,
    ) -> None:
        super().__init__(theme)
        self._name = read_aloud(self.tr("，").join(part for part in (label, below, amount, tag) if part))
        self.setProperty(ROLE, FOLD)
        self.setText(label)
        self.setCheckable(True)
        self.setMinimumHeight(theme.px("control"))
        self._mark = figure_row(theme, self, label, below, amount, role, tag, amount_role=amount_role)
        self.only_to_read(*self.findChildren(QLabel))
        self.toggled.connect(self._show_state)
        self._show_state(False)

    def _show_state(self, unfolded: bool) -> None:
        self._mark.show_icon("chevron-down" if unfolded else "chevron-right")
        state = self.tr("已展开") if unfolded else self.tr("已收起")
        self.setAccessibleName(self.tr("{}，{}").format(self._name, state))


class Fold(QWidget):
    """A row with what unfolds under it, made when it is first wanted.

    Signals:
        toggled: it was folded or unfolded.
    """

    toggled = Signal(bool)

    def __init__(self, key: str, head: FoldHead, make: Callable[[], QWidget], unfolded: Unfolded,
                 inset: Inset | None = None) -> None:
        super().__init__()
        self._key, self._make, self._unfolded = key, make, unfolded
        self._content: QWidget | None = None
        self._inset = inset
        self.head = head
        head.setObjectName(f"fold-{key}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(head)
        head.toggled.connect(self._on_toggled)
        head.clicked.connect(self._bring_into_view)
        if key in unfolded:
            head.setChecked(True)

    def set_unfolded(self, unfolded: bool) -> None:
        """Fold or unfold."""
        self.head.setChecked(unfolded)

    @property
    def is_unfolded(self) -> bool:
        """Tell whether it stands open."""
        return self.head.isChecked()

    def _on_toggled(self, unfolded: bool) -> None:
        if unfolded:
            self._unfolded.add(self._key)
        else:
            self._unfolded.discard(self._key)
        if unfolded and self._content is None:
            self._content = self._framed(self._make())
            self._column.addWidget(self._content)
        if self._content is not None:
            self._content.setVisible(unfolded)
        self.toggled.emit(unfolded)

    def _framed(self, content: QWidget) -> QWidget:
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(*(self._inset or (0, 0, 0, 0)))
        column.addWidget(content)
        return frame

    def _bring_into_view(self) -> None:
        """After a tap at the lower edge, show what has unfolded below it; the row itself stays in sight."""
        if not self.is_unfolded:
            return
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self._scroll_to)
        timer.start(0)

    def _scroll_to(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is None:
            return
        QApplication.sendPostedEvents()
        top = self.mapTo(area.viewport(), QPoint(0, 0)).y()
        beyond = top + self.height() - area.viewport().height()
        if beyond > 0:
            bar = area.verticalScrollBar()
            bar.setValue(bar.value() + min(beyond, max(0, top)))


def under_words(theme: Theme) -> Inset:
    """Return margins that put content right under the words of a fold's row."""
    inset = theme.space("group")
    return inset + theme.px("icon") + _GAP, 0, inset, 16


Entry = tuple[str, FoldHead, Callable[[], QWidget]]
"""Name of a fold, its row, and what makes its content."""


def fold_card(theme: Theme, entries: Sequence[Entry], unfolded: Unfolded, insets: Mapping[str, Inset]) -> Card:
    """Return a card of folds with a line between them; what has no inset of its own stands under the words."""
    card = Card(theme)
    card.column.setContentsMargins(1, 8, 1, 8)
    card.column.setSpacing(0)
    for index, (key, head, make) in enumerate(entries):
        if index:
            card.column.addWidget(rule())
        card.column.addWidget(Fold(key, head, make, unfolded, insets.get(key, under_words(theme))))
    return card
