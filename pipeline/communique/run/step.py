"""The step that every engine takes: files of releases become outcomes, the same bytes wherever it runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from communique.errors import MemoryLimitError, ReleaseError
from communique.languages import is_english
from communique.pipeline import Pipeline
from communique.read import Release, read_all
from communique.run.engine import Result
from communique.run.outcome import Outcome, failed, left_out, made
from communique.run.plan import Job
from communique.run.urls import fetched
from communique.settings import Settings
from communique.source import Source
from communique_models import Record

BATCH = 8  # releases that the model sees at a time; more are no faster, and progress would come in jumps
BATCH_CHARACTERS = 200_000  # bounds the memory that the model's arrays take
FULL = "it takes more memory than the limit; split it into its releases, or raise --max-memory"


@dataclass(frozen=True, slots=True)
class Taken:
    """One release on its way through the step."""

    file: int  # of the files that the step was given
    position: int  # in its file
    last: bool  # of its file
    mark: str
    holds: Source | Exception


def watched(position: int | None, mark: str) -> None:  # others listen
    """Say nothing of where the step is."""


@dataclass(slots=True)
class Step:
    """Reads files and extracts their releases. Nothing in it depends on what it did before."""

    pipeline: Pipeline
    published_on: date | None = None
    skip_languages: bool = False  # releases that are not in English are left out

    def __call__(
        self, jobs: Sequence[Job], *, batch: int = BATCH, at: Callable[[int | None, str], None] = watched
    ) -> Iterator[Result]:
        """What becomes of the releases in some files, in their order; those that a job says are done are passed over.

        `at` is told, before the work on it begins, which file is read (no position) and which release is the next of a batch.
        What the language model makes of the texts is let go of at the end.
        """
        with self.pipeline.nlp.memory_zone():
            taken = (one for file, job in enumerate(jobs) for one in self._read(file, job, at))
            for some in _batches(taken, batch):
                at(some[0].position, some[0].mark)
                for one, outcome in zip(some, self._outcomes(some), strict=True):
                    yield Result(one.file, one.position, one.last, outcome)

    def _read(self, file: int, job: Job, at: Callable[[int | None, str], None]) -> Iterator[Taken]:
        """The releases in a file, each as far as it can be one."""
        at(None, "")
        found = read(job, self.pipeline.settings)
        last = max((place for place in range(len(found)) if place not in job.done), default=-1)
        for position, release in enumerate(found):
            if position not in job.done:
                yield Taken(file, position, position == last, release.mark, self._checked(release.source))

    def _checked(self, source: Source | Exception) -> Source | Exception:
        if isinstance(source, Exception):
            return source
        try:
            self.pipeline.check(source)
        except ReleaseError as error:
            return error
        return source.published(self.published_on)

    def _outcomes(self, some: Sequence[Taken]) -> list[Outcome]:
        """What becomes of a batch; where it breaks, one by one, so that the release that broke it is found."""
        sources = [one.holds for one in some if isinstance(one.holds, Source)]
        start = time.perf_counter()
        try:
            records = iter(list(self.pipeline.extract_many(sources)))
        except Exception:  # whatever it is, it comes again below, at the release that has it
            return [self._alone(one) for one in some]
        each = (time.perf_counter() - start) / max(1, sum(len(source.text) for source in sources))
        return [
            self._told(one.mark, next(records), each * len(one.holds.text))
            if isinstance(one.holds, Source)
            else failed(one.mark, one.holds)
            for one in some
        ]

    def _alone(self, one: Taken) -> Outcome:
        if isinstance(one.holds, Exception):
            return failed(one.mark, one.holds)
        start = time.perf_counter()
        try:
            record = self.pipeline.extract_source(one.holds)
        except MemoryError:
            return failed(one.mark, MemoryLimitError(FULL), time.perf_counter() - start)
        except Exception as error:  # a bug in a rule costs one release, not the run
            return failed(one.mark, error, time.perf_counter() - start)
        return self._told(one.mark, record, time.perf_counter() - start)

    def _told(self, mark: str, record: Record, seconds: float) -> Outcome:
        language = record.release.language
        if self.skip_languages and language and not is_english(language):
            return left_out(mark, language, seconds)
        return made(mark, record, seconds)


def read(job: Job, settings: Settings) -> list[Release | _Broken]:
    """The releases in a file; a file that cannot be read is one that holds the reason."""
    try:
        if job.url:
            with fetched(job) as local:
                return read(local, settings)
        return list(read_all(job.path, job.name, settings))
    except ReleaseError as error:
        return [Release("", error)]
    except MemoryError:
        return [Release("", MemoryLimitError(FULL))]
    except Exception as error:  # a bug in a reader costs one file, not the run
        return [_Broken("", error)]


@dataclass(frozen=True, slots=True)
class _Broken:
    mark: str
    source: Exception


def _batches(taken: Iterable[Taken], most: int) -> Iterator[list[Taken]]:
    """What was read, in batches that the language model works on at a time: a few releases, fewer if they are long."""
    batch: list[Taken] = []
    characters = 0
    for one in taken:
        batch.append(one)
        characters += len(one.holds.text) if isinstance(one.holds, Source) else 0
        if len(batch) >= most or characters > BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
