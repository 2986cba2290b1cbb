"""The ledger across releases in a database: the records that it is made from, decisions, and the tables that it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Connection, Engine, Table, Text, and_, bindparam, cast, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from communique.errors import DatabaseError
from communique.store import link_tables, migrate, postgres, sqlite, tables
from communique.store.columns import Money
from communique.store.tables import Row
from communique.store.urls import resolved, scheme_of

if TYPE_CHECKING:
    from communique.store.duckdb import Connection as DuckConnection

BATCH = 500  # records that are in memory at a time
Key = tuple[Any, ...]


class Links:
    """The ledger across releases behind a database's URL; raises `DatabaseError` wherever the database cannot be used."""

    def __init__(self, told: str) -> None:
        """See that the database is there and of this version."""
        found = migrate.current(told)
        if found != tables.VERSION:
            message = f"its tables are of version {found}, this communique needs version {tables.VERSION}"
            raise DatabaseError(f"{message}; make a copy of it and run `communique db upgrade URL`")
        url = resolved(told)
        if scheme_of(url) == "duckdb":
            self._begin: _Begin = _Duck(url)
        else:
            self._begin = _Alchemy(url)

    def records(self) -> Iterator[str]:
        """The records as JSON, in the order of their releases' ids, a few a transaction, so that nobody has to wait for long."""
        last = ""
        while True:
            with self._begin as work:
                page = work.records_after(last)
            yield from (told for _, told in page)
            if len(page) < BATCH:
                return
            last = page[-1][0]

    def decisions(self) -> list[Row]:
        """People's decisions."""
        with self._begin as work:
            return list(work.rows(link_tables.link_decisions))

    def decide(self, decision: Row) -> None:
        """Keep a decision in the place of an earlier one on the same two."""
        table = link_tables.link_decisions
        pair = decision["later"], decision["earlier"]
        with self._begin as work:
            work.delete(table, [pair, (pair[1], pair[0])])
            work.insert(table, [decision])

    def replace(self, made: Mapping[Table, Sequence[Row]]) -> int:
        """Write what differs from what is there, in one transaction; how many rows that were.

        Rows of releases that were taken away since the records were read are left out.
        """
        with self._begin as work:
            there = {table.name: work.ids(table) for table in (tables.commitments, tables.parties)}
            changed = 0
            plans = []
            for table in link_tables.MADE:
                wanted = {_key(table, row): row for row in made[table] if _stands(table, row, there)}
                found = {_key(table, row): row for row in work.rows(table)}
                gone = [key for key in found if key not in wanted]
                fresh = [row for key, row in wanted.items() if key not in found]
                other = [row for key, row in wanted.items() if key in found and not _same(table, row, found[key])]
                plans.append((table, gone, fresh, other))
                changed += len(gone) + len(fresh) + len(other)
            for table, _, fresh, other in plans:
                work.insert(table, fresh)
                work.update(table, other)
            for table, gone, _, _ in reversed(plans):  # last: what is deleted takes along whatever still refers to it
                work.delete(table, gone)
            return changed


def _key(table: Table, row: Row) -> Key:
    return tuple(row[column.name] for column in table.primary_key)


def _stands(table: Table, row: Row, there: Mapping[str, set[str]]) -> bool:
    """Whether the facts that a row refers to are there."""
    for column in table.columns:
        for reference in column.foreign_keys:
            target = reference.target_fullname.split(".")[0]
            if target in there and row[column.name] not in there[target]:
                return False
    return True


def _same(table: Table, row: Row, found: Row) -> bool:
    """Whether two rows say the same, as far as every database keeps it."""
    return all(_plain(table.c[name].type, row[name]) == _plain(table.c[name].type, found[name]) for name in row)


def _plain(kind: Any, value: Any) -> Any:
    return float(value) if isinstance(kind, Money) and value is not None else value


class _Work(Protocol):
    """What can be done within a transaction."""

    def records_after(self, release_id: str) -> list[tuple[str, str]]: ...

    def ids(self, table: Table) -> set[str]: ...

    def rows(self, table: Table) -> Iterator[Row]: ...

    def insert(self, table: Table, rows: Sequence[Row]) -> None: ...

    def update(self, table: Table, rows: Sequence[Row]) -> None: ...

    def delete(self, table: Table, keys: Sequence[Key]) -> None: ...


class _Begin(Protocol):
    """A database whose transactions are entered, one at a time."""

    def __enter__(self) -> _Work: ...

    def __exit__(self, *raised: Any) -> None: ...


