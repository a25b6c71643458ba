"""English: what is translated, what falls back, and that translations keep the numbers."""

from __future__ import annotations

import pytest

from yibao_desktop.pack import strict_yaml
from yibao_desktop.pack.check import check_pack
from yibao_desktop.pack.layout import files_of
from yibao_desktop.pack.reading import read_record
from yibao_desktop.pack.store import Pack
from yibao_desktop.pack.translations import (
    Translation,
    TranslationFile,
    blanks_differ,
    chinese_texts,
    file_of,
    in_language,
    numbers_differ,
)
from yibao_desktop.paths import CONTENT

COMPLETE = (
    "national/words.yaml", "national/needs.yaml", "national/channels.yaml", "national/sharing.yaml",
    "national/glossary.yaml", "national/payable.yaml", "national/slips.yaml", "national/rumours.yaml",
    "national/flows/sharing.yaml", "national/flows/bill.yaml", "national/flows/slip.yaml",
    *(f"national/guides/{name}.yaml" for name in (
        "first-use", "lost-card", "no-card", "visit-steps", "schemes-compared", "account-uses", "remote-care",
        "manual-claims", "read-the-slip", "thresholds", "who-to-ask", "what-not-paid", "four-look-alikes",
        "not-working")),
)
"""What a foreigner needs most: no sentence of it may be left in Chinese."""


FOR_STAFF = ("health.", "count.", "door.", "staff.", "station.", "trouble.", "site.")
"""Words that only the people see who look after a machine, and those of the pages for a browser, which are written in
Chinese alone: they stay Chinese."""


def untranslated(name: str) -> list[str]:
    data = strict_yaml.read(CONTENT / name, name).data
    if name == "national/words.yaml":
        data = {"words": [word for word in data["words"] if not word["key"].startswith(FOR_STAFF)]}
    texts = dict.fromkeys(chinese_texts(data))
    path = CONTENT / file_of("en", name)
    known = {text.zh for text in read_record(path, TranslationFile).texts} if path.exists() else set()
    return [text for text in texts if text not in known]


@pytest.mark.parametrize("name", COMPLETE)
def test_what_foreigners_need_most_is_translated_whole(name):
    assert untranslated(name) == []


def test_the_sentences_that_are_still_chinese_are_listed(capsys):
    left = {name: untranslated(name) for name in files_of(CONTENT)
            if name.startswith("national/") and not name.endswith(("sources.yaml", "search.yaml"))}
    with capsys.disabled():
        print("\nnot translated:", *(f"{len(texts)} in {name}" for name, texts in left.items() if texts), sep="\n  ")
    for name, texts in left.items():
        for text in texts:
            print(f"{name}: {text}")
    assert not set(COMPLETE) & {name for name, texts in left.items() if texts}


def test_a_pack_in_english_says_what_is_translated_and_leaves_the_rest(small_pack):
    chinese, english = Pack(small_pack), Pack(small_pack, "en")
    assert english.words.help("scheme.employee") == "Paid by the employer"
    assert english.words("scheme.employee") == chinese.words("scheme.employee") == "职工医保"
    assert english.words("rule.of", scheme="A", visit="B") == "B, A"
    assert chinese.words("rule.of", scheme="A", visit="B") == "A的B"


def test_a_sentence_that_changed_is_shown_as_it_is_now(small_pack):
    words = small_pack / "national/words.yaml"
    words.write_text(words.read_text(encoding="utf-8").replace("单位交的", "单位替您交的"), encoding="utf-8")
    assert Pack(small_pack, "en").words.help("scheme.employee") == "单位替您交的"
    codes = {finding.code for finding in check_pack(small_pack)}
    assert "translation-gone" in codes


def test_translations_of_a_file_that_is_not_there_are_reported(small_pack):
    path = small_pack / "languages/en/national/guides/gone.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("texts:\n- {zh: 卡丢了, en: Lost card}\n", encoding="utf-8")
    found = [(finding.file, finding.code) for finding in check_pack(small_pack)]
    assert ("languages/en/national/guides/gone.yaml", "translation-file") in found


def test_both_languages_have_the_same_ids_dates_and_sources():
    chinese, english = Pack(CONTENT), Pack(CONTENT, "en")
    for code in ("110000", "440100"):
        for mine, other in zip(chinese.place(code).layers, english.place(code).layers, strict=True):
            assert [(claim.id, claim.sources, claim.checked) for claim in mine.sharing.claims] \
                == [(claim.id, claim.sources, claim.checked) for claim in other.sharing.claims]
            assert [channel.id for channel in mine.channels] == [channel.id for channel in other.channels]
            assert mine.benefits == other.benefits
            assert mine.sources == other.sources


def test_what_people_search_with_and_other_names_stay_chinese():
    data = {"sayings": [{"say": ["卡"], "mean": ["社保卡"]}], "also": ["社保卡"], "term": "社保卡",
            "patterns": ["社保卡"]}
    assert in_language(data, {"社保卡": "card", "卡": "card"}) == {**data, "term": "card"}
    assert list(chinese_texts(data)) == ["社保卡"]


@pytest.mark.parametrize(("zh", "en", "differ"), [
    ("满 16 岁", "16 or older", False),
    ("满 16 岁", "60 or older", True),
    ("满 16 岁", "sixteen or older", True),
    ("暂停 3 到 12 个月", "stopped for 3 to 12 months", False),
    ("暂停 3 到 12 个月", "stopped for up to 12 months", True),
    ("2026 年 1 月的通知", "the notice of January 2026", False),
    ("2026 年 1 月的通知", "the notice of February 2026", True),
    ("到 2024 年 12 月 9 日", "by December 9, 2024", False),
    ("3,000 元", "3000 yuan", False),
    ("没有数", "2 things", True),
    ("第 {number} 位", "No. {number}", False),
])
def test_numbers_must_be_the_same_in_both_languages(zh, en, differ):
    assert numbers_differ(Translation(zh=zh, en=en)) is differ


@pytest.mark.parametrize(("zh", "en", "differ"), [
    ("{a}的{b}", "{b} of {a}", False), ("{a}的{b}", "{b}", True), ("{a}", "{a} and {a}", True), ("字", "word", False),
])
def test_the_blanks_to_fill_must_be_the_same_in_both_languages(zh, en, differ):
    assert blanks_differ(Translation(zh=zh, en=en)) is differ


def test_no_hedge_is_lost():
    """“没有查到” is the one thing that must never become a yes or a no."""
    hedges = ("not found", "found no", "nothing", "none was found", "did not find", "were found, not",
              "no nationwide rule", "no official answer", "no common rule")
    for path in sorted((CONTENT / "languages/en").rglob("*.yaml")):
        for text in read_record(path, TranslationFile).texts:
            if "没有查到" in text.zh:
                assert any(hedge in text.en.lower() for hedge in hedges), f"{path.name}: {text.zh} → {text.en}"
