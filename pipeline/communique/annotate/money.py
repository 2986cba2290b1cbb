"""The component for sums of money."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from communique.analysis import AmountFact, Analysis, Doubt, analysis_of
from communique.annotate.money_basis import judge
from communique.annotate.money_currency import is_own, settle
from communique.annotate.money_relations import relate
from communique.annotate.money_words import comparator_of, rate_of
from communique.home import home_country
from communique.normalise.money import Rejected, Sum, read_sums
from communique_models import Comparator, CurrencyBasis, NoticeCode

STEP = "money"


@Language.component("communique_money")
def annotate_money(doc: Doc) -> Doc:
    """Fill `Analysis.amounts` from the text; needs no other component and no model."""
    analysis = analysis_of(doc)
    text = analysis.text
    if analysis.context.country is None:
        analysis.context.country = home_country(text, analysis.context)
    sums = _admitted(text, analysis)
    for found, (currency, basis, candidates) in zip(sums, settle(text, sums, analysis.context), strict=True):
        fact = _fact(text, found, currency, basis, candidates)
        analysis.amounts.append(fact)
        analysis.kept(STEP, (fact.start, fact.end), fact.rule, f"currency by {basis.value}")
        if basis is CurrencyBasis.AMBIGUOUS:
            told = f"{text[fact.start : fact.end]!r} may be in {', '.join(candidates)}"
            analysis.doubts.append(Doubt(NoticeCode.AMBIGUOUS_CURRENCY, told, (fact.start, fact.end)))
    judge(text, analysis)
    relate(text, analysis)
    return doc


def _admitted(text: str, analysis: Analysis) -> list[Sum]:
    """The sums that count, in reading order, none within another."""
    sums: list[Sum] = []
    for found in sorted(read_sums(text), key=lambda found: (found.start, -found.end)):
        span = (found.start, found.end)
        if sums and found.start < sums[-1].end:
            continue
        if isinstance(found, Rejected):
            analysis.dropped(STEP, span, "no_sum", found.reason)
        elif not analysis.layout.admits(found.start):
            analysis.dropped(STEP, span, "boilerplate", "stands in a part that is skipped")
        elif found.mark.home and not is_own(found.mark, analysis.context.country):
            analysis.dropped(STEP, span, "letter", "a letter that is a currency only at home")
        else:
            sums.append(found)
    return sums


def _fact(text: str, found: Sum, currency: str | None, basis: CurrencyBasis, candidates: tuple[str, ...]) -> AmountFact:
    ranged = found.high is not None
    comparator = Comparator.RANGE if ranged else comparator_of(text, found.start, found.end)
    if found.plus and comparator is Comparator.EQUAL:
        comparator = Comparator.AT_LEAST
    return AmountFact(
        start=found.start,
        end=found.end,
        currency=currency,
        currency_basis=basis,
        value=None if ranged else found.low,
        low=found.low if ranged else None,
        high=found.high,
        comparator=comparator,
        per=rate_of(text, found.start, found.end),
        candidates=candidates,
        rule="range" if ranged else "sum",
    )
