"""The command line."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console

from communique import explain as explanations
from communique.errors import (
    EXIT_BUG,
    EXIT_CODES,
    EXIT_DONE,
    EXIT_INTERRUPTED,
    EXIT_SOME_FAILED,
    CommuniqueError,
    InputMissingError,
    InvalidRecordError,
    SettingsError,
    bug,
)
from communique.pipeline import Pipeline
from communique.read import read
from communique.run import plan
from communique.run import run as run_plan
from communique.run.progress import progress_on
from communique.run.report import report
from communique.settings import Settings
from communique.validate import Problem, problems
from communique.version import __version__
from communique_models import json_schema

EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {code:<4} {meaning}" for code, meaning in EXIT_CODES.items())
DEFAULTS = Settings.model_fields
OPTIONS = {"fields": "--map"}  # settings whose option has another name

app = typer.Typer(
    help="Press releases become checked records: who gives whom what, how much, when, how firmly.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _day(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise typer.BadParameter(f"{told!r} is no date; write it like 2024-04-15") from None


PublishedOn = Annotated[
    date | None,
    typer.Option(parser=_day, metavar="DATE", help="date of publication, like 2024-04-15; goes before all that the release says"),
]
Parties = Annotated[Path | None, typer.Option(metavar="FILE", help=f"{DEFAULTS['parties'].description}")]
Model = Annotated[str, typer.Option(metavar="NAME", help=f"{DEFAULTS['model'].description}")]
MaxCharacters = Annotated[int, typer.Option(metavar="N", help=f"{DEFAULTS['max_characters'].description}")]
MaxBytes = Annotated[int, typer.Option(metavar="N", help=f"{DEFAULTS['max_bytes'].description}")]
Map = Annotated[
    list[str] | None, typer.Option("--map", metavar="WHAT=NAME", help=f"{DEFAULTS['fields'].description}; may be given again")
]
MinConfidence = Annotated[float, typer.Option(metavar="X", help=f"from 0 to 1; {DEFAULTS['min_confidence'].description}")]


@app.callback(invoke_without_command=True)
def communique(
    version: Annotated[bool, typer.Option("--version", help="print the version and end", is_eager=True)] = False,
) -> None:
    """Press releases become checked records: who gives whom what, how much, when, how firmly."""
    if version:
        typer.echo(f"communique {__version__}")
        raise typer.Exit


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
    settings = _settings(
        model=model,
        max_characters=max_characters,
        max_bytes=max_bytes,
        parties=parties,
        min_confidence=min_confidence,
        fields=_map(fields or []),
    )
    work = plan(inputs, out)
    summary = run_plan(work, lambda: Pipeline(settings), out, db or [], progress_on(Console(stderr=True)), published_on)
    report(summary, Console())
    raise typer.Exit(EXIT_SOME_FAILED if summary.failed else EXIT_DONE)


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
    for path in _record_files(files):
        records += 1
        for problem in problems(path):
            told.append(problem)
            typer.echo(str(problem))
    wrong = len({problem.path for problem in told})
    typer.echo(f"{records} {'record' if records == 1 else 'records'}, {wrong} wrong", err=True)
    raise typer.Exit(InvalidRecordError.exit_code if told else EXIT_DONE)


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
) -> None:
    """Show what is found in a release, and why.

    Sentence by sentence: what was found by which rule, what was considered and dropped, and why.
    """
    settings = _settings(
        model=model,
        max_characters=max_characters,
        max_bytes=max_bytes,
        parties=parties,
        min_confidence=min_confidence,
        fields=_map(fields or []),
    )
    if not file.exists():
        raise InputMissingError(f"{file}: it is not there; check the path")
    source = read(file, file.name, settings).published(published_on)
    explanations.show(Pipeline(settings).annotate(source), Console(highlight=False))


def _settings(**told: Any) -> Settings:
    parties = told.get("parties")
    if parties and not parties.is_file():
        raise SettingsError(f"--parties: there is no file {parties}")
    try:
        return Settings(**told)
    except ValidationError as error:
        first = error.errors()[0]
        option = OPTIONS.get(str(first["loc"][0]), f"--{first['loc'][0]}").replace("_", "-")
        raise SettingsError(f"{option}: {first['msg']}, not {first['input']!r}") from error


def _map(told: list[str]) -> dict[str, str]:
    """The fields that options name, `text=body` or `text=body,title=head`."""
    fields: dict[str, str] = {}
    for pair in (pair for one in told for pair in one.split(",")):
        what, equals, name = (part.strip() for part in pair.partition("="))
        if not (what and equals and name):
            raise SettingsError(f"--map: {pair!r} does not say which field holds what; write it like text=body")
        fields[what] = name
    return fields


def _record_files(given: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in given:
        if not path.exists():
            raise InputMissingError(f"{path}: it is not there; check the path")
        found += sorted(path.rglob("*.json")) if path.is_dir() else [path]
    if not found:
        raise InputMissingError(f"there is no record in {', '.join(str(path) for path in given)}")
    return found


def main() -> None:
    """The entry point: runs a command and ends the process with its exit code."""
    sys.exit(call(sys.argv[1:]))


def call(arguments: list[str]) -> int:
    """Run a command; tell errors in one message on stderr and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter shows its number
    try:
        app(arguments, prog_name="communique")
    except CommuniqueError as error:
        print(f"communique: {error}", file=sys.stderr)
        return error.exit_code
    except Exception as error:  # a bug; whoever mends it calls the Python API, which shows where it is
        print(f"communique: {bug(error)}", file=sys.stderr)
        return EXIT_BUG
    except SystemExit as end:
        if end.code == EXIT_INTERRUPTED:
            print("communique: interrupted; the records that were written are whole", file=sys.stderr)
        return end.code if isinstance(end.code, int) else EXIT_DONE
    return EXIT_DONE
