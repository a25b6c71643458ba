"""What is left out of the bundle is not used, and what is used is not left out."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import parts
import PySide6
import pytest
from binaries import needed_libraries

from yibao_desktop.paths import ROOT

PACKAGE = ROOT / "yibao_desktop"
QT = Path(PySide6.__path__[0])
LINUX_ONLY = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what links what is followed on Linux")


def modules_of_qt_imported() -> set[str]:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else (
                [alias.name for alias in node.names] if isinstance(node, ast.Import) else [])
            found |= {name.split(".")[1] for name in names if name.startswith("PySide6.")}
    return found


def test_the_bundle_has_just_those_modules_of_qt_that_are_imported():
    assert modules_of_qt_imported() == parts.QT_MODULES


WITHOUT_WHAT_IS_LEFT_OUT = """
import importlib, json, pkgutil, sys

left_out, refused = tuple(json.loads(sys.argv[1])), []

class Refuser:
    def find_spec(self, name, path=None, target=None):
        if name in left_out or name.startswith(tuple(f"{left}." for left in left_out)):
            refused.append(name)
            raise ImportError(f"{name} is left out of the bundle")
        return None

sys.meta_path.insert(0, Refuser())
try:
    import http
except ImportError:
    pass
else:
    sys.exit("the refuser does not refuse")

import yibao_desktop
from yibao_desktop.cli.main import main
from yibao_desktop.paper.text_codes import matrix

for _, name, _ in pkgutil.walk_packages(yibao_desktop.__path__, "yibao_desktop."):
    if not name.endswith("__main__"):
        importlib.import_module(name)
for name in json.loads(sys.argv[2]):
    importlib.import_module(f"PySide6.{name}")
assert matrix("医保")
assert main(["search", "ybk"]) == 0
print(json.dumps(sorted(name for name in sys.modules if name.startswith("PySide6.Qt"))))
"""


def test_every_module_of_the_program_works_without_what_is_left_out():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_WHAT_IS_LEFT_OUT, json.dumps(parts.MODULES_LEFT_OUT),
         json.dumps(sorted(parts.QT_MODULES))],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, cwd=ROOT, capture_output=True,
        encoding="utf-8", check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = {name.split(".")[1] for name in json.loads(done.stdout.splitlines()[-1])}
    assert parts.QT_MODULES <= loaded <= parts.QT_MODULES | parts.QT_LINKED.keys()


@LINUX_ONLY
def test_no_library_of_qt_that_something_links_is_left_out():
    libraries = QT / "Qt" / "lib"
    modules = [QT / f"{name}.abi3.so" for name in (*parts.QT_MODULES, *parts.QT_LINKED)]
    ahead = [*modules, *(QT / "Qt" / "plugins" / plugin for plugin in parts.LINUX_PLUGINS)]
    seen: set[Path] = set()
    while ahead:
        file = ahead.pop()
        seen.add(file)
        ahead += [libraries / name for name in needed_libraries(file)
                  if (libraries / name).is_file() and libraries / name not in seen]
    names = [file.relative_to(QT.parent).as_posix() for file in seen]
    assert len(names) > len(modules) + len(parts.LINUX_PLUGINS)
    assert [name for name in names if not parts.is_kept(name)] == []


@LINUX_ONLY
def test_what_the_program_can_do_has_its_plugin():
    names = [path.relative_to(QT.parent).as_posix() for path in (QT / "Qt" / "plugins").rglob("*.so")]
    assert parts.plugins_missing(name for name in names if parts.is_kept(name)) == set()
    assert parts.plugins_missing([]) == parts.LINUX_PLUGINS


@pytest.mark.parametrize(("name", "kept"), [
    ("content/manifest.yaml", True),
    ("resources/translations/en.qm", True),
    ("resources/translations/en.ts", False),
    ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
    ("PySide6/Qt/translations/qtbase_en.qm", True),
    ("PySide6/Qt/translations/qtbase_de.qm", False),
    ("PySide6/Qt/translations/qt_zh_CN.qm", False),
    ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", True),
    ("libcups.so.2", False),
    ("libpulsecommon-16.1.so", False),
    ("PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so", False),
    ("PySide6/Qt/lib/libQt6VirtualKeyboard.so.6", False),
    ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
    ("PySide6/Qt/lib/libavcodec.so.61", False),
    ("PySide6/Qt/lib/libQt6Core.so.6", True),
    (r"PySide6\plugins\platforms\qwindows.dll", True),
    (r"PySide6\plugins\platforms\qdirect2d.dll", False),
    (r"PySide6\plugins\texttospeech\qtexttospeech_sapi.dll", True),
    (r"PySide6\plugins\texttospeech\qtexttospeech_mock.dll", False),
    (r"PySide6\Qt6VirtualKeyboard.dll", False),
    (r"PySide6\opengl32sw.dll", False),
    (r"PySide6\Qt6Widgets.dll", True),
])
def test_files_are_kept_by_what_they_are_for(name, kept):
    assert parts.is_kept(name) is kept


def test_a_package_that_nobody_chose_is_noticed():
    modules = [
        ("json.decoder", "/usr/lib/python3.11/json/decoder.py", "PYMODULE"),
        ("msgspec.json", "/x/.venv/lib/python3.11/site-packages/msgspec/json.py", "PYMODULE"),
        ("attr._make", "/x/.venv/lib/python3.11/site-packages/attr/_make.py", "PYMODULE"),
    ]
    assert parts.strangers(modules) == {"attr"}
    assert parts.strangers(modules[:2]) == set()


def test_libraries_go_with_the_plugin_that_linked_them():
    entries = [
        ("PySide6/QtGui.abi3.so", "gui", "EXTENSION"),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "xcb", "BINARY"),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "qtgui", "BINARY"),
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libX11.so.6", "x11", "BINARY"),
        ("libgtk-3.so.0", "gtk", "BINARY"),
        ("libgdk-3.so.0", "gdk", "BINARY"),
        ("libgdk-3.so", "libgdk-3.so.0", "SYMLINK"),
        ("libpython3.11.so.1.0", "python", "BINARY"),
    ]
    links = {"gui": {"libQt6Gui.so.6"}, "qtgui": {"libX11.so.6", "libc.so.6"}, "gtk": {"libgdk-3.so.0"}}
    kept = [name for name, _, _ in parts.reachable(entries, lambda source: links.get(source, set()))]
    assert kept == ["PySide6/QtGui.abi3.so", "PySide6/Qt/plugins/platforms/libqxcb.so",
                    "PySide6/Qt/lib/libQt6Gui.so.6", "libQt6Gui.so.6", "libX11.so.6", "libpython3.11.so.1.0"]
