"""Runs that are killed at random moments, and what else a machine does to them: nothing is lost, nothing is done twice."""

from __future__ import annotations

import errno
import io
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from rich.console import Console

import fakes
from communique import Pipeline
from communique.errors import OutputError
from communique.run import Here, Order, Pool, Summary, execute, plan, run
from communique.run.engine import Engine
from communique.run.ledger import Ledger
from communique.run.ledger_tables import FOLDER, State, read_ledger
from communique.run.progress import LineProgress
from communique.run.step import Step
from communique.settings import Limits
from communique.store import json_folder

KILLS, ROUNDS = 44, 11  # of the fake step; those of the real one come on top
REAL_KILLS = 6
FORK = multiprocessing.get_context("fork")


@pytest.fixture(autouse=True)
def _unhashed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execute, "made_by", lambda *_, **__: "the same")  # not the hash of the model's files, time and again


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder in memory, where the system has that: none of it has to outlive the machine."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def order(tmp_path: Path) -> Order:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    for number in range(40):
        path = folder / ("sub" if number % 3 else "") / f"{number:02}.txt"
        path.write_text(
            "\n".join(f"nap 0.00{1 + (number + line) % 5} {number}.{line}" for line in range(1 + 3 * (number % 4 == 0))) + "\n"
        )
    return Order((folder,), tmp_path / "out", (f"sqlite:///{tmp_path}/records.db",))


def through(order: Order, engine: Engine | None = None) -> Summary:
    progress = LineProgress(Console(file=io.StringIO()))
    return run(plan(order.inputs, order.out), order, engine or Here(fakes.fake), progress)


def elsewhere(order: Order, place: Path) -> Order:
    place.mkdir()
    return Order(order.inputs, place / "out", (f"sqlite:///{place}/records.db",))


def everything(order: Order) -> tuple[dict[str, bytes], list[tuple[Any, ...]]]:
    """All bytes of the records, and the rows of the database."""
    files = {
        path.relative_to(order.out).as_posix(): path.read_bytes()
        for path in order.out.rglob("*")
        if path.is_file() and FOLDER not in path.relative_to(order.out).parts
    }
    with closing(sqlite3.connect(order.databases[0].removeprefix("sqlite:///"))) as connection:
        return files, connection.execute("SELECT release_id, json FROM records ORDER BY 1").fetchall()


def done(order: Order) -> dict[str, int]:
    """The inputs that are done and how often they were begun."""
    if not (order.out / FOLDER / "ledger.db").exists():
        return {}
    return {entry.name: entry.attempts for entry in read_ledger(order.out)[1] if entry.state is State.DONE}


