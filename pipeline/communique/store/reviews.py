"""What the review of a database needs of it: its releases, their commitments, and the decisions of people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import DBAPIError

from communique.errors import DatabaseError
from communique.overlay import Decision, Overlaid, overlay
from communique.overlay.apply import COMPLETE
from communique.store import opening, tables
from communique.store.decisions import decisions, reviewed
from communique.store.reviewed import decision_of, decisions_about, renew, row_of, standing
from communique.store.sink import Named
from communique_models import Record


class ConflictError(Exception):
    """Somebody else decided about the same in the meantime."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A commitment in the list of what there is to review."""

    release_id: str
    subject: str
    verdict: str | None
    flag: str | None
    status: str
    confidence: float
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A release in that list."""

    release_id: str
    name: str
    title: str | None
    published_on: date | None
    complete: bool


class Reviews:
    """The database behind a URL, for review; raises `DatabaseError` wherever it cannot be used."""

    def __init__(self, url: str) -> None:
        """Open a database that is there and has records."""
        self._engine: Engine
        self._engine, self.place = opening.opened(url)
        with self._begun() as connection:
            renew(connection, list(self._decided(connection)))

    def close(self) -> None:
        """Let go of it."""
        self._engine.dispose()

    def lines(self) -> list[Line]:
        """All releases, in the order of their publication and names."""
        with self._begun() as connection:
            finished = select(decisions.c.release_id).where(decisions.c.subject == COMPLETE, ~decisions.c.undone)
            done = set(connection.scalars(finished))
            columns = tables.releases.c
            query = select(columns.id, columns.name, columns.title, columns.published_on)
            told = connection.execute(query.order_by(columns.published_on, columns.name, columns.id))
            return [Line(*row, complete=row[0] in done) for row in told]

    def entries(self) -> dict[str, list[Entry]]:
        """The commitments of each release, in reading order."""
        found: dict[str, list[Entry]] = {}
        with self._begun() as connection:
            for one in [*_decided_entries(connection), *_found_entries(connection)]:
                found.setdefault(one.release_id, []).append(one)
        return found

    def release(self, release_id: str) -> tuple[str, Record, Overlaid] | None:
        """The name of a release, its record, and that with the decisions about it; None where there is none."""
        with self._begun() as connection:
            found = self._named(connection, release_id)
            if found is None:
                return None
            record, name = found
            return name, record, overlay(record, decisions_about(connection, [found]))

    def complete(self) -> Iterator[tuple[str, Overlaid]]:
        """The names of the releases in which, as a person said, nothing is missing, and their records with the decisions."""
        for line in self.lines():
            if line.complete and (found := self.release(line.release_id)):
                yield found[0], found[2]

    def decisions(self) -> list[Decision]:
        """All decisions that stand, in their order."""
        with self._begun() as connection:
            return [decision_of(row) for row in connection.execute(standing())]

    def decide(self, decision: Decision, after: int | None) -> None:
        """Keep a decision; `after` is the one that the person saw of the same subject.

        Raises `ConflictError` where there is another one by now, or the release is gone.
        """
        with self._begun() as connection:
            opening.lock(connection, decision.release_id)
            found = self._named(connection, decision.release_id)
            if found is None:
                raise ConflictError("the release is no longer in the database")
            there = overlay(found[0], decisions_about(connection, [found]))
            if _last(there, decision.subject) != after:
                raise ConflictError("somebody decided about it in the meantime, perhaps in another tab")
            connection.execute(insert(decisions), [row_of(decision)])
            renew(connection, [found])

    def undo(self, decided_by: str) -> Decision | None:
        """Take back the last decision of a person that stands; None where there is none."""
        with self._begun() as connection:
            query = select(decisions).where(decisions.c.decided_by == decided_by, ~decisions.c.undone)
            row = connection.execute(query.order_by(decisions.c.id.desc()).limit(1)).first()
            if row is None:
                return None
            taken = decision_of(row)
            opening.lock(connection, taken.release_id)
            connection.execute(update(decisions).where(decisions.c.id == taken.id).values(undone=True))
            if found := self._named(connection, taken.release_id):
                renew(connection, [found])
            return taken

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise opening.told(error, self._engine, self.place) from error

    def _named(self, connection: Connection, release_id: str) -> Named | None:
        query = select(tables.records.c.json, tables.releases.c.name).join_from(tables.records, tables.releases)
        row = connection.execute(query.where(tables.releases.c.id == release_id)).first()
        return (_record(row[0]), row[1]) if row else None

    def _decided(self, connection: Connection) -> Iterator[Named]:
        """The releases that were decided about, and those of the same names."""
        names = select(decisions.c.name)
        query = select(tables.records.c.json, tables.releases.c.name).join_from(tables.records, tables.releases)
        for told, name in connection.execute(query.where(tables.releases.c.name.in_(names))).all():
            yield _record(told), name


def _record(told: Any) -> Record:
    try:
        return Record.model_validate_json(told) if isinstance(told, str) else Record.model_validate(told)
    except ValueError as error:
        raise DatabaseError(f"a record in the database breaks the contract ({error}); load it again") from error


def _last(told: Overlaid, subject: str) -> int | None:
    """The decision that stands about a subject."""
    if subject == COMPLETE:
        return told.complete.id if told.complete else None
    return next((card.decision.id for card in told.cards if card.subject == subject and card.decision), None)


def _decided_entries(connection: Connection) -> Iterator[Entry]:
    """The commitments of releases that somebody decided about."""
    columns = reviewed.c
    query = select(
        columns.release_id, columns.subject, columns.verdict, columns.flag, columns.status, columns.confidence,
        columns.provider, columns.receiver,
    ).order_by(columns.release_id, columns.number)  # fmt: skip
    for row in connection.execute(query):
        yield Entry(row[0], row[1], row[2], row[3], row[4], row[5], tuple(name for name in row[6:] if name))


def _found_entries(connection: Connection) -> Iterator[Entry]:
    """The commitments of all others, called as the overlay calls them."""
    commitments, mentions, people = tables.commitments.c, tables.mentions.c, tables.commitment_parties.c
    others = commitments.release_id.not_in(select(reviewed.c.release_id))
    names: dict[str, list[str]] = {}
    query = select(people.commitment_id, tables.parties.c.name).join_from(tables.commitment_parties, tables.parties)
    for id_, name in connection.execute(query.order_by(people.commitment_id, people.role, people.position)):
        names.setdefault(id_, []).append(name)
    triggers = select(
        commitments.release_id, mentions.start_char, mentions.end_char, commitments.id, commitments.status, commitments.confidence
    ).join_from(tables.commitments, tables.mentions, mentions.commitment_id == commitments.id)
    triggers = triggers.where(mentions.role == "trigger", others)
    order = (commitments.release_id, mentions.start_char, mentions.end_char, commitments.number)
    rows = connection.execute(triggers.order_by(*order))
    for (release_id, start, end), same in groupby(rows, key=lambda row: row[:3]):
        for number, row in enumerate(same, 1):
            subject = f"{start}-{end}" + (f"-{number}" if number > 1 else "")
            yield Entry(release_id, subject, None, None, row[4], row[5], tuple(names.get(row[3], ())))
