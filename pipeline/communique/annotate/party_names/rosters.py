"""Names in lists: who took part and for whom (`Kari Holm, Chair, Nordlys`), and items that are names alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from communique.analysis import Analysis
from communique.annotate.party_names.chunks import INNER, trimmed
from communique.annotate.party_names.names import Name, is_capitalised
from communique.annotate.party_names.offices import after_names, office_at
from communique.lexicons import lexicon
from communique.normalise.kinds import AFTER_HEAD, LABEL, heads, kind_of
from communique.normalise.states import demonyms, regions, state_names
from communique.segment import Block, Role
from communique_models import Kind

LONGEST_LINE = 240  # characters of an item that tells one person
LONGEST_NAME = 12  # tokens of an item that is a name alone
LONGEST_PERSON = 8  # tokens of a person's name
FEWEST = 3  # items in a row that are names alone, or names in an enumeration
SMALL = AFTER_HEAD | INNER | {"and", "&", "the", ",", "-", "–", "’s", "'s", ".", "(", ")", "’", "'"}
JOINTS = frozenset({",", ";", "and", "&", "as", "well"})


@cache
def _collectives() -> dict[str, Kind]:
    """The words before a list that tell what its items are -> their kind, where the names alone do not tell it."""
    table = lexicon("parties")["listed"]
    return {word: Kind(kind) for kind, words in table.items() if kind not in ("hits", "misses") for word in words}


def listed_in_items(doc: Doc, analysis: Analysis, admitted: list[bool]) -> Iterator[Name]:
    """The persons with their organisations, and the organisations, that items of a list consist of."""
    alone: list[tuple[int, int]] = []
    lead: Kind | None = None
    for block in analysis.layout.blocks:
        item = _tokens(doc, block) if block.role is Role.BULLET and block.end - block.start <= LONGEST_LINE else None
        if item is None or not admitted[item[0]]:
            yield from _names_alone(doc, alone, lead)
            alone = []
            lead = _collective(analysis.text[block.start : block.end]) if block.admitted else None
            continue
        told = list(_person_with_body(doc, *item))
        yield from told
        if not told and _is_name(doc, *item):
            alone.append(item)
    yield from _names_alone(doc, alone, lead)


def _tokens(doc: Doc, block: Block) -> tuple[int, int] | None:
    """The tokens of an item without its bullet."""
    span = doc.char_span(block.start, block.end, alignment_mode="expand")
    if span is None:
        return None
    start, end = span.start, span.end
    while start < end and not doc[start].text[0].isalpha():
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in (".", ";", ",")):
        end -= 1
    return (start, end) if end > start else None


def _collective(text: str) -> Kind | None:
    """The kind of what a line before a list announces: `The boats were paid for by these companies:`."""
    line = text.rstrip()[-160:].lower()
    if not line.endswith((":", "include", "includes", "including", "are", "were")):
        return None
    words = line.replace(":", " ").replace(",", " ").split()
    return next((_collectives()[word] for word in reversed(words) if word in _collectives()), None)


def _is_name(doc: Doc, start: int, end: int) -> bool:
    """Whether an item is a name alone: capitals throughout, no number, no state, no office, no person."""
    if end - start > LONGEST_NAME or kind_of(doc[start:end].text) == LABEL:
        return False
    text = doc[start:end].text
    if (
        text in state_names()
        or text in regions()
        or text in demonyms()
        or any(doc[i].ent_type_ == "PERSON" for i in range(start, end))
    ):
        return False
    great = sum(is_capitalised(token) for token in doc[start:end])
    small = sum(token.lower_ in SMALL or token.is_stop for token in doc[start:end])
    return great + small >= end - start and great > 0 and is_capitalised(doc[end - 1]) and not office_at(doc, start)


def _names_alone(doc: Doc, items: list[tuple[int, int]], kind: Kind | None) -> Iterator[Name]:
    """The organisations that items name, if the line before the list says that they are such."""
    if kind is None or len(items) < FEWEST:
        return
    for start, end in items:
        first, after = trimmed(doc, start, end)
        if after > first:
            told = kind_of(doc[first:after].text)
            yield Name(first, after, doc[first:after].text, told if isinstance(told, Kind) else kind, "described", sure=True)


def _person_with_body(doc: Doc, start: int, end: int) -> Iterator[Name]:
    """Who an item tells and the body for which he came: `Kari Holm, Chair and President, Nordlys`."""
    commas = [i for i in range(start, end) if doc[i].text == ","]
    if not commas or not _is_persons(doc, start, commas[0]):
        return
    first = commas[0]
    while len(commas) > 1 and doc[commas[0] + 1].text.replace(".", "").lower() in after_names():  # Kari Holm, MD, Chair
        commas = commas[1:]
    office = any(office_at(doc, i) for i in range(commas[0] + 1, min(commas[0] + 8, end)))
    if not office and not all(doc[i].ent_type_ == "PERSON" for i in range(start, first)):
        return
    title = doc[commas[0] + 1 : commas[-1] if len(commas) > 1 else end].text if office else None
    yield Name(start, first, doc[start:first].text, Kind.PERSON, "title", title=title, sure=True)
    body, after = trimmed(doc, commas[-1] + 1, end)
    if after <= body or any(office_at(doc, i) for i in range(body, after)):
        return
    kind = kind_of(doc[body:after].text)
    told = kind != LABEL if office and len(commas) > 1 else isinstance(kind, Kind)
    if told and all(is_capitalised(doc[i]) or doc[i].lower_ in SMALL for i in range(body, after)):
        yield Name(body, after, doc[body:after].text, None, "described", sure=True)


def _is_persons(doc: Doc, start: int, end: int) -> bool:
    """Whether words may be a person's name: two to six with a capital, no office, no word that closes a body's name."""
    words = [doc[i] for i in range(start, end) if doc[i].text not in (".", "-", "’", "'")]
    if not 2 <= len(words) <= 5 or end - start > LONGEST_PERSON or not all(is_capitalised(word) for word in words):
        return False
    return words[-1].text not in heads() and not any(office_at(doc, i) for i in range(start, end))


def enumerations(doc: Doc, names: list[Name]) -> Iterator[list[Name]]:
    """The runs of organisations that only commas and `and` part, where there are some in a row."""
    run: list[Name] = []
    for name in names:
        if run and not all(doc[i].lower_ in JOINTS for i in range(run[-1].end, name.start)):
            if len(run) >= FEWEST:
                yield run
            run = []
        if name.kind is Kind.PERSON or name.rule in ("label", "state", "region", "demonym", "leader"):
            if len(run) >= FEWEST:
                yield run
            run = []
        else:
            run.append(name)
    if len(run) >= FEWEST:
        yield run
