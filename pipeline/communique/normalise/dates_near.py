"""Which one is meant of the days that come again: the nearest to the release, or the one of the clause's tense."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import IntEnum

from communique.normalise import edtf
from communique.normalise.dates_terms import Beside, SeasonOf
from communique.normalise.edtf import UNKNOWN, Season, Stretch
from communique_models import Precision


class Tense(IntEnum):
    """When a clause happens, as far as it tells."""

    PAST = -1
    OPEN = 0
    FUTURE = 1


NEAR = {Precision.DAY: 60, Precision.MONTH: 31}
"""Days from the release within which a day or month without a year is meant, whatever the tense around it."""


def distance(told: Stretch, day: date) -> int:
    """The days between a stretch and a day, 0 inside of it."""
    if told.begin is None or told.last is None:
        return date.max.toordinal()
    return max((told.begin - day).days, (day - told.last).days, 0)


def of_nearest_year(
    release: date, tense: Tense, of_year: Callable[[int], Stretch], fits: Callable[[Stretch], bool] | None = None
) -> Stretch:
    """The one of the years around the release: the last begun, the next to end, or the nearest; those first that fit."""
    reach = 1 if fits is None else 3
    found = []
    for year in range(release.year - reach, release.year + reach + 1):
        try:
            found.append(of_year(year))
        except ValueError:  # 29 February
            continue
    if fits is not None:
        found = [told for told in found if fits(told)] or found
    nearest = min(found, key=lambda told: distance(told, release), default=UNKNOWN)
    if nearest.precision in NEAR and distance(nearest, release) <= NEAR[nearest.precision]:
        return nearest
    past = [told for told in found if told.begin is not None and told.begin <= release]
    future = [told for told in found if told.last is not None and told.last >= release]
    if tense is Tense.PAST and past:
        return past[-1]
    if tense is Tense.FUTURE and future:
        return future[0]
    return nearest


def weekday_near(release: date, tense: Tense, weekday: int) -> Stretch:
    """A weekday: the last one, the next one, or the nearest; that of the release where it is the same."""
    back = (release.weekday() - weekday) % 7
    if (tense is Tense.FUTURE and back) or (tense is Tense.OPEN and back > 3):
        return edtf.day_of(release + timedelta(7 - back))
    return edtf.day_of(release - timedelta(back))


def day_near(release: date, tense: Tense, day: int) -> Stretch:
    """`the 18th`: that day of the month of the release, or of the month beside it that the tense or the nearness tells."""
    found = []
    for shift in range(-2, 3):
        first = edtf.add_months(release.replace(day=1), shift)
        if day <= edtf.month_end(first.year, first.month).day:
            found.append(first.replace(day=day))
    of_tense = [told for told in found if (told - release).days * tense >= 0]
    return edtf.day_of(min(of_tense or found, key=lambda told: abs((told - release).days)))


def day_on_weekday(release: date, day: int, weekday: int) -> Stretch:
    """`Tuesday the eleventh`: that day of the nearest month in which it is that weekday."""
    found = []
    for shift in sorted(range(-6, 7), key=abs):
        first = edtf.add_months(release.replace(day=1), shift)
        if day <= edtf.month_end(first.year, first.month).day and first.replace(day=day).weekday() == weekday:
            found.append(first.replace(day=day))
    return edtf.day_of(min(found, key=lambda told: abs((told - release).days))) if found else UNKNOWN


def season_near(release: date, tense: Tense, term: SeasonOf) -> Stretch:
    """A season beside the release; without a word that says which, the one under way or to come, unless the tense is past."""
    near = [edtf.season_of(year, term.season) for year in range(release.year - 1, release.year + 3)]
    if term.shift == 0:
        return min(near, key=lambda told: distance(told, release)) if term.season is Season.WINTER else near[1]
    if term.shift == -1:
        return [told for told in near if told.last is not None and told.last < release][-1]
    if term.shift == 1:
        return next(told for told in near if told.begin is not None and told.begin > release)
    if tense is Tense.PAST:
        return [told for told in near if told.begin is not None and told.begin <= release][-1]
    return next(told for told in near if told.last is not None and told.last >= release)


def beside(release: date, tense: Tense, term: Beside) -> Stretch:
    """The unit, month or weekday that is so many before or after that of the release."""
    shift = term.shift
    match term.unit:
        case "day":
            return edtf.day_of(release + timedelta(shift))
        case "week":
            return edtf.week_of(release + timedelta(7 * shift))
        case "fortnight":
            monday = release - timedelta(release.weekday()) + timedelta(14 * shift)
            return edtf.days_between(monday, monday + timedelta(13), Precision.WEEK)
        case "weekday":
            return _weekday_beside(release, term)
        case "weekend":
            saturday = release - timedelta(release.weekday()) + timedelta(5 + 7 * shift)
            if shift == 0 and tense is Tense.PAST and saturday > release:
                saturday -= timedelta(7)
            return edtf.days_between(saturday, saturday + timedelta(1), Precision.DAY)
        case "month":
            first = edtf.add_months(release.replace(day=1), shift)
            return edtf.month_of(first.year, first.month)
        case "month_named":
            years = 0 if (term.which - release.month) * shift > 0 else shift
            return edtf.month_of(release.year + years, term.which)
        case "quarter":
            first = edtf.add_months(release.replace(day=1), 3 * shift)
            return edtf.quarter_of(first.year, (first.month + 2) // 3)
        case "decade":
            return edtf.decade_of(release.year + 10 * shift)
        case "century":
            return edtf.century_of(release.year // 100 + 1 + shift)
    return edtf.year_of(release.year + shift)


def _weekday_beside(release: date, term: Beside) -> Stretch:
    if term.near and term.shift:
        days = (term.which - release.weekday()) * term.shift % 7 or 7
        return edtf.day_of(release + timedelta(days * term.shift))
    return edtf.day_of(release - timedelta(release.weekday()) + timedelta(7 * term.shift + term.which))
