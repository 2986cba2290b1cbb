"""Quarters, halves, seasons, fiscal years, decades, and the parts of a longer time."""

from __future__ import annotations

from decimal import Decimal

from communique.annotate.dates.days import CalendarRules
from communique.annotate.dates.tokens import CLOCK, DASHES, UNITS, WEEKDAYS, Found
from communique.lexicons import lexicon
from communique.normalise.dates_terms import (
    Again,
    Beside,
    Calendar,
    Century,
    Decade,
    Fiscal,
    Length,
    Nth,
    Ordinal,
    Retold,
    SeasonOf,
    Term,
    Thirds,
    UpTo,
    Week,
    YearPair,
)
from communique.normalise.edtf import MONTHS as MONTHS_OF
from communique.normalise.edtf import Part, Season

_WORDS = lexicon("times")
SEASONS: dict[str, int] = _WORDS["seasons"]
PARTS: dict[str, int] = _WORDS["parts"]
DECADES: dict[str, int] = _WORDS["decades"]
RELATIONS: dict[str, int] = _WORDS["relations"]
ENDS = frozenset({"ended", "ending", "ends", "to", "through", "until"})
BEGINS = frozenset({"beginning", "starting", "commencing", "from"})
FISCAL = frozenset({"fiscal", "financial", "budget", "tax", "school", "academic", "marketing", "crop"})
SCHOOL = frozenset({"school", "academic"})
DEPTH = 4  # 'the end of the first half of the last quarter of 2025' is deep enough


