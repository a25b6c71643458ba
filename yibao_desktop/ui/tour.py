"""Draws every page in a sensible filled state: how pictures for the README and for reviews are made."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea

from yibao_desktop.pack.store import Pack
from yibao_desktop.paper.blocks import Sheet
from yibao_desktop.settings import Paper, Profile, StaffHelp
from yibao_desktop.station.counters import name_in_words
from yibao_desktop.station.event_log import Code, LoggedError
from yibao_desktop.station.health import Observed, health
from yibao_desktop.station.pin import Attempts
from yibao_desktop.station.self_test import SelfTest
from yibao_desktop.ui.output.printing import Printing
from yibao_desktop.ui.pages.region import RegionPage
from yibao_desktop.ui.station.cleaning import CleaningPage
from yibao_desktop.ui.station.failures import Failures
from yibao_desktop.ui.station.pin_page import PinPage
from yibao_desktop.ui.station.staff_page import StaffPage
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.figure_entry import FigureEntry
from yibao_desktop.ui.window import MainWindow
from yibao_desktop.ui.wizard.bill import BillWizard
from yibao_desktop.ui.wizard.frame import WizardFrame
from yibao_desktop.ui.wizard.sharing import SharingWizard

_DAY = date(2026, 3, 2)
"""A fixed day, so that two tours of the same pack are equal."""

_NOWHERE = Path(os.devnull) / "pin.json"
"""A file that is not there and cannot be made."""

_SHARING = {
    "want": "share", "payer_scheme": "employee", "payer_account": "yes", "payer_insured": "active",
    "relation": "parent", "member_scheme": "resident", "member_phone": "no", "bound": "no",
    "member_place": "same-province", "purpose": "visit", "more": "no",
}
_FAILED = {"want": "broken", "broken_kind": "sharing", "broken_code": "yes", "broken_listed": "unsure",
           "broken_local": "none", "broken_balance": "yes"}
_BILL: dict[str, Any] = {
    "task": "estimate", "scheme": "employee", "status": "active", "kind": "inpatient", "date": _DAY,
    "level": "tertiary", "admission": "stay-1", "referral": "local",
    "bill": {"total": Decimal("52640.00"), "self_funded": Decimal("2420.00"), "over_limit": None,
             "first_pay": Decimal("1210.00")},
    "used": "none",
    "accounts": {"own": Decimal("1500.00"), "shared.1": Decimal("600.00"), "shared.2": None, "shared.3": None},
}
_NO_ACCOUNTS = {"own": None, "shared.1": None, "shared.2": None, "shared.3": None}
_LARGE_BILL = {**_BILL, "bill": {**_BILL["bill"], "total": Decimal("182640.00")}, "accounts": _NO_ACCOUNTS}
"""Over 10 万元: the sources of 北京 can be read in two ways."""
_OUTPATIENT = {**_BILL, "kind": "outpatient", "level": "secondary",
               "bill": {**_BILL["bill"], "total": Decimal("3860.00"), "self_funded": Decimal("160.00"),
                        "first_pay": None}}
_LATER_STAY = {**_BILL, "date": date(2026, 5, 18), "admission": "stay-2", "accounts": _NO_ACCOUNTS}
_MISSING = {
    **_BILL, "date": date(2025, 5, 12), "retired_on": "band-0", "tier": "other",
    "bill": {"total": Decimal("160000.00"), "self_funded": Decimal("2400.00"), "over_limit": None, "first_pay": None},
    "accounts": _NO_ACCOUNTS,
}
_SECOND_STAY = {
    **_BILL, "admission": "stay-2", "accounts": _NO_ACCOUNTS,
    "bill": {"total": Decimal("8640.00"), "self_funded": Decimal("420.00"), "over_limit": None,
             "first_pay": Decimal("210.00")},
}
_SLIP = {line: Decimal(amount) for line, amount in {
    "medfee_sumamt": "8640.00", "prepaid": "3000.00", "refunded": "63.50", "hifp_pay": "5703.50",
    "other_funds": "0.00", "account": "0.00", "psn_cash_pay": "2936.50", "self_paid": "2516.50",
    "fund_pay_sumamt": "5703.50", "psn_part_amt": "2936.50", "inscp_scp_amt": "8010.00", "act_pay_dedc": "1300.00",
    "self_paid_one": "2306.50", "preselfpay_amt": "210.00", "self_funded": "420.00",
}.items()}
"""The second stay as told, settled as the first of the year."""

DAY, PLACE = _DAY, "110000"
SHARING_ANSWERS, BILL_ANSWERS, SLIP_AMOUNTS = _SHARING, _BILL, _SLIP
"""What leads in ``PLACE`` on that day through each wizard to a whole result; the self-test answers it as well."""

_FEW_LINES = {line: _SLIP[line] for line in ("medfee_sumamt", "hifp_pay", "other_funds", "account", "psn_cash_pay")}
_SHORT_SLIP = {line: _SLIP[line] for line in ("medfee_sumamt", "self_paid_one")}
_SWAPPED = {**_SLIP, "psn_cash_pay": Decimal("2396.50")}
_OWED = {**_SLIP, "self_paid": Decimal("9516.50")}


@dataclass(frozen=True)
class Stop:
    """One picture of the tour."""

    id: str
    title: str
    show: Callable[[MainWindow], None]
    scrolled: bool = False
    """Show the lower end of what scrolls."""


def stops() -> Iterator[Stop]:
    """Yield the tour, page by page."""
    yield Stop("home", "首页", _home)
    yield Stop("first-run", "第一次用", lambda w: w.greet())
    yield Stop("region", "选参保地", lambda w: w.choose_place())
    yield Stop("region-cities", "选参保地：一个省里的市", _cities)
    yield Stop("region-search", "选参保地：按拼音首字母找", _region_search)
    for question in _SHARING:
        yield Stop(f"sharing-{question}", f"家庭共济：{question}", _at(_sharing, "110000", _SHARING, question))
    yield Stop("sharing-yes", "家庭共济：可以办", _at(_sharing, "110000", _SHARING))
    yield Stop("sharing-yes-end", "家庭共济：可以办（页尾）", _at(_sharing, "110000", _SHARING), scrolled=True)
    across = {**_SHARING, "want": "far", "member_place": "other-province", "wallet": "unsure"}
    yield Stop("sharing-far", "家庭共济：家人在外省", _at(_sharing, "440100", across, "payer_scheme"))
    yield Stop("sharing-wallet", "家庭共济：医保钱包打得开吗", _at(_sharing, "440100", across, "wallet"))
    yield Stop("sharing-across", "家庭共济：跨省", _at(_sharing, "440100", across))
    yield Stop("sharing-no", "家庭共济：这样办不了", _at(_sharing, "130000", {**_SHARING, "relation": "parent-in-law"}))
    yield Stop("sharing-two", "家庭共济：几个人", _several)
    yield Stop("sharing-second", "家庭共济：问第二位家人", _second)
    yield Stop("sharing-aim", "家庭共济：说不清", _at(_sharing, "110000", {"want": "unsure", "aim": "spend"}, "aim"))
    yield Stop("sharing-look-alikes", "家庭共济：四样叫法",
               _at(_sharing, "460000", {"want": "unsure", "aim": "unsure"}))
    yield Stop("sharing-code", "家庭共济：只出示码",
               _at(_sharing, "110000", {"want": "show", "code_age": "yes", "code_money": "no"}))
    yield Stop("sharing-local-causes", "家庭共济：本地常见的原因", _at(_sharing, "350000", _FAILED, "broken_local"))
    yield Stop("sharing-cause", "家庭共济：找到原因",
               _at(_sharing, "350000", {**_FAILED, "broken_local": "fujian.cause-allocate"}))
    yield Stop("sharing-to-check", "家庭共济：还没弄清", _at(_sharing, "110000", _FAILED))
    yield Stop("sharing-undo", "家庭共济：取消",
               _at(_sharing, "350000", {"want": "undo", "undo_what": "sharing", "undo_who": "payer"}))
    for question in _BILL:
        yield Stop(f"bill-{question}", f"账单：{question}", _at(_bill, "110000", _BILL, question))
    yield Stop("bill-result", "账单：估算结果", _at(_bill, "110000", _BILL))
    yield Stop("bill-result-end", "账单：估算结果（页尾）", _at(_bill, "110000", _BILL), scrolled=True)
    yield Stop("bill-working", "账单：依据全部展开", _unfolded("unfold-step"))
    yield Stop("bill-levels", "账单：不同级别的医院", _unfolded("fold-levels"))
    yield Stop("bill-range", "账单：规定有两种读法", _at(_bill, "110000", _LARGE_BILL))
    yield Stop("bill-range-readings", "账单：两种读法都展开",
               _unfolded("fold-reading-cost", "fold-reading-payment", answers=_LARGE_BILL))
    yield Stop("bill-year", "账单：一年三张", _year_of_three)
    yield Stop("bill-missing", "账单：差一个数，可以填", _at(_bill, "350200", _MISSING))
    yield Stop("bill-missing-wrong", "账单：差的数填错了", _missing_wrong)
    yield Stop("bill-missing-told", "账单：按填的数算", _missing_told)
    yield Stop("bill-unknown", "账单：没有查到规定", _at(_bill, "310000", {**_BILL, "date": date(2026, 11, 2)}))
    yield Stop("bill-no-figures", "账单：这个地方没有报销数据", _at(_bill, "130000", _BILL))
    yield Stop("slip-forms", "票据：哪种单子", _slip_forms)
    yield Stop("slip", "票据：填写", _slip(_SLIP, filled_in=True))
    yield Stop("slip-end", "票据：填写（页尾）", _slip(_SLIP, filled_in=True), scrolled=True)
    yield Stop("slip-wrong-entry", "票据：填错了", _slip_wrong)
    yield Stop("slip-contradiction", "票据：放在一起说不通", _slip(_OWED))
    yield Stop("slip-result", "票据：核对结果", _slip(_SLIP, told={**_SECOND_STAY, "admission": "stay-1"}))
    yield Stop("slip-differs", "票据：和估算不一样，找到了原因", _slip(_SLIP))
    yield Stop("slip-cause", "票据：最可能的原因", _slip(_FEW_LINES))
    yield Stop("slip-searching", "票据：正在找原因", _slip(_FEW_LINES, searched=False))
    yield Stop("slip-sums", "票据：每个等式", _slip(_SLIP, "fold-sums"))
    yield Stop("slip-sheet", "票据：去问的时候带的纸", _slip(_SLIP, "fold-sheet"))
    yield Stop("slip-mistyped", "票据：按错了一个数", _slip(_SWAPPED))
    yield Stop("slip-mended", "票据：改过来以后", _slip(_SWAPPED, "mend-psn_cash_pay"))
    yield Stop("slip-short", "票据：填的还不够", _slip(_SHORT_SLIP, told=_ONLY_SLIP))
    yield Stop("slip-alone", "票据：不和估算比", _slip(_SLIP, told=_ONLY_SLIP))
    yield Stop("channels", "去哪里查", _channels("110000", "sharing-use"))
    yield Stop("channels-card", "去哪里查：卡丢了", _channels("440100", "card-lost"))
    yield Stop("channels-end", "去哪里查（页尾）", _channels("310000", "balance"), scrolled=True)
    yield Stop("take-away", "带走", _taken())
    yield Stop("take-away-code", "带走：扫码", _taken("take-codes"))
    yield Stop("take-away-no-printer", "带走：没有打印机", _taken("take-print"))
    yield Stop("take-away-print", "带走：送去打印了",
               _taken("take-print", "take-away-next", printers=("一楼大厅 小票机", "医保办 激光打印机")))
    yield Stop("take-away-pdf", "带走：存成 PDF", _taken("take-pdf"))
    yield Stop("take-away-two", "带走：核对结果和问题单", _taken(walk=_slip(_SLIP)))
    yield Stop("search-empty", "搜索：还没有字", _search(""))
    yield Stop("search", "搜索：首字母", _search("ybkdl"))
    yield Stop("search-rumour", "搜索：一句话", _search("医保断缴了以前交的全部清零吗"))
    yield Stop("search-nothing", "搜索：没有找到", _search("\U0001f642\U0001f642"))
    yield Stop("search-term", "搜索：打开一个词", _found("起付线是什么意思", "hit-term-deductible"))
    yield Stop("topics", "常见问题", lambda w: w.read("topics"))
    yield Stop("guide", "一篇指南", _guide)
    yield Stop("rumours", "常见误传", lambda w: w.read("rumours"))
    yield Stop("payable", "能不能用医保付", lambda w: w.read("payable"))
    yield Stop("terms", "词语解释", lambda w: w.read("terms"))
    yield Stop("help", "怎么用", lambda w: w.show_help())
    yield Stop("sources", "资料来源", lambda w: w.show_sources())
    yield Stop("message", "读不出来时", _message)
    yield Stop("staff-pin", "工作人员：PIN", _pin(Attempts))
    yield Stop("staff-pin-wait", "工作人员：PIN 连错了几次", _pin(_WaitingAttempts))
    yield Stop("staff", "工作人员", _staff)
    yield Stop("staff-end", "工作人员（页尾）", _staff, scrolled=True)
    yield Stop("staff-cleaning", "工作人员：擦屏幕", _cleaning)
    yield Stop("failure", "程序出错时", _failure)
    yield Stop("attract", "没有人用的时候", lambda w: w.session.show_attract())
    yield Stop("countdown", "您还在吗", _countdown)
    yield Stop("staff-help", "找工作人员", _staff_help)


def draw_tour(
    folder: Path, pack: Pack, theme: Theme, profile: Profile, size: tuple[int, int], only: str | None = None
) -> int:
    """Draw the tour into ``folder`` with an ``index.json``; returns the program's exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    window = MainWindow(theme, pack, profile, today=lambda: _DAY)
    window.resize(*size)
    window.show()
    index = []
    for stop in stops():
        if only is not None and stop.id != only:
            continue
        window.forget()
        stop.show(window)
        settle(window, stop.scrolled)
        name = f"{stop.id}.png"
        window.grab().save(str(folder / name))
        index.append({"id": stop.id, "file": name, "title": stop.title})
    text = json.dumps(index, ensure_ascii=False, indent=2)
    (folder / "index.json").write_text(f"{text}\n", encoding="utf-8")
    print(f"{len(index)} 张图片在 {folder}")
    return 0 if index else 1


