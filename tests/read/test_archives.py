from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import NotTextError, ReleaseError, TooLongError
from communique.read import Release, read, read_all
from communique.read.archives import open_archive
from communique.read.content import Budget
from communique.settings import Settings
from documents import latvian_bridge


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return out.getvalue()


def put(folder: Path, name: str, raw: bytes, settings: Settings | None = None) -> list[Release]:
    path = folder / name
    path.write_bytes(raw)
    return read_all(path, f"sub/{name}", settings or Settings())


def uris(told: list[Release]) -> list[str | None]:
    return [one.source.uri if not isinstance(one.source, ReleaseError) else str(one.source) for one in told]


def test_the_releases_of_an_archive_are_numbered_by_name(tmp_path: Path) -> None:
    files = {"b/x.txt": b"Norway pays.", "a.pdf": latvian_bridge(), "README.md": b"x", ".x.txt": b"x", "__MACOSX/x.txt": b"x"}
    told = put(tmp_path, "a.zip", zipped(**files, **{"x.meta.json": b"{}", "logo.png": b"x", "../../e.txt": b"Sweden pays."}))
    assert [one.mark for one in told] == ["#1", "#2"]
    assert uris(told) == ["sub/a.zip#a.pdf", "sub/a.zip#b/x.txt"]


def test_a_packed_file_is_read_as_what_it_is(tmp_path: Path) -> None:
    told = put(tmp_path, "a.txt.gz", gzip.compress(b"Norway pays."))
    assert [one.mark for one in told] == [""]
    assert uris(told) == ["sub/a.txt.gz"]
    assert [one.mark for one in put(tmp_path, "b.gz", gzip.compress(zipped(**{"a.txt": b"Norway", "b.txt": b"Sweden"})))] == [
        "#1",
        "#2",
    ]


def test_what_fails_inside_is_told_in_its_place(tmp_path: Path) -> None:
    told = put(tmp_path, "a.zip", zipped(**{"a.txt": b"Norway pays.", "b.pdf": b"%PDF-1.4 nothing", "c.txt": b"\0"}))
    assert [isinstance(one.source, ReleaseError) for one in told] == [False, True, True]


def test_content_goes_before_the_extension(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(latvian_bridge())
    assert read(tmp_path / "a.txt", "a.txt", Settings()).media_type == "application/pdf"
    (tmp_path / "b").write_bytes(
        b"<!DOCTYPE html><html><body><p>Norway will give NOK 30 million to Malawi today, it said.</p></body></html>"
    )
    assert read(tmp_path / "b", "b", Settings()).media_type == "text/html"


def test_one_release_is_asked_for_where_there_are_two(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(**{"a.txt": b"Norway", "b.txt": b"Sweden"}))
    with pytest.raises(NotTextError, match="2 releases"):
        read(path, "a.zip", Settings())


def test_a_sidecar_holds_for_all_but_for_their_titles(tmp_path: Path) -> None:
    (tmp_path / "a.meta.json").write_text('{"published_on": "2024-03-05", "issuer": "Norad", "title": "All", "source": "all"}')
    told = [one.source for one in put(tmp_path, "a.zip", zipped(**{"a.txt": b"Norway", "b.txt": b"Sweden"}))]
    assert [getattr(one, "issuer", None) for one in told] == ["Norad", "Norad"]
    assert [getattr(one, "title", None) for one in told] == [None, None]
    assert getattr(told[0], "uri", None) == "sub/a.zip#a.txt"


def test_bombs_are_refused_by_what_they_unpack_to(tmp_path: Path) -> None:
    small = Settings(max_bytes=1_000_000)
    with pytest.raises(TooLongError, match="--max-bytes"):
        put(tmp_path, "a.txt.gz", gzip.compress(b" " * 50_000_000), small)
    told = put(tmp_path, "a.zip", zipped(**{f"{i}.txt": b" " * 400_000 for i in range(9)}), small)
    assert [isinstance(one.source, TooLongError) for one in told] == [False, False, *[True] * 7]


def test_archives_in_archives_end(tmp_path: Path) -> None:
    raw = b"Norway pays."
    for i in range(8):
        raw = zipped(**{"a.txt" if i == 0 else "a.zip": raw})
    [told] = put(tmp_path, "a.zip", raw)
    assert isinstance(told.source, NotTextError)
    for i in range(8):
        raw = gzip.compress(raw if i else b"Norway pays.")
    with pytest.raises(NotTextError, match="inside files"):
        put(tmp_path, "a.txt.gz", raw)


def test_archives_that_are_locked_empty_or_broken_are_told(tmp_path: Path) -> None:
    locked = bytearray(zipped(**{"a.txt": b"Norway pays."}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    [told] = put(tmp_path, "a.zip", bytes(locked))
    assert "password" in str(told.source)
    for name, raw in (
        ("b.zip", zipped()),
        ("c.zip", b"PK\x03\x04"),
        ("d.gz", b"\x1f\x8b\x08nothing"),
        ("e.zip", zipped(**{"a.png": b""})),
    ):
        with pytest.raises(NotTextError):
            put(tmp_path, name, raw)


@given(st.integers(0, 500), st.binary(max_size=20), st.integers(0, 20))
def test_any_damage_ends_as_parts_or_a_told_failure(at: int, put_in: bytes, cut: int) -> None:
    raw = zipped(**{"a.txt": b"Norway pays. " * 30, "b.html": b"<html>" * 20})
    at %= len(raw)
    try:
        found = [
            part.mark for part in open_archive(raw[:at] + put_in + raw[at + cut :], Budget(10_000, 10_000), frozenset({".txt"}))
        ]
    except ReleaseError as error:
        found = [str(error)]
    assert all(found)
