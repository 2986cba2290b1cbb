"""A run from beginning to end: planned, done once or again and again, and told of."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from communique.errors import DatabaseError, InputMissingError
from communique.run.account import account, write_account, write_metrics
from communique.run.engine import Engine, Here
from communique.run.execute import Order, Run, Summary, opened
from communique.run.ledger_tables import FOLDER
from communique.run.maker import Maker
from communique.run.plan import Job, Plan, merged, plan
from communique.run.pool import Pool
from communique.run.progress import Progress
from communique.run.urls import mark_of, plan_urls
from communique.settings import Limits

Stamp = tuple[str | tuple[int, int], ...]  # sizes and times of a file and its sidecar, or what a URL's place says


@dataclass(frozen=True, slots=True)
class Way:
    """How a run goes about its order."""

    limits: Limits
    engine: str = "local"
    watch: float | None = None  # seconds between two looks for new inputs
    metrics: Path | None = None


def engine_of(order: Order, way: Way) -> Engine:
    """The engine that suits: worker processes, this process where their number is 0, or Ray."""
    make = Maker(order.settings, order.published_on, order.skip_languages)
    if way.engine == "ray":
        from communique.run.ray_engine import RayEngine

        return RayEngine(make, way.limits)
    return Pool(make, way.limits) if way.limits.processes else Here(make)


def carry_out(order: Order, way: Way, progress: Progress, engine: Engine | None = None) -> Summary:
    """Do what is ordered; what was done is also written to `run.json` and the file of metrics, however it ends.

    Raises what `run` raises, and `InputMissingError` if there is nothing to read and nothing to wait for.
    """
    signal.signal(signal.SIGTERM, _interrupt)  # as services are stopped
    with ExitStack() as stack:
        engine = stack.enter_context(engine or engine_of(order, way))
        if not (order.out / FOLDER).exists():
            engine.start()  # there is work to do, unless there is nothing to read
        work = plan_of(order) if way.watch is None else None
        going = stack.enter_context(opened(order, engine, progress))
        try:
            if work:
                going.round(work)
            else:
                _watch(going, way)
        finally:
            _enter(going, way)
            _tell(going, way)
    return going.summary


def plan_of(order: Order) -> Plan:
    """The releases in the inputs: paths, and URLs; raises `InputMissingError` if there are none."""
    urls = [one for one in order.inputs if isinstance(one, str)]
    paths = [one for one in order.inputs if isinstance(one, Path)]
    if not urls:
        return plan(paths, order.out)
    return merged([plan_urls(urls), *([plan(paths, order.out)] if paths else [])])


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _enter(going: Run, way: Way) -> None:
    """Enter the run into the databases that keep runs."""
    from communique.store.runs import keep_run

    told = account(going.order, way.limits, way.engine, going.summary)
    for database in going.places.databases:
        try:
            keep_run(database.sink, told)
        except DatabaseError as error:
            going.fail(database.sink.place, str(error))


def _tell(going: Run, way: Way) -> None:
    told = account(going.order, way.limits, way.engine, going.summary)
    write_account(told, going.order.out)
    if way.metrics:
        write_metrics(told, way.metrics)


def _watch(going: Run, way: Way) -> None:
    """Do what turns up, until interrupted; a file that still grows is left until it has stayed the same between two looks."""
    before: dict[str, Stamp] | None = None
    done: dict[str, Stamp] | None = None
    try:
        while True:
            work = _planned(going.order)
            now = {str(job): _stamp(job) for job in work.jobs}
            settled = {path: stamp for path, stamp in now.items() if before is None or before.get(path) == stamp}
            if settled != done:
                going.round(work, _among(settled))
                _tell(going, way)
                done = settled
            before = now
            time.sleep(way.watch or 0)
    except KeyboardInterrupt:  # is how watching ends
        return


def _among(settled: dict[str, Stamp]) -> Callable[[Job], bool]:
    return lambda job: str(job) in settled


def _planned(order: Order) -> Plan:
    """The plan as the inputs are now; an empty one, if there is nothing to read yet."""
    try:
        return plan_of(order)
    except InputMissingError:
        return Plan()


def _stamp(job: Job) -> Stamp:
    """By what one sees whether a file still changes."""
    if job.url:
        with suppress(OSError):
            return (mark_of(job),)
        return ()
    files = [path for path in (job.path, job.sidecar) if path.exists()]
    with suppress(OSError):  # it goes while one looks
        return tuple((status.st_size, status.st_mtime_ns) for status in (path.stat() for path in files))
    return ()
