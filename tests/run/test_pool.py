from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import fakes
from communique import Pipeline, Settings
from communique.errors import ModelError, WorkersError
from communique.run import Here, Job, Pool, plan
from communique.run.engine import Begun, Engine, Finished, Making, Released
from communique.run.maker import Maker
from communique.run.outcome import Outcome
from communique.run.step import Step
from communique.settings import Limits

SAMPLES = Path(__file__).parents[2] / "samples"

Jobs = Callable[..., list[Job]]


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    """Files with some texts, as jobs."""

    def written(*texts: str) -> list[Job]:
        made = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}.txt"
            path.write_text(text)
            made.append(Job(path, path.name))
        return made

    return written


def pool(workers: int = 2, timeout: float = 60, max_memory: int = 1000, make: Making = fakes.fake) -> Pool:
    return Pool(make, Limits(workers=workers, timeout=timeout, max_memory=max_memory))


def told(engine: Engine, jobs: list[Job]) -> list[tuple[str, Outcome]]:
    """What an engine tells of some jobs, by their names and marks; jobs and releases have to be in order."""
    with engine:
        events = list(engine.events(jobs))
    finished = [event.job for event in events if isinstance(event, Finished)]
    assert finished == jobs
    assert {job.name for event in events if isinstance(event, Begun) for job in event.jobs} == {job.name for job in jobs}
    released = [event for event in events if isinstance(event, Released)]
    places = [(jobs.index(event.job), event.position) for event in released]
    assert places == sorted(set(places))
    return [(f"{event.job.name}{event.outcome.mark}", event.outcome) for event in released]


def reasons(outcomes: list[tuple[str, Outcome]]) -> dict[str, str]:
    return {name: outcome.reason for name, outcome in outcomes if outcome.failed}


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_results_come_in_order_whatever_the_number_of_workers(jobs: Jobs, workers: int) -> None:
    work = jobs(*(f"nap {0.02 if number % 7 else 0.2}" if number % 3 else "one\ntwo\nthree" for number in range(40)))
    expected = [(name, outcome.record) for name, outcome in told(Here(fakes.fake), work)]
    assert [(name, outcome.record) for name, outcome in told(pool(workers), work)] == expected


def test_the_real_step_gives_the_same_bytes_in_workers(pipeline: Pipeline) -> None:
    work = plan([SAMPLES]).jobs
    here = [(name, outcome.record, outcome.reason) for name, outcome in told(Here(lambda: Step(pipeline)), work)]
    there = [(name, outcome.record, outcome.reason) for name, outcome in told(pool(2, make=Maker(Settings())), work)]
    assert there == here
    assert all(record for _, record, _ in here)


def test_a_worker_that_crashes_costs_one_release(jobs: Jobs) -> None:
    work = jobs("a", "b", "one\ntwo\ncrash\nfour\nexit\nsix", "c", "crash", "d", *"efghij")
    outcomes = told(pool(), work)
    failures = reasons(outcomes)
    assert set(failures) == {"2.txt#3", "2.txt#5", "4.txt"}
    assert "crashed (SIGSEGV), twice" in failures["2.txt#3"]
    assert "ended with code 3, twice" in failures["2.txt#5"]
    assert len(outcomes) == 11 + 6


def test_a_release_whose_worker_ends_by_chance_is_done_again(jobs: Jobs) -> None:
    outcomes = told(pool(), jobs("a", "crash once", "b", "one\ncrash once\nthree"))
    assert reasons(outcomes) == {}
    assert len(outcomes) == 6


def test_a_file_whose_reading_crashes_is_set_aside_whole(jobs: Jobs) -> None:
    outcomes = told(pool(), jobs("a", "unreadable\nb", "c"))
    assert set(reasons(outcomes)) == {"1.txt"}
    assert len(outcomes) == 3


def test_a_worker_that_hangs_costs_one_release(jobs: Jobs) -> None:
    outcomes = told(pool(timeout=2.5), jobs("a", "b", "c\nhang\nd", "e", "f"))
    assert reasons(outcomes) == {
        "2.txt#2": "it takes more than 2.5 seconds; split it into its releases, or raise --timeout",
    }
    assert len(outcomes) == 7


def test_many_releases_that_take_long_together_are_not_too_long(jobs: Jobs) -> None:
    assert reasons(told(pool(workers=1, timeout=3), jobs("\n".join(["nap 0.5"] * 8)))) == {}


def test_a_release_that_takes_too_much_memory_costs_itself(jobs: Jobs) -> None:
    outcomes = told(pool(max_memory=500), jobs("a", "hog", "b"))
    assert set(reasons(outcomes)) == {"1.txt"}
    assert "more memory than the limit" in reasons(outcomes)["1.txt"]


def test_every_release_may_be_a_fault(jobs: Jobs) -> None:
    work = jobs(*["crash"] * 12)
    assert len(reasons(told(pool(), work))) == 12


def test_a_pool_serves_more_than_once(jobs: Jobs) -> None:
    with pool() as engine:
        for _ in range(3):
            released = [event for event in engine.events(jobs("a", "b")) if isinstance(event, Released)]
            assert len(released) == 2


def test_no_more_workers_than_jobs(jobs: Jobs) -> None:
    with pool(workers=8) as engine:
        events = engine.events(jobs("nap 0.5"))
        next(events)
        assert engine._process
        supervisor = engine._process.pid
        children = Path(f"/proc/{supervisor}/task/{supervisor}/children")
        if children.exists():
            assert len(children.read_text().split()) == 1
        list(events)


def test_a_step_that_cannot_be_made_is_told(jobs: Jobs) -> None:
    with pytest.raises(ModelError, match="there is no model"):
        told(pool(make=fakes.stillborn), jobs("a"))
    with pytest.raises(WorkersError, match="ZeroDivisionError"):
        told(pool(make=fakes.broken), jobs("a"))


def test_a_supervisor_that_is_killed_is_told_and_leaves_nobody_behind(jobs: Jobs) -> None:
    engine = pool()
    events = engine.events(jobs("hang", "nap 30"))
    next(events)
    next(events)
    assert engine._process
    assert engine._process.pid
    workers = _children(engine._process.pid)
    assert len(workers) == 2
    os.kill(engine._process.pid, signal.SIGKILL)
    with pytest.raises(WorkersError, match="run again to go on"):
        list(events)
    engine.close()
    _gone(workers)


def test_closing_ends_the_workers_at_once(jobs: Jobs) -> None:
    engine = pool()
    events = engine.events(jobs("hang", "nap 30"))
    next(events)
    next(events)
    assert engine._process
    assert engine._process.pid
    workers = _children(engine._process.pid)
    engine.close()
    _gone(workers)


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _gone(processes: list[int]) -> None:
    deadline = time.monotonic() + 60
    while any(_alive(process) for process in processes):
        assert time.monotonic() < deadline, "workers were left behind"
        time.sleep(0.02)


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")")[-1].split()[0] != "Z"
    except FileNotFoundError:
        return False
