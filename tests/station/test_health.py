"""The status page of the staff: true, in words, and the same on a stick."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from yibao_desktop import __version__
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT
from yibao_desktop.station import self_test
from yibao_desktop.station.event_log import Code, LoggedError
from yibao_desktop.station.health import LEAST_FREE_MB, Observed, as_text, free_megabytes, health
from yibao_desktop.station.self_test import SelfTest

PACK = Pack(CONTENT)
INFO = msgspec.structs.replace(PACK.info, version="7.8", issued=date(2026, 11, 22), review_by=date(2027, 5, 22))
SEEN = Observed(now=datetime(2027, 3, 1, 8, 30), up_seconds=93784)


@pytest.fixture
def look(tmp_path):
    def look(free: int | None = 5000, state: Path = tmp_path, **seen):
        facts = health(INFO, PACK.words, state, replace(SEEN, **seen), lambda _folder: free)
        return {fact.label.removeprefix("health."): fact for fact in facts}

    return look


def test_a_printer_nobody_looked_for_has_no_line(look):
    assert "printer" not in look()


def test_a_station_in_order_has_nothing_to_look_after(look):
    facts = look()
    assert all(fact.ok for fact in facts.values())
    assert facts["program"].value == __version__
    assert "7.8" in facts["pack"].value
    assert "2026-11-22" in facts["pack"].value
    assert facts["review"].value == "应在 2027-05-22 前复核"
    assert facts["clock"].value == "2027-03-01 08:30"
    assert facts["up"].value == "1 天 2 小时 3 分"
    assert facts["errors"].value == "没有"


def test_every_label_has_words(look):
    assert all(PACK.words(fact.label) for fact in look().values())


@pytest.mark.parametrize(("label", "seen", "says"), [
    ("review", {"now": datetime(2027, 5, 23)}, "过期"),
    ("clock", {"now": datetime(2000, 1, 1, 0, 5)}, "时钟不对：2000-01-01 00:05"),
    ("clock", {"now": datetime(2026, 11, 21, 23, 59)}, "时钟不对"),
    ("clock", {"now": datetime(2029, 11, 23)}, "时钟不对"),
    ("disk", {"free": LEAST_FREE_MB - 1}, str(LEAST_FREE_MB - 1)),
    ("disk", {"free": None}, "没有说"),
    ("state", {"counters_failing": True}, "写不进去"),
    ("state", {"log_failing": True}, "写不进去"),
    ("self-test", {"self_test": SelfTest(3)}, "3 处"),
    ("self-test", {"self_test": SelfTest(None)}, "没有做成"),
    ("printer", {"printer": "missing"}, "找不到"),
    ("errors", {"errors": [LoggedError("2027-03-01T08:00:00", Code.UNCAUGHT, "yibao_desktop/money.py:40")]},
     "2027-03-01 08:00:00 uncaught yibao_desktop/money.py:40"),
])
def test_what_needs_looking_after_is_marked(look, label, seen, says):
    fact = look(**seen)[label]
    assert not fact.ok
    assert says in fact.value


@pytest.mark.parametrize(("label", "seen"), [
    ("review", {"now": datetime(2027, 5, 22, 23, 59)}), ("clock", {"now": datetime(2026, 11, 22)}),
    ("clock", {"now": datetime(2029, 11, 22, 23, 59)}), ("disk", {"free": LEAST_FREE_MB}),
    ("printer", {"printer": "found"}), ("printer", {"printer": "off"}),
    ("self-test", {"self_test": SelfTest(0)}), ("self-test", {"self_test": None}),
])
def test_what_is_just_right_is_not(look, label, seen):
    assert look(**seen)[label].ok


def test_a_folder_nobody_can_write_to_is_told(look, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert not look(state=tmp_path / "file" / "state")["state"].ok


def test_trying_the_folder_leaves_nothing_behind(look, tmp_path):
    assert look(state=tmp_path / "state")["state"].ok
    assert list((tmp_path / "state").iterdir()) == []


def test_the_file_for_a_stick_says_the_same(look):
    facts = look(free=3, self_test=SelfTest(0))
    text = as_text(tuple(facts.values()), PACK.words, SEEN.now)
    lines = text.split("\r\n")
    assert lines[0] == "医保帮手的状态 2027-03-01 08:30"
    assert lines[1:-1] == [
        f"{'（正常）' if fact.ok else '（要处理）'} {PACK.words(fact.label)}：{fact.value}" for fact in facts.values()]
    assert sum("（要处理）" in line for line in lines) == 1


def test_each_error_has_a_line_of_its_own(look):
    errors = [LoggedError(f"2027-03-01T08:00:0{second}", Code.DISK_LOW, None) for second in (2, 1)]
    facts = look(errors=errors)
    assert facts["errors"].value.splitlines() == ["2027-03-01 08:00:02 disk-low", "2027-03-01 08:00:01 disk-low"]
    text = as_text(tuple(facts.values()), PACK.words, SEEN.now)
    assert "最近的错误：2027-03-01 08:00:02 disk-low\r\n    2027-03-01 08:00:01 disk-low\r\n" in text


def test_free_space_is_asked_where_the_folder_would_be(tmp_path):
    free = free_megabytes(tmp_path / "not" / "yet")
    assert free is not None
    assert free == pytest.approx(shutil.disk_usage(tmp_path).free / 1_000_000, rel=0.2)


# --- self-test --------------------------------------------------------------------------------------


ALL_PARTS = self_test.CONSOLE_PARTS + self_test.WINDOW_PARTS


def report(**faults: list[str]) -> str:
    return self_test.as_json({part: faults.get(part, []) for part in ALL_PARTS})


@pytest.mark.parametrize(("output", "faults"), [
    (report(), 0),
    (report(pack=["少了一个字段"], pages=["home：画出来是空的。", "help：画出来是空的。"]), 3),
    (self_test.as_json({part: [] for part in self_test.CONSOLE_PARTS}), None),
    (self_test.as_json({part: [] for part in ALL_PARTS if part != "pages"}), None),
    ("", None), ("{}", None), ("[]", None), ('{"parts": [1]}', None), (report()[:-2], None),
])
def test_only_a_whole_report_without_faults_is_a_pass(output, faults):
    tested = self_test.understand(output.encode())
    assert tested == SelfTest(faults)
    assert tested.passed == (faults == 0)


def test_inside_a_bundle_the_programs_beside_are_run(monkeypatch, tmp_path):
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", str(tmp_path / "yibao-desktop.exe"))
    pack = str(Path("content"))
    assert self_test.command(Path(pack)) == [str(tmp_path / "yibao-pack.exe"), "self-test", "--json", "--pack", pack]
    assert self_test.window_command(Path(pack), tmp_path / "report")[0] == str(tmp_path / "yibao-desktop.exe")


def test_what_could_reach_a_network_is_named(monkeypatch, tmp_path):
    # This process has loaded more than the program does.
    monkeypatch.setattr(self_test, "_MAPS", tmp_path / "no maps")
    assert self_test.network_loaded(["json", "pathlib"]) == []
    assert self_test.network_loaded(["json", "ssl", "http.client"]) == [
        "装入了联网组件 http.client。", "装入了联网组件 ssl。"]


def test_a_library_for_networks_is_named_even_where_no_module_shows_it(monkeypatch, tmp_path):
    maps = tmp_path / "maps"
    maps.write_text("7f00-7f01 r-xp 00000000 fe:00 1 /opt/yibao/libQt6Network.so.6\n", encoding="utf-8")
    monkeypatch.setattr(self_test, "_MAPS", maps)
    assert self_test.network_loaded([]) == ["装入了联网组件 Qt6Network。"]
