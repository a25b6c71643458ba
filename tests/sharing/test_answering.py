"""Every way through the sharing wizard ends in an answer with something to do, in every province."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from yibao_desktop.flow.rounds import RoundsSession
from yibao_desktop.flow.session import FlowSession, Value
from yibao_desktop.pack.cases import SharingCase
from yibao_desktop.pack.schema import Cited
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.paths import CONTENT
from yibao_desktop.sharing.answering import CLAIMS_USED, WORDS_USED, Answering
from yibao_desktop.sharing.asking import SharingQuestions, branch_of, case_of, named_cases
from yibao_desktop.sharing.decision import Sharing, decide
from yibao_desktop.sharing.sheet import Sheet

PACK = Pack(CONTENT)
FLOW = PACK.flow("sharing")
PROVINCES = [region.code for region in PACK.regions.values() if region.province == region.code]
NOWHERE, BEIJING, SHANGHAI, FUJIAN, GUANGDONG = "659001", "110000", "310000", "350000", "440000"
PAYER = ("payer_scheme", "payer_account", "past_years", "payer_insured")
PLAIN = {"want": "share", "payer_scheme": "employee", "payer_account": "yes", "payer_insured": "active",
         "relation": "parent", "member_scheme": "resident", "member_phone": "yes", "bound": "no",
         "member_place": "same-province", "purpose": "visit", "more": "no"}


def session_in(code: str) -> FlowSession:
    questions = SharingQuestions(PACK, PACK.place(code))
    return FlowSession(FLOW, questions.options, questions.facts)


def answering_in(code: str) -> Answering:
    return Answering(PACK, PACK.place(code), FLOW)


def ways(session: FlowSession, **only: tuple[str, ...]) -> Iterator[dict[str, Value]]:
    """Every way on from the current question, with ``only`` the answers named for some; nobody is added."""
    question = session.current
    if question is None:
        assert session.complete
        yield dict(session.answers)
        return
    for option in session.options(question):
        if option.id in question.adds or option.id not in only.get(question.id, (option.id,)):
            continue
        session.go_to(question.id)
        session.answer(option.id)
        yield from ways(session, **only)


def ways_from(code: str, **only: tuple[str, ...]) -> Iterator[dict[str, Value]]:
    yield from ways(session_in(code), **only)


def sheet_of(code: str, answers: dict[str, Any]) -> Sheet:
    return answering_in(code).sheet(answers, [case_of(code, answers)])


def is_spoken_for(place: Place, sheet: Sheet) -> None:
    """Everything stated names a level of the place's own line, and every source can be looked up."""
    levels = {layer.name for layer in place.layers}
    cited = list(sheet.cited())
    assert cited
    for layer, said in cited:
        assert layer.name in levels
        assert said.sources
        # A thing inherited is labelled with the level that says it, not with the place.
        assert layer is next(level for level in place.layers if holds(level, said)), said
        for id_ in said.sources:
            assert place.source(id_).title


def holds(layer: Any, said: Cited) -> bool:
    if said in (*layer.sharing.claims, *layer.sharing.bindings, *PACK.payable_of(layer)):
        return True
    # Under what was not known, the sentence carries the question's name.
    return any(getattr(said, "id", None) == claim.id for claim in layer.sharing.claims)


# --- what everybody is told apart first ---------------------------------------------------------------


@pytest.mark.parametrize(("answers", "branch", "need"), [
    ({"want": "share"}, "set-up", "look-alike.sharing"), ({"want": "far"}, "set-up", "far.by-place"),
    ({"want": "show"}, "code", "look-alike.family-code"), ({"want": "broken"}, "failure", None),
    ({"want": "undo"}, "undo", None), ({"want": "unsure"}, None, None), ({}, None, None),
    ({"want": "unsure", "aim": "spend"}, "set-up", "far.by-place"),
    ({"want": "unsure", "aim": "show"}, "code", "look-alike.family-code"),
    ({"want": "unsure", "aim": "outpatient"}, "outpatient", "look-alike.outpatient-pooling"),
    ({"want": "unsure", "aim": "unsure"}, "look-alikes", None),
])
def test_the_first_answer_says_which_of_the_look_alikes_is_needed(answers, branch, need):
    said = answering_in(BEIJING).need(answers)
    assert branch_of(answers) == branch
    assert (said.claim.id if said else None) == need


