"""Names that mean the same party: equal ones, acronyms, bracketed short forms, surnames, shortened and misspelt forms."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz
from spacy.tokens import Doc

from communique.annotate.party_names.names import Name
from communique.annotate.party_names.offices import nicknames
from communique.link.parties.drafts import Draft
from communique.normalise.names import fold, initials, is_acronym, without_legal_form, words_of
from communique.normalise.states import state_of_words
from communique_models import Kind

NEAR = 93  # how like two spellings of one name are, of 100
SHORTEST_NEAR = 9  # letters of a name that may be misspelt
SYMBOL = re.compile(r"\(\s*[A-Za-z.&\s-]{2,20}:\s*([A-Z]{2,5})\b")
"""What an exchange calls a company, right after its name: (OSE: NLE)."""
JUNIOR = frozenset({"jr", "sr"})
MOST_COMPARED = 400  # names of a text that are compared for misspellings


def join(doc: Doc, names: list[Name], headline: list[bool]) -> list[Draft]:
    """The parties that the names of a text stand for, each once."""
    _reconcile(names)
    others = [name for name in names if name.kind is not Kind.PERSON]
    drafts = _same(others)
    defined = dict(_bracketed(doc, drafts))
    for short, long in defined.values():
        if not short.merged and not long.merged and short is not long:
            long.take(short)
    drafts = [draft for draft in drafts if not draft.merged]
    _join_symbols(doc, drafts)
    drafts = [draft for draft in drafts if not draft.merged]
    _join_acronyms(drafts)
    _join_shortened([draft for draft in drafts if not draft.merged])
    _join_misspelt([draft for draft in drafts if not draft.merged])
    people = _people(_cut_back([name for name in names if name.kind is Kind.PERSON], headline))
    return [draft for draft in [*drafts, *people] if not draft.merged]


def _reconcile(names: list[Name]) -> None:
    """Tell persons from organisations by their other names: Nordlys AS is no person, `Holm` is one after Kari Holm."""
    sure = {
        fold(without_legal_form(n.text)) for n in names if n.kind is not Kind.PERSON and n.sure and not n.weak and n.key is None
    }
    surnames = {tuple(person_words(n.text)[-k:]) for n in names if n.kind is Kind.PERSON and " " in n.text for k in (1, 2)}
    leaders = {form.split()[0] for form in sure if " " in form and len(form.split()[0]) > 3}
    given = {words_of(n.text)[0] for n in names if n.kind is Kind.PERSON and n.title}
    for name in names:
        words = words_of(name.text)
        if not words:
            continue
        if name.kind is Kind.PERSON and name.title is None and name.gender is None:
            if fold(name.text) in sure:
                name.kind, name.rule = Kind.COMPANY, "model"
            elif (
                words[0] in leaders
                and words[0] not in given
                and " " in name.text
                and tuple(words) not in surnames - {tuple(words)}
            ):
                name.weak = name.weak or "begins as an organisation's name"
        elif name.rule == "model" and tuple(words) in surnames and not name.sure:
            name.kind, name.rule = Kind.PERSON, "person"


def _same(names: list[Name]) -> list[Draft]:
    """One draft for all names with the same key or the same words."""
    found: dict[str, Draft] = {}
    drafts: list[Draft] = []
    for name in names:
        bare = fold(without_legal_form(name.text))
        draft = (found.get(name.key) if name.key else None) or (found.get(bare) if name.rule not in ("demonym",) else None)
        if draft is not None and name.key and draft.key and name.key != draft.key:
            draft = found.get(name.key)
        if draft is None:
            draft = Draft([], None, name.key)
            drafts.append(draft)
        draft.names.append(name)
        draft.kind = draft.kind or name.kind
        draft.key = draft.key or name.key
        if name.key:
            found.setdefault(name.key, draft)
        if bare:
            found.setdefault(bare, draft)
    return drafts


def _bracketed(doc: Doc, drafts: list[Draft]) -> Iterator[tuple[int, tuple[Draft, Draft]]]:
    """Names right after which another stands in brackets: the short form and the long."""
    at = {name.start: draft for draft in drafts for name in draft.names}
    ends = {name.start: name.end for draft in drafts for name in draft.names}
    for draft in drafts:
        for name in draft.names:
            start, end = name.end, name.end
            if start + 2 < len(doc) and doc[start].text == "(":
                inner = start + 1
                while inner < len(doc) and inner - start < 4 and doc[inner].lower_ in ("the", "“", '"', "‘", "'", "”"):
                    inner += 1
                other = at.get(inner)
                if other is None or other is draft:
                    continue
                end = ends[inner]
                if end < len(doc) and doc[end].text in (")", "”", '"', "’", "'") and _could_be(draft, other):
                    yield name.start, (other, draft)


def _could_be(one: Draft, other: Draft) -> bool:
    """Whether two bracketed names may be one party: not two states, not a body and its state."""
    states = [draft for draft in (one, other) if (draft.key or "").startswith("state:")]
    return not states and (
        one.key is None
        or other.key is None
        or one.key == other.key
        or not one.key.startswith("body:")
        or is_acronym(other.names[0].text)
    )


def _join_symbols(doc: Doc, drafts: list[Draft]) -> None:
    """Join a bare symbol to the company after which an exchange told it: Nordlys Energi ASA (OSE: NLE) … NLE."""
    ends = {name.end: draft for draft in drafts for name in draft.names if draft.kind in (Kind.COMPANY, None)}
    listed: dict[str, list[Draft]] = {}
    for end, draft in ends.items():
        told = SYMBOL.match(doc[end : end + 8].text)
        if told is not None and draft not in listed.setdefault(told[1], []):
            listed[told[1]].append(draft)
    for draft in drafts:
        bearers = [other for other in listed.get(draft.names[0].text, ()) if other is not draft and not other.merged]
        if len(bearers) == 1 and draft.key is None and len({name.text for name in draft.names}) == 1:
            bearers[0].take(draft)


def _join_acronyms(drafts: list[Draft]) -> None:
    """Join `NFA` to the `Nordmark Fisheries Authority`, if only one name gives it."""
    given: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.kind is Kind.COUNTRY:
            for acronym in _of_government(draft):
                given.setdefault(acronym, []).append(draft)
        if not (draft.key or "").startswith("state:"):
            for acronym in {a for name in draft.names if " " in name.text for a in initials(name.text)}:
                given.setdefault(acronym, []).append(draft)
    for draft in drafts:
        if draft.merged or not all(is_acronym(name.text) for name in draft.names) or (draft.key or "").startswith("state:"):
            continue
        longer = [
            d
            for d in given.get(re.sub(r"\W", "", draft.names[0].text).upper(), [])
            if not d.merged and d is not draft and _compatible(draft, d)
        ]
        if len(longer) == 1:
            longer[0].take(draft)


def _of_government(draft: Draft) -> set[str]:
    """The acronyms by which a state's government goes: GON or GoN, of Norway."""
    return {"GO" + "".join(word[0] for word in words_of(name.text)).upper() for name in draft.names if name.rule == "state"}


