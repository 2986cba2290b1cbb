"""Commands of review: `communique review`, `communique export-gold`."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.app import app
from communique.errors import SettingsError

Db = Annotated[str, typer.Option(metavar="URL", help="the database of records, like sqlite:///records.db")]


@app.command()
def review(
    db: Db,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="who decides, kept with each; else your login")] = None,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="port on this machine; 0 takes a free one")] = 0,
    browse: Annotated[bool, typer.Option("--browse/--no-browse", help="open the page in a browser")] = True,
) -> None:
    """Walk through the commitments of a database in a browser: accept, correct, reject, add what was missed.

    The page is served on this machine alone, at an address with a token. What is decided is kept beside the records, with name
    and time, and outlasts every load of them; the views v_reviewed and v_reviewed_counted show the commitments as decided.
    """
    from communique.review.serve import serve  # what it needs is an extra
    from communique.store.reviews import Reviews

    reviews = Reviews(db)
    try:
        who = (name or getpass.getuser()).strip()
    except (KeyError, OSError) as error:
        raise SettingsError("--name: your login has no name; say who decides") from error
    if not who:
        raise SettingsError("--name: say who decides")
    try:
        serve(reviews, who, port, _tell, browse=browse)
    finally:
        reviews.close()


def _tell(address: str) -> None:
    typer.echo(f"Review: {address}\nCtrl-C ends it; what is decided is kept at once.")


@app.command(name="export-gold")
def export_gold(
    db: Db,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="folder for the gold: DIR/x.txt and DIR/x.gold.json a release")],
) -> None:
    """Write the releases that a person finished as gold: each text, and what a correct record of it is."""
    from communique.review.export import write_gold
    from communique.store.reviews import Reviews

    reviews = Reviews(db)
    try:
        written = write_gold(reviews.complete(), folder)
    finally:
        reviews.close()
    typer.echo(f"{written} {'release' if written == 1 else 'releases'} written to {folder}")
    if not written:
        typer.echo("no release is finished; in `communique review`, f finishes one", err=True)
