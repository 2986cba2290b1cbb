"""Lists: items under a lead-in, each with a sum or a receiver of its own.

'The successful projects are: - $2 million for the council of Dale to repair its bridge' gives one telling for each item, by
whoever acts in the lead-in.
"""

from __future__ import annotations

from spacy.tokens import Span as Phrase
from spacy.tokens import Token

from communique.analysis import Analysis
from communique.link.commitments import roles
from communique.link.commitments.clauses import prepositional
from communique.link.commitments.draft import Draft
from communique.link.commitments.lexical import Frame, object_classes
from communique.segment import BULLET, Block, Role
from communique_models import Action, Basis, Status

MARK = 12  # characters that may stand before the sum: 'about', 'a further'
LABEL = 80  # characters of a line's label: 'Sudan: US$21 million'
LABEL_ENDS = (":", "–", "—", "-", "\t", "|")
LEAD = Frame("list", Action.FUND, receivers=frozenset({"to", "for"}), nominal=True)


def is_item(block: Block | None, amounts: list[int], analysis: Analysis) -> bool:
    """Whether a sentence is a list's item led by its sum: a bullet or a paragraph that begins with it."""
    if block is None or not amounts:
        return False
    before = analysis.text[block.start : analysis.amounts[amounts[0]].start]
    if len(before) > LABEL:
        return False
    words = BULLET.sub("", before).strip()
    if words.endswith(LABEL_ENDS) and analysis.text[analysis.amounts[amounts[0]].end : block.end].strip(" .;,") == "":
        return True
    return len(words) <= (MARK if block.role is Role.BULLET else 0)


def draft_of_item(
    sentence: Phrase, analysis: Analysis, amounts: list[int], anchors: dict[int, Token | None], lead: Draft | None
) -> Draft | None:
    """The telling of a list's item that begins with a sum, or names one without a verb of its own; None if it has none."""
    sums = [index for index in amounts if analysis.amounts[index].basis is not Basis.OTHER]
    if not sums:
        return None
    head = anchors[sums[0]]
    if head is None:
        return None
    fact = analysis.amounts[sums[0]]
    draft = Draft(
        frame=LEAD,
        head=head,
        trigger=(fact.start, fact.end),
        sentence=sentence,
        action=lead.action
        if lead is not None and lead.action in (Action.FUND, Action.LEND, Action.INVEST, Action.PAY)
        else Action.FUND,
        status=lead.status if lead is not None else Status.ALLOCATED,
        amounts=sums,
        classes=frozenset({"money"}) | object_classes().get(head.lemma_.lower(), frozenset()),
    )
    carriers = [head, *(ancestor for ancestor in head.ancestors)]
    places = [token for carrier in carriers for token in prepositional(carrier, LEAD.receivers)]
    draft.receivers, draft.unnamed = roles.split_named(analysis, places)
    draft.receiver_rule = "frame"
    if not draft.receivers and not draft.unnamed:
        label = [token for token in sentence if token.idx < fact.start and token.i in analysis.party_at]
        draft.receivers = roles.named(analysis, label)
        draft.receiver_rule = "label"
    if lead is not None:
        draft.providers = list(lead.providers)
        draft.receivers = [party for party in draft.receivers if party not in draft.providers]
        if not draft.receivers and not draft.unnamed:
            draft.receivers = [party for party in lead.receivers if party not in draft.providers]
            draft.receiver_rule = "lead"
    draft.rules = ["list:item"]
    draft.evidence["actor_told"] = float(bool(draft.providers))
    return draft
