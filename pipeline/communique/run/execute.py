"""The run: an engine does what is to be done, and the records are written; whatever befalls a release, the others go on."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from communique.run.engine import Begun, Engine, Released
from communique.run.identity import made_by
from communique.run.ledger import Ledger
from communique.run.outcome import Outcome
from communique.run.places import Database, Places
from communique.run.plan import Job, Plan
from communique.run.progress import Progress
from communique.run.survey import Survey, survey
from communique.run.urls import UrlFolder
from communique.settings import Settings

SLOWEST = 10  # releases that the report names
COMMIT_FILES = 16  # files after which the ledger is kept
COMMIT_SECONDS = 0.5  # and the time after which it is


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is to do."""

    inputs: tuple[Path | str, ...]  # strings are URLs
    out: Path  # with the ledger in it
    databases: tuple[str, ...] = ()
    settings: Settings = field(default_factory=Settings)
    published_on: date | None = None  # of all releases, before all that they say
    retry_failed: bool = False
    prune: bool = False
    out_url: str = ""  # where the records go, if not below `out`
    skip_languages: bool = False  # leave out releases that are not in English


@dataclass(slots=True)
class Summary:
    """What a run did."""

    read: int = 0
    unchanged: int = 0  # inputs that were done before
    loaded: int = 0  # records that only databases did not have
    failed: list[tuple[str, str]] = field(default_factory=list)  # path and reason
    failed_before: list[tuple[str, str]] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)  # path and language, also of those left out before
    duplicates: dict[str, str] = field(default_factory=dict)  # path, and the first path with the same text
    vanished: list[str] = field(default_factory=list)
    pruned: bool = False
    skipped: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)  # parties, amounts, dates, commitments
    notices: Counter[str] = field(default_factory=Counter)  # by code
    causes: Counter[str] = field(default_factory=Counter)  # of failures, by the names of their classes
    slowest: list[tuple[float, str]] = field(default_factory=list)  # seconds and path
    words: int = 0
    seconds: float = 0.0
    places: list[str] = field(default_factory=list)

    @property
    def some_failed(self) -> bool:
        """Whether there are releases without a record."""
        return bool(self.failed or self.failed_before)

    def add(self, path: str, outcome: Outcome) -> None:
        """Count a record that was written."""
        self.read += 1
        self.words += outcome.words
        self.facts.update(outcome.facts)
        self.notices.update(outcome.notices)
        self.took(path, outcome.seconds)

    def took(self, path: str, seconds: float) -> None:
        """Note how long a release took, if it is among the slowest."""
        self.slowest = sorted([*self.slowest, (seconds, path)], reverse=True)[:SLOWEST]


def run(work: Plan, order: Order, engine: Engine, progress: Progress) -> Summary:
    """Do once what is to be done of a plan: a record a release below the folder and in every database.

    Raises `OutputError` or `DatabaseError` if a place cannot be opened, and `OutputError` if nothing can be written any more;
    what fails otherwise costs one release, with its reason. The engine is closed at the end.
    """
    with opened(order, engine, progress) as going:
        going.round(work)
        return going.summary


@contextmanager
def opened(order: Order, engine: Engine, progress: Progress) -> Iterator[Run]:
    """A run whose places are open. What was done when it ends, however it ends, is kept."""
    from communique.store import JsonFolder, open_sink  # databases take a while to import, in which workers start already

    with ExitStack() as stack:
        stack.enter_context(engine)
        folder: JsonFolder | UrlFolder = UrlFolder(order.out_url) if order.out_url else JsonFolder(order.out)
        ledger = stack.enter_context(Ledger(order.out))
        if ledger.was_cut_short():
            folder.sweep()
        going = Run(order, engine, progress, Places(folder, ledger, []))
        sinks = [stack.enter_context(open_sink(url)) for url in order.databases]
        going.places.databases = [Database(sink, ledger, going.fail) for sink in sinks]
        going.summary.places = going.places.names()
        stack.enter_context(progress)
        yield going


