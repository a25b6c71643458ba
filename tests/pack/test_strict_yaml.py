"""Content files are read without guessing, and every refusal names file and line."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from yibao_desktop.errors import Finding, PackError
from yibao_desktop.pack.strict_yaml import parse, read


def refusal(text: str) -> Finding:
    """The one finding with which ``text`` is refused."""
    with pytest.raises(PackError) as caught:
        parse(text, "some.yaml")
    (finding,) = caught.value.findings
    return finding


def refusal_of_bytes(tmp_path: Path, content: bytes) -> Finding:
    path = tmp_path / "some.yaml"
    path.write_bytes(content)
    with pytest.raises(PackError) as caught:
        read(path, "some.yaml")
    (finding,) = caught.value.findings
    return finding


# --- what unquoted words mean


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("off", "off"),
        ("True", "True"),
        ("12:30", "12:30"),
        ("0123", "0123"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("5.", "5."),
        ("+5", "+5"),
        (".inf", ".inf"),
        ("１２", "１２"),
        ("1２", "1２"),
        ("2024-1-1", "2024-1-1"),
        ("2024-01-01 12:00:00", "2024-01-01 12:00:00"),
        ("85%", "85%"),
        ("大连", "大连"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("300", 300),
        ("-5", -5),
        ("2024-02-29", date(2024, 2, 29)),
        ("'300'", "300"),
        ('"2024-01-01"', "2024-01-01"),
        ('"true"', "true"),
        ('"no"', "no"),
        ("''", ""),
    ],
)
def test_only_plain_forms_have_a_meaning(written, meant):
    (value,) = parse(f"key: {written}\n", "f").data.values()
    assert value == meant
    assert type(value) is type(meant)


def test_a_share_is_read_digit_by_digit_and_never_as_a_binary_fraction():
    value = parse("key: 0.85\n", "f").data["key"]
    assert isinstance(value, Decimal)
    assert str(value) == "0.85"


def test_trailing_zeros_are_kept_as_written():
    assert str(parse("key: -0.50\n", "f").data["key"]) == "-0.50"


def test_block_text_stays_text_even_where_it_looks_like_a_number():
    assert parse("key: |-\n  300\n", "f").data == {"key": "300"}


def test_keys_are_always_text():
    assert parse("no: 1\n2024: 2\ntrue: 3\n", "f").data == {"no": 1, "2024": 2, "true": 3}


def test_every_part_knows_its_line():
    document = parse("a: 1\nb:\n- x: 1\n  y: 2\n- {z: 3}\n", "f")
    assert [document.line(path) for path in (("a",), ("b",), ("b", 0, "y"), ("b", 1), ("b", 1, "z"))] == [1, 2, 4, 5, 5]


def test_a_part_that_is_not_written_is_told_by_the_line_around_it():
    document = parse("a: 1\nb:\n- x: 1\n", "f")
    assert document.line(("b", 0, "missing", "deeper")) == 3


# --- what is refused


@pytest.mark.parametrize("impossible", ["2024-02-30", "2023-02-29", "2024-13-01", "0000-01-01"])
def test_an_impossible_date_is_refused_with_its_line(impossible):
    finding = refusal(f"a: 1\nb: {impossible}\n")
    assert (finding.file, finding.line, finding.code) == ("some.yaml", 2, "yaml-date")
    assert impossible in finding.message


def test_a_duplicate_key_is_refused_with_its_line():
    finding = refusal("a: 1\nb: 2\na: 3\n")
    assert (finding.line, finding.code) == (3, "yaml-duplicate-key")
    assert "“a”" in finding.message


@pytest.mark.parametrize("text", ["x: {a: 1, a: 1}\n", "x: {a: 1, 'a': 2}\n", "x: {1: 1, \"1\": 2}\n"])
def test_a_duplicate_key_is_refused_inside_braces_and_between_quotes(text):
    assert refusal(text).code == "yaml-duplicate-key"


def test_all_faults_of_one_kind_of_reading_are_told_together():
    with pytest.raises(PackError) as caught:
        parse("a: 2024-02-30\nb: 1\nb: {c: 1, c: 2024-04-31}\n", "f")
    assert [(finding.line, finding.code) for finding in caught.value.findings] == [
        (1, "yaml-date"), (3, "yaml-duplicate-key"), (3, "yaml-duplicate-key"), (3, "yaml-date"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n"])
def test_an_empty_file_is_refused(text):
    assert refusal(text).code == "file-empty"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\n\tb: 2\n", 2),
        ("a:\n\t- 1\n", 2),
        ("a: 1\n b: 2\n", 2),
        ("a: 1\nb\n", 3),
        ("a: [1, 2\n", 2),
        ("a: {b: 1\n", 2),
        ("a: 1\nb: 'never closed\n", 3),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: @x\n", 1),
    ],
    ids=["tab", "tab-list", "indent", "no-colon", "open-list", "open-braces", "open-quote", "two-documents", "at-sign"],
)
def test_broken_or_cut_off_yaml_is_refused_near_the_fault(text, line):
    finding = refusal(text)
    assert finding.code == "yaml-syntax"
    assert abs(finding.line - line) <= 1


def test_a_file_cut_off_anywhere_is_read_or_refused_but_never_crashes():
    whole = Path(__file__).parents[1].joinpath("data/pack/regions/210200-dalian/benefits.yaml").read_text("utf-8")
    refusals = []
    for end in range(0, len(whole), 7):
        try:
            parse(whole[:end], "f")
        except PackError as error:
            refusals += [(finding, whole[:end].count("\n") + 1) for finding in error.findings]
    assert refusals
    assert [finding for finding, lines in refusals if not 1 <= finding.line <= lines + 1] == []


@pytest.mark.parametrize("sign", ["\x00", "\x01", "\x1b", "\x7f", "\ufffe"])
def test_a_control_character_is_refused_on_its_own_line_also_after_chinese_text(sign):
    finding = refusal(f"a: 大连大连大连大连\nb: 1\nc: x{sign}y\nd: 1\ne: 2\n")
    assert (finding.line, finding.code) == (3, "yaml-syntax")
    assert "控制字符" in finding.message


def test_a_number_too_long_to_calculate_with_is_refused_with_advice_to_quote_it():
    finding = refusal("a: 1\nb: " + "9" * 5000 + "\n")
    assert (finding.line, finding.code) == (2, "yaml-number")
    assert "引号" in finding.message


def test_references_are_refused_where_they_are_made_and_where_they_are_used():
    with pytest.raises(PackError) as caught:
        parse("a: &x 1\nb: *x\n", "f")
    assert [(finding.line, finding.code) for finding in caught.value.findings] == [
        (1, "yaml-reference"), (2, "yaml-reference"),
    ]


def test_references_that_multiply_into_billions_are_refused_at_once():
    lines = ["a0: &a0 [哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    with pytest.raises(PackError) as caught:
        parse("\n".join(lines), "f")
    assert {finding.code for finding in caught.value.findings} == {"yaml-reference"}


def test_a_reference_to_itself_is_refused():
    with pytest.raises(PackError, match="yaml-reference"):
        parse("a: &x [*x]\n", "f")


@pytest.mark.parametrize("tag", ["!!str", "!!float", "!!python/object/apply:os.system", "!important", "!"])
def test_type_tags_are_refused(tag):
    assert refusal(f"a: {tag} 12\n").code == "yaml-tag"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_endless_nesting_is_refused_without_exhausting_the_stack(opening):
    finding = refusal(opening * 20000 + "1")
    assert finding.code == "yaml-deep"


def test_a_list_before_the_colon_is_refused():
    assert refusal("? [a, b]\n: 1\n").code == "yaml-key"


# --- files


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "some.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + "名字: 大连\r\nb: 2\r\n".encode())
    assert read(path).data == {"名字": "大连", "b": 2}


def test_a_file_in_another_encoding_is_refused_on_its_line_with_the_way_to_save_it(tmp_path):
    finding = refusal_of_bytes(tmp_path, b"a: 1\n" + "b: 大连市\n".encode("gb18030"))
    assert (finding.line, finding.code) == (2, "yaml-encoding")
    assert "UTF-8" in finding.message


def test_a_file_saved_as_utf_16_is_refused(tmp_path):
    assert refusal_of_bytes(tmp_path, "b: 大连市\n".encode("utf-16")).code == "yaml-encoding"


def test_a_file_that_is_not_there_is_told_plainly(tmp_path):
    with pytest.raises(PackError, match="file-missing") as caught:
        read(tmp_path / "none.yaml", "none.yaml")
    assert str(caught.value).startswith("none.yaml:1: file-missing: ")


def test_a_file_that_may_not_be_read_is_told_plainly(tmp_path, monkeypatch):
    path = tmp_path / "some.yaml"
    path.write_text("a: 1\n", encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(PackError, match="file-unreadable"):
        read(path)


def test_a_refusal_reads_as_file_line_code_message():
    assert str(refusal("a: 1\na: 2\n")).startswith("some.yaml:2: yaml-duplicate-key: “a”")
