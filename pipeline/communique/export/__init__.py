"""Records in the formats of others. Each is a function from records to pieces of a file, which are written as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from communique.export import ftm, iati, jsonld, label_studio
from communique.export.reporter import Reporter
from communique_models import Record

Exporter = Callable[[Iterable[Record], Reporter], Iterator[bytes]]

FORMATS: dict[str, Exporter] = {
    "iati": iati.export,
    "ftm": ftm.export,
    "label-studio": label_studio.export,
    "jsonld": jsonld.export,
}
"""What a format is called on the command line -> what makes it."""

__all__ = ["FORMATS", "Exporter", "Reporter"]
