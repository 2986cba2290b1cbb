"""Which parties a phrase means, by what the party step has noted at its words."""

from __future__ import annotations

from spacy.tokens import Span, Token

from communique.analysis import analysis_of


def parties_of(phrase: Span | Token) -> list[int]:
    """The parties that a noun phrase, pronoun or possessive refers to, as indexes of `Analysis.parties`; empty if none.

    The phrase's own head word decides (``the Bank``, ``we``, ``the Ministry of Finance``). Where the head names no party, the
    parties of the words in apposition to it count (``its subsidiary, Nordlys AS``). A party that is only the possessor
    (``Norway's support``) or one side of a conjunction is left to the caller.
    """
    head = phrase if isinstance(phrase, Token) else phrase.root
    at = analysis_of(phrase.doc).party_at
    if head.i in at:
        return [at[head.i]]
    return list(dict.fromkeys(at[child.i] for child in head.children if child.dep_ == "appos" and child.i in at))
