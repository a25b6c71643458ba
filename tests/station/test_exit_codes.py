"""How the whole program ends, started as a watchdog would start it: codes, faults, kills, closed streams."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from yibao_desktop.paths import ROOT
from yibao_desktop.station.exit_codes import ExitCode
from yibao_desktop.station.instance import Instance

DRIVER = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from yibao_desktop.ui import app

dress, do = app.dress, {do!r}

def dress_and_then(running):
    dress(running)
    QTimer.singleShot(1500, running, lambda: exec(do, globals()))

app.dress = dress_and_then
sys.exit(app.main(sys.argv[1:]))
"""
CLOSE = "[window.close() for window in QApplication.topLevelWidgets()]"
SAY = "print('ready', flush=True)"
FAIL_TWICE = """
def fail(): raise ValueError('张三 12345.67')
QTimer.singleShot(0, fail); QTimer.singleShot(300, fail)
"""


def start(tmp_path: Path, do: str, *arguments: str, **options) -> subprocess.Popen[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1",
                   "XDG_CONFIG_HOME": str(tmp_path / "config")}
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER.format(do=do), "--state", str(tmp_path / "state"), *arguments], text=True,
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, encoding="utf-8", **options)


def ends(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, told = process.communicate(timeout=60)
    return process.returncode, told


@pytest.fixture
def staff(tmp_path):
    file = tmp_path / "staff.yaml"
    file.write_text('profile: staff\nplace: "110000"\nprinter: none\n', encoding="utf-8")
    return str(file)


def test_the_codes_are_those_the_watchdogs_are_told():
    assert [(code.name, code.value) for code in ExitCode] == [
        ("LEFT", 0), ("RESTART", 1), ("FAULT", 2), ("ALREADY_RUNNING", 3)]


def test_a_worker_closes_the_window_and_the_log_has_start_and_end(tmp_path, staff):
    code, told = ends(start(tmp_path, CLOSE, "--station", staff))
    assert (code, "Traceback" in told) == (ExitCode.LEFT, False), told
    log = (tmp_path / "state" / "events.log").read_text(encoding="ascii")
    assert " started\n" in log
    assert log.endswith(" ended\n")


@pytest.mark.parametrize("text", ["profile: kiosk\nplace: 110000\n", None])
def test_a_fault_of_the_settings_is_told_with_its_line(tmp_path, text):
    file = tmp_path / "kiosk.yaml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    code, told = ends(start(tmp_path, CLOSE, "--station", str(file)))
    assert code == ExitCode.FAULT
    assert "kiosk.yaml" in told
    assert "Traceback" not in told
    if text is not None:
        assert "kiosk.yaml:2: schema-value: place 要写" in told


def test_a_pack_that_is_not_there_is_a_fault_too(tmp_path, staff):
    code, told = ends(start(tmp_path, CLOSE, "--pack", str(tmp_path / "none")))
    assert code == ExitCode.FAULT
    assert "Traceback" not in told


def test_a_second_start_says_so_and_leaves_the_first_alone(tmp_path, staff):
    first = Instance(tmp_path / "state")
    assert first.take()
    code, told = ends(start(tmp_path, CLOSE, "--station", staff))
    first.release()
    assert code == ExitCode.ALREADY_RUNNING
    assert "已经开着了" in told
    assert not (tmp_path / "state" / "events.log").exists()


def test_going_wrong_twice_within_a_minute_starts_it_anew_and_tells_nothing_entered(tmp_path, staff):
    code, told = ends(start(tmp_path, FAIL_TWICE, "--station", staff))
    assert code == ExitCode.RESTART
    log = (tmp_path / "state" / "events.log").read_text(encoding="ascii")
    assert log.count("uncaught class=ValueError id=E-") == 2
    assert "张三" not in told
    assert "12345" not in told + log


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and streams")
def test_killed_it_starts_again_with_its_counts(tmp_path, staff):
    killed = start(tmp_path, SAY, "--station", staff)
    assert killed.stdout.readline() == "ready\n"
    killed.kill()
    killed.communicate()
    code, told = ends(start(tmp_path, CLOSE, "--station", staff))
    assert code == ExitCode.LEFT, told
    log = (tmp_path / "state" / "events.log").read_text(encoding="ascii")
    assert log.count(" started\n") == 2


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and streams")
def test_it_runs_with_its_streams_closed_and_writes_nothing_into_its_own_files(tmp_path, staff):
    def close_streams() -> None:
        for number in range(3):
            os.close(number)

    code, _ = ends(start(tmp_path, "print('x' * 50); " + CLOSE, "--station", staff, preexec_fn=close_streams))
    assert code == ExitCode.LEFT
    assert (tmp_path / "state" / "running.lock").read_bytes() == b""


def test_it_runs_where_nothing_can_be_written(tmp_path, staff):
    (tmp_path / "state").write_text("in the way of the folder", encoding="utf-8")
    (tmp_path / "config").write_text("in the way too", encoding="utf-8")
    code, told = ends(start(tmp_path, CLOSE, "--station", staff))
    assert code == ExitCode.LEFT
    assert "Traceback" not in told
