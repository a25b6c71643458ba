"""The page of questions to take along, on the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from yibao_desktop.paper.blocks import Blank, Block, Facts, Heading, Paragraph, Points, Sheet, Table
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.figure_table import FigureTable, TableRow
from yibao_desktop.ui.widgets.text import Card, Line, Text, column_widget, rule

_BOX = "□"


def sheet_card(theme: Theme, sheet: Sheet) -> Card:
    """Return the page as it would be printed."""
    card = Card(theme)
    card.column.setSpacing(theme.space("gap"))
    card.column.addWidget(Text(sheet.title, "heading"))
    for block in sheet.blocks:
        if isinstance(block, (Heading, Blank)):
            card.column.addSpacing(theme.space("gap") // 2)
        card.column.addWidget(_shown(theme, block))
    for line in sheet.footer.lines:
        card.column.addWidget(Text(line, "small"))
    return card


def _shown(theme: Theme, block: Block) -> QWidget:
    if isinstance(block, Heading):
        return Text(block.text, "strong")
    if isinstance(block, Paragraph):
        return Text(block.text, "small" if block.small else "body")
    if isinstance(block, Facts):
        return _facts(theme, block)
    if isinstance(block, Table):
        return FigureTable(theme, block.heads, tuple(TableRow(row[0], row[1:]) for row in block.rows))
    if isinstance(block, Points):
        return _points(block)
    assert isinstance(block, Blank), block
    return _blank(theme, block)


def _facts(theme: Theme, facts: Facts) -> QWidget:
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.space("group"))
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for row, (name, value) in enumerate(facts.rows):
        grid.addWidget(Line(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(value), row, 1)
    return widget


def _points(points: Points) -> QWidget:
    widget, column = column_widget(role="", spacing=6)
    for number, point in enumerate(points.items, 1):
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Line(f"{number}." if points.numbered else _BOX), 0, Qt.AlignmentFlag.AlignTop)
        words, inner = column_widget(role="", spacing=2)
        inner.addWidget(Text(point.text))
        if point.below:
            inner.addWidget(Text(point.below, "small"))
        row.addWidget(words, 1)
        column.addLayout(row)
    return widget


def _blank(theme: Theme, blank: Blank) -> QWidget:
    widget, column = column_widget(role="", spacing=0)
    column.addWidget(Text(blank.label, "muted"))
    for _ in range(blank.lines):
        column.addSpacing(theme.px("control") - theme.space("gap"))
        column.addWidget(rule())
    return widget
