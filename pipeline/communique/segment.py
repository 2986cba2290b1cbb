"""The shape of a release: which lines are headline, body, list, boilerplate, contact or safe harbour.

Blocks are runs of lines that belong together; between them they hold every word of the text. Sentences never run from one
block into the next. Facts are taken only from blocks that are `admitted`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from communique.lexicons import lexicon


class Role(StrEnum):
    """What a block is to its release."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"  # a line that is no sentence: a sub-headline, or a heading in the body
    BODY = "body"
    BULLET = "bullet"
    BOILERPLATE = "boilerplate"
    CONTACT = "contact"
    SAFE_HARBOUR = "safe_harbour"
    FOREIGN = "foreign"  # in another language than English, in a release of which a part is English


SKIPPED = frozenset({Role.BOILERPLATE, Role.CONTACT, Role.SAFE_HARBOUR, Role.FOREIGN})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or an item of a list, from its first character to after its last."""

    start: int
    end: int
    role: Role

    @property
    def admitted(self) -> bool:
        """Whether facts are taken from it."""
        return self.role not in SKIPPED


@dataclass(slots=True)
class Layout:
    """The blocks of a text in reading order."""

    blocks: list[Block]
    _starts: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._starts = [block.start for block in self.blocks]

    def index_at(self, character: int) -> int:
        """The index of the block that holds a character, or of the last before it; -1 before the first."""
        return bisect_right(self._starts, character) - 1

    def block_at(self, character: int) -> Block | None:
        """The block that holds a character, or the last before it; None before the first."""
        i = self.index_at(character)
        return self.blocks[i] if i >= 0 else None

    def admits(self, character: int) -> bool:
        """Whether facts are taken at a character."""
        block = self.block_at(character)
        return block is None or block.admitted


BULLET = re.compile(r"(?:[-*•·▪●–—‣◦○►✓]|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)])\s+(?=\S)")
NUMBERED = re.compile(r"(\d{1,2})[.)]?\s+(?=[A-Z])")
NONE = -2
ENDS_SENTENCE = re.compile(r"[.!?:;][\"'”’»)\]]*$")
WRAPPED = range(45, 101)  # the length of a line that an editor broke
QUOTED = re.compile(r"[\"“”‘«]|\b(?:today|announced|will)\b")  # signs of news
OPENING = 3  # paragraphs at the start of a body that are never taken for a portrait
DETAIL = re.compile(r"\S@\S|\bwww\.|https?:|\+?\d[\d\s().-]{6,}\d")  # how somebody is reached
MOST_DETAILS = 12  # paragraphs of contacts before a release
HEADING = 160  # a heading is no longer than this


def segment(text: str) -> Layout:
    """The layout of a text. Cost is linear in its length."""
    blocks: list[Block] = []
    skipping: Role | None = None  # the role of the part that is being skipped, which runs on until a heading ends it
    number = NONE  # of the last numbered paragraph that was admitted
    paragraphs = list(_paragraphs(text))
    details = -1  # the last paragraph of contacts that stand before the release
    for i, (start, end, alone) in enumerate(paragraphs):
        words = text[start:end]
        bullet = BULLET.match(words) is not None
        heading = alone and not bullet and len(words) <= HEADING and not ENDS_SENTENCE.search(words)
        opened = _opening(words)
        if skipping is Role.BOILERPLATE and opened is None and _numbered(words) == number + 1:
            skipping = None  # `About the fund` is a heading within a text whose paragraphs are numbered
        if opened is not None:
            role, extends = opened
            if extends and role is Role.CONTACT and not any(block.role is Role.BODY for block in blocks):
                details = _last_detail(text, paragraphs, i)
            else:
                skipping = role if extends else skipping
        elif i <= details:
            role = Role.CONTACT
        elif skipping is not None and not _closes(words):
            role = skipping
        else:
            skipping = None
            if bullet:
                role = Role.BULLET
            elif heading:
                role = Role.SUBHEAD if any(block.admitted for block in blocks) else Role.HEADLINE
            else:
                role = Role.BODY
        if role not in SKIPPED:
            number = _numbered(words) or number
        blocks.append(Block(start, end, role))
    return Layout(_without_portraits(text, blocks))


def _last_detail(text: str, paragraphs: list[tuple[int, int, bool]], i: int) -> int:
    """Which paragraph ends the contacts that one begins before the release: the last with a number or an address to reach."""
    last = i
    for k in range(i + 1, min(i + MOST_DETAILS, len(paragraphs))):
        start, end, _ = paragraphs[k]
        if DETAIL.search(text, start, end) and end - start <= HEADING:
            last = k
        elif end - start > HEADING or ENDS_SENTENCE.search(text[start:end]):
            break
    return last


def _numbered(words: str) -> int:
    """The number that a paragraph bears; 0 for none."""
    match = NUMBERED.match(words)
    return int(match[1]) if match else 0


def _without_portraits(text: str, blocks: list[Block]) -> list[Block]:
    """The blocks, the paragraphs before the last part that is skipped as boilerplate where they only say what somebody is."""
    tail = len(blocks)
    while tail and not blocks[tail - 1].admitted:
        tail -= 1
    told = sum(block.role is Role.BODY for block in blocks[:tail])
    while tail < len(blocks) and told > OPENING and blocks[tail - 1].role is Role.BODY:
        block = blocks[tail - 1]
        if not _portrait().match(text, block.start, block.end) or QUOTED.search(text, block.start, block.end):
            break
        blocks[tail - 1] = Block(block.start, block.end, Role.BOILERPLATE)
        tail, told = tail - 1, told - 1
    return blocks


def _paragraphs(text: str) -> Iterator[tuple[int, int, bool]]:
    """The extents of the paragraphs, lines that an editor wrapped joined, and whether each is a single line."""
    run: tuple[int, int, bool] | None = None
    previous = ""  # the line before, empty where it was blank
    for match in re.finditer(r"[^\n\r\u2028\u2029]+|\n|\r\n?|[\u2028\u2029]", text):
        line = match.group()
        if line in ("\n", "\r", "\r\n", "\u2028", "\u2029"):
            if match.start() == 0 or text[match.start() - 1] in "\n\r\u2028\u2029":
                previous = ""
            continue
        words = line.strip()
        if not words:
            previous = ""
            continue
        start = match.start() + line.index(words)
        end = start + len(words)
        if run and previous and _continues(previous, words):
            run = (run[0], end, False)
        else:
            if run:
                yield run
            run = (start, end, True)
        previous = words
    if run:
        yield run


def _continues(line: str, following: str) -> bool:
    """Whether a line goes on in the next one, because an editor wrapped it."""
    if BULLET.match(following) or (ENDS_SENTENCE.search(line) and len(line) not in WRAPPED):
        return False
    return following[0].islower() or (len(line) in WRAPPED and len(following) <= WRAPPED.stop)


def _opening(words: str) -> tuple[Role, bool] | None:
    """The role of a part that a block opens, and whether it extends over the blocks after it."""
    for pattern, role, extends in _openings():
        if pattern.match(words):
            return role, extends
    return None


def _closes(words: str) -> bool:
    return any(pattern.match(words) for pattern in _closings())


@cache
def _openings() -> tuple[tuple[re.Pattern[str], Role, bool], ...]:
    return tuple(
        (re.compile(entry["pattern"], re.IGNORECASE), Role(entry["role"]), entry["extends"])
        for entry in lexicon("layout")["opening"]
    )


@cache
def _portrait() -> re.Pattern[str]:
    return re.compile(lexicon("layout")["closing_words"]["pattern"])


@cache
def _closings() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(entry["pattern"], re.IGNORECASE) for entry in lexicon("layout")["closing"])
