"""Records checked against the contract, every problem of a file told, not only the first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from communique_models import Record

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a record's file; `where` is a path such as ``amounts.0.mention``."""

    path: Path
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {f'{self.where}: ' if self.where else ''}{self.what}"


def problems(path: Path) -> list[Problem]:
    """What is wrong in a file: that it is no JSON, breaks the schema, quotes what its text does not say, or refers to nothing."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return [Problem(path, "", f"cannot be read: {error.strerror or error}")]
    return problems_of(path, raw)


def problems_of(path: Path, raw: bytes) -> list[Problem]:
    """What is wrong in the bytes of a file, or of a part of it."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return [Problem(path, "", f"is no JSON: {error}")]
    if not isinstance(told, dict):
        return [Problem(path, "", "is no record: a record is a JSON object")]
    found = dict(_misquotes(told, told.get("text")))
    try:
        record = Record.model_validate_json(raw)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            place, message = one["loc"], one["msg"].removeprefix("Value error, ")
            if place or not found:  # the model's own check of quotes stops at the first
                found.setdefault(place, message)
    else:
        found |= _identity(record)
    return [Problem(path, ".".join(map(str, place)), " ".join(message.split())) for place, message in found.items()]


def _misquotes(told: Any, text: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every mention whose quote is not what the text says there."""
    if isinstance(told, list):
        for number, one in enumerate(told):
            yield from _misquotes(one, text, (*place, number))
    elif isinstance(told, dict):
        start, end, quote = told.get("start"), told.get("end"), told.get("quote")
        if isinstance(text, str) and isinstance(start, int) and isinstance(end, int) and isinstance(quote, str):
            if not 0 <= start <= end or text[start:end] != quote:
                yield place, f"the text at {start}:{end} does not read {quote!r}"
            return
        for key, one in told.items():
            yield from _misquotes(one, text, (*place, key))


def _identity(record: Record) -> dict[Place, str]:
    """Whether a record that keeps the schema is that of its text."""
    found: dict[Place, str] = {}
    if record.release.id != hashlib.sha256(record.text.encode()).hexdigest():
        found["release", "id"] = "is not the sha256 of the text"
    if record.release.characters != len(record.text):
        found["release", "characters"] = f"is not the length of the text, {len(record.text)}"
    return found
