"""What every sink can do."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Protocol, Self

from communique.store.convert import Converter
from communique_models import Record

Row = dict[str, Any]
Named = tuple[Record, str]
"""A record and the path of its file below the output folder."""


class Sink(Protocol):
    """A place that keeps records; writing the same record again changes nothing."""

    @property
    def place(self) -> str:
        """Where it is, as told to the user; never with a password."""

    def write(self, record: Record, name: str) -> None:
        """Keep a record, in place of an earlier one of the same release: all of it or, if this raises, nothing."""

    def write_many(self, releases: Sequence[Named]) -> None:
        """Keep records together, which is faster; of one release the last holds. If this raises, none is sure to be kept."""

    def keep_run(self, run: Row, failures: list[Row]) -> None:
        """Enter a run, where the place has a table of runs; raises `DatabaseError`."""

    def close(self) -> None:
        """Let go of the place; files of tables are written now. Raises `DatabaseError` if that fails."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


class Closing:
    """A sink as a context manager that closes it."""

    def close(self) -> None:
        """Let go of the place."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class ManySink(Closing):
    """A sink for which one record is a few."""

    @property
    def place(self) -> str:
        """Where it is, as told to the user; never with a password."""
        raise NotImplementedError

    converter: Converter | None = None
    """What converts the sums that it keeps, where that was asked for."""

    def write(self, record: Record, name: str) -> None:
        """Keep a record, in place of an earlier one of the same release: all of it or, if this raises, nothing."""
        self.write_many([(record, name)])

    def write_many(self, releases: Sequence[Named]) -> None:
        """Keep records, each in place of an earlier one of the same release."""
        raise NotImplementedError

    def keep_run(self, run: Row, failures: list[Row]) -> None:
        """Files keep no runs."""


def last_of_each(releases: Sequence[Named]) -> list[Named]:
    """One record a release, the last, in the order of their ids, in which two loaders never wait for each other in a circle."""
    return [last for _, last in sorted({record.release.id: (record, name) for record, name in releases}.items())]
