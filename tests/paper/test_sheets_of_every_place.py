"""In every province: what is taken along about sharing and about each need has no gap, and says who says a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from msgspec.structs import replace

from yibao_desktop.channels.find import look_up
from yibao_desktop.pack.cases import Member, Payer, SharingCase
from yibao_desktop.pack.store import Pack
from yibao_desktop.paper.blocks import (
    Answer,
    Block,
    Footer,
    Heading,
    Paragraph,
    Point,
    Points,
    Sheet,
    Sources,
    texts_of,
)
from yibao_desktop.paper.brief import brief
from yibao_desktop.paper.channels_sheet import channels_sheet
from yibao_desktop.paper.payable_sheet import payable_sheet
from yibao_desktop.paper.plain_text import plain_text
from yibao_desktop.paper.sharing_sheet import sharing_sheet
from yibao_desktop.paper.text_codes import joined, text_codes
from yibao_desktop.paths import CONTENT
from yibao_desktop.sharing import sheet as sharing
from yibao_desktop.sharing.answering import Answering, set_up_sheet
from yibao_desktop.sharing.decision import decide

PACK = Pack(CONTENT)
PROVINCES = [region.code for region in PACK.regions.values() if region.province == region.code]
DAY = date(2026, 12, 1)
ANSWERS = ("can", "cannot", "other-province", "failure", "undo")
_PAYER = Payer(scheme="employee", account="yes", insured="active")
_MEMBER = Member(relation="parent", scheme="resident", place="same-province", bound="no")
_LEFT_OVER = re.compile(r"None|[{}]|（）|“”|\(\)|  |。。|，，|；。|：。|，。|、。|[（“：、，]$", re.MULTILINE)
"""What stands in a text where something that belonged there is missing."""


def answer_in(code: str, what: str) -> sharing.Sheet:
    """Return an answer about sharing as the wizard gives it."""
    case = SharingCase(region=code, payer=_PAYER, member=_MEMBER)
    if what == "cannot":
        case = replace(case, payer=replace(_PAYER, scheme="resident"))
    elif what == "other-province":
        case = replace(case, member=replace(_MEMBER, place="other-province"))
    elif what in ("failure", "undo"):
        answers = {"want": "broken"} if what == "failure" else {"want": "undo", "undo_what": "sharing"}
        return Answering(PACK, PACK.place(code), PACK.flow("sharing")).sheet(answers)
    return set_up_sheet(decide(case, PACK), PACK)


def channels_in(code: str) -> Iterator[Sheet]:
    place = PACK.place(code)
    for need in PACK.needs:
        yield channels_sheet(look_up(place, need), PACK, place, DAY)


def gaps(sheet: Sheet) -> list[str]:
    """Return what is missing on a sheet, in words."""
    found = [f"left over: {hit!r}" for text in (*texts_of(sheet), plain_text(sheet))
             for hit in _LEFT_OVER.findall(text)]
    found += [f"nothing under {block.text}" for block, below in pairwise((*sheet.blocks, Heading("end")))
              if isinstance(block, Heading) and isinstance(below, Heading | Sources)]
    found += [f"an empty {type(block).__name__}" for block in sheet.blocks if not any(map(str.strip, texts_of(block)))]
    sources = [block for block in sheet.blocks if isinstance(block, Sources)]
    if not sources or not sources[0].lines:
        found.append("no sources")
    for line in (line for block in sources for line in block.lines):
        if not re.search(r" · ((19|20)\d\d(-\d\d){0,2}( 至 20\d\d)?|未标日期) · ", line):
            found.append(f"no date of {line}")
    foot = sheet.footer
    for what, where in (("参保地：", foot.made), ("2026 年 12 月 1 日", foot.made), (PACK.info.version, foot.pack),
                        ("12393", foot.caution)):
        if what not in where:
            found.append(f"no {what} at the foot")
    return found


def spoken_for(blocks: tuple[Block, ...], begins: int) -> str:
    """Return the line below a statement that says who says it."""
    for block in blocks[begins + 1:]:
        if isinstance(block, Heading | Sources):
            break
        if isinstance(block, Paragraph) and block.small:
            return block.text
    return ""


def statement_places(sheet: Sheet, text: str) -> list[int]:
    """Return where a text stands on a sheet as a statement of its own."""
    return [number for number, block in enumerate(sheet.blocks)
            if (isinstance(block, Paragraph | Heading) and block.text == text)
            or (isinstance(block, Answer) and block.text == text)
            or (isinstance(block, Points) and text in [point.text for point in block.items])]


def unlabelled(sheet: Sheet, answer: sharing.Sheet) -> list[str]:
    """Return statements under which no line names the level that says them."""
    said = [(answer.lead.layer, answer.lead.claim.text)]
    for section in answer.sections:
        said += [(item.layer, item.claim.text) for item in section.said]
        said += [(item.layer, step) for item in section.mends for step in item.claim.mend[:1]]
        said += [(layer, binding.name) for layer, binding in section.ways]
    found = [text for layer, text in said
             if not any(spoken_for(sheet.blocks, place).startswith(f"{layer.name} · ")
                        for place in statement_places(sheet, text))]
    for section in answer.sections:
        for item, layer, payable in section.payable:
            says = f"{PACK.words(f'payable.{payable.answer}')}（{layer.name}，"
            if not any(text.startswith(says) and item.label in text for text in texts_of(sheet)):
                found.append(item.label)
    return found


def test_every_province_is_looked_at():
    assert len(PROVINCES) == 32
    assert "660000" in PROVINCES


@pytest.mark.parametrize("what", ANSWERS)
@pytest.mark.parametrize("code", PROVINCES)
def test_an_answer_about_sharing_has_no_gap_and_says_who_says_it(code, what):
    answer = answer_in(code, what)
    sheet = sharing_sheet(answer, PACK, DAY)
    assert gaps(sheet) == []
    assert unlabelled(sheet, answer) == []
    short = brief(sheet, PACK.words)
    ways = {binding.name for section in answer.sections for _, binding in section.ways}
    assert any(isinstance(block, Points) or (isinstance(block, Paragraph) and block.text in ways)
               for block in short.blocks), "what to do belongs to the gist"
    for text in (plain_text(sheet), plain_text(short)):
        assert joined([code.content for code in text_codes(text)]) == text


@pytest.mark.parametrize("code", PROVINCES)
def test_the_ways_for_every_need_have_no_gap_and_say_who_says_them(code):
    place = PACK.place(code)
    for need, sheet in zip(PACK.needs, channels_in(code), strict=True):
        assert gaps(sheet) == [], need.id
        ways = look_up(place, need).found
        assert ways, need.id
        heads = [number for number, block in enumerate(sheet.blocks) if isinstance(block, Heading)]
        for found, head in zip(ways, heads, strict=True):
            assert sheet.blocks[head].text.startswith(found.channel.name)
            assert spoken_for(sheet.blocks, head).startswith(f"{found.layer.name} · "), (need.id, found.channel.id)
            assert found.answer.checked.isoformat() in spoken_for(sheet.blocks, head)


@pytest.mark.parametrize("code", PROVINCES)
def test_the_list_of_what_can_be_paid_has_no_gap_and_names_the_place_of_what_is_said_there(code):
    place = PACK.place(code)
    sheet = payable_sheet(PACK, place, DAY)
    assert gaps(sheet) == []
    rows = {row[0]: row[1:] for block in sheet.blocks for row in getattr(block, "rows", ())}
    for column, purse in enumerate(("pool", "own", "shared")):
        for item, layer, _ in PACK.payable_by(place, purse):
            assert rows[item.label][column].endswith(f"（{layer.name}）") == (layer is not PACK.nation)


# --- that a fault would be seen ---------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [
    Heading("空的"), Paragraph(" "), Paragraph("None"), Paragraph("在{place}办"), Paragraph("可以问："),
    Paragraph("到（）办"), Points((Point("先问。。"),)), Sources("依据", ("① 某处 · 某局",)),
])
def test_a_gap_is_seen(fault):
    sheet = next(channels_in("110000"))
    assert gaps(sheet) == []
    assert gaps(replace(sheet, blocks=(*sheet.blocks[:-1], fault, sheet.blocks[-1])))


def test_a_sheet_without_a_foot_or_sources_is_seen():
    sheet = next(channels_in("110000"))
    assert len(gaps(replace(sheet, footer=Footer("某处", "内容包", "仅供参考")))) == 4
    assert "no sources" in gaps(replace(sheet, blocks=sheet.blocks[:-1]))


def test_a_statement_under_another_name_is_seen():
    answer = answer_in("370000", "can")
    sheet = sharing_sheet(answer, PACK, DAY)
    renamed = tuple(replace(block, text=block.text.replace("全国 · ", "山东省 · ").replace("（全国，", "（山东省，"))
                    if isinstance(block, Paragraph) else block for block in sheet.blocks)
    assert len(unlabelled(replace(sheet, blocks=renamed), answer)) > 10
