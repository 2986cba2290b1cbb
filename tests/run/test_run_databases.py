"""What a run enters into its databases besides records: itself, and sums in one currency."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.cli import call
from databases import Database

RELEASE = "OSLO, 5 April 2024 - Norway will provide NOK 75 million to Moldova, the Prime Minister said on Friday.\n"


def test_a_run_converts_and_is_entered_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    releases = tmp_path / "releases"
    releases.mkdir()
    for name in ("a", "b"):
        (releases / f"{name}.txt").write_text(RELEASE + name)
    (releases / "empty.txt").touch()
    (tmp_path / "rates.csv").write_text("date,NOK\n2024-04-05,11.5\n")
    database = Database(f"sqlite:///{tmp_path}/r.db")
    places = ["--out", f"{tmp_path}/out", "--db", database.url, "--db", f"csv:{tmp_path}/csv"]
    options = ["--convert", "EUR", "--rates", f"{tmp_path}/rates.csv", "--workers", "0"]
    assert call(["run", str(releases), *places, *options]) == 1
    assert "2 sums converted into EUR (rates.csv)" in capsys.readouterr().err
    assert database.ask("SELECT value, rate_date FROM conversions") == [(6521739.13, "2024-04-05")] * 2
    assert database.ask("SELECT releases_read, releases_failed FROM runs") == [(2, 1)]
    assert database.ask("SELECT path, reason FROM failures") == [
        (f"{releases}/empty.txt", "there is not a word in it; give a text")
    ]
    assert (tmp_path / "csv" / "commitments.csv").read_text().count("\n") >= 3
