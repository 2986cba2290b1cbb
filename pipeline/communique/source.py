"""One release as a reader hands it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from communique_models import PublishedBasis


@dataclass(frozen=True, slots=True)
class Source:
    """A text and what came with it; `published_on` from an option or a sidecar, not from the text itself."""

    text: str
    published_on: date | None = None
    published_basis: PublishedBasis = PublishedBasis.OPTION  # of published_on, where there is one
    title: str | None = None
    issuer: str | None = None
    uri: str | None = None  # the path below the input folder, or where it came from
    raw_sha256: str | None = None
    media_type: str | None = None
