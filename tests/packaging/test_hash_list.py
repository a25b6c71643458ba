"""Two builds are equal only if everything in them is."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

import hash_list
import pytest

LINKS = pytest.mark.skipif(os.name == "nt", reason="links and rights to run are marked on Linux and macOS")


@pytest.fixture
def two(tmp_path) -> tuple[Path, Path]:
    one, other = tmp_path / "一 个", tmp_path / "other"
    (one / "inner").mkdir(parents=True)
    (one / "program").write_bytes(b"run me")
    (one / "inner" / "words.yaml").write_text("医保", encoding="utf-8")
    shutil.copytree(one, other)
    return one, other


def test_equal_folders_are_called_equal_with_one_hash(two, capsys):
    assert hash_list.main([str(folder) for folder in two]) == 0
    assert hash_list.of_all(hash_list.hash_list(two[0])) in capsys.readouterr().out


def change(folder: Path) -> None:
    (folder / "program").write_bytes(b"run you")


def add(folder: Path) -> None:
    (folder / "inner" / "more").touch()


def remove(folder: Path) -> None:
    (folder / "inner" / "words.yaml").unlink()


def may_run(folder: Path) -> None:
    (folder / "program").chmod(0o755)


def link(folder: Path) -> None:
    (folder / "program").unlink()
    (folder / "program").symlink_to("inner/words.yaml")


@pytest.mark.parametrize(("spoil", "told"), [
    (change, "differs: program"), (add, "only in the second: inner/more"),
    (remove, "only in the first: inner/words.yaml"),
    pytest.param(may_run, "differs: program", marks=LINKS), pytest.param(link, "differs: program", marks=LINKS),
])
def test_every_difference_is_told(two, spoil, told, capsys):
    spoil(two[1])
    assert hash_list.main([str(folder) for folder in two]) == 1
    assert told in capsys.readouterr().out


@LINKS
def test_a_link_that_leads_elsewhere_differs(two):
    for folder, target in zip(two, ("program", "inner"), strict=True):
        (folder / "link").symlink_to(target)
    assert hash_list.differences(*map(hash_list.hash_list, two)) == ["differs: link"]


def test_the_list_is_what_sha256sum_checks(two, capsys):
    (two[0] / "program").chmod(0o755)
    assert hash_list.main([str(two[0])]) == 0
    lines = dict(reversed(line.split("  ")) for line in capsys.readouterr().out.splitlines())
    assert lines["program"] == hashlib.sha256(b"run me").hexdigest()
    assert set(lines) == {"program", "inner/words.yaml"}


def test_a_folder_that_is_not_there_is_a_wrong_call(two, capsys):
    assert hash_list.main([str(two[0]), str(two[0] / "nothing")]) == 2
    assert capsys.readouterr().out == ""
    assert sys.modules["hash_list"].main([]) == 2
