"""Saving a bill and opening it again, through the system's window for choosing a file."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from yibao_desktop.ui import tour


def show(hand, stop: str) -> None:
    next(each for each in tour.stops() if each.id == stop).show(hand.window)
    tour.settle(hand.window, scrolled=False)


def choose(qtbot, hand, path) -> None:
    qtbot.waitUntil(lambda: hand.window.findChildren(QFileDialog) != [])
    dialog = hand.window.findChildren(QFileDialog)[0]
    dialog.findChild(QLineEdit).setText(str(path))
    dialog.accept()
    tour.settle(hand.window, scrolled=False)


def test_a_saved_bill_opens_with_its_place_and_its_result(qtbot, hand, tmp_path):
    show(hand, "bill-result")
    assert "参保地：北京" in hand.texts()
    before = [text for text in hand.texts().split("\n") if text.startswith("¥")]
    hand.press("save-bill")
    choose(qtbot, hand, tmp_path / "妈妈.yibao")
    assert "存好了" in hand.texts()
    hand.window.set_place("310000")
    hand.window.open_job("bill")
    hand.press("open-bill")
    choose(qtbot, hand, tmp_path / "妈妈.yibao")
    assert "参保地：北京" in hand.texts()
    assert [text for text in hand.texts().split("\n") if text.startswith("¥")] == before
    assert before


def test_a_saved_slip_opens_too(qtbot, hand, tmp_path):
    show(hand, "slip-result")
    hand.press("save-bill")
    choose(qtbot, hand, tmp_path / "a.yibao")
    hand.window.open_job("bill")
    hand.press("open-bill")
    choose(qtbot, hand, tmp_path / "a.yibao")
    hand.press(hand.window.stack.currentWidget().estimating.next_button)
    assert "5,703.50" in hand.texts()


@pytest.mark.parametrize("content", [b"", b"\x89PNG", b'{"format": "other"}'])
def test_a_strangers_file_is_refused_and_nothing_is_lost(qtbot, hand, tmp_path, content):
    (tmp_path / "x.yibao").write_bytes(content)
    hand.window.set_place("110000")
    hand.window.open_job("bill")
    hand.press("open-bill")
    choose(qtbot, hand, tmp_path / "x.yibao")
    assert "不是这里存的账单" in hand.texts()
    assert "参保地：北京" in hand.texts()


def test_where_it_cannot_be_written_that_is_said(hand, tmp_path):
    from yibao_desktop.ui.wizard.bill_files import SaveBill

    show(hand, "bill-result")
    hand.window.findChildren(SaveBill)[0]._use(tmp_path / "nowhere" / "a.yibao")
    assert "没能存到那里" in hand.texts()


def test_a_kiosk_has_no_files(make_window, make_hand):
    hand = make_hand(make_window("kiosk"))
    show(hand, "bill-result")
    assert "存成文件" not in hand.texts()
    show(hand, "bill-task")
    assert "打开存过的账单" not in hand.texts()
