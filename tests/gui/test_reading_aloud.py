"""Reading a page aloud: the button, the first touch that ends it, amounts only when asked for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from yibao_desktop.ui.reading_aloud import pieces_of
from yibao_desktop.ui.tour import stops
from yibao_desktop.ui.voice import Voice


class FakeVoice(Voice):
    """A voice whose engine is this test: it keeps what it was asked for and says what the test makes it say."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[dict[str, object]] = []

    def _send(self, asked):
        self.asked.append(asked)

    def tell(self, **told):
        self._take(told)

    def finds(self, name="普通话"):
        self.tell(voice=name, missing="" if name else "voice")

    def ends(self):
        self.tell(ended=self._number)

    @property
    def said(self) -> str:
        """What the engine was last asked to say; nothing after it was told to stop."""
        return "\n".join(self.asked[-1].get("say", ())) if self.asked else ""


@pytest.fixture
def voice() -> FakeVoice:
    return FakeVoice()


@pytest.fixture
def make(make_window, make_hand, voice):
    return lambda profile="desktop", size=(1280, 800): make_hand(make_window(profile, size, voice=voice))


@pytest.fixture
def hand(make, voice):
    hand = make()
    voice.finds()
    return hand


def read_aloud_buttons(hand):
    return [button for button in hand.window.findChildren(type(hand.window.header.home_button), "read-aloud")
            if button.isVisible()]


def offers(hand):
    return [button for button in hand.window.findChildren(type(hand.window.header.home_button), "read-amounts")
            if button.isVisible()]


def test_without_a_chinese_voice_there_is_no_button_and_the_status_says_why(make, voice):
    hand = make()
    assert not read_aloud_buttons(hand)
    voice.finds("")
    assert not read_aloud_buttons(hand)
    hand.press("sources")
    assert "系统里没有中文语音" in hand.find("voice-status", QLabel).text()


@pytest.mark.parametrize(
    ("missing", "words"), [("module", "没有装朗读组件"), ("engine", "没有语音引擎"), ("something new", "出错了")]
)
def test_the_status_names_what_is_missing(make, voice, missing, words):
    hand = make()
    hand.press("sources")
    assert "正在看" in hand.find("voice-status", QLabel).text()
    voice.tell(voice="", missing=missing)
    assert words in hand.find("voice-status", QLabel).text()


def test_the_status_names_the_voice(hand):
    hand.press("sources")
    assert "可以用，语音是 普通话" in hand.find("voice-status", QLabel).text()


def test_a_page_is_read_in_order_and_again_at_a_second_press(hand, voice):
    hand.press("read-aloud")
    first = voice.said
    assert first.index("您想办什么？") < first.index("家庭共济怎么办") < first.index("大家常问")
    assert hand.find("read-aloud").text() == "停止"
    voice.ends()
    assert hand.find("read-aloud").text() == "朗读"
    hand.press("read-aloud")
    assert voice.said == first
    assert voice.state == "speaking"


def test_pressing_stop_stops_and_does_not_begin_anew(hand, voice):
    hand.press("read-aloud")
    hand.press("read-aloud")
    assert voice.asked[-1] == {"stop": True}
    assert voice.state == "ready"


def test_the_button_works_with_the_keyboard(hand, voice):
    hand.find("read-aloud").setFocus()
    hand.key(Qt.Key.Key_Return)
    assert voice.state == "speaking"
    hand.key(Qt.Key.Key_Space)
    assert voice.state == "ready"


def test_any_touch_is_silence(qtbot, hand, voice):
    hand.press("read-aloud")
    title = next(label for label in hand.window.findChildren(QLabel) if label.text() == "大家常问")
    qtbot.mouseClick(title, Qt.MouseButton.LeftButton)
    assert voice.asked[-1] == {"stop": True}
    assert voice.state == "ready"


def test_a_key_is_silence(hand, voice):
    hand.press("read-aloud")
    hand.window.stack.currentWidget().first_control().setFocus()
    hand.key(Qt.Key.Key_Shift)
    assert voice.asked[-1] == {"stop": True}