def settle(window: MainWindow, scrolled: bool) -> None:
    """Let layouts finish: wrapped text settles its height only after a pass or two."""
    app = QApplication.instance()
    assert app is not None
    for _ in range(4):
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if scrolled:
        for area in window.findChildren(QScrollArea):
            if area.isVisible() and area.objectName() not in ("side", "needs"):
                area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
        app.processEvents()


def _home(window: MainWindow) -> None:
    window.set_place("110000")


def _search(typed: str) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        window.set_place("110000")
        window.searching.open(typed)

    return show


def _found(typed: str, hit: str) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        _search(typed)(window)
        settle(window, scrolled=False)
        next(button for button in window.findChildren(QAbstractButton, hit) if button.isVisible()).click()

    return show


def _cities(window: MainWindow) -> None:
    window.choose_place()
    page = window.stack.currentWidget()
    assert isinstance(page, RegionPage)
    page.open_province("210000")


def _region_search(window: MainWindow) -> None:
    window.choose_place()
    page = window.stack.currentWidget()
    assert isinstance(page, RegionPage)
    page.search.setText("dl")


Walk = Callable[[MainWindow, str, dict[str, Any], str | None], None]


def _at(walk: Walk, code: str, answers: dict[str, Any], until: str | None = None) -> Callable[[MainWindow], None]:
    return lambda window: walk(window, code, answers, until)


