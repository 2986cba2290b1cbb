from __future__ import annotations

import os
from pathlib import Path

import pytest

from communique.errors import OutputError
from communique.store import JsonFolder
from communique_models import Record
from records import example_record


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    record = example_record()
    with JsonFolder(tmp_path / "new" / "records") as folder:
        folder.write(record, "a/b.txt.json")
    written = tmp_path / "new" / "records" / "a" / "b.txt.json"
    assert Record.model_validate_json(written.read_bytes()) == record
    assert written.read_bytes().endswith(b"}\n")


def test_nothing_but_records_stays_in_the_folder(tmp_path: Path) -> None:
    with JsonFolder(tmp_path) as folder:
        folder.write(example_record(), "a.json")
        folder.write(example_record(), "a.json")
    assert [path.name for path in tmp_path.rglob("*")] == ["a.json"]


def test_files_get_the_rights_that_new_files_get(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    with JsonFolder(tmp_path) as folder:
        folder.write(example_record(), "a.json")
    assert (tmp_path / "a.json").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_write_that_breaks_leaves_the_old_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with JsonFolder(tmp_path) as folder:
        folder.write(example_record(), "a.json")
        before = (tmp_path / "a.json").read_bytes()

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="No space left"):
            folder.write(example_record(title="another"), "a.json")
    assert (tmp_path / "a.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_folder_that_cannot_be_made_or_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "sub", Path("/proc/communique")):
        with pytest.raises(OutputError, match="give another --out"):
            JsonFolder(folder)


def test_a_record_whose_place_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with JsonFolder(tmp_path) as folder, pytest.raises(OutputError, match=r"a\.json cannot be written"):
        folder.write(example_record(), "a.json")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
