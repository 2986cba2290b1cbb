"""Calendars, EDTF and the way back: a time written in some style is read as what it was."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.analysis import Context, DateFact, analysis_of
from communique.normalise import calendars, edtf
from communique.normalise.dates import Resolver
from communique.normalise.dates_near import Tense
from communique.normalise.dates_terms import Beside, Calendar, Deictic, Length, Shifted, Written
from communique.normalise.edtf import Part, Season, Stretch
from communique_models import Precision

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NLP = spacy.blank("en")
NLP.add_pipe("communique_dates")
DAYS = st.dates(date(1901, 1, 1), date(2099, 12, 31))


def read(text: str, published: date | None = None, country: str | None = None) -> list[DateFact]:
    doc = NLP.make_doc(text)
    analysis_of(doc, Context(published_on=published, country=country))
    return analysis_of(NLP(doc)).dates


def ordinal(day: int) -> str:
    return f"{day}{'th' if day in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


STYLES = (
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{MONTHS[d.month - 1][:3]}{'.' * (d.month != 5)} {d.day}, {d.year}",
    lambda d: f"{ordinal(d.day)} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"the {ordinal(d.day)} of {MONTHS[d.month - 1]}, {d.year}",
    lambda d: f"{d:%A}, {d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{d:%A}, {MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
    lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    lambda d: f"{d.day}-{MONTHS[d.month - 1][:3]}-{d.year}",
    lambda d: f"{MONTHS[d.month - 1].upper()} {d.day}, {d.year}",
)


@settings(deadline=None)
@given(DAYS, st.sampled_from(STYLES))
def test_a_day_in_any_style_comes_back(day: date, style: object) -> None:
    assert callable(style)
    text = f"It was signed on {style(day)} in Oslo."
    (fact,) = read(text, country="GB")
    assert (fact.value, fact.begin, fact.last, fact.precision) == (day.isoformat(), day, day, Precision.DAY)


@settings(deadline=None)
@given(DAYS, st.integers(1, 400), st.sampled_from([" to ", " until ", " through ", " – "]))
def test_two_days_come_back_as_an_interval(begin: date, length: int, join: str) -> None:
    last = begin + timedelta(length)
    (fact,) = read(f"It ran from {STYLES[0](begin)}{join}{STYLES[0](last)}.")
    assert (fact.begin, fact.last) == (begin, last)


@settings(deadline=None)
@given(st.integers(1901, 2099), st.integers(1, 12))
def test_months_and_quarters_come_back(year: int, month: int) -> None:
    (fact,) = read(f"In {MONTHS[month - 1]} {year} it grew.")
    assert (fact.value, fact.begin, fact.last) == (f"{year}-{month:02}", date(year, month, 1), edtf.month_end(year, month))
    quarter = (month + 2) // 3
    (fact,) = read(f"In Q{quarter} {year} it grew.")
    assert (fact.value, fact.begin) == (f"{year}-{32 + quarter}", date(year, 3 * quarter - 2, 1))


@settings(deadline=None)
@given(st.integers(2, 99), st.sampled_from(["day", "week", "month", "year"]))
def test_lengths_come_back(count: int, unit: str) -> None:
    for text in (f"over {count} {unit}s.", f"over the next {count} {unit}s.", f"a {count}-{unit} plan."):
        (fact,) = read(text)
        assert (fact.value, fact.begin, fact.last) == (f"P{count}{unit[0].upper()}", None, None)


@given(DAYS, st.sampled_from(list(Part)))
def test_the_thirds_of_a_year_cover_it(day: date, part: Part) -> None:
    year = edtf.year_of(day.year)
    parts = [edtf.part_of(year, part) for part in Part]
    assert (parts[0].begin, parts[2].last) == (year.begin, year.last)
    assert [after.begin for after in parts[1:]] == [before.last + timedelta(1) for before in parts[:2] if before.last]
    month = edtf.part_of(edtf.month_of(day.year, day.month), part)
    assert month.begin is not None
    assert month.begin.day == 1 + 10 * part


@given(DAYS, st.integers(-600, 600))
def test_months_added_and_taken_away_keep_the_month(day: date, months: int) -> None:
    first = day.replace(day=1)
    assert edtf.add_months(edtf.add_months(first, months), -months) == first


@pytest.mark.parametrize(
    ("begin", "last", "value"),
    [
        (date(2024, 5, 3), date(2024, 5, 3), "2024-05-03"),
        (date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2024, 1, 1), date(2025, 12, 31), "2024/2025"),
        (date(2024, 9, 1), date(2024, 12, 31), "2024-09/2024-12"),
        (date(2024, 9, 2), date(2024, 12, 31), "2024-09-02/2024-12-31"),
    ],
)
def test_intervals_are_told_in_the_shortest_notation(begin: date, last: date, value: str) -> None:
    assert edtf.interval_value(begin, last) == value


def test_seasons_are_meteorological_and_winter_begins_the_year_before() -> None:
    assert edtf.season_of(2023, Season.WINTER) == Stretch("2023-24", date(2022, 12, 1), date(2023, 2, 28), Precision.SEASON)
    assert edtf.season_of(2023, Season.AUTUMN).begin == date(2023, 9, 1)


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [
        ("5", "year", "P5Y"), ("2.5", "year", "P2Y6M"), ("0.5", "century", "P50Y"), ("3", "decade", "P30Y"),
        ("2", "fortnight", "P28D"), ("6", "week", "P6W"), ("2", "quarter", "P6M"), ("48", "hour", "PT48H"),
        ("1.5", "hour", None), ("0.3", "month", None),
    ],
)  # fmt: skip
def test_durations_in_iso_8601(count: str, unit: str, value: str | None) -> None:
    assert edtf.duration_value(Decimal(count), unit) == value


@pytest.mark.parametrize(
    ("year", "day"), [(1961, "04-02"), (2000, "04-23"), (2008, "03-23"), (2019, "04-21"), (2024, "03-31"), (2038, "04-25")]
)
def test_easter(year: int, day: str) -> None:
    assert calendars.easter(year).isoformat() == f"{year}-{day}"


@pytest.mark.parametrize(
    ("issuer", "year", "begin"),
    [
        ("AU", 2025, date(2024, 7, 1)),
        ("US", 2025, date(2024, 10, 1)),
        ("GB", 2025, date(2024, 4, 1)),
        ("LK", 2025, date(2025, 1, 1)),
        (None, 2025, date(2025, 1, 1)),
    ],
)
def test_fiscal_years_by_the_issuer(issuer: str | None, year: int, begin: date) -> None:
    assert calendars.fiscal_year(year, calendars.fiscal_start(issuer)).begin == begin


def test_japan_and_singapore_name_a_fiscal_year_by_its_first() -> None:
    assert [read("in FY2024", country=country)[0].begin for country in ("SG", "JP", "IN")] == [
        date(2024, 4, 1),
        date(2024, 4, 1),
        date(2023, 4, 1),
    ]


def test_two_digits_mean_the_nearest_year() -> None:
    assert [calendars.two_digit_year(*pair) for pair in ((96, 2012), (25, 1999), (30, 2024), (80, 2024), (99, 2101))] == [
        1996,
        2025,
        2030,
        1980,
        2099,
    ]


def test_a_holiday_whose_country_is_not_known_is_not_guessed() -> None:
    assert calendars.holiday_rule("thanksgiving", None) is None
    assert calendars.holiday_rule("christmas", None) == "12-25"
    assert calendars.holiday("thu4-11", 2024) == date(2024, 11, 28)
    assert calendars.holiday("mon-1-05", 2024) == date(2024, 5, 27)


@given(DAYS)
def test_without_a_publication_date_the_relative_waits(day: date) -> None:
    for term in (Deictic(0), Beside("year", -1), Shifted(Decimal(2), "week", -1), Calendar(None, day.month)):
        resolved = Resolver().resolve(term)
        assert (resolved.stretch.value, resolved.stretch.begin, resolved.anchor) == (None, None, "release")
    assert Resolver().resolve(Length("P5Y")).anchor == "absolute"


@given(DAYS, st.sampled_from(list(Tense)), st.integers(0, 6))
def test_a_weekday_is_within_a_week_and_of_its_tense(published: date, tense: Tense, weekday: int) -> None:
    found = Resolver(published).resolve(Calendar(weekday=weekday), tense).stretch.begin
    assert found is not None
    assert found.weekday() == weekday
    assert abs((found - published).days) < 7
    assert (found - published).days * tense >= 0


def test_days_that_no_calendar_has_are_unknown() -> None:
    assert read("on 30 February 2023")[0].value is None
    assert Resolver(date(2024, 1, 1), "GB").resolve(Written("31/04/2023")).stretch.value is None
    assert read("on 29 February", date(2023, 3, 1))[0].value == "2024-02-29"
