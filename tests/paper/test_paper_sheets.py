"""Sheets say what the results say: the same amounts, words and sources, with place, day and pack at the foot."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest

from yibao_desktop.channels.find import look_up
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.explain import explain
from yibao_desktop.estimate.slip import Slip
from yibao_desktop.estimate.slip.summing_up import Estimated, check, sum_up
from yibao_desktop.estimate.year import YearBill, follow
from yibao_desktop.money import ZERO, grouped, yuan
from yibao_desktop.pack.cases import Bill, EstimateCase, Person, Visit, read_estimate_case, read_sharing_case
from yibao_desktop.paper.blocks import (
    Address,
    Amounts,
    Answer,
    Heading,
    Points,
    Sheet,
    Sources,
    Table,
    from_json,
    texts_of,
    to_json,
)
from yibao_desktop.paper.brief import brief
from yibao_desktop.paper.channels_sheet import SUREST, channels_sheet
from yibao_desktop.paper.estimate_sheet import estimate_sheet
from yibao_desktop.paper.guide_sheet import guide_sheet
from yibao_desktop.paper.payable_sheet import payable_sheet
from yibao_desktop.paper.plain_text import plain_text
from yibao_desktop.paper.sharing_sheet import sharing_sheet
from yibao_desktop.paper.slip_sheet import slip_sheet
from yibao_desktop.paper.text_codes import MOST_BYTES, joined, text_codes
from yibao_desktop.paths import CONTENT
from yibao_desktop.sharing.answering import set_up_sheet
from yibao_desktop.sharing.family import decide_all

DAY = date(2026, 3, 9)
ESTIMATES = [path for path in sorted((CONTENT / "cases" / "estimate").glob("*.yaml"))
             if read_estimate_case(path).region is not None]
"""All but those with rules of their own, which are no place's."""
SHARINGS = sorted((CONTENT / "cases" / "sharing").glob("*.yaml"))
SLIP = {"medfee_sumamt": "8640", "hifp_pay": "5703.50", "other_funds": "0", "account": "0", "psn_cash_pay": "2936.50",
        "act_pay_dedc": "1300", "self_funded": "420", "preselfpay_amt": "210"}
BEIJING_STAY = EstimateCase(
    region="110000", on=date(2026, 3, 2), scheme="employee", person=Person(status="active"),
    visit=Visit(kind="inpatient", level="tertiary", admission=2),
    bill=Bill(total=Decimal(8640), self_funded=Decimal(420), first_pay=Decimal(210)))
NAMES = ("姓名", "身份证号", "电话号码", "卡号")


def assert_whole(sheet: Sheet, pack, place: str) -> None:
    """What holds for every sheet."""
    text = plain_text(sheet)
    assert "{" not in text
    assert f"参保地：{place}" in sheet.footer.made
    assert "2026 年 3 月 9 日" in sheet.footer.made
    assert pack.info.version in sheet.footer.pack
    assert "仅供参考" in sheet.footer.caution
    assert "12393" in sheet.footer.caution
    assert text.endswith("\n".join(sheet.footer.lines))
    # A row of a table tells by itself what it is about; the other heads stand beside their cells.
    first_heads = {block.heads[0] for block in sheet.blocks if isinstance(block, Table)}
    assert [piece for piece in texts_of(sheet) if piece not in text and piece not in first_heads] == []
    assert from_json(to_json(sheet)) == sheet
    cited = "".join(texts_of(tuple(block for block in sheet.blocks if not isinstance(block, Sources))))
    listed = [line.split(" ")[0] for block in sheet.blocks if isinstance(block, Sources) for line in block.lines]
    numbers = [chr(code) for code in range(0x2460, 0x2474)]
    assert {mark for mark in numbers if mark in cited} <= set(listed)
    for codes in (text_codes(text), text_codes(plain_text(brief(sheet, pack.words)))):
        assert all(len(code.content.encode()) <= MOST_BYTES for code in codes)
    assert joined([code.content for code in text_codes(text)]) == text


def amounts(sheet: Sheet) -> list[tuple[str, str]]:
    return [(row.label, row.amount) for block in sheet.blocks if isinstance(block, Amounts) for row in block.rows]


# --- estimates ------------------------------------------------------------------------------------------------


def read(path, pack):
    case = read_estimate_case(path)
    place = pack.place(case.region)
    bill = YearBill(case, estimate(case, pack))
    return bill, place, estimate_sheet(pack, place, [bill], bill, DAY)


