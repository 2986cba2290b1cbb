"""What an expression of time says, before it is known when it was said: terms, which `normalise.dates` resolves to days."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from communique.normalise.edtf import Part, Season
from communique_models import Precision


@dataclass(frozen=True, slots=True)
class Calendar:
    """A day, a month, a year or a weekday, as far as it is told; a year below 100 was written with two digits."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    shift: int | None = None  # of last, this or next year


@dataclass(frozen=True, slots=True)
class Written:
    """A day in digits, whose order is the writer's, or the one that its weekday bears out."""

    text: str
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Deictic:
    """A number of days from the publication date."""

    days: int


@dataclass(frozen=True, slots=True)
class Ordinal:
    """The n-th quarter (3 months), half (6) of something, by default of the year that is meant."""

    number: int
    months: int
    of: Term | None = None


@dataclass(frozen=True, slots=True)
class SeasonOf:
    """A season, of a year or beside the publication date; `shift` is last, this, next."""

    season: Season
    year: int | None = None
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class Fiscal:
    """A fiscal year by the year that names it, by both its years, or beside the current one."""

    year: int | None = None
    first: int | None = None
    shift: int | None = None
    school: bool = False


@dataclass(frozen=True, slots=True)
class YearPair:
    """Two years that follow each other, written `2005-06`: a fiscal year where the issuer counts so."""

    first: int


@dataclass(frozen=True, slots=True)
class Decade:
    """A decade by its first year; two digits mean the one nearest before the publication date."""

    year: int


@dataclass(frozen=True, slots=True)
class Century:
    """A century by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class Beside:
    """The unit, month or weekday that is so many before or after that of the publication date."""

    unit: str
    shift: int
    which: int = 0
    near: bool = False  # the nearest one before or after, not the one of the week or year beside


@dataclass(frozen=True, slots=True)
class Shifted:
    """A number of units before (sign -1) or after a time, by default the publication date; None where it is told roughly."""

    count: Decimal | None
    unit: str
    sign: int
    origin: Term | None = None


@dataclass(frozen=True, slots=True)
class Retold:
    """The unit so many before or after that of another time of the text: the same day, the following year."""

    unit: str
    shift: int


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday by its name in lower case; `shift` is the last or next one, `years` counts from the year of the release."""

    name: str
    year: int | None = None
    shift: int | None = None
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Thirds:
    """The first, middle or last third of a time; from one third to another where two are told."""

    part: Part
    of: Term
    until: Part | None = None


@dataclass(frozen=True, slots=True)
class Nth:
    """The n-th of a unit or weekday (`which`) in a time, or its first or last so many; below zero it counts back."""

    number: int
    count: int
    unit: str
    of: Term
    which: int = 0


@dataclass(frozen=True, slots=True)
class UpTo:
    """A number of units that end with a time, or (`sign` 1) begin with it."""

    count: Decimal
    unit: str
    end: Term
    sign: int = -1


@dataclass(frozen=True, slots=True)
class Week:
    """The week in which a day lies."""

    day: Term


@dataclass(frozen=True, slots=True)
class Between:
    """From one time to another."""

    begin: Term
    last: Term


@dataclass(frozen=True, slots=True)
class Onwards:
    """From a time on."""

    begin: Term


@dataclass(frozen=True, slots=True)
class Length:
    """An ISO 8601 duration; None where the text leaves it open."""

    value: str | None


@dataclass(frozen=True, slots=True)
class Again:
    """A time that comes again after an ISO 8601 duration."""

    every: str


Term = (
    Calendar | Written | Deictic | Ordinal | SeasonOf | Fiscal | YearPair | Decade | Century | Beside | Shifted | Retold | Holiday
    | Thirds | Nth | UpTo | Week | Between | Onwards | Length | Again
)  # fmt: skip
"""Any of them."""

PRECISIONS = {
    "day": Precision.DAY, "weekday": Precision.DAY, "week": Precision.WEEK, "month": Precision.MONTH,
    "month_named": Precision.MONTH, "quarter": Precision.QUARTER, "year": Precision.YEAR, "decade": Precision.DECADE,
}  # fmt: skip


def precision_of(term: Term) -> Precision | None:
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
    Calendar: "calendar", Written: "digits", Deictic: "deictic", Ordinal: "part-of-year", SeasonOf: "season",
    Fiscal: "fiscal-year", YearPair: "year-pair", Decade: "decade", Century: "century", Beside: "relative", Shifted: "counted",
    Retold: "retold", Holiday: "holiday", Thirds: "third", Nth: "nth", UpTo: "months-to", Week: "week", Between: "interval",
    Onwards: "since", Length: "duration", Again: "recurring",
}  # fmt: skip


LOCAL = ("digits", "fiscal-year", "year-pair", "holiday")
"""The rules whose outcome depends on the issuer's country."""


def is_local(term: Term) -> bool:
    """Whether the days of a term depend on the issuer's country."""
    told = rule_of(term)
    return any(name in told for name in LOCAL)


def rule_of(term: Term) -> str:
    """The name of the rule that a term resolves by, with what it is applied to."""
    name = RULES[type(term)]
    match term:
        case Thirds(of=of) | Nth(of=of) | Onwards(begin=of) | Ordinal(of=of) if of is not None:
            return f"{name}({rule_of(of)})"
        case Between(begin, last):
            return f"{name}({rule_of(begin)},{rule_of(last)})"
        case Calendar(year=None, month=None, weekday=weekday):
            return f"{name}:day-of-month" if weekday is None else f"{name}:weekday"
        case Calendar(shift=int()):
            return f"{name}:of-year-beside"
        case Calendar(year=None):
            return f"{name}:no-year"
    return name
