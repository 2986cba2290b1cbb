"""Tables of releases: JSON Lines, JSON and CSV, a release a row; which field is what by its name, or by the user's map."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from communique.errors import EmptyReleaseError, NotTextError
from communique.read.content import Budget, Content, Part, headed, within
from communique.read.days import day_of
from communique.read.decode import decode
from communique.read.mojibake import mended
from communique_models import Notice, Place

FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "full_text", "fulltext", "release"),
    "title": ("title", "headline", "subject"),
    "published_on": (
        "published_on",
        "date_published",
        "published",
        "publication_date",
        "published_at",
        "pub_date",
        "pubdate",
        "date",
    ),
    "issuer": ("issuer", "publisher", "organisation", "organization", "agency"),
    "source": ("source", "url", "link", "uri", "id"),
}
"""What a field is, by its name in any case; the first that is there counts."""

DELIMITERS = ",;\t|"
LISTS = ("releases", "items", "results", "data", "records")  # under which a JSON object holds its rows


def open_json(raw: bytes, budget: Budget, fields: Mapping[str, str]) -> Iterator[Part]:
    """The releases of a JSON file: an object, a list of them, or an object that holds such a list."""
    text, notices = decode(raw)
    told = _parsed(text)
    if isinstance(told, dict):
        told = next((told[name] for name in LISTS if isinstance(told.get(name), list)), told)
    if isinstance(told, dict):
        yield Part("", _release(told, budget, fields, notices))
        return
    if not isinstance(told, list):
        raise NotTextError("its JSON is neither an object nor a list of objects")
    yield from _numbered(told, budget, fields, notices)


def open_json_lines(raw: bytes, budget: Budget, fields: Mapping[str, str]) -> Iterator[Part]:
    """The releases of a JSON Lines file, an object a line; blank lines are passed over."""
    text, notices = decode(raw)
    lines = (line for line in text.split("\n") if line.strip())
    for i, line in enumerate(lines, 1):
        try:
            row = _parsed(line)
        except NotTextError as error:
            yield Part(f"#{i}", error)
            continue
        yield Part(f"#{i}", _told(row, budget, fields, notices))


def open_csv(raw: bytes, budget: Budget, fields: Mapping[str, str]) -> Iterator[Part]:
    """The releases of a table whose first line names its fields, apart by comma, semicolon, tab or bar."""
    text, notices = decode(raw)
    head = text.split("\n", 1)[0]
    csv.field_size_limit(max(budget.characters, 131_072) + 1)
    delimiter = max(DELIMITERS, key=head.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="", restval="")
    try:
        named = {name.strip().casefold() for name in rows.fieldnames or ()}
        if not named.intersection(_names("text", fields)):
            raise NotTextError(_no_text(fields))
        yield from _numbered(rows, budget, fields, notices)
    except csv.Error as error:
        raise NotTextError(f"the table is broken at line {rows.line_num:,}: {error}") from error


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotTextError(f"its JSON is broken: {error}") from error


def _numbered(rows: Iterable[Any], budget: Budget, fields: Mapping[str, str], notices: tuple[Notice, ...]) -> Iterator[Part]:
    for i, row in enumerate(rows, 1):
        yield Part(f"#{i}", _told(row, budget, fields, notices))


def _told(
    row: Any, budget: Budget, fields: Mapping[str, str], notices: tuple[Notice, ...]
) -> Content | NotTextError | EmptyReleaseError:
    try:
        return _release(row, budget, fields, notices)
    except (NotTextError, EmptyReleaseError) as error:
        return error


def _release(row: Any, budget: Budget, fields: Mapping[str, str], notices: tuple[Notice, ...]) -> Content:
    if not isinstance(row, dict):
        raise NotTextError("a row is no object with fields")
    named = {str(name).strip().casefold(): value for name, value in row.items()}
    told = {field: words for field in FIELDS if (words := _field(named, field, fields))}
    if "text" not in told:
        raise EmptyReleaseError(_no_text(fields))
    spelt = {str(name).strip().casefold(): str(name).strip() or None for name in row}
    text, name = told["text"]
    text, more = mended(text)
    within(len(text), budget.characters)
    content = Content(
        text,
        told["title"][0] if "title" in told else None,
        day_of(told["published_on"][0]) if "published_on" in told else None,
        told["issuer"][0] if "issuer" in told else None,
        told["source"][0] if "source" in told else None,
        notices + more,
        (Place(start=0, end=len(text), path=spelt[name]),),
    )
    return headed(content, spelt[told["title"][1]] if "title" in told else None)


def _names(field: str, fields: Mapping[str, str]) -> tuple[str, ...]:
    return (fields[field].strip().casefold(),) if field in fields else FIELDS[field]


def _no_text(fields: Mapping[str, str]) -> str:
    return f"it has no text in a field {' or '.join(map(repr, _names('text', fields)))}; say where it is: --map text=NAME"


def _field(row: Mapping[str, Any], field: str, fields: Mapping[str, str]) -> tuple[str, str] | None:
    """What a row says in a field, as text, and the field's name there; None if nothing."""
    name = next((name for name in _names(field, fields) if row.get(name) not in (None, "")), None)
    value = row[name] if name else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return (value, name) if name and isinstance(value, str) and value.strip() else None
