"""Days, months and years as a calendar names them."""

from __future__ import annotations

import re
from dataclasses import replace

from communique.annotate.dates.tokens import (
    DASHES,
    MONTHS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    Found,
    Tokens,
)
from communique.normalise.dates_terms import Beside, Between, Calendar, Term, Written

DIGITS_ONLY = re.compile(
    r"(?P<iso>[12][0-9]{3}([-‑/.])[0-9]{1,2}\2[0-9]{1,2})(?![0-9]|\2[0-9])"
    r"|(?P<written>[0-9]{1,2} ?([-‑/.]) ?[0-9]{1,2}\4(?:[12][0-9]{3}|[0-9]{2}))(?![0-9]|\4[0-9]|%)"
)
"""A day in digits: the year first, or last after a day and a month in either order."""
TIMES_OF_DAY = ("morning", "afternoon", "evening", "night")
BESIDE_YEAR = {"last": -1, "this": 0, "next": 1}
BEFORE_DAY = frozenset({"on", "by", "until", "from", "before", "after", "through", "dated", "since", "this"})
ON_DAY = frozenset({"on", "by", "until", "till", "from", "before", "after"})
AFTER_DAY = frozenset({"and", "at", "when", "to", "with", "in", "we", "as", "for"})
MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])([/-])((?:19|20)[0-9]{2})(?![0-9]|[-/.][0-9])")


