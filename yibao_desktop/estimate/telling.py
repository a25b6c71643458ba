"""Explanations in a person's words: one sentence each, and what to look at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from yibao_desktop.estimate.asking import age_labels, date_labels, month_labels
from yibao_desktop.estimate.engine import rules_for
from yibao_desktop.estimate.explain import Change, Explanation
from yibao_desktop.estimate.facts import RuleFacts, band_of
from yibao_desktop.estimate.run import circumstance_of, first_reading
from yibao_desktop.money import yuan
from yibao_desktop.pack.benefits import Rule
from yibao_desktop.pack.cases import EstimateCase
from yibao_desktop.pack.store import Pack, Words

_OF_PERSON = frozenset({"status", "group", "age", "retired_on", "family_doctor", "tier", "months", "aid"})


def sentence(explanation: Explanation, case: EstimateCase, rule: Rule, pack: Pack) -> str:
    """Say what would explain the slip; never an accusation."""
    words = pack.words
    if not explanation.exact:
        return words(f"explain.{explanation.changes[0].what}")
    teller = _Teller(case, rule, pack)
    clauses = words("explain.and").join(teller.clause(change) for change in explanation.changes)
    told = [text for change in explanation.changes if (text := teller.as_told(change))]
    return "".join([words("explain.exact", clauses=clauses), *(words("explain.told", told=text) for text in told)])


def hint(explanation: Explanation, pack: Pack) -> str:
    """Say what the person can look at to find out whether it was so; empty where there is nothing."""
    found = (f"explain-hint.{change.what}" for change in explanation.changes)
    return " ".join(pack.words(key) for key in found if key in pack.words)


class _Teller:
    """Puts changes of one case into words."""

    def __init__(self, case: EstimateCase, rule: Rule, pack: Pack) -> None:
        self._case, self._words = case, pack.words
        rules = rules_for(case, pack)
        circumstance = circumstance_of(case, rule, first_reading(rule))
        self._facts = RuleFacts(rule, rules.figures.parameters, case.on, circumstance)
        self._tiers = {tier.id: tier.label for tier in rules.tiers}

    def clause(self, change: Change) -> str:
        """Say one change: 今年第几次住院是“第 1 次”, 先行自付是 ¥100.00."""
        words = self._words
        if change.what == "reading":
            return words("explain.reading", label=change.label)
        if change.least is None:
            values = words("explain.or").join(dict.fromkeys(self._value(change.what, value) for value in change.values))
            return words("explain.choice", what=words(f"explain-what.{change.what}"), value=values)
        key = f"explain.{change.what}"
        if change.whole:
            key = f"{key}-{change.whole}"
        return words(key, amount=_amount(change.least, change.most or change.least, words), label=change.label)

    def as_told(self, change: Change) -> str:
        """Say what the person told instead; empty for amounts, and for what was not told."""
        if change.least is not None or change.what == "reading":
            return ""
        holder = self._case.person if change.what in _OF_PERSON else self._case.visit
        value = getattr(holder, change.what)
        if value is None:
            return ""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        return self._value(change.what, str(value))

    def _value(self, what: str, value: str) -> str:
        words, facts = self._words, self._facts
        if what == "admission":
            return words("explain-value.admission", number=value)
        if what == "retired_on":
            days = facts.retirement_dates()
            return date_labels(days, words)[band_of(days, date.fromisoformat(value))] if days else value
        if what in ("age", "months"):
            edges, labels = (facts.ages(), age_labels) if what == "age" else (facts.months(), month_labels)
            return labels(edges, words)[band_of(edges, int(value))] if edges else value
        if what == "tier":
            return self._tiers.get(value, value)
        if what in ("family_doctor", "prescription") or (what == "transferred_from" and value == "none"):
            return words(f"explain-value.{what}.{value}")
        return words(f"{'level' if what == 'transferred_from' else what}.{value}")


def _amount(least: Decimal, most: Decimal, words: Words) -> str:
    return yuan(least) if least == most else words("paper.range", least=yuan(least), most=yuan(most))
