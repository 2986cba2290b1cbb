"""Lengths of time and times that come again."""

from __future__ import annotations

from decimal import Decimal

from communique.annotate.dates.relatives import VAGUE, RelativeRules
from communique.annotate.dates.spans import RELATIONS, SEASONS
from communique.annotate.dates.tokens import CLOCK, DASHES, MONTHS, ORDINALS, SUFFIXES, UNITS, WEEKDAYS, Found
from communique.lexicons import lexicon
from communique.normalise.dates_terms import Again, Length, Shifted
from communique.normalise.edtf import duration_value

_WORDS = lexicon("times")
ADJECTIVES = frozenset(_WORDS["adjectives"]["words"])
POINTS = frozenset(_WORDS["points"]["words"])
PERIODIC: dict[str, str] = _WORDS["periodic"]
PERIODIC_ACTS = frozenset(_WORDS["periodic_acts"]["words"])
NOUN_REACH = 4  # words from `annual` to what happens every year
COUNT_REACH = 5  # words from a number to the `a year` that it is counted in
REPEATED: dict[str, str] = _WORDS["repeated"]
PLURAL_WEEKDAYS: dict[str, int] = _WORDS["plural_weekdays"]
OLD = frozenset({"old", "olds"})
BEFORE_ONE = frozenset(
    {
        "for",
        "within",
        "over",
        "in",
        "than",
        "after",
        "nearly",
        "almost",
        "about",
        "half",
        "least",
        "under",
        "of",
        "every",
        "by",
        "to",
        "another",
        "during",
    }
)
"""Words after which `a year` is a length; elsewhere it is mostly a rate."""
AFTER_NOUN = frozenset(_WORDS["context"]["function"]) | {"between", "into", "owed", "paid", "payable", "until", "within"}
YEAR_KINDS = frozenset({"calendar", "fiscal", "financial", "school", "academic"})
MANY = frozenset({"hundreds", "thousands"})
CURRENCY_SIGNS = frozenset("$£€¥₹")
AT_WORK = frozenset(
    {"within", "in", "for", "than", "next", "last", "first", "least", "past", "over", "to", "up", "of", "coming", "under"}
)
"""Words after which hours are a length that matters."""


