"""Every wizard from home to its result without a mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from yibao_desktop.ui.pages.channels import ChannelsPage
from yibao_desktop.ui.pages.home import HomePage

Key, Alt = Qt.Key, Qt.KeyboardModifier.AltModifier


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
    for _ in range(4):
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
