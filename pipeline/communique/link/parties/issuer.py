"""Who publishes a release."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from communique.analysis import Analysis
from communique.annotate.party_names.names import POSSESSIVE, Name
from communique.link.parties.acting import anchor, is_agent
from communique.link.parties.drafts import Draft
from communique.link.parties.represents import speaks_for
from communique.normalise.kinds import kind_of
from communique.normalise.names import SMALL, fold, initials, without_legal_form, words_of
from communique.normalise.states import state_in, state_of_words
from communique.segment import Role
from communique_models import Kind

ABOUT = re.compile(r"(?:About|ABOUT|SOURCE:?)\s+(?P<name>\S.{1,120})")
STATEMENT = re.compile(
    r"(?:(?:statements?|remarks|message|letter|address|speech|op-ed|readout)\s+(?:by|from|of)|readout of)\s+",
    re.IGNORECASE,
)
SIGNED = 4  # last blocks of a text in which its issuer may sign
NO_WORDS = re.compile(r"[\W\d]*")  # what may stand behind a name that signs: a day in digits
LEAD = 900  # characters of a body that open it
NO_ISSUERS = frozenset({"body:Parliament", "body:Cabinet", "body:federal grand jury", "body:federal court"})
ANNOUNCES = re.compile(r"^(?:,? (?:today|and [^,.]{1,60}))? ?(?:announced|announces)(?: today)?[.,]")
BODIES = (Kind.COMPANY, Kind.NONPROFIT, Kind.PUBLIC_BODY, Kind.INTERGOVERNMENTAL, Kind.COUNTRY)


def author_of(doc: Doc, analysis: Analysis, drafts: list[Draft]) -> Draft | None:
    """The person whose statement a release is as a whole, if its headline says so."""
    text = analysis.text
    for block in analysis.layout.blocks[:3]:
        match = STATEMENT.search(text, block.start, min(block.end, block.start + 300))
        if match:
            told = [
                d
                for d in drafts
                if d.kind is Kind.PERSON
                and any(match.end() <= doc[n.start].idx <= match.end() + 90 and doc[n.start].idx < block.end for n in d.names)
            ]
            if told:
                return min(told, key=lambda d: min(abs(doc[n.start].idx - match.end()) for n in d.names))
    return None


def issuer_of(doc: Doc, analysis: Analysis, drafts: list[Draft]) -> Draft | None:
    """The party that publishes: as told with the file, by its own `About`, or by the headline and the first sentences.

    Where the file tells a body that the text does not name, there is none, rather than another one.
    """
    bodies = [draft for draft in drafts if draft.kind in BODIES and draft.key not in NO_ISSUERS]
    hint = analysis.context.issuer
    hinted = _hinted(hint, drafts)
    if hinted is not None or (hint and (kind_of(hint) in BODIES or state_in(hint))):
        return hinted
    author = author_of(doc, analysis, drafts)
    if author is not None:
        return author.represents or author
    text = analysis.text
    for block in analysis.layout.blocks:
        if block.role in (Role.BOILERPLATE, Role.CONTACT):
            match = ABOUT.match(text, block.start, block.end)
            if match:
                about = fold(match["name"])
                told = [d for d in bodies if any(about == f or about.startswith(f + " ") for f in d.folds)]
                if told:
                    return max(told, key=lambda d: (max(len(f) for f in d.folds if about.startswith(f)), -d.first))
    return _signing(doc, analysis, bodies) or _leading(doc, analysis, drafts, bodies)


def _signing(doc: Doc, analysis: Analysis, bodies: list[Draft]) -> Draft | None:
    """The body whose name alone, or with a day behind it, is one of the last lines."""
    for block in reversed(analysis.layout.blocks[-SIGNED:]):
        if block.role not in (Role.SUBHEAD, Role.HEADLINE):
            continue
        for draft in bodies:
            for name in draft.names:
                begin, last = doc[name.start].idx, doc[name.end - 1]
                if begin == block.start and NO_WORDS.fullmatch(analysis.text, last.idx + len(last), block.end):
                    return draft
    return None


def _hinted(hint: str | None, drafts: list[Draft]) -> Draft | None:
    """The draft that a name told with the file means: by its words, states by any of their names, or by its initials."""
    if not hint:
        return None
    wanted = _signature(hint)
    told: list[tuple[tuple[bool, int, int], Draft]] = []
    for draft in drafts:
        forms = {form for form in map(_signature, draft.folds) if form}
        if wanted in forms or any(hint.upper() == acronym for name in draft.names for acronym in initials(name.text)):
            return draft
        common = [form for form in forms if form < wanted or form > wanted]
        if common:
            told.append(((draft.kind is not Kind.COUNTRY, max(map(len, common)), -draft.first), draft))
    return max(told, key=lambda one: one[0])[1] if told else None


def _signature(name: str) -> frozenset[str]:
    """The words that tell a name: no small ones, no legal form, the state's name or demonym as its code."""
    words = [word for word in words_of(without_legal_form(name)) if word not in SMALL]
    state = state_in(name)
    known = state_of_words()
    return frozenset(state if state and known.get((word,)) == state else word for word in words)


