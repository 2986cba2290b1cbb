"""The words around a sum: how it stands to its number (up to, nearly) and whether it is a rate (a year, each)."""

from __future__ import annotations

import re
from functools import cache

from communique.lexicons import lexicon
from communique.normalise.numbers import SPACE
from communique_models import Comparator, Per

LEAD = 64  # characters before a sum that are read
TAIL = 72  # characters after it

_CLAUSE_END = re.compile(r"[.;:!?](?=\s|$)|\n\s*\n|\n(?=\s*[-•*])|[,;]? (?:and|to|which|that|while|but|with)\b")
_STRONG_END = re.compile(r"[.;!?](?=\s|$)|\n")
_ANY_SUM = re.compile(r"[$€£¥₹]|\b[A-Z]{3} ?[0-9]")


def comparator_of(text: str, start: int, end: int) -> Comparator:
    """How the sum between two characters stands to its number, by the words right before and after it."""
    lead = re.sub(r"\s+", " ", text[max(0, start - LEAD) : start])
    best: tuple[int, Comparator] | None = None
    for means, before, _ in _comparators():
        match = before.search(lead)
        if match is not None and (best is None or match.start() < best[0]):
            best = match.start(), means  # the longest wins: 'not less than' over 'less than'
    if best is not None:
        return best[1]
    tail = text[end : end + 24]
    for means, _, after in _comparators():
        if after is not None and after.match(tail):
            return means
    return Comparator.EQUAL


@cache
def _comparators() -> tuple[tuple[Comparator, re.Pattern[str], re.Pattern[str] | None], ...]:
    little = "|".join(lexicon("money")["between"]["words"])
    patterns = []
    for entry in lexicon("money")["comparator"]:
        before = re.compile(rf"(?<![\w-])(?:{'|'.join(entry['before'])})(?: (?:{little})){{0,3}} ?\(?$", re.IGNORECASE)
        after = re.compile(rf"{SPACE}(?:{'|'.join(entry['after'])})(?!\w)", re.IGNORECASE) if "after" in entry else None
        patterns.append((Comparator(entry["means"]), before, after))
    return tuple(patterns)


def rate_of(text: str, start: int, end: int) -> Per | None:
    """The unit of the rate that a sum is, None for a plain sum."""
    tail = text[end : end + TAIL]
    clause = tail[: match.start()] if (match := _CLAUSE_END.search(tail)) else tail
    if other := _ANY_SUM.search(clause):
        clause = clause[: other.start()]
    for per, at_once, after, _ in _rates():
        if at_once.match(tail) or after.match(clause):
            return per
    lead = text[max(0, start - LEAD) : start]
    lead = lead[match.end() :] if (match := _last(_STRONG_END, lead)) else lead
    for per, _, _, before in _rates():
        if before.search(lead):
            return per
    return None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007  # the last one is what is asked for
        pass
    return found


@cache
def _rates() -> tuple[tuple[Per, re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    between = lexicon("money")["between"]
    little = "|".join((*between["words"], *between["comparing"]))
    return tuple(
        (
            Per(entry["per"]),
            re.compile(rf"{SPACE}?(?:{'|'.join(entry['at_once'])})(?!\w)", re.IGNORECASE),
            re.compile(rf"(?:{SPACE}[\w’'&-]+){{0,7}}?{SPACE}(?:{'|'.join(entry['after'])})(?!\w)", re.IGNORECASE),
            re.compile(rf"(?<![\w-])(?:{'|'.join(entry['before'])})(?: (?:{little})){{0,6}}\s$", re.IGNORECASE),
        )
        for entry in lexicon("money")["rate"]
    )