class SpanRules(CalendarRules):
    """Rules for what is longer than a month, and for parts of it."""

    def pair(self, i: int) -> tuple[int, int] | None:
        """`2005-06`, `2022–2023`, `2016/17`, also with a scanner's blank in it: the first of two years that follow each other."""
        first = self.year(i)
        if first is None or not (self.low[i + 1] in DASHES or self.low[i + 1] == "/"):
            return None
        k = i + 2
        word = self.word[k]
        if not word[:1].isdecimal():
            return None
        if len(word) == 1 and len(self.word[k + 1]) == 1 and self.digits(k + 1, 1) is not None and not self.glued(k + 1):
            word, k = word + self.word[k + 1], k + 1
        if self.low[k + 1] in (*DASHES, "/") and self.glued(k + 1) and self.glued(k + 2) and self.digits(k + 2, 4) is not None:
            return None
        if not word.isascii() or len(word) not in (2, 4):
            return None
        second = int(word) if len(word) == 4 else first // 100 * 100 + int(word)
        if len(word) == 2 and int(word) == 0:
            second += 100
        return (k + 1, first) if second == first + 1 else None

    def fiscal(self, i: int) -> Found | None:
        """`FY2025-26`, `fiscal year 2025`, `the 2023-24 financial year`, `2024 fiscal year`, `next fiscal year`."""
        k = self.skip(i, "the")
        word = self.low[k]
        if word in ("fy", "sy", "ay"):
            return self._fiscal_number(self.skip(k + 1, "-", "'", "’"), word != "fy", k)
        if word in FISCAL:
            j = self.skip(k + 1, "year", "years")
            if j == k + 1 and word != "fiscal":
                return None
            if self.low[j : j + 3] in (["(", "fy", ")"], ["(", "fys", ")"]):
                j += 3
            if self.low[j] in ENDS and word != "school" and (end := self.time(self.skip(j + 1, "on"), DEPTH)):
                return end[0], UpTo(Decimal(12), "month", end[1])
            j = self.skip(self.skip(j, "of"), "(")
            found = self._fiscal_number(j, word in SCHOOL, k)
            if (
                found is None
                and k > i
                and j > k + 1
                and self.low[k + 1] == "year"
                and self.low[i - 1] == "of"
                and word == "fiscal"
            ):
                return k + 2, Fiscal(shift=0)
            return found
        pair = self.pair(k)
        if pair is not None:
            if self.low[pair[0]] in FISCAL or self.low[pair[0]] == "year":
                j = self.skip(self.skip(pair[0], *FISCAL), "year")
                if self.low[j - 1] == "year" or self.low[pair[0]] == "fiscal":
                    return j, Fiscal(pair[1] + 1, pair[1], school=self.low[pair[0]] in SCHOOL)
            return pair[0], YearPair(pair[1])
        year = self.year(k)
        if year is not None and self.low[k + 1] in FISCAL and self.low[k + 2] == "year":
            return k + 3, Fiscal(year, school=self.low[k + 1] in SCHOOL)
        if year is not None and self.low[k + 1] == "fiscal":
            return k + 2, Fiscal(year)
        if year is not None and self.low[k + 1 : k + 3] == ["calendar", "year"]:
            return k + 3, Calendar(year)
        if word in RELATIONS and self.low[k + 1] in FISCAL and self.low[k + 2] == "year":
            return k + 3, Fiscal(shift=RELATIONS[word], school=self.low[k + 1] in SCHOOL)
        return None

    def _fiscal_number(self, i: int, school: bool, named: int) -> Found | None:
        pair = self.pair(i)
        if pair is not None:
            return pair[0], Fiscal(pair[1] + 1, pair[1], school=school)
        year = self.year(i)
        if year is not None:
            return i + 1, Fiscal(year, school=school)
        short = self.digits(i)
        if short is None or len(self.word[i]) != 2 or self.low[named] not in ("fy", "sy", "ay", "fiscal"):
            return None
        if self.low[i + 1] in (*DASHES, "/") and (after := self.digits(i + 2)) is not None and after == (short + 1) % 100:
            return i + 3, Fiscal(after, short, school=school)
        return i + 1, Fiscal(short, school=school)

    def quarter(self, i: int, depth: int) -> Found | None:
        """`Q3 2024`, `2024 Q3`, `3Q24`, `the third quarter of 2025`, `H1`, `the first half of next year`."""
        year_beside = self.beside_year(i)
        if year_beside and self.low[year_beside[0]] in ("'s", "’s"):  # next year's first quarter
            part = self.quarter(year_beside[0] + 1, depth + 1) if depth < DEPTH else None
            if part and isinstance(part[1], Ordinal) and part[1].of is None:
                return part[0], Ordinal(part[1].number, part[1].months, Beside("year", year_beside[1]))
        if self.low[i] in ("fy", "fiscal") and depth < DEPTH and (whole := self.fiscal(i)):
            part = self.quarter(whole[0], depth + 1)
            if part is None or not isinstance(part[1], Ordinal) or part[1].of is not None:
                return None
            return part[0], Ordinal(part[1].number, part[1].months, whole[1])
        if (year := self.year(i)) is not None:
            j = self.skip(i + 1, "-", "–")
            found = self._lettered(j)
            return (found[0], Ordinal(found[1], found[2], Calendar(year))) if found else None
        found = self._lettered(i)
        if found is not None:
            k, number, months = found
            j = self.skip(self.skip(self.skip(k, "of"), "-", "–", ","), "'", "’")
            whole = self._whole(j, depth)
            if whole is None and j == k and self.glued(k) and len(self.word[k]) == 2 and (short := self.digits(k)) is not None:
                whole = k + 1, Calendar(short)
            if whole is None and j > k and self.low[j - 1] in ("'", "’") and (short := self.digits(j)) is not None:
                whole = j + 1, Calendar(short)
            if whole is not None:
                return whole[0], Ordinal(number, months, whole[1])
            return k, Ordinal(number, months)
        k = self.skip(i, "the")
        last = self.low[k] in ("last", "final")
        ordinal = self.ordinal(k)
        if ordinal is None and not last and self.low[k] != "latter":
            return None
        number = 0 if last else 2 if ordinal is None else ordinal[1]
        j = self.skip(k + 1 if ordinal is None else ordinal[0], "fiscal", *DASHES)
        unit = UNITS.get(self.low[j]) if self.low[j] != "half" else "half"
        if unit == "quarter" and number <= 4 and self.low[k] != "latter":
            months, number = 3, number or 4
        elif unit == "half" and number <= 2:
            months, number = 6, number or 2
        else:
            return None
        j += 1
        if self.low[j] in ("ended", "ending") and (end := self.time(self.skip(j + 1, "on"), DEPTH)):
            return end[0], UpTo(Decimal(months), "month", end[1])
        of = self.skip(self.skip(j, ",", "-", "in"), "of")
        whole = self._whole(of, depth, article=of > j)
        if whole is not None:
            return whole[0], Ordinal(number, months, whole[1])
        if year_beside := self.beside_year(of):
            return year_beside[0], Ordinal(number, months, Beside("year", year_beside[1]))
        if months == 6 or last or self.low[j] in ("century", "mile") or self.low[j - 1] == "quarters":
            return None
        return j, Ordinal(number, months)

    def _lettered(self, i: int) -> tuple[int, int, int] | None:
        """`Q3`, `3Q`, `H1`, `1H`: the token after it, the number and the months of it."""
        letter, number, k = self.word[i], self.digits(i + 1, 1), i + 2
        if letter not in ("Q", "H", "q") and (letter := self.word[i + 1]) in ("Q", "H"):
            number = self.digits(i, 1)
        if letter not in ("Q", "H", "q") or not number or not self.glued(i + 1):
            return None
        if self.glued(k) and self.word[k][:1].isalpha():
            return None
        months = 3 if letter in "Qq" else 6
        return (k, number, months) if number <= 12 // months else None

    def _whole(self, i: int, depth: int, article: bool = True) -> Found | None:
        """The year of which a quarter or half is told."""
        year = self.year(i)
        fiscal = self.fiscal(i)
        if fiscal is not None:
            return fiscal
        if year is not None:
            return i + 1, Calendar(year)
        found = self.of_unit(i) or (self.time(i, depth + 1) if article and depth < DEPTH else None)
        if found is None or isinstance(found[1], (Beside, Fiscal, YearPair, Decade, Century, Retold)):
            return found
        return found if isinstance(found[1], Calendar) and found[1].year is not None and found[1].month is None else None

    def of_unit(self, i: int) -> Found | None:
        """`the year`, `this month`, after `of`: the one of the publication date."""
        k = self.skip(i, "the", "this", "that")
        if k == i or self.low[k] not in ("year", "month", "week", "quarter", "decade", "century"):
            if self.low[k] in ("calendar", "fiscal", "financial") and self.low[k + 1] == "year" and k > i:
                return (k + 2, Beside("year", 0)) if self.low[k] == "calendar" else (k + 2, Fiscal(shift=0))
            return None
        if self.year(k + 1):
            return k + 2, Calendar(self.year(k + 1))
        if self.low[k - 1] == "that":
            return k + 1, Retold(self.low[k], 0)
        return k + 1, Beside(self.low[k], 0)

    def season(self, i: int) -> Found | None:
        """`the winter of 2023`, `summer 2025`, `next spring`, `winter`."""
        k = self.skip(i, "the")
        shift = RELATIONS.get(self.low[k])
        if shift is not None:
            k += 1
        season = SEASONS.get(self.low[k])
        if season is None:
            year, season = self.year(k), SEASONS.get(self.low[k + 1])
            if (
                year
                and season
                and shift is None
                and self.word[k + 1].islower()
                and self.low[k + 1] != "fall"
                and not self.glued(k + 1)
            ):
                return k + 2, SeasonOf(Season(season), year)
            return None
        j = self.skip(k + 1, "of", "in", ",")
        year = self.year(j)
        if self.low[k].endswith("s") and self.low[k + 1] != "of":
            return None
        if Season(season) is Season.WINTER and (pair := self.pair(j)):
            return pair[0], SeasonOf(Season.WINTER, pair[1] + 1)
        if year is not None:
            return j + 1, SeasonOf(Season(season), year)
        if shift is not None:
            return k + 1, SeasonOf(Season(season), shift=shift)
        if found := self.beside_year(j):
            return found[0], SeasonOf(Season(season), shift=found[1])
        return k + 1, SeasonOf(Season(season))

    def beside_year(self, i: int) -> tuple[int, int] | None:
        """`last year`, `next year` -> the token after it, and the shift."""
        shift = RELATIONS.get(self.low[i])
        return (i + 2, shift) if shift is not None and self.low[i + 1] == "year" else None

    def decade(self, i: int) -> Found | None:
        """`the 1990s`, `the '70s`, `the nineties`, `the 19th century`."""
        k = self.skip(i, "the")
        quote = self.skip(k, "'", "’", "‘")
        if (
            self.word[quote][-1:] == "0"
            and (self.low[quote + 1] == "s" or self.low[quote + 1] in ("'s", "’s"))
            and self.glued(quote + 1)
        ):
            year = self.year(quote)
            if year is not None:
                return quote + 2, Century(year // 100 + 1) if year % 100 == 0 and year < 2000 else Decade(year)
            short = self.digits(quote)
            if short is not None and len(self.word[quote]) == 2 and short >= 20 and (k > i or quote > k):
                return quote + 2, Decade(short)
        if self.low[k + 1] == "s" and (year := self.year(k)) and year % 10 == 0 and not self.low[k + 2][:1].isalpha():
            return k + 2, Decade(year)  # 1990 s, as scans have it
        if k > i and self.low[k] in DECADES:
            return k + 1, Decade(DECADES[self.low[k]])
        ordinal = self.ordinal(k)
        if ordinal and self.low[self.skip(ordinal[0], *DASHES)] == "century" and 10 <= ordinal[1] <= 20:
            return self.skip(ordinal[0], *DASHES) + 1, Century(ordinal[1])
        return None

    def part(self, i: int, depth: int) -> Found | None:
        """`early 2025`, `the end of March`, `mid-2026`, `late last year`, `year-end 2024`."""
        if depth >= DEPTH:
            return None
        k = self.skip(self.skip(i, "the"), "very")
        word = self.low[k]
        if word in ("year", "month", "quarter") and self.low[self.skip(k + 1, *DASHES, "'s", "’s")] in ("end", "ends"):
            j = self.skip(k + 1, *DASHES, "'s", "’s") + 1
            year = self.year(self.skip(j, "of")) if word == "year" else None
            return (
                (self.skip(j, "of") + 1, Thirds(Part.LATE, Calendar(year))) if year else (j, Thirds(Part.LATE, Beside(word, 0)))
            )
        part = PARTS.get(word)
        if part is None:
            return None
        until: Part | None = None
        j = k + 1
        to = self.skip(self.skip(self.skip(j, *DASHES), "to"), *DASHES)
        if to > j and self.low[to] in PARTS:
            j = to
            until = Part(PARTS[self.low[j]])
            j += 1
        nouns = word in ("beginning", "start", "onset", "end", "close", "middle", "midst")
        if word in ("early", "late") and self.low[j] == "part" and self.low[j + 1] == "of":
            nouns, j = True, j + 1
        of = self.skip(j, "of")
        if (
            nouns
            and of == j
            and not (
                self.year(self.skip(j, *DASHES)) or self.month(self.skip(j, *DASHES)) or self.low[j] in ("this", "next", "last")
            )
        ):
            return None
        if (self.low[of] == "the" and self.low[of + 1] == "day") or self.low[of] == "day":
            return None
        start = self.skip(of, "in", *DASHES) if not nouns else self.skip(of, *DASHES)
        found = self.time(start, depth + 1) or (self.of_unit(start) if of > j or start > of else None)
        if found is None or isinstance(found[1], Length):  # the end of the next year, which by itself is a length
            shift = RELATIONS.get(self.low[self.skip(start, "the")])
            unit = UNITS.get(self.low[self.skip(start, "the") + 1])
            if shift is not None and unit in ("year", "month", "week", "quarter"):
                found = self.skip(start, "the") + 2, Beside(unit, shift)
        if found is None and of > j and self.low[start] in ("year", "month", "quarter", "decade", "century"):
            found = start + 1, Beside(self.low[start], 0)
        if found is None or not self.divisible(found[1]):
            return None
        return found[0], Thirds(Part(part), found[1], until)

    @staticmethod
    def divisible(term: Term) -> bool:
        """Whether a time is long enough to have parts."""
        if isinstance(term, Calendar):
            return term.day is None and term.weekday is None
        return isinstance(term, (Beside, Ordinal, SeasonOf, Fiscal, YearPair, Decade, Century, Retold, UpTo, Nth)) and not (
            isinstance(term, Beside) and term.unit in ("day", "weekday")
        )

    def nth(self, i: int, depth: int) -> Found | None:
        """`the first week of June`, `the first six months of 2024`, `the 12 months to 31 March`, `the week of 3 June`."""
        if depth >= DEPTH:
            return None
        k = self.skip(i, "the")
        word = self.low[k]
        if word == "week" and self.low[self.skip(k + 1, "of", *BEGINS, "ending")] != self.low[k + 1]:
            day = self.calendar(self.skip(k + 2, "on", "of", "the"))
            return (day[0], Week(day[1])) if day and isinstance(day[1], Calendar) and day[1].day is not None else None
        if word == "month" and self.low[k + 1] == "of" and (month := self.calendar(k + 2)):
            return month if isinstance(month[1], Calendar) and month[1].month and month[1].day is None else None
        if (
            word in ("year", "quarter", "half", "fortnight", "period")
            and k > i
            and (self.low[k + 1] in ENDS - {"to", "through", "until"})
        ):
            end = self.time(self.skip(k + 2, "on"), DEPTH)
            return (end[0], UpTo(Decimal(1), word, end[1])) if end and word != "period" else None
        if word in ("year", "years", "calendar"):
            j = self.skip(self.skip(k + 1, "year", "years") if word == "calendar" else k + 1, "of")
            if (year := self.year(j)) and (word != "years" or self.years_joined(j)):
                return j + 1, Calendar(year)
        if word == "week" and (week := self.digits(k + 1)) and 1 <= week <= 53:  # weeks as ISO 8601 counts them
            year = self.year(self.skip(k + 2, "of", ",", "in"))
            return (self.skip(k + 2, "of", ",", "in") + 1, Nth(week, 1, "week", Calendar(year))) if year else None
        if word == "half" and self.low[k + 1] in ("year", "-"):
            end = self.time(k + 3, DEPTH) if self.low[k + 2] in ENDS else None
            return (end[0], UpTo(Decimal(6), "month", end[1])) if end else None
        ordinal = self.ordinal(k)
        number = ordinal[1] if ordinal else -1 if word in ("last", "final") else None
        j = ordinal[0] if ordinal else k + 1 if number else k
        if number and self.low[j] in WEEKDAYS and self.low[j + 1] in ("of", "in"):
            if self.low[j + 2] in ("each", "every") and (unit := UNITS.get(self.low[j + 3])) in ("month", "quarter", "year"):
                return j + 4, Again(f"P{MONTHS_OF[unit]}M" if unit != "year" else "P1Y")
            whole = self.of_unit(j + 2) or self.time(j + 2, depth + 1)
            if whole is None or not self.divisible(whole[1]):
                return None
            return whole[0], Nth(number, 1, "weekday", whole[1], WEEKDAYS[self.low[j]])
        count = self.number(j)
        c, many = count if count else (j, Decimal(1))
        unit = UNITS.get(self.low[self.skip(c, *DASHES)])
        if unit is None or many != int(many) or not 1 <= many <= 400:
            return None
        c = self.skip(c, *DASHES) + 1
        c = self.skip(c, "period")
        if count and self.low[c] in ENDS and unit not in CLOCK and (end := self.time(self.skip(c + 1, "on", "the"), DEPTH)):
            fixed = isinstance(end[1], Calendar) and (end[1].month or end[1].year) is not None
            return (end[0], UpTo(many, unit, end[1])) if fixed else None
        if (
            number is None
            or self.low[c] != "of"
            or unit in (*CLOCK, "year", "decade", "century", "quarter")
            or (count and abs(number) != 1)
        ):
            return None
        whole = self.of_unit(c + 1) or self.time(c + 1, depth + 1)
        return (whole[0], Nth(number, int(many), unit, whole[1])) if whole and self.divisible(whole[1]) else None
