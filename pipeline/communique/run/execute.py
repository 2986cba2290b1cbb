"""The run itself: an engine does the jobs, and their records are written; whatever happens to a release, the others go on."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from communique.errors import CommuniqueError
from communique.run.engine import Engine, Released
from communique.run.outcome import Outcome
from communique.run.plan import Job, Plan
from communique.run.progress import Progress
from communique.store import JsonFolder, Sink, open_sink
from communique_models import Record


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

    def add(self, outcome: Outcome) -> None:
        """Count a record that was written."""
        self.read += 1
        self.words += outcome.words
        self.facts.update(outcome.facts)
        self.notices.update(outcome.notices)


def run(work: Plan, engine: Engine, out: Path, databases: Iterable[str], progress: Progress) -> Summary:
    """Do the work: a record a release below `out` and in every database.

    The engine is started once all places are open, and closed at the end. Raises `OutputError` or `DatabaseError` if one cannot
    be opened; what fails later costs one release, with its reason.
    """
    summary = Summary(skipped=work.skipped)
    with ExitStack() as stack:
        folder = stack.enter_context(JsonFolder(out))
        sinks = [stack.enter_context(open_sink(url)) for url in databases]
        summary.places = [folder.place, *(sink.place for sink in sinks)]
        stack.enter_context(engine).start()
        start = time.perf_counter()
        stack.enter_context(progress)
        progress.begin(len(work.jobs) + len(work.failed))
        for path, error in work.failed:
            _fail(summary, progress, path, str(error))
        before: Job | None = None
        for event in engine.events(work.jobs):
            if not isinstance(event, Released):
                continue
            if event.job is before:
                progress.more(1)
            before = event.job
            path = f"{event.job.path}{event.outcome.mark}"
            if reason := event.outcome.reason or _written(folder, sinks, event.job, event.outcome):
                _fail(summary, progress, path, reason)
            else:
                summary.add(event.outcome)
                progress.done(path, event.outcome.words)
        summary.seconds = time.perf_counter() - start
    return summary


def _fail(summary: Summary, progress: Progress, path: str, reason: str) -> None:
    summary.failed.append((path, reason))
    progress.failed(path, reason)


def _written(folder: JsonFolder, sinks: Iterable[Sink], job: Job, outcome: Outcome) -> str | None:
    """Write a record everywhere; the reasons of those places that refused it."""
    assert outcome.record
    name, reasons = job.record_name(outcome.mark), []
    try:
        folder.put(outcome.record, name)
    except CommuniqueError as error:
        reasons.append(str(error))
    for sink in sinks:
        try:
            sink.write(Record.model_validate_json(outcome.record), name)
        except CommuniqueError as error:
            reasons.append(str(error))
    return "; ".join(reasons) or None
