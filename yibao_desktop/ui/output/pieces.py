"""Pieces of a printed page: each knows its height and draws itself; none is ever cut in two.

Lengths are tenths of a millimetre, so that a page comes out the same on every printer and in every file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextLine, QTextOption

from yibao_desktop.paper.text_codes import QUIET, matrix

MM = 10
"""Units in a millimetre."""
_UNITS_OF_POINT = 25.4 / 72 * MM
LINE_SPACING = 1.45
_GLUED = re.compile(r"(?<=[0-9]) (?=[年月日元万亿次个张种位岁天])|(?<=第) (?=[0-9])| (?=· )")
"""Spaces no line is broken at: between a number and what it counts, before a dot between two parts."""

Draw = Callable[[QPainter, float], None]
"""Draws at a height from the page's top."""


@dataclass
class Piece:
    """Something that stays whole."""

    height: float
    draw: Draw
    before: float = 0.0
    """Room above it, unless it begins a page."""
    with_next: bool = False
    """Must not be the last on its page."""
    only_between: bool = False
    """Left out where it would begin a page: a line between rows."""
    again: tuple[Piece, ...] = field(default=())
    """What is repeated above it where it begins a page: heads of a table."""


@dataclass(frozen=True)
class Type:
    """A kind of lettering."""

    family: str
    points: float
    bold: bool = False
    color: str = "#000000"
    spacing: float = LINE_SPACING
    """From one line to the next, in sizes."""

    @property
    def size(self) -> float:
        """Its size in units."""
        return self.points * _UNITS_OF_POINT

    @property
    def step(self) -> float:
        """From one line to the next."""
        return self.size * self.spacing

    def font(self) -> QFont:
        """Return the font, with the widths it was designed with."""
        font = QFont(self.family)
        font.setPixelSize(round(self.size))
        font.setBold(self.bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font


class Lines:
    """A text broken into lines of a width."""

    def __init__(self, text: str, kind: Type, width: float, right: bool = False) -> None:
        self._kind, self._width, self._right = kind, width, right
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setUseDesignMetrics(True)
        self._layout = QTextLayout(_GLUED.sub("\u00a0", text), kind.font())
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        self.lines: list[QTextLine] = []
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, 0))
            self.lines.append(line)
        self._layout.endLayout()

    @property
    def height(self) -> float:
        """Of all lines."""
        return len(self.lines) * self._kind.step

    @property
    def natural_width(self) -> float:
        """Of the widest line."""
        return max((line.naturalTextWidth() for line in self.lines), default=0.0)

    def draw(self, painter: QPainter, x: float, y: float, first: int = 0, count: int | None = None) -> None:
        """Draw some of the lines; all of them unless told otherwise."""
        painter.setPen(QColor(self._kind.color))
        for number, line in enumerate(self.lines[first:None if count is None else first + count]):
            shift = self._width - line.naturalTextWidth() if self._right else 0
            above = (self._kind.step - line.height()) / 2
            line.draw(painter, QPointF(x + shift, y + number * self._kind.step + above))


def width_of(text: str, kind: Type) -> float:
    """Return how wide a text is on one line."""
    return Lines(text, kind, 100_000).natural_width + 1


def paragraph(text: str, kind: Type, x: float, width: float, before: float, with_next: bool = False) -> list[Piece]:
    """Return a text line by line; no page begins or ends with a single line of several."""
    lines = Lines(text, kind, width)
    count = len(lines.lines)

    def draw(number: int) -> Draw:
        return lambda painter, y: lines.draw(painter, x, y, number, 1)

    return [
        Piece(kind.step, draw(number), before if number == 0 else 0,
              with_next=with_next if number == count - 1 else count <= 3 or number in (0, count - 2))
        for number in range(count)
    ]


def beside(columns: Sequence[tuple[Lines, float]], before: float) -> Piece:
    """Return texts side by side, each at its own distance from the left."""
    def draw(painter: QPainter, y: float) -> None:
        for lines, x in columns:
            lines.draw(painter, x, y)

    return Piece(max(lines.height for lines, _ in columns), draw, before)


def stacked(pieces: Sequence[Piece], before: float) -> Piece:
    """Return pieces one under the other as one that stays whole."""
    def draw(painter: QPainter, y: float) -> None:
        for number, piece in enumerate(pieces):
            y += piece.before if number else 0
            piece.draw(painter, y)
            y += piece.height

    height = sum(piece.height + (piece.before if number else 0) for number, piece in enumerate(pieces))
    return Piece(height, draw, before)


def framed(inner: Piece, x: float, width: float, inset: float, before: float) -> Piece:
    """Return a piece with a frame round it."""
    def draw(painter: QPainter, y: float) -> None:
        painter.setPen(QPen(QColor("#000000"), 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(x, y, width, inner.height + 2 * inset), 20, 20)
        inner.draw(painter, y + inset)

    return Piece(inner.height + 2 * inset, draw, before)


def rule(x: float, width: float, before: float, color: str = "#000000", thick: bool = False) -> Piece:
    """Return a line across."""
    def draw(painter: QPainter, y: float) -> None:
        painter.setPen(QPen(QColor(color), 3 if thick else 1.5))
        painter.drawLine(QPointF(x, y), QPointF(x + width, y))

    return Piece(3, draw, before)


def code(content: str, x: float, side: float) -> Piece:
    """Return a QR code; its modules are whole dots of the printer."""
    rows = matrix(content)

    def draw(painter: QPainter, y: float) -> None:
        placed = painter.combinedTransform()
        dots = placed.m11()
        module = max(1, int(side * dots) // (len(rows) + 2 * QUIET))
        corner = placed.map(QPointF(x, y))
        air = (round(side * dots) - module * len(rows)) // 2
        left, top = round(corner.x()) + air, round(corner.y()) + air
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        black = QColor(Qt.GlobalColor.black)
        for number, row in enumerate(rows):
            start = None
            for column, dark in enumerate((*row, False)):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    painter.fillRect(left + start * module, top + number * module, (column - start) * module, module,
                                     black)
                    start = None
        painter.restore()

    return Piece(side, draw)
