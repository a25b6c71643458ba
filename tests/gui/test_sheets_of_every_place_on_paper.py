"""In every province: what is taken along stands whole on A4 and on the strip, nothing cut, nothing over another."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage, QPainter

from yibao_desktop.channels.find import look_up
from yibao_desktop.pack.cases import Member, Payer, SharingCase, read_sharing_case
from yibao_desktop.pack.store import Pack
from yibao_desktop.paper.blocks import AmountRow, Amounts, Footer, Heading, Paragraph, Sheet, Table, texts_of
from yibao_desktop.paper.channels_sheet import channels_sheet
from yibao_desktop.paper.payable_sheet import payable_sheet
from yibao_desktop.paper.sharing_sheet import sharing_sheet
from yibao_desktop.paths import CONTENT
from yibao_desktop.sharing.answering import set_up_sheet
from yibao_desktop.sharing.decision import decide
from yibao_desktop.sharing.family import decide_all
from yibao_desktop.ui.output import document as layout
from yibao_desktop.ui.output.document import FORMS, Document
from yibao_desktop.ui.output.pieces import MM, Lines, Type

DAY = date(2026, 12, 1)
_IN_A_NUMBER = re.compile(r"[0-9¥−][0-9.,%]|[.,][0-9]")
FOOT = Footer("北京市", "内容包", "仅供参考")


@dataclass
class Line:
    """A line of text as it was drawn, in tenths of a millimetre."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


