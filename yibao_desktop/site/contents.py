"""Which pages there are, and what stands on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import get_args

from msgspec.structs import replace

from yibao_desktop.pack.regions import cities_of, provinces
from yibao_desktop.pack.schema import Guide, Region
from yibao_desktop.pack.store import NATION, Layer, Pack, Place
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
    "name", "lead", "no-estimate", "valid", "home", "choose", "choose-help", "nation", "up", "guides", "print",
    "print-this", "print-first", "own", "others", "levels", "levels-own", "contents", "of-sharing",
    "of-relatives", "of-gaps", "code", "top", "related", "to-place",
    "terms", "terms-here", "also", "rumours", "wrong", "right", "sources", "sources-of", "grades", "causes",
    "reasons", "gaps", "for-relative",
))
"""Words of the pages; all else they say stands in the content itself or on the sheets."""

Part = tuple[str, Sheet]
"""An anchor, and the sheet that stands there."""
Group = tuple[str, list[Part]]
"""What several sheets are about, and the sheets."""


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
        for province in provinces(self._pack.regions):
            yield from self._of_province(province)
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

    def _of_province(self, province: Region) -> Iterator[tuple[str, str]]:
        """Yield the page of a province and those of the places inside it.

        A place without rules of its own leads into the page of its province, on which the very same would stand.
        """
        pack = self._pack
        groups = tuple(self._groups(pack.place(province.code)))
        yield self._place_page(pack.place(province.code), groups)
        for city in cities_of(pack.regions, province.code):
            place = pack.place(city.code)
            if city.code in self._described:
                yield self._place_page(place)
            else:
                yield self._page_of(place, self._contents(groups, _name_of(province.code)))

    def _place_page(self, place: Place, groups: Sequence[Group] = ()) -> tuple[str, str]:
        groups = groups or tuple(self._groups(place))
        return self._page_of(place, self._contents(groups), *self._sections(groups))

    def _page_of(self, place: Place, *content: str) -> tuple[str, str]:
        file = _file_of(place.region.code)
        before = (*self._ways_up(place), text("p", self._speakers(place), "notice"), *self._cities(place),
                  text("p", self._words("site.print-first"), "paper"))
        return file, self._frame.page(file, place.name, (*before, *content), self._foot(place))

    def _ways_up(self, place: Place) -> Iterator[str]:
        """Yield the way back to the province, for a place inside one."""
        region = place.region
        if region.code != NATION and region.province != region.code:
            above = self._pack.regions[region.province]
            way = link(_name_of(above.code), self._words("site.up", place=above.name))
            yield element("p", way, SCREEN)

    def _speakers(self, place: Place) -> str:
        """Say whose rules follow, and that there are none of the place's own where that is so."""
        words = self._words
        speakers = [layer for layer in place.layers if self._says_something(layer)]
        own = place.region.code in [layer.code for layer in speakers]
        names = words("join.list").join(layer.name for layer in speakers)
        return words("site.levels-own" if own else "site.levels", place=place.name, names=names)

    def _says_something(self, layer: Layer) -> bool:
        """Tell whether a level says anything of what the pages tell; rules for estimates are not among it."""
        sharing = layer.sharing
        return bool(sharing.bindings or sharing.claims or layer.channels or self._pack.payable_of(layer))

    def _cities(self, place: Place) -> Iterator[str]:
        """Yield the ways to the places inside a province, those with rules of their own first."""
        region = place.region
        cities = cities_of(self._pack.regions, region.code) if region.province == region.code else ()
        own = [city for city in cities if city.code in self._described
               and self._says_something(self._pack.place(city.code).layers[0])]
        for key, group in (("site.own", own), ("site.others", [city for city in cities if city not in own])):
            if group:
                inside = links((_name_of(city.code), city.name) for city in group)
                yield element("div", text("p", self._words(key, place=place.name), "strong") + inside, SCREEN)

    def _groups(self, place: Place) -> Iterator[Group]:
        """Yield what is told of a place."""
        words = self._words
        yield words("site.of-sharing"), list(self._of_sharing(place))
        for about, label in words.starting_with("about"):
            needs = [need for need in self._pack.needs if need.about == about]
            if needs:
                yield label, [(need.id, self._sheets.need(need, place)) for need in needs]
        for_relatives = [(f"{need.id}-relative", sheet) for need in self._pack.needs
                         if (sheet := self._sheets.need_of_relative(need, place))]
        if for_relatives:
            yield words("site.of-relatives"), for_relatives
        if gaps := self._sheets.gaps(place):
            yield words("site.of-gaps"), [("gaps", gaps)]

    def _of_sharing(self, place: Place) -> Iterator[Part]:
        pack, on = self._pack, self._on
        answering = Answering(pack, place, self._flow)
        answers = {f"sharing-{kind}": reference_sheet(pack, place, kind) for kind in get_args(Kind)}
        answers |= {f"undo-{what}": answering.sheet({"want": "undo", "undo_what": what}) for what in _UNDO}
        for anchor, answer in answers.items():
            yield anchor, _with_headline(sharing_sheet(answer, pack, on))
        code = sharing_sheet(answering.sheet({"want": "show"}), pack, on)
        yield "code", replace(code, title=self._words("site.code"))
        if place is pack.anywhere:
            return
        # What holds everywhere has pages of its own; here stands what the place adds.
        causes, reasons = self._sheets.causes(place), self._sheets.reasons(place)
        if causes.blocks:
            yield "causes", causes
        if reasons.blocks:
            yield "payable", payable_sheet(pack, place, on)
            yield "reasons", reasons

    def _contents(self, groups: Sequence[Group], file: str = "") -> str:
        """Return the list of what is told, leading to where it stands: on this page or in ``file``."""
        lines = [_heading("contents", self._words("site.contents"))]
        for label, parts in groups:
            lines += [text("p", label, "strong"), links((f"{file}#{anchor}", sheet.title) for anchor, sheet in parts)]
        return element("div", "\n".join(lines), SCREEN)

    def _sections(self, groups: Sequence[Group]) -> Iterator[str]:
        """Yield every sheet under its anchor; only the one that was gone to is printed."""
        words = self._words
        for anchor, sheet in (part for _, parts in groups for part in parts):
            # To print stands first: below are sources, often a page of them.
            to_print, back = link(f"#{anchor}", words("site.print-this")), link("#contents", words("site.top"))
            body = "\n".join((text("h2", sheet.title), element("p", to_print, SCREEN), sheet_body(sheet, 3),
                              element("p", back, SCREEN)))
            yield f'<div class="sheet" id="{anchor}">\n{body}\n</div>'

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


def _name_of(code: str) -> str:
    return f"{code}.html"


def _file_of(code: str) -> str:
    return f"places/{_name_of(code)}"
