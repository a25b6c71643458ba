"""Every wizard from home to its result with a finger alone, at the largest text, lying and upright."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QScrollArea, QScroller, QWidget

from yibao_desktop.ui.pages.channels import ChannelsPage
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.tour import settle

SHARING = {
    "want": "share", "payer_scheme": "employee", "payer_account": "yes", "payer_insured": "active",
    "relation": "parent", "member_scheme": "resident", "member_phone": "yes", "bound": "no",
    "member_place": "same-province", "purpose": "visit", "more": "no",
}
BILL = {
    "task": "estimate", "scheme": "employee", "status": "active", "kind": "inpatient", "aid": "none",
    "level": "primary", "admission": "stay-1", "referral": "local", "used": "none",
}
SLIP = {"medfee_sumamt": "10000", "hifp_pay": "7830", "other_funds": "0", "account": "0", "psn_cash_pay": "2170"}


class Finger:
    """One finger on the screen: taps what it can see, and pushes the page until it sees it."""

    def __init__(self, window) -> None:
        self.window = window
        self._screen = QTest.createTouchDevice()

    def tap(self, what: QWidget | str) -> None:
        widget = self.find(what) if isinstance(what, str) else what
        settle(self.window, scrolled=False)
        self._bring(widget)
        assert widget.isEnabled(), widget.objectName()
        at = widget.mapTo(self.window, widget.rect().center())
        assert self._on_top(widget, at), f"{widget.objectName()} is covered"
        QTest.touchEvent(self.window, self._screen).press(0, at, self.window)
        QTest.touchEvent(self.window, self._screen).release(0, at, self.window)
        QTest.qWait(3)

    def find(self, name: str) -> QWidget:
        found = [w for w in self.window.findChildren(QWidget, name)
                 if w.isVisible() and isinstance(w, (QAbstractButton, QLineEdit))]
        assert len(found) == 1, f"{len(found)} of {name}"
        return found[0]

    def push(self, at: QPoint, by: int) -> None:
        """Push what is under the finger by some pixels; negative moves the page up."""
        steps = 6
        QTest.touchEvent(self.window, self._screen).press(0, at, self.window)
        for step in range(1, steps + 1):
            QTest.touchEvent(self.window, self._screen).move(0, at + QPoint(0, by * step // steps), self.window)
            QTest.qWait(1)
        QTest.qWait(60)  # a finger that rests before it leaves throws nothing
        QTest.touchEvent(self.window, self._screen).release(0, at + QPoint(0, by), self.window)

    def _bring(self, widget: QWidget) -> None:
        area = widget.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        for _ in range(40 if area is not None else 0):
            view = area.viewport()
            middle = widget.mapTo(view, widget.rect().center()).y()
            if 20 < middle < view.height() - 20:
                return
            reach = view.height() // 3
            far = max(-reach, min(reach, view.height() // 2 - middle))
            self.push(view.mapTo(self.window, view.rect().center()), far if abs(far) > 60 else 60 * (far > 0 or -1))
            while QScroller.scroller(view).state() != QScroller.State.Inactive:
                QTest.qWait(5)
        assert area is None, f"{widget.objectName()} cannot be reached by scrolling"

    def _on_top(self, widget: QWidget, at: QPoint) -> bool:
        there = self.window.childAt(at)
        return there is widget or (there is not None and widget.isAncestorOf(there))


@pytest.fixture(params=[(1366, 768), (1080, 1920)], ids=["lying", "upright"])
def finger(request, make_window, theme, dressed):
    theme.set_text_size("xlarge")
    # Two taps at one place are a double click for Qt if they come within this time; a person takes longer.
    usual = dressed.doubleClickInterval()
    dressed.setDoubleClickInterval(1)
    yield Finger(make_window("kiosk", request.param))
    dressed.setDoubleClickInterval(usual)


def page(finger):
    return finger.window.stack.currentWidget()


def choose_place(finger, letters: str, place: str) -> None:
    finger.tap("place")
    for letter in letters:
        finger.tap(f"key-{letter}")
    finger.tap(f"region-{place}")
    assert isinstance(page(finger), HomePage)


def answer(finger, frame, answers: dict[str, str]) -> None:
    while (question := frame.session.current) is not None and question.id in answers:
        finger.tap(answers[question.id])
        finger.tap(frame.next_button)


def type_amount(finger, frame, field: str, amount: str) -> None:
    finger.tap(field)
    buttons = frame.page.findChildren(QAbstractButton)
    keys = {button.accessibleName(): button for button in buttons if button.isVisible()}
    for digit in amount:
        finger.tap(keys[digit])


def test_sharing(finger):
    choose_place(finger, "bj", "110000")
    finger.tap("job-sharing")
    answer(finger, page(finger).frame, SHARING)
    shown = [label.text() for label in finger.window.findChildren(QLabel) if label.isVisible()]
    assert "可以办" in shown
    finger.tap("take-away")
    finger.tap("take-codes")


def test_bill_and_slip(finger):
    choose_place(finger, "bj", "110000")
    finger.tap("job-bill")
    frame = page(finger).frame
    while (question := frame.session.current) is not None:
        if question.kind == "date":
            finger.tap(frame.next_button)
        elif question.kind == "amounts":
            if question.id == "bill":
                type_amount(finger, frame, "total", "10000")
            finger.tap(frame.next_button)
        else:
            answer(finger, frame, {question.id: BILL[question.id]})
    assert page(finger).findChild(QLabel, "cash").text() == "¥2,170.00"
    finger.tap(frame.next_button)
    frame = page(finger).frame
    assert frame is page(finger).checking
    finger.tap(page(finger).findChild(QAbstractButton, frame.session.options(frame.session.current)[1].id))
    finger.tap(frame.next_button)
    for line, amount in SLIP.items():
        type_amount(finger, frame, line, amount)
    finger.tap(frame.next_button)
    shown = "\n".join(label.text() for label in finger.window.findChildren(QLabel) if label.isVisible())
    assert "票据自己加得起来，和估算也一致" in shown
    assert Decimal(SLIP["psn_cash_pay"]) == Decimal("2170")


def test_channels(finger):
    choose_place(finger, "dl", "210200")
    finger.tap("job-channels")
    finger.tap("who-parent" if finger.window.findChildren(QWidget, "who-parent") else "who-parents")
    finger.tap("need-contributions")
    assert isinstance(page(finger), ChannelsPage)
    assert page(finger).need == "contributions"


def test_a_finger_that_scrolls_presses_nothing_and_one_that_trembles_does(finger):
    choose_place(finger, "bj", "110000")
    finger.tap("job-channels")
    column = page(finger)._results
    card = next(w for w in finger.window.findChildren(QAbstractButton) if w.objectName().startswith("means-"))
    before = column.verticalScrollBar().value()
    finger._bring(card)
    at = card.mapTo(finger.window, card.rect().center())
    finger.push(at, -120)
    assert not card.isChecked()
    assert column.verticalScrollBar().value() > before
    finger._bring(card)
    finger.push(card.mapTo(finger.window, card.rect().center()), 4)
    assert card.isChecked()
