"""Terms of time become days: against the publication date, the issuer's calendar, the tense and the times told before.

What needs a publication date and has none stays unknown, with `release` as its anchor, so that it can be resolved later.
dateparser reads the days that are written in digits, in the order of the issuer's country; it answers with points only and
takes spans, lengths and seasons for points, which is why all else is read here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import dateparser

from communique.normalise import calendars, edtf
from communique.normalise.dates_near import Tense, beside, day_near, day_on_weekday, of_nearest_year, season_near, weekday_near
from communique.normalise.dates_parts import fraction, nth, up_to
from communique.normalise.dates_terms import (
    Again,
    Beside,
    Between,
    Calendar,
    Century,
    Decade,
    Deictic,
    Fiscal,
    Holiday,
    Length,
    Nth,
    Onwards,
    Ordinal,
    Retold,
    SeasonOf,
    Shifted,
    Term,
    Thirds,
    UpTo,
    Week,
    Written,
    YearPair,
    precision_of,
    rule_of,
)
from communique.normalise.edtf import UNKNOWN, Part, Stretch
from communique_models import Precision

ABSOLUTE = "absolute"
RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a term comes to; the anchor is `absolute`, `release` or the index of an earlier time."""

    stretch: Stretch
    anchor: str | int
    rule: str


class _UnknownAnchorError(Exception):
    """A term counts from a day that is not known."""


