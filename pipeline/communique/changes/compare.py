"""Two sets of records compared: releases by name, or by text where they were renamed; facts by the words that say them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from communique.changes.facts import KINDS, Told, facts_of
from communique_models import Record

KEYS: tuple[Callable[[Told], Iterable[Hashable]], ...] = (
    lambda one: [(one.key, tuple(one.fields.values()))],
    lambda one: [one.key],
    lambda one: one.others,
)
"""What makes two facts the same, the surest first: their words and all they say, their words, other words of the fact."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a fact that says another thing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that is new, gone or says another thing; `quote` are its words, `evidence` the sentence around them."""

    what: str  # added, removed, changed
    kind: str
    quote: str
    fields: list[Field]
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """A release with changes; `renamed` is its other name, where that differs."""

    name: str
    changes: list[Change]
    text_differs: bool = False
    renamed: str | None = None


@dataclass(slots=True)
class Changes:
    """What changed between two sets of records."""

    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[Release] = field(default_factory=list)
    same: int = 0
    before: dict[str, Decimal] = field(default_factory=dict)  # new money by currency
    after: dict[str, Decimal] = field(default_factory=dict)

    def numbers(self) -> list[tuple[str, str, int]]:
        """How often a fact of each kind came, went or changed in a field: kind, what, how often; the most first."""
        counts = Counter[tuple[str, str]]()
        for change in (change for release in self.changed for change in release.changes):
            for what in [change.what] if change.what != "changed" else [one.name for one in change.fields]:
                counts[change.kind, what] += 1
        return [(kind, what, count) for (kind, what), count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]

    def money(self) -> list[tuple[str, Decimal, Decimal]]:
        """The new money of each currency before and after."""
        zero = Decimal(0)
        return [(one, self.before.get(one, zero), self.after.get(one, zero)) for one in sorted(self.before | self.after)]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def compare(before: Mapping[str, Record], after: Mapping[str, Record]) -> Changes:
    """What is different in the second set of records, both known by their names."""
    made = Changes()
    pairs, made.removed, made.added = _paired(before, after)
    for old_name, new_name in pairs:
        release = _release(old_name, new_name, before[old_name], after[new_name])
        if release.changes or release.text_differs or release.renamed:
            made.changed.append(release)
        else:
            made.same += 1
    for totals, records in ((made.before, before), (made.after, after)):
        for record in records.values():
            _add(totals, record)
    return made


def _paired(before: Mapping[str, Record], after: Mapping[str, Record]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """The releases that are in both, and those that are only in the first and only in the second."""
    pairs = [(name, name) for name in before if name in after]
    by_text = {record.release.id: name for name, record in after.items() if name not in before}
    removed = []
    for name, record in before.items():
        if name in after:
            continue
        if record.release.id in by_text:
            pairs.append((name, by_text.pop(record.release.id)))
        else:
            removed.append(name)
    known = {new for _, new in pairs}
    return sorted(pairs), sorted(removed), sorted(name for name in after if name not in known)


def _add(totals: dict[str, Decimal], record: Record) -> None:
    amounts = {amount.id: amount for amount in record.amounts}
    for counted in (amounts[one] for commitment in record.commitments for one in commitment.counted.amounts):
        currency = counted.currency or "?"
        totals[currency] = totals.get(currency, Decimal(0)) + Decimal(counted.value or counted.high or 0)


def _release(name: str, renamed: str, before: Record, after: Record) -> Release:
    changes = [change for kind in KINDS for change in _facts(kind, before, after)]
    return Release(name, changes, before.text != after.text, renamed if renamed != name else None)


def _facts(kind: str, before: Record, after: Record) -> Iterator[Change]:
    """The changes in facts of one kind, in the order of the text."""
    old, new = facts_of(kind, before), facts_of(kind, after)
    pairs = _matched(old, new)
    for place, one in enumerate(old):
        if place not in pairs:
            yield Change("removed", kind, one.quote, _changed(one.fields, {}), one.evidence)
            continue
        now = new[pairs[place]]
        if changed := _changed(one.fields, now.fields):
            yield Change("changed", kind, now.quote, changed, now.evidence)
    known = set(pairs.values())
    for place, one in enumerate(new):
        if place not in known:
            yield Change("added", kind, one.quote, _changed({}, one.fields), one.evidence)


def _changed(old: Mapping[str, str], new: Mapping[str, str]) -> list[Field]:
    fields = [Field(key, old.get(key, ""), new.get(key, "")) for key in {**old, **new}]
    return [one for one in fields if one.before != one.after]


def _matched(old: Sequence[Told], new: Sequence[Told]) -> dict[int, int]:
    """Which facts are the same, by their places in both lists."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for keys_of in KEYS:
        free: dict[Hashable, list[int]] = {}
        for place, one in enumerate(new):
            for key in () if place in taken else keys_of(one):
                free.setdefault(key, []).append(place)
        for place, one in enumerate(old):
            if place in found:
                continue
            match = next((it for key in keys_of(one) for it in free.get(key, []) if it not in taken), None)
            if match is not None:
                found[place] = match
                taken.add(match)
    return found
