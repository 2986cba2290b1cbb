"""Which currency an ambiguous mark means in its release: by the issuer's country, by marks that are settled, else unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from communique.analysis import Context
from communique.home import likeliest
from communique.normalise.currencies import Mark, country_of, current
from communique.normalise.money import Sum
from communique_models import CurrencyBasis

Settled = tuple[str | None, CurrencyBasis, tuple[str, ...]]
"""A currency (ISO 4217, None where ambiguous), what told it, and what it may be where nothing did."""


def settle(text: str, sums: Sequence[Sum], context: Context) -> list[Settled]:
    """The currency of each sum of a release."""
    told = Counter(found.mark.code for found in sums if found.mark.code)
    known: dict[Mark, Settled] = {}
    for mark in {found.mark: None for found in sums}:
        known[mark] = (mark.code, mark.basis, ()) if mark.code is not None else _settled(text, mark, context, told)
    marked: dict[tuple[object, object], set[str]] = {}
    for found in sums:
        if found.mark.code:
            marked.setdefault((found.low, found.high), set()).add(found.mark.code)
    return [_retold(found, marked.get((found.low, found.high), set())) or known[found.mark] for found in sums]


def _retold(found: Sum, codes: set[str]) -> Settled | None:
    """The currency of a bare sum that is told elsewhere with its currency: `$336 million` after `$336M USD`."""
    meant = [code for code in codes if code in found.mark.candidates]
    return (meant[0], CurrencyBasis.CONTEXT, ()) if len(meant) == 1 and found.mark.code is None else None


def _settled(text: str, mark: Mark, context: Context, told: Counter[str]) -> Settled:
    """What an ambiguous mark means: at the issuer's home, else where the release looks most, else in English at large."""
    if own := _tender(mark, context.country):
        return own, CurrencyBasis.CONTEXT, ()
    elsewhere = [code for code in told if code in mark.candidates and code != mark.usual]
    if len(elsewhere) == 1 and mark.usual is None:
        return elsewhere[0], CurrencyBasis.CONTEXT, ()
    among = {country for code in mark.candidates for country in country_of(code)}
    if own := _tender(mark, likeliest(text, among, replace(context, country=None))):
        return own, CurrencyBasis.CONTEXT, ()
    if mark.usual is not None:
        return mark.usual, mark.basis, ()
    return None, CurrencyBasis.AMBIGUOUS, mark.candidates


def _tender(mark: Mark, country: str | None) -> str | None:
    """The currency that a mark means in a country."""
    return next((code for code in current().get(country or "", ()) if code in mark.candidates), None)


def is_own(mark: Mark, country: str | None) -> bool:
    """Whether one of the mark's currencies is the issuer's own."""
    return _tender(mark, country) is not None
