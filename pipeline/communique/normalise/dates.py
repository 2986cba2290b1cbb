"""Terms of time become days: against the publication date, the issuer's calendar, the tense and the times told before.

What needs a publication date and has none stays unknown, with `release` as its anchor, so that it can be resolved later.
dateparser reads the days that are written in digits, in the order of the issuer's country; it answers with points only and
takes spans, lengths and seasons for points, which is why all else is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache

import dateparser

from communique.normalise import calendars, edtf
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
)
from communique.normalise.edtf import UNKNOWN, Part, Season, Stretch
from communique_models import Precision

ABSOLUTE = "absolute"
RELEASE = "release"
NEAR = 60  # days from the publication within which a day without a year is meant, whatever the tense around it


class Tense(IntEnum):
    """When a clause happens, as far as it tells."""

    PAST = -1
    OPEN = 0
    FUTURE = 1


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a term comes to; the anchor is `absolute`, `release` or the index of an earlier time."""

    stretch: Stretch
    anchor: str | int
    rule: str


class _NoAnchor(Exception):
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
        except _NoAnchor:
            stretch = replace(UNKNOWN, precision=_precision(term))
        except (ValueError, OverflowError):  # a day that the calendar does not have
            stretch = UNKNOWN
        return Resolved(stretch, self._anchor, rule_of(term))

    @property
    def _release(self) -> date:
        self._anchor = RELEASE
        if self.published is None:
            raise _NoAnchor
        return self.published

    def _days(self, term: Term) -> Stretch:
        match term:
            case Calendar():
                return self._calendar(term)
            case Written(text):
                return self._written(text)
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
                return self._beside(term)
            case Shifted():
                return self._shifted(term)
            case Retold(unit, shift):
                return self._retold(unit, shift)
            case Holiday():
                return self._holiday(term)
            case Thirds(part, of, until):
                return self._thirds(part, of, until)
            case Nth():
                return self._nth(term)
            case UpTo():
                return self._up_to(term)
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
                return self._by_weekday(term.day, term.weekday)
            assert term.weekday is not None
            return self._weekday(term.weekday)
        month, day = term.month, term.day

        def of_year(told: int) -> Stretch:
            return edtf.month_of(told, month) if day is None else edtf.day_of(date(told, month, day))

        if year is not None:
            return of_year(year)
        if day is not None and term.weekday is not None:
            return self._nearest(of_year, lambda told: told.begin is not None and told.begin.weekday() == term.weekday)
        return self._nearest(of_year)

    def _full(self, year: int | None) -> int | None:
        """A year in four digits; two digits mean one near the publication date, or near the last time told."""
        if year is None or year >= 100:
            return year
        if self.published is None and self._before and (near := self._before[-1][1].begin):
            return calendars.two_digit_year(year, near.year)
        return calendars.two_digit_year(year, self._release.year)

    def _nearest(self, of_year: Callable[[int], Stretch], fits: Callable[[Stretch], bool] | None = None) -> Stretch:
        """The one of the years around the publication date: the last before it, the first after it, or the nearest."""
        release = self._release
        found = []
        for year in range(release.year - 1, release.year + 2) if fits is None else range(release.year - 3, release.year + 4):
            try:
                found.append(of_year(year))
            except ValueError:  # 29 February
                continue
        if fits is not None:
            found = [told for told in found if fits(told)] or found
        chosen = [told for told in found if told.begin is not None and told.last is not None]
        past = [told for told in chosen if told.begin is not None and told.begin <= release]
        future = [told for told in chosen if told.last is not None and told.last >= release]
        nearest = min(chosen, key=lambda told: _distance(told, release), default=UNKNOWN)
        if nearest.precision is Precision.DAY and _distance(nearest, release) <= NEAR:
            return nearest
        if self._tense is Tense.PAST and past:
            return past[-1]
        if self._tense is Tense.FUTURE and future:
            return future[0]
        return nearest

    def _weekday(self, weekday: int) -> Stretch:
        release = self._release
        back = (release.weekday() - weekday) % 7
        if self._tense is Tense.FUTURE and back:
            return edtf.day_of(release + timedelta(7 - back))
        if self._tense is Tense.PAST or back <= 3:
            return edtf.day_of(release - timedelta(back))
        return edtf.day_of(release + timedelta(7 - back))

    def _by_weekday(self, day: int, weekday: int | None) -> Stretch:
        """`Tuesday the eleventh`: the nearest month in which that day is that weekday."""
        release = self._release
        found = []
        for shift in (0, -1, 1, -2, 2, -3, 3):
            first = edtf.add_months(release.replace(day=1), shift)
            if day <= edtf.month_end(first.year, first.month).day and first.replace(day=day).weekday() == weekday:
                found.append(first.replace(day=day))
        return edtf.day_of(min(found, key=lambda told: abs((told - release).days))) if found else UNKNOWN

    def _written(self, text: str) -> Stretch:
        if text.count("/") == 1:
            one, other = map(int, text.split("/"))
            day, month = (other, one) if (calendars.month_first(self.country) and one <= 12) or other > 12 else (one, other)
            return self._calendar(Calendar(None, month, day))
        head, sep, tail = text, next(c for c in text if not c.isdigit()), text.rsplit(next(c for c in text if not c.isdigit()), 1)[1]
        if len(text.split(sep)[0]) == 4:
            found = _parse(text, "YMD")
        else:
            one, other = (int(part) for part in text.split(sep)[:2])
            if self.country is None and sep != "." and one != other and max(one, other) <= 12:
                return UNKNOWN  # either may be the month
            if len(tail) == 2:
                head = text[: -len(tail)] + str(self._full(int(tail)))
            found = _parse(head, "MDY" if calendars.month_first(self.country) and sep != "." else "DMY")
        return edtf.day_of(found) if found else UNKNOWN

    # -- spans -----------------------------------------------------------------------------------------------------

    def _ordinal(self, term: Ordinal) -> Stretch:
        number, months, of = term.number, term.months, term.of
        part = edtf.quarter_of if months == 3 else edtf.half_of
        if of is None:
            return self._nearest(lambda year: part(year, number))
        if isinstance(of, Fiscal):
            year = self._fiscal_name(of)
            return part(year, number) if self._start == 1 else calendars.fiscal_part(year, self._start, number, months)
        whole = self._days(of)
        if whole.begin is None or whole.last is None:
            return UNKNOWN
        if whole.precision is Precision.YEAR and whole.begin.month == 1:
            return part(whole.begin.year, number)
        length = (whole.last.year - whole.begin.year) * 12 + whole.last.month - whole.begin.month + 1
        size = length * months // 12
        begin = edtf.add_months(whole.begin, size * (number - 1))
        return edtf.days_between(begin, edtf.add_months(begin, size) - timedelta(1), Precision.YEAR)

    def _season(self, term: SeasonOf) -> Stretch:
        if term.year is not None:
            return edtf.season_of(term.year, term.season)
        release = self._release
        near = [edtf.season_of(year, term.season) for year in range(release.year - 1, release.year + 3)]
        if term.shift == 0:
            return min(near, key=lambda told: _distance(told, release)) if term.season is Season.WINTER else near[1]
        if term.shift == -1:
            return [told for told in near if told.last is not None and told.last < release][-1]
        if term.shift == 1:
            return next(told for told in near if told.begin is not None and told.begin > release)
        if self._tense is Tense.PAST:
            return [told for told in near if told.begin is not None and told.begin <= release][-1]
        return next(told for told in near if told.last is not None and told.last >= release)

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
            return Stretch(f"{term.first:04}/{term.first + 1:04}", date(term.first, 1, 1), date(term.first + 1, 12, 31), Precision.YEAR)
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

    def _nth(self, term: Nth) -> Stretch:
        whole = self._days(term.of)
        if whole.begin is None or whole.last is None:
            return UNKNOWN
        begin, last, back = whole.begin, whole.last, term.number < 0
        if term.unit in ("week", "fortnight"):
            size = 7 * term.count * (2 if term.unit == "fortnight" else 1)
            first = begin - timedelta(begin.weekday()) + timedelta(7 * (begin.weekday() > 3))  # a week belongs where its Thursday lies
            final = last - timedelta(last.weekday()) + timedelta(6) - timedelta(7 * (last.weekday() < 3))
            start = final - timedelta(size - 1) if back else first + timedelta(7 * (term.number - 1))
            return edtf.days_between(start, start + timedelta(size - 1), Precision.WEEK)
        if term.unit == "day":
            start = last - timedelta(term.count - 1) if back else begin + timedelta(term.number - 1)
            return edtf.days_between(start, start + timedelta(term.count - 1), Precision.DAY)
        months = term.count * edtf.MONTHS[term.unit]
        start = edtf.add_months(last + timedelta(1), -months) if back else edtf.add_months(begin, (term.number - 1) * edtf.MONTHS[term.unit])
        end = edtf.add_months(start, months) - timedelta(1)
        return edtf.days_between(start, end, Precision.MONTH) if end <= last else UNKNOWN

    def _up_to(self, term: UpTo) -> Stretch:
        told = self._days(term.end)
        if told.last is None or told.begin is None:
            return UNKNOWN
        if term.sign > 0:
            if term.unit in edtf.DAYS:
                after = told.begin + timedelta(int(term.count * edtf.DAYS[term.unit]))
            else:
                after = edtf.add_months(told.begin, int(term.count * edtf.MONTHS[term.unit]))
            return edtf.days_between(told.begin, after - timedelta(1), told.precision)
        after = told.last + timedelta(1)
        if term.unit in edtf.DAYS:
            begin = after - timedelta(int(term.count * edtf.DAYS[term.unit]))
        else:
            begin = edtf.add_months(after, -int(term.count * edtf.MONTHS[term.unit]))
        return edtf.days_between(begin, told.last, Precision.YEAR if term.unit == "year" else Precision.MONTH)

    def _between(self, begin: Term, last: Term) -> Stretch:
        first, final = self._days(begin), self._days(last)
        if first.begin is None or final.last is None or final.begin is None:
            return UNKNOWN
        day = first.begin
        if isinstance(last, Calendar) and last.year is None and final.last < day:
            if last.month is not None:
                final = self._days(replace(last, year=day.year + (last.month < day.month)))
            elif last.weekday is not None:
                final = edtf.day_of(day + timedelta((last.weekday - day.weekday()) % 7))
        elif isinstance(begin, Calendar) and begin.year is None and begin.month is not None:
            if day > final.last or edtf.add_months(day, 12) <= final.last:
                first = self._days(replace(begin, year=final.begin.year - (begin.month > final.begin.month)))
        elif isinstance(begin, Thirds) and isinstance(begin.of, Calendar) and begin.of.year is None and day > final.last:
            first = self._days(replace(begin, of=replace(begin.of, year=day.year - 1)))
        return edtf.between(first, final)

    # -- counted from a day ----------------------------------------------------------------------------------------

    def _beside(self, term: Beside) -> Stretch:
        release, shift = self._release, term.shift
        match term.unit:
            case "day":
                return edtf.day_of(release + timedelta(shift))
            case "week":
                return edtf.week_of(release + timedelta(7 * shift))
            case "fortnight":
                monday = release - timedelta(release.weekday()) + timedelta(14 * shift)
                return edtf.days_between(monday, monday + timedelta(13), Precision.WEEK)
            case "weekday":
                return self._weekday_beside(term)
            case "weekend":
                saturday = release - timedelta(release.weekday()) + timedelta(5 + 7 * shift)
                if shift == 0 and self._tense is Tense.PAST and saturday > release:
                    saturday -= timedelta(7)
                return edtf.days_between(saturday, saturday + timedelta(1), Precision.DAY)
            case "month":
                first = edtf.add_months(release.replace(day=1), shift)
                return edtf.month_of(first.year, first.month)
            case "month_named":
                same = shift if shift == 0 else 0 if (term.which - release.month) * shift > 0 else shift
                return edtf.month_of(release.year + same, term.which)
            case "quarter":
                first = edtf.add_months(release.replace(day=1), 3 * shift)
                return edtf.quarter_of(first.year, (first.month + 2) // 3)
            case "decade":
                return edtf.decade_of(release.year + 10 * shift)
            case "century":
                return edtf.century_of(release.year // 100 + 1 + shift)
        return edtf.year_of(release.year + shift)

    def _weekday_beside(self, term: Beside) -> Stretch:
        release = self._release
        back = (release.weekday() - term.which) % 7
        if term.shift < 0 and term.near:
            return edtf.day_of(release - timedelta(back or 7))
        ahead = (term.which - release.weekday()) % 7
        if term.near and term.shift > 0:
            return edtf.day_of(release + timedelta(ahead or 7))
        return edtf.day_of(release - timedelta(release.weekday()) + timedelta(7 * term.shift + term.which))

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
        return UNKNOWN

    def _retold(self, unit: str, shift: int) -> Stretch:
        for index, told in reversed(self._before):
            if told.begin is None or (unit in ("day", "week") and told.precision is not Precision.DAY):
                continue
            if unit == "month" and told.precision not in (Precision.DAY, Precision.MONTH):
                continue
            self._anchor = index
            if unit == "day":
                return edtf.day_of(told.begin + timedelta(shift))
            if unit == "week":
                return edtf.week_of(told.begin + timedelta(7 * shift))
            if unit in ("month", "quarter"):
                size = edtf.MONTHS[unit]
                first = edtf.add_months(told.begin.replace(day=1), size * shift)
                return edtf.month_of(first.year, first.month) if size == 1 else edtf.quarter_of(first.year, (first.month + 2) // 3)
            if unit == "year" and told.value and "/" in told.value and told.precision is Precision.YEAR and told.last:
                begin = edtf.add_months(told.begin, 12 * shift)
                return edtf.days_between(begin, edtf.add_months(begin, 12) - timedelta(1), Precision.YEAR)
            return edtf.year_of(told.begin.year + shift) if unit == "year" else UNKNOWN
        return self._beside(Beside(unit, shift)) if unit != "day" and shift else UNKNOWN

    def _holiday(self, term: Holiday) -> Stretch:
        rule = calendars.holiday_rule(term.name, self.country)
        if rule is None:
            return UNKNOWN
        if term.year is not None:
            return edtf.day_of(calendars.holiday(rule, term.year))
        if term.shift is not None:
            self._tense = Tense.PAST if term.shift < 0 else Tense.FUTURE
        return self._nearest(lambda year: edtf.day_of(calendars.holiday(rule, year)))


@lru_cache(maxsize=4096)
def _parse(text: str, order: str) -> date | None:
    """The day that digits name; where the order does not fit them, the other one does."""
    settings = {"DATE_ORDER": order, "STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"]}
    found = dateparser.parse(text, languages=["en"], settings=settings)
    return found.date() if found else None


def _distance(told: Stretch, day: date) -> int:
    if told.begin is None or told.last is None:
        return 10**6
    return max((told.begin - day).days, (day - told.last).days, 0)


PRECISIONS = {
    "day": Precision.DAY, "weekday": Precision.DAY, "week": Precision.WEEK, "month": Precision.MONTH, "month_named": Precision.MONTH,
    "quarter": Precision.QUARTER, "year": Precision.YEAR, "decade": Precision.DECADE,
}  # fmt: skip


def _precision(term: Term) -> Precision | None:
    """How fine a term is told, where its days are not known."""
    match term:
        case Deictic() | Holiday() | Written():
            return Precision.DAY
        case Calendar(month=month, day=day, weekday=weekday):
            return Precision.DAY if day or weekday is not None else Precision.MONTH if month else Precision.YEAR
        case SeasonOf():
            return Precision.SEASON
        case Ordinal(months=months):
            return Precision.QUARTER if months == 3 else Precision.HALF
        case Beside(unit=unit):
            return PRECISIONS.get(unit)
        case Fiscal():
            return Precision.YEAR
    return None


RULES: dict[type, str] = {
    Calendar: "calendar", Written: "digits", Deictic: "deictic", Ordinal: "part-of-year", SeasonOf: "season", Fiscal: "fiscal-year",
    YearPair: "year-pair", Decade: "decade", Century: "century", Beside: "relative", Shifted: "counted", Retold: "retold",
    Holiday: "holiday", Thirds: "third", Nth: "nth", UpTo: "months-to", Week: "week", Between: "interval", Onwards: "since",
    Length: "duration", Again: "recurring",
}  # fmt: skip


def rule_of(term: Term) -> str:
    """The name of the rule that a term resolves by, with what it is applied to."""
    name = RULES[type(term)]
    match term:
        case Thirds(of=of) | Nth(of=of) | Onwards(begin=of) | Ordinal(of=of) if of is not None:
            return f"{name}({rule_of(of)})"
        case Between(begin, last):
            return f"{name}({rule_of(begin)},{rule_of(last)})"
        case Calendar(year=None, month=None):
            return f"{name}:weekday"
        case Calendar(shift=int()):
            return f"{name}:of-year-beside"
        case Calendar(year=None):
            return f"{name}:no-year"
    return name


__all__ = ["ABSOLUTE", "RELEASE", "RULES", "Decimal", "Resolved", "Resolver", "Tense", "rule_of"]