def _sharing(window: MainWindow, code: str, answers: dict[str, Any], until: str | None) -> None:
    window.set_place(code)
    window.open_job("sharing")
    wizard = window.stack.currentWidget()
    assert isinstance(wizard, SharingWizard)
    _answer(wizard.frame, answers, until)


def _several(window: MainWindow) -> None:
    _second(window)
    wizard = window.stack.currentWidget()
    assert isinstance(wizard, SharingWizard)
    _answer(wizard.frame, {**_SHARING, "relation": "child", "minor": "yes", "member_phone": "yes"}, None)
    wizard.session.add("payer")
    _answer(wizard.frame, {"payer_place": "here", "payer_scheme": "employee", "relation": "parent-in-law"}, "relation")
    wizard.session.answer("parent-in-law")
    _answer(wizard.frame, {"relation": "child"}, None)


def _second(window: MainWindow) -> None:
    _sharing(window, "110000", _SHARING, None)
    wizard = window.stack.currentWidget()
    assert isinstance(wizard, SharingWizard)
    wizard.session.add("member")
    _answer(wizard.frame, {"relation": "child"}, "relation")


def _bill(window: MainWindow, code: str, answers: dict[str, Any], until: str | None) -> None:
    window.set_place(code)
    window.open_job("bill")
    wizard = window.stack.currentWidget()
    assert isinstance(wizard, BillWizard)
    _answer(wizard.estimating, answers, until)


