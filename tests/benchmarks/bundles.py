"""The bundle to measure, and what PyInstaller makes of a window with one label when nobody tells it anything."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.tool_missing import ToolMissing
from yibao_desktop.paths import ROOT

OUR_BUNDLE = ROOT / "dist" / "yibao-desktop"
REQUIREMENT = "pyinstaller>=6.22,<7"
_NAME = "one_label"
_SUFFIX = ".exe" if os.name == "nt" else ""


class BundleMissing(ToolMissing):
    """There is no bundle to measure."""

    def __init__(self, folder: Path) -> None:
        Exception.__init__(self, f"这里没有打好的程序：{folder}。先运行 python3 packaging/dev.py build，"
                                 "或者用 --bundle 指明文件夹。")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare which bundles are compared."""
    parser.add_argument("--bundle", type=Path, default=OUR_BUNDLE, help="our bundle's folder")
    parser.add_argument("--baseline-bundle", type=Path, help="the bundle of the window with one label; "
                                                             "without it one is built, once")


def folders(options: argparse.Namespace) -> tuple[Path, Path]:
    """Return our bundle and the one to compare it with, which is built if need be.

    Raises:
        ToolMissing: there is no bundle of ours, or PyInstaller is not installed.
    """
    if not options.bundle.is_dir():
        raise BundleMissing(options.bundle)
    return options.bundle.resolve(), (options.baseline_bundle or _baseline()).resolve()


def bundled(options: argparse.Namespace) -> dict[str, tuple[str, ...]] | None:
    """Return the commands that start both from their bundles, or nothing where ours has not been built."""
    if options.bundle == OUR_BUNDLE and not OUR_BUNDLE.is_dir():
        return None
    ours, baseline = folders(options)
    return {"ours": (str(ours / f"yibao-desktop{_SUFFIX}"),), "baseline": (str(baseline / f"{_NAME}{_SUFFIX}"),)}


def _baseline() -> Path:
    """Build the folder as PyInstaller does by itself; for the same Qt it is built only once."""
    folder = ROOT / "build" / f"one-label-{metadata.version('PySide6-Essentials')}"
    if (folder / _NAME).is_dir():
        return folder / _NAME
    if find_spec("PyInstaller") is None:
        raise ToolMissing("PyInstaller", REQUIREMENT, (3, 8))
    places = ["--distpath", str(folder), "--workpath", str(folder / "work"), "--specpath", str(folder / "work")]
    script = str(Path(__file__).with_name(f"{_NAME}.py"))
    subprocess.run([sys.executable, "-m", "PyInstaller", "--noconfirm", "--windowed", "--log-level", "ERROR", *places,
                    script], check=True, stdout=sys.stderr)
    return folder / _NAME
