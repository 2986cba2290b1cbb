"""What the finders of names share: the name in the text, and the shape of the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from spacy.tokens import Doc, Token

from communique.analysis import Analysis
from communique.segment import HEADING, Role
from communique_models import Kind

TITLE_CASE = 0.7  # share of longer words with a capital from which a heading is in title case
FIRST = 2  # blocks that may be a heading though they end in a stop: Holm Buys Dahl Inc.
CAPITALS = 0.9  # the same for any other block
POSSESSIVE = frozenset({"'s", "’s", "'", "’", "`s", "´s"})


@dataclass(slots=True, eq=False)
class Name:
    """A party named in the text: tokens from `start` to before `end`, titles included; `text` is the name without them."""

    start: int
    end: int
    text: str
    kind: Kind | None
    rule: str
    key: str | None = None  # what a list knows it as: state:NO, region:US-VT, body:…, known:…
    title: str | None = None
    gender: str | None = None  # he, she
    leader: str | None = None  # of the Solberg Government: Solberg
    sure: bool = False  # by a list, a legal form or a head word; else it is the model's guess
    weak: str = ""  # why it alone makes no party; empty if it does


def is_capitalised(token: Token) -> bool:
    """Whether a word could be part of a name: a capital first, or within it (i3, eBay), and no bare number."""
    text = token.text
    return _is_capitalised(text) and not (text == "I" and token.pos_ == "PRON")


@lru_cache(maxsize=65536)
def _is_capitalised(text: str) -> bool:
    if text[0].isupper():
        return True
    if len(text) < 2 or not text[0].isalnum() or not text[-1].isalnum():
        return False
    return any(c.isupper() for c in text) or (
        text[0].isalpha() and len(text) <= 5 and any(c.isdigit() for c in text) and text.isascii()
    )


def headlines(doc: Doc, analysis: Analysis) -> list[bool]:
    """For every token, whether it stands in a block whose words are capitalised whatever they are."""
    blocks = analysis.layout.blocks
    longer = [0] * len(blocks)
    great = [0] * len(blocks)
    loud = [0] * len(blocks)
    text = analysis.text
    places = blocks_at(doc, analysis)
    told = np.asarray(doc.to_array(["IDX", "LENGTH", "IS_ALPHA", "IS_UPPER"])).reshape(-1, 4)
    for place in np.flatnonzero((told[:, 1] > 3) & (told[:, 2] == 1)).tolist():
        i = places[place]
        if i >= 0:
            longer[i] += 1
            great[i] += text[told[place, 0]].isupper()
            loud[i] += bool(told[place, 3])
    ends = {block: text[b.end - 3 : b.end] for block, b in enumerate(blocks)}
    shouted = []
    for i, block in enumerate(blocks):
        share = great[i] / max(1, longer[i])
        heading = block.role in (Role.HEADLINE, Role.SUBHEAD) and share >= TITLE_CASE
        short = i < FIRST and block.end - block.start <= HEADING
        listed = share >= CAPITALS and (short or not any(stop in ends[i] for stop in ".?!"))
        shouted.append(longer[i] >= 3 and (heading or listed or loud[i] / max(1, longer[i]) >= CAPITALS))
    return [i >= 0 and shouted[i] for i in places]


def blocks_at(doc: Doc, analysis: Analysis) -> list[int]:
    """The index of each token's block; -1 before the first."""
    starts = [block.start for block in analysis.layout.blocks]
    found: list[int] = (np.searchsorted(starts, doc.to_array("IDX").astype(np.int64), side="right") - 1).tolist()
    return found
