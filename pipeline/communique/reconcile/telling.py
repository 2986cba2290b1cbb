"""A commitment of one release as it is compared with those of other releases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from communique.normalise.names import fold, words_of
from communique.reconcile.sums import Sum
from communique.reconcile.words import content, cues_in, stem
from communique_models import Action, Amount, Basis, Commitment, Date, DateRole, Kind, Mention, Party, Record, Status

KEY_DIGITS = 16  # of a release's id in the keys of its facts, as in the database
Days = tuple[date, date]
RANK = {status: rank for rank, status in enumerate(Status)}


@dataclass(frozen=True)
class Telling:
    """What one release tells of an undertaking.

    `providers` and `receivers` are the keys of parties, those that go by a name. `sums` are its new sums, the total of a currency
    first, `equivalents` the same in other currencies, `earlier` other sums that it names: earlier ones, running totals, wholes.
    `counted` is its new money by currency.
    """

    key: str
    release_id: str
    on: date | None
    number: int
    trigger: tuple[int, int]
    quote: str
    action: Action
    status: Status
    providers: tuple[str, ...]
    receivers: tuple[str, ...]
    sums: tuple[Sum, ...]
    equivalents: tuple[Sum, ...]
    earlier: tuple[Sum, ...]
    counted: dict[str, Decimal]
    times: dict[DateRole, Days]
    words: frozenset[str]
    cues: frozenset[str]
    programme: str
    purposes: frozenset[str]
    items: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def order(self) -> tuple[date, int, Decimal, str, int]:
        """By day, the undated last; on one day the less firm before the firmer, the larger sum before the smaller."""
        largest = max((one.value for one in self.sums), default=Decimal(0))
        return self.on or date.max, RANK[self.status], -largest, self.release_id, self.number


def key_of(release_id: str, fact: str) -> str:
    """The key of a fact among all releases."""
    return f"{release_id[:KEY_DIGITS]}:{fact}"


def tellings_of(record: Record) -> list[Telling]:
    """The commitments of a record, ready to be compared."""
    reading = _Reading(record)
    return [reading.telling(number, commitment) for number, commitment in enumerate(record.commitments, 1)]


class _Reading:
    """A record by its ids."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._parties = {party.id: party for party in record.parties}
        self._amounts = {amount.id: amount for amount in record.amounts}
        self._dates = {when.id: when for when in record.dates}
        self._silent = {
            stem(word) for party in record.parties if is_named(party) for name in _names(party) for word in words_of(name)
        }
        self._figures = [*(amount.mention for amount in record.amounts), *(when.mention for when in record.dates)]

    def telling(self, number: int, commitment: Commitment) -> Telling:
        release = self._record.release
        text = " ".join(mention.quote for mention in commitment.evidence)
        words = frozenset(w for mention in commitment.evidence for w in content(self._bare(mention))) - self._silent
        own = [self._amounts[one] for one in dict.fromkeys(commitment.amounts)]
        new = list(_new(own))
        beside = list(self._beside(commitment))
        return Telling(
            key=key_of(release.id, commitment.id),
            release_id=release.id,
            on=release.published_on,
            number=number,
            trigger=(commitment.trigger.start, commitment.trigger.end),
            quote=commitment.trigger.quote,
            action=commitment.action,
            status=commitment.status,
            providers=tuple(key_of(release.id, one) for one in commitment.providers),
            receivers=tuple(key_of(release.id, one) for one in commitment.receivers if is_named(self._parties[one])),
            sums=tuple(dict.fromkeys([*_totals(new), *new])),
            equivalents=tuple(told for one in beside if one.equivalent_of and (told := Sum.of(one))),
            earlier=tuple(told for one in beside if not one.equivalent_of and (told := Sum.of(one)) and told not in new),
            counted=_counted(self._amounts[one] for one in commitment.counted.amounts),
            times=self._times(commitment),
            words=words,
            cues=cues_in(text),
            programme=fold(commitment.programme.quote) if commitment.programme else "",
            purposes=frozenset(one.value for one in commitment.purposes if one.value != "other"),
            items={
                item.quantity or "": content(f"{item.unit or ''} {item.description}") - self._silent for item in commitment.items
            },
        )

    def _bare(self, evidence: Mention) -> str:
        """The words of an evidence without its sums and dates."""
        text = evidence.quote
        for mention in self._figures:
            if evidence.start <= mention.start and mention.end <= evidence.end:
                start, end = mention.start - evidence.start, mention.end - evidence.start
                text = text[:start] + " " * (end - start) + text[end:]
        return text

    def _beside(self, commitment: Commitment) -> Iterator[Amount]:
        """The sums of a commitment, and those told in the same breath."""
        for amount in self._record.amounts:
            inside = any(one.start <= amount.mention.start and amount.mention.end <= one.end for one in commitment.evidence)
            if inside or amount.id in commitment.amounts:
                yield amount

    def _times(self, commitment: Commitment) -> dict[DateRole, Days]:
        times: dict[DateRole, Days] = {}
        for use in commitment.dates:
            days = _days(self._dates[use.date])
            if days:
                times.setdefault(use.role, days)
        return times


def is_named(party: Party) -> bool:
    """Whether a party goes by a name: who is only described (`small businesses in Cornwall`) is told in other words elsewhere."""
    return party.kind is not Kind.GROUP or party.name.removeprefix("the ")[:1].isupper()


def _names(party: Party) -> Iterable[str]:
    return (party.name, *party.aliases)


def _days(when: Date) -> Days | None:
    return (when.begin, when.end) if when.begin and when.end else None


def _new(amounts: list[Amount]) -> Iterator[Sum]:
    """The sums that are not earlier ones, running totals, parts or equivalents of others here."""
    ids = {amount.id for amount in amounts}
    for amount in amounts:
        told = Sum.of(amount)
        if told and amount.basis is Basis.NEW and amount.equivalent_of is None and amount.part_of not in ids:
            yield told


def _totals(sums: list[Sum]) -> Iterator[Sum]:
    by_currency: dict[tuple[str, str | None], Sum] = {}
    for one in sums:
        kind = one.currency, one.per
        by_currency[kind] = by_currency[kind].plus(one) if kind in by_currency else one
    yield from by_currency.values()


def _counted(amounts: Iterable[Amount]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for amount in amounts:
        if amount.currency:
            total[amount.currency] = total.get(amount.currency, Decimal(0)) + Decimal(amount.value or amount.high or 0)
    return total
