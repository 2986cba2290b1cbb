"""Which currency an ambiguous mark means in its release: by the issuer's country, by marks that are settled, else unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from communique.normalise.currencies import Mark, country_of, current
from communique.normalise.money import Sum
from communique_models import CurrencyBasis


def settle(sums: Sequence[Sum], country: str | None) -> list[tuple[str | None, CurrencyBasis, tuple[str, ...]]]:
    """For each sum its currency (ISO 4217, None where ambiguous), what told it, and what it may be where nothing did."""
    told = Counter(found.mark.code for found in sums if found.mark.code)
    return [_settled(found.mark, country, told) for found in sums]


def _settled(mark: Mark, country: str | None, told: Counter[str | None]) -> tuple[str | None, CurrencyBasis, tuple[str, ...]]:
    if mark.code is not None:
        return mark.code, mark.basis, ()
    own = next((code for code in current().get(country or "", ()) if code in mark.candidates), None)
    if own is not None:
        return own, CurrencyBasis.CONTEXT, ()
    elsewhere = [code for code, _ in told.most_common() if code in mark.candidates and (mark.usual is None or country is None)]
    if len(elsewhere) == 1 and elsewhere[0] is not None:
        return elsewhere[0], CurrencyBasis.CONTEXT, ()
    if mark.usual is not None and not (len(elsewhere) > 1 and country is None):
        return mark.usual, mark.basis, ()
    return None, CurrencyBasis.AMBIGUOUS, mark.candidates


def is_own(mark: Mark, country: str | None) -> bool:
    """Whether one of the mark's currencies is the issuer's own."""
    return any(country in country_of(code) for code in mark.candidates)
