"""Which other circumstance makes every line of a slip agree with the estimate, to the fen?

The engine is run again with one circumstance changed, then with two. A choice （第几次住院, 医院等级…） is tried in
each of its values; an amount that may be other than told （今年已付的起付线…） is solved for, as every line rises or
falls steadily with it. Only the lines the person has are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from yibao_desktop.estimate.circumstances import ORDINARY, Choice, Dial, What, choices, completed, dials
from yibao_desktop.estimate.engine import estimate, rules_for
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.estimate.slip import Slip, check_identities, compare, expected_lines
from yibao_desktop.money import FEN, ZERO
from yibao_desktop.pack.cases import EstimateCase
from yibao_desktop.pack.slip_forms import SlipLine
from yibao_desktop.pack.store import Pack

Lines = Mapping[SlipLine, tuple[Decimal, ...]]
Obstacle = Literal["", "agrees", "total-differs", "not-estimated", "nothing-to-compare"]
At = Callable[[int], "Lines | None"]
"""The lines at an amount in fen."""


@dataclass(frozen=True)
class Change:
    """One circumstance that is other than told."""

    what: What
    values: tuple[str, ...] = ()
    """For a choice: each value that gives the same lines, as written in a case file."""
    label: str = ""
    """For an amount: the figure it belongs to."""
    least: Decimal | None = None
    """For an amount: every one from ``least`` to ``most`` 元 gives the same lines."""
    most: Decimal | None = None
    whole: Literal["none", "all", ""] = ""
    """Whether the amount may be nothing at all, or the whole of the deductible or limit."""


@dataclass(frozen=True)
class Explanation:
    """Changes that reproduce the slip."""

    changes: tuple[Change, ...]
    exact: bool
    """True where every given line agrees to the fen."""


@dataclass(frozen=True)
class Findings:
    """What the search found, most ordinary first."""

    explanations: tuple[Explanation, ...]
    obstacle: Obstacle = ""
    """Why there was nothing to search for."""
    runs: int = 0
    """How often the engine ran."""


class Stopped(Exception):
    """The search was given up."""


def explain(case: EstimateCase, slip: Slip, pack: Pack, wanted: Callable[[], bool] = lambda: True) -> Findings:
    """Search for what would explain how ``slip`` differs from the estimate of ``case``.

    Raises:
        Stopped: ``wanted``, asked before every run of the engine, said no.
    """
    search = _Search(case, slip, pack, wanted)
    obstacle = search.obstacle()
    if obstacle:
        return Findings((), obstacle, search.runs)
    if search.is_rounding():
        # One change fitted to a fen would be a worse answer, but it may be true, so it stands second.
        found = list(search.one_change())
        rounding = Explanation((Change("rounding"),), exact=False)
        return Findings((rounding, *sorted(_merged(found), key=_rank)), "", search.runs)
    found = list(search.one_change()) or list(search.two_changes())
    explanations = sorted(_merged(found), key=_rank)
    if not explanations and case.visit.kind == "inpatient":
        explanations = [Explanation((Change("per-case-payment"),), exact=False)]
    return Findings(tuple(explanations), "", search.runs)


class _Search:
    """One slip, and the engine asked again and again."""

    def __init__(self, case: EstimateCase, slip: Slip, pack: Pack, wanted: Callable[[], bool]) -> None:
        self._case, self._pack, self._family, self._still_wanted = case, pack, slip.family, wanted
        self.runs = 0
        self._base = self._run(case)
        self._figures = rules_for(case, pack).figures
        self._wanted = _worth_comparing(slip, self._base)

    def _run(self, case: EstimateCase) -> Estimate:
        if not self._still_wanted():
            raise Stopped
        self.runs += 1
        return estimate(case, self._pack, other_readings=False)

    def _lines(self, result: Estimate) -> Lines | None:
        """Return the compared lines of a result; ``None`` where some are open."""
        if not result.complete:
            return None
        return self._of(result.amounts, result.accounts_told)

    def _of(self, amounts: Mapping[str, Decimal | None], accounts_told: bool) -> Lines:
        expected = expected_lines(amounts, accounts_told, self._family)
        return {line: expected[line] for line in self._wanted if line in expected}

    def _agrees(self, lines: Lines | None) -> bool:
        return lines is not None and all(self._wanted[line] in values for line, values in lines.items())

    def obstacle(self) -> Obstacle:
        """Say why there is nothing to search for."""
        lines = self._lines(self._base)
        if lines is None:
            return "not-estimated"
        if not lines.keys() - {"medfee_sumamt"}:
            return "nothing-to-compare"
        if "medfee_sumamt" in lines and self._wanted["medfee_sumamt"] not in lines["medfee_sumamt"]:
            return "total-differs"
        return "agrees" if self._agrees(lines) else ""

    def is_rounding(self) -> bool:
        """Tell whether no line is off by more than a fen."""
        lines = self._lines(self._base) or {}
        return all(min(abs(self._wanted[line] - value) for value in values) <= FEN for line, values in lines.items())

    # --- searching ------------------------------------------------------------------------------------

    def one_change(self) -> Iterator[Explanation]:
        """Yield every single change that reproduces the slip."""
        for choice, result in self._choices(self._case):
            if self._agrees(self._lines(result)):
                yield Explanation((_chosen(choice),), exact=True)
        for dial in dials(self._case, self._base, self._figures):
            for turned in self._solve(self._case, dial):
                yield Explanation((turned,), exact=True)
        yield from self._readings()

    def two_changes(self) -> Iterator[Explanation]:
        """Yield every pair of changes that reproduces the slip."""
        first = list(self._choices(self._case))
        for index, (choice, result) in enumerate(first):
            later = {other.what for other, _ in first[index + 1:]} - {choice.what}
            for second, second_result in self._choices(choice.case):
                if second.what in later and self._agrees(self._lines(second_result)):
                    yield Explanation((_chosen(choice), _chosen(second)), exact=True)
            for dial in dials(choice.case, result, self._figures):
                for turned in self._solve(choice.case, dial):
                    yield Explanation((_chosen(choice), turned), exact=True)
        yield from self._two_dials()

    def _choices(self, case: EstimateCase) -> Iterator[tuple[Choice, Estimate]]:
        """Yield every other choice whose result is complete."""
        assert self._base.rule is not None
        for choice in choices(case, self._base.rule, self._figures.parameters):
            result = self._run(choice.case)
            if result.complete:
                yield choice, result
                continue
            missing = {name for gap in result.unknown for name in gap.not_told}
            for full in completed(choice.case, tuple(sorted(missing)), self._base.rule, self._figures.parameters):
                result = self._run(full)
                if result.complete:
                    yield Choice(choice.what, choice.value, full), result

    def _readings(self) -> Iterator[Explanation]:
        for outcome in estimate(self._case, self._pack).readings[1:]:
            if self._agrees(self._of(outcome.amounts, self._base.accounts_told)):
                yield Explanation((Change("reading", (outcome.reading.id,), outcome.reading.label),), exact=True)

    def _two_dials(self) -> Iterator[Explanation]:
        """Two amounts can be told apart where some line moves with one of them and not with the other."""
        all_dials = list(dials(self._case, self._base, self._figures))
        moved = {id(dial): self._moved_by(dial) for dial in all_dials}
        for one in all_dials:
            for other in all_dials:
                alone = moved[id(one)] - moved[id(other)]
                if one is other or not alone or not moved[id(other)]:
                    continue
                for first in self._solve(self._case, one, only=alone):
                    for second in self._solve(one.turn(self._case, first.least or ZERO), other):
                        both = sorted((first, second), key=lambda change: ORDINARY.index(change.what))
                        yield Explanation(tuple(both), exact=True)

    def _moved_by(self, dial: Dial) -> frozenset[SlipLine]:
        ends = [self._lines(self._run(dial.turn(self._case, amount))) for amount in (ZERO, dial.highest)]
        if ends[0] is None or ends[1] is None:
            return frozenset()
        return frozenset(line for line in ends[0] if ends[0][line] != ends[1][line])

    # --- solving for an amount ---------------------------------------------------------------------------

    def _solve(self, case: EstimateCase, dial: Dial, only: frozenset[SlipLine] | None = None) -> list[Change]:
        """Find the amounts at which every line （or those of ``only``） agrees."""
        seen: dict[int, Lines | None] = {}

        def at(fens: int) -> Lines | None:
            if fens not in seen:
                lines = self._lines(self._run(dial.turn(case, fens * FEN)))
                seen[fens] = lines if lines is None or only is None else {
                    line: values for line, values in lines.items() if line in only}
            return seen[fens]

        # What was told is an edge too: on one side of it a figure may be missing.
        inside = {int(edge / FEN) for edge in (dial.now, *dial.breaks) if 0 < edge < dial.highest}
        edges = [0, *sorted(inside), int(dial.highest / FEN)]
        stretches: list[tuple[int, int]] = []
        for low, high in pairwise(edges):
            found = self._within(at, low, high)
            if found is None:
                continue
            if stretches and stretches[-1][1] >= found[0] - 1:
                stretches[-1] = (stretches[-1][0], found[1])
            else:
                stretches.append(found)
        return [self._turned(dial, low * FEN, high * FEN) for low, high in stretches]

    def _within(self, at: At, low: int, high: int) -> tuple[int, int] | None:
        """Return the first and last amount between ``low`` and ``high``, in fen, at which all lines agree."""
        bottom, top = at(low), at(high)
        if bottom is None or top is None or high <= low:
            return None
        for line in bottom:
            if bottom[line] == top[line]:
                if self._wanted[line] not in bottom[line]:
                    return None
                continue
            stretch = self._stretch(at, line, low, high)
            if stretch is None:
                return None
            low, high = stretch
        return (low, high) if self._agrees(at(low)) and self._agrees(at(high)) else None

    def _stretch(self, at: At, line: SlipLine, low: int, high: int) -> tuple[int, int] | None:
        """Return the first and last amount, in fen, at which ``line`` shows what the slip says."""
        wanted = self._wanted[line]
        bottom, top = _value(at, line, low), _value(at, line, high)
        if bottom is None or top is None or not min(bottom, top) <= wanted <= max(bottom, top):
            return None
        sign = 1 if top >= bottom else -1
        first = _first_reaching(lambda fens: _signed(at, line, fens, sign), low, high, wanted * sign)
        if first is None or _value(at, line, first) != wanted:
            return None
        beyond = _first_reaching(lambda fens: _signed(at, line, fens, sign), first, high, wanted * sign + FEN)
        return first, high if beyond is None else beyond - 1

    @staticmethod
    def _turned(dial: Dial, least: Decimal, most: Decimal) -> Change:
        whole: Literal["none", "all", ""] = ""
        if dial.what in ("deductible-used", "limit-used"):
            whole = "all" if most == dial.highest else "none" if least == 0 else ""
        return Change(dial.what, (), dial.label, least, most, whole)


def _worth_comparing(slip: Slip, estimate: Estimate) -> dict[SlipLine, Decimal]:
    """Return what the slip says on each line an estimate can speak to.

    Lines a form left empty say nothing; with a discount from the hospital, what the person paid is not the rule's.
    """
    wanted = {row.line: row.slip for row in compare(slip, estimate)}
    if any(result.verdict == "not-filled" for result in check_identities(slip)):
        wanted = {line: amount for line, amount in wanted.items()
                  if amount or line not in ("self_paid", "self_funded", "self_paid_one")}
    if slip.lines.get("hosp_part_amt"):
        wanted = {line: amount for line, amount in wanted.items() if line not in _PERSONAL}
    return wanted


_PERSONAL = frozenset({"psn_part_amt", "psn_cash_pay", "account", "self_paid", "self_paid_one", "ratio_paid"})


# --- reading lines ---------------------------------------------------------------------------------------


def _value(at: At, line: SlipLine, fens: int) -> Decimal | None:
    lines = at(fens)
    return None if lines is None else lines[line][0]


def _signed(at: At, line: SlipLine, fens: int, sign: int) -> Decimal | None:
    value = _value(at, line, fens)
    return None if value is None else value * sign


def _first_reaching(f: Callable[[int], Decimal | None], low: int, high: int, wanted: Decimal) -> int | None:
    """Return the first whole number from ``low`` to ``high`` at which the rising ``f`` is at least ``wanted``.

    ``f`` is nearly straight, so a straight line through the ends lands near; the middle is the safeguard.
    """
    bottom, top = f(low), f(high)
    if bottom is None or top is None or top < wanted:
        return None
    while bottom < wanted and high - low > 1:
        straight = low + int((wanted - bottom) * (high - low) / (top - bottom))
        for guess in (straight - 2, straight + 2, (low + high) // 2):
            if not low < guess < high:
                continue
            value = f(guess)
            if value is None:
                return None
            if value >= wanted:
                high, top = guess, value
            else:
                low, bottom = guess, value
    return low if bottom >= wanted else high


# --- sorting -----------------------------------------------------------------------------------------------


def _chosen(choice: Choice) -> Change:
    return Change(choice.what, (choice.value,))


def _merged(found: Iterable[Explanation]) -> Iterator[Explanation]:
    """Put values of one circumstance that come to the same into one explanation."""
    together: dict[tuple[object, ...], list[Explanation]] = {}
    for explanation in found:
        key = tuple((change.what, change.label, change.least, change.most) for change in explanation.changes)
        together.setdefault(key, []).append(explanation)
    for same in together.values():
        if len(same[0].changes) == 1:
            values = dict.fromkeys(value for explanation in same for value in explanation.changes[0].values)
            yield replace(same[0], changes=(replace(same[0].changes[0], values=tuple(values)),))
        else:
            yield from same


def _rank(explanation: Explanation) -> tuple[int, int, int]:
    """Fewest changes first; of them those no amount was fitted for, as these rarely agree by chance."""
    fitted = sum(change.least is not None and not change.whole for change in explanation.changes)
    return len(explanation.changes), fitted, sum(ORDINARY.index(change.what) for change in explanation.changes)
