"""The tellings of undertakings in one sentence: verbs and nouns of commitment with what hangs on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span as Phrase
from spacy.tokens import Token

from communique.analysis import AmountFact, Analysis, Span
from communique.link.commitments import actors, roles, timing
from communique.link.commitments.clauses import (
    STEP_LIMIT,
    Chain,
    Tense,
    VerbGroup,
    chain,
    objects,
    passive_subjects,
    subjects,
    verb_group,
)
from communique.link.commitments.draft import Draft
from communique.link.commitments.items import items_of
from communique.link.commitments.lexical import frames_of, lemma, noun_frames, object_classes
from communique.link.commitments.objects import action_of, lacking, object_kinds
from communique.link.commitments.status import Firmness, firmness
from communique.link.referents import parties_of
from communique_models import Basis, Status

STEP = "commitments"
DRAWN_ON = re.compile(r"\b(?:of|from|out of|within) (?:the|this|that|these|those|its|our|their)(?: \w+)?\s+$", re.IGNORECASE)
SPARED = frozenset({"object", "party", "agreement", "jobs", "sum_or_contract"})  # without them a verb may still undertake
MEASURING = frozenset({"total", "value", "amount", "represent", "comprise", "exceed", "reach", "price", "estimate"})


def drafts_of(sentence: Phrase, analysis: Analysis, lead: Draft | None = None) -> list[Draft]:
    """The tellings of one sentence, in reading order; `lead` is that of the lead-in where the sentence is a list's item."""
    anchors = {index: span_head(sentence, fact.start, fact.end) for index, fact in _amounts(sentence, analysis)}
    drafts: list[Draft] = []
    for token in sentence:
        if token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBD", "VBZ", "VBN", "VBG"):
            drafts += _verbal(token, sentence, analysis, anchors, lead)
    claimed = {index for draft in drafts for index in draft.amounts}
    for token in sentence:
        if token.pos_ in ("NOUN", "PROPN") and lemma(token) in noun_frames():
            draft = _nominal(token, sentence, analysis, {i: head for i, head in anchors.items() if i not in claimed})
            if draft is not None and draft.amounts:
                claimed.update(draft.amounts)
                drafts.append(draft)
    complete(drafts, sentence, analysis)
    return sorted(drafts, key=lambda draft: draft.position)


def _amounts(sentence: Phrase, analysis: Analysis) -> Iterator[tuple[int, AmountFact]]:
    """The sums that a sentence tells as its own: no equivalents, and not the whole of 'of the $10 million, $7 million'."""
    inside = list(analysis.amounts_in(sentence.start_char, sentence.end_char))
    wholes = {analysis.amounts[index].part_of for index in inside}
    for index in inside:
        fact = analysis.amounts[index]
        drawn_on = index in wholes and DRAWN_ON.search(analysis.text, max(0, fact.start - 20), fact.start)
        if fact.equivalent_of is None and not drawn_on:
            yield index, fact


def span_head(sentence: Phrase, start: int, end: int) -> Token | None:
    """The word that governs the words between two characters."""
    span = sentence.doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None else None


# -- verbs ---------------------------------------------------------------------------------------------------------


def _verbal(
    verb: Token, sentence: Phrase, analysis: Analysis, anchors: dict[int, Token | None], lead: Draft | None
) -> list[Draft]:
    frames = frames_of(verb)
    if (
        not frames
        or verb.dep_ in ("amod", "compound", "nmod")
        or (verb.is_upper and len(verb) > 2 and not sentence.text.isupper())
    ):
        return []
    span = (verb.idx, verb.idx + len(verb))
    group, links = verb_group(verb), chain(verb)
    own = [index for index, head in anchors.items() if head is not None and (_owner(head) == verb or _relative(head, verb))]
    led = lead is not None and _is_bare(verb, group, links)
    if not own and not led and _circumstance(links):
        analysis.dropped(STEP, span, frames[0].id, "a circumstance or an effect, without a sum")
        return []
    classes = object_kinds(verb, group, {head.i for index in own if (head := anchors[index]) is not None})
    spare: Draft | None = None
    for frame in frames:
        told = Firmness(lead.status, "list") if lead is not None and led else firmness(frame, group, links, bool(own))
        if told.status is None:
            analysis.dropped(STEP, span, frame.id, told.reason)
            return [spare] if spare is not None else []
        draft = Draft(
            frame=frame,
            head=verb,
            trigger=_trigger(group, links),
            sentence=sentence,
            action=action_of(frame, classes),
            status=told.status,
            amounts=[i for i in own if analysis.amounts[i].basis is not Basis.OTHER or frame.needs == "sum"],
            classes=classes,
        )
        draft.rules = [f"verb:{frame.id}", f"status:{told.reason}"]
        actors.fill(draft, group, analysis, [head for index in draft.amounts if (head := anchors[index]) is not None])
        wanting = lacking(draft, bool(own))
        if frame.needs == "actor" and not _acts(draft, group, links):
            continue
        if wanting and not _binding(draft):
            analysis.dropped(STEP, span, frame.id, wanting)
            better = spare is None or spare.frame.needs == "agreement"
            if better and frame.needs in SPARED and _acts(draft, group, links):
                draft.rules.append(f"lacks:{frame.needs}")
                spare = draft
            continue
        analysis.kept(STEP, draft.trigger, frame.id, told.reason)
        return _split(draft, analysis)
    if spare is not None:
        analysis.kept(STEP, spare.trigger, spare.frame.id, "a party acts")
    return [spare] if spare is not None else []


