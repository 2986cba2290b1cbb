"""What the readers of money hand each other: a sum, its number, and what is no sum."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from communique.lexicons import lexicon
from communique.normalise import currencies
from communique.normalise.currencies import Mark
from communique.normalise.money_marks import mark_after
from communique.normalise.numbers import SPACE, read_digits, read_magnitude, read_words
from communique_models import CurrencyBasis


@dataclass(slots=True)
class Sum:
    """A written sum: one number, or the two of a range; ``end`` is after its last mark."""

    start: int
    end: int
    mark: Mark
    low: Decimal
    high: Decimal | None = None
    plus: bool = False  # '$100m+'


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its magnitude; ``bare`` is what stands before the magnitude."""

    start: int
    end: int
    value: Decimal
    bare: Decimal
    grouped: bool  # has a magnitude, groups of thousands or decimals: more than a year or a number in a name
    scaled: bool
    plus: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """What looked like a sum and is none."""

    start: int
    end: int
    reason: str


_SPLIT_NUMBER = re.compile(r"(?:,[ ]000)+(?![0-9])|(?:,[ ][0-9]{3})+(?= ?(?:[mb]illion|bn\b|mn\b))")
_SPLIT_DECIMAL = re.compile(r"(?: \.|\. )([0-9]{1,2})(?= ?(?:[mb]illion|bn\b|m\b))")
YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}$")


def admitted(mark: Mark, number: Number, before: bool) -> bool:
    """Whether a mark may mean a currency beside this number."""
    if mark.after is False:  # a letter before its number, which is a name as often
        return number.scaled or (number.grouped and number.value >= 1000 and number.value % 1 == 0)
    if before and mark.basis is CurrencyBasis.WORD and not mark.grouped and not number.grouped and number.value >= 1000:
        return not YEAR.match(str(number.value))
    return number.grouped or not mark.grouped


def number_at(text: str, start: int, split: bool = False) -> Number | None:
    """The number in digits at a place with its magnitude; `split` mends what a scan tore apart (`$1 .5 million`, `$10, 000`)."""
    read = read_digits(text, start)
    if read is None:
        return None
    bare, end = read
    written = text[start:end]
    if split and (torn := _SPLIT_NUMBER.match(text, end)):
        bare, end = Decimal(f"{bare}{torn.group().replace(', ', '')}"), torn.end()
    elif split and (torn := _SPLIT_DECIMAL.match(text, end)):
        bare, end = Decimal(f"{bare}.{torn[1]}"), torn.end()
    plus = text[end : end + 1] == "+"
    magnitude = read_magnitude(text, end + plus)
    if magnitude is None:
        # a letter that goes on a number makes it a name: 5G, 3D, A320neo
        grouped = "," in written or "." in written or " " in written or bare >= 10000
        return Number(start, end, bare, bare, grouped, scaled=False, plus=plus)
    return Number(start, magnitude[1], bare * magnitude[0], bare, grouped=True, scaled=True, plus=plus)


def compatible(mark: Mark, other: Mark) -> bool:
    """Whether two marks may mean the same currency."""
    return bool(set(mark.candidates) & set(other.candidates))


def narrower(mark: Mark, other: Mark) -> Mark:
    """Of two marks the one that leaves less open."""
    return mark if len(mark.candidates) <= len(other.candidates) else other


_DEMONYMS = "|".join(sorted((re.escape(form) for form in lexicon("money")["dollar_demonyms"]), key=len, reverse=True))
_QUALIFIED = re.compile(
    rf"{SPACE}?(?:\((?P<code>[A-Z]{{2,3}}|U\.S\.)\$?\)"
    rf"|(?P<words>{_DEMONYMS})(?=[.,;:)]|{SPACE}?$|{SPACE}(?:{'|'.join(lexicon('money')['function_words'])})\b))"
)


def with_qualifier(text: str, found: Sum) -> Sum:
    """`$25 million Canadian`, `$200 million dollars`, `$5m (USD)`, `$5 million US`."""
    end = found.end
    dollar = "$" in text[found.start : found.start + 6]
    after = mark_after(text, end)
    if after is not None:
        mark, closing = after
        if mark.power >= 0 and not mark.weight and compatible(found.mark, mark) and not _next_is_number(text, closing):
            return Sum(found.start, closing, narrower(found.mark, mark), found.low, found.high, found.plus)
    if match := _QUALIFIED.match(text, end):
        told = currencies.words().get(match["code"]) if match["code"] else None
        if dollar and told is None:
            letters, words = match["code"] or "", match["words"] or ""
            told = currencies.dollars().get(letters) or currencies.words().get(f"{words.lower()} dollars")
        if told is not None and told.code and told.power == 0 and compatible(found.mark, told):
            return Sum(found.start, match.end(), told, found.low, found.high, found.plus)
    return found


def _next_is_number(text: str, place: int) -> bool:
    """Whether a mark belongs to the number after it."""
    return re.match(rf"{SPACE}?[0-9]", text[place : place + 3]) is not None and text[place - 1 : place].isupper()


