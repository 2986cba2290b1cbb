"""The mentions of time in a text, in reading order, with what each says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from communique.annotate.dates.doubtful import OPENING_HOURS, doubt
from communique.annotate.dates.grammar import STARTS, Grammar
from communique.lexicons import lexicon
from communique.normalise.dates_terms import (
    Beside,
    Calendar,
    Decade,
    Deictic,
    Fiscal,
    Length,
    Onwards,
    Ordinal,
    SeasonOf,
    Shifted,
    Term,
    Thirds,
    Written,
    YearPair,
)

APPROXIMATORS = frozenset(lexicon("times")["approximators"]["words"])
OPEN_AGO = APPROXIMATORS - {"just", "only", "exactly", "precisely", "some"} | {"over"}
LISTED = frozenset({",", "and", "&", "or", "/", "full", "-"})
POINTS = (Decade, Calendar, Written, Deictic, Ordinal, SeasonOf, Fiscal, YearPair, Beside, Shifted, Thirds)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Tokens from `first` up to `after` that name a time; `refused` says why they do not."""

    first: int
    after: int
    term: Term
    refused: str | None = None


def mentions(tokens: Grammar, published: int | None) -> Iterator[Mentioned]:
    """What looks like a time, from left to right; `published` is the year of publication, as far as it is known."""
    waiting: Mentioned | None = None  # the one before, which the next may give its year
    for read in _read(tokens, published):
        told = read
        if waiting is not None:
            if _listed(tokens, waiting, read):
                waiting, told = _completed(waiting, read)
            yield waiting
        waiting = told
    if waiting is not None:
        yield waiting


def _read(tokens: Grammar, published: int | None) -> Iterator[Mentioned]:
    i, low, count = 0, tokens.low, tokens.count
    while i < count:
        word = low[i]
        if word not in STARTS and not "0" <= word[0] <= "9":
            i += 1
            continue
        found = tokens.expression(i)
        if found is None:
            i += 1
            continue
        after, term = found
        refused = doubt(tokens, i, after, term, published)
        if refused:
            yield Mentioned(i, after, term, refused)
            whole = refused == OPENING_HOURS or (after - i <= 2 and "0" <= word[0] <= "9")
            i += after - i if whole else 1
            continue
        first, term = _widened(tokens, i, after, term)
        yield Mentioned(first, after, term)
        i = after


def _widened(tokens: Grammar, i: int, after: int, term: Term) -> tuple[int, Term]:
    """Where the quote begins, and what the words before it make of the term."""
    low = tokens.low
    before = low[i - 1] if i else ""
    if isinstance(term, POINTS):
        if before == "since" and isinstance(term, Deictic):
            return i, term
        if before == "since" or (before in ("least", "early") and low[max(0, i - 3) : i - 1] in (["since", "at"], ["as", "as"])):
            return i, Onwards(term)
        if before in ("ever", "in") and i > 1 and low[i - 2] == "since":
            return i, Onwards(term)
        if low[after] in ("onwards", "onward") or (low[after] == "and" and low[after + 1] in ("beyond", "onwards", "onward")):
            return i, Onwards(term)
    if (
        isinstance(term, Shifted)
        and term.origin is None
        and (before in OPEN_AGO or (before == "than" and low[i - 2] in ("more", "less")))
    ):
        return i - 1 - (before == "than"), Shifted(None, term.unit, term.sign)
    if isinstance(term, Length):
        if before == "of" and i > 1 and low[i - 2] in ("period", "term", "duration"):
            k = i - 2
            while k and (low[k - 1] in ("a", "further", "the", "total", "an", "initial", "additional", "minimum", "maximum")):
                k -= 1
            return k, term
        if before in APPROXIMATORS and before not in ("only", "just", "around", "some", "about"):
            return i - 1, term
        if before == "than" and i > 1 and low[i - 2] in ("more", "less", "fewer"):
            return i - 2, term
        if before == "least" and i > 1 and low[i - 2] == "at":
            return i - 2, term
        if before == "about":
            return i - 1, term
    return i, term


def _listed(tokens: Grammar, one: Mentioned, other: Mentioned) -> bool:
    """Whether two mentions are items of one list."""
    return (
        one.refused is None
        and 0 < other.first - one.after <= 3
        and all(tokens.low[k] in LISTED for k in range(one.after, other.first))
    )


def _completed(one: Mentioned, other: Mentioned) -> tuple[Mentioned, Mentioned]:
    """Two items of a list, each with the year or season that only the other tells."""
    match one.term, other.term:
        case SeasonOf(season, year), Calendar(int(told), None, None, None) if year is not None:
            return one, replace(other, term=SeasonOf(season, told), refused=None)
        case Fiscal(int(_), school=school), Calendar(int(told), None, None, None):
            return one, replace(other, term=Fiscal(told, school=school), refused=None)
        case SeasonOf(season, None, None), SeasonOf(_, int(told)):
            return replace(one, term=SeasonOf(season, told)), other
        case Ordinal(number, months, None), Ordinal(_, _, of) if of is not None:
            return replace(one, term=Ordinal(number, months, of)), other
        case Ordinal(number, months, None), Calendar(int(told), None, None, None):  # the fourth quarter and full year 2024
            return replace(one, term=Ordinal(number, months, other.term)), other
        case Calendar(None, int(month), day), Calendar(int(told), int(later), _) if day is None or other.term.day is not None:
            return replace(one, term=Calendar(told - (month > later), month, day)), other
    return one, other
