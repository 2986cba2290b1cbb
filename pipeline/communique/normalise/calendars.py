"""Calendars that releases count by: fiscal years, school years, and the holidays that a rule fixes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from communique.lexicons import lexicon
from communique.normalise.edtf import Stretch, add_months, days_between, month_of
from communique_models import Precision

COMPANY = "company"
"""The issuer's kind under which companies' fiscal calendar stands in the lexicon."""


@cache
def _fiscal() -> dict[str, int]:
    return {code: entry["month"] for entry in lexicon("calendars")["fiscal"] for code in entry["issuers"]}


def fiscal_start(issuer: str | None) -> int:
    """The first month of an issuer's fiscal year, by its country (ISO 3166 alpha-2) or `COMPANY`; January if nobody tells."""
    return _fiscal().get(issuer or "", 1)


def fiscal_year(year: int, start: int) -> Stretch:
    """The fiscal year that ends in a year, its first month given; it is the calendar year where that is January."""
    if start == 1:
        return Stretch(f"{year:04}", date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
    begin = date(year - 1, start, 1)
    return Stretch(f"{year - 1:04}/{year:04}", begin, add_months(begin, 12) - timedelta(1), Precision.YEAR)


def fiscal_part(year: int, start: int, number: int, months: int) -> Stretch:
    """The n-th part of the fiscal year that ends in a year: a quarter of 3 months or a half of 6."""
    first = month_of(year if start == 1 else year - 1, start).begin
    assert first is not None
    begin = add_months(first, months * (number - 1))
    return days_between(begin, add_months(begin, months) - timedelta(1), Precision.QUARTER if months == 3 else Precision.HALF)


def fiscal_year_at(day: date, start: int) -> int:
    """The year in which the fiscal year of a day ends."""
    return day.year + (start > 1 and day.month >= start)


def holiday(rule: str, year: int) -> date:
    """The day of a holiday by its rule: `12-25`, `easter-2`, `thu4-11` (the fourth Thursday), `mon-1-05` (the last Monday)."""
    if match := re.fullmatch(r"easter([+-]\d+)?", rule):
        return easter(year) + timedelta(int(match[1] or 0))
    if match := re.fullmatch(r"(mon|tue|wed|thu|fri|sat|sun)(-?\d)-(\d\d)", rule):
        weekday = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(match[1])
        month, count = int(match[3]), int(match[2])
        if count < 0:
            last = add_months(date(year, month, 1), 1) - timedelta(1)
            return last - timedelta((last.weekday() - weekday) % 7) + timedelta(7 * (count + 1))
        first = date(year, month, 1)
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * (count - 1))
    month, day = map(int, rule.split("-"))
    return date(year, month, day)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher."""
    golden, (century, of_century) = year % 19, divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    month, day = divmod(moon + sunday - 7 * ((golden + 11 * moon + 22 * sunday) // 451) + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays() -> dict[str, dict[str, str]]:
    """The names of holidays in lower case -> countries (or `*`) -> rule."""
    found: dict[str, dict[str, str]] = {}
    for entry in lexicon("calendars")["holiday"]:
        for name in entry["names"]:
            for country in entry["countries"]:
                found.setdefault(name, {})[country] = entry["rule"]
    return found


def holiday_rule(name: str, country: str | None) -> str | None:
    """The rule of a holiday as an issuer's country keeps it; None where the country decides and is not known."""
    known = holidays().get(name, {})
    if country in known:
        return known[country]
    if "*" in known:
        return known["*"]
    return next(iter(known.values())) if len(set(known.values())) == 1 and country is None else None


@cache
def month_first(country: str | None) -> bool:
    """Whether a country writes the month before the day in digits."""
    return country in frozenset(lexicon("calendars")["order"]["month_first"])


def two_digit_year(written: int, near: int) -> int:
    """The year that two digits mean: the one within fifty years before or after a year that is near."""
    century = near // 100 * 100
    year = century + written
    if year > near + 50:
        return year - 100
    return year + 100 if year <= near - 50 else year


PAIRED = frozenset({4, 7})
"""First months of the fiscal years that are written with both their years: `2005-06`."""


@cache
def named_by_first(issuer: str | None) -> bool:
    """Whether an issuer names a fiscal year by the calendar year in which it begins."""
    return issuer in frozenset(lexicon("calendars")["order"]["named_by_first"])
