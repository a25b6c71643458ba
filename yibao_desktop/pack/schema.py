"""The records of a content pack, as authors write them. An unknown key is an error everywhere."""

# No postponed annotations: read back from their texts, they would cost every start some milliseconds.

from datetime import date
from typing import Annotated, Literal, TypeVar

import msgspec

# --- enumerations: English words in files and cases, Chinese names in words.yaml -----------------

Grade = Literal["official", "official-repost", "news", "news-repost", "hospital", "secondary", "seed"]
GRADES: tuple[Grade, ...] = (
    "official", "official-repost", "news", "news-repost", "hospital", "secondary", "seed",
)
"""Best first. ``-repost``: the publisher's own text, read on another site."""

Confidence = Literal[
    "official", "official-repost", "news", "news-repost", "hospital", "secondary", "derived", "low", "seed"
]
"""How sure a figure is: its source's grade, or ``derived`` (computed here) or ``low`` (one weak page)."""

Scheme = Literal["employee", "resident"]
Status = Literal["active", "retired"]
Group = Literal["adult", "minor", "student", "senior"]
VisitKind = Literal["outpatient", "emergency", "inpatient", "chronic", "pharmacy"]
Level = Literal["village", "community", "primary", "secondary", "tertiary-district", "tertiary",
                "tertiary-top", "specialist"]
Referral = Literal["local", "filed-long-term", "referred", "emergency", "temporary", "unfiled"]
Away = Literal["local", "in-province", "outside"]
"""Where care was had, seen from the place of insurance; ``local`` goes with referral ``local``."""
Aid = Literal["none", "low-income", "subsistence", "destitute"]
"""救助身份: 没有 · 低保边缘 · 低保 · 特困."""
Fund = Literal["hifp_pay", "hifob_pay", "hifmi_pay", "hifes_pay", "cvlserv_pay", "maf_pay", "oth_pay"]
"""Fund lines of the national settlement interface (2207/2304 output)."""
FUNDS: tuple[Fund, ...] = (
    "hifp_pay", "hifob_pay", "hifmi_pay", "hifes_pay", "cvlserv_pay", "maf_pay", "oth_pay",
)
Means = Literal["smartphone", "computer", "phone", "visit"]

T = TypeVar("T")
Many = tuple[T, ...]
Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9._\-]*$")]
RegionCode = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{6}$")]
Text = Annotated[str, msgspec.Meta(min_length=1)]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything written in a pack."""


class Cited(Record, frozen=True, kw_only=True):
    """Something stated as fact, with where it comes from.

    ``checked`` is the day somebody last held the statement against its sources; ``confidence`` is given
    only where it differs from the best source's grade.
    """

    sources: Annotated[Many[Id], msgspec.Meta(min_length=1)]
    checked: date
    confidence: Confidence | None = None
    note: Text | None = None
    amounts: Many[Text] = ()
    """Amounts that stand in the sentences of this record, written as there (``2000 元``): owned up to, so that a
    reviewer sees what no dated figure carries."""


# --- the pack itself --------------------------------------------------------------------------


class PackInfo(Record, frozen=True, kw_only=True):
    """``pack.yaml``: which pack this is."""

    id: Id
    title: Text
    version: Text
    issued: date
    program: Annotated[str, msgspec.Meta(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    """The oldest program version that can read this pack."""
    review_by: date
    """After this day the program says that the pack is old."""
    recheck_days: int = 400
    """A statement whose ``checked`` is longer ago than this is due for another look."""
    official_hosts: Many[Text]
    """Web addresses may only point at these hosts or hosts under them."""


class Source(Record, frozen=True, kw_only=True):
    """A publication that facts rest on."""

    id: Id
    title: Text
    publisher: Text
    grade: Grade
    date: Text | None = None
    """Day, month or year printed on the publication; absent where none is printed."""
    url: Text | None = None
    note: Text | None = None


class SourcesFile(Record, frozen=True, kw_only=True):
    """``sources.yaml``, of the nation or of one place."""

    sources: Many[Source]


class Region(Record, frozen=True, kw_only=True):
    """A place a person can be insured in, by its GB/T 2260 code."""

    code: RegionCode
    name: Text
    short: Text
    pinyin: Text
    """Syllables of the short name, without tones, e.g. ``bei jing``."""

    @property
    def initials(self) -> str:
        """First letters of the syllables: ``bj``."""
        return "".join(syllable[0] for syllable in self.pinyin.split())

    @property
    def province(self) -> str:
        """Code of the provincial-level unit; the cities of 兵团 count as its own, not as 新疆's."""
        return "660000" if self.code.startswith("6590") else f"{self.code[:2]}0000"


