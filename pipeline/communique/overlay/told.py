"""A commitment that stands by itself: all that is said of it, each fact with the words that say it and what is around them.

It names no fact of a record by its id, since ids count anew whenever a record is made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from communique_models import Action, Basis, Comparator, CurrencyBasis, DateRole, Kind, Per, Precision, Purpose, Status
from communique_models.record import Alpha2, CurrencyCode, DecimalString

CONTEXT = 32
"""Characters on either side of words by which they are found again in another text."""


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Selector(_Told):
    """Words of a text with what stands before and after them, as W3C's text quote and text position selectors."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    quote: str = Field(min_length=1)
    prefix: str = ""
    suffix: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """First character and the one after the last."""
        return self.start, self.end


class PartyTold(_Told):
    """Who gives, receives or speaks."""

    name: str = Field(min_length=1)
    kind: Kind
    country: Alpha2 | None = None
    where: Selector


class AmountTold(_Told):
    """A sum with those that it is a part or another telling of."""

    where: Selector
    currency: CurrencyCode | None = None
    currency_basis: CurrencyBasis = CurrencyBasis.CONTEXT
    value: DecimalString | None = None
    low: DecimalString | None = None
    high: DecimalString | None = None
    comparator: Comparator = Comparator.EQUAL
    per: Per | None = None
    basis: Basis = Basis.NEW
    part_of: AmountTold | None = None
    equivalent_of: AmountTold | None = None

    @model_validator(mode="after")
    def _number(self) -> Self:
        ranged = self.low is not None or self.high is not None
        if ranged == (self.value is not None) or ranged != (self.comparator is Comparator.RANGE):
            raise ValueError("a sum has a value, or with the comparator range a low and a high")
        return self


class DateTold(_Told):
    """A time and what it is to the commitment."""

    where: Selector
    role: DateRole
    value: str | None = None
    begin: date | None = None
    end: date | None = None
    precision: Precision | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.begin and self.end and self.begin > self.end:
            raise ValueError("a date begins after it ends")
        return self


class ItemTold(_Told):
    """What is given in kind."""

    where: Selector
    description: str = Field(min_length=1)
    quantity: DecimalString | None = None
    unit: str | None = None


class Told(_Told):
    """Who undertakes what for whom, how much, by when, how firmly."""

    trigger: Selector
    evidence: list[Selector] = Field(min_length=1)
    restated: list[Selector] = []
    providers: list[PartyTold] = Field(min_length=1)
    receivers: list[PartyTold] = []
    said_by: PartyTold | None = None
    action: Action
    status: Status
    amounts: list[AmountTold] = []
    items: list[ItemTold] = []
    dates: list[DateTold] = []
    purposes: list[Purpose] = []
    programme: Selector | None = None
    condition: Selector | None = None

    def people(self) -> Iterator[PartyTold]:
        """All parties of it, each as often as it has a part."""
        yield from self.providers
        yield from self.receivers
        if self.said_by:
            yield self.said_by
