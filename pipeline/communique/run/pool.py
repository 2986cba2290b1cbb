"""The engine of one machine: worker processes under a supervisor, their results in the order of the jobs."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from communique.errors import WorkersError
from communique.run.engine import CHUNK, Begun, Closing, Event, Finished, Making, Released, chunks
from communique.run.plan import Job
from communique.run.supervisor import Complete, Lost, Ready, Report, Taken, Told, supervise
from communique.settings import Limits

AHEAD = 10_000  # files that may be under way or waiting for an earlier one
HELD = 256_000_000  # bytes of records that may wait for an earlier one
GRACE = 5.0  # seconds that the supervisor has to end by itself
SINGLE = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")  # threads within a worker would take the core of another one


@dataclass(slots=True)
class _Slot:
    """What is known of a job that is under way."""

    job: Job
    told: deque[Told] = field(default_factory=deque)
    complete: bool = False


class Pool(Closing):
    """Jobs in worker processes: as many as the limits say, no more than the jobs need."""

    def __init__(self, make: Making, limits: Limits) -> None:
        self._make = make
        self._limits = limits
        self._process: multiprocessing.process.BaseProcess | None = None
        self._line: Connection | None = None
        self._loaded = False
        self._reports: queue.SimpleQueue[Report | None] = queue.SimpleQueue()

    def start(self) -> None:
        """Start the supervisor, which loads the language model while the run goes on."""
        if self._process:
            return
        for name in SINGLE:
            os.environ.setdefault(name, "1")
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=supervise, args=(theirs, self._make, self._limits), name="communique-workers")
        self._process.start()
        theirs.close()
        threading.Thread(target=self._listen, args=(self._line, self._reports), daemon=True).start()

    def _listen(self, line: Connection, reports: queue.SimpleQueue[Report | None]) -> None:
        """Take what the supervisor says as it says it, so that the two never wait for each other."""
        try:
            while True:
                report = line.recv()
                self._loaded |= isinstance(report, Ready)
                reports.put(report)
        except (EOFError, OSError):
            reports.put(None)

    def events(self, jobs: Sequence[Job]) -> Iterator[Event]:
        """Do the work; what becomes of each job is told in their order."""
        self.start()
        size = max(1, min(CHUNK, -(-len(jobs) // (self._limits.processes * 4))))
        waiting = chunks(range(len(jobs)), size)
        slots: dict[int, _Slot] = {}
        head = held = 0
        while head < len(jobs):
            while len(slots) < AHEAD and held < HELD and (numbers := next(waiting, None)):
                slots.update({number: _Slot(jobs[number]) for number in numbers})
                self._send(list(numbers), [jobs[number] for number in numbers])
            report = self._next()
            if isinstance(report, Taken):
                yield Begun([slots[number].job for number in report.numbers])
            elif isinstance(report, Told):
                slots[report.number].told.append(report)
                held += len(report.outcome.record or b"")
            elif isinstance(report, Complete):
                slots[report.number].complete = True
            while slot := slots.get(head):
                while slot.told:
                    told = slot.told.popleft()
                    held -= len(told.outcome.record or b"")
                    yield Released(slot.job, told.position, told.outcome)
                if not slot.complete:
                    break
                yield Finished(slot.job)
                del slots[head]
                head += 1

    def _send(self, numbers: list[int], jobs: list[Job]) -> None:
        assert self._line
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # `_next` tells why
            self._line.send((numbers, jobs))

    def _next(self) -> Report:
        report = self._reports.get()
        if isinstance(report, Lost):
            raise report.error
        if report is None:
            assert self._process
            self._process.join(GRACE)
            code = self._process.exitcode
            raise WorkersError(
                f"the process that watches over the workers ended (code {code}); run again to go on where it stopped"
            )
        return report

    def close(self) -> None:
        """End the supervisor, and with it the workers."""
        if self._line:
            with contextlib.suppress(OSError):
                self._line.send(None)
        if self._process:
            self._process.join(GRACE if self._loaded else 0)
            if self._process.exitcode is None:  # it still loads
                self._process.kill()
                self._process.join()
        if self._line:
            self._line.close()
        self._process = self._line = None
