"""From the sharing wizard's answers to a sharing case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from yibao_desktop.pack.cases import SharingCase

_FIELDS = {
    "payer": {"payer_scheme": "scheme", "payer_account": "account", "payer_insured": "insured"},
    "member": {"relation": "relation", "member_scheme": "scheme", "member_place": "place", "minor": "minor",
               "bound": "bound"},
}
"""Where each answer belongs in a case."""


def case_of(region: str, answers: Mapping[str, Any]) -> SharingCase:
    """Turn answers into a case; what a stopping answer left unasked is taken as not standing in the way."""
    data: dict[str, Any] = {
        part: {field: answers[question] for question, field in fields.items() if question in answers}
        for part, fields in _FIELDS.items()
    }
    data["member"].setdefault("relation", "spouse")
    if "purpose" in answers:
        data["purpose"] = answers["purpose"]
    return msgspec.convert({"region": region, **data}, SharingCase)
