"""Can this relative use that account? The decision, with its reasons and the next step.

The facts are claims of the pack; this module only decides which of them apply. A verdict is never a bare
"no": each reason is a sourced sentence, and every verdict names something the person can do next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from yibao_desktop.pack.cases import SharingCase
from yibao_desktop.pack.schema import BindingChannel, Claim, Topic
from yibao_desktop.pack.store import Layer, Pack, Place

Verdict = Literal["yes", "first", "not-now", "no"]
"""可以 · 先做一件事 · 暂时不行 · 不行. The worst reason decides."""

_SEVERITY: tuple[Verdict, ...] = ("yes", "first", "not-now", "no")

_NEAREST_ONLY = frozenset({"deduct-order", "unbind", "usage", "check"})
"""Topics on which a place's own sentence replaces the national one instead of standing beside it."""

_GENERAL = frozenset({"limit.varies", "effect.varies", "materials.online", "premium.how"})
"""National sentences that say only that it differs: left out where the place says how it is there."""


_OBSTACLES: tuple[tuple[Callable[[SharingCase], bool], Verdict, str], ...] = (
    (lambda c: c.payer.scheme == "resident", "no", "payer.employee-only"),
    (lambda c: c.payer.scheme == "unsure", "first", "payer.scheme-unsure"),
    (lambda c: c.payer.account == "none", "no", "payer.no-account"),
    (lambda c: c.payer.account == "left-over", "first", "payer.left-over"),
    (lambda c: c.payer.account == "empty", "not-now", "payer.balance-zero"),
    (lambda c: c.payer.account == "unsure", "first", "payer.account-unsure"),
    (lambda c: c.payer.insured == "suspended", "not-now", "payer.suspended"),
    (lambda c: c.payer.insured == "unsure", "first", "payer.insured-unsure"),
    (lambda c: c.member.relation == "parent-in-law", "no", "relation.not-in-laws"),
    (lambda c: c.member.relation == "child-in-law", "no", "relation.not-children-in-law"),
    (lambda c: c.member.relation in ("parent-in-law", "child-in-law", "other"), "no", "relation.eight"),
    (lambda c: c.member.relation == "unsure", "first", "relation.unsure"),
    # Joining the residents' scheme may be the very thing the money is for.
    (lambda c: c.member.scheme == "none" and c.purpose != "resident-premium", "first",
     "member.insured-needed"),
    (lambda c: c.member.scheme == "none" and c.purpose == "resident-premium", "first",
     "premium.member-uninsured"),
    (lambda c: c.member.scheme == "unsure", "first", "member.scheme-unsure"),
    (lambda c: c.member.scheme == "employee" and c.member.minor == "yes", "first", "member.scheme-odd"),
    (lambda c: c.member.place == "unsure", "first", "place.unsure"),
    (lambda c: c.member.place == "other-province" and c.member.wallet == "closed", "not-now", "wallet.not-open"),
    (lambda c: c.member.place == "other-province" and c.member.wallet == "unsure", "first", "wallet.both-open"),
    (lambda c: c.purpose == "resident-premium" and c.member.scheme == "employee", "first",
     "premium.member-employee"),
    (lambda c: c.purpose == "care-insurance", "first", "pay.care-insurance"),
    (lambda c: c.purpose == "other", "first", "pay.local-list"),
)
"""What stands in the way: when, how badly, and the claim that says so, in the order a clerk would ask."""

_GROUNDS = ("place.same-province", "relation.eight", "bind.first")
_GROUNDS_ACROSS = ("wallet.ready", "relation.eight", "own-code")
"""What makes a plain yes possible."""

_MINOR, _ORDER_RESIDENT, _ORDER_OWN, _FACE = (
    "member.under-16", "order.resident-direct", "order.own-first", "materials.face")
_BOUND, _BOUND_UNSURE = "member.bound-elsewhere", "member.bound-unsure"
_NO_PAST_YEARS, _PAST_YEARS_UNSURE, _PAST_YEARS_ACROSS = (
    "payer.past-years-none", "payer.past-years-unsure", "wallet.past-years")

CLAIMS_USED = frozenset(
    {id_ for _, _, id_ in _OBSTACLES} | _GENERAL
    | {*_GROUNDS, *_GROUNDS_ACROSS, _MINOR, _ORDER_RESIDENT, _ORDER_OWN, _FACE, _BOUND, _BOUND_UNSURE,
       _NO_PAST_YEARS, _PAST_YEARS_UNSURE, _PAST_YEARS_ACROSS}
)
"""National claims the decision names; a pack without one of them is refused by ``yibao-pack check``."""