def test_the_wheel_is_silence(hand, voice):
    hand.press("read-aloud")
    middle = QPointF(200, 200)
    wheel = QWheelEvent(middle, middle, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(hand.window.stack.currentWidget(), wheel)
    assert voice.asked[-1] == {"stop": True}


def test_a_word_from_an_input_method_is_silence_and_arrives(hand, voice):
    hand.press("open-search")
    hand.press("read-aloud")
    edit = next(edit for edit in hand.window.findChildren(QLineEdit) if edit.isVisible())
    edit.setFocus()
    hand.type("共济")
    assert voice.asked[-1] == {"stop": True}
    assert edit.text() == "共济"


def test_a_finger_on_the_screen_is_silence(hand, voice):
    finger = QTest.createTouchDevice()
    hand.press("read-aloud")
    page = hand.window.stack.currentWidget()
    QTest.touchEvent(page, finger).press(0, QPoint(200, 200), page).commit()
    assert voice.asked[-1] == {"stop": True}
    QTest.touchEvent(page, finger).release(0, QPoint(200, 200), page).commit()


def test_another_page_empties_the_queue(hand, voice):
    hand.press("read-aloud")
    hand.window.show_sources()
    assert voice.asked[-1] == {"stop": True}
    assert voice.state == "ready"


def test_ending_a_session_empties_the_queue_and_takes_the_offer_away(make, voice, theme):
    theme.set_text_size("large")
    hand = make("kiosk", (1080, 1920))
    voice.finds()
    open_estimate(hand)
    hand.press("read-aloud")
    assert offers(hand)
    hand.press("end-session")
    assert voice.asked[-1] == {"stop": True}
    assert voice.state == "ready"
    assert not offers(hand)


def open_estimate(hand):
    stop = next(stop for stop in stops() if stop.id == "bill-result")
    stop.show(hand.window)


def test_amounts_are_read_only_when_asked_for(hand, voice):
    open_estimate(hand)
    hand.press("read-aloud")
    assert "总费用" in voice.said
    assert "金额请看屏幕" in voice.said
    assert "五万二千六百四十元" not in voice.said
    assert "旁边的人会听到" in hand.texts()
    hand.press("read-amounts")
    assert "五万二千六百四十元" in voice.said
    assert voice.asked[-2] == {"stop": True}
    assert voice.state == "speaking"
    assert not offers(hand)
    # The wish holds for once; whoever presses next may have other people around.
    voice.ends()
    hand.press("read-aloud")
    assert "五万二千六百四十元" not in voice.said


def test_the_offer_goes_with_the_page_and_comes_only_with_amounts(hand, voice):
    open_estimate(hand)
    hand.press("read-aloud")
    assert offers(hand)
    hand.window.go_home()
    assert not offers(hand)
    hand.press("read-aloud")
    assert not offers(hand)


def test_answers_told_before_and_footnotes_are_not_read(hand):
    open_estimate(hand)
    pieces = pieces_of(hand.window.stack.currentWidget())
    assert "您的回答" not in pieces
    assert "总费用" in pieces
    shown = [label for label in hand.window.stack.currentWidget().findChildren(QLabel)
             if label.isVisible() and label.property("role") == "source" and label.text()]
    assert not {label.text() for label in shown} & set(pieces)


def test_an_engine_that_fails_takes_the_button_away_and_the_window_stays(hand, voice):
    hand.press("read-aloud")
    voice.tell(failed=voice._number)
    assert not read_aloud_buttons(hand)
    hand.press("sources")
    assert "出错了" in hand.find("voice-status", QLabel).text()


def test_the_end_of_an_old_text_does_not_end_the_new_one(hand, voice):
    hand.press("read-aloud")
    old = voice._number
    voice.stop()
    hand.press("read-aloud")
    voice.tell(ended=old)
    assert voice.state == "speaking"


@pytest.mark.parametrize("size", [(1366, 768), (1080, 1920)])
@pytest.mark.parametrize("profile", ["desktop", "kiosk"])
def test_the_header_fits_at_the_largest_text(make, voice, theme, profile, size):
    theme.set_text_size("xlarge")
    hand = make(profile, size)
    voice.finds()
    hand.window.set_place("110000")
    QApplication.processEvents()
    assert hand.window.width() == size[0]
    button = hand.find("read-aloud")
    for speaking in (False, True):
        if speaking:
            hand.press(button)
        header = hand.window.header
        others = [header.home_button, button, header.place_button, header.size_button, header.color_button]
        for one in others:
            assert one.width() >= one.sizeHint().width(), one.objectName()
        for left, right in pairwise(others):
            assert left.geometry().right() < right.geometry().left()
        assert others[-1].geometry().right() <= header.width()
        assert button.text() or button.accessibleName()
