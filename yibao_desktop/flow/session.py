"""A wizard run: the current question, answers by question id, and the way back.

Answers are kept by question, not by position: going back and changing one keeps every later answer that
still makes sense and names those that do not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yibao_desktop.errors import YibaoError
from yibao_desktop.pack.schema import AmountField, FlowFile, Option, Question, Step

Value = str | tuple[str, ...] | date | Mapping[str, Decimal | None]
"""By kind: choice and place: an id; several: ids; date: a day; amounts: 元 by field, ``None`` if left empty."""

Supply = Callable[[str, Mapping[str, Value]], tuple[Option, ...]]
"""Gives the options named by ``options_from`` for the answers so far."""

SupplyFields = Callable[[str, Mapping[str, Value]], tuple[AmountField, ...]]
"""Gives the amounts named by ``fields_from`` for the answers so far."""

Facts = Callable[[Mapping[str, Value]], Mapping[str, str]]
"""Gives what ``when`` may ask besides answers (e.g. ``rule.age: "yes"``) for the answers so far."""


class InvalidAnswer(YibaoError):
    """An answer the question does not offer; the message says what is wanted instead."""


def _no_options(_name: str, _answers: Mapping[str, Value]) -> tuple[Option, ...]:
    return ()


def _no_fields(_name: str, _answers: Mapping[str, Value]) -> tuple[AmountField, ...]:
    return ()


def _no_facts(_answers: Mapping[str, Value]) -> Mapping[str, str]:
    return {}


class _Facts:
    """The facts for some answers, worked out when first asked for: they cost a look at the place's rules."""

    def __init__(self, facts: Facts, answers: Mapping[str, Value]) -> None:
        self._facts, self._answers = facts, answers
        self._told: Mapping[str, str] | None = None

    def get(self, name: str) -> str | None:
        if self._told is None:
            self._told = self._facts(self._answers)
        return self._told.get(name)


@dataclass(frozen=True)
class AnswerLine:
    """One row of the list of answers so far."""

    question: Question
    value: Value


