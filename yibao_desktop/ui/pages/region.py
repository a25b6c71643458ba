"""Choosing the place of insurance: by province and city, or by the first letters of its pinyin."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from yibao_desktop.pack.regions import cities_of, find_regions, provinces
from yibao_desktop.pack.schema import Region
from yibao_desktop.pack.store import Pack
from yibao_desktop.ui.language import place_name
from yibao_desktop.ui.pages.page import Page
from yibao_desktop.ui.theme import Theme
from yibao_desktop.ui.widgets.button_rows import button_row
from yibao_desktop.ui.widgets.buttons import Button
from yibao_desktop.ui.widgets.layouts import FlowLayout, clear_layout
from yibao_desktop.ui.widgets.pads import BesidePad
from yibao_desktop.ui.widgets.scroll import ScrollColumn
from yibao_desktop.ui.widgets.text import Text


class RegionPage(Page):
    """Every place of the pack.

    Signals:
        chosen: GB/T 2260 code of the place.
    """

    asks_place = True

    chosen = Signal(str)

    def __init__(self, theme: Theme, pack: Pack, letter_pad: bool = False) -> None:
        super().__init__()
        self.setObjectName("region")
        self._theme, self._pack = theme, pack
        self._described = frozenset(pack.described_codes())
        self._scroll = ScrollColumn(theme, wide=True)
        self._scroll.add(Text(self.tr("您在哪里参加的医保？"), "title"))
        self._scroll.add(Text(self.tr("看医保码或社保卡上的“参保地”。常住哪里不要紧，要看在哪里参保。"), "lead"))
        self.search = QLineEdit()
        self.search.setObjectName("region-search")
        self.search.setPlaceholderText(self.tr("打地名，或拼音首字母"))
        self.search.setAccessibleName(self.tr("找地名"))
        self.search.setMaxLength(30)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._choose_best)
        self._scroll.add(self.search)
        self._list = QWidget()
        self._list_column = QVBoxLayout(self._list)
        self._list_column.setContentsMargins(0, 0, 0, 0)
        self._list_column.setSpacing(theme.space("gap"))
        self._scroll.add(self._list)
        self._scroll.end()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(BesidePad(theme, self._scroll, self.search) if letter_pad else self._scroll)
        self.show_provinces()

    def show_provinces(self) -> None:
        """Offer the provincial-level units."""
        self._start(self.tr("省、自治区、直辖市"))
        self._offer(provinces(self._pack.regions), lambda region: self.open_province(region.code))

    def open_province(self, code: str) -> None:
        """Offer the places inside a provincial-level unit; one without any is chosen at once."""
        region = self._pack.regions[code]
        cities = cities_of(self._pack.regions, region.code)
        if not cities:
            self.chosen.emit(region.code)
            return
        self._start(place_name(region, region.name))
        back = Button(self._theme, self.tr("换一个省"), "outline", "arrow-left")
        back.clicked.connect(self.show_provinces)
        whole = Button(self._theme, self.tr("只选{}，不选到市").format(place_name(region)), "plain")
        whole.setObjectName(f"whole-{region.code}")
        whole.clicked.connect(lambda: self.chosen.emit(region.code))
        self._list_column.addWidget(button_row(back, whole))
        self._offer(cities, lambda city: self.chosen.emit(city.code))
        self._scroll.verticalScrollBar().setValue(0)
        back.setFocus()

    def _on_search(self, text: str) -> None:
        if not text.strip():
            self.show_provinces()
            return
        found = find_regions(self._pack.regions, text)
        self._start(self.tr("找到这些") if found else self.tr("没有找到"))
        if not found:
            self._list_column.addWidget(Text(self.tr("换一个写法试试，或者清空后从省里选。"), "muted"))
        self._offer(found, lambda region: self.chosen.emit(region.code), with_province=True)

    def _choose_best(self) -> None:
        found = find_regions(self._pack.regions, self.search.text())
        if found:
            self.chosen.emit(found[0].code)

    def _start(self, heading: str) -> None:
        clear_layout(self._list_column)
        self._list_column.addWidget(Text(heading, "heading"))

    def _offer(self, regions: Iterable[Region], choose: object, with_province: bool = False) -> None:
        holder = QWidget()
        flow = FlowLayout(12)
        holder.setLayout(flow)
        for region in regions:
            name = place_name(region, region.name)
            if with_province and region.province != region.code:
                name = self.tr("{}（{}）").format(name, place_name(self._pack.regions[region.province]))
            button = Button(self._theme, name, "chip")
            button.setObjectName(f"region-{region.code}")
            if region.code in self._described:
                button.setAccessibleDescription(self.tr("有本地规定"))
                button.set_icon("map-pin")
            button.clicked.connect(lambda _=False, region=region: choose(region))  # type: ignore[operator]
            flow.addWidget(button)
        self._list_column.addWidget(holder)
        self._list_column.addWidget(Text(self.tr("带图钉的地方有本地规定；别的地方先看省里和全国的规定。"), "small"))

    def first_control(self) -> QWidget:
        """Return what gets the focus."""
        return self.search
