"""Parts of a time that is known, and times that end or begin with one."""

from __future__ import annotations

from datetime import timedelta

from communique.normalise import edtf
from communique.normalise.dates_terms import Nth, UpTo
from communique.normalise.edtf import UNKNOWN, Stretch
from communique_models import Precision

THURSDAY = 3


def nth(whole: Stretch, term: Nth) -> Stretch:
    """The n-th, first or last units of a stretch. As in ISO 8601, a week belongs where its Thursday lies."""
    begin, last = whole.begin, whole.last
    if begin is None or last is None:
        return UNKNOWN
    back = term.number < 0
    if term.unit in ("week", "fortnight"):
        size = edtf.DAYS[term.unit] * term.count
        monday = begin - timedelta(begin.weekday()) + timedelta(7 * (begin.weekday() > THURSDAY))
        sunday = last - timedelta(last.weekday()) + timedelta(6) - timedelta(7 * (last.weekday() < THURSDAY))
        start = sunday - timedelta(size - 1) if back else monday + timedelta(7 * (term.number - 1))
        return edtf.days_between(start, start + timedelta(size - 1), Precision.WEEK)
    if term.unit == "weekday":
        first = begin + timedelta((term.which - begin.weekday()) % 7)
        final = last - timedelta((last.weekday() - term.which) % 7)
        day = final + timedelta(7 * (term.number + 1)) if back else first + timedelta(7 * (term.number - 1))
        return edtf.day_of(day) if begin <= day <= last else UNKNOWN
    if term.unit == "day":
        start = last - timedelta(term.count - 1) if back else begin + timedelta(term.number - 1)
        return edtf.days_between(start, start + timedelta(term.count - 1), Precision.DAY)
    months = edtf.MONTHS[term.unit]
    start = (
        edtf.add_months(last + timedelta(1), -months * term.count) if back else edtf.add_months(begin, months * (term.number - 1))
    )
    end = edtf.add_months(start, months * term.count) - timedelta(1)
    return edtf.days_between(start, end, Precision.MONTH) if end <= last else UNKNOWN


def up_to(told: Stretch, term: UpTo) -> Stretch:
    """So many units that end with a stretch, or begin with it."""
    if told.last is None or told.begin is None:
        return UNKNOWN
    count, days = term.count * term.sign, term.unit in edtf.DAYS
    size = int(count * (edtf.DAYS if days else edtf.MONTHS)[term.unit])
    origin = told.begin if term.sign > 0 else told.last + timedelta(1)
    other = origin + timedelta(size) if days else edtf.add_months(origin, size)
    if term.sign > 0:
        return edtf.days_between(origin, other - timedelta(1), told.precision)
    return edtf.days_between(other, told.last, Precision.YEAR if term.unit == "year" else Precision.MONTH)


def fraction(whole: Stretch, number: int, months: int) -> Stretch:
    """The n-th quarter (3 months) or half (6) of a stretch; of a calendar year, with its notation."""
    if whole.begin is None or whole.last is None:
        return UNKNOWN
    if whole.precision is Precision.YEAR and whole.begin.month == 1:
        return (edtf.quarter_of if months == 3 else edtf.half_of)(whole.begin.year, number)
    length = (whole.last.year - whole.begin.year) * 12 + whole.last.month - whole.begin.month + 1
    size = length * months // 12
    begin = edtf.add_months(whole.begin, size * (number - 1))
    return edtf.days_between(begin, edtf.add_months(begin, size) - timedelta(1), Precision.YEAR)
