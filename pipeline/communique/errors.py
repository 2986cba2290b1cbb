"""What can go wrong, one class a failure: each owns its exit code and tells the user what to do next.

Exit codes of the command line: 0 done; 1 finished, but some releases failed; 2 the command was called wrongly; from 3 on,
the class below that stopped it.
"""

from __future__ import annotations

from typing import ClassVar

EXIT_SOME_FAILED = 1
EXIT_USAGE = 2


class CommuniqueError(Exception):
    """A failure that is told to the user in one message, without a traceback."""

    exit_code: ClassVar[int] = EXIT_USAGE


class InputMissingError(CommuniqueError):
    """An input path that is not there, or a folder with nothing to read."""

    exit_code = 3


class OutputError(CommuniqueError):
    """An output folder that cannot be written."""

    exit_code = 4


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


class ReleaseError(CommuniqueError):
    """One release that cannot become a record; the others go on."""

    exit_code = EXIT_SOME_FAILED


class EmptyReleaseError(ReleaseError):
    """A file without a word in it."""


class NotTextError(ReleaseError):
    """A file whose bytes are no text, or whose format is not read."""


class TooLongError(ReleaseError):
    """A text over the limit."""
