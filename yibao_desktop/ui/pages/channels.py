"""去哪里查: for whom and which need on the left, what is at hand over the ways on the right, surest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import get_args

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from yibao_desktop.channels.find import ALL_MEANS, Found, Who, look_up
from yibao_desktop.pack.schema import Means, Need
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.blocks import Sheet
from yibao_desktop.paper.channels_sheet import channels_sheet
from yibao_desktop.ui.focus_in_sight import show_whole
from yibao_desktop.ui.pages.page import Page
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import bottom_bar
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.citations import Citations
from yibao_desktop.ui.widgets.layouts import FlowLayout
from yibao_desktop.ui.widgets.picture import Picture
from yibao_desktop.ui.widgets.qr import QrCode
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Card, Text, numbered

MEANS_ICONS = {"smartphone": "smartphone", "computer": "monitor", "phone": "phone", "visit": "landmark"}


@dataclass(frozen=True)
class Chosen:
    """What is chosen on the page; outlives it."""

    need: str
    who: Who
    means: frozenset[Means]


class ChannelsPage(Page):
    """The channels wizard on one page: it asks two things and shows the answer beside them.

    Signals:
        left: the person wants back to the first page.
        take_away_wanted: the answer is to be taken along; carries what writes its sheets.
    """

    has_own_bar = True

    left = Signal()
    take_away_wanted = Signal(object)

    def __init__(self, theme: Theme, pack: Pack, place: Place, back: str) -> None:
        super().__init__()
        self._theme, self._pack, self._place = theme, pack, place
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._asking = self._make_questions()
        self._means = self._make_means()
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        outer.addLayout(self._middle, 1)
        self._side = ScrollColumn(theme, wide=True, name="needs")
        self._side.widget().layout().setContentsMargins(40, 32, 16, 32)
        self._middle.addWidget(self._side)
        self._results = ScrollColumn(theme, wide=True)
        self._middle.addWidget(self._results, 1)
        self._holder: QWidget | None = None
        self._side.add(self._asking)
        self._side.end()
        self._beside = True
        outer.addWidget(self._make_bar(back))
        # Where colours differ most the lines are thicker, and the widest need is wider.
        theme.follow(self._fold, colors=True)
        self.start_again()

    # --- asking ----------------------------------------------------------------------------------------

    def _make_questions(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Text(self._pack.words("channels.who"), "strong"))
        column.addWidget(self._make_people())
        self._group = QButtonGroup(self)
        self.need_buttons: dict[str, Button] = {}
        self._needs_grids: list[tuple[QGridLayout, list[Button]]] = []
        # Trouble with the account and trouble with the card go to different offices: they are split before anything.
        # The longest group comes last, so that every heading is seen without scrolling.
        groups = [(about, list(needs)) for about, needs in groupby(self._pack.needs, key=lambda need: need.about)]
        longest = max(len(needs) for _, needs in groups)
        for about, needs in sorted(groups, key=lambda group: len(group[1]) == longest):
            column.addSpacing(8)
            column.addWidget(Text(self._pack.words(f"about.{about}"), "strong"))
            grid = QGridLayout()
            grid.setSpacing(10)
            column.addLayout(grid)
            buttons = [self._make_need(need) for need in needs]
            self._needs_grids.append((grid, buttons))
        return box

    def _make_means(self) -> QWidget:
        means_box = QWidget()
        column = QVBoxLayout(means_box)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addWidget(Text(self.tr("手边有什么？不选就全列出来"), "strong"))
        chips = QWidget()
        flow = FlowLayout(10)
        chips.setLayout(flow)
        column.addWidget(chips)
        self.means_buttons: dict[Means, Button] = {}
        for means in ALL_MEANS:
            button = Button(self._theme, self._pack.words(f"means.{means}"), "chip")
            button.setCheckable(True)
            button.setObjectName(f"means-{means}")
            button.clicked.connect(self.show_answer)
            self.means_buttons[means] = button
            flow.addWidget(button)
        return means_box

    def _make_people(self) -> QWidget:
        people = QWidget()
        flow = FlowLayout(10)
        people.setLayout(flow)
        self._people = QButtonGroup(self)
        self.who_buttons: dict[Who, Button] = {}
        for who in get_args(Who):
            button = Button(self._theme, self._pack.words(f"who.{who}"), "chip")
            button.setCheckable(True)
            button.setObjectName(f"who-{who}")
            button.setAutoExclusive(True)
            button.clicked.connect(self.show_answer)
            self._people.addButton(button)
            self.who_buttons[who] = button
            flow.addWidget(button)
        self.who_buttons["self"].setChecked(True)
        return people

    def _make_need(self, need: Need) -> Button:
        button = Button(self._theme, need.label, "need")
        button.setCheckable(True)
        button.setObjectName(f"need-{need.id}")
        button.setAutoExclusive(True)
        button.setAccessibleDescription(need.help or "")
        button.clicked.connect(self.show_answer)
        self._group.addButton(button)
        self.need_buttons[need.id] = button
        return button

    def _lay_needs(self, columns: int) -> None:
        for grid, buttons in self._needs_grids:
            for index, button in enumerate(buttons):
                grid.addWidget(button, index // columns, index % columns)

    def _make_bar(self, back: str) -> QFrame:
        self.back_button = Button(self._theme, back, "outline", "arrow-left")
        self.back_button.clicked.connect(self.left)
        self.again_button = Button(self._theme, self.tr("重新开始"), "plain", "rotate-ccw")
        self.again_button.clicked.connect(self.start_again)
        self.take_button = Button(self._theme, self.tr("带走"), "outline", "printer")
        self.take_button.setObjectName("take-away")
        self.take_button.setAccessibleDescription(self.tr("扫码、打印或者存成 PDF"))
        self.take_button.clicked.connect(lambda: self.take_away_wanted.emit(self._write_down))
        return bottom_bar(self.back_button, self.again_button, right=self.take_button)

    def _write_down(self, on: date) -> list[Sheet]:
        need = next(need for need in self._pack.needs if need.id == self.need)
        result = look_up(self._place, need, self.has, self.who)
        return [channels_sheet(result, self._pack, self._place, on)]

    def start_again(self) -> None:
        """Choose the first need and everything at hand."""
        for button in self.means_buttons.values():
            button.setChecked(False)
        self.who_buttons["self"].setChecked(True)
        self.choose(self._pack.needs[0].id)

    def choose(self, need: str) -> None:
        """Choose a need; once the page is laid out, the list beside the answer shows which."""
        button = self.need_buttons[need]
        button.setChecked(True)
        self.show_answer()
        QTimer.singleShot(0, button, lambda: show_whole(button) if self._beside else None)

    def choose_all(self, chosen: Chosen) -> None:
        """Choose what was chosen on another such page."""
        for means, button in self.means_buttons.items():
            button.setChecked(means in chosen.means)
        self.who_buttons[chosen.who].setChecked(True)
        self.choose(chosen.need)

    @property
    def need(self) -> str:
        """The chosen need."""
        return next(id_ for id_, button in self.need_buttons.items() if button.isChecked())

    @property
    def who(self) -> Who:
        """Whom it is about."""
        return next(who for who, button in self.who_buttons.items() if button.isChecked())

    @property
    def has(self) -> tuple[Means, ...]:
        """What is at hand; everything while nothing is chosen."""
        chosen = tuple(means for means, button in self.means_buttons.items() if button.isChecked())
        return chosen or ALL_MEANS

    # --- answering -------------------------------------------------------------------------------------

    def show_answer(self) -> None:
        """Show the ways to meet the chosen need."""
        means = frozenset(means for means, button in self.means_buttons.items() if button.isChecked())
        self.chosen = Chosen(self.need, self.who, means)
        need = next(need for need in self._pack.needs if need.id == self.need)
        result = look_up(self._place, need, self.has, self.who)
        found = result.found
        citations = Citations(self._pack, self._place)
        column, holder = self._fresh_results()
        column.addWidget(Text(need.label, "title"))
        where = self.tr("{}参保 · {} 种办法，最可靠的在前").format(self._place.name, len(found))
        column.addWidget(Text(where if found else self.tr("{}参保").format(self._place.name), "lead"))
        about = self._pack.words.help(f"about.{need.about}")
        whom_to_ask = self.tr("{}：{}。").format(self._pack.words(f"about.{need.about}"), about)
        if need.help:
            whom_to_ask = self.tr("{}{}").format(need.help, whom_to_ask)
        column.addWidget(Text(whom_to_ask, "muted"))
        for item in found:
            column.addWidget(self._card(item, citations))
        if not found:
            column.addWidget(Text(self._pack.words("channels.instead"), "heading", "warn"))
            for item in result.instead:
                column.addWidget(self._card(item, citations))
        if citations:
            column.addWidget(citations.notes(self._theme))
        self._fold()
        holder.show()

    def _fresh_results(self) -> tuple[QVBoxLayout, QWidget]:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.space("gap") + 4)
        old, self._holder = self._holder, holder
        if old is None:
            self._results.add(holder)
            self._results.end()
        else:
            if not self._beside:
                self._side_takes_questions()
            self._results.column.insertWidget(self._results.column.indexOf(old), holder)
            self._results.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._results.verticalScrollBar().setValue(0)
        return column, holder

    def _card(self, item: Found, citations: Citations) -> Card:
        card = Card(self._theme)
        row = QHBoxLayout()
        row.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        icon = Picture(self._theme, MEANS_ICONS[item.channel.means])
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        name = item.channel.name
        if item.channel.phone and item.channel.phone not in name:
            name = f"{name} {item.channel.phone}"
        head.addWidget(Text(name, "heading"), 1)
        left.addLayout(head)
        if item.in_person:
            left.addWidget(Text(self._pack.words("channels.in-person"), "small-strong"))
        left.addWidget(numbered(item.answer.steps))
        if item.answer.bring:
            left.addWidget(Text(self.tr("带上：{}").format(self.tr("、").join(item.answer.bring))))
        if item.answer.cannot:
            left.addWidget(Text(self.tr("注意：{}").format(item.answer.cannot), "body", "warn"))
        if item.answer.note:
            left.addWidget(Text(item.answer.note, "small"))
        left.addWidget(citations.tappable(self._theme, citations.line(item.answer, item.layer.name)))
        row.addLayout(left, 1)
        if item.channel.url:
            right = QVBoxLayout()
            code = QrCode(self._theme, item.channel.url, self.tr("{}的网址二维码").format(item.channel.name))
            right.addWidget(code, 0,
                            Qt.AlignmentFlag.AlignHCenter)
            right.addWidget(Text(self.tr("手机扫码打开"), "small"), 0, Qt.AlignmentFlag.AlignHCenter)
            right.addStretch(1)
            row.addLayout(right)
        card.column.addLayout(row)
        return card

    # --- folding ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand the questions over the answer where the window is narrow."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        body = self._theme.px("body")
        # In one column the needs may be wider than the usual: other languages are longer.
        widest = max(button.sizeHint().width() for button in self.need_buttons.values())
        needs = self._side.widget().minimumSizeHint().width() + self._side.verticalScrollBar().sizeHint().width()
        side = max(body * 12 + 100, widest + 80, needs)
        beside = self.width() - side >= body * 26
        self._side.setFixedWidth(side)
        self._lay_needs(1 if beside else max(1, (self.width() - 100) // max(body * 14, widest + 10)))
        self._lay_means(beside)
        if beside and not self._beside:
            self._side_takes_questions()
        elif not beside and self._holder is not None and self._asking.parentWidget() is not self._holder:
            self._holder.layout().insertWidget(0, self._asking)  # type: ignore[union-attr]
        self._beside = beside
        self._side.setVisible(beside)

    def _lay_means(self, beside: bool) -> None:
        """Put what is at hand over the ways it filters, or where everything is one column, under the needs."""
        within = self._results.column.parentWidget() if beside else self._asking
        if self._means.parentWidget() is within:
            return
        if beside:
            self._results.column.insertWidget(0, self._means)
        else:
            self._asking.layout().addWidget(self._means)  # type: ignore[union-attr]

    def _side_takes_questions(self) -> None:
        self._side.column.insertWidget(0, self._asking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_button.click()
        else:
            super().keyPressEvent(event)

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        return self.need_buttons[self.need]
