"""The first tables, of SQLite alone: made before there were migrations, known by the number in the file's header."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing to do: whoever comes from here has them."""
