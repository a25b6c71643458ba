"""JSON Schema of the pack's files, so that an author's editor completes and checks keys while typing."""

from __future__ import annotations

from typing import Any

import msgspec

from yibao_desktop.pack.layout import FILES
from yibao_desktop.pack.translations import FOLDER


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of each kind of file by a short name (``benefits``, ``sharing`` …)."""
    named = {_short_name(pattern): record for pattern, record in FILES}
    return {name: _plain_numbers(msgspec.json.schema(record)) for name, record in named.items()}


def _short_name(pattern: str) -> str:
    if pattern.startswith(f"{FOLDER}/"):
        return "translations"
    stem = pattern.rsplit("/", 1)[-1].removesuffix(".yaml")
    if stem != "*":
        return stem
    folder = pattern.split("/")[-2]
    return f"{folder}-case" if pattern.startswith("cases/") else folder.removesuffix("s")


def _plain_numbers(value: Any) -> Any:
    """Amounts and shares are written as plain numbers; msgspec describes ``Decimal`` as text."""
    if isinstance(value, dict):
        if value.get("format") == "decimal":
            return {"type": "number", **{k: v for k, v in value.items() if k not in ("type", "format")}}
        return {key: _plain_numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain_numbers(item) for item in value]
    return value
