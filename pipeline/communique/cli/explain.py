"""`communique explain`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from communique.cli.app import app
from communique.cli.options import (
    DEFAULTS,
    Html,
    Map,
    MaxBytes,
    MaxCharacters,
    MinConfidence,
    Model,
    Parties,
    PublishedOn,
    fields_of,
    settings_of,
    written,
)
from communique.errors import InputMissingError


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a release")],
    published_on: PublishedOn = None,
    parties: Parties = DEFAULTS["parties"].default,
    model: Model = DEFAULTS["model"].default,
    min_confidence: MinConfidence = DEFAULTS["min_confidence"].default,
    max_characters: MaxCharacters = DEFAULTS["max_characters"].default,
    max_bytes: MaxBytes = DEFAULTS["max_bytes"].default,
    fields: Map = None,
    html: Html = None,
) -> None:
    """Show what is found in a release, and why.

    Sentence by sentence: what was found by which rule, what was considered and dropped, and why.
    """
    from communique import explain as explanations
    from communique.pipeline import Pipeline
    from communique.read import read

    settings = settings_of(
        model=model,
        max_characters=max_characters,
        max_bytes=max_bytes,
        parties=parties,
        min_confidence=min_confidence,
        fields=fields_of(fields or []),
    )
    if not file.exists():
        raise InputMissingError(f"{file}: it is not there; check the path")
    source = read(file, file.name, settings).published(published_on)
    doc = Pipeline(settings).annotate(source)
    if not html:
        explanations.show(doc, Console(highlight=False))
        return
    from communique.explain_page import explanation_page  # what it needs is an extra

    written(html, explanation_page(doc, file.name))
    typer.echo(f"the page: {html}")
