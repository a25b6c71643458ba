"""Sheets for people who answer for the content: what a place is told, and what changed between two packs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from yibao_desktop.pack.schema import Source
from yibao_desktop.pack.statements import Statement, of_layer, of_place
from yibao_desktop.pack.store import Layer, Pack, Place


def factcheck(pack: Pack, place: Place, on: date) -> Iterator[str]:
    """Yield the lines of a sheet an official can go through and sign."""
    yield "医保帮手内容核对表"
    yield f"参保地：{place.name}（{place.region.code}）　　数字按 {on} 有效的列出"
    yield f"内容包：{pack.info.title} {pack.info.version}，{pack.info.issued} 发布"
    yield "请逐条核对：对的打勾，不对的写上正确的说法和依据。"
    statements = sorted(of_place(pack, place, on), key=lambda s: (place.layers.index(s.layer), s.section))
    number = 0
    for (layer_code, section), group in groupby(statements, key=lambda s: (s.layer.code, s.section)):
        layer = next(layer for layer in place.layers if layer.code == layer_code)
        yield ""
        yield f"【{layer.name}】{section}"
        for statement in group:
            number += 1
            yield f"□ {number}. {statement.text}"
            yield from (f"     {line}" for line in _basis(pack, place, statement))
    yield ""
    yield f"共 {number} 条。核对单位：____________　核对人：____________　日期：____________"


def _basis(pack: Pack, place: Place, statement: Statement) -> Iterator[str]:
    cited = statement.cited
    if cited is None:
        return
    sure = pack.words(f"confidence.{place.confidence(cited)}")
    yield f"可信程度：{sure}；{cited.checked} 核对" + (f"；{cited.note}" if cited.note else "")
    for id_ in cited.sources:
        yield f"依据：{_source(place.source(id_))}"


def _source(source: Source) -> str:
    return "，".join(part for part in (source.title, source.publisher, source.date, source.url) if part)


def changes(old: Pack, new: Pack) -> Iterator[str]:
    """Yield in words what ``new`` says otherwise than ``old``, place by place."""
    before, after = _by_code(old), _by_code(new)
    for code in sorted(before.keys() | after.keys()):
        lines = list(_layer_changes(_said(old, before.get(code)), _said(new, after.get(code))))
        if lines:
            yield f"【{(after.get(code) or before[code]).name}】"
            yield from lines


def _by_code(pack: Pack) -> dict[str, Layer]:
    return {layer.code: layer for layer in pack.all_layers()}


def _said(pack: Pack, layer: Layer | None) -> dict[str, str]:
    return {s.key: s.text for s in of_layer(pack, layer)} if layer is not None else {}


def _layer_changes(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    for key in [*before, *(key for key in after if key not in before)]:
        if key not in after:
            yield f"删去：{before[key]}"
        elif key not in before:
            yield f"新增：{after[key]}"
        elif before[key] != after[key]:
            yield f"原来：{before[key]}"
            yield f"改为：{after[key]}"
