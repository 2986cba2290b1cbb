"""`communique load` and `communique db`, as they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique import deposit
from communique.cli import call
from communique.errors import DatabaseError, InputMissingError, InvalidRecordError, SettingsError
from communique.store import open_sink, tables
from communique.store.json_folder import to_json
from databases import Database, many
from records import example_record


@pytest.fixture
def records(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    (folder / "sub").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    for record, name in many(3):
        (folder / name).write_bytes(to_json(record))
    (folder / "sub" / "a.json").write_bytes(to_json(example_record()))
    (folder / ".hidden" / "ledger.json").write_text("{}")
    return folder


def test_records_go_everywhere_and_each_is_a_release(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sqlite, duckdb = Database(f"sqlite:///{tmp_path}/r.db"), Database(f"duckdb:///{tmp_path}/r.duckdb")
    places = [sqlite.url, duckdb.url, f"jsonl:{tmp_path}/r.jsonl"]
    for _ in range(2):
        assert call(["load", str(records), *(part for url in places for part in ("--db", url))]) == 0
        told = capsys.readouterr()
        assert (told.out, told.err.startswith("4 records loaded into ")) == ("", True)
    assert sqlite.contents() == duckdb.contents()
    names = [("r0.txt.json",), ("r1.txt.json",), ("r2.txt.json",), ("sub/a.json",)]
    assert sqlite.ask("SELECT name FROM releases ORDER BY 1") == names
    other = Database(f"sqlite:///{tmp_path}/again.db")
    assert call(["load", f"{tmp_path}/r.jsonl", "--db", other.url]) == 0
    assert {record for (record,) in other.ask("SELECT json FROM records")} == {
        record for (record,) in sqlite.ask("SELECT json FROM records")
    }


def test_a_bad_record_is_told_and_the_others_go_on(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads((records / "r1.txt.json").read_text())
    told["amounts"][0]["mention"]["quote"] = "€1.6 million"
    (records / "r1.txt.json").write_text(json.dumps(told))
    (records / "r2.txt.json").write_text("{")
    told = json.loads((records / "r0.txt.json").read_text())
    told["release"]["id"] = "0" * 64
    (records / "r0.txt.json").write_text(json.dumps(told))
    lines = tmp_path / "more.jsonl"
    lines.write_bytes(b'{"no": "record"}\n\n' + f"{many(5)[4][0].model_dump_json()}\n".encode())
    database = Database(f"sqlite:///{tmp_path}/r.db")
    assert call(["load", str(records), str(lines), "--db", database.url]) == InvalidRecordError.exit_code
    out, err = capsys.readouterr()
    assert f"{records}/r0.txt.json: release.id: is not the sha256 of the text" in out
    assert f"{records}/r1.txt.json: amounts.0.mention: the text at" in out
    assert f"{records}/r2.txt.json: is no JSON" in out
    assert f"{lines}:1: " in out
    assert err == f"2 records loaded into {tmp_path}/r.db, 4 wrong and left out\n"
    assert database.ask("SELECT name FROM releases ORDER BY 1") == [("more.jsonl#3",), ("sub/a.json",)]


def test_a_record_that_a_database_refuses_costs_one(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = Database(f"sqlite:///{tmp_path}/r.db")
    with open_sink(database.url):
        pass
    refuse = "CREATE TRIGGER no BEFORE INSERT ON releases WHEN NEW.name = 'r1.txt.json' BEGIN SELECT raise(FAIL, 'not this'); END"
    database.do(refuse)
    assert call(["load", str(records), "--db", database.url]) == 1
    out, err = capsys.readouterr()
    assert out == f"r1.txt.json: the database {tmp_path}/r.db cannot be written: not this\n"
    assert err.endswith(", 1 refused\n")
    assert database.ask("SELECT count(*) FROM releases") == [(3,)]


def test_a_database_that_refuses_all_is_given_up(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = Database(f"sqlite:///{tmp_path}/r.db")
    with open_sink(database.url):
        pass
    database.do("CREATE TRIGGER full BEFORE INSERT ON records BEGIN SELECT raise(FAIL, 'disk is full'); END")
    assert call(["load", str(records), "--db", database.url, "--db", f"jsonl:{tmp_path}/r.jsonl"]) == 1
    out, err = capsys.readouterr()
    assert out.count("disk is full") == deposit.ENOUGH
    assert "gets no more; load them again" in out
    assert err.endswith(", 4 refused\n")
    assert len((tmp_path / "r.jsonl").read_text().splitlines()) == 4


def test_sums_in_one_currency(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rates.csv").write_text("date,USD\n2024-04-05,1.25\n")
    database = Database(f"sqlite:///{tmp_path}/r.db")
    options = ["--convert", "usd", "--rates", f"{tmp_path}/rates.csv"]
    assert call(["load", str(records), "--db", database.url, *options]) == 0
    assert capsys.readouterr().err.endswith("8 sums converted into USD (rates.csv)\n")
    assert database.ask("SELECT sum(amount), min(rate) FROM v_converted") == [(7_500_000, 1.25)]
    assert call(["load", str(records), "--db", database.url, *options[2:]]) == SettingsError.exit_code
    assert "give --convert too" in capsys.readouterr().err


def test_a_url_may_stand_in_the_environment_and_a_password_is_warned_of(
    records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECORDS_DB", f"sqlite:///{tmp_path}/r.db")
    assert call(["load", str(records), "--db", "env:RECORDS_DB"]) == 0
    assert (tmp_path / "r.db").exists()
    assert call(["load", str(records), "--db", "env:NOT_SET"]) == DatabaseError.exit_code
    assert "no variable NOT_SET" in capsys.readouterr().err
    assert call(["load", str(records), "--db", "postgresql://me:secret@127.0.0.1:1/none"]) == DatabaseError.exit_code
    out, err = capsys.readouterr()
    assert "others on this machine can read the password" in err
    assert "secret" not in out + err


def test_what_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["load", f"{tmp_path}/none", "--db", f"sqlite:///{tmp_path}/r.db"]) == InputMissingError.exit_code
    assert call(["load", str(tmp_path), "--db", f"sqlite:///{tmp_path}/r.db"]) == InputMissingError.exit_code
    assert call(["load", str(tmp_path)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_version_of_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path}/r.db"
    assert call(["db", "current", url]) == DatabaseError.exit_code
    with open_sink(url):
        pass
    capsys.readouterr()
    assert call(["db", "current", url]) == 0
    assert capsys.readouterr().out == f"{tables.VERSION}\n"
    assert call(["db", "check", url]) == 0
    assert call(["db", "upgrade", url]) == 0
    assert capsys.readouterr().out == f"it is of version {tables.VERSION} already\n"
    Database(url).do("DROP VIEW v_parts")
    assert call(["db", "check", url]) == DatabaseError.exit_code
    assert capsys.readouterr().out == "the view v_parts is missing\n"
    assert call(["db", "upgrade", url]) == 0
    assert call(["db", "check", url]) == 0
