"""Reviewed releases as files of gold: `x.txt`, `x.gold.json`, and `x.meta.json` with what came with the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from communique.errors import OutputError
from communique.overlay import Overlaid
from communique.overlay.gold import gold_of
from communique_models import Record

SUFFIX = re.compile(r"\.(?:json|txt|md|html?|pdf|docx|eml|mbox|csv|jsonl|xml)$")


def write_gold(releases: Iterable[tuple[str, Overlaid]], folder: Path) -> int:
    """Write releases by the names of their records; how many there were. Raises `OutputError`."""
    written: dict[str, str] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, overlaid in releases:
            record = overlaid.record
            stem = gold_name(name)
            if written.get(stem, record.release.id) != record.release.id:
                stem = f"{stem}-{record.release.id[:8]}"
            written[stem] = record.release.id
            (folder / f"{stem}.txt").write_bytes(record.text.encode())  # as it is: no line ends of this system
            _write(folder / f"{stem}.gold.json", gold_of(record, stem))
            _write(folder / f"{stem}.meta.json", _meta(record))
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror or error}; give another folder") from error
    return len(written)


def gold_name(name: str) -> str:
    """`a-x` of a record `a/x.txt.json`: gold lies in one folder."""
    while SUFFIX.search(name):
        name = SUFFIX.sub("", name)
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "release"


def _meta(record: Record) -> dict[str, Any]:
    """What came with the text, as a sidecar says it."""
    release = record.release
    issuer = next((one.name for one in record.parties if one.id == release.issuer), None)
    told = {"published_on": release.published_on and release.published_on.isoformat(), "title": release.title, "issuer": issuer}
    return {key: value for key, value in told.items() if value}


def _write(path: Path, told: dict[str, Any]) -> None:
    path.write_text(f"{json.dumps(told, ensure_ascii=False, indent=1)}\n", encoding="utf-8")
