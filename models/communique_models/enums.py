"""The closed vocabularies of a record, and what each status is called by the trackers of aid."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a party is."""

    COUNTRY = "country"
    PUBLIC_BODY = "public_body"
    INTERGOVERNMENTAL = "intergovernmental"
    COMPANY = "company"
    NONPROFIT = "nonprofit"
    PERSON = "person"
    GROUP = "group"


class CurrencyBasis(StrEnum):
    """What told the currency of an amount."""

    CODE = "code"
    SYMBOL = "symbol"
    WORD = "word"
    CONTEXT = "context"
    AMBIGUOUS = "ambiguous"


class Comparator(StrEnum):
    """How a sum stands to its number: ``~`` about, ``<=`` up to, ``range`` between two."""

    EQUAL = "="
    ABOUT = "~"
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    RANGE = "range"


class Per(StrEnum):
    """The unit of a rate; ``unit`` is a share, a household, a head."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    UNIT = "unit"


class Basis(StrEnum):
    """What a sum is: new money, a running total, an earlier sum, or none of these."""

    NEW = "new"
    CUMULATIVE = "cumulative"
    PREVIOUS = "previous"
    OTHER = "other"


class Precision(StrEnum):
    """How fine a date is told."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    DURATION = "duration"
    RECURRING = "recurring"


class Action(StrEnum):
    """What a commitment's provider does."""

    FUND = "fund"
    LEND = "lend"
    INVEST = "invest"
    BUY = "buy"
    SELL = "sell"
    SUPPLY = "supply"
    SERVE = "serve"
    AGREE = "agree"
    COOPERATE = "cooperate"
    BUILD = "build"
    REGULATE = "regulate"
    EMPLOY = "employ"
    REDUCE = "reduce"
    PUBLISH = "publish"
    PAY = "pay"
    OTHER = "other"


class Status(StrEnum):
    """How firmly a commitment stands, from proposed to delivered; `STATUS_CROSSWALK` has the trackers' words."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    PLEDGED = "pledged"
    AGREED = "agreed"
    ALLOCATED = "allocated"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


class DateRole(StrEnum):
    """What a date is to its commitment."""

    MADE = "made"
    DONE = "done"
    START = "start"
    DUE = "due"
    PERIOD = "period"


class Purpose(StrEnum):
    """What a commitment is for."""

    MILITARY = "military"
    HUMANITARIAN = "humanitarian"
    FINANCIAL = "financial"
    RECONSTRUCTION = "reconstruction"
    ENERGY = "energy"
    HEALTH = "health"
    EDUCATION = "education"
    ENVIRONMENT = "environment"
    INFRASTRUCTURE = "infrastructure"
    RESEARCH = "research"
    TRADE = "trade"
    JOBS = "jobs"
    JUSTICE = "justice"
    SECURITY = "security"
    CULTURE = "culture"
    OTHER = "other"


class PublishedBasis(StrEnum):
    """Where a release's publication date comes from."""

    OPTION = "option"
    SIDECAR = "sidecar"
    METADATA = "metadata"
    DATELINE = "dateline"
    URL = "url"
    FILENAME = "filename"
    NONE = "none"


class Uncounted(StrEnum):
    """Why an amount of a commitment adds to no total."""

    PART_OF_TOTAL = "part_of_total"
    CUMULATIVE = "cumulative"
    PREVIOUS = "previous"
    RATE = "rate"
    OTHER = "other"
    NOT_YET_PLEDGED = "not_yet_pledged"
    WITHDRAWN = "withdrawn"
    RESTATED = "restated"
    EQUIVALENT = "equivalent"


class Relation(StrEnum):
    """How a commitment stands to an earlier one, of another release, of the same undertaking."""

    SAME_AS = "same_as"
    UPDATES = "updates"
    DRAWS_DOWN = "draws_down"
    FULFILS = "fulfils"
    WITHDRAWS = "withdraws"


class UpdateEffect(StrEnum):
    """What an update does to the sum: puts another in its place, or adds to it."""

    REPLACES = "replaces"
    ADDS = "adds"


class NoticeCode(StrEnum):
    """What a reader of the record should know of what could not be settled."""

    UNRESOLVED_DATE = "unresolved_date"
    AMBIGUOUS_CURRENCY = "ambiguous_currency"
    UNKNOWN_PUBLICATION_DATE = "unknown_publication_date"
    UNLINKED_AMOUNT = "unlinked_amount"
    NOT_ENGLISH = "not_english"
    NO_TEXT = "no_text"
    TRUNCATED = "truncated"
    ENCODING = "encoding"


class Crosswalk(NamedTuple):
    """One status in the words of IATI (transaction type), OCHA FTS and the Kiel trackers; None where they have none."""

    iati: tuple[int, ...]
    fts: str | None
    kiel: str | None


STATUS_CROSSWALK: dict[Status, Crosswalk] = {
    Status.PROPOSED: Crosswalk((), None, None),
    Status.PLANNED: Crosswalk((), None, None),
    Status.PLEDGED: Crosswalk((12,), "pledge", "commitment"),
    Status.AGREED: Crosswalk((2,), "commitment", "commitment"),
    Status.ALLOCATED: Crosswalk((2,), "commitment", "allocation"),
    Status.DELIVERED: Crosswalk((3, 4), "paid", "allocation"),
    Status.WITHDRAWN: Crosswalk((), None, None),
}

FIRM = frozenset({Status.PLEDGED, Status.AGREED, Status.ALLOCATED, Status.DELIVERED})
"""The statuses whose new money counts."""
