"""The application that the commands hang on."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.errors import EXIT_CODES
from communique.version import __version__

EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {code:<4} {meaning}" for code, meaning in EXIT_CODES.items())

app = typer.Typer(
    help="Press releases become checked records: who gives whom what, how much, when, how firmly.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def communique(
    version: Annotated[bool, typer.Option("--version", help="print the version and end", is_eager=True)] = False,
) -> None:
    """Press releases become checked records: who gives whom what, how much, when, how firmly."""
    if version:
        typer.echo(f"communique {__version__}")
        raise typer.Exit