class _Alchemy:
    """SQLite and PostgreSQL."""

    def __init__(self, url: str) -> None:
        self._engine: Engine
        if scheme_of(url) == "sqlite":
            self._place = sqlite.file_of(url)
            self._engine, self._told = sqlite.engine(self._place), sqlite.told
        else:
            self._place = postgres.place_of(url)
            self._engine, self._told = postgres.engine(url), postgres.told

    def __enter__(self) -> _Work:
        try:
            self._transaction = self._engine.begin()
            return _AlchemyWork(self._transaction.__enter__())
        except DBAPIError as error:
            raise self._told(error, self._place) from error

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        try:
            self._transaction.__exit__(kind, error, trace)
        except DBAPIError as broken:
            raise self._told(broken, self._place) from broken
        finally:
            self._engine.dispose()
        if isinstance(error, DBAPIError):
            raise self._told(error, self._place) from error


class _AlchemyWork:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def records_after(self, release_id: str) -> list[tuple[str, str]]:
        kept = tables.records.c
        query = select(kept.release_id, cast(kept.json, Text))  # a text: the driver would read it otherwise
        query = query.where(kept.release_id > release_id).order_by(kept.release_id).limit(BATCH)
        return [(id_, told) for id_, told in self._connection.execute(query)]

    def ids(self, table: Table) -> set[str]:
        return set(self._connection.execute(select(table.c.id)).scalars())

    def rows(self, table: Table) -> Iterator[Row]:
        for row in self._connection.execute(select(table)).mappings():
            yield dict(row)

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        if rows:
            self._connection.execute(insert(table), list(rows))

    def update(self, table: Table, rows: Sequence[Row]) -> None:
        if rows:
            keys = {column.name for column in table.primary_key}
            where = and_(*(table.c[name] == bindparam(f"of_{name}") for name in keys))
            values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name not in keys}
            told = [{f"of_{name}" if name in keys else name: value for name, value in row.items()} for row in rows]
            self._connection.execute(update(table).where(where).values(values), told)

    def delete(self, table: Table, keys: Sequence[Key]) -> None:
        if keys:
            columns = [column.name for column in table.primary_key]
            where = and_(*(table.c[name] == bindparam(f"of_{name}") for name in columns))
            self._connection.execute(
                delete(table).where(where), [dict(zip([f"of_{n}" for n in columns], k, strict=True)) for k in keys]
            )


class _Duck:
    """DuckDB, by its own client."""

    def __init__(self, url: str) -> None:
        from communique.store import duckdb

        self._file = duckdb.file_of(url)

    def __enter__(self) -> _Work:
        from communique.store import duckdb

        self._transaction = duckdb.transaction(self._file)
        return _DuckWork(self._transaction.__enter__())

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        self._transaction.__exit__(kind, error, trace)


class _DuckWork:
    def __init__(self, connection: DuckConnection) -> None:
        self._connection = connection

    def records_after(self, release_id: str) -> list[tuple[str, str]]:
        query = f"SELECT release_id, json FROM records WHERE release_id > $1 ORDER BY release_id LIMIT {BATCH}"
        return [(id_, told) for id_, told in self._connection.execute(query, [release_id]).fetchall()]

    def ids(self, table: Table) -> set[str]:
        return {id_ for (id_,) in self._connection.execute(f"SELECT id FROM {table.name}").fetchall()}

    def rows(self, table: Table) -> Iterator[Row]:
        names = [column.name for column in table.columns]
        result = self._connection.execute(f"SELECT {', '.join(names)} FROM {table.name}")
        yield from (dict(zip(names, row, strict=True)) for row in result.fetchall())

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        from communique.store import duckdb

        duckdb.insert(self._connection, table, list(rows))

    def update(self, table: Table, rows: Sequence[Row]) -> None:
        self.delete(table, [_key(table, row) for row in rows])
        self.insert(table, rows)

    def delete(self, table: Table, keys: Sequence[Key]) -> None:
        if not keys:
            return
        columns = [column.name for column in table.primary_key]
        told = ", ".join(f"unnest(${number}::VARCHAR[])" for number in range(1, len(columns) + 1))
        query = f"DELETE FROM {table.name} WHERE ({', '.join(columns)}) IN (SELECT {told})"
        self._connection.execute(query, [list(column) for column in zip(*keys, strict=True)])
