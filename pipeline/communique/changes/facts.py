"""The facts of a record as two runs are compared: by their words, each field in words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from communique.report import words
from communique_models import Commitment, Mention, Record

BEFORE, AFTER = 120, 180  # letters of the line around a mention that are shown


@dataclass(frozen=True, slots=True)
class Told:
    """A fact: what tells it from others (`key`, else one of `others`), its words, its sentence, and its fields in words."""

    key: Hashable
    quote: str
    fields: dict[str, str]
    others: tuple[Hashable, ...] = ()
    evidence: str = ""


def facts_of(kind: str, record: Record) -> list[Told]:
    """The facts of one of `KINDS`, in the order of the record."""
    return list(KINDS[kind](record, _Places(record.text)))


class _Places:
    """The words of a mention and which occurrence of them it is: the same in two texts that differ elsewhere."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self, mention: Mention) -> tuple[str, int]:
        return " ".join(mention.quote.split()), self._text.count(mention.quote, 0, mention.end)

    def line(self, mention: Mention) -> str:
        """The line around a mention, as much of it as is shown."""
        begin = self._text.rfind("\n", 0, mention.start) + 1
        end = self._text.find("\n", mention.end)
        line = self._text[begin : end if end >= 0 else None]
        at = mention.start - begin
        return " ".join(line[max(0, at - BEFORE) : at + AFTER].split())


def _release(record: Record, _: _Places) -> Iterator[Told]:
    names = {party.id: party.name for party in record.parties}
    release = record.release
    fields = {
        "title": release.title or "",
        "published_on": str(release.published_on or ""),
        "issuer": names.get(release.issuer or "", ""),
        "language": release.language or "",
    }
    yield Told("release", release.title or release.source or "", fields)


def _parties(record: Record, places: _Places) -> Iterator[Told]:
    names = {party.id: party.name for party in record.parties}
    for party in record.parties:
        fields = {
            "name": party.name,
            "kind": party.kind.value,
            "aliases": ", ".join(sorted(party.aliases)),
            "country": party.country or "",
            "title": party.title or "",
            "represents": names.get(party.represents or "", ""),
        }
        yield Told(party.name, party.name, fields, tuple(map(places, party.mentions)), places.line(party.mentions[0]))


def _amounts(record: Record, places: _Places) -> Iterator[Told]:
    quotes = {amount.id: amount.mention.quote for amount in record.amounts}
    for amount in record.amounts:
        fields = {
            "sum": words.sum_words(amount),
            "basis": amount.basis.value,
            "part_of": quotes.get(amount.part_of or "", ""),
            "equivalent_of": quotes.get(amount.equivalent_of or "", ""),
        }
        yield Told(places(amount.mention), amount.mention.quote, fields, evidence=places.line(amount.mention))


def _dates(record: Record, places: _Places) -> Iterator[Told]:
    for when in record.dates:
        days = f"{when.begin or ''}/{when.end or ''}" if when.begin or when.end else ""
        fields = {"value": when.value or "", "days": days}
        yield Told(places(when.mention), when.mention.quote, fields, evidence=places.line(when.mention))


def _commitments(record: Record, places: _Places) -> Iterator[Told]:
    for one in record.commitments:
        others = (*map(places, one.restated), *(("evidence", *places(mention)) for mention in one.evidence))
        evidence = " ".join(one.evidence[0].quote.split())
        yield Told(places(one.trigger), one.trigger.quote, _commitment(record, one), others, evidence)


def _commitment(record: Record, one: Commitment) -> dict[str, str]:
    names = {party.id: party.name for party in record.parties}
    sums = {amount.id: words.sum_words(amount) for amount in record.amounts}
    dates = {when.id: words.date_words(when) for when in record.dates}
    return {
        "providers": ", ".join(names[party] for party in one.providers),
        "receivers": ", ".join(names[party] for party in one.receivers),
        "said_by": names.get(one.said_by or "", ""),
        "action": one.action.value,
        "status": one.status.value,
        "amounts": ", ".join(sums[amount] for amount in one.amounts),
        "counted": ", ".join(sums[amount] for amount in one.counted.amounts),
        "items": ", ".join(map(words.item_words, one.items)),
        "dates": ", ".join(f"{use.role} {dates[use.date]}" for use in one.dates),
        "purposes": ", ".join(one.purposes),
        "condition": one.condition.quote if one.condition else "",
        "programme": one.programme.quote if one.programme else "",
        "confidence": f"{one.confidence:.2f}",
    }


def _notices(record: Record, places: _Places) -> Iterator[Told]:
    for notice in record.notices:
        where = places(notice.mention) if notice.mention else ("", 0)
        fields = {"code": words.spaced(notice.code), "message": notice.message}
        yield Told((notice.code, where), notice.mention.quote if notice.mention else notice.message, fields)


KINDS: dict[str, Callable[[Record, _Places], Iterator[Told]]] = {
    "release": _release,
    "party": _parties,
    "amount": _amounts,
    "date": _dates,
    "commitment": _commitments,
    "notice": _notices,
}
