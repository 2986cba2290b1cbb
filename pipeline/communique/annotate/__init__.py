"""spaCy components, each usable alone by ``nlp.add_pipe``; what they find stands in ``doc._.communique``."""

from __future__ import annotations

from spacy.language import Language

from communique.annotate import commitments, dates, layout, money, parties, quotations, tokens
from communique.settings import Settings

__all__ = ["add_to", "commitments", "dates", "layout", "money", "parties", "quotations", "tokens"]


def add_to(nlp: Language, settings: Settings) -> None:
    """Add the components to a language model, in the order in which each needs the ones before it."""
    tokens.part(nlp)
    nlp.add_pipe("communique_layout", first=True)
    nlp.add_pipe("communique_money")
    nlp.add_pipe("communique_dates")
    nlp.add_pipe("communique_parties", config={"known": str(settings.parties) if settings.parties else None})
    nlp.add_pipe("communique_quotations")
    nlp.add_pipe("communique_commitments", config={"min_confidence": settings.min_confidence})
