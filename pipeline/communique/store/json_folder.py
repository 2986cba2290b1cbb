"""Records as JSON files below a folder, each written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from communique.errors import OutputError
from communique.store.sink import Closing, Named
from communique_models import Record

PREFIX, SUFFIX = ".communique-", ".tmp"  # of files that are not whole yet
FINAL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}  # after which nothing else can be written either


class JsonFolder(Closing):
    """A folder with one JSON file a record."""

    def __init__(self, folder: Path) -> None:
        """Make the folder and see that files can be written to it; raises `OutputError` if not."""
        self._folder = folder
        self._touched: set[Path] = set()  # folders with new files in them
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            message = f"the output folder {folder} cannot be written: {error.strerror or error}; give another --out"
            raise OutputError(message) from error

    @property
    def place(self) -> str:
        """The folder, with a slash."""
        return f"{self._folder}{os.sep}"

    def write(self, record: Record, name: str) -> None:
        """Write a record to a path below the folder; raises `OutputError` if that is not possible."""
        self.put(to_json(record), name)

    def put(self, content: bytes, name: str) -> None:
        """Write the bytes of a record's file; raises `OutputError` if that is not possible."""
        path = self._folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
        except OSError as error:
            message, final = f"its record {path} cannot be written: {error.strerror or error}", error.errno in FINAL
            raise OutputError(f"{message}; run again when there is room" if final else message, final=final) from error
        self._touched.add(path.parent)

    def has(self, name: str, size: int) -> bool:
        """Whether there is a file of so many bytes."""
        try:
            return (self._folder / name).stat().st_size == size
        except OSError:
            return False

    def read(self, name: str) -> bytes:
        """The bytes of a record's file; raises `OutputError` if it cannot be read."""
        try:
            return (self._folder / name).read_bytes()
        except OSError as error:
            message = f"the record {self._folder / name} cannot be read: {error.strerror or error}"
            raise OutputError(message, final=False) from error

    def remove(self, name: str) -> None:
        """Remove a record's file, and the folders that are empty without it."""
        path = self._folder / name
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # not empty
            while (path := path.parent) != self._folder:
                path.rmdir()

    def sync(self) -> None:
        """See that the names of the files that were written lie on disk, too."""
        touched, self._touched = self._touched, set()
        for folder in touched if hasattr(os, "O_DIRECTORY") else ():
            with contextlib.suppress(OSError):  # not every file system can
                handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)

    def sweep(self) -> None:
        """Remove what a run that was killed has left half written."""
        for path in self._folder.rglob(f"{PREFIX}*{SUFFIX}"):
            path.unlink(missing_ok=True)

    def write_many(self, releases: Sequence[Named]) -> None:
        """Write records one after the other."""
        for record, name in releases:
            self.write(record, name)


def to_json(record: Record) -> bytes:
    """A record as the bytes of its file."""
    return f"{record.model_dump_json(indent=2)}\n".encode()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that whoever opens it finds the old one or the new one, never a part."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=PREFIX, suffix=SUFFIX)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The rights that new files do not get; reading it needs setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
