"""这张账单对不对: the estimate, then the slip's own sums and the slip beside the estimate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from yibao_desktop.estimate.asking import BillQuestions
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.result import Estimate, Unknown
from yibao_desktop.estimate.slip import Receipt
from yibao_desktop.flow.session import FlowSession
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.wizard import estimate_result, slip_result
from yibao_desktop.ui.wizard.frame import WizardFrame


class BillWizard(QWidget):
    """Two halves that stand alone: estimate, and check.

    Signals:
        left: the person wants back to the first page.
    """

    left = Signal()

    def __init__(self, theme: Theme, pack: Pack, place: Place, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._theme, self._pack, self._place = theme, pack, place
        self._questions = BillQuestions(place, pack.words, today)
        self._estimate: Estimate | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack)
        session = FlowSession(pack.flow("bill"), self._questions.options, self._questions.facts,
                              self._questions.fields)
        self.estimating = WizardFrame(
            theme, session, self._fill_estimate, result_step="估算结果", on_result="和票据核对",
            reminder="不用填姓名和证件号。填的数只用来算这一次，不保存。",
            refusal=self._questions.refusal, today=today,
        )
        self.checking = WizardFrame(
            theme, FlowSession(pack.flow("slip")), self._fill_slip, result_step="核对结果", on_result="完成",
            reminder="票据上的姓名、号码都不用填。", today=today,
        )
        for frame in (self.estimating, self.checking):
            self._stack.addWidget(frame)
        self.estimating.left.connect(self.left)
        self.estimating.went_on.connect(self._show_checking)
        self.estimating.page_changed.connect(self._skip_to_checking)
        self.estimating.restarted.connect(self._forget_estimate)
        self.checking.left.connect(self._back_to_estimating)
        self.checking.restarted.connect(self.start_again)
        self.checking.went_on.connect(self.left)

    @property
    def frame(self) -> WizardFrame:
        """The half on the screen."""
        return self.checking if self._stack.currentWidget() is self.checking else self.estimating

    def start_again(self) -> None:
        """Forget everything entered in both halves."""
        self._forget_estimate()
        for frame in (self.checking, self.estimating):
            frame.blockSignals(True)
            frame.start_again()
            frame.blockSignals(False)
        self._stack.setCurrentWidget(self.estimating)

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        page = self.frame.page
        return page.first_control() if page else self.frame.next_button

    def _forget_estimate(self) -> None:
        self._estimate = None

    def _wants_only_the_slip(self) -> bool:
        return self.estimating.session.answers.get("task") == "slip"

    def _skip_to_checking(self) -> None:
        if self.estimating.session.current is None and self._wants_only_the_slip():
            self._estimate = None
            self._show_checking()

    def _show_checking(self) -> None:
        self._stack.setCurrentWidget(self.checking)
        self.checking.show_current()

    def _back_to_estimating(self) -> None:
        if self._wants_only_the_slip():
            self.estimating.session.back()
            self.estimating.show_current()
        self._stack.setCurrentWidget(self.estimating)
        self.first_control().setFocus()

    def _fill_estimate(self, scroll: ScrollColumn) -> None:
        if self._wants_only_the_slip():
            return
        case = self._questions.case(self.estimating.session.answers)
        self._estimate = estimate(case, self._pack)
        estimate_result.fill(scroll, self._theme, self._pack, self._place, self._estimate, self._try_again_on)

    def _try_again_on(self, gap: Unknown) -> None:
        """Answer the date with a day whose rule is known, and go through the rest again."""
        assert gap.known_on is not None
        session = self.estimating.session
        session.go_to("date")
        session.answer(gap.known_on)
        session.go_to_end()
        self.estimating.show_current()

    def _fill_slip(self, scroll: ScrollColumn) -> None:
        amounts = self.checking.session.answers["slip"]
        assert isinstance(amounts, dict)
        slip_result.fill(scroll, self._theme, self._pack, Receipt(**amounts), self._estimate)
