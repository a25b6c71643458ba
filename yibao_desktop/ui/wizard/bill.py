"""这张账单对不对: the estimate, then the slip's own sums and the slip beside the estimate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from yibao_desktop.estimate.result import Unknown
from yibao_desktop.estimate.slip.summing_up import Estimated
from yibao_desktop.flow.saved_bill import SavedBill, answers_of, write
from yibao_desktop.flow.session import FlowSession, Value
from yibao_desktop.pack.schema import Question
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.blocks import Sheet
from yibao_desktop.paper.estimate_sheet import estimate_sheet
from yibao_desktop.ui.pages.page import Page
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.figure_entry import in_unit
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.wizard import estimate_result
from yibao_desktop.ui.wizard.bill_files import OpenBill, SaveBill
from yibao_desktop.ui.wizard.checking import SlipFrame
from yibao_desktop.ui.wizard.estimate_result import PageState, Shown, Wishes
from yibao_desktop.ui.wizard.frame import WizardFrame
from yibao_desktop.ui.wizard.question_pages import ChoicePage
from yibao_desktop.ui.wizard.year_of_bills import YearOfBills
from yibao_desktop.ui.wizard.year_section import YearWishes


class BillWizard(Page):
    """Two halves that stand alone: estimate, and check.

    Signals:
        left: the person wants back to the first page.
        take_away_wanted: a result is to be taken along; carries what writes its sheets.
        bill_opened: a saved bill was read; it may be of another place.
    """

    has_own_bar = True
    redraws_itself = True

    left = Signal()
    take_away_wanted = Signal(object)
    bill_opened = Signal(object)

    def __init__(
        self, theme: Theme, pack: Pack, place: Place, today: Callable[[], date] = date.today, files: bool = False
    ) -> None:
        """``files``: bills may be saved and opened here."""
        super().__init__()
        self._files = files
        self._theme, self._pack, self._place = theme, pack, place
        self._bills = YearOfBills(pack, place, today)
        self._questions = self._bills.questions
        self._page_state = PageState()
        self._wishes = Wishes(
            try_on=self._try_again_on, tell=self._tell, take_back=self._take_back,
            year=YearWishes(self._add_bill, self._show_bill, self._remove_bill, self._put_back),
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack)
        session = FlowSession(pack.flow("bill"), self._questions.options, self._bills.facts,
                              self._questions.fields)
        self.estimating = WizardFrame(
            theme, session, self._fill_estimate, result_step=self.tr("估算结果"), on_result=self.tr("和票据核对"),
            pack=pack, reminder=self.tr("不用填姓名和证件号。填的数只用来算这一次，不保存。"),
            refusal=self._questions.refusal, today=today, sheets=self._write_down,
            at_end=self._files_at_end,
        )
        self.checking = SlipFrame(theme, pack, place, today, self._files_at_end)
        for frame in (self.estimating, self.checking):
            self._stack.addWidget(frame)
            frame.take_away_wanted.connect(self.take_away_wanted)
        self.estimating.left.connect(self._leave_bill)
        self.estimating.went_on.connect(self._show_checking)
        self.estimating.page_changed.connect(self._skip_to_checking)
        self.estimating.page_changed.connect(self._offer_earlier_answer)
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

    def take_up(self, saved: SavedBill) -> None:
        """Go on with a saved bill: to its result, or to the first question it does not answer."""
        self.start_again()
        self.checking.blockSignals(True)
        self.checking.ask_anew(answers_of(self.checking.session.flow, saved.slip))
        self.checking.blockSignals(False)
        self.estimating.ask_anew(answers_of(self.estimating.session.flow, saved.bill))

    def _files_at_end(self, question: Question | None) -> QWidget | None:
        """Offer to open a saved bill below the very first question, and to save one below a result."""
        if not self._files:
            return None
        if question is None:
            only_passing = self.frame is self.estimating and self._wants_only_the_slip()
            return None if only_passing else SaveBill(self._theme, self._save)
        if question.id != self._pack.flow("bill").questions[0].id:
            return None
        offer = OpenBill(self._theme)
        offer.opened.connect(self.bill_opened)
        return offer

    def _save(self) -> bytes:
        return write(self._place.region.code, self._pack.info.version, self.estimating.session.answers,
                     self.checking.session.answers)

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        page = self.frame.page
        return page.first_control() if page else self.frame.next_button

    def _forget_estimate(self) -> None:
        self.checking.hold_against(None)
        self._page_state = PageState()
        self._bills.forget()
        self.estimating.back_stops_at = None

    def _wants_only_the_slip(self) -> bool:
        return self.estimating.session.answers.get("task") == "slip"

    def _skip_to_checking(self) -> None:
        if self.estimating.session.current is None and self._wants_only_the_slip():
            self.checking.hold_against(None)
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

    # --- the estimate ---------------------------------------------------------------------------------

    def _fill_estimate(self, scroll: ScrollColumn) -> None:
        if self._wants_only_the_slip():
            return
        answers = self.estimating.session.answers
        bills = self._bills
        shown = Shown(bills.in_order(answers), bills.unfinished(answers), bills.removed, bills.told(answers))
        self.checking.hold_against(Estimated(shown.bill.case, shown.bill.result))
        estimate_result.fill(scroll, self._theme, self._pack, self._place, shown, self._wishes, self._page_state)

    def _write_down(self, on: date) -> list[Sheet]:
        answers = self.estimating.session.answers
        bills = self._bills.in_order(answers)
        shown = next(bill for bill in bills if bill.on_screen)
        told = tuple((figure.label, in_unit(figure.value, figure.unit)) for figure in self._bills.told(answers))
        return [estimate_sheet(self._pack, self._place, bills, shown, on, told)]

    def _tell(self, gap: Unknown, value: Decimal) -> None:
        self._bills.tell(self.estimating.session.answers, gap, value)
        self._page_state.typed.pop(gap.id, None)
        self.estimating.show_current()

    def _take_back(self, id_: str) -> None:
        self._bills.take_back(self.estimating.session.answers, id_)
        self.estimating.show_current()

    def _try_again_on(self, gap: Unknown) -> None:
        """Answer the date with a day whose rule is known, and go through the rest again."""
        assert gap.known_on is not None
        session = self.estimating.session
        session.go_to("date")
        session.answer(gap.known_on)
        session.go_to_end()
        self.estimating.show_current()

    # --- the bills of the year --------------------------------------------------------------------------

    def _add_bill(self) -> None:
        self._ask_anew(self._bills.begin(self.estimating.session))

    def _show_bill(self, number: int) -> None:
        self._ask_anew(self._bills.take_up(number, self.estimating.session))

    def _remove_bill(self, number: int) -> None:
        answers = self._bills.remove(number, self.estimating.session)
        if answers is None:
            self.estimating.show_current()
        else:
            self._ask_anew(answers)

    def _put_back(self) -> None:
        self._bills.put_back()
        self.estimating.show_current()

    def _ask_anew(self, answers: Mapping[str, Value]) -> None:
        """Show another bill. Back at its first question leads to the bills before it, not to who the person is."""
        self._page_state = PageState()
        follows = self._questions.follows_others
        self.estimating.back_stops_at = self._bills.first_of_visit if follows else None
        self.estimating.ask_anew(answers)

    def _leave_bill(self) -> None:
        other = self._bills.newest_other(self.estimating.session.answers)
        if other is None:
            self.left.emit()
        else:
            self._show_bill(other)

    def _offer_earlier_answer(self) -> None:
        """Where the year's next bill asks about the person again, show what was chosen before as the answer."""
        session, page = self.estimating.session, self.estimating.page
        question = session.current
        if question is None or not isinstance(page, ChoicePage) or page.value() is not None:
            return
        label = self._bills.chosen_before(question.id)
        chosen = next((option.id for option in session.options(question) if option.label == label), None)
        if chosen is not None:
            page.load(chosen)
