"""Direct speech: where quotations begin and end, in any of the marks that releases use."""

from __future__ import annotations

from spacy.tokens import Doc

from communique.analysis import Analysis, Span
from communique.segment import Block

OPENING = {"“": '”"', "„": "“”", "«": "»", "‘": "’", '"': '"”', "''": "''", "``": "''", "'": "'", "‟": "”", "›": "‹", "»": "«"}
SHORTEST = 4  # words: shorter ones are scare quotes and names


def quotations(text: str, analysis: Analysis) -> list[Span]:
    """The quotations in the admitted blocks, marks included: a paragraph that opens one without closing it ends it.

    A paragraph that begins with an opening mark goes on with the speech of the one before it.
    """
    found: list[Span] = []
    for block in analysis.layout.blocks:
        if block.admitted:
            found.extend(_in_block(text, block))
    return found


def _in_block(text: str, block: Block) -> list[Span]:
    found: list[Span] = []
    start: int | None = None
    closing = ""
    for i in range(block.start, block.end):
        char = text[i]
        if start is None:
            if char in OPENING and _opens(text, i, block):
                start, closing = i, OPENING[char]
        elif char in closing and _closes(text, i, block, char):
            found.append((start, i + 1))
            start = None
    if start is not None and _speaks_on(text, start, block):
        found.append((start, block.end))
    return [span for span in found if len(text[span[0] : span[1]].split()) >= SHORTEST]


def _opens(text: str, i: int, block: Block) -> bool:
    """Whether a mark opens: nothing, space or a bracket before it, a word after it; straight and single ones with more care."""
    before = text[i - 1] if i > block.start else " "
    after = text[i + 1] if i + 1 < block.end else " "
    char = text[i]
    if after.isspace() and not (char == "“" and text[i + 2 : i + 3].isalnum()):
        return False
    if char in "'‘":
        return (
            (before.isspace() or before in "([—–-:")
            and (after.isupper() or char == "‘")
            and not after.isdigit()
            and _has_close(text, i, block, OPENING[char])
        )
    if char in '"»':
        return before.isspace() or before in "([—–-:,.…)" or (before in '"”' and after.isalnum())
    return True


def _has_close(text: str, i: int, block: Block, closing: str) -> bool:
    """Whether a single mark that opens is closed in its block, after a stop or before space."""
    end = min(block.end, i + 3000)
    at = text.find(closing, i + 1, end)
    while at >= 0:
        if _closes(text, at, block, closing) and at - i > 20:
            return True
        at = text.find(closing, at + 1, end)
    return False


def _closes(text: str, i: int, block: Block, char: str) -> bool:
    after = text[i + 1] if i + 1 < block.end else " "
    if char in "’'":
        return (not after.isalnum() and text[i - 1] in ".,!?…;-–—)") or (
            after in " ,.;" and text[i - 1].isalnum() and text[i - 1] != "s" and after != " "
        )
    return not (char == '"' and text[i - 1].isspace() and not after.isspace())


def _speaks_on(text: str, start: int, block: Block) -> bool:
    """Whether an unclosed opening mark is speech that goes on: it opens the block, or follows a stop."""
    before = text[block.start : start].rstrip()
    return not before or before[-1:] in ":,.?!—–-"


def quoted_tokens(doc: Doc, analysis: Analysis) -> list[bool]:
    """For every token, whether it stands in direct speech."""
    flags = [False] * len(doc)
    spans = iter(quotations(analysis.text, analysis))
    span = next(spans, None)
    for token in doc:
        while span is not None and token.idx >= span[1]:
            span = next(spans, None)
        if span is None:
            break
        flags[token.i] = span[0] <= token.idx
    return flags
