"""What a run adds up to: new money by currency, and within each by provider, month and status; who gives to whom, and when.

Sums of different currencies never meet, and only what counts adds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from communique.report import words
from communique_models import Commitment, DateRole, Record

UNDATED = "undated"
AHEAD = (DateRole.START, DateRole.DUE, DateRole.PERIOD)


@dataclass(slots=True)
class Money:
    """The new money of a run in one currency."""

    total: Decimal = Decimal(0)
    sums: int = 0
    by_provider: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    by_month: dict[tuple[str, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))  # of publication, and status
    by_status: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))


@dataclass(slots=True)
class Totals:
    """What a run adds up to."""

    money: defaultdict[str, Money] = field(default_factory=lambda: defaultdict(Money))
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)  # provider and receiver: commitments
    spans: Counter[tuple[str, date, date, bool]] = field(default_factory=Counter)  # provider, first and last day, lies ahead
    commitments: int = 0
    first: date | None = None  # and last day of publication
    last: date | None = None

    def add(self, record: Record) -> None:
        """Count a record."""
        if published := record.release.published_on:
            self.first = min(self.first or published, published)
            self.last = max(self.last or published, published)
        for one in record.commitments:
            self.commitments += 1
            self._parties(record, one)
            self._money(record, one)

    def currencies(self) -> list[tuple[str, Money]]:
        """The currencies, those with the most sums first."""
        return sorted(self.money.items(), key=lambda one: (-one[1].sums, one[0]))

    def _parties(self, record: Record, one: Commitment) -> None:
        names = {party.id: party.name for party in record.parties}
        dates = {when.id: when for when in record.dates}
        self.pairs.update((names[giver], names[taker]) for giver in one.providers for taker in one.receivers)
        for use in one.dates:
            begin, end = dates[use.date].begin, dates[use.date].end
            if begin and end:
                self.spans.update((names[party], begin, end, use.role in AHEAD) for party in one.providers)

    def _money(self, record: Record, one: Commitment) -> None:
        names = {party.id: party.name for party in record.parties}
        amounts = {amount.id: amount for amount in record.amounts}
        provider = words.listed(names[party] for party in one.providers)
        published = record.release.published_on
        month = f"{published:%Y-%m}" if published else UNDATED
        for counted in one.counted.amounts:
            number = words.worth(amounts[counted])
            money = self.money[words.currency_of(amounts[counted])]
            money.total += number
            money.sums += 1
            money.by_provider[provider] += number
            money.by_month[month, one.status.value] += number
            money.by_status[one.status.value] += number
