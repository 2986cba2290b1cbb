"""Which sums of a release's commitments are new money, so that adding them up counts nothing twice.

This knows sums and undertakings by their places in lists alone, so that it serves what the steps find and what people correct.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

from communique_models import FIRM, Basis, Per, Status, Uncounted

BY_BASIS = {Basis.CUMULATIVE: Uncounted.CUMULATIVE, Basis.PREVIOUS: Uncounted.PREVIOUS, Basis.OTHER: Uncounted.OTHER}
Verdict = tuple[list[int], Uncounted | None]
"""The sums of an undertaking that count, and where they are not all, why."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum; `key` is what makes two mentions the same sum, the others are places in the list of sums."""

    key: Hashable
    basis: Basis
    per: Per | None
    part_of: int | None
    equivalent_of: int | None


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A commitment as far as counting goes; `place` orders them, those in a heading last."""

    place: tuple[bool, int, int]
    status: Status
    providers: Collection[Hashable]
    receivers: Collection[Hashable]
    amounts: Sequence[int]

    @property
    def in_heading(self) -> bool:
        """Whether a headline tells it."""
        return self.place[0]


def count(sums: Sequence[Sum], undertakings: Sequence[Undertaking]) -> list[Verdict]:
    """What counts of each undertaking.

    A sum counts that is new, no rate, no part or equivalent of another that counts, and not counted for its commitment yet,
    where that is pledged or firmer.
    """
    keys = {
        sums[index].key for one in undertakings if one.status in FIRM for index in one.amounts if _reason(sums[index]) is None
    }
    equivalents = {one.key for one in sums if one.equivalent_of is not None}
    counted: dict[Hashable, list[Undertaking]] = {}
    verdicts: dict[int, Verdict] = {}
    for number, one in sorted(enumerate(undertakings), key=lambda told: told[1].place):
        mine: list[int] = []
        reasons: list[Uncounted] = []
        for index in one.amounts:
            key = sums[index].key
            reason = _held_back(one) or _reason(sums[index]) or _part(index, sums, keys)
            if reason is None and key in equivalents:
                reason = Uncounted.EQUIVALENT
            told = counted.get(key, [])
            if reason is None and told and (one.in_heading or not all(_apart(one, other) for other in told)):
                reason = Uncounted.RESTATED
            if reason is None:
                counted.setdefault(key, []).append(one)
                mine.append(index)
            else:
                reasons.append(reason)
        verdicts[number] = (mine, reasons[0] if reasons else None)
    return [verdicts[number] for number in range(len(undertakings))]


def _apart(one: Undertaking, other: Undertaking) -> bool:
    """Whether equal sums of two commitments are two sums: each goes to somebody else, or comes from somebody else."""
    if one is other:
        return False
    if set(one.providers) & set(other.providers):
        return bool(one.receivers) and bool(other.receivers) and not set(one.receivers) & set(other.receivers)
    return not set(one.providers) & set(other.receivers) and not set(other.providers) & set(one.receivers)


def _held_back(one: Undertaking) -> Uncounted | None:
    if one.status is Status.WITHDRAWN:
        return Uncounted.WITHDRAWN
    return None if one.status in FIRM else Uncounted.NOT_YET_PLEDGED


def _reason(one: Sum) -> Uncounted | None:
    if one.equivalent_of is not None:
        return Uncounted.EQUIVALENT
    if one.per is not None:
        return Uncounted.RATE
    return BY_BASIS.get(one.basis)


def _part(index: int, sums: Sequence[Sum], counted: set[Hashable]) -> Uncounted | None:
    """Whether a whole of this sum counts already, at whatever remove."""
    seen: set[int] = set()
    whole = sums[index].part_of
    while whole is not None and whole not in seen:
        if sums[whole].key in counted:
            return Uncounted.PART_OF_TOTAL
        seen.add(whole)
        whole = sums[whole].part_of
    return None
