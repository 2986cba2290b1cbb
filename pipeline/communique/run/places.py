"""Where the records of a run go: the folder of files, and every database, each told in the ledger what it has."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from communique.errors import CommuniqueError, DatabaseError, OutputError
from communique.run.ledger import Ledger
from communique.run.ledger_tables import LEFT_OUT, Kept
from communique.run.outcome import Outcome
from communique.run.plan import Job
from communique_models import Record

if TYPE_CHECKING:
    from communique.run.urls import UrlFolder
    from communique.store import JsonFolder, Sink

TOGETHER = 32  # records that go to a database at a time
ENOUGH = 3  # failures of a database, one after the other, after which it gets no more

Failing = Callable[[str, str], None]
"""Is told the name of a record and the reason why it is not in a database."""


@runtime_checkable
class Knowing(Protocol):
    """A sink that knows which releases it keeps, and can let go of them."""

    def ids(self) -> Iterable[str]:
        """The ids of its releases."""

    def remove(self, releases: Sequence[str]) -> None:
        """Let go of releases by their ids."""


@dataclass(slots=True)
class Database:
    """A database on its way: what it does not have yet is written some records at a time."""

    sink: Sink
    ledger: Ledger
    failing: Failing
    waiting: list[tuple[Record, str, str]] = field(default_factory=list)  # with name and sha256
    failures: int = 0  # one after the other
    told_off: bool = False
    loaded: int = 0

    @property
    def given_up(self) -> bool:
        """Whether it has failed so often that it gets no more in this run."""
        return self.failures >= ENOUGH

    def add(self, content: bytes, name: str) -> None:
        """Take a record by the bytes of its file."""
        if self.given_up:
            self._tell_off()
            return
        self.waiting.append((Record.model_validate_json(content), name, hashlib.sha256(content).hexdigest()))
        if len(self.waiting) >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write what waits; what cannot be written is told, and written by the next run."""
        waiting, self.waiting = self.waiting, []
        if len(waiting) > 1 and self._together(waiting):
            return
        written = []
        for record, name, sha256 in waiting:
            if self.given_up:
                self._tell_off()
                break
            try:
                self.sink.write(record, name)
            except DatabaseError as error:
                self.failures += 1
                self.failing(name, str(error))
            else:
                self.failures = 0
                written.append((name, sha256))
        self.loaded += len(written)
        self.ledger.loaded(self.sink.place, written)

    def _together(self, waiting: Sequence[tuple[Record, str, str]]) -> bool:
        """Write records in one go; whether that worked: if not, each is tried alone, so that the one that breaks it is found."""
        try:
            self.sink.write_many([(record, name) for record, name, _ in waiting])
        except DatabaseError:
            return False
        self.failures = 0
        self.loaded += len(waiting)
        self.ledger.loaded(self.sink.place, [(name, sha256) for _, name, sha256 in waiting])
        return True

    def _tell_off(self) -> None:
        """Say once that it gets no more."""
        if not self.told_off:
            self.failing(self.sink.place, f"it failed {ENOUGH} times in a row; the next run loads what it does not have")
            self.told_off = True


@dataclass(slots=True)
class Places:
    """The folder of records and the databases of a run, and its ledger, which is never ahead of them."""

    folder: JsonFolder | UrlFolder
    ledger: Ledger
    databases: Sequence[Database]

    def names(self) -> list[str]:
        """The places, as told to the user."""
        return [self.folder.place, *(one.sink.place for one in self.databases)]

    def keep(self, job: Job, position: int, outcome: Outcome) -> str | None:
        """Write a record and enter it, or enter why there is none; the reason, if it could not be written.

        Raises `OutputError` if nothing at all can be written any more, as on a full disk.
        """
        name, content = job.record_name(outcome.mark), outcome.record
        if content is not None:
            try:
                self.folder.put(content, name)
            except OutputError as error:
                if error.final:
                    raise
                self.ledger.unwritten(job.name, str(error))
                return str(error)
        told = hashlib.sha256(content).hexdigest() if content is not None else ""
        self.ledger.keep(
            Kept(
                *(job.name, position, outcome.mark, name, outcome.release_id, told, len(content or b"")),
                *((LEFT_OUT, outcome.language) if outcome.language else (outcome.cause, outcome.reason)),
                outcome.seconds,
            )
        )
        if content is not None:
            for database in self.databases:
                database.add(content, name)
        return None

    def load(self) -> int:
        """Give every database the records that it does not have, from their files; how many those were."""
        for database in self.databases:
            if isinstance(database.sink, Knowing):
                self.ledger.keep_loads(database.sink.place, database.sink.ids())
            self._give(database, self.ledger.unloaded(database.sink.place))
            database.flush()
        self.ledger.commit()
        return sum(database.loaded for database in self.databases)

    def settle(self, name: str) -> None:
        """Remove the records of an input's earlier content that it does not have any more."""
        self._remove(self.ledger.stale(name))
        self.ledger.forget_stale(name)

    def prune(self, names: Iterable[str]) -> None:
        """Remove the records of inputs that are not there any more."""
        for name in names:
            records = [(kept.record, kept.release) for kept in self.ledger.kept(name) if kept.sha256] + self.ledger.stale(name)
            self.ledger.forget(name)
            self._remove(records)
        self.commit()

    def _remove(self, records: Sequence[tuple[str, str]]) -> None:
        """Remove records by their names and releases, unless other inputs have the same.

        A release that another input has too stays in a database, as that one tells it: with its name, its title and its day.
        """
        for record, _ in records:
            if not self.ledger.is_used(record):
                self.folder.remove(record)
        gone = sorted({release for _, release in records if not self.ledger.is_told(release)})
        others = [kept for release in sorted({release for _, release in records}) if (kept := self.ledger.telling(release))]
        for database in self.databases:
            if isinstance(database.sink, Knowing):
                self._give(database, others)
            if gone and isinstance(database.sink, Knowing) and not database.given_up:
                database.flush()
                try:
                    database.sink.remove(gone)
                except DatabaseError as error:
                    database.failing(database.sink.place, str(error))

    def _give(self, database: Database, records: Iterable[Kept]) -> None:
        """Give records to a database, from their files."""
        for kept in records:
            try:
                database.add(self.folder.read(kept.record), kept.record)
            except CommuniqueError as error:
                database.failing(kept.record, str(error))

    def commit(self) -> None:
        """Write all that waits, and see that it lies on disk; then keep what the ledger says of it."""
        for database in self.databases:
            database.flush()
        self.folder.sync()
        self.ledger.commit()