def test_where_the_relative_is_insured_decides_and_not_where_they_live():
    answering = answering_in(BEIJING)
    assert answering.need({"want": "far", "member_place": "same-province"}).claim.id == "look-alike.sharing"
    assert answering.need({"want": "share", "member_place": "other-province"}).claim.id == "look-alike.wallet"


def test_the_first_question_comes_before_everything():
    assert FLOW.questions[0].id == "want"
    assert {option.id for option in FLOW.questions[0].options} >= {"share", "show", "far", "broken", "undo"}


# --- every way ----------------------------------------------------------------------------------------


def test_every_way_through_the_failure_tree_ends_in_a_cause_or_in_how_to_find_out():
    # 福建 has a cause of its own, so that every question is asked there.
    code = FUJIAN
    place, answering = PACK.place(code), answering_in(code)
    seen: set[tuple[str, ...]] = set()
    ends: Counter[str] = Counter()
    for answers in ways_from(code, want=("broken",)):
        assert len(answers) <= 12
        causes, to_check = answering._comes_down_to(answers)
        sheet_key = (*(said.claim.id for said in causes), "-", *(said.claim.id for said in to_check))
        if sheet_key in seen:
            continue
        seen.add(sheet_key)
        sheet = answering.sheet(answers)
        assert sheet.has_next_step
        assert sheet.section("where-bound").ways
        if causes:
            assert sheet.lead == causes[0]
            assert sheet.lead.claim.mend
            assert sheet.lead.claim.who
            ends["cause"] += 1
        else:
            assert sheet.section("ask").mends[0].claim.mend
            ends["to-check" if to_check else "nothing"] += 1
        if len(seen) % 40 == 0:
            is_spoken_for(place, sheet)
    assert set(ends) == {"cause", "to-check", "nothing"}


def test_every_cause_of_the_pack_can_be_found():
    found = {option.claim for question in FLOW.questions for option in question.options if option.claim}
    national = {claim.id for claim in PACK.nation.sharing.claims if claim.topic == "cause"}
    assert national - found == {"cause.unknown"}
    for layer in PACK.all_layers():
        for claim in layer.sharing.claims:
            if claim.topic == "cause":
                assert claim.title, claim.id
                assert claim.mend, claim.id
                assert claim.who, claim.id


@pytest.mark.parametrize(("code", "cause"), [
    (BEIJING, "beijing.cause-submit"), (SHANGHAI, "shanghai.cause-past-years"), ("330000", "zhejiang.cause-past-years"),
    (FUJIAN, "fujian.cause-allocate"), (GUANGDONG, "guangdong.cause-pilot"), ("510000", "sichuan.cause-scan"),
    ("440300", "guangdong.cause-pilot"),
])
def test_causes_particular_to_a_place_are_asked_there_and_end_the_walk(code, cause):
    session = session_in(code)
    for value in ("broken", "sharing", "yes", "yes"):
        session.answer(value)
    assert cause in {option.id for option in session.options(session.current)}
    session.answer(cause)
    assert session.complete
    sheet = sheet_of(code, dict(session.answers))
    assert sheet.lead.claim.id == cause
    assert sheet.lead.layer.name == PACK.place(code[:2] + "0000").name


@pytest.mark.parametrize("code", [BEIJING, "460000", NOWHERE])
def test_every_way_to_undo_or_to_a_code_ends_in_where_it_is_done(code):
    place, met = PACK.place(code), set()
    for answers in ways_from(code, want=("undo", "show", "unsure"), aim=("show", "outpatient", "unsure"),
                             code_money=("no", "unsure")):
        met.add(branch_of(answers))
        sheet = sheet_of(code, answers)
        assert sheet.has_next_step, answers
        assert sheet.headline
        is_spoken_for(place, sheet)
    assert met == {"undo", "code", "outpatient", "look-alikes"}


