"""Where records go: a folder of JSON files, and databases by their URL.

To add a database: one file here with a sink, and its line in `SINKS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from communique.errors import DatabaseError
from communique.store.json_folder import JsonFolder
from communique.store.sink import Sink
from communique.store.sqlite import SqliteSink

__all__ = ["SINKS", "JsonFolder", "Sink", "SqliteSink", "open_sink"]

SINKS: dict[str, Callable[[str], Sink]] = {"sqlite": SqliteSink}
"""The sink of each URL scheme."""


def open_sink(url: str) -> Sink:
    """The sink behind a URL such as ``sqlite:///records.db``; raises `DatabaseError` if it cannot be opened."""
    scheme = re.match(r"([a-z0-9]+)(?:\+[a-z0-9]+)?://", url)
    if scheme is None:
        raise DatabaseError("--db is no database URL; write it like sqlite:///records.db")  # not repeated: it may hold a password
    if scheme[1] not in SINKS:
        raise DatabaseError(f"databases of {scheme[1]!r} are not supported; use one of {', '.join(sorted(SINKS))}, like sqlite:///records.db")
    return SINKS[scheme[1]](url)
