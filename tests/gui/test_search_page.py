"""The search as a person meets it: typed, spelled on the letter pad, opened, come back to, forgotten."""

from __future__ import annotations

import gc
import shutil

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from yibao_desktop.paths import CONTENT
from yibao_desktop.ui.pages.channels import ChannelsPage
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.pages.reading import ReadingPage
from yibao_desktop.ui.pages.search import SearchPage


def search(hand, typed: str) -> SearchPage:
    hand.press("open-search")
    hand.type(typed)
    page = hand.window.stack.currentWidget()
    assert isinstance(page, SearchPage)
    return page


def names(page: SearchPage) -> list[str]:
    return [card.objectName() for card in page.cards if card.isVisible()]


def test_letters_find_the_page_and_the_way_back_leads_to_the_search(hand):
    search(hand, "ybkdl")
    hand.press("hit-guide-lost-card")
    assert isinstance(hand.window.stack.currentWidget(), ReadingPage)
    assert "社保卡丢了" in hand.texts()
    assert "回到搜索" in hand.texts()
    hand.press(hand.window.stack.currentWidget().back_button)
    assert hand.find("search", QLineEdit).text() == "ybkdl"
    assert names(hand.window.stack.currentWidget())[0] == "hit-guide-lost-card"


def test_results_come_as_it_is_typed_and_say_why(hand):
    page = search(hand, "")
    assert "大家常问" in hand.texts()
    hand.type("卡丢")
    assert names(page)[0] == "hit-guide-lost-card"
    hand.type("了")
    assert names(page)[0] == "hit-guide-lost-card"
    assert "指南 · " in hand.texts()


def test_it_is_done_by_keyboard_alone(hand):
    hand.window.stack.currentWidget().search_button.setFocus()
    hand.key(Qt.Key.Key_Return)
    hand.type("ybkdl")
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Up)
    hand.key(Qt.Key.Key_Return)
    assert isinstance(hand.window.stack.currentWidget(), ReadingPage)
    hand.key(Qt.Key.Key_Escape)
    hand.key(Qt.Key.Key_Escape)
    assert hand.find("search", QLineEdit).text() == ""
    hand.key(Qt.Key.Key_Escape)
    assert isinstance(hand.window.stack.currentWidget(), HomePage)


def test_what_the_arrows_come_to_is_seen_whole(hand):
    search(hand, "yibao")
    for key in [Qt.Key.Key_Down] * 20 + [Qt.Key.Key_Up] * 3:
        hand.key(key)
        focused = hand.window.focusWidget()
        assert focused.visibleRegion().boundingRect() == focused.rect()
    assert isinstance(focused, QAbstractButton)


def test_enter_opens_the_first_page(hand):
    search(hand, "ybkdl")
    hand.key(Qt.Key.Key_Return)
    assert "社保卡丢了" in hand.texts()


def test_a_need_asks_for_the_place_first_and_then_shows_that_need(hand):
    search(hand, "个人账户还有多少钱")
    hand.press("hit-channel-need-balance")
    hand.press("region-110000")
    page = hand.window.stack.currentWidget()
    assert isinstance(page, ChannelsPage)
    assert page.need == "balance"
    hand.press(page.back_button)
    assert hand.find("search", QLineEdit).text() == "个人账户还有多少钱"


@pytest.mark.parametrize(("typed", "hit"), [
    ("起付线是什么意思", "hit-term-deductible"),
    ("假牙能刷医保吗", "hit-payable-dentures"),
    ("跨省共济全国都能用了", "hit-rumour-t07-nationwide"),
])
def test_an_entry_of_a_list_stands_first_on_its_page(hand, pack, typed, hit):
    page = search(hand, typed)
    assert hit in names(page)
    _, kind, id_ = hit.split("-", 2)
    lists = {"term": pack.glossary, "payable": pack.payable_items, "rumour": pack.rumours}
    entry = next(entry for entry in lists[kind] if entry.id == id_)
    wanted = getattr(entry, "term", None) or getattr(entry, "label", None) or entry.wrong
    hand.press(hit)
    texts = hand.texts()
    assert texts.index(wanted) < texts.index("同类的还有")


