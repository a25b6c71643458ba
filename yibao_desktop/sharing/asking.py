"""What the sharing wizard asks: which path the answers lead along, what a place adds, and the case they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from yibao_desktop.pack.cases import SharingCase
from yibao_desktop.pack.schema import Option
from yibao_desktop.pack.store import NATION, Pack, Place, Words
from yibao_desktop.sharing.decision import shares_past_years

Answers = Mapping[str, Any]

Branch = Literal["set-up", "code", "failure", "undo", "outpatient", "look-alikes"]
"""What it is about: set sharing up, show a code, find out why it fails, undo it, 门诊共济, or cannot say."""

PAYER, MEMBER = 0, 1
"""Which of a combination's numbers is the payer's, and which the relative's."""

LOCAL_CAUSES, PROVINCES = "local-causes", "provinces"
_WANTED: Mapping[str, Branch] = {"share": "set-up", "far": "set-up", "show": "code", "broken": "failure",
                                 "undo": "undo"}
_AIMED: Mapping[str, Branch] = {"spend": "set-up", "show": "code", "outpatient": "outpatient", "unsure": "look-alikes"}
_FIELDS = {
    "payer": {"payer_scheme": "scheme", "payer_account": "account", "payer_insured": "insured",
              "past_years": "past_years"},
    "member": {"relation": "relation", "member_scheme": "scheme", "member_place": "place", "minor": "minor",
               "bound": "bound", "member_phone": "phone", "wallet": "wallet"},
}
"""Where each answer belongs in a case."""


def branch_of(answers: Answers) -> Branch | None:
    """Tell what it is about; ``None`` while that is not said."""
    if answers.get("want") == "unsure":
        return _AIMED.get(answers.get("aim", ""))
    return _WANTED.get(answers.get("want", ""))


class SharingQuestions:
    """What the sharing wizard asks in a place: what ``options_from`` and ``when`` of its flow refer to."""

    def __init__(self, pack: Pack, place: Place) -> None:
        self._pack, self._place = pack, place
        self._past_years = _yes(shares_past_years(place))
        self._causes = tuple(claim for layer, claim in place.claims("cause") if layer is not place.layers[-1])

    def facts(self, answers: Answers) -> dict[str, str]:
        """Say along which path the answers lead, and what is particular here."""
        branch = branch_of(answers)
        found = {
            "sharing.previous-years": self._past_years,
            "sharing.local-causes": _yes(bool(self._causes)),
        }
        if branch is not None:
            found |= {"sharing.branch": branch, "sharing.path": self._path(branch, answers)}
        return found

    def options(self, name: str, _answers: Answers) -> tuple[Option, ...]:
        """Give the causes known of this place, or the provinces."""
        if name == PROVINCES:
            return tuple(Option(id=region.code, label=region.name) for region in self._pack.regions.values()
                         if region.province == region.code and region.code != self._place.region.province)
        if name != LOCAL_CAUSES:
            return ()
        return tuple(Option(id=claim.id, label=claim.title or claim.text, claim=claim.id) for claim in self._causes)

    def _path(self, branch: Branch, answers: Answers) -> str:
        if branch == "code" and answers.get("code_money") == "yes":
            return "set-up"
        if branch == "failure" and "broken_kind" in answers:
            if answers.get("broken_local") in {claim.id for claim in self._causes}:
                return "found"
            return {"sharing": "failure-sharing", "unsure": "failure-sharing", "wallet": "failure-wallet"}.get(
                answers["broken_kind"], "found")
        return branch


def case_of(region: str, answers: Answers) -> SharingCase:
    """Turn answers into a case; what a stopping answer left unasked is taken as not standing in the way."""
    data: dict[str, Any] = {
        part: {field: answers[question] for question, field in fields.items() if question in answers}
        for part, fields in _FIELDS.items()
    }
    data["member"].setdefault("relation", "spouse")
    if "purpose" in answers:
        data["purpose"] = answers["purpose"]
    if answers.get("payer_place", "here") != "here":
        # Where nobody knows the other payer's place, only what holds everywhere is said.
        province = answers.get("payer_province", "unsure")
        region = NATION if province == "unsure" else province
    return msgspec.convert({"region": region, **data}, SharingCase)


def named_cases(region: str, rounds: Sequence[tuple[tuple[int, ...], Answers]], words: Words) -> list[SharingCase]:
    """Turn several rounds of answers into cases in which everybody has a name."""
    own_relation = {combination[MEMBER]: answers.get("relation", "unsure") for combination, answers in rounds
                    if combination[PAYER] == 0}
    payers = len({combination[PAYER] for combination, _ in rounds})
    cases = []
    for combination, answers in rounds:
        payer, member = combination[PAYER], combination[MEMBER]
        relation = own_relation.get(member, "unsure")
        alike = [other for other in sorted(own_relation) if own_relation[other] == relation]
        name = words(f"relation.{relation}")
        if len(alike) > 1:
            name = words("sharing.one-of-several", what=name, number=str(alike.index(member) + 1))
        case = case_of(region, answers)
        cases.append(msgspec.structs.replace(
            case, payer=msgspec.structs.replace(case.payer, name=payer_called(payer, payers, words)),
            member=msgspec.structs.replace(case.member, name=member_called(name, payer, words))))
    return cases


def payer_called(payer: int, payers: int, words: Words) -> str:
    """Name one of ``payers``, counted from 0; a single one needs no number."""
    return words("sharing.first-payer") if payers == 1 else words("sharing.payer", number=str(payer + 1))


def member_called(name: str, payer: int, words: Words) -> str:
    """Say whose relative ``name`` is: beside a further payer "parent" alone would be read as that payer's own."""
    return name if payer == 0 else words("sharing.of-first-payer", what=name)


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
