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
        (b"\xff\xfea", "byte-order mark says utf-16"),
        (b"\xef\xbb\xbfa\xff", "byte-order mark says utf-8"),
    ],
)
def test_bytes_that_are_no_text_say_why(raw: bytes, reason: str) -> None:
    with pytest.raises(NotTextError, match=reason):
        decode(raw)


def test_what_is_neither_utf8_nor_cp1252_is_guessed_last_and_told() -> None:
    words = "ノルウェー政府は、マラウイの三つの地区の学校に三千万クローネを提供すると、外務省が本日発表した。"
    text, notices = decode((words * 5).encode("shift_jis"))
    assert text == words * 5
    assert [notice.code for notice in notices] == [NoticeCode.ENCODING]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Norwayâ€™s minister StÃ¸re pays Â£5m", "Norway’s minister Støre pays £5m"),
        ("Norway’s minister said â€œwe payâ€\x9d â€“ at once", "Norway’s minister said “we pay” – at once"),
        ("SÃ£o TomÃ© pays.\nCôte d’Ivoire pays.", "São Tomé pays.\nCôte d’Ivoire pays."),
    ],
)
def test_what_was_decoded_wrongly_is_mended_and_told(wrong: str, right: str) -> None:
    text, notices = decode(wrong.encode())
    assert text == right
    assert [notice.code for notice in notices] == [NoticeCode.ENCODING]
    assert "decoded wrongly" in notices[0].message


@pytest.mark.parametrize("right", ["Ângelo Âe Ã", "voilà – Âland", "FAÇADE’S Õ", "Støre pays €5m – “at once”", "20 °C ± 3 Å"])
def test_what_is_only_odd_stays(right: str) -> None:
    assert decode(right.encode()) == (right, ())


def test_a_stray_control_character_is_let_through() -> None:
    text = "A page\x0cand a bell\x07 " + "in a long text. " * 20
    assert decode(text.encode()) == (text, ())
