"""The grammar of a clause over spaCy's dependencies (ClearNLP labels): verb groups, subjects, objects, what governs a verb.

Nothing here knows what a commitment is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj", "attr", "oprd"})
RELATIVE = frozenset({"which", "that", "who", "whom"})
LIGHT = frozenset({"take", "make", "have", "reach", "sign", "conclude", "announce", "enter", "win"})
STEP_LIMIT = 40  # a chain of heads is never longer; a guard, not a rule


class Tense(StrEnum):
    """How a verb group is told."""

    FUTURE = "future"
    MODAL = "modal"  # would, could, may, might
    DUTY = "duty"  # should, must, can
    PERFECT = "perfect"
    PAST = "past"
    PROGRESSIVE = "progressive"
    PRESENT = "present"
    INFINITIVE = "infinitive"
    PARTICIPLE = "participle"


@dataclass(slots=True)
class VerbGroup:
    """A verb with its auxiliaries."""

    head: Token
    tense: Tense
    passive: bool
    negated: bool
    auxiliaries: list[Token] = field(default_factory=list)

    @property
    def first(self) -> Token:
        """The word that the group begins with."""
        return min([self.head, *self.auxiliaries], key=lambda token: token.i)


def verb_group(verb: Token) -> VerbGroup:
    """The group that a verb heads; in a coordination the auxiliaries of the first verb serve the others."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    passive = any(child.dep_ == "auxpass" for child in auxiliaries)
    negated = any(
        child.dep_ == "neg" or (child.lower_ in ("never", "longer") and child.dep_ == "advmod") for child in verb.children
    )
    owner = verb
    while not auxiliaries and owner.dep_ == "conj" and owner.head.pos_ in ("VERB", "AUX") and owner.tag_ == owner.head.tag_:
        if any(child.dep_ in SUBJECTS | PASSIVE_SUBJECTS for child in owner.children):
            break
        owner = owner.head
        shared = [child for child in owner.children if child.dep_ in ("aux", "auxpass") and child.i < owner.i]
        if shared:
            return VerbGroup(verb, _tense(verb, shared), any(child.dep_ == "auxpass" for child in shared), negated, [])
    return VerbGroup(verb, _tense(verb, auxiliaries), passive or _reduced_passive(verb, auxiliaries), negated, auxiliaries)


def _reduced_passive(verb: Token, auxiliaries: list[Token]) -> bool:
    return (
        verb.tag_ == "VBN"
        and not auxiliaries
        and (verb.dep_ in ("acl", "amod", "advcl") or any(c.dep_ == "agent" for c in verb.children))
    )


def _tense(verb: Token, auxiliaries: list[Token]) -> Tense:
    words = {child.lower_ for child in auxiliaries}
    lemmas = {child.lemma_.lower() for child in auxiliaries}
    if words & {"will", "shall", "'ll", "’ll", "wo"}:
        return Tense.FUTURE
    if words & {"would", "could", "may", "might", "'d", "’d"}:
        return Tense.MODAL
    if words & {"should", "must", "can", "ca", "ought"}:
        return Tense.DUTY
    if "to" in words:
        return Tense.INFINITIVE
    if "have" in lemmas:
        return Tense.PERFECT
    if "be" in lemmas and verb.tag_ == "VBG":
        return Tense.PROGRESSIVE
    if auxiliaries:
        finite = min(auxiliaries, key=lambda token: token.i)
        return Tense.PAST if finite.tag_ == "VBD" else Tense.PRESENT
    if verb.tag_ == "VBD":
        return Tense.PAST
    if verb.tag_ in ("VBG", "VBN"):
        return Tense.PARTICIPLE
    if verb.tag_ == "VB":
        return Tense.INFINITIVE
    return Tense.PRESENT


@dataclass(slots=True)
class Chain:
    """A verb and the words that govern it, nearest first: 'plans to begin to build' -> build, [begin, plans]."""

    verb: Token
    governors: list[Token] = field(default_factory=list)

    @property
    def top(self) -> Token:
        """The word of the chain that the subject belongs to."""
        return self.governors[-1] if self.governors else self.verb


def chain(verb: Token) -> Chain:
    """The words that govern a verb by control, raising or complement; a clause with a subject of its own ends it."""
    found = Chain(verb)
    token = verb
    for _ in range(STEP_LIMIT):
        governor = _governor(token)
        if governor is None:
            return found
        found.governors.append(governor)
        if governor.pos_ == "NOUN" and governor.dep_ == "dobj" and governor.head.pos_ == "VERB" and governor.head.lemma_ in LIGHT:
            found.governors.append(governor.head)  # 'took action to', 'reached an agreement to'
            governor = governor.head
        elif (
            governor.pos_ == "NOUN"
            and governor.dep_ == "pobj"
            and governor.head.lower_ == "in"
            and governor.head.head.lemma_ == "be"
        ):
            found.governors.append(governor.head.head)  # 'is in the process of'
            governor = governor.head.head
        token = governor
    return found


