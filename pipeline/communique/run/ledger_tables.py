"""The tables of a ledger, what stands in them, and how they are looked at without writing."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from communique.errors import OutputError

FOLDER = ".communique"
FILE = "ledger.db"
LOCK = "lock.db"
VERSION = 1
APPLICATION_ID = 0x434D514C  # in the file's header: it is one of ours
LEFT_OUT = "left out"  # stands for the cause of a release that did not fail, but is not in English; the language is its error
GLANCE = 1.0  # seconds for another one that only looks whether there is a run
WAIT = 10.0  # seconds for another program that has the ledger open

TABLES = """
CREATE TABLE inputs (
    name TEXT PRIMARY KEY,          -- the path below the input folder
    path TEXT NOT NULL,             -- where it lay when it was last seen
    top TEXT NOT NULL,              -- the file or folder that the user gave
    stamp TEXT NOT NULL,            -- what the system says of the file: size, times, number; empty, if it may still change unseen
    content TEXT NOT NULL,          -- sha256 of its bytes and its sidecar's; empty, if it could not be read
    made_by TEXT NOT NULL,          -- hash of settings, model, lexicons and code
    state TEXT NOT NULL CHECK (state IN ('new', 'running', 'done', 'failed')),
    attempts INTEGER NOT NULL,      -- how often the work on it was begun
    cause TEXT NOT NULL,            -- kind of the failure
    error TEXT NOT NULL,            -- and its reason
    seconds REAL NOT NULL,          -- of work
    changed TEXT NOT NULL           -- when the state last changed
) WITHOUT ROWID;
CREATE TABLE releases (
    input TEXT NOT NULL REFERENCES inputs ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- in the input
    mark TEXT NOT NULL,             -- which one it is there: `#2`
    record TEXT NOT NULL,           -- path of the record below the folder
    release TEXT NOT NULL,          -- its id; empty, if there is no record
    sha256 TEXT NOT NULL,           -- of the record's bytes; empty, if there is none
    size INTEGER NOT NULL,
    cause TEXT NOT NULL,            -- 'left out', if it did not fail, but is not in English
    error TEXT NOT NULL,            -- then the language
    seconds REAL NOT NULL,
    PRIMARY KEY (input, position)
) WITHOUT ROWID;
CREATE INDEX releases_release ON releases (release);
CREATE INDEX releases_record ON releases (record);
CREATE TABLE stale (                -- records of an input's earlier content, to be removed once it is done again
    input TEXT NOT NULL,
    record TEXT NOT NULL,
    release TEXT NOT NULL,
    PRIMARY KEY (input, record, release)
) WITHOUT ROWID;
CREATE TABLE loads (                -- which record is in which database
    place TEXT NOT NULL,
    record TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (place, record)
) WITHOUT ROWID;
"""


class State(StrEnum):
    """Where an input is on its way."""

    NEW = "new"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Entry:
    """An input, as the ledger has it."""

    name: str
    path: str
    top: str
    stamp: str
    content: str
    made_by: str
    state: State
    attempts: int
    cause: str
    error: str
    seconds: float
    changed: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a release, as the ledger has it."""

    input: str
    position: int
    mark: str
    record: str
    release: str
    sha256: str
    size: int
    cause: str
    error: str
    seconds: float

    @property
    def failed(self) -> bool:
        """Whether there is no record of it, and should be one."""
        return not self.sha256 and not self.left_out

    @property
    def left_out(self) -> bool:
        """Whether there is no record of it because of its language."""
        return self.cause == LEFT_OUT


@dataclass(frozen=True, slots=True)
class Seen:
    """An input, as a run finds it."""

    name: str
    path: str
    top: str
    stamp: str
    content: str


def read_ledger(folder: Path) -> tuple[bool, list[Entry], list[Kept]]:
    """Whether a run writes to a folder of records, every input and every release; raises `OutputError` if it has no ledger."""
    file = folder / FOLDER / FILE
    if not file.exists():
        raise OutputError(f"there is no ledger in {folder}; give a folder that `communique run` has written to")
    try:
        with contextlib.closing(connected(file)) as db:
            db.execute("PRAGMA query_only = ON")
            db.execute("BEGIN")
            if db.execute("PRAGMA user_version").fetchone() == (0,):  # a run is just making it
                return True, [], []
            return _is_locked(folder / FOLDER / LOCK), list(entries(db)), list(kept_of(db, None))
    except sqlite3.Error as error:
        raise OutputError(f"the ledger {file} cannot be read: {error}") from error


def _is_locked(file: Path) -> bool:
    with contextlib.closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return True
        return False


def connected(file: Path) -> sqlite3.Connection:
    """A ledger's database."""
    return sqlite3.connect(file, timeout=WAIT)


def prepare(db: sqlite3.Connection, file: Path) -> None:
    """Make the tables in an empty file; in another one, see that they are ours."""
    [application], [version] = (db.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version"))
    if (application, version) == (APPLICATION_ID, VERSION):
        return
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
        raise OutputError(f"{file} is no ledger of this version of communique; give another --out")
    db.execute("BEGIN IMMEDIATE")  # all of it or, if the process is killed meanwhile, nothing
    for statement in TABLES.split(";\n"):
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


def entries(db: sqlite3.Connection) -> Iterator[Entry]:
    """The inputs in the order of their names."""
    rows = db.execute("SELECT * FROM inputs ORDER BY name")
    return (replace(entry, state=State(entry.state)) for entry in (Entry(*row) for row in rows))


def kept_of(db: sqlite3.Connection, name: str | None) -> Iterator[Kept]:
    """The releases in an input, or in all, in the order of names and places."""
    where = "" if name is None else " WHERE input = ?"
    rows = db.execute(f"SELECT * FROM releases{where} ORDER BY input, position", () if name is None else (name,))
    return (Kept(*row) for row in rows)
