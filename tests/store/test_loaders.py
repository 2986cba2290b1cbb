"""Loaders that work at the same time, and loaders that are killed: what they leave is whole."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from communique.errors import DatabaseError
from communique.store import lines, open_sink
from databases import Database, expected, many

LOADER = Path(__file__).with_name("loader.py")
COUNT = 60
RELEASES = many(COUNT)
EXPECTED = {record.release.id: expected(record, name) for record, name in RELEASES}


def start(url: str, count: int = COUNT, batch: int = 10) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, str(LOADER), url, str(count), str(batch)], stdout=subprocess.PIPE, text=True)


def test_two_loaders_at_once_leave_what_one_leaves(make: Any) -> None:
    single, shared = make("single"), make("shared")
    with open_sink(single.url) as sink:
        sink.write_many(RELEASES)
    loaders = [start(shared.url, batch=size) for size in (10, 7)]
    assert [loader.wait(120) for loader in loaders] == [0, 0]
    assert shared.contents() == single.contents()
    assert shared.releases() == EXPECTED


def test_a_killed_loader_leaves_all_or_nothing_of_a_release(database: Database) -> None:
    with open_sink(database.url) as sink:
        sink.write_many(RELEASES[:3])
    for wait in (0.0, 0.05, 0.15, 0.3):
        loader = start(database.url, batch=3)
        assert loader.stdout is not None
        assert loader.stdout.readline() == "open\n"
        time.sleep(wait)
        loader.kill()
        loader.wait()
        left = database.releases()
        assert len(left) >= 3
        assert left == {one: EXPECTED[one] for one in left}
    assert start(database.url).wait(120) == 0
    assert database.releases() == EXPECTED


@pytest.mark.parametrize("kind", ["jsonl:{}/records.jsonl", "csv:{}/tables", "parquet:{}/tables"])
def test_files_are_as_whole_after_a_kill_and_wait_for_each_other(kind: str, tmp_path: Path) -> None:
    url = kind.format(tmp_path)
    for wait in (0.0, 0.05):
        loader = start(url, batch=3)
        assert loader.stdout is not None
        assert loader.stdout.readline() == "open\n"
        time.sleep(wait)
        loader.kill()
        loader.wait()
        with open_sink(url) as sink:
            assert set(sink.ids()) <= set(EXPECTED)  # type: ignore[attr-defined]
    loaders = [start(url, batch=size) for size in (10, 7)]
    assert [loader.wait(120) for loader in loaders] == [0, 0]
    with open_sink(url) as sink:
        assert sorted(sink.ids()) == sorted(EXPECTED)  # type: ignore[attr-defined]


def test_a_file_that_another_program_writes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "WAIT", 0.1)
    with (
        open_sink(f"jsonl:{tmp_path}/records.jsonl"),
        pytest.raises(DatabaseError, match="is being written by another program"),
    ):
        open_sink(f"jsonl:{tmp_path}/records.jsonl")
