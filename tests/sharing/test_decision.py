"""Whether a relative can use an account: which circumstances decide, and that nobody is left with a bare no."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from yibao_desktop.flow.session import FlowSession, Value
from yibao_desktop.pack.cases import Member, Payer, SharingCase
from yibao_desktop.pack.store import Pack
from yibao_desktop.sharing.asking import case_of
from yibao_desktop.sharing.decision import CLAIMS_USED, Sharing, decide

BEIJING, SHANGHAI, DALIAN, GUANGZHOU, HEBEI, NOWHERE = "110000", "310000", "210200", "440100", "130000", "659001"
NEAREST_ONLY = ("deduct-order", "unbind", "usage", "check")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Pack(Path(__file__).resolve().parents[2] / "content")


def decided(pack: Pack, region: str = HEBEI, purpose: str = "visit", payer: dict[str, Any] | None = None,
            **member: Any) -> Sharing:
    """A case in which nothing stands in the way but what is given."""
    member.setdefault("relation", "spouse")
    return decide(SharingCase(region=region, payer=Payer(**(payer or {})), member=Member(**member), purpose=purpose),
                  pack)


def ids(result: Sharing) -> list[str]:
    return [said.claim.id for said in result.reasons]


# --- what decides -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("circumstance", "verdict", "reasons"), [
    ({}, "yes", ["place.same-province", "relation.eight", "bind.first"]),
    ({"payer": {"scheme": "resident"}}, "no", ["payer.employee-only"]),
    ({"payer": {"scheme": "unsure"}}, "first", ["payer.scheme-unsure"]),
    ({"payer": {"account": "none"}}, "no", ["payer.no-account"]),
    ({"payer": {"account": "empty"}}, "not-now", ["payer.balance-zero"]),
    ({"payer": {"account": "unsure"}}, "first", ["payer.account-unsure"]),
    ({"payer": {"insured": "suspended"}}, "not-now", ["payer.suspended"]),
    ({"payer": {"insured": "unsure"}}, "first", ["payer.insured-unsure"]),
    ({"relation": "parent-in-law"}, "no", ["relation.not-in-laws", "relation.eight"]),
    ({"relation": "other"}, "no", ["relation.eight"]),
    ({"relation": "unsure"}, "first", ["relation.unsure"]),
    ({"scheme": "employee"}, "yes", ["place.same-province", "relation.eight", "bind.first"]),
    ({"scheme": "none"}, "first", ["member.insured-needed"]),
    ({"scheme": "none", "purpose": "resident-premium"}, "yes", ["place.same-province", "relation.eight", "bind.first"]),
    ({"scheme": "unsure"}, "first", ["member.scheme-unsure"]),
    ({"place": "unsure"}, "first", ["place.unsure"]),
    ({"place": "other-province"}, "first", ["wallet.both-open"]),
    ({"bound": "yes"}, "first", ["member.bound-elsewhere"]),
    ({"bound": "unsure"}, "first", ["member.bound-unsure"]),
    ({"purpose": "pharmacy"}, "yes", ["place.same-province", "relation.eight", "bind.first"]),
    ({"purpose": "care-insurance"}, "first", ["pay.care-insurance"]),
    ({"purpose": "other"}, "first", ["pay.local-list"]),
    # the worst decides and is read first
    ({"payer": {"account": "empty", "insured": "unsure"}, "relation": "other"}, "no",
     ["relation.eight", "payer.balance-zero", "payer.insured-unsure"]),
    ({"payer": {"insured": "suspended"}, "bound": "unsure"}, "not-now", ["payer.suspended", "member.bound-unsure"]),
])
def test_what_decides(pack, circumstance, verdict, reasons):
    result = decided(pack, **circumstance)
    assert (result.verdict, ids(result)) == (verdict, reasons)


@pytest.mark.parametrize("relation", ["spouse", "parent", "child", "sibling", "grandparent", "grandchild"])
@pytest.mark.parametrize("minor", ["yes", "no", "unsure"])
def test_every_near_relative_may_at_any_age(pack, relation, minor):
    result = decided(pack, relation=relation, minor=minor)
    assert result.verdict == "yes"
    assert [said.claim.id for said in result.about("minor")] == (["member.under-16"] if minor == "yes" else [])


def test_what_the_decision_names_is_in_the_national_pack(pack):
    assert {claim.id for claim in pack.nation.sharing.claims} >= CLAIMS_USED


# --- which level speaks -----------------------------------------------------------------------------


@pytest.mark.parametrize("region", [BEIJING, SHANGHAI, DALIAN, GUANGZHOU, HEBEI, NOWHERE])
def test_a_places_own_sentence_replaces_the_national_one_and_says_whose_it_is(pack, region):
    place = pack.place(region)
    result = decided(pack, region)
    for topic in NEAREST_ONLY:
        speaking = next(layer for layer in place.layers
                        if any(claim.topic == topic for claim in layer.sharing.claims))
        said = result.about(topic)
        assert said
        assert {item.layer.name for item in said} == {speaking.name}


@pytest.mark.parametrize(("region", "topic", "claim", "level"), [
    (BEIJING, "deduct-order", "beijing.order", "北京市"), (DALIAN, "unbind", "dalian.unbind", "大连市"),
    (GUANGZHOU, "check", "guangdong.check", "广东省"), (HEBEI, "usage", "hebei.usage", "河北省"),
    (NOWHERE, "usage", "usage.module", "全国"),
])
def test_who_says_it(pack, region, topic, claim, level):
    assert [(said.claim.id, said.layer.name) for said in decided(pack, region).about(topic)] == [(claim, level)]


@pytest.mark.parametrize(("scheme", "order"), [("resident", "order.resident-direct"), ("employee", "order.own-first")])
def test_nationally_the_order_depends_on_whether_the_relative_has_an_account(pack, scheme, order):
    assert [said.claim.id for said in decided(pack, NOWHERE, scheme=scheme).about("deduct-order")] == [order]


@pytest.mark.parametrize(("region", "first"), [
    (BEIJING, "beijing-jingtong"), (SHANGHAI, "shanghai-suishenban"), (DALIAN, "dalian-wechat"),
    (GUANGZHOU, "guangdong-yueyibao"), (HEBEI, "hebei-mini"), (NOWHERE, "nhsa-app-zone"),
])
def test_the_nearest_place_to_bind_comes_first_and_a_counter_is_among_them(pack, region, first):
    bindings = decided(pack, region).bindings
    assert bindings[0][1].id == first
    assert any(binding.means == "visit" for _, binding in bindings)


@pytest.mark.parametrize("region", [BEIJING, SHANGHAI, DALIAN, GUANGZHOU, HEBEI, NOWHERE])
def test_across_provinces_only_the_wallet(pack, region):
    result = decided(pack, region, place="other-province")
    assert result.across_provinces
    assert [binding.id for _, binding in result.bindings] == ["nhsa-app-wallet"]
    assert "wallet.frozen" in {said.claim.id for said in result.about("wallet")}
    # A province's own sentences on undoing, checking and following a binding are about its own platform.
    assert {said.layer.name for topic in NEAREST_ONLY for said in result.about(topic)} == {"全国"}


@pytest.mark.parametrize("region", [BEIJING, SHANGHAI, DALIAN, GUANGZHOU, HEBEI, NOWHERE])
def test_in_one_province_never_the_wallet(pack, region):
    result = decided(pack, region)
    assert {binding.scope for _, binding in result.bindings} == {"province"}
    assert result.about("wallet") == ()


# --- the console form -------------------------------------------------------------------------------


@pytest.mark.parametrize("region", [BEIJING, SHANGHAI, DALIAN, GUANGZHOU, HEBEI, NOWHERE])
@pytest.mark.parametrize("member", [{}, {"place": "other-province"}, {"relation": "other"}],
                         ids=["yes", "wallet", "no"])
def test_the_console_form_resolves_every_source_it_cites(pack, region, member):
    result = decided(pack, region, **member)
    form = result.to_json()
    said = [*result.reasons, *(item for _, items in result.told for item in items)]
    cited = {id_ for item in said for id_ in item.claim.sources}
    cited |= {id_ for _, binding in result.bindings for id_ in binding.sources}
    assert cited
    assert {source["id"] for source in form["sources"]} == cited
    assert all(source["title"] and source["publisher"] and source["grade"] for source in form["sources"])
    assert form["verdict"] == result.verdict
    assert form["reason_ids"] == ids(result)
    assert len(form["reasons"]) == len(form["reason_ids"]) > 0
    assert bool(form["steps"]) is (result.verdict != "no")


# --- every way through the wizard -------------------------------------------------------------------


def ways(session: FlowSession) -> Iterator[dict[str, Value]]:
    question = session.current
    if question is None:
        assert session.complete
        yield dict(session.answers)
        return
    for option in session.options(question):
        session.go_to(question.id)
        session.answer(option.id)
        yield from ways(session)


PAYER = ("payer_scheme", "payer_account", "payer_insured")


@pytest.fixture(scope="module")
def every_answer(pack: Pack) -> list[dict[str, Any]]:
    """Every combination of answers. What is asked of the relative does not depend on the payer (shown below), so the
    two halves are walked one after the other and put together."""
    flow = pack.flow("sharing")
    payers: list[dict[str, Any]] = []

    def pay(session: FlowSession) -> None:
        question = session.current
        if question is None or question.id not in PAYER:
            payers.append({name: session.answers[name] for name in PAYER if name in session.answers})
            return
        for option in session.options(question):
            session.restart()
            for value in (*held, option.id):
                session.answer(value)
            held.append(option.id)
            pay(session)
            held.pop()

    held: list[Any] = []
    pay(FlowSession(flow))
    going_on = FlowSession(flow)
    for value in ("employee", "yes", "active"):
        going_on.answer(value)
    members = [{name: value for name, value in way.items() if name not in PAYER} for way in ways(going_on)]
    whole = [payer | member for payer in payers if len(payer) == len(PAYER) for member in members]
    return [payer for payer in payers if len(payer) < len(PAYER)] + whole


def test_what_is_asked_of_the_relative_does_not_depend_on_the_payer(pack):
    questions = pack.flow("sharing").questions
    assert tuple(question.id for question in questions[:3]) == PAYER
    assert not [question.id for question in questions[3:] if set(PAYER) & set(question.when)]


@pytest.mark.parametrize("region", [BEIJING, HEBEI, NOWHERE])
def test_every_way_through_the_wizard_ends_in_a_reason_and_something_to_do(pack, every_answer, region):
    seen: dict[SharingCase, Sharing] = {}
    for answers in every_answer:
        case = case_of(region, answers)
        if case in seen:
            continue
        result = seen[case] = decide(case, pack)
        assert result.reasons
        assert all(said.claim.text for said in result.reasons)
        across = case.member.place == "other-province"
        if result.verdict == "no":
            assert result.bindings == ()
            assert result.about("caution")
        else:
            assert result.bindings
            assert {binding.scope for _, binding in result.bindings} == {"wallet" if across else "province"}
            assert all(binding.steps for _, binding in result.bindings)
            assert result.about("may-pay")
    assert {result.verdict for result in seen.values()} == {"yes", "first", "not-now", "no"}
    # Where the money comes from a resident, from nobody's account, or goes to a relative outside the eight: always no.
    for case, result in seen.items():
        barred = (case.payer.scheme == "resident" or case.payer.account == "none"
                  or case.member.relation in ("parent-in-law", "other"))
        assert (result.verdict == "no") is barred