@pytest.mark.parametrize("path", ESTIMATES, ids=lambda path: path.stem)
def test_an_estimate_has_the_amounts_of_its_result(pack, path):
    bill, place, sheet = read(path, pack)
    result = bill.result
    assert_whole(sheet, pack, place.name)
    text = plain_text(sheet)
    stopping = [gap for gap in result.unknown if gap.stops]
    shown = amounts(sheet)
    if not stopping:
        answer = next(block for block in sheet.blocks if isinstance(block, Answer))
        for amount in result.between("psn_cash_pay") or ():
            assert yuan(amount) in answer.main
        for step in result.steps:
            sign = "−" if step.amount < 0 else ""
            assert (step.label, f"{sign}{grouped(abs(step.amount))}") in shown
    for line in ("hifp_pay", "hifob_pay", "hifmi_pay"):
        if (result.amounts[line] or ZERO) and not stopping:
            assert (pack.words(f"line.{line}"), f"−{grouped(result.amounts[line])}") in shown
    for gap in result.unknown:
        assert gap.label in text
        assert gap.reason in text
    assert all(assumption in text for assumption in result.assumptions)
    cited = {id_ for step in result.steps for id_ in step.sources} if not stopping else set()
    assert all(place.source(id_).title in text for id_ in cited)
    assert not any(name in text for name in NAMES)


def test_both_readings_of_a_rule_are_written_down_with_what_they_come_to(pack):
    bill, _, sheet = read(CONTENT / "cases" / "estimate" / "bj-ip-over-100000.yaml", pack)
    headings = [block.text for block in sheet.blocks if isinstance(block, Heading)]
    for outcome in bill.result.readings:
        amount = yuan(outcome.amounts["psn_cash_pay"])
        assert f"读法：{outcome.reading.label}，现金 {amount}" in headings


