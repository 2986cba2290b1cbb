"""What holds in SQLite, PostgreSQL and DuckDB alike."""

from __future__ import annotations

from typing import Any

import pytest

from communique.errors import DatabaseError
from communique.store import batches, open_sink, tables
from communique.store.lookups import ENUMS, lookup_rows
from communique.store.rows import rows
from communique.store.views import views
from communique_models import STATUS_CROSSWALK, Place, Record
from databases import Database, expected, many
from records import TEXT, example_record

EXAMPLE = (example_record(), "a/havna.txt.json")


@pytest.fixture
def loaded(database: Database) -> Database:
    with open_sink(database.url) as sink:
        sink.write(*EXAMPLE)
    return database


def test_every_row_of_a_record_is_kept(loaded: Database) -> None:
    assert loaded.releases() == {EXAMPLE[0].release.id: expected(*EXAMPLE)}


def test_a_mention_has_its_place_in_the_source(database: Database) -> None:
    places = [Place(start=0, end=57, page=1), Place(start=57, end=len(TEXT), page=2, paragraph=3, line=4, path="/p")]
    with open_sink(database.url) as sink:
        sink.write(EXAMPLE[0].model_copy(update={"places": places}), "a.json")
    told = database.ask("SELECT quote, page, paragraph, line, path FROM mentions WHERE role = 'trigger' OR quote = 'gives'")
    assert sorted(told) == [("gives", 1, None, None, None), ("will provide", 2, 3, 4, "/p")]


def test_the_whole_record_is_kept_byte_for_byte(loaded: Database) -> None:
    assert loaded.ask("SELECT CAST(json AS VARCHAR) FROM records") == [(EXAMPLE[0].model_dump_json(),)]


def test_vocabularies_have_the_codes_of_others(loaded: Database) -> None:
    assert {name for (name,) in loaded.ask("SELECT id FROM kinds")} == {kind.value for kind in ENUMS["kinds"]}
    told = {one: (fts, kiel) for one, fts, kiel in loaded.ask("SELECT id, fts, kiel FROM statuses")}
    assert told == {status.value: (words.fts, words.kiel) for status, words in STATUS_CROSSWALK.items()}
    assert loaded.ask("SELECT transaction_type FROM status_iati WHERE status = 'delivered' ORDER BY 1") == [(3,), (4,)]
    assert loaded.ask("SELECT dac_sector FROM purposes WHERE id = 'health'") == [(120,)]
    assert loaded.ask("SELECT iati_organisation_type FROM kinds WHERE id = 'company'") == [(70,)]
    assert loaded.ask("SELECT iati_finance_type, iati_delivered FROM actions WHERE id IN ('lend', 'buy') ORDER BY 1") in (
        [(421, 3), (None, 4)],
        [(None, 4), (421, 3)],
    )


def test_a_word_that_is_new_to_a_vocabulary_comes_with_the_next_opening(loaded: Database) -> None:
    before = loaded.contents()
    loaded.do("DELETE FROM notice_codes WHERE id = 'no_text'", "UPDATE purposes SET dac_sector = 7 WHERE id = 'trade'")
    with open_sink(loaded.url):
        pass
    assert loaded.contents() == before


def test_writing_again_changes_nothing_and_another_release_adds(loaded: Database) -> None:
    before = loaded.contents()
    with open_sink(loaded.url) as sink:
        sink.write(*EXAMPLE)
        sink.write_many([EXAMPLE, EXAMPLE])
    assert loaded.contents() == before
    with open_sink(loaded.url) as sink:
        sink.write(example_record(f"{TEXT}\n"), "b.txt.json")
    assert loaded.ask("SELECT count(*) FROM releases") == [(2,)]


def test_many_at_once_are_as_one_by_one(make: Any) -> None:
    releases = many(7)
    one_by_one, at_once = make("one"), make("many")
    with open_sink(one_by_one.url) as sink:
        for record, name in releases:
            sink.write(record, name)
    with open_sink(at_once.url) as sink:
        sink.write_many(releases)
        sink.write_many([])
    assert one_by_one.contents() == at_once.contents()
    assert one_by_one.releases() == {record.release.id: expected(record, name) for record, name in releases}


def test_a_release_that_changed_leaves_nothing_behind(loaded: Database) -> None:
    bare = EXAMPLE[0].model_copy(update={"amounts": [], "commitments": [], "dates": [], "notices": []})
    with open_sink(loaded.url) as sink:
        sink.write(bare, "a/havna.txt.json")
    left = loaded.contents()
    same = {table.name for table in lookup_rows()}
    assert {name for name in left if left[name]} - same == {
        "releases", "records", "parties", "party_aliases", "party_identifiers", "mentions",
    }  # fmt: skip


def test_a_write_that_breaks_leaves_the_old_release(loaded: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    before = loaded.contents()

    def broken(record: Record, name: str) -> dict[Any, Any]:
        made = rows(record, name)
        made[tables.mentions].append({**made[tables.mentions][0], "id": "x", "quote": None})
        return made

    monkeypatch.setattr(batches, "rows", broken)
    with open_sink(loaded.url) as sink, pytest.raises(DatabaseError, match="cannot be written"):
        sink.write_many([*many(2), EXAMPLE])
    assert loaded.contents() == before


def test_every_table_and_view_is_described(loaded: Database) -> None:
    assert all(table.comment for table in tables.metadata.tables.values())
    if loaded.kind == "sqlite":
        return  # it has no comments
    names = {*tables.metadata.tables, *views(loaded.kind)}
    query = (
        "SELECT relname FROM pg_class WHERE obj_description(oid) IS NOT NULL AND relkind IN ('r', 'v')"
        if loaded.kind == "postgresql"
        else "SELECT table_name FROM duckdb_tables() WHERE comment IS NOT NULL "
        "UNION ALL SELECT view_name FROM duckdb_views() WHERE comment IS NOT NULL"
    )
    assert names <= {name for (name,) in loaded.ask(query)}


def test_tables_of_others_are_left_alone(database: Database) -> None:
    database.do("CREATE TABLE releases (id TEXT)")
    with pytest.raises(DatabaseError, match=r"communique did not make|was not made by communique"):
        open_sink(database.url)
    assert database.ask("SELECT * FROM releases") == []


@pytest.mark.parametrize(("version", "advice"), [("0001", "run `communique db upgrade"), ("9999", "update communique")])
def test_a_database_of_another_version_is_told_and_not_written(loaded: Database, version: str, advice: str) -> None:
    before = loaded.contents()
    loaded.do(f"UPDATE communique_version SET version_num = '{version}'")
    if loaded.kind == "sqlite":
        loaded.do(f"PRAGMA user_version = {int(version)}")
    with pytest.raises(DatabaseError, match=f"version {version}.*{advice}"):
        open_sink(loaded.url)
    assert loaded.contents() == before


def test_releases_can_be_told_and_let_go_of(database: Database) -> None:
    releases = many(3)
    with open_sink(database.url) as sink:
        sink.write_many(releases)
        kept: Any = sink
        assert set(kept.ids()) == {record.release.id for record, _ in releases}
        kept.remove([releases[0][0].release.id, "f" * 64])
        kept.remove([])
    assert database.releases() == {record.release.id: expected(record, name) for record, name in releases[1:]}
