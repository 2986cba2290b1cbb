"""The grammar of time: which rule reads what stands at a token, and the ranges between two times."""

from __future__ import annotations

from communique.annotate.dates.lengths import PERIODIC, PLURAL_WEEKDAYS, REPEATED, LengthRules
from communique.annotate.dates.relatives import DEICTIC, HOLIDAY_STARTS
from communique.annotate.dates.spans import DECADES, DEPTH, FISCAL, PARTS, RELATIONS, SEASONS
from communique.annotate.dates.tokens import (
    DASHES,
    MONTHS,
    NUMBER_STARTS,
    ORDINALS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    UNITS,
    WEEKDAYS,
    YEARS,
    Found,
)
from communique.normalise.dates_terms import (
    Again,
    Between,
    Calendar,
    Deictic,
    Fiscal,
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
    Written,
    YearPair,
)

OTHER_STARTS = (
    "the", "fy", "sy", "q", "h", "each", "every", "per", "once", "twice", "times", "earlier", "later", "latter", "another",
    "year", "month", "quarter", "week", "final", "that", "same", "calendar", "between", "semi", "bi", "half", "'", "’", "these",
    "our", "its", "their", "very", "all", *PERIODIC,
)  # fmt: skip
STARTS: frozenset[str] = frozenset().union(
    MONTHS, SHORT_MONTHS, WEEKDAYS, SHORT_WEEKDAYS, PLURAL_WEEKDAYS, SEASONS, PARTS, DEICTIC, RELATIONS, REPEATED, ORDINALS,
    NUMBER_STARTS, FISCAL, HOLIDAY_STARTS, DECADES, OTHER_STARTS,
)  # fmt: skip
"""The words with which an expression of time may begin, besides digits."""
JOINS = frozenset({"to", "until", "till", "through", "thru", "thro", "~", *DASHES})
NOW = frozenset({"now", "present", "date"})
CLOSED = frozenset({"and", "in", "of", "on", "for", "with", "by", "as", "at", "we", "has", "have", "are", "is"})
AFTER_THE = STARTS | frozenset(UNITS) | {"same", "financial", "weekend", "remainder", "rest"}


