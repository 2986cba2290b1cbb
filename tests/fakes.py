"""What stands for the step in tests of runs: cheap, and with faults where a release asks for them. Worker processes import it."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from communique.errors import EmptyReleaseError, ModelError, UnreadableError
from communique.run.engine import Doing, Result
from communique.run.outcome import Outcome, failed, made
from communique.run.plan import Job
from communique.run.step import watched
from communique.run.urls import fetched
from communique_models import Provenance, Record, Release

NOTHING = "0" * 64


def fake_record(text: str, name: str = "") -> Record:
    """A record that says nothing but its text."""
    return Record(
        release=Release(id=hashlib.sha256(text.encode()).hexdigest(), source=name or None, characters=len(text)),
        text=text,
        parties=[],
        amounts=[],
        dates=[],
        commitments=[],
        notices=[],
        provenance=Provenance(
            version="0", model="none", model_version="0", model_sha256=NOTHING, lexicons_sha256=NOTHING, settings_sha256=NOTHING
        ),
    )


@dataclass(frozen=True, slots=True)
class FakeStep:
    """Each line of a file is a release; a line may order a fault: `crash`, `hang`, `hog`, `bug`, `exit`, `nap 0.1`.

    A fault with `once` comes only while there is no file `x.txt.once` beside the release, which it makes.
    """

    def __call__(
        self, jobs: Sequence[Job], *, batch: int = 2, at: Callable[[int | None, str], None] = watched
    ) -> Iterator[Result]:
        for file, job in enumerate(jobs):
            at(None, "")
            try:
                with fetched(job) if job.url else nullcontext(job) as local:
                    lines = local.path.read_text().splitlines()
            except OSError as error:
                yield Result(file, 0, True, failed("", UnreadableError(f"the file cannot be read: {error.strerror}")))
                continue
            if lines and lines[0] == "unreadable":
                os.kill(os.getpid(), signal.SIGSEGV)
            several = len(lines) > 1
            left = [place for place in range(len(lines)) if place not in job.done]
            for first in range(0, len(left), batch):
                here = left[first : first + batch]
                at(here[0], f"#{here[0] + 1}" if several else "")
                outcomes = [self._outcome(job, lines[place], f"#{place + 1}" if several else "") for place in here]
                for place, outcome in zip(here, outcomes, strict=True):
                    yield Result(file, place, place == left[-1], outcome)

    def _outcome(self, job: Job, line: str, mark: str) -> Outcome:
        order, _, more = line.partition(" ")
        flag = Path(f"{job.path}.once")
        if more == "once" and flag.exists():
            order = ""
        if more == "once":
            flag.touch()
        if order == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif order == "exit":
            os._exit(3)
        elif order == "hang":
            while True:
                time.sleep(0.01)
        elif order == "nap":
            time.sleep(float(more.split()[0]))
        elif order == "hog":
            try:
                bytearray(4_000_000_000)
            except MemoryError:
                from communique.errors import MemoryLimitError
                from communique.run.step import FULL

                return failed(mark, MemoryLimitError(FULL))
        elif order == "bug":
            return failed(mark, ZeroDivisionError("division by zero"))
        elif order == "empty":
            return failed(mark, EmptyReleaseError("there is not a word in it; give a text"))
        return made(mark, fake_record(line, f"{job.name}{mark}"))


def fake() -> Doing:
    """Makes the fake step."""
    return FakeStep()


def stillborn() -> Doing:
    """Makes a step that cannot be made."""
    raise ModelError("there is no model; install one")


def broken() -> Doing:
    """Makes a step with a bug in it."""
    raise ZeroDivisionError("division by zero")
