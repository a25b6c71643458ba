"""A wizard run that asks for several of a kind: every further one anew, what is known only once.

A question says what it is asked ``per``: for each payer, each relative, each pair. Adding one more asks those
questions again for every new combination and keeps the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from yibao_desktop.flow.session import Facts, FlowSession, Supply, SupplyFields, Value
from yibao_desktop.flow.session import _no_facts as no_facts
from yibao_desktop.flow.session import _no_fields as no_fields
from yibao_desktop.flow.session import _no_options as no_options
from yibao_desktop.pack.schema import FlowFile, Option, Question

Combination = tuple[int, ...]
"""Which one of each kind, counted from 0, in the order of ``kinds``."""


@dataclass(frozen=True)
class _Before:
    """Where the person was before another round began, so that Back leads there."""

    counts: dict[str, int]
    at: Combination
    question: str | None


class RoundsSession(FlowSession):
    """One person's way through a flow in which some questions are asked for several people."""

    def __init__(self, flow: FlowFile, supply: Supply = no_options, facts: Facts = no_facts,
                 supply_fields: SupplyFields = no_fields, most: int = 6) -> None:
        self.kinds = tuple(dict.fromkeys(kind for question in flow.questions for kind in question.per))
        self._per = {question.id: question.per for question in flow.questions}
        self._most = most
        self._known: dict[tuple[str, Combination], Value] = {}
        self._counts: dict[str, int] = {}
        self._trail: list[_Before] = []
        self._here: Combination = ()
        self._facts_told = facts
        super().__init__(flow, supply, lambda answers: self._facts_at(self._here)(answers), supply_fields)

    # --- reading -------------------------------------------------------------------------------------

    @property
    def here(self) -> Combination:
        """The combination asked about, or looked at."""
        return self._here

    @property
    def combinations(self) -> tuple[Combination, ...]:
        """Every combination, in the order in which they came up."""
        return tuple(product(*(range(self._counts[kind]) for kind in self.kinds)))

    def count(self, kind: str) -> int:
        """Return how many of a kind there are."""
        return self._counts.get(kind, 1)

    def can_add(self, kind: str) -> bool:
        """Tell whether one more may be asked for."""
        return self.count(kind) < self._most

    def answers_of(self, combination: Combination) -> Mapping[str, Value]:
        """Return what has been answered about one combination."""
        return self._replay(combination).answers

    def options(self, question: Question) -> tuple[Option, ...]:
        """Return what can be chosen; one more only while there may be more."""
        return tuple(option for option in super().options(question)
                     if option.id not in question.adds or self.can_add(question.adds[option.id]))

    # --- moving --------------------------------------------------------------------------------------

    def answer(self, value: Value) -> None:
        """Answer the current question; after the last one go on to what has not been asked yet."""
        question, before = self.current, self._stand()
        super().answer(value)
        assert question is not None
        self._file()
        if isinstance(value, str) and value in question.adds:
            self._trail.append(before)
            self._add(question.adds[value])
            return
        if question.adds:
            self._known[self._key(question.id, self._here)] = value
        if self._at is None and (open_one := self._unfinished()) is not None:
            self._trail.append(before)
            self._begin(open_one)

    def add(self, kind: str) -> None:
        """Ask for one more of ``kind``."""
        self._trail.append(self._stand())
        self._add(kind)

    def look_at(self, combination: Combination) -> None:
        """Turn to another combination; where everything about it is answered, its result is shown."""
        self._here = combination
        FlowSession.restart(self, self._given_for(combination, nobody_more=True))
        self._given.clear()

    def back(self) -> bool:
        """Go to the question before, if need be in the round before."""
        if super().back():
            return True
        if not self._trail:
            return False
        before = self._trail.pop()
        self._counts = dict(before.counts)
        # Whoever is taken back is forgotten: added again, they are asked for anew.
        self._known = {key: value for key, value in self._known.items() if self._is_among_counted(*key)}
        self._begin(before.at)
        self._given.clear()
        if before.question is not None:
            self.go_to(before.question)
        return True

    def go_to(self, question_id: str) -> None:
        """Return to an earlier question to change its answer; from there Back leads through all before it."""
        self._given.clear()
        super().go_to(question_id)

    def restart(self, given: Mapping[str, Value] | None = None) -> None:
        """Forget every answer and everybody added."""
        self._known, self._trail = {}, []
        self._counts = dict.fromkeys(self.kinds, 1)
        self._here = (0,) * len(self.kinds)
        super().restart(given)

    # --- inside --------------------------------------------------------------------------------------

    def _stand(self) -> _Before:
        return _Before(dict(self._counts), self._here, self._at)

    def _is_among_counted(self, question_id: str, indexes: Combination) -> bool:
        kinds = [kind for kind in self.kinds if kind in self._per[question_id]]
        return all(index < self._counts[kind] for kind, index in zip(kinds, indexes, strict=True))

    def _key(self, question_id: str, combination: Combination) -> tuple[str, Combination]:
        per = self._per[question_id]
        return question_id, tuple(index for kind, index in zip(self.kinds, combination, strict=True) if kind in per)

    def _file(self) -> None:
        """Keep what is answered here under what it was asked for."""
        for question in self.flow.questions:
            # That there is nobody more is filed only where the person said so: see ``answer``.
            if question.id in self._answers and not question.adds:
                self._known[self._key(question.id, self._here)] = self._answers[question.id]

    def _add(self, kind: str) -> None:
        self._counts[kind] += 1
        for question in self.flow.questions:
            if question.adds:
                self._known.pop(self._key(question.id, self._here), None)
        unfinished = self._unfinished()
        self._begin(unfinished if unfinished is not None else self._newest(kind))

    def _newest(self, kind: str) -> Combination:
        position = self.kinds.index(kind)
        return tuple(self._counts[kind] - 1 if index == position else 0 for index in range(len(self.kinds)))

    def _begin(self, combination: Combination) -> None:
        """Ask what is not yet known of ``combination``."""
        self._here = combination
        others_wait = any(other != combination and not self._replay(other).complete for other in self.combinations)
        super().restart(self._given_for(combination, others_wait))

    def _given_for(self, combination: Combination, nobody_more: bool) -> dict[str, Value]:
        given = {question.id: self._known[key] for question in self.flow.questions
                 if (key := self._key(question.id, combination)) in self._known}
        if nobody_more:
            for question in self.flow.questions:
                if question.adds:
                    given[question.id] = next(o.id for o in question.options if o.id not in question.adds)
        return given

    def _replay(self, combination: Combination) -> FlowSession:
        """Run through a combination with what is known; whether there are others is not asked in it."""
        session = FlowSession(self.flow, self._supply, self._facts_at(combination), self._supply_fields)
        session.restart(self._given_for(combination, nobody_more=True))
        return session

    def _facts_at(self, combination: Combination) -> Facts:
        """Add to the facts whether the first of a kind is asked about: ``round.payer: further``."""
        rounds = {f"round.{kind}": "further" if index else "first"
                  for kind, index in zip(self.kinds, combination, strict=True)}
        return lambda answers: {**self._facts_told(answers), **rounds}

    def _unfinished(self) -> Combination | None:
        return next((one for one in self.combinations if not self._replay(one).complete), None)
