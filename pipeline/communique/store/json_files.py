"""A folder of JSON files as one of the places of `--db`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from communique.errors import DatabaseError, OutputError
from communique.store.json_folder import JsonFolder
from communique.store.sink import ManySink, Named


class JsonFiles(ManySink):
    """Records in a folder with one JSON file a record."""

    def __init__(self, url: str) -> None:
        """Make the folder; raises `DatabaseError` if it cannot be written."""
        try:
            self._folder = JsonFolder(Path(url.partition(":")[2]))
        except OutputError as error:
            raise DatabaseError(str(error).replace("--out", "--db")) from error

    @property
    def place(self) -> str:
        """The folder, with a slash."""
        return self._folder.place

    def write_many(self, releases: Sequence[Named]) -> None:
        """Write records to their paths below the folder; raises `DatabaseError`."""
        try:
            for record, name in releases:
                self._folder.write(record, name)
        except OutputError as error:
            raise DatabaseError(str(error)) from error
