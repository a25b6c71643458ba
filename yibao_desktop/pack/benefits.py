"""How care is paid in a place, as authors write it: dated figures, ordered stages, rules."""

# No postponed annotations: read back from their texts, they would cost every start some milliseconds.

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from yibao_desktop.pack.schema import (
    Aid,
    Away,
    Cited,
    Confidence,
    Fund,
    Group,
    Id,
    Level,
    Many,
    Record,
    Referral,
    Scheme,
    Status,
    Text,
    VisitKind,
)

# --- figures --------------------------------------------------------------------------------------

Unit = Literal["yuan", "share", "days"]


class Row(Record, frozen=True, kw_only=True):
    """One cell of a parameter: the value where every condition written here holds."""

    value: Decimal | None = None
    """元 for unit ``yuan``, a share of 1 for unit ``share``, whole days for unit ``days``."""
    unlimited: bool = False
    """Instead of a value: there is no such limit, or no such edge, here."""
    status: Status | Many[Status] | None = None
    group: Group | Many[Group] | None = None
    level: Level | Many[Level] | None = None
    visit: VisitKind | Many[VisitKind] | None = None
    referral: Referral | Many[Referral] | None = None
    away: Away | Many[Away] | None = None
    aid: Aid | Many[Aid] | None = None
    # Plain text, not Id: the union Id | Many[Id] crashes msgspec's collector at exit (msgspec issue 717, open).
    tier: str | Many[str] | None = None
    """Tier of contributions, by its id in ``tiers``."""
    reading: str | Many[str] | None = None
    """One way of reading the rule, by its id in the rule's ``readings``."""
    admission: Literal["first", "later"] | None = None
    admission_from: int | None = None
    """Number of the stay in the benefit year, counted from 1; for places that step down stay by stay."""
    admission_below: int | None = None
    age_from: int | None = None
    age_below: int | None = None
    months_from: int | None = None
    """Months of membership without a break."""
    months_below: int | None = None
    retired_from: date | None = None
    retired_before: date | None = None
    family_doctor: bool | None = None
    confidence: Confidence | None = None


class Dated(Cited, frozen=True, kw_only=True):
    """A parameter's values from one day on, until the next entry. ``unknown`` ends what is known."""

    from_: date = msgspec.field(name="from")
    rows: Many[Row] = ()
    unknown: Text | None = None
    """Why no value is known from this day on."""
    who: Text | None = None
    """Who knows the value."""


class Parameter(Record, frozen=True, kw_only=True):
    """A figure or a table of figures, dated."""

    id: Id
    label: Text
    unit: Unit
    dated: Annotated[Many[Dated], msgspec.Meta(min_length=1)]


# --- stages ---------------------------------------------------------------------------------------


class AccountFirst(Record, frozen=True, kw_only=True, tag_field="kind", tag="account-first"):
    """The account's money of the current benefit year is used before the deductible （上海）."""

    label: Text


class Deductible(Record, frozen=True, kw_only=True, tag_field="kind", tag="deductible"):
    """The part a person bears before a fund pays: what is left of ``amount``, never more than the bill.

    ``per: year`` is used up over the benefit year. Where the amount differs by level this is 补差: at a higher
    level only what lower levels have not yet used up is due, so a year's stays bear the highest level's once.
    """

    label: Text
    amount: Id
    per: Literal["year", "stay", "visit"]
    share: Id | None = None
    """Where it is a share of the bill, ``amount`` is the least and ``most`` the most it comes to （安徽省外）."""
    share_of: Literal["total", "in-scope"] = "total"
    most: Id | None = None
    year_total: Id | None = None
    """What all deductibles of a benefit year come to at most （长沙）."""
    again_after: Id | None = None
    """A stay longer than so many days bears it again for each further stretch of as many （广州）."""
    transfer: Literal["difference"] | None = None
    """After a transfer from another hospital only the difference to that level's deductible is due （成都）."""


class Limit(Record, frozen=True, kw_only=True):
    """What a benefit year allows at most.

    ``measures`` says of what: the fund's ``payment``, the in-scope ``expense``, or ``both`` shares, the fund's and
    the person's. The same parameter named by several rules is one limit they share （上海门诊、住院合用）. A limit on
    ``payment`` counts all that the funds of the bands naming it pay; one named by 基本药物 alone counts only these.
    """

    amount: Id
    measures: Literal["payment", "expense", "both"] = "payment"


