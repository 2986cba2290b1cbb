"""How likely it is that a telling is an undertaking as the guidelines mean it: a logistic regression over what the rules saw.

Its weights are those of `learned`.
"""

from __future__ import annotations

from collections.abc import Iterable

from communique.analysis import Analysis
from communique.link.commitments.clauses import subjects, verb_group
from communique.link.commitments.draft import Draft
from communique.link.commitments.learned import model
from communique.link.commitments.lexical import lemma, object_classes
from communique.link.referents import parties_of
from communique.segment import Role
from communique_models import Basis

LATE = 30  # blocks after which no opening paragraph comes


def features(draft: Draft, analysis: Analysis) -> frozenset[str]:
    """What speaks for and against an undertaking, by name."""
    found = {f"frame={draft.frame.id}", f"action={draft.action}", f"status={draft.status}"}
    found |= {rule for rule in draft.rules if rule.startswith(("status:", "provider:", "list:", "split:", "lacks:"))}
    if not draft.frame.nominal:
        group = verb_group(draft.head)
        found.add(f"verb={lemma(draft.head)}")
        found |= {f"tense={group.tense}", f"dep={draft.head.dep_}", "passive" if group.passive else "active"}
        found |= _subject(draft)
    found |= {f"object={name}" for name in draft.classes}
    found |= {f"amount={analysis.amounts[i].basis}" for i in draft.amounts}
    found |= {f"date={role}" for _, role in draft.dates}
    found |= {f"provider_kind={analysis.parties[i].kind}" for i in draft.providers}
    found |= {f"receiver_kind={analysis.parties[i].kind}" for i in draft.receivers}
    if draft.unnamed and not draft.receivers:
        found.add("receiver_unnamed")
    if not draft.receivers and not draft.unnamed:
        found.add("receiver_none")
    if analysis.issuer is not None and analysis.issuer in draft.providers:
        found.add("provider=issuer")
    if not draft.amounts:
        found.add("amount_none")
    if draft.items:
        found.add("items")
    if draft.told:
        found.add("told_again")
        if len(draft.told) > 1:
            found.add("told_often")
    if analysis.quotation_at(draft.position) is not None:
        found.add("quoted")
    index = analysis.layout.index_at(draft.position)
    if 0 <= index < len(analysis.layout.blocks):
        block = analysis.layout.blocks[index]
        found.add(f"block={block.role}")
        if block.role is Role.BODY:
            before = analysis.layout.blocks[max(0, index - LATE) : index + 1] if index < LATE else analysis.layout.blocks[:LATE]
            found.add(f"paragraph={min(sum(other.role is Role.BODY for other in before), 4)}")
    found |= {
        f"own={basis}"
        for basis in Basis
        if any(analysis.amounts[i].basis is basis and analysis.amounts[i].per for i in draft.amounts)
    }
    return frozenset(found - {"active"})


def _subject(draft: Draft) -> set[str]:
    acting = subjects(draft.head)
    if not acting:
        return {"subject=none"}
    first = acting[0]
    if first.pos_ == "PRON":
        return (
            {f"subject={first.lower_}"}
            if first.lower_ in ("we", "i", "it", "this", "they", "you", "that", "which", "who", "he", "she")
            else {"subject=pronoun"}
        )
    if parties_of(first):
        return {"subject=party"}
    classes = object_classes().get(lemma(first), frozenset())
    return {f"subject_class={name}" for name in classes} or {"subject=thing"}


def confidence(found: Iterable[str]) -> float:
    """The probability, from 0 to 1, rounded to three digits."""
    return round(model("confidence").probability(found), 3)
