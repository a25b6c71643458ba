"""Everything that is said of a slip, and the one sentence it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from yibao_desktop.estimate.result import Estimate
from yibao_desktop.estimate.slip.asking import said_of
from yibao_desktop.estimate.slip.beside import Comparison, compare
from yibao_desktop.estimate.slip.faults import Contradiction, Shortage, contradictions, shortage, still_needed
from yibao_desktop.estimate.slip.lines import OTHER_FUNDS, Lines, Slip
from yibao_desktop.estimate.slip.mistyped import Mistyped, likely_mistyped
from yibao_desktop.estimate.slip.naming import LineNames
from yibao_desktop.estimate.slip.sums import IdentityResult, check_identities
from yibao_desktop.money import ZERO, grouped, yuan
from yibao_desktop.pack.cases import EstimateCase
from yibao_desktop.pack.slip_forms import SlipForm
from yibao_desktop.pack.store import Words

Tone = Literal["ok", "info", "warn"]
Beside = Literal["", "agrees", "total", "more", "less", "other"]
"""How the slip stands to the estimate; empty where there is nothing to compare."""


@dataclass(frozen=True)
class Estimated:
    """A bill as told, and what it was estimated to come to."""

    case: EstimateCase
    result: Estimate


@dataclass(frozen=True)
class CheckedSlip:
    """A slip with all that can be said of it at once, without searching for causes."""

    form: SlipForm
    slip: Slip
    sums: tuple[IdentityResult, ...]
    mistyped: tuple[Mistyped, ...]
    contradictions: tuple[Contradiction, ...]
    shortage: Shortage | None
    needed: Lines
    """The fewest lines with which a first sum could be checked, where there is a shortage."""
    estimated: Estimated | None
    rows: tuple[Comparison, ...]
    """The slip's lines beside the estimate's; empty without an estimate."""

    @property
    def failing(self) -> tuple[IdentityResult, ...]:
        """The sums that do not come out."""
        return tuple(result for result in self.sums if result.verdict == "differs")

    @property
    def likeliest_mistyped(self) -> tuple[Mistyped, ...]:
        """The corrections that mend most; the others are hardly worth a look."""
        most = max((one.mends for one in self.mistyped), default=0)
        return tuple(one for one in self.mistyped if one.mends == most)

    @property
    def differing(self) -> tuple[Comparison, ...]:
        """The lines that differ from the estimate."""
        return tuple(row for row in self.rows if row.difference)

    @property
    def worth_asking(self) -> bool:
        """Tell whether there is anything to ask somebody about."""
        return bool(self.failing or self.contradictions or self.differing)


def check(form: SlipForm, slip: Slip, estimated: Estimated | None = None) -> CheckedSlip:
    """Check a slip by itself and hold it against an estimate."""
    sums, short = check_identities(slip), shortage(slip)
    return CheckedSlip(
        form=form, slip=slip, sums=sums, mistyped=likely_mistyped(slip, sums), contradictions=contradictions(slip),
        shortage=short, needed=still_needed(slip, [field.line for field in form.fields]) if short else (),
        estimated=estimated, rows=compare(slip, estimated.result) if estimated else (),
    )


# --- how it stands to the estimate ------------------------------------------------------------------------


_OWN: tuple[Lines, ...] = (
    ("psn_part_amt",), ("account", "psn_cash_pay"), ("acct_pay", "acct_mulaid_pay", "psn_cash_pay"),
    ("self_paid", "self_funded"), ("psn_cash_pay",),
)
"""What together is the person's part, the surest first."""
_FUNDS: tuple[Lines, ...] = (("fund_pay_sumamt",), ("hifp_pay", "other_funds"), ("hifp_pay", *OTHER_FUNDS))


def paid_more(rows: tuple[Comparison, ...]) -> Decimal | None:
    """Return how much more the person paid than estimated, 元; ``None`` where the lines do not tell."""
    differences = {row.line: row.difference for row in rows}
    for lines, sign in (*((own, 1) for own in _OWN), *((funds, -1) for funds in _FUNDS)):
        if differences.keys() >= set(lines):
            return sign * sum((differences[line] for line in lines), ZERO)
    return None


