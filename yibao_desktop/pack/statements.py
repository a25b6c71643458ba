"""Everything the pack says, one statement at a time: for sheets to sign, for comparing packs, for checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from yibao_desktop.money import percent
from yibao_desktop.pack.benefits import Parameter, Row
from yibao_desktop.pack.dated import entry_on
from yibao_desktop.pack.schema import Cited
from yibao_desktop.pack.store import Layer, Pack, Place, Words


@dataclass(frozen=True)
class Statement:
    """One thing the program would tell a person."""

    key: str
    """Stays the same from pack to pack while the thing said is the same thing."""
    section: str
    text: str
    cited: Cited | None
    """``None`` for what is stated as not known."""
    layer: Layer


def of_place(pack: Pack, place: Place, on: date | None = None) -> Iterator[Statement]:
    """Yield what a person insured in ``place`` would be told, nearest level first.

    With ``on`` only the figures in force that day are given, otherwise all of them with their dates.
    """
    for layer in place.layers:
        yield from of_layer(pack, layer, on)


def of_layer(pack: Pack, layer: Layer, on: date | None = None) -> Iterator[Statement]:
    """Yield what one level says."""
    yield from _sharing(pack, layer)
    yield from _channels(pack, layer)
    yield from _benefits(pack.words, layer, on)
    yield from _payable(pack, layer)
    yield from _guides(pack, layer)
    for gap in layer.gaps:
        text = f"{gap.topic}：{gap.what}可以问：{gap.who}。"
        yield Statement(f"gap.{gap.topic}", "还没查到的", text, None, layer)


def _sharing(pack: Pack, layer: Layer) -> Iterator[Statement]:
    for claim in layer.sharing.claims:
        text = f"{claim.title}：{claim.text}" if claim.title else claim.text
        started = f"（{claim.from_} 起）" if claim.from_ else ""
        mend = f"办法：{'；'.join(step.rstrip('。') for step in claim.mend)}。" if claim.mend else ""
        yield Statement(f"claim.{claim.id}", "家庭共济", f"{text}{started}{mend}", claim, layer)
    for binding in layer.sharing.bindings:
        steps = "；".join(step.rstrip("。") for step in binding.steps)
        bring = f"要准备：{'、'.join(binding.bring)}。" if binding.bring else ""
        yield Statement(f"binding.{binding.id}", "家庭共济", f"在{binding.name}办：{steps}。{bring}", binding, layer)


def _channels(pack: Pack, layer: Layer) -> Iterator[Statement]:
    needs = {need.id: need.label for need in pack.needs}
    for channel in layer.channels:
        where = f"{channel.name}{' ' + channel.phone if channel.phone else ''}"
        for answer in channel.answers:
            steps = "；".join(step.rstrip("。") for step in answer.steps)
            more = f"带上：{'、'.join(answer.bring)}。" if answer.bring else ""
            more += f"注意：{answer.cannot}" if answer.cannot else ""
            text = f"{needs.get(answer.need, answer.need)}，用{where}：{steps}。{more}"
            yield Statement(f"channel.{channel.id}.{answer.need}", "去哪里查", text, answer, layer)


def _benefits(words: Words, layer: Layer, on: date | None) -> Iterator[Statement]:
    labels = {tier.id: tier.label for tier in layer.benefits.tiers}
    labels |= {reading.id: reading.label for rule in layer.benefits.rules for reading in rule.readings}
    for parameter in layer.benefits.parameters:
        entries = parameter.dated
        if on is not None:
            if all(entry.from_ > on for entry in entries):
                continue
            entries = (entry_on(entries, on, parameter.label),)
        for entry in entries:
            key, head = f"figure.{parameter.id}.{entry.from_}", f"{parameter.label}（{entry.from_} 起）"
            if entry.unknown is not None:
                yield Statement(key, "报销", f"{head}：不知道。{entry.unknown}", entry, layer)
            for row in entry.rows:
                when = conditions_in_words(row, words, labels)
                text = f"{head}{'，' + when if when else ''}：{_value(parameter, row)}"
                yield Statement(f"{key}.{when}", "报销", text, entry, layer)
    for rule in layer.benefits.rules:
        for number, assumption in enumerate(rule.assumes):
            key = f"rule.{rule.id}.{rule.from_}.assumes.{number}"
            yield Statement(key, "报销", f"{rule.title}的前提：{assumption}", rule, layer)
        for reading in rule.readings:
            key = f"rule.{rule.id}.{rule.from_}.readings.{reading.id}"
            yield Statement(key, "报销", f"{rule.title}的一种读法，{reading.label}：{reading.text}", reading, layer)
        for number, remark in enumerate(rule.remarks):
            key = f"rule.{rule.id}.{rule.from_}.remarks.{number}"
            yield Statement(key, "报销", f"{rule.title}：{remark.text}", remark, layer)
        if rule.unknown is not None:
            key = f"rule.{rule.id}.{rule.from_}"
            yield Statement(key, "报销", f"{rule.title}（{rule.from_} 起）：不知道。{rule.unknown}", rule, layer)


def _payable(pack: Pack, layer: Layer) -> Iterator[Statement]:
    labels = {item.id: item.label for item in pack.payable_items}
    for answer in pack.payable_of(layer):
        purse, verdict = pack.words(f"purse.{answer.purse}"), pack.words(f"payable.{answer.answer}")
        text = f"{labels.get(answer.item, answer.item)}，{purse}：{verdict}。{answer.why}"
        yield Statement(f"payable.{answer.item}.{answer.purse}", "能不能付", text, answer, layer)


def _guides(pack: Pack, layer: Layer) -> Iterator[Statement]:
    if layer is pack.nation:
        for guide in pack.guides.values():
            for number, paragraph in enumerate(guide.paragraphs):
                key = f"guide.{guide.id}.{paragraph.heading or number}"
                yield Statement(key, "常见问题", f"{guide.title}：{paragraph.text}", paragraph, layer)
        for form in pack.slip_forms:
            fields = "、".join(f"{field.label}（{field.help}）" if field.help else field.label for field in form.fields)
            text = f"{form.label}：{form.help or ''}上面有这些栏：{fields}。"
            yield Statement(f"slip.{form.id}", "票据的栏目", text, form, layer)
        for rumour in pack.rumours:
            text = f"{rumour.wrong}——其实：{rumour.right}"
            yield Statement(f"rumour.{rumour.id}", "常见误传", text, rumour, layer)
    for number, note in enumerate(pack.local_notes(layer)):
        title = pack.guides[note.guide].title if note.guide in pack.guides else note.guide
        yield Statement(f"note.{note.guide}.{number}", "常见问题", f"{title}：{note.text}", note, layer)


def _value(parameter: Parameter, row: Row) -> str:
    if row.value is None:
        return "不设"
    if parameter.unit == "share":
        return percent(row.value)
    return f"{row.value.normalize():f} {'天' if parameter.unit == 'days' else '元'}"


def conditions_in_words(row: Row, words: Words, labels: Mapping[str, str]) -> str:
    """Say for whom a figure holds: ``在职、三级医院``; empty when it holds for everybody.

    ``labels`` names tiers and readings by their ids.
    """
    parts = []
    for field in ("status", "group", "level", "visit", "referral", "away", "aid"):
        value = getattr(row, field)
        if value is not None:
            values = (value,) if isinstance(value, str) else value
            parts.append("或".join(words(f"{field}.{item}") for item in values))
    for name in ("tier", "reading"):
        value = getattr(row, name)
        if value is not None:
            named = (value,) if isinstance(value, str) else value
            parts.append("或".join(labels.get(item, item) for item in named))
    if row.admission is not None:
        parts.append("第一次住院" if row.admission == "first" else "第二次起住院")
    if row.admission_from is not None:
        parts.append(f"第 {row.admission_from} 次起住院")
    if row.admission_below is not None:
        parts.append(f"第 {row.admission_below} 次以前住院")
    if row.age_from is not None:
        parts.append(f"满 {row.age_from} 岁")
    if row.age_below is not None:
        parts.append(f"不满 {row.age_below} 岁")
    if row.months_from is not None:
        parts.append(f"连续参保满 {row.months_from} 个月")
    if row.months_below is not None:
        parts.append(f"连续参保不满 {row.months_below} 个月")
    if row.retired_from is not None:
        parts.append(f"{row.retired_from} 起退休")
    if row.retired_before is not None:
        parts.append(f"{row.retired_before} 以前退休")
    if row.family_doctor is not None:
        parts.append("在签约家庭医生处" if row.family_doctor else "不在签约家庭医生处")
    return "、".join(parts)