class FlowSession:
    """One person's way through a flow."""

    def __init__(self, flow: FlowFile, supply: Supply = _no_options, facts: Facts = _no_facts,
                 supply_fields: SupplyFields = _no_fields) -> None:
        self.flow = flow
        self._supply = supply
        self._supply_fields = supply_fields
        self._facts = facts
        self._ids = frozenset(question.id for question in flow.questions)
        self._answers: dict[str, Value] = {}
        self._given: dict[str, Value] = {}
        self._at: str | None = None
        self.dropped: tuple[Question, ...] = ()
        """Questions whose answers the last change made senseless."""
        self.restart()

    # --- reading -----------------------------------------------------------------------------------

    @property
    def answers(self) -> Mapping[str, Value]:
        """Answers by question id."""
        return dict(self._answers)

    @property
    def current(self) -> Question | None:
        """The question on the screen; ``None`` when nothing more need be asked."""
        return next((q for q in self.visible() if q.id == self._at), None)

    @property
    def complete(self) -> bool:
        """Tell whether every question that leads to the result has been answered."""
        return all(question.id in self._answers for question in self.visible())

    def visible(self) -> tuple[Question, ...]:
        """Return the questions the answers so far lead through, in order, up to a stopping answer."""
        shown: list[Question] = []
        known: dict[str, Value] = {}
        facts = _Facts(self._facts, known)
        for question in self.flow.questions:
            if question.when and not self._holds(question.when, known, facts):
                continue
            shown.append(question)
            if question.id in self._answers:
                known[question.id] = self._answers[question.id]
                facts = _Facts(self._facts, known)
                if self._answers[question.id] in question.stop:
                    break
        return tuple(shown)

    def steps(self) -> tuple[Step, ...]:
        """Return the stages the answers so far lead through."""
        facts = _Facts(self._facts, self._answers)
        return tuple(step for step in self.flow.steps if self._holds(step.when, self._answers, facts))

    @property
    def steps_are_known(self) -> bool:
        """Tell whether no answer still to come decides which stages there are."""
        facts = self._facts(self._answers)
        return all(name in self._answers or name in facts for step in self.flow.steps for name in step.when)

    def options(self, question: Question) -> tuple[Option, ...]:
        """Return what can be chosen, from the pack or from the place."""
        if question.options_from is None:
            return question.options
        return (*self._supply(question.options_from, self._before(question)), *question.options)

    def fields(self, question: Question) -> tuple[AmountField, ...]:
        """Return the amounts a question asks for, from the pack or from the place."""
        if question.fields_from is None:
            return question.fields
        return (*self._supply_fields(question.fields_from, self._before(question)), *question.fields)

    def lines(self) -> tuple[AnswerLine, ...]:
        """Return the answered questions in order."""
        return tuple(AnswerLine(question, self._answers[question.id])
                     for question in self.visible() if question.id in self._answers)

    # --- moving ------------------------------------------------------------------------------------

    def answer(self, value: Value) -> None:
        """Answer the current question and go on to the next one.

        Raises:
            InvalidAnswer: the question does not offer ``value``; nothing is changed.
        """
        question = self.current
        if question is None:
            raise InvalidAnswer("没有要回答的问题了。")
        self._refuse_what_is_not_offered(question, value)
        self._answers[question.id] = value
        self._given.pop(question.id, None)
        self._drop_senseless()
        self._at = self._after(question)
        self._put_in_given()

    def back(self) -> bool:
        """Go to the question before; ``False`` at the first one."""
        asked = [question.id for question in self.visible()]
        index = len(asked) if self._at is None else asked.index(self._at)
        before = [id_ for id_ in asked[:index] if id_ not in self._given]
        if not before:
            return False
        self._at = before[-1]
        return True

    def go_to(self, question_id: str) -> None:
        """Return to an earlier question to change its answer."""
        if question_id in {question.id for question in self.visible()}:
            self._at = question_id

    def go_to_end(self) -> bool:
        """Show the result if nothing is left to ask; ``False`` otherwise."""
        if self.complete:
            self._at = None
        return self.complete

    def restart(self, given: Mapping[str, Value] | None = None) -> None:
        """Forget every answer, but put in those ``given``, which are then neither asked nor gone back to."""
        self._answers = {}
        self._given = dict(given or {})
        self.dropped = ()
        self._at = self.visible()[0].id
        self._put_in_given()

    # --- inside ------------------------------------------------------------------------------------

    def _put_in_given(self) -> None:
        """Answer what is known in advance, up to the next question that is not."""
        while (question := self.current) is not None and question.id in self._given:
            try:
                self._refuse_what_is_not_offered(question, self._given[question.id])
            except InvalidAnswer:
                del self._given[question.id]
                return
            self._answers[question.id] = self._given[question.id]
            self._at = self._after(question)

    def _after(self, question: Question) -> str | None:
        asked = [q.id for q in self.visible()]
        index = asked.index(question.id) + 1
        return asked[index] if index < len(asked) else None

    def _before(self, question: Question) -> dict[str, Value]:
        known: dict[str, Value] = {}
        for earlier in self.flow.questions:
            if earlier.id == question.id:
                break
            if earlier.id in self._answers:
                known[earlier.id] = self._answers[earlier.id]
        return known

    def _holds(self, when: Mapping[str, tuple[str, ...]], known: Mapping[str, Value], facts: _Facts) -> bool:
        for name, wanted in when.items():
            actual = known.get(name)
            if actual is None and name not in self._ids:
                actual = facts.get(name)
            if actual is None:
                return False
            actual_values = actual if isinstance(actual, tuple) else (actual,)
            if not set(wanted) & set(actual_values):
                return False
        return True

    def _refuse_what_is_not_offered(self, question: Question, value: Value) -> None:
        offered = {option.id for option in self.options(question)}
        if question.kind == "choice" and value not in offered:
            raise InvalidAnswer("请从列出的几项里选一项。")
        if question.kind == "several" and not (isinstance(value, tuple) and set(value) <= offered):
            raise InvalidAnswer("请从列出的几项里选。")
        if question.kind == "date" and not isinstance(value, date):
            raise InvalidAnswer("请选择日期。")
        if question.kind == "amounts":
            if not isinstance(value, Mapping):
                raise InvalidAnswer("请填写金额。")
            for field in self.fields(question):
                if field.required and value.get(field.id) is None:
                    raise InvalidAnswer(f"请填写“{field.label}”。")

    def _drop_senseless(self) -> None:
        """Forget answers to questions no longer asked, and choices no longer offered."""
        dropped: list[Question] = []
        shown = {question.id for question in self.visible()}
        for question in self.flow.questions:
            if question.id not in self._answers or self._still_makes_sense(question, shown):
                continue
            del self._answers[question.id]
            dropped.append(question)
            # What is gone may have led to later questions.
            shown = {question.id for question in self.visible()}
        self.dropped = tuple(dropped)

    def _still_makes_sense(self, question: Question, shown: set[str]) -> bool:
        if question.id not in shown:
            return False
        try:
            self._refuse_what_is_not_offered(question, self._answers[question.id])
        except InvalidAnswer:
            return False
        return True