def _join_shortened(drafts: list[Draft]) -> None:
    """Join a short name to the only longer one that begins or ends with it and that was told before it."""
    candidates = [
        d
        for d in drafts
        if not (d.key or "").startswith(("state:", "region:", "known:")) and not any(name.leader for name in d.names)
    ]
    longer: dict[str, list[Draft]] = {}
    for draft in candidates:
        for form in draft.folds:
            words = form.split()
            for i in range(1, len(words)):
                longer.setdefault(" ".join(words[:i]), []).append(draft)
                longer.setdefault(" ".join(words[i:]), []).append(draft)
    for draft in sorted(candidates, key=lambda d: d.first):
        if draft.merged:
            continue
        words = fold(draft.names[0].text).split()
        if (len(words) == 1 and len(words[0]) < 3) or tuple(words) in _state_words():
            continue
        found = {
            id(d): d
            for form in draft.folds
            for d in longer.get(form, [])
            if d is not draft and not d.merged and _shortens(draft, d)
        }
        if len(found) == 1:
            next(iter(found.values())).take(draft)


def _shortens(short: Draft, long: Draft) -> bool:
    """Whether a name is what is left of a longer one: its first words once it was told, or its last without the state's name."""
    form = fold(without_legal_form(short.names[0].text))
    for name in long.names:
        full = fold(without_legal_form(name.text))
        if full.startswith(form + " "):
            bodies = {short.kind, long.kind} & {Kind.COMPANY, Kind.NONPROFIT, None} == set()
            rest = full[len(form) :].split()
            of_state = rest[0] == "of" and tuple(rest[1:]) in _state_words()  # the Central Bank, of Norway
            return name.start < short.first and (not bodies or of_state) and _compatible(short, long)
        if full.endswith(" " + form):
            left = full[: -len(form) - 1]
            named = tuple(left.split()) in _state_words() or (long.kind is Kind.COMPANY and short.key is None)
            return named and _compatible(short, long) and len(form.split()) > 1
    return False


