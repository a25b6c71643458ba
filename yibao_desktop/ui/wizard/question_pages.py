"""One page for each kind of question. A page offers value, validity and a signal; it never moves on itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QMargins, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from yibao_desktop.flow.session import Value
from yibao_desktop.pack.schema import AmountField, Option, Question
from yibao_desktop.ui.focus_in_sight import show_whole
from yibao_desktop.ui.screen_reader import GROUP, ROLE
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.amounts import AmountEdit
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.choice_row import ChoiceRow
from yibao_desktop.ui.widgets.pads import NumberPad
from yibao_desktop.ui.widgets.text import Line

PAIRED_FROM = 7
"""From so many short options on, a choice may stand in two columns."""
_FEW = 8
_FIELDS_BESIDE, _MANY_FIELDS_BESIDE = 16, 13
"""Characters of body text the fields need beside the pad: many put up with less, as below it they would be hidden."""
_PAD_FROM_EDGE = 16


class QuestionPage(QWidget):
    """Base of the question pages.

    Signals:
        changed: the answer on the page is another one.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty(ROLE, GROUP)

    def value(self) -> Value | None:
        """Return the answer, or ``None`` while there is none that can be used."""
        raise NotImplementedError

    def load(self, value: Value) -> None:
        """Show an answer given before."""
        raise NotImplementedError

    def draft(self) -> Any:
        """Return what stands on the page, finished or not, for :meth:`restore`."""
        return self.value()

    def restore(self, draft: Any) -> None:
        """Show what stood on the page when the person left it."""
        if draft is not None:
            self.load(draft)

    @property
    def can_go_on(self) -> bool:
        """Tell whether Next may be pressed; it may still find something wrong and say so."""
        return self.value() is not None

    def refuse(self, message: str | Mapping[str, str]) -> None:
        """Show why the answers on this page do not fit together, where told at each field at fault."""

    def first_control(self) -> QWidget:
        """Return the control that gets the focus."""
        raise NotImplementedError


