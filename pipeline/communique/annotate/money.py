"""The component for money."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from communique.analysis import analysis_of


@Language.component("communique_money")
def annotate_money(doc: Doc) -> Doc:
    analysis_of(doc)
    return doc
