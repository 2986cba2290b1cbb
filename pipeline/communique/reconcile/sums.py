"""Sums of money as they are compared: equal, equal but for rounding, or not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache

from communique_models import Amount, Comparator

ROUNDED = 2  # digits that a number has to have for another to be its fuller telling
CLOSE = 20  # the difference of two such numbers is less than a 20th


class Match(IntEnum):
    """How two sums stand to each other."""

    NONE = 0
    NEAR = 1
    EXACT = 2


SLACK: dict[Comparator, tuple[Decimal, Decimal]] = {
    Comparator.ABOUT: (Decimal("0.95"), Decimal("1.05")),
    Comparator.MORE: (Decimal(1), Decimal("1.1")),
    Comparator.AT_LEAST: (Decimal(1), Decimal("1.1")),
    Comparator.LESS: (Decimal("0.9"), Decimal(1)),
    Comparator.AT_MOST: (Decimal("0.9"), Decimal(1)),
}
"""From what to what share of its number a sum may be that is told so."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in a currency, for a unit where it is a rate; `low` and `high` are what it may be, `value` what it is counted as."""

    currency: str
    value: Decimal
    low: Decimal
    high: Decimal
    per: str | None = None

    @classmethod
    def of(cls, amount: Amount) -> Sum | None:
        """The sum of an amount; None where its currency is unknown or its number is not above zero."""
        value = Decimal(amount.value or amount.high or amount.low or 0)
        if amount.currency is None or value <= 0:
            return None
        lowest, highest = SLACK.get(amount.comparator, (Decimal(1), Decimal(1)))
        low = Decimal(amount.low) if amount.low is not None else value * lowest
        return cls(amount.currency, value, low, value * highest, amount.per.value if amount.per else None)

    def plus(self, other: Sum) -> Sum:
        """Both together."""
        return Sum(self.currency, self.value + other.value, self.low + other.low, self.high + other.high, self.per)

    def match(self, other: Sum) -> Match:
        """Whether another sum is this one, or may be."""
        if self.currency != other.currency or self.per != other.per:
            return Match.NONE
        if self.value == other.value:
            return Match.EXACT
        if self.low <= other.high and other.low <= self.high:
            return Match.NEAR
        if abs(self.value - other.value) * CLOSE > max(self.value, other.value):
            return Match.NONE
        return Match.NEAR if _is_rounded(self.value, other.value) or _is_rounded(other.value, self.value) else Match.NONE

    @property
    def digits(self) -> int:
        """The digits before the zeros at its end: the more, the less likely is it that two sums are equal by chance."""
        return significant(self.value)

    def __str__(self) -> str:
        return f"{self.currency} {self.value:f}{f' a {self.per}' if self.per else ''}"


@lru_cache(maxsize=65536)
def significant(number: Decimal) -> int:
    """The digits of a number before the zeros at its end."""
    return len(number.normalize().as_tuple().digits)


def rounded(number: Decimal, digits: int) -> Decimal:
    """A number above zero to so many digits, half up."""
    place = Decimal(1).scaleb(number.adjusted() - digits + 1)
    return (number / place).quantize(Decimal(1), rounding="ROUND_HALF_UP") * place


def _is_rounded(short: Decimal, full: Decimal) -> bool:
    digits = significant(short)
    return ROUNDED <= digits < significant(full) and rounded(full, digits) == short