_CENTS = re.compile(
    rf"(?:{SPACE}(?:and{SPACE})?)(?P<number>[0-9]{{1,2}}|[a-z]+(?:[- ][a-z]+)?){SPACE}?(?P<word>[^\W\d_]+|¢)(?![^\W_])"
)
_SMALL_CHANGE = re.compile(rf"{SPACE}(?:and{SPACE})?(?P<number>[0-9]{{2}}|[a-z]+(?:-[a-z]+)?)(?=[.;!?]?\s*$)")


def with_cents(text: str, found: Sum | Rejected) -> Sum | Rejected:
    """`20 dollars and 43 cents`: the hundredths after the whole units."""
    if isinstance(found, Rejected) or found.high is not None or found.mark.power or found.low % 1:
        return found
    match = _CENTS.match(text, found.end)
    if match is None or match["word"] not in currencies.hundredths():
        match = _SMALL_CHANGE.match(text, found.end)
        if match is None:
            return found
    told = match["number"]
    value = Decimal(told) if told.isdigit() else (read_words(told, 0) or (Decimal(0), 0))[0]
    if not 0 < value < 100:
        return found
    return Sum(found.start, match.end(), found.mark, found.low + value / 100, plus=found.plus)


_COPULA = re.compile(r"\b(?:is|was|are|were) [(−-]$")


def below_zero(text: str, found: Sum, digits: int) -> Sum | None:
    """A loss as accounts write it: `$(3.2) million`, `€-3m`, `was -15€`, `was ($9.99)`; a dash elsewhere is punctuation."""
    end = found.end
    if text[digits - 1] == "(" and digits - 1 > found.start and text[end : end + 1] == ")":
        factor, end = read_magnitude(text, end + 1) or (Decimal(1), end + 1)
        return Sum(found.start, end, found.mark, -found.low * factor)
    if text[digits - 1] in "-−" and digits - 1 > found.start:
        return Sum(found.start, end, found.mark, -found.low)
    before = text[max(0, found.start - 8) : found.start]
    if _COPULA.search(before) and (before[-1] in "-−" or text[end : end + 1] == ")"):
        return Sum(found.start - 1, end + (before[-1] == "("), found.mark, -found.low)
    return None


_RATIO = re.compile(
    r" (?:for|to|on) (?:every|each) (?:\w+ )?(?:dollar|euro|pound|rupee|franc|krone|one)\b|[- ]for[- ](?:one|dollar)\b"
)
_TICKER = re.compile(r"(?!USD|AUD|CAD|NZD|SGD|HKD|MM|MN|BN|TN|[MB]US)[A-Z]{2,}\b")
_OF_YEAR = re.compile(r"\b[Ii]n (?:19|20)[0-9]{2} (?:dollars|euros|pounds|prices|rupees|yen)$")


def checked(text: str, found: Sum) -> Sum | Rejected:
    """The sum, unless what follows it makes it a thing: a banknote, a weight."""
    following = text[found.end : found.end + 40]
    if match := _things().match(following):
        return Rejected(found.start, found.end + match.end(), "names a thing, not a sum")
    if text[found.start] == "$" and _TICKER.match(following):
        return Rejected(found.start, found.end, "the ticker of a token: $4WIN")
    if _RATIO.match(following) and found.low < 100:
        return Rejected(found.start, found.end, "a ratio: two dollars for every dollar")
    if found.high is None and _OF_YEAR.search(text[max(0, found.start - 4) : found.end]):
        return Rejected(found.start, found.end, "the money of a year")
    if found.mark.weight and not _is_sterling(text, found):
        return Rejected(found.start, found.end, "a weight in pounds")
    if found.mark.power:
        scale = Decimal(10) ** found.mark.power
        found.low *= scale
        found.high = found.high * scale if found.high is not None else None
    if text[found.end : found.end + 1] == "+" or re.match(r"-plus\b| plus(?=[.,;)]| [a-z]+ (?:in|for)\b)", following):
        found.plus = True
        found.end += text[found.end : found.end + 1] == "+"
    return found


def _is_sterling(text: str, found: Sum) -> bool:
    """Whether pounds are money: they are spent, paid, given, and no bag of rice."""
    entry = lexicon("money")["pounds"]
    following = text[found.end : found.end + 60]
    if text[found.end - 1 : found.end + 1] == "d " and text[found.end - 6 : found.end - 5] in "-‐‑" and found.low < 1000:
        return False
    of = re.match(rf"{SPACE}of{SPACE}(?:[a-z]+{SPACE})?([a-z]+)", following)
    if of is not None and not re.match("|".join(entry["of_money"]), following[of.start() :].split("of", 1)[1].strip()):
        return False
    around = text[max(0, found.start - 90) : found.start] + following
    if not around.strip(" .,;:!?\n"):
        return True  # nothing but the sum: English's own reading
    if re.search(rf"\b(?:{'|'.join(entry['weight'])})\b", around, re.IGNORECASE):
        return False
    return re.search(rf"\b(?:{'|'.join(entry['money'])})|£", around, re.IGNORECASE) is not None


@cache
def _things() -> re.Pattern[str]:
    return re.compile(rf"(?:{SPACE}|-)(?:{'|'.join(lexicon('money')['things'])})\b", re.IGNORECASE)
