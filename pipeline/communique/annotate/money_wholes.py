"""What a sum is for others that may be its parts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal

from communique.analysis import AmountFact, AmountKey, Analysis
from communique.segment import HEADING, Block, Role

MENTIONS = 12  # among which the first below the headline is
RUN = 24  # sums after a whole that may be its parts


def size_of(fact: AmountFact) -> Decimal:
    """What a sum comes to, of a range its upper end."""
    size = fact.value if fact.value is not None else fact.high
    return size if size is not None else Decimal(0)


def fits(part: AmountFact, whole: AmountFact) -> bool:
    """Whether one sum may be part of another by currency and size."""
    return part is not whole and part.currency == whole.currency and size_of(part) < size_of(whole)


def before(amounts: Sequence[AmountFact], i: int) -> int | None:
    """The amount before, equivalents left out."""
    return next((j for j in range(i - 1, max(-1, i - 1 - RUN), -1) if amounts[j].equivalent_of is None), None)


def tellings(amounts: Sequence[AmountFact]) -> dict[AmountKey, list[int]]:
    """Every mention of each sum, equivalents left out."""
    found: dict[AmountKey, list[int]] = {}
    for i, fact in enumerate(amounts):
        if fact.equivalent_of is None:
            found.setdefault(fact.key, []).append(i)
    return found


def introducing(text: str, analysis: Analysis, mentions: Sequence[int], part: int) -> int:
    """Which mention of a whole, at least one of them before the part, its parts belong to.

    It is the one right before them, else the first below the headline.
    """
    amounts, layout = analysis.amounts, analysis.layout
    told = mentions[: bisect_left(mentions, part)]
    since = layout.blocks[max(0, layout.index_at(amounts[part].start) - 1)].start
    if amounts[told[-1]].start >= since:
        return told[-1]
    title = _words_of(text, layout.blocks[0]) if layout.blocks[0].end - layout.blocks[0].start <= HEADING else None
    for j in told[:MENTIONS]:
        block = layout.block_at(amounts[j].start)
        if block is not None and block.role not in (Role.HEADLINE, Role.SUBHEAD) and _words_of(text, block) != title:
            return j
    return told[0]


def _words_of(text: str, block: Block) -> str:
    return text[block.start : min(block.end, block.start + HEADING)].casefold().rstrip(".")
