"""What makes a set of benefit rules impossible, in a pack or in a case: one list of findings for both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yibao_desktop.money import LARGEST
from yibao_desktop.pack.benefits import (
    Bands,
    BenefitsFile,
    Deductible,
    OnOwnPart,
    Parameter,
    Row,
    Rule,
    Stage,
    Unit,
    edges_and_limits,
    figures_of,
    limits_of,
)
from yibao_desktop.pack.dated import overlapping
from yibao_desktop.pack.schema import Fund
from yibao_desktop.pack.strict_yaml import Path_

_RANGES: dict[Unit, tuple[Decimal, Decimal, str]] = {
    "yuan": (Decimal(0), LARGEST, f"0 到 {LARGEST} 元之间"),
    "share": (Decimal(0), Decimal(1), "0 到 1 之间：85% 写 0.85。大于 1 的，多半是把“除以比例”当成了“乘以比例”"),
    "days": (Decimal(1), Decimal(366), "1 到 366 之间的整天数"),
}


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where in the file, a code, and a sentence for its author."""

    path: Path_
    code: str
    message: str


def can_be(unit: Unit, value: Decimal) -> bool:
    """Tell whether a figure of ``unit`` can have this value."""
    lowest, highest, _ = _RANGES[unit]
    return lowest <= value <= highest and (unit != "days" or value == value.to_integral_value())


def rule_faults(file: BenefitsFile) -> Iterator[Fault]:
    """Yield what an estimate by ``file`` would stumble over, or get wrong."""
    parameters = {parameter.id: parameter for parameter in file.parameters}
    for index, parameter in enumerate(file.parameters):
        yield from _values(("parameters", index), parameter)
    tiers = {tier.id for tier in file.tiers}
    measured: dict[str, str] = {}
    for index, rule in enumerate(file.rules):
        yield from _rule(("rules", index), rule, parameters, tiers)
        for number, stage in enumerate(rule.stages):
            for limit in limits_of(stage):
                if measured.setdefault(limit.amount, limit.measures) != limit.measures:
                    yield Fault(("rules", index, "stages", number), "limit-measures",
                                f"“{limit.amount}”在别处算的不是同一种数（measures）。两种限额请写成两个数。")


def _values(path: Path_, parameter: Parameter) -> Iterator[Fault]:
    *_, limits = _RANGES[parameter.unit]
    for number, entry in enumerate(parameter.dated):
        for row_number, row in enumerate(entry.rows):
            here = (*path, "dated", number, "rows", row_number)
            if (row.value is None) != row.unlimited:
                yield Fault(here, "row-value", "每一行要么写 value（有数），要么写 unlimited: true（没有这条线）。")
            elif row.value is not None and not can_be(parameter.unit, row.value):
                yield Fault(here, "value-range", f"“{parameter.label}”的数值要在{limits}。")


def _rule(path: Path_, rule: Rule, parameters: dict[str, Parameter], tiers: set[str]) -> Iterator[Fault]:
    readings = {reading.id for reading in rule.readings}
    if len(rule.readings) == 1 or len(readings) < len(rule.readings):
        yield Fault((*path, "readings"), "rule-readings", "readings 至少写两种读法，编号不能相同；第一种是默认用的。")
    if not _is_day(rule.year_starts):
        yield Fault((*path, "year_starts"), "year-start", f"“{rule.year_starts}”不是每年都有的一天，请照 01-01 写。")
    seen: list[type[Stage]] = []
    for number, stage in enumerate(rule.stages):
        here = (*path, "stages", number)
        may_be_open = edges_and_limits(stage)
        for unit, id_ in figures_of(stage):
            parameter = parameters.get(id_)
            if parameter is None:
                yield Fault(here, "parameter-unknown", f"没有编号为“{id_}”的数。请在 parameters 里加上。")
                continue
            if parameter.unit != unit:
                yield Fault(here, "parameter-unit", f"“{id_}”的单位应为 {unit}。")
            for row in _rows(parameter):
                if row.unlimited and id_ not in may_be_open:
                    yield Fault(here, "parameter-open", f"“{id_}”在这里必须有数，不能写 unlimited。")
                    break
            yield from _names(here, parameter, readings, tiers)
        if type(stage) in seen and not isinstance(stage, OnOwnPart):
            yield Fault(here, "stage-twice", "这种步骤一条规则里只能有一个。")
        if isinstance(stage, Deductible):
            if Bands in seen:
                yield Fault(here, "deductible-late", "起付线写在支付段后面，等于起付线以下也付了。请写到前面。")
            if (stage.share is None) != (stage.most is None):
                yield Fault(here, "deductible-share", "起付线按费用的比例算时，share 和 most（最多多少）要一起写。")
        elif isinstance(stage, Bands):
            yield from _bands(here, stage, parameters)
        elif isinstance(stage, OnOwnPart):
            if Bands not in seen:
                yield Fault(here, "own-part-early", "大病、救助付的是个人负担的部分，要写在支付段后面。")
            for index, own in enumerate(stage.bands[:-1]):
                if own.upto is None:
                    yield Fault((*here, "bands", index), "band-endless", "这一段没有终点（upto），后面的段永远轮不到。")
        seen.append(type(stage))
    yield from _own_parts(path, rule)


def _own_parts(path: Path_, rule: Rule) -> Iterator[Fault]:
    seen: set[Fund] = set()
    for number, stage in enumerate(rule.stages):
        if not isinstance(stage, OnOwnPart) or stage.counted != "year":
            continue
        if stage.fund in seen:
            yield Fault((*path, "stages", number), "own-part-twice",
                        f"前面已经有一步由 {stage.fund} 按年累计，两步的累计会混在一起。请合成一步，或者换一个基金。")
        seen.add(stage.fund)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(f"2023-{text}")
    except ValueError:
        return False
    return True


def _names(path: Path_, parameter: Parameter, readings: set[str], tiers: set[str]) -> Iterator[Fault]:
    for row in _rows(parameter):
        for field, known, where in (("reading", readings, "这条规则的 readings"), ("tier", tiers, "tiers")):
            value = getattr(row, field)
            named = {value} if isinstance(value, str) else set(value or ())
            for name in sorted(named - known):
                yield Fault(path, "name-unknown", f"“{parameter.id}”用到“{name}”，{where} 里没有写。")


def _bands(path: Path_, stage: Bands, parameters: dict[str, Parameter]) -> Iterator[Fault]:
    for number, band in enumerate(stage.bands):
        if band.upto is None and not band.limits and number < len(stage.bands) - 1:
            yield Fault((*path, "bands", number), "band-endless",
                        "这一段没有终点（upto 或 limits），后面的段永远轮不到。")
        if band.supplement is None:
            continue
        if band.supplement.fund == band.fund:
            yield Fault((*path, "bands", number), "supplement-fund",
                        "补充和这一段是同一个基金，请把两个比例加起来写成一个。")
        share, extra = parameters.get(band.share), parameters.get(band.supplement.share)
        if share is not None and extra is not None:
            yield from _together((*path, "bands", number), share, extra)


def _together(path: Path_, share: Parameter, extra: Parameter) -> Iterator[Fault]:
    for row in _rows(share):
        for more in _rows(extra):
            total = (row.value or Decimal(0)) + (more.value or Decimal(0))
            if total > 1 and overlapping((row, more)):
                yield Fault(path, "shares-over-one",
                            f"{row.value} 加 {more.value} 超过 1，两个基金付的比费用还多。")


def _rows(parameter: Parameter) -> Iterator[Row]:
    return (row for entry in parameter.dated for row in entry.rows)
