"""Whatever an author can get wrong in a pack is found, in its file and on its line, under its own code."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

import yibao_desktop.pack
from yibao_desktop.cli import needs_of_code
from yibao_desktop.errors import Finding
from yibao_desktop.pack.check import check_pack
from yibao_desktop.paths import CONTENT

TODAY = date(2026, 3, 1)
DALIAN = "regions/210200-dalian"
BENEFITS = f"{DALIAN}/benefits.yaml"
FLOW = "national/flows/ask.yaml"
GUIDE = "national/guides/lost.yaml"
SLIPS = "national/slips.yaml"
SEARCH = "national/search.yaml"
ENGLISH = "languages/en/national/words.yaml"

DEDUCTED = "  - {kind: deductible, label: 起付线, amount: dl-deductible, per: year}\n"
BANDS = """\
  - kind: bands
    origin: threshold
    counted: bill
    bands:
    - {fund: hifp_pay, share: dl-share, label: 统筹, upto: dl-edge}
    - {fund: hifp_pay, share: dl-share, label: 统筹二段, supplement: {fund: hifob_pay, share: dl-extra, label: 大额}}
"""
FURTHER = """\
  - kind: on-own-part
    label: 大病
    fund: hifmi_pay
    counts: [copay]
    origin: zero
    counted: year
    paid: with-bill
    bands:
    - {share: dl-share, label: 大病}
