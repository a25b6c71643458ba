"""What the release recipe and the trial of the packages decide; systems themselves are not made here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from linux import release, try_deb
from linux.roots import Root

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="for Debian")


def test_programs_come_from_the_old_suite_and_only_sources_from_the_newer_one():
    lines = release.sources_list("http://mirror/debian", "bullseye", "bullseye-security", "bookworm").splitlines()
    assert [line for line in lines if line.startswith("deb ")] == [
        "deb http://mirror/debian bullseye main", "deb http://mirror/debian-security bullseye-security main",
    ]
    newer = [line for line in lines if "bookworm" in line]
    assert len(newer) == 1
    assert newer[0].startswith("deb-src [signed-by=/usr/share/keyrings/")


def test_a_suite_without_security_updates_is_asked_for_none():
    assert "security" not in release.sources_list("http://mirror/debian", "old", "", "bookworm")


def test_inside_nothing_of_this_computer_is_known_but_how_to_download(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/here")
    monkeypatch.setenv("https_proxy", "http://proxy:1")
    environment = Root(Path("/root of a system")).environment({"DISPLAY": ":5"})
    assert environment["https_proxy"] == "http://proxy:1"
    assert environment["DISPLAY"] == ":5"
    assert "PYTHONPATH" not in environment


@pytest.fixture
def system(tmp_path) -> Path:
    for name in ("etc/passwd", "usr/bin/tool", "var/log/dpkg.log", "home/tester/.config/own"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


def test_leftovers_and_changes_are_told_apart_from_what_changes_by_itself(system):
    before = try_deb.files(system)
    (system / "opt/yibao-desktop").mkdir(parents=True)
    (system / "usr/bin/tool").unlink()
    for name in ("etc/passwd", "var/log/dpkg.log", "home/tester/.config/own"):
        (system / name).write_text("changed", encoding="utf-8")
    assert try_deb.differences(before, try_deb.files(system)) == [
        "left over: opt/yibao-desktop", "gone: usr/bin/tool", "changed: etc/passwd",
    ]


def test_a_system_that_is_as_before_has_no_leftovers(system):
    assert try_deb.differences(try_deb.files(system), try_deb.files(system)) == []


@on_linux
@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg is not installed")
def test_dependencies_are_read_without_versions_and_of_alternatives_the_first(tmp_path):
    (tmp_path / "a" / "DEBIAN").mkdir(parents=True)
    (tmp_path / "a" / "DEBIAN" / "control").write_text(
        "Package: a\nVersion: 1\nArchitecture: all\nMaintainer: a <a@a.invalid>\nDescription: a\n"
        "Depends: libc6 (>= 2.28), libone | libtwo, libx11-6\n", encoding="utf-8")
    deb = tmp_path / "a_1_all.deb"
    subprocess.run(["dpkg-deb", "--build", tmp_path / "a", deb], check=True, capture_output=True)
    assert try_deb.depends(deb) == ["libc6", "libone", "libx11-6"]
    assert try_deb.own_name(deb) == "a"
