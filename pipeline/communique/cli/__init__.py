"""The command line: a file a command, or a group of them, whose import puts it into the application."""

from __future__ import annotations

import sys

from communique.cli import db, diff, evaluate, explain, export, load, reconcile, records, report, review, run, status
from communique.cli.app import app
from communique.errors import EXIT_BUG, EXIT_DONE, EXIT_INTERRUPTED, CommuniqueError, bug

__all__ = [
    "app", "call", "db", "diff", "evaluate", "explain", "export", "load",
    "main", "reconcile", "records", "report", "review", "run", "status",
]  # fmt: skip


def main() -> None:
    """The entry point: runs a command and ends the process with its exit code."""
    sys.exit(call(sys.argv[1:]))


def call(arguments: list[str]) -> int:
    """Run a command; tell errors in one message on stderr and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter shows its number
    try:
        app(arguments, prog_name="communique")
    except CommuniqueError as error:
        print(f"communique: {error}", file=sys.stderr)
        return error.exit_code
    except Exception as error:  # a bug; whoever mends it calls the Python API, which shows where it is
        print(f"communique: {bug(error)}", file=sys.stderr)
        return EXIT_BUG
    except SystemExit as end:
        if end.code == EXIT_INTERRUPTED:
            print("communique: interrupted; the records that were written are whole", file=sys.stderr)
        return end.code if isinstance(end.code, int) else EXIT_DONE
    return EXIT_DONE
