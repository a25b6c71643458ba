"""核对结算单: choosing the slip, filling it in, and what is told about it; with the mouse and with keys alone."""

from __future__ import annotations

import threading
import time
from datetime import date
from decimal import Decimal

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea

from yibao_desktop.estimate.explain import Findings, Stopped
from yibao_desktop.settings import PROFILES
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.window import MainWindow
from yibao_desktop.ui.wizard import slip_search
from yibao_desktop.ui.wizard.bill import BillWizard
from yibao_desktop.ui.wizard.slip_sheet import sheet_card

Key = Qt.Key

# As in the first picture of the design: told as the second stay of the year, settled as the first.
SETTLED = {"medfee_sumamt": "8640", "hifp_pay": "5703.50", "other_funds": "0", "account": "0",
           "psn_cash_pay": "2936.50"}
NO_ACCOUNTS = {"own": None, "shared.1": None, "shared.2": None, "shared.3": None}


def wizard(hand) -> BillWizard:
    page = hand.window.stack.currentWidget()
    assert isinstance(page, BillWizard)
    return page


def checking(hand):
    return wizard(hand).checking


def to_slip(hand, region: str = "110000") -> None:
    """The slip alone, without an estimate."""
    hand.press("place")
    hand.press(f"region-{region}")
    hand.press("job-bill")
    hand.press("slip")
    hand.press(wizard(hand).frame.next_button)


def to_slip_with_estimate(hand, admission: str = "stay-2") -> None:
    """An estimated stay, and on to the slip."""
    hand.press("place")
    hand.press("region-110000")
    hand.press("job-bill")
    told = {
        "task": "estimate", "scheme": "employee", "status": "active", "kind": "inpatient", "date": date(2026, 3, 2),
        "aid": "none", "level": "tertiary", "admission": admission, "referral": "local", "used": "none",
        "bill": {"total": Decimal(8640), "self_funded": Decimal(420), "over_limit": None, "first_pay": Decimal(210)},
        "accounts": NO_ACCOUNTS,
    }
    frame = wizard(hand).estimating
    while (question := frame.session.current) is not None:
        offered = frame.session.options(question)
        frame.session.answer(told[question.id] if question.id in told else offered[0].id)
    frame.show_current()
    hand.press(frame.next_button)


def fill(hand, lines: dict[str, str], form: str = "beijing") -> None:
    if checking(hand).session.current.id == "form":
        hand.press(form)
        hand.press(checking(hand).next_button)
    for line, amount in lines.items():
        edit = hand.find(line, QLineEdit)
        edit.setFocus()
        edit.selectAll()
        hand.type(amount)
    hand.press(checking(hand).next_button)


def wait_for_search(qtbot, hand) -> None:
    qtbot.waitUntil(lambda: checking(hand).search.state in ("done", "failed"), timeout=30_000)


def searchers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "slip-search"]


@pytest.fixture
def endless(monkeypatch):
    """A search that only ends when nobody wants it any more."""
    def search(case, slip, pack, wanted):
        while wanted():
            time.sleep(0.002)
        raise Stopped

    monkeypatch.setattr(slip_search, "explain", search)


# --- which slip, and its lines ------------------------------------------------------------------------------


def test_the_nearest_form_stands_first_and_its_lines_are_asked(hand):
    to_slip(hand)
    rows = list(checking(hand).page.rows)
    assert rows[0] == "beijing"
    assert rows[-1] == "unsure"
    hand.press("beijing")
    hand.press(checking(hand).next_button)
    assert "自付二" in hand.texts()
    assert hand.find("preselfpay_amt", QLineEdit).placeholderText() == "", "empty is not zero on a slip"


