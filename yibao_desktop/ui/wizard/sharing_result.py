"""The sharing answer on the screen: verdict, reasons, steps with the local button names, and what to know."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from yibao_desktop.pack.schema import BindingChannel
from yibao_desktop.pack.store import Layer, Pack
from yibao_desktop.sharing.decision import Said, Sharing
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.citations import Citations
from yibao_desktop.ui.widgets.payable import payable_card
from yibao_desktop.ui.widgets.qr import QrCode
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Banner, Card, Text, numbered

_TONES = {"yes": "ok", "first": "ok", "not-now": "warn", "no": "bad"}


def fill(scroll: ScrollColumn, theme: Theme, pack: Pack, result: Sharing) -> None:
    """Show ``result`` on the page."""
    citations = Citations(pack, result.place)
    first, others = result.reasons[0], result.reasons[1:]
    scroll.add(Banner(theme, _TONES[result.verdict], pack.words(f"verdict.{result.verdict}"), first.claim.text,
                      citations.line(first.claim, first.layer.name)))
    if others:
        card = Card(theme)
        _sentences(card.column, others, citations)
        scroll.add(card)
    if result.bindings:
        scroll.space()
        where = "跨省，用医保钱包" if result.across_provinces else f"{result.place.name}参保"
        scroll.add(Text(f"怎么办（{where}）", "heading"))
        for layer, binding in result.bindings:
            scroll.add(_binding(theme, layer, binding, citations))
    for topic, said in result.told:
        scroll.space()
        scroll.add(Text(pack.words(f"topic.{topic}"), "heading"))
        card = Card(theme)
        _sentences(card.column, said, citations)
        scroll.add(card)
    if result.verdict != "no":
        scroll.space()
        scroll.add(Text("一样一样看：共济的钱能付什么", "heading"))
        scroll.add(payable_card(theme, pack, result.place, "shared", citations))
    if result.place.gaps and result.verdict != "no":
        scroll.space()
        scroll.add(Text("这里还没查到的", "heading"))
        card = Card(theme)
        for gap in result.place.gaps:
            card.column.addWidget(Text(gap.what))
            card.column.addWidget(Text(f"可以问：{gap.who}", "small"))
        scroll.add(card)
    if citations:
        scroll.space()
        scroll.add(citations.notes(theme))


def _sentences(column: QVBoxLayout, said: tuple[Said, ...], citations: Citations) -> None:
    for item in said:
        column.addWidget(Text(item.claim.text))
        column.addWidget(Text(citations.line(item.claim, item.layer.name), "source"))


def _binding(theme: Theme, layer: Layer, binding: BindingChannel, citations: Citations) -> Card:
    card = Card(theme)
    row = QHBoxLayout()
    row.setSpacing(24)
    left = QVBoxLayout()
    left.setSpacing(8)
    left.addWidget(Text(binding.name, "strong"))
    left.addWidget(numbered(binding.steps))
    if binding.note:
        left.addWidget(Text(binding.note, "small"))
    left.addWidget(Text(citations.line(binding, layer.name), "source"))
    row.addLayout(left, 1)
    if binding.url:
        right = QVBoxLayout()
        right.addWidget(QrCode(theme, binding.url, f"{binding.name}的网址二维码"))
        right.addWidget(Text("手机扫码打开", "small"), 0, Qt.AlignmentFlag.AlignHCenter)
        right.addStretch(1)
        row.addLayout(right)
    card.column.addLayout(row)
    return card
