"""The component for commitments: who undertakes what for whom, how much, by when, how firmly."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from communique.analysis import Analysis, CommitmentFact, PartyFact, Quotation, analysis_of
from communique.link import counting, lists, retellings, triggers
from communique.link.draft import Draft
from communique.segment import Role
from communique_models import Kind

STEP = "commitments"


@Language.component("communique_commitments", requires=["doc.sents", "token.dep", "token.lemma"])
def annotate_commitments(doc: Doc) -> Doc:
    """Fill `Analysis.commitments`, and the unnamed receivers among `Analysis.parties`."""
    analysis = analysis_of(doc)
    drafts = _drafts(doc, analysis)
    _settle_providers(drafts, analysis)
    kept = [draft for draft in retellings.joined(drafts, analysis) if draft.providers]
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
        told = triggers.drafts_of(sentence, analysis)
        if block is not None and block.role is Role.BULLET:
            told = told or _item(sentence, analysis, lead)
            for draft in told:
                if not draft.providers and lead is not None:
                    draft.providers = list(lead.providers)
        elif told:
            lead = told[0]
        found += told
    return found


def _item(sentence: Span, analysis: Analysis, lead: Draft | None) -> list[Draft]:
    amounts = [i for i in analysis.amounts_in(sentence.start_char, sentence.end_char) if analysis.amounts[i].equivalent_of is None]
    anchors = {i: triggers.span_head(sentence, analysis.amounts[i].start, analysis.amounts[i].end) for i in amounts}
    draft = lists.draft_of_item(sentence, analysis, amounts, anchors, lead)
    return [draft] if draft is not None else []


def _settle_providers(drafts: list[Draft], analysis: Analysis) -> None:
    """Who undertakes what is told without an actor: the last one told, else the issuer."""
    last: list[int] = []
    for draft in drafts:
        if draft.providers:
            last = draft.providers
        elif last:
            draft.providers = [party for party in last if party not in draft.receivers]
            draft.rules.append("provider:last")
        elif analysis.issuer is not None:
            draft.providers = [analysis.issuer]
            draft.rules.append("provider:issuer")


def _fact(draft: Draft, analysis: Analysis) -> CommitmentFact:
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
        providers=draft.providers,
        receivers=receivers,
        restated=sorted({telling.trigger for telling in draft.told} - {draft.trigger}),
        said_by=_speaker(tellings, analysis),
        amounts=sorted(set(draft.amounts)),
        items=draft.items,
        dates=sorted(set(draft.dates)),
        condition=draft.condition,
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


