"""The engine of many machines: Ray Data hands the jobs to actors, and their results come back in the order of the jobs.

An actor has a pool of one worker, so that whatever a release does there is found and told as on one machine. An actor that is
lost, or its machine, costs nothing: Ray gives what it had to another one. The ledger is kept by whoever started the run.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Iterator, Sequence
from typing import Any

from communique.errors import CommuniqueError, ExtraMissingError, WorkersError
from communique.run.engine import CHUNK, Begun, Closing, Event, Finished, Making, Released
from communique.run.outcome import Outcome
from communique.run.plan import Job
from communique.run.pool import Pool
from communique.settings import Limits

Told = tuple[int, Outcome]


class Actor:
    """What Ray keeps on a machine: it loads the language model once, and does jobs batch by batch."""

    def __init__(self, make: Making, limits: Limits) -> None:
        self._pool = Pool(make, limits)
        self._pool.start()

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Jobs, pickled, become what was told of them, in the same order; an error that ends all work is told in its place."""
        jobs: list[Job] = [pickle.loads(one) for one in batch["job"]]
        told: dict[str, list[Told]] = {job.name: [] for job in jobs}
        try:
            for event in self._pool.events(jobs):
                if isinstance(event, Released):
                    told[event.job.name].append((event.position, event.outcome))
        except CommuniqueError as error:
            return {"number": batch["number"], "told": [pickle.dumps(error)] * len(jobs)}
        return {"number": batch["number"], "told": [pickle.dumps(told[job.name]) for job in jobs]}


class RayEngine(Closing):
    """Jobs on a Ray cluster: the one that `RAY_ADDRESS` names, else one on this machine for as long as the run takes."""

    def __init__(self, make: Making, limits: Limits) -> None:
        self._make = make
        self._limits = limits
        self._ours = False  # whether Ray was started here

    def start(self) -> None:
        """Connect to Ray, or start it; raises `ExtraMissingError` if it is not there, `WorkersError` if it cannot be reached."""
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # keeps Ray from a warning about accelerators
        try:
            import ray
            import ray.data
        except ImportError as error:
            raise ExtraMissingError("ray", "--engine ray") from error
        if ray.is_initialized():
            return
        here: dict[str, Any] = {"num_cpus": max(1, self._limits.processes), "include_dashboard": False}
        if os.environ.get("RAY_ADDRESS"):
            here = {}
        try:
            ray.init(log_to_driver=False, logging_level=logging.ERROR, **here)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise WorkersError(f"Ray cannot be reached or started: {error}") from error
        self._ours = True

    def events(self, jobs: Sequence[Job]) -> Iterator[Event]:
        """Do the work; what becomes of each job is told in their order."""
        self.start()
        import ray

        yield Begun(jobs)
        context = ray.data.DataContext.get_current()
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        size = max(1, min(CHUNK, -(-len(jobs) // max(1, self._limits.processes))))
        items = [{"number": number, "job": pickle.dumps(job)} for number, job in enumerate(jobs)]
        told = ray.data.from_items(items, override_num_blocks=-(-len(items) // size)).map_batches(
            Actor,
            batch_size=size,
            batch_format="numpy",
            compute=ray.data.ActorPoolStrategy(size=max(1, self._limits.processes)),
            fn_constructor_args=(self._make, self._limits.model_copy(update={"workers": 1})),
            num_cpus=1,
        )
        expected = 0
        try:
            for row in told.iter_rows():
                assert row["number"] == expected
                yield from _events(jobs[expected], pickle.loads(row["told"]))
                expected += 1
        except ray.exceptions.RayError as error:
            raise WorkersError(f"Ray gave up ({type(error).__name__}); run again to go on where it stopped") from error

    def close(self) -> None:
        """Stop the Ray that was started here."""
        if self._ours:
            import ray

            ray.shutdown()
            self._ours = False


def _events(job: Job, told: list[Told] | CommuniqueError) -> Iterator[Event]:
    if isinstance(told, CommuniqueError):
        raise told
    yield from (Released(job, position, outcome) for position, outcome in told)
    yield Finished(job)
