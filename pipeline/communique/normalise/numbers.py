"""Numbers as prose writes them, in digits or in words, as `Decimal`.

`number` reads a whole expression; `read_words` and `read_digits` read the longest one that starts at a place, so that a rule
may go on after it. `WORDS` and `DIGITS` are sources of regular expressions for use inside larger ones: they match a little
more than what is a number, so what they match goes to `number`, which answers None where it is none.
"""

from __future__ import annotations

import re
from decimal import Decimal

from communique.lexicons import lexicon

SPACE = "[ \t\u00a0\u2007-\u200a\u202f\u205f\u3000]"
"""A space within a line, of any width."""

_LEXICON = lexicon("magnitudes")
SMALL: dict[str, int] = _LEXICON["words"]
"""Words below a hundred and their values."""
POWERS: dict[str, int] = _LEXICON["magnitudes"]
"""Magnitude words in lower case and their powers of ten."""
ABBREVIATED: dict[str, int] = _LEXICON["abbreviations"]
"""Magnitudes as abbreviated after digits, in their own case, and their powers of ten."""

VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅛": Decimal("0.125")}
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25")}
_WORD = "|".join(sorted((*SMALL, *POWERS, "hundred", "dozen", "half", "quarters?", "couple", "point"), key=len, reverse=True))

_JOIN = rf"(?:{SPACE}|-){{1,3}}(?:(?:and|of|an?){SPACE}+){{0,2}}"
WORDS = rf"(?<![^\W_])(?:an?{SPACE}+)?(?:{_WORD})(?:{_JOIN}(?:{_WORD})){{0,12}}(?![^\W_])"
"""Number words in a row; compile with `re.IGNORECASE`."""
_GROUPED = (
    r"[0-9]{1,3}(?:,[0-9]{2,3}){0,8},[0-9]{3}(?![0-9])(?:\.[0-9]{1,9})?"  # 1,234,567.8 and 12,34,567
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,8}(?![0-9])(?:,[0-9]{1,2})?"  # 1.234.567,8
    r"|[0-9]{1,3}(?:\.[0-9]{3}){1,8},[0-9]{1,2}(?![0-9])"  # 1.234,50
    r"|[0-9]{1,3}(?:['’][0-9]{3}){1,8}(?![0-9])(?:\.[0-9]{1,9})?"  # 1'234'567
    rf"|[0-9]{{1,3}}(?:{SPACE}[0-9]{{3}}){{1,8}}(?![0-9])(?:[.,][0-9]{{1,2}}(?![0-9]))?"  # 1 234 567,8
)
DIGITS = rf"(?<![0-9])(?:{_GROUPED}|[0-9]{{1,18}}(?:[.,][0-9]{{1,9}})?(?![0-9])|\.[0-9]{{1,9}}(?![0-9]))"
"""A number in digits, with the separators of any notation."""

_DIGITS = re.compile(DIGITS)
_GROUPED_BY_SPACE = re.compile(rf"[0-9]{{1,3}}(?:{SPACE}[0-9]{{3}})+")
_FRACTION = re.compile(rf"(?P<vulgar>{SPACE}?[{''.join(VULGAR)}])|(?P<slash>{SPACE}(?P<over>[1-9])/(?P<under>[248])(?![0-9/]))")
_TOKEN = re.compile(rf"(?:{SPACE}|-|‑|\n)*([A-Za-z]+)")
_MAGNITUDE = re.compile(
    rf"(?:{SPACE}|\n){{0,2}}-?‑?(?P<word>{'|'.join(sorted(POWERS, key=len, reverse=True))})(?![^\W_])", re.IGNORECASE
)
_ABBREVIATION = re.compile(
    rf"(?P<space>{SPACE}?)(?P<word>{'|'.join(sorted(ABBREVIATED, key=len, reverse=True))})(?![^\W_]|['’][a-z])"
)
_UNSPACED = frozenset("kKtTMb")  # letters that mean too much else to stand apart from their number


def number(text: str) -> Decimal | None:
    """The value of an expression that is a number from end to end: ``2,500``, ``two and a half``, ``3 million``."""
    text = text.strip()
    found = read_digits(text, 0) if text[:1].isdigit() or text[:1] in (".", *VULGAR) else read_words(text, 0)
    if found is None:
        return None
    value, end = found
    if end < len(text) and (scaled := read_magnitude(text, end)):
        value, end = value * scaled[0], scaled[1]
    return value if end == len(text) else None


def read_digits(text: str, start: int, spaced: bool = True) -> tuple[Decimal, int] | None:
    """The number in digits that starts at a place, and where it ends; without `spaced`, spaces group no thousands."""
    if text[start : start + 1] in VULGAR:
        return VULGAR[text[start]], start + 1
    match = _DIGITS.match(text, start)
    if match is None:
        return None
    written, end = match.group(), match.end()
    if not spaced and (grouped := _GROUPED_BY_SPACE.match(written)):
        end = start + re.match("[0-9]+", grouped.group()).end()  # type: ignore[union-attr]  # it begins with a digit
        written = text[start:end]
    value = _plain(written)
    if value is None:
        return None
    if fraction := _FRACTION.match(text, end):
        if fraction["vulgar"]:
            return value + VULGAR[fraction["vulgar"].strip()], fraction.end()
        over, under = int(fraction["over"]), int(fraction["under"])
        if over < under:
            return value + Decimal(over) / under, fraction.end()
    return value, end


