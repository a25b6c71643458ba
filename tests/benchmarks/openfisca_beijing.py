"""北京职工住院 written for OpenFisca-Core, to be timed against our engine.

Only the shape of the rule stands here; every figure comes from the content pack. OpenFisca-Core is licensed under
the AGPL: developers run this file, the program never imports it and no bundle holds it.

OpenFisca's own numbers have 32 bits, too few for money. Here every amount is a 64-bit count of fen and every share a
whole number of parts, as many parts to 1 as the rule's finest share needs. Sums and products are then exact, and each
fund's line is divided and rounded half-up once, at its end. Where a fund stops at its yearly limit inside a band, the
cost it has covered is a fraction of a fen; it is kept as a multiple of 1 / (share of that band) and so exact, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from yibao_desktop.money import LARGEST
from yibao_desktop.pack.benefits import Band, Bands, Deductible, OnOwnPart, Parameter, Row, Rule
from yibao_desktop.pack.dated import conditions, entry_on
from yibao_desktop.pack.store import Pack

FEN_PER_YUAN = 100
UNLIMITED = int(LARGEST + 1) * FEN_PER_YUAN
"""Stands for a limit that does not exist: more fen than any bill has."""
LINES = ("act_pay_dedc", "hifp_pay", "hifob_pay", "oth_pay", "psn_part_amt")
"""What is calculated for a bill."""
Inputs = Mapping[str, int | str]
"""A bill: amounts in fen, and the names of :class:`Status`, :class:`Level` and :class:`Stay`."""


class RuleHasChanged(Exception):
    """The pack's rule no longer has the shape written here."""


class Status(Enum):
    """Whether a person is in service."""

    active = "在职"
    retired = "退休"


class Level(Enum):
    """Level of the hospital."""

    primary = "一级"
    secondary = "二级"
    tertiary = "三级"


class Stay(Enum):
    """Which stay of the benefit year it is."""

    first = "第一次"
    later = "第二次及以后"


# --- the rule -------------------------------------------------------------------------------------------

person = Entity("person", "persons", "参保人", "")
POOL_BANDS = ("pool_1", "pool_2", "pool_3")
"""统筹基金 pays on three bands of cost, 大额互助 on the one after them."""
SUPPLEMENTS = ("supplement_1", "supplement_2", "supplement_3")


class Exact(Variable):
    """A variable of 64-bit integers."""

    value_type = int
    entity = person
    definition_period = DateUnit.DAY

    def __init__(self, baseline_variable: Any = None) -> None:
        super().__init__(baseline_variable)
        self.dtype = np.int64


def whole(name: str, formula: Any = None) -> type[Variable]:
    """Make a variable of 64-bit integers; without a formula it is an input."""
    body = {"value_type": int, "entity": person, "definition_period": DateUnit.DAY}
    if formula is not None:
        body["formula"] = formula
    return type(name, (Exact,), body)


def named(name: str, names: type[Enum]) -> type[Variable]:
    """Make an input that is one of ``names``."""
    return type(name, (Variable,), {"value_type": Enum, "possible_values": names, "default_value": next(iter(names)),
                                    "entity": person, "definition_period": DateUnit.DAY})


def inscp_scp_amt(persons, day, parameters):
    return (persons("medfee_sumamt", day) - persons("fulamt_ownpay_amt", day) - persons("overlmt_selfpay", day)
            - persons("preselfpay_amt", day))


def act_pay_dedc(persons, day, parameters):
    threshold = parameters(day).deductible[persons("stay", day)]
    return np.minimum(threshold, persons("inscp_scp_amt", day))


def hifp_pay(persons, day, parameters):
    pool = Pool(persons, day, parameters)
    return np.minimum(half_up(pool.pays, pool.parts), pool.payable)


def hifob_pay(persons, day, parameters):
    """大额互助 goes on where the cost that 统筹 has covered ends."""
    pool, figures = Pool(persons, day, parameters), parameters(day)
    end = np.minimum(pool.in_scope, figures.edge.large) - pool.deducted
    cost = np.maximum(end * pool.grain - pool.covers.sum(axis=0), 0)
    room = np.maximum(figures.limit.large - persons("hifob_paid_before", day), 0)
    pays = np.minimum(cost * in_whole_parts(pool.share.large), room * pool.grain * pool.parts)
    return np.minimum(half_up(pays, pool.grain * pool.parts), pool.payable - persons("hifp_pay", day))


