"""The estimate on the screen: the one number first, who pays the rest, then the working with its sources."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from yibao_desktop.estimate.result import Estimate, Step, Unknown
from yibao_desktop.money import ZERO, grouped, yuan
from yibao_desktop.pack.store import Pack, Place
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.citations import Citations
from yibao_desktop.ui.widgets.payable import payable_card
from yibao_desktop.ui.widgets.payer_bar import Part, PayerBar
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Banner, Card, Line, Text, rule

TryAgainOn = Callable[[Unknown], None]


def fill(
    scroll: ScrollColumn, theme: Theme, pack: Pack, place: Place, result: Estimate, try_again_on: TryAgainOn
) -> None:
    """Show ``result``; ``try_again_on`` is called when the person wants an estimate by an older rule."""
    citations = Citations(pack, place)
    stopping = [gap for gap in result.unknown if gap.stops]
    if stopping:
        _what_is_missing(scroll, theme, stopping, try_again_on)
    else:
        _answer(scroll, theme, pack, result)
    for gap in result.unknown:
        if not gap.stops:
            scroll.add(Banner(theme, "warn", f"{gap.label}没有查到", f"{gap.reason} 可以问：{gap.who}。"))
    scroll.space()
    scroll.add(Text("怎么算出来的" if not stopping else "能确定的部分", "heading"))
    scroll.add(_working(theme, result.steps, citations))
    if result.assumptions:
        scroll.space()
        scroll.add(Text("这样算的前提", "heading"))
        card = Card(theme)
        for assumption in result.assumptions:
            card.column.addWidget(Text(f"· {assumption}"))
        scroll.add(card)
    if result.rule is not None and result.rule.remarks:
        scroll.space()
        scroll.add(Text("还要知道", "heading"))
        card = Card(theme)
        for remark in result.rule.remarks:
            card.column.addWidget(Text(remark.text))
            card.column.addWidget(Text(citations.line(remark, result.spoken_by or place.name), "source"))
        scroll.add(card)
    scroll.space()
    scroll.add(Text("统筹基金不付哪些", "heading"))
    scroll.add(payable_card(theme, pack, place, "pool", citations, answers=("no", "by-place")))
    if citations:
        scroll.space()
        scroll.add(citations.notes(theme))
    scroll.add(Text("估算仅供参考，以医保经办机构的结算为准。", "small"))


def _answer(scroll: ScrollColumn, theme: Theme, pack: Pack, result: Estimate) -> None:
    amounts = {name: amount or ZERO for name, amount in result.amounts.items()}
    where = f"{result.spoken_by}{result.rule.title}" if result.rule and result.spoken_by else ""
    scroll.add(Text(f"预计您自己付现金 · 按{result.rule.title if result.rule else where}估算", "lead"))
    hero = Line(yuan(amounts["psn_cash_pay"]), "hero")
    hero.setObjectName("cash")
    scroll.add(hero)
    saved = f"总费用 {yuan(amounts['medfee_sumamt'])}，各项基金付 {yuan(amounts['fund_pay_sumamt'])}"
    scroll.add(Text(saved, "muted"))
    scroll.add(PayerBar(theme, _parts(pack, amounts)))


def _parts(pack: Pack, amounts: dict[str, Decimal]) -> tuple[Part, ...]:
    others = sum((amounts[name] for name in ("hifmi_pay", "hifes_pay", "cvlserv_pay", "maf_pay", "oth_pay")), ZERO)
    table = (
        (pack.words("line.hifp_pay"), amounts["hifp_pay"], "brand"),
        (pack.words("line.hifob_pay"), amounts["hifob_pay"], "brand-dark"),
        (pack.words("line.oth_pay"), others, "muted"),
        (pack.words("line.acct_pay"), amounts["acct_pay"], "account"),
        (pack.words("line.acct_mulaid_pay"), amounts["acct_mulaid_pay"], "ok"),
        (pack.words("line.psn_cash_pay"), amounts["psn_cash_pay"], "cash"),
    )
    return tuple(Part(label, amount, color) for label, amount, color in table if amount)


def _what_is_missing(
    scroll: ScrollColumn, theme: Theme, gaps: list[Unknown], try_again_on: TryAgainOn
) -> None:
    headline = "这张账单现在还不能估算"
    scroll.add(Banner(theme, "warn", headline, "有的规定我们没有查到。不知道的数，我们不猜。"))
    for gap in gaps:
        card = Card(theme)
        card.column.addWidget(Text(f"缺的是：{gap.label}", "strong"))
        card.column.addWidget(Text(gap.reason))
        if gap.who:
            card.column.addWidget(Text(f"可以问：{gap.who}。"))
        if gap.known_on is not None:
            day = gap.known_on
            button = Button(theme, f"按 {day.year} 年 {day.month} 月 {day.day} 日的规定算一算", "outline")
            button.setObjectName("try-known-date")
            button.clicked.connect(lambda _=False, gap=gap: try_again_on(gap))
            card.column.addWidget(button_row(button))
            card.column.addWidget(Text("只能当参考：那时的规定，不一定还管现在。", "small"))
        scroll.add(card)


def _working(theme: Theme, steps: tuple[Step, ...], citations: Citations) -> QFrame:
    card = Card(theme)
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(0, 1)
    for index, step in enumerate(steps):
        row = index * 2
        left = QGridLayout()
        left.setVerticalSpacing(2)
        left.addWidget(Text(step.label, "strong"), 0, 0)
        left.addWidget(Text(step.formula, "small"), 1, 0)
        if step.sources:
            started = f"{step.in_force_from} 起执行" if step.in_force_from else None
            basis = citations.words(started, step.confidence, step.checked, step.sources)
            left.addWidget(Text(basis, "source"), 2, 0)
        grid.addLayout(left, row, 0)
        sign = "−" if step.amount < 0 else ""
        amount = Line(f"{sign}{grouped(abs(step.amount))}", "strong")
        grid.addWidget(amount, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        if index < len(steps) - 1:
            grid.addWidget(rule(), row + 1, 0, 1, 2)
    card.column.addLayout(grid)
    return card
