"""Letters, sounds and slips, each by itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao_desktop.pack.search_words import Saying
from yibao_desktop.paths import CONTENT, RESOURCES
from yibao_desktop.search.grams import Grams, longest_common, plain, units
from yibao_desktop.search.letters import Letters
from yibao_desktop.search.pinyin import Pinyin, alike
from yibao_desktop.search.typos import slips_to_beginning

TABLE = RESOURCES / "pinyin" / "readings.txt"
PINYIN = Pinyin(TABLE)
LETTERS = Letters(["医保卡丢了怎么看病", "医保钱包", "余额", "异地就医", "报销", "重庆", "长期备案"], PINYIN)


@pytest.mark.parametrize(("text", "spelled"), [
    ("医保", "yi bao"), ("重庆", "chong qing"), ("重要", "zhong yao"), ("长沙", "chang sha"), ("长期", "chang qi"),
    ("厦门", "xia men"), ("六安", "lu an"), ("六个", "liu ge"), ("报销", "bao xiao"), ("银行", "yin hang"),
    ("行动", "xing dong"), ("还款", "huan kuan"), ("绿", "lv"), ("A1", "A 1"),
])
def test_characters_are_read_as_in_their_word(text, spelled):
    assert " ".join(PINYIN.syllables(text)) == spelled


def test_every_character_of_the_pack_has_a_reading():
    used = {char for path in CONTENT.rglob("*.yaml") for char in path.read_text(encoding="utf-8")}
    unread = [char for char in used if re.match("[〇一-\u9fff]", char) and PINYIN.syllables(char)[0] == char]
    assert unread == [], "run packaging/make_pinyin.py"


def test_the_table_says_where_it_comes_from_and_its_licence_is_there():
    head = TABLE.read_text(encoding="utf-8").splitlines()[0]
    assert "pypinyin" in head
    assert "MIT" in head
    assert "MIT" in (RESOURCES / "licenses" / "MIT-pypinyin.txt").read_text(encoding="utf-8")


def test_pypinyin_is_not_needed_to_run():
    sources = "".join(path.read_text(encoding="utf-8") for path in (TABLE.parents[2] / "yibao_desktop").rglob("*.py"))
    assert "import pypinyin" not in sources
    assert "from pypinyin" not in sources


@pytest.mark.parametrize(("one", "other"), [("shi", "si"), ("zhang", "zan"), ("chen", "cheng"), ("nan", "lan")])
def test_sounds_that_many_do_not_keep_apart_are_alike(one, other):
    assert alike(one) == alike(other)
    assert alike(one) != alike("bao")


@pytest.mark.parametrize(("typed", "meant"), [
    ("yibaokadiule", "医保卡丢了"), ("yibaok", "医保卡"), ("ybkdl", "医保卡丢了"), ("yibaokdl", "医保卡丢了"),
    ("ybkadiu", "医保卡丢"), ("yue", "余额"), ("ydjy", "异地就医"), ("baoxiao", "报销"), ("cqba", "长期备案"),
    ("yidijuiyi", "异地就医"), ("yidijiuy", "异地就医"), ("yibaoqainbao", "医保钱包"), ("baoxiaoyue", "报销 余额"),
])
def test_letters_are_read_as_chinese(typed, meant):
    assert LETTERS.read(typed)[0] == meant


@pytest.mark.parametrize("typed", ["qqqq", "zzxxyy", "xyzxyzxyz"])
def test_letters_that_mean_nothing_are_read_as_nothing(typed):
    assert LETTERS.read(typed) == ()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=80))
def test_letters_of_any_kind_are_read_without_trouble(typed):
    assert LETTERS.read(typed) == LETTERS.read(typed)


@pytest.mark.parametrize(("typed", "meant", "slips"), [
    ("yibao", "yibaoka", 0), ("yiba", "yibaoka", 0), ("yiabo", "yibaoka", 1), ("ybao", "yibaoka", 1),
    ("yibbao", "yibaoka", 1), ("yixao", "yibaoka", 1), ("xyibaz", "yibaoka", 2), ("zzzzz", "yibaoka", None),
    ("", "a", 0),
])
def test_slips_of_the_finger_are_counted(typed, meant, slips):
    assert slips_to_beginning(typed, meant, 2) == slips


def test_a_text_is_compared_without_width_case_and_particles():
    assert plain("ＡＰＰ 卡里的钱呢？") == "app 卡里钱?"
    assert units("卡app12") == ["卡", "app12"]


def test_pieces_common_to_two_texts_are_as_long_as_may_be():
    assert longest_common("医保卡丢怎办", "医保卡丢看病怎办") == ["医保卡丢", "怎办"]
    assert longest_common("医", "医保") == []


GRAMS = Grams([Saying(say=("卡里的钱", "余下的"), mean=("余额",)), Saying(say=("医保卡", "没了"), mean=("社保卡",))],
              ["怎么", "请问"])


def test_words_with_a_meaning_may_overlap_but_not_lie_inside_each_other():
    assert list(GRAMS.meanings("医保卡里的钱")) == [("§1", "医保卡"), ("§0", "卡里的钱")]
    assert list(GRAMS.meanings("卡里钱")) == [("§0", "卡里钱")]


def test_what_is_left_of_a_word_without_its_particle_is_no_word():
    assert list(GRAMS.meanings("没有")) == []


def test_filler_is_left_out_unless_there_is_nothing_else():
    assert GRAMS.telling(plain("请问怎么查")) == ["查"]
    assert GRAMS.telling(plain("怎么")) == ["怎"]
