"""The words of a telling: those that say what it is about, and those that say how it stands to an earlier one."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from communique.normalise.names import words_of
from communique.normalise.states import demonyms, state_names

CUES = ("adds", "replaces", "draws", "retells", "apart", "beside")
SHORTEST = 3  # letters of a word that counts
ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""))


@cache
def lexicon() -> dict[str, Any]:
    """The words beside this file, as TOML reads them. It is shared: do not change it."""
    return tomllib.loads((files("communique.reconcile") / "cues.toml").read_text(encoding="utf-8"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(lexicon()[name]["patterns"]), re.IGNORECASE) for name in CUES}


@cache
def _generic() -> frozenset[str]:
    return frozenset(stem(word) for word in lexicon()["words"]["generic"].split())


def cues_in(text: str) -> frozenset[str]:
    """The names of the tables of cues that the text has words of."""
    return frozenset(name for name, pattern in _patterns().items() if pattern.search(text))


@cache
def states() -> frozenset[str]:
    """The words for states and their people, stemmed: that both speak of one says little of what they are about."""
    return frozenset(stem(word) for name in (*state_names(), *demonyms()) for word in words_of(name))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its ending, so that `train`, `trains` and `training` are one."""
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            word = word[: -len(ending)] + instead
            break
    return word.rstrip("e") if len(word) > SHORTEST + 1 else word


def content(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, stemmed, and its numbers without commas."""
    words = (stem(word) for word in words_of(re.sub(r"(?<=\d),(?=\d)", "", text)))
    return frozenset(word for word in words if (len(word) >= SHORTEST or word.isdigit()) and word not in _generic())
