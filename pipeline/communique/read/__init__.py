"""A file becomes a `Source`: its bytes read by the reader of its format, its sidecar beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from communique.errors import NotTextError, TooLongError, UnreadableError
from communique.read.content import Content
from communique.read.formats import READERS, Format, format_of, sniffed
from communique.read.sidecar import SUFFIX as SIDECAR_SUFFIX
from communique.read.sidecar import read_sidecar
from communique.settings import Settings
from communique.source import Source
from communique_models import PublishedBasis

__all__ = ["READERS", "SIDECAR_SUFFIX", "Content", "Format", "format_of", "read"]

MOST_BYTES = 4  # that one character takes in any encoding that is read


def read(path: Path, name: str, settings: Settings) -> Source:
    """The release in a file, with what its sidecar and its own metadata say of it.

    `name` is the path below the input folder. The content goes before the extension. Raises a `ReleaseError` that says why a
    file cannot be read, or is beyond the limits of the settings.
    """
    raw = _bytes(path, settings.max_bytes)
    found = sniffed(raw) or format_of(path)
    if found is None:
        raise NotTextError(f"files ending in {path.suffix or 'nothing'!r} are not read; give one of {', '.join(READERS)}")
    if found.plain and len(raw) > settings.max_characters * MOST_BYTES + MOST_BYTES:
        raise TooLongError(
            f"the file has {len(raw):,} bytes, more than a text of {settings.max_characters:,} characters can have; "
            "split it into its releases, or raise --max-characters"
        )
    content = found.reader(raw, settings.max_characters)
    beside = read_sidecar(path)
    return Source(
        text=content.text,
        published_on=beside.published_on or content.published_on,
        published_basis=PublishedBasis.SIDECAR if beside.published_on else PublishedBasis.METADATA,
        title=beside.title or content.title,
        issuer=beside.issuer or content.issuer,
        uri=beside.source or name,
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        media_type=found.media_type,
        notices=content.notices,
    )


def _bytes(path: Path, most: int) -> bytes:
    """The bytes of a file, unless there are more than `most`."""
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
            size = max(len(raw), path.stat().st_size)
    except OSError as error:
        raise UnreadableError(f"the file cannot be read: {error.strerror or error}") from error
    if len(raw) > most:
        raise TooLongError(f"the file has {size:,} bytes, more than the limit of {most:,}; split it, or raise --max-bytes")
    return raw