def test_another_form_keeps_what_both_have(hand):
    to_slip(hand)
    hand.press("beijing")
    hand.press(checking(hand).next_button)
    for line, amount in (("medfee_sumamt", "100"), ("preselfpay_amt", "20")):
        hand.find(line, QLineEdit).setFocus()
        hand.type(amount)
    hand.press(checking(hand).back_button)
    hand.press("receipt-outpatient")
    hand.press(checking(hand).next_button)
    assert hand.find("medfee_sumamt", QLineEdit).text() == "100"
    assert "自付二" not in hand.texts()


def test_who_does_not_know_the_form_can_go_on(hand):
    to_slip(hand)
    fill(hand, {"medfee_sumamt": "100", "hifp_pay": "60", "other_funds": "0", "account": "0", "psn_cash_pay": "40"},
         form="unsure")
    assert "票据自己加得起来" in hand.texts()


def test_nothing_filled_in_is_told_at_the_first_field(hand):
    to_slip(hand)
    fill(hand, {})
    assert checking(hand).session.current.id == "slip"
    assert "还没有填金额" in hand.texts()


def test_a_contradiction_is_told_at_its_field_in_sight_and_believed_the_second_time(qtbot, hand):
    to_slip(hand)
    fill(hand, {"medfee_sumamt": "100", "hifes_pay": "900"})
    edit = hand.find("hifes_pay", QLineEdit)
    assert edit.hasFocus()
    assert edit.property("wrong")
    assert "“单位补充支付”比“金额合计”还多" in hand.texts()
    area = next(area for area in checking(hand).findChildren(QScrollArea) if area.isAncestorOf(edit))
    qtbot.waitUntil(lambda: 0 <= edit.mapTo(area.viewport(), QPoint(0, 0)).y() < area.viewport().height())
    hand.press(checking(hand).next_button)
    assert checking(hand).session.current is None
    assert "放在一起说不通" in hand.texts()
    assert "再按一次" not in hand.texts()


def test_the_pad_stays_in_sight_while_the_fields_scroll(qtbot, make_window, make_hand):
    hand = make_hand(make_window(size=(1280, 800)))
    to_slip(hand)
    hand.press("beijing")
    hand.press(checking(hand).next_button)
    last = hand.find("hifes_pay", QLineEdit)
    last.setFocus()
    area = next(area for area in checking(hand).findChildren(QScrollArea) if area.isAncestorOf(last))
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    keys = [button for button in checking(hand).page.findChildren(QAbstractButton) if button.property("role") == "key"]
    assert len(keys) == 12
    for key in keys:
        top = key.mapTo(area.viewport(), QPoint(0, 0)).y()
        assert top >= 0
        assert top + key.height() <= area.viewport().height()
    hand.press(next(key for key in keys if key.text() == "7"))
    assert last.text() == "7"


@pytest.mark.parametrize("size", [(760, 700), (1280, 800)])
def test_no_field_is_hidden_behind_the_pad(qtbot, make_window, make_hand, size):
    hand = make_hand(make_window(size=size))
    to_slip(hand)
    hand.press("beijing")
    hand.press(checking(hand).next_button)
    page = checking(hand).page
    pad = page.findChild(QAbstractButton).parentWidget()
    for edit in page.edits.values():
        edit.edit.setFocus()
        QApplication.processEvents()
        qtbot.waitUntil(lambda edit=edit: not _overlap(edit.edit, pad))


def _overlap(one, other) -> bool:
    window = one.window()
    return bool(one.rect().translated(one.mapTo(window, QPoint(0, 0))).intersects(
        other.rect().translated(other.mapTo(window, QPoint(0, 0)))))


# --- what is told of a slip alone -----------------------------------------------------------------------------


def test_a_slip_that_adds_up_folds_its_sums_away(hand):
    to_slip(hand)
    fill(hand, SETTLED)
    assert "票据自己加得起来" in hand.texts()
    assert "总费用等于" not in hand.texts()
    head = hand.find("fold-sums")
    assert head.text() == "核对了 1 个等式，都对得上"
    assert "已收起" in head.accessibleName()
    hand.press(head)
    assert "已展开" in head.accessibleName()
    assert "总费用等于统筹基金支付" in hand.texts()
    assert "个人现金支付 2,936.50 = 8,640.00" in hand.texts()
    assert checking(hand).search.state == "idle", "there is nothing to search for without an estimate"


