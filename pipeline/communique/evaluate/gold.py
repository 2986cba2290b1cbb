"""Gold: what a correct record of a release is, as people annotated it; every mention a quote, and which occurrence of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from communique.errors import GoldError, InputMissingError
from communique_models import Action, Basis, Comparator, DateRole, Kind, Per, Status

SUFFIX = ".gold.json"
KINDS = ("parties", "amounts", "dates", "commitments")
Span = tuple[int, int]


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)


class GoldQuote(_Gold):
    """Words of the text: the `nth` place where they stand, however they are spaced."""

    quote: str = Field(min_length=1)
    nth: int = Field(default=1, ge=1)

    def find(self, text: str) -> Span | None:
        """Where the words stand in a text; None if they do not."""
        pattern = r"\s+".join(re.escape(word) for word in self.quote.split())
        found = re.finditer(pattern, text)
        return next((match.span() for number, match in enumerate(found, 1) if number == self.nth), None)


class GoldParty(_Gold):
    """A party; `core` ones are those that have to be found."""

    name: str
    aliases: list[str] = []
    kind: Kind | None = None
    represents: str | None = None
    core: bool = True


class GoldAmount(GoldQuote):
    """A sum; `part_of` and `equivalent_of` are places in the list of sums."""

    currency: str | None
    value: str | None = None
    low: str | None = None
    high: str | None = None
    comparator: Comparator = Comparator.EQUAL
    per: Per | None = None
    part_of: int | None = None
    equivalent_of: int | None = None
    basis: Basis = Basis.NEW


class GoldDate(GoldQuote):
    """A date; days as `2024-05-31`."""

    value: str | None = None
    begin: str | None = None
    end: str | None = None


class GoldUse(_Gold):
    """A date's place in the list of dates, and what it is to the commitment."""

    date: int
    role: DateRole


class GoldCommitment(_Gold):
    """A commitment; of `action` and `status` the first is best, the others are right too."""

    trigger: GoldQuote
    also: list[GoldQuote] = []
    providers: list[str] = []
    receivers: list[str] = []
    action: list[Action] = []
    status: list[Status] = Field(min_length=1)
    amounts: list[int] = []
    dates: list[GoldUse] = []
    summary: str = ""

    @property
    def told(self) -> str:
        """What it is, in a line."""
        return self.summary or self.trigger.quote


class Gold(_Gold):
    """What a correct record of one release is."""

    published_on: str | None = None
    parties: list[GoldParty] = []
    amounts: list[GoldAmount] = []
    dates: list[GoldDate] = []
    commitments: list[GoldCommitment] = []

    @model_validator(mode="after")
    def _connected(self) -> Gold:
        for place, amount in enumerate(self.amounts):
            _known(f"amounts.{place}", [amount.part_of, amount.equivalent_of], len(self.amounts))
        for place, one in enumerate(self.commitments):
            _known(f"commitments.{place}.amounts", one.amounts, len(self.amounts))
            _known(f"commitments.{place}.dates", [use.date for use in one.dates], len(self.dates))
        return self


def _known(where: str, places: list[int] | list[int | None], number: int) -> None:
    if wrong := [place for place in places if place is not None and not 0 <= place < number]:
        raise ValueError(f"{where} refers to place {wrong[0]} of a list of {number}")


@dataclass(frozen=True, slots=True)
class GoldRelease:
    """Gold and its name: the path below the folder that was given, without `.gold.json` or `.json`."""

    name: str
    gold: Gold


def load_gold(top: Path) -> Iterator[GoldRelease]:
    """The gold in a file, or in a folder searched deeply, in the order of their names.

    JSON in a folder that is no gold (records, sidecars) is passed over. Raises `InputMissingError` if there is none, and
    `GoldError`, which says what is wrong with a file.
    """
    if not top.exists():
        raise InputMissingError(f"{top}: it is not there; check the path")
    found = False
    for path in [top] if top.is_file() else sorted(top.rglob("*.json")):
        told = _read(path)
        if not _is_gold(told):
            continue
        found = True
        name = path.name if top.is_file() else path.relative_to(top).as_posix()
        yield GoldRelease(re.sub(r"(\.gold)?\.json$", "", name), _checked(path, told))
    if not found:
        raise InputMissingError(f"there is no gold in {top}; give a folder with files like x{SUFFIX}")


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise GoldError(f"{path}: cannot be read as JSON: {error}") from error


def _is_gold(told: Any) -> bool:
    return isinstance(told, dict) and set(KINDS) <= set(told) and "schema_version" not in told


def _checked(path: Path, told: Any) -> Gold:
    try:
        return Gold.model_validate(told)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise GoldError(f"{path}: {f'{place}: ' if place else ''}{first['msg'].removeprefix('Value error, ')}") from error
