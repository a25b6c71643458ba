"""Any place can be found by what a person is likely to type."""

from collections import Counter

import pytest

from yibao_desktop.pack.regions import MOST_FOUND, cities_of, find_regions, provinces
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT


@pytest.fixture(scope="module")
def regions():
    return Pack(CONTENT).regions


def names(found) -> list[str]:
    return [region.short for region in found]


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("dl", "大连"), ("DL", "大连"), ("ｄｌ", "大连"), ("ＤＬ", "大连"), ("dalian", "大连"), ("da lian", "大连"),
        ("Da Lian", "大连"), ("大连", "大连"), ("大连市", "大连"), (" 大连 ", "大连"), ("210200", "大连"),
        ("２１０２００", "大连"),
        ("bj", "北京"), ("beijing", "北京"), ("sh", "上海"), ("gz", "广州"), ("guangzhou", "广州"),
        ("cq", "重庆"), ("chongqing", "重庆"), ("xm", "厦门"), ("xiamen", "厦门"), ("la", "六安"), ("luan", "六安"),
        ("xi'an", "西安"), ("xian", "西安"), ("xizang", "西藏"), ("兵团", "兵团"),
    ],
)
def test_a_place_is_found_by_name_pinyin_first_letters_or_code(regions, typed, short):
    assert any(short in region.name or short == region.short for region in find_regions(regions, typed))


@pytest.mark.parametrize("typed", ["dalian", "大连", "210200", "chongqing", "cq", "xm"])
def test_a_place_typed_in_full_comes_first(regions, typed):
    first = find_regions(regions, typed)[0]
    assert first.short in {"大连", "重庆", "厦门"}


@pytest.mark.parametrize("typed", ["zhongqing", "zq", "shamen"])
def test_a_wrong_reading_of_a_name_with_two_readings_is_not_what_the_pack_spells(regions, typed):
    assert not {"重庆", "厦门"} & set(names(find_regions(regions, typed)))


def test_the_beginning_of_a_name_is_enough(regions):
    assert "大连" in names(find_regions(regions, "大"))
    assert "大连" in names(find_regions(regions, "dali"))


@pytest.mark.parametrize("typed", ["", " ", "　", "'", "😀", "不存在的地方", "%", ".*", "qqqq"])
def test_nothing_that_fits_finds_nothing(regions, typed):
    assert find_regions(regions, typed) == ()


def test_a_single_letter_does_not_flood_the_page(regions):
    assert 0 < len(find_regions(regions, "s")) <= MOST_FOUND


def test_every_place_is_found_by_its_own_name_pinyin_and_code(regions):
    for region in regions.values():
        for typed in (region.name, region.pinyin, region.code):
            assert region in find_regions(regions, typed), typed


def test_every_provincial_unit_is_there(regions):
    assert {region.code[:2] for region in provinces(regions)} == {
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
        "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "66",
    }
    assert len(provinces(regions)) == 32


def test_provinces_come_in_order_of_code(regions):
    codes = [region.code for region in provinces(regions)]
    assert codes == sorted(codes)


@pytest.mark.parametrize("municipality", ["110000", "120000", "310000", "500000"])
def test_a_municipality_has_no_cities_to_choose_from(regions, municipality):
    assert cities_of(regions, municipality) == ()


def test_the_cities_of_a_province_are_its_own(regions):
    cities = cities_of(regions, "210000")
    assert len(cities) == 14
    assert "大连" in names(cities)
    assert all(city.code.startswith("21") and city.code != "210000" for city in cities)


def test_every_place_lies_in_a_province_that_is_there(regions):
    assert {region.province for region in regions.values()} == {region.code for region in provinces(regions)}


def test_no_code_or_name_is_given_twice():
    text = (CONTENT / "regions.yaml").read_text(encoding="utf-8")
    codes = Counter(line.split('code: "')[1][:6] for line in text.splitlines() if 'code: "' in line)
    assert codes
    assert [code for code, count in codes.items() if count > 1] == []
    by_name = Counter(region.name for region in Pack(CONTENT).regions.values())
    assert [name for name, count in by_name.items() if count > 1] == []
