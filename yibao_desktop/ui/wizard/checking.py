"""核对结算单: which kind of slip, its amounts, and what they come to, alone or beside an estimate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from yibao_desktop.estimate.slip.asking import AMOUNTS, SlipQuestions
from yibao_desktop.estimate.slip.summing_up import CheckedSlip, Estimated, check
from yibao_desktop.flow.session import FlowSession, Value
from yibao_desktop.pack.slip_forms import SlipLine
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.blocks import Sheet
from yibao_desktop.paper.question_sheet import question_sheet
from yibao_desktop.paper.slip_sheet import slip_sheet
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.wizard.frame import AtEnd, WizardFrame, nothing_at_end
from yibao_desktop.ui.wizard.question_pages import AmountsPage
from yibao_desktop.ui.wizard.slip_result import Mended, PageState, SlipPage, Wishes
from yibao_desktop.ui.wizard.slip_search import SlipSearch


class SlipFrame(WizardFrame):
    """The wizard half that checks a slip."""

    def __init__(
        self, theme: Theme, pack: Pack, place: Place, today: Callable[[], date] = date.today,
        at_end: AtEnd = nothing_at_end,
    ) -> None:
        questions = SlipQuestions(place, pack)
        super().__init__(
            theme, FlowSession(pack.flow("slip"), questions.options, supply_fields=questions.fields), self._fill,
            result_step=self.tr("核对结果"), on_result=self.tr("完成"),
            reminder=self.tr("单子上的姓名、号码都不用填。"),
            refusal=self._refused, today=today, empty_amount="", sheets=self._write_down, pack=pack,
            at_end=at_end,
        )
        self._pack, self._place, self._questions = pack, place, questions
        self._estimated: Estimated | None = None
        self._page_state = PageState()
        self._slip_page: SlipPage | None = None
        self._wishes = Wishes(self._mend, self._take_back, self._fill_in)
        self.search = SlipSearch(pack, self)
        self.search.changed.connect(self._show_search)
        self.page_changed.connect(self._leave_result)

    def hold_against(self, estimated: Estimated | None) -> None:
        """Compare the slip with an estimate from now on, or with none."""
        self._estimated = estimated

    def start_again(self) -> None:
        """Forget the slip and everything found about it."""
        self._questions.forget()
        self._page_state = PageState()
        self._slip_page = None
        self.search.forget()
        super().start_again()

    def _refused(self, answers: Mapping[str, Value]) -> str | Mapping[str, str]:
        question = self.session.current
        return self._questions.refusal(answers) if question is not None and question.id == AMOUNTS else ""

    # --- the result -------------------------------------------------------------------------------------------

    def _fill(self, scroll: ScrollColumn) -> None:
        self._slip_page = None
        answers = self.session.answers
        checked = check(self._questions.form(answers), self._questions.slip(answers), self._estimated)
        self._forget_what_was_mended_otherwise(checked)
        if self._estimated is not None:
            self.search.seek(self._estimated.case, checked.slip)
        self._slip_page = SlipPage(scroll, self._theme, self._pack, self._place, checked, self.search, self._wishes,
                                   self._page_state, self._today())

    def _write_down(self, on: date) -> list[Sheet]:
        """Write the result, and where there is something to ask, the page of questions."""
        answers = self.session.answers
        checked = check(self._questions.form(answers), self._questions.slip(answers), self._estimated)
        findings = self.search.findings if self._estimated is not None else None
        sheets = [slip_sheet(checked, self._pack, self._place, on, findings)]
        if checked.worth_asking:
            sheets.append(question_sheet(checked, self._pack, self._place, on, findings))
        return sheets

    def _leave_result(self) -> None:
        if self.session.current is not None:
            self._slip_page = None
            if self.search.state == "running":
                self.search.forget()

    def _show_search(self) -> None:
        if self._slip_page is not None:
            self._slip_page.show_search()

    # --- putting an amount right --------------------------------------------------------------------------------

    def _mend(self, line: SlipLine, amount: Decimal) -> None:
        before = self._questions.slip(self.session.answers).lines[line]
        self._page_state.mended = Mended(line, before, amount)
        self._put(line, amount)

    def _take_back(self) -> None:
        mended = self._page_state.mended
        assert mended is not None  # the button stands beside what was mended
        self._page_state.mended = None
        self._put(mended.line, mended.before)

    def _fill_in(self, line: SlipLine) -> None:
        self.session.go_to(AMOUNTS)
        self.show_current()
        assert isinstance(self.page, AmountsPage)
        self.page.edits[line].edit.setFocus()

    def _put(self, line: SlipLine, amount: Decimal) -> None:
        amounts = self.session.answers[AMOUNTS]
        assert isinstance(amounts, Mapping)
        self.session.go_to(AMOUNTS)
        self.session.answer({**amounts, line: amount})
        self.show_current()

    def _forget_what_was_mended_otherwise(self, checked: CheckedSlip) -> None:
        mended = self._page_state.mended
        if mended is not None and checked.slip.lines.get(mended.line) != mended.now:
            self._page_state.mended = None
