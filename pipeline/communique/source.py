"""One release as a reader hands it on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from communique_models import Notice, Place, PublishedBasis


@dataclass(frozen=True, slots=True)
class Source:
    """A text and what came with it; `published_on` from an option, a sidecar or the file's metadata, not from the text itself."""

    text: str
    published_on: date | None = None
    published_basis: PublishedBasis = PublishedBasis.OPTION  # of published_on, where there is one
    title: str | None = None
    issuer: str | None = None
    uri: str | None = None  # the path below the input folder, or where it came from
    raw_sha256: str | None = None
    media_type: str | None = None
    notices: tuple[Notice, ...] = ()  # what the reader could not settle
    places: tuple[Place, ...] = ()  # where stretches of the text stand in what was read

    def published(self, on: date | None) -> Source:
        """The same release with the date of publication that an option gives, if it gives one."""
        return replace(self, published_on=on, published_basis=PublishedBasis.OPTION) if on else self
