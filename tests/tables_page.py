"""The page on the tables, `docs/tables.md`, made from their one definition.

    python tests/tables_page.py

writes it anew; a test fails where it differs.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Table

from communique.store import tables
from communique.store.lookups import lookup_rows
from communique.store.views import COMMENTS

PAGE = Path(__file__).parents[1] / "docs" / "tables.md"
HEAD = """# The tables

What `--db` fills, the same in SQLite, PostgreSQL and DuckDB, and as files in CSV and Parquet. Made by
`python tests/readme.py`.

A fact's key is its release's id, cut to 16 digits, a colon and its id in the record: `9f86d081884c7d65:p1`. Deleting a release
deletes all that was said in it (DuckDB has no foreign keys that do so; communique deletes there itself). SQLite keeps truth as 0
and 1.
"""
TOGETHER = """## How they hang together

[![The tables, and what a row of each refers to](tables.svg)](tables.svg)

An arrow leads from a row to the one that it refers to; `→` in a box names the references that are not drawn. The words of a
vocabulary, such as `status`, refer to its table.
"""


def page() -> str:
    """The whole page."""
    facts = [table for table in tables.metadata.sorted_tables if table not in lookup_rows()]
    lookups = [table for table in tables.metadata.sorted_tables if table in lookup_rows()]
    parts = [HEAD, "## Views\n", *(f"- `{name}`: {told}" for name, told in COMMENTS.items()), ""]
    parts += [TOGETHER, "## Tables of facts\n", *map(described, facts)]
    parts += ["## Vocabularies\n", *map(described, lookups)]
    return "\n".join(parts).rstrip() + "\n"


def described(table: Table) -> str:
    """A table's columns."""
    lines = [f"### `{table.name}`\n", f"{table.comment}\n", "| column | type | meaning |", "| --- | --- | --- |"]
    for column in table.columns:
        lines.append(f"| `{column.name}` | {_type(column)}{'' if column.nullable else ', always there'} | {_meaning(column)} |")
    return "\n".join([*lines, ""])


def _meaning(column: Column[object]) -> str:
    keys = [f"of `{key.column.table.name}`" for key in column.foreign_keys]
    told = (column.comment or "").replace("|", "\\|")
    if told.startswith("a word of "):
        return f"a word of `{told.removeprefix('a word of ')}`"
    return ", ".join(part for part in (told, *keys) if part)


def _type(column: Column[object]) -> str:
    name = str(column.type).lower()
    return "decimal" if name == "numeric" else name


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
