"""A SQLite database: one file, the tables of `tables`, the views of `views`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, select
from sqlalchemy.exc import DBAPIError

from communique.errors import DatabaseError
from communique.store import design, tables
from communique.store.batches import batch_rows
from communique.store.reviewed import renew
from communique.store.sink import ManySink, Named, last_of_each
from communique.store.urls import parsed

T = TypeVar("T")
APPLICATION_ID = 0x434D5145  # in the file's header: it is one of ours
WAIT = 10  # seconds for another program that writes


class SqliteSink(ManySink):
    """Records in a SQLite file, made if it is not there."""

    def __init__(self, url: str) -> None:
        """Open the database and make its tables if it is new; raises `DatabaseError` if that fails, or it is not ours."""
        self._file = file_of(url)
        self._engine = engine(self._file)
        self._done(lambda connection: _prepare(connection, self._file))

    @property
    def place(self) -> str:
        """The file."""
        return self._file

    def write_many(self, releases: Sequence[Named]) -> None:
        """Put records in the place of earlier ones of the same releases, in one transaction; raises `DatabaseError`."""
        kept = last_of_each(releases)
        made = batch_rows(kept, self.converter)

        def replace(connection: Connection) -> None:
            _delete(connection, [record.release.id for record, _ in kept])
            for table, rows in made.items():
                if rows:
                    connection.execute(insert(table), rows)
            renew(connection, kept)

        self._done(replace)

    def ids(self) -> list[str]:
        """The ids of the releases that are kept; raises `DatabaseError`."""
        return self._done(lambda connection: list(connection.scalars(select(tables.releases.c.id))))

    def remove(self, releases: Sequence[str]) -> None:
        """Let go of releases by their ids; raises `DatabaseError`."""
        self._done(lambda connection: _delete(connection, releases))

    def keep_run(self, run: tables.Row, failures: list[tables.Row]) -> None:
        """Enter a run in the place of itself; raises `DatabaseError`."""

        def replace(connection: Connection) -> None:
            connection.execute(delete(tables.runs).where(tables.runs.c.id == run["id"]))
            for table, rows in ((tables.runs, [run]), (tables.failures, failures)):
                if rows:
                    connection.execute(insert(table), rows)

        self._done(replace)

    def _done(self, what: Callable[[Connection], T]) -> T:
        """What is done in one transaction."""
        try:
            with self._engine.begin() as connection:
                return what(connection)
        except DBAPIError as error:
            raise told(error, self._file) from error

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def file_of(url: str) -> str:
    """The file that a URL names; raises `DatabaseError` if it names none, or one in a folder that is not there."""
    address = parsed(url)
    name = address.database
    if not name or name == ":memory:" or address.host:
        raise DatabaseError("--db names no file; write it like sqlite:///records.db, with three slashes")
    folder = Path(name).parent
    if not folder.is_dir():
        raise DatabaseError(f"the folder {folder} of the database {name} is not there; make it, or give another --db")
    return name


def engine(file: str) -> Engine:
    """Connections to a file, whose transactions wait for each other."""
    made = create_engine(f"sqlite:///{file}", connect_args={"timeout": WAIT})

    @event.listens_for(made, "connect")
    def connected(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(made, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # two loaders wait for each other instead of failing halfway

    return made


def version_of(connection: Connection, file: str) -> str | None:
    """The version of the tables in a file, None of an empty one; raises `DatabaseError` if others made it."""
    if connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID:
        number = connection.exec_driver_sql("PRAGMA user_version").scalar() or 0
        return f"{number:04}"
    if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar():
        raise DatabaseError(f"the database {file} was not made by communique; give another --db")
    return None


def mark(connection: Connection) -> None:
    """Write into the file's header whose it is, and its version: older ones of us look there."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {int(tables.VERSION)}")


def told(error: DBAPIError, place: str) -> DatabaseError:
    """The error of the driver in words that help."""
    cause = str(error.orig)
    if "locked" in cause:
        return DatabaseError(f"the database {place} is locked by another program; close it and run again")
    if "not a database" in cause:
        return DatabaseError(f"{place} is a file, but no SQLite database; give another --db")
    return DatabaseError(f"the database {place} cannot be written: {cause}")


def _delete(connection: Connection, ids: Sequence[str]) -> None:
    for one in ids:
        connection.execute(delete(tables.releases).where(tables.releases.c.id == one))


def _prepare(connection: Connection, file: str) -> None:
    """Make the tables in an empty file; in one that is not empty, see that they are ours."""
    found = version_of(connection, file)
    if found is None:
        design.make(connection)
        mark(connection)
    else:
        design.check_version(found, file, f"sqlite:///{file}")
        design.refresh_lookups(connection)
