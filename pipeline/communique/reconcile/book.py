"""Records and decisions in, the rows of the ledger's tables out: what `communique reconcile` does between reading and writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from communique.reconcile.actors import Actor, PartyRow, join, party_rows
from communique.reconcile.decisions import Kept, find
from communique.reconcile.ledger import Ledger, reconcile
from communique.reconcile.telling import Telling, tellings_of
from communique_models import Record

Row = dict[str, Any]


@dataclass
class Book:
    """What records tell, ready to be reconciled."""

    releases: int = 0
    tellings: list[Telling] = field(default_factory=list)
    parties: list[PartyRow] = field(default_factory=list)

    def read(self, records: Iterable[Record]) -> None:
        """Take in records; they need not be kept."""
        for record in records:
            self.releases += 1
            self.tellings += tellings_of(record)
            self.parties += party_rows(record)

    def telling(self, key: str) -> Telling | None:
        """The commitment of a key."""
        return next((one for one in self.tellings if one.key == key), None)

    def party(self, key: str) -> PartyRow | None:
        """The party of a key."""
        return next((one for one in self.parties if one.key == key), None)

    def made(self, decisions: Iterable[Kept]) -> Made:
        """The ledger."""
        found = find(decisions, self.tellings, self.parties)
        actors = join(self.parties, found.same_parties, found.parties_apart)
        return Made(self, actors, reconcile(self.tellings, actors, found.commitments), found.lost)


@dataclass(frozen=True)
class Made:
    """The ledger and the actors; `lost` decisions found nothing that they are about."""

    book: Book
    actors: list[Actor]
    ledger: Ledger
    lost: int

    @property
    def relations(self) -> Counter[str]:
        """How many links there are of each relation."""
        return Counter(link.relation.value for link in self.ledger.links)

    def rows(self) -> dict[str, list[Row]]:
        """The rows of the ledger's tables, by the names of the tables."""
        by_key = {telling.key: telling for telling in self.book.tellings}
        made: dict[str, list[Row]] = {
            "actors": [{"id": one.id, "name": one.name, "kind": one.kind.value, "country": one.country} for one in self.actors],
            "actor_parties": [
                {"party_id": key, "actor_id": one.id, "score": score, "reason": reason, "decided_by": by}
                for one in self.actors
                for key, (score, reason, by) in one.members.items()
            ],
            "undertakings": [],
            "undertaking_sums": [],
            "tellings": [],
        }
        for one in self.ledger.undertakings:
            days = [day for key in one.tellings if (day := by_key[key].on)]
            told = {"first_told": min(days, default=None), "last_told": max(days, default=None), "status": one.status.value}
            made["undertakings"].append({"id": one.id, **told, "tellings": len(one.tellings)})
            for number, key in enumerate(one.tellings, 1):
                made["tellings"].append({"commitment_id": key, "undertaking_id": one.id, "number": number})
            for currency in sorted({*one.total, *one.drawn}):
                sums = {"total": f"{one.total.get(currency, 0):f}", "drawn": f"{one.drawn.get(currency, 0):f}"}
                made["undertaking_sums"].append({"undertaking_id": one.id, "currency": currency, **sums})
        made["new_money"] = [
            {"commitment_id": key, "currency": currency, "amount": f"{value:f}"}
            for key, money in self.ledger.new_money.items()
            for currency, value in money.items()
        ]
        made["links"] = [
            {
                "later_id": link.later,
                "earlier_id": link.earlier,
                "relation": link.relation.value,
                "effect": link.effect.value if link.effect else None,
                "score": link.score,
                "reasons": "\n".join(link.reasons),
                "decided_by": link.decided_by,
            }
            for link in self.ledger.links
        ]
        return made
