"""`communique run`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from communique.cli.app import app
from communique.cli.options import (
    DEFAULTS,
    LIMITS,
    Map,
    MaxBytes,
    MaxCharacters,
    MaxMemory,
    MinConfidence,
    Model,
    Parties,
    PublishedOn,
    Timeout,
    Workers,
    fields_of,
    limits_of,
    settings_of,
)
from communique.errors import EXIT_DONE, EXIT_SOME_FAILED
from communique.run import Order, engine_of, plan
from communique.run import run as run_plan
from communique.run.progress import progress_on
from communique.run.report import report


@app.command()
def run(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT", help="releases, or folders that are searched for them")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="folder for the records: DIR/<path below the input>.json")],
    db: Annotated[list[str] | None, typer.Option(metavar="URL", help="database for them too, like sqlite:///records.db")] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="try again what failed before, though it is unchanged")
    ] = False,
    prune: Annotated[bool, typer.Option("--prune", help="remove the records of inputs that are not there any more")] = False,
    published_on: PublishedOn = None,
    parties: Parties = DEFAULTS["parties"].default,
    model: Model = DEFAULTS["model"].default,
    min_confidence: MinConfidence = DEFAULTS["min_confidence"].default,
    max_characters: MaxCharacters = DEFAULTS["max_characters"].default,
    max_bytes: MaxBytes = DEFAULTS["max_bytes"].default,
    fields: Map = None,
    workers: Workers = LIMITS["workers"].default,
    timeout: Timeout = LIMITS["timeout"].default,
    max_memory: MaxMemory = LIMITS["max_memory"].default,
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
    limits = limits_of(workers=workers, timeout=timeout, max_memory=max_memory)
    order = Order(tuple(inputs), out, tuple(db or []), settings, published_on, retry_failed, prune)
    summary = run_plan(plan(inputs, out), order, engine_of(order, limits), progress_on(Console(stderr=True)))
    report(summary, Console())
    raise typer.Exit(EXIT_SOME_FAILED if summary.some_failed else EXIT_DONE)
