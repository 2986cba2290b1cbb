"""Vocabularies as tables; what made each record; places in the source; conversions; runs and failures.

Version 0001 was of SQLite alone, so this is in its SQL: each table is made anew and takes over what the old one held.
"""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = (
    "releases", "records", "parties", "party_aliases", "party_identifiers", "amounts", "dates", "commitments",
    "commitment_parties", "commitment_amounts",
    "commitment_dates", "commitment_purposes", "items", "notices", "mentions", "statuses", "status_iati",
)  # fmt: skip
REMADE = ("statuses", "status_iati")  # whose rows are the same in every database
PROVENANCE = ("version", "model", "model_version", "model_sha256", "lexicons_sha256", "settings_sha256")


def upgrade() -> None:
    """Make the new tables and move all rows into them."""
    connection = op.get_bind()
    for (index,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").all():
        op.execute(f"DROP INDEX {index}")
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    for statement in Path(__file__).with_name("0002_tables.sql").read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    for table in TABLES:
        if table not in REMADE:
            _move(table)
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE old_{table}")


def _move(table: str) -> None:
    columns = [name for (name,) in op.get_bind().exec_driver_sql(f"SELECT name FROM pragma_table_info('old_{table}')").all()]
    values = list(columns)
    if table == "records":
        columns += PROVENANCE
        values += [f"json_extract(json, '$.provenance.{name}')" for name in PROVENANCE]
    op.get_bind().exec_driver_sql(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM old_{table}")
