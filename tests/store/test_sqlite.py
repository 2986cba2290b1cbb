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


def test_every_mention_of_the_record_is_a_row_of_one_fact(database: sqlite3.Connection) -> None:
    told = {(row["start_char"], row["end_char"], row["quote"]) for row in database.execute("SELECT * FROM mentions")}
    assert told == {(mention.start, mention.end, mention.quote) for mention in example_record().mentions()}


def test_keys_and_references_hold(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert one(database, "SELECT id, represents_id FROM parties WHERE number = 3") == {
        "id": f"{example_record().release.id[:16]}:p3",
        "represents_id": f"{example_record().release.id[:16]}:p1",
    }


def test_a_dangling_reference_is_refused(file: Path) -> None:
    with open_sink(f"sqlite:///{file}"):
        pass
    engine = sqlite.engine(str(file))
    row = {"party_id": "nobody:p1", "alias": "x"}
    with pytest.raises(Exception, match="FOREIGN KEY"), engine.begin() as connection:
        connection.execute(insert(tables.party_aliases), [row])


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("records.db", "is no database URL"),
        ("sqlite:", "is no database URL"),
        ("oracle://me:secret@host/db", "is no place that is known"),
        ("sqlite://me:secret@host/x", "names no file"),
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


def test_a_locked_database_is_told(file: Path, database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "WAIT", 0.1)
    database.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseError, match="locked by another program"):
        open_sink(f"sqlite:///{file}")
