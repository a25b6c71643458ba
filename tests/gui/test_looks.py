"""Choosing the colours: everything follows at once, nothing entered is lost, and the button fits everywhere."""

from __future__ import annotations

import pytest
import zxingcpp
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QLineEdit, QScrollArea

from yibao_desktop.settings import COLORS, PROFILES, TEXT_SIZES
from yibao_desktop.ui import tour
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.qr import QrCode

FOLLOWED = ("home", "region-cities", "sharing-no", "bill-level", "bill-bill", "bill-result", "bill-missing-wrong",
            "slip-differs", "channels", "take-away-print", "guide", "message")


def show(window, stop_id: str) -> None:
    window.forget()
    next(stop for stop in tour.stops() if stop.id == stop_id).show(window)
    tour.settle(window, scrolled=False)


def picture(window):
    # A blinking cursor is no difference.
    for edit in window.findChildren(QLineEdit):
        if edit.hasFocus():
            edit.clearFocus()
    # Nor is how far a list has been scrolled to show what is chosen in it.
    for area in window.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(0)
    tour.settle(window, scrolled=False)
    return window.grab().toImage()


@pytest.mark.parametrize("colors", ["dark", "contrast"])
def test_a_page_on_the_screen_looks_as_if_it_had_been_made_in_the_new_colours(make_window, theme, colors):
    window = make_window(size=(1366, 768))
    different = []
    for stop_id in FOLLOWED:
        theme.set_colors("light")
        show(window, stop_id)
        theme.set_colors(colors)
        followed = picture(window)
        show(window, stop_id)
        if followed != picture(window):
            different.append(stop_id)
    assert different == []


