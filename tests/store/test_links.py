"""The ledger across releases in SQLite, PostgreSQL and DuckDB: reconciled, decided about, loaded again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from communique import cli, errors
from communique.reconcile import Book
from communique.store import migrate, open_sink, tables
from communique.store.link_tables import MADE, link_decisions
from communique.store.links import Links
from communique_models import Record
from databases import Database
from reconcile.cases import groups

GROUPS = {group.name: group for file in ("tuned", "held") for group in groups(file)}
CHOSEN = ("nansen", "vanuatu-cyclone", "australia-fiji-hospital", "australia-tonga-cable", "canada-core-unicef", "halden-trains")


def of(*names: str) -> list[Record]:
    return [case.record for name in names for case in GROUPS[name].cases]


def load(database: Database, records: Sequence[Record]) -> None:
    with open_sink(database.url) as sink:
        sink.write_many([(record, f"{record.release.id[:8]}.json") for record in records])


def reconcile(database: Database) -> None:
    assert cli.call(["reconcile", "--db", database.url]) == 0


def made(database: Database) -> dict[str, Any]:
    """All rows that reconcile made."""
    contents = database.contents()
    return {table.name: contents[table.name] for table in MADE}


def key(group: str, number: int) -> str:
    return f"{GROUPS[group].cases[number - 1].record.release.id[:16]}:c1"


def links(database: Database) -> dict[str, tuple[str, str, str]]:
    told = database.ask("SELECT later_id, earlier_id, relation, decided_by FROM links")
    return {later: (earlier, relation, by) for later, earlier, relation, by in told}


@pytest.fixture
def reconciled(database: Database) -> Database:
    load(database, of(*CHOSEN))
    reconcile(database)
    return database


def test_each_undertaking_counts_once(reconciled: Database) -> None:
    told = dict(reconciled.ask("SELECT currency, sum(amount) FROM v_new_money GROUP BY currency"))
    wanted: dict[str, Decimal] = {}
    for name in CHOSEN:
        for currency, value in GROUPS[name].new.items():
            wanted[currency] = wanted.get(currency, Decimal(0)) + value
    assert {currency: value for currency, value in told.items() if value} == {c: int(v) for c, v in wanted.items()}
    added = dict(reconciled.ask("SELECT currency, sum(amount) FROM v_counted GROUP BY currency"))
    assert added["NOK"] > told["NOK"]


def test_the_views_say_who_how_and_why(reconciled: Database) -> None:
    told = reconciled.ask(
        "SELECT published_on, provider, relation, currency, amount FROM v_new_money WHERE receiver = 'Ukraine' ORDER BY 1"
    )
    assert told == [
        ("2023-02-16", "Norway", None, "NOK", 75000000000),
        ("2024-06-04", "Norway", "updates", "NOK", 10000000000),
    ]
    query = "SELECT provider, sums, drawn, tellings, first_told, last_told FROM v_undertakings WHERE receiver = 'Ukraine'"
    assert reconciled.ask(query) == [("Norway", "NOK 85000000000", "NOK 1100000000", 4, "2023-02-16", "2024-08-24")]
    (relation, reasons, score) = reconciled.ask(
        f"SELECT relation, reasons, score FROM v_links WHERE later_id = '{key('nansen', 3)}'"
    )[0]
    assert relation == "draws_down"
    assert "the programme 'nansen support programme'" in reasons.split("\n")
    assert 0.5 <= score <= 1
    actors = dict(
        reconciled.ask("SELECT a.name, count(*) FROM actors a JOIN actor_parties p ON p.actor_id = a.id GROUP BY a.name")
    )
    assert actors["United Kingdom"] == 2
    assert 2 in (actors.get("Halden Rail"), actors.get("Halden Rail AB"))


def test_a_rerun_changes_nothing(reconciled: Database, capsys: pytest.CaptureFixture[str]) -> None:
    before = made(reconciled)
    capsys.readouterr()
    reconcile(reconciled)
    assert capsys.readouterr().out.endswith("\n0 rows changed\n")
    assert made(reconciled) == before


def test_bit_by_bit_is_as_all_at_once(reconciled: Database, make: Any) -> None:
    other = make("other")
    records = sorted(of(*CHOSEN), key=lambda record: record.release.id)
    for start in range(0, len(records), 5):
        load(other, records[start : start + 5])
        reconcile(other)
    assert made(other) == made(reconciled)


def test_only_what_changed_is_written(reconciled: Database, capsys: pytest.CaptureFixture[str]) -> None:
    load(reconciled, of("verdana-ebrd"))
    capsys.readouterr()
    reconcile(reconciled)
    changed = int(capsys.readouterr().out.splitlines()[-1].split()[0])
    assert changed == 2 + 2 + 1 + 1 + 1 + 1  # actors and their parties, undertaking and sum, telling, new money


def test_a_release_that_is_loaded_again_takes_its_rows_and_no_others(reconciled: Database) -> None:
    before = made(reconciled)
    records = of("nansen")
    bare = records[1].model_copy(update={"commitments": []})
    load(reconciled, [bare])
    gone = key("nansen", 2)
    assert not reconciled.ask(f"SELECT 1 FROM links WHERE later_id = '{gone}' OR earlier_id = '{gone}'")
    assert not reconciled.ask(f"SELECT 1 FROM tellings WHERE commitment_id = '{gone}'")
    assert len(reconciled.ask("SELECT 1 FROM tellings")) == len(before["tellings"]) - 1
    load(reconciled, [records[1]])
    reconcile(reconciled)
    assert made(reconciled) == before


def test_what_a_person_parts_stays_parted(reconciled: Database) -> None:
    later, earlier = key("australia-fiji-hospital", 2), key("australia-fiji-hospital", 1)
    assert links(reconciled)[later][:2] == (earlier, "updates")
    before = made(reconciled)
    assert cli.call(["unlink", earlier, later, "--db", reconciled.url, "--by", "Ane", "--note", "another ward"]) == 0
    assert later not in links(reconciled)
    reconcile(reconciled)
    load(reconciled, of("australia-fiji-hospital"))
    reconcile(reconciled)
    assert later not in links(reconciled)
    assert reconciled.ask("SELECT decided_by, note FROM link_decisions") == [("Ane", "another ward")]
    assert cli.call(["link", later, earlier, "--as", "updates", "--db", reconciled.url, "--by", "Bo"]) == 0
    assert links(reconciled)[later] == (earlier, "updates", "person")
    assert len(reconciled.ask("SELECT 1 FROM link_decisions")) == 1
    assert made(reconciled)["undertakings"] == before["undertakings"]


def test_what_a_person_joins_is_joined(reconciled: Database) -> None:
    later, earlier = key("canada-core-unicef", 2), key("canada-core-unicef", 1)
    assert later not in links(reconciled)
    assert cli.call(["link", earlier, later, "--db", reconciled.url]) == 0
    load(reconciled, of("canada-core-unicef"))
    reconcile(reconciled)
    assert links(reconciled)[later] == (earlier, "same_as", "person")
    told = reconciled.ask("SELECT sum(amount) FROM v_new_money WHERE currency = 'CAD'")
    assert told == [(16000000,)]


def test_a_decision_finds_its_commitment_under_another_key(reconciled: Database) -> None:
    """A newer version of communique may find one more commitment before it."""
    later, earlier = key("australia-fiji-hospital", 2), key("australia-fiji-hospital", 1)
    assert cli.call(["unlink", later, earlier, "--db", reconciled.url]) == 0
    record = of("australia-fiji-hospital")[1]
    (one,) = record.commitments
    first = one.trigger.model_copy(update={"start": 0, "end": 9, "quote": record.text[:9]})
    trigger = one.trigger.model_copy(update={"start": 10, "quote": one.trigger.quote[10:]})
    told = [
        one.model_copy(update={"trigger": first, "amounts": [], "counted": one.counted.model_copy(update={"amounts": []})}),
        one.model_copy(update={"id": "c2", "trigger": trigger}),
    ]
    load(reconciled, [record.model_copy(update={"commitments": told})])
    decisions = Links(reconciled.url).decisions()
    assert [row["later"] for row in decisions] == [later]
    reconcile(reconciled)
    assert later.replace("c1", "c2") not in links(reconciled) or links(reconciled)[later.replace("c1", "c2")][0] != earlier


def test_parties_are_joined_and_parted_by_people(reconciled: Database) -> None:
    def actors() -> dict[str, str]:
        return dict(reconciled.ask("SELECT party_id, actor_id FROM actor_parties"))

    order, delivery = (f"{key('halden-trains', number)[:16]}:p" for number in (1, 2))
    assert actors()[f"{order}2"] == actors()[f"{delivery}1"]
    assert cli.call(["unlink", f"{order}2", f"{delivery}1", "--db", reconciled.url]) == 0
    assert actors()[f"{order}2"] != actors()[f"{delivery}1"]
    load(reconciled, of("halden-trains"))
    reconcile(reconciled)
    assert actors()[f"{order}2"] != actors()[f"{delivery}1"]
    assert cli.call(["link", f"{order}2", f"{delivery}1", "--db", reconciled.url]) == 0
    assert actors()[f"{order}2"] == actors()[f"{delivery}1"]


def test_decisions_about_what_is_gone_are_kept_and_told(reconciled: Database, capsys: pytest.CaptureFixture[str]) -> None:
    later, earlier = key("australia-fiji-hospital", 2), key("australia-fiji-hospital", 1)
    assert cli.call(["unlink", later, earlier, "--db", reconciled.url]) == 0
    load(reconciled, [of("australia-fiji-hospital")[1].model_copy(update={"commitments": []})])
    reconcile(reconciled)
    assert "1 of people's decisions are about what is no longer there; they are kept" in capsys.readouterr().err
    assert len(Links(reconciled.url).decisions()) == 1


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (["link", "0000000000000000:c1", "{0}"], errors.InputMissingError.exit_code, "there is no 0000000000000000:c1"),
        (["link", "{0}", "{0}"], errors.SettingsError.exit_code, "are no two commitments and no two parties"),
        (["unlink", "{0}", "{1}:p1"], errors.SettingsError.exit_code, "are no two commitments and no two parties"),
        (["link", "{0}", "{2}", "--as", "updates"], errors.SettingsError.exit_code, "name the later one first"),
        (["link", "{0}", "{2}", "--as", "likes"], errors.SettingsError.exit_code, "--as: 'likes' is none of same_as"),
    ],
)
def test_decisions_that_make_no_sense_are_told(
    words: list[str], code: int, reason: str, reconciled: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = key("nansen", 1), key("nansen", 2)
    assert cli.call([*(word.format(first, first[:16], second) for word in words), "--db", reconciled.url]) == code
    assert reason in capsys.readouterr().err
    assert Links(reconciled.url).decisions() == []


def test_a_database_without_the_ledger_gets_it(reconciled: Database, capsys: pytest.CaptureFixture[str]) -> None:
    before = made(reconciled)
    views = ("v_links", "v_undertakings", "v_new_money")
    reconciled.do(*(f"DROP VIEW {view}" for view in views))
    reconciled.do(*(f"DROP TABLE {table.name}" for table in (link_decisions, *reversed(MADE))))
    reconciled.do("DROP TABLE relations", "DROP TABLE update_effects", "UPDATE communique_version SET version_num = '0003'")
    if reconciled.kind == "sqlite":
        reconciled.do("PRAGMA user_version = 3")
    assert cli.call(["reconcile", "--db", reconciled.url]) == errors.DatabaseError.exit_code
    assert "run `communique db upgrade" in capsys.readouterr().err
    assert migrate.upgrade(reconciled.url) == ("0003", tables.VERSION)
    assert migrate.check(reconciled.url) == []
    reconcile(reconciled)
    assert made(reconciled) == before


def test_the_rows_are_those_of_the_tables() -> None:
    book = Book()
    book.read(of("nansen"))
    rows = book.made([]).rows()
    assert {table.name: {column.name for column in table.columns} for table in MADE} == {
        name: set(told[0]) for name, told in rows.items()
    }