def beside_estimate(checked: CheckedSlip) -> Beside:
    """Say in one word how the slip stands to the estimate."""
    if checked.estimated is None or not checked.estimated.result.complete or not checked.rows:
        return ""
    if any(row.line == "medfee_sumamt" for row in checked.differing):
        return "total"
    if not checked.differing:
        return "agrees" if any(row.line != "medfee_sumamt" for row in checked.rows) else ""
    more = paid_more(checked.rows)
    return "other" if not more else "more" if more > 0 else "less"


# --- the sentence ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Summary:
    """The verdict at the top of the page."""

    tone: Tone
    headline: str
    text: str


def sum_up(checked: CheckedSlip, words: Words) -> Summary:
    """Say what a slip comes to; accuses nobody."""
    names = LineNames(checked.form, words)
    if checked.contradictions:
        told = "".join(said_of(one, names, words) for one in checked.contradictions)
        return Summary("warn", words("checked.contradiction"), told)
    if checked.failing:
        return Summary("warn", words("checked.differs"),
                       words("checked.differs-mistyped" if checked.mistyped else "checked.differs-text"))
    beside, values = beside_estimate(checked), _values(checked)
    if checked.shortage:
        if not beside or checked.shortage == "zero-bill":
            return Summary("info", words("checked.short"), words(f"slip.{checked.shortage}"))
        return Summary("ok" if beside == "agrees" else "warn", words(f"checked.only-{beside}", **values),
                       words("checked.only-compared"))
    empty = any(result.verdict == "not-filled" for result in checked.sums)
    verdict = words("checked.holds-but-empty" if empty else "checked.holds")
    texts = [words("checked.empty-text")] if empty else []
    if not beside:
        texts = texts or [words("checked.holds-text")]
        return Summary("info" if empty else "ok", verdict, texts[0])
    tone: Tone = "warn" if beside != "agrees" else "info" if empty else "ok"
    told = {"agrees": "explain.agrees", "total": "explain.total-differs"}.get(beside, "checked.other-text")
    texts.append(words(told, **values))
    return Summary(tone, words(f"checked.with-{beside}", verdict=verdict, **values), "".join(texts))


def _values(checked: CheckedSlip) -> dict[str, str]:
    return {"amount": yuan(abs(paid_more(checked.rows) or ZERO)), "count": str(len(checked.differing))}


def sums_in_words(checked: CheckedSlip, words: Words) -> str:
    """Say in one line how the sums that do not fail came out; empty where there are none."""
    holding = [result for result in checked.sums if result.verdict not in ("differs", "not-filled")]
    empty = len(checked.sums) - len(checked.failing) - len(holding)
    if not holding and not empty:
        return ""
    key = "some-empty" if empty else "rest" if checked.failing else "all"
    return words(f"checked.sums-{key}", count=str(len(holding)), empty=str(empty))


def row_name(row: Comparison, checked: CheckedSlip, words: Words) -> str:
    """Name a row of the comparison; account and cash may have been put together for it."""
    together = row.line == "psn_part_amt" and row.line not in checked.slip.lines
    return words("checked.account-and-cash") if together else LineNames(checked.form, words)(row.line)


def signed(amount: Decimal) -> str:
    """Write a difference with its sign: ``+650.00``, ``−552.50``, ``0.00``."""
    sign = "+" if amount > 0 else "−" if amount < 0 else ""
    return f"{sign}{grouped(abs(amount))}"


def equation(result: IdentityResult, slip: Slip, names: LineNames) -> tuple[str, str]:
    """Write both sides of a sum with the slip's own names, and what they come to."""
    return _side(result.left, result.left_sum, slip, names), _side(result.right, result.right_sum, slip, names)


def _side(lines: Lines, total: Decimal, slip: Slip, names: LineNames) -> str:
    parts = " + ".join(f"{names(line)} {grouped(slip.lines[line])}" for line in lines)
    return parts if len(lines) == 1 else f"{parts} = {grouped(total)}"