class Supplement(Record, frozen=True, kw_only=True):
    """A second fund that pays its own share of the same band."""

    fund: Fund
    share: Id
    label: Text


class Band(Record, frozen=True, kw_only=True):
    """A stretch of in-scope cost on which ``fund`` pays ``share``.

    It ends where the cost reaches ``upto`` or where one of ``limits`` is reached, whichever comes first.
    """

    fund: Fund
    share: Id
    label: Text
    upto: Id | None = None
    limits: Many[Limit] = ()
    supplement: Supplement | None = None


class Bands(Record, frozen=True, kw_only=True, tag_field="kind", tag="bands"):
    """What funds pay, band after band.

    ``origin`` says where ``upto`` is counted from: ``zero`` (the deductible lies inside the first band) or
    ``threshold`` (counting starts where the deductible ends). ``counted`` says whether cost is counted for
    this bill or over the benefit year; limits are always counted over the benefit year.
    """

    origin: Literal["zero", "threshold"]
    counted: Literal["bill", "year"]
    bands: Annotated[Many[Band], msgspec.Meta(min_length=1)]


class EssentialDrugs(Record, frozen=True, kw_only=True, tag_field="kind", tag="essential-drugs"):
    """基本药物 inside the bill are paid by their own share, before and without the deductible （广州、厦门）."""

    label: Text
    fund: Fund
    share: Id
    limits: Many[Limit] = ()


class Remote(Record, frozen=True, kw_only=True, tag_field="kind", tag="remote"):
    """How care away from the place of insurance is cut; skipped where ``referral`` is ``local``.

    Three methods occur and are never mixed: ``points`` come off each share, a ``factor`` multiplies each share,
    and ``prepay`` is a share of the in-scope cost that the person bears before anything else.
    """

    label: Text
    method: Literal["points", "factor", "prepay"]
    value: Id
    """A share of 1: 0.20 for 20 points, 0.90 for a factor, 0.10 for a first payment of 10%."""


OwnShare = Literal["deductible", "copay", "above-limit", "first-pay", "remote-cut"]
"""Parts of what a person bears: 起付线 · 按比例自付 · 限额以上 · 先行自付 · 异地多付的部分."""


class OwnBand(Record, frozen=True, kw_only=True):
    """A stretch of the person's own in-scope part on which a further fund pays ``share``."""

    share: Id
    label: Text
    upto: Id | None = None


class OnOwnPart(Record, frozen=True, kw_only=True, tag_field="kind", tag="on-own-part"):
    """A further fund pays on what the person bears: 大病保险, 大额补助, 公务员补助, 医疗救助.

    ``counts`` names what counts; what earlier such stages paid is off it. ``counted: year`` adds up over the
    benefit year. ``origin`` says whether ``upto`` is counted from ``zero`` or from the ``threshold``.
    ``paid: year-end`` is told with the result and is in none of its lines （北京大病）.
    """

    label: Text
    fund: Fund
    counts: Annotated[Many[OwnShare], msgspec.Meta(min_length=1)]
    threshold: Id | None = None
    origin: Literal["zero", "threshold"]
    counted: Literal["bill", "year"]
    paid: Literal["with-bill", "year-end"]
    bands: Annotated[Many[OwnBand], msgspec.Meta(min_length=1)]
    limit: Id | None = None
    """Most that the fund pays in a benefit year （with ``counted: bill``: for a bill）."""


Stage = AccountFirst | EssentialDrugs | Deductible | Remote | Bands | OnOwnPart


def figures_of(stage: Stage) -> Iterator[tuple[Unit, str]]:
    """Yield unit and id of each figure a stage uses."""
    if isinstance(stage, Deductible):
        yield "yuan", stage.amount
        yield from _given(("share", stage.share), ("yuan", stage.most), ("yuan", stage.year_total),
                          ("days", stage.again_after))
    elif isinstance(stage, Remote):
        yield "share", stage.value
    elif isinstance(stage, EssentialDrugs):
        yield "share", stage.share
        yield from (("yuan", limit.amount) for limit in stage.limits)
    elif isinstance(stage, Bands):
        for band in stage.bands:
            yield "share", band.share
            if band.supplement is not None:
                yield "share", band.supplement.share
            yield from _given(("yuan", band.upto))
            yield from (("yuan", limit.amount) for limit in band.limits)
    elif isinstance(stage, OnOwnPart):
        yield from _given(("yuan", stage.threshold), ("yuan", stage.limit))
        for own in stage.bands:
            yield "share", own.share
            yield from _given(("yuan", own.upto))


