"""The databases that the store's tests run on, and what is in them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import psycopg
from sqlalchemy.engine import make_url

from communique.store import tables
from communique.store.columns import Document
from communique.store.rows import rows
from communique_models import Record
from records import TEXT, example_record

KINDS = ("sqlite", "postgresql", "duckdb")


@dataclass(frozen=True)
class Database:
    """A database of the tests, by its URL."""

    url: str

    @property
    def kind(self) -> str:
        return self.url.split(":")[0]

    @contextmanager
    def connection(self) -> Iterator[Any]:
        if self.kind == "postgresql":
            with psycopg.connect(self.url, autocommit=True) as server:
                yield server
            return
        name = str(make_url(self.url).database)
        with closing(sqlite3.connect(name, isolation_level=None) if self.kind == "sqlite" else duckdb.connect(name)) as file:
            yield file

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query, with values as plain as all databases have them."""
        with self.connection() as connection:
            return [tuple(map(plain, row)) for row in connection.execute(query).fetchall()]

    def do(self, *statements: str) -> None:
        with self.connection() as connection:
            for statement in statements:
                connection.execute(statement)

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables."""
        return {
            table.name: sorted(self.ask(f"SELECT {_columns(table)} FROM {table.name}"), key=repr)
            for table in tables.metadata.sorted_tables
        }

    def releases(self) -> dict[str, dict[str, list[tuple[Any, ...]]]]:
        """The rows of each release by its id, table by table."""
        found: dict[str, dict[str, list[tuple[Any, ...]]]] = {}
        ids = {one[:16]: one for (one,) in self.ask("SELECT id FROM releases")}
        for table in tables.LOADED:
            for row in self.ask(f"SELECT {_columns(table)} FROM {table.name}"):
                owner = ids[str(row[0])[:16]]  # dangling rows are found here
                found.setdefault(owner, {}).setdefault(table.name, []).append(row)
        return {owner: {name: sorted(told, key=repr) for name, told in of.items()} for owner, of in found.items()}


def _columns(table: Any) -> str:
    """All columns, JSON as its text."""
    return ", ".join(
        f"CAST({column.name} AS VARCHAR)" if isinstance(column.type, Document) else f'"{column.name}"' for column in table.columns
    )


def plain(value: Any) -> Any:
    """A value as SQLite has it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral() else float(value)
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def expected(record: Record, name: str) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that a record has to have, as `Database.releases` tells them."""
    told = {
        table.name: sorted((tuple(_stored(table, row, column.name) for column in table.columns) for row in made), key=repr)
        for table, made in rows(record, name).items()
    }
    return {name: made for name, made in told.items() if made}


def _stored(table: Any, row: dict[str, Any], name: str) -> Any:
    value = row[name]
    if value is not None and str(table.c[name].type) == "NUMERIC":
        return plain(Decimal(value))
    return plain(value)


def many(count: int) -> list[tuple[Record, str]]:
    """Different releases with the names of their records."""
    return [(example_record(f"{TEXT}Release {number}.\n"), f"r{number}.txt.json") for number in range(count)]


def made_databases(kind: str, folder: Path, server: str | None, names: Sequence[str]) -> Iterator[Database]:
    """Databases of a kind that nothing is in yet."""
    for name in names:
        if kind != "postgresql":
            yield Database(f"{kind}:///{folder}/{name}.db")
            continue
        assert server
        label = re.sub(r"\W", "_", f"{folder.name}_{name}").lower()[:60]
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{label}" TEMPLATE template0')
        yield Database(str(make_url(server).set(database=label).render_as_string(hide_password=False)))
