"""Who pays: the whole bill as one bar, and under it what each one takes of it until cash is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from yibao_desktop.money import ZERO, read_aloud, yuan
from yibao_desktop.ui.screen_reader import GRAPHIC, ROLE
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.text import Line, Text

_LEAST = 6
"""Pixels a part keeps, however small it is."""


@dataclass(frozen=True)
class Part:
    """What one payer takes of the bill."""

    label: str
    amount: Decimal
    color: str
    """Colour of the theme."""
    minus: bool = True
    """Whether it is taken off; what is left at the end is not."""


class PayerBar(QWidget):
    """The total as one bar in colours; below, a row for each part, its stretch right under its place in the bar."""

    def __init__(self, theme: Theme, total_label: str, total: Decimal, parts: tuple[Part, ...]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(_words(Part(total_label, total, "ink", minus=False)))
        column.addWidget(_Stretch(theme, total, parts, parts, theme.px("control") * 2 // 3))
        for part in parts:
            column.addSpacing(4)
            column.addLayout(_words(part))
            column.addWidget(_Stretch(theme, total, parts, (part,), theme.px("small") // 2))


def _words(part: Part) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    role = "body" if part.minus else "strong"
    row.addWidget(Text(part.label, role), 1)
    row.addWidget(Line(yuan(-part.amount if part.minus else part.amount), role), 0, Qt.AlignmentFlag.AlignTop)
    return row


class _Stretch(QWidget):
    """The bill's whole length, of which some parts are filled in where they lie."""

    def __init__(
        self, theme: Theme, total: Decimal, parts: tuple[Part, ...], filled: tuple[Part, ...], height: int
    ) -> None:
        super().__init__()
        self._theme, self._total, self._parts, self._filled, self._height = theme, total, parts, filled, height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty(ROLE, GRAPHIC)
        self.setAccessibleName(self.tr("，").join(f"{part.label} {read_aloud(yuan(part.amount))}" for part in filled))

    def sizeHint(self) -> QSize:
        """Return any width at the height asked for."""
        return QSize(200, self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the whole length pale and the parts in their colours."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clip = QPainterPath()
        radius = min(10.0, self.height() / 2)
        clip.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(clip)
        painter.fillRect(self.rect(), self._theme.color("empty"))
        if self._total <= ZERO:
            return
        places = self._places()
        for part, (left, width) in zip(self._parts, places, strict=True):
            if part in self._filled:
                painter.fillRect(QRectF(left, 0, width, self.height()), self._theme.color(part.color))
        if len(self._filled) > 1:
            # Colours alone do not tell neighbours apart.
            for left, _ in places[1:]:
                painter.fillRect(QRectF(left - 1, 0, 2, self.height()), self._theme.color("ground"))

    def _places(self) -> list[tuple[float, float]]:
        """Return left edge and width of every part: in proportion, but none so thin that it cannot be seen."""
        whole = float(self.width())
        widths = [max(_LEAST, float(part.amount / self._total) * whole) for part in self._parts]
        scale = whole / sum(widths) if widths else 1.0
        places, left = [], 0.0
        for width in widths:
            places.append((left, width * scale))
            left += width * scale
        return places
