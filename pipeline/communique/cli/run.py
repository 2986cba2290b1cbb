"""`communique run`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from communique.cli.app import app
from communique.cli.options import (
    DEFAULTS,
    Map,
    MaxBytes,
    MaxCharacters,
    MinConfidence,
    Model,
    Parties,
    PublishedOn,
    fields_of,
    settings_of,
)
from communique.errors import EXIT_DONE, EXIT_SOME_FAILED
from communique.pipeline import Pipeline
from communique.run import plan
from communique.run import run as run_plan
from communique.run.progress import progress_on
from communique.run.report import report


@app.command()
def run(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT", help="releases, or folders that are searched for them")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="folder for the records: DIR/<path below the input>.json")],
    db: Annotated[list[str] | None, typer.Option(metavar="URL", help="database for them too, like sqlite:///records.db")] = None,
    published_on: PublishedOn = None,
    parties: Parties = DEFAULTS["parties"].default,
    model: Model = DEFAULTS["model"].default,
    min_confidence: MinConfidence = DEFAULTS["min_confidence"].default,
    max_characters: MaxCharacters = DEFAULTS["max_characters"].default,
    max_bytes: MaxBytes = DEFAULTS["max_bytes"].default,
    fields: Map = None,
) -> None:
    """Extract records from releases: JSON files, and databases."""
    settings = settings_of(
        model=model,
        max_characters=max_characters,
        max_bytes=max_bytes,
        parties=parties,
        min_confidence=min_confidence,
        fields=fields_of(fields or []),
    )
    work = plan(inputs, out)
    summary = run_plan(work, lambda: Pipeline(settings), out, db or [], progress_on(Console(stderr=True)), published_on)
    report(summary, Console())
    raise typer.Exit(EXIT_SOME_FAILED if summary.failed else EXIT_DONE)
