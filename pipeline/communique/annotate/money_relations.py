"""What sums are to each other: parts of a whole, and the same sum in another currency."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from communique.analysis import AmountFact, Analysis
from communique.lexicons import lexicon
from communique.normalise.numbers import SPACE
from communique.segment import HEADING, Block, Role
from communique_models import Basis

RUN = 24  # sums after a whole that may be its parts
STARTS = 2  # of which a row of parts may begin with one of these
NEAR = 160  # characters between a whole and a part that words join

_REFERS = re.compile(r"[.!?]\s+(?:This|That|It|Of (?:this|that|these|the total))\b[^.!?]*$")
_LITTLE = rf"(?:\s(?:{'|'.join(lexicon('money')['little']['words'])}))*\s*"


def relate(text: str, analysis: Analysis) -> None:
    """Set `equivalent_of` and `part_of` of every amount that is one."""
    amounts = analysis.amounts
    _equivalents(text, amounts)
    _parts_by_words(text, analysis)
    _parts_by_sums(text, analysis)
    _parts_by_lists(text, analysis)
    for fact in amounts:
        if fact.part_of is not None and fact.basis is Basis.NEW and amounts[fact.part_of].basis is Basis.CUMULATIVE:
            fact.basis = Basis.CUMULATIVE


def _equivalents(text: str, amounts: Sequence[AmountFact]) -> None:
    between = re.compile(lexicon("money")["equivalents"]["between"], re.IGNORECASE)
    for i in range(1, len(amounts)):
        one, other = amounts[i - 1], amounts[i]
        gap = text[one.end : other.start]
        if one.currency == other.currency or (one.per is not None and other.per is None) or len(gap) > 60:
            continue
        if between.fullmatch(gap):
            base = one.equivalent_of if one.equivalent_of is not None else i - 1
            other.equivalent_of = base
            other.basis, other.per = amounts[base].basis, amounts[base].per


def _fits(part: AmountFact, whole: AmountFact) -> bool:
    """Whether one sum may be part of another by currency and size."""
    size, room = _size(part), _size(whole)
    return part is not whole and part.currency == whole.currency and size is not None and room is not None and size < room


def _size(fact: AmountFact) -> Decimal | None:
    return fact.value if fact.value is not None else fact.high


@cache
def _words() -> tuple[re.Pattern[str], ...]:
    entry = lexicon("money")["parts"]
    return (
        re.compile(rf"(?<![\w-])(?:{'|'.join(entry['after_whole'])}){_LITTLE}$", re.IGNORECASE),
        re.compile(
            rf"^{SPACE}(?:[\w’'-]+{SPACE}){{0,6}}?(?:{'|'.join(entry['before_whole'])})(?:{SPACE}[\w’'-]+){{0,4}}{_LITTLE}$",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?:^|[.!?\n]{SPACE}*)(?:{'|'.join(entry['opening'])}){SPACE}(?:the|its|our|their|this|that|a|an){SPACE}(?:[\w’'-]+{SPACE}){{0,4}}$",
            re.IGNORECASE,
        ),
        re.compile(entry["standing"], re.IGNORECASE),
        re.compile(entry["standing_after"], re.IGNORECASE),
    )


def _parts_by_words(text: str, analysis: Analysis) -> None:
    amounts = analysis.amounts
    after_whole, before_whole, opening, standing, standing_after = _words()
    firsts = _first_tellings(text, analysis)
    told: defaultdict[int, Decimal] = defaultdict(Decimal)  # what the parts of a chain's whole come to
    chain: int | None = None  # the whole whose parts are being listed
    frame: int | None = None  # the whole that a sentence opened with: 'As part of the $5m fund, …'
    for i, fact in enumerate(amounts):
        if fact.equivalent_of is not None:
            continue
        previous = _previous(amounts, i)
        far = previous is None or fact.start - amounts[previous].end > NEAR
        gap = text[fact.start - NEAR if far else amounts[previous].end : fact.start] if previous is not None else ""
        ended = far or re.search(r"[a-z0-9)\]\"”]{2}[.!?]\s|\n\s*\n", gap) is not None
        if ended:
            chain = frame = None
        lead = text[max(0, fact.start - NEAR) : fact.start]
        if opening.search(lead):
            frame = i
            if fact.basis is Basis.NEW:
                fact.basis = Basis.PREVIOUS
            continue
        if previous is not None and not ended:
            if before_whole.match(gap) and _fits(amounts[previous], fact) and amounts[previous].part_of is None:
                amounts[previous].part_of = i
                continue
            if after_whole.search(gap) and _fits(fact, amounts[previous]):
                fact.part_of = chain = previous
                told[chain] += _size(fact) or 0
                continue
            if (
                chain is not None
                and _fits(fact, amounts[chain])
                and told[chain] + (_size(fact) or 0) <= (_size(amounts[chain]) or 0)
            ):
                fact.part_of = chain
                told[chain] += _size(fact) or 0
                continue
            if frame is not None and _fits(fact, amounts[frame]):
                fact.part_of = frame
                continue
        elif (
            previous is not None
            and not far
            and after_whole.search(gap)
            and _REFERS.search(gap)
            and _fits(fact, amounts[previous])
        ):
            fact.part_of = chain = previous
            continue
        tail = text[fact.end : fact.end + NEAR]
        match = standing.search(lead)
        if (match and not re.search(r"[.!?]\s", lead[match.end() :])) or standing_after.match(tail):
            back = range(i - 1, max(-1, i - 1 - RUN), -1)
            whole = next((j for j in back if _fits(fact, amounts[j]) and amounts[j].basis is Basis.NEW), None)
            fact.part_of = whole if whole is None else firsts.get(amounts[whole].key, whole)


def _previous(amounts: Sequence[AmountFact], i: int) -> int | None:
    """The amount before, equivalents left out."""
    return next((j for j in range(i - 1, -1, -1) if amounts[j].equivalent_of is None), None)


Key = tuple[str | None, Decimal | None, Decimal | None, Decimal | None]


def _first_tellings(text: str, analysis: Analysis) -> dict[Key, int]:
    """The first mention of each sum outside the headline and its repetitions."""
    firsts: dict[Key, int] = {}
    blocks = analysis.layout.blocks
    title = _words_of(text, blocks[0]) if len(blocks) > 1 and blocks[0].end - blocks[0].start <= HEADING else None
    for j, fact in enumerate(analysis.amounts):
        block = analysis.layout.block_at(fact.start)
        told = block is not None and (block.role in (Role.HEADLINE, Role.SUBHEAD) or (title and _words_of(text, block) == title))
        if not told:
            firsts.setdefault(fact.key, j)
    return firsts


def _words_of(text: str, block: Block) -> str:
    return text[block.start : min(block.end, block.start + HEADING)].casefold().rstrip(".")


def _parts_by_sums(text: str, analysis: Analysis) -> None:
    """Later sums that add up to an earlier one are its parts; inner wholes come first, exact sums before rounded ones."""
    amounts = analysis.amounts
    firsts = _first_tellings(text, analysis)
    divided = {amounts[fact.part_of].key for fact in amounts if fact.part_of is not None}
    for find in (_exact, _nearly):
        for i in range(len(amounts) - 1, -1, -1):
            whole = amounts[i]
            if whole.value is None or whole.per is not None or whole.equivalent_of is not None or whole.basis is Basis.OTHER:
                continue
            if whole.key in divided:
                continue
            for j in find(analysis, i):
                amounts[j].part_of = min(i, firsts.get(whole.key, i))
                divided.add(whole.key)


def _candidates(amounts: Sequence[AmountFact], i: int) -> list[int]:
    """The sums after a whole that may be its parts."""
    whole = amounts[i]
    return [
        j
        for j in range(i + 1, min(len(amounts), i + 1 + RUN))
        if _fits(amounts[j], whole)
        and amounts[j].value is not None
        and amounts[j].per is None
        and amounts[j].equivalent_of is None
        and amounts[j].part_of is None
        and amounts[j].basis is Basis.NEW
    ]


def _exact(analysis: Analysis, i: int) -> list[int]:
    """Two and more sums in a row that add up to the whole."""
    amounts = analysis.amounts
    room = amounts[i].value or Decimal(0)
    rows = _candidates(amounts, i)
    for begin in range(min(len(rows), STARTS)):
        told, run = Decimal(0), list[int]()
        for j in rows[begin:]:
            told += amounts[j].value or Decimal(0)
            run.append(j)
            if told >= room:
                break
        if told == room and len(run) > 1 and not _siblings(analysis, amounts[i], [amounts[j] for j in run]):
            return run
    return []


def _siblings(analysis: Analysis, whole: AmountFact, parts: Sequence[AmountFact]) -> bool:
    """Whether all stand at the heads of bullets, so that none is above the others."""
    return all(_heads(analysis, fact) for fact in (whole, *parts))


def _nearly(analysis: Analysis, i: int) -> list[int]:
    """Three and more sums that make up nearly all of the whole, most of them at the heads of their paragraphs or bullets."""
    amounts = analysis.amounts
    whole = amounts[i]
    room = whole.value or Decimal(0)
    if _heads(analysis, whole):
        return []
    told, run = Decimal(0), list[int]()
    for j in _candidates(amounts, i):
        told += amounts[j].value or Decimal(0)
        if told > room * Decimal("1.01"):
            break
        run.append(j)
    told = sum((amounts[j].value or Decimal(0) for j in run), Decimal(0))
    heads = sum(1 for j in run if _heads(analysis, amounts[j]))
    return run if len(run) > 2 and told >= room * Decimal("0.9") and 2 * heads > len(run) else []


def _heads(analysis: Analysis, fact: AmountFact) -> bool:
    """Whether a sum stands at the head of its paragraph or bullet."""
    block = analysis.layout.block_at(fact.start)
    return block is not None and fact.start - block.start <= (40 if block.role is Role.BULLET else 3)


def _parts_by_lists(text: str, analysis: Analysis) -> None:
    """The sums at the heads of a list whose leading line tells the whole, or follows on it."""
    amounts, layout = analysis.amounts, analysis.layout
    leads = re.compile(lexicon("money")["parts"]["leads"], re.IGNORECASE)
    firsts = _first_tellings(text, analysis)
    starts = [fact.start for fact in amounts]
    above = _lines_above(analysis)
    groups: dict[int, list[int]] = {}
    for i, fact in enumerate(amounts):
        index = layout.index_at(fact.start)
        if index < 1 or layout.blocks[index].role is not Role.BULLET or fact.start - layout.blocks[index].start > 60:
            continue
        if fact.part_of is None and fact.basis is Basis.NEW and fact.per is None and fact.equivalent_of is None:
            groups.setdefault(above[index], []).append(i)
    for lead, members in groups.items():
        block = layout.blocks[lead]
        if not leads.search(text[max(block.start, block.end - NEAR) : block.end]):
            continue
        total = sum((_size(amounts[i]) or Decimal(0) for i in members), Decimal(0))
        inside = range(bisect_left(starts, block.start), bisect_left(starts, block.end))
        fitting = [j for j in inside if all(_fits(amounts[i], amounts[j]) for i in members)]
        whole = next((j for j in reversed(fitting) if (_size(amounts[j]) or 0) >= total), None)
        if whole is None and len(members) > 1:
            back = range(members[0] - 1, max(-1, members[0] - 6), -1)
            whole = next((j for j in back if _covers(amounts[j], total)), None)
        if whole is not None:
            for i in members:
                amounts[i].part_of = min(whole, firsts.get(amounts[whole].key, whole))


def _lines_above(analysis: Analysis) -> list[int]:
    """For each block the last one before it that is no bullet: the line that leads to its list."""
    above: list[int] = []
    last = 0
    for index, block in enumerate(analysis.layout.blocks):
        above.append(last)
        if block.role is not Role.BULLET:
            last = index
    return above


def _covers(fact: AmountFact, total: Decimal) -> bool:
    """Whether a sum is told for a list whose sums make up most of it."""
    size = _size(fact)
    return fact.basis is Basis.NEW and fact.per is None and size is not None and total <= size and total >= size * Decimal("0.7")
