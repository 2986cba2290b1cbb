"""Where records go: databases and files, by their URL.

To add a place: one file here with a sink, and its line in `SINKS`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from communique.errors import DatabaseError
from communique.store.json_folder import JsonFolder
from communique.store.sink import Named, Sink
from communique.store.urls import has_password, resolved, scheme_of

__all__ = ["SINKS", "JsonFolder", "Named", "Sink", "has_password", "open_sink"]

SINKS: dict[str, tuple[str, str]] = {
    "sqlite": ("sqlite", "SqliteSink"),
    "postgresql": ("postgres", "PostgresSink"),
    "postgres": ("postgres", "PostgresSink"),
    "duckdb": ("duckdb", "DuckdbSink"),
}
"""The module and the class of each URL scheme; a module is imported where it is used."""


def open_sink(told: str) -> Sink:
    """The sink behind a URL such as ``sqlite:///records.db``, or `env:NAME`; raises `DatabaseError` if it cannot be opened."""
    url = resolved(told)
    scheme = scheme_of(url)
    if scheme not in SINKS:
        raise DatabaseError(
            f"databases of {scheme!r} are not supported; use one of {', '.join(SINKS)}, like sqlite:///records.db"
        )
    module, name = SINKS[scheme]
    sink: Callable[[str], Sink] = getattr(import_module(f"communique.store.{module}"), name)
    return sink(url)