def _answer(frame: WizardFrame, answers: dict[str, Any], until: str | None) -> None:
    """Answer up to the question ``until``, which is shown with its answer filled in."""
    while (question := frame.session.current) is not None:
        if question.id == until:
            frame.show_current()
            if frame.page is not None:
                frame.page.load(answers[question.id])
            return
        offered = frame.session.options(question)
        frame.session.answer(answers[question.id] if question.id in answers else offered[0].id)
    frame.show_current()


def _wizard(window: MainWindow) -> BillWizard:
    wizard = window.stack.currentWidget()
    assert isinstance(wizard, BillWizard)
    return wizard


def _press(window: MainWindow, name: str) -> None:
    """Press the button called ``name``; where it is still there, bring it to the upper edge."""
    next(button for button in window.findChildren(QAbstractButton, name) if button.isVisible()).click()
    settle(window, scrolled=False)
    for button in window.findChildren(QAbstractButton, name):
        area = button.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.verticalScrollBar().setValue(max(0, button.mapTo(area.widget(), QPoint(0, 0)).y() - 24))


def _unfolded(*names: str, answers: dict[str, Any] | None = None) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        _bill(window, "110000", answers or _BILL, None)
        settle(window, scrolled=False)
        for name in names:
            _press(window, name)

    return show


