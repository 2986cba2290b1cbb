"""The component for parties: names are found, joined to parties, and taken up by nouns and pronouns."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from communique import known_parties
from communique.analysis import analysis_of
from communique.link.parties.find import find


@Language.factory("communique_parties", default_config={"known": None})
def make_parties(nlp: Language, name: str, known: str | None) -> PartyAnnotator:  # noqa: ARG001 - spaCy's signature
    """The annotator of parties; `known` is the path of the user's own list."""
    return PartyAnnotator(known_parties.read(Path(known)) if known else None)


class PartyAnnotator:
    """Fills `parties`, `issuer` and `party_at` of a doc's analysis."""

    def __init__(self, known: known_parties.KnownParties | None = None) -> None:
        self.known = known

    def __call__(self, doc: Doc) -> Doc:
        """The doc, with its parties."""
        find(doc, analysis_of(doc), self.known)
        return doc
