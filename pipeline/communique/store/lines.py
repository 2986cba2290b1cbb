"""A file with a record a line (JSONL), and what it keeps of each release."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from communique.errors import DatabaseError
from communique.store.json_folder import write_whole
from communique.store.sink import ManySink, Named, last_of_each
from communique_models import Record

WAIT = 10  # seconds for another program that writes


class Lines:
    """A file of lines, one a release, that one program at a time writes to.

    Lines are added at the end, and on disk when `add` returns; what a crash left of a line is cut off at the next opening.
    A line takes the place of an earlier one of its release; the earlier one goes when the file is closed.
    """

    def __init__(self, path: Path) -> None:
        """Wait for the file and read it; raises `DatabaseError` if another program does not let go of it, or it is not ours."""
        self._path = path
        self._lock = FileLock(path.with_name(f".{path.name}.lock"))
        self._kept: dict[str, bytes] = {}  # the digest of each release's line
        self._stale = False  # whether there are lines that others took the place of
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=WAIT)
        except Timeout as error:
            raise DatabaseError(
                f"the file {path} is being written by another program; wait for it, or give another --db"
            ) from error
        except OSError as error:
            raise self._told(error) from error
        try:
            self._open()
        except BaseException:
            self._lock.release()
            raise

    def _open(self) -> None:
        try:
            self._file = self._path.open("a+b")
            self._file.seek(0)
            whole = 0
            for line in self._file:
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
                self._remember(self._release_of(line), line)
            self._file.truncate(whole)
        except OSError as error:
            raise self._told(error) from error

    def _release_of(self, line: bytes) -> str:
        try:
            told = json.loads(line)
            return str(told.get("record", told)["release"]["id"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DatabaseError(f"the file {self._path} holds other lines than records; give another --db") from error

    def _remember(self, release: str, line: bytes) -> None:
        self._stale |= release in self._kept
        self._kept.pop(release, None)  # it moves to the end
        self._kept[release] = hashlib.sha256(line).digest()

    def add(self, lines: Iterable[tuple[str, bytes]]) -> None:
        """Add lines by their releases, those that are there already left out; all or none of them."""
        new = [(one, line) for one, line in lines if self._kept.get(one) != hashlib.sha256(line).digest()]
        if not new:
            return
        before = self._file.seek(0, os.SEEK_END)
        try:
            self._file.write(b"".join(line for _, line in new))
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            os.ftruncate(self._file.fileno(), before)
            raise self._told(error) from error
        for release, line in new:
            self._remember(release, line)

    def ids(self) -> list[str]:
        """The releases that are kept."""
        return list(self._kept)

    def remove(self, releases: Iterable[str]) -> None:
        """Let go of releases."""
        for one in releases:
            self._stale |= self._kept.pop(one, None) is not None
        self._compact()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """What each kept line says, in their order."""
        return (json.loads(line) for line in self._lines())

    def _lines(self) -> Iterator[bytes]:
        self._file.seek(0)
        for line in self._file:
            if self._kept.get(self._release_of(line)) == hashlib.sha256(line).digest():
                yield line

    def _compact(self) -> None:
        """Write the file anew without the lines that others took the place of."""
        if not self._stale:
            return
        lines = {self._release_of(line): line for line in self._lines()}
        try:
            write_whole(self._path, b"".join(lines.values()))
            self._file.close()
            self._file = self._path.open("a+b")
        except OSError as error:
            raise self._told(error) from error
        self._stale = False

    def close(self) -> None:
        """Let go of the file."""
        try:
            self._compact()
            self._file.close()
        finally:
            self._lock.release()

    def _told(self, error: OSError) -> DatabaseError:
        return DatabaseError(f"the file {self._path} cannot be written: {error.strerror or error}")


class JsonlFile(ManySink):
    """Records in a file, one a line."""

    def __init__(self, url: str) -> None:
        """Open the file, which is made if it is not there; raises `DatabaseError` if that fails."""
        self._path = Path(url.partition(":")[2])
        self._lines = Lines(self._path)

    @property
    def place(self) -> str:
        """The file."""
        return str(self._path)

    def write_many(self, releases: Sequence[Named]) -> None:
        """Write records, each on a line; raises `DatabaseError`."""
        self._lines.add((record.release.id, f"{record.model_dump_json()}\n".encode()) for record, _ in last_of_each(releases))

    def ids(self) -> list[str]:
        """The ids of the releases that are kept."""
        return self._lines.ids()

    def remove(self, releases: Sequence[str]) -> None:
        """Let go of releases by their ids."""
        self._lines.remove(releases)

    def close(self) -> None:
        """Let go of the file."""
        self._lines.close()


def named_line(record: Record, name: str) -> bytes:
    """A line that tells a record's name, too."""
    return f'{{"name":{json.dumps(name)},"record":{record.model_dump_json()}}}\n'.encode()
