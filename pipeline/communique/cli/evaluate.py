"""`communique evaluate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from communique.cli.app import app
from communique.cli.options import Html, written
from communique.evaluate import evaluate as compare
from communique.evaluate import load_gold, record_of
from communique.evaluate.show import show
from communique.loading import Loaded, load
from communique_models import Record


@app.command()
def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="gold like x.gold.json, or a folder that is searched for it")
    ],
    records: Annotated[Path, typer.Argument(metavar="RECORDS", help="the folder with the records of the same releases")],
    worst: Annotated[int, typer.Option(metavar="N", help="list what is wrong in the N worst releases; else in none", min=0)] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON object and nothing else")] = False,
    html: Html = None,
) -> None:
    """Compare records with gold: precision, recall and F1 by field, totals in money, reliability of confidence.

    A release without a record has missed everything.
    """
    golds = list(load_gold(gold))
    found: dict[str, Record] = {}
    for one in load([records]):
        if isinstance(one, Loaded):
            found[one.name] = one.record
        else:
            typer.echo(f"passed over {one.name}: {one.reason}", err=True)
    scores = compare(golds, found)
    if html:
        from communique.evaluate.page import evaluation_page  # what it needs is an extra

        texts = {one.name: record.text for one in golds if (record := record_of(one.name, found))}
        written(html, evaluation_page(scores, texts))
    if as_json:
        typer.echo(json.dumps(scores.json(), indent=1, ensure_ascii=False))
        return
    show(scores, Console(), worst)
    if html:
        typer.echo(f"\nthe page: {html}")
