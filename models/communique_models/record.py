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

    start: int = Field(ge=0, description="its first character, counted from 0")
    end: int = Field(gt=0, description="the character after its last")
    quote: str = Field(min_length=1, description="the words themselves")

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

    start: int = Field(ge=0, description="the stretch's first character in the text")
    end: int = Field(gt=0, description="the character after its last")
    page: int | None = Field(default=None, ge=1, exclude_if=_is_none, description="of a PDF")
    paragraph: int | None = Field(default=None, ge=1, exclude_if=_is_none, description="of a Word document, empty ones counted")
    line: int | None = Field(default=None, ge=1, exclude_if=_is_none, description="of a text file")
    path: str | None = Field(default=None, min_length=1, exclude_if=_is_none, description="XPath, field of a table, part of mail")

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
    media_type: str | None = Field(default=None, description="what kind of file it was read from")
    title: str | None = Field(default=None, description="the headline, as told beside the text, by the file or by the text")
    issuer: PartyId | None = Field(default=None, description="the party of the text that publishes it")
    publisher: str | None = Field(default=None, description="who publishes it, as told beside the text or by the file")
    published_on: date | None = Field(default=None, description="day of publication, from which relative dates are seen")
    published_basis: PublishedBasis = Field(default=PublishedBasis.NONE, description="what told the day of publication")
    dateline_place: str | None = Field(default=None, description="the place that the text's first line names")
    language: str | None = Field(default=None, description="ISO 639-1")
    characters: int = Field(ge=0, description="length of the text in Unicode code points")


class Party(_Model):
    """A person, organisation, state or group that acts, speaks, gives, receives or is bound."""

    id: PartyId
    name: str = Field(min_length=1, description="the fullest form of its name in the text")
    aliases: list[str] = Field(default=[], description="the other forms")
    kind: Kind = Field(description="what it is")
    country: Alpha2 | None = Field(default=None, description="ISO 3166 alpha-2")
    title: str | None = Field(default=None, description="a person's office")
    represents: PartyId | None = Field(default=None, description="the party that it speaks for, acts for or belongs to")
    identifiers: dict[str, str] = Field(default={}, description="scheme to value, from the user's own list of parties")
    mentions: list[Mention] = Field(min_length=1, description="in reading order")


class Amount(_Model):
    """A sum of money in a currency."""

    id: AmountId
    mention: Mention = Field(description="its words")
    currency: CurrencyCode | None = Field(description="ISO 4217; null where it is ambiguous")
    currency_basis: CurrencyBasis = Field(description="what told the currency")
    value: DecimalString | None = Field(default=None, description="in whole units of the currency; null for a range")
    low: DecimalString | None = Field(default=None, description="lower end of a range")
    high: DecimalString | None = Field(default=None, description="upper end of a range")
    comparator: Comparator = Field(default=Comparator.EQUAL, description="how the sum stands to its number")
    per: Per | None = Field(default=None, description="the unit of a rate")
    part_of: AmountId | None = Field(default=None, description="the sum of which it is a part")
    equivalent_of: AmountId | None = Field(default=None, description="the sum that it tells again in another currency")
    basis: Basis = Field(default=Basis.NEW, description="what the sum is: new money or not")

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
    mention: Mention = Field(description="its words")
    value: str | None = Field(default=None, description="EDTF, ISO 8601 duration or R/…; null where it could not be placed")
    begin: date | None = Field(default=None, description="first day; null for a length, or where it is open")
    end: date | None = Field(default=None, description="last day, itself covered")
    precision: Precision | None = Field(default=None, description="how fine it is told")
    anchor: str = Field(
        default="absolute", pattern=r"^(absolute|release|d\d+)$", description="seen from nothing, the release, or a date"
    )
    rule: str = Field(description="the rule that read it")


class DateUse(_Model):
    """A date of a commitment and what it is to it."""

    date: DateId
    role: DateRole = Field(description="what it is to the commitment")


class Item(_Model):
    """What is given in kind: 6 patrol boats, 1,000 tonnes of rice."""

    quantity: DecimalString | None = Field(default=None, description="how many")
    unit: str | None = Field(default=None, description="of what measure, like tonnes; null where things are counted")
    description: str = Field(description="what it is")
    mention: Mention = Field(description="its words")


class Counted(_Model):
    """Those amounts of a commitment that add to a total; where they are not all, the reason."""

    amounts: list[AmountId] = Field(default=[], description="those that add to a total")
    reason: Uncounted | None = Field(default=None, description="why the others do not; null where all count")


class Commitment(_Model):
    """Who undertakes what for whom, how much, by when, how firmly."""

    id: CommitmentId
    trigger: Mention = Field(description="the verb or noun that carries it")
    evidence: list[Mention] = Field(min_length=1, description="the sentences that say it")
    restated: list[Mention] = Field(default=[], description="the triggers of its other tellings in this release")
    providers: list[PartyId] = Field(min_length=1, description="who gives or is bound")
    receivers: list[PartyId] = Field(default=[], description="who benefits, or the counterparty")
    said_by: PartyId | None = Field(default=None, description="who says it, where only a quotation does")
    action: Action = Field(description="what the provider does")
    status: Status = Field(description="how firmly it stands")
    amounts: list[AmountId] = Field(default=[], description="the sums that it is about")
    items: list[Item] = Field(default=[], description="what is given in kind")
    dates: list[DateUse] = Field(default=[], description="its dates, each with what it is to it")
    purposes: list[Purpose] = Field(default=[], description="what it is for")
    programme: Mention | None = Field(default=None, description="the programme or fund that it is part of")
    condition: Mention | None = Field(default=None, description="what it depends on")
    counted: Counted = Field(default=Counted(), description="which of its sums add to a total")
    confidence: float = Field(ge=0, le=1, description="how likely the release says it so, as a model estimates")
    rules: list[str] = Field(default=[], description="the rules that found it")


class Notice(_Model):
    """Something that could not be settled, and why."""

    code: NoticeCode
    message: str = Field(description="in plain English")
    mention: Mention | None = Field(default=None, description="the words that it is about")


class Provenance(_Model):
    """What made the record: enough to make it again."""

    tool: str = "communique"
    version: str = Field(description="of communique")
    model: str = Field(description="spaCy model")
    model_version: str
    model_sha256: Sha256 = Field(description="of the model's files")
    lexicons_sha256: Sha256 = Field(description="of all lexicons")
    settings_sha256: Sha256 = Field(description="of the settings")


class Record(_Model):
    """One press release as data, every fact tied to the words that say it."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    release: Release
    text: str = Field(description="what all offsets count in")
    places: list[Place] = Field(default=[], description="in reading order; empty where the text is the file")
    parties: list[Party] = Field(default=[], description="who is named, in reading order")
    amounts: list[Amount] = Field(default=[], description="all sums of money, also those of no commitment")
    dates: list[Date] = Field(default=[], description="all dates and lengths of time")
    commitments: list[Commitment] = Field(default=[], description="who undertakes what for whom")
    notices: list[Notice] = Field(default=[], description="what could not be settled")
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
