"""What the rest of the year looks like after a bill: what is left of deductible and limits, how far to 大病."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from yibao_desktop.estimate.exact import to_fen
from yibao_desktop.estimate.run import OwnPartUse, Run
from yibao_desktop.estimate.stages import limit_used_after
from yibao_desktop.money import ZERO, fen
from yibao_desktop.pack.benefits import OnOwnPart, limits_of
from yibao_desktop.pack.cases import YearToDate
from yibao_desktop.pack.schema import FUNDS, Fund


@dataclass(frozen=True)
class Left:
    """One threshold or limit of the benefit year, after a bill; amounts in 元."""

    kind: Literal["deductible", "limit", "own-part"]
    id: str
    """Of the figure; for ``own-part`` the fund."""
    label: str
    of: Decimal
    used: Decimal
    pays_at_year_end: Decimal | None = None
    """For 大病 settled once a year: what it would bring if nothing more came."""

    @property
    def left(self) -> Decimal:
        """What is left until it is reached; never negative."""
        return max(ZERO, self.of - self.used)


@dataclass(frozen=True)
class Standing:
    """The year after a bill."""

    left: tuple[Left, ...]
    next: YearToDate
    """What the next bill under the same rule starts from."""


def standing_after(run: Run) -> Standing:
    """Sum up the year after a complete estimate."""
    return Standing(tuple(_left(run)), _next(run))


def _left(run: Run) -> Iterator[Left]:
    if run.deductible is not None:
        parameter, amount = run.deductible.parameter, fen(run.deductible.value)
        used = min(amount, fen(run.deducted_before) + run.deducted)
        yield Left("deductible", parameter.id, parameter.label, amount, used)
    for use in run.limits.values():
        parameter, amount = use.figure.parameter, fen(use.figure.value)
        yield Left("limit", parameter.id, parameter.label, amount, limit_used_after(run, use.limit))
    for own in run.own_parts:
        if own.counted_over_year and own.threshold is not None:
            yield Left("own-part", own.fund, own.label, fen(own.threshold.value), _own_part_after(own),
                       to_fen(own.pays) if own.year_end else None)


def _own_part_after(own: OwnPartUse) -> Decimal:
    return to_fen(own.before + own.this_bill)


def _limits_after(run: Run) -> Iterator[tuple[str, Decimal]]:
    """Yield what is used of every limit of the rule, whether or not this bill came near it."""
    for stage in run.rule.stages:
        yield from ((limit.amount, limit_used_after(run, limit)) for limit in limits_of(stage))
        if isinstance(stage, OnOwnPart) and stage.limit in run.used.limits:
            yield stage.limit, run.used.limits[stage.limit] + run.amount(stage.fund)


def _next(run: Run) -> YearToDate:
    used = run.used
    paid: dict[Fund, Decimal] = dict(used.paid)
    for fund in FUNDS:
        if amount := run.amount(fund):
            paid[fund] = paid.get(fund, ZERO) + amount
    limits = {**used.limits, **dict(_limits_after(run))}
    own_part: dict[Fund, Decimal] = dict(used.own_part)
    for own in run.own_parts:
        if own.counted_over_year:
            own_part[own.fund] = _own_part_after(own)
    yearly = run.deductible is not None
    return YearToDate(
        deductible=fen(run.deducted_before) + run.deducted if yearly else used.deductible,
        eligible=used.eligible + run.amount("inscp_scp_amt") - run.current_year_used - run.drugs,
        paid=paid, limits=limits, own_part=own_part, deductibles=(used.deductibles or ZERO) + run.deducted,
    )
