"""The tables of the ledger across releases: which commitments tell of one undertaking, which parties are one actor.

All but `link_decisions` are made of the records and the decisions anew by `communique reconcile`. What refers to a release goes
with it when the release is loaded again; decisions stay, since they know the words that they are about.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, Integer, Table, Text

from communique.store.columns import Money, metadata, one_of, to

actors = Table(
    "actors",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, index=True, comment="the commonest of its names"),
    one_of("kinds", "kind"),
    Column("country", Text, comment="ISO 3166 alpha-2"),
    comment="Parties across releases.",
)
actor_parties = Table(
    "actor_parties",
    metadata,
    to("parties", "party_id", primary=True),
    to("actors", "actor_id", required=True),
    Column("score", Float, nullable=False, comment="how surely, from 0 to 1"),
    Column("reason", Text, nullable=False, comment="what joined them"),
    Column("decided_by", Text, nullable=False, comment="rule or person"),
    comment="The parties of releases that are one actor.",
)
undertakings = Table(
    "undertakings",
    metadata,
    Column("id", Text, primary_key=True, comment="the key of the commitment that tells it first"),
    Column("first_told", Date, comment="the day of that release"),
    Column("last_told", Date),
    one_of("statuses", "status"),
    Column("tellings", Integer, nullable=False, comment="commitments that tell of it"),
    comment="What is undertaken, each once, however many releases tell of it.",
)
undertaking_sums = Table(
    "undertaking_sums",
    metadata,
    to("undertakings", "undertaking_id", primary=True),
    Column("currency", Text, primary_key=True, comment="ISO 4217"),
    Column("total", Money, nullable=False, comment="what it comes to, as last told"),
    Column("drawn", Money, nullable=False, comment="what of it was drawn or delivered, as far as told"),
    comment="What an undertaking comes to.",
)
tellings = Table(
    "tellings",
    metadata,
    to("commitments", "commitment_id", primary=True),
    to("undertakings", "undertaking_id", required=True),
    Column("number", Integer, nullable=False, comment="from 1 in the order in which it was told"),
    comment="The commitments that tell of an undertaking.",
)
new_money = Table(
    "new_money",
    metadata,
    to("commitments", "commitment_id", primary=True),
    Column("currency", Text, primary_key=True, comment="ISO 4217"),
    Column("amount", Money, nullable=False, comment="below zero where a sum is cut or taken back"),
    comment="What a commitment adds to what was undertaken before.",
)
links = Table(
    "links",
    metadata,
    to("commitments", "later_id", primary=True),
    to("commitments", "earlier_id", required=True),
    one_of("relations", "relation"),
    one_of("update_effects", "effect", required=False),
    Column("score", Float, nullable=False, comment="how surely, from 0 to 1"),
    Column("reasons", Text, nullable=False, comment="one a line"),
    Column("decided_by", Text, nullable=False, comment="rule or person"),
    comment="How a commitment stands to an earlier one of the same undertaking.",
)
link_decisions = Table(
    "link_decisions",
    metadata,
    Column("later", Text, primary_key=True, comment="the key of a commitment or party"),
    Column("earlier", Text, primary_key=True, comment="the key of another"),
    Column("relation", Text, comment="how the first stands to the other; null: they are two"),
    Column(
        "later_words",
        Text,
        nullable=False,
        comment="place and words of its trigger, or its name, by which it is known again",
    ),
    Column("earlier_words", Text, nullable=False),
    Column("decided_by", Text, nullable=False, comment="a person's name"),
    Column("note", Text),
    comment="What people decided about commitments and parties of different releases; outlasts every load.",
)

MADE = [actors, actor_parties, undertakings, undertaking_sums, tellings, new_money, links]
"""The tables that `communique reconcile` makes, each behind those that it refers to."""
OF_RELEASES = [
    (actor_parties, "party_id"), (tellings, "commitment_id"), (new_money, "commitment_id"), (links, "later_id"),
    (links, "earlier_id"),
]  # fmt: skip
"""What of them goes with a release, by the column with the key of its fact."""
