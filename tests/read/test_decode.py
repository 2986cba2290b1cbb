from __future__ import annotations

import pytest

from communique.errors import NotTextError
from communique.read.decode import decode
from communique_models import NoticeCode

TEXT = "Støre pays €5m – “at once”\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_declared_encodings_and_utf8_are_read_without_a_notice(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, ())


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le")])
def test_utf16_is_read_in_both_orders(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding)) == (TEXT, ())


def test_what_is_not_utf8_is_read_as_cp1252_and_told() -> None:
    text, notices = decode(TEXT.encode("cp1252"))
    assert text == TEXT
    assert [notice.code for notice in notices] == [NoticeCode.ENCODING]
    assert "cp1252" in notices[0].message


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"%PDF-1.7 text", "a PDF document"),
        (b"PK\x03\x04rest", "Word"),
        (b"SQLite format 3\0", "a database"),
        (b"a\0b\0", "NUL"),
        (bytes(range(1, 32)) * 4, "control characters"),
        (bytes(range(1, 32)) * 4 + b"\xff\xe5", "control characters"),
        (b"caf\xe9 \x81", "byte 5 cannot be decoded"),
        (b"\xff\xfea", "byte-order mark says utf-16"),
        (b"\xef\xbb\xbfa\xff", "byte-order mark says utf-8"),
    ],
)
def test_bytes_that_are_no_text_say_why(raw: bytes, reason: str) -> None:
    with pytest.raises(NotTextError, match=reason):
        decode(raw)


def test_a_stray_control_character_is_let_through() -> None:
    text = "A page\x0cand a bell\x07 " + "in a long text. " * 20
    assert decode(text.encode()) == (text, ())
