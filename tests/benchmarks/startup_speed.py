"""From making the process to the first painted home page, against a PySide6 window that holds one label.

Ours reads the pack and the remembered place. Both are started in turns, from source and, where a bundle has been
built, from their bundles; the median start counts.
"""

from __future__ import annotations

import argparse
import platform
from importlib import metadata
from typing import Any

from tests.benchmarks import bundles
from tests.benchmarks.first_picture import BASELINE, OURS, seconds_compared


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--pairs", type=int, default=15, help="starts of each, of which the median counts")
    bundles.add_options(parser)


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    """Return the report; it is always sound."""
    from_bundles = bundles.bundled(options)
    return {
        "what": "从启动进程到画出首页（内容包和记住的参保地都读好）；baseline 是只有一个标签的 PySide6 窗口。"
                "bundle 是打包以后的同样两个程序，没有打包时为 null。",
        "unit": "seconds",
        **seconds_compared({"ours": OURS, "baseline": BASELINE}, options.pairs),
        "bundle": from_bundles and seconds_compared(from_bundles, options.pairs),
        "pairs": options.pairs,
        "pyside": metadata.version("PySide6-Essentials"),
        "python": platform.python_version(),
    }, True