def test_wanting_money_spent_as_well_as_a_code_shown_leads_on_to_setting_up():
    session = session_in(BEIJING)
    for value in ("show", "no", "yes"):
        session.answer(value)
    assert session.current.id == "payer_scheme"
    for name in [q.id for q in session.visible() if q.id in PLAIN]:
        if session.current.id == name:
            session.answer(PLAIN[name])
    sheet = sheet_of(BEIJING, dict(session.answers))
    assert [way.id for _, way in sheet.section("code").ways] == ["nhsa-app-code"]
    assert sheet.section("steps").ways


def halves(code: str) -> tuple[list[dict[str, Value]], list[dict[str, Value]]]:
    """What can be answered of the payer, and of the relative: neither half is asked differently for the other."""
    payers = {tuple((name, way[name]) for name in PAYER if name in way) for way in payer_ways(code)}
    members = []
    # Age and telephone change what is told, not the verdict: they are walked with a parent and a child alone.
    for only in ({"member_phone": ("yes",), "minor": ("no",)},
                 {"relation": ("child",), "bound": ("no",), "purpose": ("visit",)}):
        session = session_in(code)
        for value in ("share", "employee", "yes", *(["yes"] if code == SHANGHAI else []), "active"):
            session.answer(value)
        members += [{name: value for name, value in way.items() if name not in PAYER} for way in ways(session, **only)]
    return [dict(payer) for payer in sorted(payers)], members


def payer_ways(code: str) -> Iterator[dict[str, Value]]:
    def go(session: FlowSession) -> Iterator[dict[str, Value]]:
        question = session.current
        if question is None or question.id not in PAYER:
            yield dict(session.answers)
            return
        for option in session.options(question):
            session.go_to(question.id)
            session.answer(option.id)
            yield from go(session)

    session = session_in(code)
    session.answer("share")
    yield from go(session)


def test_what_is_asked_of_the_relative_does_not_depend_on_the_payer():
    for question in FLOW.questions:
        if "member" in question.per or question.id == "purpose":
            assert not set(PAYER) & set(question.when), question.id


@pytest.mark.parametrize("code", [BEIJING, SHANGHAI, NOWHERE])
def test_every_way_to_set_sharing_up_ends_in_a_reason_and_something_to_do(code):
    payers, members = halves(code)
    assert len(payers) > 20
    assert len(members) > 1500
    seen: dict[SharingCase, Sharing] = {}
    chance = random.Random(26)
    pairs = [({**PLAIN, **payer}, payer) for payer in payers]
    answers_all = [answers for answers, _ in pairs] + [{**PLAIN, **member} for member in members]
    # The halves are independent; together they are tried by chance.
    answers_all += [{**PLAIN, **chance.choice(payers), **chance.choice(members)} for _ in range(2000)]
    for answers in answers_all:
        case = case_of(code, answers)
        if case in seen:
            continue
        result = seen[case] = decide(case, PACK)
        assert result.reasons
        across = case.member.place == "other-province"
        if result.verdict == "no":
            assert result.bindings == ()
            assert result.about("caution")
            assert any(said.claim.mend for said in result.reasons), ids(result)
        else:
            assert {binding.scope for _, binding in result.bindings} == {"wallet" if across else "province"}
            for topic in ("materials", "may-pay", "deduct-order", "check", "unbind", "ends"):
                assert result.about(topic), (topic, case)
            if not across:
                assert result.about("limit")
                assert result.about("effect")
    assert {result.verdict for result in seen.values()} == {"yes", "first", "not-now", "no"}
    for case, result in seen.items():
        barred = (case.payer.scheme == "resident" or case.payer.account == "none"
                  or case.member.relation in ("parent-in-law", "child-in-law", "other"))
        assert (result.verdict == "no") is barred


def ids(result: Sharing) -> list[str]:
    return [said.claim.id for said in result.reasons]


