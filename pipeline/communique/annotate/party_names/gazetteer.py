"""The names that are known before a text is read: states, their people and regions, bodies, and the user's own list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from communique.analysis import analysis_of
from communique.annotate.party_names.names import Name
from communique.annotate.party_names.offices import title_before
from communique.known_parties import KnownParties
from communique.lexicons import lexicon
from communique.normalise.names import NameIndex
from communique.normalise.states import demonyms, regions, state_names
from communique_models import Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """What a known name stands for; `of` is the state to which a body belongs."""

    key: str
    kind: Kind
    rule: str
    of: str | None = None
    local: bool = False  # goes by a common word


@cache
def bodies() -> dict[str, Entry]:
    """The bodies of the lexicon by their key."""
    found = (
        Entry(f"body:{body['name']}", Kind(body["kind"]), "body", body.get("of"), body.get("local", False))
        for body in lexicon("bodies")["body"]
    )
    return {entry.key: entry for entry in found}


@cache
def common_names() -> NameIndex[Entry]:
    """The index of the names that every release may use."""
    index: NameIndex[Entry] = NameIndex()
    for body in lexicon("bodies")["body"]:
        index.extend([body["name"], *body.get("forms", ())], bodies()[f"body:{body['name']}"])
    for name, code in state_names().items():
        index.add(name, Entry(f"state:{code}", Kind.COUNTRY, "state", code))
    for word, code in demonyms().items():
        index.add(word, Entry(f"state:{code}", Kind.COUNTRY, "demonym", code))
    for phrase in lexicon("parties")["groups"]["words"]:
        index.add(phrase, Entry(f"group:{phrase.lower()}", Kind.GROUP, "group"))
    for word, code in lexicon("parties")["region_people"]["words"].items():
        index.add(word, Entry(f"region:{code}", Kind.PUBLIC_BODY, "demonym", code[:2]))
    for name, code in regions().items():
        index.add(name, Entry(f"region:{code}", Kind.PUBLIC_BODY, "region", code[:2]))
    return index


def listed(doc: Doc, admitted: list[bool]) -> Iterator[Name]:
    """The states, regions, demonyms and bodies in a text; whether they act is decided elsewhere."""
    for start, end, entry in common_names().find(analysis_of(doc).text):
        yield from _named(doc, admitted, start, end, entry.kind, entry.rule, entry.key)


def of_the_user(doc: Doc, admitted: list[bool], known: KnownParties) -> Iterator[Name]:
    """The parties of the user's list in a text."""
    for start, end, number in known.index.find(analysis_of(doc).text):
        for name in _named(doc, admitted, start, end, known.parties[number].kind, "known", f"known:{number}"):
            if name.kind is Kind.PERSON:
                title = title_before(doc, name.start)
                name.start, name.title, name.gender = title.start, title.office, title.gender
            yield name


def _named(doc: Doc, admitted: list[bool], start: int, end: int, kind: Kind | None, rule: str, key: str) -> Iterator[Name]:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not admitted[span.start]:
        return
    if span.start_char < start and span.text[start - span.start_char - 1].isalnum():
        return
    if span.end_char > end and span.text[end - span.start_char].isalnum():
        return
    yield Name(span.start, span.end, span.text, kind, rule, key=key, sure=True)
