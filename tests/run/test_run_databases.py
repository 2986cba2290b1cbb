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


@pytest.mark.parametrize("gone", ["copy.txt", "original.txt"])
def test_of_two_copies_the_one_that_is_left_is_told(gone: str, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    releases.mkdir()
    for name, day in (("copy", "2024-04-06"), ("original", "2024-04-05")):
        (releases / f"{name}.txt").write_text(RELEASE)
        (releases / f"{name}.meta.json").write_text(f'{{"published_on": "{day}"}}')
    database = Database(f"sqlite:///{tmp_path}/r.db")
    order = ["run", str(releases), "--out", f"{tmp_path}/out", "--db", database.url, "--workers", "0"]
    assert call(order) == 0
    (releases / gone).unlink()
    assert call([*order, "--prune"]) == 0
    left, day = ("original", "2024-04-05") if gone == "copy.txt" else ("copy", "2024-04-06")
    assert database.ask("SELECT name, published_on FROM releases") == [(f"{left}.txt.json", day)]
    assert database.ask("SELECT count(*) FROM records") == [(1,)]
