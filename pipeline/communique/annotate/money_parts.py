"""Parts of a whole as words tell them: 'of which', 'the package includes', 'a further', 'as part of the'."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from communique.analysis import AmountFact, Analysis
from communique.annotate.money_wholes import RUN, before, fits, size_of
from communique.lexicons import lexicon
from communique.normalise.numbers import SPACE
from communique_models import Basis

NEAR = 160  # characters between a whole and a part that words join
FAR = 1500  # characters back to a whole that is only referred to
BACK = 8  # sums back to it
AROUND = 60  # characters around a whole that name what it is

_ENDS = re.compile(r"[a-z0-9)\]\"”]{2}[.!?][\"”’']?\s|\n\s*\n")
_END = re.compile(r"[.!?][\"”’']?\s")  # right after a sum
_SENTENCE_END = re.compile(r"[.!?:;][\"”’']?\s|\n\s*\n")
_LITTLE = rf"(?:\s(?:{'|'.join(lexicon('money')['little']['words'])}))*\s*"


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon's cues of parts, compiled."""

    after_whole: re.Pattern[str]
    before_whole: re.Pattern[str]
    opening: re.Pattern[str]
    dividing: re.Pattern[str]
    standing: re.Pattern[str]
    standing_after: re.Pattern[str]
    this_of: re.Pattern[str]
    of_this: re.Pattern[str]
    holding: re.Pattern[str]
    held: re.Pattern[str]
    further: re.Pattern[str]
    rest: re.Pattern[str]
    reserved: re.Pattern[str]
    instalment: re.Pattern[str]


@cache
def words() -> Words:
    """The cues, compiled once."""
    entry = lexicon("money")["parts"]

    def alternatives(key: str) -> str:
        return "|".join(entry[key])

    word = rf"[\w’'-]+{SPACE}"
    head = rf"(?:^|[.!?:][\"”’']?{SPACE}+|\n{SPACE}*)[\"“‘]?"
    return Words(
        after_whole=re.compile(
            rf"(?<![\w-])(?:{alternatives('after_whole')}){_LITTLE}$|\b(?:out )?of which\b[^.;:$€£¥₹]{{0,60}}$", re.IGNORECASE
        ),
        before_whole=re.compile(
            rf"^{SPACE}(?:{word}){{0,6}}?(?<!top )(?:{alternatives('before_whole')})(?:{SPACE}[\w’'-]+){{0,4}}{_LITTLE}$",
            re.IGNORECASE,
        ),
        opening=re.compile(
            rf"{head}(?:{alternatives('opening')}){SPACE}(?:the|its|our|their|this|that|a|an){SPACE}(?:{word}){{0,4}}$",
            re.IGNORECASE,
        ),
        dividing=re.compile(rf"{head}of{SPACE}(?:the|this|that|its|our|their){SPACE}(?:{word}){{0,4}}$", re.IGNORECASE),
        standing=re.compile(entry["standing"], re.IGNORECASE),
        standing_after=re.compile(entry["standing_after"], re.IGNORECASE),
        this_of=re.compile(rf"{head}(?:{entry['this_of']})[^.!?;:]*$", re.IGNORECASE),
        of_this=re.compile(entry["of_this"], re.IGNORECASE),
        holding=re.compile(rf"{head}(?:{entry['holding']})\b[^.!?;]*$"),
        held=re.compile(entry["held"], re.IGNORECASE),
        further=re.compile(rf"{head}(?:{alternatives('further')}){SPACE}(?:{word}){{0,2}}$"),
        rest=re.compile(rf"(?:{alternatives('rest')}){SPACE}(?:{word}){{0,2}}$", re.IGNORECASE),
        reserved=re.compile(entry["reserved"], re.IGNORECASE),
        instalment=re.compile(rf"{head}(?:{entry['instalment']}){_LITTLE}$"),
    )


