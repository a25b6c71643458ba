"""python -m tests.benchmarks, as far as it goes without the tools it compares with."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import bundle_size
from tests.benchmarks.bundle_size import sizes_of
from tests.benchmarks.bundles import BundleMissing
from tests.benchmarks.first_picture import known_computer, start
from tests.benchmarks.many_places import write_pack
from yibao_desktop.pack.check import check_pack
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import ROOT

WITHOUT_OPENFISCA = """
import runpy, sys

sys.modules["openfisca_core"] = None
sys.argv[1:] = ["estimate"]
runpy.run_module("tests.benchmarks", run_name="__main__")
"""


def test_without_openfisca_the_comparison_says_how_to_install_it():
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", WITHOUT_OPENFISCA], cwd=ROOT, env=environment, capture_output=True,
                          text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("这项比较要用 OpenFisca-Core，请先安装：")
    requirement = re.search(r' -m pip install "(.+)"', done.stderr)[1]
    assert f'"{requirement}; ' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def benchmark(code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True,
                          encoding="utf-8", check=False)


SEARCH = """
import runpy, sys

sys.argv[1:] = ["search", "--rounds", "1", "--every", "60"]
runpy.run_module("tests.benchmarks", run_name="__main__")
"""


def test_a_keystroke_is_compared_with_trigrams_over_the_same_texts():
    done = benchmark(SEARCH)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["ratio"] == pytest.approx(report["ours"] / report["baseline"], rel=0.01)
    assert report["keystrokes"] > report["questions"] > 10
    assert report["found_first"]["ours"] > 0.8 > report["found_first"]["baseline"]


WITHOUT_TRIGRAMS = """
import sqlite3

class Old:
    def execute(self, *_):
        raise sqlite3.OperationalError("no such tokenizer: trigram")

sqlite3.connect = lambda _: Old()
""" + SEARCH


def test_without_trigrams_the_comparison_says_what_is_needed():
    done = benchmark(WITHOUT_TRIGRAMS)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "FTS5 trigram" in done.stderr


def test_no_lock_holds_what_only_benchmarks_compare_with():
    locks = list((ROOT / "packaging").glob("*.lock"))
    assert len(locks) == 4
    assert [lock.name for lock in locks if "openfisca" in lock.read_text(encoding="utf-8").lower()] == []


# --- start, memory, size, scale, page turns: what they tell, never how fast this machine is


def measured(name: str, *options: str) -> dict:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-m", "tests.benchmarks", name, *options], cwd=ROOT, env=environment,
                          capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert report["ratio"] == pytest.approx(report["ours"] / report["baseline"], rel=0.05)
    return report


@pytest.fixture
def bundles(tmp_path) -> tuple[str, ...]:
    """Two folders as PyInstaller lays them out; what they start are the programs of this checkout."""
    for folder, program, command in (
        ("ours", "yibao-desktop", f'cd "{ROOT}" && exec "{sys.executable}" -m yibao_desktop'),
        ("baseline", "one_label", f'exec "{sys.executable}" "{ROOT}/tests/benchmarks/one_label.py"'),
    ):
        file = tmp_path / folder / program
        file.parent.mkdir()
        file.write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
        file.chmod(0o755)
    return "--bundle", str(tmp_path / "ours"), "--baseline-bundle", str(tmp_path / "baseline")


@pytest.mark.skipif(sys.platform != "linux", reason="the bundles are made of shell scripts")
def test_a_start_is_compared_with_a_window_of_one_label_from_source_and_from_bundles(bundles):
    report = measured("startup", "--pairs", "1", *bundles)
    assert report["ours"] > 0 < report["baseline"]
    assert {"ours", "baseline", "ratio"} == set(report["bundle"])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process has needed at most")
def test_the_memory_of_a_start_holds_more_than_qt_needs_by_itself(bundles):
    report = measured("memory", "--pairs", "1", *bundles)
    assert report["ours"] > report["baseline"] > 20
    assert report["bundle"]["ours"] > report["bundle"]["baseline"] > 20


def test_a_program_that_draws_nothing_is_told_with_its_own_words():
    with known_computer() as environment, pytest.raises(RuntimeError, match="nothing to see"):
        start([sys.executable, "-c", "import sys; sys.exit('nothing to see')"], environment)


def test_a_bundle_is_measured_by_its_files_and_not_by_links_to_them(tmp_path):
    for name, size in (("ours", 30_000), ("baseline", 20_000)):
        (tmp_path / name / "_internal").mkdir(parents=True)
        (tmp_path / name / "_internal" / "library").write_bytes(bytes(size))
    (tmp_path / "ours" / "_internal" / "same").symlink_to("library")
    assert sizes_of(tmp_path / "ours") == {Path("_internal/library"): 30_000}
    with pytest.raises(BundleMissing, match=r"packaging/dev\.py build"):
        bundle_size.measure(argparse.Namespace(bundle=tmp_path / "none", baseline_bundle=tmp_path, largest=1))
    options = argparse.Namespace(bundle=tmp_path / "ours", baseline_bundle=tmp_path / "baseline", largest=1)
    report, sound = bundle_size.measure(options)
    assert sound
    assert report["ratio"] == 1.5


def test_a_pack_with_many_places_is_one_the_check_has_nothing_against(tmp_path):
    described = write_pack(ROOT / "tests" / "data" / "pack", tmp_path / "many", 5)
    real, many = Pack(ROOT / "tests" / "data" / "pack"), Pack(tmp_path / "many")
    assert described == 5 * len(real.described_codes()) == len(many.described_codes())
    assert len(many.regions) == 5 * len(real.regions)
    told = check_pack(tmp_path / "many", facts={"rule.known"})
    assert [finding for finding in told if finding.severity == "error"] == []
    copy = next(region for region in many.regions.values() if region.name == "大连市之2")
    assert len(many.place(copy.code).layers) == len(real.place("210200").layers)


def test_the_slowest_page_turn_is_compared_with_as_many_labels():
    report = measured("pages", "--pairs", "1", "--slowest", "1", "--only", "help", "guide")
    assert report["page"] in ("help", "guide")
    assert report["walked"] == 2
    assert report["slowest"][report["page"]]["labels"] > 10
