"""Which commitment of a record a decision speaks of, after the record was made again by other rules or from another text."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

from communique.overlay.told import Selector, Told

SAME_TRIGGER, MEETING_TRIGGERS, SAME_SENTENCE = 4.0, 3.0, 1.0
LIKE = 0.5
"""How alike two commitments of one sentence with other triggers must be in their parts, from 0 to 3."""


def meet(anchors: Sequence[Told], found: Sequence[Told], apart: Collection[int] = ()) -> dict[int, int]:
    """The place in `found` of each anchor that has one there; each is taken once, the best pairs first.

    The anchors `apart`, by their places, were added beside what was found then: only those of the same trigger are the same.
    """
    pairs = sorted(
        (
            (likeness(anchor, one), -a, -f)
            for a, anchor in enumerate(anchors)
            for f, one in enumerate(found)
            if a not in apart or _over(anchor.trigger, one.trigger)
        ),
        reverse=True,
    )
    met: dict[int, int] = {}
    taken: set[int] = set()
    for score, a, f in pairs:
        if score > 0 and -a not in met and -f not in taken:
            met[-a] = -f
            taken.add(-f)
    return met


def likeness(one: Told, other: Told) -> float:
    """How surely two tell of the same commitment in one text: 0 if they do not, else the more the surer."""
    parts = (
        _shared([it.where.span for it in one.amounts], [it.where.span for it in other.amounts])
        + _shared([it.name for it in one.receivers], [it.name for it in other.receivers])
        + _shared([it.name for it in one.providers], [it.name for it in other.providers])
    )
    if one.trigger.span == other.trigger.span:
        return SAME_TRIGGER + parts
    told = [one.trigger, *one.restated]
    if any(_over(a, b) for a in told for b in (other.trigger, *other.restated)):
        return MEETING_TRIGGERS + parts
    if parts > LIKE and any(_over(a, b) for a in one.evidence for b in other.evidence):
        return SAME_SENTENCE + parts if one.action == other.action else 0
    return 0


def _over(one: Selector, other: Selector) -> bool:
    return one.start < other.end and other.start < one.end


def _shared(one: Collection[Hashable], other: Collection[Hashable]) -> float:
    """The share of what two have in common; of two empty ones none, since that says nothing."""
    together = set(one) | set(other)
    return len(set(one) & set(other)) / len(together) if together else 0.0
