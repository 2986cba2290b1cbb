"""How the databases differ in what the views need: all differences stand here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """The SQL of one database."""

    listed: Callable[[str, str, str, str], str]
    """`(what, separator, source, order)`: a subquery that joins `what` of the rows of `source` (FROM … WHERE …) into a text."""
    month: Callable[[str], str]
    """A date as ``2024-04``."""
    digits: Callable[[str], str]
    """A sum as text without idle zeros."""


def _ordered_rows(what: str, separator: str, source: str, order: str) -> str:
    """Older SQLite cannot order within an aggregate; it takes the rows as they come."""
    return f"(SELECT group_concat(told, '{separator}') FROM (SELECT {what} AS told {source} ORDER BY {order}))"


def _ordered_aggregate(what: str, separator: str, source: str, order: str) -> str:
    return f"(SELECT string_agg({what}, '{separator}' ORDER BY {order}) {source})"


DIALECTS = {
    "sqlite": Dialect(
        listed=_ordered_rows,
        month=lambda day: f"substr({day}, 1, 7)",
        digits=lambda number: f"CAST({number} AS TEXT)",
    ),
    "postgresql": Dialect(
        listed=_ordered_aggregate,
        month=lambda day: f"to_char({day}, 'YYYY-MM')",
        digits=lambda number: f"CAST({number} AS TEXT)",
    ),
    "duckdb": Dialect(
        listed=_ordered_aggregate,
        month=lambda day: f"strftime({day}, '%Y-%m')",
        digits=lambda number: f"rtrim(rtrim(CAST({number} AS VARCHAR), '0'), '.')",  # its decimals have a fixed number of digits
    ),
}
"""By the name that SQLAlchemy has for them."""
