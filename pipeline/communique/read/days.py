"""Days as files name them: ISO 8601, eight digits, or an English month; digits in an open order are none."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
WRITTEN = re.compile(
    r"(?:[A-Za-z]{3,9},?\s)?"
    r"(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?\s(?P<m>[A-Za-z]{3,9})\.?,?|(?P<us_m>[A-Za-z]{3,9})\.?\s(?P<us_d>\d{1,2})(?:st|nd|rd|th)?,?)"
    r"\s(?P<y>\d{4})(?!\d)"
)
LONGEST = 80  # characters of what is a date


def day_of(told: str) -> date | None:
    """The day at the start of some words, as it stands there whatever the time zone; None if there is none."""
    words = " ".join(told[:LONGEST].split())
    try:
        if match := ISO.match(words):
            return date(*(int(part) for part in match.groups()))
        if match := WRITTEN.match(words):
            month = (match["m"] or match["us_m"])[:3].lower()
            return date(int(match["y"]), MONTHS.index(month) + 1, int(match["d"] or match["us_d"]))
    except ValueError:
        return None
    return None
