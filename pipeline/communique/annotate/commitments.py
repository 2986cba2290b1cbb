"""The component for commitments: who undertakes what for whom, how much, by when, how firmly."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from communique.analysis import Analysis, CommitmentFact, PartyFact, analysis_of
from communique.link.commitments import answers, confidence, counting, lists, purposes, recipients, retellings, settle, triggers
from communique.link.commitments.clauses import Tense, verb_group
from communique.link.commitments.draft import Draft
from communique.segment import Block, Role
from communique.settings import Settings
from communique_models import Kind

STEP = "commitments"


@Language.factory(
    "communique_commitments",
    default_config={"min_confidence": Settings().min_confidence},
    requires=["doc.sents", "token.dep", "token.lemma"],
)
def make_commitments(nlp: Language, name: str, min_confidence: float) -> CommitmentAnnotator:  # noqa: ARG001 - the signature that spaCy calls
    """The component; it needs a parser before it, and the other components of communique for whom, how much and when."""
    return CommitmentAnnotator(min_confidence)


@dataclass(frozen=True, slots=True)
class CommitmentAnnotator:
    """Fills `Analysis.commitments`, and the unnamed receivers among `Analysis.parties`."""

    min_confidence: float

    def __call__(self, doc: Doc) -> Doc:
        """Find the undertakings of a text; those less sure than `min_confidence` are dropped with a trace."""
        analysis = analysis_of(doc)
        joined = retellings.joined(tellings(doc, analysis), analysis)
        kept = [sure for draft in joined if (sure := self._sure(draft, analysis)) is not None]
        settle.parts(kept, analysis)
        for draft in kept:
            answers.settle(draft)
        for draft in kept:
            recipients.choose(draft, kept, analysis)
        groups = {party.name: index for index, party in enumerate(analysis.parties) if party.kind is Kind.GROUP}
        analysis.commitments = [_fact(draft, analysis, groups) for draft in kept]
        counting.count(analysis)
        return doc

    def _sure(self, draft: Draft, analysis: Analysis) -> Draft | None:
        """The undertaking, led by its surest telling where its fullest one is not sure enough; None if none is."""
        if not draft.providers and not draft.givers:
            analysis.dropped(STEP, draft.trigger, draft.frame.id, "nobody is told who undertakes it")
            return None
        self._rate(draft, analysis)
        if draft.confidence >= self.min_confidence:
            return draft
        tellings = [draft, *draft.told]
        for other in draft.told:
            other.told = draft.told  # as many as it would have
            self._rate(other, analysis)
            other.told = []
        best = max(draft.told, key=lambda other: other.confidence, default=draft)
        if best.confidence < self.min_confidence or not best.providers:
            reason = f"confidence {draft.confidence:.2f} is below {self.min_confidence:.2f}"
            analysis.dropped(STEP, draft.trigger, draft.frame.id, reason)
            return None
        draft.told = []
        return retellings.led_by(best, tellings, analysis)

    def _rate(self, draft: Draft, analysis: Analysis) -> None:
        draft.features = confidence.features(draft, analysis)
        draft.confidence = confidence.confidence(draft.features)


def tellings(doc: Doc, analysis: Analysis) -> list[Draft]:
    """All tellings of a text, in reading order, with who gives and receives settled; which are of one undertaking comes next."""
    drafts = retellings.folded(_drafts(doc, analysis), analysis)
    settle.wholes(drafts, analysis)
    settle.providers(drafts, analysis)
    settle.receivers(drafts, analysis)
    return drafts


def _drafts(doc: Doc, analysis: Analysis) -> list[Draft]:
    found: list[Draft] = []
    lead: Draft | None = None
    before: Block | None = None  # the last block that is no bullet
    opening: dict[int, Draft] = {}  # the first telling of each block, by where the block starts
    for sentence in doc.sents:
        first = next((token for token in sentence if not token.is_space), None)
        if first is None:
            continue
        block = analysis.layout.block_at(first.idx)
        if block is not None and not block.admitted:
            continue
        if block is not None and block.role is not Role.BULLET and block is not before:
            before = block
            if lead is not None:  # 'This investment will include:' goes on about what its paragraph began with
                lead = opening[analysis.layout.blocks[analysis.layout.index_at(lead.position)].start]
        item = _item(sentence, block, analysis, lead)
        under = lead if block is not None and block.role is Role.BULLET else None
        told = [item] if item is not None else triggers.drafts_of(sentence, analysis, under)
        if block is not None and (block.role is Role.BULLET or item is not None):
            for draft in told:
                if not draft.providers and lead is not None:
                    draft.providers = [party for party in lead.providers if party not in draft.receivers]
        elif told:
            lead = told[0]
            start = analysis.layout.blocks[analysis.layout.index_at(lead.position)].start if block is not None else 0
            opening.setdefault(start, lead)
        found += told
    return found


def _item(sentence: Span, block: Block | None, analysis: Analysis, lead: Draft | None) -> Draft | None:
    amounts = [
        i for i in analysis.amounts_in(sentence.start_char, sentence.end_char) if analysis.amounts[i].equivalent_of is None
    ]
    if not lists.is_item(block, amounts, analysis):
        return None
    anchors = {i: triggers.span_head(sentence, analysis.amounts[i].start, analysis.amounts[i].end) for i in amounts}
    first = anchors[amounts[0]]
    if first is not None and first.dep_ in ("nsubj", "nsubjpass") and verb_group(first.head).tense is not Tense.INFINITIVE:
        return None  # a sentence, whose subject the sum is
    draft = lists.draft_of_item(sentence, analysis, amounts, anchors, lead)
    if draft is not None:
        triggers.complete([draft], sentence, analysis)
    return draft


def _fact(draft: Draft, analysis: Analysis, groups: dict[str, int]) -> CommitmentFact:
    receivers = [party for party in draft.receivers if party not in draft.providers]
    receivers += [_group(span, analysis, groups) for span in draft.unnamed]
    tellings = [draft, *draft.told]
    evidence = sorted({_extent(telling.sentence) for telling in tellings})
    return CommitmentFact(
        trigger=draft.trigger,
        evidence=evidence,
        action=draft.action,
        status=draft.status,
        providers=draft.providers + [_group(span, analysis, groups) for span in draft.givers],
        receivers=receivers,
        restated=sorted({telling.trigger for telling in draft.told} - {draft.trigger}),
        said_by=_speaker(tellings, analysis),
        amounts=sorted(set(draft.amounts)),
        items=draft.items,
        dates=sorted(set(draft.dates)),
        purposes=purposes.purposes_of(draft, analysis.text),
        programme=purposes.programme_of(draft, analysis.text),
        condition=draft.condition,
        confidence=draft.confidence,
        features=draft.features,
        candidates=draft.candidates,
        rules=draft.rules,
    )


def _extent(sentence: Span) -> tuple[int, int]:
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _speaker(tellings: list[Draft], analysis: Analysis) -> int | None:
    """Who says it, if it is told in quotations only."""
    quoted = [analysis.quotation_at(telling.position) for telling in tellings]
    return None if any(quotation is None for quotation in quoted) else next((q.speaker for q in quoted if q is not None), None)


def _group(span: tuple[int, int], analysis: Analysis, groups: dict[str, int]) -> int:
    """The party for an unnamed receiver or giver, made if it is not there; `groups` are those there are, by name."""
    place = next((one for one in analysis.places.values() if span in one.mentions), None)
    name = place.name if place is not None else analysis.text[span[0] : span[1]]
    if name not in groups:
        groups[name] = len(analysis.parties)
        made = PartyFact(name, Kind.GROUP, [span], rule="receiver")
        analysis.parties.append(made if place is None else replace(place, mentions=[span]))
    elif span not in (mentions := analysis.parties[groups[name]].mentions):
        mentions.append(span)
    return groups[name]
