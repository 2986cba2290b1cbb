"""Times told from the day of the release, or from another time of the text."""

from __future__ import annotations

from decimal import Decimal

from communique.annotate.dates.days import TIMES_OF_DAY
from communique.annotate.dates.spans import DEPTH, RELATIONS, SEASONS, SpanRules
from communique.annotate.dates.tokens import CLOCK, DASHES, MONTHS, SHORT_WEEKDAYS, SUFFIXES, UNITS, WEEKDAYS, Found
from communique.lexicons import lexicon
from communique.normalise.calendars import holidays
from communique.normalise.dates_terms import Beside, Between, Calendar, Deictic, Holiday, Length, Retold, Shifted, UpTo, Written
from communique.normalise.edtf import duration_value

DEICTIC: dict[str, int] = lexicon("times")["deictic"]
VAGUE = frozenset(lexicon("times")["vague"]["words"])
HOLIDAY_STARTS = frozenset(name.split()[0].split("'")[0].split("’")[0] for name in holidays())
LONGEST_HOLIDAY = max(map(len, holidays()))
OFFICE = frozenset(lexicon("times")["office"]["words"])
RETELLING = frozenset({"following", "subsequent", "ensuing"})


class RelativeRules(SpanRules):
    """Rules for what needs a day to count from."""

    def deictic(self, i: int) -> Found | None:
        """`today`, `today (16)`, `yesterday`, `this morning`, `last night`, `the day after tomorrow`."""
        word = self.low[i]
        if word in DEICTIC:
            k = i + 1
            if self.low[k] == "(" and self.digits(k + 1) is not None:
                close = k + 2 + (self.low[k + 2] in SUFFIXES)
                if self.low[close] == ")":
                    return close + 1, Deictic(DEICTIC[word])
            if word in ("yesterday", "tomorrow") and self.low[k] in TIMES_OF_DAY:
                k += 1
            return k, Deictic(DEICTIC[word])
        if word == "this" and self.low[i + 1] in TIMES_OF_DAY:
            return i + 2, Deictic(0)
        if word == "earlier" and self.low[i + 1] in ("today", "yesterday"):
            return i + 2, Deictic(DEICTIC[self.low[i + 1]])
        if word == "later" and self.low[i + 1] == "today":
            return i + 2, Deictic(0)
        if word == "last" and self.low[i + 1] in ("night", "evening"):
            return i + 2, Deictic(-1)
        if word == "the" and self.low[i + 1] == "day" and self.low[i + 2] in ("before", "after"):
            if self.low[i + 3] == "yesterday" and self.low[i + 2] == "before":
                return i + 4, Deictic(-2)
            if self.low[i + 3] == "tomorrow" and self.low[i + 2] == "after":
                return i + 4, Deictic(2)
            if self.low[i + 2] == "before" and self.low[i + 3] in (".", ",", ";", ""):
                return i + 3, Retold("day", -1)
        return None

    def beside(self, i: int) -> Found | None:
        """`last year`, `earlier this month`, `next Tuesday`, `this coming May`, `the same day`, `the following year`."""
        k = i
        if self.low[k] in ("earlier", "later"):
            k = self.skip(k + 1, "in")
            if k > i + 1 and (found := self.of_unit(k)):
                return found
            if self.low[k] == "this" and self.low[k + 1] in SEASONS:
                return self.season(k)
        if self.low[k] == "the" and self.low[k + 1] == "weekend":
            return k + 2, Beside("weekend", 0)
        if self.low[k] == "that" and self.low[k + 1] == "weekend":
            return k + 2, Retold("weekend", 0)
        if self.low[k] == "the" and self.low[k + 1] in ("week", "month", "year") and self.low[k + 2 : k + 4] == ["after", "next"]:
            return k + 4, Beside(self.low[k + 1], 2)
        article = self.low[k] in ("the", "that", "its", "our", "their")
        k += article
        word = self.low[k]
        if word == "same" and article and self.low[k + 1] in ("day", "week", "month", "year", "quarter"):
            if self.beside_year(self.skip(k + 2, "of", "in")) or self.year(self.skip(k + 2, "of", "in")):
                return None  # the same quarter last year: the year is what is told
            return k + 2, Retold(self.low[k + 1], 0)
        if self.low[i] == "that" and self.low[i + 1] in ("year", "month"):
            return (i + 2, Retold(self.low[i + 1], 0)) if self.low[i - 1] in ("of", "in", "during", "later", "earlier") else None
        shift = RELATIONS.get(word)
        if shift is None:
            return None
        near = False
        if word == "this" and self.low[k + 1] in ("past", "coming", "upcoming", "last"):
            k, shift, near = k + 1, RELATIONS[self.low[k + 1]], True
        k += 1
        named = self.low[k]
        near = near or word in ("coming", "upcoming", "past")
        if named in WEEKDAYS:
            dated = self.calendar(k)
            if dated and (isinstance(dated[1], Written) or (isinstance(dated[1], Calendar) and dated[1].day is not None)):
                return dated
            return k + 1, Beside("weekday", shift, WEEKDAYS[named], near or word == "last")
        if named == "weekend":
            return k + 1, Beside("weekend", shift)
        if shift and (holiday := self.holiday(k, sure=True)) and isinstance(holiday[1], Holiday) and holiday[1].year is None:
            return holiday[0], Holiday(holiday[1].name, shift=shift)
        if named in MONTHS and (self.word[k][0].isupper() or named not in ("may", "march")):
            if self.day(k + 1) or self.year(k + 1):
                return None
            return k + 1, Beside("month_named", shift, MONTHS[named])
        k = self.skip(k, "calendar") if self.low[k + 1] in UNITS else k
        unit = UNITS.get(self.low[k])
        if unit is None or self.low[k].endswith("s") or unit in CLOCK:
            return None
        if word in RETELLING or (word == "next" and article and unit == "day"):
            return k + 1, Retold(unit, 1)
        if unit == "week" and article and word in ("past", "last") and self.low[i] == "the":
            return k + 1, Between(Deictic(-7), Deictic(0))
        if word in ("prior", "preceding") or (word == "previous" and article):
            return k + 1, Retold(unit, -1)
        if word == "this" and near and shift == 1 and unit == "year" and self.low[i - 1] in ("for", "in"):
            return k + 1, Beside(unit, shift)  # cover for this coming year
        lengthy = (
            (article and word not in ("current", "present", "previous"))
            or (near and unit != "week")
            or (unit == "decade" and shift)
        )
        if (lengthy and word != "this") or (near and word == "this" and unit != "week"):
            if unit == "quarter":
                return k + 1, Beside(unit, shift)
            return k + 1, Length(duration_value(Decimal(1), unit))
        if unit == "day":
            return None
        if unit == "week" and self.low[k + 1] == "on" and self.low[k + 2] in WEEKDAYS:
            return k + 3, Beside("weekday", shift, WEEKDAYS[self.low[k + 2]])
        if unit == "week" and self.low[k + 1] in WEEKDAYS:
            return k + 2, Beside("weekday", shift, WEEKDAYS[self.low[k + 1]])
        if unit == "week" and self.low[k + 1] in SHORT_WEEKDAYS and self.word[k + 1][0].isupper():
            return k + 2, Beside("weekday", shift, SHORT_WEEKDAYS[self.low[k + 1]])
        return k + 1, Beside(unit, shift)

    def stretch(self, i: int) -> Found | None:
        """`the next five years`, `the past two to three decades`, `the coming months`: lengths, or left open."""
        if self.low[i] == "all" and self.low[i + 1] in ("day", "week", "month"):
            return i + 2, Length(duration_value(Decimal(1), self.low[i + 1]))
        k = self.skip(i, "the", "these", "our", "its", "their")
        article = k > i
        word = self.low[k]
        first = word == "first" or word == "final"
        if (word not in RELATIONS and not first) or word in ("this", "current"):
            count = self.number(k) if article else None  # the five past years
            if count and self.low[count[0]] in RELATIONS and (unit := UNITS.get(self.low[count[0] + 1])):
                return count[0] + 2, Length(duration_value(count[1], unit))
            return None
        k += 1
        if self.low[k] in VAGUE or (self.low[k] == "a" and self.low[k + 1] in VAGUE):
            j = k + 1 + (self.low[k] == "a")
            j = self.skip(j, "of", "more")
            return (j + 1, Length(None)) if self.low[j] in UNITS and self.low[j].endswith("s") and not first else None
        if (
            self.low[k] in UNITS
            and self.low[k].endswith("s")
            and article
            and not first
            and word not in ("past", "last", "previous")
        ):
            j = k + 1
            while self.low[j] in ("and", "or") and self.low[j + 1] in UNITS:
                j += 2
            return j, Length(None)
        found = self.length(k)
        return found if found and found[0] > k and isinstance(found[1], Length) else None

    def shifted(self, j: int, count: Decimal, unit: str) -> Found | None:
        """What may follow a number of units that ends before `j`: `ago`, `from now`, `later`, `before 3 May`."""
        word = self.low[j]
        if word == "ago":
            if self.low[j + 1] in ("today", "this", "on") and self.low[j + 2] in ("week", "month", *WEEKDAYS):
                return j + 1, Shifted(count, unit, -1)
            if self.low[j + 1] == "today":
                return j + 2, Shifted(count, unit, -1, Deictic(0))
            return j + 1, Shifted(count, unit, -1)
        if word == "from" and self.low[j + 1] in ("now", "today"):
            return j + 2, Shifted(count, unit, 1, Deictic(0))
        if word in ("later", "earlier") and self.low[j + 1] not in ("than", "this"):
            return j + 1, Shifted(count, unit, 1 if word == "later" else -1, Retold(unit, 0))
        if word in ("starting", "beginning", "commencing") and unit not in CLOCK:
            origin = self.time(self.skip(j + 1, "on", "from", "in"), DEPTH)
            if origin is not None and not isinstance(origin[1], Length):
                return origin[0], UpTo(count, unit, origin[1], 1)
        if word in ("before", "after", "from", "prior", "following"):
            origin = self.time(self.skip(j + 1, "to"), DEPTH)
            if (
                origin is not None
                and self._fixed(origin[1])
                and not (word == "from" and self.low[origin[0]] in ("to", "until", "through", *DASHES))
            ):
                return origin[0], Shifted(count, unit, -1 if word in ("before", "prior") else 1, origin[1])
        if word in ("'", "’") and self.low[j + 1] == "time":
            return j + 2, Shifted(count, unit, 1)
        return None

    @staticmethod
    def _fixed(term: object) -> bool:
        return (
            isinstance(term, Deictic | Holiday | Written)
            or (isinstance(term, Beside) and term.unit == "weekday")
            or (isinstance(term, Calendar) and (term.day is not None or term.weekday is not None))
        )

    def holiday(self, i: int, sure: bool = False) -> Found | None:
        """`Christmas`, `Good Friday 2024`, `Easter next year`; a name without its year has a capital, unless it is `sure`."""
        if self.low[i] not in HOLIDAY_STARTS:
            return None
        start = self.start[i]
        known = holidays()
        for k in range(min(i + 7, self.count), i, -1):  # the longest name first
            if self.end(k - 1) - start > LONGEST_HOLIDAY:
                continue
            name = self.text[start : self.end(k - 1)].lower()
            if name in known:
                year = self.year(self.skip(self.skip(k, ","), "of", "in"))
                if year is not None:
                    return self.skip(self.skip(k, ","), "of", "in") + 1, Holiday(name, year)
                if beside := self.beside_year(self.skip(k, "of")):
                    return beside[0], Holiday(name, years=beside[1])
                return (k, Holiday(name)) if sure or self.word[i][0].isupper() else None
        return None

    def rest(self, i: int) -> Found | None:
        """`the remainder of this year`, `the rest of his term in office`, `year to date`."""
        k = self.skip(i, "the")
        if self.low[k] in ("year", "month", "quarter"):
            to = self.skip(k + 1, *DASHES)
            date = self.skip(to + 1, *DASHES)
            if self.low[to] == "to" and self.low[date] == "date":
                return date + 1, Between(Beside(self.low[k], 0), Deictic(0))
        if self.low[k] not in ("remainder", "rest") or self.low[k + 1] != "of" or k == i:
            return None
        if self.low[k + 2] in ("my", "his", "her", "their", "our", "its", "the") and self.low[k + 3] in OFFICE:
            j = k + 4
            if self.low[j] == "in" and self.low[j + 1] in ("office", "power"):
                return j + 2, Length(None)
            return (j, Length(None)) if self.low[k + 3] != "time" else None
        if (whole := self.of_unit(k + 2)) and isinstance(whole[1], Beside) and self.low[whole[0]] not in ("'s", "’s"):
            return whole[0], Between(Deictic(0), whole[1])
        if (year := self.year(k + 2)) is not None:
            return k + 3, Between(Deictic(0), Calendar(year))
        return None

    def late_in(self, i: int) -> Found | None:
        """`later in 2024`, `earlier in March`: the whole of it, as the guidelines read `later this year`."""
        if self.low[i] not in ("earlier", "later") or self.low[i + 1] != "in":
            return None
        found = self.calendar(i + 2)
        if found is None and (year := self.year(i + 2)):
            found = i + 3, Calendar(year)
        return found if found and isinstance(found[1], Calendar) and found[1].day is None else None
