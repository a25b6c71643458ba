"""The workflow for other systems, as far as it can be checked without running it."""

from __future__ import annotations

import re

import pytest
import release_names
import yaml

from yibao_desktop.paths import ROOT

FILE = ROOT / ".github" / "workflows" / "bundles.yml"


@pytest.fixture(scope="module")
def jobs():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))["jobs"]


def steps_of(job, key: str) -> list[str]:
    return [step[key] for step in job["steps"] if key in step]


def test_every_system_is_tested_before_it_is_built_and_then_uploaded(jobs):
    assert {"desktop", "old-linux"} == set(jobs)
    for job in jobs.values():
        runs = steps_of(job, "run")
        uses = [next(use for use in runs if f"packaging/dev.py {name}" in use) for name in ("test", "build --check")]
        assert runs.index(uses[0]) < runs.index(uses[1])
        assert not any("continue-on-error" in step or "if" in step for step in job["steps"])
        upload = job["steps"][-1]
        assert upload["uses"].startswith("actions/upload-artifact@")
        assert runs[-1].endswith("packaging/make_portable.py")
        assert ROOT / upload["with"]["path"] == release_names.RELEASE


def test_windows_macos_and_an_old_linux_are_there(jobs):
    runners = [entry["runner"].partition("-")[0] for entry in jobs["desktop"]["strategy"]["matrix"]["include"]]
    assert runners == ["windows", "macos"]
    assert jobs["old-linux"]["container"] == "almalinux:8"
    assert any(use.endswith("--release") for use in steps_of(jobs["old-linux"], "run"))


def test_actions_are_pinned_to_a_major_version_and_may_only_read(jobs):
    for job in jobs.values():
        for action in steps_of(job, "uses"):
            assert re.fullmatch(r"actions/[a-z-]+@v[0-9]+", action)
    text = FILE.read_text(encoding="utf-8")
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    assert "secrets." not in text


def test_it_says_that_it_has_not_been_run():
    assert "has NOT been run" in FILE.read_text(encoding="utf-8").partition("\nname:")[0]
