"""The wizard frame: steps left, question in the middle, answers right, Back and Next always in one place.

It shows what the flow session says and decides nothing about the subject. Only the frame enables buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from yibao_desktop.flow.session import AnswerLine, FlowSession, InvalidAnswer, Value
from yibao_desktop.money import yuan
from yibao_desktop.pack.schema import Question
from yibao_desktop.pack.store import Pack
from yibao_desktop.paper.blocks import Sheet
from yibao_desktop.ui.language import tr_refusal
from yibao_desktop.ui.screen_reader import announce
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import bottom_bar
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.layouts import clear_layout
from yibao_desktop.ui.widgets.picture import Picture
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Banner, Text, rule
from yibao_desktop.ui.wizard.question_pages import ChoicePage, QuestionPage, page_for

FillResult = Callable[[ScrollColumn], None]
Sheets = Callable[[date], Sequence[Sheet]]
"""Writes what can be taken along, dated as told."""
Refusal = Callable[[Mapping[str, Value]], str | Mapping[str, str]]
"""Gives a sentence when an answer contradicts itself or earlier ones, or one for each field at fault; else nothing."""

AtEnd = Callable[[Question | None], QWidget | None]
"""Gives what stands below a question, or below the result when there is no question."""

MOST_AMOUNTS_LISTED = 6
"""More amounts than this are only counted in the list of answers."""


def _nothing_to_refuse(_answers: Mapping[str, Value]) -> str:
    return ""


def _nothing_to_say(_question: Question) -> QWidget | None:
    return None


def nothing_at_end(_question: Question | None) -> QWidget | None:
    """Give nothing."""
    return None


class WizardFrame(QWidget):
    """Shows a flow session.

    Signals:
        left: Back was pressed on the first page.
        restarted: the person started again.
        went_on: the button of the result was pressed.
        page_changed: another question, or the result, is on the screen.
        take_away_wanted: the result is to be taken along; carries what writes its sheets.
    """

    left = Signal()
    restarted = Signal()
    went_on = Signal()
    page_changed = Signal()
    take_away_wanted = Signal(object)

    def __init__(
        self, theme: Theme, session: FlowSession, fill_result: FillResult, *, result_step: str,
        on_result: str, reminder: str = "", refusal: Refusal = _nothing_to_refuse,
        today: Callable[[], date] = date.today, empty_amount: str = "0.00",
        opening: Callable[[Question], QWidget | None] = _nothing_to_say, sheets: Sheets | None = None,
        at_end: AtEnd = nothing_at_end, pack: Pack,
    ) -> None:
        """Show ``session``, with words of ``pack``'s glossary explained.

        ``opening`` gives what is said above a question, ``sheets`` writes the result down, ``at_end`` gives what
        stands below a question or the result.
        """
        super().__init__()
        self._sheets, self._pack, self._at_end = sheets, pack, at_end
        self._opening = opening
        self._theme, self.session, self._fill_result = theme, session, fill_result
        self._empty_amount = empty_amount
        self._on_result = on_result
        self._refusal, self._today = refusal, today
        self._note = ""
        self.page: QuestionPage | None = None
        self._asked: str | None = None
        self.back_stops_at: str | None = None
        """The question at which Back leaves, as it does at the very first."""
        self._drafts: dict[str, Any] = {}
        """What stood on pages the person left without Next: nothing entered is lost."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        outer.addLayout(middle, 1)
        self._steps, self._result_step = _StepList(theme), result_step
        middle.addWidget(self._steps)
        self._centre = QVBoxLayout()
        middle.addLayout(self._centre, 1)
        self._answers = _AnswerPanel(theme, reminder)
        self._answers.change_wanted.connect(self._go_to)
        self._answers_side = _ScrollSide(theme, self._answers)
        middle.addWidget(self._answers_side)
        self._scroll: ScrollColumn | None = None
        self._bar = self._make_bar()
        outer.addWidget(self._bar)
        theme.follow(self.show_current)
        self.show_current()

    # --- the bar -------------------------------------------------------------------------------------

    def _make_bar(self) -> QFrame:
        self.back_button = Button(self._theme, self.tr("上一步"), "outline", "arrow-left")
        self.again_button = Button(self._theme, self.tr("重新开始"), "plain", "rotate-ccw")
        self.next_button = Button(self._theme, self.tr("下一步"), "primary", "arrow-right")
        self.next_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.back_button.clicked.connect(self.go_back)
        self.again_button.clicked.connect(self.start_again)
        self.next_button.clicked.connect(self.go_on)
        self.take_button = Button(self._theme, self.tr("带走"), "outline", "printer")
        self.take_button.setObjectName("take-away")
        self.take_button.setAccessibleDescription(self.tr("扫码、打印或者存成 PDF"))
        self.take_button.clicked.connect(lambda: self.take_away_wanted.emit(self._sheets))
        return bottom_bar(self.back_button, self.again_button, right=self.next_button, before=self.take_button)

    # --- moving --------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Take the answer on the page and show what comes next."""
        if self.page is None:
            self.went_on.emit()
            return
        value = self.page.value()
        if value is None:
            self.page.first_control().setFocus()
            return
        question = self.session.current
        assert question is not None
        message = self._refusal({**self.session.answers, question.id: value})
        if message:
            self.page.refuse(message)
            return
        try:
            self.session.answer(value)
        except InvalidAnswer as error:
            self.page.refuse(tr_refusal(error))
            return
        self._drafts.pop(question.id, None)
        self._asked = None
        dropped = self.tr("、").join(question.short for question in self.session.dropped)
        self._note = self.tr("您改了回答，这几项要重新选：{}。").format(dropped) if dropped else ""
        self.show_current()

    def go_back(self) -> None:
        """Show the question before, with its answer; leave the wizard at the first one."""
        self._note = ""
        question = self.session.current
        stops = question is not None and question.id == self.back_stops_at
        if not stops and self.session.back():
            self.show_current()
        else:
            self.left.emit()

    def start_again(self) -> None:
        """Forget every answer."""
        self._note = ""
        self._drafts.clear()
        self._asked = None
        self.session.restart()
        self.restarted.emit()
        self.show_current()

    def ask_anew(self, known: Mapping[str, Value]) -> None:
        """Begin again with what is ``known``: show the first question it does not answer, or the result."""
        self._note = ""
        self._drafts.clear()
        self._asked = None
        self.session.restart()
        while (question := self.session.current) is not None and question.id in known:
            try:
                self.session.answer(known[question.id])
            except InvalidAnswer:
                break
        self.show_current()

    def _go_to(self, question_id: str) -> None:
        self._note = ""
        self.session.go_to(question_id)
        self.show_current()

    # --- showing -------------------------------------------------------------------------------------

    def show_current(self) -> None:
        """Build the page of the current question, or of the result."""
        if self.page is not None and self._asked is not None:
            self._drafts[self._asked] = self.page.draft()
        question = self.session.current
        self._asked = question.id if question is not None else None
        scroll = ScrollColumn(self._theme, wide=question is None)
        self.page = None
        if question is None:
            self._fill_result(scroll)
        else:
            steps = self.session.steps()
            number = [step.id for step in steps].index(question.step) + 1
            if self.session.steps_are_known:
                scroll.add(Text(self.tr("第 {} 步，共 {} 步").format(number, len(steps) + 1), "muted"))
            else:
                scroll.add(Text(self.tr("第 {} 步").format(number), "muted"))
            if (opening := self._opening(question)) is not None:
                scroll.add(opening)
            scroll.add(Text(question.title, "title"))
            if question.help:
                scroll.add(Text(question.help, "lead"))
            if self._note:
                scroll.add(Text(self._note, "strong", "warn"))
            self.page = page_for(self._theme, question, self.session.options(question),
                                 self.session.fields(question), self._today(), self._empty_amount)
            if question.id in self.session.answers:
                self.page.load(self.session.answers[question.id])
            if question.id in self._drafts:
                self.page.restore(self._drafts[question.id])
            self.page.changed.connect(self._enable)
            self.page.setAccessibleName(question.title)
            self.page.setAccessibleDescription(question.help or "")
            scroll.add(self.page)
        scroll.add_terms(self._pack)
        below = self._at_end(question)
        if below is not None:
            scroll.space()
            scroll.add(below)
        scroll.end()
        self._replace_centre(scroll)
        self._show_steps()
        self._answers.show_lines(self._readable_lines())
        self._enable()
        self._fold()
        (self.page.first_control() if self.page else self.next_button).setFocus()
        self._is_told = False
        if self.isVisible():
            self._tell()
        self.page_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell a screen reader where one is."""
        super().showEvent(event)
        self._tell()

    def _tell(self) -> None:
        if self._is_told:
            return
        self._is_told = True
        question = self.session.current
        if question is not None:
            announce(self, f"{self._note}{question.title}")
        elif self._scroll is not None:
            announce(self, _answer_of(self._scroll))

    def _replace_centre(self, scroll: ScrollColumn) -> None:
        if self._scroll is not None:
            self._unfold_answers()
            self._centre.removeWidget(self._scroll)
            self._scroll.hide()
            self._scroll.deleteLater()
        self._scroll = scroll
        self._centre.addWidget(scroll)
        # A screen reader goes through the page in this order: steps, question, answers so far, Back and Next.
        scroll.stackUnder(self._answers_side)
        scroll.show()

    def _show_steps(self) -> None:
        question = self.session.current
        steps = self.session.steps()
        ids = [step.id for step in steps]
        self._steps.show_at([step.label for step in steps] + [self._result_step],
                            len(ids) if question is None else ids.index(question.step))

    def _enable(self) -> None:
        self.take_button.setVisible(self.page is None and self._sheets is not None)
        if self.page is None:
            self.next_button.setText(self._on_result)
            self.next_button.set_icon("arrow-right")
            self.next_button.setEnabled(True)
        else:
            self.next_button.setText(self.tr("下一步"))
            self.next_button.setEnabled(self.page.can_go_on)
        self.again_button.setEnabled(bool(self.session.answers))

    def _readable_lines(self) -> list[tuple[str, str, str]]:
        return [(line.question.id, line.question.short, self._readable(line)) for line in self.session.lines()]

    def _readable(self, line: AnswerLine) -> str:
        value = line.value
        if isinstance(value, date):
            return self.tr("{} 年 {} 月 {} 日").format(value.year, value.month, value.day)
        if isinstance(value, Mapping):
            given: list[tuple[str, Decimal]] = [
                (field.label, amount) for field in self.session.fields(line.question)
                if (amount := value.get(field.id)) is not None
            ]
            if len(given) > MOST_AMOUNTS_LISTED:
                return self.tr("填了 {} 栏").format(len(given))
            return "\n".join(f"{label} {yuan(amount)}" for label, amount in given) or self.tr("没有填")
        chosen = value if isinstance(value, tuple) else (value,)
        labels = {option.id: option.label for option in self.session.options(line.question)}
        return self.tr("、").join(labels.get(str(id_), str(id_)) for id_ in chosen)

    # --- folding ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the side columns away where the question would get too narrow."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        body = self._theme.px("body")
        steps_width, answers_width = body * 7 + 110, body * 9 + 120
        room = self.width() - steps_width - answers_width
        show_answers = room >= body * 24 and not (self.page is None and room < body * 40)
        # Low screens with large text have no height for the steps: they must not push Back and Next off the screen.
        low = self._steps.height_needed(steps_width) > self.height() - self._bar.sizeHint().height()
        show_steps = self.width() - steps_width >= body * 24 and not low
        self._steps.setVisible(show_steps)
        self._steps.setFixedWidth(steps_width)
        self._answers_side.setFixedWidth(answers_width)
        if show_answers:
            self._unfold_answers()
        elif self._scroll is not None and not self._answers.is_folded:
            self._answers.set_folded(True)
            self._scroll.column.insertWidget(self._scroll.column.count() - 1, self._answers)
            self._answers.setVisible(self._answers.has_lines)
        self._answers_side.setVisible(show_answers)

    def _unfold_answers(self) -> None:
        if self._answers.is_folded:
            self._answers.set_folded(False)
            self._answers_side.hold(self._answers)
            self._answers.show()

    # --- keys ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is Next, Esc is Back, Alt with a digit picks a choice."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.next_button.isEnabled():
                self.next_button.click()
        elif key == Qt.Key.Key_Escape:
            self.back_button.click()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            if isinstance(self.page, ChoicePage):
                self.page.choose(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)


def _answer_of(result: ScrollColumn) -> str:
    """Return what stands at the top of a result, down to its verdict or its one number."""
    said = []
    for index in range(result.column.count()):
        widget = result.column.itemAt(index).widget()
        if isinstance(widget, Banner):
            said.append(widget.headline.text())
            break
        if isinstance(widget, Text):
            said.append(widget.accessibleName() or widget.text())
            if widget.property("role") == "hero":
                break
    return "，".join(said)


class _ScrollSide(QFrame):
    """The right-hand column: scrolls by itself when answers are many."""

    def __init__(self, theme: Theme, content: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "answers")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        self._scroll = ScrollColumn(theme, wide=True, name="side")
        self._scroll.widget().layout().setContentsMargins(24, 24, 24, 24)
        column.addWidget(self._scroll)
        self.hold(content)

    def hold(self, content: QWidget) -> None:
        """Take the answers in."""
        self._scroll.column.insertWidget(0, content)
        if self._scroll.column.count() == 1:
            self._scroll.end()


class _StepList(QFrame):
    """The wizard's stages: done, here, to come; told by mark, weight and colour together."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "steps")
        self.setProperty("silent", True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 28, 20, 20)
        self._column.setSpacing(10)
        # It is hidden where it does not fit; until then it must not force the window to be higher.
        self.setMinimumHeight(1)

    def height_needed(self, width: int) -> int:
        """Return the pixels all stages take at ``width``."""
        for label in self.findChildren(QLabel):
            label.ensurePolished()
        return self._column.heightForWidth(width)

    def show_at(self, labels: list[str], at: int) -> None:
        """Show the stages with the ``at``-th as the current one."""
        clear_layout(self._column)
        for index, label in enumerate(labels):
            row = self._row(index, label, at)
            self._column.addWidget(row)
            # What is not shown yet would not count in the height.
            row.show()
        self._column.addStretch(1)

    def _row(self, index: int, label: str, at: int) -> QFrame:
        row = QFrame()
        theme = self._theme
        here, done = index == at, index < at
        row.setProperty("role", "step")
        row.setProperty("state", "here" if here else "done" if done else "to-come")
        line = QHBoxLayout(row)
        line.setContentsMargins(12, 10, 8, 10)
        line.setSpacing(12)
        size = theme.px("step-mark")
        mark = Picture(theme, "check" if done else "", "on-brand", "small")
        mark.setProperty("role", "step-mark")
        mark.setProperty("state", row.property("state"))
        mark.setFixedSize(size, size)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if not done:
            mark.setText(str(index + 1))
        line.addWidget(mark)
        text = Text(label, "strong" if here else "body" if done else "muted", "brand" if here else None)
        state = self.tr("已完成") if done else self.tr("当前") if here else self.tr("还没到")
        text.setAccessibleName(f"{label}，{state}")
        line.addWidget(text, 1)
        return row


