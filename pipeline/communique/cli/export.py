"""`communique export`, `communique import-gold`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.app import app
from communique.errors import EXIT_DONE, EXIT_SOME_FAILED, InvalidRecordError, OutputError, SettingsError
from communique.loading import Unread, load
from communique_models import Record

NAMES = ("iati", "ftm", "label-studio", "jsonld")
LABELS = ".labels.xml"  # ending of the labelling configuration that is written beside tasks


@app.command()
def export(
    records: Annotated[list[Path], typer.Argument(metavar="RECORDS", help="records, or folders that are searched for them")],
    to: Annotated[str, typer.Option("--format", metavar="NAME", help=f"one of {', '.join(NAMES)}")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="the file to write")],
    reporter: Annotated[
        str | None, typer.Option(metavar="REF=NAME", help="who publishes: identifier and name, like GB-CHC-202918=Example Trust")
    ] = None,
) -> None:
    """Write records in a format of others: IATI, FollowTheMoney, Label Studio, JSON-LD.

    Beside tasks for Label Studio, the labelling configuration for them is written, FILE.labels.xml.
    """
    from communique.export import FORMATS, Reporter
    from communique.export.file import write_pieces
    from communique.export.label_studio import labelling

    if to not in FORMATS:
        raise SettingsError(f"--format: {to!r} is none of {', '.join(NAMES)}")
    try:
        publisher = Reporter.told(reporter)
    except ValueError as error:
        raise SettingsError(f"--reporter: {error}") from error
    unread: list[Unread] = []
    told: list[int] = []
    try:
        write_pieces(out, FORMATS[to](_records(records, unread, told), publisher))
        if to == "label-studio":
            Path(f"{out}{LABELS}").write_text(labelling(), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}; give another --out") from error
    typer.echo(f"{len(told)} {'record' if len(told) == 1 else 'records'} with {sum(told)} commitments: {out}")
    raise typer.Exit(EXIT_SOME_FAILED if unread else EXIT_DONE)


def _records(given: list[Path], unread: list[Unread], told: list[int]) -> Iterator[Record]:
    """The records of files, each release once; what is none is told and noted in `unread`."""
    seen: set[str] = set()
    for one in load(given):
        if isinstance(one, Unread):
            typer.echo(f"passed over {one.name}: {one.reason}", err=True)
            unread.append(one)
        elif one.record.release.id in seen:
            typer.echo(f"passed over {one.name}: its release is there already", err=True)
        else:
            seen.add(one.record.release.id)
            told.append(len(one.record.commitments))
            yield one.record
    if not told:
        raise InvalidRecordError("none of the files is a record; `communique validate` says what is wrong")


@app.command()
def import_gold(
    tasks: Annotated[Path, typer.Argument(metavar="TASKS", help="annotated tasks, exported from Label Studio as JSON")],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="folder for the gold: DIR/NAME.gold.json, DIR/NAME.txt")
    ],
) -> None:
    """Turn what was annotated in Label Studio into gold, beside the texts of its releases.

    Each mention is found again in the release's own text; a task where one is not there is told, and nothing is written.
    """
    from communique.export.label_studio_import import read_tasks
    from communique.overlay.gold import gold_of
    from communique.store.json_folder import write_whole

    read = list(read_tasks(tasks))
    done = [one for one in read if one is not None]
    names = [one.name for one in done]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InvalidRecordError(f"{tasks}: several tasks are called {twice[0]!r}; import them one by one")
    try:
        out.mkdir(parents=True, exist_ok=True)
        for one in done:
            gold = json.dumps(gold_of(one.record, one.name), indent=1, ensure_ascii=False)
            write_whole(out / f"{one.name}.gold.json", f"{gold}\n".encode())
            write_whole(out / f"{one.name}.txt", one.record.text.encode())
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}; give another --out") from error
    typer.echo(f"{len(done)} of {len(read)} {'task' if len(read) == 1 else 'tasks'} annotated: {out}")
