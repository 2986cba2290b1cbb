"""Stretches of calendar time and their notation, ISO 8601-2 (EDTF): `2024-05`, `2024-33`, `2023/2024`, `2020/..`.

A stretch knows its first and its last day, both included. Seasons are meteorological; winter begins in December of the year
before. Python's calendar ends with the year 9999: what lies outside raises `ValueError` or `OverflowError`.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum

from communique_models import Precision


@dataclass(frozen=True, slots=True)
class Stretch:
    """A value in EDTF or as an ISO 8601 duration, the first and last day that it covers, and how fine it is told."""

    value: str | None
    begin: date | None = None
    last: date | None = None
    precision: Precision | None = None


class Part(IntEnum):
    """A third of a stretch."""

    EARLY = 0
    MIDDLE = 1
    LATE = 2


class Season(IntEnum):
    """The seasons by their EDTF numbers."""

    SPRING = 21
    SUMMER = 22
    AUTUMN = 23
    WINTER = 24


UNKNOWN = Stretch(None)
"""Time that a careful reader cannot place."""

DAYS = {"day": 1, "week": 7, "fortnight": 14}
"""Units that are a number of days."""
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
"""Units that are a number of months."""


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def day_of(day: date) -> Stretch:
    """A single day."""
    return Stretch(day.isoformat(), day, day, Precision.DAY)


def week_of(day: date) -> Stretch:
    """The week from Monday to Sunday in which a day lies."""
    monday = day - timedelta(day.weekday())
    sunday = monday + timedelta(6)
    return Stretch(f"{monday}/{sunday}", monday, sunday, Precision.WEEK)


def month_of(year: int, month: int) -> Stretch:
    """A month."""
    return Stretch(f"{year:04}-{month:02}", date(year, month, 1), month_end(year, month), Precision.MONTH)


def quarter_of(year: int, quarter: int) -> Stretch:
    """A quarter of a calendar year, 1 to 4."""
    return Stretch(f"{year:04}-{32 + quarter}", date(year, 3 * quarter - 2, 1), month_end(year, 3 * quarter), Precision.QUARTER)


def half_of(year: int, half: int) -> Stretch:
    """A half of a calendar year, 1 or 2."""
    return Stretch(f"{year:04}-{39 + half}", date(year, 6 * half - 5, 1), month_end(year, 6 * half), Precision.HALF)


def season_of(year: int, season: Season) -> Stretch:
    """A season; the winter of a year is the one that ends in it."""
    if season is Season.WINTER:
        begin, last = date(year - 1, 12, 1), month_end(year, 2)
    else:
        first = 3 * (season - Season.SPRING) + 3
        begin, last = date(year, first, 1), month_end(year, first + 2)
    return Stretch(f"{year:04}-{int(season)}", begin, last, Precision.SEASON)


def year_of(year: int) -> Stretch:
    """A calendar year."""
    return Stretch(f"{year:04}", date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def decade_of(year: int) -> Stretch:
    """The decade in which a year lies."""
    first = year // 10 * 10
    return Stretch(f"{year // 10:03}X", date(first, 1, 1), date(first + 9, 12, 31), Precision.DECADE)


def century_of(century: int) -> Stretch:
    """A century as the decades that share its digits: the 20th is 1900 to 1999."""
    first = (century - 1) * 100
    return Stretch(f"{century - 1:02}XX", date(first, 1, 1), date(first + 99, 12, 31))


def between(begin: Stretch, last: Stretch) -> Stretch:
    """From the first day of one stretch to the last day of another; unknown where that runs backwards."""
    if begin.begin is None or last.last is None or begin.begin > last.last:
        return UNKNOWN
    value = f"{begin.value}/{last.value}"
    if begin.value is None or last.value is None or "/" in begin.value or "/" in last.value:
        value = interval_value(begin.begin, last.last)
    finer = begin.precision if _fineness(begin) <= _fineness(last) else last.precision
    return Stretch(value, begin.begin, last.last, finer)


def onwards(begin: Stretch) -> Stretch:
    """From the first day of a stretch, open to the future."""
    if begin.begin is None:
        return UNKNOWN
    value = begin.value if begin.value and "/" not in begin.value else str(begin.begin)
    return Stretch(f"{value}/..", begin.begin, None, begin.precision)


def days_between(begin: date, last: date, precision: Precision | None = None) -> Stretch:
    """From a first to a last day, in the shortest notation; unknown where that runs backwards."""
    return Stretch(interval_value(begin, last), begin, last, precision) if begin <= last else UNKNOWN


def interval_value(begin: date, last: date) -> str:
    """The shortest EDTF for a first and a last day: a year, a month, a day, or an interval of the coarsest of these."""
    if begin == last:
        return begin.isoformat()
    if begin.day == 1 and last == month_end(last.year, last.month):
        if begin.month == 1 and last.month == 12:
            return f"{begin.year:04}" if begin.year == last.year else f"{begin.year:04}/{last.year:04}"
        first, final = f"{begin:%Y-%m}", f"{last:%Y-%m}"
        return first if first == final else f"{first}/{final}"
    return f"{begin}/{last}"


def part_of(whole: Stretch, part: Part) -> Stretch:
    """The first, middle or last third of a stretch: of whole months where they divide by three, else of its days."""
    begin, last = whole.begin, whole.last
    if begin is None or last is None:
        return UNKNOWN
    months = (last.year - begin.year) * 12 + last.month - begin.month + 1
    if begin.day == 1 and last == month_end(last.year, last.month) and months % 3 == 0:
        third = months // 3
        first = add_months(begin, third * part)
        final = add_months(first, third) - timedelta(1)
        return days_between(first, final, Precision.MONTH)
    days = (last - begin).days + 1
    third = 10 if whole.precision is Precision.MONTH else max(1, round(days / 3))
    first = begin + timedelta(third * part) if third * part < days else last
    final = last if part is Part.LATE else min(first + timedelta(third - 1), last)
    return days_between(first, final, Precision.DAY)


def duration_value(count: Decimal, unit: str) -> str | None:
    """The ISO 8601 duration of a number of units; None for a fraction of one that no smaller unit tells."""
    if unit in ("hour", "minute", "second"):
        return f"PT{_plain(count)}{unit[0].upper()}" if count == int(count) else None
    if unit == "week" and count == int(count):
        return f"P{_plain(count)}W"
    if unit in DAYS:
        days = count * DAYS[unit]
        return f"P{_plain(days)}D" if days == int(days) else None
    months = count * MONTHS[unit]
    if months != int(months):
        return None
    if unit in ("month", "quarter", "half"):
        return f"P{_plain(months)}M"
    years, rest = divmod(int(months), 12)
    return "P" + (f"{years}Y" if years else "") + (f"{rest}M" if rest else "") if months else None


def repeated(every: str | None) -> Stretch:
    """A time that comes again after each such duration."""
    return Stretch(f"R/{every}", precision=Precision.RECURRING) if every else Stretch(None, precision=Precision.RECURRING)


def as_precision(stretch: Stretch, precision: Precision) -> Stretch:
    """The same stretch, told as finely as given."""
    return replace(stretch, precision=precision)


def _plain(count: Decimal) -> str:
    return f"{int(count)}"


_ORDER = (Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.HALF, Precision.SEASON, Precision.YEAR)


def _fineness(stretch: Stretch) -> int:
    return _ORDER.index(stretch.precision) if stretch.precision in _ORDER else len(_ORDER)
