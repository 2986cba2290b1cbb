"""All names of parties in a text: from lists, shapes, titles and the model, one where several overlap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Doc

from communique.analysis import Analysis
from communique.annotate.chunks import organisations, trimmed
from communique.annotate.gazetteer import listed, of_the_user
from communique.annotate.governments import governments
from communique.annotate.names import Name, headlines, is_capitalised
from communique.annotate.persons import persons
from communique.known_parties import KnownParties
from communique.lexicons import lexicon
from communique.link.acting import gives, is_place, takes_part
from communique.normalise.kinds import LABEL, heads, kind_of
from communique.normalise.names import fold, is_acronym, is_legal_form
from communique_models import Kind

TICKER = re.compile(r"\(\s*[A-Za-z.&\s-]{2,30}:\s*[A-Z0-9.\s,;:–-]{1,40}\)")
RANK = {"known": 0, "title": 1, "government": 2, "leader": 2, "body": 3, "shape": 3, "label": 4, "state": 5, "region": 5, "person": 6, "demonym": 7, "model": 8}


def find(doc: Doc, analysis: Analysis, known: KnownParties | None) -> list[Name]:
    """The names in the admitted blocks of a text, in reading order."""
    admitted = [analysis.layout.admits(token.idx) for token in doc]
    for match in TICKER.finditer(doc.text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is not None:
            admitted[span.start : span.end] = [False] * len(span)
    headline = headlines(doc, analysis)
    found: list[Name] = list(of_the_user(doc, admitted, known)) if known else []
    in_lists = list(listed(doc, admitted))
    found += [name for name in in_lists if name.rule == "body"]
    found += governments(doc, (name for name in in_lists if name.rule != "body"), admitted)
    found += organisations(doc, headline, admitted)
    people = list(persons(doc, headline, admitted))
    found += people
    found += _of_model(doc, headline, admitted)
    chosen = _without_overlap(doc, found)
    return [name for name in chosen if _is_party(doc, analysis, name, headline[name.start])]


def _of_model(doc: Doc, headline: list[bool], admitted: list[bool]) -> Iterator[Name]:
    """The organisations that the model sees, mended: no articles, possessives, brackets or line breaks."""
    labels: dict[str, Counter[str]] = {}
    for ent in doc.ents:
        labels.setdefault(fold(ent.text), Counter())[ent.label_] += 1
    for ent in doc.ents:
        if not admitted[ent.start] or headline[ent.start]:
            continue
        told = labels[fold(ent.text)]
        if ent.label_ != "ORG" and not (told["ORG"] and ent.label_ in ("GPE", "PERSON", "PRODUCT", "FAC", "NORP", "LOC")):
            continue
        start, end = ent.start, ent.end
        for i in range(start, end):
            if "\n" in doc[i].text or doc[i].text in ("(", "[", "|", ":", ";", "@") or "http" in doc[i].text:
                end = i
                break
        start, end = trimmed(doc, start, end)
        if end <= start:
            continue
        text = doc[start:end].text
        if not any(c.isupper() for c in text) or not is_capitalised(doc[start]) or len(text) < 2:
            continue
        kind = kind_of(text)
        if kind == LABEL:
            yield Name(start, end, text, None, "label")
        else:
            yield Name(start, end, text, kind if isinstance(kind, Kind) else None, "model", sure=kind is not None)


def _without_overlap(doc: Doc, found: Iterable[Name]) -> list[Name]:
    """Of names that overlap, the one of the better source, the longer of equal ones; in reading order."""
    taken = [False] * len(doc)
    chosen = []
    for name in sorted(found, key=lambda n: (_rank(doc, n), n.start - n.end, n.start)):
        if not any(taken[name.start : name.end]):
            taken[name.start : name.end] = [True] * (name.end - name.start)
            chosen.append(name)
    return sorted(chosen, key=lambda n: n.start)


def _rank(doc: Doc, name: Name) -> tuple[int, int]:
    """Lists and titles come first; a shape, label or body that spans more than a state, a person or a shorter body comes before them."""
    rank = RANK[name.rule]
    if name.rule in ("shape", "label", "body") and name.end - name.start > 1:
        return (3, 0)
    return (rank, 0)


def _is_party(doc: Doc, analysis: Analysis, name: Name, headline: bool) -> bool:
    """Whether a name stands for somebody who acts; what is dropped leaves its reason."""
    span = doc[name.start : name.end]
    reason = ""
    if name.rule == "label":
        reason = "a label: a programme, a law, a place, an occasion"
    elif name.rule in ("state", "region"):
        if headline:
            reason = "" if name.rule == "state" and not is_place(span) and takes_part(span) else "in a headline"
        elif is_place(span):
            reason = "a place here"
        elif not takes_part(span):
            reason = "takes no part"
    elif name.rule == "demonym":
        following = doc[name.end] if name.end < len(doc) else None
        reason = "" if following is not None and gives(following) and not headline else "only describes"
    elif name.rule == "model":
        reason = _doubt(doc, name)
    elif name.rule == "shape" and not any(is_legal_form(word.strip(",.")) for word in name.text.split()[1:]):
        if not takes_part(span) and not any(token.ent_type_ == "ORG" for token in span):
            reason = "takes no part"
    if reason:
        analysis.dropped("parties", (span.start_char, span.end_char), name.rule, reason)
    return not reason


def _doubt(doc: Doc, name: Name) -> str:
    """Why the model's organisation is none; empty if it may be one."""
    span = doc[name.start : name.end]
    words = name.text.split()
    if fold(name.text) in _no_parties():
        return "a common abbreviation or word"
    if len(words) == 1 and (words[0] in heads() or not any(c.isalpha() for c in words[0])):
        return "a common noun"
    if any(char in name.text for char in "|@#*_<>/\\•") or len(name.text) > 120 or re.search(r"\d{3}", name.text):
        return "no name"
    if not takes_part(span):
        return "takes no part"
    if len(words) == 1 and not is_acronym(name.text) and span[0].pos_ not in ("PROPN", "NOUN"):
        return "no noun"
    return ""


@cache
def _no_parties() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon("parties")["no_parties"]["words"])
