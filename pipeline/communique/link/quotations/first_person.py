"""Whom `I` and `we` mean: the speaker of a quotation and his organisation, else the author of the release and its issuer."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from communique.analysis import Analysis
from communique.link.parties.issuer import STATEMENT
from communique_models import Kind

I = frozenset({"i", "me", "my", "mine", "myself"})  # noqa: E741 - the pronoun
WE = frozenset({"we", "us", "our", "ours", "ourselves"})
JOINT = re.compile(r"\bjoint(?:ly)?\b", re.IGNORECASE)


def resolve(doc: Doc, analysis: Analysis) -> None:
    """Add to `party_at` the first persons of a text, in quotations and outside."""
    author = author_at(analysis)
    joint = any(JOINT.search(analysis.text, block.start, block.end) for block in analysis.layout.blocks[:1])
    quotations = iter(analysis.quotations)
    quotation = next(quotations, None)
    for token in doc:
        while quotation is not None and token.idx >= quotation.end:
            quotation = next(quotations, None)
        word = token.lower_
        if (word not in I and word not in WE) or token.i in analysis.party_at or not analysis.layout.admits(token.idx):
            continue
        if word == "us" and token.text == "US":
            continue
        quoted = quotation is not None and quotation.start <= token.idx
        speaker = quotation.speaker if quotation is not None and quoted else author if not quoted else None
        if word in I:
            meant = speaker if speaker is not None or quoted else analysis.issuer
        else:
            meant = (
                _body_of(analysis, speaker) if speaker is not None else (analysis.issuer if not joint and not quoted else None)
            )
        if meant is not None:
            analysis.party_at[token.i] = meant
            analysis.kept("quotations", (token.idx, token.idx + len(token)), "first person", analysis.parties[meant].name)


def _body_of(analysis: Analysis, speaker: int) -> int:
    """The organisation or state for which a person says `we`; the person where none is known."""
    party = analysis.parties[speaker]
    if party.kind is Kind.PERSON and party.represents is not None:
        return party.represents
    return speaker


def author_at(analysis: Analysis) -> int | None:
    """The person whose statement the release is as a whole, by its headline."""
    for block in analysis.layout.blocks[:3]:
        match = STATEMENT.search(analysis.text, block.start, min(block.end, block.start + 300))
        if match:
            for k, party in enumerate(analysis.parties):
                if party.kind is Kind.PERSON and any(
                    match.end() <= start <= match.end() + 90 and start < block.end for start, _ in party.mentions
                ):
                    return k
    return None