@dataclass(slots=True)
class Chain:
    """Wholes whose parts are being told, the outermost first, and what their parts come to so far."""

    open: list[int] = field(default_factory=list)
    divided: set[int] = field(default_factory=set)  # those that are told to be divided, not only to include a part
    told: defaultdict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def add(self, amounts: list[AmountFact], part: int, whole: int) -> None:
        """Make a sum a part of a whole, whose further parts may follow."""
        amounts[part].part_of = whole
        self.told[whole] += size_of(amounts[part])
        if whole in self.open:
            del self.open[self.open.index(whole) + 1 :]
        elif self.open and amounts[whole].part_of in self.open:
            self.open.append(whole)
        else:
            self.open = [whole]

    def room(self, amounts: list[AmountFact], part: int, whole: int) -> bool:
        """Whether a whole has room for another part."""
        return fits(amounts[part], amounts[whole]) and self.told[whole] + size_of(amounts[part]) <= size_of(amounts[whole])


def parts_by_words(text: str, analysis: Analysis) -> set[int]:
    """Set `part_of` where words tell it; returns the parts that a whole was said to hold."""
    amounts = analysis.amounts
    chain = Chain()
    inner: int | None = None  # the whole whose parts this sentence lists
    frame: int | None = None  # the whole that the sentence opened with: 'As part of the $5m fund, …'
    held: set[int] = set()
    for i, fact in enumerate(amounts):
        if fact.equivalent_of is not None:
            continue
        previous = before(amounts, i)
        far = previous is None or fact.start - amounts[previous].end > NEAR
        gap = text[amounts[previous].end : fact.start] if previous is not None and not far else ""
        ended = far or _ENDS.search(gap) is not None or _END.match(gap) is not None
        if ended:
            inner = frame = None
        lead = _lead(text, analysis, fact)
        if _frames(analysis, i, lead):
            frame = i
            if words().dividing.search(lead):
                chain.open = [i]
                chain.divided.add(i)
            continue
        left = _left_over(amounts, i, lead, chain)
        if left is not None:
            chain.add(amounts, i, left)
            held.add(i)
            inner = left
            continue
        if previous is not None and not ended:
            if words().before_whole.match(gap) and _comes_of(amounts[previous], fact):
                amounts[previous].part_of = i
                continue
            if words().after_whole.search(gap) and fits(fact, amounts[previous]):
                inner = previous
            elif inner is None or not chain.room(amounts, i, inner):
                inner = frame if frame is not None and fits(fact, amounts[frame]) else None
            if inner is not None:
                chain.add(amounts, i, inner)
                if inner != frame:
                    held.add(i)
                continue
        inner = _referred(text, analysis, i, lead[-len(gap) :] if gap else lead, chain)
        if inner is not None:
            chain.add(amounts, i, inner)
            held.add(i)
            continue
        _standing(text, amounts, i, lead)
    return held


def _lead(text: str, analysis: Analysis, fact: AmountFact) -> str:
    """What stands before a sum in its paragraph."""
    block = analysis.layout.block_at(fact.start)
    return text[max(0, fact.start - NEAR, block.start if block is not None else 0) : fact.start]


def _comes_of(part: AmountFact, whole: AmountFact) -> bool:
    """Whether a sum can be part of the one after it; what money earns or costs is no part of it."""
    return fits(part, whole) and part.part_of is None and part.basis is not Basis.OTHER


def _frames(analysis: Analysis, i: int, lead: str) -> bool:
    """Whether a sentence opens with a sum as the whole of what it tells; such a sum was there before, or is told again."""
    if not words().opening.search(lead):
        return False
    amounts = analysis.amounts
    fact = amounts[i]
    earlier = next((amounts[j].basis for j in range(i - 1, max(-1, i - 1 - BACK), -1) if amounts[j].key == fact.key), None)
    if earlier is not None:
        fact.basis = earlier
    elif words().dividing.search(lead):
        fact.basis = Basis.NEW if fact.basis is Basis.PREVIOUS else fact.basis
    elif fact.basis is Basis.NEW:
        fact.basis = Basis.PREVIOUS
    return True


def _left_over(amounts: list[AmountFact], i: int, lead: str, chain: Chain) -> int | None:
    """The whole of which a sum is what its other parts leave: 'the remaining $5 million'."""
    if not words().rest.search(lead):
        return None
    among = [w for w in chain.open if chain.room(amounts, i, w)]
    exact = [w for w in among if chain.told[w] + size_of(amounts[i]) == size_of(amounts[w])]
    return next(iter([*exact, *among]), None)


