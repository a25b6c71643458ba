"""The same bill at hospitals of other levels, side by side."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from yibao_desktop.estimate.engine import estimate, rules_for
from yibao_desktop.estimate.facts import LEVEL_ORDER, RuleFacts
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.estimate.run import circumstance_of, first_reading
from yibao_desktop.pack.cases import EstimateCase
from yibao_desktop.pack.schema import Level
from yibao_desktop.pack.store import Pack


@dataclass(frozen=True)
class AtLevel:
    """What the bill would come to at one level."""

    level: Level
    result: Estimate


def by_level(case: EstimateCase, pack: Pack) -> tuple[AtLevel, ...]:
    """Estimate ``case`` at each level whose figures are known, lowest first.

    Empty where the level makes no difference or fewer than two levels are known.
    """
    rule = estimate(case, pack, other_readings=False).rule
    if rule is None:
        return ()
    circumstance = circumstance_of(case, rule, first_reading(rule))
    facts = RuleFacts(rule, rules_for(case, pack).figures.parameters, case.on, circumstance)
    if not facts.depends_on("level"):
        return ()
    named = facts.named("level")
    found = []
    for level in LEVEL_ORDER:
        if level in named:
            visit = msgspec.structs.replace(case.visit, level=level)
            result = estimate(msgspec.structs.replace(case, visit=visit), pack, other_readings=False)
            if result.complete:
                found.append(AtLevel(level, result))
    return tuple(found) if len(found) > 1 else ()