def test_a_place_alone_becomes_the_place_of_insurance(hand):
    search(hand, "xuzhou")
    hand.press("hit-place-320300")
    assert isinstance(hand.window.stack.currentWidget(), HomePage)
    assert "参保地：徐州" in hand.texts()


def test_a_place_beside_a_question_is_chosen_and_the_question_stays(hand):
    search(hand, "徐州个人账户还有多少钱")
    hand.press("hit-place-320300")
    assert "参保地：徐州" in hand.texts()
    assert hand.find("search", QLineEdit).text() == "徐州个人账户还有多少钱"


def test_another_place_searches_again_there(hand):
    search(hand, "ybkdl")
    hand.press("place")
    hand.press("region-310000")
    assert "参保地：上海" in hand.texts()
    assert hand.find("search", QLineEdit).text() == "ybkdl"


@pytest.mark.parametrize("typed", [
    "", "   ", "🙂🙂🙂", "医保" * 100, "医保卡丢了怎么办" * 40, "zzzzqqqq", "<b>卡</b>", "\u200b",
])
def test_whatever_is_typed_there_is_something_to_press(hand, typed):
    page = search(hand, typed)
    assert names(page)
    hand.press(page.cards[0])
    assert not isinstance(hand.window.stack.currentWidget(), SearchPage)


@pytest.mark.parametrize("size", [(1366, 768), (1080, 1920)])
@pytest.mark.parametrize("text_size", ["large", "xlarge"])
def test_a_kiosk_is_searched_with_letters_to_press(make_window, make_hand, theme, size, text_size):
    theme.set_text_size(text_size)
    hand = make_hand(make_window("kiosk", size))
    hand.press("open-search")
    for letter in "ybkdx":
        hand.press(f"key-{letter}")
    hand.press("key-delete")
    hand.press("key-l")
    assert hand.find("search", QLineEdit).text() == "ybkdl"
    assert hand.window.focusWidget() is hand.find("search", QLineEdit)
    hand.press("hit-guide-lost-card")
    hand.press(hand.window.stack.currentWidget().back_button)
    hand.press("key-clear")
    assert hand.find("search", QLineEdit).text() == ""


def test_a_kiosk_finds_a_place_with_letters_to_press(make_window, make_hand):
    hand = make_hand(make_window("kiosk"))
    hand.press("place")
    for letter in "dl":
        hand.press(f"key-{letter}")
    hand.press("region-210200")
    assert "参保地：大连" in hand.texts()


def test_where_there_are_keys_there_is_no_letter_pad(hand):
    search(hand, "")
    assert hand.window.findChildren(QWidget, "key-a") == []


def test_another_text_size_keeps_what_was_typed(hand):
    search(hand, "ybkdl")
    hand.press("text-size")
    assert hand.find("search", QLineEdit).text() == "ybkdl"


def test_ending_the_session_leaves_nothing_of_the_search(make_window, make_hand):
    hand = make_hand(make_window("kiosk"))
    search(hand, "cuiqiangzhende")
    hand.press("hit-guide-lost-card" if "hit-guide-lost-card" in names(hand.window.stack.currentWidget())
               else hand.window.stack.currentWidget().cards[0])
    hand.press("end-session")
    hand.press("open-search")
    assert hand.find("search", QLineEdit).text() == ""
    assert "cuiqiangzhende" not in hand.texts()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    left = [thing for thing in gc.get_objects() if isinstance(thing, (dict, list, tuple)) and _holds(thing)]
    assert left == []


def _holds(container: object) -> bool:
    inside = container.items() if isinstance(container, dict) else enumerate(container)
    return any(value == "cuiqiangzhende" or key == "cuiqiangzhende" for key, value in inside
               if isinstance(value, str) or isinstance(key, str))


def test_a_broken_file_is_told_in_a_sentence(make_window, make_hand, tmp_path):
    root = tmp_path / "pack"
    shutil.copytree(CONTENT, root)
    (root / "national" / "glossary.yaml").write_text("terms: [", encoding="utf-8")
    hand = make_hand(make_window(root=root))
    hand.press("open-search")
    assert "现在不能搜" in hand.texts()
    assert "glossary.yaml" in hand.texts()
    hand.press(hand.window.stack.currentWidget().back_button)
    assert isinstance(hand.window.stack.currentWidget(), HomePage)