def test_the_button_goes_round_and_says_where_it_is(hand, theme):
    said = []
    for expected in ("dark", "contrast", "light"):
        hand.press("colors")
        assert theme.colors == expected
        said.append(hand.find("colors").text())
        middle = QPoint(3, hand.window.height() // 2)
        assert hand.window.grab().toImage().pixelColor(middle) == theme.color("ground")
    assert said == ["颜色：深色", "颜色：高对比", "颜色：浅色"]


def test_what_was_entered_stays_where_it_is(hand):
    hand.press("job-bill")
    hand.press("region-110000")
    wizard = hand.window.stack.currentWidget()
    hand.press("slip")
    hand.press(wizard.frame.next_button)
    hand.press("beijing")
    hand.press(wizard.frame.next_button)
    edit = hand.find("medfee_sumamt", QLineEdit)
    edit.setFocus()
    hand.type("52640")
    for _ in COLORS:
        hand.press("colors")
        assert hand.find("medfee_sumamt", QLineEdit) is edit
        assert edit.text() == "52640"
    hand.press("colors")
    hand.press("text-size")
    assert hand.find("medfee_sumamt", QLineEdit).text() == "52640"


def test_a_half_typed_place_stays(hand):
    hand.press("place")
    hand.type("dl")
    found = hand.find("region-210200")
    hand.press("colors")
    assert hand.find("region-search", QLineEdit).text() == "dl"
    assert hand.find("region-210200") is found


def test_the_colours_can_be_changed_with_the_keyboard_alone(hand, theme):
    button = hand.find("colors")
    for _ in range(40):
        if button.hasFocus():
            break
        hand.key(Qt.Key.Key_Tab)
    hand.key(Qt.Key.Key_Space)
    assert theme.colors == "dark"
    assert button.hasFocus()


@pytest.mark.parametrize("profile", ["kiosk", "staff"])
def test_ending_a_session_gives_the_next_person_the_usual_colours(make_window, make_hand, theme, profile):
    hand = make_hand(make_window(profile, (1080, 1920)))
    hand.press("colors")
    hand.press("colors")
    hand.press("end-session")
    assert theme.colors == PROFILES[profile].colors == "light"
    assert QAccessible.queryAccessibleInterface(hand.find("colors")).text(QAccessible.Text.Name) == "颜色：浅色"


@pytest.mark.parametrize(("profile", "size"), [
    ("desktop", (1366, 768)), ("kiosk", (1080, 1920)), ("desktop", (1024, 768))])
def test_the_header_fits_and_every_button_has_its_name(make_window, make_hand, theme, profile, size):
    hand = make_hand(make_window(profile, size))
    for text_size in TEXT_SIZES:
        theme.set_text_size(text_size)
        for code in ("110000", "660000"):
            hand.window.set_place(code)
            for _ in COLORS:
                hand.press("colors")
                tour.settle(hand.window, scrolled=False)
                assert (hand.window.width(), hand.window.height()) == size
                for name, words in (("place", "参保地"), ("text-size", "字号"), ("colors", "颜色")):
                    button = hand.find(name)
                    spoken = QAccessible.queryAccessibleInterface(button)
                    assert words in spoken.text(QAccessible.Text.Name)
                    assert spoken.text(QAccessible.Text.Description)
                    assert button.text() or not button.icon().isNull()
                    assert button.sizeHint().width() <= button.width()
                    assert min(button.width(), button.height()) >= theme.px("control")
                    assert button.mapTo(hand.window, button.rect().topRight()).x() < size[0]


def test_words_come_back_where_there_is_room_again(make_window, make_hand, theme):
    theme.set_text_size("xlarge")
    hand = make_hand(make_window(size=(1024, 768)))
    narrow = hand.find("colors").text()
    hand.window.resize(1600, 900)
    tour.settle(hand.window, scrolled=False)
    assert hand.find("colors").text() == "颜色：浅色" != narrow
    hand.window.resize(1024, 768)
    tour.settle(hand.window, scrolled=False)
    assert hand.window.width() == 1024
    assert hand.find("colors").text() == narrow


def _grey(image: QImage) -> memoryview:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, stride = grey.width(), grey.height(), grey.bytesPerLine()
    rows = bytes(grey.constBits())
    flat = b"".join(rows[line * stride:line * stride + width] for line in range(height))
    return memoryview(flat).cast("B", (height, width))


@pytest.mark.parametrize("colors", ["dark", "contrast"])
def test_codes_stay_dark_on_light_with_their_quiet_zone(make_window, make_hand, theme, colors):
    theme.set_colors(colors)
    hand = make_hand(make_window(size=(1366, 768)))
    for stop_id, name in (("take-away-code", "text-code"), ("channels", "")):
        show(hand.window, stop_id)
        code = next(code for code in hand.window.findChildren(QrCode, name or None) if code.isVisible())
        image = code.grab().toImage()
        assert zxingcpp.read_barcodes(_grey(image))[0].text == code.text
        white, black = QColor(Qt.GlobalColor.white), QColor(Qt.GlobalColor.black)
        side = min(image.width(), image.height())
        across = [image.pixelColor(at, image.height() // 2) for at in range(image.width())]
        left = across.index(white)
        corner = QPoint(left, (image.height() - (image.width() - 2 * left)) // 2)
        diagonal = [image.pixelColor(corner + QPoint(step, step)) for step in range(side // 3)]
        quiet = diagonal.index(black)
        assert diagonal[:quiet].count(white) == quiet
        # The corner's frame is seven modules wide, its line one: four of that must be white around it.
        module = diagonal[quiet:].index(white)
        assert quiet >= 4 * module


def test_what_cannot_be_pressed_has_an_icon_one_can_see(hand, theme):
    theme.set_colors("contrast")
    show(hand.window, "slip-forms")
    button = hand.window.stack.currentWidget().frame.next_button
    assert not button.isEnabled()
    image = button.grab().toImage()
    icon = [image.pixelColor(x, y).name() for x in range(image.width() * 2 // 3, image.width() - 20)
            for y in range(10, image.height() - 10)]
    assert theme.color("muted").name() in icon


def test_a_theme_can_be_asked_for_at_the_start(dressed):
    theme = Theme("large", "contrast")
    assert theme.colors == "contrast"
    assert theme.border("edge") > Theme().border("edge")
    assert theme.color("ground") == QColor("black")
