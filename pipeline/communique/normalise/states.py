"""States, their regions and their people by every name they go by: pycountry, CLDR and the lexicon of countries."""

from __future__ import annotations

from functools import cache

import pycountry
from babel import Locale

from communique.lexicons import lexicon
from communique.normalise.names import words_of

REGIONS_OF = ("US", "AU", "CA")  # federations whose states act in releases by their bare names
REGION_TYPES = frozenset({"State", "Territory", "Province", "District"})
TOWNS = frozenset({"Washington"})  # means the state's government, or that of the federation
SURNAMES = frozenset(
    {"Dane", "Danes", "Finn", "Finns", "Pole", "Poles", "Swede", "Scot", "Turk", "Briton"}
)  # and names of counties
PLACES_ONLY = frozenset({"West Bank", "Gaza", "Emirates"})  # parts of a state by which nobody means its government


@cache
def state_names() -> dict[str, str]:
    """The names of states -> ISO 3166 alpha-2, ambiguous ones left out."""
    found: dict[str, str] = {}
    territories = Locale("en").territories
    for country in pycountry.countries:
        code = country.alpha_2
        for name in (
            country.name,
            getattr(country, "common_name", None),
            getattr(country, "official_name", None),
            territories.get(code),
        ):
            if name and "," not in name and "(" not in name:
                found.setdefault(name, code)
                if " & " in name:
                    found.setdefault(name.replace(" & ", " and "), code)
    for code, names in lexicon("countries")["names"].items():
        found.update((name, code) for name in names if name not in PLACES_ONLY)
    return found


def display_name(code: str) -> str | None:
    """The English name of a state by its ISO 3166 alpha-2 code, as CLDR has it."""
    return Locale("en").territories.get(code)


@cache
def demonyms() -> dict[str, str]:
    """The words for a state's people and things -> ISO 3166 alpha-2."""
    return {word: code for code, words in lexicon("countries")["demonyms"].items() for word in words}


@cache
def regions() -> dict[str, str]:
    """The names of the states and provinces of federations -> ISO 3166-2 code."""
    found: dict[str, str] = {}
    for region in pycountry.subdivisions:
        if region.country_code in REGIONS_OF and region.type in REGION_TYPES and region.name not in TOWNS:
            found[region.name] = region.code
    return found


@cache
def state_of_words() -> dict[tuple[str, ...], str]:
    """The names and demonyms of states as compared words -> ISO 3166 alpha-2."""
    told = [*demonyms().items(), *state_names().items()]
    return {tuple(words_of(name)): code for name, code in told if name not in SURNAMES}


@cache
def _longest() -> int:
    return max(map(len, state_of_words()))


def state_in(name: str) -> str | None:
    """The state whose name or demonym stands in an organisation's name: `Norwegian Refugee Council` -> NO."""
    words = words_of(name)
    known = state_of_words()
    for i in range(len(words)):
        for length in range(min(_longest(), len(words) - i), 0, -1):
            code = known.get(tuple(words[i : i + length]))
            if code is not None and (words[i] != "us" or "US" in name):
                return code
    return None
