from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from communique import Pipeline, Source
from communique.errors import DatabaseError, OutputError
from communique.run import Here, Job, Order, Summary, plan, run, step
from communique.run.progress import BarProgress, LineProgress, progress_on
from communique.run.report import report
from communique.run.step import Step, Taken
from communique_models import PublishedBasis, Record

RELEASE = "Norway will provide NOK 75 billion to Ukraine over five years, the Prime Minister said on Monday."


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(RELEASE)
    (folder / "b.md").write_text(f"# Aid\n\n**Sweden** and {RELEASE}")
    (folder / "b.meta.json").write_text('{"published_on": "2023-02-16", "title": "Aid for Ukraine"}')
    (folder / "sub" / "c.txt").write_bytes("Støre: Norway will provide €5 million to Kenya.".encode("cp1252"))
    return folder


def started(
    pipeline: Pipeline, inputs: list[Path], out: Path, *urls: str, published_on: date | None = None, **more: bool
) -> tuple[Summary, str]:
    """A run, and what it says while it works."""
    told = io.StringIO()
    progress = LineProgress(Console(file=told, width=200))
    engine = Here(lambda: Step(pipeline, published_on))
    order = Order(tuple(inputs), out, urls, pipeline.settings, published_on, **more)
    return run(plan(inputs, out), order, engine, progress), told.getvalue()


def record(path: Path) -> Record:
    return Record.model_validate_json(path.read_bytes())


def test_a_folder_becomes_records_at_the_same_paths_and_a_database(pipeline: Pipeline, releases: Path, tmp_path: Path) -> None:
    out, db = tmp_path / "records", tmp_path / "records.db"
    summary, _ = started(pipeline, [releases], out, f"sqlite:///{db}")
    names = ["a.txt.json", "b.md.json", "sub/c.txt.json"]
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.json")) == names
    made = [record(out / name) for name in names]
    assert (summary.read, summary.failed) == (3, [])
    assert summary.facts["commitments"] == sum(len(one.commitments) for one in made) > 0
    assert summary.notices["encoding"] == 1
    with closing(sqlite3.connect(db)) as connection:
        query = "SELECT r.name, c.json FROM releases r JOIN records c ON c.release_id = r.id ORDER BY 1"
        kept = connection.execute(query).fetchall()
    assert [(name, json.loads(told)) for name, told in kept] == [
        (name, json.loads(one.model_dump_json())) for name, one in zip(names, made, strict=True)
    ]


def test_what_the_file_says_stands_in_the_record(pipeline: Pipeline, releases: Path, tmp_path: Path) -> None:
    started(pipeline, [releases], tmp_path / "records")
    release = record(tmp_path / "records" / "b.md.json").release
    assert (release.published_on, release.published_basis) == (date(2023, 2, 16), PublishedBasis.SIDECAR)
    assert (release.title, release.source, release.media_type) == ("Aid for Ukraine", "b.md", "text/markdown")
    assert record(tmp_path / "records" / "a.txt.json").release.published_on is None


def test_the_option_goes_before_the_sidecar(pipeline: Pipeline, releases: Path, tmp_path: Path) -> None:
    started(pipeline, [releases], tmp_path / "records", published_on=date(2024, 4, 15))
    for path in (tmp_path / "records").rglob("*.json"):
        release = record(path).release
        assert (release.published_on, release.published_basis) == (date(2024, 4, 15), PublishedBasis.OPTION)