@dataclass(slots=True)
class Run:
    """A run on its way."""

    order: Order
    engine: Engine
    progress: Progress
    places: Places
    summary: Summary = field(default_factory=Summary)
    _kept: float = 0.0  # when the ledger was last kept
    _files: int = 0  # done since then

    def round(self, work: Plan, settled: Callable[[Job], bool] = lambda _: True) -> None:
        """Do what of a plan is to be done; inputs that are not settled are left alone."""
        start = time.perf_counter()
        try:
            found = self._survey(work, settled)
            failed = [(path, error) for path, error in work.failed if (path, str(error)) not in self.summary.failed]
            self.progress.begin(len(found.todo) + len(failed))
            for path, error in failed:
                self.fail(path, str(error), type(error).__name__)
            if found.todo:
                self.engine.start()
            self.summary.loaded += self.places.load()
            if found.todo:
                self._extract(found.todo)
            self.summary.duplicates = self._duplicates(work)
        finally:
            self.summary.seconds += time.perf_counter() - start

    def fail(self, path: str, reason: str, cause: str = "DatabaseError") -> None:
        """Count and tell a failure."""
        self.summary.failed.append((path, reason))
        self.summary.causes[cause] += 1
        self.progress.failed(path, reason)

    def _survey(self, work: Plan, settled: Callable[[Job], bool]) -> Survey:
        """What is to be done; told, and pruned, what is not there any more."""
        order, ledger, folder = self.order, self.places.ledger, self.places.folder
        maker = made_by(order.settings, order.published_on, skip_languages=order.skip_languages)
        found = survey(work.jobs, ledger, maker, order.settings, folder.has, settled, retry=order.retry_failed)
        self.summary.skipped = work.skipped
        self.summary.unchanged = found.unchanged
        self.summary.failed_before = [one for one in found.failed if one not in self.summary.failed]
        self.summary.left_out.update(found.left_out)
        self.summary.vanished = [entry.path for entry in found.vanished]
        self.summary.pruned = order.prune
        if order.prune:
            self.places.prune(entry.name for entry in found.vanished)
        return found

    def _duplicates(self, work: Plan) -> dict[str, str]:
        """The releases of a plan whose text one before has, in the order of their names, so that it is told the same at any time.

        Each has its record, since what came with the text may differ; a database has the text once.
        """
        jobs = {job.name: job for job in work.jobs}
        first: dict[str, str] = {}
        paths = [(one.release, f"{jobs[one.input]}{one.mark}") for one in self.places.ledger.repeated() if one.input in jobs]
        return {path: earlier for release, path in paths if (earlier := first.setdefault(release, path)) != path}

    def _extract(self, jobs: list[Job]) -> None:
        """Have the engine do the jobs, and keep what comes, in its order."""
        told = False
        unwritten = False
        for event in self.engine.events(jobs):
            if isinstance(event, Begun):
                self.places.ledger.begin(job.name for job in event.jobs)
                self.places.commit()  # so that a run that is killed is known by what it was at
            elif isinstance(event, Released):
                if told:
                    self.progress.more(1)
                told = True
                unwritten |= self._keep(event)
            else:
                if not unwritten:
                    self.places.ledger.finish(event.job.name)
                    self.places.settle(event.job.name)
                told = unwritten = False
                self._commit_if_due()
        self.places.commit()

    def _keep(self, event: Released) -> bool:
        """Keep what became of a release; whether its record could not be written."""
        job, outcome = event.job, event.outcome
        path = f"{job}{outcome.mark}"
        reason = self.places.keep(job, event.position, outcome)
        if outcome.failed:
            self.summary.took(path, outcome.seconds)
            self.fail(path, outcome.reason, outcome.cause)
        elif outcome.language:
            self.summary.left_out[path] = outcome.language
            self.progress.left_out(path, outcome.language)
        elif reason:
            self.fail(path, reason, "OutputError")
        else:
            self.summary.add(path, outcome)
            self.progress.done(path, outcome.words)
        return reason is not None

    def _commit_if_due(self) -> None:
        self._files += 1
        if self._files >= COMMIT_FILES or time.perf_counter() - self._kept > COMMIT_SECONDS:
            self.places.commit()
            self._files, self._kept = 0, time.perf_counter()
