"""The search for what explains a slip: how many runs of the engine it takes, in multiples of one estimate.

Two kinds of slip: with one planted change, which is found in one step, and with one line nobody can explain, for
which two changes are tried to the end.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from decimal import Decimal
from statistics import median
from time import perf_counter
from typing import Any

from tests.estimate.planted import PACK, Planted, plant
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.explain import explain
from yibao_desktop.estimate.slip import Slip


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--slips", type=int, default=200, help="random slips of each kind")
    parser.add_argument("--seed", type=int, default=20260401, help="seed of the random slips")


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    """Return the report; it is always sound."""
    chance = random.Random(options.seed)
    planted: list[Planted] = []
    while len(planted) < options.slips:
        found = plant(chance)
        if found is not None:
            planted.append(found)
    spoilt = [Planted(one.told, one.what, one.value, _spoilt(one.slip, chance)) for one in planted]
    return {
        "what": "找原因要把引擎跑多少遍；cost 是一次找原因的用时，以一次估算（不含另外的读法）为 1。",
        "slips": options.slips,
        "one_change": _report(planted),
        "nothing_explains": _report(spoilt),
    }, True


def _spoilt(slip: Slip, chance: random.Random) -> Slip:
    """Put an amount into one line that no circumstance accounts for."""
    line = chance.choice([line for line in slip.lines if line != "medfee_sumamt"])
    return slip.changed(line, slip.lines[line] + Decimal(chance.randint(1, 9999)) / 100)


def _report(slips: Sequence[Planted]) -> dict[str, Any]:
    runs, costs, seconds = [], [], []
    for one in slips:
        start = perf_counter()
        estimate(one.told, PACK, other_readings=False)
        single = perf_counter() - start
        start = perf_counter()
        findings = explain(one.told, one.slip, PACK)
        taken = perf_counter() - start
        runs.append(findings.runs)
        costs.append(taken / single)
        seconds.append(taken)
    return {
        "engine_runs": {"median": median(runs), "most": max(runs)},
        "cost": {"median": round(median(costs), 1), "most": round(max(costs), 1)},
        "seconds": {"median": round(median(seconds), 4), "most": round(max(seconds), 4)},
    }
