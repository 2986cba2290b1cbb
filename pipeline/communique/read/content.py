"""What a reader makes of a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from communique.errors import TooLongError
from communique_models import Notice


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a release, what its file says of it, and what the reader could not settle."""

    text: str
    title: str | None = None
    published_on: date | None = None
    issuer: str | None = None
    notices: tuple[Notice, ...] = ()


def within(characters: int, most: int) -> None:
    """Raise `TooLongError` for a text over the limit; readers call it while they gather one, so that none grows without end."""
    if characters > most:
        raise TooLongError(
            f"its text has more than the limit of {most:,} characters; split it into its releases, or raise --max-characters"
        )