def _governor(token: Token) -> Token | None:
    if any(child.dep_ in SUBJECTS | PASSIVE_SUBJECTS for child in token.children):
        return None
    head = token.head
    if token.dep_ == "conj" and head.pos_ == token.pos_ and head.tag_ == token.tag_:
        return _governor(head)
    if token.dep_ == "xcomp" or (token.dep_ == "ccomp" and token.tag_ in ("VB", "VBG")):
        return head
    if (
        token.dep_ == "pcomp"
        and head.dep_ == "prep"
        and head.lower_ in ("to", "on", "in", "for", "of", "from")
        and head.head.pos_ in ("VERB", "ADJ", "NOUN")
    ):
        return head.head
    if token.dep_ in ("acl", "relcl") and token.tag_ == "VB" and head.pos_ == "NOUN":
        return head  # plans to build, the commitment to provide
    if token.dep_ == "advcl" and token.tag_ == "VB" and head.pos_ == "ADJ":
        return head
    return None


def objects(verb: Token) -> list[Token]:
    """The heads of a verb's objects, those joined to them included; what a relative pronoun stands for."""
    found = [_antecedent(child, verb) for child in verb.children if child.dep_ in OBJECTS]
    return [joined for child in found for joined in conjuncts(child)]


def passive_subjects(verb: Token) -> list[Token]:
    """The heads of a passive's subjects; for a participle after a noun that noun."""
    found = [child for child in verb.children if child.dep_ in PASSIVE_SUBJECTS]
    if not found and verb.dep_ == "conj":
        return passive_subjects(verb.head) if verb.head.pos_ in ("VERB", "AUX") else []
    if not found and verb.dep_ in ("acl", "amod") and verb.tag_ == "VBN":
        return [verb.head]
    return [joined for child in found for joined in conjuncts(_antecedent(child, verb))]


def subjects(verb: Token) -> list[Token]:
    """The heads of the subjects that act in a verb's clause, found through coordination, relative clauses and control."""
    token = verb
    for _ in range(STEP_LIMIT):
        own = [child for child in token.children if child.dep_ in SUBJECTS | PASSIVE_SUBJECTS]
        if own:
            return [joined for child in own for joined in conjuncts(_antecedent(child, token))]
        if (token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX")) or (
            token.dep_ in ("xcomp", "advcl", "ccomp") and token.head.pos_ in ("VERB", "AUX", "ADJ")
        ):
            token = token.head
        elif token.dep_ == "pcomp" and token.head.dep_ == "prep":
            token = token.head.head
        elif token.dep_ in ("acl", "relcl"):
            if token.tag_ == "VBG" or token.dep_ == "relcl":
                return conjuncts(token.head)
            token = token.head  # 'its plan to build': whoever has the plan
            if token.pos_ in ("NOUN", "PROPN"):
                owners = [child for child in token.children if child.dep_ == "poss"]
                if owners:
                    return owners
                while token.dep_ in ("dobj", "attr", "pobj", "prep", "nsubj") and token.pos_ not in ("VERB", "AUX"):
                    token = token.head
        elif token.dep_ in ("acomp", "attr", "dobj", "prep", "pobj") and token.pos_ not in ("VERB", "AUX"):
            token = token.head
        else:
            return []
    return []


def agents(verb: Token) -> list[Token]:
    """The heads of those by whom a passive is done."""
    found = [
        pobj
        for child in verb.children
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for pobj in child.children
        if pobj.dep_ == "pobj"
    ]
    return [joined for token in found for joined in conjuncts(token)]


def _antecedent(subject: Token, verb: Token) -> Token:
    """What a relative pronoun stands for."""
    if subject.lower_ in RELATIVE and verb.dep_ == "relcl":
        return verb.head
    if subject.lower_ in RELATIVE and subject.tag_ in ("WDT", "WP"):
        for ancestor in verb.ancestors:
            if ancestor.dep_ == "relcl":
                return ancestor.head
    return subject


def conjuncts(token: Token) -> list[Token]:
    """A token and those that are coordinated with it, in order."""
    found, queue = [token], [token]
    while queue:
        head = queue.pop()
        for child in head.children:
            if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM"):
                found.append(child)
                queue.append(child)
            elif child.dep_ == "appos" and head.pos_ == "PROPN":  # 'Dale, a builder, and Holm': Holm hangs on the builder
                found += [joined for joined in child.children if joined.dep_ == "conj" and joined.pos_ == "PROPN"]
    return sorted(found, key=lambda one: one.i)


def prepositional(head: Token, prepositions: frozenset[str]) -> Iterator[Token]:
    """The objects of prepositions that hang on a word, those joined to them included."""
    for child in head.children:
        if child.dep_ in ("prep", "dative", "agent") and child.lower_ in prepositions:
            for pobj in child.children:
                if pobj.dep_ == "pobj":
                    yield from conjuncts(pobj)
