"""The ledger of a folder of records: every input with its content, its state and what became of its releases.

It is a SQLite database of its own beside the records, `.communique/ledger.db`, and tells a run where an earlier one stopped.
What it says is done lies on disk: files are written, and synchronised, before the ledger is.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from communique.errors import OutputError
from communique.run.ledger_tables import (
    FILE,
    FOLDER,
    GLANCE,
    LEFT_OUT,
    LOCK,
    Entry,
    Kept,
    Seen,
    connected,
    entries,
    kept_of,
    prepare,
)


class Ledger:
    """A ledger that is written, by one run at a time; what was written is kept by `commit`."""

    def __init__(self, folder: Path) -> None:
        """Open the ledger of a folder of records, made if it is not there.

        Raises `OutputError` if another run has it, if it cannot be written, or if it is of another version.
        """
        self.folder = folder / FOLDER
        self._file = self.folder / FILE
        with self._told():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = self._locked(folder)
        try:
            self._open()
        except BaseException:
            self._lock.close()
            raise

    def _open(self) -> None:
        with self._told():
            self._db = connected(self._file)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")  # what a power cut loses of it is done again
            self._db.execute("PRAGMA foreign_keys = ON")
            with self._db:
                prepare(self._db, self._file)

    def _locked(self, folder: Path) -> sqlite3.Connection:
        """The lock that one run at a time holds; it goes with the process, however that ends."""
        lock = sqlite3.connect(self.folder / LOCK, timeout=GLANCE, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            lock.close()
            if "locked" not in str(error):
                raise
            message = f"another run is writing to {folder}; wait until it is done, or give another --out"
            raise OutputError(message) from error
        return lock

    def entries(self) -> dict[str, Entry]:
        """Every input by its name."""
        return {one.name: one for one in entries(self._db)}

    def kept(self, name: str | None = None) -> Iterator[Kept]:
        """What became of the releases in an input, or in all, in the order of names and places."""
        return kept_of(self._db, name)

    def repeated(self) -> Iterator[Kept]:
        """The releases whose text others have too, in the order of names and places."""
        query = (
            "SELECT * FROM releases WHERE sha256 <> '' AND release IN (SELECT release FROM releases WHERE sha256 <> '' "
            "GROUP BY release HAVING count(*) > 1) ORDER BY input, position"
        )
        return (Kept(*row) for row in self._db.execute(query))

    def expect(self, seen: Iterable[Seen], made_by: str) -> None:
        """Enter inputs that are to be done: as new, or with what is done of them already if nothing of them has changed."""
        with self._told():
            for one in seen:
                before = self._db.execute("SELECT content, made_by FROM inputs WHERE name = ?", (one.name,)).fetchone()
                if before != (one.content, made_by) or not one.content:
                    self._set_aside(one.name)
                self._db.execute(
                    "INSERT INTO inputs VALUES (?, ?, ?, ?, ?, ?, 'new', 0, '', '', 0, ?) ON CONFLICT (name) DO UPDATE SET "
                    "path = excluded.path, top = excluded.top, stamp = excluded.stamp, content = excluded.content, "
                    "made_by = excluded.made_by, state = 'new', cause = '', error = '', changed = excluded.changed",
                    (one.name, one.path, one.top, one.stamp, one.content, made_by, _now()),
                )

    def _set_aside(self, name: str) -> None:
        """Note the records of an input's earlier content, so that they are removed once there are others."""
        self._db.execute(
            "INSERT OR IGNORE INTO stale SELECT input, record, release FROM releases WHERE input = ? AND sha256 <> ''", (name,)
        )
        self._db.execute("DELETE FROM releases WHERE input = ?", (name,))
        self._db.execute("UPDATE inputs SET attempts = 0 WHERE name = ?", (name,))

    def retry(self, name: str) -> None:
        """Forget the failures in an input, so that they are done again."""
        with self._told():
            self._db.execute("DELETE FROM releases WHERE input = ? AND sha256 = '' AND cause <> ?", (name, LEFT_OUT))

    def again(self, name: str, records: Iterable[str]) -> None:
        """Forget records that are not there any more, so that they are made again."""
        with self._told():
            self._db.executemany("DELETE FROM releases WHERE input = ? AND record = ?", ((name, record) for record in records))

    def moved(self, seen: Iterable[Seen]) -> None:
        """Note where inputs lie now that have not changed."""
        with self._told():
            self._db.executemany(
                "UPDATE inputs SET path = ?, top = ?, stamp = ? WHERE name = ?",
                ((one.path, one.top, one.stamp, one.name) for one in seen),
            )

    def begin(self, names: Iterable[str]) -> None:
        """Note that the work on some inputs has begun."""
        with self._told():
            self._db.executemany(
                "UPDATE inputs SET state = 'running', attempts = attempts + 1, changed = ? WHERE name = ?",
                ((_now(), name) for name in names),
            )

    def keep(self, kept: Kept) -> None:
        """Enter what became of a release."""
        with self._told():
            self._db.execute(
                "INSERT OR REPLACE INTO releases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(kept.input, kept.position, kept.mark, kept.record, kept.release, kept.sha256, kept.size),
                    *(kept.cause, kept.error, kept.seconds),
                ),
            )

    def unwritten(self, name: str, reason: str) -> None:
        """Note that a record could not be written: its input stays to be done."""
        with self._told():
            self._db.execute("UPDATE inputs SET state = 'new', error = ?, changed = ? WHERE name = ?", (reason, _now(), name))

    def finish(self, name: str) -> None:
        """Note that an input is done: as failed, if one of its releases is."""
        with self._told():
            self._db.execute(
                "UPDATE inputs SET (state, cause, error) = (SELECT CASE count(*) WHEN 0 THEN 'done' ELSE 'failed' END, "
                "coalesce(min(cause), ''), coalesce(min(error), '') FROM (SELECT cause, error FROM releases "
                "WHERE input = inputs.name AND sha256 = '' AND cause <> ? ORDER BY position LIMIT 1)), changed = ?, "
                "seconds = (SELECT coalesce(sum(seconds), 0) FROM releases WHERE input = inputs.name) WHERE name = ?",
                (LEFT_OUT, _now(), name),
            )

    def stale(self, name: str) -> list[tuple[str, str]]:
        """Records of an input's earlier content, and their releases' ids, that it does not have any more."""
        return self._db.execute(
            "SELECT record, release FROM stale s WHERE input = ? AND NOT EXISTS "
            "(SELECT 1 FROM releases r WHERE r.record = s.record AND r.release = s.release AND r.sha256 <> '')",
            (name,),
        ).fetchall()

    def forget_stale(self, name: str) -> None:
        """Note that they are removed."""
        with self._told():
            self._db.execute("DELETE FROM stale WHERE input = ?", (name,))

    def is_used(self, record: str) -> bool:
        """Whether a record's file is that of a release."""
        return self._has("SELECT 1 FROM releases WHERE record = ? AND sha256 <> ''", record)

    def is_told(self, release: str) -> bool:
        """Whether a release is that of some record."""
        return self._has("SELECT 1 FROM releases WHERE release = ?", release)

    def telling(self, release: str) -> Kept | None:
        """The first of the records of a release, by the order of names and places."""
        query = "SELECT * FROM releases WHERE release = ? AND sha256 <> '' ORDER BY input, position LIMIT 1"
        row = self._db.execute(query, (release,)).fetchone()
        return Kept(*row) if row else None

    def forget(self, name: str) -> None:
        """Take out an input whose records were removed."""
        with self._told():
            self._db.execute("DELETE FROM stale WHERE input = ?", (name,))
            self._db.execute("DELETE FROM inputs WHERE name = ?", (name,))

    def loaded(self, place: str, records: Iterable[tuple[str, str]]) -> None:
        """Note that records, each with the sha256 of its bytes, are in a database."""
        with self._told():
            self._db.executemany("INSERT OR REPLACE INTO loads VALUES (?, ?, ?)", ((place, *record) for record in records))

    def unloaded(self, place: str) -> list[Kept]:
        """The releases whose records are not in a database, in the order of names and places."""
        rows = self._db.execute(
            "SELECT r.* FROM releases r JOIN inputs i ON i.name = r.input LEFT JOIN loads l "
            "ON l.place = ? AND l.record = r.record AND l.sha256 = r.sha256 "
            "WHERE r.sha256 <> '' AND l.record IS NULL ORDER BY r.input, r.position",
            (place,),
        )
        return [Kept(*row) for row in rows]

    def keep_loads(self, place: str, releases: Iterable[str]) -> None:
        """Forget what was noted of records in a database whose releases it does not have."""
        with self._told():
            self._db.execute("CREATE TEMP TABLE IF NOT EXISTS there (release TEXT PRIMARY KEY)")
            self._db.execute("DELETE FROM there")
            self._db.executemany("INSERT OR IGNORE INTO there VALUES (?)", ((release,) for release in releases))
            self._db.execute(
                "DELETE FROM loads WHERE place = ? AND NOT EXISTS (SELECT 1 FROM releases r JOIN there t USING (release) "
                "WHERE r.record = loads.record)",
                (place,),
            )

    def was_cut_short(self) -> bool:
        """Whether the last run ended in the middle of its work, without a chance to say so."""
        return self._has("SELECT 1 FROM inputs WHERE state = 'running'")

    def commit(self) -> None:
        """Keep what was entered since the last time."""
        with self._told():
            self._db.commit()

    def close(self) -> None:
        """Let another run have it; work that was begun is to be done again."""
        with contextlib.suppress(sqlite3.Error):
            self._db.execute("UPDATE inputs SET state = 'new' WHERE state = 'running'")
            self._db.commit()
        self._db.close()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _has(self, query: str, *values: str) -> bool:
        return self._db.execute(query, values).fetchone() is not None

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the system and of SQLite in words that help."""
        try:
            yield
        except OSError as error:
            raise OutputError(
                f"the ledger {self._file} cannot be written: {error.strerror or error}; give another --out"
            ) from error
        except sqlite3.Error as error:
            raise OutputError(f"the ledger {self._file} cannot be written: {error}") from error


def _now() -> str:
    """The time in UTC, to the second."""
    return datetime.fromtimestamp(int(time.time()), UTC).isoformat().replace("+00:00", "Z")
