"""Parts of a whole that stand in a row: in a list below it, or adding up to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from communique.analysis import AmountFact, AmountKey, Analysis
from communique.annotate.money_wholes import RUN, fits, introducing, size_of, tellings
from communique.lexicons import lexicon
from communique.segment import Block, Role
from communique_models import Basis

SHORT = 4  # sums that add up loosely by more than chance
STARTS = 2  # sums with one of which a row of parts may begin
NEAR = 160  # characters of a leading line that are read
HEAD = 60  # characters from the start of a bullet to the sum that it is about
PARAGRAPH_HEAD = 3  # the same in a paragraph that is a row of a list without its marks
LOOSE = Decimal("1.15")  # how far rows may go beyond a whole that they are said to be in: some are shared with others


def parts_by_lists(text: str, analysis: Analysis) -> set[int]:
    """Set `part_of` of the sums in a list whose leading line tells the whole, or refers to it; returns the parts."""
    amounts = analysis.amounts
    entry = lexicon("money")["parts"]
    leads, refers = re.compile(entry["leads"], re.IGNORECASE), re.compile(entry["refers"], re.IGNORECASE)
    starts = [fact.start for fact in amounts]
    mentions = tellings(amounts)
    found: set[int] = set()
    for lead, rows in _lists(analysis, starts):
        said = text[max(lead.start, lead.end - NEAR) : lead.end]
        if not leads.search(said):
            continue
        referring = refers.search(said) is not None
        members = [i for i, headed in rows if (headed or referring) and _is_free(amounts[i])]
        if not members:
            continue
        whole = _whole_of(analysis, lead, members, starts, referring=referring)
        if whole is not None:
            every = [i for i, _ in rows if _is_free(amounts[i])]
            if sum((size_of(amounts[i]) for i in every), Decimal(0)) == size_of(amounts[whole]):
                members = every
            members += _above(analysis, whole, members)
            whole = introducing(text, analysis, mentions[amounts[whole].key], min(members))
            for i in members:
                amounts[i].part_of = whole
            found.update(members)
    return found


def _lists(analysis: Analysis, starts: Sequence[int]) -> Iterator[tuple[Block, list[tuple[int, bool]]]]:
    """Each line that leads to a list, with the first sums of the list's rows and whether each stands at its row's head.

    A paragraph that begins with its sum is a row, too: many lists have lost their marks.
    """
    lead: Block | None = None
    rows: list[tuple[int, bool]] = []
    for block in analysis.layout.blocks:
        i = bisect_left(starts, block.start)
        inside = i < len(starts) and starts[i] < block.end
        if block.role is Role.BULLET or (inside and starts[i] - block.start <= PARAGRAPH_HEAD):
            if inside:
                rows.append((i, starts[i] - block.start <= HEAD))
            continue
        if lead is not None and rows:
            yield lead, rows
        lead, rows = block, []
    if lead is not None and rows:
        yield lead, rows


def _is_free(fact: AmountFact) -> bool:
    return fact.part_of is None and fact.basis is Basis.NEW and fact.per is None and fact.equivalent_of is None


def _is_past(fact: AmountFact) -> bool:
    return fact.basis is Basis.PREVIOUS and fact.part_of is None and fact.per is None and fact.equivalent_of is None


def _whole_of(analysis: Analysis, lead: Block, members: list[int], starts: Sequence[int], *, referring: bool) -> int | None:
    """The sum whose parts a list tells: in its leading line, else before it."""
    amounts = analysis.amounts
    total = sum((size_of(amounts[i]) for i in members), Decimal(0))
    inside = range(bisect_left(starts, lead.start), bisect_left(starts, lead.end))
    fitting = [j for j in inside if j < members[0] and all(fits(amounts[i], amounts[j]) for i in members)]
    whole = next((j for j in reversed(fitting) if size_of(amounts[j]) >= total), None)
    if whole is not None or not (referring or len(members) > 1):
        return whole
    for j in range(members[0] - 1, max(-1, members[0] - 6), -1):
        fact = amounts[j]
        if fact.basis is not Basis.NEW or fact.per is not None or fact.equivalent_of is not None or fact.part_of is not None:
            continue
        if not all(fits(amounts[i], fact) for i in members):
            continue
        if total <= size_of(fact) * LOOSE if referring else size_of(fact) * Decimal("0.7") <= total <= size_of(fact):
            return j
    return None


def _above(analysis: Analysis, whole: int, members: list[int]) -> list[int]:
    """Sums at the heads of paragraphs between a whole and the list of its other parts, if it has room for them."""
    amounts = analysis.amounts
    more = [j for j in range(whole + 1, min(members)) if _is_free(amounts[j]) and _heads(analysis, amounts[j])]
    total = sum((size_of(amounts[j]) for j in (*more, *members)), Decimal(0))
    return more if total <= size_of(amounts[whole]) else []


def parts_by_sums(text: str, analysis: Analysis) -> None:
    """Later sums that add up to an earlier one are its parts; inner wholes come first, exact sums before rounded ones."""
    amounts = analysis.amounts
    told = {amounts[fact.part_of].key for fact in amounts if fact.part_of is not None}
    mentions = tellings(amounts)
    divided: set[AmountKey] = set()

    def divide(find: Callable[[int], list[int]]) -> None:
        for i in range(len(amounts) - 1, -1, -1):
            whole = amounts[i]
            if whole.value is None or whole.per is not None or whole.equivalent_of is not None or whole.basis is Basis.OTHER:
                continue
            if whole.key not in divided and (run := find(i)):
                divided.add(whole.key)
                leading = introducing(text, analysis, mentions[whole.key], run[0])
                for j in run:
                    amounts[j].part_of = leading

    # what words call parts may be a share of one of the parts: '$3 million of the total is a fine'
    divide(lambda i: _exact(analysis, i, 1 if amounts[i].key in told else STARTS))
    divided |= told
    divide(lambda i: _rounded(analysis, i))
    divide(lambda i: _nearly(analysis, i))


def _candidates(amounts: Sequence[AmountFact], i: int, *, past: bool = False) -> list[int]:
    """The sums after a whole that may be its parts, earlier ones only where they are asked for."""
    whole = amounts[i]
    return [
        j
        for j in range(i + 1, min(len(amounts), i + 1 + RUN))
        if fits(amounts[j], whole) and amounts[j].value is not None and (_is_free(amounts[j]) or (past and _is_past(amounts[j])))
    ]


def _exact(analysis: Analysis, i: int, starts: int) -> list[int]:
    """Two and more sums in a row that add up to the whole, or three and more with earlier ones among them."""
    rows = _candidates(analysis.amounts, i)
    if run := _adding_up(analysis, i, rows, starts, Decimal(0)):
        return run
    if analysis.amounts[i].basis is Basis.PREVIOUS:
        return []
    with_past = _candidates(analysis.amounts, i, past=True)
    run = _adding_up(analysis, i, with_past, 1, Decimal(0)) if len(with_past) > len(rows) else []
    return run if 2 < len(run) <= SHORT else []


def _rounded(analysis: Analysis, i: int) -> list[int]:
    """The sums right after a whole that add up to it but for its rounding: half of its last digit, at most a fiftieth."""
    digits = (analysis.amounts[i].value or Decimal(0)).normalize().as_tuple()
    slack = Decimal(5).scaleb(int(digits.exponent) - 1)
    if slack * 50 > size_of(analysis.amounts[i]):
        return []
    run = _adding_up(analysis, i, _candidates(analysis.amounts, i), 1, slack)
    return run if len(run) <= SHORT else []


def _adding_up(analysis: Analysis, i: int, rows: Sequence[int], starts: int, slack: Decimal) -> list[int]:
    amounts = analysis.amounts
    room = size_of(amounts[i])
    for begin in range(min(len(rows), starts)):
        told, run = Decimal(0), list[int]()
        for j in rows[begin:]:
            told += size_of(amounts[j])
            run.append(j)
            if told >= room - slack:
                break
        if abs(told - room) <= slack and len(run) > 1 and not _siblings(analysis, amounts[i], [amounts[j] for j in run]):
            return run
    return []


def _siblings(analysis: Analysis, whole: AmountFact, parts: Sequence[AmountFact]) -> bool:
    """Whether all stand at the heads of bullets, so that none is above the others."""
    return all(_heads(analysis, fact) for fact in (whole, *parts))


def _nearly(analysis: Analysis, i: int) -> list[int]:
    """Three and more sums that make up nearly all of the whole, most of them at the heads of their paragraphs or bullets."""
    amounts = analysis.amounts
    room = size_of(amounts[i])
    if _heads(analysis, amounts[i]):
        return []
    told, run = Decimal(0), list[int]()
    for j in _candidates(amounts, i):
        if told + size_of(amounts[j]) > room * Decimal("1.01"):
            break
        told += size_of(amounts[j])
        run.append(j)
    heads = sum(1 for j in run if _heads(analysis, amounts[j]))
    return run if len(run) > 2 and told >= room * Decimal("0.9") and 2 * heads > len(run) else []


def _heads(analysis: Analysis, fact: AmountFact) -> bool:
    """Whether a sum stands at the head of its paragraph or bullet."""
    block = analysis.layout.block_at(fact.start)
    return block is not None and fact.start - block.start <= (40 if block.role is Role.BULLET else PARAGRAPH_HEAD)
