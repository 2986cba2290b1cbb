"""What every sink can do."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from communique_models import Record


class Sink(Protocol):
    """A place that keeps records; writing the same record again changes nothing."""

    @property
    def place(self) -> str:
        """Where it is, as told to the user; never with a password."""

    def write(self, record: Record, name: str) -> None:
        """Keep a record, in place of an earlier one of the same release: all of it or, if this raises, nothing."""

    def close(self) -> None:
        """Let go of the place."""

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