def test_a_sum_that_fails_is_always_seen_with_its_difference(hand):
    to_slip(hand)
    fill(hand, {**SETTLED, "psn_cash_pay": "2900"})
    text = hand.texts()
    assert "有对不上的地方" in text
    assert "对不上，差 ¥36.50" in text


def test_a_mistyped_digit_can_be_put_right_and_taken_back(hand):
    to_slip(hand)
    fill(hand, {**SETTLED, "psn_cash_pay": "2396.50"})
    assert "如果是 2,936.50，就对得上" in hand.texts()
    mend = hand.find("mend-psn_cash_pay")
    assert mend.accessibleName() == "把“个人现金支付”改成 ¥2,936.50"
    hand.press(mend)
    assert "票据自己加得起来" in hand.texts()
    assert "已从 ¥2,396.50 改成 ¥2,936.50" in hand.texts()
    hand.press("take-back")
    assert "有对不上的地方" in hand.texts()
    hand.press("mend-psn_cash_pay")
    hand.press(checking(hand).back_button)
    edit = hand.find("psn_cash_pay", QLineEdit)
    assert edit.text() == "2936.50"
    edit.setFocus()
    edit.selectAll()
    hand.type("2936.51")
    hand.press(checking(hand).next_button)
    assert "已从" not in hand.texts(), "the person has changed it again"


def test_lines_left_empty_by_the_form_are_told_kindly(hand):
    to_slip(hand)
    fill(hand, {**SETTLED, "self_paid": "0", "self_funded": "0"}, form="receipt-outpatient")
    text = hand.texts()
    assert "不是算错" in text
    assert "2 个有栏目没有填" in text
    hand.press("fold-sums")
    assert "这两栏没有填" in hand.texts()


@pytest.mark.parametrize(("lines", "said"), [
    ({"medfee_sumamt": "8640"}, "只填了一栏"), ({"medfee_sumamt": "0", "hifp_pay": "0"}, "都是 0"),
    ({"medfee_sumamt": "8640", "self_paid_one": "2306.50"}, "没有加减关系"),
])
def test_too_little_is_told_with_the_way_on(hand, lines, said):
    to_slip(hand)
    fill(hand, lines)
    assert "填的栏目还不够" in hand.texts()
    assert said in hand.texts()


def test_what_is_missing_is_named_and_one_press_away(hand):
    to_slip(hand)
    fill(hand, {"medfee_sumamt": "8640", "self_paid_one": "2306.50"})
    assert "再填上“个人自付”、“自付二”，就能核对了。" in hand.texts()
    hand.press("fill-in")
    assert hand.find("self_paid", QLineEdit).hasFocus()
    hand.type("2516.50")
    hand.find("preselfpay_amt", QLineEdit).setFocus()
    hand.type("210")
    hand.press(checking(hand).next_button)
    assert "票据自己加得起来" in hand.texts()


def test_back_from_the_slip_leads_to_the_choice_of_job(hand):
    to_slip(hand)
    fill(hand, SETTLED)
    for _ in range(3):
        hand.press(checking(hand).back_button)
    assert hand.find("slip").isChecked()


# --- beside an estimate -----------------------------------------------------------------------------------------


def test_the_difference_is_told_in_the_headline_marked_in_the_table_and_explained(qtbot, hand):
    to_slip_with_estimate(hand)
    fill(hand, {**SETTLED, "act_pay_dedc": "1300"})
    assert "但比估算多付 ¥552.50" in hand.texts()
    wait_for_search(qtbot, hand)
    text = hand.texts()
    assert "最可能的原因" in text
    assert "如果这次住院是“今年第 1 次住院”" in text
    assert "请数一数今年住过几次院" in text
    figure = next(label for label in checking(hand).findChildren(QLabel) if label.text() == "+650.00")
    assert figure.property("role") == "strong"
    assert figure.parentWidget().property("tone") == "warn"


