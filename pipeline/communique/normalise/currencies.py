"""The written marks of currencies: codes, signs, abbreviations and names, and the currencies that each may mean.

Codes and names come from ISO 4217 as pycountry and CLDR (babel) have it, the retired ones included; who pays in what from
CLDR's table of territories; only what these lack stands in the lexicon ``currencies``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pycountry
from babel.core import get_global
from babel.numbers import get_currency_name, get_currency_symbol, list_currencies

from communique.lexicons import lexicon
from communique_models import CurrencyBasis


@dataclass(frozen=True, slots=True)
class Mark:
    """What a written mark says of the currency.

    ``candidates`` are ISO 4217 codes, one where the mark settles it; ``usual`` is English's own reading where nothing else
    tells. ``power`` is of the ten that the mark multiplies by: 6 for ``MUSD``, -2 for ``cents``.
    """

    candidates: tuple[str, ...]
    basis: CurrencyBasis
    usual: str | None = None
    power: int = 0
    grouped: bool = False  # only with a magnitude, a grouped number or a decimal
    before: bool = True  # may stand before the number
    after: bool = True
    home: bool = False  # only where one of the candidates is the issuer's own
    weight: bool = False  # a pound, which is a weight as well

    @property
    def code(self) -> str | None:
        """The currency, where the mark settles it."""
        return self.candidates[0] if len(self.candidates) == 1 else None


_LEXICON: dict[str, Any] = lexicon("currencies")
SCALES = {"M": 6, "m": 6, "K": 3, "k": 3, "T": 3, "B": 9}
"""Letters before a code that scale it: MUSD, KEUR, TSEK."""
_SCALED_AFTER = {"m": 6, "mn": 6, "M": 6, "bn": 9, "b": 9, "k": 3}


@cache
def current() -> dict[str, tuple[str, ...]]:
    """The tender of each territory (ISO 3166 alpha-2) that has not been withdrawn, ISO 4217, the newest first."""
    tender: dict[str, tuple[str, ...]] = {}
    for territory, rows in get_global("territory_currencies").items():
        codes = [code for code, _, end, legal in rows if legal and end is None and code not in _LEXICON["not_codes"]]
        tender[territory] = tuple(reversed(codes))
    return tender


@cache
def codes() -> frozenset[str]:
    """All codes of ISO 4217 that stand for money, the retired ones included."""
    listed = set(list_currencies()) | {currency.alpha_3 for currency in pycountry.currencies}
    return frozenset(listed - set(_LEXICON["not_codes"]))


@cache
def wordlike() -> frozenset[str]:
    """Codes that mean other things too."""
    return frozenset(_LEXICON["wordlike"])


@cache
def signs() -> dict[str, Mark]:
    """Single-character signs."""
    usual = _LEXICON["usual"]
    marks: dict[str, Mark] = {}
    for code in codes():
        symbol = get_currency_symbol(code, "en")
        if len(symbol) == 1 and not symbol.isalnum():
            marks[symbol] = Mark((code,), CurrencyBasis.SYMBOL)
    for sign, means in _LEXICON["signs"].items():
        marks[sign] = Mark(tuple(means or _LEXICON["signs"]["$"]), CurrencyBasis.SYMBOL, usual.get(sign), 0 if means else -2)
    return marks


@cache
def dollars() -> dict[str, Mark]:
    """Letters beside a `$` that settle it."""
    return {letters: Mark((code,), CurrencyBasis.SYMBOL) for letters, code in _LEXICON["dollars"].items()}


@cache
def signed() -> dict[str, Mark]:
    """Letters with another sign that settle it: `E£`."""
    return {letters: Mark((code,), CurrencyBasis.SYMBOL) for letters, code in _LEXICON["signed"].items()}


@cache
def words() -> dict[str, Mark]:
    """Codes, abbreviations, nouns and names of one or several words. Names stand in lower case, the rest as they are written."""
    marks: dict[str, Mark] = {}
    for noun, means in _nouns().items():
        if noun not in _LEXICON["nouns"]["not_alone"]:
            marks[noun] = Mark(means, CurrencyBasis.WORD, _LEXICON["usual"].get(noun), before=noun not in ("pound", "pounds"))
    for name, code in _names().items():
        marks[name] = Mark((code,), CurrencyBasis.WORD)
    for code in codes():
        marks[code] = Mark((code,), CurrencyBasis.CODE, grouped=code in wordlike())
        if code in _majors():
            marks |= {f"{letter}{code}": Mark((code,), CurrencyBasis.CODE, power=power) for letter, power in SCALES.items()}
            marks |= {f"{code}{tail}": Mark((code,), CurrencyBasis.CODE, power=power) for tail, power in _SCALED_AFTER.items()}
    for entry in _LEXICON["word"]:
        for word in entry["words"]:
            means = (entry.get("only", {}).get(word),) if word in entry.get("only", {}) else tuple(entry["means"])
            marks[word] = Mark(
                means,
                CurrencyBasis.WORD,
                _LEXICON["usual"].get(word),
                grouped=entry.get("group", False),
                before=not entry.get("after", False),
                after=not entry.get("before", False),
                home=entry.get("home", False),
            )
    for word in ("pound", "pounds"):
        marks[word] = Mark(marks[word].candidates, CurrencyBasis.WORD, "GBP", weight=True, before=False)
    dollar = tuple(_LEXICON["signs"]["$"])
    for word in _LEXICON["nouns"]["cents"]:
        marks[word] = Mark(
            (*dollar, "EUR", "ZAR", *(("GBP",) if word[0] == "p" else ())), CurrencyBasis.WORD, "USD", power=-2, before=False
        )
        for letters in ("us", "australian", "canadian", "euro", "singapore"):
            code = {"us": "USD", "australian": "AUD", "canadian": "CAD", "euro": "EUR", "singapore": "SGD"}[letters]
            marks[f"{letters} {word}"] = Mark((code,), CurrencyBasis.WORD, power=-2, before=False)
    for word in _LEXICON["nouns"]["pence"]:
        marks[word] = Mark(("GBP",), CurrencyBasis.WORD, power=-2, before=False)
    return marks


@cache
def numbered() -> frozenset[str]:
    """Nouns before a number that may be its name: `Euro 6`."""
    return frozenset(_LEXICON["nouns"]["numbered"])


@cache
def hundredths() -> frozenset[str]:
    """Words for a hundredth that follow the whole units."""
    return frozenset(_LEXICON["nouns"]["hundredths"])


def _majors() -> frozenset[str]:
    """Codes that finance scales by a letter."""
    return frozenset(
        (
            "USD",
            "EUR",
            "GBP",
            "CHF",
            "SEK",
            "NOK",
            "DKK",
            "JPY",
            "AUD",
            "CAD",
            "NZD",
            "SGD",
            "PLN",
            "CZK",
            "HUF",
            "ISK",
            "INR",
            "CNY",
            "ZAR",
        )
    )


@cache
def _nouns() -> dict[str, tuple[str, ...]]:
    """The last word of each currency's name, in singular and plural, and the currencies in use that share it."""
    in_use = {code for tender in current().values() for code in tender}
    shared: dict[str, list[str]] = {}
    for pool in (in_use, codes() - in_use):
        found: dict[str, list[str]] = {}
        for code in sorted(pool):
            for count in (1, 2):
                last = get_currency_name(code, count, "en").split()[-1].lower()
                if last.isalpha() and code not in found.setdefault(last, []):
                    found[last].append(code)
        shared = found | shared
    return {noun: tuple(_popular_first(found)) for noun, found in shared.items()}


