"""The pages a browser shows: whole, all their links lead somewhere, and they say what paper says."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest
from reading_pages import DAY, SVG, anchors, bare, by_id, classes, foot, links, main, target, texts, tree, words

from yibao_desktop.channels.find import look_up
from yibao_desktop.pack.regions import cities_of, provinces
from yibao_desktop.pack.store import NATION, Pack
from yibao_desktop.paper.blocks import Address, Sheet, Sources, texts_of
from yibao_desktop.paper.channels_sheet import channels_sheet
from yibao_desktop.paper.guide_sheet import guide_sheet
from yibao_desktop.paper.payable_sheet import payable_sheet
from yibao_desktop.paper.sharing_sheet import sharing_sheet
from yibao_desktop.paper.text_codes import QUIET, matrix
from yibao_desktop.paths import resource
from yibao_desktop.sharing.answering import Answering
from yibao_desktop.sharing.reference import reference_sheet
from yibao_desktop.site.contents import Site

SAMPLE = ("110000", "310000", "440100", "440000", "610000")
"""Places with much of their own."""


def as_on_paper(sheet: Sheet) -> str:
    """Return the words of a sheet in reading order, without its title and foot."""
    return bare("".join(texts_of(sheet.blocks)))


def as_shown(text: str) -> str:
    """Leave out what the form adds: the box before a point, the colon after a label."""
    return text.replace("□", "")


def sheet_words(page: str, anchor: str) -> str:
    sheet = by_id(page, anchor)
    title, *rest = list(sheet)
    assert title.tag == "h2"
    return as_shown("".join(words(element, without=("screen",)) for element in rest))


def without_colon(text: str, sheet: Sheet) -> str:
    for block in sheet.blocks:
        if isinstance(block, Address):
            text = text.replace(bare(f"{block.label}：{block.url}"), bare(f"{block.label}{block.url}"))
    return text


# --- every page


def test_there_is_a_page_for_every_place_and_every_guide_and_each_list(pages, pack):
    wanted = {"index.html", "causes.html", "payable.html", "rumours.html", "terms.html", "sources.html"}
    wanted |= {f"places/{code}.html" for code in (NATION, *pack.regions)}
    wanted |= {f"guides/{id_}.html" for id_ in pack.guides}
    assert set(pages) == wanted
    assert len(pack.regions) >= 398


def test_every_page_is_whole_and_says_its_language_and_its_letters(pages):
    for file, page in pages.items():
        html = tree(page)
        assert page.startswith("<!DOCTYPE html>\n"), file
        assert html.get("lang") == "zh-CN", file
        head = html.find("head")
        assert head is not None
        assert head[0].get("charset") == "utf-8", file
        assert head.findtext("title"), file


def test_headings_come_in_order_and_there_is_one_of_the_page(pages):
    for file, page in pages.items():
        levels = [int(element.tag[1]) for element in tree(page).iter() if re.fullmatch("h[1-6]", element.tag)]
        assert levels.count(1) == 1, file
        assert levels[0] == 1, file
        for before, level in pairwise(levels):
            assert level <= before + 1, file


def test_no_heading_stands_over_nothing(pages):
    for file, page in pages.items():
        elements = list(main(page).iter())
        for element, following in pairwise(elements):
            if re.fullmatch("h[1-6]", element.tag):
                assert words(element), file
                assert not re.fullmatch(f"h[1-{element.tag[1]}]", following.tag), (file, words(element))


def test_nothing_runs_and_nothing_is_fetched(pages):
    for file, page in pages.items():
        for element in tree(page).iter():
            assert element.tag not in ("script", "iframe", "img", "object", "form", "style"), file
            assert element.get("src") is None, file
            assert not [name for name in element.attrib if name.startswith("on")], file
            if element.tag == "link":
                assert element.get("href") == "../" * file.count("/") + "style.css"
    style = resource("site", "style.css").read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style


def test_every_link_inside_leads_to_a_page_and_to_a_place_on_it(pages):
    known = {file: frozenset(anchors(page)) for file, page in pages.items()}
    for file, page in pages.items():
        assert len(anchors(page)) == len(known[file]), file
        for href in links(page):
            if href.startswith(("http://", "https://")):
                continue
            at, anchor = target(file, href)
            assert at in pages, (file, href)
            assert not anchor or anchor in known[at], (file, href)


def test_every_page_can_be_reached_from_the_first(pages):
    reached, left = {"index.html"}, ["index.html"]
    while left:
        file = left.pop()
        for href in links(pages[file]):
            if not href.startswith("http"):
                at, _ = target(file, href)
                if at not in reached:
                    reached.add(at)
                    left.append(at)
    assert reached == set(pages)


def test_a_city_is_two_links_from_the_first_page(pages, pack):
    first = {target("index.html", href)[0] for href in links(pages["index.html"])}
    for province in provinces(pack.regions):
        file = f"places/{province.code}.html"
        assert file in first
        inside = {target(file, href)[0] for href in links(pages[file])}
        assert {f"places/{city.code}.html" for city in cities_of(pack.regions, province.code)} <= inside


def test_every_page_says_which_pack_which_day_and_when_to_look_again(pages, pack):
    for file, page in pages.items():
        told = foot(page)
        for what in (pack.info.version, "2026年11月22日发布", "2026年12月1日生成", "过了2027年5月22日", "12393"):
            assert what in told, (file, what)
        place = pack.place(file[7:13]).name if file.startswith("places/") else "全国"
        assert f"参保地：{place}" in told, file


def test_a_pack_past_its_review_says_so_on_every_page(pack):
    late = pack.info.review_by.replace(year=pack.info.review_by.year + 1)
    for file, page in Site(pack, late).pages():
        assert "这份内容应在2027年5月22日前复核" in foot(page), file
        if file.startswith("places/12"):
            break


def test_no_page_says_anything_that_circulates_and_is_wrong(pages, pack):
    patterns = [re.compile(pattern) for rumour in pack.rumours for pattern in rumour.patterns]
    assert len(patterns) > 50
    said = {text.strip() for file, page in pages.items() if file != "rumours.html"
            for text in texts(tree(page), without=("sources",))}
    assert len(said) > 2000
    for text in said:
        assert not [pattern.pattern for pattern in patterns if pattern.search(text)], text


def test_the_page_of_rumours_marks_each_as_wrong_and_says_what_is_true(pages, pack):
    told = words(main(pages["rumours.html"]))
    for rumour in pack.rumours:
        assert bare(f"× {rumour.wrong}✓ 其实：{rumour.right}全国 · ") in told, rumour.id


# --- the same words as on paper


@pytest.mark.parametrize("code", SAMPLE)
def test_the_ways_for_every_need_are_told_as_on_paper(pages, pack, code):
    place, page = pack.place(code), pages[f"places/{code}.html"]
    for need in pack.needs:
        sheet = channels_sheet(look_up(place, need), pack, place, DAY)
        assert without_colon(sheet_words(page, need.id), sheet) == as_on_paper(sheet), need.id
        assert words(by_id(page, need.id)).startswith(bare(need.label))


@pytest.mark.parametrize("code", SAMPLE)
def test_sharing_is_told_as_on_paper(pages, pack, code):
    place, page = pack.place(code), pages[f"places/{code}.html"]
    answering = Answering(pack, place, pack.flow("sharing"))
    answers = {
        "sharing-province": reference_sheet(pack, place, "province"),
        "sharing-wallet": reference_sheet(pack, place, "wallet"),
        "undo-sharing": answering.sheet({"want": "undo", "undo_what": "sharing"}),
        "undo-wallet": answering.sheet({"want": "undo", "undo_what": "wallet"}),
    }
    for anchor, answer in answers.items():
        sheet = sharing_sheet(answer, pack, DAY)
        # The headline is the title there.
        told = bare(answer.headline) + without_colon(sheet_words(page, anchor), sheet)
        assert words(by_id(page, anchor)[0]) == bare(answer.headline)
        assert told == as_on_paper(sheet), anchor


def test_guides_are_told_as_on_paper(pages, pack):
    for guide in pack.guides.values():
        sheet = guide_sheet(guide, pack, pack.anywhere, DAY)
        told = words(main(pages[f"guides/{guide.id}.html"]), without=("screen",))
        assert told.startswith(bare(guide.title) + as_on_paper(sheet)), guide.id


def test_what_can_be_paid_is_told_as_on_paper_with_the_reasons(pages, pack):
    sheet = payable_sheet(pack, pack.anywhere, DAY)
    told = words(main(pages["payable.html"]))
    assert told.startswith(bare(sheet.title) + as_on_paper(sheet))
    for answer in pack.payable_of(pack.nation):
        assert bare(answer.why) in told


def test_terms_causes_and_sources_are_all_there(pages, pack):
    terms, causes, sources = (words(main(pages[f"{name}.html"])) for name in ("terms", "causes", "sources"))
    for term in pack.glossary:
        assert bare(term.text) in terms
    told = [claim for claim in pack.nation.sharing.claims if claim.topic == "cause"]
    assert len(told) > 15
    for claim in told:
        assert bare(claim.title or claim.text) in causes, claim.id
        assert all(bare(step) in causes for step in claim.mend), claim.id
    for layer in pack.all_layers():
        for source in layer.sources.values():
            assert bare(source.title) in sources, source.id


# --- places


def test_what_is_not_known_is_told_with_who_knows_it(pages, pack):
    told_anywhere = 0
    for code in (NATION, *pack.described_codes()):
        place, page = pack.place(code), pages[f"places/{code}.html"]
        if place.gaps:
            told = words(by_id(page, "gaps"))
            for gap in place.gaps:
                told_anywhere += 1
                assert bare(f"{gap.topic}：{gap.what}") in told, (code, gap.topic)
                assert bare(f"可以问：{gap.who}") in told, (code, gap.topic)
    assert told_anywhere > 200


def test_a_need_without_a_way_of_ones_own_says_so(pages, pack):
    for code in pack.described_codes():
        page = pages[f"places/{code}.html"]
        for need in pack.needs:
            assert look_up(pack.place(code), need).found
            assert "一共" in words(by_id(page, need.id))


def test_a_place_with_nothing_of_its_own_says_so_and_leads_to_what_holds_there(pages, pack):
    shijiazhuang = pages["places/130100.html"]
    assert "没有查到石家庄市自己对这些事的规定。点开每一样，是河北省、全国的" in words(main(shijiazhuang))
    assert {"130000.html#balance", "130000.html#sharing-province"} <= set(links(shijiazhuang))
    # What would stand on a page of its own stands there word for word.
    city, province = pack.place("130100"), pack.place("130000")
    for need in pack.needs:
        of_city, of_province = (channels_sheet(look_up(place, need), pack, place, DAY) for place in (city, province))
        assert as_on_paper(of_city).replace("石家庄市", "河北省") == as_on_paper(of_province)
    for kind in ("province", "wallet"):
        of_city, of_province = (sharing_sheet(reference_sheet(pack, place, kind), pack, DAY)
                                for place in (city, province))
        assert as_on_paper(of_city).replace("石家庄市", "河北省") == as_on_paper(of_province)


def test_a_place_with_rules_for_estimates_alone_does_not_claim_more(pages):
    assert "没有查到珠海市自己对这些事的规定。点开每一样，是广东省、全国的" in words(main(pages["places/440400.html"]))
    assert "这一页有广州市、广东省、全国的规定" in words(main(pages["places/440100.html"]))


def test_what_always_holds_about_sharing_has_no_verdict(pages):
    for code in SAMPLE:
        told = sheet_words(pages[f"places/{code}.html"], "sharing-province")
        assert "能用您个人账户的家人有八种" in told
        # What depends on who asks is the program's to say.
        assert "余额是零" not in told
        assert "您不能绑定" not in told


def test_only_the_sheet_gone_to_is_printed(pages):
    page = pages["places/110000.html"]
    sheets = [element for element in tree(page).iter("div") if "sheet" in classes(element)]
    assert len(sheets) > 20
    assert all(element.get("id") for element in sheets)
    printed = resource("site", "style.css").read_text(encoding="utf-8").partition("@media print")[2]
    assert ".sheet:not(:target)" in printed
    assert "没有全打出来" in words(main(page))


# --- what people see


def test_a_code_holds_the_address_beside_it(pages):
    seen = {next(element.iter("a")).get("href", ""): element[0]
            for element in main(pages["places/110000.html"]).iter("p") if "address" in classes(element)}
    assert len(seen) >= 3
    for url, svg in seen.items():
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == f"二维码：{url}"
        rows = matrix(url)
        side = len(rows) + 2 * QUIET
        assert svg.get("viewBox") == f"0 0 {side} {side}"
        wanted = {(x + QUIET, y + QUIET) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}
        assert drawn(svg) == wanted


def drawn(svg: Element) -> set[tuple[int, int]]:
    """Follow the strokes of a code; return the modules they cover."""
    found: set[tuple[int, int]] = set()
    x = y = 0.0
    for dx, dy, length in re.findall(r"m(\S+) (\S+?)h(\d+)", svg.find(f"{SVG}path").get("d")):
        x, y = x + float(dx), y + float(dy)
        assert y % 1 == 0.5, "a stroke is one module high and lies in the middle of its row"
        found |= {(int(x) + step, int(y)) for step in range(int(length))}
        x += int(length)
    return found


def test_colours_of_text_are_read_easily():
    style = resource("site", "style.css").read_text(encoding="utf-8")
    inks = set(re.findall(r"(?<!-)color: (#[0-9a-f]{6})", style))
    grounds = set(re.findall(r"background: (#[0-9a-f]{6})", style))
    assert {"#16242e", "#0a5c8a"} <= inks
    assert len(grounds) == 2
    for ink in inks:
        for ground in grounds:
            assert contrast(ink, ground) >= 4.5, (ink, ground)


def test_print_is_large():
    style = resource("site", "style.css").read_text(encoding="utf-8")
    sizes = [float(size) for size in re.findall(r"font-size: ([0-9]+)px", style)]
    assert min(sizes) >= 17
    points = [float(size) for size in re.findall(r"font-size: ([0-9]+)pt", style)]
    assert min(points) >= 11


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_a_place_adds_to_a_guide_says_whose_it_is(few):
    (few / "regions/440100-guangzhou/guides.yaml").write_text(
        "notes:\n- {guide: lost-card, text: 广州的卡到银行挂失。, sources: [gz-bendibao-2023], checked: 2026-11-22}\n",
        encoding="utf-8")
    pack = Pack(few)
    page = dict(Site(pack, DAY).pages())["guides/lost-card.html"]
    told = words(main(page))
    national = as_on_paper(guide_sheet(pack.guides["lost-card"], pack, pack.anywhere, DAY))
    assert told.startswith(bare(pack.guides["lost-card"].title) + national)
    assert "广州市的规定广州的卡到银行挂失。广州市·二手资料·2026-11-22核对①①广州医保个人账户余额和流水查询·" in told
    assert [block.title for block in guide_sheet(pack.guides["lost-card"], pack, pack.anywhere, DAY).blocks
            if isinstance(block, Sources)]
