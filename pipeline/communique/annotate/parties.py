"""The component for parties."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from communique.analysis import analysis_of


@Language.factory("communique_parties", default_config={"known": None})
def make_parties(nlp: Language, name: str, known: str | None) -> "PartyAnnotator":
    return PartyAnnotator()


class PartyAnnotator:
    def __call__(self, doc: Doc) -> Doc:
        analysis_of(doc)
        return doc