"""
READING = "  - {id: wide, label: 宽, text: 有人这样读。, sources: [dl-doc], checked: 2026-01-01}\n"


def check(root: Path, today: date = TODAY) -> list[Finding]:
    return check_pack(root, claims={"bind.first"}, words={"scheme.employee"}, facts={"rule.known"}, today=today)


@dataclass(frozen=True)
class Row:
    """One change to the small pack and what must be said of it, and of nothing else."""

    code: str
    file: str
    old: str
    new: str
    says: str
    line: str = ""
    """Words on the line that is pointed at; empty where the file as a whole is meant (line 1)."""
    told_in: str = ""
    """The file that is pointed at, where it is not the changed one."""
    also: tuple[str, ...] = ()
    """Codes that the same mistake brings about elsewhere."""


TABLE = (
    # the file as such
    Row("yaml-duplicate-key", "pack.yaml", "id: small\n", "id: small\nid: two\n", "两次", "id: two"),
    Row("yaml-date", "pack.yaml", "2026-12-31", "2026-02-30", "2026-02-30", "review_by"),
    Row("yaml-syntax", "pack.yaml", "[gov.cn]", "[gov.cn", "格式"),
    Row("yaml-syntax", "pack.yaml", "小内容包", "小内\x01容包", "控制字符", "title"),
    Row("yaml-reference", "pack.yaml", "title: 小", "title: &a 小", "加引号", "title"),
    Row("yaml-tag", "pack.yaml", "title: 小", "title: !!str 小", "加引号", "title"),
    Row("yaml-number", "pack.yaml", '"1"', "1" * 40, "太长", "version"),
    Row("yaml-key", "pack.yaml", "id: small", "[id]: small", "一个词", "[id]"),
    Row("yaml-deep", "pack.yaml", "[gov.cn]", "[" * 60 + "gov.cn" + "]" * 60, "太深", "official_hosts"),
    Row("schema-unknown-key", "pack.yaml", "title:", "titel: 甲\ntitle:", "titel", "titel"),
    Row("schema-missing-key", "pack.yaml", "title: 小内容包\n", "", "title", "id: small"),
    Row("schema-type", "pack.yaml", 'version: "1"', "version: 1", "文字", "version"),
    Row("schema-type", BENEFITS, "value: 0.85", "value: 8_5", "8_5", "8_5"),
    Row("schema-value", "national/needs.yaml", "about: safety", "about: safty", "safty", "safty"),
    Row("schema-format", "pack.yaml", "id: small", "id: 小", "小写字母", "id: 小"),
    Row("schema-length", "national/words.yaml", "text: 职工医保", "text: ''", "空着", "scheme.employee"),
    # identity
    Row("review-due", "pack.yaml", "2026-12-31", "2026-02-28", "复核", "review_by"),
    # ids
    Row("id-twice", BENEFITS, "- id: dl-edge\n", "- id: dl-share\n", "dl-share", "- id: dl-share",
        also=("parameter-unknown", "parameter-unit", "shares-over-one")),
    Row("id-twice", "national/needs.yaml", "id: fraud", "id: balance", "balance", "防骗", also=("need-unknown",)),
    Row("id-twice", "national/channels.yaml", "id: hotline", "id: nat-app", "nat-app", "nat-app"),
    Row("id-twice", "national/sharing.yaml", "id: usage.show-code", "id: bind.first", "bind.first", "bind.first"),
    Row("id-twice", "national/words.yaml", "key: rule.of", "key: scheme.employee", "scheme.employee", "{scheme}"),
    Row("id-twice", "regions.yaml", "110000", "210200", "210200", "大连市", also=("slip-place",)),
    Row("id-twice", FLOW, "- id: bill", "- id: scheme", "scheme", "- id: scheme"),
    Row("id-twice", "regions/210000-liaoning/sources.yaml", "id: ln-doc", "id: nat-doc", "nat-doc", "nat-doc",
        also=("source-unknown",)),
    # sources
    Row("source-unknown", BENEFITS, "rows: [{value: 0.85}], sources: [dl-doc]",
        "rows: [{value: 0.85}], sources: [dl-dok]", "dl-dok", "dl-dok"),
    Row("source-unknown", "regions/210000-liaoning/sharing.yaml", "sources: [ln-doc]", "sources: [ln-doc, dl-doc]",
        "dl-doc", "dl-doc"),
    Row("source-unused", "national/sources.yaml", "sources:\n", "sources:\n"
        "- {id: idle, title: 闲, publisher: 某, grade: news}\n", "idle", "idle"),
    Row("source-seed", "national/sharing.yaml", "[nat-doc, nat-blog]", "[nat-blog]", "网络文章", "nat-blog"),
    Row("checked-future", "national/sharing.yaml", "sources: [nat-doc, nat-blog]\n  checked: 2026-01-01",
        "sources: [nat-doc, nat-blog]\n  checked: 2026-03-02", "2026-03-02", "2026-03-02"),
    # places
    Row("place-province", "regions.yaml", '- {code: "210000"', '- {code: "220000"', "210000", "大连市",
        also=("place-name",)),
    Row("place-code", f"{DALIAN}/region.yaml", '"210200"', '"210300"', "210200", "code"),
    Row("place-name", f"{DALIAN}/region.yaml", "name: 大连市", "name: 大连", "大连市", "name"),
    Row("place-name", "regions.yaml", '- {code: "210200"', '- {code: "210300"', "regions.yaml", "name",
        told_in=f"{DALIAN}/region.yaml"),
    Row("schema-unknown-key", f"{DALIAN}/region.yaml", "name:", "nam: 甲\nname:", "nam", "nam: ",
        also=("place-file",)),
    # figures
    Row("date-twice", BENEFITS, "  - from: 2026-01-01\n    unknown", "  - from: 2023-01-01\n    unknown", "2023-01-01",
        "- from: 2023-01-01"),
    Row("dated-empty", BENEFITS, "rows: [{value: 0.85}]", "rows: []", "rows", "rows: []"),
    Row("dated-empty", BENEFITS, "rows: [{value: 0.85}]", "rows: [{value: 0.85}], unknown: 没有, who: 局",
        "rows", "没有"),
    Row("unknown-who", BENEFITS, "    who: 大连市医保局\n", "", "who", "- from: 2026-01-01"),
    Row("row-value", BENEFITS, "value: 10000", "value: 10000, unlimited: true", "unlimited", "10000"),
    Row("row-value", BENEFITS, "{value: 10000}", "{}", "value", "rows: [{}]"),
    Row("value-range", BENEFITS, "value: 0.85", "value: 85", "0.85", "85}", also=("shares-over-one",)),
    # 1 ÷ 0.85: what an author writes who divides by the ratio
    Row("value-range", BENEFITS, "value: 0.85", "value: 1.1765", "除以比例", "1.1765}", also=("shares-over-one",)),
    Row("value-range", BENEFITS, "value: 0.10", "value: -0.10", "0 到 1", "-0.10"),
    Row("value-range", BENEFITS, "value: 10000", "value: -1", "0 到", "-1"),
    Row("value-range", BENEFITS, "value: 10000", "value: 1000000000", "99999999.99", "1000000000"),
    Row("parameter-open", BENEFITS, "{value: 0.85}", "{unlimited: true}", "dl-share", "kind: bands"),
    Row("name-unknown", BENEFITS, "{value: 0.85}", "{value: 0.85, reading: wide}", "wide", "kind: bands"),
    Row("name-unknown", BENEFITS, "{value: 0.85}", "{value: 0.85, tier: [gold, silver]}", "gold", "kind: bands"),
    Row("rows-overlap", BENEFITS, "age_from: 70", "age_from: 69", "第 2 行", "age_from: 69"),
    Row("parameter-unused", BENEFITS, ", upto: dl-edge", "", "dl-edge", "id: dl-edge", also=("band-endless",)),
    Row("parameter-unknown", BENEFITS, "amount: dl-deductible", "amount: dl-nothing", "dl-nothing", "dl-nothing",
        also=("parameter-unused",)),
    Row("parameter-unit", BENEFITS, "amount: dl-deductible", "amount: dl-share", "yuan", "amount: dl-share",
        also=("parameter-unused",)),
    # rules
    Row("date-twice", BENEFITS, "- id: dl-inpatient", "- id: dl-outpatient", "dl-outpatient", "- id: dl-outpatient"),
    Row("rule-rival", BENEFITS, "visits: [inpatient]", "visits: [inpatient, outpatient]", "dl-inpatient",
        "- id: dl-outpatient"),
    Row("rule-empty", BENEFITS, "  unknown: 没有查到怎么算。\n", "", "stages", "- id: dl-inpatient"),
    Row("unknown-who", BENEFITS, "  who: 大连市医保窗口\n", "", "who", "- id: dl-inpatient"),
    Row("rule-empty", BENEFITS,
        "  from: 2023-01-01\n  stages:", "  from: 2023-01-01\n  unknown: 没有\n  who: 局\n  stages:",
        "stages", "- id: dl-outpatient"),
    Row("year-start", BENEFITS, "  from: 2023-01-01\n  stages:", "  from: 2023-01-01\n  year_starts: 02-29\n  stages:",
        "02-29", "year_starts"),
    Row("rule-readings", BENEFITS, "  stages:\n", f"  readings:\n{READING}  stages:\n", "两种", "readings"),
    Row("rule-readings", BENEFITS, "  stages:\n", f"  readings:\n{READING}{READING}  stages:\n", "相同", "readings"),
    Row("deductible-late", BENEFITS, DEDUCTED + BANDS, BANDS + DEDUCTED, "起付线以下", "kind: deductible"),
    Row("deductible-share", BENEFITS, "per: year}", "per: year, share: dl-share}", "most", "kind: deductible"),
    Row("deductible-share", BENEFITS, "per: year}", "per: year, most: dl-edge}", "share", "kind: deductible"),
    Row("own-part-early", BENEFITS, BANDS, FURTHER + BANDS, "支付段后面", "kind: on-own-part"),
    Row("own-part-twice", BENEFITS, BANDS, BANDS + FURTHER + FURTHER, "hifmi_pay", "kind: on-own-part"),
    Row("stage-twice", BENEFITS, DEDUCTED, DEDUCTED + DEDUCTED, "只能有一个", "kind: deductible"),
    Row("stage-twice", BENEFITS, BANDS, BANDS + BANDS, "只能有一个", "kind: bands"),
    Row("limit-measures", BENEFITS, BANDS, BANDS.replace("upto: dl-edge", "limits: [{amount: dl-edge}]").replace(
        "二段,", "二段, limits: [{amount: dl-edge, measures: both}],"), "dl-edge", "kind: bands"),
    Row("band-endless", BENEFITS, ", upto: dl-edge", "", "终点", "label: 统筹}", also=("parameter-unused",)),
    Row("band-endless", BENEFITS, BANDS, BANDS + FURTHER + "    - {share: dl-share, label: 大病二段}\n", "终点",
        "label: 大病}"),
    Row("shares-over-one", BENEFITS, "value: 0.10", "value: 0.16", "0.16", "supplement"),
    Row("supplement-fund", BENEFITS, "fund: hifob_pay", "fund: hifp_pay", "同一个基金", "supplement"),
    # sharing and channels
    Row("claim-missing", "national/sharing.yaml", "id: bind.first", "id: bind.second", "bind.first", "claims"),
    Row("address-unofficial", "national/sharing.yaml", "fuwu.nhsa.gov.cn", "nhsa-gov.cn", "nhsa-gov.cn", "url"),
    Row("address-unofficial", "national/channels.yaml", "fuwu.nhsa.gov.cn", "gov.cn.example.com", "example.com", "url"),
    Row("address-unofficial", "national/channels.yaml", "fuwu.nhsa.gov.cn", "gov.cn@example.com", "example.com", "url"),
    Row("address-unofficial", "national/channels.yaml", "https://fuwu.nhsa.gov.cn", "fuwu.nhsa.gov.cn", "fuwu", "url"),
    Row("binding-unknown", "regions/210000-liaoning/sharing.yaml", "replaces: nat-app", "replaces: nat-ap", "nat-ap",
        "replaces"),
    Row("channel-phone", "national/channels.yaml", '  phone: "12393"\n', "", "phone", "id: hotline"),
    Row("need-unknown", f"{DALIAN}/channels.yaml", "need: balance", "need: balanse", "balanse", "need: balanse"),
    Row("need-unmet", "national/needs.yaml", "needs:\n", "needs:\n- {id: drugs, label: 查药, about: account}\n", "查药",
        "drugs"),
    # questions
    Row("flow-step", FLOW, "- id: bill\n  step: person", "- id: bill\n  step: persons", "persons", "- id: bill"),
    Row("flow-when", FLOW, "when: {scheme:", "when: {schema:", "schema", "when"),
    Row("flow-when", FLOW, "rule.known", "rule.knwon", "rule.knwon", "when"),
    Row("flow-when", FLOW, "when: {scheme: [employee]", "when: {scheme: [employe]", "employe", "when"),
    Row("flow-when", FLOW, "when: {scheme:", "when: {bill:", "bill", "when"),
    Row("flow-options", FLOW, "  options:\n  - {id: employee, label: 职工}\n  - {id: resident, label: 居民}\n"
        "  stop: [resident]\n", "", "options", "- id: scheme", also=("flow-when",)),
    Row("flow-fields", FLOW, "  fields:\n  - {id: total, label: 总费用, required: true}\n", "", "fields", "- id: bill"),
    Row("flow-stop", FLOW, "stop: [resident]", "stop: [residents]", "residents", "stop"),
    # guides, terms, what can be paid, rumours
    Row("guide-name", GUIDE, "id: lost", "id: loss", "文件名", "id: loss", also=("guide-unknown", "page-unknown")),
    Row("guide-unknown", GUIDE, "related: [found]", "related: [fund]", "fund", "related"),
    Row("guide-unknown", f"{DALIAN}/guides.yaml", "guide: lost", "guide: loss", "loss", "guide: loss"),
    Row("item-unknown", f"{DALIAN}/payable.yaml", "item: checkup", "item: check-up", "check-up", "check-up"),
    Row("id-twice", "national/glossary.yaml", "id: account", "id: pool", "pool", "个人账户"),
    Row("id-twice", "national/payable.yaml", "item: checkup, purse: pool", "item: registration, purse: own",
        "registration.own", "体检不在"),
    Row("id-twice", "national/rumours.yaml", "id: password", "id: top-up", "top-up", "id: top-up"),
    # slips
    Row("id-twice", SLIPS, "id: list", "id: receipt", "receipt", "id: receipt"),
    Row("slip-line-twice", SLIPS, "line: account", "line: medfee_sumamt", "medfee_sumamt", "个人账户支付"),
    Row("slip-place", SLIPS, '"110000"', '"120000"', "120000", "regions"),
    Row("schema-value", SLIPS, "line: account", "line: acount", "acount", "acount"),
    Row("schema-value", SLIPS, "family: settlement-list", "family: list", "list", "family: list"),
    Row("amount-in-prose", SLIPS, "help: 医院开的。", "help: 不到 50 元的不用填。", "50 元", "id: receipt"),
    # sentences
    Row("amount-in-prose", GUIDE, "  amounts: [20 元]\n", "", "20 元", "heading: 先挂失"),
    # words people search with
    Row("id-twice", SEARCH, "wizards:\n", "wizards:\n- {id: sharing, title: 办, text: 办。}\n", "sharing", "看家人"),
    Row("page-unknown", SEARCH, "channel-need:balance", "channel-need:balanse", "balanse", "balanse"),
    Row("page-unknown", SEARCH, "guide:lost", "term:lost", "term:lost", "most_asked"),
    Row("page-unknown", "cases/search/one.yaml", "guide:lost", "guide:loss", "guide:loss", "guide:loss"),
    Row("mean-nowhere", SEARCH, "mean: [丢了]", "mean: [遗落]", "遗落", "遗落"),
    Row("schema-value", SEARCH, "kind: term", "kind: word", "word", "kind: word"),
    Row("amount-in-prose", "national/rumours.yaml",
        "没有统一的初始密码", "输错 3 次扣 1.5 万元", "1.5 万元", "id: password"),
    Row("amount-gone", GUIDE, "要交 20 元", "要交工本费", "20 元", "amounts"),
    Row("trap-phrase", GUIDE, "先挂失，再补卡。", "医保卡可以充值。", "T13", "summary"),
    Row("pattern-broken", "national/rumours.yaml", "卡.{0,4}充值", "卡(充值", "匹配", "patterns"),
    Row("review-due", GUIDE, "checked: 2026-01-01", "checked: 2024-01-01", "2024-01-01", "checked"),
    # words
    Row("word-missing", "national/words.yaml", "key: scheme.employee", "key: scheme.employees", "scheme.employee",
        "words:"),
    # translations
    Row("translation-gone", ENGLISH, "zh: 单位交的", "zh: 单位替您交的", "单位替您交的", "单位替您交的"),
    Row("translation-twice", ENGLISH, '{zh: "{scheme}的{visit}", en: "{visit}, {scheme}"}',
        "{zh: 单位交的, en: By the employer}", "两次", "By the employer"),
    Row("translation-blanks", ENGLISH, '"{visit}, {scheme}"', '"{visit}"', "花括号", "{visit}"),
    Row("translation-number", ENGLISH, "Paid by the employer", "Paid by 2 employers", "数字", "2 employers"),
)

IN_OWN_TESTS = {"file-missing", "file-unknown", "file-empty", "file-unreadable", "pack-missing", "place-file",
                "yaml-encoding", "pack-program", "case-amount", "case-place", "case-admission", "case-admitted",
                "translation-file", "compiled-differs"}
"""Codes of faults that are no change of words inside a file: below, in test_strict_yaml, test_store, test_cases,
test_languages, test_compiled."""


def test_the_small_pack_is_clean(small_pack):
    assert check(small_pack) == []


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.code}-{row.file.split('/')[-1]}")
def test_a_mistake_is_found_in_its_file_and_line(small_pack, row):
    path = small_pack / row.file
    text = path.read_text(encoding="utf-8")
    assert text.count(row.old) == 1, "the change must be one place"
    path.write_text(text.replace(row.old, row.new), encoding="utf-8")

    findings = check(small_pack)

    told_in = row.told_in or row.file
    mine = [finding for finding in findings if finding.code == row.code and finding.file == told_in
            and row.says in finding.message]
    assert mine, findings
    if row.line:
        lines = (small_pack / told_in).read_text(encoding="utf-8").split("\n")
        assert any(row.line in lines[finding.line - 1] for finding in mine), mine
    assert {finding.code for finding in findings} == {row.code, *row.also}
    expected = "warning" if row.code == "review-due" else "error"
    assert {finding.severity for finding in mine} == {expected}


def codes_emitted(source: str) -> set[str]:
    """Codes that a module hands to a finding, or returns first of several values."""
    found: list[ast.expr] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            found += node.args if name in ("Finding", "finding", "Fault", "_report") else []
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            found += node.value.elts[:1]
    words = {item.value for item in found if isinstance(item, ast.Constant) and isinstance(item.value, str)}
    return {word for word in words if re.fullmatch(r"[a-z]+(-[a-z]+)+", word)}


def test_every_code_of_the_sources_is_in_the_table():
    folder = Path(yibao_desktop.pack.__file__).parent
    by_file = {path.name: codes_emitted(path.read_text(encoding="utf-8")) for path in folder.glob("*.py")}
    assert {"review-due", "rows-overlap", "flow-when"} <= by_file["check.py"]
    assert {"schema-unknown-key", "schema-type"} <= by_file["reading.py"]
    assert {"value-range", "deductible-late"} <= by_file["rule_faults.py"]
    emitted = set().union(*by_file.values())
    covered = {row.code for row in TABLE} | IN_OWN_TESTS
    assert emitted - covered == set(), "codes without a test"
    assert covered - emitted == set(), "tests of codes that are gone"


# --- mistakes that are no change inside a file


def test_a_missing_folder_is_one_plain_finding(tmp_path):
    (finding,) = check(tmp_path / "none")
    assert (finding.code, finding.severity) == ("pack-missing", "error")


def test_an_empty_folder_names_every_file_it_lacks(tmp_path):
    findings = check(tmp_path)
    assert {finding.code for finding in findings} == {"file-missing"}
    assert [finding.file for finding in findings] == [
        "national/channels.yaml", "national/needs.yaml", "national/sharing.yaml", "national/sources.yaml",
        "national/words.yaml", "pack.yaml", "regions.yaml",
    ]


@pytest.mark.parametrize(
    "name", ["national/wrods.yaml", "regions/210200-dalian/benefit.yaml", "regions/benefits.yaml", "extra/a.yaml",
             "national/words.yml", "cases/one.yaml", "regions/210200-dalian/more/benefits.yaml"],
)
def test_a_file_that_would_never_be_read_is_reported(small_pack, name):
    path = small_pack / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("a: 1\n", encoding="utf-8")
    (finding,) = check(small_pack)
    assert (finding.file, finding.code) == (name, "file-unknown")


def test_an_empty_file_is_reported(small_pack):
    (small_pack / "cases/sharing/one.yaml").write_text("", encoding="utf-8")
    (finding,) = check(small_pack)
    assert (finding.file, finding.line, finding.code) == ("cases/sharing/one.yaml", 1, "file-empty")


def test_a_file_in_another_encoding_is_reported_and_the_others_are_still_checked(small_pack):
    path = small_pack / "cases/sharing/one.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    words = small_pack / "national/words.yaml"
    words.write_text(words.read_text(encoding="utf-8").replace("scheme.employee", "scheme.e"), encoding="utf-8")
    assert [finding.code for finding in check(small_pack)] == ["yaml-encoding", "word-missing"]


@pytest.mark.parametrize(
    "name", ["pack.yaml", "national/needs.yaml", "national/sources.yaml", "national/channels.yaml", BENEFITS,
             f"{DALIAN}/sources.yaml", "national/sharing.yaml", "national/words.yaml", "regions.yaml"],
)
def test_one_broken_file_does_not_make_the_others_look_wrong(small_pack, name):
    path = small_pack / name
    path.write_text(path.read_text(encoding="utf-8") + "不认识: 1\n", encoding="utf-8")
    (finding,) = check(small_pack)
    assert (finding.file, finding.code) == (name, "schema-unknown-key")


@pytest.mark.parametrize(
    "name", ["pack.yaml", "national/needs.yaml", "national/sources.yaml", "national/channels.yaml"]
)
def test_one_missing_file_does_not_make_the_others_look_wrong(small_pack, name):
    (small_pack / name).unlink()
    (finding,) = check(small_pack)
    assert (finding.file, finding.code) == (name, "file-missing")


def test_a_place_without_its_region_file_is_reported(small_pack):
    (small_pack / DALIAN / "region.yaml").unlink()
    (finding,) = check(small_pack)
    assert finding.code == "place-file"
    assert finding.file.startswith(f"{DALIAN}/")


def test_faults_of_several_files_are_told_together_sorted_by_file_and_line(small_pack):
    for name, old, new in (("pack.yaml", "title", "titel"), (BENEFITS, "age_from: 70", "age_from: 69"),
                           (BENEFITS, "value: 10000", "value: -1")):
        path = small_pack / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    findings = check(small_pack)
    assert {"rows-overlap", "value-range", "schema-unknown-key"} <= {finding.code for finding in findings}
    places = [(finding.file, finding.line) for finding in findings]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("share", "extra", "over"),
    [("0.85", "0.15", False), ("0.85", "0.1501", True), ("1", "0", False)],
)
def test_two_funds_may_pay_everything_together_but_not_more(small_pack, share, extra, over):
    path = small_pack / BENEFITS
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("0.85", share).replace("0.10", extra), encoding="utf-8")
    assert ([finding.code for finding in check(small_pack)] == ["shares-over-one"]) is over


def test_shares_of_people_who_are_never_the_same_are_not_added_up(small_pack):
    path = small_pack / BENEFITS
    text = path.read_text(encoding="utf-8")
    text = text.replace("[{value: 0.85}]", "[{value: 0.85, status: active}, {value: 0.95, status: retired}]")
    text = text.replace("[{value: 0.10}]", "[{value: 0.15, status: active}, {value: 0.05, status: retired}]")
    path.write_text(text, encoding="utf-8")
    assert check(small_pack) == []


@pytest.mark.parametrize(("today", "due"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True)])
def test_the_review_is_due_after_its_day_and_only_as_a_warning(small_pack, today, due):
    assert [(finding.code, finding.severity) for finding in check(small_pack, today)] == (
        [("review-due", "warning")] if due else [])


@pytest.mark.parametrize("address", ["gov.cn/a?b=c", "www.gov.cn", "FUWU.NHSA.GOV.CN/", "fuwu.nhsa.gov.cn:8443/a"])
def test_the_host_itself_and_hosts_under_it_are_official(small_pack, address):
    path = small_pack / "national/channels.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("fuwu.nhsa.gov.cn", address), encoding="utf-8")
    assert check(small_pack) == []


# --- the shipped pack


def test_the_shipped_pack_is_clean():
    findings = check_pack(CONTENT, needs_of_code.CLAIMS, needs_of_code.WORDS, needs_of_code.FACTS)
    assert [str(finding) for finding in findings if finding.severity == "error"] == []
