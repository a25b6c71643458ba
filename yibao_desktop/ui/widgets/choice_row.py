"""A choice as a large row: the whole row can be tapped, and the chosen one differs by border, fill and mark."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from yibao_desktop.money import read_aloud
from yibao_desktop.ui.language import language
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.double_taps import double_taps

_PAD_X, _PAD_Y, _MARK_GAP, _LINE_GAP = 22, 12, 18, 4


class ChoiceRow(QRadioButton):
    """One option of a question, with its explanation below the name."""

    def __init__(self, theme: Theme, label: str, explanation: str | None, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self._theme, self._explanation = theme, explanation or ""
        self.setAccessibleName(read_aloud(label))
        self.setAccessibleDescription(read_aloud(self._explanation))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.follow(self._ask_for_room)

    def _ask_for_room(self) -> None:
        self.updateGeometry()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Be chosen, but not by the second tap of a shaking hand."""
        if not double_taps.swallows(self):
            super().mousePressEvent(event)

    def hasHeightForWidth(self) -> bool:
        """Text wraps, so the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height both texts need at ``width``."""
        label, explanation = self._text_rects(width)
        text = label.height() + (_LINE_GAP + explanation.height() if self._explanation else 0)
        return max(self._theme.px("control"), text + 2 * _PAD_Y)

    def sizeHint(self) -> QSize:
        """Return a usual width with its height."""
        width = self._theme.px("body") * 24
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the narrowest a row may get."""
        width = self._theme.px("body") * 10
        return QSize(width, self._theme.px("control"))

    def hitButton(self, position: QPoint) -> bool:
        """Take a tap anywhere on the row."""
        return self.rect().contains(position)

    def _text_rects(self, width: int) -> tuple[QRect, QRect]:
        left = _PAD_X + self._theme.px("mark") + _MARK_GAP
        space = QRect(0, 0, max(1, width - left - _PAD_X), 10_000)
        label = QFontMetrics(self._theme.font("lead", bold=True)).boundingRect(space, _wrap(), self.text())
        explanation = QFontMetrics(self._theme.font("small")).boundingRect(space, _wrap(), self._explanation)
        return label, explanation

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint border, mark and both texts."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        checked, focused = self.isChecked(), self.hasFocus()
        width = theme.border("edge-focus" if focused else "edge-chosen" if checked else "edge")
        inset = width / 2
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(theme.color("brand" if checked or focused else "field"), width))
        painter.setBrush(theme.color("brand-soft" if checked or self.underMouse() else "card"))
        painter.drawRoundedRect(frame, theme.space("radius"), theme.space("radius"))
        self._paint_mark(painter, checked)

        label, explanation = self._text_rects(self.width())
        height = label.height() + (_LINE_GAP + explanation.height() if self._explanation else 0)
        left = _PAD_X + theme.px("mark") + _MARK_GAP
        space = self.width() - left - _PAD_X
        top = (self.height() - height) // 2
        painter.setPen(theme.color("ink"))
        painter.setFont(theme.font("lead", bold=checked))
        painter.drawText(QRect(left, top, space, label.height()), _wrap(), self.text())
        if self._explanation:
            painter.setPen(theme.color("muted"))
            painter.setFont(theme.font("small"))
            below = top + label.height() + _LINE_GAP
            painter.drawText(QRect(left, below, space, explanation.height()), _wrap(), self._explanation)

    def _paint_mark(self, painter: QPainter, checked: bool) -> None:
        size = self._theme.px("mark")
        mark = QRectF(_PAD_X, (self.height() - size) / 2, size, size)
        painter.setPen(QPen(self._theme.color("brand" if checked else "field"), 2))
        painter.setBrush(self._theme.color("brand" if checked else "card"))
        painter.drawEllipse(mark.adjusted(1, 1, -1, -1))
        if checked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("on-brand"))
            inner = size * 0.34
            painter.drawEllipse(mark.adjusted(inner, inner, -inner, -inner))


def _wrap() -> int:
    # Chinese may break anywhere, words of other languages only between them.
    return int(Qt.TextFlag.TextWordWrap | (Qt.TextFlag.TextWrapAnywhere if language() == "zh" else Qt.TextFlag(0)))
