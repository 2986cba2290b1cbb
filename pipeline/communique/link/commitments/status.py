"""How firmly an undertaking is meant, from the verb group that tells it and the words that govern it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from communique.link.commitments.clauses import Chain, Tense, VerbGroup, verb_group
from communique.link.commitments.lexical import Frame, governors, lemma
from communique_models import Status

FIXED = frozenset({Status.PROPOSED, Status.WITHDRAWN})  # what a verb says of itself, whatever its tense
DONE = frozenset({Tense.PAST, Tense.PERFECT})


@dataclass(frozen=True, slots=True)
class Firmness:
    """A status and what decided it; no status where the words undertake nothing."""

    status: Status | None
    reason: str


def firmness(frame: Frame, group: VerbGroup, links: Chain, sum_told: bool = False) -> Firmness:
    """The status of an undertaking.

    The nearest governor that says something decides (``plans to``, ``agreed to``); without one the tense of the top of the
    chain does: a future pledges, a present allocates, a past has delivered, unless the verb's own frame says otherwise. An aim
    (``to help``) undertakes nothing, unless it tells a sum.
    """
    known = governors()
    top = links.top
    telling = verb_group(top) if top.pos_ in ("VERB", "AUX") else group
    for governor in links.governors:
        base = lemma(governor)
        if base == "be" and any(child.lower_ == "to" and child.dep_ == "aux" for child in links.verb.children):
            return Firmness(Status.PLANNED if group.passive else Status.PLEDGED, "is to")
        told = "none" if base == "look" and any(child.lower_ == "forward" for child in governor.children) else known.get(base)
        over = verb_group(governor) if governor.pos_ in ("VERB", "AUX") else None
        if (over is not None and over.negated) or any(child.dep_ == "neg" for child in governor.children):
            return Firmness(None, f"not {governor.text}")
        if told == "none":
            return Firmness(None, f"{governor.text!r} undertakes nothing")
        if told is None:
            if governor.pos_ in ("VERB", "ADJ", "NOUN"):
                return Firmness(None, f"under {governor.text!r}")
            continue
        if told != "through":
            return Firmness(Status(told), governor.text)
    if group.negated or telling.negated:
        refused = telling.tense in (Tense.FUTURE, Tense.PRESENT, Tense.PERFECT) and telling.tense is Tense.FUTURE
        return Firmness(Status.WITHDRAWN if refused else None, "negated")
    tense = telling.tense
    if frame.status in FIXED and (tense is not Tense.INFINITIVE or links.governors):
        return Firmness(frame.status, "its own sense")
    if tense is Tense.FUTURE:
        return Firmness(Status.PLEDGED, "future")
    if tense is Tense.MODAL and _reported(top):
        return Firmness(Status.PLEDGED, "future")
    if tense is Tense.MODAL:
        return Firmness(Status.PROPOSED, "would, could, may")
    if tense is Tense.DUTY:
        return Firmness(None, "a duty or an ability")
    if tense in DONE or (tense is Tense.PARTICIPLE and group.passive):
        return Firmness(frame.status or Status.DELIVERED, "past")
    if tense is Tense.INFINITIVE and not links.governors:
        return Firmness(Status.PLEDGED if sum_told else None, "an aim")
    if any(lemma(governor) in ("continue", "keep") for governor in links.governors):
        return Firmness(Status.DELIVERED, "goes on")
    return Firmness(frame.status or Status.ALLOCATED, "present")


def _reported(verb: Token) -> bool:
    """Whether a 'would' is a future that somebody told: 'said that it would appoint'."""
    said = verb.head if verb.dep_ == "ccomp" else verb.head.head if verb.dep_ == "conj" and verb.head.dep_ == "ccomp" else None
    return (
        said is not None
        and said.tag_ in ("VBD", "VBN")
        and any(child.lower_ == "would" for child in (*verb.children, *verb.head.children))
    )
