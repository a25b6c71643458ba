"""家庭共济怎么办: first which of the look-alikes it is, then questions, then the answer with its local steps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yibao_desktop.flow.rounds import Combination, RoundsSession
from yibao_desktop.pack.cases import SharingCase
from yibao_desktop.pack.schema import Question
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paper.sharing_sheet import sharing_sheet
from yibao_desktop.sharing.answering import Answering
from yibao_desktop.sharing.asking import MEMBER, PAYER, SharingQuestions, member_called, named_cases, payer_called
from yibao_desktop.sharing.sheet import Sheet
from yibao_desktop.ui.pages.page import Page
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.citations import Citations
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Banner, Text
from yibao_desktop.ui.wizard import sharing_result
from yibao_desktop.ui.wizard.frame import WizardFrame
from yibao_desktop.ui.wizard.sharing_result import Wishes

_START = "start"
"""The stage that only tells apart what is wanted."""


class SharingWizard(Page):
    """Which of the look-alikes it is, whether and how a relative can use an account, why not, and how to undo it.

    Signals:
        left: the person wants back to the first page.
        take_away_wanted: the answer is to be taken along; carries what writes its sheets.
    """

    has_own_bar = True
    redraws_itself = True

    left = Signal()
    take_away_wanted = Signal(object)

    def __init__(self, theme: Theme, pack: Pack, place: Place) -> None:
        super().__init__()
        self._theme, self._pack, self._place = theme, pack, place
        flow = pack.flow("sharing")
        questions = SharingQuestions(pack, place)
        self._answering = Answering(pack, place, flow)
        self.session = RoundsSession(flow, questions.options, questions.facts)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.frame = WizardFrame(
            theme, self.session, self._fill, result_step=self.tr("结果"), on_result=self.tr("完成"),
            opening=self._opening,
            sheets=lambda on: [sharing_sheet(self._answer(), self._pack, on)],
            pack=pack, reminder=self.tr("看病时刷患者本人的医保码，钱从您的账户扣。医保卡和码不能借给别人用。"),
        )
        self.frame.left.connect(self.left)
        self.frame.went_on.connect(self.left)
        self.frame.take_away_wanted.connect(self.take_away_wanted)
        outer.addWidget(self.frame)

    def start_again(self) -> None:
        """Forget every answer."""
        self.frame.start_again()

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        page = self.frame.page
        return page.first_control() if page else self.frame.next_button

    # --- above a question ------------------------------------------------------------------------------

    def _opening(self, question: Question) -> QWidget | None:
        """Say which of the look-alikes is needed right after it is clear, and in later rounds who is meant."""
        if len(self.session.combinations) > 1 and question.per:
            return Text(self._about_whom(), "strong")
        asked = self.session.visible()
        before = asked[asked.index(question) - 1] if question in asked[1:] else None
        if before is None or before.step != _START or question.step == _START:
            return None
        need = self._answering.need(self.session.answers)
        if need is None:
            return None
        headline = self._pack.words("sharing.need", what=need.claim.title) if need.claim.title else need.claim.text
        citations = Citations(self._pack, self._place)
        source = citations.tappable(self._theme, citations.line(need.claim, need.layer.name))
        return Banner(self._theme, "info", headline, need.claim.text if need.claim.title else "", source)

    def _about_whom(self) -> str:
        words, here = self._pack.words, self.session.here
        payer, member = here[PAYER], here[MEMBER]
        relation = self.session.answers_of((0, member)).get("relation")
        return words(
            "sharing.round",
            payer=payer_called(payer, self.session.count("payer"), words),
            member=member_called(words(f"relation.{relation}"), payer, words)
            if relation else words("sharing.new-member", number=str(member + 1)),
        )

    # --- the answer ------------------------------------------------------------------------------------

    def _fill(self, scroll: ScrollColumn) -> None:
        wishes = Wishes(show=self._show, add=self._add, can_add=self.session.can_add,
                        at=self.session.combinations.index(self.session.here))
        sharing_result.fill(scroll, self._theme, self._pack, self._answer(), wishes)

    def _answer(self) -> Sheet:
        combinations = self.session.combinations
        cases = self._cases(combinations)
        return self._answering.sheet(self.session.answers, cases, combinations.index(self.session.here))

    def _cases(self, combinations: tuple[Combination, ...]) -> list[SharingCase]:
        rounds = [(one, self.session.answers_of(one)) for one in combinations]
        return named_cases(self._place.region.code, rounds, self._pack.words)

    def _show(self, number: int) -> None:
        self.session.look_at(self.session.combinations[number])
        self.frame.show_current()

    def _add(self, kind: str) -> None:
        self.session.add(kind)
        self.frame.show_current()
