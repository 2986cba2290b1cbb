"""Which reader reads what: by the first bytes of a file where those tell, else by its extension.

To add a format: one file here with a reader, its lines in `READERS`, and one in `sniffed` if its content shows what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from communique.read.archives import open_archive, open_gzip
from communique.read.content import Budget, Content, Part
from communique.read.docx import read_docx
from communique.read.feeds import FEED as FEED_HEAD
from communique.read.feeds import open_feed
from communique.read.html import read_html
from communique.read.mail import open_mail, open_mbox
from communique.read.markdown import read_markdown
from communique.read.pdf import read_pdf
from communique.read.rows import open_csv, open_json, open_json_lines
from communique.read.text import read_text


@dataclass(frozen=True, slots=True)
class Format:
    """Files that are one release: their bytes, and the most characters that a text may have, become the text."""

    media_type: str
    reader: Callable[[bytes, int], Content]
    plain: bool = False  # whether its bytes are its characters, so that a long file is a long text


@dataclass(frozen=True, slots=True)
class Holder:
    """Files that may hold several releases: their bytes, name, limits and the user's map of fields become the parts."""

    media_type: str
    opener: Callable[[bytes, str, Budget, dict[str, str]], Iterator[Part]]
    searched: bool = True  # whether it is looked for in folders


TEXT = Format("text/plain", read_text, plain=True)
MARKDOWN = Format("text/markdown", read_markdown, plain=True)
HTML = Format("text/html", read_html)
PDF = Format("application/pdf", read_pdf)
DOCX = Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", read_docx)
MAIL = Holder("message/rfc822", lambda raw, _, budget, __: open_mail(raw, budget))
MBOX = Holder("application/mbox", lambda raw, _, budget, __: open_mbox(raw, budget))
JSON = Holder("application/json", lambda raw, _, budget, fields: open_json(raw, budget, fields), searched=False)
JSON_LINES = Holder("application/jsonl", lambda raw, _, budget, fields: open_json_lines(raw, budget, fields))
CSV = Holder("text/csv", lambda raw, _, budget, fields: open_csv(raw, budget, fields))
FEED = Holder("application/xml", lambda raw, _, budget, __: open_feed(raw, budget))
GZIP = Holder("application/gzip", lambda raw, name, budget, _: open_gzip(raw, budget, name))
ARCHIVE = Holder("application/zip", lambda raw, _, budget, __: open_archive(raw, budget, searched()))
READERS: dict[str, Format | Holder] = {
    ".txt": TEXT, ".text": TEXT, ".md": MARKDOWN, ".markdown": MARKDOWN,
    ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".pdf": PDF, ".docx": DOCX,
    ".eml": MAIL, ".mbox": MBOX, ".json": JSON, ".jsonl": JSON_LINES, ".ndjson": JSON_LINES, ".csv": CSV,
    ".xml": FEED, ".rss": FEED, ".atom": FEED,
    ".gz": GZIP, ".zip": ARCHIVE,
}  # fmt: skip
"""The format of each extension, in lower case."""

PDF_HEAD = 1_024  # bytes in which a PDF says that it is one
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,64}(?:<\?xml[^>]{0,200}\?>\s{0,64})?(?:<!--[^>]{0,500}-->\s{0,64})?<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE,
)
WORD_PART = b"word/document.xml"
ZIP = b"PK\x03\x04"
GZIP_MARK = b"\x1f\x8b\x08"


def searched() -> frozenset[str]:
    """The extensions that are looked for in folders: not .json, which is also what records and sidecars end in."""
    return frozenset(suffix for suffix, found in READERS.items() if isinstance(found, Format) or found.searched)


def format_of(path: PurePath) -> Format | Holder | None:
    """The format of a file by its extension; None if it is not read."""
    return READERS.get(path.suffix.lower())


def sniffed(raw: bytes) -> Format | Holder | None:
    """The format that the content of a file shows; None where it shows none, as with plain text."""
    if b"%PDF-" in raw[:PDF_HEAD] and not raw.startswith((ZIP, GZIP_MARK)):
        return PDF
    if raw.startswith(ZIP):
        return DOCX if WORD_PART in raw else ARCHIVE
    if raw.startswith(GZIP_MARK):
        return GZIP
    if FEED_HEAD.match(raw):
        return FEED
    return HTML if PAGE.match(raw) else None
