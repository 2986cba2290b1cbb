"""Decisions laid over a record: a corrected record, and what became of each commitment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from communique import counting
from communique.overlay.build import Facts
from communique.overlay.decision import Decision, Flag, Verdict
from communique.overlay.meet import meet
from communique.overlay.selectors import refound
from communique.overlay.snapshot import told_of
from communique.overlay.told import Told
from communique_models import Commitment, Counted, Record

COMPLETE = "release"
"""The subject of the decision that nothing in a release is missing."""


@dataclass(frozen=True, slots=True)
class Card:
    """A commitment as it stands: `told` is the person's where one decided, else what communique found.

    `id` is its id in the corrected record, None where it is not in it; `found` is what communique says, None where that is
    nothing.
    """

    subject: str
    told: Told
    found: Told | None
    found_id: str | None
    confidence: float
    id: str | None = None
    decision: Decision | None = None
    flag: Flag | None = None

    @property
    def verdict(self) -> Verdict | None:
        """What was decided; None where nothing was, or where the words of it are lost."""
        return self.decision.verdict if self.decision and self.flag is not Flag.LOST else None


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A record with the decisions about it: corrected, as cards in reading order, and whether nothing is missing in it."""

    record: Record
    cards: list[Card]
    complete: Decision | None = None

    @property
    def left(self) -> int:
        """How many commitments nobody decided about."""
        return sum(card.verdict is None for card in self.cards)


def overlay(record: Record, decisions: Iterable[Decision]) -> Overlaid:
    """Lay decisions over a record.

    Those about the record's own text hold, whatever communique finds now; those about an earlier text of the release hold if all
    their words are in this one, and else are shown as lost. Pure: the same record and decisions give the same.
    """
    current = _current(record, sorted(decisions, key=lambda one: one.id))
    complete = current.pop(COMPLETE, None)
    here, lost = _placed(record, [one for one in current.values() if one.anchor])
    found = [told_of(record, one) for one in record.commitments]
    added = {number for number, (one, _) in enumerate(here) if one.verdict is Verdict.ADDED}
    met = meet([one.anchor for one, _ in here if one.anchor], found, added)
    cards = [_decided(decision, moved, met.get(number), record, found) for number, (decision, moved) in enumerate(here)]
    lost = [one for one in lost if one.subject not in {card.subject for card in cards}]
    cards += _undecided(record, found, set(met.values()), {card.subject for card in cards} | {one.subject for one in lost})
    cards += [Card(one.subject, one.anchor, None, None, 0, decision=one, flag=Flag.LOST) for one in lost if one.anchor]
    cards = [card for card in cards if not _settled(card)]
    corrected, ids = _corrected(record, cards)
    numbered = [replace(card, id=ids.get(card.subject)) for card in cards]
    numbered.sort(key=lambda card: (card.flag is Flag.LOST, card.told.trigger.span))
    return Overlaid(corrected, numbered, complete if complete and complete.release_id == record.release.id else None)


def _current(record: Record, decisions: Sequence[Decision]) -> dict[str, Decision]:
    """The decision that holds of each subject: the last about this text, else the last about an earlier one."""
    own = {one.subject: one for one in decisions if one.release_id == record.release.id}
    return {**{one.subject: one for one in decisions if one.release_id != record.release.id}, **own}


def _placed(record: Record, decisions: Sequence[Decision]) -> tuple[list[tuple[Decision, bool]], list[Decision]]:
    """Decisions with their words as they stand in this text, and whether it changed; and those whose words are not in it."""
    here: list[tuple[Decision, bool]] = []
    lost: list[Decision] = []
    for one in decisions:
        if one.release_id == record.release.id:
            here.append((one, False))
            continue
        told = refound(record.text, one.told) if one.told else None
        seen = refound(record.text, one.seen) if one.seen else None
        if (one.told and not told) or (one.seen and not (seen or told)):
            lost += [one] if one.verdict is not Verdict.REJECTED else []
        else:
            here.append((one.model_copy(update={"told": told, "seen": seen}), True))
    return here, lost


