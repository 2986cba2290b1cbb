"""Decisions in databases: kept, laid over records, and not lost by any load."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from communique.errors import DatabaseError
from communique.overlay import Card, Decision, Told, Verdict
from communique.store import open_sink
from communique.store.reviews import ConflictError, Reviews
from communique_models import Record, Status
from databases import Database
from records import TEXT, example_record

RECORD = example_record()
NAME = "havna.txt.json"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Any) -> Database:
    """A database of each kind that can be reviewed."""
    if request.param == "postgresql":
        made: Database = request.getfixturevalue("postgres")
        return made
    return Database(f"sqlite:///{tmp_path / 'records.db'}")


@pytest.fixture
def reviews(database: Database) -> Iterator[Reviews]:
    write(database, RECORD)
    made = Reviews(database.url)
    yield made
    made.close()


def write(database: Database, record: Record, name: str = NAME) -> None:
    with open_sink(database.url) as sink:
        sink.write(record, name)


def card_of(reviews: Reviews, release_id: str = RECORD.release.id) -> Card:
    found = reviews.release(release_id)
    assert found is not None
    return found[2].cards[0]


def decide(reviews: Reviews, verdict: Verdict, told: Told | None = None, after: int | None = None, **facts: Any) -> None:
    card = card_of(reviews)
    made = {"release_id": RECORD.release.id, "name": NAME, "subject": card.subject, "decided_by": "Ada", "decided_at": "then"}
    reviews.decide(Decision(**{**made, **facts}, verdict=verdict, told=told, seen=card.found), after)


def corrected(reviews: Reviews, **facts: Any) -> Told:
    return card_of(reviews).told.model_copy(update=facts)


def test_what_was_decided_is_seen_by_queries(reviews: Reviews, database: Database) -> None:
    view = "SELECT provider, status, currency, counted, verdict, decided_by FROM v_reviewed"
    assert database.ask(view) == [("Havna Fund", "pledged", "EUR", 1500000, None, None)]
    decide(reviews, Verdict.CORRECTED, corrected(reviews, status=Status.DELIVERED))
    assert database.ask(view) == [("Havna Fund", "delivered", "EUR", 1500000, "corrected", "Ada")]
    assert database.ask("SELECT status, currency, amount, verdict FROM v_reviewed_counted") == [
        ("delivered", "EUR", 1500000, "corrected")
    ]
    assert database.ask("SELECT status FROM v_commitments") == [("pledged",)], "the record stays as it was"


def test_what_was_rejected_is_in_no_view(reviews: Reviews, database: Database) -> None:
    decide(reviews, Verdict.REJECTED)
    assert database.ask("SELECT * FROM v_reviewed") == database.ask("SELECT * FROM v_reviewed_counted") == []
    assert [one.verdict for one in reviews.entries()[RECORD.release.id]] == ["rejected"]


def test_both_views_show_the_same_sums_as_those_of_records(reviews: Reviews, database: Database) -> None:
    decide(reviews, Verdict.ACCEPTED, corrected(reviews))
    columns = "published_on, provider, receiver, action, status, currency, counted, sums, dates, purposes, items, condition"
    assert database.ask(f"SELECT {columns} FROM v_reviewed") == database.ask(f"SELECT {columns} FROM v_commitments")
    columns = "published_on, provider, receiver, currency, amount, comparator, quote, title, source, release_id"
    assert database.ask(f"SELECT {columns} FROM v_reviewed_counted") == database.ask(f"SELECT {columns} FROM v_counted")


def test_decisions_outlast_every_load(reviews: Reviews, database: Database) -> None:
    decide(reviews, Verdict.CORRECTED, corrected(reviews, status=Status.DELIVERED))
    lines = "SELECT subject, verdict, flag, status FROM reviewed"
    told = database.ask(lines)
    write(database, RECORD)
    assert database.ask(lines) == told
    other = RECORD.commitments[0].model_copy(update={"status": Status.AGREED})
    write(database, RECORD.model_copy(update={"commitments": [other]}))
    assert [row[2:] for row in database.ask(lines)] == [("changed", "delivered")]
    write(database, RECORD.model_copy(update={"commitments": []}))
    assert [row[2:] for row in database.ask(lines)] == [("gone", "delivered")]
    database.do(*(["PRAGMA foreign_keys = ON"] if database.kind == "sqlite" else []), "DELETE FROM releases")
    write(database, RECORD)
    assert database.ask(lines) == told


def test_decisions_meet_a_changed_text_by_its_name(reviews: Reviews, database: Database) -> None:
    decide(reviews, Verdict.ACCEPTED, corrected(reviews))
    again = example_record(f"{TEXT}More.\n")
    write(database, again)
    assert [one.flag for one in reviews.entries()[again.release.id]] == ["text"]
    write(database, example_record(f"{TEXT}Other.\n"), "other.txt.json")
    assert database.ask("SELECT count(*) FROM reviewed") == [(2,)]


def test_the_second_of_two_deciders_is_told(reviews: Reviews) -> None:
    decide(reviews, Verdict.ACCEPTED, corrected(reviews))
    with pytest.raises(ConflictError):
        decide(reviews, Verdict.REJECTED)
    decide(reviews, Verdict.REJECTED, after=1)
    assert [one.verdict for one in reviews.decisions()] == ["accepted", "rejected"]
    with pytest.raises(ConflictError):
        decide(reviews, Verdict.REJECTED, release_id="0" * 64)


def test_of_many_who_decide_at_once_one_does(reviews: Reviews) -> None:
    lost: list[Exception] = []

    def one() -> None:
        try:
            decide(reviews, Verdict.REJECTED)
        except ConflictError as error:
            lost.append(error)

    threads = [threading.Thread(target=one) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(reviews.decisions()), len(lost)) == (1, 4)


def test_a_person_takes_back_their_own_decisions_only(reviews: Reviews, database: Database) -> None:
    decide(reviews, Verdict.ACCEPTED, corrected(reviews))
    assert reviews.undo("Bo") is None
    taken = reviews.undo("Ada")
    assert taken is not None
    assert taken.verdict is Verdict.ACCEPTED
    assert (reviews.decisions(), reviews.undo("Ada")) == ([], None)
    assert database.ask("SELECT count(*) FROM decisions") == [(1,)], "the history is kept"
    assert database.ask("SELECT count(*) FROM reviewed") == [(0,)]


def test_the_list_calls_commitments_as_the_overlay_does(reviews: Reviews, database: Database) -> None:
    one = RECORD.commitments[0]
    twice = [one, one.model_copy(update={"id": "c2", "receivers": ["p3"], "amounts": [], "counted": type(one.counted)()})]
    write(database, RECORD.model_copy(update={"commitments": twice}))
    found = reviews.release(RECORD.release.id)
    assert found is not None
    subjects = [card.subject for card in found[2].cards]
    assert [entry.subject for entry in reviews.entries()[RECORD.release.id]] == subjects
    assert len(set(subjects)) == 2


def test_finished_releases_are_handed_out(reviews: Reviews) -> None:
    assert list(reviews.complete()) == []
    decide(reviews, Verdict.COMPLETE, subject="release")
    assert [(name, told.record.release.id) for name, told in reviews.complete()] == [(NAME, RECORD.release.id)]
    assert [line.complete for line in reviews.lines()] == [True]


@pytest.mark.parametrize("url", ["sqlite:///{}/none.db", "duckdb:///{}/x.duckdb", "nothing", "sqlite:///{}/no/folder.db"])
def test_a_database_that_cannot_be_reviewed_is_told(url: str, tmp_path: Any) -> None:
    with pytest.raises(DatabaseError):
        Reviews(url.format(tmp_path))
    assert list(tmp_path.iterdir()) == [], "none is made"


def test_an_empty_file_is_no_database_to_review(tmp_path: Any) -> None:
    (tmp_path / "r.db").touch()
    with pytest.raises(DatabaseError, match="holds no records"):
        Reviews(f"sqlite:///{tmp_path / 'r.db'}")
