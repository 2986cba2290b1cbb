"""`communique diff`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from communique.cli.app import app
from communique.cli.options import Html, written
from communique.loading import Loaded, load
from communique_models import Record


@app.command()
def diff(
    before: Annotated[Path, typer.Argument(metavar="A", help="the records of a run: their folder, or one record")],
    after: Annotated[Path, typer.Argument(metavar="B", help="those of another run")],
    html: Html = None,
) -> None:
    """Tell what changed between two runs: releases, and in each what its facts say, field by field, with the words.

    Releases are known by the names of their records, or by their text where they were renamed.
    """
    from communique.changes import compare  # with the words of pages, which no other command waits for
    from communique.changes.show import show

    changes = compare(_records(before), _records(after))
    show(changes, Console())
    if html:
        from communique.changes.page import changes_page  # what it needs is an extra

        written(html, changes_page(changes, str(before), str(after)))
        typer.echo(f"\nthe page: {html}")


def _records(path: Path) -> dict[str, Record]:
    """The records by their names; of a single one the name is left open, so that any two can be compared."""
    found: dict[str, Record] = {}
    for one in load([path]):
        if isinstance(one, Loaded):
            found["" if path.is_file() else one.name] = one.record
        else:
            typer.echo(f"passed over {one.name}: {one.reason}", err=True)
    return found
