"""Commands on records: `communique validate`, `communique schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.app import app
from communique.cli.options import record_files
from communique.errors import EXIT_DONE, InvalidRecordError
from communique.validate import Problem, problems
from communique_models import json_schema


@app.command()
def schema() -> None:
    """Print the JSON Schema (2020-12) of a record."""
    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@app.command()
def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="records, or folders that are searched for *.json")],
) -> None:
    """Check records: their schema, and their quotes.

    Each problem is a line: file, place, what is wrong.
    """
    told: list[Problem] = []
    records = 0
    for path in record_files(files):
        records += 1
        for problem in problems(path):
            told.append(problem)
            typer.echo(str(problem))
    wrong = len({problem.path for problem in told})
    typer.echo(f"{records} {'record' if records == 1 else 'records'}, {wrong} wrong", err=True)
    raise typer.Exit(InvalidRecordError.exit_code if told else EXIT_DONE)
