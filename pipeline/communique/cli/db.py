"""`communique db`: the versions of databases."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.app import app
from communique.errors import EXIT_DONE, DatabaseError

db = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The versions of databases: which it is, and to a newer one.")
app.add_typer(db, name="db")

Url = Annotated[
    str, typer.Argument(metavar="URL", help="a database, like sqlite:///records.db, or env:NAME where its URL stands in NAME")
]


@db.command()
def upgrade(url: Url) -> None:
    """Bring a database to the version of this communique, all of it or nothing."""
    from communique.store import migrate

    before, after = migrate.upgrade(url)
    typer.echo(f"it is of version {after} already" if before == after else f"upgraded from version {before} to {after}")


@db.command()
def current(url: Url) -> None:
    """Print the version of a database's tables."""
    from communique.store import migrate

    typer.echo(migrate.current(url))


@db.command()
def check(url: Url) -> None:
    """Check that a database's tables and views are as this communique makes them; a line for each that is not."""
    from communique.store import migrate

    differences = migrate.check(url)
    for line in differences:
        typer.echo(line)
    raise typer.Exit(DatabaseError.exit_code if differences else EXIT_DONE)
