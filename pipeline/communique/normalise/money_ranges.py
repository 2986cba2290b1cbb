"""Sums from one number to another: `$1.2-1.5bn`, `between 10 and 20 million euros`, and not `rose from $5m to $7m`."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from communique.lexicons import lexicon
from communique.normalise.money_marks import mark_after, mark_before
from communique.normalise.money_terms import (
    YEAR,
    Number,
    Rejected,
    Sum,
    admitted,
    checked,
    compatible,
    narrower,
    number_at,
    with_qualifier,
)
from communique.normalise.numbers import SPACE

_DASH = re.compile(rf"{SPACE}?[-‐‑–—−]{SPACE}?")
_TO = re.compile(rf"(?:{SPACE}|\n){{1,2}}(?:to|and|or)(?:{SPACE}|\n){{1,2}}")
_CHANGE = lexicon("money")["change"]


def range_after(text: str, found: Sum, number: Number) -> Sum | None:
    """A sum that goes on to the upper end of a range: `$1.2-1.5bn`, `£1.2bn to £1.5bn`, `between $10 and $20 million`."""
    after = found.end
    own = mark_after(text, after)
    if own is not None and compatible(own[0], found.mark) and own[0].power == found.mark.power:
        after = own[1]
    joint = _joint(text, after, found.start)
    if joint is None:
        return None
    place, dash = joint
    opening = place
    while opening < len(text) and opening - place < 6 and not text[opening].isdigit():
        opening += 1
    mark = None
    if opening > place:
        before = mark_before(text, opening, place)
        if before is None or before[1] != place or not compatible(found.mark, before[0]):
            return None
        mark = before[0]
    upper = number_at(text, opening, split=mark is not None)
    if upper is None or (mark is None and not _fits_bare(text, number, upper, dash)):
        return None
    bounds = _bounds(number, upper)
    if bounds is None:
        return None
    told = Sum(found.start, upper.end, narrower(found.mark, mark) if mark else found.mark, *bounds, plus=False)
    closing = mark_after(text, upper.end)
    if mark is None and closing is not None and not compatible(found.mark, closing[0]):
        return None
    return with_qualifier(text, told)


def range_after_noun(text: str, found: Sum, number: Number) -> Sum | Rejected | None:
    """`from 10 dollars to 20 dollars`: a range whose ends both carry the mark behind them."""
    joint = _joint(text, found.end, found.start)
    if joint is None or not text[joint[0] : joint[0] + 1].isdigit() or found.mark.power:
        return None
    upper = number_at(text, joint[0])
    if upper is None or (bounds := _bounds(number, upper)) is None:
        return None
    after = mark_after(text, upper.end)
    if after is None or not compatible(found.mark, after[0]):
        return None
    return checked(text, Sum(found.start, after[1], narrower(found.mark, after[0]), *bounds))


def range_without_mark(text: str, number: Number) -> Sum | Rejected | None:
    """`10 to 20 million euros`: a range whose only mark comes last."""
    joint = _joint(text, number.end, number.start)
    if joint is None or not text[joint[0] : joint[0] + 1].isdigit():
        return None
    upper = number_at(text, joint[0])
    if upper is None or (bounds := _bounds(number, upper)) is None:
        return None
    after = mark_after(text, upper.end)
    if after is None or after[0].code == "" or not admitted(after[0], upper, before=False):
        return None
    return checked(text, Sum(number.start, after[1], after[0], *bounds))


def _joint(text: str, end: int, start: int) -> tuple[int, bool] | None:
    """Where the second number of a range begins after the joint, and whether the joint is a dash."""
    if match := _DASH.match(text, end):
        return match.end(), True
    match = _TO.match(text, end)
    if match is None:
        return None
    before = text[max(0, start - 40) : start]
    between = re.search(rf"\bbetween(?:{SPACE}[a-z]+){{0,2}}(?:{SPACE}|\n)$", before) is not None
    word = match.group().strip()
    if word == "and" and not between:
        return None
    if word == "or":
        return None
    if word == "to" and re.search(rf"\bby(?:{SPACE}[a-z]+){{0,2}}(?:{SPACE}|\n)$", before, re.IGNORECASE):
        return None  # 'grew by $2m to $7m'
    if word == "to" and re.search(rf"\b(?:from|between)(?:{SPACE}[a-z]+){{0,2}}(?:{SPACE}|\n)$", before, re.IGNORECASE):
        clause = re.split(r"[.;!?\n]", text[max(0, start - 120) : start])[-1]
        if _changes().search(clause):
            return None  # 'rose from $5m to $7m' tells two sums
    return match.end(), False


@cache
def _changes() -> re.Pattern[str]:
    """Verbs by which `from X to Y` is a change and no range."""
    return re.compile(rf"\b(?:{'|'.join(_CHANGE)})\b", re.IGNORECASE)


def _fits_bare(text: str, lower: Number, upper: Number, dash: bool) -> bool:
    """Whether a number without a mark may be the upper end of a range: not a year, a count of people or a length of time."""
    written = text[upper.start : upper.end]
    if YEAR.match(written) and lower.bare < 1000:
        return False
    following = re.match(rf"{SPACE}?-?([a-zA-Z]+|%)", text[upper.end : upper.end + 20])
    if following and following[1].lower() in _COUNTED:
        return False
    if dash and text[lower.end : lower.end + 1] in (" ", "\u00a0") and not upper.scaled:
        return False
    return dash or upper.scaled or not lower.scaled


_COUNTED = frozenset(lexicon("money")["counted"])


def _bounds(lower: Number, upper: Number) -> tuple[Decimal, Decimal] | None:
    """The ends of a range; the lower takes the upper's magnitude if it has none."""
    low, high = lower.value, upper.value
    if upper.scaled and not lower.scaled and lower.bare < upper.bare:
        low = lower.bare * (upper.value / upper.bare)
    return (low, high) if low < high else None
