"""A PostgreSQL database: psycopg 3, rows by COPY. Needs the extra `postgres`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, text
from sqlalchemy.exc import DBAPIError

from communique.errors import DatabaseError
from communique.store import design, tables
from communique.store.batches import batch_rows
from communique.store.extras import needs
from communique.store.reviewed import renew
from communique.store.sink import ManySink, Named, last_of_each
from communique.store.tables import Row
from communique.store.urls import parsed
from communique.store.views import views

WAIT = 10  # seconds until a server has to answer
LOCK = 0x434D5145  # of whoever makes or changes tables


class PostgresSink(ManySink):
    """Records in the current schema of a PostgreSQL database; its tables are made if there are none."""

    def __init__(self, url: str) -> None:
        """Connect and make the tables if there are none; raises `DatabaseError` if that fails, or names are taken by others."""
        self._place = place_of(url)
        self._engine = engine(url)
        try:
            with self._engine.begin() as connection:
                _prepare(connection, self._place)
        except DBAPIError as error:
            raise told(error, self._place) from error

    @property
    def place(self) -> str:
        """Host and name of the database."""
        return self._place

    def write_many(self, releases: Sequence[Named]) -> None:
        """Put records in the place of earlier ones of the same releases, in one transaction; raises `DatabaseError`."""
        kept = last_of_each(releases)
        made = batch_rows(kept, self.converter)
        with self._transaction() as (connection, cursor):
            _delete(cursor, [record.release.id for record, _ in kept])
            for table, rows in made.items():
                _copy(cursor, table, rows)
            renew(connection, kept)

    def ids(self) -> list[str]:
        """The ids of the releases that are kept; raises `DatabaseError`."""
        with self._transaction() as (_, cursor):
            return [one for (one,) in cursor.execute("SELECT id FROM releases")]

    def remove(self, releases: Sequence[str]) -> None:
        """Let go of releases by their ids; raises `DatabaseError`."""
        with self._transaction() as (_, cursor):
            _delete(cursor, releases)

    def keep_run(self, run: Row, failures: list[Row]) -> None:
        """Enter a run in the place of itself; raises `DatabaseError`."""
        with self._transaction() as (_, cursor):
            cursor.execute("DELETE FROM runs WHERE id = %s", (run["id"],))
            _copy(cursor, tables.runs, [run])
            _copy(cursor, tables.failures, failures)

    @contextmanager
    def _transaction(self) -> Iterator[tuple[Connection, Any]]:
        """A transaction, with the driver's own cursor in it."""
        try:
            with self._engine.begin() as connection:
                driver: Any = connection.connection.driver_connection
                with driver.cursor() as cursor:
                    yield connection, cursor
        except DBAPIError as error:
            raise told(error, self._place) from error
        except _psycopg().Error as error:
            raise _unwritten(error, self._place) from error

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()


def _psycopg() -> Any:
    import psycopg

    return psycopg


def engine(url: str) -> Engine:
    """Connections to a database; raises `DatabaseError` where the driver is not installed."""
    needs("psycopg", "postgres", "PostgreSQL")
    address = parsed(url).set(drivername="postgresql+psycopg")
    told = {"connect_timeout": WAIT, "application_name": "communique"}
    return create_engine(address, connect_args=told, pool_pre_ping=True, hide_parameters=True)


def place_of(url: str) -> str:
    """A URL without what may be secret: ``postgresql://host:port/name``."""
    address = parsed(url)
    host = address.host or str(address.query.get("host", ""))
    return f"postgresql://{host}{f':{address.port}' if address.port else ''}/{address.database or ''}"


def told(error: DBAPIError, place: str) -> DatabaseError:
    """The error of the driver in words that help."""
    return _unwritten(error.orig or error, place)


def _unwritten(error: BaseException, place: str) -> DatabaseError:
    cause = " ".join(str(error).split())
    if "NUL (0x00)" in cause:
        return DatabaseError(f"the database {place} cannot keep a text with a character of number 0 in it; take it out")
    return DatabaseError(f"the database {place} cannot be written: {cause}")


def prepare_lock(connection: Connection) -> None:
    """Wait until nobody else makes or changes the tables."""
    connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))


def _prepare(connection: Connection, place: str) -> None:
    """Make the tables where there are none; where there are some, see that they are ours."""
    prepare_lock(connection)
    found = design.version_of(connection)
    if found is not None:
        design.check_version(found, place, place)
        design.refresh_lookups(connection)
        return
    taken = {*tables.metadata.tables, *views("postgresql")} & design.names(connection)
    if taken:
        message = f"the database {place} has a table {min(taken)!r} that communique did not make; give another, or another schema"
        raise DatabaseError(f"{message} by ?options=-csearch_path%3Dname")
    design.make(connection)


def lock_key(release_id: str) -> int:
    """By which loaders and reviewers of a release wait for each other."""
    return int(release_id[:15], 16)


def _delete(cursor: Any, ids: Sequence[str]) -> None:
    """Delete releases, once no other loader is at one of them; the locks end with the transaction."""
    keys = [lock_key(one) for one in ids]
    cursor.execute("SELECT pg_advisory_xact_lock(key) FROM (SELECT unnest(%s::bigint[]) AS key ORDER BY key) AS keys", (keys,))
    cursor.execute("DELETE FROM releases WHERE id = ANY(%s)", (list(ids),))


def _copy(cursor: Any, table: Table, rows: list[Row]) -> None:
    if not rows:
        return
    columns = [column.name for column in table.columns]
    with cursor.copy(f"COPY {table.name} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row[name] for name in columns])