def _popular_first(found: list[str]) -> list[str]:
    order = [code for means in _LEXICON["signs"].values() for code in means]
    return sorted(found, key=lambda code: (order.index(code) if code in order else len(order), code))


@cache
def _names() -> dict[str, str]:
    """Names of two and more words in lower case: CLDR's own, and each country's names and demonyms with its currency's noun."""
    names: dict[str, str] = {}
    in_use = {code for tender in current().values() for code in tender}
    for code in sorted(codes(), key=lambda code: (code not in in_use, code)):
        for count in (1, 2):
            name = get_currency_name(code, count, "en").lower()
            if " " in name and "(" not in name:
                names.setdefault(name, code)
                names.setdefault(name.replace("&", "and"), code)
    countries = lexicon("countries")
    told: dict[str, set[str]] = {}
    for table in ("demonyms", "names"):
        for country, forms in countries[table].items():
            told.setdefault(country, set()).update(form.lower() for form in forms)
    for entry in pycountry.countries:
        told.setdefault(entry.alpha_2, set()).add(entry.name.lower())
    for country, forms in told.items():
        for code in current().get(country, ()):
            for count in (1, 2):
                noun = get_currency_name(code, count, "en").split()[-1].lower()
                for form in forms:
                    names.setdefault(f"{form} {noun}", code)
    return names


def country_of(code: str) -> tuple[str, ...]:
    """The territories that a currency is tender of."""
    return _countries_of().get(code, ())


@cache
def _countries_of() -> dict[str, tuple[str, ...]]:
    users: dict[str, list[str]] = {}
    for territory, tender in sorted(current().items()):
        for code in tender:
            users.setdefault(code, []).append(territory)
    return {code: tuple(territories) for code, territories in users.items()}
