"""What the tellings of one release leave open: who gives what is told without a giver, who receives it, whose the parts are."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from communique.analysis import AmountFact, Analysis
from communique.link.commitments.draft import Draft
from communique.link.commitments.lexical import lemma
from communique.link.commitments.retellings import GIVING
from communique.segment import Role
from communique_models import Action, Basis, Kind, Status

CONTAINING = frozenset({"include", "comprise", "contain", "consist", "encompass"})
MENTIONED = 3  # how often a release names whom it is about
BARGAINS = frozenset({"loan", "contract", "equity"})


def providers(drafts: list[Draft], analysis: Analysis) -> None:
    """Who undertakes what is told without an actor: whoever acts in its paragraph, else the issuer, else who acts most often.

    Whoever secures a loan, a contract or a round from somebody unnamed has agreed to it himself.
    """
    told = Counter(party for draft in drafts for party in draft.providers)
    told.update(next((draft.providers for draft in drafts if draft.providers), []))  # who acts first counts twice
    usual = min(told, key=lambda party: (-told[party], party)) if told else None
    block, last = -1, list[int]()
    for draft in drafts:
        here = analysis.layout.index_at(draft.position)
        if here != block:
            block, last = here, []
        if draft.frame.turned and not draft.providers and draft.receivers and draft.classes & BARGAINS:
            draft.providers, draft.receivers = draft.receivers, []
            draft.action, draft.status = Action.AGREE, Status.AGREED
            draft.rules.append("provider:receiver")
        if not draft.providers and not draft.givers:
            fallback = last or [party for party in (analysis.issuer, usual) if party is not None][:1]
            draft.providers = [party for party in fallback if party not in draft.receivers]
            if not draft.providers and not draft.frame.turned and analysis.issuer in draft.receivers:
                draft.providers = [analysis.issuer]  # 'our budget provides $3 million for Canada's first museum'
                draft.receivers = [party for party in draft.receivers if party != analysis.issuer]
            if not draft.providers and draft.frame.turned:
                draft.providers, draft.receivers = draft.receivers, []
            draft.rules.append(
                "provider:paragraph" if last else "provider:issuer" if analysis.issuer is not None else "provider:usual"
            )
        last = draft.providers or last


def parts(drafts: list[Draft], analysis: Analysis) -> None:
    """Give a total the parts of it that no telling of their own has."""
    claimed = {index for draft in drafts for telling in (draft, *draft.told) for index in telling.amounts}
    loose: dict[int, list[int]] = {}
    for index, fact in enumerate(analysis.amounts):
        own = index not in claimed and fact.basis is not Basis.OTHER and fact.equivalent_of is None
        if own and fact.part_of is not None:
            loose.setdefault(fact.part_of, []).append(index)
    for draft in drafts:
        draft.amounts += [part for whole in draft.amounts for part in loose.get(whole, ())]


def wholes(drafts: list[Draft], analysis: Analysis) -> None:
    """Say of which sum those are parts that 'this includes' tells: the last larger one before them."""
    for draft in drafts:
        if draft.frame.id != "spend" or lemma(draft.head) not in CONTAINING or draft.evidence.get("actor_named"):
            continue
        loose = [i for i in draft.amounts if analysis.amounts[i].part_of is None]
        whole = _whole_before(draft, [analysis.amounts[i] for i in loose], analysis)
        for index in loose if whole is not None else ():
            analysis.amounts[index].part_of = whole


def _whole_before(draft: Draft, within: list[AmountFact], analysis: Analysis) -> int | None:
    """The last sum before a telling, two paragraphs back at most, that can hold all of these."""
    total = sum((_size(fact) for fact in within), Decimal(0))
    paragraph = analysis.layout.index_at(draft.position)
    first = analysis.layout.blocks[max(0, paragraph - 2)].start if analysis.layout.blocks else 0
    for index in reversed(list(analysis.amounts_in(first, draft.position))):
        if _holds(analysis.amounts[index], within, total):
            return index
    return None


def _size(fact: AmountFact) -> Decimal:
    return fact.value or fact.high or Decimal(0)


def _holds(whole: AmountFact, within: list[AmountFact], total: Decimal) -> bool:
    same = all(fact.currency == whole.currency for fact in within)
    return bool(within) and same and whole.per is None and total <= _size(whole) and all(fact.key != whole.key for fact in within)


def receivers(drafts: list[Draft], analysis: Analysis) -> None:
    """Who receives what is given without a word of it: whoever receives most of what is given, or stands in the headline."""
    for draft in drafts:
        if draft.action in GIVING and not draft.receivers and not draft.unnamed and _gives_to_issuer(draft, analysis):
            draft.receivers = [analysis.issuer] if analysis.issuer is not None else []
            draft.receiver_rule = "issuer"
    told = Counter(party for draft in drafts for party in draft.receivers if draft.action in GIVING)
    usual = min(told, key=lambda party: (-told[party], party)) if told else None
    if usual is not None and (2 * told[usual] <= told.total() or told[usual] < 2):
        usual = None
    if usual is None and len(told) < 2:
        usual = _in_headline(drafts, analysis)
    if usual is None and len(told) < 3:
        usual = _topic(drafts, analysis)
    if usual is None:
        return
    for draft in drafts:
        if draft.action in GIVING and not draft.receivers and not draft.unnamed and usual not in draft.providers:
            draft.receivers = [usual]
            draft.receiver_rule = "usual"


def _gives_to_issuer(draft: Draft, analysis: Analysis) -> bool:
    """Whether somebody else gives, in the release of a company or charity, which then tells of it because it receives."""
    issuer = analysis.issuer
    if (
        issuer is None
        or analysis.parties[issuer].kind not in (Kind.COMPANY, Kind.NONPROFIT)
        or not draft.evidence.get("actor_named")
    ):
        return False
    ties = {party for given in draft.providers for party in (given, analysis.parties[given].represents)}
    return issuer not in ties and analysis.parties[issuer].represents not in ties - {None}


def _topic(drafts: list[Draft], analysis: Analysis) -> int | None:
    """The one party that the release keeps naming and that gives nothing: at least three times, twice as often as any other."""
    giving = {party for draft in drafts for party in draft.providers}
    giving |= {whom for party in giving if (whom := analysis.parties[party].represents) is not None}
    told = sorted(
        (-len(party.mentions), index)
        for index, party in enumerate(analysis.parties)
        if index not in giving
        and index != analysis.issuer
        and party.kind not in (Kind.PERSON, Kind.GROUP)
        and party.represents not in giving
    )
    if not told or -told[0][0] < MENTIONED or (len(told) > 1 and told[0][0] > 2 * told[1][0]):
        return None
    return told[0][1]


def _in_headline(drafts: list[Draft], analysis: Analysis) -> int | None:
    """The one party of the headline that gives nothing."""
    headline = next((block for block in analysis.layout.blocks if block.role is Role.HEADLINE), None)
    if headline is None:
        return None
    giving = {party for draft in drafts for party in draft.providers}
    named = [
        index
        for index, party in enumerate(analysis.parties)
        if index not in giving
        and party.kind is not Kind.PERSON
        and any(headline.start <= start < headline.end for start, _ in party.mentions)
    ]
    return named[0] if len(named) == 1 else None
