"""The words that the rules know: TOML files beside this one, each entry with the examples that it must hit and miss.

In an example the span is marked: ``pays [[NOK 75 billion -> 75000000000 NOK]] now``; what stands after the arrow is what the
step makes of it. A miss is a text in which the entry finds nothing.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon(name: str) -> dict[str, Any]:
    """One lexicon by its file's stem, as TOML reads it. It is shared: do not change it."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def names() -> tuple[str, ...]:
    """The stems of all lexicons, in alphabetical order."""
    return tuple(sorted(path.name.removesuffix(".toml") for path in files(__name__).iterdir() if path.name.endswith(".toml")))


@cache
def fingerprint() -> str:
    """The sha256 over all lexicons, for a record's provenance."""
    digest = hashlib.sha256()
    for name in names():
        digest.update(name.encode())
        digest.update((files(__name__) / f"{name}.toml").read_bytes())
    return digest.hexdigest()