class CalendarRules(Tokens):
    """Rules for days, months and years."""

    def calendar(self, i: int) -> Found | None:
        """A weekday with or without its date, a day, a month."""
        found = self._calendar(i)
        if found is None or self.low[found[0]] != "(" or self.low[found[0] + 2] != ")":
            return found
        weekday = WEEKDAYS.get(self.low[found[0] + 1], SHORT_WEEKDAYS.get(self.low[found[0] + 1]))  # 20 May (Monday)
        if weekday is None or not isinstance(found[1], Calendar) or found[1].day is None or found[1].weekday is not None:
            return found
        return found[0] + 3, replace(found[1], weekday=weekday)

    def _calendar(self, i: int) -> Found | None:
        weekday = WEEKDAYS.get(self.low[i])
        if weekday is None:
            weekday = SHORT_WEEKDAYS.get(self.low[i])
            if weekday is None:
                return self.dated(i, None) or self.slashed(i) or self.day_alone(i)
            if not self.word[i][0].isupper():
                return None
            k = self.skip(self.skip(self.skip(i + 1, "."), ","), "the")
            found = self.dated(k, weekday)
            day = self.ordinal(k) if found is None else None
            return (day[0], Calendar(day=day[1], weekday=weekday)) if day else found
        k = self.skip(i + 1, ",")
        of = self.skip(self.skip(k, *TIMES_OF_DAY), "of")
        if self.low[of] in ("last", "this", "next") and self.low[of + 1] == "week":
            return of + 2, Beside("weekday", {"last": -1, "this": 0, "next": 1}[self.low[of]], weekday)
        if self.low[k] in TIMES_OF_DAY:
            found = self.dated(self.skip(k + 1, ","), weekday)
            return found or (k + 1, Calendar(weekday=weekday))
        if (found := self.slashed(k)) and isinstance(found[1], Written):
            return found[0], Written(found[1].text, weekday)
        inside = self.low[k] == "("
        found = self.dated(self.skip(k + inside, "the"), weekday)
        day = self.ordinal(self.skip(k, "the")) or (self.day(k) if not self.low[k + 1] or self.low[k + 1] in ".,;!?\n" else None)
        if (
            found is None
            and day
            and self.low[day[0]] not in ("of", "annual")
            and (self.low[k] == "the" or self.digits(k) is not None)
        ):
            return day[0], Calendar(day=day[1], weekday=weekday)
        if found is not None and self.low[i + 1] == "," and isinstance(found[1], Calendar) and found[1].day is None:
            found = None
        if found is None:
            return (i + 1, Calendar(weekday=weekday)) if self.word[i][0].isupper() else None
        if inside and self.low[found[0]] == ")":
            return found[0] + 1, found[1]
        return found

    def dated(self, i: int, weekday: int | None) -> Found | None:
        """A day with its month, a month with its year, a day in digits."""
        word = self.low[i]
        if not word:
            return None
        if "0" <= word[0] <= "9":
            return self.in_digits(i) or self.day_first(i, weekday) or self.year_first(i)
        if word in MONTHS or word in SHORT_MONTHS:
            return self.month_first(i, weekday)
        return self.day_first(i, weekday) if word == "the" or self.ordinal(i) else None

    def in_digits(self, i: int) -> Found | None:
        """`2024-05-31`, `31/05/2024`, `30.06.2017`, `06/2004`."""
        if len(self.word[i]) > 4:
            return None
        joined = i > 1 and self.glued(i) and self.word[i - 1] in (".", "/", "-", "$", "£", "€") and self.glued(i - 1)
        if joined and not (self.word[i - 1] == "-" and len(self.word[i - 2]) == 4):  # but the second day of a range is one
            return None
        match = DIGITS_ONLY.match(self.text, self.start[i])
        if match is not None:
            return self._after(match.end(), i), Written(match.group().replace(" ", "").replace("‑", "-"))
        match = MONTH_YEAR.match(self.text, self.start[i])
        if match is not None and (match[2] == "/" or len(match[1]) == 2) and not (i > 0 and self.word[i - 1] in ("/", "-")):
            return self._after(match.end(), i), Calendar(int(match[3]), int(match[1]))
        return None

    def slashed(self, i: int) -> Found | None:
        """`5/12`, a day and a month without a year, after a weekday or a word that a day follows."""
        one, other = self.digits(i), self.digits(i + 2)
        if one is None or other is None or self.low[i + 1] != "/" or not (self.glued(i + 1) and self.glued(i + 2)):
            return None
        before = self.low[i - 1] if i else ""
        if not (before in BEFORE_DAY or before in WEEKDAYS or before == ",") or (one, other) == (9, 11) or max(one, other) > 31:
            return None
        after = self.low[i + 3]
        if after in ("of", "%", "per", "percent") or (
            self.glued(i + 3)
            and (after.isalnum() or after == "/" or (after == "." and self.glued(i + 4) and self.digits(i + 4, 9) is not None))
        ):
            return None
        return (i + 3, Written(f"{one}/{other}")) if min(one, other) in range(1, 13) else None

    def slashed_range(self, k: int, begin: Written) -> Found | None:
        """`5/1-5/7, 2020`, `10/1-11/2/2017`: what follows a day in digits without its year, from the sign between them."""
        if begin.text.count("/") != 1:
            return None
        full = DIGITS_ONLY.match(self.text, self.start[k + 1])
        if full is not None and "/" in (full["written"] or ""):
            last = Written(full.group().replace(" ", ""))
            return self._after(full.end(), k), Between(Written(f"{begin.text}/{last.text.rsplit('/', 1)[1]}"), last)
        one, other = self.digits(k + 1), self.digits(k + 3)
        if one is None or other is None or self.low[k + 2] != "/" or not 1 <= min(one, other) <= 12 or max(one, other) > 31:
            return None
        year = self.year(self.skip(k + 4, ","))
        ending = f"/{year}" if year else ""
        after = self.skip(k + 4, ",") + 1 if year else k + 4
        return after, Between(Written(begin.text + ending), Written(f"{one}/{other}{ending}"))

    def day_alone(self, i: int) -> Found | None:
        """`on the 18th`: a day of the month that only the time of the release tells."""
        j = self.skip(i, "the")
        if not i or self.low[i - 1] not in ON_DAY or self.digits(j) is None:
            return None
        day = self.ordinal(j)
        if day is None or not 1 <= day[1] <= 31:
            return None
        after = self.low[day[0]]
        return (day[0], Calendar(day=day[1])) if not after[:1].isalnum() or (j > i and after in AFTER_DAY) else None

    def _after(self, end: int, i: int) -> int:
        while self.start[i] < end:
            i += 1
        return i

    def day_first(self, i: int, weekday: int | None = None) -> Found | None:
        """`16 February 2023`, `the 3rd of March`, `23/Sep/2020`."""
        found = self.day(self.skip(i, "the"))
        if found is None:
            return None
        k, day = found
        ordinal = self.low[k - 1] != self.word[k - 1] or not self.low[k - 1][:1].isdigit()
        joined = self.low[k] in ("-", "/") and self.glued(k) and self.glued(k + 1)
        k += joined
        of = self.skip(self.skip(k, "day"), "of")
        month = self.month(self.skip(of, "the") if of > k else of)
        if month is None or not (self.sure_month(month[0] - 1 - (self.low[month[0] - 1] == ".")) or ordinal):
            return None
        k = month[0]
        if joined and self.low[k] in ("-", "/") and self.glued(k):
            short = self.digits(k + 1)
            year = self.year(k + 1) if short is None else short
            return (k + 2, Calendar(year, month[1], day, weekday)) if year is not None else None
        return self.with_year(k, month[1], day, weekday)

    def month_first(self, i: int, weekday: int | None = None) -> Found | None:
        """`February 16, 2023`, `Feb. 16`, `March 2024`, `May`."""
        month = self.month(i)
        if month is None:
            return None
        k, number = month
        sure = self.sure_month(i)
        joined = self.low[k] in ("-", "/") and self.glued(k) and self.glued(k + 1)
        j = self.skip(k, "the") if not joined else k + 1
        day = self.day(j) or (self.ordinal(self.skip(j, ",")) if self.low[j] == "," else None)
        person = self.low[i] in ("may", "march") and weekday is None and self._names_person(i)
        if day is not None and (sure or day[0] > j + 1) and not person and not self._measured(day[0]):
            return self.with_year(day[0], number, day[1], weekday)
        if not sure and self.low[i] not in MONTHS:
            return None
        if joined:
            year = self.year(j)
            return (j + 1, Calendar(year, number)) if year else (i + 1, Calendar(month=number))
        found = self.with_year(k, number, None, weekday)
        if isinstance(found[1], Calendar) and found[1].year is None and not sure:
            return None
        return found

    def _measured(self, i: int) -> bool:
        """Whether the number before a token counts things: `May 10 million`, `June 30-year`."""
        word = self.low[i]
        return word in ("million", "billion", "percent", "%", "per") or (
            word in DASHES and self.low[i + 1] in ("year", "day", "month", "week")
        )

    def _names_person(self, i: int) -> bool:
        return i > 0 and self.low[i - 1] in ("theresa", "mr", "mrs", "ms", "minister")

    def with_year(self, i: int, month: int, day: int | None, weekday: int | None) -> Found:
        """The year that may follow a day or a month: `, 2023`, `of 2023`, `'24`."""
        k = self.skip(i, ",")
        if day is not None and self.low[i] in ("-", "/") and self.glued(i) and self.glued(i + 1) and self.year(i + 1):
            return i + 2, Calendar(self.year(i + 1), month, day, weekday)
        if self.low[k] in ("of", "in") and self.year(k + 1):
            k += 1
        year = self.year(k)
        if year is not None and not self._another(k, day):
            return k + 1, Calendar(year, month, day, weekday)
        if self.low[i] in ("'", "’", "‘") and self.glued(i + 1) and len(self.word[i + 1]) == 2 and self.digits(i + 1) is not None:
            return i + 2, Calendar(int(self.word[i + 1]), month, day, weekday)
        if spelt := self.year_in_words(i):
            return spelt[0], Calendar(spelt[1], month, day, weekday)
        of = self.skip(i, "of")
        if self.low[of] in BESIDE_YEAR and self.low[of + 1] == "year":
            return of + 2, Calendar(None, month, day, weekday, BESIDE_YEAR[self.low[of]])
        short = self.digits(k)
        if (
            day is None
            and self.low[i] == "of"
            and (last := self.digits(i + 1))
            and last > 31
            and not self.word[i + 2][:1].isalnum()
        ):
            return i + 2, Calendar(last, month, None, weekday)
        if day is not None and short is not None and short > 31 and not self.counted(k) and not self.low[k + 1][:1].isalpha():
            return k + 1, Calendar(short, month, day, weekday)
        return i, Calendar(None, month, day, weekday)

    def _another(self, k: int, day: int | None) -> bool:
        """Whether a year after a month belongs to what follows: `May 2016-17` names a fiscal year, `May 2024-05-01` a day."""
        return day is None and self.low[k + 1] in DASHES and self.glued(k + 1) and len(self.word[k + 2]) == 2 \
            and self.digits(k + 2) is not None and self.glued(k + 2)  # fmt: skip

    def years_joined(self, i: int) -> bool:
        """Whether two years that follow each other stand together, `2021 and 2022`, and are not told one by one."""
        first = self.year(i)
        if i and self.low[i - 1] == "the":  # the 2021 and 2022 seasons are two
            return False
        if first is None or self.low[i + 1] not in ("and", "&") or self.year(i + 2) != first + 1:
            return False
        if i > 1 and self.low[i - 1] in (",", "and") and self.year(i - 2):
            return False
        return "respectively" not in self.low[i + 3 : i + 6] and self.low[i + 3] not in (*DASHES, "/")

    def year_in_words(self, i: int) -> tuple[int, int] | None:
        """`two thousand and fifteen`, `nineteen ninety-six`, and the token after it."""
        if self.low[i] == "nineteen" and (rest := self.number(i + 1)) and 10 <= rest[1] < 100:
            unit = self.number(rest[0]) if rest[1] % 10 == 0 and self.low[rest[0]].isalpha() else None
            if unit and unit[1] < 10:
                return unit[0], 1900 + int(rest[1] + unit[1])
            return rest[0], 1900 + int(rest[1])
        if self.low[i] != "two" or self.low[i + 1] != "thousand":
            return None
        found = self.number(i)
        return (found[0], int(found[1])) if found and 2000 <= found[1] < 2100 else None

    def year_first(self, i: int) -> Found | None:
        """`2018 March 18`, `2012/Aug/10`."""
        year = self.year(i)
        if year is None:
            return None
        k = self.skip(i + 1, "-", "/")
        month = self.month(k)
        if month is None or not self.sure_month(k):
            return None
        day = self.day(self.skip(month[0], "-", "/"))
        if day is None or self.year(day[0]) or self.low[day[0]] in DASHES:
            return None
        return day[0], Calendar(year, month[1], day[1])

    @staticmethod
    def is_month(term: Term) -> bool:
        """Whether a term is a month alone, without its year."""
        return isinstance(term, Calendar) and term.year is None and term.day is None and term.month is not None
