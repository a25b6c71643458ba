"""Real questions find the page that answers them; those that do not are printed."""

from __future__ import annotations

import pytest
from questions import asked_questions

from yibao_desktop.pack.reading import read_record
from yibao_desktop.pack.search_words import SearchCase
from yibao_desktop.paths import CONTENT
from yibao_desktop.search.trial import try_questions

FOLDER = CONTENT / "cases" / "search"
SEEDS = ("职工医保余额怎么用", "怎么看医保共济账户使用明细", "职工医保卡首次使用", "每年交的医保有什么用",
         "医院挂号能刷医保卡吗", "美团买药如何绑定医保卡", "浠水医保中心咨询电话", "陕西医保家庭共济开始时间怎么填")


def test_the_questions_are_many_and_the_titles_of_the_articles_are_among_them():
    asked = [question.asked for question in asked_questions(CONTENT, "questions")]
    assert len(asked) >= 120
    assert len(set(asked)) == len(asked)
    assert set(SEEDS) <= set(asked)


def test_no_question_is_both_tuned_with_and_held_out():
    tuned = {question.asked for question in asked_questions(CONTENT, "questions")}
    held_out = {question.asked for question in asked_questions(CONTENT, "held-out")}
    assert len(held_out) >= 100
    assert tuned & held_out == set()


@pytest.mark.parametrize(("name", "first", "first_three"), [("questions", 90, 98), ("held-out", 70, 85)])
def test_the_right_page_is_found(pack, name, first, first_three):
    case = read_record(FOLDER / f"{name}.yaml", SearchCase)
    trial = try_questions(pack, case.questions)
    print(f"{name}: {trial}")
    for miss in trial.misses:
        mark = "不在前三" if miss.far else "不是第一"
        print(f"  {mark}: {miss.asked} → {', '.join(miss.found)}；该是 {', '.join(miss.wanted)}")
    assert trial.asked == sum(len(question.asked) for question in case.questions)
    assert trial.first_in_hundred >= first
    assert trial.first_three_in_hundred >= first_three
    assert (case.first, case.first_three) == (first, first_three)


def test_few_questions_stand_word_for_word_among_the_words_of_the_search(pack):
    written = {asked for entry in pack.search_words.asked for asked in entry.asked}
    written |= {asked for guide in pack.guides.values() for asked in guide.asked}
    written |= {asked for item in pack.payable_items for asked in item.asked}
    held_out = [question.asked for question in asked_questions(CONTENT, "held-out")]
    assert sum(asked in written for asked in held_out) <= 2
    # The titles of the articles are the guides' own questions; what is left over has to be found by other words.
    tuned = [question.asked for question in asked_questions(CONTENT, "questions")]
    assert sum(asked in written for asked in tuned) < len(tuned) / 5
