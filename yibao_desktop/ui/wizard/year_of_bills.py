"""The bills of one person's year: one is on the screen, the others are kept with their answers. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import msgspec

from yibao_desktop.estimate.asking import BillQuestions
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.result import Unknown
from yibao_desktop.estimate.year import YearBill, follow
from yibao_desktop.flow.session import FlowSession, InvalidAnswer, Value
from yibao_desktop.pack.benefits import Unit
from yibao_desktop.pack.store import Pack, Place

Answers = Mapping[str, Value]

_PERSON, _VISIT = "person", "visit"
_CHOICE_OF_JOB = "task"
_ABOUT_THE_PERSON = frozenset({"tier", "age", "months", "aid", "retired_on"})
"""Questions asked with the visit, as the rule decides whether they matter, whose answers the next visit shares."""


@dataclass(frozen=True)
class ToldFigure:
    """A figure the person read off the settlement slip."""

    id: str
    label: str
    unit: Unit
    value: Decimal


@dataclass(frozen=True)
class EnteredBill:
    """A bill that is not on the screen."""

    number: int
    """Counted in the order of entering."""
    answers: Answers
    follows_others: bool
    """Whether it was entered after others, so that nobody asked what they had used."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What was chosen, in words, where the next bill's person is the same."""


@dataclass(frozen=True)
class BillOfYear(YearBill):
    """A bill in the year's order, estimated after those before it."""

    number: int
    on_screen: bool


