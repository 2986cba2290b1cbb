"""What several commands take: options, and what becomes of them."""

from __future__ import annotations

from datetime import date
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


Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="write a page too, to look at in a browser")]


def written(path: Path, page: str) -> None:
    """Write a page; raises `OutputError` if that is not possible."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"the page {path} cannot be written: {error.strerror or error}; give another --html") from error


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


def fields_of(told: list[str]) -> dict[str, str]:
    """The fields that options name, `text=body` or `text=body,title=head`."""
    fields: dict[str, str] = {}
    for pair in (pair for one in told for pair in one.split(",")):
        what, equals, name = (part.strip() for part in pair.partition("="))
        if not (what and equals and name):
            raise SettingsError(f"--map: {pair!r} does not say which field holds what; write it like text=body")
        fields[what] = name
    return fields


def record_files(given: list[Path]) -> list[Path]:
    """The record files that paths name, folders searched deeply; raises `InputMissingError`."""
    found: list[Path] = []
    for path in given:
        if not path.exists():
            raise InputMissingError(f"{path}: it is not there; check the path")
        found += sorted(path.rglob("*.json")) if path.is_dir() else [path]
    if not found:
        raise InputMissingError(f"there is no record in {', '.join(str(path) for path in given)}")
    return found
