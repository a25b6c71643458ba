"""What the slip wizard asks in a place, and what its answers come to."""

from __future__ import annotations

import shutil
from decimal import Decimal
from typing import get_args

import pytest

from yibao_desktop.errors import PackError
from yibao_desktop.estimate.slip import Problem, Slip, contradictions
from yibao_desktop.estimate.slip.asking import SlipQuestions, said_of
from yibao_desktop.estimate.slip.naming import LineNames
from yibao_desktop.flow.session import FlowSession
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT

BEIJING, SHANGHAI, HANGZHOU, HEBEI = "110000", "310000", "330100", "130000"


def questions(pack: Pack, region: str = BEIJING) -> SlipQuestions:
    return SlipQuestions(pack.place(region), pack)


def amounts(**lines: str) -> dict[str, Decimal]:
    return {line: Decimal(amount) for line, amount in lines.items()}


@pytest.mark.parametrize(("region", "first"), [
    (BEIJING, "beijing"), (SHANGHAI, "shanghai"), (HANGZHOU, "zhejiang"), (HEBEI, "receipt-outpatient"),
])
def test_the_forms_of_the_persons_own_place_come_first(pack, region, first):
    offered = [option.id for option in questions(pack, region).options("forms", {})]
    assert offered[0] == first
    assert sorted(offered) == sorted(form.id for form in pack.slip_forms)


def test_every_form_says_how_to_recognise_it(pack):
    assert all(option.help for option in questions(pack).options("forms", {}))


def test_the_fields_are_the_forms_lines_under_their_printed_names(pack):
    for form in pack.slip_forms:
        fields = questions(pack).fields("slip-lines", {"form": form.id})
        assert [(field.id, field.label) for field in fields] == [(line.line, line.label) for line in form.fields]
        assert not any(field.required for field in fields)


def test_who_does_not_know_gets_what_occurs_everywhere(pack):
    form = questions(pack).form({"form": "unsure"})
    assert form.regions == ()
    assert form.family == "receipt"


def test_what_another_form_left_behind_is_not_on_the_slip(pack):
    given = amounts(medfee_sumamt="100", self_paid_one="30", hifp_pay="70")
    asking = questions(pack)
    assert asking.slip({"form": "beijing", "slip": given}).lines == given
    assert asking.slip({"form": "receipt-outpatient", "slip": given}) == Slip(
        "receipt", amounts(medfee_sumamt="100", hifp_pay="70"))


def test_an_empty_field_is_not_a_line(pack):
    slip = questions(pack).slip({"form": "beijing", "slip": {"medfee_sumamt": Decimal(100), "hifp_pay": None}})
    assert slip.lines == amounts(medfee_sumamt="100")


def test_another_form_keeps_the_amounts_of_the_lines_both_have(pack):
    asking = questions(pack)
    session = FlowSession(pack.flow("slip"), asking.options, supply_fields=asking.fields)
    session.answer("beijing")
    session.answer(amounts(medfee_sumamt="100", self_paid_one="30"))
    session.go_to("form")
    session.answer("receipt-outpatient")
    assert session.current is not None
    assert session.current.id == "slip"
    assert session.answers["slip"]["medfee_sumamt"] == 100
    assert asking.slip(session.answers).lines == amounts(medfee_sumamt="100")


# --- what cannot be right -------------------------------------------------------------------------------


def test_nothing_entered_is_told_every_time(pack):
    asking = questions(pack)
    answers = {"form": "beijing", "slip": {"medfee_sumamt": None}}
    assert "还没有填" in asking.refusal(answers)
    assert "还没有填" in asking.refusal(answers)


def test_a_contradiction_is_told_once_at_its_field_in_the_printed_names(pack):
    asking = questions(pack)
    answers = {"form": "beijing", "slip": amounts(medfee_sumamt="100", preselfpay_amt="900")}
    told = asking.refusal(answers)
    assert isinstance(told, dict)
    assert list(told) == ["preselfpay_amt"]
    assert "“自付二”比“金额合计”还多" in told["preselfpay_amt"]
    assert "再按一次" in told["preselfpay_amt"]
    assert not asking.refusal(answers), "who gives the same amounts again means them"
    assert asking.refusal({**answers, "slip": amounts(medfee_sumamt="100", preselfpay_amt="901")})
    assert asking.refusal(answers), "another contradiction came between"
    asking.forget()
    assert asking.refusal(answers)


def test_parts_over_the_total_are_told_at_the_total(pack):
    given = amounts(medfee_sumamt="100", hifp_pay="60", other_funds="30", psn_cash_pay="20")
    told = questions(pack).refusal({"form": "receipt-outpatient", "slip": given})
    assert list(told) == ["medfee_sumamt"]
    assert "“医保统筹基金支付”、“其他支付”、“个人现金支付”加起来" in told["medfee_sumamt"]


def test_what_may_be_is_not_refused(pack):
    asking = questions(pack)
    assert not asking.refusal({"form": "beijing"})
    assert not asking.refusal({"form": "beijing", "slip": amounts(medfee_sumamt="100")})
    assert not asking.refusal({"form": "beijing", "slip": amounts(medfee_sumamt="0")})


IMPOSSIBLE = {
    "negative": amounts(medfee_sumamt="-1"),
    "part-over-whole": amounts(medfee_sumamt="1", hifp_pay="2"),
    "parts-over-total": amounts(medfee_sumamt="100", hifp_pay="60", other_funds="30", psn_cash_pay="20"),
    "refund-over-deposit": amounts(medfee_sumamt="100", prepaid="5", refunded="6"),
}


@pytest.mark.parametrize("problem", get_args(Problem))
def test_every_contradiction_has_a_sentence(pack, problem):
    form = next(form for form in pack.slip_forms if form.id == "receipt-inpatient")
    found = [one for one in contradictions(Slip("receipt", IMPOSSIBLE[problem])) if one.problem == problem]
    assert found
    sentence = said_of(found[0], LineNames(form, pack.words), pack.words)
    assert sentence.endswith("。")
    assert "{" not in sentence


def test_a_pack_without_forms_says_so(tmp_path):
    root = tmp_path / "pack"
    shutil.copytree(CONTENT, root, ignore=shutil.ignore_patterns("slips.yaml", "cases", "guides"))
    bare = Pack(root)
    with pytest.raises(PackError, match=r"slips\.yaml"):
        SlipQuestions(bare.place(BEIJING), bare)
