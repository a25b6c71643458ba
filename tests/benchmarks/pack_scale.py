"""Start-up and check with many times the places, against the pack as it is.

Starting must not cost more where the pack knows more places: the program reads the nation and the remembered place.
A check reads everything, so its time may only grow as the pack does.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from tests.benchmarks.first_picture import OURS, ratio_of, seconds_compared, with_pack
from tests.benchmarks.many_places import write_pack
from yibao_desktop.cli import needs_of_code
from yibao_desktop.pack.check import check_pack
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--times", type=int, default=100, help="how many times the places the large pack has")
    parser.add_argument("--check-times", type=int, default=10, help="the same for the pack that is checked")
    parser.add_argument("--pairs", type=int, default=15, help="starts with each pack, of which the median counts")
    parser.add_argument("--checks", type=int, default=3, help="checks of each pack, of which the median counts")


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    """Return the report; it is always sound."""
    with tempfile.TemporaryDirectory() as folder:
        once, many, checked = (Path(folder) / name for name in ("once", "many", "checked"))
        described = {pack: write_pack(CONTENT, pack, times)
                     for pack, times in ((once, 1), (many, options.times), (checked, options.check_times))}
        places = len(Pack(many).regions)
        commands = {"ours": with_pack(OURS, many), "baseline": with_pack(OURS, once)}
        started = seconds_compared(commands, options.pairs)
        runs = {name: _checking(pack, described[pack]) for name, pack in (("ours", checked), ("baseline", once))}
        per_place = {name: [] for name in runs}
        for turn in range(options.checks):
            for name in runs if turn % 2 == 0 else reversed(runs):
                per_place[name].append(runs[name]())
    return {
        "what": "内容包的地方多到这么多倍时，启动到画出首页用多久；baseline 是现在的内容包。"
                "check 是检查内容包，每个有规定的地方用多久，不该随地方的多少变。",
        "unit": "seconds",
        **started,
        "times": options.times,
        "places": places,
        "check": {
            "unit": "seconds per place with facts",
            **ratio_of({name: median(seconds) for name, seconds in per_place.items()}, 4),
            "times": options.check_times,
            "places": {"ours": described[checked], "baseline": described[once]},
        },
        "pairs": options.pairs,
        "python": platform.python_version(),
    }, True


def _checking(pack: Path, described: int) -> Callable[[], float]:
    def seconds_per_place() -> float:
        start = perf_counter()
        check_pack(pack, needs_of_code.CLAIMS, needs_of_code.WORDS, needs_of_code.FACTS)
        return (perf_counter() - start) / described

    return seconds_per_place