def test_a_second_run_gives_the_same_bytes(pipeline: Pipeline, releases: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        started(pipeline, [releases], tmp_path / out)
    for path in (tmp_path / "one").rglob("*.json"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_releases_that_fail_are_told_and_the_others_go_on(pipeline: Pipeline, releases: Path, tmp_path: Path) -> None:
    (releases / "empty.txt").touch()
    (releases / "blank.txt").write_text(" \n")
    (releases / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (releases / "long.txt").write_text("Norway pays. " * 100_000)
    (releases / "bytes.txt").write_bytes(b"x" * 5_000_000)
    (releases / "side.txt").write_text(RELEASE)
    (releases / "side.meta.json").write_text("{")
    summary, told = started(pipeline, [releases, tmp_path / "gone"], tmp_path / "records")
    reasons = {Path(path).name: reason for path, reason in summary.failed}
    assert summary.read == 3
    assert set(reasons) == {"gone", "empty.txt", "blank.txt", "image.txt", "long.txt", "bytes.txt", "side.txt"}
    assert "it is not there" in reasons["gone"]
    assert reasons["empty.txt"] == reasons["blank.txt"] == "there is not a word in it; give a text"
    assert "this is no text but an image" in reasons["image.txt"]
    assert "1,300,000 characters, more than the limit of 1,000,000" in reasons["long.txt"]
    assert "5,000,000 bytes" in reasons["bytes.txt"]
    assert "side.meta.json is wrong" in reasons["side.txt"]
    assert all(f"failed {path}: {reason}" in told for path, reason in summary.failed)
    assert len(list((tmp_path / "records").rglob("*.json"))) == 3


def test_a_rule_that_breaks_costs_one_release(
    pipeline: Pipeline, releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assembled = Pipeline._record

    def broken(self: Pipeline, doc: object, source: object) -> Record:
        if getattr(source, "uri", "") == "b.md":
            raise ZeroDivisionError("division by zero")
        return assembled(self, doc, source)  # type: ignore[arg-type]

    monkeypatch.setattr(Pipeline, "_record", broken)
    summary, _ = started(pipeline, [releases], tmp_path / "records")
    [(path, reason)] = summary.failed
    assert Path(path).name == "b.md"
    assert reason == "an error inside communique, please report it with the release: ZeroDivisionError: division by zero"
    assert summary.read == 2


def test_a_database_that_breaks_on_the_way_costs_no_record(pipeline: Pipeline, releases: Path, tmp_path: Path) -> None:
    db = tmp_path / "records.db"
    with closing(sqlite3.connect(db)):
        started(pipeline, [releases / "a.txt"], tmp_path / "first", f"sqlite:///{db}")
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON records BEGIN SELECT raise(FAIL, 'disk is full'); END")
        connection.commit()
    summary, _ = started(pipeline, [releases], tmp_path / "records", f"sqlite:///{db}")
    assert [reason for _, reason in summary.failed] == [f"the database {db} cannot be written: disk is full"] * 3
    assert len(list((tmp_path / "records").rglob("*.json"))) == 3


def test_places_are_opened_before_the_work_begins(pipeline: Pipeline, releases: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        started(pipeline, [releases], tmp_path / "file")
    with pytest.raises(DatabaseError):
        started(pipeline, [releases], tmp_path / "records", "sqlite:////no/such/folder/records.db")
    assert not list((tmp_path / "records").rglob("*.json"))


def test_batches_are_bounded_by_number_and_by_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step, "BATCH_CHARACTERS", 100)

    def sizes(count: int, length: int, most: int) -> list[int]:
        taken = [Taken(0, position, False, "", Source("x" * length)) for position in range(count)]
        return [len(batch) for batch in step._batches(taken, most)]

    assert sizes(5, 60, 8) == [2, 2, 1]
    assert sizes(9, 1, 8) == [8, 1]
    assert sizes(3, 1, 1) == [1, 1, 1]


def test_what_a_job_says_is_done_is_not_done_again(pipeline: Pipeline, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("text\n" + "Norway pays €5 million to Kenya.\n" * 3)
    taken = list(Step(pipeline)([Job(table, "a.csv", done=frozenset({0, 2}))]))
    assert [(one.position, one.last, one.outcome.mark) for one in taken] == [(1, True, "#2")]


def test_the_step_gives_the_same_whatever_it_did_before(pipeline: Pipeline, releases: Path) -> None:
    jobs = plan([releases]).jobs
    again = Step(pipeline)
    first = [one.outcome.record for one in again(jobs)]
    one_by_one = [one.outcome.record for job in reversed(jobs) for one in again([job], batch=1)]
    assert first == one_by_one[::-1]


def test_plain_lines_tell_the_way() -> None:
    told = io.StringIO()
    with LineProgress(Console(file=told, width=200)) as progress:
        progress.begin(40)
        for number in range(39):
            progress.done(f"{number}.txt", 100)
        progress.failed("39.txt", "there is not a word in it")
    lines = told.getvalue().splitlines()
    assert lines[0] == "40 releases to read"
    assert lines[1].startswith("4/40 (10 %), ")
    assert lines[-2:][0] == "failed 39.txt: there is not a word in it"
    assert lines[-1].startswith("40/40 (100 %), ")
    assert lines[-1].endswith(" words/s, 0 s left")
    assert len(lines) == 12


def test_a_terminal_gets_a_bar_with_rate_and_time_left() -> None:
    console = Console(file=(told := io.StringIO()), force_terminal=True, width=120)
    progress = progress_on(console)
    assert isinstance(progress, BarProgress)
    with progress:
        progress.begin(2)
        progress.done("a.txt", 100)
        progress.failed("b[bold].txt", "no text [red]")
    assert "words/s" in told.getvalue()
    assert "left" in told.getvalue()
    assert "b[bold].txt: no text [red]" in told.getvalue()
    assert isinstance(progress_on(Console(file=io.StringIO())), LineProgress)


def test_the_table_at_the_end() -> None:
    summary = Summary(read=1200, failed=[("b.txt", "no text")], words=9000, seconds=2.0, places=["records/", "records.db"])
    summary.facts.update(parties=7, amounts=5, dates=3, commitments=2)
    summary.skipped.update({".pdf": 2})
    summary.notices.update(encoding=1)
    report(summary, Console(file=(told := io.StringIO()), width=200))
    lines = [" ".join(line.split()) for line in told.getvalue().splitlines()]
    assert lines == [
        "releases read 1,200",
        "failed 1",
        "parties 7",
        "amounts 5",
        "dates 3",
        "commitments 2",
        "passed over, their format is not read: 2 .pdf",
        "notices in the records: 1 encoding",
        "failed b.txt: no text",
        "written to records/ and records.db",
        "9,000 words in 2.0 s, 4,500 words/s",
    ]


def test_a_file_of_several_releases_becomes_a_record_each(pipeline: Pipeline, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text(f"title,text,date\nAid,{RELEASE.replace(',', '')},2024-03-05\nNothing,,2024-03-06\n")
    summary, told = started(pipeline, [folder], tmp_path / "records")
    assert [path.name for path in (tmp_path / "records").glob("*.json")] == ["a.csv#1.json"]
    made = record(tmp_path / "records" / "a.csv#1.json")
    assert (made.release.title, str(made.release.published_on), made.release.media_type) == ("Aid", "2024-03-05", "text/csv")
    assert [path for path, _ in summary.failed] == [f"{folder / 'a.csv'}#2"]
    assert "2/2 (100 %)" in told


def test_every_progress_counts_releases_that_turn_up_late(tmp_path: Path) -> None:
    bar = BarProgress(Console(file=(tmp_path / "x").open("w")))
    with bar:
        bar.begin(1)
        bar.more(2)
        assert bar._bar.tasks[0].total == 3
