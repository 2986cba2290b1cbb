"""What can go wrong, one class a failure: each owns its exit code and tells the user what to do next.

`EXIT_CODES` is the table that ``communique --help`` and the README show.
"""

from __future__ import annotations

from typing import ClassVar

EXIT_DONE = 0
EXIT_SOME_FAILED = 1
EXIT_USAGE = 2
EXIT_BUG = 70  # as sysexits.h has it
EXIT_INTERRUPTED = 130  # as shells tell Ctrl-C


class CommuniqueError(Exception):
    """A failure that is told to the user in one message, without a traceback."""

    exit_code: ClassVar[int] = EXIT_USAGE


class InputMissingError(CommuniqueError):
    """Input paths that are not there, or hold nothing to read."""

    exit_code = 3


class OutputError(CommuniqueError):
    """An output folder that cannot be written: at all, if that is final, or one of its files."""

    exit_code = 4

    def __init__(self, message: str, *, final: bool = True) -> None:
        super().__init__(message)
        self.final = final


class DatabaseError(CommuniqueError):
    """A database that cannot be reached, or is not ours."""

    exit_code = 5


class ModelError(CommuniqueError):
    """A language model that is not installed, or whose files are not those that were pinned."""

    exit_code = 6


class SettingsError(CommuniqueError):
    """A setting or an option with a value that makes no sense."""

    exit_code = 7


class InvalidRecordError(CommuniqueError):
    """A record file that does not keep the contract."""

    exit_code = 8


class WorkersError(CommuniqueError):
    """Processes that extract, but do not start or do not stay."""

    exit_code = 9


class ExtraMissingError(CommuniqueError):
    """A part of communique that is installed only when asked for."""

    exit_code = 10

    def __init__(self, extra: str, what: str = "this") -> None:
        """Name the extra that brings what is asked for."""
        super().__init__(f"{what} needs the extra {extra!r}; in the checkout: pip install -c constraints.txt '.[{extra}]'")


class GoldError(CommuniqueError):
    """Annotations that do not say what a correct record is."""

    exit_code = 11


class ReleaseError(CommuniqueError):
    """One release that cannot become a record; the others go on."""

    exit_code = EXIT_SOME_FAILED


class EmptyReleaseError(ReleaseError):
    """A file without a word in it."""


class NotTextError(ReleaseError):
    """A file whose bytes are no text, or whose format is not read."""


class TooLongError(ReleaseError):
    """A text over the limit."""


class UnreadableError(ReleaseError):
    """A file that is not there, or that the system does not let us read."""


class SidecarError(ReleaseError):
    """A sidecar that does not say what a sidecar says."""


class ClashError(ReleaseError):
    """A release whose record would overwrite that of another one."""


class CrashError(ReleaseError):
    """A release at which the process that worked on it ended, twice."""


class TimeLimitError(ReleaseError):
    """A release that takes longer than the limit."""


class MemoryLimitError(ReleaseError):
    """A release that takes more memory than the limit."""


EXIT_CODES: dict[int, str] = {
    EXIT_DONE: "done",
    EXIT_SOME_FAILED: "finished, but some releases failed",
    EXIT_USAGE: "the command was called wrongly",
    InputMissingError.exit_code: "an input is not there, or holds nothing to read",
    OutputError.exit_code: "the output folder cannot be written",
    DatabaseError.exit_code: "the database cannot be reached, or is not one of communique",
    ModelError.exit_code: "the language model is not installed, or its files are not the pinned ones",
    SettingsError.exit_code: "a setting has a value that makes no sense",
    InvalidRecordError.exit_code: "a record breaks the contract (`validate`)",
    WorkersError.exit_code: "the processes that extract could not be started or kept",
    ExtraMissingError.exit_code: "it needs an extra that is not installed",
    GoldError.exit_code: "gold that cannot be read (`evaluate`)",
    EXIT_BUG: "an error inside communique; please report it",
    EXIT_INTERRUPTED: "interrupted",
}


def bug(error: Exception) -> str:
    """What a user is told of an error that no class here stands for."""
    first = (str(error).splitlines() or [""])[0]
    return f"an error inside communique, please report it with the release: {type(error).__name__}: {first}"
