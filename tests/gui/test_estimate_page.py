"""The estimate's page: what unfolds, a figure the pack does not know, several bills of a year, a range."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from audit import cut_off, pieces
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from yibao_desktop.errors import AmountError
from yibao_desktop.ui import tour
from yibao_desktop.ui.pages.home import HomePage
from yibao_desktop.ui.widgets.figure_entry import FigureEdit, in_unit
from yibao_desktop.ui.widgets.figure_table import FigureTable, TableRow
from yibao_desktop.ui.widgets.fold import Fold

BEIJING_STAY = {
    "task": "estimate", "scheme": "employee", "status": "active", "kind": "inpatient", "aid": "none",
    "level": "primary", "admission": "stay-1", "referral": "local", "bill": {"total": "10000"}, "used": "none",
}
RETIRED_VISIT = {
    **BEIJING_STAY, "status": "retired", "kind": "outpatient", "age": "band-1", "level": "secondary",
    "bill": {"total": "3300"},
}
XIAMEN_STAY = {
    **BEIJING_STAY, "date": date(2025, 5, 12), "level": "tertiary", "bill": {"total": "160000"},
}


def wizard(hand):
    return hand.window.stack.currentWidget()


def frame(hand):
    return wizard(hand).frame


def fill_in(hand, answers: dict, until: str | None = None) -> None:
    """Answer with the hand what is asked, up to the question ``until`` or the result; what stands there may stay."""
    while (question := frame(hand).session.current) is not None and question.id != until:
        page = frame(hand).page
        if question.kind == "date":
            page.load(answers.get(question.id, page.value()))
        elif question.kind == "amounts":
            for name, amount in answers.get(question.id, {}).items():
                hand.find(name, QLineEdit).setFocus()
                hand.type(amount)
        elif question.id in answers:
            hand.press(answers[question.id])
        hand.press(frame(hand).next_button)


def start(hand, answers: dict, region: str = "110000", city: str | None = None) -> None:
    hand.press("job-bill")
    hand.press(f"region-{region}")
    if city:
        hand.press(f"region-{city}")
    fill_in(hand, answers)


def cash(hand) -> str:
    return hand.find("cash", QLabel).text()


def tab_to(hand, name: str) -> None:
    for _ in range(80):
        focus = hand.window.focusWidget()
        if focus is not None and focus.objectName() == name:
            return
        hand.key(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {name}")


# --- folds -------------------------------------------------------------------------------------------------


def test_the_number_and_the_working_stand_there_and_the_rest_unfolds(hand):
    start(hand, BEIJING_STAY)
    text = hand.texts()
    assert cash(hand) == "¥2,170.00"
    assert "−¥7,830.00" in text
    assert "8,700.00 × 90%" in text
    for detail in ("起执行", "大病保险按全年", "https://"):
        assert detail not in text


def test_a_line_of_the_working_unfolds_and_folds_with_the_mouse(hand):
    start(hand, BEIJING_STAY)
    head = hand.find("fold-step-2")
    assert head.accessibleName().endswith("已收起")
    hand.press(head)
    text = hand.texts()
    assert "北京市，2023-01-01 起执行" in text
    assert "2026-11-22 核对" in text
    assert "六个页面一致" in text
    assert head.accessibleName().endswith("已展开")
    hand.press(head)
    assert "起执行" not in hand.texts()


def test_the_whole_row_unfolds_not_only_its_words(qtbot, hand):
    start(hand, BEIJING_STAY)
    head = hand.find("fold-assumptions")
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton, pos=head.rect().center())
    assert head.isChecked()
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton, pos=head.rect().bottomRight())
    assert not head.isChecked()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space], ids=["enter", "space"])
def test_a_fold_opens_by_keyboard_and_tab_goes_on_inside_it(hand, key):
    start(hand, {**BEIJING_STAY, "bill": {"total": "182640"}, "level": "tertiary"})
    tab_to(hand, "fold-levels")
    hand.key(key)
    assert "只比报销规定" in hand.texts()
    hand.key(key)
    assert "只比报销规定" not in hand.texts()
    assert frame(hand).session.current is None, "Enter on a fold must not go on to the slip"


def test_all_lines_unfold_and_fold_together(hand):
    start(hand, BEIJING_STAY)
    hand.press("unfold-step")
    folds = [fold for fold in hand.window.findChildren(Fold) if fold.head.objectName().startswith("fold-step")]
    assert folds
    assert all(fold.is_unfolded for fold in folds)
    assert hand.find("unfold-step").text() == "全部收起"
    hand.press("unfold-step")
    assert not any(fold.is_unfolded for fold in folds)


def test_a_larger_text_keeps_what_is_unfolded(hand):
    start(hand, BEIJING_STAY)
    hand.press("fold-step-2")
    hand.press("text-size")
    assert hand.find("fold-step-2").isChecked()
    assert "六个页面一致" in hand.texts()


def test_other_levels_are_compared_with_the_own_one_marked(hand):
    start(hand, BEIJING_STAY)
    hand.press("fold-levels")
    text = hand.texts()
    # 三级: (10000 - 1300) x 85%.
    assert "7,395.00" in text
    assert "您选的" in text


def test_who_does_not_know_the_level_sees_what_each_would_pay(hand):
    start(hand, {**BEIJING_STAY, "level": "unsure"})
    assert "还需要知道：医院等级" in hand.texts()
    hand.press("fold-levels")
    assert "7,395.00" in hand.texts()
    assert "您选的" not in hand.texts()


# --- readings ------------------------------------------------------------------------------------------------


def test_a_rule_read_in_two_ways_gives_a_range_and_both_workings(hand):
    start(hand, {**BEIJING_STAY, "level": "tertiary", "bill": {"total": "182640"}})
    low, high = cash(hand).split(" 到 ")
    assert low < high
    text = hand.texts()
    assert "两种读法" in text
    assert "按费用 10 万元转" in text
    hand.press("fold-reading-payment")
    assert "通知把 10 万元写作统筹基金的支付限额" in hand.texts()
    hand.press("fold-reading-cost")
    assert "对照表" in hand.texts()
    assert "上面用的是这一种" in hand.texts()


# --- a missing figure ----------------------------------------------------------------------------------------


def test_a_missing_share_is_typed_in_percent_marked_and_taken_back(hand):
    start(hand, XIAMEN_STAY, "350000", "350200")
    text = hand.texts()
    assert "还差一个数" in text
    assert "能确定的部分" in text
    assert "160,000.00" in text
    field = hand.find("xm-emp-share-above", QLineEdit)
    field.setFocus()
    for wrong, told in (("", "先填上"), ("八成", "只能填数字"), ("0.85", "85% 填 85"), ("185", "不会超过 100%")):
        field.clear()
        hand.type(wrong)
        hand.press("use-figure")
        assert told in hand.texts()
        assert field.text() == wrong
    field.clear()
    hand.type("８５％")
    hand.key(Qt.Key.Key_Return)
    assert wizard(hand).frame is wizard(hand).estimating, "Enter in the field must not go on to the slip"
    text = hand.texts()
    assert "× 85%" in text
    assert "✓ 您填的" in text
    assert "按您填的算" in text
    hand.press("take-back-xm-emp-share-above")
    assert "还差一个数" in hand.texts()


def test_a_figure_told_belongs_to_the_hospital_it_was_told_for(hand):
    start(hand, XIAMEN_STAY, "350000", "350200")
    hand.find("xm-emp-share-above", QLineEdit).setFocus()
    hand.type("85")
    hand.press("use-figure")
    shown = cash(hand)
    hand.press("change-level")
    fill_in(hand, {"level": "secondary"})
    assert "还差一个数" in hand.texts()
    hand.press("change-level")
    fill_in(hand, {"level": "tertiary"})
    assert cash(hand) == shown


def test_what_is_typed_for_a_missing_figure_survives_a_larger_text(hand):
    start(hand, XIAMEN_STAY, "350000", "350200")
    hand.find("xm-emp-share-above", QLineEdit).setFocus()
    hand.type("8")
    hand.press("text-size")
    assert hand.find("xm-emp-share-above", QLineEdit).text() == "8"


@pytest.mark.parametrize(("unit", "text", "value"), [
    ("yuan", "1，300元", "1300"), ("yuan", "¥12.5", "12.5"), ("share", "92.5%", "0.925"), ("share", "0", "0"),
    ("share", "100", "1"), ("days", "90天", "90"), ("days", "３０", "30"),
])
def test_figures_are_read_the_way_people_write_them(qtbot, theme, unit, text, value):
    edit = FigureEdit("x", unit)
    qtbot.addWidget(edit)
    edit.edit.setText(text)
    assert edit.value() == Decimal(value)


@pytest.mark.parametrize(("unit", "text"), [
    ("yuan", "-3"), ("share", "101"), ("share", "0.5"), ("share", "85.123"), ("days", "1.5"), ("days", "400"),
])
def test_impossible_figures_are_refused(qtbot, theme, unit, text):
    edit = FigureEdit("x", unit)
    qtbot.addWidget(edit)
    edit.edit.setText(text)
    with pytest.raises(AmountError):
        edit.value()
    assert not edit.check()


def test_figures_are_shown_in_their_unit():
    assert in_unit(Decimal("0.85"), "share") == "85%"
    assert in_unit(Decimal(1300), "yuan") == "¥1,300.00"
    assert in_unit(Decimal(90), "days") == "90 天"


# --- the year ------------------------------------------------------------------------------------------------


def second_visit(hand, **other) -> None:
    hand.press("add-bill")
    fill_in(hand, {**RETIRED_VISIT, "date": date(2026, 4, 9), **other})


def test_a_second_bill_starts_where_the_first_left_the_year(hand):
    start(hand, RETIRED_VISIT)
    # (3300 - 1300) x 90% are paid; the second bill has no threshold left to pay.
    assert cash(hand) == "¥1,500.00"
    assert "还差" in hand.texts()
    hand.press("add-bill")
    assert frame(hand).session.current.id == "kind"
    asked = []
    while (question := frame(hand).session.current) is not None:
        asked.append(question.id)
        fill_in(hand, {**RETIRED_VISIT, "date": date(2026, 4, 9)}, until=next_after(hand))
    assert "used" not in asked
    assert cash(hand) == "¥330.00"
    text = hand.texts()
    assert "这一年的账单" in text
    assert "上面算的是这一张" in text
    assert "2 张合计" in text
    assert "6,600.00" in text
    assert "1,830.00" in text


def next_after(hand) -> str | None:
    session = frame(hand).session
    asked = [question.id for question in session.visible()]
    after = asked[asked.index(session.current.id) + 1:]
    return after[0] if after else None


def test_what_was_said_of_the_person_is_offered_again(hand):
    start(hand, RETIRED_VISIT)
    hand.press("add-bill")
    fill_in(hand, {**RETIRED_VISIT}, until="age")
    assert hand.find("band-1").isChecked()
    assert frame(hand).next_button.isEnabled()


def test_a_bill_settled_earlier_is_put_before_the_others(hand):
    start(hand, RETIRED_VISIT)
    second_visit(hand, date=date(2026, 1, 15))
    # The one just entered comes first, so it bears the threshold.
    assert cash(hand) == "¥1,500.00"
    hand.press("show-bill-1")
    assert cash(hand) == "¥330.00"
    assert frame(hand).session.answers["date"] == date(2026, 3, 2)


def test_a_bill_can_be_removed_and_had_back(hand):
    start(hand, RETIRED_VISIT)
    second_visit(hand)
    hand.press("remove-bill-1")
    assert cash(hand) == "¥1,500.00"
    assert "张合计" not in hand.texts()
    hand.press("put-back")
    assert cash(hand) == "¥330.00"
    hand.press("remove-bill-2")
    assert cash(hand) == "¥1,500.00"
    assert frame(hand).session.answers["date"] == date(2026, 3, 2)


def test_back_at_the_new_bill_shows_the_one_before_and_loses_nothing(hand):
    start(hand, RETIRED_VISIT)
    hand.press("add-bill")
    fill_in(hand, {**RETIRED_VISIT, "date": date(2026, 4, 9)}, until="referral")
    while frame(hand).session.current is not None:
        hand.press(frame(hand).back_button)
    assert cash(hand) == "¥1,500.00"
    assert "还有一张没填完（门诊）" in hand.texts()
    hand.press("add-bill")
    assert frame(hand).session.current.id == "referral"
    fill_in(hand, RETIRED_VISIT)
    assert cash(hand) == "¥330.00"


def test_an_empty_new_bill_leaves_no_trace(hand):
    start(hand, RETIRED_VISIT)
    hand.press("add-bill")
    hand.press(frame(hand).back_button)
    assert cash(hand) == "¥1,500.00"
    assert "没填完" not in hand.texts()
    for _ in range(20):
        if isinstance(wizard(hand), HomePage):
            break
        hand.press(frame(hand).back_button)
    assert isinstance(wizard(hand), HomePage)


def test_a_change_of_the_person_holds_for_every_bill_of_the_year(hand):
    start(hand, BEIJING_STAY)
    hand.press("add-bill")
    fill_in(hand, {**BEIJING_STAY, "kind": "outpatient", "level": "secondary", "date": date(2026, 4, 9),
                   "bill": {"total": "3300"}})
    # (3300 - 1800) x 70% are paid.
    assert cash(hand) == "¥2,250.00"
    hand.press("show-bill-1")
    hand.press("change-status")
    fill_in(hand, {"status": "retired"})
    # Whoever is retired is asked for the age at the clinic: that bill waits for it.
    assert "还有一张没填完（门诊）" in hand.texts()
    hand.press("show-bill-2")
    assert frame(hand).session.current.id == "age"


def test_start_again_forgets_every_bill(hand):
    start(hand, RETIRED_VISIT)
    second_visit(hand)
    hand.press(frame(hand).again_button)
    fill_in(hand, RETIRED_VISIT)
    assert cash(hand) == "¥1,500.00"
    assert "这一年的账单" not in hand.texts()


def test_the_slip_is_held_against_the_bill_as_the_year_makes_it(hand):
    start(hand, RETIRED_VISIT)
    second_visit(hand)
    hand.press(frame(hand).next_button)
    assert wizard(hand).frame is wizard(hand).checking


# --- the table -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "stacked"), [(900, False), (320, True)])
def test_a_table_too_narrow_for_its_columns_becomes_a_list(qtbot, theme, width, stacked):
    holder = QWidget()
    qtbot.addWidget(holder)
    table = FigureTable(theme, ("日期", "总费用", "基金付"),
                        (TableRow("一", ("1,234,567.00", "1,000,000.00"), tag="这一张"), TableRow("二", ("1", "2"))))
    table.setParent(holder)
    holder.resize(width, 600)
    table.setGeometry(0, 0, width, 600)
    holder.show()
    qtbot.waitExposed(holder)
    heads = [label for label in table.findChildren(QLabel) if label.isVisible() and label.text() == "总费用"]
    assert len(heads) == (2 if stacked else 1)
    for label in table.findChildren(QLabel):
        if label.isVisible():
            right = label.mapTo(table, label.rect().topRight()).x()
            assert right <= width, label.text()


@pytest.mark.parametrize("page", ["bill-range", "bill-year", "bill-missing-told", "bill-levels"])
def test_everything_unfolded_still_fits(qtbot, make_window, theme, page):
    for text_size in ("standard", "xlarge"):
        theme.set_text_size(text_size)
        window = make_window(size=(1366, 768))
        next(stop for stop in tour.stops() if stop.id == page).show(window)
        tour.settle(window, scrolled=False)
        for fold in window.findChildren(Fold):
            if fold.isVisible():
                fold.set_unfolded(True)
        tour.settle(window, scrolled=False)
        assert list(cut_off(pieces(window))) == []
        assert (window.width(), window.height()) == (1366, 768)
        window.close()
