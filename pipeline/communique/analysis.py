"""What the steps find in one text, as they hand it on; a `Doc` carries it as ``doc._.communique``.

Positions are characters of the text; facts refer to each other by their index in the lists of `Analysis`, which are in
reading order once the step that fills them is done. Nothing here knows spaCy but the extension at the end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from spacy.tokens import Doc

from communique.segment import Layout, segment
from communique_models import (
    Action,
    Basis,
    Comparator,
    CurrencyBasis,
    DateRole,
    Kind,
    NoticeCode,
    Per,
    Precision,
    PublishedBasis,
    Purpose,
    Status,
    Uncounted,
)

Span = tuple[int, int]
"""First character and the one after the last."""
AmountKey = tuple[str | None, Decimal | None, Decimal | None, Decimal | None]
"""Currency, value, low and high: what makes two mentions the same sum."""


@dataclass(slots=True)
class Context:
    """What is known of a release as a whole: what came with it, then what its first lines say."""

    published_on: date | None = None
    published_basis: PublishedBasis = PublishedBasis.NONE
    title: str | None = None
    issuer: str | None = None
    country: str | None = None  # of the issuer, ISO 3166 alpha-2, as far as the text tells
    dateline_place: str | None = None
    language: str | None = None


@dataclass(slots=True)
class AmountFact:
    """A sum of money; ``value``, or ``low`` and ``high``. ``candidates`` are the currencies that an ambiguous sign may mean."""

    start: int
    end: int
    currency: str | None
    currency_basis: CurrencyBasis
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    comparator: Comparator = Comparator.EQUAL
    per: Per | None = None
    part_of: int | None = None
    equivalent_of: int | None = None
    basis: Basis = Basis.NEW
    candidates: tuple[str, ...] = ()
    rule: str = ""

    @property
    def key(self) -> AmountKey:
        """What makes two mentions the same sum."""
        return self.currency, self.value, self.low, self.high


@dataclass(slots=True)
class DateFact:
    """A time; ``anchor`` is absolute, release, or the index of the date that it is counted from."""

    start: int
    end: int
    value: str | None = None
    begin: date | None = None
    last: date | None = None
    precision: Precision | None = None
    anchor: str | int = "absolute"
    rule: str = ""


@dataclass(slots=True)
class PartyFact:
    """One party with all its mentions; ``represents`` is an index of `Analysis.parties`."""

    name: str
    kind: Kind
    mentions: list[Span]
    aliases: list[str] = field(default_factory=list)
    country: str | None = None
    title: str | None = None
    represents: int | None = None
    identifiers: dict[str, str] = field(default_factory=dict)
    rule: str = ""


@dataclass(slots=True)
class Quotation:
    """Words that somebody is said to have said, from the opening to the closing mark; ``speaker`` is a party's index."""

    start: int
    end: int
    speaker: int | None = None
    attribution: Span | None = None  # the words that attribute it: 'said Mr Eide'


@dataclass(slots=True)
class ItemFact:
    """What is given in kind."""

    start: int
    end: int
    quantity: Decimal | None
    unit: str | None
    description: str


@dataclass(slots=True)
class Candidate:
    """One who may receive: a party's index, or the phrase that names no party, with what speaks for and against it."""

    who: int | Span
    features: set[str] = field(default_factory=set)
    probability: float = 0.0
    seen: int = -1  # the character at which the undertaking's own sentence names it


@dataclass(slots=True)
class CommitmentFact:
    """One undertaking; parties, amounts and dates by index."""

    trigger: Span
    evidence: list[Span]
    action: Action
    status: Status
    providers: list[int]
    receivers: list[int] = field(default_factory=list)
    restated: list[Span] = field(default_factory=list)
    said_by: int | None = None
    amounts: list[int] = field(default_factory=list)
    items: list[ItemFact] = field(default_factory=list)
    dates: list[tuple[int, DateRole]] = field(default_factory=list)
    purposes: list[Purpose] = field(default_factory=list)
    programme: Span | None = None
    condition: Span | None = None
    counted: list[int] = field(default_factory=list)
    uncounted: Uncounted | None = None
    confidence: float = 0.5
    features: frozenset[str] = frozenset()  # what its confidence rests on
    candidates: list[Candidate] = field(default_factory=list)  # who may receive it
    rules: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that a step considered: kept or dropped, by which rule, and why. `communique explain` shows it."""

    step: str
    start: int
    end: int
    kept: bool
    rule: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A notice of the record to come."""

    code: NoticeCode
    message: str
    span: Span | None = None


@dataclass(slots=True)
class Analysis:
    """All that is known of one text so far."""

    text: str
    layout: Layout
    context: Context = field(default_factory=Context)
    amounts: list[AmountFact] = field(default_factory=list)
    dates: list[DateFact] = field(default_factory=list)
    parties: list[PartyFact] = field(default_factory=list)
    places: dict[int, PartyFact] = field(default_factory=dict)  # token index -> a state or region that is only a place there
    issuer: int | None = None
    party_at: dict[int, int] = field(default_factory=dict)  # token index -> party, for every token of a mention
    quotations: list[Quotation] = field(default_factory=list)
    commitments: list[CommitmentFact] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)

    def kept(self, step: str, span: Span, rule: str, reason: str = "") -> None:
        """Note that a step found a fact."""
        self.traces.append(Trace(step, *span, True, rule, reason))

    def dropped(self, step: str, span: Span, rule: str, reason: str) -> None:
        """Note that a step considered words and found no fact in them."""
        self.traces.append(Trace(step, *span, False, rule, reason))

    def quotation_at(self, character: int) -> Quotation | None:
        """The quotation that holds a character."""
        index = bisect_right(self.quotations, character, key=lambda quotation: quotation.start) - 1
        return self.quotations[index] if index >= 0 and character < self.quotations[index].end else None

    def amounts_in(self, start: int, end: int) -> Iterator[int]:
        """Indexes of the amounts that lie between two characters."""
        return _within(self.amounts, start, end)

    def dates_in(self, start: int, end: int) -> Iterator[int]:
        """Indexes of the dates that lie between two characters."""
        return _within(self.dates, start, end)


def _within(facts: Sequence[AmountFact | DateFact], start: int, end: int) -> Iterator[int]:
    """Indexes of the facts, which are in reading order, between two characters."""
    for index in range(bisect_left(facts, start, key=lambda fact: fact.start), len(facts)):
        if facts[index].start >= end:
            return
        if facts[index].end <= end:
            yield index


def analysis_of(doc: Doc, context: Context | None = None, text: str | None = None) -> Analysis:
    """The analysis that a doc carries, begun if it has none; a given context replaces its own.

    `text` is the doc's, which it joins anew from its words each time it is asked; `Analysis.text` has it at hand.
    """
    found: Analysis | None = doc._.communique
    if found is None:
        text = doc.text if text is None else text
        found = Analysis(text, segment(text))
        doc._.communique = found
    if context is not None:
        found.context = context
    return found


if not Doc.has_extension("communique"):
    Doc.set_extension("communique", default=None)
