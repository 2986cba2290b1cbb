"""What a reader makes of a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from communique.errors import ReleaseError, TooLongError
from communique_models import Notice


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a release, what its file says of it, and what the reader could not settle."""

    text: str
    title: str | None = None
    published_on: date | None = None
    issuer: str | None = None
    source: str | None = None  # where it says that it comes from
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file, to be read by the reader of its own format."""

    name: str
    raw: bytes
    published_on: date | None = None  # of what holds it, where it says nothing itself


@dataclass(frozen=True, slots=True)
class Part:
    """One of the releases in a file: what it is known by there (`#3`; nothing for the file itself), and what it holds."""

    mark: str
    holds: Content | Member | ReleaseError


@dataclass(slots=True)
class Budget:
    """How many bytes the files inside a file may still have, all together, and how long a text may be."""

    left: int
    characters: int

    def take(self, count: int) -> None:
        """Count bytes that were unpacked; raises `TooLongError` if they are too many."""
        self.left -= count
        if self.left < 0:
            raise TooLongError("what is inside it is longer than the limit; unpack it and give the folder, or raise --max-bytes")


def within(characters: int, most: int) -> None:
    """Raise `TooLongError` for a text over the limit; readers call it while they gather one, so that none grows without end."""
    if characters > most:
        raise TooLongError(
            f"the text has {characters:,} characters, more than the limit of {most:,}; "
            "split it into its releases, or raise --max-characters"
        )


def headed(text: str, title: str | None) -> str:
    """A text with its title before it, if it does not begin with it already."""
    if title is None or _folded(title) in _folded(text[: HEAD + 2 * len(title)]):
        return text
    return f"{title}\n\n{text}"


HEAD = 400  # characters in which a text names its title, if it does


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()
