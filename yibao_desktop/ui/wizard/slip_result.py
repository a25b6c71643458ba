"""Whether a slip adds up, on the screen; and the slip beside the estimate where there is one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from yibao_desktop.estimate.result import Estimate
from yibao_desktop.estimate.slip import Comparison, Identity, Receipt, check_identities, compare
from yibao_desktop.money import ZERO, grouped, yuan
from yibao_desktop.pack.store import Pack
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Banner, Card, Line, Text, rule

_TONES = {"holds": "ok", "one-fen": "ok", "differs": "warn", "not-filled": "info"}


def fill(scroll: ScrollColumn, theme: Theme, pack: Pack, receipt: Receipt, estimate: Estimate | None) -> None:
    """Show the identities first: they need no local rule. Then the comparison."""
    identities = check_identities(receipt)
    headline, text, tone = _summary(identities)
    scroll.add(Banner(theme, tone, headline, text))
    for identity in identities:
        scroll.add(_card(theme, pack, identity))
    rows = compare(receipt, estimate) if estimate is not None else ()
    if rows:
        scroll.space()
        scroll.add(Text("和估算对一对", "heading"))
        scroll.add(_table(theme, pack, rows))
        scroll.add(Text("有差别不等于票据错了：起付线用掉多少、医院等级、乙类先行自付，都会让结果不一样。"
                        "拿不准，带上票据问医院医保办，或拨 12393。"))
    scroll.space()
    scroll.add(Text("加得起来，只说明票据自己的数没有抄错，不说明报销一定算对了。", "small"))
    scroll.add(Text("依据：财政部等《关于全面推行医疗收费电子票据管理改革的通知》（财综〔2019〕29号）的栏目含义。"
                    "各地票据的叫法可能不同。", "small"))


def _summary(identities: tuple[Identity, ...]) -> tuple[str, str, str]:
    if not identities:
        return ("填的栏目还不够，没法核对", "至少要有“金额合计”和几项支付。点“上一步”，把票据上有的栏都填上。", "info")
    if any(identity.verdict == "differs" for identity in identities):
        return ("有对不上的地方", "先看看是不是有一栏填错、漏填，或者看错了行。票据上叫法不同也会这样。", "warn")
    if any(identity.verdict == "not-filled" for identity in identities):
        return ("能核对的都对得上，有两栏票据没有填", "有的医院不填“个人自付”“个人自费”，这不是算错。", "info")
    return ("票据自己加得起来", "您填的各栏互相对得上。", "ok")


def _card(theme: Theme, pack: Pack, identity: Identity) -> Card:
    card = Card(theme)
    left = " + ".join(pack.words(f"receipt.{name}") for name in identity.left)
    right = " + ".join(pack.words(f"receipt.{name}") for name in identity.right)
    verdict = pack.words(f"identity.{identity.verdict}")
    marks = {"ok": "✓", "warn": "!", "info": "i"}
    tone = _TONES[identity.verdict]
    card.column.addWidget(Text(f"{marks[tone]} {verdict}", "strong", None if tone == "info" else tone))
    card.column.addWidget(Text(f"{left} = {right}"))
    numbers = f"{grouped(identity.left_sum)} 和 {grouped(identity.right_sum)}"
    if identity.verdict == "differs":
        numbers += f"，差 {yuan(abs(identity.difference))}"
    card.column.addWidget(Text(numbers, "muted"))
    return card


def _table(theme: Theme, pack: Pack, rows: tuple[Comparison, ...]) -> Card:
    card = Card(theme)
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(0, 1)
    right = Qt.AlignmentFlag.AlignRight
    for column, name in enumerate(("项目", "票据", "估算", "差额")):
        grid.addWidget(Line(name, "small-strong"), 0, column, right if column else Qt.AlignmentFlag.AlignLeft)
    for index, row in enumerate(rows):
        at = index * 2 + 2
        grid.addWidget(rule(), at - 1, 0, 1, 4)
        differs = row.difference != ZERO
        role = "strong" if differs else "body"
        tone = "warn" if differs else None
        grid.addWidget(Text(pack.words(f"receipt.{row.field}"), role, tone), at, 0)
        sign = "+" if row.difference > 0 else "−" if row.difference < 0 else ""
        cells = (grouped(row.slip), grouped(row.estimated), f"{sign}{grouped(abs(row.difference))}")
        for column, cell in enumerate(cells, 1):
            grid.addWidget(Line(cell, role, tone), at, column, right)
    card.column.addLayout(grid)
    return card
