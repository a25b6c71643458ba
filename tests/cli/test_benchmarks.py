"""python -m tests.benchmarks, as far as it goes without the tools it compares with."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

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
