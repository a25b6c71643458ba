"""Running the pack's worked cases: does everything still come out as it was computed by hand?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yibao_desktop.errors import Finding, PackError, YibaoError
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.money import fen, plain
from yibao_desktop.pack.cases import (
    EXPECTED_NAMES,
    Expected,
    SharingCase,
    read_estimate_case,
    read_sharing_case,
)
from yibao_desktop.pack.reading import read_record
from yibao_desktop.pack.search_words import SearchCase
from yibao_desktop.pack.store import Pack
from yibao_desktop.search.trial import try_questions
from yibao_desktop.sharing.decision import decide


@dataclass(frozen=True)
class Outcome:
    """How one case came out; no findings means that it passed."""

    name: str
    findings: tuple[Finding, ...]


def run_cases(pack: Pack) -> Iterator[Outcome]:
    """Run every case of the pack, in order of file name."""
    for kind, run in (("estimate", _run_estimate), ("sharing", _run_sharing), ("search", _run_search)):
        for path in sorted((pack.root / "cases" / kind).glob("*.yaml")):
            name = path.relative_to(pack.root).as_posix()
            try:
                faults = run(pack, name)
            except PackError as error:
                yield Outcome(name, error.findings)
                continue
            except YibaoError as error:
                faults = [str(error)]
            yield Outcome(name, tuple(Finding(name, 1, "case-failed", fault) for fault in faults))


def _run_estimate(pack: Pack, name: str) -> list[str]:
    case = read_estimate_case(pack.root / name, name)
    if case.expect is None:
        return ["没有写 expect：应该算出多少。"]
    result = estimate(case, pack)
    faults = []
    for line in EXPECTED_NAMES:
        wanted, got = getattr(case.expect, line), result.amounts[line]
        if wanted is not None and (got is None or fen(wanted) != got):
            shown = "不知道" if got is None else plain(got)
            faults.append(f"{line} 应为 {plain(wanted)}，算出来是 {shown}。")
    faults += _year_end_faults(case.expect, result)
    faults += _reading_faults(case.expect, result)
    gaps = {gap.id for gap in result.unknown}
    wanted_gaps = set(case.expect.unknown or ())
    if gaps != wanted_gaps:
        faults.append(f"不知道的应为 {sorted(wanted_gaps)}，程序说 {sorted(gaps)}。")
    if case.published is not None and _agrees(case.published, result.amounts):
        faults.append("算出来的和 published（网上印错的数）一样。")
    return faults


def _year_end_faults(expect: Expected, result: Estimate) -> Iterator[str]:
    left = result.standing.left if result.standing else ()
    told = {one.id: one.pays_at_year_end for one in left if one.pays_at_year_end is not None}
    for fund, wanted in (expect.pays_at_year_end or {}).items():
        if told.get(fund) != fen(wanted):
            yield f"年底 {fund} 应付 {plain(wanted)}，算出来是 {told.get(fund)}。"


def _reading_faults(expect: Expected, result: Estimate) -> Iterator[str]:
    outcomes = {outcome.reading.id: outcome.amounts for outcome in result.readings}
    for reading, lines in (expect.readings or {}).items():
        for line, wanted in lines.items():
            got = outcomes.get(reading, {}).get(line)
            if got != fen(wanted):
                yield f"按 {reading} 的读法，{line} 应为 {plain(wanted)}，算出来是 {got}。"


def _agrees(published: Expected, amounts: object) -> bool:
    printed = {line: getattr(published, line) for line in EXPECTED_NAMES}
    assert isinstance(amounts, dict)
    return all(fen(amount) == amounts[line] for line, amount in printed.items() if amount is not None)


def _run_sharing(pack: Pack, name: str) -> list[str]:
    case = read_sharing_case(pack.root / name, name)
    if case.expect is None:
        return ["没有写 expect：应该得出什么结论。"]
    return [f"{'' if number == 1 else f'第 {number} 对：'}{fault}"
            for number, pair in enumerate(case.pairs, 1) for fault in _verdict_faults(pair, pack)]


def _verdict_faults(case: SharingCase, pack: Pack) -> Iterator[str]:
    if case.expect is None:
        return
    result = decide(case, pack)
    if result.verdict != case.expect.verdict:
        yield f"结论应为 {case.expect.verdict}，程序说 {result.verdict}。"
    missing = set(case.expect.reasons or ()) - {said.claim.id for said in result.reasons}
    if missing:
        yield f"理由里缺少 {sorted(missing)}。"


def _run_search(pack: Pack, name: str) -> list[str]:
    case = read_record(pack.root / name, SearchCase, name)
    trial = try_questions(pack, case.questions)
    if trial.first_in_hundred >= case.first and trial.first_three_in_hundred >= case.first_three:
        return []
    return [str(trial), *(f"“{miss.asked}”应翻到 {'、'.join(miss.wanted)}，翻到的是 {'、'.join(miss.found)}。"
                          for miss in trial.misses)]
