"""A wizard run: on, back, changing answers, stopping early, and refusing what is not offered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from flows import at, flow

from yibao_desktop.flow.session import FlowSession, InvalidAnswer, Value
from yibao_desktop.pack.schema import Option

THREE = flow({"id": "q1"}, {"id": "q2"}, {"id": "q3"})
BRANCH = flow({"id": "q1"}, {"id": "only-a", "when": {"q1": ["a"]}}, {"id": "not-c", "when": {"q1": ["a", "b"]}},
              {"id": "last"})


def answered(session: FlowSession, *values: Value) -> FlowSession:
    for value in values:
        session.answer(value)
    return session


# --- on and back ------------------------------------------------------------------------------------


def test_answers_lead_from_question_to_question_to_the_result():
    session = FlowSession(THREE)
    places = [at(session)]
    for value in "abc":
        session.answer(value)
        places.append(at(session))
    assert places == ["q1", "q2", "q3", None]
    assert session.answers == {"q1": "a", "q2": "b", "q3": "c"}


def test_back_keeps_the_answers_and_stops_at_the_first_question():
    session = answered(FlowSession(THREE), "a", "b", "c")
    moved = [(session.back(), at(session)) for _ in range(4)]
    assert moved == [(True, "q3"), (True, "q2"), (True, "q1"), (False, "q1")]
    assert session.answers == {"q1": "a", "q2": "b", "q3": "c"}


def test_answering_again_with_the_same_value_keeps_what_came_later():
    session = answered(FlowSession(THREE), "a", "b", "c")
    session.go_to("q1")
    session.answer("a")
    assert (at(session), session.dropped) == ("q2", ())
    assert session.answers == {"q1": "a", "q2": "b", "q3": "c"}


def test_a_question_not_asked_is_passed_both_ways():
    session = answered(FlowSession(BRANCH), "c")
    assert at(session) == "last"
    session.back()
    assert at(session) == "q1"


# --- changing an answer -----------------------------------------------------------------------------


def test_changing_an_early_answer_drops_only_what_no_longer_makes_sense_and_names_it():
    session = answered(FlowSession(BRANCH), "a", "b", "c", "a")
    session.go_to("q1")
    session.answer("b")
    assert session.answers == {"q1": "b", "not-c": "c", "last": "a"}
    assert [question.id for question in session.dropped] == ["only-a"]
    assert at(session) == "not-c"


def test_a_change_names_its_own_losses_only():
    session = answered(FlowSession(BRANCH), "a", "b", "c", "a")
    session.go_to("q1")
    session.answer("b")
    session.answer("a")
    assert session.dropped == ()


def test_losing_an_answer_may_cost_another_that_hung_on_it():
    chain = flow({"id": "q1"}, {"id": "q2", "when": {"q1": ["a"]}}, {"id": "q3", "when": {"q2": ["b"]}}, {"id": "q4"})
    session = answered(FlowSession(chain), "a", "b", "c", "a")
    session.go_to("q1")
    session.answer("b")
    assert session.answers == {"q1": "b", "q4": "a"}
    assert [question.id for question in session.dropped] == ["q2", "q3"]


def supply(_name: str, answers: Mapping[str, Value]) -> tuple[Option, ...]:
    """What is offered depends on the first answer."""
    offered = {"a": "xy", "b": "yz"}[str(answers["q1"])]
    return tuple(Option(id=id_, label=id_) for id_ in offered)


SUPPLIED = flow({"id": "q1", "offer": "ab"}, {"id": "q2", "options_from": "letters"}, {"id": "q3"})


@pytest.mark.parametrize(("chosen", "kept"), [("x", {"q1": "b", "q3": "a"}), ("y", {"q1": "b", "q2": "y", "q3": "a"})])
def test_a_choice_no_longer_offered_is_dropped_one_still_offered_is_kept(chosen, kept):
    session = answered(FlowSession(SUPPLIED, supply), "a", chosen, "a")
    session.go_to("q1")
    session.answer("b")
    assert session.answers == kept
    assert [question.id for question in session.dropped] == (["q2"] if chosen == "x" else [])


def test_own_options_follow_the_supplied_ones():
    mixed = flow({"id": "q1", "offer": "ab"},
                 {"id": "q2", "options_from": "letters", "options": [{"id": "unsure", "label": "?"}]})
    session = answered(FlowSession(mixed, supply), "b")
    assert [option.id for option in session.options(session.visible()[1])] == ["y", "z", "unsure"]


# --- restart, stopping answers, facts ---------------------------------------------------------------


def test_restart_forgets_everything():
    session = answered(FlowSession(BRANCH), "a", "b")
    session.go_to("q1")
    session.answer("c")
    session.restart()
    assert (session.answers, session.dropped, at(session), session.lines()) == ({}, (), "q1", ())


STOPPING = flow({"id": "q1", "stop": ["c"]}, {"id": "q2"}, {"id": "q3"})


def test_a_stopping_answer_leads_straight_to_the_result():
    session = answered(FlowSession(STOPPING), "c")
    assert (at(session), session.complete) == (None, True)
    assert [question.id for question in session.visible()] == ["q1"]


def test_a_stopping_answer_given_later_drops_the_rest_and_going_on_asks_it_again():
    session = answered(FlowSession(STOPPING), "a", "b", "c")
    session.go_to("q1")
    session.answer("c")
    assert (session.answers, [q.id for q in session.dropped]) == ({"q1": "c"}, ["q2", "q3"])
    session.back()
    session.answer("b")
    assert (at(session), session.complete) == ("q2", False)


def test_when_may_ask_facts_that_follow_from_the_answers_so_far():
    def facts(answers: Mapping[str, Value]) -> dict[str, str]:
        return {"rule.age": "yes" if answers.get("q1") == "a" else "no"}
    with_facts = flow({"id": "q1"}, {"id": "age", "when": {"rule.age": ["yes"]}}, {"id": "last"})
    session = FlowSession(with_facts, facts=facts)
    assert [question.id for question in session.visible()] == ["q1", "last"]
    session.answer("a")
    assert at(session) == "age"
    session.back()
    session.answer("b")
    assert at(session) == "last"


def test_a_fact_nobody_supplies_leaves_its_question_out():
    assert [q.id for q in FlowSession(flow({"id": "q1"}, {"id": "q2", "when": {"rule.x": ["no"]}})).visible()] == ["q1"]


def test_all_conditions_of_when_must_hold():
    both = flow({"id": "q1"}, {"id": "q2"}, {"id": "q3", "when": {"q1": ["a"], "q2": ["a"]}}, {"id": "q4"})
    assert [at(answered(FlowSession(both), *values)) for values in ("aa", "ab", "ba")] == ["q3", "q4", "q4"]


# --- refused answers --------------------------------------------------------------------------------

KINDS = flow(
    {"id": "choice"}, {"id": "several", "kind": "several"}, {"id": "day", "kind": "date"},
    {"id": "sums", "kind": "amounts", "fields": [{"id": "total", "label": "总费用", "required": True},
                                                 {"id": "other", "label": "其他"}]},
)
GOOD: tuple[Value, ...] = ("a", ("a", "c"), date(2025, 5, 20), {"total": Decimal(0), "other": None})


@pytest.mark.parametrize(("position", "wrong"), [
    (0, "d"), (0, ""), (0, ("a",)), (1, "a"), (1, ("a", "d")), (2, "2025-05-20"), (3, "100"), (3, {}),
    (3, {"total": None, "other": Decimal(1)}),
])
def test_a_refused_answer_changes_nothing(position, wrong):
    session = answered(FlowSession(KINDS), *GOOD[:position])
    before = (at(session), session.answers)
    with pytest.raises(InvalidAnswer) as refused:
        session.answer(wrong)
    assert str(refused.value)
    assert (at(session), session.answers) == before
    answered(session, *GOOD[position:])
    assert session.complete


def test_a_refused_change_keeps_the_old_answer_and_everything_after_it():
    session = answered(FlowSession(BRANCH), "a", "b", "c", "a")
    session.go_to("q1")
    with pytest.raises(InvalidAnswer):
        session.answer("z")
    assert session.answers == {"q1": "a", "only-a": "b", "not-c": "c", "last": "a"}


def test_the_refusal_names_the_field_that_is_missing():
    session = answered(FlowSession(KINDS), *GOOD[:3])
    with pytest.raises(InvalidAnswer, match="总费用"):
        session.answer({"other": Decimal(1)})


def test_nothing_can_be_answered_after_the_last_question():
    session = answered(FlowSession(THREE), "a", "b", "c")
    with pytest.raises(InvalidAnswer):
        session.answer("a")
    assert session.answers == {"q1": "a", "q2": "b", "q3": "c"}


# --- going to a question, the end, the list of answers ----------------------------------------------


def test_going_to_an_earlier_question_keeps_every_answer():
    session = answered(FlowSession(THREE), "a", "b", "c")
    session.go_to("q2")
    assert (at(session), session.answers) == ("q2", {"q1": "a", "q2": "b", "q3": "c"})


@pytest.mark.parametrize("where", ["only-a", "nowhere"])
def test_a_question_that_is_not_asked_cannot_be_gone_to(where):
    session = answered(FlowSession(BRANCH), "b")
    session.go_to(where)
    assert at(session) == "not-c"


def test_the_end_can_be_gone_to_only_when_nothing_is_left_to_ask():
    session = answered(FlowSession(THREE), "a", "b")
    assert (session.complete, session.go_to_end(), at(session)) == (False, False, "q3")
    session.answer("c")
    session.go_to("q1")
    assert (session.complete, session.go_to_end(), at(session)) == (True, True, None)


def test_a_change_that_opens_a_new_question_makes_the_run_incomplete():
    session = answered(FlowSession(BRANCH), "c", "a")
    session.go_to("q1")
    session.answer("b")
    assert (session.complete, session.go_to_end(), at(session)) == (False, False, "not-c")


def test_the_list_shows_answered_questions_in_order():
    session = answered(FlowSession(BRANCH), "b", "c")
    assert [(line.question.id, line.value) for line in session.lines()] == [("q1", "b"), ("not-c", "c")]


def test_the_answers_given_out_cannot_change_the_run():
    session = answered(FlowSession(THREE), "a")
    session.answers.clear()  # type: ignore[attr-defined]
    assert session.answers == {"q1": "a"}
