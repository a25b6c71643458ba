"""Only one program at a time, and never locked out by one that died."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from yibao_desktop.paths import ROOT
from yibao_desktop.station.instance import Instance

HOLDER = """
import sys, time
from pathlib import Path
from yibao_desktop.station.instance import Instance

instance = Instance(Path(sys.argv[1]))
print(instance.take(), flush=True)
time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE,
                               text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "True"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_the_second_is_told_so_until_the_first_dies(tmp_path, holder):
    second = Instance(tmp_path)
    assert not second.take()
    if hasattr(signal, "SIGKILL"):
        holder.send_signal(signal.SIGKILL)
    else:
        holder.kill()
    holder.wait()
    assert second.take()
    assert second.take()


def test_a_program_that_starts_itself_anew_gives_the_lock_back_first(tmp_path):
    first, second = Instance(tmp_path), Instance(tmp_path)
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()


def test_a_station_starts_where_there_can_be_no_lock(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert Instance(tmp_path / "file" / "state").take()


def test_a_process_started_later_does_not_keep_the_lock(tmp_path):
    first = Instance(tmp_path)
    assert first.take()
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False)
    try:
        first.release()
        assert Instance(tmp_path).take()
    finally:
        child.communicate(b"\n")
