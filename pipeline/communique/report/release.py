"""A record as its page shows it: the text in marked paragraphs, and a card a commitment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.report import words
from communique.report.marks import Mark, Paragraph, paragraphs, used
from communique_models import Amount, Commitment, Record

KINDS = {"party": "parties", "amount": "sums", "date": "dates", "trigger": "commitments", "part": "items and conditions"}
"""The kinds of marks, with the words of their legend."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of a commitment in words, and whether it adds to a total."""

    told: str
    note: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A commitment in words, for people."""

    id: str
    number: int
    trigger: str
    who: str
    whom: str
    said_by: str | None
    action: str
    status: str
    sums: list[Sum]
    why_not: str | None
    items: list[str]
    dates: list[tuple[str, str]]  # what it is to the commitment, and when
    programme: str | None
    condition: str | None
    purposes: list[str]
    confidence: float
    rules: list[str]
    evidence: list[str]
    restated: int


def text_of(record: Record) -> list[Paragraph]:
    """The text of a record, its mentions marked."""
    return list(paragraphs(record.text, marks_of(record), record.release.title))


def marks_of(record: Record) -> Iterator[Mark]:
    """The mentions of a record with what they say."""
    of = used(record)

    def known(start: int, end: int, fact: str) -> tuple[str, ...]:
        return tuple(of.get((start, end, fact), ()))

    names = {party.id: party.name for party in record.parties}
    for party in record.parties:
        represents = f", for {names[party.represents]}" if party.represents else ""
        told = f"{party.name} ({words.spaced(party.kind)}{represents})"
        for one in party.mentions:
            yield Mark(one.start, one.end, "party", told, known(one.start, one.end, party.id))
    for amount in record.amounts:
        one = amount.mention
        basis = words.basis_words(amount)
        told = f"{words.sum_words(amount)}{f', {basis}' if basis else ''}"
        yield Mark(one.start, one.end, "amount", told, known(one.start, one.end, amount.id))
    for when in record.dates:
        one = when.mention
        yield Mark(one.start, one.end, "date", words.date_words(when), known(one.start, one.end, when.id))
    for commitment in record.commitments:
        yield from _marks_of(commitment)


def _marks_of(one: Commitment) -> Iterator[Mark]:
    of = (one.id,)
    told = f"commitment {number_of(one)}: {one.action}, {one.status}"
    yield Mark(one.trigger.start, one.trigger.end, "trigger", told, of)
    for mention in one.restated:
        yield Mark(mention.start, mention.end, "again", f"commitment {number_of(one)} told again", of)
    for mention in one.evidence:
        yield Mark(mention.start, mention.end, "evidence", commitments=of)
    for item in one.items:
        yield Mark(item.mention.start, item.mention.end, "part", f"in kind: {words.item_words(item)}", of)
    for name, part in (("programme", one.programme), ("condition", one.condition)):
        if part:
            yield Mark(part.start, part.end, "part", name, of)


def number_of(commitment: Commitment) -> int:
    """The number in a commitment's id."""
    return int(commitment.id[1:])


def cards_of(record: Record) -> list[Card]:
    """The commitments of a record in words."""
    names = {party.id: party.name for party in record.parties}
    amounts = {amount.id: amount for amount in record.amounts}
    dates = {when.id: when for when in record.dates}
    return [
        Card(
            id=one.id,
            number=number_of(one),
            trigger=one.trigger.quote,
            who=words.listed(names[party] for party in one.providers),
            whom=words.listed(names[party] for party in one.receivers) if one.receivers else "",
            said_by=names[one.said_by] if one.said_by else None,
            action=one.action.value,
            status=one.status.value,
            sums=[_sum(amounts[amount], amount in one.counted.amounts) for amount in one.amounts],
            why_not=words.REASONS[one.counted.reason] if one.counted.reason else None,
            items=[words.item_words(item) for item in one.items],
            dates=[(use.role.value, words.date_words(dates[use.date])) for use in one.dates],
            programme=one.programme.quote if one.programme else None,
            condition=one.condition.quote if one.condition else None,
            purposes=[purpose.value for purpose in one.purposes],
            confidence=one.confidence,
            rules=list(one.rules),
            evidence=[mention.quote for mention in one.evidence],
            restated=len(one.restated),
        )
        for one in record.commitments
    ]


def _sum(amount: Amount, counted: bool) -> Sum:
    return Sum(words.sum_words(amount), words.basis_words(amount), counted)


def page_name(record: Record, name: str) -> str:
    """The name of a record's page without extension: what people know it by, and what tells it from all others."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.rsplit("/", 1)[-1].casefold()).strip("-")[:60]
    return f"{stem or 'release'}-{record.release.id[:10]}"