class _AnswerPanel(QFrame):
    """Answers so far, each with a way to change it.

    Signals:
        change_wanted: the id of the question to answer anew.
    """

    change_wanted = Signal(str)

    def __init__(self, theme: Theme, reminder: str) -> None:
        super().__init__()
        self._theme, self._reminder = theme, reminder
        # What was told before is not read out with every question.
        self.setProperty("silent", True)
        self.is_folded = False
        self.has_lines = False
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self.set_folded(False)

    def set_folded(self, folded: bool) -> None:
        """Stand under the question instead of beside it."""
        self.is_folded = folded
        inset = 20 if folded else 0
        self._column.setContentsMargins(inset, inset, inset, inset)
        self.setProperty("role", "card" if folded else "panel")
        self.style().unpolish(self)
        self.style().polish(self)

    def show_lines(self, lines: list[tuple[str, str, str]]) -> None:
        """Show (question id, name, answer) rows."""
        clear_layout(self._column)
        self.has_lines = bool(lines)
        self._column.addWidget(Text(self.tr("您的回答"), "small-strong"))
        if not lines:
            self._column.addWidget(Text(self.tr("答过的会列在这里，随时可以改。"), "small"))
        for question_id, name, answer in lines:
            row = QHBoxLayout()
            row.addWidget(Text(name, "small"), 1)
            change = Button(self._theme, self.tr("修改"), "quiet")
            change.setAccessibleName(self.tr("修改{}").format(name))
            change.setObjectName(f"change-{question_id}")
            change.clicked.connect(lambda _=False, id_=question_id: self.change_wanted.emit(id_))
            row.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
            self._column.addLayout(row)
            self._column.addWidget(Text(answer, "strong"))
            self._column.addWidget(rule())
        if self._reminder:
            box = QFrame()
            box.setProperty("role", "banner")
            box.setProperty("tone", "warn")
            inner = QVBoxLayout(box)
            inner.addWidget(Text(self._reminder, "small-ink"))
            self._column.addSpacing(12)
            self._column.addWidget(box)
