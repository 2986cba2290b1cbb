"""The record that one press release becomes.

Every fact carries the words that say it; a record whose quotes differ from its text, or whose ids point nowhere,
cannot be constructed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from communique_models.enums import (
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

SCHEMA_VERSION: Literal["1.0"] = "1.0"


def _decimal(value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"{value!r} is no decimal number") from None
    if not number.is_finite():
        raise ValueError(f"{value!r} is no finite number")
    return value


DecimalString = Annotated[str, AfterValidator(_decimal), Field(pattern=r"^-?\d+(\.\d+)?$")]
"""A decimal number in plain digits, such as ``75000000000``; below zero only where a loss is told as ``$(3.2) million``."""
PartyId = Annotated[str, Field(pattern=r"^p\d+$")]
AmountId = Annotated[str, Field(pattern=r"^a\d+$")]
DateId = Annotated[str, Field(pattern=r"^d\d+$")]
CommitmentId = Annotated[str, Field(pattern=r"^c\d+$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Alpha2 = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
CurrencyCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


def _is_none(value: object) -> bool:
    return value is None


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mention(_Model):
    """Words of the text: ``text[start:end] == quote``, in Unicode code points."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    quote: str = Field(min_length=1)

    @model_validator(mode="after")
    def _spans(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"{self.quote!r} does not fill {self.start}:{self.end}")
        return self


class Place(_Model):
    """Where a stretch of the text stands in the file that it was read from; offsets as in `Mention`.

    What its format knows is told: the page of a PDF, the paragraph of a Word document, the line of a text file, and a path: the
    XPath of an element of HTML or XML, the field of a table, the header or the part of a mail. All numbers count from one.
    """

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    page: int | None = Field(default=None, ge=1, exclude_if=_is_none)
    paragraph: int | None = Field(default=None, ge=1, exclude_if=_is_none)
    line: int | None = Field(default=None, ge=1, exclude_if=_is_none)
    path: str | None = Field(default=None, min_length=1, exclude_if=_is_none)

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"{self.start}:{self.end} is no stretch of a text")
        if all(told is None for told in (self.page, self.paragraph, self.line, self.path)):
            raise ValueError("a place has a page, a paragraph, a line or a path")
        return self


class Release(_Model):
    """The release itself: where it came from, who issued it and when."""

    id: Sha256 = Field(description="sha256 of the text in UTF-8")
    source: str | None = Field(default=None, description="path below the input folder, or URI")
    raw_sha256: Sha256 | None = Field(default=None, description="sha256 of the bytes that were read")
    media_type: str | None = None
    title: str | None = None
    issuer: PartyId | None = Field(default=None, description="the party of the text that publishes it")
    publisher: str | None = Field(default=None, description="who publishes it, as told beside the text or by the file")
    published_on: date | None = None
    published_basis: PublishedBasis = PublishedBasis.NONE
    dateline_place: str | None = None
    language: str | None = Field(default=None, description="ISO 639-1")
    characters: int = Field(ge=0)


class Party(_Model):
    """A person, organisation, state or group that acts, speaks, gives, receives or is bound."""

    id: PartyId
    name: str = Field(min_length=1)
    aliases: list[str] = []
    kind: Kind
    country: Alpha2 | None = Field(default=None, description="ISO 3166 alpha-2")
    title: str | None = Field(default=None, description="a person's office")
    represents: PartyId | None = None
    identifiers: dict[str, str] = Field(default={}, description="scheme to value, from the user's own list of parties")
    mentions: list[Mention] = Field(min_length=1)


class Amount(_Model):
    """A sum of money in a currency."""

    id: AmountId
    mention: Mention
    currency: CurrencyCode | None = Field(description="ISO 4217; null where it is ambiguous")
    currency_basis: CurrencyBasis
    value: DecimalString | None = None
    low: DecimalString | None = None
    high: DecimalString | None = None
    comparator: Comparator = Comparator.EQUAL
    per: Per | None = None
    part_of: AmountId | None = None
    equivalent_of: AmountId | None = None
    basis: Basis = Basis.NEW

    @model_validator(mode="after")
    def _number(self) -> Self:
        ranged = self.low is not None or self.high is not None
        if ranged == (self.value is not None):
            raise ValueError("an amount has a value, or a low and a high")
        if ranged != (self.comparator is Comparator.RANGE):
            raise ValueError("comparator range goes with low and high, and they with it")
        return self


class Date(_Model):
    """A point, span, length or repetition of time.

    ``value`` is EDTF (ISO 8601-2), an ISO 8601 duration, or ``R/…`` when repeated; ``begin`` and ``end`` are the first and
    last day that it covers.
    """

    id: DateId
    mention: Mention
    value: str | None = None
    begin: date | None = None
    end: date | None = None
    precision: Precision | None = None
    anchor: str = Field(default="absolute", pattern=r"^(absolute|release|d\d+)$")
    rule: str


