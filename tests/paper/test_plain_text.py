"""A sheet as text: nothing is lost, no line is wider than the paper."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yibao_desktop.paper.blocks import (
    Address,
    AmountRow,
    Amounts,
    Answer,
    Blank,
    Facts,
    Footer,
    Heading,
    Paragraph,
    Point,
    Points,
    Sheet,
    Sources,
    Table,
)
from yibao_desktop.paper.plain_text import FEWEST_COLUMNS, RECEIPT_COLUMNS, plain_text, width, wrapped

SHEET = Sheet(
    "题目",
    (Answer("预计您自己付现金", "¥12.00", "因为"), Heading("谁付"),
     Amounts((AmountRow("统筹基金", "−88.00", "100.00 × 88%", "北京市 ①", "注"), AmountRow("现金", "12.00"))),
     Facts((("参保地", "北京市"),)), Table(("项目", "票据", "估算"), (("起付线", "1.00", "2.00"),)),
     Points((Point("先问", "再看"), Point("再办"))), Points((Point("带卡"),), numbered=False),
     Paragraph("一段"), Address("手机扫码打开", "https://a.gov.cn/b"), Blank("答复", 2), Sources("依据", ("① 甲",))),
    Footer("北京市", "内容包", "仅供参考"))


def test_every_kind_of_block_is_written_in_its_order():
    assert plain_text(SHEET) == """题目

预计您自己付现金
¥12.00
因为

【谁付】
统筹基金：−88.00
100.00 × 88%
北京市 ①
注
现金：12.00
参保地：北京市
起付线：票据 1.00，估算 2.00
1. 先问
再看
2. 再办
□ 带卡
一段
手机扫码打开：https://a.gov.cn/b

答复：
＿＿＿＿＿＿＿＿＿＿＿＿
＿＿＿＿＿＿＿＿＿＿＿＿

【依据】
① 甲

北京市
内容包
仅供参考"""


def test_a_chinese_character_takes_two_columns():
    assert width("医a①") == 5
    assert wrapped("医保报销估算", 8) == ["医保报销", "估算"]


def test_numbers_and_marks_stay_with_their_neighbours():
    assert wrapped("一共付了 12,345.67 元，其中", 16) == ["一共付了", "12,345.67 元，其", "中"]
    assert wrapped("他说“好”。再见", 8) == ["他说", "“好”。", "再见"]


def test_what_is_wider_than_the_paper_is_cut_somewhere():
    assert wrapped("https://a.gov.cn/0123456789", 10) == ["https://a.", "gov.cn/012", "3456789"]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))), st.integers(FEWEST_COLUMNS, RECEIPT_COLUMNS))
def test_no_line_is_wider_and_nothing_but_spaces_is_lost(line, columns):
    pieces = wrapped(line, columns)
    assert all(width(piece) <= columns for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(line.split())
