"""Power cuts, full disks, missing folders: what is on disk stays whole, and the program goes on."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from random import Random

import pytest

from yibao_desktop.paths import ROOT
from yibao_desktop.station.counters import Counters
from yibao_desktop.station.event_log import Code, EventLog
from yibao_desktop.station.folder import usual_folder
from yibao_desktop.station.instance import Instance
from yibao_desktop.station.pin import Attempts
from yibao_desktop.whole_file import clear_unfinished, write_whole

ISSUED = TODAY = date(2026, 11, 22)
_NOBODY = 65534


@pytest.fixture
def file(tmp_path):
    return tmp_path / "state" / "counters.json"


@pytest.fixture
def start(file):
    return lambda: Counters(file, ISSUED, lambda: TODAY, lambda: 0.0)


def homes(counters: Counters) -> int:
    return counters.days().get(TODAY.isoformat(), {}).get("opened.home", 0)


def count_and_write(counters: Counters, times: int) -> None:
    for _ in range(times):
        counters.opened("home")
    counters.write()


def fails_with(code: int):
    def fails(*_arguments: object, **_named: object) -> None:
        raise OSError(code, os.strerror(code))

    return fails


@pytest.mark.parametrize(("call", "code"), [
    ("replace", errno.EIO), ("replace", errno.EACCES), ("fsync", errno.EIO), ("fsync", errno.ENOSPC),
])
def test_a_write_that_fails_leaves_the_old_file_and_keeps_the_counts(start, file, monkeypatch, call, code):
    counters = start()
    count_and_write(counters, 3)
    before = file.read_bytes()
    with monkeypatch.context() as broken:
        broken.setattr(os, call, fails_with(code))
        count_and_write(counters, 2)
    assert counters.failing
    assert file.read_bytes() == before
    assert os.listdir(file.parent) == ["counters.json"]
    counters.write()
    assert not counters.failing
    assert homes(start()) == 5


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_a_disk_that_takes_no_new_file_keeps_the_counts_for_later(start, file, monkeypatch, code):
    counters = start()
    count_and_write(counters, 3)
    with monkeypatch.context() as broken:
        broken.setattr("tempfile.mkstemp", fails_with(code))
        count_and_write(counters, 2)
        assert homes(counters) == 5
    assert counters.failing
    assert homes(start()) == 3
    counters.write()
    assert homes(start()) == 5


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full here")
def test_a_full_disk_stops_neither_log_nor_program(tmp_path):
    (tmp_path / "events.log").symlink_to("/dev/full")
    log = EventLog(tmp_path / "events.log", tuple)
    log.write(Code.DISK_LOW)
    assert log.failing
    assert [error.code for error in log.last_errors()] == [Code.DISK_LOW]


def test_half_a_file_left_by_a_power_cut_goes_at_the_next_start(start, file):
    count_and_write(start(), 3)
    for name in ("counters.json.k3x9.part", "counters.json.0000.part"):
        (file.parent / name).write_bytes(b'{"days": {"2026-')
    (file.parent / "events.log.k3x9.part").write_bytes(b"not ours")
    assert homes(start()) == 3
    assert sorted(os.listdir(file.parent)) == ["counters.json", "events.log.k3x9.part"]


def test_clearing_takes_the_name_as_it_is(tmp_path):
    (tmp_path / "a.json.1.part").touch()
    clear_unfinished(tmp_path / "[a].json")
    clear_unfinished(tmp_path / "*.json")
    assert os.listdir(tmp_path) == ["a.json.1.part"]


def test_a_folder_removed_while_running_is_made_anew(start, file):
    counters = start()
    log = EventLog(file.with_name("events.log"), tuple)
    count_and_write(counters, 3)
    log.write(Code.STARTED)
    for left in file.parent.iterdir():
        left.unlink()
    file.parent.rmdir()
    count_and_write(counters, 2)
    log.write(Code.STARTED)
    assert not counters.failing
    assert not log.failing
    assert homes(start()) == 2


def test_a_file_that_is_there_but_cannot_be_read_is_not_written_over(start, file, monkeypatch):
    count_and_write(start(), 3)
    before = file.read_bytes()
    counters = start()
    with monkeypatch.context() as broken:
        broken.setattr(Path, "read_bytes", fails_with(errno.EIO))
        count_and_write(counters, 2)
    assert counters.failing
    assert file.read_bytes() == before
    counters.write()
    assert homes(start()) == 5


def test_where_there_is_no_home_to_write_to_everything_goes_on(tmp_path):
    (tmp_path / "home").write_text("in the way", encoding="utf-8")
    state = tmp_path / "home" / "state"
    assert Instance(state).take()
    counters = Counters(state / "counters.json", ISSUED, lambda: TODAY, lambda: 0.0)
    count_and_write(counters, 2)
    assert counters.failing
    assert homes(counters) == 2
    log = EventLog(state / "events.log", tuple)
    log.write(Code.STARTED)
    assert log.failing
    assert Attempts(state / "pin.json").attempt("0000", "no hash") == "wrong"


@pytest.fixture
def read_only_home():
    """A folder in which nothing may be written, by whoever runs the tests."""
    with tempfile.TemporaryDirectory() as folder:
        home, is_root = Path(folder), hasattr(os, "geteuid") and os.geteuid() == 0
        home.chmod(0o555)
        if is_root:
            # Root may write everywhere.
            os.seteuid(_NOBODY)
        yield home
        if is_root:
            os.seteuid(0)
        home.chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32", reason="the bits of a folder do not forbid writing there")
def test_a_home_that_may_only_be_read(read_only_home):
    counters = Counters(read_only_home / "counters.json", ISSUED, lambda: TODAY, lambda: 0.0)
    count_and_write(counters, 2)
    assert counters.failing
    assert os.listdir(read_only_home) == []


def test_writing_whole_tells_when_it_could_not(tmp_path):
    (tmp_path / "file").write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match=r".+"):
        write_whole(tmp_path / "file" / "new", b"x")
    write_whole(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


COUNTING = """
import sys
from datetime import date
from itertools import count
from pathlib import Path
from yibao_desktop.station.counters import Counters

day = date(2026, 11, 22)
seconds = 0.0
counters = Counters(Path(sys.argv[1]), day, lambda: day, lambda: seconds)
for number in count(1):
    seconds += 1  # one page a second, so sixty a minute
    print(number, flush=True)
    counters.opened("home")
"""


@pytest.mark.parametrize("lines", sorted(Random(7).sample(range(61, 1500), 12)))
def test_killed_in_the_middle_of_counting_at_most_a_minute_is_lost(start, file, lines):
    process = subprocess.Popen([sys.executable, "-c", COUNTING, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                               env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert process.stdout is not None
    for _ in range(lines):
        process.stdout.readline()
    process.kill()
    counted = lines + len(process.stdout.read().splitlines())
    process.wait()
    process.stdout.close()
    json.loads(file.read_bytes())
    kept = homes(start())
    # The page whose number was said last may or may not have been counted.
    assert counted - 1 - 60 <= kept <= counted
    assert kept > 0
    assert os.listdir(file.parent) == ["counters.json"]


def test_it_lies_where_the_system_keeps_such_things(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert usual_folder().name == "yibao-desktop"
