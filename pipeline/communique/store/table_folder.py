"""The tables as files, one a table, in a folder: CSV, and Parquet.

What the tables are made of lies beside them in a hidden file, a record a line, which is written as the records come; the
tables are written from it when the folder is closed, each whole or not at all. After a crash the next opening and closing
writes them.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Protocol

from sqlalchemy import Boolean, Date, Float, Integer, Table, Text

from communique.errors import DatabaseError
from communique.store import tables
from communique.store.batches import rows_with
from communique.store.columns import Document, Money
from communique.store.extras import needs
from communique.store.lines import Lines, named_line
from communique.store.lookups import lookup_rows
from communique.store.sink import ManySink, Named, last_of_each
from communique.store.tables import Row
from communique_models import Record

MASTER = ".records.jsonl"
GROUP = 20_000  # rows of a Parquet table that are in memory at a time
DIGITS = Decimal("1e-10")  # the least that Parquet's decimals here tell
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which spreadsheets begin what they compute


class Writer(Protocol):
    """Takes the rows of a table."""

    def add(self, told: list[Row]) -> None:
        """Write rows."""

    def close(self) -> None:
        """Write what is left."""


class TableFolder(ManySink):
    """Records in a folder with a file a table."""

    suffix: str

    def __init__(self, url: str) -> None:
        """Open the folder, which is made if it is not there; raises `DatabaseError` if that fails."""
        self._folder = Path(url.partition(":")[2])
        self._lines = Lines(self._folder / MASTER)

    @property
    def place(self) -> str:
        """The folder, with a slash."""
        return f"{self._folder}{os.sep}"

    def write_many(self, releases: Sequence[Named]) -> None:
        """Keep records until the tables are written; raises `DatabaseError`."""
        self._lines.add((record.release.id, named_line(record, name)) for record, name in last_of_each(releases))

    def ids(self) -> list[str]:
        """The ids of the releases that are kept."""
        return self._lines.ids()

    def remove(self, releases: Sequence[str]) -> None:
        """Let go of releases by their ids."""
        self._lines.remove(releases)

    def close(self) -> None:
        """Write the tables and let go of the folder; raises `DatabaseError`."""
        try:
            self._write_tables()
        except OSError as error:
            raise DatabaseError(f"the tables in {self.place} cannot be written: {error.strerror or error}") from error
        finally:
            self._lines.close()

    def _write_tables(self) -> None:
        with ExitStack() as stack:
            files = {table: stack.enter_context(self._new_file(table.name)) for table in [*lookup_rows(), *tables.LOADED]}
            writers = {table: self._writer(table, file) for table, file in files.items()}
            for table, told in lookup_rows().items():
                writers[table].add(told)
            for line in self._lines:
                for table, told in rows_with(Record.model_validate(line["record"]), line["name"], self.converter).items():
                    writers[table].add(told)
            for writer in writers.values():
                writer.close()

    @contextmanager
    def _new_file(self, name: str) -> Iterator[IO[bytes]]:
        """A file that takes its place when all tables are written, and goes if one cannot be."""
        path = self._folder / f"{name}.{self.suffix}"
        new = self._folder / f".{path.name}.new"
        try:
            with new.open("wb") as file:
                yield file
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)

    def _writer(self, table: Table, file: IO[bytes]) -> Writer:
        raise NotImplementedError


class CsvFolder(TableFolder):
    """Tables as CSV: UTF-8, a head line, null as nothing; what a spreadsheet would compute has an apostrophe before it."""

    suffix = "csv"

    def _writer(self, table: Table, file: IO[bytes]) -> Writer:
        return _Csv(table, file)


class ParquetFolder(TableFolder):
    """Tables as Parquet. Needs the extra `parquet`."""

    suffix = "parquet"

    def __init__(self, url: str) -> None:
        """Open the folder; raises `DatabaseError` if that fails, or pyarrow is not installed."""
        needs("pyarrow", "parquet", "Parquet")
        super().__init__(url)

    def _writer(self, table: Table, file: IO[bytes]) -> Writer:
        return _Parquet(table, file)


class _Csv:
    def __init__(self, table: Table, file: IO[bytes]) -> None:
        self._names = [column.name for column in table.columns]
        self._texts = {column.name for column in table.columns if isinstance(column.type, Text | Document)}
        self._file = file
        self._writer = csv.writer(self)
        self._writer.writerow(self._names)

    def write(self, line: str) -> None:
        """Take a line from the writer of the standard library."""
        self._file.write(line.encode())

    def add(self, told: list[Row]) -> None:
        """Write rows."""
        for row in told:
            self._writer.writerow([_harmless(row[name]) if name in self._texts else row[name] for name in self._names])

    def close(self) -> None:
        """Nothing is left."""


def _harmless(words: str | None) -> str | None:
    """A text that no spreadsheet takes for a formula."""
    return f"'{words}" if words and words.lstrip(" \n").startswith(FORMULA) else words


class _Parquet:
    def __init__(self, table: Table, file: IO[bytes]) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        types: dict[type[Any], Any] = {
            Text: pa.string(),
            Document: pa.string(),
            Integer: pa.int32(),
            Boolean: pa.bool_(),
            Float: pa.float64(),
            Date: pa.date32(),
            Money: pa.decimal128(38, 10),
        }
        self._money = {column.name for column in table.columns if isinstance(column.type, Money)}
        fields = [
            pa.field(
                column.name, types[type(column.type)], nullable=bool(column.nullable), metadata={"comment": column.comment or ""}
            )
            for column in table.columns
        ]
        self._schema = pa.schema(fields, metadata={"comment": table.comment or ""})
        self._writer = parquet.ParquetWriter(file, self._schema)
        self._rows: list[Row] = []
        self._table = pa.Table

    def add(self, told: list[Row]) -> None:
        """Take rows, and write them when there are many."""
        self._rows += told
        if len(self._rows) >= GROUP:
            self._flush()

    def _flush(self) -> None:
        made = [row | {name: _decimal(row[name]) for name in self._money} for row in self._rows]
        self._writer.write_table(self._table.from_pylist(made, schema=self._schema))
        self._rows = []

    def close(self) -> None:
        """Write what is left."""
        self._flush()
        self._writer.close()


def _decimal(told: str | None) -> Decimal | None:
    return None if told is None else Decimal(told).quantize(DIGITS)
