"""The facts of a record as they grow by what people told: each told fact is one that is there, or becomes a new one.

Ids here are those of the record and then count on; `finish` numbers all in reading order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count

from communique.overlay.selectors import mention_of
from communique.overlay.told import AmountTold, DateTold, PartyTold, Selector, Told
from communique_models import (
    Amount,
    Commitment,
    CurrencyBasis,
    Date,
    DateUse,
    Item,
    Mention,
    Party,
    Record,
)

RULE = "review"  # by which a fact was told that communique did not find
TIME = {"value", "begin", "end", "precision"}
MONEY = {"currency", "currency_basis", "value", "low", "high", "comparator", "per", "basis"}


class Facts:
    """The parties, amounts and dates of a record, to which told ones are added."""

    def __init__(self, record: Record) -> None:
        self.parties = {one.id: one for one in record.parties}
        self.amounts = {one.id: one for one in record.amounts}
        self.dates = {one.id: one for one in record.dates}
        self._fresh = count(1 + len(self.parties) + len(self.amounts) + len(self.dates) + len(record.commitments))

    def commitment(self, told: Told, one: Commitment | None) -> Commitment:
        """The commitment that is told; of the one that communique found, if it did, its rules."""
        dates = [DateUse(date=self.date(when), role=when.role) for when in told.dates]
        return Commitment(
            id=f"c{next(self._fresh)}",
            trigger=mention_of(told.trigger),
            evidence=[mention_of(it) for it in told.evidence],
            restated=[mention_of(it) for it in told.restated],
            providers=list(dict.fromkeys(self.party(it) for it in told.providers)),
            receivers=list(dict.fromkeys(self.party(it) for it in told.receivers)),
            said_by=self.party(told.said_by) if told.said_by else None,
            action=told.action,
            status=told.status,
            amounts=list(dict.fromkeys(self.amount(it) for it in told.amounts)),
            items=[Item(mention=mention_of(it.where), **it.model_dump(exclude={"where"})) for it in told.items],
            dates=list({(use.date, use.role): use for use in dates}.values()),
            purposes=told.purposes,
            programme=mention_of(told.programme) if told.programme else None,
            condition=mention_of(told.condition) if told.condition else None,
            confidence=1,
            rules=[*(one.rules if one else []), RULE],
        )

    def party(self, told: PartyTold) -> str:
        """The id of a party: the one with the name, else the one that the words speak of, else a new one."""
        named = [one.id for one in self.parties.values() if told.name in (one.name, *one.aliases)]
        if len(named) == 1:
            return named[0]
        around = (one.id for one in self.parties.values() if any(_within(told.where, it) for it in one.mentions))
        found = next(around, named[0] if named else None)
        if found is None:
            found = f"p{next(self._fresh)}"
            mentions = [mention_of(told.where)]
            self.parties[found] = Party(id=found, name=told.name, kind=told.kind, country=told.country, mentions=mentions)
        return found

    def amount(self, told: AmountTold) -> str:
        """The id of a sum, which says what was told; it takes the place of one that lies over its words."""
        part_of = self.amount(told.part_of) if told.part_of else None
        equivalent_of = self.amount(told.equivalent_of) if told.equivalent_of else None
        there = _over(told.where, ((one.id, one.mention) for one in self.amounts.values()))
        id_ = there or f"a{next(self._fresh)}"
        old = self.amounts.get(id_)
        basis = old.currency_basis if old and old.currency == told.currency else told.currency_basis
        if told.currency and basis is CurrencyBasis.AMBIGUOUS:
            basis = CurrencyBasis.CONTEXT  # a person settled it
        made = as_amount(told, id_).model_dump() | {"currency_basis": basis, "part_of": part_of, "equivalent_of": equivalent_of}
        made |= {name: None for name in ("part_of", "equivalent_of") if made[name] == id_}
        self.amounts[id_] = Amount(**made)
        return id_

    def date(self, told: DateTold) -> str:
        """The id of a time, which says what was told; it takes the place of one that lies over its words."""
        there = _over(told.where, ((one.id, one.mention) for one in self.dates.values()))
        id_ = there or f"d{next(self._fresh)}"
        old = self.dates.get(id_)
        facts = told.model_dump(include=TIME)
        if old is None or old.model_dump(include=TIME) != facts:
            self.dates[id_] = as_date(told, id_)
        return id_

    def finish(self, record: Record, commitments: Iterable[Commitment]) -> tuple[Record, dict[str, str]]:
        """The record with these facts and commitments, numbered in reading order; and the new ids of the commitments."""
        people = _numbered("p", self.parties.values(), lambda one: min(it.start for it in one.mentions))
        sums = _numbered("a", self.amounts.values(), lambda one: one.mention.start)
        times = _numbered("d", self.dates.values(), lambda one: one.mention.start)
        all_told = list(commitments)
        told = _numbered("c", all_told, lambda one: one.trigger.start)
        made = {
            "release": record.release.model_copy(update={"issuer": people.get(record.release.issuer or "")}),
            "parties": [
                self.parties[one].model_copy(update={"id": id_, "represents": people.get(self.parties[one].represents or "")})
                for one, id_ in people.items()
            ],
            "amounts": [self._amount(one, sums) for one in sums],
            "dates": [
                when.model_copy(update={"id": times[when.id], "anchor": times.get(when.anchor, when.anchor)})
                for when in (self.dates[one] for one in times)
            ],
            "commitments": [
                one.model_copy(
                    update={
                        "id": told[one.id],
                        "providers": [people[it] for it in one.providers],
                        "receivers": [people[it] for it in one.receivers],
                        "said_by": people.get(one.said_by or ""),
                        "amounts": [sums[it] for it in one.amounts],
                        "dates": [DateUse(date=times[use.date], role=use.role) for use in one.dates],
                    }
                )
                for one in sorted(all_told, key=lambda one: int(told[one.id][1:]))
            ],
        }
        return record.model_copy(update=made), told

    def _amount(self, one: str, sums: dict[str, str]) -> Amount:
        amount = self.amounts[one]
        others = {"part_of": sums.get(amount.part_of or ""), "equivalent_of": sums.get(amount.equivalent_of or "")}
        return amount.model_copy(update={"id": sums[one], **others})


def as_amount(told: AmountTold, id_: str) -> Amount:
    """A told sum as one of a record, by itself."""
    return Amount(id=id_, mention=mention_of(told.where), **told.model_dump(include=MONEY))


def as_date(told: DateTold, id_: str) -> Date:
    """A told time as one of a record."""
    return Date(id=id_, mention=mention_of(told.where), rule=RULE, **told.model_dump(include=TIME))


def _numbered(prefix: str, facts: Iterable[Party | Amount | Date | Commitment], place: Callable[..., int]) -> dict[str, str]:
    """The ids of facts to those by their place, in that order; where two have the same, as they were."""
    return {one.id: f"{prefix}{number}" for number, one in enumerate(sorted(facts, key=place), 1)}


def _within(where: Selector, mention: Mention) -> bool:
    return mention.start <= where.start and where.end <= mention.end


def _over(where: Selector, mentions: Iterable[tuple[str, Mention]]) -> str | None:
    """The fact whose words are these, else the first whose words lie over them."""
    found = [(id_, one) for id_, one in mentions if one.start < where.end and where.start < one.end]
    same = (id_ for id_, one in found if (one.start, one.end) == where.span)
    return next(same, found[0][0] if found else None)
