"""Rules of an invented town, for tests: every figure written in a stage becomes a parameter of its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from yibao_desktop.estimate.engine import estimate
from yibao_desktop.estimate.result import Estimate
from yibao_desktop.pack.benefits import (
    AccountFirst,
    Band,
    Bands,
    BenefitsFile,
    Dated,
    Deductible,
    EssentialDrugs,
    Limit,
    OnOwnPart,
    OwnBand,
    Parameter,
    Reading,
    Remote,
    Row,
    Rule,
    Supplement,
)
from yibao_desktop.pack.cases import Accounts, Bill, EstimateCase, Person, Visit, YearToDate
from yibao_desktop.pack.store import Pack

START = date(2024, 1, 1)
DAY = date(2024, 6, 1)
OPEN = {"medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"}
"""Lines that come from the bill alone."""
INPATIENT = Visit(kind="inpatient")
NO_LIMIT = (Row(unlimited=True),)


class Town:
    """Builds the rules of the town, stage after stage."""

    def __init__(self, **rule: Any) -> None:
        self.parameters: list[Parameter] = []
        self.stages: list[Any] = []
        self.rule = rule
        self.more_rules: list[Rule] = []

    def figure(self, value: Any, unit: str = "yuan") -> str:
        """A number as text, rows that depend on the person, a dated entry or a list of them."""
        id_ = f"f{len(self.parameters)}"
        if isinstance(value, str):
            value = (Row(value=Decimal(value)),)
        if isinstance(value, tuple):
            value = since(START, *value)
        entries = tuple(value) if isinstance(value, list) else (value,)
        self.parameters.append(Parameter(id=id_, label=f"数 {id_}", unit=unit, dated=entries))
        return id_

    def figure_if(self, value: Any, unit: str = "yuan") -> str | None:
        return None if value is None else self.figure(value, unit)

    def deductible(self, amount: Any, per: str = "year", *, share: Any = None, most: Any = None,
                   year_total: Any = None, again_after: Any = None, **how: Any) -> Town:
        self.stages.append(Deductible(
            label="起付线", amount=self.figure(amount), per=per, share=self.figure_if(share, "share"),
            most=self.figure_if(most), year_total=self.figure_if(year_total),
            again_after=self.figure_if(again_after, "days"), **how))
        return self

    def account_first(self) -> Town:
        self.stages.append(AccountFirst(label="当年账户"))
        return self

    def remote(self, method: str, value: Any) -> Town:
        self.stages.append(Remote(label="异地", method=method, value=self.figure(value, "share")))
        return self

    def drugs(self, share: Any, *limits: Limit, fund: str = "hifp_pay") -> Town:
        self.stages.append(EssentialDrugs(label="基本药物", fund=fund, share=self.figure(share, "share"),
                                          limits=limits))
        return self

    def limit(self, amount: Any, measures: str = "payment") -> Limit:
        return Limit(amount=self.figure(amount), measures=measures)

    def band(self, share: Any, *limits: Limit, upto: Any = None, paid_upto: Any = None, fund: str = "hifp_pay",
             plus: str | None = None, plus_fund: str = "oth_pay") -> Band:
        supplement = None
        if plus is not None:
            supplement = Supplement(fund=plus_fund, share=self.figure(plus, "share"), label="补充")
        if paid_upto is not None:
            limits = (*limits, self.limit(paid_upto))
        return Band(fund=fund, share=self.figure(share, "share"), label="基金", upto=self.figure_if(upto),
                    limits=limits, supplement=supplement)

    def bands(self, *bands: Band, origin: str = "threshold", counted: str = "bill") -> Town:
        self.stages.append(Bands(origin=origin, counted=counted, bands=bands))
        return self

    def pays(self, share: Any, *limits: Limit, **more: Any) -> Town:
        return self.bands(self.band(share, *limits, **more))

    def on_own_part(self, *bands: tuple[Any, Any], counts: tuple[str, ...] = ("deductible", "copay", "above-limit"),
                    threshold: Any = None, origin: str = "threshold", counted: str = "bill",
                    paid: str = "with-bill", limit: Any = None, fund: str = "hifmi_pay") -> Town:
        """``bands``: share and end of each, ``None`` for no end."""
        own = tuple(OwnBand(share=self.figure(share, "share"), upto=self.figure_if(upto), label="大病")
                    for share, upto in bands)
        self.stages.append(OnOwnPart(
            label="大病保险", fund=fund, counts=counts, threshold=self.figure_if(threshold), origin=origin,
            counted=counted, paid=paid, bands=own, limit=self.figure_if(limit)))
        return self

    def _rule(self) -> Rule:
        fields = {"id": "rule", "title": "规定", "scheme": "employee", "visits": ("inpatient",),
                  "from_": START, "sources": ("s",), "checked": DAY, "stages": tuple(self.stages)}
        return Rule(**{**fields, **self.rule})

    def then(self, **rule: Any) -> Town:
        """Close this rule and begin another one."""
        self.more_rules.append(self._rule())
        self.stages, self.rule = [], rule
        return self

    def benefits(self) -> BenefitsFile:
        own = (self._rule(),) if self.stages else ()
        return BenefitsFile(parameters=tuple(self.parameters), rules=(*own, *self.more_rules))

    def on(self, pack: Pack, total: str, *, day: date = DAY, used: YearToDate | None = None,
           accounts: Accounts | None = None, person: Person | None = None, visit: Visit = INPATIENT,
           told: dict[str, str] | None = None, **parts: str) -> Estimate:
        bill = Bill(total=Decimal(total), **{name: Decimal(value) for name, value in parts.items()})
        case = EstimateCase(
            rules=self.benefits(), on=day, scheme="employee", person=person or Person(), visit=visit, bill=bill,
            year_to_date=used, accounts=accounts, told={id_: Decimal(value) for id_, value in (told or {}).items()},
        )
        return estimate(case, pack)


def used(deductible: str | None = None, eligible: str = "0", *, deductibles: str | None = None,
         limits: dict[str, str] | None = None, own_part: dict[str, str] | None = None, **paid: str) -> YearToDate:
    def numbers(values: dict[str, str] | None) -> dict[Any, Decimal]:
        return {name: Decimal(value) for name, value in (values or {}).items()}
    return YearToDate(
        deductible=None if deductible is None else Decimal(deductible), eligible=Decimal(eligible),
        paid=numbers(paid), limits=numbers(limits), own_part=numbers(own_part),
        deductibles=None if deductibles is None else Decimal(deductibles))


def accounts(own: str = "0", year: str = "0", shared: str | tuple[str, ...] = "0") -> Accounts:
    relatives = tuple(map(Decimal, shared)) if isinstance(shared, tuple) else Decimal(shared)
    return Accounts(own=Decimal(own), own_current_year=Decimal(year), shared=relatives)


def reading(id_: str) -> Reading:
    return Reading(id=id_, label=f"读法 {id_}", text="条文这样写。", sources=("s",), checked=DAY)


def lines(result: Estimate, *names: str) -> tuple[str | None, ...]:
    """Amounts as text, so that a wrong number of decimals is seen too."""
    return tuple(None if (amount := result.amounts[name]) is None else str(amount) for name in names)


def left(result: Estimate) -> list[tuple[str, str, str, str]]:
    """The rest of the year as text: kind, of, used, left."""
    assert result.standing is not None
    return [(part.kind, str(part.of), str(part.used), str(part.left)) for part in result.standing.left]


def since(day: date, *rows: Row) -> Dated:
    return Dated(from_=day, rows=rows, sources=("s",), checked=DAY)


def unknown_entry(who: str | None = "市医保局") -> Dated:
    return Dated(from_=START, unknown="没有查到。", who=who, sources=("s",), checked=DAY)


def assert_open(result: Estimate, known: set[str] | frozenset[str] = frozenset()) -> None:
    """Only the lines of the bill itself, and those in ``known``, have an amount; one figure is what is missing."""
    assert {name for name, amount in result.amounts.items() if amount is not None} == OPEN | known
    assert not result.complete
    assert [gap.stops for gap in result.unknown] == [True]
