"""What a reader makes of a file's bytes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from communique.errors import ReleaseError, TooLongError
from communique_models import Notice, Place


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a release, what its file says of it, what the reader could not settle, and where its words stand there."""

    text: str
    title: str | None = None
    published_on: date | None = None
    issuer: str | None = None
    source: str | None = None  # where it says that it comes from
    notices: tuple[Notice, ...] = ()
    places: tuple[Place, ...] = ()


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


@dataclass(slots=True)
class Blocks:
    """A text of at most `most` characters in the making, a blank line between its blocks, each with its place in the file."""

    most: int
    words: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    length: int = 0

    def add(self, words: str, *, turns: Sequence[int] = (), **where: int | str | None) -> None:
        """Add a block and where it stands; at the offsets `turns` the next page begins. Raises `TooLongError` over the limit."""
        start = self.length
        self.length += len(words) + len(GAP)
        within(self.length, self.most)
        self.words.append(words)
        if any(told is not None for told in where.values()):
            borders = [0, *turns, len(words)]
            for number, (begin, end) in enumerate(itertools.pairwise(borders)):
                if begin == end:  # a page without a word of it
                    continue
                page = where.get("page")
                told = {**where, "page": page + number} if isinstance(page, int) else where
                self._place(Place.model_validate({"start": start + begin, "end": start + end, **told}))

    def _place(self, place: Place) -> None:
        """Add a place, or make the last one longer if it is the same."""
        last = self.places[-1] if self.places else None
        if last and last.model_copy(update={"start": place.start, "end": place.end}) == place:
            self.places[-1] = last.model_copy(update={"end": place.end})
        else:
            self.places.append(place)

    @property
    def text(self) -> str:
        """The blocks as one text."""
        return f"{GAP.join(self.words)}\n"


GAP = "\n\n"  # between blocks


def within(characters: int, most: int) -> None:
    """Raise `TooLongError` for a text over the limit; readers call it while they gather one, so that none grows without end."""
    if characters > most:
        raise TooLongError(
            f"the text has {characters:,} characters, more than the limit of {most:,}; "
            "split it into its releases, or raise --max-characters"
        )


def headed(content: Content, path: str | None = None) -> Content:
    """A release with its title before its text, if that does not begin with it already; `path` is where the title stands."""
    title = content.title
    if title is None or folded(title) in folded(content.text[: HEAD + 2 * len(title)]):
        return content
    head = f"{title}{GAP}"
    places = [Place(start=0, end=len(title), path=path)] if path else []
    places += [
        place.model_copy(update={"start": place.start + len(head), "end": place.end + len(head)}) for place in content.places
    ]
    return replace(content, text=head + content.text, places=tuple(places))


HEAD = 400  # characters in which a text names its title, if it does


def folded(words: str) -> str:
    """Words whatever their case and the space between them, to be compared."""
    return " ".join(words.split()).casefold()
