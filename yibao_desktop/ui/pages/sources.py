"""Every source of the pack, and the pack's own version and dates."""

from __future__ import annotations

from datetime import date

from yibao_desktop import __version__
from yibao_desktop.pack.schema import GRADES
from yibao_desktop.pack.store import Pack
from yibao_desktop.paper.citations import describe
from yibao_desktop.ui.language import tr
from yibao_desktop.ui.pages.column_page import ColumnPage
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.voice import Voice
from yibao_desktop.ui.widgets.text import Card, Text, old_pack_banner


class SourcesPage(ColumnPage):
    """Where everything comes from.

    Signals:
        left: the person wants back.
    """

    def __init__(self, theme: Theme, pack: Pack, today: date, voice: Voice) -> None:
        super().__init__(theme, tr("回首页"))
        self.begin(self.tr("资料来源"))
        scroll = self.scroll
        scroll.add(Text(self.tr("每个数、每个步骤都有出处。可信程度不同，我们都标出来。"), "lead"))
        if pack.info.review_by < today:
            scroll.add(old_pack_banner(theme, pack))
        info = Card(theme)
        for line in (self.tr("{} {}，{} 发布").format(pack.info.title, pack.info.version, pack.info.issued),
                     self.tr("请在 {} 前更新").format(pack.info.review_by), self.tr("程序版本 {}").format(__version__)):
            info.column.addWidget(Text(line))
        self._voice, self._voice_line = voice, Text()
        self._voice_line.setObjectName("voice-status")
        info.column.addWidget(self._voice_line)
        voice.changed.connect(self._tell_voice)
        self._tell_voice()
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

    def _tell_voice(self) -> None:
        """Say whether pages can be read aloud here, and if not, why."""
        reasons = {
            "module": self.tr("朗读：这台电脑上不能用，没有装朗读组件，或者缺它要用的系统库"),
            "engine": self.tr("朗读：这台电脑上不能用，系统里没有语音引擎"),
            "voice": self.tr("朗读：这台电脑上不能用，系统里没有中文语音"),
            "broken": self.tr("朗读：系统的语音引擎出错了，重新打开程序可以再试"),
        }
        if self._voice.works:
            text = self.tr("朗读：可以用，语音是 {}").format(self._voice.name)
        elif self._voice.state == "missing":
            text = reasons[self._voice.missing]
        else:
            text = self.tr("朗读：正在看这台电脑有没有中文语音")
        self._voice_line.setText(text)
