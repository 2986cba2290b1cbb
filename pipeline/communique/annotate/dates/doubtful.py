"""Words and numbers that look like times and are none, by what stands around them."""

from __future__ import annotations

from communique.annotate.dates.grammar import Grammar
from communique.annotate.dates.spans import SEASONS
from communique.annotate.dates.tokens import DASHES, MONTHS, PADDING, SHORT_MONTHS, UNITS, WEEKDAYS
from communique.lexicons import lexicon
from communique.normalise.dates_terms import Again, Calendar, Deictic, Holiday, Length, Ordinal, Retold, SeasonOf, Term, Written

_WORDS = lexicon("times")
LAW = frozenset(_WORDS["law"]["words"])
EVENTS = frozenset(_WORDS["events"]["words"])
NOWADAYS = frozenset(_WORDS["figurative_today"]["after_possessive"])
COUNTED = frozenset(_WORDS["counted"]["words"])
NUMBERED = frozenset(_WORDS["numbered"]["words"])
AFTER_WEEKDAY = frozenset(_WORDS["not_after_weekday"]["words"])


def _context(name: str) -> frozenset[str]:
    return frozenset(_WORDS["context"][name])


IN_TIME = _context("in_time")
SURE = _context("sure")
YEARLY = _context("yearly")
CUES = IN_TIME | _context("cues")
ABOUT = _context("about")
FUNCTION = _context("function")
STATES = _context("states")
NAMED_DAYS = _context("named_days")
BEFORE_SHORT = _context("before_short")
IN_SEASON = _context("in_season")
TITLES = _context("titles")
NAMES = _context("names")
OPENING_HOURS = "opening hours"
ADDRESS = frozenset("-/_=.?&#")
LONGEST_NAME = 7  # words of a name in quotation marks
NEAR = 6  # years from the publication within which a number between 1900 and 2100 is a year unless its surroundings say otherwise


def doubt(tokens: Grammar, i: int, j: int, term: Term, published: int | None) -> str | None:
    """Why the tokens from `i` up to `j` name no time; None if they do. `published` is the year of publication."""
    if i and tokens.glued(i):
        if tokens.word[i - 1][-1].isalnum() and not tokens.year(i):
            return "part of a longer word"
        if tokens.word[i - 1] in ADDRESS and _in_address(tokens.text, tokens.start[i]):
            return "part of an address"
    match term:
        case Calendar(month=None, day=None, weekday=None):
            return _year(tokens, j - 1, published)
        case Calendar(year=None, day=None, weekday=None, shift=None):
            return _month(tokens, j - 1 - (tokens.low[j - 1] == "."))
        case Calendar(month=None, day=None, weekday=int()):
            return _weekday(tokens, i, j)
        case SeasonOf(year=None, shift=None | 0) if tokens.low[i] not in ("this", "later", "earlier"):
            return _season(tokens, i, j)
        case Deictic(days=1) if tokens.low[i - 1] in ("for", "of") and tokens.low[j] not in ("'s", "’s"):
            return "times to come"
        case Deictic():
            return _today(tokens, i, j)
        case Written():
            return _digits(tokens, i, j)
        case Ordinal(months=6, of=None):
            return "half of what is not told"
        case Ordinal(of=None) if j - i == 2 and (
            tokens.word[i] == "q" or (i and tokens.glued(i) and tokens.word[i - 1] not in ("(", "/"))
        ):
            return "part of something else"
        case Holiday(year=None, shift=None, years=None):
            named = tokens.low[i - 1] in (
                *IN_TIME,
                "celebrate",
                "celebrating",
                "mark",
                "marking",
                "commemorate",
                "observe",
            ) and not (tokens.word[j][:1].isupper() or (tokens.word[j][:1].islower() and tokens.low[j] not in FUNCTION))
            return None if named else "the name of a holiday in another name"
        case Retold(unit="week"):
            return None
        case Again() if tokens.low[i] in WEEKDAYS and _opening(tokens, i, j):
            return OPENING_HOURS
        case Length() | Again():
            return _length(tokens, i, j)
    return None


def _in_address(text: str, start: int) -> bool:
    """Whether a place lies in a web address."""
    chunk = text[max(0, start - 200) : start].rsplit(maxsplit=1)
    return bool(chunk) and ("://" in chunk[-1] or "www." in chunk[-1])


