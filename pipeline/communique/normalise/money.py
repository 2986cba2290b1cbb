"""Sums of money as prose writes them: where each stands, its number and the mark of its currency.

This reads what is written and knows nothing of the release around it: which currency an ambiguous mark means, and what a sum is
to others, is for the component to tell. Cost is linear in the text's length: every look around a number has a fixed width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from communique.lexicons import lexicon
from communique.normalise import currencies
from communique.normalise.currencies import Mark
from communique.normalise.numbers import POWERS, SMALL, SPACE, VULGAR, read_digits, read_magnitude, read_words
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


_GAP = rf"(?:{SPACE}{{1,2}}|{SPACE}?\n)?"
_SIGNS = "".join(re.escape(sign) for sign in currencies.signs())
_RUN = re.compile(rf"(?<![0-9])(?:[0-9]+|[{''.join(VULGAR)}])")
_SIGN_BEFORE = re.compile(
    rf"(?P<letters>(?<![^\W\d_.])[A-Za-z][A-Za-z.]{{0,4}})?(?P<gap>{SPACE}?)(?P<sign>[{_SIGNS}])(?P<tail>[A-Za-z.]{{0,3}})"
    rf"(?:{_GAP}|:|-)\(?$"
)
_SIGN_AFTER = re.compile(rf"(?P<gap>{SPACE}?)-?(?P<letters>[A-Z]{{1,3}})?(?P<sign>[{_SIGNS}])(?!{SPACE}?[0-9])(?P<tail>[A-Za-z]{{0,3}})(?![A-Za-z])")
_CODE_BEFORE = re.compile(rf"(?P<words>(?:[^\W\d_][\w.&’']*{SPACE}){{0,4}})\((?P<code>[A-Z]{{3}})\){SPACE}?$")
_WORD_BEFORE = re.compile(rf"(?P<words>(?:[^\W\d_][\w.&’']*{SPACE}){{0,3}}[^\W\d_][^\W\d_./]*(?:/\.?)?\.?)(?P<gap>{_GAP})$")
_WORDS_AFTER = re.compile(
    rf"(?P<gap>{_GAP}|[-‐‑])(?P<words>[^\W\d_](?:[^\W\d_]|\.(?=[A-Za-z]))*\.?(?:(?:{SPACE}|[-‐‑]|\n)[^\W\d_](?:[^\W\d_]|\.(?=[A-Za-z]))*\.?){{0,3}})"
)
_DASH = re.compile(rf"{SPACE}?[-‐‑–—−]{SPACE}?")
_TO = re.compile(rf"(?:{SPACE}|\n){{1,2}}(?:to|and|or)(?:{SPACE}|\n){{1,2}}")
_BETWEEN = re.compile(rf"\b(?:between|from|ranging|range|of)(?:{SPACE}[a-z]+){{0,2}}(?:{SPACE}|\n)$", re.IGNORECASE)
_CHANGE = lexicon("money")["change"]
_SPLIT_NUMBER = re.compile(r"(?:,[ ]000)+(?![0-9])|(?:,[ ][0-9]{3})+(?= ?(?:[mb]illion|bn\b|mn\b))")
_SPLIT_DECIMAL = re.compile(r"(?: \.|\. )([0-9]{1,2})(?= ?(?:[mb]illion|bn\b|m\b))")
_TOKENS = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}$")
_CENTS = re.compile(rf"(?:{SPACE}(?:and{SPACE})?)(?P<number>[0-9]{{1,2}}|[a-z]+(?:[- ][a-z]+)?){SPACE}?(?P<word>[^\W\d_]+|¢)(?![^\W_])")
_CLOSES = re.compile(rf"(?:{SPACE}|\n)*(?:[.,;:!?)]|$|[0-9])")  # a clause ends, or another number follows
_LOOSE_NUMBER = re.compile(rf"[0-9]{SPACE}$")
_SMALL_CHANGE = re.compile(rf"{SPACE}(?:and{SPACE})?(?P<number>[0-9]{{2}}|[a-z]+(?:-[a-z]+)?)(?=[.;!?]?\s*$)")


def read_sums(text: str) -> Iterator[Sum | Rejected]:
    """The sums of a text, and what looked like one; not in order, and one may lie within another."""
    yield from _in_digits(text)
    yield from _in_words(text)


def _in_digits(text: str) -> Iterator[Sum | Rejected]:
    floor = 0  # no sum begins before the last one's end
    for run in _RUN.finditer(text):
        start = run.start()
        if start < floor or run.end() - start > 18:
            continue
        if start > floor and text[start - 1] == "." and start - 1 > floor and not text[start - 2 : start - 1].isalnum():
            start -= 1  # '.5 million'
        found = _sum_at(text, start, floor)
        if found is not None:
            floor = found.end
            yield found


def _sum_at(text: str, start: int, floor: int) -> Sum | Rejected | None:
    """The sum whose number in digits starts at a place."""
    before = _mark_before(text, start, floor)
    number = _number_at(text, start, split=before is not None)
    if number is None:
        return None
    if before is not None:
        mark, opening = before
        if _admitted(mark, number, before=True):
            found = Sum(opening, number.end, mark, number.value, plus=number.plus)
            return _below_zero(text, found, start) or _extended(text, found, number)
    if start and (text[start - 1].isalpha() or (text[start - 1] in ".,/:-–" and text[max(0, start - 2) : start - 1].isdigit())):
        return None  # the tail of a name, a clock time, a reference, a pair of years
    after = _mark_after(text, number.end)
    if after is not None and (_admitted(after[0], number, before=False) or _CLOSES.match(text, after[1])):
        if _LOOSE_NUMBER.search(text[max(0, start - 4) : start]):
            return None  # '245 23 yen': two numbers that are not one
        found = Sum(start, after[1], after[0], number.value, plus=number.plus)
        return _below_zero(text, found, start) or _range_after_noun(text, found, number) or _with_cents(text, _checked(text, found))
    return _range_without_mark(text, number)


def _below_zero(text: str, found: Sum, digits: int) -> Sum | None:
    """A loss as accounts write it: `$(3.2) million`, `€-3m`, `was -15€`, `was ($9.99)`; a dash elsewhere is punctuation."""
    end = found.end
    if text[digits - 1] == "(" and digits - 1 > found.start:
        if text[end : end + 1] == ")":
            magnitude = read_magnitude(text, end + 1)
            if magnitude is None:
                return Sum(found.start, end + 1, found.mark, -found.low)
            return Sum(found.start, magnitude[1], found.mark, -found.low * magnitude[0])
    if text[digits - 1] in "-−" and digits - 1 > found.start:
        return Sum(found.start, end, found.mark, -found.low)
    before = text[max(0, found.start - 8) : found.start]
    if _COPULA.search(before) and (before[-1] in "-−" or text[end : end + 1] == ")"):
        return Sum(found.start - 1, end + (before[-1] == "("), found.mark, -found.low)
    return None


_COPULA = re.compile(r"\b(?:is|was|are|were) [(−-]$")


def _admitted(mark: Mark, number: Number, before: bool) -> bool:
    """Whether a mark may mean a currency beside this number."""
    if mark.after is False:  # a letter before its number, which is a name as often
        return number.scaled or number.value >= 1000 and number.value % 1 == 0 and number.grouped
    if before and mark.basis is CurrencyBasis.WORD and not mark.grouped and not number.grouped and number.value >= 1000:
        return not _YEAR.match(str(number.value))
    return number.grouped or not mark.grouped


def _number_at(text: str, start: int, split: bool = False) -> Number | None:
    """The number in digits at a place with its magnitude; `split` mends what scanning tore apart (`$1 .5 million`, `$10, 000`)."""
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


def _mark_before(text: str, start: int, floor: int) -> tuple[Mark, int] | None:
    """The mark that stands right before a place, and where it begins."""
    place = start
    while place > floor and start - place < 3 and text[place - 1] in " \u00a0\u2009\u202f\u2007\n:(-":
        place -= 1
    if place <= floor:
        return None
    last = text[place - 1]
    left = max(floor, place - 12)
    window = text[left:start]
    if last in currencies.signs() or (last.isalpha() and any(sign in window for sign in currencies.signs())):
        match = _SIGN_BEFORE.search(window)
        if match is not None:
            return _sign_before(match, left)
    if last == ")":
        left = max(floor, place - 40)
        match = _CODE_BEFORE.search(text[left:start])
        return _named(match, left) if match is not None and match["code"] in currencies.codes() else None
    if not (last.isalpha() or last in "./") or (place < start and text[start - 1] in "-:("):
        return None
    left = max(floor, place - 40)
    match = _WORD_BEFORE.search(text[left:start])
    return _word_before(text, match, left, start) if match is not None else None


def _sign_before(match: re.Match[str], left: int) -> tuple[Mark, int] | None:
    letters, gap, sign, tail = match["letters"], match["gap"], match["sign"], match["tail"]
    opening = left + match.start("sign")
    if match.start("sign") and match.string[match.start("sign") - 1].isdigit():
        return None  # the sign of the number before: '5€ 20'
    known = currencies.dollars() if sign == "$" else currencies.signed()
    if tail:
        if tail in known and sign == "$":
            return known[tail], opening
        if tail in ("m", "M", "mn", "bn", "k"):
            base = currencies.signs()[sign]
            power = {"m": 6, "M": 6, "mn": 6, "bn": 9, "k": 3}[tail]
            return Mark(base.candidates, base.basis, base.usual, power), opening
        return None
    if letters:
        mark = known.get(letters if sign == "$" else letters + sign) or (known.get(letters.rstrip(".")) if sign == "$" else None)
        if mark is None and len(letters) == 3 and letters in currencies.codes():
            mark = currencies.words()[letters]
        if mark is not None and (not gap or (len(letters) > 1 and letters.isupper())):
            return mark, left + match.start("letters")
    return currencies.signs()[sign], opening


def _named(match: re.Match[str], left: int) -> tuple[Mark, int]:
    """`Sri Lankan Rupees (LKR) 300 million`: the code, and where its name begins if it stands before it."""
    words = match["words"]
    for space in (None, *re.finditer(SPACE, words)):
        cut = space.end() if space else 0
        if words[cut:].strip().lower() in currencies.words():
            return currencies.words()[match["code"]], left + match.start("words") + cut
    return currencies.words()[match["code"]], left + match.start("code") - 1


def _word_before(text: str, match: re.Match[str], left: int, start: int) -> tuple[Mark, int] | None:
    written = match["words"]
    place = left + match.start("words")
    cut = 0
    while cut >= 0:
        phrase = written[cut:]
        mark = currencies.words().get(phrase) or (currencies.words().get(phrase.lower()) if len(phrase) > 3 else None)
        if mark is None and phrase.endswith(".") and phrase[:-1] in currencies.codes():
            mark = currencies.words()[phrase[:-1]]
        if mark is not None and mark.before and _stands_alone(text, place + cut):
            if mark.basis is CurrencyBasis.WORD and not match["gap"] and phrase.islower() and phrase not in ("kr", "eur", "usd"):
                return None
            return mark, place + cut
        space = re.search(SPACE, phrase)
        cut = cut + space.end() if space else -1
    return None


def _stands_alone(text: str, place: int) -> bool:
    """Whether a word begins at a place, and no pair of currencies (`EUR/USD`)."""
    return place == 0 or not (text[place - 1].isalnum() or text[place - 1] in "/_@#.")


def _mark_after(text: str, end: int) -> tuple[Mark, int] | None:
    """The mark that stands right after a place, and where it ends."""
    following = text[end : end + 1]
    if not following or following in "%,.;:)°":
        return None
    if match := _SIGN_AFTER.match(text, end):
        letters, sign = match["letters"], match["sign"]
        if letters and sign == "$" and letters in currencies.dollars():
            return currencies.dollars()[letters], match.end("sign")
        if not letters and match["tail"] in ("", "ur", "uro"):
            return currencies.signs()[sign], match.end()
        if not letters and sign == "$" and match["tail"] in currencies.dollars():
            return currencies.dollars()[match["tail"]], match.end()
        return None
    match = _WORDS_AFTER.match(text, end)
    return _words_after(text, match) if match else None


def _words_after(text: str, match: re.Match[str]) -> tuple[Mark, int] | None:
    known = currencies.words()
    joints = [found.start() for found in re.finditer(rf"{SPACE}|[-‐‑]|\n", match["words"])]
    for cut in (len(match["words"]), *reversed(joints)):
        phrase = match["words"][:cut]
        plain = re.sub(rf"{SPACE}|[-‐‑]|\n", " ", phrase)
        mark = known.get(plain)
        if mark is None:
            plain = plain.rstrip(".")
            mark = known.get(plain) or (known.get(plain.lower()) if len(plain) > 3 else None)
            cut = len(phrase.rstrip("."))
        if mark is None or not mark.after:
            continue
        end = match.start("words") + cut
        if len(plain) == 1 and (match["gap"] or text[end : end + 1] == "."):
            continue  # 25p, but not '5 p.m.'
        if not match["gap"] and plain == "Rs" and text[match.start() - 2 : match.start() - 1].isspace():
            continue  # the 3Rs
        if text[end : end + 1].isalnum() or (match["gap"] in ("-", "‐", "‑") and plain.isupper() and len(plain) < 3):
            continue
        return mark, end
    return None


def _extended(text: str, found: Sum, number: Number) -> Sum | Rejected:
    """A sum whose mark stands first, with what belongs to it after its number: a second mark, cents, the end of a range."""
    mended = _range_after(text, found, number)
    if mended is None:
        found = _with_qualifier(text, found)
        mended = _with_cents(text, found) if not number.scaled else found
    return _checked(text, mended) if isinstance(mended, Sum) else mended


def _with_qualifier(text: str, found: Sum) -> Sum:
    """`$25 million Canadian`, `$200 million dollars`, `$5m (USD)`, `$5 million US`."""
    end = found.end
    dollar = "$" in text[found.start : found.start + 6]
    after = _mark_after(text, end)
    if after is not None:
        mark, closing = after
        if mark.power >= 0 and not mark.weight and _compatible(found.mark, mark) and not _next_is_number(text, closing):
            return Sum(found.start, closing, _narrower(found.mark, mark), found.low, found.high, found.plus)
    if match := _QUALIFIED.match(text, end):
        word = match["code"] or match["words"]
        mark = currencies.words().get(word) or (currencies.dollars().get(word.strip()) if dollar else None)
        if match["words"]:
            mark = currencies.words().get(f"{word.lower()} dollars") if dollar else None
        if mark is not None and mark.code and mark.power == 0 and _compatible(found.mark, mark):
            closing = match.end() if match["code"] or match["words"] else end
            return Sum(found.start, closing, mark, found.low, found.high, found.plus)
    return found


def _demonyms() -> str:
    return "|".join(sorted({re.escape(form) for form in lexicon("money")["dollar_demonyms"]}, key=len, reverse=True))


_QUALIFIED = re.compile(
    rf"{SPACE}?(?:\((?P<code>[A-Z]{{2,3}}|U\.S\.)\$?\)"
    rf"|(?P<words>{_demonyms()})(?=[.,;:)]|{SPACE}?$|{SPACE}(?:{'|'.join(lexicon('money')['function_words'])})\b))"
)


def _compatible(mark: Mark, other: Mark) -> bool:
    return bool(set(mark.candidates) & set(other.candidates))


def _narrower(mark: Mark, other: Mark) -> Mark:
    return mark if len(mark.candidates) <= len(other.candidates) else other


def _next_is_number(text: str, place: int) -> bool:
    """Whether a mark belongs to the number after it."""
    return re.match(rf"{SPACE}?[0-9]", text[place : place + 3]) is not None and text[place - 1 : place].isupper()


def _with_cents(text: str, found: Sum | Rejected) -> Sum | Rejected:
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


def _range_after(text: str, found: Sum, number: Number) -> Sum | None:
    """A sum that goes on to the upper end of a range: `$1.2-1.5bn`, `£1.2 billion to £1.5 billion`, `between $10 and $20 million`."""
    after = found.end
    own = _mark_after(text, after)
    if own is not None and _compatible(own[0], found.mark) and own[0].power == found.mark.power:
        after = own[1]
    joint = _joint(text, after, found.start)
    if joint is None:
        return None
    place, dash = joint
    opening = place
    while opening < len(text) and opening - place < 6 and not text[opening].isdigit():
        opening += 1
    mark = None
    if opening > place:
        before = _mark_before(text, opening, place)
        if before is None or before[1] != place or not _compatible(found.mark, before[0]):
            return None
        mark = before[0]
    upper = _number_at(text, opening, split=mark is not None)
    if upper is None or (mark is None and not _fits_bare(text, number, upper, dash)):
        return None
    bounds = _bounds(number, upper)
    if bounds is None:
        return None
    told = Sum(found.start, upper.end, _narrower(found.mark, mark) if mark else found.mark, *bounds, plus=False)
    closing = _mark_after(text, upper.end)
    if mark is None and closing is not None and not _compatible(found.mark, closing[0]):
        return None
    return _with_qualifier(text, told)


def _range_after_noun(text: str, found: Sum, number: Number) -> Sum | Rejected | None:
    """`from 10 dollars to 20 dollars`: a range whose ends both carry the mark behind them."""
    joint = _joint(text, found.end, found.start)
    if joint is None or not text[joint[0] : joint[0] + 1].isdigit() or found.mark.power:
        return None
    upper = _number_at(text, joint[0])
    if upper is None or (bounds := _bounds(number, upper)) is None:
        return None
    after = _mark_after(text, upper.end)
    if after is None or not _compatible(found.mark, after[0]):
        return None
    return _checked(text, Sum(found.start, after[1], _narrower(found.mark, after[0]), *bounds))


def _joint(text: str, end: int, start: int) -> tuple[int, bool] | None:
    """Where the second number of a range begins after the joint, and whether the joint is a dash."""
    if match := _DASH.match(text, end):
        return match.end(), True
    match = _TO.match(text, end)
    if match is None:
        return None
    before = text[max(0, start - 40) : start]
    between = re.search(rf"\bbetween(?:{SPACE}[a-z]+){{0,2}}(?:{SPACE}|\n)$", before) is not None
    word = match.group().strip()
    if word == "and" and not between:
        return None
    if word == "or":
        return None
    if word == "to" and re.search(rf"\bby(?:{SPACE}[a-z]+){{0,2}}(?:{SPACE}|\n)$", before, re.IGNORECASE):
        return None  # 'grew by $2m to $7m'
    if word == "to" and re.search(rf"\b(?:from|between)(?:{SPACE}[a-z]+){{0,2}}(?:{SPACE}|\n)$", before, re.IGNORECASE):
        clause = re.split(r"[.;!?\n]", text[max(0, start - 120) : start])[-1]
        if _changes().search(clause):
            return None  # 'rose from $5m to $7m' tells two sums
    return match.end(), False


@cache
def _changes() -> re.Pattern[str]:
    """Verbs by which `from X to Y` is a change and no range."""
    return re.compile(rf"\b(?:{'|'.join(_CHANGE)})\b", re.IGNORECASE)


def _fits_bare(text: str, lower: Number, upper: Number, dash: bool) -> bool:
    """Whether a number without a mark may be the upper end of a range: not a year, a count of people or a length of time."""
    written = text[upper.start : upper.end]
    if _YEAR.match(written) and lower.bare < 1000:
        return False
    following = re.match(rf"{SPACE}?-?([a-zA-Z]+|%)", text[upper.end : upper.end + 20])
    if following and following[1].lower() in _COUNTED:
        return False
    if dash and text[lower.end : lower.end + 1] in (" ", "\u00a0") and not upper.scaled:
        return False
    return dash or upper.scaled or not lower.scaled


_COUNTED = frozenset(lexicon("money")["counted"])


def _bounds(lower: Number, upper: Number) -> tuple[Decimal, Decimal] | None:
    """The ends of a range; the lower takes the upper's magnitude if it has none."""
    low, high = lower.value, upper.value
    if upper.scaled and not lower.scaled and lower.bare < upper.bare:
        low = lower.bare * (upper.value / upper.bare)
    return (low, high) if low < high else None