def _referred(text: str, analysis: Analysis, i: int, lead: str, chain: Chain) -> int | None:
    """The whole that the words of a new sentence refer to."""
    amounts, cues = analysis.amounts, words()
    tail = text[amounts[i].end : amounts[i].end + NEAR]
    if match := cues.of_this.match(tail) or cues.this_of.search(lead):
        whole = _total_before(analysis, i) if match["total"] is not None else _whole_before(amounts, i)
        if whole is not None:
            chain.divided.add(whole)
        return whole
    if cues.further.search(lead):
        return next((w for w in chain.open if w in chain.divided and chain.room(amounts, i, w)), None)
    if match := cues.holding.search(lead):
        return _held_before(text, amounts, i, match["noun"])
    if cues.reserved.match(tail):
        block = analysis.layout.block_at(amounts[i].start)
        whole = before(amounts, i)
        near = whole is not None and block is not None and amounts[whole].start >= block.start
        return whole if whole is not None and near and _whole(amounts[i], amounts[whole]) else None
    return None


def _whole(part: AmountFact, whole: AmountFact) -> bool:
    return fits(part, whole) and whole.per is None and whole.equivalent_of is None


def _whole_before(amounts: list[AmountFact], i: int) -> int | None:
    """The sum that 'this' stands for."""
    return next(_backwards(amounts, i), None)


def _total_before(analysis: Analysis, i: int) -> int | None:
    """The sum that 'the total' stands for: the largest that this paragraph or the one before tells, else the nearest."""
    amounts, layout = analysis.amounts, analysis.layout
    since = layout.blocks[max(0, layout.index_at(amounts[i].start) - 1)].start
    back = [j for j in _backwards(amounts, i) if amounts[j].part_of is None and amounts[j].basis is not Basis.OTHER]
    near = [j for j in back if amounts[j].start >= since]
    return max(near, key=lambda j: (size_of(amounts[j]), j)) if near else next(iter(back), None)


def _held_before(text: str, amounts: list[AmountFact], i: int, noun: str | None) -> int | None:
    """The sum that 'this' or 'the package' stands for where it includes another: the nearest called so, else the nearest."""
    back = list(_backwards(amounts, i))
    if noun is not None:
        called = next((j for j in back if _called(text, amounts, j, noun)), None)
        if called is not None or not words().held.fullmatch(noun):
            return called
        back = [j for j in back if amounts[j].part_of is None and amounts[j].basis is Basis.NEW]
    return back[0] if back and amounts[back[0]].basis is not Basis.PREVIOUS else None


def _backwards(amounts: list[AmountFact], i: int) -> Iterator[int]:
    """The sums before one of which it may be part, the nearest first."""
    for j in range(i - 1, max(-1, i - 1 - BACK), -1):
        if _whole(amounts[i], amounts[j]) and amounts[i].start - amounts[j].end < FAR:
            yield j


def _called(text: str, amounts: list[AmountFact], j: int, noun: str) -> bool:
    """Whether the words right around a sum name it so."""
    fact = amounts[j]
    right = text[fact.end : min(fact.end + AROUND, amounts[j + 1].start if j + 1 < len(amounts) else len(text))]
    if match := _SENTENCE_END.search(right):
        right = right[: match.start()]
    return re.search(rf"\b{re.escape(noun)}\b", right, re.IGNORECASE) is not None


def _standing(text: str, amounts: list[AmountFact], i: int, lead: str) -> None:
    """Parts of a whole that is told only by a word for it: 'part of the package', 'the final tranche of the $45 million'."""
    cues, fact = words(), amounts[i]
    tail = text[fact.end : fact.end + NEAR]
    if cues.instalment.search(lead):
        part = before(amounts, i)
        if part is not None and fact.start - amounts[part].end < NEAR and _comes_of(amounts[part], fact):
            amounts[part].part_of = i
        return
    match = cues.standing.search(lead)
    if (match and not re.search(r"[.!?]\s", lead[match.end() :])) or cues.standing_after.match(tail):
        back = range(i - 1, max(-1, i - 1 - RUN), -1)
        fact.part_of = next(
            (j for j in back if fits(fact, amounts[j]) and amounts[j].basis is Basis.NEW and amounts[j].part_of is None), None
        )
