"""Every wizard from home to its result without a mouse: as it opens first, and at the largest text on two screens."""

from __future__ import annotations

import pytest
from audit import hidden
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from yibao_desktop.ui.pages.channels import ChannelsPage
from yibao_desktop.ui.pages.home import HomePage

Key, Alt = Qt.Key, Qt.KeyboardModifier.AltModifier


MOVES = {Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down}


class Keyboard:
    """Presses keys only, and sees after each where the focus is."""

    def __init__(self, hand) -> None:
        self._hand, self.window = hand, hand.window
        self.type, self.texts = hand.type, hand.texts

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        self._hand.key(key, modifier)
        QApplication.processEvents()
        focused = self.window.focusWidget()
        assert focused is not None, f"nothing has the focus after {key}"
        # A new page begins at its top; whoever moves on it sees where they are.
        if key in MOVES or modifier:
            assert hidden(focused) == "", focused.objectName()


@pytest.fixture(params=[("standard", (1280, 800)), ("xlarge", (1366, 768)), ("xlarge", (1080, 1920))],
                ids=["first", "lying", "upright"])
def hand(request, theme, make_window, make_hand):
    text_size, size = request.param
    theme.set_text_size(text_size)
    return Keyboard(make_hand(make_window(size=size)))


def page(hand):
    return hand.window.stack.currentWidget()


def tab_to(hand, name: str) -> None:
    for _ in range(80):
        focus = hand.window.focusWidget()
        if focus is not None and focus.objectName() == name:
            return
        hand.key(Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {name}")


def choose_place(hand, typed: str) -> None:
    tab_to(hand, "place")
    hand.key(Key.Key_Return)
    hand.type(typed)
    hand.key(Key.Key_Return)


def pick(hand, *numbers: int) -> None:
    """Alt with the number of the choice, then Enter."""
    for number in numbers:
        hand.key(Key(Key.Key_0 + number), Alt)
        hand.key(Key.Key_Return)


def test_sharing(hand):
    choose_place(hand, "bj")
    tab_to(hand, "job-sharing")
    hand.key(Key.Key_Return)
    pick(hand, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1)
    assert "可以办" in hand.texts()
    hand.key(Key.Key_Escape)
    assert page(hand).frame.session.current.id == "more"


def test_sharing_of_two_relatives(hand):
    choose_place(hand, "bj")
    tab_to(hand, "job-sharing")
    hand.key(Key.Key_Return)
    pick(hand, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 2, 7)
    assert "谁能给谁用" in hand.texts()
    hand.key(Key.Key_Escape)
    assert page(hand).frame.session.current.id == "relation"
    hand.key(Key.Key_Escape)
    assert page(hand).frame.session.current.id == "more"


def test_arrow_keys_move_between_choices_and_space_takes_one(hand):
    choose_place(hand, "bj")
    tab_to(hand, "job-sharing")
    hand.key(Key.Key_Return)
    pick(hand, 1)
    hand.key(Key.Key_Space)
    hand.key(Key.Key_Down)
    assert page(hand).frame.page.value() == "resident"
    hand.key(Key.Key_Return)
    assert "办不了" in hand.texts()


def test_bill_and_slip(hand):
    choose_place(hand, "bj")
    tab_to(hand, "job-bill")
    hand.key(Key.Key_Return)
    pick(hand, 1, 1, 1, 3)
    hand.key(Key.Key_Return)  # today
    if page(hand).frame.session.current.id == "aid":
        pick(hand, 1)
    assert page(hand).frame.session.current.id == "level"
    pick(hand, 2, 1, 1)
    hand.type("10000")
    hand.key(Key.Key_Return)
    pick(hand, 1)
    hand.key(Key.Key_Return)  # no accounts
    assert page(hand).findChild(QLabel, "cash").text() == "¥2,170.00"
    hand.key(Key.Key_Return)
    pick(hand, 2)
    for amount in ("10000", "7830", "0", "0", "2170"):
        hand.type(amount)
        hand.key(Key.Key_Tab)
    hand.key(Key.Key_Return)
    assert "票据自己加得起来，和估算也一致" in hand.texts()


def test_channels(hand):
    choose_place(hand, "dalian")
    tab_to(hand, "job-channels")
    hand.key(Key.Key_Return)
    assert isinstance(page(hand), ChannelsPage)
    tab_to(hand, "need-balance")
    for _ in range(8):
        if page(hand).need != "contributions":
            hand.key(Key.Key_Down)
    assert page(hand).need == "contributions"
    assert "缴费记录" in hand.texts()
    hand.key(Key.Key_Escape)
    assert isinstance(page(hand), HomePage)


def test_escape_on_the_first_question_goes_home(hand):
    choose_place(hand, "上海")
    tab_to(hand, "job-sharing")
    hand.key(Key.Key_Return)
    hand.key(Key.Key_Escape)
    assert isinstance(page(hand), HomePage)
