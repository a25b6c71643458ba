"""Writes resources/pinyin/readings.txt, by which the search box understands pinyin, with the package pypinyin.

The program must not bring pypinyin along: it takes 50 MB of memory. What it needs of it is the usual reading of every
character and the words in which a character reads otherwise (重庆, 银行, 长期).
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import version
from pathlib import Path

from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "pinyin" / "readings.txt"

# Longer words are proverbs; nobody asks an insurance office in proverbs.
LONGEST = 3

# Readings of words of the subject, so that a new pypinyin cannot change them. Those it gets wrong by itself stand
# here too.
WORDS = {
    "重庆": "chong qing",
    "长沙": "chang sha",
    "厦门": "xia men",
    "六安": "lu an",
    "长期": "chang qi",
    "长护": "chang hu",
    "长居": "chang ju",
    "多长": "duo chang",
    "银行": "yin hang",
    "行不": "xing bu",
    "发卡行": "fa ka hang",
    "还款": "huan kuan",
    "还钱": "huan qian",
    "退还": "tui huan",
    "返还": "fan huan",
    "重新": "chong xin",
    "重复": "chong fu",
    "差额": "cha e",
    "补差": "bu cha",
    "出差": "chu chai",
    "假牙": "jia ya",
    "还没": "hai mei",
}
# Usual readings that everyday Chinese does not share with the package's first choice.
CHARACTERS = {"嗯": "en", "哪": "na", "呢": "ne", "谁": "shui", "啥": "sha", "咋": "za", "俺": "an", "娃": "wa"}

HAN = re.compile("[\u3007\u4e00-\u9fff]")


def gb2312() -> set[str]:
    """Every Chinese character of GB 2312."""
    found = set()
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            found.update(bytes((high, low)).decode("gb2312", errors="ignore"))
    return found


def used() -> set[str]:
    """Every Chinese character of the content pack."""
    return {char for path in sorted((ROOT / "content").rglob("*.yaml"))
            for char in HAN.findall(path.read_text(encoding="utf-8"))}


def usual_readings() -> dict[str, str]:
    """The reading of each character where no word says otherwise; those the package cannot spell are left out."""
    readings = {char: lazy_pinyin(char)[0] for char in sorted(gb2312() | used())}
    return {char: reading for char, reading in {**readings, **CHARACTERS}.items() if re.fullmatch("[a-z]+", reading)}


def odd_words(usual: dict[str, str]) -> dict[str, str]:
    """Words in which a character does not read as usual."""
    found = {}
    for word in sorted(phrases_dict):
        if 2 <= len(word) <= LONGEST and all(char in usual for char in word):
            reading = lazy_pinyin(word)
            # A word whose beginning already is such a word needs no line of its own.
            if reading != spelled(word, usual, found) and all(re.fullmatch("[a-z]+", part) for part in reading):
                found[word] = " ".join(reading)
    return {**found, **WORDS}


def spelled(word: str, usual: dict[str, str], words: dict[str, str]) -> list[str]:
    """How the table so far reads a word, as the program does: the longest word first."""
    reading: list[str] = []
    at = 0
    while at < len(word):
        known = next((word[at:at + size] for size in range(LONGEST, 1, -1) if word[at:at + size] in words), None)
        reading += words[known].split() if known else [usual[word[at]]]
        at += len(known) if known else 1
    return reading


def problems(usual: dict[str, str], words: dict[str, str]) -> list[str]:
    """What must not be: a character of the pack without a reading, a word of another length than its reading."""
    found = [f"not spelled: {char}" for char in sorted(used()) if char not in usual]
    found += [f"syllables: {word} {reading}" for word, reading in words.items() if len(reading.split()) != len(word)]
    return found


def main() -> int:
    """Write the table."""
    usual = usual_readings()
    words = odd_words(usual)
    found = problems(usual, words)
    if found:
        print("\n".join(found), file=sys.stderr)
        return 1
    by_reading: dict[str, list[str]] = {}
    for char, reading in usual.items():
        by_reading.setdefault(reading, []).append(char)
    lines = [
        f"# 汉字读音，取自 PyPI 的 pypinyin {version('pypinyin')}（MIT，见 resources/licenses/）。",
        "# 不要手改：装好 pypinyin 后运行 python packaging/make_pinyin.py，即可重新生成；例外写在该脚本里。",
        "# 上半是每个字平常的读音，下半是读音不同的词；ü 写作 v。",
        *(f"{reading} {''.join(sorted(chars))}" for reading, chars in sorted(by_reading.items())),
        "",
        *(f"{word} {reading}" for word, reading in sorted(words.items())),
    ]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{TARGET.relative_to(ROOT)}: {len(usual)} characters, {len(words)} words, {TARGET.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
