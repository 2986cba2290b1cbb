from __future__ import annotations

import io
import json
import signal
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from rich.console import Console

import fakes
from communique.run import Here, Order, execute
from communique.run.account import metrics
from communique.run.engine import Engine
from communique.run.ledger_tables import FOLDER
from communique.run.progress import JsonProgress, LineProgress
from communique.run.start import Way, carry_out
from communique.settings import Limits


@pytest.fixture(autouse=True)
def _unhashed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execute, "made_by", lambda *_, **__: "the same")  # not the hash of the model's files, time and again


@pytest.fixture
def order(tmp_path: Path) -> Order:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("one two\nempty\nbug")
    (tmp_path / "in" / "b.txt").write_text("three")
    (tmp_path / "in" / "c.xls").touch()
    return Order((tmp_path / "in",), tmp_path / "out", (f"sqlite:///{tmp_path}/r.db",))


def through(order: Order, way: Way, engine: Engine | None = None) -> None:
    carry_out(order, way, LineProgress(Console(file=io.StringIO())), engine or Here(fakes.fake))


def test_the_account_of_a_run(order: Order, tmp_path: Path) -> None:
    through(order, Way(Limits(workers=0), metrics=tmp_path / "communique.prom"))
    told = json.loads((order.out / FOLDER / "run.json").read_text())
    assert {key: count for key, count in told["counts"].items() if count} == {"read": 2, "failed": 2, "words": 3}
    assert told["failures_by_cause"] == {"EmptyReleaseError": 1, "ZeroDivisionError": 1}
    assert told["failures"][0] == {
        "release": f"{order.inputs[0] / 'a.txt'}#2",
        "reason": "there is not a word in it; give a text",
    }
    assert told["passed_over"] == {".xls": 1}
    assert len(told["slowest"]) == 4
    assert (told["settings"]["workers"], told["settings"]["timeout"], told["engine"]) == (0, 300.0, "local")
    assert told["versions"]["spacy"]
    assert told["places"] == [f"{order.out}/", f"{tmp_path}/r.db"]
    lines = (tmp_path / "communique.prom").read_text().splitlines()
    assert "communique_releases_read_total 2" in lines
    assert 'communique_failures_total{cause="EmptyReleaseError"} 1' in lines
    assert all(line.startswith(("# HELP communique_", "# TYPE communique_", "communique_")) for line in lines)
    names = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(names) == len(set(names))
    assert metrics(told).endswith("\n")


def test_a_run_is_entered_into_its_databases(order: Order, tmp_path: Path) -> None:
    through(order, Way(Limits(workers=0)))
    with closing(sqlite3.connect(tmp_path / "r.db")) as connection:
        assert connection.execute("SELECT releases_read, releases_failed, words FROM runs").fetchall() == [(2, 2, 3)]
        assert len(connection.execute("SELECT path, reason FROM failures").fetchall()) == 2


def test_an_account_is_given_also_of_a_run_that_is_interrupted(order: Order) -> None:
    class Interrupted(Here):
        def events(self, jobs):  # type: ignore[no-untyped-def]
            for number, event in enumerate(super().events(jobs)):
                if number == 2:
                    signal.raise_signal(signal.SIGTERM)  # as services are stopped
                yield event

    with pytest.raises(KeyboardInterrupt):
        through(order, Way(Limits(workers=0)), Interrupted(fakes.fake))
    assert json.loads((order.out / FOLDER / "run.json").read_text())["counts"]["read"] == 1


def test_a_folder_that_fills_is_watched(order: Order) -> None:
    main = threading.get_ident()

    def fill() -> None:
        _until((order.out / "b.txt.json").exists)
        (order.inputs[0] / "d.txt").write_text("four")
        _until((order.out / "d.txt.json").exists)
        (order.inputs[0] / "b.txt").write_text("three\nand a half")
        _until(lambda: (order.out / "b.txt#2.json").exists() and not (order.out / "b.txt.json").exists())
        signal.pthread_kill(main, signal.SIGINT)

    filling = threading.Thread(target=fill)
    filling.start()
    through(order, Way(Limits(workers=0), watch=0.05))
    filling.join()
    told = json.loads((order.out / FOLDER / "run.json").read_text())
    assert (told["counts"]["read"], told["counts"]["failed"]) == (5, 2)


def test_watching_waits_for_the_first_release(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    order = Order((tmp_path / "in",), tmp_path / "out")
    main = threading.get_ident()

    def fill() -> None:
        time.sleep(0.2)
        (tmp_path / "in" / "a.txt").write_text("one")
        _until((order.out / "a.txt.json").exists)
        signal.pthread_kill(main, signal.SIGINT)

    filling = threading.Thread(target=fill)
    filling.start()
    through(order, Way(Limits(workers=0), watch=0.05))
    filling.join()


def _until(true) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + 120
    while not true():
        if time.monotonic() > deadline:
            signal.raise_signal(signal.SIGINT)
        time.sleep(0.02)


def test_a_log_is_a_line_of_json_an_event(order: Order) -> None:
    carry_out(order, Way(Limits(workers=0)), JsonProgress(told := io.StringIO()), Here(fakes.fake))
    events = [json.loads(line) for line in told.getvalue().splitlines()]
    assert [event["event"] for event in events] == ["begin", "done", "failed", "failed", "done", "end"]
    assert all(event["time"].endswith("Z") and event["level"] in ("info", "error") for event in events)
    assert events[2]["reason"] == "there is not a word in it; give a text"
    assert {key: events[-1][key] for key in ("releases", "of", "words")} == {"releases": 4, "of": 4, "words": 3}
