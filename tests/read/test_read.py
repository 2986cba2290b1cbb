from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from communique.errors import NotTextError, SidecarError, TooLongError, UnreadableError
from communique.read import READERS, read
from communique.settings import Settings
from communique_models import PublishedBasis


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_text_is_as_it_stands_in_its_file(tmp_path: Path) -> None:
    raw = b"Norway pays.\r\n\r\nSweden too.\n"
    source = read(put(tmp_path, "a.txt", raw), "sub/a.txt", Settings())
    assert source.text == raw.decode()
    assert source.uri == "sub/a.txt"
    assert source.media_type == "text/plain"
    assert source.raw_sha256 == hashlib.sha256(raw).hexdigest()
    assert source.published_on is None


def test_a_sidecar_goes_before_what_the_file_says(tmp_path: Path) -> None:
    path = put(tmp_path, "a.md", "---\ntitle: Old\ndate: 2020-01-01\n---\nNorway pays.")
    told = {"published_on": "2024-04-05", "title": "New", "issuer": "Norad", "source": "https://norad.example/1"}
    put(tmp_path, "a.meta.json", json.dumps(told))
    source = read(path, "a.md", Settings())
    assert (source.published_on, source.published_basis) == (date(2024, 4, 5), PublishedBasis.SIDECAR)
    assert (source.title, source.issuer, source.uri) == ("New", "Norad", "https://norad.example/1")


def test_metadata_of_the_file_has_its_own_basis(tmp_path: Path) -> None:
    source = read(put(tmp_path, "a.md", "---\ndate: 2020-01-01\n---\nNorway pays."), "a.md", Settings())
    assert (source.published_on, source.published_basis) == (date(2020, 1, 1), PublishedBasis.METADATA)


@pytest.mark.parametrize("told", ["{", "[]", '{"published": "2024-04-05"}', '{"published_on": "5 April"}', '{"title": 5}'])
def test_a_wrong_sidecar_fails_the_release_and_is_named(tmp_path: Path, told: str) -> None:
    put(tmp_path, "a.meta.json", told)
    with pytest.raises(SidecarError, match=r"a\.meta\.json is wrong"):
        read(put(tmp_path, "a.txt", "Norway pays."), "a.txt", Settings())


def test_a_sidecar_that_cannot_be_opened_fails_the_release(tmp_path: Path) -> None:
    (tmp_path / "a.meta.json").mkdir()
    with pytest.raises(SidecarError, match="cannot be read"):
        read(put(tmp_path, "a.txt", "Norway pays."), "a.txt", Settings())


def test_a_format_that_is_not_read_names_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(NotTextError, match=r"'\.xls' are not read; give one of \.txt"):
        read(put(tmp_path, "a.xls", "x"), "a.xls", Settings())


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(TooLongError, match="50,000,000 bytes"):
        read(path, "a.txt", Settings())


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="No such file"):
        read(tmp_path / "a.txt", "a.txt", Settings())
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(UnreadableError, match="directory"):
        read(tmp_path / "b.txt", "b.txt", Settings())


def test_every_extension_is_in_lower_case_with_a_dot() -> None:
    assert all(extension == extension.lower() and extension.startswith(".") for extension in READERS)
