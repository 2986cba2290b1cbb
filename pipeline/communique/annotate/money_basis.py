"""What a sum is, by the words of its sentence: new money, a running total, an earlier sum, or none of these."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise
from typing import Any

from communique.analysis import AmountFact, Analysis
from communique.lexicons import lexicon
from communique.segment import Role
from communique_models import Basis, Comparator

REACH = 220  # characters before and after a sum that are read
SMALL_RATE = 1000
HEAD = 60  # characters from the start of a bullet to the sum that it is about
LONGEST_LIST = 40  # bullets
RETOLD = 12  # sums back to the one that 'this $5 million' tells again

_SENTENCE = re.compile(r"(?<=[a-z)\]0-9\"”’%]{2})[.!?][\"”’)]*\s+(?=[A-Z\"“‘(•$€£])")
_JOINS = re.compile(
    r"(?:,|\s)*(?:[\w’'-]+\s+){0,7}(?:(?:and|,|;|plus|as well as|or|but|to)\s+(?:[\w’'-]+\s+){0,5}|[\w’'-]+[,;] )$|/ ?$"
)
_COMPARES = re.compile(
    r"[^.;]{0,60}?\b(?:against|compared|up|down|from|versus|vs\.?|instead|rather|than|over|above|below)\b", re.IGNORECASE
)
_CHANGED = re.compile(rf"(?:^|\s)to (?:(?:{'|'.join(lexicon('money')['little']['words'])}) )*$")
_FROM = re.compile(r"\b[Ff]rom (?:[\w-]+ ){0,4}$")
_INCLUDES = re.compile(r"(?:This|These|It|They|Those|That)(?: also)? (?:includ|compris|contain|cover)(?:es?|ed|ing|s)?\b")
_THIS = re.compile(r"\b(?:[Tt]his|[Tt]hat) $")
_FRESH = re.compile(
    r"\b(?:will|announc\w+|today|additional|new|further|another|pledg\w+|commit(?:s|ting)?|is providing)\b", re.IGNORECASE
)
_GIVING = re.compile(
    r"\b(?:grants?|allowances?|contribut\w+|will (?:provide|pay|give|receive)|provid\w+|fund\w+"
    r"|pay(?:s|ing|ment|ments)?|freed up|commit\w*)\b",
    re.IGNORECASE,
)


def sentence_bounds(text: str, analysis: Analysis) -> list[int]:
    """Where sentences begin, as far as money needs them: at blocks and after full stops."""
    starts = {0, *(block.start for block in analysis.layout.blocks)}
    starts.update(match.end() for match in _SENTENCE.finditer(text))
    return sorted(starts)


def judge(text: str, analysis: Analysis) -> None:
    """Set the basis of every amount."""
    starts = sentence_bounds(text, analysis)
    amounts = analysis.amounts
    for i, fact in enumerate(amounts):
        k = bisect_right(starts, fact.start)
        begin, finish = starts[k - 1], starts[k] if k < len(starts) else len(text)
        same_before = i > 0 and amounts[i - 1].end > begin
        left = max(begin, fact.start - REACH, amounts[i - 1].end if same_before else 0)
        right = min(finish, fact.end + REACH, amounts[i + 1].start if i + 1 < len(amounts) else len(text))
        lead = " ".join(text[left : fact.start].split()) + " "
        tail = (
            " " + " ".join(text[fact.end : right].split()) if text[fact.end : fact.end + 1].isspace() else text[fact.end : right]
        )
        sentence = text[max(begin, fact.start - REACH) : min(finish, fact.end + REACH)]
        basis = _judged(lead, tail, sentence)
        if basis is Basis.PREVIOUS and same_before and amounts[i - 1].basis is Basis.OTHER and _COMPARES.match(lead):
            basis = Basis.OTHER  # last year's turnover is a turnover
        if basis is None and fact.per is not None and (_small(fact) or not _GIVING.search(lead)):
            basis = Basis.OTHER
        if basis is None:
            basis = _of_its_list(text, analysis, fact)
        if basis is None and i > 0 and not same_before and _INCLUDES.match(lead):
            basis = _past(amounts[i - 1], begin)
        if basis is None and _THIS.search(lead):
            basis = next((other.basis for other in reversed(amounts[max(0, i - RETOLD) : i]) if other.key == fact.key), None)
        if (
            basis is None
            and same_before
            and amounts[i - 1].basis is not Basis.NEW
            and _JOINS.match(lead)
            and not _FRESH.search(lead)
        ):
            changed = amounts[i - 1].basis is Basis.PREVIOUS and _CHANGED.search(lead)  # 'from $5m to $7m'
            basis = None if changed else amounts[i - 1].basis
        if basis is None and _is_of_known(lead, tail) and all(other.key != fact.key for other in amounts[:i]):
            basis = Basis.PREVIOUS  # told for the first time as if it were known
        shares = same_before and amounts[i - 1].basis is Basis.NEW and _JOINS.match(lead)  # what gives the sum before it
        if basis is None and not shares and _is_beside_money(lead, tail, sentence):
            basis = Basis.OTHER
        fact.basis = Basis.OTHER if fact.value is not None and fact.value < 0 else basis or Basis.NEW
    _retold(text, amounts)


def _is_beside_money(lead: str, tail: str, sentence: str) -> bool:
    """Whether a sentence speaks of markets, prices, limits or crime, and no word beside the sum gives it to anybody."""
    about, unless, unless_tail = _topic()
    return about.search(sentence) is not None and unless.search(lead) is None and unless_tail.match(tail) is None


@cache
def _topic() -> tuple[re.Pattern[str], ...]:
    topic = lexicon("money")["topic"]
    return tuple(re.compile(shape, re.IGNORECASE) for shape in ("|".join(topic["about"]), topic["unless"], topic["unless_tail"]))


def _is_of_known(lead: str, tail: str) -> bool:
    """Whether a sum belongs to a named work that goes on: 'accelerate the $5 million harbour project'."""
    known = lexicon("money")["known"]
    return re.search(known["lead"], lead, re.IGNORECASE) is not None and re.match(known["tail"], tail, re.IGNORECASE) is not None


def _past(before: AmountFact, begin: int) -> Basis | None:
    """What 'This includes' says of its sums: they are past if the sum told right before is."""
    near = begin - before.end < REACH and before.basis in (Basis.PREVIOUS, Basis.CUMULATIVE)
    return before.basis if near else None


def _of_its_list(text: str, analysis: Analysis, fact: AmountFact) -> Basis | None:
    """What the line that leads to a list says of the sums in it."""
    blocks = analysis.layout.blocks
    index = analysis.layout.index_at(fact.start)
    if index < 1 or fact.start - blocks[index].start > HEAD:
        return None
    lowest = max(0, index - LONGEST_LIST)
    while index > lowest and blocks[index].role is Role.BULLET:
        index -= 1
    lead = text[blocks[index].start : blocks[index].end]
    if not lead.rstrip().endswith(":") or blocks[index].start >= fact.start:
        return None
    listed = lexicon("money")["basis"]
    for entry in listed:
        if "listed" in entry and re.search("|".join(entry["listed"]), lead[-REACH:], re.IGNORECASE):
            return Basis(entry["means"])
    return None


def _small(fact: AmountFact) -> bool:
    """Whether a rate is what one customer or worker pays or gets."""
    size = fact.value if fact.value is not None else fact.high
    return size is not None and size < SMALL_RATE


def _retold(text: str, amounts: list[AmountFact]) -> None:
    """A running total that is told again without its words is still one, and so is a sum that was raised to another."""
    totals = {(fact.key, fact.comparator) for fact in amounts if fact.basis is Basis.CUMULATIVE}
    for fact in amounts:
        if fact.basis is Basis.NEW and fact.comparator is not Comparator.EQUAL and (fact.key, fact.comparator) in totals:
            fact.basis = Basis.CUMULATIVE
    raised = {
        one.key
        for one, other in pairwise(amounts)
        if one.basis is Basis.PREVIOUS and _FROM.search(text[max(0, one.start - 40) : one.start]) and _to(text, one, other)
    }
    for fact in amounts:
        if fact.basis is Basis.NEW and fact.key in raised:
            fact.basis = Basis.PREVIOUS


def _to(text: str, one: AmountFact, other: AmountFact) -> bool:
    return other.start - one.end < 40 and _CHANGED.search(" ".join(text[one.end : other.start].split()) + " ") is not None


def _judged(lead: str, tail: str, sentence: str) -> Basis | None:
    """The basis that the nearest cue speaks for."""
    best: tuple[int, int, Basis] | None = None  # how far off, and of those as near the longest: 'in addition to aid worth'
    for means, right_before, needs, leads, tails, framed in _cues():
        distance, length = None, 0
        if right_before is not None and (match := right_before.search(lead)):
            need = next((n for cue, n in needs if match.group().lstrip().lower().startswith(cue)), None)
            if need is None or re.search(need, sentence, re.IGNORECASE):
                distance, length = 0, len(match.group())
        for before, after in framed:
            if (first := before.search(lead)) and (second := after.match(tail)):
                distance, length = 0, max(length, len(first.group()) + len(second.group()))
        if distance is None and tails is not None and (match := tails.match(tail)):
            distance = 1 + match.end()
        if distance is None and leads is not None and (match := leads.search(lead)):
            distance = 40 + len(lead) - match.end()
        if distance is not None and (best is None or (distance, -length) < best[:2]):
            best = distance, -length, means
    return best[2] if best else None


Frame = tuple[re.Pattern[str], re.Pattern[str]]
Cues = tuple[
    Basis, re.Pattern[str] | None, tuple[tuple[str, str], ...], re.Pattern[str] | None, re.Pattern[str] | None, tuple[Frame, ...]
]


@cache
def _cues() -> tuple[Cues, ...]:
    def joined(entry: dict[str, Any], key: str, shape: str) -> re.Pattern[str] | None:
        return re.compile(shape.format("|".join(entry[key])), re.IGNORECASE) if key in entry else None

    little = rf"(?: (?:{'|'.join(lexicon('money')['little']['words'])}))*"
    return tuple(
        (
            Basis(entry["means"]),
            joined(entry, "right_before", rf"(?<![\w-])(?:{{}}){little} ?$"),
            tuple(entry.get("needs", {}).items()),
            joined(entry, "lead", "(?:{})"),
            joined(entry, "tail", "(?:{})"),
            tuple((re.compile(frame["lead"]), re.compile(frame["tail"])) for frame in entry.get("framed", ())),
        )
        for entry in lexicon("money")["basis"]
    )
