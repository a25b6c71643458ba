"""Records are read strictly, and an author is told everything that is wrong with a file at once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from yibao_desktop.errors import Finding, PackError
from yibao_desktop.pack.benefits import BenefitsFile, Row
from yibao_desktop.pack.reading import convert_document, read_record
from yibao_desktop.pack.schema import PackInfo, RegionsFile, SourcesFile
from yibao_desktop.pack.strict_yaml import parse

PACK_INFO = """\
id: small
title: 小内容包
version: "1"
issued: 2026-01-01
program: "0.1.0"
review_by: 2026-12-31
official_hosts: [gov.cn]
"""


def findings(text: str, record: type) -> list[Finding]:
    with pytest.raises(PackError) as caught:
        convert_document(parse(text, "f.yaml"), record)
    return list(caught.value.findings)


def the_finding(text: str, record: type) -> Finding:
    (finding,) = findings(text, record)
    return finding


def test_a_right_file_becomes_a_record(tmp_path: Path):
    path = tmp_path / "pack.yaml"
    path.write_text(PACK_INFO, encoding="utf-8")
    info = read_record(path, PackInfo)
    assert (info.id, info.version, info.issued, info.official_hosts) == ("small", "1", date(2026, 1, 1), ("gov.cn",))


@pytest.mark.parametrize(
    ("right", "wrong", "code", "line", "words"),
    [
        ("title: 小内容包", "titel: 小内容包", "schema-unknown-key", 2, "titel"),
        ("title: 小内容包\n", "", "schema-missing-key", 1, "title"),
        ("title: 小内容包", "title: 5", "schema-type", 2, "文字"),
        ("title: 小内容包", "title:", "schema-type", 2, "空"),
        ("title: 小内容包", "title: ''", "schema-length", 2, "空着"),
        ("id: small", "id: 小 包", "schema-format", 1, "编号"),
        ("issued: 2026-01-01", "issued: 去年", "schema-type", 4, "日期"),
        ("issued: 2026-01-01", "issued: 2026", "schema-type", 4, "日期"),
        ('version: "1"', "version: 1", "schema-type", 3, "文字"),
        ('version: "1"', "version: 1.0", "schema-type", 3, "文字"),
        ("official_hosts: [gov.cn]", "official_hosts: gov.cn", "schema-type", 7, "列表"),
        ("official_hosts: [gov.cn]", "official_hosts: [gov.cn, 12]", "schema-type", 7, "文字"),
    ],
)
def test_a_wrong_value_is_refused_on_its_line(right, wrong, code, line, words):
    assert right in PACK_INFO
    finding = the_finding(PACK_INFO.replace(right, wrong), PackInfo)
    assert (finding.code, finding.line) == (code, line)
    assert words in finding.message


def test_an_unknown_key_is_named_and_found_deep_inside():
    text = "parameters:\n- id: a\n  label: 甲\n  unit: yuan\n  dated:\n  - from: 2024-01-01\n    rows:\n" \
           "    - {value: 1}\n    - value: 2\n      levle: primary\n    sources: [x]\n    checked: 2026-01-01\n"
    finding = the_finding(text, BenefitsFile)
    assert (finding.code, finding.line) == ("schema-unknown-key", 10)
    assert "levle" in finding.message


def test_a_word_that_is_not_in_the_list_of_words_is_refused():
    text = "sources:\n- {id: a, title: 甲, publisher: 乙, grade: offical}\n"
    finding = the_finding(text, SourcesFile)
    assert (finding.code, finding.line) == ("schema-value", 2)
    assert "offical" in finding.message


def test_an_unknown_kind_of_stage_is_refused():
    text = "rules:\n- id: a\n  title: 甲\n  scheme: employee\n  visits: [outpatient]\n  from: 2024-01-01\n" \
           "  stages:\n  - {kind: deductable, label: 起付线, amount: x, per: year}\n" \
           "  sources: [x]\n  checked: 2026-01-01\n"
    finding = the_finding(text, BenefitsFile)
    assert (finding.code, finding.line) == ("schema-value", 8)


def test_all_faulty_items_of_a_file_are_told_at_once_each_on_its_line():
    text = (
        'places:\n'
        '- {code: "110000", name: 北京市, short: 北京, pinyin: bei jing}\n'
        '- {code: 210000, name: 辽宁省, short: 辽宁, pinyin: liao ning}\n'
        '- {code: "310000", name: 上海市, short: 上海}\n'
        '- {code: "44", name: 广东省, short: 广东, pinyin: guang dong}\n'
        '- {code: "130000", name: 河北省, short: 河北, pinyin: he bei, 省会: 石家庄}\n'
        '版本: 3\n'
    )
    told = [(finding.line, finding.code) for finding in findings(text, RegionsFile)]
    assert sorted(told) == [
        (3, "schema-type"), (4, "schema-missing-key"), (5, "schema-format"), (6, "schema-unknown-key"),
        (7, "schema-unknown-key"),
    ]


@pytest.mark.parametrize("text", ["- 1\n- 2\n", "just words\n", "42\n"])
def test_a_file_that_is_no_set_of_keys_is_refused(text):
    assert the_finding(text, PackInfo).code == "schema-type"


# --- numbers


@pytest.mark.parametrize(
    ("written", "value"), [("300", "300"), ("0.85", "0.85"), ('"300.50"', "300.50"), ("-1", "-1")]
)
def test_a_figure_is_exactly_what_is_written(written, value):
    row = convert_document(parse(f"value: {written}\n", "f"), Row)
    assert isinstance(row.value, Decimal)
    assert str(row.value) == value


@pytest.mark.parametrize(
    "odd", ["1_000", "1e9", "NaN", "Infinity", "-inf", '" 5 "', "85%", "１２", ".5", "5.", "1,000", "三百", "true",
            "2024-01-01", "[1]", '""', '"' + "9" * 40 + '"'],
)
def test_a_figure_in_any_other_spelling_is_refused(odd):
    finding = the_finding(f"status: active\nvalue: {odd}\n", Row)
    assert (finding.code, finding.line) == ("schema-type", 2)
    assert "数字" in finding.message


def test_an_odd_figure_inside_lists_is_found_on_its_own_line():
    text = "parameters:\n- id: a\n  label: 甲\n  unit: yuan\n  dated:\n  - from: 2024-01-01\n    rows:\n" \
           "    - {value: 1}\n    - {value: 1_000}\n    sources: [x]\n    checked: 2026-01-01\n"
    finding = the_finding(text, BenefitsFile)
    assert (finding.code, finding.line) == ("schema-type", 9)
    assert "1_000" in finding.message


def test_whole_years_are_not_taken_from_a_fraction():
    finding = the_finding("value: 1\nage_from: 69.5\n", Row)
    assert (finding.code, finding.line) == ("schema-type", 2)
    assert "整数" in finding.message