def oth_pay(persons, day, parameters):
    """统一补充 pays its own share on the cost that 统筹 has covered."""
    pool = Pool(persons, day, parameters)
    left = pool.payable - persons("hifp_pay", day) - persons("hifob_pay", day)
    pays = (pool.covers * in_whole_parts([pool.share[band] for band in SUPPLEMENTS])).sum(axis=0)
    return np.minimum(half_up(pays, pool.grain * pool.parts), left)


def psn_part_amt(persons, day, parameters):
    return (persons("medfee_sumamt", day) - persons("hifp_pay", day) - persons("hifob_pay", day)
            - persons("oth_pay", day))


class Pool:
    """What 统筹基金 pays on its bands and how much cost that covers, from which all three funds' lines follow.

    Bands are the rows and persons the columns, so that a formula needs few steps. Each fund's formula does this once;
    kept in variables of their own, the parts take OpenFisca longer.
    """

    def __init__(self, persons, day, parameters) -> None:
        figures = parameters(day)
        self.parts = figures.parts
        self.share = figures.share[persons("status", day)][persons("level", day)]
        self.in_scope = persons("inscp_scp_amt", day)
        self.deducted = persons("act_pay_dedc", day)
        self.payable = self.in_scope - self.deducted
        """All funds together pay no more; where two share the last fen, the later one gives way."""
        ends = np.array([[figures.edge[band]] for band in POOL_BANDS])
        starts = np.maximum(self.deducted, np.vstack(([[0]], ends[:-1])))
        cost = np.maximum(np.minimum(self.in_scope, ends) - starts, 0)
        rate = in_whole_parts([self.share[band] for band in POOL_BANDS])
        due = cost * rate
        room = np.maximum(figures.limit.pool - persons("hifp_paid_before", day), 0) * self.parts
        pays = np.maximum(np.minimum(due, room - np.cumsum(due, axis=0) + due), 0)
        self.pays = pays.sum(axis=0)
        # In the band where the limit is reached the cost covered is what is paid ÷ the share.
        cut = pays < due
        self.grain = np.where(cut & (pays > 0), rate, 1).max(axis=0)
        self.covers = np.where(cut, pays, cost * self.grain)


def in_whole_parts(share):
    """Return shares as the whole numbers they are, whatever a lookup has made of them."""
    return np.asarray(share, dtype=np.int64)


def half_up(amount, parts):
    return (2 * amount + parts) // (2 * parts)


VARIABLES = (
    *(whole(name) for name in ("medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt",
                               "hifp_paid_before", "hifob_paid_before")),
    named("status", Status), named("level", Level), named("stay", Stay),
    *(whole(formula.__name__, formula)
      for formula in (inscp_scp_amt, act_pay_dedc, hifp_pay, hifob_pay, oth_pay, psn_part_amt)),
)


# --- its figures, out of the pack -------------------------------------------------------------------------


