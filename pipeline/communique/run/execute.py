"""The run itself: read, extract, write, release by release; whatever happens to one, the others go on."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from communique.errors import CommuniqueError, ReleaseError, bug
from communique.pipeline import Pipeline
from communique.read import read_all
from communique.run.plan import Job, Plan
from communique.run.progress import Progress
from communique.source import Source
from communique.store import JsonFolder, Sink, open_sink
from communique_models import Record

BATCH = 8  # releases that the model sees at a time; more are no faster, and progress would come in jumps
BATCH_CHARACTERS = 200_000  # bounds the memory that the model's arrays take


@dataclass(slots=True)
class Summary:
    """What a run did."""

    read: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)  # path and reason
    skipped: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)  # parties, amounts, dates, commitments
    notices: Counter[str] = field(default_factory=Counter)  # by code
    words: int = 0
    seconds: float = 0.0
    places: list[str] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Count a record that was written."""
        self.read += 1
        self.words += len(record.text.split())
        for kind in ("parties", "amounts", "dates", "commitments"):
            self.facts[kind] += len(getattr(record, kind))
        self.notices.update(notice.code.value for notice in record.notices)


@dataclass(frozen=True, slots=True)
class _Failure:
    reason: str


def run(
    work: Plan,
    load: Callable[[], Pipeline],
    out: Path,
    databases: Iterable[str],
    progress: Progress,
    published_on: date | None = None,
) -> Summary:
    """Do the work: a record a release below `out` and in every database; `published_on` holds for all releases.

    `load` gives the pipeline, once all places are open. Raises `OutputError` or `DatabaseError` if one cannot be opened; what
    fails later costs one release, with its reason.
    """
    summary = Summary(skipped=work.skipped)
    with ExitStack() as stack:
        sinks: list[Sink] = [stack.enter_context(JsonFolder(out))]
        sinks += [stack.enter_context(open_sink(url)) for url in databases]
        summary.places = [sink.place for sink in sinks]
        pipeline = load()
        start = time.perf_counter()
        stack.enter_context(progress)
        progress.begin(len(work.jobs) + len(work.failed))
        for path, error in work.failed:
            _fail(summary, progress, path, str(error))
        for job, outcome in _outcomes(work.jobs, pipeline, progress, published_on):
            reason = outcome.reason if isinstance(outcome, _Failure) else _written(sinks, job, outcome)
            if reason is not None:
                _fail(summary, progress, str(job), reason)
            elif isinstance(outcome, Record):
                summary.add(outcome)
                progress.done(str(job), len(outcome.text.split()))
        summary.seconds = time.perf_counter() - start
    return summary


def _fail(summary: Summary, progress: Progress, path: str, reason: str) -> None:
    summary.failed.append((path, reason))
    progress.failed(path, reason)


def _written(sinks: Iterable[Sink], job: Job, record: Record) -> str | None:
    """Write a record everywhere; the reasons of those places that refused it."""
    reasons = []
    for sink in sinks:
        try:
            sink.write(record, job.record_name)
        except CommuniqueError as error:
            reasons.append(str(error))
    return "; ".join(reasons) or None


def _outcomes(
    jobs: Iterable[Job], pipeline: Pipeline, progress: Progress, published_on: date | None
) -> Iterator[tuple[Job, Record | _Failure]]:
    """The record of each release, or why there is none, in the order of the jobs."""
    for batch in _batches(one for job in jobs for one in _read(job, pipeline, progress, published_on)):
        records = iter(_extracted(pipeline, [source for _, source in batch if isinstance(source, Source)]))
        for job, source in batch:
            yield job, source if isinstance(source, _Failure) else next(records)


def _batches(told: Iterable[tuple[Job, Source | _Failure]]) -> Iterator[list[tuple[Job, Source | _Failure]]]:
    """What was read, in batches that the language model works on at a time: a few releases, fewer if they are long."""
    batch: list[tuple[Job, Source | _Failure]] = []
    characters = 0
    for job, source in told:
        batch.append((job, source))
        characters += len(source.text) if isinstance(source, Source) else 0
        if len(batch) == BATCH or characters > BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _read(job: Job, pipeline: Pipeline, progress: Progress, published_on: date | None) -> Iterator[tuple[Job, Source | _Failure]]:
    """The releases in a file, each as a job of its own."""
    try:
        releases = read_all(job.path, job.name, pipeline.settings)
    except ReleaseError as error:
        yield job, _Failure(str(error))
        return
    except Exception as error:  # a bug in a reader costs one file, not the run
        yield job, _Failure(bug(error))
        return
    progress.more(len(releases) - 1)
    for release in releases:
        one = replace(job, mark=release.mark)
        try:
            if isinstance(release.source, ReleaseError):
                raise release.source
            pipeline.check(release.source)
        except ReleaseError as error:
            yield one, _Failure(str(error))
        else:
            yield one, release.source.published(published_on)


def _extracted(pipeline: Pipeline, sources: list[Source]) -> list[Record | _Failure]:
    """The records of a batch; where it breaks, one by one, so that the release that broke it is found."""
    try:
        return list(pipeline.extract_many(sources))
    except Exception:  # whatever it is, it comes again below, at the release that has it
        return [_alone(pipeline, source) for source in sources]


def _alone(pipeline: Pipeline, source: Source) -> Record | _Failure:
    try:
        return pipeline.extract_source(source)
    except ReleaseError as error:
        return _Failure(str(error))
    except Exception as error:  # a bug in a rule costs one release, not the run
        return _Failure(bug(error))
