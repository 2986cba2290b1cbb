"""Which sums of a release's commitments are new money, so that adding them up counts nothing twice."""

from __future__ import annotations

from communique.analysis import AmountKey, Analysis, CommitmentFact
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
    for commitment in analysis.commitments:
        reasons: list[Uncounted] = []
        told: set[object] = set()
        for index in commitment.amounts:
            reason = _held_back(commitment) or _reason(index, analysis) or _part(index, analysis, keys)
            if reason is None and analysis.amounts[index].key in told:
                reason = Uncounted.RESTATED
            if reason is None:
                told.add(analysis.amounts[index].key)
                commitment.counted.append(index)
            else:
                reasons.append(reason)
        commitment.uncounted = reasons[0] if reasons else None


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