class Figures:
    """OpenFisca's parameters, made from the figures a rule of the pack names."""

    def __init__(self, rule: Rule, parameters: Mapping[str, Parameter]) -> None:
        self.rule = rule
        self.parameters = parameters
        deductible, bands = self._stages()
        *pooled, large = bands
        pool = dict(zip(POOL_BANDS, pooled, strict=True))
        self.deductible = deductible.amount
        self.shares = {name: band.share for name, band in pool.items()} | {"large": large.share}
        self.shares |= {name: self._supplement(band) for name, band in zip(SUPPLEMENTS, pooled, strict=True)}
        self.edges = {name: band.upto for name, band in (*pool.items(), ("large", large))}
        self.limits = {name: self._limit(band) for name, band in (*pool.items(), ("large", large))}
        self._expect(len({self.limits.pop(name) for name in pool}) == 1)
        self.limits["pool"] = self._limit(bands[0])
        values = [row.value for id_ in self.shares.values() for entry in parameters[id_].dated for row in entry.rows]
        self.parts = 10 ** max(-value.normalize().as_tuple().exponent for value in values if value)
        # The longest product is a cost, times two shares, twice for rounding.
        self._expect(2 * UNLIMITED * self.parts**2 < np.iinfo(np.int64).max)

    def tree(self) -> ParameterNode:
        """Return the parameters, each with the days from which its values hold."""
        return ParameterNode("", data={
            "parts": {"values": {"0001-01-01": {"value": self.parts}}},
            "deductible": {stay.name: self._dated(self.deductible, FEN_PER_YUAN, admission=stay.name)
                           for stay in Stay},
            "share": {status.name: {level.name: {name: self._dated(id_, self.parts, status=status.name,
                                                                   level=level.name)
                                                 for name, id_ in self.shares.items()}
                                    for level in Level}
                      for status in Status},
            "edge": {name: self._dated(id_, FEN_PER_YUAN) for name, id_ in self.edges.items()},
            "limit": {name: self._dated(id_, FEN_PER_YUAN) for name, id_ in self.limits.items()},
        })

    def _stages(self) -> tuple[Deductible, tuple[Band, ...]]:
        # What is paid at the end of the year stands in no line of the bill.
        stages = [stage for stage in self.rule.stages
                  if not (isinstance(stage, OnOwnPart) and stage.paid == "year-end")]
        self._expect([type(stage) for stage in stages] == [Deductible, Bands])
        deductible, bands = stages
        self._expect(deductible == Deductible(label=deductible.label, amount=deductible.amount, per="stay"))
        self._expect((bands.origin, bands.counted) == ("zero", "bill"))
        self._expect([band.fund for band in bands.bands] == [*["hifp_pay"] * len(POOL_BANDS), "hifob_pay"])
        self._expect(all(band.upto for band in bands.bands) and bands.bands[-1].supplement is None)
        return deductible, bands.bands

    def _supplement(self, band: Band) -> str:
        self._expect(band.supplement is not None and band.supplement.fund == "oth_pay")
        return band.supplement.share

    def _limit(self, band: Band) -> str:
        self._expect([limit.measures for limit in band.limits] == ["payment"])
        return band.limits[0].amount

    def _dated(self, id_: str, factor: int, **circumstance: str) -> dict[str, Any]:
        if self.rule.readings:
            circumstance["reading"] = self.rule.readings[0].id
        values: dict[str, Any] = {}
        for entry in self.parameters[id_].dated:
            rows = [row for row in entry.rows if self._holds(row, circumstance)]
            self._expect(len(rows) == (entry.unknown is None))
            values[str(entry.from_)] = {"value": self._in_whole(rows[0], factor) if rows else None}
        return {"values": values}

    def _holds(self, row: Row, circumstance: Mapping[str, str]) -> bool:
        self._expect(set(conditions(row)) <= set(circumstance))
        wanted = {name: getattr(row, name) for name in circumstance}
        return all(value is None or circumstance[name] in (value if isinstance(value, tuple) else (value,))
                   for name, value in wanted.items())

    def _in_whole(self, row: Row, factor: int) -> int:
        if row.value is None:
            return UNLIMITED
        self._expect(row.value * factor % 1 == 0)
        return int(row.value * factor)

    def _expect(self, met: bool) -> None:
        if not met:
            raise RuleHasChanged(f"内容包里的“{self.rule.title}”变了样子，{__file__} 要跟着改。")


class BeijingInpatient:
    """The rule as OpenFisca runs it on one day."""

    def __init__(self, pack: Pack, on: date) -> None:
        layer, rules = pack.place("110000").rules("employee", "inpatient")
        rule = entry_on(rules, on, "北京职工住院")
        self.day = period(str(on))
        self.system = TaxBenefitSystem([person])
        self.system.add_variables(*VARIABLES)
        self.system.parameters = Figures(rule, layer.parameters).tree()

    def one(self, bill: Inputs) -> dict[str, int]:
        """Calculate one person's bill in a simulation of its own."""
        return {line: int(amounts[0]) for line, amounts in self._calculate([bill]).items()}

    def all_at_once(self, bills: Sequence[Inputs]) -> dict[str, list[int]]:
        """Calculate many bills in one simulation."""
        return {line: amounts.tolist() for line, amounts in self._calculate(bills).items()}

    def _calculate(self, bills: Sequence[Inputs]) -> dict[str, Any]:
        # Of OpenFisca's ways to set up a simulation the fastest; from a nested dict a single bill takes longer.
        simulation = SimulationBuilder().build_default_simulation(self.system, len(bills))
        for name in bills[0]:
            simulation.set_input(name, self.day, np.array([bill[name] for bill in bills]))
        return {line: simulation.calculate(line, self.day) for line in LINES}