def test_the_bills_of_a_year_stand_in_a_table_with_their_sum_and_what_is_left(pack):
    second = msgspec.structs.replace(BEIJING_STAY, on=date(2026, 5, 18))
    bills = follow([BEIJING_STAY, second], pack)
    sheet = estimate_sheet(pack, pack.place("110000"), bills, bills[1], DAY)
    table = next(block for block in sheet.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == [
        "2026 年 3 月 2 日 住院", "2026 年 5 月 18 日 住院（本张）", "2 张合计"]
    own = [bill.result.amounts["psn_part_amt"] for bill in bills]
    assert [row[3] for row in table.rows] == [grouped(own[0]), grouped(own[1]), grouped(sum(own))]
    assert Heading("这些账单以后，今年还剩多少") in sheet.blocks
    left = bills[1].result.standing.left
    assert all(any(label == item.label for label, _ in amounts(sheet)) for item in left)


def test_a_figure_the_person_gave_is_named(pack):
    bill, place, _ = read(CONTENT / "cases" / "estimate" / "bj-ip-over-100000.yaml", pack)
    sheet = estimate_sheet(pack, place, [bill], bill, DAY, (("起付线", "¥800.00"),))
    assert "按您填的算：起付线 ¥800.00" in texts_of(sheet)


# --- slips ----------------------------------------------------------------------------------------------------


def checked_slip(pack, lines=SLIP, told: EstimateCase | None = BEIJING_STAY):
    form = next(form for form in pack.slip_forms if form.id == "beijing")
    slip = Slip(form.family, {line: Decimal(amount) for line, amount in lines.items()})
    return check(form, slip, Estimated(told, estimate(told, pack)) if told else None)


def test_a_slip_has_its_verdict_its_lines_and_the_cause(pack):
    checked = checked_slip(pack)
    findings = explain(BEIJING_STAY, checked.slip, pack)
    sheet = slip_sheet(checked, pack, pack.place("110000"), DAY, findings)
    assert_whole(sheet, pack, "北京市")
    answer = next(block for block in sheet.blocks if isinstance(block, Answer))
    assert answer.main == sum_up(checked, pack.words).headline
    table = next(block for block in sheet.blocks if isinstance(block, Table))
    assert ("起付金额", "1,300.00", "650.00", "+650.00") in table.rows
    text = plain_text(sheet)
    assert "如果这次住院是“今年第 1 次住院”，票据上的每一栏都对得上。" in text
    assert "如果这次住院是" in plain_text(brief(sheet, pack.words))


def test_a_slip_by_itself_has_its_sums_and_no_table(pack):
    checked = checked_slip(pack, {**SLIP, "psn_cash_pay": "2900"}, None)
    sheet = slip_sheet(checked, pack, pack.place("110000"), DAY)
    assert not any(isinstance(block, Table) for block in sheet.blocks)
    points = [point for block in sheet.blocks if isinstance(block, Points) for point in block.items]
    assert any(point.text.startswith("对不上，差 ¥36.50") for point in points)
    assert "最可能的原因" not in plain_text(sheet)


# --- sharing, channels, guides, what can be paid ------------------------------------------------------------------


@pytest.mark.parametrize("path", SHARINGS, ids=lambda path: path.stem)
def test_a_sharing_answer_has_its_verdict_every_sentence_and_the_button_names(pack, path):
    case = read_sharing_case(path)
    family = decide_all(case.pairs, pack)
    answer = set_up_sheet(family.rows[0].result, pack, case.purpose, family if case.more else None)
    sheet = sharing_sheet(answer, pack, DAY)
    assert_whole(sheet, pack, answer.place.name)
    text = plain_text(sheet)
    assert next(block for block in sheet.blocks if isinstance(block, Answer)).main == answer.headline
    for section in answer.sections:
        assert section.title in text
        assert all(said.claim.text in text for said in section.said)
        for _, binding in section.ways:
            assert binding.name in text
            assert all(step in text for step in binding.steps)
    urls = {binding.url for section in answer.sections for _, binding in section.ways if binding.url}
    assert urls == {block.url for block in sheet.blocks if isinstance(block, Address)}
    for _, cited in answer.cited():
        assert all(answer.place.source(id_).title in text for id_ in cited.sources)


@pytest.mark.parametrize("code", ["110000", "440100", "540000"])
def test_ways_to_ask_keep_their_order_and_steps(pack, code):
    place = pack.place(code)
    for need in pack.needs:
        result = look_up(place, need)
        sheet = channels_sheet(result, pack, place, DAY)
        assert_whole(sheet, pack, place.name)
        names = [block.text for block in sheet.blocks if isinstance(block, Heading)]
        assert len(names) == len(result.found or result.instead)
        assert all(name.startswith(item.channel.name) for name, item in zip(names, result.found, strict=False))
        if sheet.essential:
            short = brief(sheet, pack.words)
            assert [b.text for b in short.blocks if isinstance(b, Heading)] == names[:SUREST]
            assert all(name in plain_text(short) for name in names), "what is left out is named"


def test_a_number_that_is_printed_somewhere_is_named_in_a_sentence(pack):
    place, need = pack.place("110000"), next(need for need in pack.needs if need.id == "card-password")
    sheet = channels_sheet(look_up(place, need), pack, place, DAY)
    phones = [item.channel.phone for item in look_up(place, need).found
              if item.channel.phone and not item.channel.phone[0].isdigit()]
    assert phones
    assert all(f"电话号码：{phone}。" in texts_of(sheet) for phone in phones)


def test_ways_for_a_relative_say_whom_they_are_for(pack):
    place = pack.place("110000")
    sheet = channels_sheet(look_up(place, pack.needs[0], who="parent"), pack, place, DAY)
    assert pack.words("who.parent") in texts_of(sheet)


def test_where_nothing_at_hand_helps_the_other_ways_are_named(pack):
    place = pack.place("110000")
    need = next(need for need in pack.needs
                if not look_up(place, need, ("visit",)).found or not look_up(place, need, ("phone",)).found)
    means = ("visit",) if not look_up(place, need, ("visit",)).found else ("phone",)
    sheet = channels_sheet(look_up(place, need, means), pack, place, DAY)
    assert pack.words("channels.instead") in texts_of(sheet)
    assert any(isinstance(block, Heading) for block in sheet.blocks)


def test_every_guide_has_its_paragraphs_and_what_the_place_adds(pack):
    place = pack.place("110000")
    for guide in pack.guides.values():
        sheet = guide_sheet(guide, pack, place, DAY)
        assert_whole(sheet, pack, "北京市")
        text = plain_text(sheet)
        assert all(paragraph.text in text for paragraph in guide.paragraphs)
        notes = [note for layer in place.layers for note in pack.local_notes(layer) if note.guide == guide.id]
        assert all(note.text in text for note in notes)
        assert len(text_codes(plain_text(brief(sheet, pack.words)))) < len(text_codes(text))


def test_a_guide_without_a_place_speaks_for_the_nation(pack):
    guide = next(iter(pack.guides.values()))
    assert_whole(guide_sheet(guide, pack, pack.anywhere, DAY), pack, "全国")


def test_the_list_of_what_can_be_paid_has_an_answer_for_every_purse(pack):
    place = pack.place("110000")
    sheet = payable_sheet(pack, place, DAY)
    assert_whole(sheet, pack, "北京市")
    table = next(block for block in sheet.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == [item.label for item in pack.payable_items]
    for column, purse in enumerate(("pool", "own", "shared"), 1):
        known = {item.id: answer for item, _, answer in pack.payable_by(place, purse)}
        for item, row in zip(pack.payable_items, table.rows, strict=True):
            verdict = known[item.id].answer if item.id in known else "unknown"
            assert row[column].startswith(pack.words(f"payable.{verdict}"))


def test_a_pack_past_its_review_says_so_at_the_foot(pack):
    late = pack.info.review_by + timedelta(days=1)
    assert "复核" in payable_sheet(pack, pack.anywhere, late).footer.pack
    assert "复核" not in payable_sheet(pack, pack.anywhere, pack.info.review_by).footer.pack