@dataclass(frozen=True)
class Said:
    """A claim, with the level (city, province, nation) that says it."""

    layer: Layer
    claim: Claim


@dataclass(frozen=True)
class Sharing:
    """The answer to a sharing question."""

    place: Place
    verdict: Verdict
    across_provinces: bool
    reasons: tuple[Said, ...]
    """Why: what must be done first or stands in the way; what makes it possible where nothing does."""
    bindings: tuple[tuple[Layer, BindingChannel], ...]
    """Where it is set up, nearest and surest first; empty where the verdict is no."""
    told: tuple[tuple[str, tuple[Said, ...]], ...]
    """Further sentences by topic, in the order they are read."""

    def about(self, topic: str) -> tuple[Said, ...]:
        """Return the further sentences of one topic."""
        return dict(self.told).get(topic, ())

    def to_json(self) -> dict[str, Any]:
        """Give the console contract's form."""
        said = (*self.reasons, *(item for _, items in self.told for item in items))
        cited = [id_ for item in said for id_ in item.claim.sources]
        cited += [id_ for _, binding in self.bindings for id_ in binding.sources]
        return {
            "verdict": self.verdict,
            "reasons": [item.claim.text for item in self.reasons],
            "reason_ids": [item.claim.id for item in self.reasons],
            "steps": [
                f"{binding.name}:{step}" for _, binding in self.bindings[:1] for step in binding.steps
            ],
            "next": [step for item in self.reasons for step in item.claim.mend] if self.verdict != "yes" else [],
            "channels": [way_to_json(layer, binding) for layer, binding in self.bindings],
            "told": {topic: [item.claim.text for item in items] for topic, items in self.told},
            "sources": sources_to_json(self.place, cited),
        }


def way_to_json(layer: Layer, binding: BindingChannel) -> dict[str, Any]:
    """Give the console form of a place to set sharing up."""
    return {"id": binding.id, "name": binding.name, "means": binding.means, "place": layer.name,
            "steps": list(binding.steps), "bring": list(binding.bring), "url": binding.url}


def sources_to_json(place: Place, cited: Iterable[str]) -> list[dict[str, Any]]:
    """Give the console form of the sources cited, each once."""
    sources = [place.source(id_) for id_ in dict.fromkeys(cited)]
    return [{"id": s.id, "title": s.title, "publisher": s.publisher, "date": s.date, "grade": s.grade, "url": s.url}
            for s in sources]


def decide(case: SharingCase, pack: Pack) -> Sharing:
    """Decide a sharing question.

    Raises:
        UnknownPlace: the case names a place that does not exist.
    """
    place = pack.place(case.region)
    across = case.member.place == "other-province"
    findings = _findings(place, case, across)
    verdicts: list[Verdict] = ["yes", *(severity for severity, _ in findings)]
    verdict = max(verdicts, key=_SEVERITY.index)
    if verdict == "yes":
        findings = [("yes", id_) for id_ in (_GROUNDS_ACROSS if across else _GROUNDS)]
    # The strongest reason is read first: it is the one the person must act on.
    findings.sort(key=lambda finding: -_SEVERITY.index(finding[0]))
    reasons = tuple(said_by_nearest(place, id_) for _, id_ in findings)
    bindings = () if verdict == "no" else bindings_of(place, "wallet" if across else "province")
    told = _without(reasons, _told(place, case, verdict, across))
    return Sharing(place, verdict, across, reasons, bindings, told)


def _without(
    reasons: tuple[Said, ...], told: tuple[tuple[str, tuple[Said, ...]], ...]
) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    """Leave out what a reason has said already."""
    kept = ((topic, tuple(item for item in said if item not in reasons)) for topic, said in told)
    return tuple((topic, said) for topic, said in kept if said)


def _findings(place: Place, case: SharingCase, across: bool) -> list[tuple[Verdict, str]]:
    found = [(verdict, id_) for applies, verdict, id_ in _OBSTACLES if applies(case)]
    if case.member.bound != "no" and not across and binders(place) != "several-payers":
        found.append(("first", _BOUND if case.member.bound == "yes" else _BOUND_UNSURE))
    if case.payer.account == "yes" and case.payer.past_years != "yes" and shares_past_years(place):
        if across:
            # Whether the rule also binds the wallet nobody has said.
            found.append(("first", _PAST_YEARS_ACROSS))
        elif case.payer.past_years == "no":
            found.append(("not-now", _NO_PAST_YEARS))
        else:
            found.append(("first", _PAST_YEARS_UNSURE))
    return found


