"""The bundle's folder, against what PyInstaller makes by itself of a PySide6 window that holds one label.

Ours holds both programs, the fonts and the pack. Each file counts once, wherever links lead to it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from importlib import metadata
from pathlib import Path
from typing import Any

from tests.benchmarks import bundles
from tests.benchmarks.first_picture import ratio_of


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    bundles.add_options(parser)
    parser.add_argument("--largest", type=int, default=10, help="how many of the largest parts to name")


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    """Return the report; it is always sound.

    Raises:
        ToolMissing: there is no bundle, or PyInstaller is not installed.
    """
    ours, baseline = bundles.folders(options)
    sizes = {"ours": sizes_of(ours), "baseline": sizes_of(baseline)}
    return {
        "what": "打好的文件夹有多大（含两个程序、字体和内容包）；"
                "baseline 是 PyInstaller 按默认做法打的一个标签的窗口。",
        "unit": "megabytes",
        **ratio_of({name: sum(files.values()) / 1e6 for name, files in sizes.items()}, 1),
        "files": {name: len(files) for name, files in sizes.items()},
        "largest": {name: {str(file): round(size / 1e6, 1) for file, size in files.most_common(options.largest)}
                    for name, files in sizes.items()},
        "pyside": metadata.version("PySide6-Essentials"),
    }, True


def sizes_of(folder: Path) -> Counter[Path]:
    """Return the bytes of every file in ``folder``; links take no room."""
    return Counter({file.relative_to(folder): file.stat().st_size for file in folder.rglob("*")
                    if file.is_file() and not file.is_symlink()})
