"""A record as rows of the tables, in an order in which they can be inserted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table

from communique.store import tables
from communique.store.lookups import MentionRole, PartyRole
from communique.store.tables import Row
from communique_models import Commitment, Mention, Record

KEY_DIGITS = 16  # of a release's id in the keys of its facts


def rows(record: Record, name: str) -> dict[Table, list[Row]]:
    """All rows of one record; `name` is the path of its file below the output folder."""
    return _Rows(record, name).made


class _Rows:
    def __init__(self, record: Record, name: str) -> None:
        self._release_id = record.release.id
        self.made: dict[Table, list[Row]] = {table: [] for table in tables.LOADED}
        self._place_of = record.place_of
        self._release(record, name)
        self._facts(record)
        for number, commitment in enumerate(record.commitments, 1):
            self._commitment(number, commitment)

    def _key(self, fact: str | None) -> str | None:
        return None if fact is None else f"{self._release_id[:KEY_DIGITS]}:{fact}"

    def _add(self, table: Table, **row: Any) -> None:
        self.made[table].append(row)

    def _mention(self, of: str, fact: str, mention: Mention, role: MentionRole = MentionRole.FACT) -> None:
        number = len(self.made[tables.mentions]) + 1
        row = {name: self._key(fact) if name == of else None for name in tables.MENTIONED}
        told = {"start_char": mention.start, "end_char": mention.end, "quote": mention.quote, "role": role.value}
        place = self._place_of(mention)
        found = {name: getattr(place, name) if place else None for name in tables.PLACE}
        self._add(tables.mentions, id=self._key(f"m{number}"), release_id=self._release_id, **row, **told, **found)

    def _release(self, record: Record, name: str) -> None:
        release = record.release
        told = release.model_dump(exclude={"published_basis"}, include=set(tables.releases.c.keys()))
        self._add(tables.releases, name=name, text=record.text, published_basis=release.published_basis.value, **told)
        made_by = record.provenance.model_dump(include=set(tables.records.c.keys()))
        told = {"schema_version": record.schema_version, "json": record.model_dump_json()}
        self._add(tables.records, release_id=release.id, **told, **made_by)
        for number, notice in enumerate(record.notices, 1):
            fact = f"n{number}"
            self._fact(tables.notices, number, fact, code=notice.code.value, message=notice.message)
            if notice.mention:
                self._mention("notice_id", fact, notice.mention)

    def _fact(self, table: Table, number: int, fact: str, **row: Any) -> None:
        self._add(table, id=self._key(fact), release_id=self._release_id, number=number, **row)

    def _facts(self, record: Record) -> None:
        for number, party in enumerate(record.parties, 1):
            told = {"name": party.name, "kind": party.kind.value, "country": party.country, "title": party.title}
            issues = party.id == record.release.issuer
            self._fact(tables.parties, number, party.id, represents_id=self._key(party.represents), is_issuer=issues, **told)
            for alias in dict.fromkeys(party.aliases):
                self._add(tables.party_aliases, party_id=self._key(party.id), alias=alias)
            for scheme, value in party.identifiers.items():
                self._add(tables.party_identifiers, party_id=self._key(party.id), scheme=scheme, value=value)
            for mention in party.mentions:
                self._mention("party_id", party.id, mention)
        for number, amount in enumerate(record.amounts, 1):
            told = amount.model_dump(mode="json", exclude={"id"}, include=set(tables.amounts.c.keys()))
            others = {"part_of_id": self._key(amount.part_of), "equivalent_of_id": self._key(amount.equivalent_of)}
            self._fact(tables.amounts, number, amount.id, **told, **others)
            self._mention("amount_id", amount.id, amount.mention)
        for number, when in enumerate(record.dates, 1):
            told = {"value": when.value, "precision": when.precision and when.precision.value, "anchor": when.anchor}
            self._fact(tables.dates, number, when.id, **told, begin_date=when.begin, end_date=when.end, rule=when.rule)
            self._mention("date_id", when.id, when.mention)

    def _commitment(self, number: int, commitment: Commitment) -> None:
        key = self._key(commitment.id)
        self._fact(
            tables.commitments,
            number,
            commitment.id,
            action=commitment.action.value,
            status=commitment.status.value,
            said_by_id=self._key(commitment.said_by),
            counted_reason=commitment.counted.reason.value if commitment.counted.reason else None,
            confidence=commitment.confidence,
            rules="\n".join(commitment.rules),
        )
        for part, people in ((PartyRole.PROVIDER, commitment.providers), (PartyRole.RECEIVER, commitment.receivers)):
            for position, party in enumerate(people, 1):
                told = {"role": part.value, "position": position, "party_id": self._key(party)}
                self._add(tables.commitment_parties, commitment_id=key, **told)
        for amount in dict.fromkeys(commitment.amounts):
            counted = amount in commitment.counted.amounts
            self._add(tables.commitment_amounts, commitment_id=key, amount_id=self._key(amount), counted=counted)
        for date_id, role in dict.fromkeys((use.date, use.role.value) for use in commitment.dates):
            self._add(tables.commitment_dates, commitment_id=key, date_id=self._key(date_id), role=role)
        for purpose in dict.fromkeys(commitment.purposes):
            self._add(tables.commitment_purposes, commitment_id=key, purpose=purpose.value)
        for place, item in enumerate(commitment.items, 1):
            fact = f"{commitment.id}.i{place}"
            told = item.model_dump(mode="json", include=set(tables.items.c.keys()))
            self._add(tables.items, id=self._key(fact), commitment_id=key, number=place, **told)
            self._mention("item_id", fact, item.mention)
        for told_as, mention in _mentions(commitment):
            self._mention("commitment_id", commitment.id, mention, told_as)


def _mentions(commitment: Commitment) -> Iterator[tuple[MentionRole, Mention]]:
    """The mentions of a commitment with what each is to it."""
    yield MentionRole.TRIGGER, commitment.trigger
    yield from ((MentionRole.EVIDENCE, mention) for mention in commitment.evidence)
    yield from ((MentionRole.RESTATED, mention) for mention in commitment.restated)
    if commitment.programme:
        yield MentionRole.PROGRAMME, commitment.programme
    if commitment.condition:
        yield MentionRole.CONDITION, commitment.condition