def _year(tokens: Grammar, i: int, published: int | None) -> str | None:
    low, word = tokens.low, tokens.word
    if not word[i].isdecimal():  # spelt out
        return None
    year, before, after = int(word[i]), low[i - 1] if i else "", low[i + 1]
    if reason := _attached(tokens, i):
        return reason
    if (
        (before in STATES and word[i - 1].isupper())
        or before in NUMBERED
        or (before in (".", "#", ":") and i > 1 and low[i - 2] in NUMBERED and before != ":")
    ):
        return "the number of something"
    if (
        after in UNITS
        or after in ("hours", "hrs", "gmt", "million", "billion")
        or (after in COUNTED and word[i + 1].islower() and (before not in SURE or year % 100 == 0))
    ):
        return "a number of things"
    if (
        after.isalpha()
        and word[i + 1].islower()
        and after not in FUNCTION
        and (before in ABOUT or (year % 100 == 0 and before not in SURE))
    ):
        return "a number of things"
    if before not in ("in", "since", "by", "until") and _named_after(tokens, i):
        return "in the name of a law or plan"
    if _named_before(tokens, i):
        return "in the name of a law or plan"
    if _closes_name(tokens, i):
        return "in the name of an occasion"
    if before == "/" and i > 1 and low[i - 2].isdecimal() and not tokens.year(i - 2):
        return "part of a longer number"
    if (before.isdecimal() and not tokens.year(i - 1)) or (
        after.isdecimal() and len(after) in (3, 4) and not tokens.year(i + 1) and before not in SURE
    ):
        return "part of a longer number"
    sure = before in CUES or not before.isalpha()
    if not 1900 <= year <= 2100 and before not in IN_TIME:
        return "no year that is told so"
    if (
        not sure
        and word[i + 1].islower()
        and after not in FUNCTION | YEARLY
        and (published is None or abs(year - published) > NEAR)
    ):
        return "a number of things"
    return None


def _attached(tokens: Grammar, i: int) -> str | None:
    """Why a number that touches its neighbours is no year."""
    low, word = tokens.low, tokens.word
    if i and tokens.glued(i):
        sign = word[i - 1]
        if sign in DASHES:
            joined = tokens.glued(i - 1) and i > 1
            if (
                joined
                and low[i - 2] not in ("pre", "post", "mid", "early", "late", "end")
                and word[i - 2][-1:].isalnum()
                and sign != "—"
            ):
                return "part of a longer number or name"
        elif sign not in ("(", "[", "'", "’", "‘", '"', "“", "”", ",", ".", "·", "•", "|", "*") and not (
            sign in ("/", "~", "=") and tokens.year(i - 2)
        ):
            return "part of a longer number or name"
        elif sign in (".", ",") and tokens.glued(i - 1) and low[i - 2][:1].isdecimal():
            return "part of a longer number"
    if tokens.glued(i + 1):
        sign = word[i + 1]
        if sign.isalpha() and not (sign[0].isupper() and len(sign) > 3):
            return "part of a longer word"
        if tokens.glued(i + 2) and word[i + 2][:1].isalnum():
            if (sign in ("/", "_", "@", "&", "=", ":") and not tokens.year(i + 2)) or (sign == "." and word[i + 2][0].islower()):
                return "part of a number or address"
            if sign in DASHES and sign not in "–—" and word[i + 2][0].isdecimal() and not tokens.year(i + 2):
                return "part of a longer number"
    return None


def _named_after(tokens: Grammar, i: int) -> bool:
    """Whether a capitalised name follows that ends in a word for a law or plan."""
    for k in range(i + 1, i + 9):
        word = tokens.word[k]
        if word in LAW:
            return True
        if not (word[:1].isupper() or word in ("and", "of", "for", "the", "on", "-", "to")) or not word:
            return False
    return False


def _closes_name(tokens: Grammar, i: int) -> bool:
    """Whether a year closes a name in quotation marks: “Harbour Days 2025”."""
    if tokens.word[i + 1] not in ("”", '"', "’"):
        return False
    k = i - 1
    while k >= 0 and i - k <= LONGEST_NAME and tokens.word[k][:1].isupper() and tokens.low[k] not in MONTHS:
        k -= 1
    return 0 <= k < i - 1 and tokens.word[k] in ("“", '"', "‘")


def _named_before(tokens: Grammar, i: int) -> bool:
    word = tokens.word
    k = i - 1
    if k >= 0 and word[k] in ("(", ",", "of"):
        of = word[k] == "of"
        k -= 1
        if k >= 0 and word[k] == ")":
            return False
        if of and k > 1 and word[k].isdecimal() and tokens.low[k - 1] in (".", "no", "number"):
            return True
        return k >= 0 and word[k] in LAW - {"Plan", "Order", "Goals", "Targets"}
    return k >= 0 and (word[k] in LAW or word[k] in EVENTS)


