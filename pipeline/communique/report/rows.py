"""The commitments of a run as the rows of its table, each with the page that holds its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from communique.report import words
from communique_models import Commitment, Record

QUOTE = 240  # characters of evidence in a row; its page shows all


@dataclass(frozen=True, slots=True)
class Page:
    """A release of the run: its page, and what the tables show of it."""

    file: str  # without extension
    name: str
    title: str
    published: str
    issuer: str
    characters: int
    commitments: int
    notices: list[str]


def page_of(record: Record, name: str, file: str) -> Page:
    """What the run shows of a release."""
    release = record.release
    names = {party.id: party.name for party in record.parties}
    return Page(
        file=file,
        name=name,
        title=release.title or name,
        published=str(release.published_on or ""),
        issuer=names[release.issuer] if release.issuer else "",
        characters=release.characters,
        commitments=len(record.commitments),
        notices=[notice.code.value for notice in record.notices],
    )


def rows_of(record: Record, page: int) -> list[dict[str, Any]]:
    """The commitments of a record for the table; `page` is the number of its release in the run.

    Every text is as it is shown. Sums are `[currency, digits, words, counts]`; digits are plain, those by which it would add
    to a total.
    """
    return [_row(record, one, page) for one in record.commitments]


def _row(record: Record, one: Commitment, page: int) -> dict[str, Any]:
    names = {party.id: party.name for party in record.parties}
    amounts = {amount.id: amount for amount in record.amounts}
    dates = {when.id: when for when in record.dates}
    return {
        "r": page,
        "c": one.id,
        "who": [words.visible(names[party]) for party in one.providers],
        "whom": [words.visible(names[party]) for party in one.receivers],
        "action": one.action.value,
        "status": one.status.value,
        "sums": [
            [words.currency_of(it), f"{words.worth(it):f}", words.sum_words(it), it.id in one.counted.amounts]
            for it in (amounts[amount] for amount in one.amounts)
        ],
        "why": words.REASONS[one.counted.reason] if one.counted.reason else "",
        "items": [words.visible(words.item_words(item)) for item in one.items],
        "when": [words.visible(f"{use.role} {words.date_words(dates[use.date])}") for use in one.dates],
        "purposes": [purpose.value for purpose in one.purposes],
        "if": words.visible(one.condition.quote) if one.condition else "",
        "sure": one.confidence,
        "quote": words.visible(_cut(" ".join(one.evidence[0].quote.split()))),
    }


def _cut(quote: str) -> str:
    return quote if len(quote) <= QUOTE else f"{quote[: QUOTE - 1]}…"
