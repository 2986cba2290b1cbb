"""What is given, built or signed: the classes of a clause's objects, and the action that they make of it."""

from __future__ import annotations

from spacy.tokens import Token

from communique.link.commitments.clauses import VerbGroup, objects, passive_subjects, prepositional
from communique.link.commitments.draft import Draft
from communique.link.commitments.lexical import Frame, lemma, object_classes
from communique_models import Action

INTO = frozenset({"of", "in", "into", "for", "on", "to", "with"})


def object_kinds(verb: Token, group: VerbGroup, sums: set[int]) -> frozenset[str]:
    """The classes of what is given, built or signed; `sums` are the places of the head words of the sums told with it."""
    known = object_classes()
    heads = objects(verb) + (passive_subjects(verb) if group.passive else [])
    if with_what := list(prepositional(verb, frozenset({"with"}))):
        heads = with_what if lemma(verb) in ("provide", "supply", "equip", "furnish") else heads + with_what
    found: set[str] = set()
    for head in heads or prepositional(verb, INTO):
        found |= known.get(lemma(head), frozenset())
        for child in head.children:
            if child.dep_ in ("compound", "nmod", "amod") and child.pos_ in ("NOUN", "PROPN"):
                found |= known.get(lemma(child), frozenset()) & NARROWER
    if not found:
        outer = heads + [head for head in prepositional(verb, INTO) if lemma(head) != "order"]
        found |= {name for head in outer for name in known.get(lemma(head), frozenset())}
        for head in outer:
            found |= {name for child in head.children for name in known.get(lemma(child), frozenset()) & NARROWER}
            for inner in prepositional(head, frozenset({"of", "in"})):
                found |= known.get(lemma(inner), frozenset())
                found |= {name for child in inner.children for name in known.get(lemma(child), frozenset()) & NARROWER}
    if sums and (not found or found & {"money", "loan"} or any(head.i in sums for head in heads)):
        found.add("money")
    return frozenset(found)


NARROWER = frozenset(
    {"loan", "goods", "jobs", "contract", "agreement", "stake", "payment"}
)  # 'a loan agreement', 'equipment grant'
BARGAINS = frozenset({"agreement", "contract", "loan", "purchase", "disposal", "equity"})  # what is signed or closed
ORDER = (
    "equity",
    "purchase",
    "disposal",
    "loan",
    "contract",
    "agreement",
    "jobs",
    "stake",
    "goods",
    "service",
    "works",
    "rule",
    "report",
    "payment",
    "burden",
    "money",
)


def action_of(frame: Frame, classes: frozenset[str]) -> Action:
    """The action of a frame with objects of these classes."""
    table = dict(frame.by_object)
    if "money" in classes and "money" in table and not classes & {"loan", "contract", "jobs", "equity", "purchase", "disposal"}:
        return table["money"]
    for name in ORDER:
        if name in classes and name in table:
            return table[name]
    return frame.action


def lacking(draft: Draft, has_sum: bool) -> str:
    """What the frame needs and the clause does not have; empty where nothing is missing."""
    frame, classes = draft.frame, draft.classes
    taken = {name for name, _ in frame.by_object}
    has_object = bool((has_sum and "money" in taken) or draft.items or classes & taken)
    needs = {
        "nothing": True,
        "object": has_object,
        "party": bool(draft.receivers or draft.unnamed),
        "sum": has_sum,
        "agreement": bool(classes & BARGAINS) or ("stake" in classes and frame.id == "agree"),
        "jobs": "jobs" in classes,
        "actor": bool(draft.evidence.get("actor_named") or draft.evidence.get("passive")),
        "sum_or_contract": has_sum or bool(classes & {"contract", "loan", "money"}),
    }
    return "" if needs[frame.needs] else f"no {frame.needs.replace('_', ' ')} with it"
