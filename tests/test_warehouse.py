"""Records as a resource of dlt, into DuckDB."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from communique.store.json_folder import to_json
from communique.warehouse import records
from databases import many


@pytest.fixture
def pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("RUNTIME__DLTHUB_TELEMETRY", "false")
    monkeypatch.setenv("DLT_DATA_DIR", f"{tmp_path}/dlt")
    import dlt

    destination = dlt.destinations.duckdb(f"{tmp_path}/warehouse.duckdb")
    return dlt.pipeline("communique_test", destination=destination, dataset_name="aid", pipelines_dir=f"{tmp_path}/dlt")


def test_records_reach_a_warehouse_and_again_changes_nothing(pipeline: Any, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    for record, name in many(3):
        (folder / name).write_bytes(to_json(record))
    for _ in range(2):
        pipeline.run(records([folder]))
    with closing(duckdb.connect(f"{tmp_path}/warehouse.duckdb")) as connection:
        query = """SELECT r.name, r.published_on, a.currency, a.value FROM aid.releases r
            JOIN aid.releases__amounts a ON a._dlt_parent_id = r._dlt_id ORDER BY r.name, a.id"""
        told = [(name, str(day), currency, float(value)) for name, day, currency, value in connection.execute(query).fetchall()]
        [(commitments,)] = connection.execute("SELECT count(*) FROM aid.releases__commitments").fetchall()
        [(whole,)] = connection.execute("SELECT record FROM aid.releases WHERE name = 'r1.txt'").fetchall()
    sums = (1_500_000.0, 500_000.25)
    assert told == [(f"r{number}.txt", "2024-04-05", "EUR", value) for number in range(3) for value in sums]
    assert commitments == 3
    assert whole == many(2)[1][0].model_dump_json()


def test_what_is_no_record_is_told(pipeline: Any, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"schema_version": "1.0", "release": {}, "text": ""}')
    with pytest.raises(Exception, match=r"bad: release\.id: Field required"):
        pipeline.run(records([tmp_path / "bad.json"]))
