"""What this computer remembers: looks, place and window; asked for once; nothing on a kiosk, nothing of clients."""

from __future__ import annotations

import pytest

from yibao_desktop.memory import Kept, Memory
from yibao_desktop.settings import PROFILES
from yibao_desktop.ui.app import make_window as start
from yibao_desktop.ui.pages.first_run import FirstRunPage
from yibao_desktop.ui.pages.home import HomePage


@pytest.fixture
def file(tmp_path):
    return tmp_path / "settings.json"


@pytest.fixture
def open_window(qtbot, make_hand, theme, pack, file):
    def open_(profile: str = "desktop"):
        window = start(pack.root, theme, PROFILES[profile], Memory(file))
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        return make_hand(window)

    return open_


def test_the_first_start_asks_two_things_and_the_second_none(open_window, theme, file):
    hand = open_window()
    assert isinstance(hand.window.stack.currentWidget(), FirstRunPage)
    hand.press("size-large")
    assert theme.text_size == "large"
    hand.press("first-place")
    hand.press("region-110000")
    assert "北京市，换一个" in hand.texts()
    hand.press("start")
    assert isinstance(hand.window.stack.currentWidget(), HomePage)
    hand.window.close()
    assert Memory(file).kept == Kept("110000", "large", None, None, (1280, 800), True)
    hand = open_window()
    assert isinstance(hand.window.stack.currentWidget(), HomePage)
    assert "参保地：北京" in hand.texts()


def test_both_may_be_left_as_they_are(open_window, file):
    hand = open_window()
    hand.press("start")
    assert isinstance(hand.window.stack.currentWidget(), HomePage)
    assert Memory(file).kept == Kept(greeted=True)


def test_going_home_by_the_header_asks_again_next_time(open_window, file):
    hand = open_window()
    hand.press(hand.window.header.home_button)
    assert isinstance(hand.window.stack.currentWidget(), HomePage)
    assert not Memory(file).kept.greeted


def test_what_is_changed_later_is_remembered(open_window, theme, file):
    Memory(file).keep(greeted=True)
    hand = open_window()
    hand.press("colors")
    hand.press("text-size")
    hand.press("place")
    hand.press("region-310000")
    kept = Memory(file).kept
    assert (kept.colors, kept.text_size, kept.place) == ("dark", "large", "310000")
    theme.set_colors("light")


def test_a_worker_keeps_their_own_place_not_those_of_the_people_they_help(open_window, file):
    Memory(file).keep(greeted=True, place="110000")
    hand = open_window("staff")
    hand.press("place")
    hand.press("region-310000")
    assert "参保地：上海" in hand.texts()
    assert Memory(file).kept.place == "110000"
    hand.press("end-session")
    assert "参保地：北京" in hand.texts()


def test_a_place_the_pack_does_not_have_is_as_none(open_window, file):
    Memory(file).keep(greeted=True, place="999999")
    hand = open_window()
    assert "参保地：还没选" in hand.texts()


def test_a_kiosk_remembers_nothing():
    assert not PROFILES["kiosk"].remembers
