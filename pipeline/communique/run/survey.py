"""What of a plan is still to be done: inputs that are new or have changed, against what the ledger says of them."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from communique.run.ledger import Ledger
from communique.run.ledger_tables import Entry, Kept, Seen, State
from communique.run.plan import Job
from communique.run.urls import mark_of
from communique.settings import Settings

SETTLED = 2.0  # seconds after which a file that changes has another time than before
BLOCK = 1 << 20


@dataclass(slots=True)
class Survey:
    """What a run finds: what is to be done, what is done already, what failed before, and what is not there any more."""

    todo: list[Job] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)  # of those to be done
    unchanged: int = 0
    failed: list[tuple[str, str]] = field(
        default_factory=list
    )  # path and reason of those that failed before and have not changed
    left_out: dict[str, str] = field(default_factory=dict)  # path and language of those that were left out before
    vanished: list[Entry] = field(default_factory=list)


def survey(
    jobs: Iterable[Job],
    ledger: Ledger,
    made_by: str,
    settings: Settings,
    is_there: Callable[[str, int], bool],
    settled: Callable[[Job], bool] = lambda _: True,
    *,
    retry: bool = False,
) -> Survey:
    """Compare jobs with the ledger, and enter there what is to be done.

    `is_there` says whether a record's file has so many bytes: one that is lost is made again. What is not `settled` is left for
    later. With `retry`, what failed is to be done too. What is done in a file of which not all is done stays done.
    """
    entries = ledger.entries()
    kept: defaultdict[str, list[Kept]] = defaultdict(list)
    for one in ledger.kept():
        kept[one.input].append(one)
    found, moved, tops = Survey(), [], set()
    for job in jobs:
        entry = entries.pop(job.name, None)
        tops.add(job.top)
        if not settled(job):
            continue
        seen = look(job, entry, settings.max_bytes)
        if entry is None or not seen.content or (entry.content, entry.made_by) != (seen.content, made_by):
            found.todo.append(job)
            found.seen.append(seen)
            continue
        lost = [one.record for one in kept[job.name] if one.sha256 and not is_there(one.record, one.size)]
        ledger.again(job.name, lost)
        found.left_out.update({f"{job}{one.mark}": one.error for one in kept[job.name] if one.left_out})
        if retry and entry.state is State.FAILED:
            ledger.retry(job.name)
        if lost or entry.state not in (State.DONE, State.FAILED) or (retry and entry.state is State.FAILED):
            done = {one.position for one in kept[job.name] if one.record not in lost and not (retry and one.failed)}
            found.todo.append(replace(job, done=frozenset(done)))
            found.seen.append(seen)
            continue
        if (entry.path, entry.top, entry.stamp) != (seen.path, seen.top, seen.stamp):
            moved.append(seen)
        found.unchanged += 1
        found.failed += [(f"{job}{one.mark}", one.error) for one in kept[job.name] if one.failed]
    ledger.moved(moved)
    ledger.expect(found.seen, made_by)
    ledger.commit()
    found.vanished = [entry for entry in entries.values() if entry.top in tops]
    return found


def look(job: Job, before: Entry | None, most: int) -> Seen:
    """An input as it lies there; its content is only read where the system does not say that it is the same as before."""
    path = job.url or str(job.path.absolute())
    top = job.top
    try:
        if job.url:
            mark = mark_of(job)
            return Seen(job.name, path, top, mark, hashlib.sha256(mark.encode()).hexdigest())
        stamp, size = _stamp(job)
        if before and stamp and before.stamp == stamp and before.content:
            return Seen(job.name, path, top, stamp, before.content)
        content = _content(job, most) if size is not None else ""
    except OSError:  # reading it tells why
        return Seen(job.name, path, top, "", "")
    return Seen(job.name, path, top, stamp, content)


def _stamp(job: Job) -> tuple[str, int | None]:
    """What the system says of a file and its sidecar, nothing if they changed just now; and its size, if it is a file."""
    told, newest = [], 0.0
    status = job.path.stat()
    for one in (status, _status(job.sidecar)):
        if one:
            told.append(f"{one.st_size}:{one.st_mtime_ns}:{one.st_ctime_ns}:{one.st_ino}")
            newest = max(newest, one.st_mtime, one.st_ctime)
    stamp = "" if newest > time.time() - SETTLED else "|".join(told)
    return stamp, status.st_size if stat.S_ISREG(status.st_mode) else None


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _content(job: Job, most: int) -> str:
    """The sha256 of a file and its sidecar; of a file over the limit, which is not read, of its beginning and its size."""
    digest = hashlib.sha256()
    size = job.path.stat().st_size
    with job.path.open("rb") as file:
        left = most + 1
        while left > 0 and (block := file.read(min(BLOCK, left))):
            digest.update(block)
            left -= len(block)
    digest.update(f"\0{size}\0".encode())
    try:
        digest.update(job.sidecar.read_bytes())
    except OSError:
        digest.update(b"none")
    return digest.hexdigest()