def _compatible(one: Draft, other: Draft) -> bool:
    if one.key is not None and other.key is not None and one.key != other.key:
        return False
    return one.kind is None or other.kind is None or one.kind == other.kind or not (one.names[0].sure and other.names[0].sure)


@cache
def _state_words() -> frozenset[tuple[str, ...]]:
    return frozenset(state_of_words())


def _join_misspelt(drafts: list[Draft]) -> None:
    """Join names that differ by a letter or two, digits apart."""
    told = [(draft, fold(draft.name)) for draft in drafts if draft.key is None][:MOST_COMPARED]
    for i, (draft, name) in enumerate(told):
        if draft.merged or len(name) < SHORTEST_NEAR:
            continue
        for other, spelt in told[i + 1 :]:
            if other.merged or abs(len(spelt) - len(name)) > 2 or fuzz.ratio(name, spelt) < NEAR:
                continue
            if _compatible(draft, other) and re.findall(r"\d+", spelt) == re.findall(r"\d+", name):
                draft.take(other)


def _cut_back(people: list[Name], headline: list[bool]) -> list[Name]:
    """The persons without those of headlines whose names run on into the next words: Kari Holm Signs."""
    told = {tuple(person_words(name.text)) for name in people if not headline[name.start]}
    kept = []
    for name in people:
        words = tuple(person_words(name.text))
        runs_on = headline[name.start] and words not in told and any(words[:n] in told for n in range(2, len(words)))
        if not runs_on:
            kept.append(name)
    return kept


@dataclass(slots=True)
class _Person:
    """A person in the making: its draft, one name of each form, the genders told, and where it was named last."""

    draft: Draft
    forms: dict[str, Name] = field(default_factory=dict)
    genders: set[str] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)  # of full names, in reading order
    last: int = -1  # of surnames, as they are read

    def add(self, name: Name) -> None:
        self.draft.names.append(name)
        self.draft.key = self.draft.key or name.key
        self.forms.setdefault(name.text, name)
        if name.gender:
            self.genders.add(name.gender)

    def told_before(self, start: int) -> int:
        """The last place before a token at which the person was named; -1 if there is none."""
        i = bisect_left(self.starts, start)
        return max(self.starts[i - 1] if i else -1, self.last)


def _people(names: list[Name]) -> list[Draft]:
    """The persons: full names first, then surnames to the last bearer told before, else the next after."""
    found: list[_Person] = []
    bearers: dict[str, list[_Person]] = {}

    def begin(name: Name) -> _Person:
        person = _Person(Draft([], Kind.PERSON))
        found.append(person)
        for word in dict.fromkeys(reversed(person_words(name.text))):  # Asian and double names are taken up by any of their words
            bearers.setdefault(word, []).append(person)
        return person

    for name in names:
        words = person_words(name.text)
        if len(words) < 2:
            continue
        same = (p for p in bearers.get(words[-1], []) if any(same_person(name, form) for form in p.forms.values()))
        person = next(same, None) or begin(name)
        person.add(name)
        person.starts.append(name.start)
    for name in names:
        words = person_words(name.text)
        if len(words) != 1:
            continue
        could = [p for p in bearers.get(words[0], []) if not (name.gender and p.genders and name.gender not in p.genders)]
        could = [p for p in could if any(person_words(form)[-1] == words[0] for form in p.forms)] or could
        nearest = max(could, key=lambda p: p.told_before(name.start), default=None)
        person = nearest or begin(name)
        person.add(name)
        person.last = name.start
    for person in found:
        person.draft.names.sort(key=lambda name: name.start)
    return [person.draft for person in found]


def person_words(name: str) -> list[str]:
    """The words of a person's name as they are compared, without what tells a son from his father: Joseph Holm, Jr."""
    words = words_of(name)
    return words[:-1] if len(words) > 2 and words[-1] in JUNIOR else words


def same_person(one: Name, other: Name) -> bool:
    """Whether two full names may be one person's: same surname, given names equal, initials of each other, or a nickname."""
    a, b = person_words(one.text), person_words(other.text)
    if a == b:
        return True
    if a[-1] != b[-1] or (one.gender and other.gender and one.gender != other.gender):
        return False
    first, second = a[0], b[0]
    if first == second:
        return True
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    return second in nicknames().get(first, ()) or first in nicknames().get(second, ()) or set(a) <= set(b) or set(b) <= set(a)
