"""What several commands take: options, and what becomes of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from pydantic import BaseModel, ValidationError

from communique.errors import InputMissingError, OutputError, SettingsError
from communique.settings import Limits, Settings

DEFAULTS = Settings.model_fields
LIMITS = Limits.model_fields
Checked = TypeVar("Checked", bound=BaseModel)
OPTIONS = {"fields": "--map"}  # settings whose option has another name


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
Convert = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="add all sums in this currency too, like EUR, at the ECB's rate of the day of publication"),
]
Rates = Annotated[
    Path | None, typer.Option(metavar="FILE", help="CSV of rates for --convert: units for one euro, as `date,currency,rate`")
]
DATABASE = (
    "where they go, may be given again: sqlite:///FILE, postgresql://HOST/NAME, duckdb:///FILE, json:DIR, jsonl:FILE, csv:DIR, "
    "parquet:DIR, or env:NAME where the URL stands in NAME"
)
Model = Annotated[str, typer.Option(metavar="NAME", help=f"{DEFAULTS['model'].description}")]
MaxCharacters = Annotated[int, typer.Option(metavar="N", help=f"{DEFAULTS['max_characters'].description}")]
MaxBytes = Annotated[int, typer.Option(metavar="N", help=f"{DEFAULTS['max_bytes'].description}")]
Map = Annotated[
    list[str] | None, typer.Option("--map", metavar="WHAT=NAME", help=f"{DEFAULTS['fields'].description}; may be given again")
]
MinConfidence = Annotated[float, typer.Option(metavar="X", help=f"from 0 to 1; {DEFAULTS['min_confidence'].description}")]
Workers = Annotated[int | None, typer.Option(metavar="N", help=f"{LIMITS['workers'].description}")]
Timeout = Annotated[float, typer.Option(metavar="SECONDS", help=f"{LIMITS['timeout'].description}")]
MaxMemory = Annotated[int, typer.Option(metavar="MB", help=f"{LIMITS['max_memory'].description}")]


Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="write a page, to look at in a browser")]


def written(path: Path, page: str) -> None:
    """Write a page; raises `OutputError` if that is not possible."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"the page {path} cannot be written: {error.strerror or error}; give another --html") from error


class Engines(StrEnum):
    """Where a run extracts."""

    LOCAL = "local"
    RAY = "ray"


EngineName = Annotated[
    Engines, typer.Option(metavar="NAME", help="where to extract: local, or ray: the cluster at RAY_ADDRESS, else this machine")
]


def settings_of(**told: Any) -> Settings:
    """The settings that options give; raises `SettingsError`, which names the option."""
    parties = told.get("parties")
    if parties and not parties.is_file():
        raise SettingsError(f"--parties: there is no file {parties}")
    return _checked(Settings, told)


def limits_of(**told: Any) -> Limits:
    """The limits that options give; raises `SettingsError`, which names the option."""
    return _checked(Limits, told)


def _checked(model: type[Checked], told: dict[str, Any]) -> Checked:
    try:
        return model(**told)
    except ValidationError as error:
        first = error.errors()[0]
        option = OPTIONS.get(str(first["loc"][0]), f"--{first['loc'][0]}").replace("_", "-")
        raise SettingsError(f"{option}: {first['msg']}, not {first['input']!r}") from error


def paths_of(told: list[str]) -> tuple[Path | str, ...]:
    """Paths, and URLs as they are."""
    return tuple(one if "://" in one else Path(one) for one in told)


def out_of(out: str, ledger: Path | None) -> tuple[Path, str]:
    """The folder that the ledger is in, and the URL that the records go to, if they do; raises `SettingsError`."""
    if "://" not in out:
        if ledger:
            raise SettingsError("--ledger is for an --out that is a URL; that of a folder is in it")
        return Path(out), ""
    if ledger is None:
        raise SettingsError("--ledger: say in which folder on this machine the ledger of the records at a URL is kept")
    return ledger, out


def fields_of(told: list[str]) -> dict[str, str]:
    """The fields that options name, `text=body` or `text=body,title=head`."""
    fields: dict[str, str] = {}
    for pair in (pair for one in told for pair in one.split(",")):
        what, equals, name = (part.strip() for part in pair.partition("="))
        if not (what and equals and name):
            raise SettingsError(f"--map: {pair!r} does not say which field holds what; write it like text=body")
        fields[what] = name
    return fields


def named_records(given: list[Path]) -> list[tuple[Path, str]]:
    """The record files that paths name, each with its path below what was given; folders are searched deeply.

    What is hidden in a folder is passed over. Raises `InputMissingError`.
    """
    found: list[tuple[Path, str]] = []
    for path in given:
        if not path.exists():
            raise InputMissingError(f"{path}: it is not there; check the path")
        if not path.is_dir():
            found.append((path, path.name))
            continue
        names = ((one, one.relative_to(path)) for one in sorted(path.rglob("*.json")))
        found += [(one, name.as_posix()) for one, name in names if not any(part.startswith(".") for part in name.parts)]
    if not found:
        raise InputMissingError(f"there is no record in {', '.join(str(path) for path in given)}")
    return found


def record_files(given: list[Path]) -> list[Path]:
    """The record files that paths name, folders searched deeply; raises `InputMissingError`."""
    return [path for path, _ in named_records(given)]


def destinations(db: list[str], convert: str | None, rates: Path | None) -> tuple[list[str], Any]:
    """Where records go, and the converter of their sums, None where none was asked for; raises `SettingsError`."""
    from communique.store import Converter, Destination

    warn_of_passwords(db)
    if rates and not convert:
        raise SettingsError("--rates: they say how to convert, but not into what; give --convert too, like --convert EUR")
    converter = Converter(convert, rates) if convert else None
    return [Destination(url, converter) for url in db], converter


def warn_of_passwords(urls: list[str]) -> None:
    """Say on stderr that a password on the command line is no secret."""
    from communique.store import has_password

    if any(map(has_password, urls)):
        advice = "put the URL into an environment variable and give --db env:NAME"
        typer.echo(f"communique: others on this machine can read the password in a command; {advice}", err=True)
