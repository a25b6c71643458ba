"""The tour: every page as a picture, without a screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from PySide6.QtGui import QImage

from yibao_desktop.paths import ROOT
from yibao_desktop.station.exit_codes import ExitCode


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run([sys.executable, "-m", "yibao_desktop", *arguments], cwd=ROOT, env=environment,
                          capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)


def test_the_tour_draws_every_page_with_an_index(tmp_path):
    done = run("--tour", str(tmp_path), "--size", "1366x768", "--text-size", "large")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    index = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    ids = [page["id"] for page in index]
    assert len(ids) == len(set(ids)) >= 30
    for page in index:
        assert set(page) == {"id", "file", "title"}
        image = QImage(str(tmp_path / page["file"]))
        assert (image.width(), image.height()) == (1366, 768)
        # A page that failed to paint is one flat colour.
        assert len({image.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}) > 10


def test_a_wrong_size_is_refused_in_words(tmp_path):
    done = run("--tour", str(tmp_path), "--size", "wide")
    assert done.returncode == 2
    assert "1280x800" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_page_draws_nothing_and_says_so(tmp_path):
    done = run("--tour", str(tmp_path), "--only", "nothing")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_tour_of_a_missing_pack_ends_in_a_sentence(tmp_path):
    done = run("--tour", str(tmp_path / "out"), "--pack", str(tmp_path / "none"))
    assert done.returncode == 1
    assert "找不到内容包" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_tour_with_settings_that_are_wrong_ends_in_their_findings(tmp_path):
    settings = tmp_path / "kiosk.yaml"
    settings.write_text("profile: kiosk\nnonsense: 1\n", encoding="utf-8")
    done = run("--tour", str(tmp_path / "out"), "--station", str(settings))
    assert done.returncode == ExitCode.FAULT
    assert f"{settings}:2: " in done.stderr
    assert "Traceback" not in done.stderr
