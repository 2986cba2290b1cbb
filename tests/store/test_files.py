"""Records in files: JSON, JSONL, and the tables as CSV and Parquet."""

from __future__ import annotations

import csv
import errno
import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pyarrow import parquet

from communique.errors import DatabaseError
from communique.store import open_sink, tables
from communique.store.lookups import lookup_rows
from communique.store.table_folder import MASTER
from communique_models import Record
from databases import many, plain
from records import TEXT, example_record

EXAMPLE = (example_record(), "a/havna.txt.json")
NAMES = sorted(table.name for table in [*lookup_rows(), *tables.LOADED])


def load(url: str, *releases: tuple[Record, str]) -> None:
    with open_sink(url) as sink:
        sink.write_many(releases)


def lines(path: Path) -> list[Record]:
    return [Record.model_validate_json(line) for line in path.read_bytes().splitlines()]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_json_is_a_file_a_record(tmp_path: Path) -> None:
    load(f"json:{tmp_path}/records", EXAMPLE)
    assert Record.model_validate_json((tmp_path / "records/a/havna.txt.json").read_bytes()) == EXAMPLE[0]
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match="cannot be written"):
        open_sink(f"json:{tmp_path}/file")


def test_jsonl_is_a_line_a_release_and_the_last_holds(tmp_path: Path) -> None:
    path, releases = tmp_path / "new" / "records.jsonl", many(3)
    load(f"jsonl:{path}", *releases)
    before = path.read_bytes()
    load(f"jsonl:{path}", *releases)
    assert path.read_bytes() == before
    assert {record.release.id for record in lines(path)} == {record.release.id for record, _ in releases}
    changed = releases[1][0].model_copy(update={"notices": []})
    load(f"jsonl:{path}", (changed, "x"))
    assert len(lines(path)) == 3
    assert changed in lines(path)
    assert releases[1][0] not in lines(path)


def test_a_line_that_a_crash_cut_off_goes(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    load(f"jsonl:{path}", *many(2))
    before = path.read_bytes()
    path.write_bytes(before + b'{"schema_version":"1.0","rel')
    load(f"jsonl:{path}")
    assert path.read_bytes() == before


def test_a_file_of_others_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "diary.jsonl"
    path.write_text('{"dear": "diary"}\n')
    with pytest.raises(DatabaseError, match="holds other lines than records"):
        open_sink(f"jsonl:{path}")
    assert path.read_text() == '{"dear": "diary"}\n'


def test_a_full_disk_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, full = tmp_path / "records.jsonl", OSError(errno.ENOSPC, "No space left on device")
    with open_sink(f"jsonl:{path}") as sink:
        sink.write(*EXAMPLE)
        before = path.read_bytes()

        def fails(_: int) -> None:
            raise full

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fails)
            with pytest.raises(DatabaseError, match="No space left on device"):
                sink.write(*many(1)[0])
        assert path.read_bytes() == before
        sink.write(*many(1)[0])
    assert len(lines(path)) == 2


def test_csv_is_a_file_a_table(tmp_path: Path) -> None:
    load(f"csv:{tmp_path}", *many(2), EXAMPLE)
    assert sorted(path.stem for path in tmp_path.glob("*.csv")) == NAMES
    [first, *_] = [row for row in table(tmp_path, "amounts") if row["id"].startswith(EXAMPLE[0].release.id[:16])]
    assert (first["currency"], first["value"], first["low"]) == ("EUR", "1500000", "")
    assert len(table(tmp_path, "releases")) == 3
    assert table(tmp_path, "releases")[0]["text"].startswith("Havna Fund gives")
    before = files(tmp_path)
    load(f"csv:{tmp_path}", EXAMPLE)
    assert files(tmp_path) == before


def test_no_cell_of_a_csv_is_a_formula(tmp_path: Path) -> None:
    record = example_record().model_copy(update={"notices": []})
    names = ['=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(1)", "\tx", " =1", "fine", "a=b"]
    party = record.parties[0]
    people = [
        party.model_copy(update={"id": f"p{number}", "name": name, "aliases": [], "identifiers": {}})
        for number, name in enumerate(names, 1)
    ]
    load(f"csv:{tmp_path}", (record.model_copy(update={"parties": people, "commitments": [], "dates": []}), "=x.json"))
    told = [row["name"] for row in table(tmp_path, "parties")]
    assert told == [f"'{name}" for name in names[:6]] + names[6:]
    assert table(tmp_path, "releases")[0]["name"] == "'=x.json"


def test_parquet_is_a_file_a_table_with_types(tmp_path: Path) -> None:
    load(f"parquet:{tmp_path}", *many(2), EXAMPLE)
    assert sorted(path.stem for path in tmp_path.glob("*.parquet")) == NAMES
    amounts = parquet.read_table(tmp_path / "amounts.parquet").to_pylist()
    assert {row["value"] for row in amounts} == {Decimal(1500000), Decimal("500000.25")}
    query = f"""SELECT p.name, sum(a.value) FROM '{tmp_path}/commitment_amounts.parquet' c
        JOIN '{tmp_path}/amounts.parquet' a ON a.id = c.amount_id
        JOIN '{tmp_path}/commitment_parties.parquet' cp ON cp.commitment_id = c.commitment_id
        JOIN '{tmp_path}/parties.parquet' p ON p.id = cp.party_id
        WHERE c.counted AND cp.role = 'provider' GROUP BY 1"""
    assert [tuple(map(plain, row)) for row in duckdb.sql(query).fetchall()] == [("Havna Fund", 4_500_000)]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_tables_are_made_after_a_crash(kind: str, tmp_path: Path) -> None:
    load(f"{kind}:{tmp_path}", *many(2))
    before = files(tmp_path)
    for path in tmp_path.glob(f"*.{kind}"):
        path.unlink()
    load(f"{kind}:{tmp_path}")
    assert files(tmp_path) == before
    assert json.loads((tmp_path / MASTER).read_bytes().splitlines()[0])["name"].startswith("r")


@pytest.mark.parametrize("kind", ["jsonl:{}/r.jsonl", "csv:{}", "parquet:{}"])
def test_releases_can_be_let_go_of(kind: str, tmp_path: Path) -> None:
    releases = many(3)
    load(kind.format(tmp_path), *releases)
    with open_sink(kind.format(tmp_path)) as sink:
        kept: Any = sink
        kept.remove([releases[0][0].release.id, "unknown"])
        assert set(kept.ids()) == {record.release.id for record, _ in releases[1:]}
    with open_sink(kind.format(tmp_path)) as sink:
        kept = sink
        assert len(kept.ids()) == 2


def test_texts_of_any_letters_are_kept(tmp_path: Path) -> None:
    record = example_record(f'{TEXT}Ænd; "quoted", 日本 \u2028 \x0b 🙂\n')
    load(f"csv:{tmp_path}", (record, "ü.json"))
    assert table(tmp_path, "releases")[0]["text"] == record.text
