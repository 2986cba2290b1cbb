"""What the finders of names share: the name in the text, and the shape of the words around it."""

from __future__ import annotations

from dataclasses import dataclass

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
    if text[0].isupper():
        return not (text == "I" and token.pos_ == "PRON")
    if len(text) < 2 or not text[0].isalnum() or not text[-1].isalnum():
        return False
    return any(c.isupper() for c in text) or (
        text[0].isalpha() and len(text) <= 5 and any(c.isdigit() for c in text) and text.isascii()
    )


def headlines(doc: Doc, analysis: Analysis) -> list[bool]:
    """For every token, whether it stands in a block whose words are capitalised whatever they are."""
    flags = [False] * len(doc)
    blocks = analysis.layout.blocks
    longer = [0] * len(blocks)
    great = [0] * len(blocks)
    loud = [0] * len(blocks)
    text = doc.text
    places = []
    for token in doc:
        i = analysis.layout.index_at(token.idx)
        places.append(i)
        if i >= 0 and token.is_alpha and len(token) > 3:
            longer[i] += 1
            great[i] += token.text[0].isupper()
            loud[i] += token.is_upper
    ends = {block: text[b.end - 3 : b.end] for block, b in enumerate(blocks)}
    shouted = []
    for i, block in enumerate(blocks):
        share = great[i] / max(1, longer[i])
        heading = block.role in (Role.HEADLINE, Role.SUBHEAD) and share >= TITLE_CASE
        short = i < FIRST and block.end - block.start <= HEADING
        listed = share >= CAPITALS and (short or not any(stop in ends[i] for stop in ".?!"))
        shouted.append(longer[i] >= 3 and (heading or listed or loud[i] / max(1, longer[i]) >= CAPITALS))
    for token, i in zip(doc, places, strict=True):
        flags[token.i] = i >= 0 and shouted[i]
    return flags
