"""The tables of review: what people decided, and the commitments as they stand by it.

`decisions` is written by people alone and outlasts every load: it refers to releases by their ids, but no table owns
it. `reviewed` and `reviewed_sums` are made of it and of the records anew whenever either changes, so that queries can use
both.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, Table, Text

from communique.store.columns import Money, metadata

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("release_id", Text, nullable=False, index=True, comment="sha256 of the text that was reviewed"),
    Column("name", Text, nullable=False, index=True, comment="path of the record, by which a changed text is known"),
    Column("subject", Text, nullable=False, comment="what it is about within the release"),
    Column("verdict", Text, nullable=False, comment="accepted, corrected, rejected, added; complete of a release"),
    Column("told", Text, comment="JSON: the commitment as the person left it"),
    Column("seen", Text, comment="JSON: the commitment as communique told it then"),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Text, nullable=False, comment="ISO 8601, UTC"),
    Column("undone", Boolean, nullable=False, comment="taken back; kept for the history"),
    comment="What people decided about commitments and releases, in their order.",
)
reviewed = Table(
    "reviewed",
    metadata,
    Column("id", Text, primary_key=True, comment="16 digits of the release's id, a colon, the subject"),
    Column("release_id", Text, ForeignKey("releases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("number", Integer, nullable=False, comment="from 1 in reading order"),
    Column("subject", Text, nullable=False),
    Column("found_id", Text, comment="the commitment that communique found; null where it found none"),
    Column("verdict", Text, comment="null where nobody decided yet"),
    Column("flag", Text, comment="why it wants another look: changed, moved, gone, text, lost"),
    Column("decided_by", Text),
    Column("decided_at", Text),
    Column("provider", Text),
    Column("receiver", Text),
    Column("action", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("sums", Text),
    Column("dates", Text),
    Column("purposes", Text),
    Column("items", Text),
    Column("condition", Text),
    Column("said_by", Text),
    Column("confidence", Float, nullable=False),
    Column("trigger_quote", Text, nullable=False),
    Column("quote", Text, nullable=False),
    comment="The commitments of the releases that somebody decided about, as decided.",
)
reviewed_sums = Table(
    "reviewed_sums",
    metadata,
    Column("reviewed_id", Text, ForeignKey("reviewed.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("currency", Text),
    Column("amount", Money, comment="of a range, its upper end"),
    Column("comparator", Text, nullable=False),
    Column("counted", Boolean, nullable=False, comment="whether it adds to a total"),
    comment="The sums of the commitments in reviewed.",
)
