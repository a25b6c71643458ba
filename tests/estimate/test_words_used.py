"""The list of words the engine's modules ask for is the list it declares, and the pack has them all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import yibao_desktop.estimate
from yibao_desktop.estimate.result import LINES
from yibao_desktop.estimate.words_used import WORDS_USED
from yibao_desktop.pack.benefits import Row
from yibao_desktop.pack.dated import conditions
from yibao_desktop.pack.schema import Referral, Scheme, VisitKind
from yibao_desktop.pack.store import Pack

FOLDER = Path(yibao_desktop.estimate.__file__).parent
MODULES = ("engine", "run", "stages", "settle")
SOURCE = "\n".join((FOLDER / f"{name}.py").read_text(encoding="utf-8") for name in MODULES)
LITERAL = re.compile(r'\bwords\(\s*"([^"]+)"')
PREFIXED = re.compile(r'\bwords\(\s*f"([a-z]+\.)\{[^}]+\}"')

EVERY_CONDITION = Row(
    value=0, status="active", group="adult", level="primary", visit="outpatient", referral="local", age_from=1,
    retired_from="2001-01-01", family_doctor=True, away="outside", months_from=1, aid="none", tier="t", reading="r",
)
"""All a person can leave untold. The number of a stay always has a value, so it is never asked for by name."""

VALUES = {
    "line.": LINES, "scheme.": get_args(Scheme), "visit.": get_args(VisitKind), "referral.": get_args(Referral),
    "told.": conditions(EVERY_CONDITION),
}
"""What may follow each prefix that the engine puts together with a value."""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Pack(Path(__file__).resolve().parents[2] / "content")


def test_every_call_is_seen_by_the_patterns():
    # a call that neither pattern reads, such as words(name), would slip past the tests below
    calls = len(re.findall(r"\bwords\(", SOURCE))
    assert calls == len(LITERAL.findall(SOURCE)) + len(PREFIXED.findall(SOURCE))
    assert calls > 20


def test_the_literal_keys_are_the_declared_ones():
    declared = {key for key in WORDS_USED if not key.startswith("told.")}
    literal = set(LITERAL.findall(SOURCE))
    lines = {f"line.{name}" for name in LINES}  # declared once for the whole program
    assert literal - lines == declared
    assert {key for key in literal if key.startswith("line.")} <= lines


def test_the_prefixes_are_the_known_ones():
    assert set(PREFIXED.findall(SOURCE)) == set(VALUES)


def test_every_circumstance_that_may_be_untold_is_declared():
    declared = {key.removeprefix("told.") for key in WORDS_USED if key.startswith("told.")}
    assert declared == set(VALUES["told."])


def test_the_pack_has_every_word(pack):
    wanted = set(WORDS_USED) | {prefix + value for prefix, values in VALUES.items() for value in values}
    assert {key for key in wanted if key not in pack.words} == set()


@pytest.mark.parametrize(("key", "names"), [
    ("assume.limit-not-reached", {"what"}), ("formula.account", {"payable", "balance"}),
    ("formula.deductible-again", {"threshold", "times"}),
    ("formula.deductible-share", {"bill", "share", "least", "most"}), ("formula.deductible-total", {"total", "left"}),
    ("formula.deductible-transfer", {"here", "there"}), ("formula.own-part", {"base", "before", "threshold"}),
    ("formula.told", {"what"}), ("step.own-part", {"what"}), ("assume.short-stay", {"days"}),
    ("assume.no-aid", {"what"}),
    ("assume.deductible-over", {"used", "threshold"}),
    ("formula.deductible-short", {"due", "bill"}), ("formula.deductible-used", {"threshold", "used"}),
    ("gap.no-rule", {"place"}), ("gap.not-told", {"what"}), ("rule.of", {"scheme", "visit"}),
    ("step.limit-reached", {"what"}), ("step.minus", {"what"}),
])
def test_a_sentence_shows_every_value_it_is_given(pack, key, names):
    shown = pack.words(key, **{name: f"<{name}>" for name in names})
    assert all(f"<{name}>" in shown for name in names)