def limits_of(stage: Stage) -> tuple[Limit, ...]:
    """Return the yearly limits a stage's bands name, in order."""
    if isinstance(stage, EssentialDrugs):
        return stage.limits
    return tuple(limit for band in stage.bands for limit in band.limits) if isinstance(stage, Bands) else ()


def edges_and_limits(stage: Stage) -> frozenset[str]:
    """Return the ids of figures that may also be ``unlimited``."""
    ids: list[str | None] = [limit.amount for limit in limits_of(stage)]
    if isinstance(stage, Bands):
        ids += [band.upto for band in stage.bands]
    elif isinstance(stage, OnOwnPart):
        ids += [stage.limit, *(own.upto for own in stage.bands)]
    elif isinstance(stage, Deductible):
        ids += [stage.most, stage.year_total, stage.again_after]
    return frozenset(id_ for id_ in ids if id_ is not None)


def _given(*figures: tuple[Unit, str | None]) -> Iterator[tuple[Unit, str]]:
    return ((unit, id_) for unit, id_ in figures if id_ is not None)


# --- rules ------------------------------------------------------------------------------------------


class Remark(Cited, frozen=True, kw_only=True):
    """A sentence that belongs beside a result: an open question, something the estimate leaves out."""

    text: Text


class Reading(Cited, frozen=True, kw_only=True):
    """One of several ways to read a rule that its sources leave open; rows name it with ``reading``."""

    id: Id
    label: Text
    text: Text
    """What speaks for it."""


AccountUse = Literal["in-scope", "first-pay", "over-limit", "self-funded"]
"""Parts of a bill an account may pay: 政策范围内自己付的 · 先行自付 · 超限价 · 全自费."""


class AccountRules(Record, frozen=True, kw_only=True):
    """What the person's own account and relatives' accounts may pay, in the order in which they do."""

    own: Many[AccountUse] = ("in-scope", "first-pay")
    shared: Many[AccountUse] = ("in-scope", "first-pay")
    first: Literal["own", "shared"] = "own"


class Rule(Cited, frozen=True, kw_only=True):
    """How a kind of visit is paid in a place, from one day on: ordered stages and their switches.

    Several rules may share an ``id``; each holds until the next one's ``from``. A rule with ``unknown``
    instead of stages says that from that day on nothing is known.
    """

    id: Id
    title: Text
    scheme: Scheme
    visits: Annotated[Many[VisitKind], msgspec.Meta(min_length=1)]
    from_: date = msgspec.field(name="from")
    year_starts: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{2}-[0-9]{2}$")] = "01-01"
    across_year: Literal["settled", "admitted"] | None = None
    """Which day decides the year and the figures of a stay that crosses the year end; absent: not known."""
    referrals: Many[Referral] = ("local",)
    """Circumstances the figures are known for; others end in a stated gap."""
    pharmacy_as: Level | Literal["prescriber"] | None = None
    """The level a pharmacy counts as: one level for all, or that of the hospital that wrote the prescription."""
    needs_prescription: bool = False
    """In a pharmacy without a prescription no fund pays."""
    stages: Many[Stage] = ()
    accounts: AccountRules = AccountRules()
    readings: Many[Reading] = ()
    """The first is the one used; the others are calculated beside it."""
    only_for: Text | None = None
    """The tier of contributions the figures hold for, where those of the other tiers are not known."""
    assumes: Many[Text] = ()
    """What a result of this rule takes for granted, told to the person."""
    remarks: Many[Remark] = ()
    unknown: Text | None = None
    who: Text | None = None


class Tier(Record, frozen=True, kw_only=True):
    """A tier of contributions of a place whose benefits differ by it."""

    id: Id
    label: Text
    scheme: Scheme


class BenefitsFile(Record, frozen=True, kw_only=True):
    """``benefits.yaml``: figures and rules of one place."""

    parameters: Many[Parameter] = ()
    tiers: Many[Tier] = ()
    rules: Many[Rule] = ()
