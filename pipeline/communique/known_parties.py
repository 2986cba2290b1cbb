"""The user's own list of parties: a CSV or JSON file with names, aliases, kinds and identifiers.

CSV: a header line with `name`, and optionally `aliases` (parted by `|` or `;`) and `kind`; every further column is an
identifier whose scheme is the column's name. JSON: a list of objects with `name`, `aliases` (a list), `kind` and
`identifiers` (an object from scheme to value).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.errors import SettingsError
from communique.normalise.names import NameIndex
from communique_models import Kind

OWN_COLUMNS = ("name", "aliases", "kind")
KINDS = ", ".join(kind.value for kind in Kind)


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A party as the user knows it."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: Kind | None = None
    identifiers: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(slots=True)
class KnownParties:
    """A user's list, ready to be found in texts."""

    parties: list[KnownParty]
    index: NameIndex[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.index = NameIndex()
        for number, party in enumerate(self.parties):
            self.index.extend([party.name, *party.aliases], number)


def read(path: Path) -> KnownParties:
    """The list in a CSV or JSON file, told apart by its first character.

    Raises `SettingsError`, which names the file and the line or entry, if it is not there or does not keep to the form.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(
            f"the list of parties {path} cannot be read ({error.strerror or error}); give a CSV or JSON file"
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"the list of parties {path} is not in UTF-8 (byte {error.start}); save it as UTF-8") from error
    rows = _from_json(path, text) if text.lstrip()[:1] in ("[", "{") else _from_csv(path, text)
    parties = [_party(path, place, row) for place, row in rows]
    if not parties:
        raise SettingsError(f"the list of parties {path} has no party in it; give at least one row with a name")
    return KnownParties(parties)


def _from_json(path: Path, text: str) -> Iterable[tuple[str, dict[str, Any]]]:
    try:
        told = json.loads(text)
    except json.JSONDecodeError as error:
        raise SettingsError(f"the list of parties {path} is no JSON: line {error.lineno}: {error.msg}") from error
    if not isinstance(told, list):
        raise SettingsError(f"the list of parties {path} has to be a JSON list of objects with a name")
    for number, row in enumerate(told, 1):
        if not isinstance(row, dict):
            raise SettingsError(f"the list of parties {path}: entry {number} has to be an object with a name")
        yield f"entry {number}", row


def _from_csv(path: Path, text: str) -> Iterable[tuple[str, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text))
    try:
        columns = [(column or "").strip().lower() for column in reader.fieldnames or ()]
        if "name" not in columns:
            raise SettingsError(
                f"the list of parties {path} has no column `name` in its first line, but {', '.join(columns) or 'no columns'}"
            )
        reader.fieldnames = columns
        for row in reader:
            if None in row:
                raise SettingsError(f"the list of parties {path}: line {reader.line_num} has more values than columns")
            told: dict[str, Any] = {key: (row.get(key) or "").strip() for key in ("name", "kind")}
            told["aliases"] = [alias for alias in re.split(r"[|;]", row.get("aliases") or "") if alias.strip()]
            told["identifiers"] = {
                key: value.strip() for key, value in row.items() if key not in OWN_COLUMNS and value and value.strip()
            }
            yield f"line {reader.line_num}", told
    except csv.Error as error:
        raise SettingsError(f"the list of parties {path}: line {reader.line_num}: {error}") from error


def _party(path: Path, place: str, row: dict[str, Any]) -> KnownParty:
    name, aliases, kind, identifiers = (
        row.get("name"),
        row.get("aliases") or [],
        row.get("kind") or None,
        row.get("identifiers") or {},
    )
    if not isinstance(name, str) or not name.strip():
        raise SettingsError(f"the list of parties {path}: {place} has no name")
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise SettingsError(f"the list of parties {path}: {place} ({name}): aliases have to be a list of names")
    if not isinstance(identifiers, dict) or not all(isinstance(value, (str, int)) for value in identifiers.values()):
        raise SettingsError(
            f"the list of parties {path}: {place} ({name}): identifiers have to be an object from scheme to value"
        )
    if kind is not None and kind not in set(Kind):
        raise SettingsError(f"the list of parties {path}: {place} ({name}): kind {kind!r} is none of {KINDS}")
    return KnownParty(
        name.strip(),
        tuple(alias.strip() for alias in aliases if alias.strip()),
        Kind(kind) if kind else None,
        {str(key): str(value) for key, value in identifiers.items()},
    )