def _range_without_mark(text: str, number: Number) -> Sum | Rejected | None:
    """`10 to 20 million euros`: a range whose only mark comes last."""
    joint = _joint(text, number.end, number.start)
    if joint is None or not text[joint[0] : joint[0] + 1].isdigit():
        return None
    upper = _number_at(text, joint[0])
    if upper is None or (bounds := _bounds(number, upper)) is None:
        return None
    after = _mark_after(text, upper.end)
    if after is None or after[0].code == "" or not _admitted(after[0], upper, before=False):
        return None
    return _checked(text, Sum(number.start, after[1], after[0], *bounds))


# -- numbers in words ----------------------------------------------------------------------------------------------


@cache
def _last_words() -> frozenset[str]:
    """The words that end a currency's name, in lower case, and codes as they are."""
    return frozenset(name.split()[-1] if name[-1:].islower() else name for name in currencies.words() if len(name) > 1)


_NUMBER_WORDS = frozenset((*SMALL, *POWERS, "hundred", "dozen", "half", "quarter", "quarters", "and", "a", "an", "of", "couple", "point"))


def _in_words(text: str) -> Iterator[Sum | Rejected]:
    """Sums whose number is told in words: `half a million euros`, `US$ two million`."""
    last = _last_words()
    recent: list[tuple[int, int, str]] = []  # the number words and qualifiers just before a currency's noun
    for token in _TOKENS.finditer(text):
        word = token.group()
        lower = word.lower()
        if (word in last or lower in last) and recent:
            found = _before_noun(text, recent, token.end())
            if found is not None:
                yield found
                recent = []
                continue
        if lower in _TENS and (found := _after_mark(text, token.start())) is not None:
            yield found
            continue
        if lower in _NUMBER_WORDS or word[0].isupper() or (recent and lower in _ADJECTIVES):
            if recent and token.start() - recent[-1][1] > 2:
                recent = []
            recent.append((token.start(), token.end(), lower))
            del recent[:-14]
        else:
            recent = []


