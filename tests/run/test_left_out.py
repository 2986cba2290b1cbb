"""Releases that are left out for their language, and texts that come more than once."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from rich.console import Console

from communique import Pipeline
from communique.run import Here, Order, Summary
from communique.run.ledger_tables import FOLDER
from communique.run.progress import JsonProgress
from communique.run.report import report
from communique.run.start import Way, carry_out
from communique.run.status import as_json, show, status
from communique.run.step import Step
from communique.settings import Limits

ENGLISH = "Norway will provide NOK 75 billion to Ukraine over five years, the Prime Minister said on Monday."
GERMAN = "Die Bundesregierung stellt 50 Millionen Euro für den Wiederaufbau der Ukraine bereit, teilte das Ministerium mit."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(ENGLISH)
    (tmp_path / "in" / "b.csv").write_text(f'date,text\n2024-03-05,"{GERMAN}"\n2024-03-06,"{ENGLISH}"\n')
    (tmp_path / "in" / "c.txt").write_text(GERMAN)
    return tmp_path / "in"


def through(pipeline: Pipeline, folder: Path, *, skip_languages: bool, retry_failed: bool = False) -> tuple[Summary, str]:
    """A run of the folder beside `out` with a database, and its log."""
    urls = (f"sqlite:///{folder.parent}/r.db",)
    order = Order((folder,), folder.parent / "out", urls, retry_failed=retry_failed, skip_languages=skip_languages)
    engine = Here(lambda: Step(pipeline, skip_languages=skip_languages))
    summary = carry_out(order, Way(Limits(workers=0)), JsonProgress(log := io.StringIO()), engine)
    return summary, log.getvalue()


def records(folder: Path) -> list[str]:
    out = folder.parent / "out"
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*.json") if FOLDER not in path.parts)


def account(folder: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads((folder.parent / "out" / FOLDER / "run.json").read_text())
    return told


def languages_in_database(folder: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(folder.parent / "r.db")) as db:
        return db.execute("SELECT language FROM releases ORDER BY language").fetchall()


def lines_of(summary: Summary) -> list[str]:
    report(summary, Console(file=(told := io.StringIO()), width=300))
    return [" ".join(line.split()) for line in told.getvalue().splitlines()]


def test_releases_in_other_languages_are_left_out_and_told_also_by_the_next_run(pipeline: Pipeline, folder: Path) -> None:
    left_out = {f"{folder}/b.csv#1": "de", f"{folder}/c.txt": "de"}
    first, log = through(pipeline, folder, skip_languages=True)
    assert (first.read, first.left_out, first.failed, first.some_failed) == (2, left_out, [], False)
    assert records(folder) == ["a.txt.json", "b.csv#2.json"]
    assert [event["release"] for event in map(json.loads, log.splitlines()) if event["event"] == "left_out"] == list(left_out)
    again, _ = through(pipeline, folder, skip_languages=True, retry_failed=True)
    assert (again.read, again.unchanged, again.left_out, again.some_failed) == (0, 3, left_out, False)
    told = account(folder)
    assert told["left_out"] == [{"release": path, "language": "de"} for path in left_out]
    assert told["counts"]["left_out"] == 2  # type: ignore[index]  # of JSON
    assert {"left out, not in English 2", f"left out {folder}/c.txt: de"} <= set(lines_of(again))


def test_a_ledger_tells_what_is_left_out_from_what_failed(pipeline: Pipeline, folder: Path) -> None:
    (folder / "d.txt").write_text(" ")
    summary, _ = through(pipeline, folder, skip_languages=True)
    assert [path for path, _ in summary.failed] == [f"{folder}/d.txt"]
    state = status(folder.parent / "out")
    told = as_json(state)
    assert told["releases"] == {"done": 2, "failed": 1, "left_out": 2}
    assert {one["name"]: one["state"] for one in told["inputs"]} == {
        "a.txt": "done",
        "b.csv": "done",
        "c.txt": "done",
        "d.txt": "failed",
    }
    assert [one["state"] for one in told["inputs"][1]["releases"]] == ["left_out", "done"]
    show(state, Console(file=(shown := io.StringIO()), width=200))
    assert "left out, not in English" in shown.getvalue()


def test_the_option_counts_also_where_records_are_there_already(pipeline: Pipeline, folder: Path) -> None:
    whole = ["a.txt.json", "b.csv#1.json", "b.csv#2.json", "c.txt.json"]
    summary, _ = through(pipeline, folder, skip_languages=False)
    assert (summary.read, summary.left_out, summary.notices["not_english"]) == (4, {}, 2)
    assert (records(folder), languages_in_database(folder)) == (whole, [("de",), ("en",)])
    through(pipeline, folder, skip_languages=True)
    assert (records(folder), languages_in_database(folder)) == (["a.txt.json", "b.csv#2.json"], [("en",)])
    summary, _ = through(pipeline, folder, skip_languages=False)
    assert summary.left_out == {}
    assert (records(folder), languages_in_database(folder)) == (whole, [("de",), ("en",)])


def test_texts_that_come_more_than_once_are_told_the_same_by_every_run(pipeline: Pipeline, folder: Path) -> None:
    duplicates = {f"{folder}/b.csv#2": f"{folder}/a.txt", f"{folder}/c.txt": f"{folder}/b.csv#1"}
    for _ in range(2):
        summary, _ = through(pipeline, folder, skip_languages=False)
        assert summary.duplicates == duplicates
        assert account(folder)["duplicates"] == [{"release": path, "repeats": first} for path, first in duplicates.items()]
    assert {"duplicates 2", f"duplicate {folder}/c.txt: the text of {folder}/b.csv#1"} <= set(lines_of(summary))
    (folder / "0.txt").write_text(ENGLISH)  # the order of names counts, not that of runs
    (folder / "c.txt").unlink()
    summary, _ = through(pipeline, folder, skip_languages=False)
    assert summary.duplicates == dict.fromkeys([f"{folder}/a.txt", f"{folder}/b.csv#2"], f"{folder}/0.txt")
    assert languages_in_database(folder) == [("de",), ("en",)]
