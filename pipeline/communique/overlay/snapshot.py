"""A commitment of a record -> what it tells, standing by itself."""

from __future__ import annotations

from communique.overlay.selectors import selected
from communique.overlay.told import AmountTold, DateTold, ItemTold, PartyTold, Told
from communique_models import Amount, Commitment, Date, DateRole, Mention, Party, Record


def told_of(record: Record, commitment: Commitment) -> Told:
    """All that a record says of one of its commitments."""
    text = record.text
    parties = {party.id: party for party in record.parties}
    amounts = {amount.id: amount for amount in record.amounts}
    dates = {when.id: when for when in record.dates}

    def people(ids: list[str]) -> list[PartyTold]:
        return [party_told(text, parties[one], commitment.evidence) for one in ids]

    return Told(
        trigger=selected(text, commitment.trigger),
        evidence=[selected(text, one) for one in commitment.evidence],
        restated=[selected(text, one) for one in commitment.restated],
        providers=people(commitment.providers),
        receivers=people(commitment.receivers),
        said_by=party_told(text, parties[commitment.said_by], commitment.evidence) if commitment.said_by else None,
        action=commitment.action,
        status=commitment.status,
        amounts=[amount_told(text, amounts[one], amounts) for one in commitment.amounts],
        items=[
            ItemTold(where=selected(text, one.mention), **one.model_dump(include={"quantity", "unit", "description"}))
            for one in commitment.items
        ],
        dates=[date_told(text, dates[use.date], use.role) for use in commitment.dates],
        purposes=commitment.purposes,
        programme=selected(text, commitment.programme) if commitment.programme else None,
        condition=selected(text, commitment.condition) if commitment.condition else None,
    )


def party_told(text: str, party: Party, near: list[Mention]) -> PartyTold:
    """A party, by that of its mentions which stands in the evidence, else by the first."""
    inside = (one for one in party.mentions if any(it.start <= one.start and one.end <= it.end for it in near))
    where = selected(text, next(inside, party.mentions[0]))
    return PartyTold(name=party.name, kind=party.kind, country=party.country, where=where)


def amount_told(text: str, amount: Amount, amounts: dict[str, Amount], seen: frozenset[str] = frozenset()) -> AmountTold:
    """A sum with its wholes; a circle of sums is cut where it closes."""
    past = seen | {amount.id}

    def other(one: str | None) -> AmountTold | None:
        return amount_told(text, amounts[one], amounts, past) if one and one not in past else None

    return AmountTold(
        where=selected(text, amount.mention),
        part_of=other(amount.part_of),
        equivalent_of=other(amount.equivalent_of),
        **amount.model_dump(include={"currency", "currency_basis", "value", "low", "high", "comparator", "per", "basis"}),
    )


def date_told(text: str, when: Date, role: DateRole) -> DateTold:
    """A time in a role."""
    told = when.model_dump(include={"value", "begin", "end", "precision"})
    return DateTold(where=selected(text, when.mention), role=role, **told)