def _plain(written: str) -> Decimal | None:
    """The value of digits with separators, by the notation that their groups show; None where they show none."""
    written = re.sub(rf"{SPACE}|['’]", "", written)
    if "," in written and "." in written:
        if written.rindex(".") > written.rindex(","):
            return Decimal(written.replace(",", ""))
        return Decimal(written.replace(".", "").replace(",", "."))
    if "," in written:
        whole, *groups = written.split(",")
        if len(groups[-1]) == 3 and len(whole) <= 3 and all(len(group) in (2, 3) for group in groups):
            return Decimal(written.replace(",", ""))
        return Decimal(written.replace(",", ".")) if len(groups) == 1 and len(groups[0]) <= 2 else None
    if written.count(".") > 1:
        return Decimal(written.replace(".", ""))
    return Decimal(written)


def read_magnitude(text: str, start: int, after_digits: bool = True) -> tuple[Decimal, int] | None:
    """The magnitude that follows a number at a place, two in a row multiplied (``lakh crore``), and where it ends.

    Abbreviations (``bn``) follow digits only.
    """
    value, end = Decimal(1), start
    for _ in range(2):
        match = _MAGNITUDE.match(text, end)
        if match is None:
            break
        value *= Decimal(10) ** POWERS[match["word"].lower()]
        end = match.end()
    if end > start:
        return value, end
    if after_digits and (match := _ABBREVIATION.match(text, start)) and not (match["space"] and match["word"] in _UNSPACED):
        return Decimal(10) ** ABBREVIATED[match["word"]], match.end()
    return None


def read_words(text: str, start: int) -> tuple[Decimal, int] | None:
    """The longest number in words that starts at a place, its magnitudes included, and where it ends."""
    reader = _Words()
    best: tuple[Decimal, int] | None = None
    place = start
    for _ in range(32):  # no number takes more words
        match = _TOKEN.match(text, place)
        if match is None or (place == start and match.start(1) != start):
            break
        if text[match.end() : match.end() + 1].isalnum() or not reader.take(match[1].lower()):
            break
        place = match.end()
        if (value := reader.value) is not None:
            best = value, place
    return best


class _Words:
    """Number words taken one after another; ``value`` is None where what was taken so far is no number."""

    def __init__(self) -> None:
        self.total = Decimal(0)  # of the magnitudes that are complete
        self.current: Decimal | None = None  # what the next magnitude multiplies
        self.room = 100  # what is added next must be less than this; negative after a half, a quarter, a couple
        self.joins = False  # whether `and` may add something: after a hundred, a thousand, a million
        self.last = 99  # power of the last magnitude
        self.pending: list[str] = []  # little words that wait for the word they belong to
        self.decimals: int | None = None  # places after 'point'

    @property
    def value(self) -> Decimal | None:
        """What the words say so far."""
        couple = self.current == 2 and self.room < 0 and self.pending == ["of"]
        if (self.pending and not couple) or (self.current is None and not self.total) or self.decimals == 0:
            return None
        return self.total + (self.current or 0)

    def take(self, word: str) -> bool:
        """Take a word; False if it does not go on the number."""
        if self.decimals is not None and word in SMALL and SMALL[word] < 10:
            self.decimals += 1
            self.current = (self.current or Decimal(0)) + Decimal(SMALL[word]).scaleb(-self.decimals)
            return True
        if word in ("a", "an", "and", "of"):
            return self._little(word)
        if word in _PARTS:
            return self._part(_PARTS[word])
        if word == "couple":
            return self._couple()
        if word in SMALL:
            return self._add(SMALL[word])
        if word == "point":
            self.decimals = 0
            return self.current is not None and not self.pending
        return self._scale(word)

    def _little(self, word: str) -> bool:
        started = self.current is not None or bool(self.total)
        if word == "and":
            fits = started and not self.pending
        elif word == "of":
            fits = self.room < 0 and not self.pending
        else:
            fits = self.pending in (["and"], ["of"]) or (not self.pending and (not started or self.room < 0))
        if fits:
            self.pending.append(word)
        return fits

    def _add(self, value: int) -> bool:
        """A number below a hundred, on its own or after a larger one."""
        if self.pending and not (self.pending == ["and"] and self.joins):
            return False
        if value >= self.room or (value == 0 and (self.current is not None or self.total)):
            return False
        self.current = (self.current or 0) + Decimal(value)
        self.room, self.joins = 10 if value >= 20 else 0, False
        self.pending.clear()
        return True

    def _couple(self) -> bool:
        if self.current is not None or self.total or self.pending != ["a"]:
            return False
        self.current, self.room = Decimal(2), -1
        self.pending.clear()
        return True

    def _part(self, part: Decimal) -> bool:
        """A half, a quarter, three quarters: of what follows, or of the magnitude before an `and`."""
        if self.pending and self.pending[0] == "and":
            if self.current is None:
                self.total += part * Decimal(10) ** self.last
            else:
                self.current += part
            self.room = 0
        elif self.pending in ([], ["a"]) and not self.total and self.current in (None, 3):
            self.current = part * (self.current or 1)
            self.room = -1
        else:
            return False
        self.joins = False
        self.pending.clear()
        return True

    def _scale(self, word: str) -> bool:
        power = POWERS.get(word)
        if word not in ("hundred", "dozen") and power is None:
            return False
        if self.current is None:
            if self.pending != ["a"] or self.total:
                return False
            self.current = Decimal(1)
        elif self.pending and not (self.room < 0 and self.pending[-1] in ("a", "of")):
            return False
        self.pending.clear()
        self.decimals = None
        if power is None:
            if self.current >= 100 or (self.current % 1 and word == "hundred"):
                return False
            self.current *= 100 if word == "hundred" else 12
            self.room, self.joins = (100, True) if word == "hundred" else (0, False)
            return True
        if power >= self.last:
            return False
        self.total += self.current * Decimal(10) ** power
        self.current, self.room, self.joins, self.last = None, 100, True, power
        return True
