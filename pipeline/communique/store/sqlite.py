"""A SQLite database: one file, the tables of `tables`, the views of `views`."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from communique.errors import DatabaseError
from communique.store import tables
from communique.store.rows import lookup_rows, rows
from communique.store.sink import Closing
from communique.store.views import VIEWS
from communique_models import Record

APPLICATION_ID = 0x434D5145  # in the file's header: it is one of ours
WAIT = 10  # seconds for another program that writes


class SqliteSink(Closing):
    """Records in a SQLite file, made if it is not there."""

    def __init__(self, url: str) -> None:
        """Open the database and make its tables if it is new; raises `DatabaseError` if that fails, or it is not ours."""
        try:
            self._url = make_url(url)
        except ArgumentError as error:
            raise DatabaseError(f"{url!r} is no database URL; write it like sqlite:///records.db") from error
        name = self._url.database
        if not name or name == ":memory:":
            raise DatabaseError(f"{url!r} names no file; write it like sqlite:///records.db")
        folder = Path(name).parent
        if not folder.is_dir():
            raise DatabaseError(f"the folder {folder} of the database {name} is not there; make it, or give another --db")
        self._file = name
        self._engine = _engine(f"sqlite:///{name}")
        try:
            with self._engine.begin() as connection:
                _prepare(connection, name)
        except DBAPIError as error:
            raise self._told(error) from error

    @property
    def place(self) -> str:
        """The file."""
        return self._file

    def write(self, record: Record, name: str) -> None:
        """Put a record in the place of an earlier one of the same release, in one transaction; raises `DatabaseError`."""
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(tables.releases).where(tables.releases.c.id == record.release.id))
                for table, made in rows(record, name).items():
                    if made:
                        connection.execute(insert(table), made)
        except DBAPIError as error:
            raise self._told(error) from error

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _told(self, error: DBAPIError) -> DatabaseError:
        """The error of the driver in words that help."""
        cause = str(error.orig)
        if "locked" in cause:
            return DatabaseError(f"the database {self._file} is locked by another program; close it and run again")
        if "not a database" in cause:
            return DatabaseError(f"{self._file} is a file, but no SQLite database; give another --db")
        return DatabaseError(f"the database {self._file} cannot be written: {cause}")


def _engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": WAIT})

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # two loaders wait for each other instead of failing halfway

    return engine


def _prepare(connection: Connection, name: str) -> None:
    """Make the tables in an empty file; in one that is not empty, see that they are ours."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar()
    if application == APPLICATION_ID:
        if version != tables.VERSION:
            message = f"the database {name} has tables of version {version}, this communique writes version {tables.VERSION}"
            raise DatabaseError(f"{message}; write to a new one")
        return
    if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar():
        raise DatabaseError(f"the database {name} was not made by communique; give another --db")
    tables.metadata.create_all(connection)
    for table, made in lookup_rows().items():
        connection.execute(insert(table), made)
    for view, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {view} AS {query}"))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {tables.VERSION}")