def _leading(doc: Doc, analysis: Analysis, drafts: list[Draft], bodies: list[Draft]) -> Draft | None:
    """The body that acts first: subject in the opening of the text, told in the headline too, told often."""
    openings = [b for b in analysis.layout.blocks if b.admitted]
    if not openings or not bodies:
        return None
    body = next((b for b in openings if b.role is Role.BODY), openings[0])
    country = analysis.context.country

    speaks = any(token.text == "I" for token in doc)
    opening = next((d for d in bodies if any(openings[0].start == doc[n.start].idx and not _owns(doc, n) for n in d.names)), None)
    leader = _leader(doc, drafts, body.start)
    announcing = _announcing(doc, bodies, body.start)
    if announcing is not None:
        return announcing
    if leader is not None and leader.kind is Kind.PERSON:
        return leader

    acting = {id(d): [n for n in d.names if is_agent(doc[n.start : n.end])] for d in bodies}
    begins = min((n.start for names in acting.values() for n in names if doc[n.start].idx >= body.start), default=-1)

    def weight(draft: Draft) -> tuple[float, int]:
        agents = acting[id(draft)]
        early = any(body.start <= doc[n.start].idx < body.start + LEAD for n in agents)
        first = any(doc[n.start].idx < body.start for n in draft.names)
        home = (2.0 if speaks else 1.0) * (draft.state is not None and draft.state == country)
        announces = any(anchor(doc[n.start : n.end]).head.lemma_ in ("announce", "say", "report", "sign") for n in agents)
        told = min(len(agents), 4) * 0.5 + min(len(draft.names), 6) * 0.2
        acts_first = any(n.start == begins for n in agents)
        leads = 2.0 * (draft is opening) + 4.0 * (draft is leader) + acts_first
        return 2.0 * early + 1.5 * first + told + home + announces + leads, -draft.first

    best = max(bodies, key=weight)
    return best if weight(best)[0] >= 1.5 else None


def _announcing(doc: Doc, bodies: list[Draft], start: int) -> Draft | None:
    """The public body that a first sentence ends with: …, the Justice Department announced today."""
    text = doc.text
    for draft in bodies:
        for name in draft.names:
            end = doc[name.end - 1].idx + len(doc[name.end - 1])
            before = text[max(0, doc[name.start].idx - 6) : doc[name.start].idx].rstrip()
            near = start <= doc[name.start].idx < start + LEAD
            if draft.kind is Kind.PUBLIC_BODY and near and before.endswith(", the") and ANNOUNCES.match(text[end : end + 90]):
                return draft
    return None


def _owns(doc: Doc, name: Name) -> bool:
    return name.end < len(doc) and doc[name.end].text in POSSESSIVE


def _leader(doc: Doc, drafts: list[Draft], start: int) -> Draft | None:
    """The state or body for which the person acts who is the first subject of the text; a legislator acts for himself."""
    people = [
        (n.start, d)
        for d in drafts
        if d.kind is Kind.PERSON and (d.represents or speaks_for(d) in ("none", "state"))
        for n in d.names
        if n.title and is_agent(doc[n.start : n.end])
    ]
    first = min(people, key=lambda told: told[0], default=None)
    if first is None or doc[first[0]].idx > start + LEAD // 3:
        return None
    others = (n for d in drafts if d.kind in BODIES and d is not first[1].represents for n in d.names)
    if any(start <= doc[n.start].idx < doc[first[0]].idx and is_agent(doc[n.start : n.end]) for n in others):
        return None
    return first[1].represents or first[1]


def country_of(doc: Doc, analysis: Analysis, drafts: list[Draft], issuer: Draft | None) -> str | None:
    """The state from which a release comes, ISO 3166 alpha-2: the issuer itself, the context's, or that of the issuer's name."""
    if issuer is not None and issuer.kind is Kind.COUNTRY and issuer.state:
        return issuer.state
    if analysis.context.country:
        return analysis.context.country
    if analysis.context.issuer:
        told = state_in(analysis.context.issuer)
        if told:
            return told
    if issuer is not None and issuer.kind in (Kind.COUNTRY, Kind.PUBLIC_BODY):
        return issuer.state or state_in(issuer.name)
    if issuer is not None and issuer.kind is Kind.PERSON and issuer.represents is not None:
        return issuer.represents.state
    return _most_active(doc, drafts)


def _most_active(doc: Doc, drafts: list[Draft]) -> str | None:
    """The state that is subject more often than any other: the one that speaks of what it does."""
    active = sorted(
        (
            (sum(is_agent(doc[n.start : n.end]) for n in d.names), d.state or "")
            for d in drafts
            if d.kind is Kind.COUNTRY and d.state
        ),
        reverse=True,
    )
    if not active or not active[0][0] or (len(active) > 1 and active[1][0] == active[0][0]):
        return None
    return active[0][1]
