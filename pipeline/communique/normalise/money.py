"""Sums of money as prose writes them: where each stands, its number and the mark of its currency.

This reads what is written and knows nothing of the release around it: which currency an ambiguous mark means, and what a sum is
to others, is for the component to tell. Cost is linear in the text's length: every look around a number has a fixed width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.normalise.money_marks import mark_after, mark_before
from communique.normalise.money_ranges import range_after, range_after_noun, range_without_mark
from communique.normalise.money_terms import (
    Number,
    Rejected,
    Sum,
    admitted,
    below_zero,
    checked,
    number_at,
    with_cents,
    with_qualifier,
)
from communique.normalise.money_words import sums_in_words
from communique.normalise.numbers import SPACE, VULGAR

__all__ = ["Number", "Rejected", "Sum", "read_sums"]

_RUN = re.compile(rf"(?<![0-9])(?:[0-9]+|[{''.join(VULGAR)}])")
_CLOSES = re.compile(rf"(?:{SPACE}|\n)*(?:[.,;:!?)]|$|[0-9])")  # a clause ends, or another number follows
_LOOSE_NUMBER = re.compile(rf"[0-9]{SPACE}$")


def read_sums(text: str) -> Iterator[Sum | Rejected]:
    """The sums of a text, and what looked like one; not in order, and one may lie within another."""
    yield from _in_digits(text)
    yield from sums_in_words(text)


def _in_digits(text: str) -> Iterator[Sum | Rejected]:
    floor = 0  # no sum begins before the last one's end
    for run in _RUN.finditer(text):
        start = run.start()
        if start < floor or run.end() - start > 18:
            continue
        if start > floor and text[start - 1] == "." and start - 1 > floor and not text[start - 2 : start - 1].isalnum():
            start -= 1  # '.5 million'
        found = _sum_at(text, start, floor)
        if found is not None:
            floor = found.end
            yield found


def _sum_at(text: str, start: int, floor: int) -> Sum | Rejected | None:
    """The sum whose number in digits starts at a place."""
    before = mark_before(text, start, floor)
    number = number_at(text, start, split=before is not None)
    if number is None:
        return None
    if before is not None:
        mark, opening = before
        if admitted(mark, number, before=True):
            found = Sum(opening, number.end, mark, number.value, plus=number.plus)
            return below_zero(text, found, start) or _extended(text, found, number)
    if start and (text[start - 1].isalpha() or (text[start - 1] in ".,/:-–" and text[max(0, start - 2) : start - 1].isdigit())):
        return None  # the tail of a name, a clock time, a reference, a pair of years
    after = mark_after(text, number.end)
    if after is not None and (admitted(after[0], number, before=False) or _CLOSES.match(text, after[1])):
        if _LOOSE_NUMBER.search(text[max(0, start - 4) : start]):
            return None  # '245 23 yen': two numbers that are not one
        found = Sum(start, after[1], after[0], number.value, plus=number.plus)
        return below_zero(text, found, start) or range_after_noun(text, found, number) or with_cents(text, checked(text, found))
    return range_without_mark(text, number)


def _extended(text: str, found: Sum, number: Number) -> Sum | Rejected:
    """A sum whose mark stands first, with what belongs to it after its number: a second mark, cents, the end of a range."""
    told: Sum | Rejected | None = range_after(text, found, number)
    if told is None:
        found = with_qualifier(text, found)
        told = found if number.scaled else with_cents(text, found)
    return checked(text, told) if isinstance(told, Sum) else told
