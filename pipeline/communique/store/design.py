"""A database's tables and views: made where they are missing, known by their version, kept up to date with the vocabularies."""

from __future__ import annotations

from sqlalchemy import Column, Connection, MetaData, String, Table, and_, insert, inspect, select, text, update
from sqlalchemy.schema import CreateTable

from communique.errors import DatabaseError
from communique.store.lookups import lookup_rows
from communique.store.tables import VERSION, metadata
from communique.store.views import COMMENTS, views

version_table = Table("communique_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Where the version stands; the migrations keep it."""


def names(connection: Connection) -> set[str]:
    """The tables and views that are there."""
    inspector = inspect(connection)
    return {*inspector.get_table_names(), *inspector.get_view_names()}


def version_of(connection: Connection) -> str | None:
    """The version of a database's tables; None where there are none that tell it."""
    if version_table.name not in inspect(connection).get_table_names():
        return None
    return connection.execute(select(version_table.c.version_num)).scalar()


def check_version(found: str, place: str, url: str) -> None:
    """Raise `DatabaseError`, which says what to do, if the tables are not those of this version."""
    if found == VERSION:
        return
    told = f"the database {place} has tables of version {found}, this communique writes version {VERSION}"
    if found > VERSION:
        raise DatabaseError(f"{told}; update communique, or give another --db")
    raise DatabaseError(f"{told}; make a copy of it and run `communique db upgrade {url}`")


def make(connection: Connection) -> None:
    """Make all tables, their rows that are the same everywhere, and the views."""
    metadata.create_all(connection, checkfirst=False)
    for table, rows in lookup_rows().items():
        connection.execute(insert(table), rows)
    make_views(connection)
    connection.execute(CreateTable(version_table))
    connection.execute(insert(version_table), [{"version_num": VERSION}])


def make_views(connection: Connection) -> None:
    """Make the views, in the place of those that are there."""
    there = set(inspect(connection).get_view_names())
    made = views(connection.dialect.name)
    for view in [*reversed(made)]:
        if view in there:
            connection.execute(text(f"DROP VIEW {view}"))
    for view, query in made.items():
        connection.execute(text(f"CREATE VIEW {view} AS {query}".replace(":", r"\:")))
        if connection.dialect.supports_comments:
            told = COMMENTS[view].replace("'", "''").replace(":", r"\:")
            connection.execute(text(f"COMMENT ON VIEW {view} IS '{told}'"))


def refresh_lookups(connection: Connection) -> None:
    """Bring the rows of the vocabularies up to date: a word may be new since the database was made."""
    for table, rows in lookup_rows().items():
        keys = [column.name for column in table.primary_key]
        there = {tuple(row[key] for key in keys): dict(row) for row in connection.execute(select(table)).mappings()}
        for row in rows:
            key = tuple(row[name] for name in keys)
            if key not in there:
                connection.execute(insert(table), [row])
            elif there[key] != row:
                where = and_(*(table.c[name] == row[name] for name in keys))
                connection.execute(update(table).where(where).values(**row))
