"""Measure how fast the program is: `python -m tests.benchmarks estimate`. Each prints one JSON object."""

from __future__ import annotations

import argparse
import io
import json
import sys

from tests.benchmarks import (
    bundle_size,
    estimate_speed,
    explain_speed,
    memory_peak,
    pack_scale,
    page_speed,
    search_speed,
    startup_speed,
)
from tests.benchmarks.tool_missing import ToolMissing

BENCHMARKS = {
    "estimate": estimate_speed, "explain": explain_speed, "search": search_speed, "startup": startup_speed,
    "memory": memory_peak, "bundle": bundle_size, "scale": pack_scale, "pages": page_speed,
}


def main(arguments: list[str]) -> int:
    """Run one benchmark; 0 when it has measured, 1 when results differ, 2 when something is yours to install."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    benchmarks = parser.add_subparsers(required=True, metavar="benchmark")
    for name, module in BENCHMARKS.items():
        benchmark = benchmarks.add_parser(name, help=module.__doc__.splitlines()[0])
        module.add_options(benchmark)
        benchmark.set_defaults(measure=module.measure)
    options = parser.parse_args(arguments)
    try:
        report, sound = options.measure(options)
    except ToolMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    print(json.dumps(report, ensure_ascii=False, indent=2))
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
