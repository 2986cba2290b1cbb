"""A database opened for review: one that is there, of this version, that many can use at a time."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from communique.errors import DatabaseError
from communique.store import design, postgres, sqlite
from communique.store.urls import resolved, scheme_of

REVIEWED = ("sqlite", "postgresql", "postgres")
"""The schemes of databases that can be reviewed."""


def opened(told_url: str) -> tuple[Engine, str]:
    """Connections to a database and where it is; raises `DatabaseError` if it is not there or not of this version."""
    url = resolved(told_url)
    scheme = scheme_of(url)
    if scheme not in REVIEWED:
        raise DatabaseError(f"{scheme} cannot be reviewed: load the records into SQLite or PostgreSQL, like sqlite:///records.db")
    if scheme == "sqlite":
        place = sqlite.file_of(url)
        if not Path(place).is_file():
            raise DatabaseError(f"there is no database {place}; check the path, or make it by `communique run --db`")
        engine = sqlite.engine(place)
    else:
        place = postgres.place_of(url)
        engine = postgres.engine(url)
    try:
        with engine.begin() as connection:
            found = sqlite.version_of(connection, place) if scheme == "sqlite" else design.version_of(connection)
        if found is None:
            raise DatabaseError(f"the database {place} holds no records of communique; `communique run --db` makes them")
        design.check_version(found, place, told_url)
    except DBAPIError as error:
        engine.dispose()
        raise told(error, engine, place) from error
    except DatabaseError:
        engine.dispose()
        raise
    return engine, place


def told(error: DBAPIError, engine: Engine, place: str) -> DatabaseError:
    """The error of the driver in words that help."""
    return sqlite.told(error, place) if engine.dialect.name == "sqlite" else postgres.told(error, place)


def lock(connection: Connection, release_id: str) -> None:
    """Wait for whoever loads a release; SQLite has one writer at a time in any case."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": postgres.lock_key(release_id)})
