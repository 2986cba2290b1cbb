"""A worker: a process that takes the step, one task at a time, and says where it is."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from communique.errors import MemoryLimitError
from communique.run.engine import Doing, Result
from communique.run.plan import Job

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]  # a module that may be missing

MEGABYTE = 1024 * 1024
PR_SET_PDEATHSIG = 1  # as linux/prctl.h has it


@dataclass(frozen=True, slots=True)
class Task:
    """Some files; `alone`, if it is one whose releases are worked on one by one, since something in it breaks workers."""

    jobs: Sequence[Job]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class At:
    """The worker begins to read a file (no position), or with a release; sent of tasks that are alone."""

    position: int | None
    mark: str


@dataclass(frozen=True, slots=True)
class End:
    """The task is done; `spent`, if the worker ends with it."""

    spent: bool = False


Message = At | Result | End


def work(step: Doing, tasks: Connection, inherited: Sequence[Connection], max_memory: int) -> None:
    """Take the step for each task that comes in, until there are no more; `inherited` are other workers' lines, which are let go.

    What is sent: for each release a `Result`, in a task that is alone `At` before it, at the end of the task `End`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts a run interrupts its own process, and that one ends the others
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent()
    for line in inherited:
        line.close()
    _limit(max_memory)
    try:
        while True:
            task: Task = tasks.recv()
            tasks.send(End(spent=_take(step, task, tasks)))
    except (EOFError, BrokenPipeError, ConnectionResetError):  # nobody listens any longer
        return


def _take(step: Doing, task: Task, line: Connection) -> bool:
    """Work on a task; whether memory ran out, which leaves it scattered."""
    scattered = False
    results = step(task.jobs, batch=1, at=lambda *where: line.send(At(*where))) if task.alone else step(task.jobs)
    for result in results:
        scattered |= result.outcome.cause == MemoryLimitError.__name__
        line.send(result)
    return scattered


def _end_with_parent() -> None:
    """Have Linux end this process when the one that started it ends, so that none is left behind in an endless loop."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit(megabytes: int) -> None:
    """Let the process have so much memory more than it has, where the system can say how much that is."""
    if resource is None or not (status := Path("/proc/self/statm")).exists():
        return
    taken = int(status.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = taken + megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))
