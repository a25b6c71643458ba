"""Thousands of random steps in every profile: nothing breaks, nothing is left behind (see tests/monkey.py)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import monkey
from yibao_desktop.settings import PROFILES

ROOT = Path(__file__).parents[2]
STEPS = 20_000 if os.environ.get("CI") else 1_000
"""Growth is judged from 10,000; on one's own machine one does not wait for so many."""


def let_loose(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the monkey in a process of its own: what it leaves behind is counted from nothing."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-m", "tests.monkey", *arguments], env=environment, cwd=ROOT,
                          capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_breaks_and_nothing_is_left_behind(dressed, profile):
    done = let_loose("--seed", "1", "--steps", str(STEPS), "--profile", profile)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_same_seed_takes_the_same_steps(dressed):
    runs = [let_loose("--seed", "7", "--steps", "150", "--told") for _ in range(2)]
    told = [run.stdout[run.stdout.index("}\n"):] for run in runs]
    assert told[0] == told[1]
    assert "150: " in told[0]


def samples(**grows: float) -> list[dict[str, int]]:
    start = {"widgets": 50, "objects": 5000, "kib": 120_000}
    return [{"step": step, **{name: round(count + grows.get(name, 0) * step / 1000) for name, count in start.items()}}
            for step in range(500, 20_001, 500)]


@pytest.mark.parametrize(("grows", "said"), [
    ({}, ""), ({"kib": 20}, ""), ({"kib": 400}, "memory"), ({"widgets": 1}, "left behind"), ({"objects": 2}, "left")])
def test_what_goes_on_growing_is_found(grows, said):
    found = monkey.grown(monkey.growth(samples(**grows)))
    assert said in found
    assert bool(said) == bool(found)


@pytest.mark.parametrize("step", [9_000, 12_500, 16_000, 19_500])
def test_a_store_that_is_filled_once_is_no_growth(step):
    found = [{**sample, "kib": sample["kib"] + (4_100 if sample["step"] >= step else 0)} for sample in samples()]
    assert monkey.grown(monkey.growth(found)) == ""
    growing = [{**sample, "kib": sample["kib"] + sample["step"]} for sample in found]
    assert "memory" in monkey.grown(monkey.growth(growing))
