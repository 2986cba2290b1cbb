"""`communique load`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.app import app
from communique.cli.options import DATABASE, Convert, Rates, destinations, named_records
from communique.errors import EXIT_DONE, EXIT_SOME_FAILED, InvalidRecordError


@app.command()
def load(
    records: Annotated[
        list[Path], typer.Argument(metavar="RECORDS", help="record files, .jsonl files of them, or folders searched for *.json")
    ],
    db: Annotated[list[str], typer.Option(metavar="URL", help=DATABASE)],
    convert: Convert = None,
    rates: Rates = None,
) -> None:
    """Load records into databases and files, each in the place of an earlier one of its release.

    Each is checked as `validate` does it; a line tells what is wrong, and the others are loaded.
    """
    from communique.deposit import deposit
    from communique.store import open_sink

    places, converter = destinations(db, convert, rates)
    files = named_records(records)
    with ExitStack() as stack:
        sinks = [stack.enter_context(open_sink(url)) for url in places]
        summary = deposit(files, sinks, typer.echo)
    named = " and ".join(sink.place for sink in sinks)
    told = f"{summary.records} {'record' if summary.records == 1 else 'records'} loaded into {named}"
    wrong = f", {summary.wrong} wrong and left out" if summary.wrong else ""
    refused = f", {summary.refused} refused" if summary.refused else ""
    typer.echo(f"{told}{wrong}{refused}", err=True)
    if converter:
        typer.echo(converter.told(), err=True)
    raise typer.Exit(InvalidRecordError.exit_code if summary.wrong else EXIT_SOME_FAILED if summary.refused else EXIT_DONE)
