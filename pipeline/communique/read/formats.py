"""Which reader reads what: by the first bytes of a file where those tell, else by its extension.

To add a format: one file here with a reader, and its lines in `READERS`, and in `sniffed` if its content shows what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from communique.read.content import Content
from communique.read.docx import read_docx
from communique.read.html import read_html
from communique.read.markdown import read_markdown
from communique.read.pdf import read_pdf
from communique.read.text import read_text


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one kind are read: their bytes, and the most characters that a text may have, become the text."""

    media_type: str
    reader: Callable[[bytes, int], Content]
    plain: bool = False  # whether its bytes are its characters, so that a long file is a long text


TEXT = Format("text/plain", read_text, plain=True)
MARKDOWN = Format("text/markdown", read_markdown, plain=True)
HTML = Format("text/html", read_html)
PDF = Format("application/pdf", read_pdf)
DOCX = Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", read_docx)
READERS: dict[str, Format] = {
    ".txt": TEXT, ".text": TEXT, ".md": MARKDOWN, ".markdown": MARKDOWN,
    ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".pdf": PDF, ".docx": DOCX,
}  # fmt: skip
"""The format of each extension, in lower case."""

PDF_HEAD = 1_024  # bytes in which a PDF says that it is one
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,64}(?:<\?xml[^>]{0,200}\?>\s{0,64})?(?:<!--[^>]{0,500}-->\s{0,64})?<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE,
)
WORD_PART = b"word/"
ZIP = b"PK\x03\x04"


def format_of(path: PurePath) -> Format | None:
    """The format of a file by its extension; None if it is not read."""
    return READERS.get(path.suffix.lower())


def sniffed(raw: bytes) -> Format | None:
    """The format that the content of a file shows; None where it shows none, as with plain text."""
    if b"%PDF-" in raw[:PDF_HEAD]:
        return PDF
    if raw.startswith(ZIP) and WORD_PART in raw:
        return DOCX
    return HTML if PAGE.match(raw) else None
