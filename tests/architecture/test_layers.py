"""What holds the program together: layers, no Qt below the window, no binary fractions for money, clean tools."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from yibao_desktop.paths import ROOT

PACKAGE = ROOT / "yibao_desktop"
FOLDERS_OF_PYTHON = ("yibao_desktop", "packaging", "tests")


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True,
                          encoding="utf-8", check=False)


def assert_passes(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_follow_the_layers():
    done = python("-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))")
    assert_passes(done)
    assert "0 broken" in done.stdout


WITHOUT_QT = """
import importlib, pkgutil, sys

class Refuser:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(f"{name} is not allowed here")
        return None

sys.meta_path.insert(0, Refuser())
try:
    import PySide6
except ImportError:
    pass
else:
    sys.exit("the refuser does not refuse")

import yibao_desktop
names = [name for _, name, _ in pkgutil.walk_packages(yibao_desktop.__path__, "yibao_desktop.",
                                                      onerror=lambda name: None)
         if not name.startswith("yibao_desktop.ui") and not name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
packages = {name.split(".")[1] for name in names}
wanted = {"pack", "estimate", "sharing", "channels", "search", "flow", "paper", "site", "speech", "station", "cli",
          "money", "errors", "paths", "settings", "memory", "whole_file"}
missing = wanted - packages
assert not missing, missing

from yibao_desktop.cli.main import main
code = main(["check"])
assert not [name for name in sys.modules if name.startswith(("PySide6", "shiboken6"))]
sys.exit(code)
"""


def test_everything_but_the_window_works_where_qt_is_not_installed():
    done = python("-c", WITHOUT_QT)
    assert_passes(done)
    assert "没有问题" in done.stdout


def test_the_code_is_as_ruff_wants_it():
    assert_passes(python("-m", "ruff", "check", "--no-cache", "."))


def test_types_hold_strictly():
    assert_passes(python("-m", "mypy"))


def test_no_file_is_a_drawer_for_odds_and_ends():
    names = [path.relative_to(ROOT).as_posix()
             for folder in FOLDERS_OF_PYTHON for path in (ROOT / folder).rglob("*.py")]
    assert len(names) > 50
    assert [name for name in names if Path(name).stem in ("utils", "util", "helpers", "helper", "misc", "common")] == []


def test_no_folder_of_ours_hides_the_packaging_module():
    assert [name for name in ("packaging", "tests/packaging") if (ROOT / name / "__init__.py").exists()] == []


def binary_fractions(source: str) -> list[int]:
    """Lines on which a float comes into being."""
    return sorted(
        node.lineno for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float" and isinstance(node.ctx, ast.Load))
    )


@pytest.mark.parametrize("source", ["a = 0.5", "a = float('1')", "a = map(float, b)", "a = 1e3"])
def test_the_search_for_binary_fractions_finds_them(source):
    assert binary_fractions(source) == [1]


MONEY_FILES = [PACKAGE / "money.py", *(path for folder in ("estimate", "pack", "sharing", "channels", "paper")
                                       for path in sorted((PACKAGE / folder).rglob("*.py")))]


@pytest.mark.parametrize("path", MONEY_FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_binary_fraction_comes_near_money(path):
    assert binary_fractions(path.read_text(encoding="utf-8")) == []
