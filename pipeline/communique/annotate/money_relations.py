"""What sums are to each other: parts of a whole, and the same sum in another currency."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.analysis import AmountFact, Analysis
from communique.annotate.money_parts import parts_by_words
from communique.annotate.money_rows import parts_by_lists, parts_by_sums
from communique.lexicons import lexicon
from communique_models import Basis

LONGEST = 60  # characters between a sum and the same in another currency


def relate(text: str, analysis: Analysis) -> None:
    """Set `equivalent_of` and `part_of` of every amount that is one; parts of what is past are past."""
    amounts = analysis.amounts
    _equivalents(text, amounts)
    listed = parts_by_words(text, analysis)
    listed |= parts_by_lists(text, analysis)
    parts_by_sums(text, analysis)
    for i, fact in enumerate(amounts):
        if fact.part_of is None:
            continue
        whole = amounts[fact.part_of].basis
        if whole is Basis.CUMULATIVE and (i in listed or fact.basis is Basis.NEW):
            fact.basis = Basis.CUMULATIVE
        elif whole is Basis.PREVIOUS and i in listed and fact.basis is Basis.NEW:
            fact.basis = Basis.PREVIOUS


def _equivalents(text: str, amounts: Sequence[AmountFact]) -> None:
    between = re.compile(lexicon("money")["equivalents"]["between"], re.IGNORECASE)
    for i in range(1, len(amounts)):
        one, other = amounts[i - 1], amounts[i]
        gap = text[one.end : other.start]
        if one.currency == other.currency or (one.per is not None and other.per is None) or len(gap) > LONGEST:
            continue
        if between.fullmatch(gap):
            base = one.equivalent_of if one.equivalent_of is not None else i - 1
            other.equivalent_of = base
            other.basis, other.per = amounts[base].basis, amounts[base].per