def _month(tokens: Grammar, i: int) -> str | None:
    low, word = tokens.low, tokens.word
    before, after = low[i - 1] if i else "", word[i + 1]
    if low[i] in SHORT_MONTHS and low[i] not in MONTHS:
        if before in BEFORE_SHORT and word[i][0].isupper() and not after[:1].isupper():
            return None
        return "an abbreviation without a day or year"
    if before in TITLES or (before == "." and i > 1 and low[i - 2] in TITLES):
        return "a person's name"
    cue = before in IN_TIME or before in MONTHS or (before in ("and", "or", ",") and i > 1 and low[i - 2] in MONTHS)
    if word[i].islower():
        return None if (cue or before == "the") and low[i] not in ("may", "march") else "a common word"
    if low[i] in NAMES:
        if cue and not (low[i] in ("may", "march") and before in ("of", "for", "to", "on", "this") and after[:1].isupper()):
            return None
        if low[i] in ("may", "march"):
            return (
                None
                if (before == "the" and (after[:1].islower() or after == "Budget") and low[i] == "may")
                or (after in ("'s", "’s") and low[i] == "march")
                else "a name or a verb"
            )
        if after[:1].isupper() or (
            i and word[i - 1][:1].isupper() and word[i - 1].isalpha() and tokens.low[i - 1] not in ("in", "the")
        ):
            return "a person's name"
    return None


def _weekday(tokens: Grammar, i: int, j: int) -> str | None:
    if tokens.low[i] not in WEEKDAYS:
        return "an abbreviation without a date"
    if tokens.low[j] in AFTER_WEEKDAY or (i and tokens.low[i - 1] in NAMED_DAYS):
        return "in a name"
    return None


def _season(tokens: Grammar, i: int, j: int) -> str | None:
    low, word = tokens.low, tokens.word
    k = j - 1
    if low[k] not in SEASONS or (word[k][0].isupper() and low[k - 1] not in IN_TIME and low[k - 1] != "the"):
        return "in a name"
    if low[j] == "of" or (tokens.glued(j) and word[j] in DASHES):
        return "a season of no year"
    before = low[i - 1] if i else ""
    if low[k] == "fall" and not (low[k - 1] == "the" and before in ("in", "by", "until", "for", "this")):
        return "a common word"
    if low[k] == "spring" and not (low[k - 1] == "the" or before in IN_TIME):
        return "a common word"
    if before not in IN_SEASON or low[i] == "current":
        return "a season of no year"
    if before not in ("as", "when") and word[j][:1].isalpha() and low[j] not in FUNCTION and not low[j].endswith(("es", "ed")):
        return "a season that describes something"
    return None


def _today(tokens: Grammar, i: int, j: int) -> str | None:
    low = tokens.low
    if tokens.low[j - 1] != "today":
        return None
    if i and low[i - 1] == "world" and j == i + 1 and low[i - 2] == "the":
        return "nowadays"
    if low[j] in ("'s", "’s"):
        return (
            "nowadays"
            if low[j + 1] in NOWADAYS or low[j + 2] in ("world", "economy", "landscape", "environment", "market")
            else None
        )
    if low[j] in ("’", "'") and low[j + 1] == "s" and low[j + 2] in NOWADAYS:
        return "nowadays"
    if (
        i
        and (low[i - 1] in ("usa", "of", "than") and low[i - 1] != "than" and low[j] not in ("to",))
        and low[i - 2] not in ("as", "date")
    ):
        return "nowadays" if low[i - 1] == "of" or tokens.word[i - 1] == "USA" else None
    return None


def _digits(tokens: Grammar, i: int, j: int) -> str | None:
    text = tokens.text[tokens.start[i] : tokens.end(j - 1)]
    if tokens.text[tokens.end(j - 1) : tokens.end(j - 1) + 8].lstrip().startswith("http"):
        return "the day on which a page was printed"
    if "." in text and len(text.rsplit(".", 1)[1]) == 2 and len(text) < 8:
        return "a version or section"
    if i and (tokens.low[i - 1] in NUMBERED or tokens.word[i - 1] in ("+", "#")):
        return "the number of something"
    return None


def _opening(tokens: Grammar, i: int, j: int) -> bool:
    """Whether weekdays stand with the hours of an office: `Open Monday to Friday`, `Mon–Fri, 9 a.m.`."""
    before = tokens.low[i - 1] if i else ""
    k = j
    while tokens.low[k] in (",", ":", "(", "from", "between", "at"):
        k += 1
    return before in ("open", "hours", ":") or (k - j < PADDING and "0" <= tokens.low[k][:1] <= "9")


def _length(tokens: Grammar, i: int, j: int) -> str | None:
    low = tokens.low
    if i and low[i - 1] in ("page", "paragraph", "section"):
        return "the number of something"
    if i > 1 and low[i - 1] in (".", ",") and tokens.glued(i) and tokens.glued(i - 1) and low[i - 2][:1].isdecimal():
        return "part of a longer number"
    if low[j] in ("anniversary", "birthday"):
        return "an age"
    return None
