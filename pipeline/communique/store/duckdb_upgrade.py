"""A DuckDB database of an older version is made anew from the records that it keeps whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from communique.errors import DatabaseError
from communique.store import design, duckdb, tables
from communique.store.batches import batch_rows
from communique.store.views import views
from communique_models import Record

if TYPE_CHECKING:
    from communique.store.duckdb import Connection

BATCH = 200  # releases that are in memory at a time
KEPT = ("runs", "failures", "conversions", "link_decisions")  # tables that records do not tell


def current(url: str) -> str:
    """The version of a database's tables; raises `DatabaseError` if it has none of ours."""
    file = _existing(url)
    with duckdb.transaction(file) as connection:
        return _version(connection, file)


def upgrade(url: str) -> str:
    """Bring a database to this version, all of it or nothing; the version before."""
    file = _existing(url)
    with duckdb.transaction(file) as connection:
        found = _version(connection, file)
        if found >= tables.VERSION:
            design.check_version(found, file, url)
            duckdb.refresh_lookups(connection)
            return found
        _set_aside(connection)
        duckdb.make(connection)
        _refill(connection)
        return found


def check(url: str) -> list[str]:
    """How a database differs from what this version makes: empty where it does not."""
    file = _existing(url)
    with duckdb.transaction(file) as connection:
        found = _version(connection, file)
        if found != tables.VERSION:
            return [f"its tables are of version {found}, this communique writes version {tables.VERSION}"]
        query = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        there = set(connection.execute(query).fetchall())
        wanted = {(table.name, column.name) for table in tables.metadata.sorted_tables for column in table.columns}
        missing = sorted(set(views("duckdb")) - {table for table, _ in there})
        differences = [f"the column {table}.{column} is missing" for table, column in sorted(wanted - there)]
        return differences + [f"the view {view} is missing" for view in missing]


def _existing(url: str) -> str:
    file = duckdb.file_of(url)
    if not Path(file).is_file():
        raise DatabaseError(f"there is no database {file}; check the path")
    return file


def _version(connection: Connection, file: str) -> str:
    if design.version_table.name not in duckdb.names(connection):
        raise DatabaseError(f"the database {file} holds no tables of communique; `communique load` makes them")
    [found] = connection.execute(f"SELECT version_num FROM {design.version_table.name}").fetchone() or ("0000",)
    return str(found)


def _set_aside(connection: Connection) -> None:
    """Keep the records and what they do not tell; drop the rest."""
    there = duckdb.names(connection)
    query = "SELECT r.name, c.json FROM releases r JOIN records c ON c.release_id = r.id"
    connection.execute(f"CREATE TEMP TABLE old_records AS {query}")
    for table in there & set(KEPT):
        connection.execute(f"CREATE TEMP TABLE old_{table} AS FROM {table}")
    for view in reversed(views("duckdb")):
        connection.execute(f"DROP VIEW IF EXISTS {view}")
    for name in [table.name for table in reversed(tables.metadata.sorted_tables)] + [design.version_table.name]:
        connection.execute(f"DROP TABLE IF EXISTS {name}")


def _refill(connection: Connection) -> None:
    kept = connection.execute("SELECT name, json FROM old_records").fetchall()
    for start in range(0, len(kept), BATCH):
        batch = [(Record.model_validate_json(told), name) for name, told in kept[start : start + BATCH]]
        for table, rows in batch_rows(batch).items():
            duckdb.insert(connection, table, rows)
    old = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall()}
    for name in KEPT:
        if f"old_{name}" in old:
            connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM old_{name}")