def verdict_key(result: Sharing) -> str:
    """Name the words for the verdict; of things to do first there may be one or several."""
    several = result.verdict == "first" and len(result.reasons) > 1
    return "verdict.first-several" if several else f"verdict.{result.verdict}"


def binders(place: Place) -> Literal["one-payer", "several-payers"] | None:
    """Say whether one relative can be bound by several people there; ``None`` where that is not known."""
    for layer in place.layers:
        for claim in layer.sharing.claims:
            if claim.says == "one-payer" or claim.says == "several-payers":
                return claim.says
    return None


def shares_past_years(place: Place) -> bool:
    """Tell whether only what is left of earlier years can be shared inside that province."""
    return any(claim.says == "previous-years" for layer in place.layers for claim in layer.sharing.claims)


def bindings_of(place: Place, scope: Literal["province", "wallet", "code"]) -> tuple[tuple[Layer, BindingChannel], ...]:
    """List where it is set up, nearest first, without the general ways that have a local form."""
    fitting = [(layer, binding) for layer, binding in place.bindings() if binding.scope == scope]
    replaced = {binding.replaces for _, binding in fitting}
    return tuple((layer, binding) for layer, binding in fitting if binding.id not in replaced)


TOPICS: tuple[Topic, ...] = (
    "look-alike", "eligibility", "no-phone", "materials", "effect", "limit", "may-pay", "may-not-pay", "premium",
    "deduct-order", "check", "usage", "unbind", "ends", "note", "caution",
)
"""What is told with the answer, in reading order."""


def _told(
    place: Place, case: SharingCase, verdict: Verdict, across: bool
) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    if verdict == "no":
        return (("caution", topic_of(place, "caution", across)),)
    told: dict[str, tuple[Said, ...]] = {topic: topic_of(place, topic, across) for topic in TOPICS}
    nation = place.layers[-1]
    # National claims on eligibility are reasons, picked one by one, and the national look-alikes have a page of
    # their own; what a place adds always applies.
    only_local = {"eligibility", "look-alike"} | ({"premium"} if case.purpose != "resident-premium" else set())
    for topic in only_local:
        told[topic] = tuple(said for said in told[topic] if said.layer is not nation)
    if not across and all(said.layer is nation for said in told["deduct-order"]):
        # Nationally the order depends on whether the relative has an account of their own.
        wanted = _ORDER_RESIDENT if case.member.scheme == "resident" else _ORDER_OWN
        told["deduct-order"] = tuple(said for said in told["deduct-order"] if said.claim.id == wanted)
    if case.member.minor == "yes":
        told["materials"] = tuple(said for said in told["materials"] if said.claim.id != _FACE)
    if case.member.phone != "no":
        told["no-phone"] = ()
    first: dict[str, tuple[Said, ...]] = {}
    if case.member.minor == "yes":
        first["minor"] = (said_by_nearest(place, _MINOR),)
    if across:
        first["wallet"] = topic_of(place, "wallet", across)
    if case.purpose == "resident-premium":
        first["premium"] = told.pop("premium")
    return tuple((topic, said) for topic, said in {**first, **told}.items() if said)


def topic_of(place: Place, topic: Topic, across: bool) -> tuple[Said, ...]:
    """Gather what is said on a topic; a place's own platform and list do not help with the wallet."""
    nation = place.layers[-1]
    every = [Said(layer, claim) for layer, claim in place.claims(topic) if claim.scope != "code"]
    if not across:
        said = [item for item in every if item.claim.scope != "wallet"]
        if any(item.layer is not nation for item in said):
            said = [item for item in said if item.claim.id not in _GENERAL]
    else:
        # The nation's sentences on the wallet stand instead of those on sharing inside a province.
        of_wallet = any(item.layer is nation and item.claim.scope in ("wallet", "any") for item in every)
        said = [item for item in every if item.claim.scope in ("wallet", "any") or topic == "wallet"
                or (item.layer is nation and not of_wallet and item.claim.id not in _GENERAL)]
    if topic in _NEAREST_ONLY and said:
        return tuple(item for item in said if item.layer is said[0].layer)
    return tuple(said)


def said_by_nearest(place: Place, id_: str) -> Said:
    """Return the claim ``id_`` from the nearest level that makes it."""
    for layer in place.layers:
        for claim in layer.sharing.claims:
            if claim.id == id_:
                return Said(layer, claim)
    raise KeyError(id_)
