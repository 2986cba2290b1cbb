"""The process between a run and its workers: it loads the language model once, forks workers, and watches over them.

The run's own process never forks, so it may have threads, open databases and a bar on a terminal. A worker that ends or stands
still costs the release that it is at: what it had is done again, file by file and release by release, and the release at which a
worker ends then is set aside with its reason.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext

from communique.errors import CommuniqueError, CrashError, MemoryLimitError, ReleaseError, TimeLimitError, WorkersError, bug
from communique.run.engine import Doing, Making, Result
from communique.run.outcome import Outcome, failed
from communique.run.plan import Job
from communique.run.worker import At, Message, Task, work
from communique.settings import Limits

FORKS = sys.platform.startswith("linux")  # elsewhere a process with a model in it does not fork safely
STILLBORN = 3  # workers in a row that end before they say a word


@dataclass(frozen=True, slots=True)
class Ready:
    """The step is made."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A worker has begun with some files, by their numbers."""

    numbers: Sequence[int]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a release."""

    number: int
    position: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Complete:
    """A file is done."""

    number: int


@dataclass(frozen=True, slots=True)
class Lost:
    """There can be no work: the error that says why."""

    error: CommuniqueError


Report = Ready | Taken | Told | Complete | Lost


@dataclass(slots=True)
class _Errand:
    """Files on their way: the first time together, and alone after a worker ended at them."""

    numbers: list[int]
    jobs: list[Job]
    alone: bool = False
    done: set[int] = field(default_factory=set)  # numbers of which all was told


@dataclass(slots=True)
class _Worker:
    process: multiprocessing.process.BaseProcess
    errand: _Errand | None = None
    since: float = 0.0  # when it last said something
    at: At | None = None  # where it said that it is
    spoke: bool = False


@dataclass(slots=True)
class _Supervisor:
    run: Connection
    make: Making
    step: Doing | None
    limits: Limits
    queue: deque[_Errand] = field(default_factory=deque)
    workers: dict[Connection, _Worker] = field(default_factory=dict)
    stillborn: int = 0

    def serve(self) -> None:
        """Do what the run sends until it sends no more."""
        try:
            while True:
                self._hand_out()
                ready = wait([self.run, *self.workers], self._patience())
                for line in ready:
                    if line is self.run:
                        if (told := self.run.recv()) is None:
                            return
                        self.queue.append(_Errand(*told))
                    elif isinstance(line, Connection):
                        self._hear(line)
                self._look_after(ready)
        except (EOFError, BrokenPipeError, ConnectionResetError):  # the run is over
            pass
        finally:
            for worker in self.workers.values():
                worker.process.kill()

    def _hand_out(self) -> None:
        """Give what waits to workers that are free, and start workers while there are too few."""
        while self.queue:
            free = next((line for line, worker in self.workers.items() if worker.errand is None), None)
            if free is None and len(self.workers) < self.limits.processes:
                free = self._started()
            if free is None:
                return
            errand = self.queue.popleft()
            worker = self.workers[free]
            worker.errand, worker.at, worker.since = errand, None, time.monotonic()
            self.run.send(Taken(errand.numbers))
            try:
                free.send(Task(errand.jobs, errand.alone))
            except (BrokenPipeError, ConnectionResetError):
                self._ended(free)

    def _started(self) -> Connection | None:
        context: ForkContext | SpawnContext = (
            multiprocessing.get_context("fork") if FORKS else multiprocessing.get_context("spawn")
        )
        ours, theirs = context.Pipe()
        inherited = [self.run, ours, *self.workers] if FORKS else []
        target, first = (work, self.step) if FORKS else (_made_there, self.make)
        process = context.Process(target=target, args=(first, theirs, inherited, self.limits.max_memory), daemon=True)
        try:
            process.start()
        except OSError as error:
            if self.workers:  # fewer than asked for will do
                return None
            raise WorkersError(f"no worker can be started: {error.strerror or error}; give fewer --workers") from error
        theirs.close()
        self.workers[ours] = _Worker(process)
        return ours

    def _patience(self) -> float | None:
        """Seconds until the next worker has stood still for too long."""
        waits = [worker.since + self.limits.timeout - time.monotonic() for worker in self.workers.values() if worker.errand]
        return max(0.0, min(waits)) if waits else None

    def _hear(self, line: Connection) -> None:
        """Take what a worker says."""
        worker = self.workers[line]
        try:
            message: Message = line.recv()
        except (EOFError, ConnectionResetError):
            self._ended(line)
            return
        worker.since, worker.spoke, self.stillborn = time.monotonic(), True, 0
        if isinstance(message, At):
            worker.at = message
        elif isinstance(message, Result):
            self._result(worker, message)
        elif worker.errand:
            for number in worker.errand.numbers:
                self._complete(worker.errand, number)
            worker.errand = None
            if message.spent:
                self._gone(line)

    def _result(self, worker: _Worker, result: Result) -> None:
        """Pass a result on, and remember that it need not be done again."""
        assert worker.errand
        number, job = worker.errand.numbers[result.file], worker.errand.jobs[result.file]
        self.run.send(Told(number, result.position, result.outcome))
        worker.errand.jobs[result.file] = replace(job, done=job.done | {result.position})
        if result.last:
            self._complete(worker.errand, number)

    def _complete(self, errand: _Errand, number: int) -> None:
        """Tell that a file is done, once."""
        if number not in errand.done:
            errand.done.add(number)
            self.run.send(Complete(number))

    def _look_after(self, ready: Sequence[object]) -> None:
        """End the workers that have said nothing for too long."""
        for line, worker in list(self.workers.items()):
            silent = worker.errand and line not in ready and time.monotonic() - worker.since > self.limits.timeout
            if silent and not line.poll():
                worker.process.kill()
                limit = f"{self.limits.timeout:g} seconds"
                self._ended(line, TimeLimitError(f"it takes more than {limit}; split it into its releases, or raise --timeout"))

    def _gone(self, line: Connection) -> _Worker:
        """Let go of a worker; if it has not ended, it does now."""
        worker = self.workers.pop(line)
        line.close()
        worker.process.join(1)
        if worker.process.exitcode is None:
            worker.process.kill()
            worker.process.join()
        return worker

    def _ended(self, line: Connection, reason: ReleaseError | None = None) -> None:
        """See to what a worker had when it ended: once more file by file, or the release that it was at is set aside."""
        worker = self._gone(line)
        errand = worker.errand
        if not worker.spoke and not (errand and errand.alone):
            self.stillborn += 1
            if self.stillborn >= STILLBORN * max(1, self.limits.processes):
                raise WorkersError(
                    f"workers end as soon as they start: {_how(worker)}; give fewer --workers, or more memory to the machine"
                )
        if errand is None:
            return
        if errand.alone:
            if not errand.done:
                self._set_aside(errand, worker.at or At(None, ""), reason or _how(worker))
            return
        left = [(number, job) for number, job in zip(errand.numbers, errand.jobs, strict=True) if number not in errand.done]
        self.queue.extendleft(_Errand([number], [job], alone=True) for number, job in reversed(left))

    def _set_aside(self, errand: _Errand, at: At, reason: ReleaseError) -> None:
        """Tell of the release, or the file, at which a worker ended although it was alone; go on behind it."""
        [number], [job] = errand.numbers, errand.jobs
        self.run.send(Told(number, at.position or 0, failed(at.mark, reason)))
        if at.position is None:
            self.run.send(Complete(number))
        else:
            self.queue.appendleft(_Errand([number], [replace(job, done=job.done | {at.position})], alone=True))


def _how(worker: _Worker) -> ReleaseError:
    """How a process ended, as the reason why its release failed."""
    code = worker.process.exitcode
    if code is not None and code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        if name == "SIGKILL":
            return MemoryLimitError(
                "the system killed the process that worked on it (SIGKILL), most likely for lack of memory; give fewer --workers"
            )
        return CrashError(f"the process that worked on it crashed ({name}), twice; please report it with the release")
    return CrashError(f"the process that worked on it ended with code {code}, twice; please report it with the release")


def supervise(run: Connection, make: Making, limits: Limits) -> None:
    """What the process does: load, tell if that failed, and serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run's process hears it, and lets go of the line
    try:
        try:
            step = make() if FORKS else None
            gc.collect()
            gc.freeze()  # what is loaded stays in pages that all workers share
            run.send(Ready())
            _Supervisor(run, make, step, limits).serve()
        except CommuniqueError as error:
            run.send(Lost(error))
        except Exception as error:
            run.send(Lost(WorkersError(bug(error))))
    except (BrokenPipeError, ConnectionResetError):  # nobody listens any longer
        return


def _made_there(make: Making, tasks: Connection, inherited: Sequence[Connection], max_memory: int) -> None:
    """A worker that makes the step itself."""
    work(make(), tasks, inherited, max_memory)
