"""Organisations that the words beside their names tell: an apposition, a defining bracket, an office held of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Doc

from communique.annotate.party_names.chunks import opens, pieces, run_at, trimmed
from communique.annotate.party_names.names import POSSESSIVE, Name
from communique.annotate.party_names.offices import office_at
from communique.lexicons import lexicon
from communique.normalise.kinds import LABEL, kind_of
from communique.normalise.states import regions, state_names
from communique_models import Kind

APPOSITION = 14  # tokens in which an apposition tells what it describes


@cache
def _descriptions() -> dict[str, Kind]:
    return {
        word: Kind(kind)
        for kind, words in lexicon("parties")["descriptions"].items()
        if kind not in ("hits", "misses")
        for word in words
    }


def headed(doc: Doc, headline: list[bool], admitted: list[bool]) -> Iterator[Name]:
    """The organisations of which somebody holds an office: chief executive of Nordlys, partner at Holm."""
    leading = {tuple(office.replace("-", " - ").split()) for office in lexicon("offices")["leading"]["words"]}
    for token in doc[2:]:
        before = doc[token.i - 1]
        if before.lower_ not in ("of", "at") or not admitted[token.i] or headline[token.i] or not opens(token):
            continue
        office = next(
            (i for i in range(max(0, token.i - 6), token.i - 1) if office_at(doc, i) == (token.i - 1 - i, "organisation")), None
        )
        if office is None or (before.lower_ == "of" and tuple(doc[i].lower_ for i in range(office, token.i - 1)) not in leading):
            continue
        first, after = trimmed(doc, *next(pieces(doc, *run_at(doc, token.i))))
        if after > first and kind_of(doc[first:after].text) != LABEL:
            yield Name(first, after, doc[first:after].text, None, "described", sure=True)


def _defines(doc: Doc, at: int, first: int) -> bool:
    """Whether a bracket gives a name a short form that only a party has: (the "Company"), ("Nordlys"), or tells its ticker."""
    inner = at + 1
    if doc[inner].is_upper and inner + 2 < len(doc) and doc[inner + 1].text == ":":
        return True
    while inner < len(doc) - 1 and doc[inner].lower_ in ("the", "“", '"', "‘", "'", "or", "''", "``"):
        inner += 1
    if inner == at + 1:
        return False
    return doc[inner].lower_ in lexicon("parties")["nominals"]["company"] or (
        inner - at > 1 and doc[inner].text == doc[first].text
    )


def _apposition(doc: Doc, after: int) -> int:
    """Where what an apposition calls a name may stand: past its article or its owner (Norway's); 0 if none follows the name."""
    if doc[after].text != ",":
        return 0
    opening = doc[after + 1]
    if opening.lower_ in ("a", "an", "one"):
        return after + 2
    if opening.lower_ == "the":
        return after + 3
    owned = doc[after + 2].text in POSSESSIVE and (opening.text in state_names() or opening.text in regions())
    return after + 3 if owned else 0


def described(doc: Doc, runs: Iterable[tuple[int, int]]) -> Iterator[Name]:
    """The organisations among `chunks` that an apposition tells: Nordlys, a leading maker of turbines."""
    for start, end in runs:
        first, after = trimmed(doc, *list(pieces(doc, start, end))[-1])  # the last one stands before the comma
        if (
            after <= first
            or after + 3 >= len(doc)
            or doc[first:after].text in regions()
            or doc[first:after].text in state_names()
        ):
            continue
        if doc[after].text == "(" and _defines(doc, after, first):
            yield Name(first, after, doc[first:after].text, None, "described", sure=True)
            continue
        begins = _apposition(doc, after)
        if not begins:
            continue
        for i in range(begins, min(after + 2 + APPOSITION, len(doc))):
            if doc[i].text in (",", ".", ";") or doc[i].is_sent_start or doc[i].tag_ in ("VBD", "VBZ", "MD"):
                break
            if doc[i].lower_ in ("at", "from", "with", "by", "for") or (doc[i].lower_ == "of" and doc[i - 1].lower_ != "one"):
                break
            kind = _descriptions().get(doc[i].lower_) or _descriptions().get(doc[i].lower_.removesuffix("s"))
            if kind is not None and not (i + 1 < len(doc) and doc[i + 1].text in POSSESSIVE):
                if doc[first].ent_type_ != "PERSON" or not office_at(doc, i):
                    yield Name(first, after, doc[first:after].text, kind, "described", sure=True)
                break
