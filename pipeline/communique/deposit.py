"""Record files into databases and files: each is checked, and what is wrong is told while the others go on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from communique.errors import DatabaseError
from communique.store import Named, Sink
from communique.validate import Problem, problems_of
from communique_models import Record

BATCH = 200  # records that are written together
BATCH_CHARACTERS = 5_000_000  # of their texts, which bounds the memory that they take
ENOUGH = 3  # records that a place refuses one after the other, after which it gets no more

Tell = Callable[[str], None]


@dataclass(slots=True)
class Deposited:
    """What was done: records that are good, files or lines that are not, and writes that failed."""

    records: int = 0
    wrong: int = 0
    refused: int = 0


def deposit(files: Iterable[tuple[Path, str]], sinks: Sequence[Sink], tell: Tell) -> Deposited:
    """Write the records of files, given with their names, to all sinks; what goes wrong is told a line each."""
    summary = Deposited()
    places = [_Place(sink, tell) for sink in sinks]
    for batch in _batches(_records(files, summary, tell)):
        summary.records += len(batch)
        for place in places:
            summary.refused += place.write(batch)
    return summary


def _records(files: Iterable[tuple[Path, str]], summary: Deposited, tell: Tell) -> Iterator[Named]:
    """The good records; the others are told."""
    for path, name in files:
        for label, one_name, raw in _parts(path, name, summary, tell):
            record = _record(raw)
            if record is not None:
                yield record, one_name
                continue
            summary.wrong += 1
            for problem in problems_of(label, raw):
                tell(str(problem))


def _parts(path: Path, name: str, summary: Deposited, tell: Tell) -> Iterator[tuple[Path, str, bytes]]:
    """The records in a file, unread: one, or one a line in a file `.jsonl`; each with its place and its name."""
    try:
        if path.suffix.lower() != ".jsonl":
            yield path, name, path.read_bytes()
            return
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield Path(f"{path}:{number}"), f"{name}#{number}", line
    except OSError as error:
        summary.wrong += 1
        tell(str(Problem(path, "", f"cannot be read: {error.strerror or error}")))


def _record(raw: bytes) -> Record | None:
    """The record, if it keeps the contract and is that of its text."""
    try:
        record = Record.model_validate_json(raw)
    except ValidationError:
        return None
    release = record.release
    same = release.characters == len(record.text) and release.id == hashlib.sha256(record.text.encode()).hexdigest()
    return record if same else None


def _batches(records: Iterable[Named]) -> Iterator[list[Named]]:
    batch: list[Named] = []
    characters = 0
    for record, name in records:
        batch.append((record, name))
        characters += len(record.text)
        if len(batch) == BATCH or characters > BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


class _Place:
    """A sink that is given up where it refuses one record after the other."""

    def __init__(self, sink: Sink, tell: Tell) -> None:
        self._sink, self._tell = sink, tell
        self._refused = 0  # one after the other

    def write(self, batch: list[Named]) -> int:
        """Write records, together, or one by one where one of them is refused; how many were."""
        if self._refused >= ENOUGH:
            return len(batch)
        try:
            self._sink.write_many(batch)
        except DatabaseError:
            return sum(self._write(record, name) for record, name in batch)
        self._refused = 0
        return 0

    def _write(self, record: Record, name: str) -> bool:
        if self._refused >= ENOUGH:
            return True
        try:
            self._sink.write(record, name)
        except DatabaseError as error:
            self._refused += 1
            self._tell(f"{name}: {error}")
            if self._refused == ENOUGH:
                self._tell(f"{self._sink.place} refused {ENOUGH} records one after the other and gets no more; load them again")
            return True
        self._refused = 0
        return False
