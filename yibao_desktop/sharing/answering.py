"""From the wizard's answers to the sheet that answers them, along every path.

Which sentence an answer of the failure tree comes down to stands in the flow itself; which sentences belong to
setting up and undoing stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from msgspec.structs import replace

from yibao_desktop.pack.cases import Purpose, Relation, SharingCase
from yibao_desktop.pack.schema import FlowFile, Gap, Option, Payable, PayableItem
from yibao_desktop.pack.store import NATION, Layer, Pack, Place
from yibao_desktop.sharing.asking import LOCAL_CAUSES, Answers, SharingQuestions, branch_of
from yibao_desktop.sharing.decision import Said, Sharing, bindings_of, decide, said_by_nearest, topic_of, verdict_key
from yibao_desktop.sharing.family import Family, decide_all
from yibao_desktop.sharing.sheet import Section, Sheet, Tone

_TONES: Mapping[str, Tone] = {"yes": "ok", "first": "info", "not-now": "warn", "no": "bad"}
_LOOK_ALIKES = ("look-alike.sharing", "look-alike.wallet", "look-alike.family-code", "look-alike.outpatient-pooling")
_UNKNOWN_CAUSE, _FAR = "cause.unknown", "far.by-place"
_MONEY_STAYS = "undo.money"
_ASKS_WHAT_IS_PAID: frozenset[Purpose] = frozenset({"care-insurance", "other"})
_WALLET_WAYS = frozenset({"cause.other-province"})
_UNDO = {
    "sharing": ("undo.check", "undo.money", "undo.again"),
    "wallet": ("undo.wallet-2025",),
    "code": ("undo.code", "undo.code-apart"),
    "unsure": ("undo.which", "undo.wallet", "undo.code", "undo.check"),
}
_UNDO_BY = {"payer": "undo.by-payer", "member": "undo.by-member"}
_SUSPICIOUS = "undo.suspicious"
_UNDOING: Tone = "info"
_SUSPECTING: Tone = "warn"
_CODE = ("code.no-money", "code.more", "code.without-phone")
_CODE_AGE = {"yes": ("code.under-16",), "no": ("code.over-16",)}

CLAIMS_USED = frozenset(
    {*_LOOK_ALIKES, _UNKNOWN_CAUSE, _FAR, *_WALLET_WAYS, *_UNDO_BY.values(), *_CODE, _SUSPICIOUS, "undo.wallet",
     *(id_ for ids in (*_UNDO.values(), *_CODE_AGE.values()) for id_ in ids)}
)
"""National claims named here; a pack without one of them is refused by ``yibao-pack check``."""

SECTIONS = ("need", "table", "next", "why", "also", "steps", "where", "where-bound", "to-check", "local-causes", "ask",
            "four", "payable", "gaps", "how-to-undo", "where-to-undo", "code")
"""Headings of sections that are not simply a topic."""

WORDS_USED = frozenset(
    {f"sharing.section-{key}" for key in SECTIONS}
    | {f"sharing.{key}" for key in (
        "code", "outpatient", "look-alikes", "cause", "to-check", "no-cause", "where", "where-wallet", "first-payer",
        "payer", "one-of-several", "of-first-payer", "two-spouses", "way-none", "where-none", "way-wallet",
        "way-province", "ask", "bring", "round", "add-member", "add-payer", "need", "shown", "new-member")}
    | {f"sharing.undo-{what}" for what in ("sharing", "wallet", "code", "unsure", "suspicious")}
    | {f"sharing.table-{head}" for head in ("payer", "member", "verdict", "way", "where")}
    | {f"relation.{relation}" for relation in get_args(Relation)}
)
"""Words this package and the pages that show its sheets ask for."""


class Answering:
    """Answers what the sharing wizard asks in a place."""

    def __init__(self, pack: Pack, place: Place, flow: FlowFile) -> None:
        self._pack, self._place, self._flow = pack, place, flow
        self._words = pack.words
        self._questions = SharingQuestions(pack, place)

    def need(self, answers: Answers) -> Said | None:
        """Say in one sentence which of the look-alikes is needed; ``None`` while that is open."""
        branch = branch_of(answers)
        if branch == "set-up":
            if answers.get("member_place") == "same-province":
                return self._said("look-alike.sharing")
            if answers.get("member_place") == "other-province":
                return self._said("look-alike.wallet")
            return self._said("look-alike.sharing" if answers.get("want") == "share" else _FAR)
        if branch == "code":
            return self._said("look-alike.family-code")
        return self._said("look-alike.outpatient-pooling") if branch == "outpatient" else None

    def sheet(self, answers: Answers, cases: Sequence[SharingCase] = (), at: int = 0) -> Sheet:
        """Return the answer; ``cases`` are the pairs asked about when sharing is set up, ``at`` the one in detail."""
        branch = branch_of(answers)
        if branch == "set-up" or (branch == "code" and answers.get("code_money") == "yes"):
            return self._set_up(answers, cases, at)
        if branch == "code":
            return self._code(answers)
        if branch == "failure":
            return self._failure(answers)
        if branch == "undo":
            return self._undo(answers)
        if branch == "outpatient":
            return self._look_alikes("sharing.outpatient", "look-alike.outpatient-pooling")
        return self._look_alikes("sharing.look-alikes", _FAR)

    # --- setting up ----------------------------------------------------------------------------------

    def _set_up(self, answers: Answers, cases: Sequence[SharingCase], at: int) -> Sheet:
        family = decide_all(cases, self._pack) if len(cases) > 1 else None
        result = decide(cases[at], self._pack)
        # Where it is open whether both are insured in one province, neither way is named as the one needed.
        place = cases[at].member.place
        need = self.need({"want": "far" if place == "unsure" else "share", "member_place": place})
        before = [self._section("need", said=(need,) if need else ())] if result.verdict != "no" else []
        if branch_of(answers) == "code":
            before.append(self._section("code", said=self._claims("look-alike.family-code", "code.no-money"),
                                        ways=bindings_of(self._place, "code")))
        return set_up_sheet(result, self._pack, cases[at].purpose, family, before)

    # --- showing a relative's code -------------------------------------------------------------------

    def _code(self, answers: Answers) -> Sheet:
        age = _CODE_AGE.get(answers.get("code_age", ""), ("code.under-16", "code.over-16"))
        unsure = answers.get("code_money") == "unsure"
        others = self._claims("look-alike.sharing", "look-alike.wallet") if unsure else ()
        return self._sheet("info", "sharing.code", "look-alike.family-code", (
            self._section("where", ways=bindings_of(self._place, "code")),
            self._section("topic.note", said=(*self._claims(*age, *_CODE), *others)),
            self._section("topic.look-alike", said=self._local("look-alike")),
            self._section("topic.caution", said=topic_of(self._place, "caution", across=False)),
        ))

    # --- why it does not work ------------------------------------------------------------------------

    def _failure(self, answers: Answers) -> Sheet:
        wallet = answers.get("broken_kind") == "wallet"
        causes, to_check = self._comes_down_to(answers)
        local = tuple(item for item in self._local("cause")) if not wallet else ()
        found = causes[0] if causes else None
        if found is not None:
            headline, lead = self._words("sharing.cause", what=found.claim.title or ""), found
        elif to_check:
            headline, lead = self._words("sharing.to-check", what=to_check[0].claim.title or ""), to_check[0]
        else:
            headline, lead = self._words("sharing.no-cause"), self._said(_UNKNOWN_CAUSE)
        across = wallet or (found is not None and found.claim.id in _WALLET_WAYS)
        pays = found is not None and found.claim.id in ("cause.item", "cause.deposit", "cause.online")
        asked = answers.get("broken_local")
        others = () if asked == "none" or (found is not None and found in local) else local
        sections = (
            self._section("next", mends=(found,) if found is not None else ()),
            self._section("to-check", said=to_check if found is not None else to_check[1:]),
            self._section("local-causes", said=others if found is None else ()),
            self._section("ask", mends=(self._said(_UNKNOWN_CAUSE),) if found is None else ()),
            self._section("payable", payable=payable_of(self._pack, self._place, across) if pays else ()),
            self._section("where-bound", ways=bindings_of(self._place, "wallet" if across else "province"),
                          only_names=True),
            self._section("topic.check", said=topic_of(self._place, "check", across)),
            self._section("topic.deduct-order", said=topic_of(self._place, "deduct-order", across)),
            self._section("topic.note", said=self._local("note") if not across else ()),
            self._section("topic.wallet", said=topic_of(self._place, "wallet", across=True) if across else ()),
            self._section("topic.caution", said=topic_of(self._place, "caution", across)),
            self._section("gaps", gaps=gaps_of(self._place, across)),
        )
        return Sheet(self._place, "warn" if found is not None else "info", headline, lead,
                     tuple(section for section in sections if section))

    def _comes_down_to(self, answers: Answers) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
        """Gather causes found, and how to find out what was not known."""
        said: dict[str, Said] = {}
        for question in self._flow.questions:
            chosen = self._chosen(question.options, question.options_from, answers.get(question.id))
            if question.step == "failure" and chosen is not None and chosen.claim is not None:
                item = self._said(chosen.claim)
                if item.claim.topic == "check":
                    item = (self._local("check") or (item,))[0]
                if item.claim.topic != "cause":
                    # How to find out stands under what was not known.
                    item = Said(item.layer, replace(item.claim, title=question.short))
                said.setdefault(item.claim.id, item)
        causes = tuple(item for item in said.values() if item.claim.topic == "cause")
        return causes, tuple(item for item in said.values() if item.claim.topic != "cause")

    def _chosen(self, options: Sequence[Option], source: str | None, answer: object) -> Option | None:
        if source == LOCAL_CAUSES:
            options = (*self._questions.options(source, {}), *options)
        return next((option for option in options if option.id == answer), None)

    # --- undoing -------------------------------------------------------------------------------------

    def _undo(self, answers: Answers) -> Sheet:
        what, who = answers.get("undo_what", "unsure"), answers.get("undo_who")
        across = what == "wallet"
        unbind = topic_of(self._place, "unbind", across) if what != "code" else ()
        # With the wallet both sides are equal; who can undo a binding differs.
        by = self._claims(_UNDO_BY[who]) if who in _UNDO_BY and not across else ()
        local = self._local("undo") if what in ("sharing", "unsure") else ()
        # Where money is moved over first, what becomes of it is for the place to say.
        named = tuple(item for item in self._claims(*_UNDO[what]) if not (local and item.claim.id == _MONEY_STAYS))
        if what in ("unsure", "code"):
            lead, *rest = named
        else:
            lead, *rest = (*unbind, *named)
            unbind = ()
        headline, tone = f"sharing.undo-{what}", _UNDOING
        if who == "suspicious":
            # Money gone that nobody agreed to is cleared up before anything is taken back.
            headline, tone = "sharing.undo-suspicious", _SUSPECTING
            lead, rest = self._said(_SUSPICIOUS), [lead, *rest]
        scopes = {"sharing": ("province",), "wallet": ("wallet",), "code": ("code",),
                  "unsure": ("province", "wallet", "code")}[what]
        ways = tuple(way for scope in scopes for way in bindings_of(self._place, scope))  # type: ignore[arg-type]
        sections = (
            self._section("how-to-undo", said=(*by, *unbind, *rest, *local)),
            self._section("where-to-undo", ways=ways, only_names=True),
            self._section("topic.ends", said=topic_of(self._place, "ends", across) if what != "code" else ()),
            self._section("topic.wallet", said=topic_of(self._place, "wallet", across=True) if across else ()),
            self._section("topic.usage", said=topic_of(self._place, "usage", across)
                          if who in ("payer", "suspicious") else ()),
            self._section("four", said=self._claims(*_LOOK_ALIKES) if what == "unsure" else ()),
            self._section("topic.caution", said=topic_of(self._place, "caution", across)),
            self._section("gaps", gaps=gaps_of(self._place, across) if what != "code" else ()),
        )
        return Sheet(self._place, tone, self._words(headline), lead,
                     tuple(section for section in sections if section))

    # --- telling the four apart ----------------------------------------------------------------------

    def _look_alikes(self, headline: str, lead: str) -> Sheet:
        return self._sheet("info", headline, lead, (
            self._section("four", said=self._claims(*(id_ for id_ in _LOOK_ALIKES if id_ != lead))),
            self._section("topic.look-alike", said=self._local("look-alike")),
            self._section("where", ways=(*bindings_of(self._place, "province"), *bindings_of(self._place, "wallet"),
                                         *bindings_of(self._place, "code"))),
            self._section("topic.caution", said=topic_of(self._place, "caution", across=False)),
        ))

    # --- parts ---------------------------------------------------------------------------------------

    def _sheet(self, tone: Tone, headline: str, lead: str, sections: tuple[Section, ...]) -> Sheet:
        return Sheet(self._place, tone, self._words(headline), self._said(lead),
                     tuple(section for section in sections if section))

    def _section(self, key: str, **content: object) -> Section:
        return section(self._pack, self._place, key, **content)

    def _said(self, id_: str) -> Said:
        return said_by_nearest(self._place, id_)

    def _claims(self, *ids: str) -> tuple[Said, ...]:
        return tuple(self._said(id_) for id_ in ids)

    def _local(self, topic: str) -> tuple[Said, ...]:
        nation = self._place.layers[-1]
        return tuple(Said(layer, claim) for layer, claim in self._place.claims(topic) if layer is not nation)


def set_up_sheet(
    result: Sharing, pack: Pack, purpose: Purpose = "visit", family: Family | None = None,
    before: Sequence[Section] = (),
) -> Sheet:
    """Return the answer to whether and how one relative can use an account, with a table of everybody asked about."""
    place, words = result.place, pack.words
    lead, *others = result.reasons
    where = words("sharing.where-wallet") if result.across_provinces else words("sharing.where", place=place.name)
    steps = Section("steps", words("sharing.section-steps", where=where), ways=result.bindings)
    topics = [section(pack, place, f"topic.{topic}", said=said) for topic, said in result.told]
    first = [part for part in topics if part.key == "premium"] if purpose == "resident-premium" else []
    sections = [
        *(section(pack, place, "table", table=family) for _ in range(1) if family is not None),
        section(pack, place, "next", mends=_mends(result)),
        section(pack, place, "also", said=() if result.verdict == "yes" else tuple(others)),
        *before,
        *first,
        steps,
        *(part for part in topics if part not in first),
        section(pack, place, "why", said=tuple(others) if result.verdict == "yes" else ()),
    ]
    if result.verdict != "no":
        payable = section(pack, place, "payable", payable=payable_of(pack, place, result.across_provinces))
        # Whoever asks whether a thing can be paid for at all wants that list before how to set it up.
        sections.insert(sections.index(steps) if purpose in _ASKS_WHAT_IS_PAID else len(sections), payable)
        sections.append(section(pack, place, "gaps", gaps=gaps_of(place, result.across_provinces)))
    return Sheet(place, _TONES[result.verdict], words(verdict_key(result)), lead,
                 tuple(part for part in sections if part))


def gaps_of(place: Place, across: bool) -> tuple[Gap, ...]:
    """Gather what is not known there, each once though the city and its province may both say so."""
    of = "wallet" if across else "sharing"
    return tuple({gap.what: gap for gap in place.gaps if gap.about == of}.values())


def payable_of(pack: Pack, place: Place, across: bool) -> tuple[tuple[PayableItem, Layer, Payable], ...]:
    """List what the money may pay for; a place's own list is of sharing inside the province, not of the wallet."""
    return tuple(pack.payable_by(pack.place(NATION) if across else place, "shared"))


def _mends(result: Sharing) -> tuple[Said, ...]:
    """Pick what to do about what stands in the way; where it cannot be, only about what bars it."""
    if result.verdict == "yes":
        return ()
    mends = tuple(item for item in result.reasons if item.claim.mend)
    return mends[:1] if result.verdict == "no" else mends


def section(pack: Pack, place: Place, key: str, **content: object) -> Section:
    """Return a section with its heading."""
    title = pack.words(key if key.startswith("topic.") else f"sharing.section-{key}")
    return Section(key.removeprefix("topic."), title, **content)  # type: ignore[arg-type]
