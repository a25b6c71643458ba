"""People at each kind of station (see tests/soak): nothing breaks, and nothing of anybody is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.soak.books import Books, Off
from yibao_desktop.station.event_log import ids_of

ROOT = Path(__file__).parents[2]
PEOPLE = {"kiosk": 18, "staff": 8}
"""What a run of the whole suite has time for; `python -m tests.soak` alone plays a week."""


@pytest.mark.parametrize("profile", PEOPLE)
def test_people_come_and_go_and_leave_nothing(dressed, profile):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    arguments = ["--profile", profile, "--people", str(PEOPLE[profile]), "--people-a-day", "16", "--minutes", "60"]
    done = subprocess.run([sys.executable, "-m", "tests.soak", *arguments], env=environment, cwd=ROOT,
                          capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert sum(report["people"].values()) == PEOPLE[profile]
    assert sum(report["sessions ended"].values()) >= PEOPLE[profile]
    assert report["memory searched"] > 1


@pytest.mark.parametrize("line", [
    "2026-12-07T08:00:00 page-opened page=home name=wang", "2026-12-07T08:00:00 page-opened page=zhang-san",
    "2026-12-07T08:00:00 wizard-left wizard=bill step=7391", "2026-12-07T08:00:00 searched", "7391.37",
])
def test_the_books_find_a_line_the_log_must_not_have(pack, tmp_path, line):
    books = Books(tmp_path)
    books.know(ids_of(pack))
    good = "2026-12-07T08:00:00 page-opened page=home\n"
    (tmp_path / "events.log").write_text(good, encoding="ascii")
    books.check_log()
    (tmp_path / "events.log").write_text(f"{good}{line}\n", encoding="ascii")
    with pytest.raises(Off):
        books.check_log()
