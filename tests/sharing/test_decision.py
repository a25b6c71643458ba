"""Whether a relative can use an account: which circumstances decide, and that nobody is left with a bare no."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yibao_desktop.pack.cases import Member, Payer, SharingCase
from yibao_desktop.pack.store import Pack
from yibao_desktop.sharing.decision import CLAIMS_USED, Sharing, binders, decide

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
    ({"scheme": "none", "purpose": "resident-premium"}, "first", ["premium.member-uninsured"]),
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
    # further branches
    ({"payer": {"account": "left-over"}}, "first", ["payer.left-over"]),
    ({"relation": "child-in-law"}, "no", ["relation.not-children-in-law", "relation.eight"]),
    ({"place": "other-province", "wallet": "open"}, "yes", ["wallet.ready", "relation.eight", "own-code"]),
    ({"place": "other-province", "wallet": "closed"}, "not-now", ["wallet.not-open"]),
    ({"place": "other-province", "bound": "yes"}, "first", ["wallet.both-open"]),
    ({"wallet": "closed"}, "yes", ["place.same-province", "relation.eight", "bind.first"]),
    ({"phone": "no"}, "yes", ["place.same-province", "relation.eight", "bind.first"]),
    # what contradicts itself is looked at again, not refused
    ({"scheme": "employee", "purpose": "resident-premium"}, "first", ["premium.member-employee"]),
    ({"scheme": "employee", "minor": "yes", "relation": "child"}, "first", ["member.scheme-odd"]),
    # 河北 says nothing about earlier years
    ({"payer": {"past_years": "no"}}, "yes", ["place.same-province", "relation.eight", "bind.first"]),
    # not sure of anything
    ({"payer": {"scheme": "unsure", "account": "unsure", "insured": "unsure"}, "relation": "unsure",
      "scheme": "unsure", "place": "unsure", "bound": "unsure", "minor": "unsure", "purpose": "other"}, "first",
     ["payer.scheme-unsure", "payer.account-unsure", "payer.insured-unsure", "relation.unsure", "member.scheme-unsure",
      "place.unsure", "pay.local-list", "member.bound-unsure"]),
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


@pytest.mark.parametrize(("region", "past_years", "verdict", "reason"), [
    (SHANGHAI, "no", "not-now", "payer.past-years-none"), (SHANGHAI, "unsure", "first", "payer.past-years-unsure"),
    (SHANGHAI, "yes", "yes", "place.same-province"), ("330000", "no", "not-now", "payer.past-years-none"),
    ("330100", "no", "not-now", "payer.past-years-none"), (BEIJING, "no", "yes", "place.same-province"),
])
def test_where_only_earlier_years_can_be_shared_they_decide(pack, region, past_years, verdict, reason):
    result = decided(pack, region, payer={"past_years": past_years})
    assert (result.verdict, ids(result)[0]) == (verdict, reason)


@pytest.mark.parametrize("region", [SHANGHAI, "330000"])
def test_whether_only_earlier_years_can_go_into_the_wallet_is_not_known_and_said_so(pack, region):
    across = {"place": "other-province", "wallet": "open", "payer": {"past_years": "no"}}
    result = decided(pack, region, **across)
    assert (result.verdict, ids(result)) == ("first", ["wallet.past-years"])
    assert decided(pack, region, **{**across, "payer": {"past_years": "yes"}}).verdict == "yes"
    assert decided(pack, BEIJING, **across).verdict == "yes"


@pytest.mark.parametrize(("region", "says", "verdict"), [
    ("150000", "several-payers", "yes"), ("610000", "several-payers", "yes"), ("650000", "several-payers", "yes"),
    ("510000", "several-payers", "yes"), ("530000", "several-payers", "yes"), (BEIJING, "several-payers", "yes"),
    ("360000", "one-payer", "first"), ("370000", "one-payer", "first"), ("520000", "one-payer", "first"),
    ("500000", "one-payer", "first"), ("320500", "one-payer", "first"), ("320000", None, "first"),
    (HEBEI, None, "first"),
])
def test_being_bound_elsewhere_stands_in_the_way_only_where_one_payer_is_the_rule(pack, region, says, verdict):
    assert binders(pack.place(region)) == says
    result = decided(pack, region, bound="yes")
    assert result.verdict == verdict
    assert ("member.bound-elsewhere" in ids(result)) is (verdict == "first")


# --- what is told with it ---------------------------------------------------------------------------


def told(result: Sharing, topic: str) -> list[str]:
    return [said.claim.id for said in result.about(topic)]


def test_a_relative_without_a_smartphone_is_told_how(pack):
    assert told(decided(pack, HEBEI, phone="no"), "no-phone") == ["phone.in-province", "phone.paying"]
    across = decided(pack, HEBEI, phone="no", place="other-province")
    assert told(across, "no-phone") == ["phone.wallet", "phone.paying"]
    assert told(decided(pack, HEBEI, phone="yes"), "no-phone") == []


def test_below_16_nobody_is_told_of_a_face_check(pack):
    assert "materials.face" in told(decided(pack, HEBEI, relation="parent"), "materials")
    assert "materials.face" not in told(decided(pack, HEBEI, relation="child", minor="yes"), "materials")


def test_paying_contributions_is_told_first_with_the_local_way(pack):
    for region, local in (("420000", "hubei.premium"), (HEBEI, "hebei.premium"), (NOWHERE, "premium.how")):
        result = decided(pack, region, "resident-premium")
        assert result.told[0][0] == "premium"
        assert told(result, "premium")[0] == local
    assert ("premium.how" in told(decided(pack, "420000", "resident-premium"), "premium")) is False
    assert told(decided(pack, NOWHERE, "resident-premium", place="other-province"), "premium")[0] == "premium.wallet"


def test_the_nation_speaks_in_general_only_where_no_place_speaks(pack):
    for topic, general, region in (("limit", "limit.varies", "370000"), ("effect", "effect.varies", "350000"),
                                   ("materials", "materials.online", "370000")):
        assert general in told(decided(pack, NOWHERE), topic)
        assert general not in told(decided(pack, region), topic)


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