def test_what_agrees_says_so_and_looks_for_no_cause(qtbot, hand):
    to_slip_with_estimate(hand, "stay-1")
    fill(hand, SETTLED)
    wait_for_search(qtbot, hand)
    assert "和估算也一致" in hand.texts()
    assert "原因" not in hand.texts()
    assert not [b for b in hand.window.findChildren(QAbstractButton, "fold-sheet") if b.isVisible()]


def test_lines_that_agree_fold_away_on_a_long_slip(hand):
    to_slip_with_estimate(hand)
    fill(hand, {**SETTLED, "psn_part_amt": "2936.50", "act_pay_dedc": "1300", "preselfpay_amt": "210",
                "self_funded": "420", "inscp_scp_amt": "8010"})
    assert "另外 4 栏和估算一样" in hand.texts()
    assert "8,010.00" not in hand.texts()
    hand.press("fold-same")
    assert "8,010.00" in hand.texts()


def test_a_slip_that_does_not_add_up_is_to_be_put_right_first(qtbot, hand):
    to_slip_with_estimate(hand)
    fill(hand, {**SETTLED, "hifp_pay": "5000", "self_paid": "1"})
    wait_for_search(qtbot, hand)
    assert "先把上面的弄清楚" in hand.texts()
    assert "按病种" not in hand.texts()


def test_where_nothing_explains_it_nobody_is_accused(qtbot, hand, monkeypatch):
    monkeypatch.setattr(slip_search, "explain", lambda *_: Findings(()))
    to_slip_with_estimate(hand)
    fill(hand, SETTLED)
    wait_for_search(qtbot, hand)
    assert "没有找到原因" in hand.texts()


def test_the_sheet_unfolds_with_the_figures_filled_in(qtbot, hand):
    to_slip_with_estimate(hand)
    fill(hand, SETTLED)
    wait_for_search(qtbot, hand)
    hand.press("fold-sheet")
    text = hand.texts()
    for part in ("医保结算问题单", "2026 年 3 月 2 日", "住院，三级医院，今年第 2 次住院",
                 "这次是按今年第几次住院结算的？", "要带的", "12393", "内容包"):
        assert part in text


def test_the_sheet_that_was_open_takes_in_what_the_search_finds(qtbot, hand, monkeypatch):
    real, go = slip_search.explain, threading.Event()

    def late(case, slip, pack, wanted):
        go.wait(20)
        return real(case, slip, pack, wanted)

    monkeypatch.setattr(slip_search, "explain", late)
    to_slip_with_estimate(hand)
    fill(hand, SETTLED)
    hand.press("fold-sheet")
    hand.find("fold-sheet").setFocus()
    assert "按今年第几次住院" not in hand.texts()
    go.set()
    wait_for_search(qtbot, hand)
    assert "这次是按今年第几次住院结算的？" in hand.texts()
    assert hand.window.focusWidget().objectName() == "fold-sheet"


def test_every_kind_of_block_is_shown(theme, qtbot):
    from yibao_desktop.paper.blocks import Blank, Facts, Footer, Heading, Paragraph, Point, Points, Sheet, Table

    sheet = Sheet("题目", (
        Heading("标题"), Paragraph("一段"), Facts((("名", "值"),)), Table(("头", "数"), (("行", "1.00"),)),
        Points((Point("问", "为什么"),)), Points((Point("带"),), numbered=False), Blank("手写", 2)),
        Footer("北京", "内容包", "仅供参考"))
    card = sheet_card(theme, sheet)
    qtbot.addWidget(card)
    shown = {label.text() for label in card.findChildren(QLabel)}
    assert {"题目", "标题", "一段", "名", "值", "数", "行", "1.00"} <= shown
    assert {"1.", "问", "为什么", "□", "带", "手写", "北京", "内容包", "仅供参考"} <= shown


