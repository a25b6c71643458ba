"""Who pays: one bar in proportion, and its legend in words and amounts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from yibao_desktop.money import yuan
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.layouts import FlowLayout
from yibao_desktop.ui.widgets.text import Line


@dataclass(frozen=True)
class Part:
    """A stretch of the bar."""

    label: str
    amount: Decimal
    color: str
    """Colour of the theme."""


class PayerBar(QWidget):
    """The bar over its legend."""

    def __init__(self, theme: Theme, parts: tuple[Part, ...]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(_Bar(theme, parts))
        legend = QWidget()
        flow = FlowLayout(20)
        legend.setLayout(flow)
        for part in parts:
            flow.addWidget(_legend_item(theme, part))
        column.addWidget(legend)


def _legend_item(theme: Theme, part: Part) -> QWidget:
    item = QWidget()
    row = QHBoxLayout(item)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    patch = QLabel()
    size = theme.px("small")
    patch.setFixedSize(size, size)
    patch.setStyleSheet(f"background: {theme.color(part.color).name()}; border-radius: 4px;")
    row.addWidget(patch)
    row.addWidget(Line(part.label))
    row.addWidget(Line(yuan(part.amount), "strong"))
    return item


class _Bar(QWidget):
    def __init__(self, theme: Theme, parts: tuple[Part, ...]) -> None:
        super().__init__()
        self._theme, self._parts = theme, parts
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("，".join(f"{part.label} {yuan(part.amount)}" for part in parts))

    def sizeHint(self) -> QSize:
        """Return a bar as high as a control."""
        return QSize(400, self._theme.px("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each part as wide as its share; where the name fits, write it in."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), 10, 10)
        painter.setClipPath(clip)
        total = sum((part.amount for part in self._parts), Decimal(0))
        painter.fillRect(self.rect(), self._theme.color("line"))
        if not total:
            return
        painter.setFont(self._theme.font("small", bold=True))
        left = 0.0
        for part in self._parts:
            width = float(part.amount / total) * self.width()
            rect = QRectF(left, 0, width, self.height())
            painter.fillRect(rect, self._theme.color(part.color))
            if painter.fontMetrics().horizontalAdvance(part.label) + 20 <= width:
                painter.setPen(QColor(self._theme.color("on-brand")))
                painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), part.label)
            left += width
