"""Help where it is needed: terms and sources a tap away, how to report, the help sheet, every key it lists."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from yibao_desktop.ui import tour
from yibao_desktop.ui.output.take_away import TakeAwayPage
from yibao_desktop.ui.pages.channels import ChannelsPage
from yibao_desktop.ui.pages.help import KEYS, HelpPage
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.pages.region import RegionPage
from yibao_desktop.ui.pages.search import SearchPage
from yibao_desktop.ui.wizard.bill import BillWizard
from yibao_desktop.ui.wizard.sharing import SharingWizard

CTRL = Qt.KeyboardModifier.ControlModifier


def show(hand, stop: str) -> None:
    next(each for each in tour.stops() if each.id == stop).show(hand.window)
    tour.settle(hand.window, scrolled=False)


def test_a_term_is_explained_where_it_is_met_and_folds_away(hand, pack):
    show(hand, "bill-scheme")
    term = next(term for term in pack.glossary if term.term == "职工医保")
    assert term.text not in hand.texts()
    hand.press(f"term-{term.id}")
    assert term.text in hand.texts()
    hand.press(f"term-{term.id}")
    assert term.text not in hand.texts()


@pytest.mark.parametrize("stop", ["sharing-yes", "bill-result", "guide", "slip-result"])
def test_every_kind_of_page_explains_its_terms(hand, stop):
    show(hand, stop)
    terms = [button for button in hand.window.findChildren(QAbstractButton)
             if button.isVisible() and button.objectName().startswith("term-")]
    assert terms
    hand.press(terms[0])
    assert terms[0].isChecked()


@pytest.mark.parametrize("stop", ["sharing-yes", "sharing-far", "channels", "guide"])
def test_a_tapped_source_shows_publisher_date_and_grade(hand, stop, pack):
    show(hand, stop)
    line = next(button for button in hand.window.findChildren(QAbstractButton, "source-line") if button.isVisible())
    before = Counter(hand.texts().split("\n"))
    hand.press(line)
    new = Counter(hand.texts().split("\n")) - before
    grades = [text for _, text in pack.words.starting_with("confidence")]
    full = [text for text in new if text.startswith("①") and text.count(" · ") >= 3]
    assert any(grade in text for text in full for grade in grades)


def test_the_foot_says_how_to_report_what_is_wrong(hand, pack):
    show(hand, "guide")
    assert pack.info.version not in "".join(text for text in hand.texts().split("\n") if "转给维护" in text)
    hand.press("report")
    assert f"内容包版本 {pack.info.version}" in hand.texts()


def test_f1_and_the_button_show_the_help_sheet(hand):
    hand.key(Qt.Key.Key_F1)
    assert isinstance(hand.window.stack.currentWidget(), HelpPage)
    for key, _ in KEYS:
        assert key in hand.texts()
    hand.key(Qt.Key.Key_Escape)
    assert isinstance(hand.window.stack.currentWidget(), HomePage)
    hand.press("help")
    assert isinstance(hand.window.stack.currentWidget(), HelpPage)


def test_a_kiosk_has_no_keys_to_tell_of(make_window, make_hand):
    hand = make_hand(make_window("kiosk"))
    hand.press("help")
    assert "Ctrl" not in hand.texts()


def test_only_a_worker_is_told_of_the_key_for_the_next_person(make_window, make_hand):
    told = {}
    for profile in ("desktop", "staff"):
        hand = make_hand(make_window(profile))
        hand.press("help")
        told[profile] = "F9" in hand.texts()
        assert "Ctrl+Alt+Q" not in hand.texts(), "no station, no page for its staff"
        hand.window.close()
    assert told == {"desktop": False, "staff": True}


@pytest.mark.parametrize(("key", "page"), [
    (Qt.Key.Key_F2, SharingWizard), (Qt.Key.Key_F3, BillWizard), (Qt.Key.Key_F4, ChannelsPage),
])
def test_three_keys_open_the_jobs(hand, key, page):
    hand.window.set_place("110000")
    hand.key(key)
    assert isinstance(hand.window.stack.currentWidget(), page)


def test_the_other_keys_do_what_the_sheet_says(hand, theme):
    hand.window.set_place("110000")
    hand.key(Qt.Key.Key_F, CTRL)
    assert isinstance(hand.window.stack.currentWidget(), SearchPage)
    hand.key(Qt.Key.Key_L, CTRL)
    assert isinstance(hand.window.stack.currentWidget(), RegionPage)
    hand.key(Qt.Key.Key_Plus, CTRL)
    assert theme.text_size == "large"
    hand.key(Qt.Key.Key_Minus, CTRL)
    hand.key(Qt.Key.Key_Minus, CTRL)
    assert theme.text_size == "standard"
    hand.key(Qt.Key.Key_D, CTRL)
    assert theme.colors == "dark"
    show(hand, "guide")
    hand.key(Qt.Key.Key_P, CTRL)
    assert isinstance(hand.window.stack.currentWidget(), TakeAwayPage)