@dataclass(slots=True)
class Resolver:
    """Resolves the terms of one text. `fiscal` is the country or kind of issuer by whose fiscal calendar it counts."""

    published: date | None = None
    country: str | None = None
    fiscal: str | None = None
    fiscal_month: int | None = None  # the first month of the fiscal year, where the text tells it
    _anchor: str | int = ABSOLUTE
    _tense: Tense = Tense.OPEN
    _before: Sequence[tuple[int, Stretch]] = ()

    def resolve(self, term: Term, tense: Tense = Tense.OPEN, before: Sequence[tuple[int, Stretch]] = ()) -> Resolved:
        """The days of a term; `before` holds the times told earlier in the text by their index, the nearest last."""
        self._anchor, self._tense, self._before = ABSOLUTE, tense, before
        try:
            stretch = self._days(term)
        except _UnknownAnchorError:
            stretch = replace(UNKNOWN, precision=precision_of(term))
        except (ValueError, OverflowError):  # a day that the calendar does not have
            stretch = UNKNOWN
        return Resolved(stretch, self._anchor, rule_of(term))

    @property
    def _release(self) -> date:
        self._anchor = RELEASE
        if self.published is None:
            raise _UnknownAnchorError
        return self.published

    def _days(self, term: Term) -> Stretch:
        match term:
            case Calendar():
                return self._calendar(term)
            case Written():
                return self._written(term)
            case Deictic(days):
                return edtf.day_of(self._release + timedelta(days))
            case Length(value):
                return Stretch(value, precision=Precision.DURATION)
            case Again(every):
                return edtf.repeated(every)
            case Ordinal():
                return self._ordinal(term)
            case SeasonOf():
                return self._season(term)
            case Fiscal() | YearPair():
                return self._fiscal(term)
            case Decade(year):
                return edtf.decade_of(self._past_decade(year))
            case Century(number):
                return edtf.century_of(number)
            case Beside():
                return beside(self._release, self._tense, term)
            case Shifted():
                return self._shifted(term)
            case Retold(unit, shift):
                return self._retold(unit, shift)
            case Holiday():
                return self._holiday(term)
            case Thirds(part, of, until):
                return self._thirds(part, of, until)
            case Nth():
                return nth(self._days(term.of), term)
            case UpTo():
                return up_to(self._days(term.end), term)
            case Week(day):
                told = self._days(day)
                return edtf.week_of(told.begin) if told.begin else UNKNOWN
            case Between(begin, last):
                return self._between(begin, last)
            case Onwards(begin):
                return edtf.onwards(self._days(begin))

    # -- days, months and years ------------------------------------------------------------------------------------

    def _calendar(self, term: Calendar) -> Stretch:
        year = self._full(term.year) if term.shift is None else self._release.year + term.shift
        if term.month is None:
            if year is not None:
                return edtf.year_of(year)
            if term.day is not None:
                if term.weekday is None:
                    return day_near(self._release, self._tense, term.day)
                return day_on_weekday(self._release, term.day, term.weekday)
            assert term.weekday is not None
            return weekday_near(self._release, self._tense, term.weekday)
        month, day = term.month, term.day

        def of_year(told: int) -> Stretch:
            return edtf.month_of(told, month) if day is None else edtf.day_of(date(told, month, day))

        if year is not None:
            return of_year(year)
        if day is not None and term.weekday is not None:
            return of_nearest_year(
                self._release, self._tense, of_year, lambda told: told.begin is not None and told.begin.weekday() == term.weekday
            )
        return of_nearest_year(self._release, self._tense, of_year)

    def _full(self, year: int | None) -> int | None:
        """A year in four digits; two digits mean one near the publication date, or near the last time told."""
        if year is None or year >= 100:
            return year
        if self.published is None and self._before and (near := self._before[-1][1].begin):
            return calendars.two_digit_year(year, near.year)
        return calendars.two_digit_year(year, self._release.year)

    def _written(self, term: Written) -> Stretch:
        text = term.text
        if text.count("/") == 1:
            one, other = map(int, text.split("/"))
            day, month = (other, one) if (calendars.month_first(self.country) and one <= 12) or other > 12 else (one, other)
            if term.weekday is not None and max(one, other) <= 12:
                near = {order: self._calendar(Calendar(None, *order)) for order in ((one, other), (other, one))}
                fits = [told for told in near.values() if told.begin and told.begin.weekday() == term.weekday]
                if len(fits) == 1:
                    return fits[0]
            return self._calendar(Calendar(None, month, day))
        sign = next(character for character in text if not character.isdigit())
        first, second, third = text.split(sign)
        if len(first) == 4:
            found = _parse(text, "YMD")
        elif self.country is None and sign != "." and first != second and max(int(first), int(second)) <= 12:
            return UNKNOWN  # either may be the month
        else:
            order = "MDY" if calendars.month_first(self.country) and sign != "." else "DMY"
            found = _parse(sign.join((first, second, str(self._full(int(third))))), order)
        return edtf.day_of(found) if found else UNKNOWN

    # -- spans -----------------------------------------------------------------------------------------------------

    def _ordinal(self, term: Ordinal) -> Stretch:
        number, months, of = term.number, term.months, term.of
        part = edtf.quarter_of if months == 3 else edtf.half_of
        if of is None:
            return of_nearest_year(self._release, self._tense, lambda year: part(year, number))
        if isinstance(of, Fiscal):
            year = self._fiscal_name(of)
            return part(year, number) if self._start == 1 else calendars.fiscal_part(year, self._start, number, months)
        return fraction(self._days(of), number, months)

    def _season(self, term: SeasonOf) -> Stretch:
        if term.year is not None:
            return edtf.season_of(term.year, term.season)
        return season_near(self._release, self._tense, term)

    @property
    def _start(self) -> int:
        return self.fiscal_month or calendars.fiscal_start(self.fiscal)

    def _fiscal_name(self, term: Fiscal) -> int:
        """The year in which a fiscal year ends."""
        if term.first is not None:
            first = self._full(term.first)
            assert first is not None
            return first + 1
        if term.year is not None:
            year = self._full(term.year)
            assert year is not None
            return year + calendars.named_by_first(self.fiscal)
        return calendars.fiscal_year_at(self._release, self._start) + (term.shift or 0)

    def _fiscal(self, term: Fiscal | YearPair) -> Stretch:
        if isinstance(term, YearPair):
            if self._start in calendars.PAIRED:
                return calendars.fiscal_year(term.first + 1, self._start)
            return Stretch(
                f"{term.first:04}/{term.first + 1:04}", date(term.first, 1, 1), date(term.first + 1, 12, 31), Precision.YEAR
            )
        if term.school:
            if term.first is None:
                return replace(UNKNOWN, precision=Precision.YEAR)
            year = self._fiscal_name(term)
            return Stretch(f"{year - 1:04}/{year:04}", precision=Precision.YEAR)
        if term.first is not None and self._start == 1:
            return Stretch(f"{self._fiscal_name(term) - 1:04}/{self._fiscal_name(term):04}", precision=Precision.YEAR)
        return calendars.fiscal_year(self._fiscal_name(term), self._start)

    def _past_decade(self, year: int) -> int:
        if year >= 100:
            return year
        release = self.published or (self._before[-1][1].begin if self._before else None)
        if release is None:
            release = self._release
        told = release.year // 100 * 100 + year
        return told if told <= release.year else told - 100

    def _thirds(self, part: Part, of: Term, until: Part | None) -> Stretch:
        whole = self._days(of)
        first = edtf.part_of(whole, part)
        if until is None:
            return first
        final = edtf.part_of(whole, until)
        return edtf.days_between(first.begin, final.last, first.precision) if first.begin and final.last else UNKNOWN

    def _between(self, begin: Term, last: Term) -> Stretch:
        first, final = self._days(begin), self._days(last)
        day, start, end = first.begin, final.begin, final.last
        if day is None or start is None or end is None:
            return UNKNOWN
        if isinstance(last, Calendar) and last.year is None and end < day:
            if last.month is not None:
                final = self._days(replace(last, year=day.year + (last.month < day.month)))
            elif last.weekday is not None:
                final = edtf.day_of(day + timedelta((last.weekday - day.weekday()) % 7))
        elif isinstance(begin, Calendar) and begin.year is None and begin.month is not None:
            if day > end or edtf.add_months(day, 12) <= end:
                first = self._days(replace(begin, year=start.year - (begin.month > start.month)))
        elif isinstance(begin, Thirds) and isinstance(begin.of, Calendar) and begin.of.year is None and day > end:
            first = self._days(replace(begin, of=replace(begin.of, year=day.year - 1)))
        return edtf.between(first, final)

    # -- counted from a day ----------------------------------------------------------------------------------------

    def _shifted(self, term: Shifted) -> Stretch:
        if isinstance(term.origin, Retold):
            return self._later(term)
        told = self._days(term.origin) if term.origin is not None else edtf.day_of(self._release)
        origin, exact = told.begin, term.origin is not None
        if origin is None or term.count is None or term.count != int(term.count):
            return UNKNOWN
        count = int(term.count) * term.sign
        if term.unit in edtf.DAYS:
            day = origin + timedelta(count * edtf.DAYS[term.unit])
            return edtf.day_of(day) if term.unit == "day" or exact else edtf.week_of(day)
        if term.unit not in edtf.MONTHS:
            return UNKNOWN
        day = edtf.add_months(origin, count * edtf.MONTHS[term.unit])
        if exact and told.precision is Precision.DAY:
            return edtf.day_of(day)
        return edtf.month_of(day.year, day.month) if term.unit == "month" else edtf.year_of(day.year)

    def _later(self, term: Shifted) -> Stretch:
        """`two years later`: counted from the last time told, of those before the release, that is as fine as the unit."""
        if term.unit not in edtf.DAYS and term.unit not in edtf.MONTHS:  # a day tells no hour
            return UNKNOWN
        fine = (Precision.DAY,) if term.unit in edtf.DAYS else (Precision.DAY, Precision.MONTH)
        for index, told in reversed(self._before):
            if told.begin is None or term.count is None or (self.published is not None and told.begin >= self.published):
                continue
            if term.unit in ("year", "decade", "century") or told.precision in fine:
                self._anchor = index
                count = int(term.count) * term.sign
                if term.unit in edtf.DAYS:
                    return edtf.day_of(told.begin + timedelta(count * edtf.DAYS[term.unit]))
                day = edtf.add_months(told.begin.replace(day=1), count * edtf.MONTHS.get(term.unit, 0))
                return edtf.month_of(day.year, day.month) if term.unit == "month" else edtf.year_of(day.year)
        return UNKNOWN if self._before else self._shifted(replace(term, origin=Deictic(0)))

    def _retold(self, unit: str, shift: int) -> Stretch:
        for index, told in reversed(self._before):
            if told.begin is None or (unit in ("day", "week", "weekend") and told.precision is not Precision.DAY):
                continue
            if unit == "month" and told.precision not in (Precision.DAY, Precision.MONTH):
                continue
            self._anchor = index
            if unit == "day":
                return edtf.day_of(told.begin + timedelta(shift))
            if unit == "week":
                return edtf.week_of(told.begin + timedelta(7 * shift))
            if unit == "weekend":
                return beside(told.begin, self._tense, Beside("weekend", 0))
            if unit in ("month", "quarter"):
                size = edtf.MONTHS[unit]
                first = edtf.add_months(told.begin.replace(day=1), size * shift)
                return (
                    edtf.month_of(first.year, first.month) if size == 1 else edtf.quarter_of(first.year, (first.month + 2) // 3)
                )
            if unit == "year" and told.value and "/" in told.value and told.precision is Precision.YEAR and told.last:
                begin = edtf.add_months(told.begin, 12 * shift)
                return edtf.days_between(begin, edtf.add_months(begin, 12) - timedelta(1), Precision.YEAR)
            return edtf.year_of(told.begin.year + shift) if unit == "year" else UNKNOWN
        if not self._before or (shift and unit != "day"):  # nothing told before: the release itself is what is counted from
            return edtf.day_of(self._release + timedelta(shift)) if unit == "day" else beside(
                self._release, self._tense, Beside(unit, shift)
            )  # fmt: skip
        return UNKNOWN

    def _holiday(self, term: Holiday) -> Stretch:
        rule = calendars.holiday_rule(term.name, self.country)
        if rule is None:
            return UNKNOWN
        if term.year is not None:
            return edtf.day_of(calendars.holiday(rule, term.year))
        if term.years is not None:
            return edtf.day_of(calendars.holiday(rule, self._release.year + term.years))
        if term.shift is not None:  # the last or next one, however near another is
            near = (calendars.holiday(rule, self._release.year + years) for years in range(-1, 2))
            found = [day for day in near if (day - self._release).days * term.shift > 0]
            return edtf.day_of(max(found) if term.shift < 0 else min(found))
        return of_nearest_year(self._release, self._tense, lambda year: edtf.day_of(calendars.holiday(rule, year)))


@lru_cache(maxsize=4096)
def _parse(text: str, order: str) -> date | None:
    """The day that digits name; where the order does not fit them, the other one does."""
    settings = {"DATE_ORDER": order, "STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"]}
    found = dateparser.parse(text, languages=["en"], settings=settings)
    return found.date() if found else None