def _year_of_three(window: MainWindow) -> None:
    _bill(window, "110000", _OUTPATIENT, None)
    for answers in ({**_OUTPATIENT, "date": date(2026, 4, 9)}, _LATER_STAY):
        settle(window, scrolled=False)
        _press(window, "add-bill")
        _answer(_wizard(window).estimating, answers, None)


def _missing_wrong(window: MainWindow) -> None:
    _bill(window, "350200", _MISSING, None)
    settle(window, scrolled=False)
    entry = window.findChildren(FigureEntry)[-1]
    entry.field.edit.setText("八成")
    entry.button.click()


def _missing_told(window: MainWindow) -> None:
    _bill(window, "350200", _MISSING, None)
    settle(window, scrolled=False)
    window.findChildren(FigureEntry)[-1].field.edit.setText("85")
    _press(window, "use-figure")


_ONLY_SLIP = {"task": "slip"}


def _slip(
    amounts: dict[str, Decimal], *presses: str, told: dict[str, Any] | None = None, filled_in: bool = False,
    searched: bool = True,
) -> Callable[[MainWindow], None]:
    """Fill in a slip of 北京, and unless only ``filled_in`` go on to its result."""
    def show(window: MainWindow) -> None:
        _bill(window, "110000", told or _SECOND_STAY, None)
        wizard = _wizard(window)
        if wizard.frame is wizard.estimating:
            wizard.frame.go_on()
        _answer(wizard.checking, {"form": "beijing", "slip": amounts}, "slip")
        if filled_in:
            return
        # A search nobody hears of stays on the picture.
        wizard.checking.search.blockSignals(not searched)
        wizard.checking.go_on()
        settle(window, scrolled=False)
        _let_search_end(wizard)
        for name in presses:
            _press(window, name)
            _let_search_end(wizard)

    return show


