"""What the program's code takes for granted in a pack, so that a pack without it is refused."""

from __future__ import annotations

from typing import get_args

from yibao_desktop.channels import find
from yibao_desktop.estimate.circumstances import ORDINARY, Chosen, Dialled
from yibao_desktop.estimate.explain import Obstacle
from yibao_desktop.estimate.result import LINES
from yibao_desktop.estimate.slip import How, IdentityId, Problem, Shortage, Variant
from yibao_desktop.estimate.slip import Verdict as SlipVerdict
from yibao_desktop.estimate.slip.summing_up import Beside
from yibao_desktop.estimate.words_used import WORDS_USED
from yibao_desktop.pack.schema import (
    Aid,
    Away,
    Confidence,
    Group,
    Level,
    Means,
    PayableAnswer,
    Purse,
    Referral,
    Scheme,
    Status,
    Topic,
    VisitKind,
)
from yibao_desktop.pack.search_words import PAGE_KINDS
from yibao_desktop.pack.slip_forms import SlipLine
from yibao_desktop.search.rank import WORDS_USED as SEARCH_WORDS
from yibao_desktop.sharing import answering, decision, reference
from yibao_desktop.sharing.decision import Verdict
from yibao_desktop.site.contents import WORDS_USED as SITE_WORDS
from yibao_desktop.station.counters import WORDS_USED as COUNT_WORDS
from yibao_desktop.station.health import WORDS_USED as HEALTH_WORDS

CLAIMS = decision.CLAIMS_USED | answering.CLAIMS_USED | reference.CLAIMS_USED

FACTS = frozenset({
    "rule.known", "rule.age", "rule.retired_on", "rule.level", "rule.admission", "rule.family_doctor", "rule.tier",
    "rule.months", "rule.aid", "rule.away", "rule.transfer", "rule.prescription", "rule.stay-days", "rule.essential",
    "year.first",
    "sharing.branch", "sharing.path", "sharing.previous-years", "sharing.local-causes", "round.payer", "round.member",
})
"""What a wizard's ``when`` may ask besides its own questions."""

_ENUMERATIONS = {
    "scheme": Scheme, "status": Status, "group": Group, "visit": VisitKind, "level": Level,
    "referral": Referral, "away": Away, "aid": Aid, "means": Means, "confidence": Confidence, "verdict": Verdict,
    "purse": Purse, "payable": PayableAnswer,
}
_TOPICS_SHOWN = frozenset(get_args(Topic)) | {"minor"}
_CHECKED = {f"checked.{key}" for key in (
    "contradiction", "differs", "differs-mistyped", "differs-text", "short", "only-compared", "holds", "holds-text",
    "holds-but-empty", "empty-text", "other-text", "sums-all", "sums-rest",
    "sums-some-empty", "absent", "same", "sums-first", "cause", "suspicion", "no-cause", "no-search", "basis",
    "small-print", "account-and-cash",
    *(f"{how}-{beside}" for how in ("only", "with") for beside in get_args(Beside) if beside),
)}
_SHEET = {f"sheet.{key}" for key in (
    "title", "lead", "below", "sums", "sides", "alone", "added", "differing", "ask", "ask-sum", "ask-line",
    "ask-correction", "bring", "reply", "phone", "basis", "basis-slip",
    *(f"fact.{name}" for name in ("on", "place", "scheme", "visit", "form", "total")),
    *(f"head.{name}" for name in ("line", "slip", "estimate", "difference")),
    *(f"bring.{name}" for name in ("slip", "list", "discharge", "prescription", "filing", "card")),
)} | {f"sheet-ask.{what}" for what in ORDINARY}

_PAPER = {f"paper.{name}" for name in (
    "made", "pack", "old", "caution", "caution-advice", "sources", "left-out", "estimate", "cash", "range",
    "who-pays", "not-estimated", "missing", "not-found", "told", "settled", "bills", "bills-total", "this-bill",
    "open", "left", "left-several", "working", "working-by", "reading", "readings", "readings-differ",
    "readings-open", "two", "assumptions", "remarks", "slip", "beside", "sums", "other-causes", "sharing", "beware",
    "address", "ways", "other-ways", "local", "varies", "payable", "payable-lead", "payable-line",
    "payable-checked", "thing", "phone",
)}

_REPORT = {f"report.{name}" for name in ("sources", "wrong", "how")}
_HELP_SHEET = {f"help.{name}" for name in (
    "title", "place", "size", "colors", "search", "terms", "sources", "take", "private", "wrong", "keys",
    *(f"key-{key}" for key in ("help", "tab", "arrows", "enter", "escape", "jobs", "choice", "search", "take", "place",
                               "size", "colors")),
)}
_SEARCH = {f"search.{name}" for name in ("hint", "hint-short", "broken", *(f"kind-{kind}" for kind in PAGE_KINDS))}

_ASKED = ("deductible", "deductibles", "eligible", "limit-payment", "limit-expense", "limit-both", "own-part", "own",
          "own_current_year", "shared")

_EXPLAINED = {f"explain.{what}" for what in (*get_args(Dialled), "reading", "rounding", "per-case-payment")} | {
    f"explain.{key}" for key in (
        "exact", "and", "or", "told", "choice", "nothing", "deductible-used-all", "deductible-used-none",
        "limit-used-all", "limit-used-none", *(obstacle for obstacle in get_args(Obstacle) if obstacle))
} | {f"explain-what.{what}" for what in get_args(Chosen)} | {
    "explain-value.admission", "explain-value.transferred_from.none",
    *(f"explain-value.{what}.{value}" for what in ("family_doctor", "prescription") for value in ("yes", "no")),
}

_JOINED = {f"join.{name}" for name in ("list", "comma", "label", "brackets", "quoted", "day")} | {
    f"band.{kind}-{part}" for kind in ("age", "months", "day") for part in ("below", "between", "from")
} | {"band.tier", "band.stay", "band.stay-or-more", "cited.checked", "cited.undated", "cited.in-force", "place.nation",
     "sheet.differs-by"}
"""Words that put other words together, so that each language can do it its own way."""

_RESULT = ("result.cash", "result.funds", "result.person", "result.levels-rule-only", "left.year-end")
_LEFT = ("deductible", "limit", "own-part")

WORDS = frozenset(
    WORDS_USED | SEARCH_WORDS | SITE_WORDS | COUNT_WORDS | HEALTH_WORDS | reference.WORDS_USED | _SEARCH | _REPORT
    | _HELP_SHEET | {"terms.here"}
    | set(_RESULT) | {f"left.{form}" for kind in _LEFT for form in (f"of-{kind}", kind, f"{kind}-met")}
    | _EXPLAINED
    | {"ordinal"} | {f"year.{name}" for name in _ASKED}
    | {f"{prefix}.{value}" for prefix, values in _ENUMERATIONS.items() for value in get_args(values)}
    | {f"line.{name}" for name in LINES}
    | {f"topic.{topic}" for topic in _TOPICS_SHOWN} | answering.WORDS_USED | find.WORDS_USED
    | {"verdict.first-several"} | _CHECKED | _SHEET | _PAPER
    | {f"identity.{value}" for kind in (IdentityId, SlipVerdict) for value in get_args(kind)}
    | {f"variant.{variant}" for variant in get_args(Variant)}
    | {f"mistyped.{how}" for how in get_args(How)}
    | {f"slip.{value}" for kind in (Problem, Shortage) for value in get_args(kind)} | {"slip.add", "slip.as-printed"}
    | {f"slipline.{line}" for line in get_args(SlipLine)}
    | _JOINED
)
