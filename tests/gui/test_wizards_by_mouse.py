"""Each wizard from home to its result with the mouse, back again, another answer, start again."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QLineEdit, QSpinBox

from yibao_desktop.ui.pages.channels import ChannelsPage
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.widgets.qr import QrCode


def choose_place(hand, province: str, city: str | None = None) -> None:
    hand.press("place")
    hand.press(f"region-{province}")
    municipalities = ("11", "12", "31", "50")
    if city:
        hand.press(f"region-{city}")
    elif province[:2] not in municipalities:
        hand.press(f"whole-{province}")


def choose(hand, *options: str) -> None:
    for option in options:
        hand.press(option)
        hand.press(frame(hand).next_button)


def frame(hand):
    return hand.window.stack.currentWidget().frame


def type_amount(hand, name: str, text: str) -> None:
    edit = hand.find(name, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    hand.type(text)


def sharing_to_result(hand, *last: str) -> None:
    hand.press("job-sharing")
    choose(hand, "share", "employee", "yes", "active", "parent", "resident", "yes", "no",
           *(last or ("same-province", "visit")), "no")


def test_a_job_asks_for_the_place_first_and_then_goes_on(hand):
    hand.press("job-sharing")
    hand.press("region-110000")
    assert frame(hand).session.current.id == "want"


def test_asking_for_the_place_twice_still_leads_to_the_job(hand):
    hand.press("job-sharing")
    hand.press("place")
    hand.press("region-110000")
    assert frame(hand).session.current.id == "want"


def test_sharing_in_beijing_ends_in_local_steps_with_sources_and_dates(hand):
    choose_place(hand, "110000")
    sharing_to_result(hand)
    text = hand.texts()
    assert "可以办" in text
    assert "提交" in text
    assert "京通" in text
    assert "2026-11-22 核对" in text
    assert "依据" in text


def test_the_sharing_answer_lists_what_the_money_may_pay_for_here(hand, pack):
    choose_place(hand, "110000")
    sharing_to_result(hand)
    text = hand.texts()
    for item, _, payable in pack.payable_by(pack.place("110000"), "shared"):
        assert item.label in text, payable.answer


def test_sharing_across_provinces_leads_to_the_wallet(hand):
    choose_place(hand, "440000", "440100")
    sharing_to_result(hand, "other-province", "unsure", "visit")
    text = hand.texts()
    assert "医保钱包" in text
    assert "先做一件事，再去办" in text


def test_in_laws_are_told_no_with_the_way_round(hand):
    choose_place(hand, "130000")
    hand.press("job-sharing")
    choose(hand, "share", "employee", "yes", "active", "parent-in-law")
    text = hand.texts()
    assert "办不了" in text
    assert "配偶" in text
    assert "借" in text


def test_next_waits_for_an_answer_and_back_shows_the_earlier_one(hand):
    choose_place(hand, "110000")
    hand.press("job-sharing")
    assert not frame(hand).next_button.isEnabled()
    hand.press("share")
    assert frame(hand).next_button.isEnabled()
    hand.press(frame(hand).next_button)
    hand.press(frame(hand).back_button)
    assert hand.find("share").isChecked()
    hand.press(frame(hand).back_button)
    assert isinstance(hand.window.stack.currentWidget(), HomePage)


def test_changing_an_answer_keeps_the_others(hand):
    choose_place(hand, "110000")
    sharing_to_result(hand)
    hand.press("change-member_place")
    assert hand.find("same-province").isChecked()
    choose(hand, "other-province", "unsure")
    assert hand.find("visit").isChecked()
    hand.press(frame(hand).next_button)
    hand.press(frame(hand).next_button)
    assert "医保钱包" in hand.texts()


def test_start_again_forgets_every_answer(hand):
    choose_place(hand, "110000")
    sharing_to_result(hand)
    hand.press(frame(hand).again_button)
    assert frame(hand).session.answers == {}
    assert not any(row.isChecked() for row in frame(hand).page.rows.values())


def test_the_first_answer_says_which_of_the_look_alikes_is_needed(hand):
    choose_place(hand, "110000")
    hand.press("job-sharing")
    for option, told in (("share", "您要办的是：家庭共济"), ("far", "医保钱包"), ("show", "您要办的是：亲情账户")):
        choose(hand, option)
        assert told in hand.texts()
        hand.press(frame(hand).back_button)
    assert "您要办的是：" not in hand.texts()


def test_a_payment_that_failed_leads_to_its_cause_and_what_to_do(hand):
    choose_place(hand, "350000")
    hand.press("job-sharing")
    choose(hand, "broken", "sharing", "yes", "yes", "fujian.cause-allocate")
    text = hand.texts()
    assert "多半是：还没有划拨钱" in text
    assert "闽政通" in text
    assert "可以问" in text


def test_undoing_names_the_local_button(hand):
    choose_place(hand, "320000")
    hand.press("job-sharing")
    choose(hand, "undo", "sharing", "payer")
    assert "解除绑定" in hand.texts()
    assert "江苏医保云" in hand.texts()


def test_only_showing_a_code_shares_no_money(hand):
    choose_place(hand, "110000")
    hand.press("job-sharing")
    choose(hand, "show", "yes", "no")
    assert "办“亲情账户”就行" in hand.texts()


def test_a_second_relative_is_asked_only_what_differs_and_stands_in_the_table(hand):
    choose_place(hand, "370000")
    hand.press("job-sharing")
    choose(hand, "share", "employee", "yes", "active", "parent", "resident", "yes", "no", "same-province", "visit",
           "member")
    assert "第 2 位家人" in hand.texts()
    choose(hand, "parent-in-law")
    text = hand.texts()
    assert "谁能给谁用" in text
    assert "鲁医保" in text
    assert "下面说的是：出钱的人，给公婆、岳父母用" in text
    hand.press("show-pair-0")
    assert "下面说的是：出钱的人，给父亲或母亲用" in hand.texts()
    hand.press("show-pair-1")
    hand.press(frame(hand).back_button)
    assert frame(hand).session.current.id == "relation"


def test_after_a_no_somebody_else_can_pay(hand):
    choose_place(hand, "370000")
    hand.press("job-sharing")
    choose(hand, "share", "resident")
    assert "这样办不了" in hand.texts()
    hand.press("add-payer")
    choose(hand, "here", "employee", "yes", "active", "parent", "resident", "no", "no", "same-province", "visit", "no")
    text = hand.texts()
    assert "第 2 位出钱的人" in text
    assert "可以办" in text
    assert "家人没有智能手机" in text


def bill_to_amounts(hand) -> None:
    hand.press("job-bill")
    choose(hand, "estimate", "employee", "active", "inpatient")
    assert frame(hand).session.current.id == "date"
    hand.press(frame(hand).next_button)
    if frame(hand).session.current.id == "aid":
        choose(hand, "none")
    choose(hand, "primary", "stay-1", "local")


def test_a_beijing_stay_is_estimated_to_the_fen_with_its_working(hand):
    choose_place(hand, "110000")
    bill_to_amounts(hand)
    type_amount(hand, "total", "10,000")
    hand.press(frame(hand).next_button)
    choose(hand, "none")
    hand.press(frame(hand).next_button)
    # E06: (10000 - 1300) x 90% = 7830; the rest, 2170, is the person's.
    assert hand.find("cash", QLabel).text() == "¥2,170.00"
    text = hand.texts()
    assert "8,700.00 × 90%" in text
    assert "7,830.00" in text
    assert "起执行" not in text
    hand.press("unfold-step")
    text = hand.texts()
    assert "2023-01-01 起执行" in text
    assert "核对" in text


def test_a_wrong_amount_is_told_at_its_field_and_nothing_typed_is_lost(hand):
    choose_place(hand, "110000")
    bill_to_amounts(hand)
    type_amount(hand, "total", "100")
    type_amount(hand, "self_funded", "12a")
    hand.press(frame(hand).next_button)
    assert "只能填数字" in hand.texts()
    assert frame(hand).session.current.id == "bill"
    assert hand.find("total", QLineEdit).text() == "100"
    assert hand.find("self_funded", QLineEdit).text() == "12a"
    type_amount(hand, "self_funded", "120")
    hand.press(frame(hand).next_button)
    assert "比总费用还多" in hand.texts()
    type_amount(hand, "self_funded", "20")
    hand.press(frame(hand).next_button)
    assert frame(hand).session.current.id == "used"


def test_a_bill_without_total_asks_for_it(hand):
    choose_place(hand, "110000")
    bill_to_amounts(hand)
    hand.press(frame(hand).next_button)
    assert "请填写“总费用”" in hand.texts()


def test_the_number_pad_types_into_the_field_with_the_cursor(hand):
    choose_place(hand, "110000")
    bill_to_amounts(hand)
    hand.find("first_pay", QLineEdit).setFocus()
    for key in ("1", "2", ".", "5"):
        pad_key = next(b for b in frame(hand).page.findChildren(type(frame(hand).next_button))
                       if b.text() == key and b.isVisible())
        hand.press(pad_key)
    assert hand.find("first_pay", QLineEdit).text() == "12.5"


def test_a_place_without_figures_says_so_and_names_who_knows(hand):
    choose_place(hand, "130000")
    hand.press("job-bill")
    choose(hand, "estimate", "employee", "active", "inpatient")
    hand.press(frame(hand).next_button)
    type_amount(hand, "total", "5000")
    hand.press(frame(hand).next_button)
    choose(hand, "none")
    hand.press(frame(hand).next_button)
    text = hand.texts()
    assert "不能估算" in text
    assert "可以问" in text
    assert "12393" in text


def test_after_the_last_known_day_shanghai_offers_the_last_rule_only_on_request(hand):
    choose_place(hand, "310000")
    hand.press("job-bill")
    choose(hand, "estimate", "employee", "active", "inpatient")
    page = frame(hand).page
    page.load(date(2026, 8, 1))
    hand.press(frame(hand).next_button)
    type_amount(hand, "total", "11500")
    hand.press(frame(hand).next_button)
    choose(hand, "none")
    hand.press(frame(hand).next_button)
    assert "不能估算" in hand.texts()
    hand.press("try-known-date")
    assert frame(hand).session.answers["date"] == date(2026, 6, 30)
    assert frame(hand).session.current is not None or "估算" in hand.texts()


def test_the_estimate_goes_on_to_the_slip_and_compares(hand):
    choose_place(hand, "110000")
    bill_to_amounts(hand)
    type_amount(hand, "total", "10000")
    hand.press(frame(hand).next_button)
    choose(hand, "none")
    hand.press(frame(hand).next_button)
    hand.press(frame(hand).next_button)
    choose(hand, "receipt-inpatient")
    for name, amount in (("medfee_sumamt", "10000"), ("hifp_pay", "7245"), ("other_funds", "0"), ("account", "0"),
                         ("psn_cash_pay", "2755")):
        type_amount(hand, name, amount)
    hand.press(frame(hand).next_button)
    text = hand.texts()
    assert "票据自己加得起来" in text
    # 7245 on the slip, 7830 estimated.
    assert "−585.00" in text
    assert "+585.00" in text


def test_a_slip_alone_needs_no_estimate_and_tells_what_differs(hand):
    choose_place(hand, "110000")
    hand.press("job-bill")
    choose(hand, "slip", "receipt-outpatient")
    for name, amount in (("medfee_sumamt", "100"), ("hifp_pay", "60"), ("other_funds", "0"), ("account", "0"),
                         ("psn_cash_pay", "30")):
        type_amount(hand, name, amount)
    hand.press(frame(hand).next_button)
    text = hand.texts()
    assert "对不上" in text
    assert "差 ¥10.00" in text
    hand.press(frame(hand).back_button)
    assert hand.find("psn_cash_pay", QLineEdit).text() == "30.00"
    hand.press(frame(hand).back_button)
    assert hand.find("receipt-outpatient").isChecked()
    hand.press(frame(hand).back_button)
    assert hand.find("slip").isChecked()


def test_the_date_can_be_set_with_large_buttons_and_has_no_31st_of_february(hand):
    choose_place(hand, "110000")
    hand.press("job-bill")
    choose(hand, "estimate", "employee", "active", "inpatient")
    page = frame(hand).page
    assert page.value() == date(2026, 3, 2)
    page.load(date(2026, 1, 31))
    month = next(spin for spin in page.findChildren(QSpinBox) if spin.accessibleName() == "月")
    plus = next(b for b in page.findChildren(type(frame(hand).next_button)) if b.accessibleName() == "月加一")
    hand.press(plus)
    assert month.value() == 2
    assert page.value() == date(2026, 2, 28)


def test_channels_show_steps_source_and_an_offline_code_for_official_addresses_only(hand, pack):
    choose_place(hand, "110000")
    hand.press("job-channels")
    hand.press("need-balance")
    text = hand.texts()
    assert "国家医保服务平台" in text
    assert "核对" in text
    codes = [code for code in hand.window.findChildren(QrCode) if code.isVisibleTo(hand.window)]
    assert codes
    hosts = pack.info.official_hosts
    for code in codes:
        host = code.text.split("/")[2]
        assert any(host == official or host.endswith(f".{official}") for official in hosts), code.text


def test_channels_listen_to_what_is_at_hand(hand):
    choose_place(hand, "110000")
    hand.press("job-channels")
    hand.press("need-sharing-use")
    hand.press("means-phone")
    text = hand.texts()
    assert "12345" in text or "12393" in text
    assert "APP" not in "".join(card for card in text.split("\n") if card.startswith("国家医保服务平台 APP"))
    hand.press("means-phone")
    page = hand.window.stack.currentWidget()
    assert isinstance(page, ChannelsPage)
    hand.press(page.again_button)
    assert page.need == "balance"
    hand.press(page.back_button)
    assert isinstance(hand.window.stack.currentWidget(), HomePage)


def test_channels_show_every_kind_of_trouble_and_what_is_at_hand_without_scrolling(make_window, make_hand, pack):
    hand = make_hand(make_window(size=(1366, 768)))
    choose_place(hand, "110000")
    hand.press("job-channels")
    page = hand.window.stack.currentWidget()
    kinds = {need.about: need.id for need in reversed(pack.needs)}
    assert len(kinds) == 3
    bar = page.back_button.mapTo(hand.window, QPoint(0, 0)).y()
    for button in (*(page.need_buttons[need] for need in kinds.values()), *page.means_buttons.values()):
        foot = button.mapTo(hand.window, button.rect().bottomLeft())
        assert 0 < foot.y() < bar, button.objectName()
    hand.press("means-phone")
    # The answer is made anew; what was pressed keeps the focus.
    assert hand.window.focusWidget() is page.means_buttons["phone"]


def test_channels_know_whom_it_is_for(hand):
    choose_place(hand, "110000")
    hand.press("job-channels")
    hand.press("need-spending")
    assert "亲情账户，替家人查" not in hand.texts()
    hand.press("who-parent")
    text = hand.texts()
    assert "亲情账户，替家人查" in text
    assert "要家人本人办" in text
    hand.press("text-size")
    assert hand.window.stack.currentWidget().who == "parent"
    hand.press("text-size")
    hand.press("text-size")


def test_channels_never_end_with_nothing(hand):
    choose_place(hand, "110000")
    hand.press("job-channels")
    hand.press("need-card-lost")
    hand.press("means-computer")
    assert "手边这些查不到" in hand.texts()
    assert "12333" in hand.texts()


def test_another_place_keeps_the_job(hand):
    choose_place(hand, "110000")
    hand.press("job-channels")
    choose_place(hand, "310000")
    assert isinstance(hand.window.stack.currentWidget(), ChannelsPage)
    assert "上海市参保" in hand.texts()
