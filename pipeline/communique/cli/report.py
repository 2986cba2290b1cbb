"""`communique report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.app import app
from communique.errors import EXIT_DONE, EXIT_SOME_FAILED, InvalidRecordError
from communique.loading import load


@app.command()
def report(
    records: Annotated[list[Path], typer.Argument(metavar="RECORDS", help="records, or folders that are searched for them")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="folder for the pages; open DIR/index.html")],
) -> None:
    """Write pages to look at: all commitments in a table and in plots, and each release with its evidence marked.

    They need no server and no network.
    """
    raise typer.Exit(EXIT_DONE if write_report(records, out) else EXIT_SOME_FAILED)


def write_report(records: list[Path], out: Path) -> bool:
    """Write the report and say what is in it; whether all files are records. Raises `InvalidRecordError` if none is one."""
    from communique.report import write_site  # what it needs is an extra
    from communique.report.words import plural

    site = write_site(load(records), out)
    for one in site.unread:
        typer.echo(f"passed over {one.name}: {one.reason}", err=True)
    for name in site.twice:
        typer.echo(f"passed over {name}: its release is there already", err=True)
    if site.unread and not site.pages:
        raise InvalidRecordError("none of the files is a record; `communique validate` says what is wrong")
    told = f"{plural(len(site.pages), 'release')} with {plural(len(site.rows), 'commitment')}"
    typer.echo(f"{told}: open {out / 'index.html'}")
    return not site.unread
