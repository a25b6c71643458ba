"""No text is clipped and Back and Next stay in place, at every screen and text size of the design."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QRadioButton

from yibao_desktop.paths import resource
from yibao_desktop.settings import TEXT_SIZES
from yibao_desktop.ui import tour

SIZES = ((1366, 768), (1280, 800), (1920, 1080), (1280, 1024), (1080, 1920))


def clipped(window) -> list[str]:
    found = []
    for label in window.findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        if label.wordWrap():
            if label.heightForWidth(label.width()) > label.height():
                found.append(f"label too low: {label.text()!r} {label.width()}x{label.height()}")
        elif label.sizeHint().width() > label.width():
            found.append(f"label too narrow: {label.text()!r} {label.width()}")
    for button in window.findChildren(QPushButton):
        if button.isVisible() and button.sizeHint().width() > button.width():
            found.append(f"button too narrow: {button.text()!r}")
    for row in window.findChildren(QRadioButton):
        if row.isVisible() and row.heightForWidth(row.width()) > row.height():
            found.append(f"choice too low: {row.text()!r}")
    return found


def outside(window) -> list[str]:
    """Controls that reach beyond the window's sides, where no scrolling helps."""
    return [
        widget.text() for widget in window.findChildren(QAbstractButton)
        if widget.isVisible()
        and (widget.mapTo(window, widget.rect().topLeft()).x() < 0
             or widget.mapTo(window, widget.rect().topRight()).x() > window.width())
    ]


@pytest.mark.parametrize(("size", "text_size"), list(itertools.product(SIZES, TEXT_SIZES)),
                         ids=lambda value: value if isinstance(value, str) else f"{value[0]}x{value[1]}")
def test_every_page_of_the_tour_fits(qtbot, make_window, theme, size, text_size):
    theme.set_text_size(text_size)
    window = make_window("kiosk" if size == (1080, 1920) else "desktop", size)
    wrong = []
    for stop in tour.stops():
        window.forget()
        stop.show(window)
        tour.settle(window, scrolled=False)
        wrong += [f"{stop.id}: {text}" for text in clipped(window) + outside(window)]
        if (window.width(), window.height()) != size:
            wrong.append(f"{stop.id}: forces the window to {window.width()}x{window.height()}")
            window.resize(*size)
        frame = getattr(window.stack.currentWidget(), "frame", None)
        if frame is not None:
            for button in (frame.back_button, frame.next_button):
                bottom = button.mapTo(window, button.rect().bottomLeft()).y()
                if not (button.isVisible() and bottom <= window.height()):
                    wrong.append(f"{stop.id}: {button.text()} is not on the screen")
    assert wrong == []


def test_controls_are_high_enough_for_a_finger(qtbot, make_window, theme):
    for text_size, least in zip(TEXT_SIZES, (52, 60, 72), strict=True):
        theme.set_text_size(text_size)
        window = make_window(size=(1366, 768))
        for stop in tour.stops():
            stop.show(window)
            tour.settle(window, scrolled=False)
            low = [button.text() for button in window.findChildren(QAbstractButton)
                   if button.isVisible() and button.property("role") != "quiet" and button.height() < least]
            assert low == [], stop.id
            quiet = [button.text() for button in window.findChildren(QAbstractButton)
                     if button.isVisible() and button.height() < 44]
            assert quiet == [], stop.id
        window.close()


def test_every_control_has_a_name(qtbot, make_window):
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QLineEdit, QSpinBox

    window = make_window()
    for stop in tour.stops():
        stop.show(window)
        tour.settle(window, scrolled=False)
        for kind in (QAbstractButton, QLineEdit, QSpinBox):
            for widget in window.findChildren(kind):
                if widget.isVisible() and not isinstance(widget.parent(), QSpinBox):
                    name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
                    assert name, f"{stop.id}: {widget.objectName() or widget}"


def test_the_font_has_every_character_a_person_can_meet(theme, pack):
    font = QRawFont(str(resource("fonts", "NotoSansSC-Regular.ttf")), 20)
    bold = QRawFont(str(resource("fonts", "NotoSansSC-Bold.ttf")), 20)
    texts = [path.read_text(encoding="utf-8") for path in pack.root.rglob("*.yaml")]
    root = pack.root.parent / "yibao_desktop"
    texts += [path.read_text(encoding="utf-8") for path in root.rglob("*.py")]
    used = {ch for text in texts for ch in text if ch.isprintable()}
    missing = {ch for ch in used if not (font.supportsCharacter(ord(ch)) and bold.supportsCharacter(ord(ch)))}
    assert missing == set()