def _acts(draft: Draft, group: VerbGroup, links: Chain) -> bool:
    """Whether a party is told to act, firmly enough that an object which no list knows may be an undertaking too."""
    if not draft.evidence.get("actor_named") and not draft.evidence.get("passive"):
        return False
    told_below = draft.frame.id != "require" and any(
        child.dep_ in ("ccomp", "xcomp") and child.pos_ == "VERB" for child in draft.head.children
    )
    if told_below:
        return False  # 'announced that it will open', 'agreed to lend': told by its own verb
    return group.tense is not Tense.PRESENT or bool(links.governors)


def _is_owned(noun: Token) -> bool:
    """Whether a noun of commitment is somebody's own and no verb's object: 'thanks to Norway's investment of'."""
    if lemma(noun) not in noun_frames() or noun.dep_ in ("dobj", "attr", "nsubjpass"):
        return False
    return any(child.dep_ == "poss" and parties_of(child) for child in noun.children)


def _is_bare(verb: Token, group: VerbGroup, links: Chain) -> bool:
    """Whether a list's item begins with the verb that its lead-in governs: 'will work together to: - Strengthen ...'."""
    bare = group.tense in (Tense.INFINITIVE, Tense.PARTICIPLE, Tense.PRESENT) and not group.auxiliaries and not group.passive
    return bare and not links.governors and not subjects(verb) and verb.dep_ in ("ROOT", "conj")


def _relative(head: Token, verb: Token) -> bool:
    """Whether a sum belongs to the object that a relative clause gives: 'the contract of $9 million that Norway awarded'."""
    return verb.dep_ == "relcl" and verb.head in objects(verb) and (head == verb.head or verb.head in head.ancestors)


def _circumstance(links: Chain) -> bool:
    """Whether a verb only says how, why or to what effect: 'ensuring that', 'by building on'."""
    top = links.top
    return (
        top.tag_ == "VBG"
        and top.dep_ in ("advcl", "acl", "pcomp", "nsubj", "dobj", "pobj", "conj", "csubj")
        and not any(child.dep_ in ("aux", "nsubj") for child in top.children)
    )


def _owner(token: Token) -> Token | None:
    """The verb in whose clause a word stands; None for what somebody's own grant or investment holds."""
    for _, ancestor in zip(range(STEP_LIMIT), [token, *token.ancestors], strict=False):
        if _is_owned(ancestor):
            return None
        if ancestor.dep_ == "acl" and lemma(ancestor) in MEASURING:
            continue  # 'three loans totaling $9 million'
        if ancestor.pos_ in ("VERB", "AUX") and (frames_of(ancestor) or ancestor.dep_ in ("ROOT", "conj", "ccomp", "relcl")):
            return ancestor
    return None


def _binding(draft: Draft) -> bool:
    """Whether the verb itself binds, so that an object of any kind will do: 'has agreed to establish a model'."""
    if not draft.frame.loose:
        return False
    head = draft.head
    told = bool(objects(head) or passive_subjects(head))
    told = told or (draft.frame.id == "commit" and any(child.dep_ == "ccomp" for child in head.children))
    firm = "status:future" in draft.rules or draft.status in (Status.AGREED, Status.PLEDGED)
    return told and (firm or bool(draft.providers and verb_group(head).passive))


def _trigger(group: VerbGroup, links: Chain) -> Span:
    """From the governing verb to the verb itself, where few words stand between; else the verb group."""
    first, last = group.first, group.head
    for governor in links.governors:
        lead = verb_group(governor).first if governor.pos_ in ("VERB", "AUX") else governor
        if governor.i < first.i and first.i - governor.i <= 4:
            first = lead if governor.i - lead.i <= 4 else governor
        else:
            break
    return first.idx, last.idx + len(last)


def _stands_after_to(token: Token) -> bool:
    """Whether a word is what 'to' or 'for' names: 'for schools', 'for schools to buy books'."""
    if token.dep_ == "pobj":
        return token.head.lower_ in ("to", "for")
    return token.dep_ == "nsubj" and any(child.dep_ == "mark" and child.lower_ == "for" for child in token.head.children)


