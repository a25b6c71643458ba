"""Every source of the pack, and the pack's own version and dates."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yibao_desktop import __version__
from yibao_desktop.pack.schema import GRADES
from yibao_desktop.pack.store import Pack
from yibao_desktop.paper.citations import describe
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Card, Text, old_pack_banner


class SourcesPage(QWidget):
    """Where everything comes from.

    Signals:
        left: the person wants back.
    """

    left = Signal()

    def __init__(self, theme: Theme, pack: Pack, today: date) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(theme)
        outer.addWidget(scroll)
        self.back_button = Button(theme, self.tr("回首页"), "outline", "arrow-left")
        self.back_button.clicked.connect(self.left)
        scroll.add(button_row(self.back_button))
        scroll.add(Text(self.tr("资料来源"), "title"))
        scroll.add(Text(self.tr("每个数、每个步骤都有出处。可信程度不同，我们都标出来。"), "lead"))
        if pack.info.review_by < today:
            scroll.add(old_pack_banner(theme, pack))
        info = Card(theme)
        for line in (self.tr("{} {}，{} 发布").format(pack.info.title, pack.info.version, pack.info.issued),
                     self.tr("请在 {} 前更新").format(pack.info.review_by), self.tr("程序版本 {}").format(__version__)):
            info.column.addWidget(Text(line))
        scroll.add(info)
        grades = Card(theme)
        grades.column.addWidget(Text(self.tr("可信程度是什么意思"), "strong"))
        for grade in GRADES[:-1]:
            key = f"confidence.{grade}"
            grades.column.addWidget(Text(self.tr("{}：{}").format(pack.words(key), pack.words.help(key)), "small-ink"))
        scroll.add(grades)
        for layer in pack.all_layers():
            if not layer.sources:
                continue
            scroll.space()
            scroll.add(Text(self.tr("{}（{} 份）").format(layer.name, len(layer.sources)), "heading"))
            card = Card(theme)
            for source in sorted(layer.sources.values(), key=lambda source: GRADES.index(source.grade)):
                card.column.addWidget(Text(describe(source, pack), "small-ink"))
            scroll.add(card)
        scroll.end()

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        return self.back_button
