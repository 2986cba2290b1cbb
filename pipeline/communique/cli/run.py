"""`communique run`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from communique.cli.app import app
from communique.cli.options import (
    DATABASE,
    DEFAULTS,
    LIMITS,
    Convert,
    EngineName,
    Engines,
    Map,
    MaxBytes,
    MaxCharacters,
    MaxMemory,
    MinConfidence,
    Model,
    Parties,
    PublishedOn,
    Rates,
    Timeout,
    Workers,
    destinations,
    fields_of,
    limits_of,
    out_of,
    paths_of,
    settings_of,
)
from communique.cli.report import write_report
from communique.errors import EXIT_DONE, EXIT_SOME_FAILED, SettingsError


@app.command()
def run(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="releases, or folders or URLs that are searched for them")],
    out: Annotated[str, typer.Option(metavar="DIR", help="folder or URL for the records: DIR/<path below the input>.json")],
    db: Annotated[list[str] | None, typer.Option(metavar="URL", help=DATABASE)] = None,
    convert: Convert = None,
    rates: Rates = None,
    pages: Annotated[Path | None, typer.Option("--report", metavar="DIR", help="folder for a report of the records too")] = None,
    published_on: PublishedOn = None,
    parties: Parties = DEFAULTS["parties"].default,
    model: Model = DEFAULTS["model"].default,
    min_confidence: MinConfidence = DEFAULTS["min_confidence"].default,
    max_characters: MaxCharacters = DEFAULTS["max_characters"].default,
    max_bytes: MaxBytes = DEFAULTS["max_bytes"].default,
    fields: Map = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="try again what failed before and has not changed")
    ] = False,
    prune: Annotated[bool, typer.Option("--prune", help="remove the records of inputs that are not there any more")] = False,
    skip_languages: Annotated[
        bool,
        typer.Option(
            "--skip-languages", help="leave out releases that are not in English; they have a record with no facts else"
        ),
    ] = False,
    watch: Annotated[
        float | None, typer.Option(metavar="SECONDS", min=0.01, help="look for new releases every so often, until interrupted")
    ] = None,
    ledger: Annotated[Path | None, typer.Option(metavar="DIR", help="folder for the ledger, where --out is a URL")] = None,
    workers: Workers = LIMITS["workers"].default,
    timeout: Timeout = LIMITS["timeout"].default,
    max_memory: MaxMemory = LIMITS["max_memory"].default,
    engine: EngineName = Engines.LOCAL,
    log_json: Annotated[bool, typer.Option("--log-json", help="tell of the run on stderr in lines of JSON")] = False,
    metrics: Annotated[Path | None, typer.Option(metavar="FILE", help="write its numbers there, for Prometheus")] = None,
) -> None:
    """Extract records from releases: JSON files, and databases."""
    from communique.run import Order, Way, carry_out
    from communique.run.progress import progress_on
    from communique.run.report import report

    settings = settings_of(
        model=model,
        max_characters=max_characters,
        max_bytes=max_bytes,
        parties=parties,
        min_confidence=min_confidence,
        fields=fields_of(fields or []),
    )
    way = Way(limits_of(workers=workers, timeout=timeout, max_memory=max_memory), engine.value, watch, metrics)
    folder, url = out_of(out, ledger)
    if pages and url:
        raise SettingsError("--report: it is made of records in a folder, and --out is a URL")
    places, converter = destinations(db or [], convert, rates)
    order = Order(paths_of(inputs), folder, tuple(places), settings, published_on, retry_failed, prune, url, skip_languages)
    summary = carry_out(order, way, progress_on(Console(stderr=True), as_json=log_json))
    report(summary, Console())
    if converter:
        typer.echo(converter.told(), err=True)
    if pages:
        write_report([folder], pages)
    raise typer.Exit(EXIT_SOME_FAILED if summary.some_failed else EXIT_DONE)
