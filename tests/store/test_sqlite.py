from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from communique.errors import DatabaseError
from communique.store import open_sink, sqlite, tables
from communique.store.rows import rows
from communique.store.views import VIEWS
from communique_models import STATUS_CROSSWALK, Record
from records import TEXT, example_record

TABLES = sorted(table.name for table in tables.metadata.tables.values())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.db"


@pytest.fixture
def database(file: Path) -> Iterator[sqlite3.Connection]:
    with open_sink(f"sqlite:///{file}") as sink:
        sink.write(example_record(), "a/havna.txt.json")
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def one(database: sqlite3.Connection, query: str) -> dict[str, Any]:
    [row] = database.execute(query).fetchall()
    return dict(row)


def contents(file: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(file)) as connection:
        return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in TABLES}


def test_v_commitments_says_who_gave_whom_how_much(database: sqlite3.Connection) -> None:
    row = one(database, "SELECT * FROM v_commitments")
    assert row["provider"] == "Havna Fund"
    assert row["receiver"] == "Molde"
    assert row["sums"] == "EUR 1500000; EUR 500000.25"
    assert row["dates"] == "made Friday"
    assert row["purposes"] == "health, other"
    assert row["items"] == "2 ambulances"
    assert row["condition"] == "subject to the approval of the board"
    assert row["said_by"] == "Ane Vik"
    assert (row["action"], row["status"], row["published_on"]) == ("fund", "pledged", "2024-04-05")
    assert row["quote"] == TEXT.splitlines()[2]
    assert row["source"] == "a/havna.txt"


def test_v_counted_adds_only_what_counts(database: sqlite3.Connection) -> None:
    assert one(database, "SELECT currency, sum(amount) AS total, count(*) AS sums FROM v_counted GROUP BY currency") == {
        "currency": "EUR",
        "total": 1_500_000,
        "sums": 1,
    }


def test_money_is_a_number_as_exact_as_it_was_told(database: sqlite3.Connection) -> None:
    told = database.execute("SELECT value, typeof(value) FROM amounts ORDER BY number").fetchall()
    assert [tuple(row) for row in told] == [(1500000, "integer"), (500000.25, "real")]


def test_the_whole_record_is_kept(database: sqlite3.Connection) -> None:
    assert Record.model_validate_json(one(database, "SELECT json FROM records")["json"]) == example_record()


def test_every_mention_of_the_record_is_a_row_of_one_fact(database: sqlite3.Connection) -> None:
    told = {(row["start_char"], row["end_char"], row["quote"]) for row in database.execute("SELECT * FROM mentions")}
    assert told == {(mention.start, mention.end, mention.quote) for mention in example_record().mentions()}


def test_statuses_speak_the_trackers_words(database: sqlite3.Connection) -> None:
    told = {row["id"]: (row["fts"], row["kiel"]) for row in database.execute("SELECT * FROM statuses")}
    assert told == {status.value: (words.fts, words.kiel) for status, words in STATUS_CROSSWALK.items()}
    query = "SELECT transaction_type FROM status_iati WHERE status = 'delivered' ORDER BY 1"
    assert [row[0] for row in database.execute(query)] == [3, 4]


def test_keys_and_references_hold(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert one(database, "SELECT id, represents_id FROM parties WHERE number = 3") == {
        "id": f"{example_record().release.id[:16]}:p3",
        "represents_id": f"{example_record().release.id[:16]}:p1",
    }


def test_writing_again_changes_nothing_and_another_release_adds(file: Path, database: sqlite3.Connection) -> None:
    before = contents(file)
    with open_sink(f"sqlite:///{file}") as sink:
        sink.write(example_record(), "a/havna.txt.json")
    assert contents(file) == before
    with open_sink(f"sqlite:///{file}") as sink:
        sink.write(example_record(f"{TEXT}\n"), "b.txt.json")
    assert one(database, "SELECT count(*) AS number FROM releases") == {"number": 2}


@pytest.mark.usefixtures("database")
def test_a_release_that_changed_leaves_nothing_behind(file: Path) -> None:
    bare = example_record().model_copy(update={"amounts": [], "commitments": [], "dates": [], "notices": []})
    with open_sink(f"sqlite:///{file}") as sink:
        sink.write(bare, "a/havna.txt.json")
    left = contents(file)
    assert {name for name in TABLES if left[name]} == {
        "releases", "records", "parties", "party_aliases", "party_identifiers", "mentions", "statuses", "status_iati",
    }  # fmt: skip


@pytest.mark.usefixtures("database")
def test_a_write_that_breaks_leaves_the_old_release(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(file)

    def broken(record: Record, name: str) -> dict[Any, Any]:
        made = rows(record, name)
        made[tables.mentions].append({**made[tables.mentions][0], "id": "x", "quote": None})
        return made

    monkeypatch.setattr(sqlite, "rows", broken)
    with open_sink(f"sqlite:///{file}") as sink, pytest.raises(DatabaseError, match="cannot be written"):
        sink.write(example_record(), "a/havna.txt.json")
    assert contents(file) == before


def test_a_dangling_reference_is_refused(file: Path) -> None:
    with open_sink(f"sqlite:///{file}"):
        pass
    engine = sqlite._engine(f"sqlite:///{file}")
    row = {"party_id": "nobody:p1", "alias": "x"}
    with pytest.raises(Exception, match="FOREIGN KEY"), engine.begin() as connection:
        connection.execute(insert(tables.party_aliases), [row])


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("records.db", "is no database URL"),
        ("sqlite:", "is no database URL"),
        ("postgresql://me:secret@host/db", "'postgresql' are not supported; use one of sqlite"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:////not/there/records.db", "folder /not/there .* is not there"),
        ("sqlite:////tmp", "cannot be written"),
    ],
)
def test_a_database_that_cannot_be_is_told(url: str, reason: str) -> None:
    with pytest.raises(DatabaseError, match=reason) as raised:
        open_sink(url)
    assert "secret" not in str(raised.value)


def test_a_file_of_another_kind_is_left_alone(file: Path) -> None:
    file.write_text("dear diary, " * 200)
    with pytest.raises(DatabaseError, match="no SQLite database"):
        open_sink(f"sqlite:///{file}")
    assert file.read_text() == "dear diary, " * 200


def test_a_database_of_others_is_left_alone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE releases (id TEXT)")
        connection.commit()
    before = file.read_bytes()
    with pytest.raises(DatabaseError, match="was not made by communique"):
        open_sink(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_database_of_another_version_is_told(file: Path, database: sqlite3.Connection) -> None:
    database.execute("PRAGMA user_version = 99")
    database.commit()
    with pytest.raises(DatabaseError, match=r"version 99.*write to a new one"):
        open_sink(f"sqlite:///{file}")


def test_a_locked_database_is_told(file: Path, database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "WAIT", 0.1)
    database.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseError, match="locked by another program"):
        open_sink(f"sqlite:///{file}")


def test_every_view_can_be_read(database: sqlite3.Connection) -> None:
    for view in VIEWS:
        assert database.execute(f"SELECT count(*) FROM {view}").fetchone()[0] == 1
