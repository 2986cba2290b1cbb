"""The tables that records become, the same for every database.

A fact's key is its release's id, cut to 16 digits, a colon and its id in the record: ``9f86d081884c7d65:p1``. Deleting a
release deletes all that was said in it.
"""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Float, ForeignKey, Index, Integer, Table, Text

from communique.store import link_tables, lookups
from communique.store.columns import Document, Money, key, number, one_of, to
from communique.store.columns import metadata as metadata
from communique.store.decisions import decisions, reviewed, reviewed_sums

VERSION = "0004"
"""Of the tables' design, the newest of the migrations; a database of another version is told, never written to."""

Row = lookups.Row


def _release() -> Column[str]:
    return to("releases", "release_id", required=True)


releases = Table(
    "releases",
    metadata,
    Column("id", Text, primary_key=True, comment="sha256 of the text"),
    Column("name", Text, nullable=False, comment="path of the record below the output folder"),
    Column("source", Text, comment="path below the input folder, or URI"),
    Column("raw_sha256", Text, comment="sha256 of the bytes that were read"),
    Column("media_type", Text),
    Column("title", Text),
    Column("publisher", Text, comment="as told beside the text or by the file; see parties.is_issuer"),
    Column("published_on", Date, index=True),
    one_of("publication_bases", "published_basis"),
    Column("dateline_place", Text),
    Column("language", Text, comment="ISO 639-1"),
    Column("characters", Integer, nullable=False),
    Column("text", Text, nullable=False),
    comment="The press releases.",
)
records = Table(
    "records",
    metadata,
    to("releases", "release_id", primary=True),
    Column("schema_version", Text, nullable=False),
    Column("version", Text, nullable=False, comment="of communique"),
    Column("model", Text, nullable=False, comment="the language model"),
    Column("model_version", Text, nullable=False),
    Column("model_sha256", Text, nullable=False),
    Column("lexicons_sha256", Text, nullable=False),
    Column("settings_sha256", Text, nullable=False),
    Column("json", Document, nullable=False, comment="the whole record"),
    comment="Each release's record as it was written, and what made it.",
)
parties = Table(
    "parties",
    metadata,
    key(),
    _release(),
    number(),
    Column("name", Text, nullable=False, index=True),
    one_of("kinds", "kind"),
    Column("country", Text, comment="ISO 3166 alpha-2"),
    Column("title", Text, comment="a person's office"),
    to("parties", "represents_id", "for whom a person acts or speaks"),
    Column("is_issuer", Boolean, nullable=False, comment="who issued the release"),
    comment="Who acts, speaks, gives, receives or is bound, by release.",
)
party_aliases = Table(
    "party_aliases",
    metadata,
    to("parties", "party_id", primary=True),
    Column("alias", Text, primary_key=True, index=True),
    comment="What a party is called besides its name.",
)
party_identifiers = Table(
    "party_identifiers",
    metadata,
    to("parties", "party_id", primary=True),
    Column("scheme", Text, primary_key=True),
    Column("value", Text, nullable=False, index=True),
    comment="A party's identifiers in the user's own list of parties.",
)
amounts = Table(
    "amounts",
    metadata,
    key(),
    _release(),
    number(),
    Column("currency", Text, comment="ISO 4217; null where it is ambiguous"),
    one_of("currency_bases", "currency_basis"),
    Column("value", Money, comment="null of a range"),
    Column("low", Money, comment="of a range"),
    Column("high", Money, comment="of a range"),
    one_of("comparators", "comparator"),
    one_of("rate_units", "per", required=False),
    to("amounts", "part_of_id", "the total that it is a part of"),
    to("amounts", "equivalent_of_id", "the sum that it is told for in another currency"),
    one_of("amount_bases", "basis"),
    comment="Sums of money.",
)
conversions = Table(
    "conversions",
    metadata,
    to("amounts", "amount_id", primary=True),
    Column("currency", Text, primary_key=True, comment="into which it was converted, ISO 4217"),
    Column("value", Money),
    Column("low", Money),
    Column("high", Money),
    Column("rate", Money, comment="units of the currency for one of the amount's"),
    Column("rate_date", Date, comment="the day of the rate: that of publication, or the last before it that has one"),
    Column("source", Text, nullable=False, comment="where the rate is from"),
    Column("gap", Text, comment="why it could not be converted"),
    CheckConstraint("(rate IS NULL) = (gap IS NOT NULL)", name="rate_or_gap"),
    comment="Sums in one currency, where that was asked for.",
)
dates = Table(
    "dates",
    metadata,
    key(),
    _release(),
    number(),
    Column("value", Text, comment="EDTF (ISO 8601-2), an ISO 8601 duration, or R/ when repeated"),
    Column("begin_date", Date, comment="first day"),
    Column("end_date", Date, comment="last day"),
    one_of("date_precisions", "precision", required=False),
    Column("anchor", Text, nullable=False, comment="absolute, release, or the id of another date of the record"),
    Column("rule", Text, nullable=False),
    comment="Points, spans, lengths and repetitions of time.",
)
commitments = Table(
    "commitments",
    metadata,
    key(),
    _release(),
    number(),
    one_of("actions", "action", index=True),
    one_of("statuses", "status", index=True),
    to("parties", "said_by_id", "who says so, where that is quoted"),
    one_of("uncounted_reasons", "counted_reason", required=False),
    Column("confidence", Float, nullable=False),
    Column("rules", Text, nullable=False, comment="one a line"),
    comment="Who undertakes what for whom, how much, by when, how firmly.",
)
commitment_parties = Table(
    "commitment_parties",
    metadata,
    to("commitments", "commitment_id", primary=True),
    one_of("party_roles", "role", primary=True),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="from 1"),
    to("parties", "party_id", required=True),
    comment="Who gives, and who receives.",
)
commitment_amounts = Table(
    "commitment_amounts",
    metadata,
    to("commitments", "commitment_id", primary=True),
    to("amounts", "amount_id", primary=True),
    Column("counted", Boolean, nullable=False, comment="whether it adds to a total"),
    Index("ix_commitment_amounts_amount_id", "amount_id"),
    comment="The sums of a commitment.",
)
commitment_dates = Table(
    "commitment_dates",
    metadata,
    to("commitments", "commitment_id", primary=True),
    to("dates", "date_id", primary=True),
    one_of("date_roles", "role", primary=True),
    Index("ix_commitment_dates_date_id", "date_id"),
    comment="The dates of a commitment.",
)
commitment_purposes = Table(
    "commitment_purposes",
    metadata,
    to("commitments", "commitment_id", primary=True),
    one_of("purposes", "purpose", primary=True),
    comment="What a commitment is for.",
)
items = Table(
    "items",
    metadata,
    key(),
    to("commitments", "commitment_id", required=True),
    number(),
    Column("quantity", Money),
    Column("unit", Text),
    Column("description", Text, nullable=False),
    comment="What is given in kind.",
)
notices = Table(
    "notices",
    metadata,
    key(),
    _release(),
    number(),
    one_of("notice_codes", "code"),
    Column("message", Text, nullable=False),
    comment="What could not be settled, and why.",
)
MENTIONED = ("party_id", "amount_id", "date_id", "commitment_id", "item_id", "notice_id")
PLACE = ("page", "paragraph", "line", "path")
mentions = Table(
    "mentions",
    metadata,
    key(),
    _release(),
    to("parties", "party_id"),
    to("amounts", "amount_id"),
    to("dates", "date_id"),
    to("commitments", "commitment_id"),
    to("items", "item_id"),
    to("notices", "notice_id"),
    one_of("mention_roles", "role"),
    Column("start_char", Integer, nullable=False, comment="in the release's text, in Unicode code points from 0"),
    Column("end_char", Integer, nullable=False),
    Column("quote", Text, nullable=False, comment="text[start_char:end_char]"),
    Column("page", Integer, comment="in the file that was read, from 1"),
    Column("paragraph", Integer, comment="in the file that was read, from 1"),
    Column("line", Integer, comment="in the file that was read, from 1"),
    Column("path", Text, comment="in the file that was read: XPath, field, header or part"),
    CheckConstraint(" + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in MENTIONED) + " = 1", name="of_one_fact"),
    comment="The words that say a fact; each belongs to one.",
)
runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("started_at", Text, nullable=False, comment="ISO 8601, UTC"),
    Column("ended_at", Text, comment="ISO 8601, UTC; null of a run that was cut off"),
    Column("version", Text, nullable=False, comment="of communique"),
    Column("settings", Document, nullable=False),
    Column("releases_read", Integer, nullable=False),
    Column("releases_failed", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    comment="The runs that wrote here.",
)
failures = Table(
    "failures",
    metadata,
    Column("run_id", Text, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("path", Text, primary_key=True, comment="of the release that failed"),
    Column("reason", Text, nullable=False, comment="as it was told"),
    comment="The releases of a run that became no record.",
)

LOADED = [
    releases, records, parties, party_aliases, party_identifiers, amounts, conversions, dates, commitments, commitment_parties,
    commitment_amounts, commitment_dates, commitment_purposes, items, notices, mentions,
]  # fmt: skip
"""The tables that a release has rows in, each behind those that it refers to."""
REVIEW = [decisions, reviewed, reviewed_sums]
"""The tables of review, which are made with the others."""
LEDGER = link_tables.MADE
"""The tables that `communique reconcile` makes of the others."""