# --- the search -------------------------------------------------------------------------------------------------


def test_a_long_search_is_shown_and_can_be_given_up_and_taken_up_again(qtbot, hand, endless):
    to_slip_with_estimate(hand)
    fill(hand, SETTLED)
    assert "正在找原因…" in hand.texts()
    assert checking(hand).next_button.isEnabled()
    hand.press("stop-search")
    assert "原因没有找完" in hand.texts()
    qtbot.waitUntil(lambda: not searchers())
    hand.press("text-size")
    assert "原因没有找完" in hand.texts(), "what the person gave up does not begin by itself"
    hand.press("search-again")
    assert "正在找原因…" in hand.texts()
    hand.press("stop-search")


def test_the_focus_goes_with_the_button_that_is_pressed(qtbot, hand, endless):
    to_slip_with_estimate(hand)
    fill(hand, SETTLED)
    hand.find("stop-search").setFocus()
    hand.key(Key.Key_Return)
    focus = hand.window.focusWidget()
    assert focus is not None
    assert focus.isVisible()
    assert focus.objectName() == "search-again"
    hand.key(Key.Key_Return)
    assert hand.window.focusWidget().objectName() == "stop-search"


def test_leaving_the_page_gives_the_search_up_and_coming_back_begins_it(qtbot, hand, endless):
    to_slip_with_estimate(hand)
    fill(hand, SETTLED)
    hand.press(checking(hand).back_button)
    assert checking(hand).search.state == "idle"
    qtbot.waitUntil(lambda: not searchers())
    hand.press(checking(hand).next_button)
    assert "正在找原因…" in hand.texts()


def test_a_search_that_is_done_is_not_made_twice(qtbot, hand, monkeypatch):
    runs = []

    def search(*_):
        runs.append(1)
        return Findings(())

    monkeypatch.setattr(slip_search, "explain", search)
    to_slip_with_estimate(hand)
    fill(hand, SETTLED)
    wait_for_search(qtbot, hand)
    hand.press("text-size")
    hand.press(checking(hand).back_button)
    hand.press(checking(hand).next_button)
    assert checking(hand).search.state == "done"
    assert len(runs) == 1
    hand.press(checking(hand).back_button)
    fill(hand, {"act_pay_dedc": "1300"})
    wait_for_search(qtbot, hand)
    assert len(runs) == 2


@pytest.mark.parametrize("leave", ["again", "finish", "home"])
def test_nothing_breaks_when_the_wizard_goes_in_the_middle_of_a_search(qtbot, hand, endless, leave):
    to_slip_with_estimate(hand)
    fill(hand, SETTLED)
    assert searchers()
    if leave == "again":
        hand.press(checking(hand).again_button)
        assert checking(hand).search.state == "idle"
        assert checking(hand).session.answers == {}
    elif leave == "finish":
        hand.press(checking(hand).next_button)
        assert isinstance(hand.window.stack.currentWidget(), HomePage)
    else:
        hand.press(hand.window.header.home_button)
    qtbot.waitUntil(lambda: not searchers(), timeout=5000)
    qtbot.wait(60)


def test_a_window_that_is_gone_leaves_no_search_behind(qtbot, theme, pack, make_hand, endless):
    window = MainWindow(theme, pack, PROFILES["desktop"], today=lambda: date(2026, 3, 2))
    window.show()
    hand = make_hand(window)
    to_slip_with_estimate(hand)
    fill(hand, SETTLED)
    assert searchers()
    window.close()
    shiboken6.delete(window)
    qtbot.waitUntil(lambda: not searchers(), timeout=5000)