class ChoicePage(QuestionPage):
    """One of several rows."""

    def __init__(self, theme: Theme, options: tuple[Option, ...]) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.space("gap"))
        self._group = QButtonGroup(self)
        self._may_pair = len(options) >= PAIRED_FROM and not any(option.help for option in options)
        self._columns = 0
        self.rows: dict[str, ChoiceRow] = {}
        for option in options:
            row = ChoiceRow(theme, option.label, option.help)
            row.setObjectName(option.id)
            self._group.addButton(row)
            self.rows[option.id] = row
        self._group.buttonToggled.connect(lambda *_: self.changed.emit())
        self._arrange(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Many short answers stand in two columns where there is room, so that none hides below."""
        super().resizeEvent(event)
        roomy = self.width() >= self._theme.px("body") * 28
        self._arrange(2 if self._may_pair and roomy else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for index, row in enumerate(self.rows.values()):
            self._grid.addWidget(row, index // columns, index % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def value(self) -> Value | None:
        """Return the chosen option's id."""
        return next((id_ for id_, row in self.rows.items() if row.isChecked()), None)

    def load(self, value: Value) -> None:
        """Choose the option chosen before, if it is still offered."""
        if isinstance(value, str) and value in self.rows:
            self.rows[value].setChecked(True)

    def choose(self, number: int) -> None:
        """Choose the ``number``-th row, counted from 1; nothing happens beyond the last."""
        if 1 <= number <= len(self.rows):
            row = list(self.rows.values())[number - 1]
            row.setChecked(True)
            row.setFocus()
            # Where it had the focus before, nothing else would bring it into sight.
            show_whole(row)

    def first_control(self) -> QWidget:
        """Return the chosen row, or the first."""
        checked = self._group.checkedButton()
        return checked if checked is not None else next(iter(self.rows.values()))


class AmountsPage(QuestionPage):
    """Several amounts with a number pad beside or below them, which stays in sight while they scroll by."""

    def __init__(self, theme: Theme, fields: tuple[AmountField, ...], empty_amount: str = "0.00") -> None:
        """Ask for ``fields``; ``empty_amount`` stands pale in an empty field where that means as much."""
        super().__init__()
        self._theme = theme
        self.edits = {field.id: AmountEdit(field) for field in fields}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.space("gap") + 4)
        # No layout holds the pad: it keeps its place on the screen, not on the page.
        self._pad = NumberPad(theme)
        self._pad.setParent(self)
        self._pad.setProperty("role", "ground")
        self._pad.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for edit in self.edits.values():
            edit.edit.setPlaceholderText(empty_amount)
            self._column.addWidget(edit)
            edit.changed.connect(self.changed)
            edit.focused.connect(lambda edit=edit: self._type_into(edit))
        self._column.addStretch(1)
        self._pad.type_into(next(iter(self.edits.values())).edit)
        self._beside = True
        self._area: QScrollArea | None = None
        self._bring = QTimer(self)
        self._bring.setSingleShot(True)
        self._bring.timeout.connect(self._bring_into_view)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the scrolling of what the page stands in."""
        super().showEvent(event)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and area is not self._area:
            self._area = area
            area.verticalScrollBar().valueChanged.connect(self._place_pad)
            area.verticalScrollBar().rangeChanged.connect(self._place_pad)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the pad beside the fields where there is room, below them where there is not."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        pad, gap = self._pad.sizeHint(), self._theme.space("group")
        least = _MANY_FIELDS_BESIDE if len(self.edits) > _FEW else _FIELDS_BESIDE
        self._beside = self.width() >= pad.width() + self._theme.px("body") * least
        room = QMargins(0, 0, pad.width() + gap, 0) if self._beside else QMargins(0, 0, 0, pad.height() + gap)
        if self._column.contentsMargins() != room:
            self._column.setContentsMargins(room)
            self.setMinimumHeight(pad.height() if self._beside else 0)
        self._place_pad()

    def _place_pad(self) -> None:
        pad, top, bottom = self._pad.sizeHint(), 0, self.height()
        if self._area is not None:
            viewport = self._area.viewport()
            top = self.mapFrom(viewport, QPoint(0, 0)).y()
            bottom = min(bottom, top + viewport.height())
        if self._beside:
            x, y = self.width() - pad.width(), top + _PAD_FROM_EDGE if top > 0 else 0
        else:
            x, y = 0, bottom - pad.height()
        self._pad.setGeometry(x, max(0, min(y, self.height() - pad.height())),
                              pad.width() if self._beside else self.width(), pad.height())
        self._pad.raise_()

    def _type_into(self, edit: AmountEdit) -> None:
        self._pad.type_into(edit.edit)
        # What is said at the field has a place only after the layout.
        self._bring.start(0)

    def _bring_into_view(self) -> None:
        edit = next((edit for edit in self.edits.values() if edit.edit.hasFocus()), None)
        if edit is None or self._area is None:
            return
        # Where the pad is not beside the fields it covers the lower part of what is seen.
        seen = self._area.viewport().height() - (0 if self._beside else self._pad.height())
        top = edit.mapTo(self._area.widget(), QPoint(0, 0)).y()
        bottom, gap, bar = top + edit.height(), self._theme.space("gap"), self._area.verticalScrollBar()
        bar.setValue(max(bar.value(), bottom + gap - seen))
        bar.setValue(min(bar.value(), max(0, top - gap)))

    def value(self) -> Value | None:
        """Return the amounts by field id; ``None`` while one cannot be used, with the reason at its field."""
        # Every field is checked, so that all faults show at once.
        checks = [edit.check() for edit in self.edits.values()]
        if not all(checks):
            return None
        amounts: Mapping[str, Decimal | None] = {id_: edit.value() for id_, edit in self.edits.items()}
        return amounts

    @property
    def can_go_on(self) -> bool:
        """A form can always be handed in; what is wrong is then said at the field."""
        return True

    def load(self, value: Value) -> None:
        """Show the amounts entered before."""
        if isinstance(value, Mapping):
            for id_, amount in value.items():
                if id_ in self.edits:
                    self.edits[id_].set_value(amount)

    def draft(self) -> dict[str, str]:
        """Return the texts as typed, right or wrong."""
        return {id_: edit.edit.text() for id_, edit in self.edits.items()}

    def restore(self, draft: dict[str, str]) -> None:
        """Show the texts as they were typed."""
        for id_, text in draft.items():
            if id_ in self.edits:
                self.edits[id_].edit.setText(text)

    def refuse(self, message: str | Mapping[str, str]) -> None:
        """Show each message at its field, a single one at the first, and put the cursor there."""
        messages = {next(iter(self.edits)): message} if isinstance(message, str) else message
        at_fault = [(edit, messages[id_]) for id_, edit in self.edits.items() if id_ in messages]
        for edit, text in at_fault:
            edit.say(text)
        at_fault[0][0].edit.setFocus()

    def first_control(self) -> QWidget:
        """Return the first field that is wrong, or simply the first."""
        wrong = (edit.edit for edit in self.edits.values() if edit.edit.property("wrong"))
        return next(wrong, next(iter(self.edits.values())).edit)


class DatePage(QuestionPage):
    """A day, set by large plus and minus buttons or typed."""

    FIRST_YEAR = 2015

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self._today = today
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.space("group"))
        grid = QGridLayout()
        grid.setSpacing(theme.space("gap"))
        self.year = self._part(theme, grid, 0, self.tr("年"), (self.FIRST_YEAR, today.year + 1))
        self.month = self._part(theme, grid, 1, self.tr("月"), (1, 12))
        self.day = self._part(theme, grid, 2, self.tr("日"), (1, 31))
        grid.setColumnStretch(4, 1)
        outer.addLayout(grid)
        row = QHBoxLayout()
        self.today_button = Button(theme, self.tr("就是今天（{}）").format(today.isoformat()), "plain", "calendar")
        self.today_button.clicked.connect(lambda: self.load(self._today))
        row.addWidget(self.today_button)
        row.addStretch(1)
        outer.addLayout(row)
        self.load(today)

    def _part(self, theme: Theme, grid: QGridLayout, row: int, name: str, limits: tuple[int, int]) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(*limits)
        spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        spin.setAlignment(Qt.AlignmentFlag.AlignCenter)
        spin.setAccessibleName(name)
        spin.setMinimumWidth(theme.px("body") * 5)
        spin.valueChanged.connect(self._on_part_changed)
        less, more = Button(theme, "", "plain", "minus"), Button(theme, "", "plain", "plus")
        less.setAccessibleName(self.tr("{}减一").format(name))
        more.setAccessibleName(self.tr("{}加一").format(name))
        for button in (less, more):
            button.repeat()
        less.clicked.connect(spin.stepDown)
        more.clicked.connect(spin.stepUp)
        for column, widget in enumerate((less, spin, more, Line(name, "strong"))):
            grid.addWidget(widget, row, column)
        return spin

    def _on_part_changed(self) -> None:
        if hasattr(self, "day"):
            last = _days_in(self.year.value(), self.month.value())
            self.day.setMaximum(last)
        self.changed.emit()

    def value(self) -> Value | None:
        """Return the day shown."""
        return date(self.year.value(), self.month.value(), self.day.value())

    def load(self, value: Value) -> None:
        """Show a day."""
        if isinstance(value, date):
            self.year.setValue(value.year)
            self.month.setValue(value.month)
            self.day.setMaximum(_days_in(value.year, value.month))
            self.day.setValue(value.day)

    def first_control(self) -> QWidget:
        """Return the year: Enter then goes on with the day shown."""
        return self.year


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


def page_for(
    theme: Theme, question: Question, options: tuple[Option, ...], fields: tuple[AmountField, ...], today: date,
    empty_amount: str = "0.00",
) -> QuestionPage:
    """Return the page that asks ``question`` with what it offers."""
    if question.kind == "amounts":
        return AmountsPage(theme, fields, empty_amount)
    if question.kind == "date":
        return DatePage(theme, today)
    return ChoicePage(theme, options)
