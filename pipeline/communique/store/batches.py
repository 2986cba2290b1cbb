"""The rows of several records at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Table

from communique.store import tables
from communique.store.rows import rows
from communique.store.sink import Named
from communique.store.tables import Row


def batch_rows(releases: Iterable[Named]) -> dict[Table, list[Row]]:
    """All rows of records, table by table, each behind those that it refers to."""
    made: dict[Table, list[Row]] = {table: [] for table in tables.LOADED}
    for record, name in releases:
        for table, told in rows(record, name).items():
            made[table] += told
    return made
