"""Records read back from their files: those of a folder one after the other, and the files that hold none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from communique.errors import InputMissingError
from communique_models import Record

MARKS = {"schema_version", "release", "text"}  # what every record has, and other JSON files that lie beside them do not


@dataclass(frozen=True, slots=True)
class Loaded:
    """A record and the name of its file: the path below the folder that was given, without `.json`."""

    name: str
    record: Record


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that should be a record and is none, with the reason."""

    name: str
    reason: str


def load(given: Iterable[Path]) -> Iterator[Loaded | Unread]:
    """The records in files and, searched deeply, folders, in the order of their names.

    In a folder, hidden files and JSON that is no record (a sidecar, a schema) are passed over. Raises `InputMissingError` for a
    path that is not there.
    """
    for top in given:
        if not top.exists():
            raise InputMissingError(f"{top}: it is not there; check the path")
        if not top.is_dir():
            yield _loaded(top, top.name.removesuffix(".json"))
            continue
        for path in sorted(top.rglob("*.json")):
            below = path.relative_to(top)
            if any(part.startswith(".") for part in below.parts):
                continue
            one = _loaded(path, below.as_posix().removesuffix(".json"))
            if isinstance(one, Loaded) or _means_to_be_one(path):
                yield one


def _loaded(path: Path, name: str) -> Loaded | Unread:
    try:
        return Loaded(name, Record.model_validate_json(path.read_bytes()))
    except OSError as error:
        return Unread(name, f"cannot be read: {error.strerror or error}")
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        return Unread(name, f"{f'{place}: ' if place else ''}{first['msg'].removeprefix('Value error, ')}")


def _means_to_be_one(path: Path) -> bool:
    """Whether a file that is no record was meant as one: broken JSON, or JSON with what every record has."""
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return True
    return isinstance(told, dict) and set(told) >= MARKS
