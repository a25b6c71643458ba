"""What is said for what is written."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao_desktop.money import grouped, plain, yuan
from yibao_desktop.speech.numbers import digit_by_digit, money, number, whole
from yibao_desktop.speech.text import AMOUNT_ALONE, AMOUNT_WITHIN, has_amounts, sentences


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("¥52,640.00", "五万二千六百四十元"),
        ("您付 ¥12.05", "您付十二元零五分"),
        ("¥0.30", "三角"),
        ("¥0.00", "零元"),
        ("−¥3.45", "负三元四角五分"),
        ("¥1,000.00 ~ ¥2,000.50", "一千元到二千元五角"),
        ("起付线1300元", "起付线一千三百元"),
        ("100–200 元", "一百元到二百元"),
        ("3～5 万元", "三万元到五万元"),
        ("超过 10 万元的部分", "超过十万元的部分"),
        ("100 元/月", "一百元每月"),
        ("(52,640.00 − 2,420.00) × 85%", "五万二千六百四十元减二千四百二十元，乘百分之八十五"),
        ("基金付 85%", "基金付百分之八十五"),
        ("85.5%", "百分之八十五点五"),
        ("60%–70%", "百分之六十到百分之七十"),
        ("请拨打 12393", "请拨打幺二三九三"),
        ("拨打120", "拨打幺二零"),
        ("010-12345678", "零幺零，幺二三四五六七八"),
        ("2026年3月2日", "二零二六年三月二日"),
        ("2026-03-02 核对", "二零二六年三月二日核对"),
        ("满 15 年", "满十五年"),
        ("京医保发〔2025〕12 号", "京医保发，二零二五，十二号"),
        ("周一至周五 8:30-17:00", "周一至周五八点三十分到十七点"),
        ("第 1 步，共 10 步", "第一步，共十步"),
        ("2 种办法", "两种办法"),
        ("2 月 2 日", "二月二日"),
        ("10005 人", "一万零五人"),
        ("30-40 岁", "三十到四十岁"),
        ("《办法》[1]①", "办法"),
        ("基金付（不含自费）的部分", "基金付，不含自费，的部分"),
        ("同一个省（区、市）参保", "同一个省参保"),
        ("打开 https://www.nhsa.gov.cn/a?b=1，点“查询”", "打开，点查询"),
        ("网站 nhsa.gov.cn 上查", "网站上查"),
        ("十二元月", "十二元月"),
    ],
)
def test_said_as_people_say_it(written, said):
    assert sentences([written], amounts=True) == [said]


def test_one_sentence_after_another_in_reading_order():
    page = ["可以办", "您可以办。先问一句！", "①", "打开小程序，点“服务”。", "②", "提交", "✓", "", "https://a.gov.cn/b"]
    assert sentences(page) == ["可以办", "您可以办。", "先问一句！", "第一，打开小程序，点服务。", "第二，提交"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("您自己大约付 ¥2,936.50", f"您自己大约付{AMOUNT_WITHIN}"),
        ("¥1,000.00 ~ ¥2,000.00", AMOUNT_ALONE),
        ("2,936.50", AMOUNT_ALONE),
        ("（28,700.00 × 85%）", f"{AMOUNT_WITHIN}乘百分之八十五"),
        ("每月 200 元，两千多元封顶，报 85%", f"每月{AMOUNT_WITHIN}，{AMOUNT_WITHIN}封顶，报百分之八十五"),
    ],
)
def test_amounts_are_not_said_unless_asked_for(written, said):
    assert has_amounts([written])
    assert sentences([written]) == [said]


def test_a_column_of_amounts_points_to_the_screen_once():
    page = ["总费用", "¥8,640.00", "基金支付", "¥5,703.50"]
    assert sentences(page) == ["总费用", AMOUNT_ALONE, "基金支付"]
    assert sentences(page, amounts=True) == ["总费用", "八千六百四十元", "基金支付", "五千七百零三元五角"]


@pytest.mark.parametrize("written", ["拨打 12393", "2026 年 3 月 2 日", "报 85%", "满 15 年", "元旦放假", "单元"])
def test_other_numbers_are_no_amounts(written):
    assert not has_amounts([written])


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "零"), (10, "十"), (15, "十五"), (20, "二十"), (110, "一百一十"), (101, "一百零一"), (1001, "一千零一"),
     (10_000, "一万"), (10_010, "一万零一十"), (100_000, "十万"), (110_000, "十一万"), (1_000_001, "一百万零一"),
     (100_010_000, "一亿零一万"), (99_999_999, "九千九百九十九万九千九百九十九")],
)
def test_whole_numbers(value, said):
    assert whole(value) == said


def heard(said: str) -> int:
    """Understand a whole number the way a listener does: a second, independent way to count."""
    total = group = digit = 0
    for character in said:
        if character in "零一二三四五六七八九":
            digit = "零一二三四五六七八九".index(character)
        elif character in "十百千":
            group += (digit or 1) * 10 ** ("十百千".index(character) + 1)
            digit = 0
        else:
            total, group, digit = total + (group + digit) * (10_000 if character == "万" else 10 ** 8), 0, 0
    return total + group + digit


@given(st.integers(0, 99_999_999))
def test_a_listener_understands_the_number_that_is_written(value):
    assert heard(whole(value)) == value


@given(st.decimals(0, 99_999_999, places=2))
def test_a_listener_understands_the_amount_that_is_written(amount):
    said = money(amount)
    assert sentences([yuan(amount)], amounts=True) == [said]
    match = re.fullmatch(r"(?:(.+)元)?零?(?:(.)角)?(?:(.)分)?", said)
    assert match is not None
    yuan_, jiao, cents = (heard(part or "零") for part in match.groups())
    assert Decimal(yuan_) + Decimal(jiao) / 10 + Decimal(cents) / 100 == amount


@given(st.decimals(0, 99_999_999, places=2), st.sampled_from([yuan, grouped, plain, lambda amount: f"{amount} 元"]),
       st.sampled_from(["", "您付 ", "应付（", "−"]), st.sampled_from(["", "。", "）", " × 85%", "，余额 ¥3.00"]))
def test_no_digit_of_an_amount_is_heard_unless_asked_for(amount, write, before, after):
    said = "".join(sentences([before + write(amount) + after])).replace("百分之八十五", "")
    assert not re.search(r"[0-9零一二三四五六七八九]", said)


def test_digits_one_by_one():
    assert digit_by_digit("12393", phone=True) == "幺二三九三"
    assert digit_by_digit("2026") == "二零二六"
    assert number("1,234.50") == "一千二百三十四点五零"
