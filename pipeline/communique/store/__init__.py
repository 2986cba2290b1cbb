"""Where records go: databases and files, by their URL.

To add a place: one file here with a sink, and its line in `SINKS`.
"""

from __future__ import annotations

from importlib import import_module

from communique.errors import DatabaseError
from communique.store.convert import Converter, Destination
from communique.store.json_folder import JsonFolder
from communique.store.sink import ManySink, Named, Sink
from communique.store.urls import has_password, resolved, scheme_of

__all__ = ["SINKS", "Converter", "Destination", "JsonFolder", "Named", "Sink", "has_password", "open_sink"]

SINKS: dict[str, tuple[str, str]] = {
    "sqlite": ("sqlite", "SqliteSink"),
    "postgresql": ("postgres", "PostgresSink"),
    "postgres": ("postgres", "PostgresSink"),
    "duckdb": ("duckdb", "DuckdbSink"),
    "json": ("json_files", "JsonFiles"),
    "jsonl": ("lines", "JsonlFile"),
    "csv": ("table_folder", "CsvFolder"),
    "parquet": ("table_folder", "ParquetFolder"),
}
"""The module and the class of each URL scheme; a module is imported where it is used."""

KNOWN = "sqlite:///FILE, postgresql://HOST/NAME, duckdb:///FILE, json:DIR, jsonl:FILE, csv:DIR or parquet:DIR"


def open_sink(told: str) -> Sink:
    """The sink behind a URL such as ``sqlite:///records.db``, or `env:NAME`; raises `DatabaseError` if it cannot be opened.

    A `Destination` brings a converter of sums along.
    """
    url = resolved(told)
    scheme = scheme_of(url)
    if scheme not in SINKS:
        raise DatabaseError(f"--db {scheme}: is no place that is known; give {KNOWN}")
    module, name = SINKS[scheme]
    sink: ManySink = getattr(import_module(f"communique.store.{module}"), name)(url)
    sink.converter = getattr(told, "converter", None)
    return sink