class Grammar(LengthRules):
    """All rules together."""

    def time(self, i: int, depth: int = 0) -> Found | None:
        """The longest point or span of calendar time that starts at a token, no range among them."""
        word = self.low[i]
        if not word or not (word in STARTS or "0" <= word[0] <= "9"):
            return None
        best: Found | None = None
        for found in (
            self.calendar(i), self.fiscal(i), self.quarter(i, depth), self.season(i), self.decade(i), self.deictic(i),
            self.part(i, depth), self.nth(i, depth), self.late_in(i), self.beside(i), self.holiday(i), self.rest(i),
        ):  # fmt: skip
            if found is not None and (best is None or found[0] > best[0]):
                best = found
        if best is None and word == "the" and self.month(i + 1) and self.sure_month(i + 1) and not self.day(i + 2):
            best = self.calendar(i + 1)
        if best is None and (year := self.year(i)) is not None:
            best = i + 1, Calendar(year)
        if best is None and i and self.low[i - 1] == "in" and (spelt := self.year_in_words(i)):
            best = spelt[0], Calendar(spelt[1])
        return best

    def expression(self, i: int) -> Found | None:
        """The longest expression of time that starts at a token: a point or span, a range, a length, a repetition."""
        word = self.low[i]
        if word == "the" and self.low[i + 1] not in AFTER_THE and not "0" <= self.low[i + 1][:1] <= "9":
            return None
        if word == "between":
            return self.bounded(i + 1)
        best = self.days(i) or self.day_list(i) or self.range(i)
        for found in (self.length(i), self.stretch(i), self.again(i)):
            if found is not None and (best is None or found[0] > best[0]):
                best = found
        return best

    def days(self, i: int) -> Found | None:
        """`1-3 June 2024`, `June 1 to 3`, `14 and 15 June`: days of one month."""
        first = self.day(self.skip(i, "the"))
        if first is not None:
            k = first[0]
            if not (self.low[k] in JOINS or self.low[k] in ("and", "&")):
                return None
            last = self.day(self.skip(k + 1, "the"))
            if last is None or last[1] <= first[1] or (self.low[k] in ("and", "&") and last[1] != first[1] + 1):
                return None
            of = self.skip(last[0], "of")
            month = self.month(of)
            if month is None or not self.word[of][0].isupper():
                return None
            found = self.with_year(month[0], month[1], last[1], None)
        else:
            month = self.month(i)
            if month is None or not self.sure_month(i):
                return None
            first = self.day(self.skip(month[0], "the"))
            if first is None:
                return None
            k = first[0]
            if not (self.low[k] in JOINS or (self.low[k] in ("and", "&"))):
                return None
            last = self.day(self.skip(k + 1, "the"))
            if (
                last is None
                or last[1] <= first[1]
                or self.month(last[0])
                or (self.low[k] in ("and", "&") and last[1] != first[1] + 1)
            ):
                return None
            if (self.low[last[0]] in DASHES and self.low[last[0] + 1] in UNITS) or self.low[last[0]] in UNITS:
                return None
            found = self.with_year(last[0], month[1], last[1], None)
        end = found[1]
        if not isinstance(end, Calendar):
            return None
        return found[0], Between(Calendar(end.year, end.month, first[1]), end)

    def day_list(self, i: int) -> Found | None:
        """`3, 4 and 5 May`, `May 3, 4 and 5, 2024`: three days or more of one month, one after the other."""
        month = self.month(i) if self.word[i][:1].isupper() else None
        first = self.day(month[0] if month else i)
        if first is None or not (month is None or self.sure_month(i)):
            return None
        k, last = first
        while self.low[k] == "," and (day := self.day(k + 1)) and day[1] == last + 1:
            k, last = day
        if last == first[1] or self.low[self.skip(k, ",")] not in ("and", "&"):
            return None
        k = self.skip(k, ",")
        final = self.day(k + 1)
        if final is None or final[1] != last + 1:
            return None
        if month is None:
            month = self.month(self.skip(final[0], "of"))
            if month is None or not self.word[month[0] - 1][0].isupper():
                return None
            final = month[0], final[1]
        after, end = self.with_year(final[0], month[1], final[1], None)
        return (after, Between(Calendar(end.year, month[1], first[1]), end)) if isinstance(end, Calendar) else None

    def range(self, i: int) -> Found | None:
        """A time, or two with `to`, `until`, `through` or a dash between them."""
        if years := self.short_years(i):
            return years
        begin = self.time(i)
        if begin is None:
            return None
        k, term = begin
        if term == Calendar(self.year(k - 1)) and self.years_joined(k - 1):
            return k + 2, Between(term, Calendar(self.year(k + 1)))
        if self.low[k] in ("or", "and") and self.low[k + 1] in ("later", "thereafter") and self._dated(term):
            return k + 2, Onwards(term)
        if self._dated(term) and (now := self._until_now(k)):
            return now, Between(term, Deictic(0))
        if isinstance(term, Written) and self.low[k] in JOINS and (slashed := self.slashed_range(k, term)):
            return slashed
        if (
            self.low[k] in JOINS
            and not isinstance(term, (Length, Retold))
            and not (isinstance(term, YearPair) and self.low[k] in DASHES)
        ):
            dash = self.low[k] in DASHES
            last = self.time(k + 1)
            if last is not None and is_weekday(term) and is_weekday(last[1]) and (i == 0 or self.low[i - 1] != "from"):
                return last[0], Again("P1W")  # office hours
            if last is not None and self._meets(term, last[1], dash, self.glued(k) == self.glued(k + 1)):
                return last[0], Between(*shared(term, last[1]))
            until = self.ordinal(self.skip(k + 1, "the"))  # 9 April till the 17th
            if until and not dash and isinstance(term, Calendar) and term.year is None and term.day and until[1] > term.day:
                return (
                    (until[0], Between(term, Calendar(None, term.month, until[1]))) if self.low[until[0]] not in UNITS else begin
                )
        return begin

    def _until_now(self, k: int) -> int | None:
        """The token after `to the present`, `until now`, `– present`, `till the current date`."""
        if self.low[k] not in JOINS:
            return None
        j = self.skip(k + 1, "the")
        if self.low[j] == "current" and self.low[j + 1] == "date":
            return j + 2
        closed = self.low[j + 1] in CLOSED or not self.low[j + 1][:1].isalpha()
        return j + 1 if self.low[j] in NOW and (closed or self.low[j] != "present") else None

    @staticmethod
    def _dated(term: Term) -> bool:
        """Whether a term is a day, a month with its year, or a year."""
        if isinstance(term, Calendar):
            return term.year is not None or term.day is not None
        return isinstance(term, (Written, Ordinal))

    def short_years(self, i: int) -> Found | None:
        """`2011-14`: two years, the second without its century, more than one apart."""
        first = self.year(i)
        if (
            first is None
            or self.low[i + 1] not in DASHES
            or len(self.word[i + 2]) != 2
            or not (self.glued(i + 1) and self.glued(i + 2))
        ):
            return None
        second = self.digits(i + 2)
        if (
            second is None
            or second <= first % 100 + 1
            or second <= 12
            or (self.low[i + 3] in (*DASHES, "/", "%") and self.glued(i + 3))
        ):
            return None
        return i + 3, Between(Calendar(first), Calendar(first // 100 * 100 + second))

    def bounded(self, i: int) -> Found | None:
        """What follows `between`: two times with `and` between them, or two numbers of one unit."""
        begin = self.time(i)
        if begin and self.low[begin[0]] == "," and self.low[begin[0] + 1] == "and" and isinstance(begin[1], Calendar):
            begin = begin[0] + 1, begin[1]  # between May 1, 2023, and May 9, 2024
        if begin and self._dated(begin[1]) and self.low[begin[0]] == "and" and self.low[begin[0] + 1] in NOW:
            return begin[0] + 2, Between(begin[1], Deictic(0))
        if begin is None or self.low[begin[0]] not in ("and", *JOINS):
            first = self.day(i)
            if (
                first
                and self.low[first[0]] == "and"
                and (last := self.day(first[0] + 1))
                and (month := self.month(self.skip(last[0], "of")))
            ):
                end = self.with_year(month[0], month[1], last[1], None)
                if isinstance(end[1], Calendar):
                    return end[0], Between(Calendar(end[1].year, month[1], first[1]), end[1])
            return self.length(i)
        last_time = self.time(begin[0] + 1)
        if last_time is None or not self._meets(begin[1], last_time[1], False, True):
            return None
        return last_time[0], Between(*shared(begin[1], last_time[1]))

    @staticmethod
    def _meets(begin: Term, last: Term, dash: bool, even: bool) -> bool:
        """Whether two times bound a range."""
        if isinstance(last, (Length, Again, Retold)) or isinstance(begin, (Length, Again)):
            return False
        if not dash:
            return True
        if not even or isinstance(begin, (Deictic, Shifted)) or isinstance(last, (Deictic, Shifted)):
            return False
        return grain(begin) == grain(last) or (
            isinstance(begin, Calendar) and isinstance(last, Calendar) and last.year is not None and begin.year is None
        )


def is_weekday(term: Term) -> bool:
    """Whether a term is a weekday without its date."""
    return isinstance(term, Calendar) and term.day is None and term.weekday is not None


def grain(term: Term) -> object:
    """What kind of time a term is, for those that a dash may join."""
    if isinstance(term, Written):
        return "day"
    if isinstance(term, Calendar):
        return "day" if term.day or term.weekday is not None else "month" if term.month else "year"
    return type(term)


def shared(begin: Term, last: Term) -> tuple[Term, Term]:
    """Two ends of a range with the year that only one of them tells given to both."""
    if isinstance(begin, Calendar) and isinstance(last, Calendar) and begin.month and last.month:
        if begin.year is None and last.year is not None and last.year >= YEARS.start:
            backwards = (begin.month, begin.day or 0) > (last.month, last.day or 31)
            return Calendar(last.year - backwards, begin.month, begin.day, begin.weekday), last
        if last.year is None and begin.year is not None and begin.year >= YEARS.start:
            backwards = (begin.month, begin.day or 0) > (last.month, last.day or 31)
            return begin, Calendar(begin.year + backwards, last.month, last.day, last.weekday)
    if isinstance(begin, Fiscal) and isinstance(last, Calendar) and last.month is None and last.weekday is None:
        return begin, Fiscal(last.year, school=begin.school)  # fiscal years 2024 to 2028
    if isinstance(begin, Ordinal) and isinstance(last, Ordinal) and begin.of is None:
        return Ordinal(begin.number, begin.months, last.of), last
    if isinstance(begin, Thirds) and isinstance(begin.of, Calendar) and begin.of.month and begin.of.year is None:
        year = (
            last.of.year
            if isinstance(last, Thirds) and isinstance(last.of, Calendar)
            else last.year
            if isinstance(last, Calendar)
            else None
        )
        return Thirds(begin.part, Calendar(year, begin.of.month), begin.until), last
    return begin, last


__all__ = ["DEPTH", "Grammar", "Nth", "SeasonOf", "UpTo", "grain", "shared"]
