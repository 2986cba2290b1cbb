"""Runs in databases, as `run.json` tells them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from communique.store import open_sink
from communique.store.runs import keep_run
from databases import Database

TOLD: dict[str, Any] = {
    "ended": "2024-04-05T10:00:30Z",
    "seconds": 30.5,
    "counts": {"read": 7, "failed": 2, "words": 1234},
    "failures": [
        {"release": "in/a.txt", "reason": "there is not a word in it"},
        {"release": "in/b.txt", "reason": "first"},
        {"release": "in/b.txt", "reason": "it's \"last\""},
    ],
    "settings": {"model": "m", "note": "ø"},
    "versions": {"communique": "9.9"},
}


def test_a_run_and_its_failures_are_kept_once(database: Database) -> None:
    with open_sink(database.url) as sink:
        for _ in range(2):
            keep_run(sink, TOLD)
        keep_run(sink, {**TOLD, "failures": []})
    columns = "started_at, ended_at, version, CAST(settings AS VARCHAR), releases_read, releases_failed, words"
    told = database.ask(f"SELECT {columns} FROM runs")
    assert told == [("2024-04-05T09:59:59Z", "2024-04-05T10:00:30Z", "9.9", '{"model": "m", "note": "ø"}', 7, 2, 1234)] * 2
    failures = "SELECT f.path, f.reason FROM failures f JOIN runs r ON r.id = f.run_id ORDER BY 1"
    assert database.ask(failures) == [("in/a.txt", "there is not a word in it"), ("in/b.txt", "it's \"last\"")]


def test_files_keep_no_runs(tmp_path: Path) -> None:
    with open_sink(f"jsonl:{tmp_path}/r.jsonl") as sink:
        keep_run(sink, TOLD)
    assert (tmp_path / "r.jsonl").read_bytes() == b""