class DateUse(_Model):
    """A date of a commitment and what it is to it."""

    date: DateId
    role: DateRole


class Item(_Model):
    """What is given in kind: 6 patrol boats, 1,000 tonnes of rice."""

    quantity: DecimalString | None = None
    unit: str | None = None
    description: str
    mention: Mention


class Counted(_Model):
    """Those amounts of a commitment that add to a total; where they are not all, the reason."""

    amounts: list[AmountId] = []
    reason: Uncounted | None = None


class Commitment(_Model):
    """Who undertakes what for whom, how much, by when, how firmly."""

    id: CommitmentId
    trigger: Mention
    evidence: list[Mention] = Field(min_length=1)
    restated: list[Mention] = []
    providers: list[PartyId] = Field(min_length=1)
    receivers: list[PartyId] = []
    said_by: PartyId | None = None
    action: Action
    status: Status
    amounts: list[AmountId] = []
    items: list[Item] = []
    dates: list[DateUse] = []
    purposes: list[Purpose] = []
    programme: Mention | None = None
    condition: Mention | None = None
    counted: Counted = Counted()
    confidence: float = Field(ge=0, le=1)
    rules: list[str] = []


class Notice(_Model):
    """Something that could not be settled, and why."""

    code: NoticeCode
    message: str
    mention: Mention | None = None


class Provenance(_Model):
    """What made the record: enough to make it again."""

    tool: str = "communique"
    version: str
    model: str
    model_version: str
    model_sha256: Sha256
    lexicons_sha256: Sha256
    settings_sha256: Sha256


class Record(_Model):
    """One press release as data, every fact tied to the words that say it."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    release: Release
    text: str
    places: list[Place] = Field(default=[], description="in reading order; empty where the text is the file")
    parties: list[Party] = []
    amounts: list[Amount] = []
    dates: list[Date] = []
    commitments: list[Commitment] = []
    notices: list[Notice] = []
    provenance: Provenance

    def mentions(self) -> Iterator[Mention]:
        """All mentions of the record, those of notices included."""
        for party in self.parties:
            yield from party.mentions
        yield from (amount.mention for amount in self.amounts)
        yield from (when.mention for when in self.dates)
        for commitment in self.commitments:
            yield commitment.trigger
            yield from commitment.evidence
            yield from commitment.restated
            yield from (item.mention for item in commitment.items)
            yield from (mention for mention in (commitment.programme, commitment.condition) if mention)
        yield from (notice.mention for notice in self.notices if notice.mention)

    def place_of(self, mention: Mention) -> Place | None:
        """Where a mention, by its first character, stands in the file that was read; None where the text alone tells."""
        i = bisect_right(self.places, mention.start, key=lambda place: place.start) - 1
        return self.places[i] if i >= 0 and mention.start < self.places[i].end else None

    @model_validator(mode="after")
    def _placed(self) -> Self:
        end = 0
        for place in self.places:
            if place.start < end or place.end > len(self.text):
                raise ValueError(f"the place {place.start}:{place.end} lies in another one, or beyond the text")
            end = place.end
        return self

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        for mention in self.mentions():
            if self.text[mention.start : mention.end] != mention.quote:
                raise ValueError(f"the text at {mention.start}:{mention.end} does not read {mention.quote!r}")
        return self

    @model_validator(mode="after")
    def _connected(self) -> Self:
        parties = _numbered("p", (party.id for party in self.parties))
        amounts = _numbered("a", (amount.id for amount in self.amounts))
        dates = _numbered("d", (when.id for when in self.dates))
        _numbered("c", (commitment.id for commitment in self.commitments))
        _known(parties, "issuer", [self.release.issuer])
        for party in self.parties:
            _known(parties, f"{party.id}.represents", [party.represents])
        for amount in self.amounts:
            _known(amounts - {amount.id}, f"{amount.id}.part_of", [amount.part_of])
            _known(amounts - {amount.id}, f"{amount.id}.equivalent_of", [amount.equivalent_of])
        for when in self.dates:
            if re.match(r"d\d", when.anchor):
                _known(dates - {when.id}, f"{when.id}.anchor", [when.anchor])
        for c in self.commitments:
            _known(parties, c.id, [*c.providers, *c.receivers, c.said_by])
            _known(amounts, c.id, c.amounts)
            _known(set(c.amounts), f"{c.id}.counted", c.counted.amounts)
            _known(dates, c.id, [use.date for use in c.dates])
        return self


def _numbered(prefix: str, ids: Iterable[str]) -> set[str]:
    """The ids, checked to count up from one in their order."""
    told = list(ids)
    if told != [f"{prefix}{number}" for number in range(1, len(told) + 1)]:
        raise ValueError(f"the ids {told} do not count up from {prefix}1")
    return set(told)


def _known(ids: set[str], where: str, told: Iterable[str | None]) -> None:
    for one in told:
        if one is not None and one not in ids:
            raise ValueError(f"{where} names {one}, which is not there")
