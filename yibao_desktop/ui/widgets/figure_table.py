"""A table of amounts that turns into a list of small forms where it would get too narrow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from yibao_desktop.money import read_aloud
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.layouts import clear_layout
from yibao_desktop.ui.widgets.text import Line, Text, rule

_PAD_X, _PAD_Y, _GAP = 16, 10, 24


@dataclass(frozen=True)
class TableRow:
    """A row: its name, amounts under the columns' heads, and what stands below."""

    name: str
    figures: tuple[str, ...]
    tag: str = ""
    """What marks this row out, in a word or two; it also gets a coloured ground."""
    note: str = ""
    strong: bool = False
    differs: bool = False
    """Whether the row stands out with a warm ground and heavier type: its figures are not what they should be."""
    actions: Callable[[], QWidget] | None = None


class FigureTable(QWidget):
    """Names at the left, amounts right-aligned under their heads."""

    def __init__(self, theme: Theme, heads: tuple[str, ...], rows: tuple[TableRow, ...]) -> None:
        super().__init__()
        self._theme, self._heads, self._rows = theme, heads, rows
        # What decides between the two forms is the room there is, not the room one of them would like.
        self.setMinimumWidth(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._stacked: bool | None = None
        self._widths = self._measure()
        self._arrange(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the form there is room for."""
        super().resizeEvent(event)
        needed = sum(self._widths) + _GAP * len(self._widths) + 2 * _PAD_X + self._theme.px("body") * 7
        self._arrange(self.width() < needed)

    def _measure(self) -> list[int]:
        widths = []
        for column, head in enumerate(self._heads[1:]):
            cells = [Line(row.figures[column], _role(row)) for row in self._rows]
            for cell in (*cells, title := Line(head, "small-strong")):
                cell.setParent(self)
                cell.ensurePolished()
            widths.append(max(cell.sizeHint().width() for cell in (*cells, title)))
            for cell in (*cells, title):
                cell.setParent(None)
        return widths

    def _arrange(self, stacked: bool) -> None:
        if stacked == self._stacked:
            return
        self._stacked = stacked
        clear_layout(self._column)
        if not stacked:
            self._column.addWidget(self._head())
        for index, row in enumerate(self._rows):
            if index or not stacked:
                self._column.addWidget(rule())
            self._column.addWidget(self._row(row, stacked))

    def _head(self) -> QWidget:
        frame, column = _padded()
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        line.addWidget(Text(self._heads[0], "small-strong"), 1)
        for head, width in zip(self._heads[1:], self._widths, strict=True):
            line.addWidget(_cell(head, "small-strong", width))
        column.addLayout(line)
        return frame

    def _row(self, row: TableRow, stacked: bool) -> QWidget:
        frame, column = _padded()
        if row.tag or row.differs:
            frame.setProperty("role", "marked")
        if row.differs:
            frame.setProperty("tone", "warn")
        role = _role(row)
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        name = QVBoxLayout()
        name.setSpacing(2)
        name.addWidget(Text(row.name, "strong" if stacked else role))
        if row.tag:
            name.addWidget(Text(f"✓ {row.tag}", "small-strong"))
        line.addLayout(name, 1)
        column.addLayout(line)
        for head, figure, width in zip(self._heads[1:], row.figures, self._widths, strict=True):
            if stacked:
                pair = QHBoxLayout()
                pair.setSpacing(_GAP)
                pair.addWidget(Text(head), 1)
                pair.addWidget(_named(Line(figure, role), row, head))
                column.addLayout(pair)
            else:
                line.addWidget(_named(_cell(figure, role, width), row, head), 0, Qt.AlignmentFlag.AlignTop)
        if row.note:
            column.addWidget(Text(row.note, "small"))
        if row.actions is not None:
            column.addWidget(row.actions())
        return frame


def _role(row: TableRow) -> str:
    return "strong" if row.strong or row.tag or row.differs else "body"


def _cell(text: str, role: str, width: int) -> Line:
    cell = Line(text, role)
    cell.setMinimumWidth(width)
    cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return cell


def _named(cell: Line, row: TableRow, head: str) -> Line:
    """Let a screen reader say of a figure whose it is: it meets one after the other."""
    cell.setAccessibleName(f"{row.name}，{head}：{read_aloud(cell.text())}")
    return cell


def _padded() -> tuple[QFrame, QVBoxLayout]:
    frame = QFrame()
    column = QVBoxLayout(frame)
    column.setContentsMargins(_PAD_X, _PAD_Y, _PAD_X, _PAD_Y)
    column.setSpacing(6)
    return frame, column
