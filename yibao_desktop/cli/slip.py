"""``yibao-pack slip``: a real slip checked by itself, held against the estimate, and explained."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yibao_desktop.errors import PackError
from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.explain import Change, Explanation, Findings, explain
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.estimate.slip import Slip, beside, contradictions, likely_mistyped, shortage, sums
from yibao_desktop.estimate.telling import hint, sentence
from yibao_desktop.money import plain
from yibao_desktop.pack import strict_yaml
from yibao_desktop.pack.cases import EstimateCase, read_estimate_case
from yibao_desktop.pack.slip_forms import SlipForm
from yibao_desktop.pack.store import Pack


def read_slip_case(path: Path, pack: Pack) -> tuple[EstimateCase, SlipForm, Slip]:
    """Read a case with a slip.

    Raises:
        PackError: as for any case; or there is no slip, or its form is not one of the pack's.
    """
    case = read_estimate_case(path)
    document = strict_yaml.read(path)
    if case.slip is None:
        raise PackError([document.finding((), "case-slip", "没有写 slip：要核对的票据，写 form 和 lines。")])
    form = next((form for form in pack.slip_forms if form.id == case.slip.form), None)
    if form is None:
        known = "、".join(form.id for form in pack.slip_forms)
        raise PackError([document.finding(("slip", "form"), "case-form", f"没有这种票据；能写的是 {known}。")])
    return case, form, Slip(form.family, dict(case.slip.lines))


def report(case: EstimateCase, slip: Slip, pack: Pack) -> dict[str, Any]:
    """Return the console contract's form of everything that can be said of a slip."""
    result = estimate(case, pack)
    identities = sums.check_identities(slip)
    findings = explain(case, slip, pack)
    return {
        "identities": [
            {"id": one.id.upper(), "verdict": one.verdict, "left": list(one.left), "right": list(one.right),
             "left_sum": plain(one.left_sum), "right_sum": plain(one.right_sum),
             "difference": plain(one.difference), "variants": list(one.variants)}
            for one in identities
        ],
        "mistyped": [
            {"line": one.line, "typed": plain(one.typed), "would_be": plain(one.would_be), "how": one.how}
            for one in likely_mistyped(slip, identities)
        ],
        "contradictions": [{"problem": one.problem, "lines": list(one.lines)} for one in contradictions(slip)],
        "shortage": shortage(slip),
        "differences": [
            {"line": row.line, "slip": plain(row.slip), "estimated": plain(row.estimated),
             "difference": plain(row.difference)}
            for row in beside.compare(slip, result)
        ],
        "obstacle": findings.obstacle or None,
        "explanations": [_explained(one, case, result, pack) for one in findings.explanations],
        "runs": findings.runs,
    }


def _explained(explanation: Explanation, case: EstimateCase, result: Estimate, pack: Pack) -> dict[str, Any]:
    assert result.rule is not None  # without a rule there is an obstacle and no explanation
    return {
        "changes": [_changed(change) for change in explanation.changes],
        "exact": explanation.exact,
        "text": sentence(explanation, case, result.rule, pack),
        "hint": hint(explanation, pack) or None,
    }


def _changed(change: Change) -> dict[str, Any]:
    if change.least is None or change.most is None:
        return {"what": change.what, "to": list(change.values)}
    return {"what": change.what, "of": change.label or None, "least": plain(change.least), "most": plain(change.most)}


def in_words(case: EstimateCase, slip: Slip, form: SlipForm, pack: Pack) -> Iterator[str]:
    """Yield the report line by line for a reader."""
    words, result, findings = pack.words, estimate(case, pack), explain(case, slip, pack)
    labels = {field.line: field.label for field in form.fields}
    for one in sums.check_identities(slip):
        yield f"{words(f'identity.{one.id}')} {words(f'identity.{one.verdict}')}"
    for row in beside.compare(slip, result):
        label = labels.get(row.line, words(f"slipline.{row.line}"))
        yield f"{label}：票据 {plain(row.slip)}，估算 {plain(row.estimated)}，差 {plain(row.difference)}"
    yield from _causes(findings, case, result, pack)


def _causes(findings: Findings, case: EstimateCase, result: Estimate, pack: Pack) -> Iterator[str]:
    if findings.obstacle:
        yield pack.words(f"explain.{findings.obstacle}")
    elif not findings.explanations:
        yield pack.words("explain.nothing")
    for explanation in findings.explanations:
        assert result.rule is not None
        yield sentence(explanation, case, result.rule, pack)
