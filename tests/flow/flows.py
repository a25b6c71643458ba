"""Small flows to run sessions on."""

from __future__ import annotations

from typing import Any

import msgspec

from yibao_desktop.flow.session import FlowSession
from yibao_desktop.pack.schema import FlowFile


def flow(*questions: dict[str, Any]) -> FlowFile:
    """A flow of choices between ``a``, ``b`` and ``c`` unless a question says otherwise."""
    filled = []
    for question in questions:
        plain = {"step": "s", "kind": "choice", "title": question["id"], "short": question["id"]}
        if question.get("kind", "choice") in ("choice", "several") and "options_from" not in question:
            plain["options"] = [{"id": id_, "label": id_} for id_ in question.pop("offer", "abc")]
        filled.append({**plain, **question})
    return msgspec.convert({"id": "f", "title": "f", "steps": [{"id": "s", "label": "s"}], "questions": filled},
                           FlowFile)


def at(session: FlowSession) -> str | None:
    return session.current.id if session.current else None
