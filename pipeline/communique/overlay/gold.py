"""A corrected record -> gold: what a correct record of its release is, every mention as a quote and which occurrence of it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from communique_models import Amount, Commitment, Date, Kind, Mention, Party, Record

Gold = dict[str, Any]


def gold_of(record: Record, name: str) -> Gold:
    """The gold of a record; who is unnamed (`small businesses in Cornwall`) stands among the receivers, not among the parties."""
    text = record.text
    named = [one for one in record.parties if is_named(one)]
    names = {one.id: one.name for one in record.parties}
    core = {record.release.issuer}
    core.update(id_ for one in record.commitments for id_ in (*one.providers, *one.receivers, one.said_by))
    places = {one.id: number for number, one in enumerate(record.amounts)}
    days = {one.id: number for number, one in enumerate(record.dates)}
    return {
        "id": name,
        "published_on": _day(record.release.published_on),
        "parties": [_party(one, names, core=one.id in core) for one in named],
        "amounts": [_amount(text, one, places) for one in record.amounts],
        "dates": [_date(text, one) for one in record.dates],
        "commitments": [_commitment(text, one, names, places, days) for one in record.commitments],
    }


def is_named(party: Party) -> bool:
    """Whether a party goes by a name: a group whose words begin small, or with a number, does not."""
    return party.kind is not Kind.GROUP or party.name.removeprefix("the ")[:1].isupper()


def quoted(text: str, mention: Mention) -> Gold:
    """A mention as its quote and which occurrence of it, however the words are spaced, it is."""
    words = r"\s+".join(re.escape(word) for word in mention.quote.split())
    starts = [match.start() for match in re.finditer(words, text)]
    start = mention.start + len(mention.quote) - len(mention.quote.lstrip())
    return {"quote": mention.quote.strip(), "nth": sum(one <= start for one in starts)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _party(party: Party, names: dict[str, str], *, core: bool) -> Gold:
    told: Gold = {"name": party.name, "aliases": party.aliases, "kind": party.kind.value}
    if party.represents:
        told["represents"] = names[party.represents]
    return {**told, "core": core}


def _amount(text: str, amount: Amount, places: dict[str, int]) -> Gold:
    numbers = ("value",) if amount.value is not None else ("low", "high")
    told: Gold = {**quoted(text, amount.mention), "currency": amount.currency}
    told |= {name: getattr(amount, name) for name in numbers}
    told |= {"comparator": amount.comparator.value, "per": amount.per and amount.per.value}
    told |= {"part_of": places.get(amount.part_of or ""), "basis": amount.basis.value}
    if amount.equivalent_of:
        told["equivalent_of"] = places[amount.equivalent_of]
    return told


def _date(text: str, when: Date) -> Gold:
    return {**quoted(text, when.mention), "value": when.value, "begin": _day(when.begin), "end": _day(when.end)}


def _commitment(text: str, one: Commitment, names: dict[str, str], places: dict[str, int], days: dict[str, int]) -> Gold:
    return {
        "trigger": quoted(text, one.trigger),
        "also": [quoted(text, mention) for mention in one.restated],
        "providers": [names[party] for party in one.providers],
        "receivers": [names[party] for party in one.receivers],
        "said_by": names[one.said_by] if one.said_by else None,
        "action": [one.action.value],
        "status": [one.status.value],
        "amounts": [places[amount] for amount in one.amounts],
        "dates": [{"date": days[use.date], "role": use.role.value} for use in one.dates],
        "condition": one.condition.quote if one.condition else None,
        "summary": " ".join(" ".join(mention.quote for mention in one.evidence).split()),
    }