@pytest.mark.parametrize("code", [BEIJING, NOWHERE])
def test_somebody_unsure_of_everything_is_told_how_to_find_out(code):
    session = session_in(code)
    session.answer("share")
    while (question := session.current) is not None:
        offered = [option.id for option in session.options(question)]
        session.answer("unsure" if "unsure" in offered else "no" if "no" in offered else offered[-1])
    sheet = sheet_of(code, dict(session.answers))
    # Nobody who is unsure is told that it can be done.
    assert sheet.tone == "info"
    assert "可以" not in sheet.headline
    assert [said.claim.id for said in sheet.section("need").said] == ["far.by-place"]
    assert len(sheet.section("also").said) >= 4
    assert sheet.section("steps").ways


# --- 32 provincial units ------------------------------------------------------------------------------

KINDS: dict[str, dict[str, str]] = {
    "plain": PLAIN,
    "across": {**PLAIN, "want": "far", "member_place": "other-province", "wallet": "unsure"},
    "premium": {**PLAIN, "purpose": "resident-premium"},
    "no": {**PLAIN, "relation": "parent-in-law"},
    "failure": {"want": "broken", "broken_kind": "unsure", "broken_code": "unsure", "broken_listed": "unsure",
                "broken_local": "unsure", "broken_balance": "unsure", "broken_own": "unsure",
                "broken_insured": "unsure", "broken_province": "unsure", "broken_where": "unsure",
                "broken_item": "unsure"},
    "wallet-failure": {"want": "broken", "broken_kind": "wallet", "wallet_both": "yes", "wallet_quota": "no"},
    "undo": {"want": "undo", "undo_what": "sharing", "undo_who": "payer"},
    "undo-wallet": {"want": "undo", "undo_what": "wallet", "undo_who": "member"},
    "undo-unsure": {"want": "undo", "undo_what": "unsure", "undo_who": "suspicious"},
    "code": {"want": "show", "code_age": "unsure", "code_money": "unsure"},
    "look-alikes": {"want": "unsure", "aim": "unsure"},
}
WANTED = {
    "plain": {"need", "steps", "materials", "effect", "limit", "may-pay", "may-not-pay", "deduct-order", "check",
              "usage", "unbind", "ends", "caution", "payable"},
    "across": {"need", "steps", "wallet", "materials", "may-pay", "deduct-order", "check", "usage", "unbind", "ends"},
    "premium": {"premium", "steps", "materials"},
    "no": {"next", "also", "caution"},
    "failure": {"to-check", "ask", "where-bound", "check", "deduct-order"},
    "wallet-failure": {"next", "where-bound", "wallet", "check"},
    "undo": {"how-to-undo", "where-to-undo", "ends", "usage"},
    "undo-wallet": {"how-to-undo", "where-to-undo", "wallet", "ends"},
    "undo-unsure": {"how-to-undo", "where-to-undo", "four"},
    "code": {"where", "note", "caution"},
    "look-alikes": {"four", "where"},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", [*PROVINCES, NOWHERE, "440300", "210200"])
def test_the_sheet_of_every_province_is_whole_and_says_whose_each_thing_is(code, kind):
    place = PACK.place(code)
    sheet = sheet_of(code, KINDS[kind])
    keys = [section.key for section in sheet.sections]
    assert len(keys) == len(set(keys))
    assert WANTED[kind] <= set(keys)
    assert all(section.title for section in sheet.sections)
    assert sheet.has_next_step
    is_spoken_for(place, sheet)
    form = sheet.to_json(PACK.words)
    assert form["sources"]
    assert {id_ for _, cited in sheet.cited() for id_ in cited.sources} == {source["id"] for source in form["sources"]}
    lines = list(sheet.lines(PACK.words))
    assert len(lines) > 8
    assert not [line for line in lines if "None" in line or "{" in line]


@pytest.mark.parametrize(("code", "telling"), [
    (SHANGHAI, "历年"), ("330000", "历年"), (FUJIAN, "划拨"), ("500000", "关联"), (GUANGDONG, "审批"),
    (BEIJING, "提交"),
    ("360000", "只能由一个人绑定"), ("140000", "一位出钱人"), ("630000", "划拨"), ("460000", "亲情账户"),
    ("610000", "顺位"), ("650000", "授权金额"), ("510000", "二次扫码"), ("210000", "省内账户共济"),
    ("640000", "我的宁夏"), ("420000", "共济账户授权"),
])
def test_what_is_particular_to_a_province_is_in_its_sheet(code, telling):
    assert telling in "\n".join(sheet_of(code, PLAIN).lines(PACK.words))


def test_where_money_is_moved_over_first_nobody_is_told_that_it_stays_with_the_payer():
    for code, stays in ((FUJIAN, False), ("630000", False), ("620000", False), (BEIJING, True), (NOWHERE, True)):
        said = {item.claim.id for item in sheet_of(code, KINDS["undo"]).section("how-to-undo").said}
        assert ("undo.money" in said) is stays, code


def test_undoing_and_failing_name_where_to_go_back_to_without_the_steps_of_setting_up():
    for kind, key in (("undo", "where-to-undo"), ("failure", "where-bound")):
        section = sheet_of(BEIJING, KINDS[kind]).section(key)
        assert section.only_names
        assert "添加共济对象" not in "\n".join(sheet_of(BEIJING, KINDS[kind]).lines(PACK.words))


@pytest.mark.parametrize("what", ["sharing", "wallet", "unsure"])
def test_money_gone_that_nobody_agreed_to_is_cleared_up_before_anything_is_taken_back(what):
    sheet = sheet_of(SHANGHAI, {"want": "undo", "undo_what": what, "undo_who": "suspicious"})
    assert (sheet.tone, sheet.lead.claim.id) == ("warn", "undo.suspicious")
    assert sheet.section("how-to-undo").said


def test_with_the_wallet_nothing_is_said_that_holds_of_binding_inside_a_province_only():
    sheet = sheet_of(BEIJING, {**KINDS["across"], "purpose": "visit"})
    # 北京 lets a binding pay for 惠民保; whether the wallet pays for it there nobody has said.
    assert {layer.name for _, layer, _ in sheet.section("payable").payable} == {"全国"}
    assert sheet.section("limit") is None
    assert sheet.section("effect") is None
    assert [gap.topic for gap in sheet.section("gaps").gaps] == ["医保钱包"]
    assert "医保钱包" not in {gap.topic for gap in sheet_of(BEIJING, PLAIN).section("gaps").gaps}
    undo = sheet_of(BEIJING, {"want": "undo", "undo_what": "wallet", "undo_who": "member"})
    assert not {"undo.by-member", "undo.check"} & {said.claim.id for said in undo.section("how-to-undo").said}


def test_the_list_of_what_can_be_paid_comes_first_for_whoever_asks_just_that():
    keys = [section.key for section in sheet_of(FUJIAN, {**PLAIN, "purpose": "other"}).sections]
    assert keys.index("payable") < keys.index("steps")
    keys = [section.key for section in sheet_of(FUJIAN, PLAIN).sections]
    assert keys.index("payable") > keys.index("steps")


def test_what_is_not_known_is_said_once_though_the_city_and_its_province_both_lack_it():
    told = [gap.what for gap in sheet_of("440100", PLAIN).section("gaps").gaps]
    assert len(told) == len(set(told))


def test_whose_code_was_shown_and_what_was_paid_for_is_asked_of_the_wallet_as_well():
    session = session_in(BEIJING)
    for value in ("broken", "wallet", "yes", "yes", "yes", "yes", "yes", "no"):
        session.answer(value)
    assert session.current.id == "broken_item"
    session.answer("deposit")
    assert sheet_of(BEIJING, dict(session.answers)).lead.claim.id == "cause.deposit"


def test_what_is_not_known_of_sharing_is_told_and_nothing_about_bills():
    gaps = sheet_of(FUJIAN, PLAIN).section("gaps").gaps
    assert gaps
    assert "报销数字" not in {gap.topic for gap in gaps}


# --- several people -----------------------------------------------------------------------------------


def several(code: str, *values: str) -> RoundsSession:
    questions = SharingQuestions(PACK, PACK.place(code))
    session = RoundsSession(FLOW, questions.options, questions.facts)
    for value in ("share", "employee", "yes", "active", "parent", "resident", "yes", "no", "same-province", "visit",
                  *values):
        session.answer(value)
    return session


def family_of(code: str, session: RoundsSession) -> Sheet:
    rounds = [(one, session.answers_of(one)) for one in session.combinations]
    return answering_in(code).sheet(session.answers, named_cases(code, rounds, PACK.words),
                                    session.combinations.index(session.here))


def test_one_more_relative_is_asked_only_what_differs():
    session = several(BEIJING, "member")
    asked = []
    for value in ("child", "resident", "yes", "yes", "no", "other-province", "open"):
        asked.append(session.current.id)
        session.answer(value)
    assert asked == ["relation", "member_scheme", "minor", "member_phone", "bound", "member_place", "wallet"]
    assert session.current.id == "more"


def test_the_table_says_who_can_pay_for_whom_how_and_where():
    session = several("370000", "member", "parent-in-law")
    assert session.complete
    session.add("payer")
    for value in ("here", "employee", "yes", "active", "parent-in-law", "parent", "resident", "no", "no",
                  "same-province", "no"):
        if session.current is not None:
            session.answer(value)
    rows = [row.cells(PACK.words) for row in family_of("370000", session).section("table").table.rows]
    assert [row[:4] for row in rows] == [
        ("第 1 位出钱的人", "父亲或母亲", "可以办", "家庭共济"),
        ("第 1 位出钱的人", "公婆、岳父母", "这样办不了", "换个人出钱"),
        ("第 2 位出钱的人", "第 1 位出钱人的父亲或母亲", "这样办不了", "换个人出钱"),
        ("第 2 位出钱的人", "第 1 位出钱人的公婆、岳父母", "可以办", "家庭共济"),
    ]
    assert rows[0][4] == "“鲁医保”小程序"


@pytest.mark.parametrize(("code", "remark"), [
    ("370000", "shandong.one-payer"), ("610000", "shaanxi.several"), (NOWHERE, "member.bound-elsewhere"),
])
def test_two_payers_for_one_relative_are_told_whether_both_can_be_bound(code, remark):
    session = several(code, "payer", "here", "employee", "yes", "active", "parent", "same-province", "no")
    table = family_of(code, session).section("table").table
    assert [said.claim.id for said in table.remarks] == [remark]


def test_a_payer_insured_elsewhere_gets_the_ways_of_their_own_province():
    session = several(BEIJING, "payer", "elsewhere", SHANGHAI, "employee", "yes", "active", "parent", "other-province",
                      "unsure", "no")
    rows = family_of(BEIJING, session).section("table").table.rows
    assert [row.result.place.name for row in rows] == ["北京市", "上海市"]
    unknown = several(BEIJING, "payer", "elsewhere", "unsure", "employee", "yes", "active", "parent", "same-province",
                      "no")
    rows = family_of(BEIJING, unknown).section("table").table.rows
    assert [layer.name for layer, _ in rows[1].result.bindings] == ["全国", "全国"]


def test_two_spouses_are_noticed():
    session = several(BEIJING, "member", "spouse", "resident", "yes", "no", "same-province", "member", "spouse",
                      "resident", "yes", "no", "same-province", "no")
    table = family_of(BEIJING, session).section("table").table
    assert [row.member for row in table.rows] == ["父亲或母亲", "配偶（第 1 位）", "配偶（第 2 位）"]
    assert len(table.notices) == 1


def test_what_the_answers_name_is_in_the_pack():
    assert {claim.id for claim in PACK.nation.sharing.claims} >= CLAIMS_USED
    assert not [key for key in WORDS_USED if key not in PACK.words]
