"""`yibao-pack self-test`: what it says of a whole pack, of a broken one, and of a window that does not answer."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from yibao_desktop.cli import self_testing
from yibao_desktop.cli.main import main
from yibao_desktop.paths import CONTENT
from yibao_desktop.station.self_test import CONSOLE_PARTS, WINDOW_PARTS, SelfTest, as_json, understand

SMALL_PACK = Path(__file__).resolve().parents[1] / "data" / "pack"
GOOD = as_json({part: [] for part in WINDOW_PARTS})


@pytest.fixture
def window_says(monkeypatch):
    """A stand-in for the window's program: it does what the code says with the path of the report, `file`."""
    def choose(code: str) -> None:
        program = f"import pathlib, sys; file = pathlib.Path(sys.argv[1]); {code}"
        monkeypatch.setattr(self_testing, "window_command",
                            lambda _pack, report: [sys.executable, "-c", program, str(report)])

    return choose


@pytest.fixture
def without_network(monkeypatch):
    # Other tests of this process may have loaded what the program itself does not.
    monkeypatch.setattr(self_testing, "network_loaded", lambda _modules: [])


def parts(output: str) -> dict[str, list[str]]:
    return {part["id"]: part["faults"] for part in json.loads(output)["parts"]}


def test_a_whole_pack_and_a_whole_window_pass(window_says, without_network, capsys):
    window_says(f"file.write_text({GOOD!r})")
    assert main(["self-test", "--pack", str(CONTENT)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "自检通过。"
    assert len(lines) == len(CONSOLE_PARTS + WINDOW_PARTS) + 1


def test_a_pack_that_lacks_words_does_not_pass(window_says, without_network, capsys):
    window_says(f"file.write_text({GOOD!r})")
    assert main(["self-test", "--json", "--pack", str(SMALL_PACK)]) == 1
    output = capsys.readouterr().out
    found = parts(output)
    assert found["pack"]
    assert found["pages"] == []
    assert understand(output.encode()) == SelfTest(len(found["pack"]))


@pytest.mark.parametrize(("code", "told"), [
    ("sys.exit(3)", "退出码 3"),
    ("file.write_text('{')", "退出码 0"),
])
def test_a_window_that_ends_without_a_report_fails_each_of_its_parts(code, told, window_says, without_network,
                                                                     monkeypatch, capsys):
    monkeypatch.setattr(self_testing, "_pack", lambda _root: ["不看"])
    window_says(code)
    assert main(["self-test", "--json"]) == 1
    found = parts(capsys.readouterr().out)
    assert all(told in found[part][0] for part in WINDOW_PARTS)


def test_a_window_that_does_not_end_is_ended(window_says, without_network, monkeypatch, capsys):
    monkeypatch.setattr(self_testing, "_pack", lambda _root: ["不看"])
    monkeypatch.setattr(self_testing, "LONGEST", 1)
    window_says("sys.stdin.read()")
    assert main(["self-test", "--json"]) == 1
    assert "还没有做完" in parts(capsys.readouterr().out)["pages"][0]


def test_a_window_that_is_not_there_is_told(without_network, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(self_testing, "_pack", lambda _root: ["不看"])
    monkeypatch.setattr(self_testing, "window_command", lambda _pack, _report: [str(tmp_path / "nothing")])
    assert main(["self-test"]) == 1
    told = capsys.readouterr().out
    assert "窗口程序打不开" in told
    assert "自检没有通过" in told


def test_without_libyaml_it_does_not_pass(window_says, without_network, monkeypatch, capsys):
    monkeypatch.setattr(self_testing, "_pack", lambda _root: [])
    monkeypatch.setattr(self_testing, "_cases", lambda _root: [])
    monkeypatch.setattr("yaml.__with_libyaml__", False)
    window_says(f"file.write_text({GOOD!r})")
    assert main(["self-test", "--json"]) == 1
    assert parts(capsys.readouterr().out)["libyaml"]
