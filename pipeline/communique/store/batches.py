"""The rows of several records at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Table

from communique.store import tables
from communique.store.convert import Converter
from communique.store.rows import rows
from communique.store.sink import Named
from communique.store.tables import Row
from communique_models import Record


def batch_rows(releases: Iterable[Named], converter: Converter | None = None) -> dict[Table, list[Row]]:
    """All rows of records, table by table, each behind those that it refers to."""
    made: dict[Table, list[Row]] = {table: [] for table in tables.LOADED}
    for record, name in releases:
        for table, told in rows_with(record, name, converter).items():
            made[table] += told
    return made


def rows_with(record: Record, name: str, converter: Converter | None) -> dict[Table, list[Row]]:
    """The rows of a record, those of its sums in another currency included where that was asked for."""
    made = rows(record, name)
    if converter:
        keys = {amount.id: row["id"] for amount, row in zip(record.amounts, made[tables.amounts], strict=True)}
        made[tables.conversions] = converter.rows(record, keys)
    return made
