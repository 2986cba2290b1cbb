"""A file becomes a `Source`: its bytes read by the reader of its format, its sidecar beside it.

To add a format: one file here with a reader, and its line in `READERS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from communique.errors import NotTextError, TooLongError, UnreadableError
from communique.read.content import Content
from communique.read.markdown import read_markdown
from communique.read.sidecar import SUFFIX as SIDECAR_SUFFIX
from communique.read.sidecar import read_sidecar
from communique.read.text import read_text
from communique.source import Source
from communique_models import PublishedBasis

__all__ = ["READERS", "SIDECAR_SUFFIX", "Content", "Format", "format_of", "read"]


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one kind are read."""

    media_type: str
    reader: Callable[[bytes], Content]


TEXT = Format("text/plain", read_text)
MARKDOWN = Format("text/markdown", read_markdown)
READERS: dict[str, Format] = {".txt": TEXT, ".text": TEXT, ".md": MARKDOWN, ".markdown": MARKDOWN}
"""The format of each extension, in lower case."""

MOST_BYTES = 4  # that one character takes in any encoding that is read


def format_of(path: Path) -> Format | None:
    """The format of a file by its extension; None if it is not read."""
    return READERS.get(path.suffix.lower())


def read(path: Path, name: str, max_characters: int) -> Source:
    """The release in a file, with what its sidecar and its own metadata say of it.

    `name` is the path below the input folder. Raises a `ReleaseError` that says why a file cannot be read.
    """
    found = format_of(path)
    if found is None:
        raise NotTextError(f"files ending in {path.suffix or 'nothing'!r} are not read; give one of {', '.join(READERS)}")
    raw = _bytes(path, max_characters)
    content = found.reader(raw)
    beside = read_sidecar(path)
    return Source(
        text=content.text,
        published_on=beside.published_on or content.published_on,
        published_basis=PublishedBasis.SIDECAR if beside.published_on else PublishedBasis.METADATA,
        title=beside.title or content.title,
        issuer=beside.issuer,
        uri=beside.source or name,
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        media_type=found.media_type,
        notices=content.notices,
    )


def _bytes(path: Path, max_characters: int) -> bytes:
    """The bytes of a file, unless they are more than the longest text that is read can have."""
    try:
        size = path.stat().st_size
        if size > max_characters * MOST_BYTES + MOST_BYTES:
            raise TooLongError(
                f"the file has {size:,} bytes, more than a text of {max_characters:,} characters can have; "
                "split it into its releases, or raise --max-characters"
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"the file cannot be read: {error.strerror or error}") from error
