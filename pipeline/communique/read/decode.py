"""Bytes -> text: by byte-order mark, else as strict UTF-8, else as its file declares, else as cp1252 with a notice.

What is none of them is left to charset-normalizer, which comes last: it takes cp1252 for cp1250. What was decoded wrongly before
is mended. Line ends stay as they are.
"""

from __future__ import annotations

import codecs
import re

from communique.errors import NotTextError
from communique.read.mojibake import mended
from communique_models import Notice, NoticeCode

BYTE_ORDER_MARKS = (  # UTF-32's little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FALLBACK = "cp1252"
NEVER = ["utf_7", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be", "cp037", "cp500", "cp1026", "cp1140"]
"""Encodings that no text without a mark is in, or that make a text of anything."""
NONE = f"this is no text in UTF-8, UTF-16 or {FALLBACK}"
DECLARED = re.compile(
    r"iso-?8859-\d{1,2}|windows-125\d|cp125\d|koi8-[ru]|shift_jis|euc-jp|euc-kr|gbk|gb2312|gb18030|big5|macintosh|us-ascii"
)
"""Encodings that a file may declare; others are UTF-8 anyway, or no encodings of texts."""
LATIN = frozenset({"iso-8859-1", "iso8859-1", "us-ascii"})  # browsers read them as cp1252, and pages count on it
SIGNATURES = (  # first bytes of what is often named .txt by mistake
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, or a Word or OpenDocument file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"SQLite format 3", "a database"),
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MOST_CONTROLS = 0.02  # the share of control characters that a badly converted text may have


def decode(raw: bytes, declared: str | None = None) -> tuple[str, tuple[Notice, ...]]:
    """The text of some bytes, and notices if its encoding had to be guessed or it was mended; see `decoded`."""
    text, notices = decoded(raw, declared)
    text, more = mended(text)
    return text, notices + more


def decoded(raw: bytes, declared: str | None = None) -> tuple[str, tuple[Notice, ...]]:
    """The text of some bytes, and a notice if its encoding had to be guessed; `declared` is what its file calls it.

    What is UTF-8 throughout is read so, whatever it is called: texts in other encodings do not look so by accident. Raises
    `NotTextError` for bytes that are no text: those of another kind of file, with NULs, full of control characters, or in no
    known encoding.
    """
    for signature, kind in SIGNATURES:
        if raw.startswith(signature):
            raise NotTextError(f"this is no text but {kind}; convert it to text first")
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            try:
                return _checked(raw.decode(encoding)), ()
            except UnicodeDecodeError as error:
                raise NotTextError(f"its byte-order mark says {encoding.removesuffix('-sig')}, but {_where(error)}") from error
    try:
        return _checked(raw.decode("utf-8")), ()
    except UnicodeDecodeError as broken:
        _checked(raw.decode("latin-1"))
        told = _as_declared(raw, declared)
        if told is not None:
            return _checked(told), ()
        try:
            text, encoding = raw.decode(FALLBACK), FALLBACK
        except UnicodeDecodeError as error:
            guess = _guessed(raw)
            if guess is None:
                raise NotTextError(f"{NONE} ({_where(error)}); save it as UTF-8") from error
            text, encoding = guess
        message = f"read as {encoding}, since it is not UTF-8 ({_where(broken)})"
        return _checked(text), (Notice(code=NoticeCode.ENCODING, message=message),)


def _as_declared(raw: bytes, declared: str | None) -> str | None:
    """The text in the encoding that its file declares; None if that is none of ours, or is not what it is in."""
    name = (declared or "").strip().lower()
    if not DECLARED.fullmatch(name):
        return None
    try:
        return raw.decode(FALLBACK if name in LATIN else name)
    except (LookupError, UnicodeDecodeError):
        return None


def _guessed(raw: bytes) -> tuple[str, str] | None:
    """The text in the encoding that its bytes look like, and which that is; None if it looks like none."""
    from charset_normalizer import from_bytes

    best = from_bytes(raw, cp_exclusion=NEVER).best()
    return (str(best), best.encoding) if best is not None and best.encoding != "ascii" else None


def _checked(text: str) -> str:
    """The text, if it reads like one."""
    if "\0" in text:
        raise NotTextError("this is no text: it holds NUL bytes (if it is UTF-16, save it with a byte-order mark)")
    if len(CONTROLS.findall(text)) > MOST_CONTROLS * len(text):
        raise NotTextError("this is no text: it is full of control characters")
    return text


def _where(error: UnicodeDecodeError) -> str:
    return f"byte {error.start:,} cannot be decoded"
