"""Databases of older versions become those of this one: `communique db upgrade`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateTable

from communique.errors import DatabaseError
from communique.store import design, postgres, sqlite, tables
from communique.store.urls import resolved, scheme_of
from communique.store.views import views

MIGRATIONS = Path(__file__).with_name("migrations")


def current(told: str) -> str:
    """The version of a database's tables; raises `DatabaseError` if it has none of ours."""
    url = resolved(told)
    if scheme_of(url) == "duckdb":
        from communique.store import duckdb_upgrade

        return duckdb_upgrade.current(url)
    with _connected(url) as (connection, place):
        return _version(connection, place)


def upgrade(told: str) -> tuple[str, str]:
    """Bring a database to this version, all of it or nothing; the versions before and after. Raises `DatabaseError`."""
    url = resolved(told)
    if scheme_of(url) == "duckdb":
        from communique.store import duckdb_upgrade

        return duckdb_upgrade.upgrade(url), tables.VERSION
    with _connected(url) as (connection, place):
        found = _version(connection, place)
        if found > tables.VERSION:
            design.check_version(found, place, told)
        if design.version_of(connection) is None:  # the first tables told their version elsewhere
            connection.execute(CreateTable(design.version_table))
            connection.execute(insert(design.version_table), [{"version_num": found}])
        _drop_views(connection)
        command.upgrade(_config(connection), "head")
        design.refresh_lookups(connection)
        design.make_views(connection)
        if connection.dialect.name == "sqlite":
            sqlite.mark(connection)
        return found, tables.VERSION


def check(told: str) -> list[str]:
    """How a database differs from what this version makes: empty where it does not."""
    url = resolved(told)
    if scheme_of(url) == "duckdb":
        from communique.store import duckdb_upgrade

        return duckdb_upgrade.check(url)
    with _connected(url) as (connection, place):
        found = _version(connection, place)
        if found != tables.VERSION:
            return [f"its tables are of version {found}, this communique writes version {tables.VERSION}"]
        context = MigrationContext.configure(connection, opts={"version_table": design.version_table.name, "compare_type": False})
        ours = tables.metadata.tables
        told_differences = [_told(one) for one in compare_metadata(context, tables.metadata) if _table_of(one) in ours]
        missing = sorted(set(views(connection.dialect.name)) - design.names(connection))
        return told_differences + [f"the view {view} is missing" for view in missing]


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _connected(url: str) -> Iterator[tuple[Connection, str]]:
    """A transaction on a database that is there, and where that is."""
    scheme = scheme_of(url)
    if scheme == "sqlite":
        place = sqlite.file_of(url)
        if not Path(place).is_file():
            raise DatabaseError(f"there is no database {place}; check the path")
        engine, told = sqlite.engine(place), sqlite.told
    elif scheme in ("postgresql", "postgres"):
        place = postgres.place_of(url)
        engine, told = postgres.engine(url), postgres.told
    else:
        raise DatabaseError(f"what is behind {scheme}: has no version; it is made anew from records by `communique load`")
    try:
        with engine.begin() as connection:
            if scheme != "sqlite":
                postgres.prepare_lock(connection)
            yield connection, place
    except DBAPIError as error:
        raise told(error, place) from error
    finally:
        engine.dispose()


def _version(connection: Connection, place: str) -> str:
    found = sqlite.version_of(connection, place) if connection.dialect.name == "sqlite" else design.version_of(connection)
    if found is None:
        raise DatabaseError(f"the database {place} holds no tables of communique; `communique load` makes them")
    return found


def _drop_views(connection: Connection) -> None:
    """Drop the views, which would stand in the way of changes; the last step makes them anew."""
    there = design.names(connection)
    for view in reversed(views(connection.dialect.name)):
        if view in there:
            connection.exec_driver_sql(f"DROP VIEW {view}")


def _table_of(difference: Any) -> str:
    """The table that a difference is in."""
    kind, *about = difference[0] if isinstance(difference, list) else difference
    if kind.endswith("_table"):
        return str(about[0].name)
    named = [part for part in about if isinstance(part, str)]  # schema and table of a column come as names
    return named[0] if named else str(about[0].table.name)


def _told(difference: Any) -> str:
    """A difference in words."""
    first = difference[0] if isinstance(difference, list) else difference
    what = first[0].replace("_", " ")
    names = [str(getattr(part, "name", part)) for part in first[1:] if part is not None and not isinstance(part, dict)]
    return f"to be as this version makes it, it needs: {what} {' '.join(names)}"
