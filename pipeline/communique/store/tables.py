"""The tables that records become, the same for every database.

A fact's key is its release's id, cut to 16 digits, a colon and its id in the record: ``9f86d081884c7d65:p1``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, Date, Float, ForeignKey, Integer, MetaData, Table, Text
from sqlalchemy.types import UserDefinedType

VERSION = 1
"""Of the tables' design; a database of another version is told, never written to."""

metadata = MetaData()


class Money(UserDefinedType[str]):
    """A decimal number that is bound as its digits: databases keep it exact, and sum and compare it as a number."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The column's type in SQL."""
        return "NUMERIC"


def _key() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _to(target: str, name: str, *, required: bool = False, primary: bool = False, cascade: bool = True) -> Column[str]:
    """A reference to a row that takes its referrers with it; within one release the order of insertion is free."""
    key = ForeignKey(f"{target}.id", ondelete="CASCADE" if cascade else None, deferrable=True, initially="DEFERRED")
    return Column(name, Text, key, nullable=not (required or primary), primary_key=primary, index=not primary)


def _release() -> Column[str]:
    return _to("releases", "release_id", required=True)


def _number() -> Column[int]:
    """The place of a fact in its record, in reading order."""
    return Column("number", Integer, nullable=False)


statuses = Table(
    "statuses",
    metadata,
    _key(),
    Column("rank", Integer, nullable=False, comment="from proposed to withdrawn"),
    Column("firm", Integer, nullable=False, comment="1 where new money counts"),
    Column("fts", Text, comment="OCHA FTS"),
    Column("kiel", Text, comment="Kiel trackers"),
)
status_iati = Table(
    "status_iati",
    metadata,
    _to("statuses", "status", primary=True),
    Column("transaction_type", Integer, primary_key=True, comment="IATI TransactionType"),
)
releases = Table(
    "releases",
    metadata,
    Column("id", Text, primary_key=True, comment="sha256 of the text"),
    Column("name", Text, nullable=False, comment="path of the record below the output folder"),
    Column("source", Text),
    Column("raw_sha256", Text),
    Column("media_type", Text),
    Column("title", Text),
    Column("publisher", Text, comment="as told beside the text or by the file; see parties.is_issuer"),
    Column("published_on", Date, index=True),
    Column("published_basis", Text, nullable=False),
    Column("dateline_place", Text),
    Column("language", Text),
    Column("characters", Integer, nullable=False),
    Column("text", Text, nullable=False),
)
records = Table(
    "records",
    metadata,
    _to("releases", "release_id", primary=True),
    Column("schema_version", Text, nullable=False),
    Column("json", Text, nullable=False, comment="the whole record"),
)
parties = Table(
    "parties",
    metadata,
    _key(),
    _release(),
    _number(),
    Column("name", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("country", Text),
    Column("title", Text),
    _to("parties", "represents_id"),
    Column("is_issuer", Integer, CheckConstraint("is_issuer IN (0, 1)"), nullable=False, comment="1 for who issued the release"),
)
party_aliases = Table(
    "party_aliases", metadata, _to("parties", "party_id", primary=True), Column("alias", Text, primary_key=True, index=True)
)
party_identifiers = Table(
    "party_identifiers",
    metadata,
    _to("parties", "party_id", primary=True),
    Column("scheme", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
amounts = Table(
    "amounts",
    metadata,
    _key(),
    _release(),
    _number(),
    Column("currency", Text, comment="ISO 4217; null where it is ambiguous"),
    Column("currency_basis", Text, nullable=False),
    Column("value", Money),
    Column("low", Money),
    Column("high", Money),
    Column("comparator", Text, nullable=False),
    Column("per", Text),
    _to("amounts", "part_of_id"),
    _to("amounts", "equivalent_of_id"),
    Column("basis", Text, nullable=False),
)
dates = Table(
    "dates",
    metadata,
    _key(),
    _release(),
    _number(),
    Column("value", Text, comment="EDTF (ISO 8601-2), an ISO 8601 duration, or R/ when repeated"),
    Column("begin_date", Date),
    Column("end_date", Date),
    Column("precision", Text),
    Column("anchor", Text, nullable=False, comment="absolute, release, or the id of another date of the record"),
    Column("rule", Text, nullable=False),
)
commitments = Table(
    "commitments",
    metadata,
    _key(),
    _release(),
    _number(),
    Column("action", Text, nullable=False, index=True),
    _to("statuses", "status", required=True, cascade=False),
    _to("parties", "said_by_id"),
    Column("counted_reason", Text, comment="why not all amounts count"),
    Column("confidence", Float, nullable=False),
    Column("rules", Text, nullable=False, comment="one a line"),
)
commitment_parties = Table(
    "commitment_parties",
    metadata,
    _to("commitments", "commitment_id", primary=True),
    Column("role", Text, CheckConstraint("role IN ('provider', 'receiver')"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _to("parties", "party_id", required=True),
)
commitment_amounts = Table(
    "commitment_amounts",
    metadata,
    _to("commitments", "commitment_id", primary=True),
    _to("amounts", "amount_id", primary=True),
    Column("counted", Integer, CheckConstraint("counted IN (0, 1)"), nullable=False, comment="1 where it adds to a total"),
)
commitment_dates = Table(
    "commitment_dates",
    metadata,
    _to("commitments", "commitment_id", primary=True),
    _to("dates", "date_id", primary=True),
    Column("role", Text, primary_key=True),
)
commitment_purposes = Table(
    "commitment_purposes", metadata, _to("commitments", "commitment_id", primary=True), Column("purpose", Text, primary_key=True)
)
items = Table(
    "items",
    metadata,
    _key(),
    _to("commitments", "commitment_id", required=True),
    _number(),
    Column("quantity", Money),
    Column("unit", Text),
    Column("description", Text, nullable=False),
)
notices = Table(
    "notices",
    metadata,
    _key(),
    _release(),
    _number(),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
)
MENTIONED = ("party_id", "amount_id", "date_id", "commitment_id", "item_id", "notice_id")
mentions = Table(
    "mentions",
    metadata,
    _key(),
    _release(),
    _to("parties", "party_id"),
    _to("amounts", "amount_id"),
    _to("dates", "date_id"),
    _to("commitments", "commitment_id"),
    _to("items", "item_id"),
    _to("notices", "notice_id"),
    Column("role", Text, nullable=False, comment="fact; of a commitment: trigger, evidence, restated, programme, condition"),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    CheckConstraint(" + ".join(f"({name} IS NOT NULL)" for name in MENTIONED) + " = 1", name="of_one_fact"),
)
