"""python -m tests.benchmarks, as far as it goes without the tools it compares with."""

from __future__ import annotations

import os
import re
import subprocess
import sys

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


def test_no_lock_holds_what_only_benchmarks_compare_with():
    locks = list((ROOT / "packaging").glob("*.lock"))
    assert len(locks) == 3
    assert [lock.name for lock in locks if "openfisca" in lock.read_text(encoding="utf-8").lower()] == []