class Drawn:
    """What a document draws: lines page by page, and texts with how many of their lines were drawn."""

    def __init__(self, document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pages: list[list[Line]] = []
        self.broken: list[str] = []
        self._drawn: dict[int, tuple[Lines, set[int]]] = {}
        monkeypatch.setattr(Lines, "draw", lambda lines, _, x, y, first=0, count=None:
                            self._draw(lines, x, y, first, count))
        image = QImage(1, 1, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        for number in range(len(document.pages)):
            self.pages.append([])
            document.draw(painter, number)
        painter.end()
        monkeypatch.undo()

    @property
    def whole(self) -> set[str]:
        """Texts of which every line was drawn."""
        return {plain(lines._layout.text()) for lines, numbers in self._drawn.values()
                if numbers == set(range(len(lines.lines)))}

    def _draw(self, lines: Lines, x: float, y: float, first: int, count: int | None) -> None:
        kind, text = lines._kind, lines._layout.text()
        numbers = range(first, len(lines.lines) if count is None else first + count)
        # Kept, so that no other text gets the same id.
        self._drawn.setdefault(id(lines), (lines, set()))[1].update(numbers)
        for place, number in enumerate(numbers):
            line = lines.lines[number]
            shift = lines._width - line.naturalTextWidth() if lines._right else 0
            top = y + place * kind.step
            begins, ends = line.textStart(), line.textStart() + line.textLength()
            self.pages[-1].append(Line(x + shift, top, x + shift + line.naturalTextWidth(), top + kind.step,
                                       text[begins:ends]))
            if begins > 0 and "http" not in text and _IN_A_NUMBER.fullmatch(text[begins - 1:begins + 1]):
                self.broken.append(text)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def faults(sheet: Sheet, paper: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is wrong with a sheet on a kind of paper, in words."""
    document = Document(sheet, paper)
    drawn = Drawn(document, monkeypatch)
    margin = min(FORMS[paper].margin, 15) * MM
    width, height = document.size.width() * MM, document.size.height() * MM
    found = [f"a number is broken: {text}" for text in drawn.broken]
    for page in drawn.pages:
        found += [f"over the edge: {line.text}" for line in page
                  if line.left < margin - 1 or line.right > width - margin + 1
                  or line.top < margin - 1 or line.bottom > height - margin + 1]
        found += [f"{one.text} over {other.text}" for one, other in over_each_other(page)]
    found += [f"page {number} ends with what leads on" for number, page in enumerate(document.pages[:-1], 1)
              if page[-1][0].with_next]
    # On a strip each row of a table stands under its name, so that the head of the names is not needed.
    heads = {block.heads[0] for block in sheet.blocks if isinstance(block, Table)} if paper == "receipt" else set()
    found += [f"not on paper: {text}" for text in texts_of(sheet) if text not in drawn.whole | heads]
    return found


def over_each_other(page: list[Line]) -> Iterator[tuple[Line, Line]]:
    lines = sorted(page, key=lambda line: line.top)
    for number, one in enumerate(lines):
        for other in lines[number + 1:]:
            if other.top >= one.bottom - 1:
                break
            if one.left < other.right - 1 and other.left < one.right - 1:
                yield one, other


def sharing_in(code: str, pack: Pack, member_in: str = "same-province") -> Sheet:
    case = SharingCase(region=code, payer=Payer(scheme="employee", account="yes", insured="active"),
                       member=Member(relation="parent", scheme="resident", place=member_in, bound="no"))
    return sharing_sheet(set_up_sheet(decide(case, pack), pack), pack, DAY)


@pytest.fixture(scope="module")
def provinces(pack) -> list[str]:
    codes = [region.code for region in pack.regions.values() if region.province == region.code]
    assert len(codes) == 32
    return codes


@pytest.mark.parametrize("paper", FORMS)
def test_the_answer_about_sharing_of_every_province(pack, provinces, theme, monkeypatch, paper):
    for code in provinces:
        for member_in in ("same-province", "other-province"):
            assert faults(sharing_in(code, pack, member_in), paper, monkeypatch) == [], code


@pytest.mark.parametrize("paper", FORMS)
def test_the_table_of_several_in_every_province(pack, provinces, theme, monkeypatch, paper):
    several = read_sharing_case(CONTENT / "cases" / "sharing" / "s10-several.yaml")
    for code in provinces:
        family = decide_all(replace(several, region=code).pairs, pack)
        sheet = sharing_sheet(set_up_sheet(family.rows[0].result, pack, "visit", family), pack, DAY)
        # The table with what stands around it; the rest is the same as for one alone.
        assert faults(replace(sheet, blocks=sheet.blocks[:8]), paper, monkeypatch) == [], code


@pytest.mark.parametrize("paper", FORMS)
def test_the_ways_for_every_need_in_every_province(pack, provinces, theme, monkeypatch, paper):
    for code in provinces:
        place = pack.place(code)
        for need in pack.needs:
            sheet = channels_sheet(look_up(place, need), pack, place, DAY)
            assert faults(sheet, paper, monkeypatch) == [], (code, need.id)


@pytest.mark.parametrize("paper", FORMS)
def test_the_list_of_what_can_be_paid_in_every_province(pack, provinces, theme, monkeypatch, paper):
    for code in provinces:
        assert faults(payable_sheet(pack, pack.place(code), DAY), paper, monkeypatch) == [], code


def test_a_page_is_not_begun_for_next_to_nothing(pack, provinces, theme, monkeypatch):
    """Lines may come nearer together and print a little smaller for that, never under 14 points."""
    documents = [Document(sharing_in(code, pack), "a4") for code in provinces]
    monkeypatch.setattr(layout, "_NEXT_TO_NOTHING", 0)
    usual = [Document(sharing_in(code, pack), "a4") for code in provinces]
    saved = 0
    for document, plainly in zip(documents, usual, strict=True):
        assert document._setter._form.body >= 14
        if document._setter._form != FORMS["a4"]:
            assert len(document.pages) < len(plainly.pages), "narrower for nothing"
            saved += 1
    assert saved


@pytest.mark.parametrize(("paper", "block"), [
    ("a4", Table(("项目", "一", "二", "三", "四"), (("总费用", *["123,456,789.00 到 123,456,789.00"] * 4),))),
    ("receipt", Amounts((AmountRow("总费用", "123,456,789.00 到 123,456,789.00 到 123,456,789.00"),
                         AmountRow("总费用", "1" * 80)))),
])
def test_what_does_not_fit_is_seen(theme, monkeypatch, paper, block):
    assert faults(Sheet("题目", (Paragraph("一句话。"),), FOOT), paper, monkeypatch) == []
    assert faults(Sheet("题目", (block,), FOOT), paper, monkeypatch)


def test_a_cell_wider_than_the_strip_is_broken_into_lines(theme, monkeypatch):
    table = Table(("项目", "要准备的"), (("窗口", "出钱的人和家人的身份证、医保卡、户口本、结婚证、出生证"),))
    assert faults(Sheet("题目", (table,), FOOT), "receipt", monkeypatch) == []


def test_what_names_something_does_not_stand_at_the_foot_of_a_page(theme, monkeypatch):
    """Headings, names in bold, and what is said without who says it."""
    leading, last = ("标题", "名称", "说的话。"), set()
    part = (Heading("标题"), Paragraph("名称", strong=True), Paragraph("说的话。"),
            Paragraph("全国 · 官方原文", small=True))
    for before, shift in itertools.product(range(14, 20), range(10)):
        filler = (*[Paragraph("一句话。")] * before, *[Paragraph("一句话。", small=True)] * shift)
        sheet = Sheet("题目", (*filler, *part, *[Paragraph("还有。")] * 30), FOOT)
        for page in Drawn(Document(sheet, "a4"), monkeypatch).pages:
            last.add(next(line.text for line in reversed(page)
                          if line.text not in FOOT.lines and not line.text.startswith("第")))
    assert "一句话。" in last, "no page ended near"
    assert not last & set(leading)


def test_a_number_stays_with_what_it_counts(theme):
    lines = Lines("已经 2026 年 11 月 22 日，第 1 次", Type("Noto Sans SC", 15), 300)
    text = lines._layout.text()
    for line in lines.lines[1:]:
        assert text[line.textStart()] not in "年月日次·", text[line.textStart():]