_TENS = frozenset(SMALL) | {"half"}


def _after_mark(text: str, start: int) -> Sum | Rejected | None:
    """`US$ two million`: a number in words that a sign, a code or a name leads, with its magnitude."""
    place = start
    while place and text[place - 1] in " \u00a0" and start - place < 2:
        place -= 1
    if place == 0 or not (text[place - 1] in currencies.signs() or text[place - 1] in "." or text[place - 1].isalpha()):
        return None
    read = read_words(text, start)
    if read is None or read[0] < 1000:
        return None
    before = _mark_before(text, start, 0)
    return _checked(text, Sum(before[1], read[1], before[0], read[0])) if before is not None else None


_ADJECTIVES = frozenset(("new", "us"))


def _before_noun(text: str, recent: list[tuple[int, int, str]], end: int) -> Sum | Rejected | None:
    for start, _, word in recent:
        if word not in _NUMBER_WORDS or word in ("and", "of"):
            continue
        read = read_words(text, start)
        if read is None:
            continue
        value, stop = read
        if stop > end:
            continue
        after = _mark_after(text, stop)
        if after is None or after[1] < end or not after[0].after:
            continue
        if start and (text[start - 1].isdigit() or re.search(r"[0-9][ -]$", text[max(0, start - 2) : start])):
            return None
        if value < 1000 and (after[0].grouped or after[0].basis is CurrencyBasis.CODE):
            return None
        lower = _word_range(text, start, value)
        if lower is not None:
            return _checked(text, Sum(lower[1], after[1], after[0], lower[0], value))
        return _with_cents(text, _checked(text, Sum(start, after[1], after[0], value)))
    return _one(text, recent[-1], end)