def _after_to(region: Phrase, analysis: Analysis) -> list[Token]:
    """The party right after 'to' or 'for', where the parser sees no object: 'to Save the Children'."""
    for token in region:
        if token.lower_ in ("to", "for"):
            return [other for other in region.doc[token.i + 1 : token.i + 4] if other.i in analysis.party_at][:1]
    return []


def _split(draft: Draft, analysis: Analysis) -> list[Draft]:
    """One telling for each receiver where each sum has one of its own: 'will give $9m to A and $2m to B'."""
    if len(draft.amounts) < 2:
        return [draft]
    doc = draft.sentence.doc
    starts = [analysis.amounts[index].end for index in draft.amounts]
    ends = [analysis.amounts[index].start for index in draft.amounts[1:]] + [draft.sentence.end_char]
    shares: list[tuple[list[int], list[Span]]] = []
    for start, end in zip(starts, ends, strict=True):
        region = doc.char_span(start, end, alignment_mode="contract") if start < end else None
        heads = [token for token in region or () if _stands_after_to(token)]
        share = roles.split_named(analysis, heads[:1])
        if region is not None and not heads:
            share = roles.split_named(analysis, _after_to(region, analysis))
        if heads and not share[0] and not share[1]:  # 'to the Office of the High Commissioner': the name stands below the head
            inside = [token for token in heads[0].subtree if token.i in analysis.party_at]
            share = roles.split_named(analysis, inside[:1])
        shares.append(share)
    if not all(who[0] or who[1] for who in shares) or len({str(who) for who in shares}) < len(shares):
        return [draft]
    return [
        replace(
            draft,
            receivers=parties,
            unnamed=phrases,
            receiver_rule="split",
            amounts=[index],
            evidence=dict(draft.evidence),
            told=[],
            dates=[],
            rules=[*draft.rules, "split:receivers"],
        )
        for index, (parties, phrases) in zip(draft.amounts, shares, strict=True)
    ]


# -- nouns ---------------------------------------------------------------------------------------------------------


def _nominal(noun: Token, sentence: Phrase, analysis: Analysis, anchors: dict[int, Token | None]) -> Draft | None:
    """A noun of commitment with a sum: 'the United States' provision of $1.5 billion', 'a $5 million grant'."""
    frame = noun_frames()[lemma(noun)]
    sums = [index for index, head in anchors.items() if head is not None and (noun in head.ancestors or head == noun)]
    sums = [index for index in sums if analysis.amounts[index].basis is not Basis.OTHER]
    if not sums:
        return None
    draft = Draft(
        frame,
        noun,
        (noun.idx, noun.idx + len(noun)),
        sentence,
        frame.action,
        frame.status or Status.ALLOCATED,
        amounts=sums,
        classes=object_classes().get(lemma(noun), frozenset()),
    )
    draft.providers = roles.providers(analysis, draft, [])
    draft.receivers, draft.unnamed = roles.receivers(analysis, draft)
    draft.receiver_rule = "frame"
    draft.receivers = [party for party in draft.receivers if party not in draft.providers]
    draft.evidence["actor_told"] = float(bool(draft.providers))
    draft.rules = [f"noun:{frame.id}"]
    analysis.kept(STEP, draft.trigger, f"noun:{frame.id}", "a sum stands with it")
    return draft


def complete(drafts: list[Draft], sentence: Phrase, analysis: Analysis) -> None:
    """Add when, what in kind, on what condition, and the words that tell what each telling is about."""
    timing.attach_dates(drafts, sentence, analysis)
    heads = frozenset(draft.head.i for draft in drafts)
    for draft in drafts:
        draft.beside = heads - {draft.head.i}
        if not draft.receivers and not draft.unnamed and not draft.frame.mutual:
            draft.receivers, draft.unnamed = roles.beneficiaries(analysis, draft)
            draft.receiver_rule = "purpose"
        draft.items = items_of(draft.head, analysis)
        draft.condition = timing.condition_of(draft)
        draft.content = frozenset(
            lemma(token)
            for token in _told_by(draft.head)
            if token.pos_ in ("NOUN", "PROPN", "NUM", "ADJ") and not token.is_stop and len(token) > 2
        )


def _told_by(head: Token) -> Iterator[Token]:
    """The words that say what an undertaking is about: all below its head but who acts and what goes before."""
    for child in head.children:
        if child.dep_ not in ("nsubj", "aux", "npadvmod", "mark", "punct") or head.dep_ == "amod":
            yield from child.subtree
    if head.pos_ in ("NOUN", "PROPN"):
        yield head
