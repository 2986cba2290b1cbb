"""The component for commitments: who undertakes what for whom, how much, by when, how firmly."""

from __future__ import annotations

from collections import Counter

from spacy.language import Language
from spacy.tokens import Doc, Span

from communique.analysis import Analysis, CommitmentFact, PartyFact, Quotation, analysis_of
from communique.link.commitments import confidence, counting, lists, retellings, triggers
from communique.link.commitments.draft import Draft
from communique.link.commitments.retellings import GIVING
from communique.segment import Block, Role
from communique_models import Basis, Kind, Status

STEP = "commitments"


@Language.component("communique_commitments", requires=["doc.sents", "token.dep", "token.lemma"])
def annotate_commitments(doc: Doc) -> Doc:
    """Fill `Analysis.commitments`, and the unnamed receivers among `Analysis.parties`."""
    analysis = analysis_of(doc)
    drafts = retellings.folded(_drafts(doc, analysis), analysis)
    _settle_providers(drafts, analysis)
    _settle_receivers(drafts)
    kept = [draft for draft in retellings.joined(drafts, analysis) if draft.providers or draft.givers]
    _claim_parts(kept, analysis)
    analysis.commitments = [_fact(draft, analysis) for draft in kept]
    counting.count(analysis)
    return doc


def _drafts(doc: Doc, analysis: Analysis) -> list[Draft]:
    found: list[Draft] = []
    lead: Draft | None = None
    for sentence in doc.sents:
        if not sentence.text.strip():
            continue
        first = next(token for token in sentence if not token.is_space)
        block = analysis.layout.block_at(first.idx)
        if block is not None and not block.admitted:
            continue
        item = _item(sentence, block, analysis, lead)
        told = [item] if item is not None else triggers.drafts_of(sentence, analysis)
        if block is not None and (block.role is Role.BULLET or item is not None):
            for draft in told:
                if draft.head.tag_ == "VBG" and draft.head.dep_ == "ROOT":
                    draft.status = lead.status if lead is not None else Status.PLEDGED
                if not draft.providers and lead is not None:
                    draft.providers = [party for party in lead.providers if party not in draft.receivers]
        elif told:
            lead = told[0]
        found += told
    return found


def _item(sentence: Span, block: Block | None, analysis: Analysis, lead: Draft | None) -> Draft | None:
    amounts = [
        i for i in analysis.amounts_in(sentence.start_char, sentence.end_char) if analysis.amounts[i].equivalent_of is None
    ]
    if not lists.is_item(block, sentence, amounts, analysis):
        return None
    anchors = {i: triggers.span_head(sentence, analysis.amounts[i].start, analysis.amounts[i].end) for i in amounts}
    draft = lists.draft_of_item(sentence, analysis, amounts, anchors, lead)
    if draft is not None:
        triggers.complete([draft], sentence, analysis)
    return draft


def _settle_providers(drafts: list[Draft], analysis: Analysis) -> None:
    """Who undertakes what is told without an actor: whoever acts in its paragraph, else the issuer, else who acts most often."""
    told = Counter(party for draft in drafts for party in draft.providers)
    told.update(next((draft.providers for draft in drafts if draft.providers), []))  # who acts first counts twice
    usual = min(told, key=lambda party: (-told[party], party)) if told else None
    block, last = -1, list[int]()
    for draft in drafts:
        here = analysis.layout.index_at(draft.position)
        if here != block:
            block, last = here, []
        if not draft.providers and not draft.givers:
            fallback = last or [party for party in (analysis.issuer, usual) if party is not None][:1]
            draft.providers = [party for party in fallback if party not in draft.receivers]
            draft.rules.append(
                "provider:paragraph" if last else "provider:issuer" if analysis.issuer is not None else "provider:usual"
            )
        last = draft.providers or last


def _claim_parts(drafts: list[Draft], analysis: Analysis) -> None:
    """Give a total the parts of it that no telling of their own has."""
    claimed = {index for draft in drafts for telling in (draft, *draft.told) for index in telling.amounts}
    for draft in drafts:
        draft.amounts += [
            index
            for index, fact in enumerate(analysis.amounts)
            if index not in claimed
            and fact.part_of in draft.amounts
            and fact.basis is not Basis.OTHER
            and fact.equivalent_of is None
        ]


def _settle_receivers(drafts: list[Draft]) -> None:
    """Who receives what is given without a word of it: whoever receives most of what the release gives."""
    told = Counter(party for draft in drafts for party in draft.receivers if draft.action in GIVING)
    if not told:
        return
    usual = min(told, key=lambda party: (-told[party], party))
    if 2 * told[usual] <= told.total() or told[usual] < 2:
        return
    for draft in drafts:
        if draft.action in GIVING and not draft.receivers and not draft.unnamed and usual not in draft.providers:
            draft.receivers = [usual]
            draft.rules.append("receiver:usual")


def _fact(draft: Draft, analysis: Analysis) -> CommitmentFact:
    features = confidence.features(draft, analysis)
    receivers = [party for party in draft.receivers if party not in draft.providers]
    if not receivers:
        receivers = [_group(span, analysis, draft) for span in draft.unnamed]
    tellings = [draft, *draft.told]
    evidence = sorted({_extent(telling.sentence) for telling in tellings})
    return CommitmentFact(
        trigger=draft.trigger,
        evidence=evidence,
        action=draft.action,
        status=draft.status,
        providers=draft.providers + [_group(span, analysis, draft) for span in draft.givers],
        receivers=receivers,
        restated=sorted({telling.trigger for telling in draft.told} - {draft.trigger}),
        said_by=_speaker(tellings, analysis),
        amounts=sorted(set(draft.amounts)),
        items=draft.items,
        dates=sorted(set(draft.dates)),
        condition=draft.condition,
        confidence=confidence.confidence(features),
        features=features,
        rules=draft.rules,
    )


def _extent(sentence: Span) -> tuple[int, int]:
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _speaker(tellings: list[Draft], analysis: Analysis) -> int | None:
    """Who says it, if it is told in quotations only."""
    quoted = [_quotation(telling.position, analysis) for telling in tellings]
    return None if any(quotation is None for quotation in quoted) else next((q.speaker for q in quoted if q is not None), None)


def _quotation(character: int, analysis: Analysis) -> Quotation | None:
    return next((quotation for quotation in analysis.quotations if quotation.start <= character < quotation.end), None)


def _group(span: tuple[int, int], analysis: Analysis, draft: Draft) -> int:
    """The party for an unnamed receiver, made if it is not there."""
    name = draft.sentence.doc.text[span[0] : span[1]]
    for index, party in enumerate(analysis.parties):
        if party.kind is Kind.GROUP and party.name == name:
            if span not in party.mentions:
                party.mentions.append(span)
            return index
    analysis.parties.append(PartyFact(name, Kind.GROUP, [span], rule="receiver"))
    return len(analysis.parties) - 1
