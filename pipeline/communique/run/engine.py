"""Where the step runs: in this process here, in worker processes (`pool`), on other machines (`ray`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self, TypeVar

from communique.run.outcome import Outcome
from communique.run.plan import Job

One = TypeVar("One")

CHUNK = 8  # files that are handed out at a time


@dataclass(frozen=True, slots=True)
class Begun:
    """The work on some files has begun."""

    jobs: Sequence[Job]


@dataclass(frozen=True, slots=True)
class Released:
    """What became of a release, by its place in its file."""

    job: Job
    position: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Finished:
    """All that is in a file was told."""

    job: Job


Event = Begun | Released | Finished


class Engine(Protocol):
    """Does jobs. What becomes of them is told in their order, and that of the releases in each."""

    def start(self) -> None:
        """Begin to load what the work needs; it may go on behind the back of whoever calls."""

    def events(self, jobs: Sequence[Job]) -> Iterator[Event]:
        """Do the work; raises a `CommuniqueError` if there can be none.

        A release that cannot be done has its reason in its outcome.
        """

    def close(self) -> None:
        """Stop what is still running."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


class Closing:
    """An engine as a context manager that closes it."""

    def start(self) -> None:
        """Nothing to load before the work."""

    def close(self) -> None:
        """Nothing to stop."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class Doing(Protocol):
    """The step, or what stands for it in a test."""

    def __call__(self, jobs: Sequence[Job], *, batch: int = ..., at: Callable[[int | None, str], None] = ...) -> Iterator[Result]:
        """What becomes of the releases in some files, as `Step` tells it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a release: of which file of those given, at which place in it, and whether it was the last one there."""

    file: int
    position: int
    last: bool
    outcome: Outcome


Making = Callable[[], Doing]
"""Makes the step in the process that takes it; it is sent there, so it has to be importable."""


class Here(Closing):
    """The step in this process: the least to start, without limits of time and memory."""

    def __init__(self, make: Making) -> None:
        self._make = make
        self._step: Doing | None = None

    def events(self, jobs: Sequence[Job]) -> Iterator[Event]:
        """Do the work, some files at a time."""
        self._step = self._step or self._make()
        for chunk in chunks(jobs, CHUNK):
            yield Begun(chunk)
            finished = 0
            for result in self._step(chunk):
                yield from (Finished(job) for job in chunk[finished : result.file])
                finished = result.file
                yield Released(chunk[result.file], result.position, result.outcome)
            yield from (Finished(job) for job in chunk[finished:])


def chunks(jobs: Sequence[One], size: int) -> Iterator[Sequence[One]]:
    """The jobs, or their numbers, in their order, so many at a time."""
    return (jobs[begin : begin + size] for begin in range(0, len(jobs), size))
