"""Nouns that take a named party up again: `the company`, `the Bank`, `the Minister`, `the Government`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc

from communique.analysis import Analysis
from communique.annotate.party_names.names import Name
from communique.lexicons import lexicon
from communique.link.parties.acting import takes_part
from communique.link.parties.drafts import Draft
from communique.normalise.names import words_of
from communique_models import Kind

DETERMINERS = frozenset({"the", "this", "our", "my"})
GENERIC = frozenset({"company", "firm", "corporation", "issuer", "business", "government", "administration", "commonwealth"})
GOVERNMENT = frozenset({"government", "commonwealth", "federal government", "commonwealth government"})
HIGHEST = frozenset({"president", "prime minister", "first lady"})
"""Offices that only one person holds, so that the office alone names a party where nobody is told to hold it."""
HOME = GOVERNMENT | {"administration", "cabinet", "treasury"}
"""Nouns that mean the state from which the release comes, if nobody else's is told."""


@cache
def nominal_kinds() -> dict[str, tuple[Kind, ...]]:
    """The words that may take up a party -> the kinds of party that each may mean."""
    found: dict[str, tuple[Kind, ...]] = {}
    for kind, words in lexicon("parties")["nominals"].items():
        if kind not in ("hits", "misses"):
            for word in words:
                found[word] = (*found.get(word, ()), Kind(kind))
    return found


