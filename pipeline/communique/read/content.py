"""What a reader makes of a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from communique_models import Notice


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a release, what its file says of it, and what the reader could not settle."""

    text: str
    title: str | None = None
    published_on: date | None = None
    notices: tuple[Notice, ...] = ()
