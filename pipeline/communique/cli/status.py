"""`communique status`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from communique.cli.app import app


@app.command()
def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="a folder that `communique run` has written to")],
    as_json: Annotated[bool, typer.Option("--json", help="print the whole ledger as JSON")] = False,
) -> None:
    """Show how far the runs into a folder are.

    How many inputs are in which state, which failed and why; also while a run goes on.
    """
    from communique.run import status as ledger_status

    told = ledger_status.status(folder)
    if as_json:
        typer.echo(json.dumps(ledger_status.as_json(told), indent=2, ensure_ascii=False))
    else:
        ledger_status.show(told, Console())