@dataclass(slots=True)
class _Reading:
    """What a reader knows when he meets a noun: the parties told so far, the last one last, and what each is called."""

    drafts: list[Draft]
    issuer: Draft | None
    home: str | None
    defined: dict[str, Draft]
    recent: dict[int, Draft] = field(default_factory=dict)
    titles: dict[int, set[str]] = field(default_factory=dict)
    words: dict[int, list[frozenset[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for draft in self.drafts:
            self.titles[id(draft)] = {name.title for name in draft.names if name.title}
            self.words[id(draft)] = [frozenset(words_of(text)) for text in sorted({name.text for name in draft.names})]

    def meet(self, draft: Draft) -> None:
        self.recent.pop(id(draft), None)
        self.recent[id(draft)] = draft

    def meant(self, head: str, *, great: bool) -> Draft | None:
        """The party that a noun takes up; `great` tells whether it is written with a capital."""
        if head in self.defined and great:
            return self.defined[head]
        kinds = nominal_kinds()[head]
        told = list(self.recent.values())
        if Kind.PERSON in kinds:
            bearers = [d for d in told if d.kind is Kind.PERSON and any(_holds(title, head) for title in self.titles[id(d)])]
            if head in HIGHEST:  # 'the President' of a release is its own, whichever other one he has just met
                bearers.sort(key=lambda draft: -min(name.start for name in draft.names))
            return bearers[-1] if bearers and great else None
        if head in HOME and Kind.COUNTRY in kinds and (great or head in GOVERNMENT):
            return self._state(told)
        fitting = [d for d in told if d.kind in kinds or d.kind is None]
        wanted = frozenset(head.split())
        same = [d for d in fitting if any(wanted <= words for words in self.words[id(d)])]
        if same:
            return same[-1]
        if head in GENERIC or (Kind.COMPANY in kinds and head == "group"):
            if self.issuer is not None and self.issuer.kind in kinds and (great or id(self.issuer) in self.recent):
                return self.issuer if great or not fitting else fitting[-1]
            return fitting[-1] if fitting and head in GENERIC else None
        return None

    def _state(self, told: list[Draft]) -> Draft | None:
        states = [d for d in told if d.kind is Kind.COUNTRY]
        own = [d for d in self.drafts if d.kind is Kind.COUNTRY and self.home is not None and d.state == self.home]
        governed = [d for d in states if any(name.rule in ("government", "leader") for name in d.names)]
        if own:
            return own[0]
        if governed or len(states) == 1:
            return (governed or states)[-1]
        return None


def nominals(doc: Doc, analysis: Analysis, drafts: list[Draft], issuer: Draft | None, home: str | None) -> list[Draft]:
    """Add to the drafts the nouns that take them up; the answer are states begun by a noun alone, as `the Government`."""
    named = {i for draft in drafts for name in draft.names for i in range(name.start, name.end)}
    named.update(i for draft in drafts if draft.kind is Kind.PERSON for name in draft.names for i in _office_after(doc, name))
    order = sorted((name.start, k) for k, draft in enumerate(drafts) for name in draft.names)
    reading = _Reading(drafts, issuer, home, {word: drafts[k] for word, k in _defined(doc, drafts)})
    begun: list[Draft] = []
    seen = 0
    for start, end, head in _phrases(doc, analysis, named):
        while seen < len(order) and order[seen][0] < start:
            reading.meet(drafts[order[seen][1]])
            seen += 1
        told = doc[start:end]
        great = told[-1].text[0].isupper()
        meant = reading.meant(head, great=great)
        if meant is None and head in HIGHEST and great and takes_part(told):
            person = next((draft for draft in begun if draft.names[0].title == head), None)
            if person is None:
                name = Name(start, end, told.text, Kind.PERSON, "title", title=head)
                begun.append(Draft([name], Kind.PERSON))
                continue
            meant = person
        if meant is None and head in (GOVERNMENT | {"administration"}) and great:
            states = [draft for draft in begun if draft.kind is Kind.COUNTRY]
            if states:
                meant = states[0]
            elif home is not None and takes_part(told):
                name = Name(start, end, told.text, Kind.COUNTRY, "government", key=f"state:{home}")
                begun.append(Draft([name], Kind.COUNTRY, name.key))
                continue
        if meant is None:
            analysis.dropped("parties", (told.start_char, told.end_char), "nominal", "nobody that it could take up")
            continue
        meant.nominals.append(Name(start, end, told.text, None, "nominal"))
        if meant not in begun:
            reading.meet(meant)
    return begun


def _office_after(doc: Doc, name: Name) -> range:
    """The tokens of the office that stands after a person's name: it is his own."""
    if name.title is None or name.end + 1 >= len(doc) or doc[name.end].text != ",":
        return range(0)
    length = len(name.title.split())
    told = doc[name.end + 1 : name.end + 2 + length].text
    return range(name.end, name.end + 1 + length) if told.startswith(name.title.split()[0]) else range(0)


def _phrases(doc: Doc, analysis: Analysis, named: set[int]) -> Iterator[tuple[int, int, str]]:
    """The phrases that could take up a party: determiner and noun, with nothing after it that makes it another's."""
    known = nominal_kinds()
    for token in doc:
        if (
            token.lower_ not in DETERMINERS
            or token.i + 1 >= len(doc)
            or token.i in named
            or not analysis.layout.admits(token.idx)
        ):
            continue
        for length in (3, 2, 1):
            end = token.i + 1 + length
            if end > len(doc):
                continue
            head = doc[token.i + 1 : end].text.lower()
            if head not in known or any(i in named for i in range(token.i + 1, end)):
                continue
            after = doc[end] if end < len(doc) else None
            if after is not None and not after.is_sent_start:
                if after.lower_ in ("of", "for") or (
                    after.pos_ in ("NOUN", "PROPN")
                    and after.dep_ != "appos"
                    and doc[end - 1].dep_ in ("compound", "amod", "nmod")
                ):
                    break
                if after.text in ("-", "–") and not after.whitespace_:
                    break
            yield token.i, end, head
            break


def _defined(doc: Doc, drafts: list[Draft]) -> Iterator[tuple[str, int]]:
    """The nouns that a name in the text is said to be called: Nordlys AS (the “Company”)."""
    known = nominal_kinds()
    for k, draft in enumerate(drafts):
        for name in draft.names:
            for i in range(name.end, min(name.end + 12, len(doc))):
                if doc[i].is_sent_start:
                    break
                if (
                    doc[i].lower_ in known
                    and doc[i - 1].text in ("“", '"', "‘", "'", "the")
                    and i + 1 < len(doc)
                    and doc[i + 1].text in ("”", '"', "’", "'", ")")
                ):
                    if any(doc[j].text == "(" for j in range(name.end, i)):
                        yield doc[i].lower_, k
                    break


def _holds(title: str, office: str) -> bool:
    """Whether a title is that of an office: `Minister for Trade` of minister, `Secretary to the President` not of president."""
    words = " ".join(words_of(title))
    own = re.split(r" (?:to|of|for|at) ", words)[0]
    return office in (own, words) or own.endswith(" " + office) or own.startswith(office + " ")
