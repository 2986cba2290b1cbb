"""When two facts say the same: names however they are written, sums by number, times by their days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

TITLES = frozenset({
    "the", "mr", "mrs", "ms", "dr", "sir", "dame", "lord", "hon", "honourable", "president", "prime", "minister", "secretary",
    "senator", "representative", "rep", "chairman", "ceo",
})  # fmt: skip
"""Words before a name that do not tell it from others."""
SHARED = 0.6  # of the words of the shorter description, for two descriptions of somebody unnamed to be the same
L = TypeVar("L")
R = TypeVar("R")
Span = tuple[int, int]
Money = tuple[str | None, Decimal | None, Decimal | None, Decimal | None]
Time = tuple[str | None, ...]


class Sum(Protocol):
    """What a sum of a record and one of gold have in common."""

    @property
    def currency(self) -> str | None:
        """The currency code."""

    @property
    def value(self) -> str | None:
        """The number in plain digits, unless it is a range."""

    @property
    def low(self) -> str | None:
        """The lower end of a range."""

    @property
    def high(self) -> str | None:
        """The upper end of a range."""


def folded(name: str) -> str:
    """A name without case, accents, punctuation, possessive and the titles before it."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("'s", ""))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    words = re.findall(r"[a-z0-9&]+", plain)
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return " ".join(words)


def same_name(name: str, forms: Iterable[str]) -> bool:
    """Whether a name is one of several forms."""
    return folded(name) in {folded(form) for form in forms} - {""}


def alike(one: str, other: str) -> bool:
    """Whether two descriptions of somebody unnamed share most of their words."""
    left, right = set(folded(one).split()), set(folded(other).split())
    return bool(left and right) and len(left & right) / min(len(left), len(right)) >= SHARED


def money(amount: Sum) -> Money:
    """A sum as it is compared: `1.50` is `1.5`."""
    low, value, high = (None if told is None else Decimal(told).normalize() for told in (amount.low, amount.value, amount.high))
    return amount.currency, value, low, high


def worth(amount: Sum) -> Decimal:
    """The one number by which a sum adds to a total: of a range, its upper end."""
    return Decimal(amount.value or amount.high or amount.low or 0)


def time(value: str | None, begin: object, end: object) -> Time | None:
    """A time as it is compared: its days, else its length or repetition; None where it is not known."""
    if begin or end:
        return (str(begin) if begin else None, str(end) if end else None)
    return (value,) if value else None


def shared(text: str, one: Span | None, other: Span | None) -> int:
    """How many letters two stretches of a text share, spaces not counted."""
    if one is None or other is None:
        return 0
    return sum(len(word) for word in text[max(one[0], other[0]) : min(one[1], other[1])].split()) if _meet(one, other) else 0


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def paired(left: Sequence[L], right: Sequence[R], weigh: Callable[[L, R], float]) -> list[tuple[int, int]]:
    """Places in both lists that go together, each once: the heaviest pairs first, of equal ones the first in the lists."""
    rated = sorted(((weigh(a, b), -i, -j) for i, a in enumerate(left) for j, b in enumerate(right)), reverse=True)
    taken_left, taken_right, found = set[int](), set[int](), list[tuple[int, int]]()
    for weight, i, j in rated:
        if weight > 0 and -i not in taken_left and -j not in taken_right:
            taken_left.add(-i)
            taken_right.add(-j)
            found.append((-i, -j))
    return found


def f1(right: float, told: float, wanted: float) -> float:
    """The harmonic mean of precision and recall; 1 where nothing is told and nothing wanted."""
    if not told and not wanted:
        return 1.0
    return 2 * right / (told + wanted)


def overlap_of(found: Collection[object], wanted: Collection[object]) -> float:
    """The F1 of one set of things against another."""
    return f1(len(set(found) & set(wanted)), len(set(found)), len(set(wanted)))
