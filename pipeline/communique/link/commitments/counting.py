"""Which sums of the commitments found are new money."""

from __future__ import annotations

from communique import counting
from communique.analysis import Analysis, CommitmentFact
from communique.segment import Role


def count(analysis: Analysis) -> None:
    """Fill `counted` and `uncounted` of the commitments."""
    sums = [counting.Sum(one.key, one.basis, one.per, one.part_of, one.equivalent_of) for one in analysis.amounts]
    undertakings = [
        counting.Undertaking((_in_heading(one, analysis), *one.trigger), one.status, one.providers, one.receivers, one.amounts)
        for one in analysis.commitments
    ]
    for one, (mine, reason) in zip(analysis.commitments, counting.count(sums, undertakings), strict=True):
        one.counted += mine
        one.uncounted = reason


def _in_heading(commitment: CommitmentFact, analysis: Analysis) -> bool:
    block = analysis.layout.block_at(commitment.trigger[0])
    return block is not None and block.role in (Role.HEADLINE, Role.SUBHEAD)