class RegionsFile(Record, frozen=True, kw_only=True):
    """``regions.yaml``: every place that can be chosen."""

    places: Many[Region]


class Word(Record, frozen=True, kw_only=True):
    """Words of the program that belong to the subject, by key (``level.tertiary``)."""

    key: Id
    text: Text
    help: Text | None = None


class WordsFile(Record, frozen=True, kw_only=True):
    """``national/words.yaml``."""

    words: Many[Word]


class Gap(Record, frozen=True, kw_only=True):
    """Something the pack does not know about a place, and who does."""

    topic: Text
    what: Text
    who: Text
    about: Literal["sharing", "wallet"] | None = None
    """``sharing``, ``wallet``: told with the answers about sharing inside a province, or across provinces with the
    wallet; otherwise it is about what is paid."""


class PlaceFile(Record, frozen=True, kw_only=True):
    """``region.yaml`` of a place's folder."""

    code: RegionCode
    name: Text
    unknown: Many[Gap] = ()


# --- sharing and channels -----------------------------------------------------------------------


Topic = Literal[
    "eligibility", "deduct-order", "may-pay", "may-not-pay", "premium", "materials", "limit", "effect", "unbind",
    "usage", "check", "ends", "note", "wallet", "look-alike", "caution", "cause", "no-phone", "undo",
]


class Claim(Cited, frozen=True, kw_only=True):
    """One true sentence about family sharing, filed under a topic; ``from`` where it began on a known day.

    A ``cause`` is a reason why a payment failed: its ``title`` names it, its ``mend`` says what to do.
    """

    id: Id
    topic: Topic
    text: Text
    title: Text | None = None
    from_: date | None = msgspec.field(name="from", default=None)
    scope: Literal["province", "wallet", "any", "code"] = "province"
    """What it speaks of: sharing inside the province, the wallet, both, or only showing a relative's code."""
    mend: Many[Text] = ()
    """What to do next, step by step."""
    who: Text | None = None
    """Who helps where that does not."""
    says: Literal["one-payer", "several-payers", "previous-years"] | None = None
    """What the program may conclude: one relative is bound by one payer only, or by several; or only what is left
    of earlier years can be shared."""


class BindingChannel(Cited, frozen=True, kw_only=True):
    """A place where sharing is set up, with the real names of its buttons."""

    id: Id
    name: Text
    means: Means
    steps: Annotated[Many[Text], msgspec.Meta(min_length=1)]
    url: Text | None = None
    bring: Many[Text] = ()
    """What must be at hand."""
    scope: Literal["province", "wallet", "code"] = "province"
    """``wallet``: across provinces, through 医保钱包. ``code``: a relative's code is shown, no money shared."""
    replaces: Id | None = None
    """The general way this one is the local form of; the general one is then not shown beside it."""


class SharingFile(Record, frozen=True, kw_only=True):
    """``sharing.yaml``: how relatives use an account, in the nation or in one place."""

    term: Text | None = None
    """What the function is called there."""
    bindings: Many[BindingChannel] = ()
    claims: Many[Claim] = ()


class Need(Record, frozen=True, kw_only=True):
    """Something people want to find out or get done."""

    id: Id
    label: Text
    about: Literal["account", "card", "safety"]
    help: Text | None = None


class NeedsFile(Record, frozen=True, kw_only=True):
    """``national/needs.yaml``."""

    needs: Many[Need]


class Answer(Cited, frozen=True, kw_only=True):
    """How one channel meets one need."""

    need: Id
    steps: Annotated[Many[Text], msgspec.Meta(min_length=1)]
    bring: Many[Text] = ()
    cannot: Text | None = None
    """What this channel does not show."""
    by: Literal["self", "family", "any"] = "self"
    """Who can ask so: the person it is about, a relative in the person's stead, or anybody."""


class Channel(Record, frozen=True, kw_only=True):
    """An official way to ask: an app, a site, a phone number, a counter."""

    id: Id
    name: Text
    means: Means
    url: Text | None = None
    phone: Text | None = None
    answers: Annotated[Many[Answer], msgspec.Meta(min_length=1)]


class ChannelsFile(Record, frozen=True, kw_only=True):
    """``channels.yaml``, of the nation or of one place."""

    channels: Many[Channel]


# --- questions ----------------------------------------------------------------------------------


