"""A DuckDB database: one file, by its own client, rows in bulk. Needs the extra `duckdb`.

DuckDB has no foreign keys that cascade, and one program at a time may hold a file: the tables have none, a release's rows are
deleted table by table, and the file is held for a transaction only.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Column, Date, Float, Integer, Table, Text

from communique.errors import DatabaseError
from communique.store import design, tables
from communique.store.batches import batch_rows
from communique.store.columns import Document, Money
from communique.store.extras import needs
from communique.store.link_tables import OF_RELEASES
from communique.store.lookups import lookup_rows
from communique.store.rows import KEY_DIGITS
from communique.store.sink import ManySink, Named, last_of_each
from communique.store.tables import Row
from communique.store.urls import parsed
from communique.store.views import COMMENTS, views

if TYPE_CHECKING:
    import duckdb

    Connection = duckdb.DuckDBPyConnection

WAIT = 60.0  # seconds for another program that holds the file
PAUSE = 0.005  # seconds between two tries
TYPES: dict[type[Any], str] = {
    Text: "VARCHAR",
    Integer: "INTEGER",
    Boolean: "BOOLEAN",
    Float: "DOUBLE",
    Date: "DATE",
    Money: "DECIMAL(38, 10)",
    Document: "JSON",
}


class DuckdbSink(ManySink):
    """Records in a DuckDB file, made if it is not there."""

    def __init__(self, url: str) -> None:
        """Make the tables where there are none; raises `DatabaseError` if that fails, or names are taken by others."""
        self._file = file_of(url)
        with transaction(self._file) as connection:
            prepare(connection, self._file)

    @property
    def place(self) -> str:
        """The file."""
        return self._file

    def write_many(self, releases: Sequence[Named]) -> None:
        """Put records in the place of earlier ones of the same releases, in one transaction; raises `DatabaseError`."""
        kept = last_of_each(releases)
        made = batch_rows(kept, self.converter)
        with transaction(self._file) as connection:
            _delete(connection, [record.release.id for record, _ in kept])
            for table, rows in made.items():
                insert(connection, table, rows)

    def ids(self) -> list[str]:
        """The ids of the releases that are kept; raises `DatabaseError`."""
        with transaction(self._file) as connection:
            return [one for (one,) in connection.execute("SELECT id FROM releases").fetchall()]

    def remove(self, releases: Sequence[str]) -> None:
        """Let go of releases by their ids; raises `DatabaseError`."""
        with transaction(self._file) as connection:
            _delete(connection, list(releases))

    def keep_run(self, run: Row, failures: list[Row]) -> None:
        """Enter a run in the place of itself; raises `DatabaseError`."""
        with transaction(self._file) as connection:
            connection.execute("DELETE FROM failures WHERE run_id = ?", [run["id"]])
            connection.execute("DELETE FROM runs WHERE id = ?", [run["id"]])
            insert(connection, tables.runs, [run])
            insert(connection, tables.failures, failures)


def file_of(url: str) -> str:
    """The file that a URL names; raises `DatabaseError` if it names none, or the client is not installed."""
    needs("duckdb", "duckdb", "DuckDB")
    address = parsed(url)
    name = address.database
    if not name or name == ":memory:" or address.host:
        raise DatabaseError("--db names no file; write it like duckdb:///records.duckdb, with three slashes")
    if not Path(name).parent.is_dir():
        raise DatabaseError(f"the folder {Path(name).parent} of the database {name} is not there; make it, or give another --db")
    return name


@contextmanager
def transaction(file: str) -> Iterator[Connection]:
    """A transaction on a file; whatever breaks it is told as `DatabaseError`, and nothing of it is kept."""
    import duckdb

    try:
        connection = _opened(file)
    except duckdb.Error as error:
        raise _told(error, file) from error
    with connection:
        try:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")
        except duckdb.Error as error:
            raise _told(error, file) from error


def _opened(file: str) -> Connection:
    """The file, once no other program holds it."""
    import duckdb

    end = time.monotonic() + WAIT
    while True:
        try:
            return duckdb.connect(file)
        except duckdb.IOException as error:
            if "lock" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(PAUSE)


def _told(error: Exception, file: str) -> DatabaseError:
    cause = str(error).split("\n")[0]
    if "Could not set lock" in cause:
        return DatabaseError(f"the database {file} is locked by another program; close it and run again")
    if "not a valid DuckDB database" in cause:
        return DatabaseError(f"{file} is a file, but no DuckDB database; give another --db")
    return DatabaseError(f"the database {file} cannot be written: {cause}")


def names(connection: Connection) -> set[str]:
    """The tables and views that are there."""
    query = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    return {name for (name,) in connection.execute(query).fetchall()}


def prepare(connection: Connection, file: str) -> None:
    """Make the tables where there are none; where there are some, see that they are ours."""
    there = names(connection)
    version = design.version_table.name
    if version in there:
        [found] = connection.execute(f"SELECT version_num FROM {version}").fetchone() or ("0000",)
        design.check_version(found, file, f"duckdb:///{file}")
        refresh_lookups(connection)
        return
    taken = {*tables.metadata.tables, *views("duckdb")} & there
    if taken:
        raise DatabaseError(f"the database {file} has a table {min(taken)!r} that communique did not make; give another --db")
    make(connection)


def make(connection: Connection) -> None:
    """Make all tables, their rows that are the same everywhere, and the views."""
    for table in tables.metadata.sorted_tables:
        connection.execute(f"CREATE TABLE {table.name} ({', '.join(_columns(table))})")
        if table.comment:
            connection.execute(f"COMMENT ON TABLE {table.name} IS {_quoted(table.comment)}")
        for column in table.columns:
            if column.comment:
                connection.execute(f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_quoted(column.comment)}')
    for table, rows in lookup_rows().items():
        insert(connection, table, rows)
    for view, query in views("duckdb").items():
        connection.execute(f"CREATE VIEW {view} AS {query}")
        connection.execute(f"COMMENT ON VIEW {view} IS {_quoted(COMMENTS[view])}")
    connection.execute(f"CREATE TABLE {design.version_table.name} (version_num VARCHAR NOT NULL)")
    connection.execute(f"INSERT INTO {design.version_table.name} VALUES (?)", [tables.VERSION])


def refresh_lookups(connection: Connection) -> None:
    """Bring the rows of the vocabularies up to date: a word may be new since the database was made."""
    for table, rows in lookup_rows().items():
        columns = [column.name for column in table.columns]
        there = set(connection.execute(f"SELECT {', '.join(columns)} FROM {table.name}").fetchall())
        missing = [row for row in rows if tuple(row[name] for name in columns) not in there]
        if missing:
            connection.execute(f"DELETE FROM {table.name}")
            insert(connection, table, rows)


def insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Insert rows, a list of values a column: by far the fastest way without another package."""
    if not rows:
        return
    kinds = {column.name: TYPES[type(column.type)] for column in table.columns}
    values = ", ".join(f"unnest(${place}::{_bound(kind)}[])::{kind}" for place, kind in enumerate(kinds.values(), 1))
    names = ", ".join(f'"{name}"' for name in kinds)
    lists = [[row[name] for row in rows] for name in kinds]
    connection.execute(f"INSERT INTO {table.name} ({names}) SELECT {values}", lists)