def test_another_estimate_begins_another_search(qtbot, hand, monkeypatch):
    told = []

    def search(case, *_):
        told.append(case.visit.admission)
        return Findings(())

    monkeypatch.setattr(slip_search, "explain", search)
    to_slip_with_estimate(hand)
    fill(hand, SETTLED)
    wait_for_search(qtbot, hand)
    for _ in range(3):
        hand.press(wizard(hand).frame.back_button)
    estimating = wizard(hand).estimating
    estimating.session.go_to("admission")
    estimating.session.answer("stay-1")
    estimating.session.go_to_end()
    estimating.show_current()
    hand.press(estimating.next_button)
    while checking(hand).session.current is not None:
        hand.press(checking(hand).next_button)
    wait_for_search(qtbot, hand)
    assert told == [2, 1]
    assert "和估算也一致" in hand.texts()


def test_a_fault_in_the_search_is_told_and_not_swallowed(qtbot, hand, monkeypatch):
    def broken(*_):
        raise ValueError("broken on purpose")

    monkeypatch.setattr(slip_search, "explain", broken)
    to_slip_with_estimate(hand)
    with qtbot.captureExceptions() as raised:
        fill(hand, SETTLED)
        wait_for_search(qtbot, hand)
        qtbot.waitUntil(lambda: bool(raised))
    assert "broken on purpose" in str(raised[0][1])
    assert "找原因时出了错" in hand.texts()
    assert "但比估算多付 ¥552.50" in hand.texts()


def test_several_causes_the_first_in_front_and_five_folded(qtbot, hand, monkeypatch):
    from yibao_desktop.estimate.explain import Change, Explanation

    levels = ("primary", "secondary", "community", "village", "tertiary-top", "specialist", "tertiary-district")
    found = tuple(Explanation((Change("level", (level,)),), exact=True) for level in levels)
    monkeypatch.setattr(slip_search, "explain", lambda *_: Findings(found))
    to_slip_with_estimate(hand)
    fill(hand, SETTLED)
    wait_for_search(qtbot, hand)
    assert hand.texts().count("如果") == 1
    assert "5 种" in hand.texts()
    hand.press("fold-others")
    assert hand.texts().count("如果") == 6


def test_a_suspicion_is_told_as_one(qtbot, hand, monkeypatch):
    from yibao_desktop.estimate.explain import Change, Explanation

    found = Findings((Explanation((Change("per-case-payment"),), exact=False),))
    monkeypatch.setattr(slip_search, "explain", lambda *_: found)
    to_slip_with_estimate(hand)
    fill(hand, SETTLED)
    wait_for_search(qtbot, hand)
    assert "只是猜测" in hand.texts()
    assert "最可能的原因" not in hand.texts()


# --- by keyboard ---------------------------------------------------------------------------------------------------


def test_the_whole_slip_with_keys_alone(qtbot, hand):
    to_slip_with_estimate(hand)
    hand.key(Key.Key_1, Qt.KeyboardModifier.AltModifier)
    hand.key(Key.Key_Return)
    for line, amount in SETTLED.items():
        for _ in range(30):
            if hand.window.focusWidget().objectName() == line:
                break
            hand.key(Key.Key_Tab)
        assert hand.window.focusWidget().objectName() == line
        hand.type(amount)
    hand.key(Key.Key_Return)
    wait_for_search(qtbot, hand)
    reached = []
    for _ in range(14):
        hand.key(Key.Key_Tab)
        reached.append(hand.window.focusWidget().objectName())
    folds = [name for name in reached if name.startswith("fold-")]
    assert folds == ["fold-others", "fold-sheet", "fold-sums", "fold-sources"]
    while hand.window.focusWidget().objectName() != "fold-sheet":
        hand.key(Key.Key_Tab)
    hand.key(Key.Key_Space)
    assert "医保结算问题单" in hand.texts()
    hand.key(Key.Key_Escape)
    assert checking(hand).session.current.id == "slip"
