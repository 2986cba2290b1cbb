"""A text as the words, numbers and signs that the grammar of time reads."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Container
from decimal import Decimal

from communique.lexicons import lexicon
from communique.normalise import numbers
from communique.normalise.dates_terms import Term

Found = tuple[int, Term]
"""The token after an expression, and what it says."""

TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|['’]s\b|\n|[^\s\w]|_")
PADDING = 16  # empty tokens after the last, so that rules may look ahead
YEARS = range(1500, 2200)  # four digits outside of it are no year

_WORDS = lexicon("times")
MONTHS: dict[str, int] = _WORDS["months"]
SHORT_MONTHS: dict[str, int] = _WORDS["abbreviated_months"]
WEEKDAYS: dict[str, int] = _WORDS["weekdays"]
SHORT_WEEKDAYS: dict[str, int] = _WORDS["abbreviated_weekdays"]
UNITS: dict[str, str] = _WORDS["units"]
CLOCK = frozenset({"minute", "hour"})
"""Units that no calendar counts."""
ORDINALS: dict[str, int] = {word: n for n, word in enumerate(_WORDS["ordinals"]["words"], 1)}
ORDINALS |= {"thirtieth": 30}
NUMBER_STARTS = frozenset(numbers.SMALL) | {"a", "an", "half", "hundred", "dozen", "couple"}
SUFFIXES = frozenset({"st", "nd", "rd", "th"})
DASHES = frozenset("-–—‑‒−")
UNSURE_MONTHS = frozenset({"may", "march", "mar"})


class Tokens(ABC):
    """The tokens of a text with their places, and the small things that every rule reads."""

    def __init__(self, text: str, borders: Container[int] | None = None) -> None:
        """Read a text; a line's end parts what stands on both sides, unless `borders` has not the first character after it."""
        self.text = text
        self.word: list[str] = []
        self.start: list[int] = []
        ended = False
        for match in TOKEN.finditer(text):
            word = match.group()
            if word == "\n":
                ended = True
                continue
            start = match.start()
            if ended:
                if borders is None or start in borders:
                    self.word.append("\n")
                    self.start.append(start - 2)  # so that it touches nothing
                ended = False
            self.word.append(word)
            self.start.append(start)
        self.count = len(self.word)
        self.low = [word.lower() for word in self.word]
        self.word += [""] * PADDING
        self.low += [""] * PADDING
        self.start += [len(text)] * PADDING

    def end(self, i: int) -> int:
        """Where a token ends."""
        return self.start[i] + len(self.word[i])

    def glued(self, i: int) -> bool:
        """Whether nothing stands between a token and the one before it."""
        return i > 0 and self.start[i - 1] + len(self.word[i - 1]) == self.start[i]

    def digits(self, i: int, longest: int = 2) -> int | None:
        """The number of a token of so many digits at most."""
        word = self.word[i]
        return int(word) if 0 < len(word) <= longest and "0" <= word[0] <= "9" else None

    def skip(self, i: int, *words: str) -> int:
        """The token after one of these words, or the same token where none stands there."""
        return i + 1 if self.low[i] in words else i

    def year(self, i: int) -> int | None:
        """The year that a token of four digits names."""
        word = self.word[i]
        if len(word) != 4 or not "1" <= word[0] <= "2" or not word.isdecimal():
            return None
        year = int(word)
        return year if year in YEARS and not self.counted(i) else None

    def counted(self, i: int) -> bool:
        """Whether digits are part of a longer number, or counted in per cent."""
        after = self.low[i + 1]
        if after in (",", ".") and self.glued(i + 1) and self.glued(i + 2) and self.digits(i + 2, 9) is not None:
            return (after == "," and len(self.word[i + 2]) == 3) or (
                after == "." and (len(self.word[i + 2]) != 2 or len(self.word[i]) == 4)
            )
        if after == "%" or (
            after in ("percent", "per") and self.low[i + 1 : i + 3] != ["per", "year"] and self.low[i + 2] == "cent"
        ):
            return True
        before = i > 1 and self.low[i - 1] in (",", ".") and self.glued(i) and self.glued(i - 1)
        return before and self.digits(i - 2, 9) is not None and self.digits(i - 2) is None

    def number(self, i: int) -> tuple[int, Decimal] | None:
        """A number in digits or words, and the token after it."""
        word = self.low[i]
        if "0" <= word[:1] <= "9":
            if len(word) > 4:
                return None
            if self.low[i + 1] in (".", ",") and self.glued(i + 1) and self.glued(i + 2) and self.digits(i + 2, 3) is not None:
                whole = self.low[i + 1] == "," and len(self.word[i + 2]) == 3
                return i + 3, Decimal(word + ("" if whole else ".") + self.word[i + 2])
            return self.skip(i + 1, "+"), Decimal(word)
        if word not in NUMBER_STARTS:
            return None
        read = numbers.read_words(self.text, self.start[i])
        if read is None:
            return None
        value, end = read
        j = i + 1
        while self.start[j] < end:
            j += 1
        if (
            self.low[j - 1] in ("quarters", "quarter") and self.low[j] not in UNITS and word in numbers.SMALL
        ):  # three quarters of a year
            j, value = i + 1, Decimal(numbers.SMALL[word])
        if value < 1 or word == "half":
            j = self.skip(j, "a", "an")
        if self.low[j] == "(" and self.digits(j + 1, 4) == value and self.low[j + 2] == ")":  # five (5) years
            j += 3
        return j, value

    def ordinal(self, i: int) -> tuple[int, int] | None:
        """An ordinal up to the thirty-first, and the token after it."""
        word = self.low[i]
        if word in ORDINALS:
            return i + 1, ORDINALS[word]
        if word in ("twenty", "thirty"):
            j = i + 1 + (self.low[i + 1] in DASHES)
            unit = ORDINALS.get(self.low[j], 99)
            return (j + 1, numbers.SMALL[word] + unit) if unit < 10 else None
        day = self.digits(i)
        if day is not None and self.low[i + 1] in SUFFIXES and self.glued(i + 1):
            return i + 2, day
        return None

    def day(self, i: int) -> tuple[int, int] | None:
        """A day of the month in digits or as an ordinal, and the token after it."""
        found = self.ordinal(i)
        if found is None:
            day = self.digits(i)
            if day is None or self.counted(i) or (self.low[i + 1] == ":" and self.glued(i + 1)):
                return None
            found = i + 1, day
        return found if 1 <= found[1] <= 31 else None

    def month(self, i: int) -> tuple[int, int] | None:
        """A month by its name or abbreviation, and the token after it."""
        word = self.low[i]
        month = MONTHS.get(word)
        if month is not None:
            return i + 1, month
        month = SHORT_MONTHS.get(word)
        return (self.skip(i + 1, "."), month) if month is not None else None

    def sure_month(self, i: int) -> bool:
        """Whether a month's name is written as one: with a capital, or where it is no other word."""
        return self.word[i][0].isupper() or self.low[i] not in UNSURE_MONTHS

    @abstractmethod
    def time(self, i: int, depth: int = 0) -> Found | None:
        """A point or span of calendar time that starts at a token."""

    @abstractmethod
    def length(self, i: int) -> Found | None:
        """A length of time that starts at a token."""