def _let_search_end(wizard: BillWizard) -> None:
    app = QApplication.instance()
    assert app is not None
    while wizard.checking.search.state == "running":
        app.processEvents()


def _slip_forms(window: MainWindow) -> None:
    _bill(window, "110000", _SECOND_STAY, None)
    _wizard(window).frame.go_on()


def _slip_wrong(window: MainWindow) -> None:
    _slip(_SLIP, filled_in=True)(window)
    page = _wizard(window).frame.page
    assert page is not None
    page.edits["hifp_pay"].edit.setText("四千")  # type: ignore[attr-defined]
    _wizard(window).frame.go_on()


class _Printers(Printing):
    """Printers that are only on the picture: it must not hang on those of this machine."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.state, self.names, self.default = "ready", names, names[-1] if names else ""

    def look(self) -> None:
        """Know them already."""

    def send(self, sheet: Sheet, paper: Paper, name: str) -> None:
        """Print at once."""
        self.state = "sent"
        self.changed.emit()


def _taken(
    *presses: str, walk: Callable[[MainWindow], None] | None = None, printers: tuple[str, ...] = ()
) -> Callable[[MainWindow], None]:
    """Take a result away, by default that of a stay in 北京; ways a profile does not offer are passed over."""
    def show(window: MainWindow) -> None:
        window.printing = _Printers(*printers)
        (walk or _at(_bill, "110000", _BILL))(window)
        settle(window, scrolled=False)
        for name in ("take-away", *presses):
            if any(button.isVisible() for button in window.findChildren(QAbstractButton, name)):
                _press(window, name)

    return show


def _channels(code: str, need: str) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        window.set_place(code)
        window.open_job("channels", need)

    return show


def _guide(window: MainWindow) -> None:
    window.set_place("110000")
    window.read("lost-card")


def _countdown(window: MainWindow) -> None:
    _bill(window, "110000", _BILL, None)
    window.session.count_down(30)


def _staff_help(window: MainWindow) -> None:
    told = StaffHelp("“我想问医保，自助机上的看不懂。”", "一楼大厅，挂号处左边的导医台")
    _bill(window, "110000", _BILL, None)
    window.show_staff_help(window.profile.staff_help or told)


def _message(window: MainWindow) -> None:
    window.tell("这个地方的内容读不出来", "可以先选别的地方，或请维护人员看看下面的说明。",
                "regions/110000-beijing/benefits.yaml:12: schema-type: 这里要写数字，现在是文字。")


class _WaitingAttempts(Attempts):
    """Too many wrong PINs, and a wait that stands still."""

    @property
    def seconds_left(self) -> int:
        """Return how long it has to wait."""
        return 200


def _pin(attempts: type[Attempts]) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        page = PinPage(window.theme, attempts(_NOWHERE), "")
        page.left.connect(window.go_home)
        window.show_page(page, lambda: show(window))

    return show


def _staff(window: MainWindow) -> None:
    page = StaffPage(window.theme, window.pack.words, bytes, bytes)
    page.left.connect(window.go_home)
    window.show_page(page, lambda: _staff(window))
    at = datetime(_DAY.year, _DAY.month, _DAY.day, 8, 30)
    errors = [LoggedError("2026-03-01T21:15:40", Code.PRINT_FAILED, None)]
    seen = Observed(at, 93_000, errors, SelfTest(0), printer="missing")
    words = window.pack.words
    page.show_facts(health(window.pack.info, words, Path(tempfile.gettempdir()), seen, lambda _: 51_200))
    page.show_counts({name_in_words(name, words): count for name, count in (("opened.home", 65), ("opened.sharing", 20),
                                                                    ("finished.sharing", 15))})


def _cleaning(window: MainWindow) -> None:
    window.show_page(CleaningPage(window.theme), lambda: _cleaning(window))


def _failure(window: MainWindow) -> None:
    Failures(window, None).show("E-7F3A")
