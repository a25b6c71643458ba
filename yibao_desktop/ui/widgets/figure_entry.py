"""Giving a missing figure: an amount, a share in percent or a number of days, with the number pad and a button."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from yibao_desktop.errors import AmountError
from yibao_desktop.money import parse_amount, percent, yuan
from yibao_desktop.pack.benefits import Unit
from yibao_desktop.pack.schema import AmountField
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.amounts import AmountEdit
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.pads import NumberPad

_MOST_DAYS = 366


class FigureEdit(AmountEdit):
    """A field for one figure in the unit it has."""

    def __init__(self, id_: str, unit: Unit) -> None:
        label, help_ = {
            "yuan": (tr("多少元"), tr("照单子上的数填")),
            "share": (tr("百分之多少"), tr("85% 就填 85")),
            "days": (tr("多少天"), tr("填整数")),
        }[unit]
        super().__init__(AmountField(id=id_, label=label, help=help_))
        self._unit = unit
        self.edit.setPlaceholderText("")

    def check(self) -> bool:
        """Say what is wrong with the text, also where there is none; ``True`` when it can be used."""
        if not self.edit.text().strip():
            self.say(self.tr("请先填上这个数。没有印着的话，可以问上面写的地方。"))
            return False
        return super().check()

    def value(self) -> Decimal | None:
        """Return the figure, a share as a part of 1, or ``None`` for an empty field.

        Raises:
            AmountError: the text is no such figure.
        """
        text = unicodedata.normalize("NFKC", self.edit.text()).strip()
        ending = {"yuan": tr("元"), "share": "%", "days": tr("天")}[self._unit]
        text = text.removesuffix(ending).strip()
        if not text:
            return None
        try:
            number = parse_amount(text)
        except AmountError as error:
            raise self._in_words(error) from error
        if self._unit == "share":
            if number > 100:
                raise AmountError("too-large", self.tr("比例不会超过 100%，请再看一眼。"))
            if 0 < number < 1:
                raise AmountError("too-small", self.tr("请按百分数填：85% 填 85，不填 0.85。"))
            return number / 100
        if self._unit == "days":
            if number != number.to_integral_value():
                raise AmountError("not-whole", self.tr("天数要填整数，例如 90。"))
            if number > _MOST_DAYS:
                raise AmountError("too-large", self.tr("天数太大了，请检查是不是多按了一位。"))
            return number.to_integral_value()
        return number

    def _in_words(self, error: AmountError) -> AmountError:
        if self._unit == "yuan":
            return error
        words = {
            "negative": self.tr("不能是负数。"),
            "too-fine": self.tr("最多填两位小数。"),
            "too-large": self.tr("数太大了，请检查是不是多按了几位。"),
            "not-a-number": self.tr("这里只能填数字，例如 85。"),
        }
        return AmountError(error.code, words.get(error.code, str(error)))


class FigureEntry(QWidget):
    """The field, the pad beside or below it, and the button that goes on with the figure.

    Signals:
        given: the figure, in 元, days or a part of 1.
        typed: the text as it stands, right or wrong.
    """

    given = Signal(object)
    typed = Signal(str)

    def __init__(self, theme: Theme, id_: str, unit: Unit, text: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.setMinimumWidth(1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.space("group"))
        self.field = FigureEdit(id_, unit)
        self.field.edit.setText(text)
        self._pad = NumberPad(theme)
        self._pad.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._pad.type_into(self.field.edit)
        self.button = Button(theme, self.tr("按这个数算"), "outline")
        self.button.setObjectName("use-figure")
        self.button.clicked.connect(self._give)
        self.field.changed.connect(lambda: self.typed.emit(self.field.edit.text()))
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("gap"))
        column.addWidget(self.field)
        column.addWidget(button_row(self.button))
        column.addStretch(1)
        self._beside: bool | None = None
        self._arrange(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the pad beside the field where there is room."""
        super().resizeEvent(event)
        self._arrange(self.width() >= self._pad.sizeHint().width() + self._theme.px("body") * 16)

    def _arrange(self, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        self._grid.removeWidget(self._pad)
        self._grid.addWidget(self._left, 0, 0)
        self._grid.addWidget(self._pad, *((0, 1) if beside else (1, 0)), Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field is the button under it, not Next."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        if self.field.check():
            self.given.emit(self.field.value())
        else:
            self.field.edit.setFocus()


def in_unit(value: Decimal, unit: Unit) -> str:
    """Write a figure the way a person reads it."""
    if unit == "share":
        return percent(value)
    return yuan(value) if unit == "yuan" else tr("{:f} 天").format(value)
