"""Several payers and several relatives: who can pay for whom, how, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yibao_desktop.pack.cases import SharingCase
from yibao_desktop.pack.store import Pack, Words
from yibao_desktop.sharing.decision import Said, Sharing, binders, decide, said_by_nearest, verdict_key

_ONE_PAYER = "member.bound-elsewhere"


@dataclass(frozen=True)
class Row:
    """One payer and one relative."""

    payer: str
    member: str
    result: Sharing

    def cells(self, words: Words) -> tuple[str, str, str, str, str]:
        """Give the row in words: payer, relative, verdict, way, where."""
        if self.result.verdict == "no":
            way, where = words("sharing.way-none"), words("sharing.where-none")
        else:
            way = words("sharing.way-wallet" if self.result.across_provinces else "sharing.way-province")
            where = self.result.bindings[0][1].name
        return self.payer, self.member, words(verdict_key(self.result)), way, where


@dataclass(frozen=True)
class Family:
    """Everybody asked about in one run."""

    rows: tuple[Row, ...]
    remarks: tuple[Said, ...]
    """What must be known because several may pay for the same relative."""
    notices: tuple[str, ...]
    """What looks like a slip in the answers."""

    def to_json(self, words: Words) -> list[dict[str, Any]]:
        """Give the console form of the table."""
        rows = []
        for row in self.rows:
            payer, member, says, way, where = row.cells(words)
            told = row.result.to_json()
            rows.append({"payer": payer, "member": member, "verdict": row.result.verdict, "says": says, "way": way,
                         "where": where, **{key: told[key] for key in ("reasons", "reason_ids", "next")}})
        return rows


def decide_all(cases: Sequence[SharingCase], pack: Pack) -> Family:
    """Decide every pair."""
    words = pack.words
    rows = tuple(
        Row(case.payer.name or words("sharing.first-payer"),
            case.member.name or words(f"relation.{case.member.relation}"), decide(case, pack))
        for case in cases
    )
    return Family(rows, _remarks(rows, words), _notices(rows, cases, words))


def _remarks(rows: tuple[Row, ...], words: Words) -> tuple[Said, ...]:
    """Say whether several may be bound to one relative, where several can."""
    # Beside a further payer the same relative is called the first one's.
    whose = words("sharing.of-first-payer", what="")
    able = [(row.member.removeprefix(whose), row.result.place) for row in rows
            if row.result.verdict != "no" and not row.result.across_provinces]
    members = [member for member, _ in able]
    place = next((place for member, place in able if members.count(member) > 1), None)
    if place is None:
        return ()
    says = binders(place)
    local = [Said(layer, claim) for layer in place.layers for claim in layer.sharing.claims
             if says is not None and claim.says == says]
    return tuple(local[:1]) or (said_by_nearest(place, _ONE_PAYER),)


def _notices(rows: tuple[Row, ...], cases: Sequence[SharingCase], words: Words) -> tuple[str, ...]:
    spouses = [row.payer for row, case in zip(rows, cases, strict=True) if case.member.relation == "spouse"]
    return (words("sharing.two-spouses"),) if any(spouses.count(payer) > 1 for payer in spouses) else ()
