"""Ray for real: two workers on this machine. Where it is not installed, the tests are skipped; `.ci/run` installs it."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from communique import Pipeline, Settings
from communique.errors import ExtraMissingError
from communique.run import Here, Job, Order, plan
from communique.run.engine import Finished, Released
from communique.run.maker import Maker
from communique.run.ray_engine import RayEngine
from communique.run.start import Way, engine_of
from communique.run.step import Step
from communique.settings import Limits

SAMPLES = Path(__file__).parents[2] / "samples"


def test_without_ray_its_extra_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    engine = engine_of(Order((tmp_path,), tmp_path), Way(Limits(), engine="ray"))
    with pytest.raises(ExtraMissingError, match=r"--engine ray needs the extra 'ray'"):
        engine.start()


def releases(engine: Here | RayEngine, jobs: list[Job]) -> list[tuple[str, bytes | None, str]]:
    """What an engine tells of each release, the jobs in order."""
    told = []
    finished = []
    for event in engine.events(jobs):
        if isinstance(event, Released):
            told.append((f"{event.job.name}{event.outcome.mark}", event.outcome.record, event.outcome.reason))
        elif isinstance(event, Finished):
            finished.append(event.job)
    assert finished == jobs
    return told


def test_ray_gives_the_same_bytes_also_when_an_actor_is_killed(pipeline: Pipeline, tmp_path: Path) -> None:
    pytest.importorskip("ray.data", reason="Ray is not installed: the extra `ray`")
    jobs = plan([SAMPLES]).jobs
    (tmp_path / "empty.txt").touch()
    jobs.append(Job(tmp_path / "empty.txt", "empty.txt"))
    expected = releases(Here(lambda: Step(pipeline)), jobs)
    killed: list[int] = []
    with RayEngine(Maker(Settings()), Limits(workers=2)) as engine:
        assert releases(engine, jobs) == expected
        killer = threading.Thread(target=_kill_one, args=(killed,))
        killer.start()
        assert releases(engine, jobs) == expected
        killer.join()
    assert killed


def _kill_one(killed: list[int]) -> None:
    """Kill the first process of an actor that turns up."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not killed:
        for process in Path("/proc").iterdir():
            try:
                line = (process / "cmdline").read_text() if process.name.isdigit() else ""
            except OSError:
                continue
            if "ray::" in line and "Actor" in line:
                time.sleep(0.5)
                os.kill(int(process.name), signal.SIGKILL)
                killed.append(int(process.name))
                return
        time.sleep(0.02)