def _word_range(text: str, start: int, high: Decimal) -> tuple[Decimal, int] | None:
    """The lower end before a number in words: `between one and three million euros`; its value and where it begins."""
    joint = _WORD_JOINT.search(text[max(0, start - 60) : start])
    if joint is None:
        return None
    place = max(0, start - 60) + joint.start("number")
    read = read_words(text, place) if not joint["number"][0].isdigit() else read_digits(text, place)
    if read is None or read[1] != place + len(joint["number"]):
        return None
    low = read[0]
    if low < 1000 <= high:
        low *= _magnitude_of(high)
    return (low, place) if low < high else None


def _magnitude_of(value: Decimal) -> Decimal:
    """The largest of thousand, million, billion … that a value holds."""
    return next((Decimal(10) ** power for power in (12, 9, 6, 3) if value >= Decimal(10) ** power), Decimal(1))


_WORD_JOINT = re.compile(
    r"\b(?:between|from) (?:about )?(?P<number>[0-9.]+|[a-z]+(?:[ -][a-z]+){0,4}?)(?: [a-z]+s)? (?:and|to) $", re.IGNORECASE
)


def _one(text: str, article: tuple[int, int, str], end: int) -> Sum | Rejected | None:
    """`a dollar a day`, `less than a euro and 20 cents`: one unit, where a clause ends, a rate or cents follow."""
    start, stop, word = article
    after = _mark_after(text, stop) if word == "a" else None
    if after is None or after[1] != end or after[0].power or after[0].weight:
        return None
    found = _with_cents(text, Sum(start, end, after[0], Decimal(1)))
    if isinstance(found, Sum) and (found.end > end or _ONE_OF.match(text, end)):
        return found
    return None


_ONE_OF = re.compile(rf"{SPACE}?(?:[.,;!?)]|$)|{SPACE}(?:a|per|each){SPACE}(?:day|week|month|year|head|person|share)?")


# -- what is no sum ------------------------------------------------------------------------------------------------


def _checked(text: str, found: Sum) -> Sum | Rejected:
    """The sum, unless what follows it makes it a thing: a banknote, a weight."""
    following = text[found.end : found.end + 40]
    if match := _things().match(following):
        return Rejected(found.start, found.end + match.end(), "names a thing, not a sum")
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