class LengthRules(RelativeRules):
    """Rules for durations and repetitions."""

    def length(self, i: int) -> Found | None:
        """`five years`, `18-month`, `two to three years`, `a decade`, `six and a half years`, and what is counted from a day."""
        single = self.low[i] in ("a", "an", "another") and (
            self.low[i + 1] in UNITS or (self.low[i + 1] in ADJECTIVES and self.low[i + 2] in UNITS)
        )
        count = (i + 1, Decimal(1)) if single else self.number(i)
        if count is None or (self.year(i) and self.low[i + 1] in YEAR_KINDS):
            return None
        k, value = count
        upper = self._range(k, value)
        if upper is not None:
            k = upper
        dashed = self.low[k] in DASHES
        if dashed:
            k += 1
        while self.low[k] in ADJECTIVES:
            k += 1
        k = self.skip(k, *DASHES)
        unit = UNITS.get(self.low[k])
        if unit is None or (
            unit == "quarter" and not (value > 1 and (self.low[k - 1] in ADJECTIVES or self.low[i - 1] in RELATIONS))
        ):
            return None
        if unit in CLOCK and not (dashed or self.low[i - 1] in AT_WORK or (self.low[i - 1] in ("a", "an") and not single)):
            return None
        if unit == "minute" and (single or self.low[i - 1] in ("to", "up", "of")):
            return None
        end = self.skip(k + 1, "period")
        if self._aged(i, end):
            return None
        rest = self._rest(end, unit)
        if rest is not None and upper is None:
            return rest[0], Length(self._sum(value, unit, rest))
        if upper is not None:
            return end, Length(None)
        if (not dashed or self.low[end] in ("starting", "beginning", "commencing")) and (
            shifted := self.shifted(end, value, unit)
        ):
            return shifted
        if self.low[end] in ("and",) and self.low[end + 1] in ("a", "one") and self.low[end + 2] == "half":
            return end + 3, Length(duration_value(value + Decimal("0.5"), unit))
        if unit in CLOCK and (self.low[end] in ("a", "per", "of")):
            return None
        if self.low[i - 1] == "in" and not dashed and self.low[i - 2] in POINTS and i > 1:
            return end, Shifted(value, unit, 1)
        if single and unit not in ("decade", "century", "fortnight") and self._rate(i):
            return None
        if self.low[end] in ("a", "per", "each") and self.low[end + 1] in UNITS:
            return None
        if value == 1 and unit == "day" and not dashed and self.low[i - 1] not in ("within", "in", "for", "after", "than"):
            return None
        if value == 0 or (value != value.to_integral_value() and duration_value(value, unit) is None):
            return None
        return self.skip(end, "long") if self.low[end] == "long" else end, Length(duration_value(value, unit))

    def _range(self, k: int, lower: Decimal) -> int | None:
        """The token after the upper number of `two to three`, `12-18`, `five or six`."""
        if self.low[k] in ("or", "to", "and", *DASHES):
            j = k + 1
            if self.low[k] in DASHES and self.low[j] in ("to", "or"):  # three- to five-year
                j += 1
            if self.low[k] == "or" and self.low[j] == "more":
                return j + 1
            if (after := self.number(j)) is not None and after[1] >= lower:
                return after[0]
        return None

    def _rest(self, k: int, unit: str) -> tuple[int, Decimal, str] | None:
        """`and six months` after years."""
        if unit not in ("year", "month", "week"):
            return None
        j = self.skip(self.skip(k, ","), "and")
        count = self.number(j)
        if count is None or (lower := UNITS.get(self.low[count[0]])) is None or lower == unit:
            return None
        if (unit, lower) not in (("year", "month"), ("month", "day"), ("year", "day"), ("month", "week")) or self.low[
            count[0] + 1
        ] == "ago":
            return None
        return count[0] + 1, count[1], lower

    @staticmethod
    def _sum(value: Decimal, unit: str, rest: tuple[int, Decimal, str]) -> str | None:
        one, other = duration_value(value, unit), duration_value(rest[1], rest[2])
        return one + other[1:] if one and other else None

    def _aged(self, i: int, end: int) -> bool:
        """Whether a number of years is an age."""
        k = self.skip(end, *DASHES)
        if self.low[k] in OLD or (self.low[end] == "of" and self.low[end + 1] == "age"):
            return True
        if self.low[end] in ("and", "or") and self.low[end + 1] in ("older", "over", "above", "younger", "under", "up"):
            return True
        return (
            self.low[i - 1] in ("aged", "age", "ages", "ageing", "aging")
            or self.low[i - 2 : i] == ["ages", "of"]
            or self.low[i - 2 : i] == ["age", "of"]
        )

    def _rate(self, i: int) -> bool:
        """Whether `a year` tells how often: after a number, a sum, a thing counted."""
        return self.low[i] != "another" and self.low[i - 1] not in BEFORE_ONE

    def again(self, i: int) -> Found | None:
        """`each year`, `every two years`, `per year`, `annually`, `twice a year`, `every Monday`, `on Mondays`."""
        word = self.low[i]
        if word in PERIODIC and (every := self._act(i)):
            return i + 1, Again(every)
        if word == "a" and (every := self._counted_in(i)):
            return i + 2, Again(every)
        if word in REPEATED:
            return (i + 1, Again(REPEATED[word])) if self._adverb(i) else None
        if word in PLURAL_WEEKDAYS:
            return i + 1, Again("P1W")
        if word in ("semi", "bi") and self.low[i + 1] == "-" and self.low[i + 2] in REPEATED:
            every = {"annually": "P6M", "monthly": "P2M", "weekly": "P2W"}.get(self.low[i + 2])
            return (i + 3, Again(every)) if every else None
        if word == "per" and self.low[i + 1] in ("year", "annum", "month", "quarter"):
            return i + 2, Again(duration_value(Decimal(1), UNITS.get(self.low[i + 1], "year")) or "P1Y")
        often = word in ("once", "twice", "times", "thrice") and self.low[i + 1] in ("a", "per", "each", "every")
        if often and (unit := UNITS.get(self.low[i + 2])) and unit not in CLOCK:
            return i + 3, Again(duration_value(Decimal(1), unit) or "P1Y")
        if word == "year" and self.low[i + 1 : i + 3] == ["after", "year"]:
            return i + 3, Again("P1Y")
        if word in ("each", "every"):
            return self._every(i + 1)
        return None

    def _act(self, i: int) -> str | None:
        """How often `quarterly` rebates or `annual` consultations happen; None where it is no act that comes again."""
        if self.word[i][0].isupper() or (i and (self.low[i - 1] in SUFFIXES or self.low[i - 1] in ORDINALS)):
            return None
        for k in range(i + 1, i + 1 + NOUN_REACH):
            if not self.word[k].isalpha() or self.word[k][0].isupper():
                return None
            if self.low[k] in PERIODIC_ACTS:
                after = self.low[k + 1]
                return PERIODIC[self.low[i]] if not after.isalpha() or after in AFTER_NOUN else None
        return None

    def _counted_in(self, i: int) -> str | None:
        """`40 nurses a year`, `9 per cent a year`: how often a number of things comes again."""
        unit = UNITS.get(self.low[i + 1])
        if unit not in ("year", "month", "week", "quarter") or self.low[i + 1].endswith("s") or self.low[i + 2] == "ago":
            return None
        if self.low[i - 1] in BEFORE_ONE or self.low[i - 1] in AFTER_NOUN or self.low[i - 1] in UNITS:
            return None
        for k in range(i - 1, max(-1, i - 1 - COUNT_REACH), -1):
            if self.low[k] in MANY:
                return duration_value(Decimal(1), unit)
            if "0" <= self.low[k][:1] <= "9":
                return duration_value(Decimal(1), unit) if k < i - 1 and self.word[k - 1] not in CURRENCY_SIGNS else None
            if not (self.word[k].isalpha() or self.word[k] in "%,"):
                return None
        return None

    def _every(self, k: int) -> Found | None:
        each = self.low[k - 1] == "each"
        k = self.skip(k, "single", "calendar", "fiscal", "financial", "school")
        if self.low[k] == "other" and self.low[k + 1] in WEEKDAYS:
            return k + 2, Again("P2W")
        if self.low[k] == "other" and (unit := UNITS.get(self.low[k + 1])):
            return k + 2, Again(duration_value(Decimal(2), unit) or "P2Y")
        if (unit := UNITS.get(self.low[k])) and not self.low[k].endswith("s") and unit not in ("day", *CLOCK):
            return k + 1, Again(duration_value(Decimal(1), unit) or "P1Y")
        for names, period in ((WEEKDAYS, "P1W"), (MONTHS, "P1Y"), (SEASONS, "P1Y")):
            if self.low[k] in names:
                while self.low[k + 1] in ("and", "or", "&", ",") and self.low[k + 2] in names:
                    k += 2
                return k + 1, Again(period)
        count = self.number(k)
        if count and not each and (unit := UNITS.get(self.low[self.skip(count[0], *DASHES)])) and unit not in CLOCK:
            every = duration_value(count[1], unit)
            return (self.skip(count[0], *DASHES) + 1, Again(every)) if every else None
        return None

    def _adverb(self, i: int) -> bool:
        """Whether `monthly` or `daily` says when something happens, not of what kind a thing is."""
        word, after = self.low[i], self.low[i + 1]
        if word == "everyday" or (self.glued(i) and self.low[i - 1] in DASHES):
            return False
        if word in ("annually", "biennially", "biannually", "semiannually"):
            return True
        if word == "daily" and not self.low[i - 1].endswith("ed"):
            return False
        closed = (
            not after
            or not after[0].isalpha()
            or after in ("and", "to", "by", "from", "in", "on", "for", "at", "until", "or", "with", "as", "through", "over")
        )
        before = self.low[i - 1]
        return (
            closed
            and i > 0
            and before.isalpha()
            and before not in ("a", "the", "an", "and", "of", "or", "its", "their", "our", "for", *VAGUE)
        )
