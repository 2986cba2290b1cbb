"""Which sums of a release's commitments are new money, so that adding them up counts nothing twice."""

from __future__ import annotations

from communique.analysis import AmountKey, Analysis, CommitmentFact
from communique.segment import Role
from communique_models import FIRM, Basis, Status, Uncounted

BY_BASIS = {Basis.CUMULATIVE: Uncounted.CUMULATIVE, Basis.PREVIOUS: Uncounted.PREVIOUS, Basis.OTHER: Uncounted.OTHER}


def count(analysis: Analysis) -> None:
    """Fill `counted` and `uncounted` of the commitments, in reading order.

    A sum counts that is new, no rate, no part or equivalent of another that counts, and not counted for its commitment yet,
    where that is pledged or firmer.
    """
    linked = {
        index
        for commitment in analysis.commitments
        if commitment.status in FIRM
        for index in commitment.amounts
        if _reason(index, analysis) is None
    }
    keys = {analysis.amounts[index].key for index in linked}
    equivalents = {fact.key for fact in analysis.amounts if fact.equivalent_of is not None}
    counted: dict[AmountKey, list[CommitmentFact]] = {}
    for commitment in sorted(analysis.commitments, key=lambda one: (_in_heading(one, analysis), one.trigger)):
        reasons: list[Uncounted] = []
        for index in commitment.amounts:
            key = analysis.amounts[index].key
            reason = _held_back(commitment) or _reason(index, analysis) or _part(index, analysis, keys)
            if reason is None and key in equivalents:
                reason = Uncounted.EQUIVALENT
            told = counted.get(key, [])
            if (
                reason is None
                and told
                and (_in_heading(commitment, analysis) or not all(_apart(commitment, one) for one in told))
            ):
                reason = Uncounted.RESTATED
            if reason is None:
                counted.setdefault(key, []).append(commitment)
                commitment.counted.append(index)
            else:
                reasons.append(reason)
        commitment.uncounted = reasons[0] if reasons else None


def _in_heading(commitment: CommitmentFact, analysis: Analysis) -> bool:
    block = analysis.layout.block_at(commitment.trigger[0])
    return block is not None and block.role in (Role.HEADLINE, Role.SUBHEAD)


def _apart(one: CommitmentFact, other: CommitmentFact) -> bool:
    """Whether equal sums of two commitments are two sums: each goes to somebody else, or comes from somebody else."""
    if one is other:
        return False
    if set(one.providers) & set(other.providers):
        return bool(one.receivers) and bool(other.receivers) and not set(one.receivers) & set(other.receivers)
    return not set(one.providers) & set(other.receivers) and not set(other.providers) & set(one.receivers)


def _held_back(commitment: CommitmentFact) -> Uncounted | None:
    if commitment.status is Status.WITHDRAWN:
        return Uncounted.WITHDRAWN
    return None if commitment.status in FIRM else Uncounted.NOT_YET_PLEDGED


def _reason(index: int, analysis: Analysis) -> Uncounted | None:
    fact = analysis.amounts[index]
    if fact.equivalent_of is not None:
        return Uncounted.EQUIVALENT
    if fact.per is not None:
        return Uncounted.RATE
    return BY_BASIS.get(fact.basis)


def _part(index: int, analysis: Analysis, counted: set[AmountKey]) -> Uncounted | None:
    """Whether a whole of this sum counts already, at whatever remove."""
    seen: set[int] = set()
    whole = analysis.amounts[index].part_of
    while whole is not None and whole not in seen:
        if analysis.amounts[whole].key in counted:
            return Uncounted.PART_OF_TOTAL
        seen.add(whole)
        whole = analysis.amounts[whole].part_of
    return None
