"""What people decide in review, and the commitments as decided."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the new tables; there is nothing to move into them."""
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("release_id", sa.Text, nullable=False, index=True, comment="sha256 of the text that was reviewed"),
        sa.Column("name", sa.Text, nullable=False, index=True, comment="path of the record, by which a changed text is known"),
        sa.Column("subject", sa.Text, nullable=False, comment="what it is about within the release"),
        sa.Column("verdict", sa.Text, nullable=False, comment="accepted, corrected, rejected, added; complete of a release"),
        sa.Column("told", sa.Text, comment="JSON: the commitment as the person left it"),
        sa.Column("seen", sa.Text, comment="JSON: the commitment as communique told it then"),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.Text, nullable=False, comment="ISO 8601, UTC"),
        sa.Column("undone", sa.Boolean, nullable=False, comment="taken back; kept for the history"),
        comment="What people decided about commitments and releases, in their order.",
    )
    op.create_table(
        "reviewed",
        sa.Column("id", sa.Text, primary_key=True, comment="16 digits of the release's id, a colon, the subject"),
        sa.Column("release_id", sa.Text, sa.ForeignKey("releases.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("number", sa.Integer, nullable=False, comment="from 1 in reading order"),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("found_id", sa.Text, comment="the commitment that communique found; null where it found none"),
        sa.Column("verdict", sa.Text, comment="null where nobody decided yet"),
        sa.Column("flag", sa.Text, comment="why it wants another look: changed, moved, gone, text, lost"),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.Text),
        sa.Column("provider", sa.Text),
        sa.Column("receiver", sa.Text),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("sums", sa.Text),
        sa.Column("dates", sa.Text),
        sa.Column("purposes", sa.Text),
        sa.Column("items", sa.Text),
        sa.Column("condition", sa.Text),
        sa.Column("said_by", sa.Text),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("trigger_quote", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        comment="The commitments of the releases that somebody decided about, as decided.",
    )
    op.create_table(
        "reviewed_sums",
        sa.Column("reviewed_id", sa.Text, sa.ForeignKey("reviewed.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("currency", sa.Text),
        sa.Column("amount", sa.Numeric, comment="of a range, its upper end"),
        sa.Column("comparator", sa.Text, nullable=False),
        sa.Column("counted", sa.Boolean, nullable=False, comment="whether it adds to a total"),
        comment="The sums of the commitments in reviewed.",
    )