class YearOfBills:
    """Keeps the bills, estimates them in their order, and remembers the figures told for each."""

    def __init__(self, pack: Pack, place: Place, today: Callable[[], date]) -> None:
        self._pack, self._place, self._today = pack, place, today
        self._flow = pack.flow("bill")
        self.questions = BillQuestions(place, pack.words, today)
        self.facts = _Remembered(self.questions)
        self.forget()

    def forget(self) -> None:
        """Forget every bill and every figure told."""
        self.number = 1
        self._last_number = 1
        self._others: dict[int, EnteredBill] = {}
        self._told: dict[tuple[object, ...], dict[str, ToldFigure]] = {}
        self.removed: EnteredBill | None = None
        self.questions.follows_others = False
        self.questions.told = {}

    @property
    def first_of_visit(self) -> str:
        """The first question that is about the visit, not the person."""
        return next(question.id for question in self._flow.questions if question.step != _PERSON)

    @property
    def has_others(self) -> bool:
        """Tell whether there is any bill but the one on the screen."""
        return bool(self._others)

    # --- figures told -------------------------------------------------------------------------------------

    def tell(self, answers: Answers, gap: Unknown, value: Decimal) -> None:
        """Take a figure the pack does not know, for the bill on the screen."""
        assert gap.asks is not None
        told = self._told.setdefault(self._key(self.number, answers), {})
        told[gap.id] = ToldFigure(gap.id, gap.label, gap.asks, value)

    def take_back(self, answers: Answers, id_: str) -> None:
        """Forget a figure told."""
        self._told.get(self._key(self.number, answers), {}).pop(id_, None)

    def told(self, answers: Answers) -> tuple[ToldFigure, ...]:
        """Return the figures told for the bill on the screen."""
        return self._told_for(self.number, answers)

    def _told_for(self, number: int, answers: Answers) -> tuple[ToldFigure, ...]:
        return tuple(self._told.get(self._key(number, answers), {}).values())

    def _key(self, number: int, answers: Answers) -> tuple[object, ...]:
        """Name a bill and what its figures hang on: another hospital's share is not this one's."""
        asked = {question.id for question in self._flow.questions if question.step in (_PERSON, _VISIT)}
        return (number, *sorted((id_, str(value)) for id_, value in answers.items() if id_ in asked))

    # --- which bill is on the screen -----------------------------------------------------------------------

    def begin(self, session: FlowSession) -> Answers:
        """Put the bill on the screen aside for a new one, or one begun before; returns the answers to start from."""
        unfinished = self.unfinished(session.answers)
        if unfinished:
            return self.take_up(unfinished[0].number, session)
        self._put_aside(session)
        self._last_number += 1
        self.number = self._last_number
        self.questions.follows_others = True
        return self._of_person(session.answers)

    def take_up(self, number: int, session: FlowSession) -> Answers:
        """Put the bill on the screen aside for another one; returns that one's answers."""
        self._put_aside(session)
        bill = self._others.pop(number)
        self.number = number
        self.questions.follows_others = bill.follows_others
        return {**bill.answers, **_without_job(self._of_person(session.answers))}

    def newest_other(self, answers: Answers) -> int | None:
        """Return the number of the bill entered last, besides the one on the screen; finished ones go first."""
        unfinished = {bill.number for bill in self.unfinished(answers)}
        return max(self._others, key=lambda number: (number not in unfinished, number), default=None)

    def remove(self, number: int, session: FlowSession) -> Answers | None:
        """Take a bill out; returns the answers of the one to show where it was on the screen."""
        if number != self.number:
            self.removed = self._others.pop(number)
            return None
        removed = self._entered(session)
        other = self.newest_other(session.answers)
        assert other is not None
        answers = self.take_up(other, session)
        self._others.pop(number, None)
        self.removed = removed
        return answers

    def put_back(self) -> None:
        """Take the bill removed last in again."""
        if self.removed is not None:
            self._others[self.removed.number] = self.removed
            self.removed = None

    def chosen_before(self, question_id: str) -> str | None:
        """Return, in words, what another bill's answer to a question about the person was."""
        bills = sorted(self._others.values(), key=lambda bill: -bill.number)
        return next((bill.labels[question_id] for bill in bills if question_id in bill.labels), None)

    def _put_aside(self, session: FlowSession) -> None:
        self.removed = None
        bill = self._entered(session)
        if set(bill.answers) - set(self._of_person(bill.answers)):
            self._others[self.number] = bill

    def _entered(self, session: FlowSession) -> EnteredBill:
        labels = {
            line.question.id: option.label
            for line in session.lines() if line.question.id in _ABOUT_THE_PERSON
            for option in session.options(line.question) if option.id == line.value
        }
        return EnteredBill(self.number, session.answers, self.questions.follows_others, labels)

    def _of_person(self, answers: Answers) -> dict[str, Value]:
        asked = {question.id for question in self._flow.questions if question.step == _PERSON}
        return {id_: value for id_, value in answers.items() if id_ in asked}

    # --- the year -------------------------------------------------------------------------------------------

    def in_order(self, answers: Answers) -> tuple[BillOfYear, ...]:
        """Estimate every finished bill, by day of settlement; ``answers`` are those of the one on the screen."""
        self.questions.told = {figure.id: figure.value for figure in self.told(answers)}
        cases = {self.number: self.questions.case(answers)}
        for bill, session, questions in self._replayed(answers):
            if session.complete:
                told = {figure.id: figure.value for figure in self._told_for(bill.number, session.answers)}
                cases[bill.number] = msgspec.structs.replace(questions.case(session.answers), told=told)
        if len(cases) == 1:
            # One bill alone starts from what the person told of the year, and says so where nothing was told.
            case = cases[self.number]
            return (BillOfYear(case, estimate(case, self._pack), self.number, on_screen=True),)
        numbers = sorted(cases, key=lambda number: (cases[number].on, number))
        done = follow((cases[number] for number in numbers), self._pack)
        return tuple(BillOfYear(bill.case, bill.result, number, number == self.number)
                     for number, bill in zip(numbers, done, strict=True))

    def unfinished(self, answers: Answers) -> tuple[EnteredBill, ...]:
        """Return the bills with questions still open, after what ``answers`` now say of the person."""
        return tuple(replace(bill, answers=session.answers) for bill, session, _ in self._replayed(answers)
                     if not session.complete)

    def _replayed(self, answers: Answers) -> list[tuple[EnteredBill, FlowSession, BillQuestions]]:
        """Go through the other bills' answers as they read with the person as now told: it is one person's year."""
        person = _without_job(self._of_person(answers))
        return [(bill, *self._replay(bill, person)) for bill in self._others.values()]

    def _replay(self, bill: EnteredBill, person: Answers) -> tuple[FlowSession, BillQuestions]:
        questions = BillQuestions(self._place, self._pack.words, self._today)
        questions.follows_others = bill.follows_others
        session = FlowSession(self._flow, questions.options, _Remembered(questions), questions.fields)
        answer_all(session, {**bill.answers, **person})
        return session, questions


class _Remembered:
    """Facts of the rule in force, looked up once for the same answers: a flow asks for them at every question."""

    MOST = 500

    def __init__(self, questions: BillQuestions) -> None:
        self._questions = questions
        self._known: dict[tuple[object, ...], Mapping[str, str]] = {}

    def __call__(self, answers: Answers) -> Mapping[str, str]:
        """Return the facts; no rule turns on how much a bill comes to."""
        key = (self._questions.follows_others,
               *((id_, value) for id_, value in answers.items() if not isinstance(value, Mapping)))
        if key not in self._known:
            if len(self._known) >= self.MOST:
                self._known.clear()
            self._known[key] = self._questions.facts(answers)
        return self._known[key]


def answer_all(session: FlowSession, answers: Answers) -> None:
    """Answer one question after another, up to the first for which ``answers`` hold nothing it offers."""
    while (question := session.current) is not None and question.id in answers:
        try:
            session.answer(answers[question.id])
        except InvalidAnswer:
            return


def _without_job(answers: Answers) -> dict[str, Value]:
    return {id_: value for id_, value in answers.items() if id_ != _CHOICE_OF_JOB}