class Option(Record, frozen=True, kw_only=True):
    """An answer that can be chosen."""

    id: Id
    label: Text
    help: Text | None = None
    claim: Id | None = None
    """The national sentence on sharing this answer comes down to: a cause found, or how to find out."""


class AmountField(Record, frozen=True, kw_only=True):
    """One amount （元） of a form."""

    id: Id
    label: Text
    help: Text | None = None
    required: bool = False


class Step(Record, frozen=True, kw_only=True):
    """A stage of a wizard, shown in its list of steps; ``when`` as with questions."""

    id: Id
    label: Text
    when: dict[str, Many[str]] = {}


class Question(Record, frozen=True, kw_only=True):
    """One page of a wizard. ``when`` maps earlier questions or facts to the answers that lead here."""

    id: Id
    step: Id
    kind: Literal["choice", "several", "amounts", "date", "place"]
    title: Text
    short: Text
    """Its name in the list of answers."""
    help: Text | None = None
    options: Many[Option] = ()
    options_from: Id | None = None
    """Options that depend on the place: the name under which the wizard supplies them."""
    fields: Many[AmountField] = ()
    fields_from: Id | None = None
    """Fields that depend on the place: the name under which the wizard supplies them."""
    when: dict[str, Many[str]] = {}
    stop: Many[Id] = ()
    """Answers after which nothing more need be asked."""
    per: Many[Id] = ()
    """What it is asked anew for, e.g. ``[payer]``, or ``[payer, member]`` for each pair; empty, it is asked once."""
    adds: dict[str, Id] = {}
    """Answers that bring in one more of what ``per`` names; what is asked for it is then asked anew."""


class FlowFile(Record, frozen=True, kw_only=True):
    """``national/flows/*.yaml``: the questions of a wizard, in order."""

    id: Id
    title: Text
    steps: Annotated[Many[Step], msgspec.Meta(min_length=1)]
    questions: Annotated[Many[Question], msgspec.Meta(min_length=1)]


# --- guides, glossary, what can be paid, corrected rumours -------------------------------------------


class Paragraph(Cited, frozen=True, kw_only=True):
    """A short piece of a guide. ``varies`` marks what every place settles for itself."""

    text: Text
    heading: Text | None = None
    varies: bool = False


class Guide(Record, frozen=True, kw_only=True):
    """``national/guides/*.yaml``: one topic on one page, the answer first."""

    id: Id
    title: Text
    asked: Many[Text] = ()
    """The question in people's own words, for search."""
    summary: Text
    """One or two sentences that already help."""
    paragraphs: Annotated[Many[Paragraph], msgspec.Meta(min_length=1)]
    then: Many[Literal["sharing", "bill", "channels"]] = ()
    """Wizards worth opening next."""
    related: Many[Id] = ()
    """Other guides."""


class LocalNote(Cited, frozen=True, kw_only=True):
    """What a place adds to a guide."""

    guide: Id
    text: Text


class LocalGuidesFile(Record, frozen=True, kw_only=True):
    """``guides.yaml`` of a place."""

    notes: Many[LocalNote]


class Term(Record, frozen=True, kw_only=True):
    """A term in one plain sentence."""

    id: Id
    term: Text
    also: Many[Text] = ()
    """Other names people use."""
    text: Text


class GlossaryFile(Record, frozen=True, kw_only=True):
    """``national/glossary.yaml``."""

    terms: Many[Term]


Purse = Literal["pool", "own", "shared"]
"""统筹基金 · 自己的个人账户 · 家人共济的账户."""


PayableAnswer = Literal["yes", "no", "by-place", "unknown"]


class Payable(Cited, frozen=True, kw_only=True):
    """Whether one purse may pay for one thing, and the rule behind it."""

    item: Id
    purse: Purse
    answer: PayableAnswer
    why: Text


class PayableItem(Record, frozen=True, kw_only=True):
    """Something people want to pay for."""

    id: Id
    label: Text
    asked: Many[Text] = ()


class PayableFile(Record, frozen=True, kw_only=True):
    """``payable.yaml``: the nation lists the items; a place only answers."""

    items: Many[PayableItem] = ()
    answers: Many[Payable] = ()


class Rumour(Cited, frozen=True, kw_only=True):
    """A claim that circulates and is wrong, with what is true. ``trap`` is its number in the trap lists."""

    id: Id
    trap: Text
    wrong: Text
    right: Text
    patterns: Many[Text] = ()
    """Regular expressions no other text of the pack may match."""


class RumoursFile(Record, frozen=True, kw_only=True):
    """``national/rumours.yaml``."""

    rumours: Many[Rumour]
