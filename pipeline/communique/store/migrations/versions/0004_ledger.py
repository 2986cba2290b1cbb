"""The ledger across releases: actors, undertakings and what they come to, links, what people decided about them."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the new tables; `communique reconcile` fills them."""
    connection = op.get_bind()
    file = Path(__file__).with_name(f"0004_{connection.dialect.name}.sql")
    for statement in file.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
