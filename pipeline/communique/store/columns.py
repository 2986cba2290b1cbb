"""What the columns of the tables are made of, for SQLite, PostgreSQL and DuckDB alike."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import UserDefinedType

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Of indexes and constraints, so that a later version can name what it changes."""

metadata = MetaData(naming_convention=NAMES)


class Money(UserDefinedType[str]):
    """A decimal number that is bound as its digits: databases keep it as a number and sum and compare it as one.

    PostgreSQL keeps every digit, DuckDB 28 before and 10 behind the point, SQLite 15 in all where there is a fraction.
    """

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The column's type in SQL."""
        return "NUMERIC"


class Document(UserDefinedType[str]):
    """JSON that is bound as its text, and kept byte for byte."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The column's type in SQL."""
        return "JSON"


@compiles(Document, "sqlite")
def _text(*_: Any, **__: Any) -> str:
    return "TEXT"  # SQLite has functions for JSON, but no type; a type it does not know would be a number's


def key() -> Column[str]:
    """The primary key of a table of facts."""
    return Column("id", Text, primary_key=True, comment="16 digits of the release's id, a colon, the fact's id in the record")


def to(target: str, name: str, comment: str | None = None, *, required: bool = False, primary: bool = False) -> Column[str]:
    """A reference to a row that takes its referrers with it; within one transaction the order of insertion is free."""
    reference = ForeignKey(f"{target}.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED")
    nullable = not (required or primary)
    return Column(name, Text, reference, nullable=nullable, primary_key=primary, index=not primary, comment=comment)


def one_of(lookup: str, name: str, *, required: bool = True, primary: bool = False, index: bool = False) -> Column[str]:
    """A word of a closed vocabulary, which has a table of its own."""
    reference = ForeignKey(f"{lookup}.id", deferrable=True, initially="DEFERRED")
    told = f"a word of {lookup}"
    return Column(name, Text, reference, nullable=not (required or primary), primary_key=primary, index=index, comment=told)


def number() -> Column[int]:
    """The place of a fact in its record."""
    return Column("number", Integer, nullable=False, comment="from 1 in reading order")
