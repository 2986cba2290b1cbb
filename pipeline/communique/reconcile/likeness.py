"""How alike two names are: word by word, so that one other word makes another name, and one other letter does not."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz

from communique.normalise.names import fold, without_legal_form
from communique.normalise.states import demonyms, state_names

NEAR = 0.9  # likeness from which two names are one
SPELT = 84  # likeness of two words, of 100, that are one word spelt in two ways
ALONE = 9  # letters of a name of one word that may be spelt in two ways
LONG = 5  # letters of a word that may be spelt in two ways
PROBE = 5  # letters by which words are found that may be one
LOOSE = frozenset(
    {"of", "for", "and", "the", "in", "on", "de", "la", "le", "du", "des", "group", "holding", "holdings", "international"}
)


@lru_cache(maxsize=65536)
def stripped(name: str, country: str | None) -> str:
    """A name as it is compared: folded, without legal form, small words and the words for its own country; never empty."""
    words = fold(without_legal_form(name).replace("-", " ")).split()
    own = _words_for(country) if country else frozenset()
    kept = [word for word in words if word not in LOOSE and word not in own]
    return " ".join(kept or words)


@lru_cache(maxsize=512)
def _words_for(country: str) -> frozenset[str]:
    told = [name for name, code in (*demonyms().items(), *state_names().items()) if code == country]
    return frozenset(word for name in told for word in fold(name).split() if word not in LOOSE)


def probes(name: str) -> set[str]:
    """The beginnings of a name's longest words: names without one in common are not compared."""
    words = sorted(name.split(), key=lambda word: (-len(word), word))
    return {word[:PROBE] for word in words[:2]}


def like(one: str, other: str, persons: bool = False) -> float:
    """The likeness of two stripped names, from 0 to 1; of persons, one may lack the names between first and last."""
    words, others = one.split(), other.split()
    if persons:
        return _like_persons(words, others)
    if len(words) != len(others):
        joined, counterpart = "".join(words), "".join(others)
        return 0.95 if joined == counterpart else 0.0
    if len(words) == 1 and min(len(one), len(other)) < ALONE:
        return float(one == other)
    return min(_like_words(word, counterpart) for word, counterpart in zip(sorted(words), sorted(others), strict=True))


def _like_words(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) < LONG or any(letter.isdigit() for letter in one + other):
        return 0.0
    rate = fuzz.ratio(one, other)
    return 0.9 + (rate - SPELT) / 200 if rate >= SPELT else 0.0


def _like_persons(words: list[str], others: list[str]) -> float:
    if len(words) < 2 or len(others) < 2 or words[0] != others[0] or words[-1] != others[-1]:
        return 0.0
    shorter, longer = sorted((set(words), set(others)), key=len)
    return 0.92 if shorter <= longer else 0.0