def _decided(decision: Decision, moved: bool, place: int | None, record: Record, found: list[Told]) -> Card:
    now = found[place] if place is not None else None
    one = record.commitments[place] if place is not None else None
    told = decision.told or decision.anchor
    assert told is not None  # a decision without words has no card
    flag = Flag.TEXT if moved else _flag(decision, now)
    confidence = one.confidence if one else 1.0
    return Card(decision.subject, told, now, one.id if one else None, confidence, decision=decision, flag=flag)


def _flag(decision: Decision, now: Told | None) -> Flag | None:
    """Whether what communique says now is neither what it said when this was decided nor what was decided."""
    if now == decision.told or now == decision.seen:
        return None
    if now is None:
        return None if decision.verdict in (Verdict.REJECTED, Verdict.ADDED) else Flag.GONE
    anchor = decision.anchor
    return Flag.CHANGED if anchor and anchor.trigger.span == now.trigger.span else Flag.MOVED


def _undecided(record: Record, found: list[Told], met: set[int], used: set[str]) -> list[Card]:
    cards = []
    for place, (told, one) in enumerate(zip(found, record.commitments, strict=True)):
        if place in met:
            continue
        subject = next(it for it in _subjects(told) if it not in used)
        used.add(subject)
        cards.append(Card(subject, told, told, one.id, one.confidence))
    return cards


def _subjects(told: Told) -> Iterable[str]:
    """What a commitment may be called in its release, the first that is free: by its trigger, whose place the text fixes."""
    start, end = told.trigger.span
    yield f"{start}-{end}"
    number = 2
    while True:
        yield f"{start}-{end}-{number}"
        number += 1


def _settled(card: Card) -> bool:
    """Whether a commitment was rejected and is no longer found: there is nothing left to show."""
    return card.verdict is Verdict.REJECTED and card.found is None


def _corrected(record: Record, cards: Sequence[Card]) -> tuple[Record, dict[str, str]]:
    """The record as decided, and the ids in it by subject; untouched where nothing was decided."""
    if not any(card.verdict for card in cards):
        return record, {card.subject: card.found_id for card in cards if card.found_id}
    facts = Facts(record)
    of = {one.id: one for one in record.commitments}
    made: dict[str, Commitment] = {}
    for card in cards:
        one = of.get(card.found_id or "")
        if card.verdict is None and one:
            made[card.subject] = one
        elif card.verdict not in (None, Verdict.REJECTED):
            made[card.subject] = facts.commitment(card.told, one)
    corrected, ids = facts.finish(record, made.values())
    counted = recounted(corrected)
    checked = Record.model_validate(counted.model_dump())
    return checked, {subject: ids[one.id] for subject, one in made.items()}


def recounted(record: Record) -> Record:
    """A record in which it was counted anew what adds to a total."""
    place = {one.id: number for number, one in enumerate(record.amounts)}
    sums = [
        counting.Sum(
            (one.currency, one.value, one.low, one.high),
            one.basis,
            one.per,
            place.get(one.part_of or ""),
            place.get(one.equivalent_of or ""),
        )
        for one in record.amounts
    ]
    heading = _heading_end(record)
    undertakings = [
        counting.Undertaking(
            (one.trigger.start < heading, one.trigger.start, one.trigger.end),
            one.status,
            one.providers,
            one.receivers,
            [place[it] for it in one.amounts],
        )
        for one in record.commitments
    ]
    commitments = [
        one.model_copy(update={"counted": Counted(amounts=[record.amounts[index].id for index in mine], reason=reason)})
        for one, (mine, reason) in zip(record.commitments, counting.count(sums, undertakings), strict=True)
    ]
    return record.model_copy(update={"commitments": commitments})


def _heading_end(record: Record) -> int:
    """Where the headline ends, if the text begins with it."""
    title = (record.release.title or "").strip()
    start = record.text.find(title) if title else -1
    return start + len(title) if start >= 0 and not record.text[:start].strip() else 0
