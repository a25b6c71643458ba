"""The most memory a start needs, against a PySide6 window that holds one label.

Looked at half a second after the first picture, in the same two programs as ``startup`` starts.
"""

from __future__ import annotations

import argparse
import platform
from importlib import metadata
from typing import Any

from tests.benchmarks import bundles
from tests.benchmarks.first_picture import BASELINE, OURS, megabytes_compared


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--pairs", type=int, default=10, help="starts of each, of which the median counts")
    bundles.add_options(parser)


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    """Return the report; it is always sound.

    Raises:
        ToolMissing: this system does not tell what a process has needed at most.
    """
    from_bundles = bundles.bundled(options)
    return {
        "what": "画出首页后半秒，进程用过的最大内存（VmHWM）；baseline 是只有一个标签的 PySide6 窗口。"
                "bundle 是打包以后的同样两个程序，没有打包时为 null。",
        "unit": "megabytes",
        **megabytes_compared({"ours": OURS, "baseline": BASELINE}, options.pairs),
        "bundle": from_bundles and megabytes_compared(from_bundles, options.pairs),
        "pairs": options.pairs,
        "pyside": metadata.version("PySide6-Essentials"),
        "python": platform.python_version(),
    }, True
