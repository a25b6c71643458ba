"""The console contract: what scripts and authors may rely on from yibao-pack."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from yibao_desktop import __version__
from yibao_desktop.cli.main import main
from yibao_desktop.paths import CONTENT, ROOT

LINES = (
    "medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc",
    "hifp_pay", "hifob_pay", "hifmi_pay", "hifes_pay", "cvlserv_pay", "maf_pay", "oth_pay", "fund_pay_sumamt",
    "psn_part_amt", "acct_pay", "acct_mulaid_pay", "psn_cash_pay",
)
"""The settlement interface's names, in its order."""
ALWAYS_KNOWN = ("medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
AMOUNT = re.compile(r"-?[0-9]+\.[0-9]{2}")

E01 = CONTENT / "cases" / "estimate" / "e01-dalian-resident-outpatient.yaml"
SMALL_PACK = Path(__file__).resolve().parents[1] / "data" / "pack"

BILL = """\
region: "210200"
on: 2023-05-10
scheme: resident
person: {group: adult}
visit: {kind: outpatient, level: primary}
bill: {total: 300, self_funded: 20}
"""
SHARING = 'region: "210200"\nmember: {relation: parent}\n'


@pytest.fixture
def run(capsys):
    """Run one command; gives exit code, standard output and standard error."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def case(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def content_copy(tmp_path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def assert_plain_refusal(code: int, out: str, err: str, says: str) -> None:
    assert code in (1, 2)
    assert says in err
    assert "Traceback" not in err
    assert out == ""


# --- check


def test_check_of_the_shipped_pack_is_clean(run):
    code, out, err = run("check")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "没有问题。"


def test_check_as_json_says_clean(run):
    code, out, _ = run("check", CONTENT, "--json")
    told = json.loads(out)
    assert code == 0
    assert told["clean"] is True
    assert all(finding["severity"] == "warning" for finding in told["findings"])


def test_check_tells_findings_as_file_line_code_message_and_fails(run, content_copy):
    replace(content_copy / "pack.yaml", "title:", "titel:")
    code, out, _ = run("check", content_copy)
    assert code == 1
    assert re.search(r"^pack\.yaml:[0-9]+: schema-unknown-key: .*titel", out, re.MULTILINE)
    assert out.splitlines()[-1].startswith("共 ")


def test_check_as_json_gives_every_part_of_a_finding(run, content_copy):
    replace(content_copy / "pack.yaml", "title:", "titel:")
    code, out, _ = run("check", content_copy, "--json")
    told = json.loads(out)
    assert (code, told["clean"]) == (1, False)
    finding = told["findings"][0]
    assert set(finding) == {"file", "line", "code", "message", "severity"}
    assert (finding["file"], finding["line"], finding["code"]) == ("pack.yaml", 2, "schema-unknown-key")


def test_a_warning_is_told_but_leaves_the_pack_clean(run, content_copy):
    replace(content_copy / "pack.yaml", "review_by: ", "review_by: 2020-01-01 # ")
    code, out, _ = run("check", content_copy)
    assert code == 0
    assert "review-due" in out
    assert "提醒" in out
    assert out.splitlines()[-1] == "没有问题。"
    code, out, _ = run("check", content_copy, "--json")
    told = json.loads(out)
    assert (code, told["clean"]) == (0, True)
    assert [(finding["code"], finding["severity"]) for finding in told["findings"]] == [("review-due", "warning")]


def test_check_also_finds_a_worked_case_that_no_longer_comes_out(run, content_copy):
    replace(content_copy / "cases/estimate" / E01.name, "hifp_pay: 90.00", "hifp_pay: 91.00")
    code, out, _ = run("check", content_copy)
    assert code == 1
    assert f"cases/estimate/{E01.name}:1: case-failed:" in out


def test_a_warning_does_not_keep_the_worked_cases_from_being_run(run, content_copy):
    replace(content_copy / "pack.yaml", "review_by: ", "review_by: 2020-01-01 # ")
    replace(content_copy / "cases/estimate" / E01.name, "hifp_pay: 90.00", "hifp_pay: 91.00")
    code, out, _ = run("check", content_copy)
    assert code == 1
    assert "case-failed" in out


def test_a_pack_without_what_the_code_relies_on_is_not_clean(run):
    code, out, _ = run("check", SMALL_PACK)
    assert code == 1
    assert "word-missing" in out
    assert "claim-missing" in out


@pytest.mark.parametrize("arguments", [("check", "none"), ("check", "none", "--json")])
def test_checking_a_folder_that_is_not_there_fails_plainly(run, arguments):
    code, out, err = run(*arguments)
    assert code == 1
    assert "pack-missing" in out + err
    assert "找不到" in out + err


# --- cases


def test_every_worked_case_passes_and_the_last_line_counts_them(run):
    code, out, _ = run("cases")
    files = len(list((CONTENT / "cases").glob("*/*.yaml")))
    assert code == 0
    assert out.splitlines()[-1] == f"{files} passed, 0 failed"
    assert files >= 20


@pytest.mark.parametrize("example", ["e01", "e03", "e05", "e06", "e08", "e10", "e11"])
def test_the_published_examples_are_among_the_cases_and_expect_money(example):
    files = list((CONTENT / "cases" / "estimate").glob(f"{example}-*.yaml"))
    assert files
    for path in files:
        expected = path.read_text(encoding="utf-8").split("\nexpect:")[1]
        assert re.search(r"psn_part_amt: [0-9]|psn_cash_pay: [0-9]|hifp_pay: [0-9]", expected)


def test_a_failing_case_is_named_with_what_came_out_and_fails_the_command(run, content_copy):
    replace(content_copy / "cases/estimate" / E01.name, "hifp_pay: 90.00", "hifp_pay: 91.00")
    code, out, _ = run("cases", content_copy)
    assert code == 1
    assert re.search(r"[0-9]+ passed, 1 failed$", out.strip())
    line = next(line for line in out.splitlines() if E01.name in line)
    assert "hifp_pay" in line
    assert "91.00" in line
    assert "90.00" in line


def test_a_case_that_expects_nothing_fails(run, content_copy):
    path = content_copy / "cases/estimate" / E01.name
    path.write_text(path.read_text(encoding="utf-8").split("\nexpect:")[0] + "\n", encoding="utf-8")
    code, out, _ = run("cases", content_copy)
    assert code == 1
    assert "expect" in out


def test_a_gap_that_a_case_does_not_expect_fails_it(run, content_copy):
    replace(content_copy / "cases/estimate/gz-op-unknown-cap-2026.yaml", "[gz-emp-op-cap]", "[]")
    code, out, _ = run("cases", content_copy)
    assert code == 1
    assert "gz-emp-op-cap" in out


def test_a_case_that_comes_out_as_the_misprint_fails(run, content_copy):
    with (content_copy / "cases/estimate" / E01.name).open("a", encoding="utf-8") as file:
        file.write("published: {hifp_pay: 90.00}\n")
    code, out, _ = run("cases", content_copy)
    assert code == 1
    assert "published" in out


def test_a_broken_case_does_not_stop_the_others(run, content_copy):
    (content_copy / "cases/estimate/a-broken.yaml").write_text("a: [1\n", encoding="utf-8")
    code, out, _ = run("cases", content_copy)
    assert code == 1
    assert "cases/estimate/a-broken.yaml:" in out
    assert int(out.splitlines()[-1].split()[0]) >= 20


def test_sharing_cases_are_run_and_compared(run, content_copy):
    folder = content_copy / "cases" / "sharing"
    folder.mkdir(exist_ok=True)
    (folder / "z-right.yaml").write_text(SHARING + 'expect: {verdict: "yes", reasons: [bind.first]}\n',
                                         encoding="utf-8")
    code, _, _ = run("cases", content_copy)
    assert code == 0
    (folder / "z-wrong.yaml").write_text(SHARING + 'expect: {verdict: "no", reasons: [payer.no-account]}\n',
                                         encoding="utf-8")
    code, out, _ = run("cases", content_copy)
    assert code == 1
    assert out.count("cases/sharing/z-wrong.yaml:1: case-failed:") == 2
    assert "payer.no-account" in out


def test_a_pack_without_cases_does_not_count_as_passing(run, content_copy):
    shutil.rmtree(content_copy / "cases")
    code, out, _ = run("cases", content_copy)
    assert code == 1
    assert out.strip() == "0 passed, 0 failed"


# --- estimate


def test_an_estimate_gives_every_line_as_text_with_two_decimals(run):
    code, out, _ = run("estimate", E01, "--json")
    told = json.loads(out)
    assert code == 0
    assert [name for name in told if name in LINES] == list(LINES)
    for name in LINES:
        assert isinstance(told[name], str), name
        assert AMOUNT.fullmatch(told[name]), name
    assert (told["medfee_sumamt"], told["act_pay_dedc"], told["hifp_pay"], told["psn_cash_pay"]) == (
        "300.00", "150.00", "90.00", "210.00")


def test_an_estimate_gives_its_working_with_sources_that_the_pack_holds(run):
    _, out, _ = run("estimate", E01, "--json")
    told = json.loads(out)
    assert told["steps"]
    for step in told["steps"]:
        assert {"label", "formula", "amount", "sources"} <= set(step)
        assert step["label"]
        assert step["formula"]
        assert AMOUNT.fullmatch(step["amount"])
    cited = {source for step in told["steps"] for source in step["sources"]}
    assert cited
    written = "".join(path.read_text(encoding="utf-8") for path in CONTENT.glob("**/sources.yaml"))
    assert all(f"id: {source}" in written for source in cited)
    assert told["assumptions"]
    assert all(isinstance(line, str) for line in told["assumptions"])
    assert told["unknown"] == []


def test_a_gap_gives_null_and_says_why_and_who_knows(run):
    path = CONTENT / "cases/estimate/sh-op-unknown-from-july-2026.yaml"
    code, out, err = run("estimate", path, "--json")
    told = json.loads(out)
    assert code == 1
    assert re.match(rf"{re.escape(str(path))}:\d+: no-rule-on-day: ", err)
    for name in LINES:
        assert (told[name] is None) is (name not in ALWAYS_KNOWN), name
    (gap,) = told["unknown"]
    assert {"id", "label", "reason", "who"} <= set(gap)
    assert gap["label"]
    assert gap["reason"]
    assert gap["who"]


@pytest.mark.parametrize(
    ("change", "told_as"),
    [(("on: 2023-05-10", "on: 1999-01-01"), "no-rule-on-day"), (('"210200"', '"659012"'), "no-rule-in-place"),
     (("kind: outpatient", "kind: chronic"), "no-rule-in-place"),
     (("level: primary", "level: tertiary-district"), None), ((", level: primary", ""), None),
     (("adult}\nvisit: {kind: outpatient, level: primary", "student}\nvisit: {kind: outpatient, level: secondary"),
      None)],
    ids=["before-every-rule", "place-without-rules", "kind-without-rules", "level-without-figure", "level-not-told",
         "group-without-figure"],
)
def test_what_the_pack_does_not_know_is_null_with_a_reason_and_never_a_guess(run, case, change, told_as):
    old, new = change
    assert old in BILL
    path = case(BILL.replace(old, new))
    code, out, err = run("estimate", path, "--json")
    told = json.loads(out)
    if told_as is None:
        assert (code, err) == (0, "")
    else:
        assert code == 1
        assert re.match(rf"{re.escape(str(path))}:\d+: {told_as}: ", err)
    assert (told["medfee_sumamt"], told["inscp_scp_amt"]) == ("300.00", "280.00")
    assert told["hifp_pay"] is None
    assert told["psn_cash_pay"] is None
    assert told["unknown"][0]["reason"]
    code, out, _ = run("estimate", path)
    assert "不知道" in out


def test_an_estimate_for_people_shows_each_step_and_the_assumptions(run):
    code, out, _ = run("estimate", E01)
    assert code == 0
    assert "150.00 × 60%" in out
    assert "90.00" in out
    assert "前提" in out


def test_the_lines_of_an_estimate_add_up(run, case):
    text = BILL.replace("total: 300", "total: 333.33") + "accounts: {own: 12.34, shared: 1.11}\n"
    _, out, _ = run("estimate", case(text), "--json")
    cents = {name: int(json.loads(out)[name].replace(".", "")) for name in LINES}
    assert cents["fund_pay_sumamt"] + cents["psn_part_amt"] == cents["medfee_sumamt"] == 33333
    assert cents["acct_pay"] + cents["acct_mulaid_pay"] + cents["psn_cash_pay"] == cents["psn_part_amt"]
    assert (cents["acct_pay"], cents["acct_mulaid_pay"]) == (1234, 111)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("total: 300", "total: abc"), "数字"),
        (("total: 300", "total: 三百"), "数字"),
        (("total: 300", "total: 1e9"), "1e9"),
        (("total: 300", "total: 1_000"), "1_000"),
        (("total: 300", "total: NaN"), "NaN"),
        (("total: 300", "total: -300"), "负数"),
        (("total: 300", "total: 10"), "比总费用还多"),
        (("total: 300", "total: 1000000000"), "太大"),
        (("total: 300", "total: " + "9" * 5000), "太长"),
        (("total: 300", "total:"), "空"),
        (("total: 300, ", ""), "total"),
        (("total: 300", "totl: 300"), "totl"),
        (("scheme: resident", "scheme: farmer"), "farmer"),
        (("kind: outpatient", "kind: dentist"), "dentist"),
        (("on: 2023-05-10", "on: 2023-02-30"), "2023-02-30"),
        (("on: 2023-05-10", "on: 昨天"), "日期"),
        (('region: "210200"', 'region: "999999"'), "999999"),
        (('region: "210200"', "region: 210200"), "文字"),
        (('region: "210200"', "region: 大连"), "6 位"),
        (('region: "210200"\n', ""), "region"),
        (("bill:", "bill: {total: 1}\nbill:"), "bill"),
        ((BILL, ""), "空"),
        ((BILL, "- 1\n"), "键"),
        ((BILL, "a: &a [*a, *a]\n"), "引用"),
        ((BILL, "[" * 5000), "嵌套"),
        (("}\nbill", "\nbill"), "格式"),
    ],
)
def test_an_impossible_case_is_refused_in_a_plain_sentence(run, case, change, says):
    old, new = change
    assert BILL.count(old) == 1
    assert_plain_refusal(*run("estimate", case(BILL.replace(old, new)), "--json"), says)


@pytest.mark.parametrize("command", ["estimate", "sharing"])
def test_a_case_that_cannot_be_read_is_refused_in_a_plain_sentence(run, tmp_path, command):
    assert_plain_refusal(*run(command, tmp_path / "none.yaml"), "找不到")
    assert_plain_refusal(*run(command, tmp_path), "yaml" if os.name == "nt" else "文件夹")
    foreign = tmp_path / "foreign.yaml"
    foreign.write_bytes(BILL.replace("resident", "居民").encode("gb18030"))
    assert_plain_refusal(*run(command, foreign), "UTF-8")


@pytest.mark.parametrize("command", ["estimate", "sharing"])
def test_a_pack_that_is_not_there_is_refused_in_a_plain_sentence(run, case, tmp_path, command):
    path = case(BILL if command == "estimate" else SHARING)
    assert_plain_refusal(*run(command, path, "--pack", tmp_path / "none"), "找不到内容包")


# --- sharing


def test_sharing_gives_verdict_reasons_steps_and_sources(run, case):
    code, out, _ = run("sharing", case(SHARING), "--json")
    told = json.loads(out)
    assert code == 0
    assert told["verdict"] == "yes"
    for name in ("reasons", "steps"):
        assert told[name], name
        assert all(isinstance(line, str) and line for line in told[name]), name
    assert told["sources"]
    for source in told["sources"]:
        assert {"id", "title", "publisher", "date", "grade", "url"} <= set(source)
        assert source["grade"] != "seed" or len(told["sources"]) > 1


@pytest.mark.parametrize(
    ("change", "verdict", "reason"),
    [
        ("payer: {scheme: resident}", "no", "payer.employee-only"),
        ("payer: {account: none}", "no", "payer.no-account"),
        ("payer: {account: empty}", "not-now", "payer.balance-zero"),
        ("payer: {insured: suspended}", "not-now", "payer.suspended"),
        ("purpose: other", "first", "pay.local-list"),
    ],
)
def test_the_verdict_follows_what_stands_in_the_way(run, case, change, verdict, reason):
    _, out, _ = run("sharing", case(f"{SHARING}{change}\n"), "--json")
    told = json.loads(out)
    assert told["verdict"] == verdict
    assert told["reason_ids"][0] == reason
    assert len(told["reasons"]) == len(told["reason_ids"])
    assert bool(told["steps"]) is (verdict != "no")


def test_sharing_for_people_says_the_verdict_in_chinese_with_numbered_steps(run, case):
    code, out, _ = run("sharing", case(SHARING))
    assert code == 0
    assert "可以" in out.splitlines()[0]
    assert "  1. " in out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SHARING.replace("parent", "uncle"), "uncle"),
        (SHARING.replace("210200", "999999"), "999999"),
        (SHARING + "payers: {}\n", "payers"),
        ('region: "210200"\n', "member"),
        (BILL, "不认识"),
    ],
)
def test_an_impossible_sharing_question_is_refused_in_a_plain_sentence(run, case, text, says):
    assert_plain_refusal(*run("sharing", case(text), "--json"), says)


# --- channels


def test_channels_give_what_is_needed_to_use_them(run):
    code, out, _ = run("channels", "--region", "210200", "--need", "balance", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["region"], told["need"]) == ("210200", "balance")
    assert told["channels"]
    for channel in told["channels"]:
        assert {"name", "means", "place", "steps", "url", "phone", "confidence", "checked", "sources"} <= set(channel)
        assert channel["steps"]
        assert channel["sources"]


@pytest.mark.parametrize(
    ("has", "means"),
    [("phone", {"phone"}), ("visit", {"visit"}), ("phone,visit", {"phone", "visit"}),
     (" phone , visit ", {"phone", "visit"})],
)
def test_only_channels_for_what_is_at_hand_are_given(run, has, means):
    _, out, _ = run("channels", "--region", "210200", "--need", "balance", "--has", has, "--json")
    assert {channel["means"] for channel in json.loads(out)["channels"]} <= means


def test_without_has_every_means_counts(run):
    _, everything, _ = run("channels", "--region", "110000", "--need", "balance", "--json")
    _, named, _ = run("channels", "--region", "110000", "--need", "balance", "--has", "smartphone,computer,phone,visit",
                      "--json")
    assert json.loads(everything) == json.loads(named)


def test_every_need_of_every_province_has_a_channel(run):
    needs = re.findall(r"id: ([a-z-]+)", (CONTENT / "national/needs.yaml").read_text(encoding="utf-8"))
    assert len(needs) >= 10
    for need in needs:
        _, out, _ = run("channels", "--region", "540000", "--need", need, "--json")
        assert json.loads(out)["channels"], need


def test_channels_for_people_are_numbered_steps(run):
    code, out, _ = run("channels", "--region", "110000", "--need", "balance")
    assert code == 0
    assert "  1. " in out


@pytest.mark.parametrize(
    ("region", "need", "more", "says"),
    [
        ("999999", "balance", (), "999999"),
        ("大连", "balance", (), "大连"),
        ("210200", "weather", (), "weather"),
        ("210200", "balance", ("--has", "fax"), "fax"),
        ("210200", "balance", ("--pack", "none"), "找不到内容包"),
    ],
)
def test_a_wrong_search_for_channels_is_refused_in_a_plain_sentence(run, region, need, more, says):
    assert_plain_refusal(*run("channels", "--region", region, "--need", need, "--json", *more), says)


def test_an_unknown_need_is_answered_with_those_there_are(run):
    _, _, err = run("channels", "--region", "210200", "--need", "weather")
    assert "balance" in err


# --- searching


def test_a_search_gives_its_hits_with_why_and_snippet(run):
    code, out, err = run("search", "卡里的钱", "--region", "110000", "--limit", "3", "--json")
    told = json.loads(out)
    assert (code, err, told["query"]) == (0, "", "卡里的钱")
    assert len(told["hits"]) == 3
    assert all(set(hit) == {"kind", "id", "title", "why", "snippet"} for hit in told["hits"])
    assert (told["hits"][0]["kind"], told["hits"][0]["id"]) == ("guide", "account-uses")


@pytest.mark.parametrize("query", ["", "   ", "😀", "医" * 200, "医保" * 300, "zqxj", "\u200b", "\n"])
def test_a_search_for_nothing_leads_to_something(run, query):
    code, out, err = run("search", query, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["hits"]
    assert all(hit["why"] for hit in told["hits"])
    assert bool(told["reason"]) is (told["suggested"] or len(query) > 200)


def test_a_search_reads_well_without_json(run):
    code, out, _ = run("search", "ybkdl", "--limit", "1")
    assert code == 0
    assert out.splitlines() == ["社保卡丢了（guide:lost-card）", "  ybkdl 读作“医保卡丢了”"]


def test_a_search_works_in_a_pack_without_words_for_it(run, tmp_path):
    pack = Path(shutil.copytree(SMALL_PACK, tmp_path / "pack"))
    (pack / "national/search.yaml").unlink()
    shutil.copy(CONTENT / "national/words.yaml", pack / "national/words.yaml")
    assert run("search", "卡丢了", "--pack", pack)[1].startswith("卡丢了（guide:lost）")
    code, out, _ = run("search", "天气", "--pack", pack)
    assert (code, len(out.splitlines())) == (0, 1)


def test_a_search_in_a_place_nobody_knows_is_refused(run):
    assert_plain_refusal(*run("search", "卡", "--region", "999999"), says="999999")


@pytest.mark.parametrize("limit", ["0", "-1", "many", "101", "²"])
def test_a_search_for_an_odd_number_of_hits_is_a_wrong_call(run, limit):
    assert_plain_refusal(*run("search", "卡", "--limit", limit), says=limit)


# --- the command itself


def test_the_version_is_told(run):
    assert run("--version")[:2] == (0, f"yibao-pack {__version__}\n")


@pytest.mark.parametrize("arguments", [(), ("unknown",), ("estimate",), ("channels", "--region", "210200")])
def test_a_wrong_call_exits_with_2(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "yibao-pack" in err


# --- a real process on a console that is not set to UTF-8


def process(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("PYTHONUTF8", "PYTHONIOENCODING", "LANG", "LC_CTYPE")}
    environment |= {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    return subprocess.run([sys.executable, "-X", "utf8=0", "-m", "yibao_desktop.cli", *map(str, arguments)],
                          cwd=ROOT, env=environment, capture_output=True, check=False)


def test_chinese_survives_a_console_without_utf_8():
    done = process("estimate", E01)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "前提" in done.stdout.decode("utf-8")
    assert "150.00 × 60%" in done.stdout.decode("utf-8")


def test_chinese_keys_survive_as_json_too():
    done = process("estimate", E01, "--json")
    assert done.returncode == 0
    told = json.loads(done.stdout.decode("utf-8"))
    assert told["place"] == "大连市"
    assert "大连" in done.stdout.decode("utf-8")


def test_a_refusal_survives_it_as_well_and_exits_with_1(tmp_path):
    done = process("estimate", tmp_path / "没有.yaml")
    assert (done.returncode, done.stdout) == (1, b"")
    assert "找不到这个文件" in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr


def test_the_commands_run_as_a_process():
    done = process("check")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8").strip().endswith("没有问题。")
    done = process("cases")
    assert done.returncode == 0
    assert re.search(rb"[0-9]+ passed, 0 failed\s*$", done.stdout)


# --- the sheet to take away -------------------------------------------------------------------------------


CASES = CONTENT / "cases"


@pytest.mark.parametrize(("arguments", "said"), [
    (("estimate", CASES / "estimate" / "bj-ip-over-100000.yaml"), ("¥16,093.95 到 ¥17,105.00", "【怎么算出来的", "①")),
    (("sharing", CASES / "sharing" / "s01-child-same-province.yaml"), ("可以办", "【依据】")),
    (("channels", "--region", "110000", "--need", "balance"), ("最可靠的在前", "【依据】")),
])
def test_the_text_of_the_sheet_has_place_day_pack_and_sources(run, arguments, said):
    code, out, _ = run(*arguments, "--text")
    assert code == 0
    assert all(piece in out for piece in said)
    assert "参保地：" in out
    assert "医保帮手内容包" in out
    assert "仅供参考" in out


def test_the_text_of_a_slip_names_what_differs(run, case):
    path = case("""\
region: "110000"
on: 2026-03-02
scheme: employee
person: {status: active}
visit: {kind: inpatient, level: tertiary, admission: 2}
bill: {total: 8640, self_funded: 420, first_pay: 210}
slip:
  form: beijing
  lines: {medfee_sumamt: 8640, hifp_pay: 5703.50, other_funds: 0, account: 0, psn_cash_pay: 2936.50,
          act_pay_dedc: 1300}
""")
    code, out, _ = run("slip", path, "--text")
    assert code == 0
    assert "起付金额：单子上 1,300.00，估算 650.00，差额 +650.00" in out


def test_text_for_a_receipt_keeps_to_its_columns(run):
    code, out, _ = run("channels", "--region", "110000", "--need", "balance", "--text", "48")
    assert code == 0
    # A Chinese character takes two columns.
    assert max(sum(1 if character.isascii() else 2 for character in line) for line in out.splitlines()) <= 48


@pytest.mark.parametrize("columns", ["abc", "3", "-48", "４８"])
def test_columns_that_are_none_are_refused_in_words(run, columns):
    code, _, err = run("channels", "--region", "110000", "--need", "balance", f"--text={columns}")
    assert code == 2
    assert "列数" in err
    assert "Traceback" not in err


def test_a_case_with_rules_of_its_own_has_no_sheet(run):
    code, _, err = run("estimate", CASES / "estimate" / "e02-yangzhou-account-enough.yaml", "--text")
    assert code == 1
    assert "没有可以带走的纸" in err
