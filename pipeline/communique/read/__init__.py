"""A file becomes its releases, a `Source` each: read by the reader of its format, with what its sidecar says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from communique.errors import NotTextError, ReleaseError, TooLongError, UnreadableError
from communique.read.content import Budget, Content, Member
from communique.read.formats import READERS, Format, format_of, searched, sniffed
from communique.read.sidecar import SUFFIX as SIDECAR_SUFFIX
from communique.read.sidecar import Sidecar, read_sidecar
from communique.settings import Settings
from communique.source import Source
from communique_models import PublishedBasis

__all__ = ["READERS", "SIDECAR_SUFFIX", "Content", "Release", "format_of", "read", "read_all", "searched"]

MOST_BYTES = 4  # that one character takes in any encoding that is read
DEEPEST = 3  # files in each other: a release in a mail in an archive that is packed


@dataclass(frozen=True, slots=True)
class Release:
    """One of the releases in a file: `#2` and the like, nothing if it is the file itself; what was read, or why it was not."""

    mark: str
    source: Source | ReleaseError


def read(path: Path, name: str, settings: Settings) -> Source:
    """The release in a file; raises a `ReleaseError` if it cannot be read, or is not one release."""
    found = read_all(path, name, settings)
    if len(found) != 1:
        raise NotTextError(f"it holds {len(found):,} releases; `communique run` reads them all")
    if isinstance(found[0].source, ReleaseError):
        raise found[0].source
    return found[0].source


def read_all(path: Path, name: str, settings: Settings) -> list[Release]:
    """The releases in a file, in its order, with what its sidecar and its own metadata say of each.

    `name` is the path below the input folder. The content goes before the extension. Raises a `ReleaseError` that says why a
    file cannot be read, or is beyond the limits of the settings; where one of several cannot be read, the reason takes its place.
    """
    raw = _bytes(path, settings.max_bytes)
    beside = read_sidecar(path)
    budget = Budget(settings.max_bytes, settings.max_characters)
    found = list(_releases(Member(path.name, raw), name, "", budget, settings.fields, DEEPEST))
    if not found:
        raise NotTextError("it holds no release, or only files of formats that are not read")
    if len(found) > 1:  # a title or a source is not that of all
        beside = Sidecar(published_on=beside.published_on, issuer=beside.issuer)
    return [one if isinstance(one.source, ReleaseError) else replace(one, source=_with(one.source, beside)) for one in found]


def _releases(file: Member, name: str, mark: str, budget: Budget, fields: dict[str, str], deepest: int) -> Iterator[Release]:
    """The releases in a file, and in the files inside it; a failure inside it is told in its place."""
    path = PurePosixPath(file.name)
    found = sniffed(file.raw) or format_of(path)
    if found is None:
        raise NotTextError(f"files ending in {path.suffix or 'nothing'!r} are not read; give one of {', '.join(READERS)}")
    sha256 = hashlib.sha256(file.raw).hexdigest()  # once for all the releases in it
    if isinstance(found, Format):
        yield Release(mark, _source(_content(file, found, budget), sha256, name, found.media_type))
        return
    if deepest == 0:
        raise NotTextError("there are files inside files inside files in it; unpack it and give the folder")
    for part in found.opener(file.raw, file.name, budget, fields):
        here = f"{mark}{part.mark}"
        if isinstance(part.holds, Content):
            yield Release(here, _source(part.holds, sha256, f"{name}{part.mark}", found.media_type))
        elif isinstance(part.holds, ReleaseError):
            yield Release(here, part.holds)
        elif sniffed(part.holds.raw) or format_of(PurePosixPath(part.holds.name)):
            inside = f"{name}#{part.holds.name}" if part.mark else name
            try:
                yield from _releases(part.holds, inside, here, budget, fields, deepest - 1)
            except ReleaseError as error:
                if not part.mark:
                    raise
                yield Release(here, error)


def _content(file: Member, found: Format, budget: Budget) -> Content:
    if found.plain and len(file.raw) > budget.characters * MOST_BYTES + MOST_BYTES:
        raise TooLongError(
            f"the file has {len(file.raw):,} bytes, more than a text of {budget.characters:,} characters can have; "
            "split it into its releases, or raise --max-characters"
        )
    content = found.reader(file.raw, budget.characters)
    return replace(content, published_on=content.published_on or file.published_on)


def _source(content: Content, sha256: str, name: str, media_type: str) -> Source:
    return Source(
        text=content.text,
        published_on=content.published_on,
        published_basis=PublishedBasis.METADATA,
        title=_whole(content.title),
        issuer=_whole(content.issuer),
        uri=_whole(content.source or name),
        raw_sha256=sha256,
        media_type=media_type,
        notices=content.notices,
        places=content.places,
    )


def _with(source: Source, beside: Sidecar) -> Source:
    """A release with what its sidecar says, which goes before what it says itself."""
    return replace(
        source,
        published_on=beside.published_on or source.published_on,
        published_basis=PublishedBasis.SIDECAR if beside.published_on else source.published_basis,
        title=beside.title or source.title,
        issuer=beside.issuer or source.issuer,
        uri=beside.source or source.uri,
    )


def _whole(words: str | None) -> str | None:
    """Words that can be written everywhere: half characters, as JSON may hold them, are replaced."""
    return words and words.encode("utf-8", "replace").decode("utf-8")


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
