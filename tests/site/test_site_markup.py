"""Every kind of block as HTML: its words in order, escaped, and readable without a picture."""

from __future__ import annotations

from xml.etree import ElementTree

from reading_pages import bare, classes, words

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
    texts_of,
)
from yibao_desktop.site.markup import sheet_body

FOOT = Footer("", "", "")


def shown(*blocks):
    return ElementTree.fromstring(f"<div>{sheet_body(Sheet('题目', blocks, FOOT), 3)}</div>")


def test_every_block_shows_its_words_in_order():
    page = shown(
        Heading("一"), Paragraph("二"), Paragraph("三", small=True), Answer("四", "五", "六"),
        Facts((("七", "八"),)), Amounts((AmountRow("九", "10.00", "十", "十一", "十二"),)),
        Table(("甲", "乙"), (("丙", "1.00"),)), Points((Point("丁", "戊"), Point("己"))),
        Points((Point("庚"),), numbered=False), Blank("辛", 2), Address("壬", "https://www.nhsa.gov.cn"),
        Sources("癸", ("① 通知 · 医保局 · https://www.nhsa.gov.cn/a",)))
    assert words(page) == bare(
        "一二三四五六七八九十十一十二10.00甲乙丙1.00丁戊己□庚辛：壬：https://www.nhsa.gov.cn癸①通知·医保局·"
        "https://www.nhsa.gov.cn/a")
    assert [element.tag for element in page.iter() if element.tag.startswith("h")] == ["h3", "h3"]
    assert len(page.findall("p[@class='blank']")) == 2


def test_an_answer_shows_only_what_it_has():
    assert [classes(line) for line in shown(Answer("", "可以"))[0]] == [["main"]]


def test_names_of_rows_and_columns_are_heads():
    table = shown(Table(("甲", "乙"), (("丙", "1.00"),)))[0]
    assert [head.get("scope") for head in table.iter("th")] == ["col", "col", "row"]


def test_signs_of_the_markup_are_words_here():
    nasty = "<script>alert('1')</script> & \"x\" ]]>"
    blocks = (Heading(nasty), Paragraph(nasty), Facts(((nasty, nasty),)), Points((Point(nasty, nasty),)),
              Sources(nasty, (nasty,)), Address(nasty, nasty), Table((nasty,), ((nasty,),)), Blank(nasty),
              Answer(nasty, nasty, nasty), Amounts((AmountRow(nasty, nasty, nasty),)))
    page = shown(*blocks)
    assert not list(page.iter("script"))
    assert "".join(page.itertext()).count(nasty) == len(texts_of(blocks))


def test_only_addresses_of_the_web_are_links():
    page = shown(Address("去", "javascript:alert(1)"), Sources("依据", ("① 甲 · javascript:alert(1)", "② 乙",
                                                                   "③ 丙 · 2024 · https://a.gov.cn/?x=1&y=2")))
    assert [link.get("href") for link in page.iter("a")] == ["https://a.gov.cn/?x=1&y=2"]
