"""Facts in words that people read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import urlsplit

from babel.numbers import format_compact_decimal

from communique_models import Amount, Basis, Comparator, Date, Item, Uncounted

NOBODY = "nobody named"
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""Characters that show nothing but can turn or hide what is around them; joiners, which scripts need, are not among them."""

COMPARATORS = {
    Comparator.EQUAL: "",
    Comparator.ABOUT: "about ",
    Comparator.AT_LEAST: "at least ",
    Comparator.MORE: "more than ",
    Comparator.AT_MOST: "up to ",
    Comparator.LESS: "less than ",
    Comparator.RANGE: "",
}
BASES = {Basis.NEW: "", Basis.CUMULATIVE: "running total", Basis.PREVIOUS: "earlier sum", Basis.OTHER: "no new money"}
REASONS = {
    Uncounted.PART_OF_TOTAL: "part of a total that counts",
    Uncounted.CUMULATIVE: "a running total",
    Uncounted.PREVIOUS: "an earlier sum",
    Uncounted.RATE: "a rate",
    Uncounted.OTHER: "no new money",
    Uncounted.NOT_YET_PLEDGED: "not yet pledged",
    Uncounted.WITHDRAWN: "withdrawn",
    Uncounted.RESTATED: "told elsewhere already",
    Uncounted.EQUIVALENT: "another sum told again",
}


def visible(text: str) -> str:
    """A text in which what is invisible shows by its number, `[U+202E]`, so that nothing turns or hides its words."""
    return INVISIBLE.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def spaced(name: str) -> str:
    """The value of an enum as words."""
    return name.replace("_", " ")


def plural(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 release`, `23 releases`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def listed(names: Iterable[str]) -> str:
    """Names as a sentence has them: `Canada, Quebec and Keitele Oyj`."""
    *most, last = list(names) or [NOBODY]
    return f"{', '.join(most)} and {last}" if most else last


def digits(number: Decimal) -> str:
    """A number with all its digits, in groups of three."""
    told = f"{number:,f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def short(number: Decimal) -> str:
    """A number in three figures and a word: `4.8 billion`."""
    return str(format_compact_decimal(number, format_type="long", locale="en", fraction_digits=2))


def sum_words(amount: Amount) -> str:
    """A sum of money: `up to NOK 20,000,000 a year`."""
    numbers = [Decimal(told) for told in (amount.value, amount.low, amount.high) if told is not None]
    per = f" per {amount.per.value}" if amount.per else ""
    return f"{COMPARATORS[amount.comparator]}{amount.currency or '?'} {' to '.join(digits(one) for one in numbers)}{per}"


def worth(amount: Amount) -> Decimal:
    """The one number by which an amount adds to a total: of a range, its upper end."""
    return Decimal(amount.value or amount.high or amount.low or 0)


def currency_of(amount: Amount) -> str:
    """The currency code, `?` where it is ambiguous."""
    return amount.currency or "?"


def basis_words(amount: Amount) -> str:
    """What a sum is, where it is no new money."""
    return BASES[amount.basis]


def date_words(when: Date) -> str:
    """The days that a date covers, or its length; its words where it stays unresolved."""
    if when.begin and when.end:
        return str(when.begin) if when.begin == when.end else f"{when.begin} to {when.end}"
    if when.begin or when.end:
        return f"from {when.begin}" if when.begin else f"until {when.end}"
    return duration_words(when.value) if when.value else f"{when.mention.quote} (unresolved)"


def duration_words(value: str) -> str:
    """An ISO 8601 duration in words, `P5Y` as `5 years`; anything else as it is."""
    match = re.fullmatch(r"(R/)?P(\d+)([YMWD])", value)
    if not match:
        return value
    unit = {"Y": "year", "M": "month", "W": "week", "D": "day"}[match[3]]
    if match[1]:
        return f"each {unit}" if match[2] == "1" else f"every {match[2]} {unit}s"
    return plural(int(match[2]), unit)


def item_words(item: Item) -> str:
    """What is given in kind."""
    return " ".join(part for part in (item.quantity, item.unit, item.description) if part)


def web_address(source: str | None) -> str | None:
    """A source that a link may lead to: an address of the web, nothing else."""
    try:
        parts = urlsplit(source or "")
    except ValueError:
        return None
    return source if parts.scheme in ("http", "https") and parts.netloc else None
