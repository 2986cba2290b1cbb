"""Who gives and who receives in the clause of a verb of commitment, by the verb's frame."""

from __future__ import annotations

from spacy.tokens import Token

from communique.analysis import Analysis
from communique.link.commitments import roles
from communique.link.commitments.clauses import VerbGroup, agents, conjuncts, objects, passive_subjects, prepositional, subjects
from communique.link.commitments.draft import Draft
from communique.link.commitments.lexical import instrument_nouns, lemma, object_classes
from communique.segment import Role


def fill(draft: Draft, group: VerbGroup, analysis: Analysis, sums: list[Token]) -> None:
    """Set who gives and who receives, by the frame; `sums` are the head words of the sums."""
    verb, frame = draft.head, draft.frame
    if frame.turned and not group.passive:
        draft.providers = roles.named(
            analysis, [token for carrier in (verb, *objects(verb), *sums) for token in prepositional(carrier, frame.givers)]
        )
        if not draft.providers:  # 'in a round led by Dale'
            led = [token for inner in verb.subtree if inner.tag_ == "VBN" and inner.dep_ == "acl" for token in agents(inner)]
            draft.providers = roles.named(analysis, led)
        draft.receivers, draft.unnamed = roles.split_named(analysis, subjects(verb))
        draft.receivers = [party for party in draft.receivers if party not in draft.providers]
        draft.receiver_rule = "turned"
        draft.evidence["actor_told"] = float(bool(draft.providers))
        return
    if group.passive or _headline_passive(draft, analysis):
        acting = agents(verb) or [token for item in objects(verb) for token in prepositional(item, frozenset({"by"}))]
        if not acting and frame.mutual:
            acting = [token for signed in passive_subjects(verb) for token in _between(signed)]
    else:
        acting = subjects(verb)
    draft.providers = roles.providers(analysis, draft, acting)
    if draft.providers:
        beside = roles.companions(analysis, verb, acting)
        draft.providers = list(dict.fromkeys([*draft.providers, *beside]))
    draft.givers = roles.unnamed_givers(acting)
    draft.evidence["actor_told"] = float(bool(acting))
    draft.evidence["passive"] = float(group.passive and not acting)
    draft.evidence["actor_named"] = float(bool(draft.providers))
    if not group.passive and not draft.providers:
        if any(_is_instrument(token) for token in acting):
            draft.rules.append("lacks:actor")
            draft.evidence["actor_named"] = 1.0
        else:
            draft.evidence["by_thing"] = float(bool(acting) and all(_is_thing(token) for token in acting))
    draft.receivers, draft.unnamed = roles.receivers(analysis, draft, sums)
    draft.receiver_rule = "frame"
    if _headline_passive(draft, analysis):
        draft.receivers, draft.unnamed = roles.split_named(analysis, subjects(verb))
    if not draft.receivers and not frame.mutual:
        draft.receivers = roles.after_sums(analysis, draft)
        draft.receiver_rule = "after_sum" if draft.receivers else "frame"
    if frame.mutual:
        signed = [] if group.passive else draft.receivers
        draft.providers = list(dict.fromkeys([*draft.providers, *signed]))
        draft.receivers = []
    draft.receivers = [party for party in draft.receivers if party not in draft.providers]


def _headline_passive(draft: Draft, analysis: Analysis) -> bool:
    """'Dale Group Awarded $9 Million Contract': a headline leaves out the auxiliary."""
    block = analysis.layout.block_at(draft.position)
    return (
        draft.frame.id == "award"
        and block is not None
        and block.role in (Role.HEADLINE, Role.SUBHEAD)
        and draft.head.tag_ in ("VBD", "VBN")
        and draft.head.text.istitle()
    )


def _is_thing(token: Token) -> bool:
    """Whether a subject is what was given or made, not somebody: 'the loan', 'these systems', 'this'."""
    return token.lower_ in ("this", "these", "that", "which", "it", "they") or (
        token.pos_ in ("NOUN", "PROPN") and bool(object_classes().get(lemma(token)))
    )


def _is_instrument(token: Token) -> bool:
    """Whether a subject is a law, a budget or a plan, which acts for whoever made it."""
    return token.pos_ in ("NOUN", "PROPN") and lemma(token) in instrument_nouns()


def _between(signed: Token) -> list[Token]:
    """The parties of an agreement that its own words name: 'the treaty between Norway and Ghana'."""
    return [
        token
        for inner in signed.subtree
        if inner.dep_ == "prep" and inner.lower_ in ("between", "among", "with", "of")
        for child in inner.children
        if child.dep_ == "pobj"
        for token in conjuncts(child)
    ]
