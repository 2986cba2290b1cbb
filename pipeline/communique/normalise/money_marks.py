"""The mark of a currency right before or after a number: which one, and where it begins or ends."""

from __future__ import annotations

import re
from dataclasses import replace

from communique.normalise import currencies
from communique.normalise.currencies import Mark
from communique.normalise.numbers import SPACE
from communique_models import CurrencyBasis

GAP = rf"(?:{SPACE}{{1,2}}|{SPACE}?\n)?"
"""What may stand between a number and its mark."""
_SIGNS = "".join(re.escape(sign) for sign in currencies.signs())
_SIGN_BEFORE = re.compile(
    rf"(?P<letters>(?<![^\W\d_.])[A-Za-z][A-Za-z.]{{0,4}})?(?P<gap>{SPACE}?)(?P<sign>[{_SIGNS}])(?P<tail>[A-Za-z.]{{0,3}})"
    rf"(?:{GAP}|:|-)\(?$"
)
_SIGN_AFTER = re.compile(
    rf"(?P<gap>{SPACE}?)-?(?P<letters>[A-Z]{{1,3}})?(?P<sign>[{_SIGNS}])(?!{SPACE}?[0-9])(?P<tail>[A-Za-z]{{0,3}})(?![A-Za-z])"
)
_CODE_BEFORE = re.compile(rf"(?P<words>(?:[^\W\d_][\w.&’']*{SPACE}){{0,4}})\((?P<code>[A-Z]{{3}})\){SPACE}?$")
_WORD_BEFORE = re.compile(rf"(?P<words>(?:[^\W\d_][\w.&’']*{SPACE}){{0,3}}[^\W\d_][^\W\d_./]*(?:/\.?)?\.?)(?P<gap>{GAP})$")
_WORDS_AFTER = re.compile(
    rf"(?P<gap>{GAP}|[-‐‑])(?P<words>[^\W\d_](?:[^\W\d_]|\.(?=[A-Za-z]))*\.?(?:(?:{SPACE}|[-‐‑]|\n)[^\W\d_](?:[^\W\d_]|\.(?=[A-Za-z]))*\.?){{0,3}})"
)


def mark_before(text: str, start: int, floor: int) -> tuple[Mark, int] | None:
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
    return _word_before(text, match, left) if match is not None else None


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


def _word_before(text: str, match: re.Match[str], left: int) -> tuple[Mark, int] | None:
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
            return (replace(mark, grouped=True) if phrase in currencies.numbered() else mark), place + cut
        space = re.search(SPACE, phrase)
        cut = cut + space.end() if space else -1
    return None


def _stands_alone(text: str, place: int) -> bool:
    """Whether a word begins at a place, and no pair of currencies (`EUR/USD`)."""
    return place == 0 or not (text[place - 1].isalnum() or text[place - 1] in "/_@#.")


def mark_after(text: str, end: int) -> tuple[Mark, int] | None:
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
            phrase = phrase.rstrip(".")
        if mark is None or not mark.after:
            continue
        end = match.start("words") + len(phrase)
        if len(plain) == 1 and (match["gap"] or text[end : end + 1] == "."):
            continue  # 25p, but not '5 p.m.'
        if not match["gap"] and plain == "Rs" and text[match.start() - 2 : match.start() - 1].isspace():
            continue  # the 3Rs
        if text[end : end + 1].isalnum() or (match["gap"] in ("-", "‐", "‑") and plain.isupper() and len(plain) < 3):
            continue
        return mark, end
    return None