def test_a_run_that_is_killed_again_and_again_gives_what_one_that_is_not_gives(order: Order, tmp_path: Path) -> None:
    whole = elsewhere(order, tmp_path / "whole")
    through(whole)
    expected = everything(whole)
    chance = random.Random(1)
    killed = 0
    for number in range(ROUNDS):
        here = elsewhere(order, tmp_path / f"round {number}")
        for _ in range(KILLS // ROUNDS):
            before = done(here)
            process = FORK.Process(target=through, args=(here,))
            process.start()
            time.sleep(chance.uniform(0, 0.15))
            process.kill()
            process.join()
            killed += process.exitcode == -signal.SIGKILL
            after = done(here)
            assert before.items() <= after.items()  # what was done is done, and was not begun again
        before = done(here)
        through(here)
        assert before.items() <= done(here).items()
        files, rows = everything(here)
        assert files.keys() == expected[0].keys()
        assert (files, rows) == expected
    assert killed > KILLS // 2


def test_a_real_run_that_is_killed_goes_on(pipeline: Pipeline, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(24):
        (folder / f"{number}.txt").write_text(
            f"Norway will provide €{number} million to Kenya over five years.\n" * (1 + number % 5)
        )
    order = Order((folder,), tmp_path / "out", (f"sqlite:///{tmp_path}/records.db",))
    whole = elsewhere(order, tmp_path / "whole")
    through(whole, Here(lambda: Step(pipeline)))
    chance = random.Random(2)
    command = [str(Path(sys.executable).parent / "communique"), "run", str(folder), "--out", str(order.out)]
    command += ["--db", order.databases[0], "--workers", "2"]
    for _ in range(REAL_KILLS):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            entries = 0
            while process.poll() is None and entries < 1:  # its workers are there
                time.sleep(0.05)
                entries = sum(state is State.RUNNING for state in _states(order))
            time.sleep(chance.uniform(0, 0.3))
            process.kill()
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert everything(order) == everything(whole)


def _states(order: Order) -> list[State]:
    try:
        return [entry.state for entry in read_ledger(order.out)[1]]
    except OutputError:
        return []


def test_an_interruption_keeps_what_is_done(order: Order) -> None:
    process = FORK.Process(target=through, args=(order,))
    process.start()
    while len(done(order)) < 5:
        time.sleep(0.01)
    os.kill(process.pid or 0, signal.SIGINT)
    process.join()
    before = done(order)
    assert 5 <= len(before) < 40
    assert State.RUNNING not in _states(order)
    through(order)
    assert before.items() <= done(order).items()


def test_a_full_disk_ends_the_run_and_the_next_goes_on(order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = 0
    write = json_folder.write_whole

    def full(path: Path, content: bytes) -> None:
        nonlocal written
        written += 1
        if written > 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, content)

    with monkeypatch.context() as patched:
        patched.setattr(json_folder, "write_whole", full)
        with pytest.raises(OutputError, match=r"No space left on device; run again when there is room"):
            through(order)
    assert 0 < len(done(order)) < 40
    summary = through(order)
    assert summary.read + 20 == 70
    whole = elsewhere(order, tmp_path / "whole")
    through(whole)
    assert everything(order) == everything(whole)


def test_a_full_disk_under_the_ledger_is_told(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("communique.run.ledger.connected", full)
    with pytest.raises(OutputError, match=r"ledger\.db cannot be written: database or disk is full"):
        through(order)


def test_a_record_that_cannot_be_written_is_written_by_the_next_run(order: Order) -> None:
    (order.out / "00.txt#2.json").mkdir(parents=True)
    (order.out / "00.txt#2.json" / "x").touch()
    summary = through(order)
    [(path, reason)] = summary.failed
    assert path.endswith("00.txt#2")
    assert "cannot be written" in reason
    (order.out / "00.txt#2.json" / "x").unlink()
    (order.out / "00.txt#2.json").rmdir()
    summary = through(order)
    assert (summary.read, summary.failed, summary.unchanged) == (1, [], 39)


def test_inputs_that_vanish_on_the_way_fail_alone(order: Order) -> None:
    work = plan(order.inputs, order.out)
    (order.inputs[0] / "00.txt").unlink()
    progress = LineProgress(Console(file=io.StringIO()))
    summary = run(work, order, Pool(fakes.fake, Limits(workers=2)), progress)
    [(path, reason)] = summary.failed
    assert path.endswith("00.txt")
    assert "No such file" in reason
    assert summary.read == 66
    (order.inputs[0] / "00.txt").write_text("nap 0\n")
    assert through(order).read == 1


def test_a_database_that_is_locked_is_loaded_by_the_next_run(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.store.sqlite.WAIT", 0.01)
    through(Order(order.inputs, order.out.parent / "made", order.databases))
    file = order.databases[0].removeprefix("sqlite:///")
    other = Order(order.inputs, order.out, order.databases)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        events = _Locking(Here(fakes.fake), connection)
        summary = through(other, events)
    assert len(summary.failed) == 4
    assert "is locked by another program" in summary.failed[0][1]
    assert summary.failed[-1][1] == "it failed 3 times in a row; the next run loads what it does not have"
    assert len([*order.out.rglob("*.json")]) == 70
    again = through(other)
    assert (again.read, again.failed) == (0, [])
    assert again.loaded > 0
    with Ledger(order.out) as ledger:
        assert ledger.unloaded(file) == []


class _Locking(Here):
    """An engine at whose start another program takes the database."""

    def __init__(self, engine: Here, connection: sqlite3.Connection) -> None:
        super().__init__(engine._make)
        self._connection = connection

    def events(self, jobs: Any) -> Any:
        self._connection.execute("BEGIN EXCLUSIVE")
        return super().events(jobs)


def test_workers_with_faults_and_a_ledger(order: Order) -> None:
    (order.inputs[0] / "00.txt").write_text("a\ncrash\nhang\nb\n")
    with_faults = Pool(fakes.fake, Limits(workers=2, timeout=3))
    summary = through(order, with_faults)
    assert [path.rpartition("#")[2] for path, _ in summary.failed] == ["2", "3"]
    assert summary.causes == {"CrashError": 1, "TimeLimitError": 1}
    again = through(order, Pool(fakes.fake, Limits(workers=2, timeout=3)))
    assert (again.read, len(again.failed_before)) == (0, 2)
    (order.inputs[0] / "00.txt").write_text("a\nc\n")
    assert through(order).read == 2
