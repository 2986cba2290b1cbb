"""Decisions laid over the records of a database: the rows of `reviewed` are made anew whenever one of them changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select

from communique.overlay import AmountTold, Card, Decision, Overlaid, PartyTold, Told, overlay
from communique.store.decisions import decisions, reviewed, reviewed_sums
from communique.store.rows import KEY_DIGITS
from communique.store.sink import Named
from communique_models import Record

MANY = 500  # values in one query


def renew(connection: Connection, releases: Sequence[Named]) -> None:
    """Make the rows of releases whose records or decisions changed, in the transaction that changes them."""
    if connection.execute(select(decisions.c.id).limit(1)).first() is None:
        return
    for start in range(0, len(releases), MANY):
        part = releases[start : start + MANY]
        told = list(decisions_about(connection, part))
        for record, name in part:
            mine = [one for one in told if one.release_id == record.release.id or one.name == name]
            connection.execute(delete(reviewed).where(reviewed.c.release_id == record.release.id))
            if mine:
                _insert(connection, overlay(record, mine))


def decisions_about(connection: Connection, releases: Iterable[Named]) -> Iterator[Decision]:
    """What was decided about releases, by their texts or, of earlier texts, by their names, in the order of deciding."""
    pairs = [(record.release.id, name) for record, name in releases]
    where = or_(decisions.c.release_id.in_([id_ for id_, _ in pairs]), decisions.c.name.in_([name for _, name in pairs]))
    yield from map(decision_of, connection.execute(standing().where(where)))


def standing() -> Select[Any]:
    """The decisions that were not taken back, in their order."""
    return select(decisions).where(~decisions.c.undone).order_by(decisions.c.id)


def decision_of(row: Row[Any]) -> Decision:
    """A decision from its row."""
    told = row._mapping
    facts: dict[str, Any] = {name: told[name] for name in Decision.model_fields}
    for name in ("told", "seen"):
        facts[name] = Told.model_validate_json(told[name]) if told[name] else None
    return Decision(**facts)


def row_of(decision: Decision) -> dict[str, Any]:
    """The row of a new decision."""
    told = decision.model_dump(mode="json", exclude={"id", "told", "seen"})
    words = {"told": decision.told, "seen": decision.seen}
    return {**told, "undone": False, **{name: one.model_dump_json() if one else None for name, one in words.items()}}


def _insert(connection: Connection, told: Overlaid) -> None:
    rows, sums = [], []
    for number, card in enumerate(told.cards, 1):
        key = f"{told.record.release.id[:KEY_DIGITS]}:{card.subject}"
        rows.append({"id": key, "number": number, "release_id": told.record.release.id, **_facts(card, told.record.release.id)})
        sums += [{"reviewed_id": key, **one} for one in _sums(card, told.record)]
    if rows:
        connection.execute(insert(reviewed), rows)
    if sums:
        connection.execute(insert(reviewed_sums), sums)


def _facts(card: Card, release_id: str) -> dict[str, Any]:
    told, decision = card.told, card.decision
    return {
        "subject": card.subject,
        "found_id": f"{release_id[:KEY_DIGITS]}:{card.found_id}" if card.found_id else None,
        "verdict": card.verdict and card.verdict.value,
        "flag": card.flag and card.flag.value,
        "decided_by": decision and decision.decided_by,
        "decided_at": decision and decision.decided_at,
        "provider": _names(told.providers),
        "receiver": _names(told.receivers),
        "action": told.action.value,
        "status": told.status.value,
        "sums": _listed("; ", (f"{one.currency or '?'} {_digits(one)}" for one in told.amounts)),
        "dates": _listed("; ", (f"{one.role.value} {one.value or one.where.quote}" for one in told.dates)),
        "purposes": _listed(", ", sorted(one.value for one in told.purposes)),
        "items": _listed("; ", (" ".join(it for it in (one.quantity, one.unit, one.description) if it) for one in told.items)),
        "condition": told.condition and told.condition.quote,
        "said_by": told.said_by and told.said_by.name,
        "confidence": 1.0 if card.verdict else card.confidence,
        "trigger_quote": told.trigger.quote,
        "quote": told.evidence[0].quote,
    }


def _sums(card: Card, record: Record) -> Iterator[dict[str, Any]]:
    """The sums of a commitment that is in the corrected record."""
    one = next((it for it in record.commitments if it.id == card.id), None)
    amounts = {it.id: it for it in record.amounts}
    for number, id_ in enumerate(one.amounts if one else (), 1):
        amount, counted = amounts[id_], one is not None and id_ in one.counted.amounts
        told = {"currency": amount.currency, "amount": amount.value or amount.high, "comparator": amount.comparator.value}
        yield {"number": number, "counted": counted, **told}


def _names(people: Iterable[PartyTold]) -> str | None:
    return _listed(", ", dict.fromkeys(one.name for one in people))


def _digits(one: AmountTold) -> str:
    return one.value or f"{one.low}-{one.high}"


def _listed(separator: str, parts: Iterable[str]) -> str | None:
    return separator.join(parts) or None
