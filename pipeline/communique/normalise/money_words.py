"""Sums whose number is told in words: `half a million euros`, `US$ two million`, `a dollar a day`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from communique.normalise import currencies
from communique.normalise.money_marks import mark_after, mark_before
from communique.normalise.money_terms import Rejected, Sum, checked, with_cents
from communique.normalise.numbers import POWERS, SMALL, SPACE, read_digits, read_words
from communique_models import CurrencyBasis

_TOKENS = re.compile(r"[^\W\d_]+")


@cache
def _last_words() -> frozenset[str]:
    """The words that end a currency's name, in lower case, and codes as they are."""
    return frozenset(name.split()[-1] if name[-1:].islower() else name for name in currencies.words() if len(name) > 1)


_NUMBER_WORDS = frozenset(
    (*SMALL, *POWERS, "hundred", "dozen", "half", "quarter", "quarters", "and", "a", "an", "of", "couple", "point")
)


def sums_in_words(text: str) -> Iterator[Sum | Rejected]:
    """Sums whose number is told in words: `half a million euros`, `US$ two million`."""
    last = _last_words()
    recent: list[tuple[int, int, str]] = []  # the number words and qualifiers just before a currency's noun
    for token in _TOKENS.finditer(text):
        word = token.group()
        lower = word.lower()
        if (word in last or lower in last) and recent:
            found = _before_noun(text, recent, token.end())
            if found is not None:
                yield found
                recent = []
                continue
        if lower in _TENS and (found := _after_mark(text, token.start())) is not None:
            yield found
            continue
        if lower in _NUMBER_WORDS or word[0].isupper() or (recent and lower in _ADJECTIVES):
            if recent and token.start() - recent[-1][1] > 2:
                recent = []
            recent.append((token.start(), token.end(), lower))
            del recent[:-14]
        else:
            recent = []


_TENS = frozenset(SMALL) | {"half"}


def _after_mark(text: str, start: int) -> Sum | Rejected | None:
    """`US$ two million`: a number in words that a sign, a code or a name leads, with its magnitude."""
    place = start
    while place and text[place - 1] in " \u00a0" and start - place < 2:
        place -= 1
    if place == 0 or not (text[place - 1] in currencies.signs() or text[place - 1] in "." or text[place - 1].isalpha()):
        return None
    read = read_words(text, start)
    if read is None or read[0] < 1000:
        return None
    before = mark_before(text, start, 0)
    return checked(text, Sum(before[1], read[1], before[0], read[0])) if before is not None else None


_ADJECTIVES = frozenset(("new", "us"))


def _before_noun(text: str, recent: list[tuple[int, int, str]], end: int) -> Sum | Rejected | None:
    for start, _, word in recent:
        if word not in _NUMBER_WORDS or word in ("and", "of"):
            continue
        read = read_words(text, start)
        if read is None:
            continue
        value, stop = read
        if stop > end:
            continue
        after = mark_after(text, stop)
        if after is None or after[1] < end or not after[0].after:
            continue
        if start and (text[start - 1].isdigit() or re.search(r"[0-9][ -]$", text[max(0, start - 2) : start])):
            return None
        if value < 1000 and (after[0].grouped or after[0].basis is CurrencyBasis.CODE):
            return None
        lower = _word_range(text, start, value)
        if lower is not None:
            return checked(text, Sum(lower[1], after[1], after[0], lower[0], value))
        return with_cents(text, checked(text, Sum(start, after[1], after[0], value)))
    return _one(text, recent[-1], end)


_WORD_JOINT = re.compile(
    r"\b(?:between|from) (?:about )?(?P<number>[0-9.]+|[a-z]+(?:[ -][a-z]+){0,4}?)(?: [a-z]+s)? (?:and|to) $", re.IGNORECASE
)


def _word_range(text: str, start: int, high: Decimal) -> tuple[Decimal, int] | None:
    """The lower end before a number in words: `between one and three million euros`; its value and where it begins."""
    joint = _WORD_JOINT.search(text[max(0, start - 60) : start])
    if joint is None:
        return None
    place = max(0, start - 60) + joint.start("number")
    read = read_words(text, place) if not joint["number"][0].isdigit() else read_digits(text, place)
    if read is None or read[1] != place + len(joint["number"]):
        return None
    low = read[0]
    if low < 1000 <= high:
        low *= _magnitude_of(high)
    return (low, place) if low < high else None


def _magnitude_of(value: Decimal) -> Decimal:
    """The largest of thousand, million, billion … that a value holds."""
    return next((Decimal(10) ** power for power in (12, 9, 6, 3) if value >= Decimal(10) ** power), Decimal(1))


_ONE_OF = re.compile(rf"{SPACE}?(?:[.,;!?)]|$)|{SPACE}(?:a|per|each){SPACE}(?:day|week|month|year|head|person|share)?")


def _one(text: str, article: tuple[int, int, str], end: int) -> Sum | Rejected | None:
    """`a dollar a day`, `less than a euro and 20 cents`: one unit, where a clause ends, a rate or cents follow."""
    start, stop, word = article
    after = mark_after(text, stop) if word == "a" else None
    if after is None or after[1] != end or after[0].power or after[0].weight:
        return None
    found = with_cents(text, Sum(start, end, after[0], Decimal(1)))
    if isinstance(found, Sum) and (found.end > end or _ONE_OF.match(text, end)):
        return found
    return None