def _bound(kind: str) -> str:
    """As what values of a type are handed over: what is written in digits is read by DuckDB."""
    return "VARCHAR" if kind.startswith("DECIMAL") or kind == "JSON" else kind


def _delete(connection: Connection, ids: list[str]) -> None:
    """Delete all rows of releases."""
    prefixes = [one[:KEY_DIGITS] for one in ids]
    for table, key in OF_RELEASES:
        query = f"DELETE FROM {table.name} WHERE {key}[:{KEY_DIGITS}] IN (SELECT unnest($1::VARCHAR[]))"
        connection.execute(query, [prefixes])
    for table in reversed(tables.LOADED):
        if "release_id" in table.c or table is tables.releases:
            column = "release_id" if "release_id" in table.c else "id"
            connection.execute(f"DELETE FROM {table.name} WHERE {column} IN (SELECT unnest($1::VARCHAR[]))", [ids])
        else:
            key = next(iter(table.primary_key)).name  # of a fact: it begins with its release's
            owner = f'"{key}"[:{KEY_DIGITS}]'
            connection.execute(f"DELETE FROM {table.name} WHERE {owner} IN (SELECT unnest($1::VARCHAR[]))", [prefixes])


def _columns(table: Table) -> Iterator[str]:
    yield from (_column(column) for column in table.columns)
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
    yield f"PRIMARY KEY ({keys})"


def _column(column: Column[Any]) -> str:
    return f'"{column.name}" {TYPES[type(column.type)]}{"" if column.nullable else " NOT NULL"}'


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
