"""Databases of older versions, and how they become new ones."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, Table, Text

from communique.errors import DatabaseError
from communique.store import migrate, open_sink, tables
from communique_models import Record
from databases import Database, expected
from records import example_record

OLD = Path(__file__).with_name("old") / "0001.sql"  # the example record in a database that version 0001 made, dumped
EXAMPLE = (example_record(), "a/havna.txt.json")


@pytest.fixture
def old(tmp_path: Path) -> Database:
    file = tmp_path / "old.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA application_id = {0x434D5145}")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    return Database(f"sqlite:///{file}")


@pytest.fixture
def new(database: Database) -> Database:
    with open_sink(database.url) as sink:
        sink.write(*EXAMPLE)
    return database


def design(database: Database) -> set[tuple[object, ...]]:
    told = database.ask("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(kind, name, "".join(str(sql).split())) for kind, name, sql in told}


def test_the_first_version_becomes_this_one(old: Database, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"version 0001, this communique writes version .* make a copy of it and run"):
        open_sink(old.url)
    assert migrate.current(old.url) == "0001"
    assert migrate.check(old.url) == [f"its tables are of version 0001, this communique writes version {tables.VERSION}"]
    assert migrate.upgrade(old.url) == ("0001", tables.VERSION)
    assert (migrate.current(old.url), migrate.check(old.url)) == (tables.VERSION, [])
    fresh = Database(f"sqlite:///{tmp_path}/fresh.db")
    with open_sink(fresh.url) as sink:
        sink.write(*EXAMPLE)
    assert {**old.contents(), "records": []} == {**fresh.contents(), "records": []}
    assert [Record.model_validate_json(told) for (told,) in old.ask("SELECT json FROM records")] == [EXAMPLE[0]]
    assert design(old) == design(fresh)
    with open_sink(old.url) as sink:
        sink.write(*EXAMPLE)
    assert old.contents() == fresh.contents()
    assert old.ask("PRAGMA foreign_key_check") == []


def test_an_upgrade_that_breaks_changes_nothing(old: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    before = design(old)
    monkeypatch.setattr(migrate.design, "make_views", lambda _: old.ask("SELECT nonsense"))
    with pytest.raises(sqlite3.OperationalError):
        migrate.upgrade(old.url)
    assert design(old) == before
    assert migrate.current(old.url) == "0001"


def test_a_new_database_is_as_the_migrations_leave_it(new: Database) -> None:
    assert (migrate.current(new.url), migrate.check(new.url)) == (tables.VERSION, [])
    before = new.contents()
    assert migrate.upgrade(new.url) == (tables.VERSION, tables.VERSION)
    assert new.contents() == before


def test_what_is_missing_is_told(new: Database) -> None:
    new.do("DROP VIEW v_parts", "DROP TABLE failures")
    told = "\n".join(migrate.check(new.url))
    assert "the view v_parts is missing" in told
    assert "failures" in told


def test_an_older_duckdb_is_made_anew_from_its_records(tmp_path: Path) -> None:
    database = Database(f"duckdb:///{tmp_path}/old.db")
    with open_sink(database.url) as sink:
        sink.write(*EXAMPLE)
    run = "INSERT INTO runs VALUES ('r1', '2024-04-05', NULL, '0', '{}', 1, 0, 5)"
    database.do(run, "ALTER TABLE items DROP COLUMN unit", "UPDATE communique_version SET version_num = '0001'")
    assert migrate.upgrade(database.url) == ("0001", tables.VERSION)
    assert migrate.check(database.url) == []
    assert database.releases() == {EXAMPLE[0].release.id: expected(*EXAMPLE)}
    assert database.ask("SELECT id, words FROM runs") == [("r1", 5)]


def test_every_version_leads_to_the_next() -> None:
    """The newest migration is the version of the tables; a change of tables without a migration is found here."""
    versions = sorted(path.name[:4] for path in (migrate.MIGRATIONS / "versions").glob("0*.py"))
    assert versions == [f"{number:04}" for number in range(1, len(versions) + 1)]
    assert versions[-1] == tables.VERSION


def test_a_changed_table_is_noticed(new: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = MetaData()
    for table in tables.metadata.tables.values():
        table.to_metadata(changed)
    Table("items", changed, Column("colour", Text), extend_existing=True)
    monkeypatch.setattr(tables, "metadata", changed)
    missing = "the column items.colour is missing"
    told = missing if new.kind == "duckdb" else "to be as this version makes it, it needs: add column items colour"
    assert migrate.check(new.url) == [told]


@pytest.mark.parametrize("ask", [migrate.current, migrate.upgrade, migrate.check])
def test_what_is_no_database_of_ours_is_told(ask: object, tmp_path: Path) -> None:
    (tmp_path / "diary.db").touch()
    for url, reason in (
        (f"sqlite:///{tmp_path}/none.db", "there is no database"),
        (f"sqlite:///{tmp_path}/diary.db", "holds no tables of communique"),
        (f"duckdb:///{tmp_path}/none.db", "there is no database"),
        (f"json:{tmp_path}", "has no version"),
        ("env:NOT_SET_ANYWHERE", "the environment has no variable NOT_SET_ANYWHERE"),
    ):
        with pytest.raises(DatabaseError, match=reason):
            ask(url)  # type: ignore[operator]  # one of several functions
    assert not (tmp_path / "none.db").exists()
