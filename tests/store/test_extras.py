from __future__ import annotations

from importlib import util
from pathlib import Path

import pytest

from communique.cli import call
from communique.errors import ExtraMissingError
from communique.store import extras


@pytest.mark.parametrize(
    ("extra", "options"),
    [
        ("postgres", ["--db", "postgresql://localhost/aid"]),
        ("duckdb", ["--db", "duckdb:///records.duckdb"]),
        ("parquet", ["--db", "parquet:tables"]),
        ("convert", ["--db", "sqlite:///records.db", "--convert", "EUR"]),
    ],
)
def test_an_extra_that_is_not_there_is_named(
    extra: str, options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    asked: list[str] = []
    monkeypatch.setattr(extras, "find_spec", asked.append)
    (tmp_path / "x.json").write_text("{}")
    assert call(["load", "x.json", *options]) == ExtraMissingError.exit_code
    assert f"pip install -c constraints.txt '.[{extra}]'" in capsys.readouterr().err
    assert [name for name in asked if util.find_spec(name) is None] == []  # the package is what the extra brings
