"""One estimate with its full trace, against OpenFisca-Core on the same bills of 北京职工住院.

Both sides start from the same plain amounts of one bill and end with its lines: ours builds a case and returns the
whole estimate with every step, OpenFisca builds a simulation of one person and calculates five lines, without a
trace. The pack and OpenFisca's system are built once beforehand. Rounds take turns, so that a slow moment of the
machine falls on both, and the median round counts.
"""

from __future__ import annotations

import argparse
import platform
import random
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from importlib import metadata
from statistics import median
from time import perf_counter
from typing import Any

from tests.benchmarks.tool_missing import ToolMissing
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.pack.cases import Bill, EstimateCase, Person, Visit, YearToDate
from yibao_desktop.pack.store import Pack
from yibao_desktop.paths import CONTENT

REQUIREMENT = "OpenFisca-Core>=46.0.1,<47"
NEEDS_PYTHON = (3, 11)
REGION = "110000"

Amounts = dict[str, int | str]
"""A bill: amounts in fen by the names of the settlement interface, and what else the rule turns on."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--bills", type=int, default=1000, help="random bills to compare and to time")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of all bills, of which the median counts")
    parser.add_argument("--seed", type=int, default=20260401, help="seed of the random bills")


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    """Return the report, and whether both sides agree on every bill.

    Raises:
        ToolMissing: OpenFisca-Core is not installed.
    """
    try:
        import openfisca_core  # noqa: F401
    except ModuleNotFoundError:
        raise ToolMissing("OpenFisca-Core", REQUIREMENT, NEEDS_PYTHON) from None
    from tests.benchmarks.openfisca_beijing import LINES, BeijingInpatient

    pack = Pack(CONTENT)
    on = pack.info.issued
    bills = random_bills(options.bills, options.seed)
    model = BeijingInpatient(pack, on)

    def ours(bill: Amounts) -> Estimate:
        # OpenFisca calculates the reading that is used, and so do we; other readings would be second estimates.
        return estimate(case_of(bill, on), pack, other_readings=False)

    differing = []
    together = model.all_at_once(bills)
    for number, bill in enumerate(bills):
        result = ours(bill)
        mine = {line: in_fen(result.amounts[line]) for line in LINES}
        theirs = model.one(bill)
        if mine != theirs or theirs != {line: together[line][number] for line in LINES}:
            differing.append({"bill": bill, "ours": mine, "baseline": theirs})

    seconds: dict[str, list[float]] = {"ours": [], "baseline": [], "baseline_vectorised": []}
    for turn in range(options.rounds):
        runs: list[tuple[str, Callable[[], Any]]] = [
            ("ours", lambda: [ours(bill) for bill in bills]),
            ("baseline", lambda: [model.one(bill) for bill in bills]),
            ("baseline_vectorised", lambda: model.all_at_once(bills)),
        ]
        for name, run in runs if turn % 2 == 0 else reversed(runs):
            start = perf_counter()
            run()
            seconds[name].append((perf_counter() - start) / len(bills))
    typical = {name: median(values) for name, values in seconds.items()}
    report = {
        "what": "北京职工住院，一张账单从金额到结果用多久：本程序给出全部算式，OpenFisca-Core 只算五个数；"
                "baseline_vectorised 是 OpenFisca-Core 把全部账单放在一起算时每张用的时间，不计入 ratio。",
        "unit": "seconds per estimate",
        **{name: round(value, 8) for name, value in typical.items()},
        "ratio": round(typical["ours"] / typical["baseline"], 4),
        "bills": len(bills),
        "agree": len(bills) - len(differing),
        "rounds": options.rounds,
        "differing": differing[:5],
        "openfisca_core": metadata.version("OpenFisca-Core"),
        "python": platform.python_version(),
    }
    return report, not differing


def random_bills(count: int, seed: int) -> Sequence[Amounts]:
    """Make bills of every kind the rule knows: below the deductible, in each band, above all, limits used up."""
    chance = random.Random(seed)
    return [random_bill(chance) for _ in range(count)]


def random_bill(chance: random.Random) -> Amounts:
    """Make one bill. How large amounts may get only spreads the bills over the rule; no figure of it stands here."""
    total = chance.randrange(1, chance.choice((200_000, 3_000_000, 12_000_000, 70_000_000)))
    parts = sorted(chance.randrange(total // 3 + 1) for _ in range(3)) if chance.random() < 0.7 else [0, 0, 0]
    admission = chance.choice((1, 1, 2, 3))
    before = admission > 1
    return {
        "medfee_sumamt": total,
        "fulamt_ownpay_amt": parts[0],
        "overlmt_selfpay": parts[1] - parts[0],
        "preselfpay_amt": parts[2] - parts[1],
        "status": chance.choice(("active", "retired")),
        "level": chance.choice(("primary", "secondary", "tertiary")),
        "stay": "later" if before else "first",
        "hifp_paid_before": chance.randrange(11_000_000) if before else 0,
        "hifob_paid_before": chance.randrange(44_000_000) if before and chance.random() < 0.5 else 0,
    }


def case_of(bill: Amounts, on: date) -> EstimateCase:
    """Write a bill as a case for our engine."""
    before = {"hifp_pay": in_yuan(bill["hifp_paid_before"]), "hifob_pay": in_yuan(bill["hifob_paid_before"])}
    return EstimateCase(
        region=REGION,
        on=on,
        scheme="employee",
        person=Person(status=bill["status"]),
        visit=Visit(kind="inpatient", level=bill["level"], admission=1 if bill["stay"] == "first" else 2),
        bill=Bill(total=in_yuan(bill["medfee_sumamt"]), self_funded=in_yuan(bill["fulamt_ownpay_amt"]),
                  over_limit=in_yuan(bill["overlmt_selfpay"]), first_pay=in_yuan(bill["preselfpay_amt"])),
        year_to_date=YearToDate(paid=before),
    )


def in_yuan(fen: int) -> Decimal:
    """Return fen as 元, exactly."""
    return Decimal(fen).scaleb(-2)


def in_fen(yuan: Decimal | None) -> int | None:
    """Return 元 as fen; ``None`` stays, so that a line our engine leaves open counts as a difference."""
    return None if yuan is None else int(yuan * 100)
