"""A run that asks for several of a kind: only what differs is asked anew, and Back leads through every round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from flows import at, flow

from yibao_desktop.flow.rounds import RoundsSession
from yibao_desktop.flow.session import FlowSession, InvalidAnswer, Value

PAIRS = flow(
    {"id": "start"}, {"id": "payer", "per": ["payer"], "stop": ["c"]}, {"id": "both", "per": ["payer", "member"]},
    {"id": "member", "per": ["member"]}, {"id": "once"},
    {"id": "more", "offer": ["no", "member", "payer"], "adds": {"member": "member", "payer": "payer"}},
)


def walked(*values: Value, most: int = 6, facts: Any = None) -> RoundsSession:
    session = RoundsSession(PAIRS, most=most) if facts is None else RoundsSession(PAIRS, facts=facts, most=most)
    for value in values:
        session.answer(value)
    return session


def asked(session: RoundsSession, *values: Value) -> list[str | None]:
    found = []
    for value in values:
        found.append(at(session))
        session.answer(value)
    return found


ONE = ("a", "a", "a", "a", "a")


def test_alone_it_is_a_flow_like_any_other():
    session = walked(*ONE, "no")
    assert (at(session), session.complete, session.combinations) == (None, True, ((0, 0),))
    assert session.answers == {"start": "a", "payer": "a", "both": "a", "member": "a", "once": "a", "more": "no"}


def test_one_more_member_is_asked_only_what_is_asked_per_member():
    session = walked(*ONE)
    assert asked(session, "member", "b", "b") == ["more", "both", "member"]
    assert at(session) == "more"
    session.answer("no")
    assert at(session) is None
    assert session.answers_of((0, 0))["member"] == "a"
    assert dict(session.answers_of((0, 1))) == {"start": "a", "payer": "a", "both": "b", "member": "b", "once": "a",
                                                "more": "no"}


def test_one_more_payer_is_asked_about_every_member():
    session = walked(*ONE, "member", "b", "b", "payer")
    assert session.here == (1, 0)
    assert asked(session, "b", "c", "b") == ["payer", "both", "both"]
    assert (at(session), session.here) == ("more", (1, 1))
    session.answer("no")
    assert [session.answers_of(one)["both"] for one in session.combinations] == ["a", "b", "c", "b"]
    assert [session.answers_of(one)["member"] for one in session.combinations] == ["a", "b", "a", "b"]


def test_a_stopping_answer_ends_every_combination_it_belongs_to():
    session = walked(*ONE, "member", "b", "b", "payer", "c")
    assert (at(session), session.complete) == (None, True)
    assert all("both" not in session.answers_of(one) for one in ((1, 0), (1, 1)))


def test_back_leads_through_the_rounds_and_takes_back_who_was_added():
    session = walked(*ONE, "member", "b")
    trail = []
    while session.back():
        trail.append((at(session), session.count("member")))
    assert trail == [("both", 2), ("more", 1), ("once", 1), ("member", 1), ("both", 1), ("payer", 1), ("start", 1)]
    assert session.answers["both"] == "a"


def test_somebody_taken_back_and_added_again_is_asked_anew():
    session = walked(*ONE, "member", "b", "b")
    for _ in range(3):
        session.back()
    assert (at(session), session.combinations) == ("more", ((0, 0),))
    session.answer("member")
    assert at(session) == "both"
    assert "both" not in session.answers


def test_back_from_the_next_combination_returns_to_the_last_answer_of_the_one_before():
    session = walked(*ONE, "member", "b", "b", "payer", "b", "c")
    assert (at(session), session.here) == ("both", (1, 1))
    session.back()
    assert (at(session), session.here, session.answers["both"]) == ("both", (1, 0), "c")


def test_looking_at_another_combination_shows_its_result_and_changes_stay_there():
    session = walked(*ONE, "member", "b", "b", "no")
    session.look_at((0, 0))
    assert (at(session), session.answers["member"]) == (None, "a")
    session.go_to("member")
    session.answer("c")
    session.go_to_end()
    assert [session.answers_of(one)["member"] for one in session.combinations] == ["c", "b"]


def test_looking_at_another_combination_after_a_stop_does_not_ask_who_else():
    session = walked(*ONE, "payer", "c")
    assert (at(session), session.here) == (None, (1, 0))
    session.look_at((0, 0))
    assert at(session) is None
    session.look_at((1, 0))
    assert (at(session), session.answers["payer"]) == (None, "c")
    assert session.back()
    assert at(session) == "payer"


def test_a_change_of_the_payer_holds_for_every_member():
    session = walked(*ONE, "member", "b", "b", "no")
    session.go_to("payer")
    session.answer("b")
    session.go_to_end()
    assert [session.answers_of(one)["payer"] for one in session.combinations] == ["b", "b"]


def test_somebody_can_be_added_from_the_result():
    session = walked("a", "c")
    assert session.complete
    session.add("payer")
    assert (at(session), session.here) == ("payer", (1, 0))
    session.back()
    assert (at(session), session.here, session.combinations) == (None, (0, 0), ((0, 0),))


def test_nobody_is_added_beyond_the_most():
    session = walked(*ONE, "member", "b", "b", most=2)
    assert [option.id for option in session.options(session.current)] == ["no", "payer"]
    assert not session.can_add("member")
    with pytest.raises(InvalidAnswer):
        session.answer("member")


def test_restart_forgets_everybody():
    session = walked(*ONE, "member", "b")
    session.restart()
    assert (at(session), session.answers, session.combinations) == ("start", {}, ((0, 0),))


def test_facts_tell_a_further_round_from_the_first():
    further = flow({"id": "payer", "per": ["payer"]},
                   {"id": "where", "per": ["payer"], "when": {"round.payer": ["further"]}},
                   {"id": "more", "offer": ["no", "payer"], "adds": {"payer": "payer"}})
    session = RoundsSession(further)
    session.answer("a")
    assert at(session) == "more"
    session.answer("payer")
    session.answer("a")
    assert at(session) == "where"


# --- what a session knows in advance ------------------------------------------------------------------


def test_what_is_given_is_neither_asked_nor_gone_back_to():
    session = FlowSession(flow({"id": "q1"}, {"id": "q2"}, {"id": "q3"}))
    session.restart({"q1": "b", "q3": "c"})
    assert at(session) == "q2"
    assert not session.back()
    session.answer("a")
    assert (at(session), dict(session.answers)) == (None, {"q1": "b", "q2": "a", "q3": "c"})
    session.back()
    assert at(session) == "q2"


@pytest.mark.parametrize("given", [{"q1": "z"}, {"q2": "a"}, {"nothing": "a"}])
def test_what_is_given_but_not_offered_is_asked(given):
    session = FlowSession(flow({"id": "q1"}, {"id": "q2"}))
    session.restart(given)
    assert at(session) == "q1"


def test_stages_follow_the_answers():
    def facts(answers: Mapping[str, Value]) -> dict[str, str]:
        return {"path": str(answers["q1"])} if "q1" in answers else {}
    staged = flow({"id": "q1"}, {"id": "q2"})
    staged = type(staged)(id="f", title="f", questions=staged.questions, steps=(
        *staged.steps, type(staged.steps[0])(id="t", label="t", when={"path": ("b",)})))
    session = FlowSession(staged, facts=facts)
    assert ([step.id for step in session.steps()], session.steps_are_known) == (["s"], False)
    session.answer("a")
    assert ([step.id for step in session.steps()], session.steps_are_known) == (["s"], True)
    session.go_to("q1")
    session.answer("b")
    assert [step.id for step in session.steps()] == ["s", "t"]
