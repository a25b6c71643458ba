"""Which pages there are, and what stands on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import get_args

from msgspec.structs import replace

from yibao_desktop.pack.regions import cities_of, provinces
from yibao_desktop.pack.schema import Guide
from yibao_desktop.pack.store import NATION, Pack, Place
from yibao_desktop.paper.blocks import Answer, Footer, Sheet
from yibao_desktop.paper.footer import footer
from yibao_desktop.paper.payable_sheet import payable_sheet
from yibao_desktop.paper.sharing_sheet import sharing_sheet
from yibao_desktop.sharing.answering import Answering
from yibao_desktop.sharing.reference import Kind, reference_sheet
from yibao_desktop.site.frame import HOME, SCREEN, Frame, links
from yibao_desktop.site.markup import element, link, sheet_body, text
from yibao_desktop.site.sheets import Sheets

_UNDO = ("sharing", "wallet")
"""What is undone at a place; showing a code is the same everywhere, and with the sheet on the code."""

WORDS_USED = frozenset(f"site.{key}" for key in (
    "name", "lead", "no-estimate", "valid", "home", "choose", "choose-help", "nation", "guides", "print",
    "described", "others", "levels", "levels-own", "contents", "of-sharing", "of-gaps", "top", "related", "to-place",
    "terms", "terms-here", "also", "rumours", "wrong", "right", "sources", "sources-of", "grades", "causes",
    "reasons", "gaps", "for-relative",
))
"""Words of the pages; all else they say stands in the content itself or on the sheets."""

Part = tuple[str, Sheet]
"""An anchor, and the sheet that stands there."""


class Site:
    """The pages of one pack, written on one day."""

    def __init__(self, pack: Pack, on: date) -> None:
        self._pack, self._on = pack, on
        self._words = pack.words
        self._sheets = Sheets(pack, on)
        self._frame = Frame(pack.words, self._sheets.validity())
        self._flow = pack.flow("sharing")
        self._described = frozenset(pack.described_codes())

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield every page as (file, text); the first page, by which one comes in, is the last."""
        yield self._place_page(self._pack.anywhere)
        for code in sorted(self._pack.regions):
            yield self._place_page(self._pack.place(code))
        for guide in self._pack.guides.values():
            yield self._guide_page(guide)
        sheets, anywhere = self._sheets, self._pack.anywhere
        yield self._list_page("causes.html", sheets.causes(anywhere))
        yield self._list_page("payable.html", payable_sheet(self._pack, anywhere, self._on), sheets.reasons(anywhere))
        yield self._list_page("rumours.html", sheets.rumours())
        yield self._list_page("terms.html", sheets.glossary())
        yield self._list_page("sources.html", sheets.sources())
        yield self._home()

    # --- the first page --------------------------------------------------------------------------------

    def _home(self) -> tuple[str, str]:
        words, pack = self._words, self._pack
        places = [(_file_of(region.code), region.name) for region in provinces(pack.regions)]
        content = (
            text("p", words("site.lead"), "lead"),
            text("p", words("site.no-estimate")),
            _heading("places", words("site.choose")),
            text("p", words("site.choose-help")),
            links(places, "links big"),
            links([(_file_of(NATION), words("site.nation"))]),
            _heading("guides", words("site.guides")),
            links([(f"guides/{guide.id}.html", guide.title) for guide in pack.guides.values()]),
            text("p", words("site.print"), "small"),
        )
        return HOME, self._frame.page(HOME, words("site.name"), content, self._foot(pack.anywhere))

    # --- places ------------------------------------------------------------------------------------------

    def _place_page(self, place: Place) -> tuple[str, str]:
        file = _file_of(place.region.code)
        content = (*self._ways_up(place), text("p", self._speakers(place), "notice"), *self._cities(place),
                   *self._sections(tuple(self._groups(place))))
        return file, self._frame.page(file, place.name, content, self._foot(place))

    def _ways_up(self, place: Place) -> Iterator[str]:
        """Yield the way back to the province, for a place inside one."""
        region = place.region
        if region.code != NATION and region.province != region.code:
            above = self._pack.regions[region.province]
            yield f'<p class="up">{link(_name_of(above.code), above.name)} › {escape(region.name)}</p>'

    def _speakers(self, place: Place) -> str:
        """Say whose rules follow, and that there are none of the place's own where that is so."""
        words, names = self._words, self._words("join.list").join(layer.name for layer in place.layers)
        own = place.layers[0].code == place.region.code
        return words("site.levels-own" if own else "site.levels", place=place.name, names=names)

    def _cities(self, place: Place) -> Iterator[str]:
        """Yield the ways to the places inside a province, those with rules of their own first."""
        region = place.region
        cities = cities_of(self._pack.regions, region.code) if region.province == region.code else ()
        described = [city for city in cities if city.code in self._described]
        others = [city for city in cities if city.code not in self._described]
        for key, group in (("site.described", described), ("site.others", others)):
            if group:
                inside = links((_name_of(city.code), city.name) for city in group)
                yield element("div", text("p", self._words(key, place=place.name), "strong") + inside, SCREEN)

    def _groups(self, place: Place) -> Iterator[tuple[str, list[Part]]]:
        """Yield what is told of a place: the heading of a group, and its sheets."""
        words = self._words
        yield words("site.of-sharing"), list(self._of_sharing(place))
        for about, label in words.starting_with("about"):
            sheets = [(need, sheet) for need in self._pack.needs if need.about == about
                      for sheet in self._sheets.need(need, place)]
            if sheets:
                yield label, [(_anchor(need.id, sheet.title != need.label), sheet) for need, sheet in sheets]
        if gaps := self._sheets.gaps(place):
            yield words("site.of-gaps"), [("gaps", gaps)]

    def _of_sharing(self, place: Place) -> Iterator[Part]:
        pack, on = self._pack, self._on
        answering = Answering(pack, place, self._flow)
        answers = {f"sharing-{kind}": reference_sheet(pack, place, kind) for kind in get_args(Kind)}
        answers["sharing-code"] = answering.sheet({"want": "show"})
        answers |= {f"undo-{what}": answering.sheet({"want": "undo", "undo_what": what}) for what in _UNDO}
        for anchor, answer in answers.items():
            yield anchor, _with_headline(sharing_sheet(answer, pack, on))
        if place is pack.anywhere:
            return
        if causes := self._sheets.causes(place):
            yield "causes", causes
        if reasons := self._sheets.reasons(place):
            yield "payable", payable_sheet(pack, place, on)
            yield "reasons", reasons

    def _sections(self, groups: Sequence[tuple[str, list[Part]]]) -> Iterator[str]:
        """Yield the list of what is on a page, then all of it, each sheet under its anchor."""
        contents = [_heading("contents", self._words("site.contents"))]
        for label, parts in groups:
            contents += [text("p", label, "strong"), links((f"#{anchor}", sheet.title) for anchor, sheet in parts)]
        yield element("div", "\n".join(contents), SCREEN)
        for _, parts in groups:
            for anchor, sheet in parts:
                top = element("p", link("#contents", self._words("site.top")), "top")
                yield f'<div class="sheet" id="{anchor}">\n{text("h2", sheet.title)}\n{sheet_body(sheet, 3)}\n{top}\n</div>'

    # --- lists and guides --------------------------------------------------------------------------------

    def _guide_page(self, guide: Guide) -> tuple[str, str]:
        file = f"guides/{guide.id}.html"
        sheet = self._sheets.guide(guide)
        related = [(f"{id_}.html", self._pack.guides[id_].title) for id_ in guide.related if id_ in self._pack.guides]
        content = [sheet_body(sheet, 2)]
        if {"sharing", "channels"} & set(guide.then):
            content.append(element("div", links([(f"../{HOME}#places", self._words("site.to-place"))]), SCREEN))
        if related:
            content.append(element("div", text("h2", self._words("site.related")) + links(related), SCREEN))
        return file, self._frame.page(file, sheet.title, content, sheet.footer)

    def _list_page(self, file: str, *sheets: Sheet) -> tuple[str, str]:
        first, *others = sheets
        content = [sheet_body(first, 2)]
        for sheet in others:
            content += [text("h2", sheet.title), sheet_body(sheet, 3)]
        return file, self._frame.page(file, first.title, content, first.footer)

    def _foot(self, place: Place) -> Footer:
        return footer(self._pack, place, self._on, "paper.caution-advice")


def _with_headline(sheet: Sheet) -> Sheet:
    """Let the headline of an answer be its title: several answers on one page are told apart by it."""
    answer, *others = sheet.blocks
    assert isinstance(answer, Answer)
    return replace(sheet, title=answer.main, blocks=(replace(answer, main=""), *others))


def _heading(anchor: str, words: str) -> str:
    return f'<h2 id="{anchor}">{escape(words)}</h2>'


def _anchor(need: str, for_relative: bool) -> str:
    return f"{need}-relative" if for_relative else need


def _name_of(code: str) -> str:
    return f"{code}.html"


def _file_of(code: str) -> str:
    return f"places/{_name_of(code)}"
