"""What a release says of itself in its first lines: title, date of publication, place, language.

Only what came with the release (option, sidecar, metadata) goes before; where the text tells no date, the name of its file or
its address may. A date is never taken from a clock or a file's time, nor read where the order of day and month is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import dateparser

from communique.analysis import Analysis, Doubt
from communique.languages import ENGLISH, is_english, languages_in
from communique.lexicons import lexicon
from communique.segment import HEADING, SKIPPED, Block, Role
from communique_models import NoticeCode, PublishedBasis

HEAD_BLOCKS = 12  # in which a release says who, when, where
TAIL_BLOCKS = 6  # in which pages from the web say when they were published
OPENING = 300  # characters of a block in which its dateline or label stands

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DATE = re.compile(
    rf"""(?<![\w/.-])(?:
        (?P<dmy>(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]{{1,3}}{MONTH}\.?,?[\s-]{{1,3}}\d{{4}})
      | (?P<mdy>{MONTH}\.?\s{{1,3}}\d{{1,2}}(?:st|nd|rd|th)?,?\s{{1,3}}\d{{4}})
      | (?P<iso>\d{{4}}\s?[-–—./]\s?\d{{2}}\s?[-–—./]\s?\d{{2}})
      | (?P<dotted>\d{{1,2}}\s?\.\s?\d{{1,2}}\s?\.\s?\d{{4}})
      | (?P<slashed>(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/\d{{4}})
    )(?![\w/]|[.-]\d)""",
    re.IGNORECASE | re.VERBOSE,
)
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
GAP = rf"\s{{0,3}}[:,|–—-]{{0,2}}\s{{0,3}}{WEEKDAY}"
WEEKDAY_BEFORE = re.compile(rf"{WEEKDAY}\Z", re.IGNORECASE)
NAME = r"(?:[dl][’'])?[^\W\d_a-z][\w.'’]*"  # Oslo, St., d’Ivoire
NAMES = rf"{NAME}(?:[\s-](?:{NAME}|de|del|la|of|and|the|upon|am|an|der))*"
PLACE = re.compile(rf"(?P<place>{NAMES}(?:,\s*{NAMES}){{0,2}})")
WIRE = r"(?:\([^()\d]{2,40}\)|/[^/\d]{2,40}/|[-–—]{1,2}\s?[^-–—\d]{2,40}(?=\s?[-–—]))"
BETWEEN = re.compile(rf"\s*(?:{WIRE})?\s*[,:–—|-]{{0,2}}\s*{WEEKDAY}\Z", re.IGNORECASE)
AFTER_DATELINE = re.compile(r"\s*(?:[@,]?\s*(?:at\s)?\d{1,2}[:.]\d{2}[^–—\n]{0,20})?\s*(?:[-–—]|/|\(|:\s|\|)")
PLACE_ONLY = re.compile(rf"{PLACE.pattern}\s*(?:[-–—]{{1,2}}|/)\s*(?:\([^()]{{2,40}}\)|[^/()]{{2,40}}/)?", re.VERBOSE)
EVENT = re.compile(r"\b(?:time|venue|where|location)\s*:", re.IGNORECASE)  # an invitation: its date is that of the event
LEADS_ELSEWHERE = re.compile(
    r"(?:\b(?:on|from|to|until|till|by|since|of|for|between|and|in|at|before|after|ending|ended|through|dated|due|effective)"
    rf"|(?:\d|{MONTH})(?:st|nd|rd|th)?\s?[-–—])\s*\Z",
    re.IGNORECASE,
)
SIGNED = re.compile(rf"(?:{NAMES})?[\s,|:–—-]*(?i:{WEEKDAY})\Z")  # who signs, before the day at the end of a text
FOLLOWS = re.compile(r"[\s.,|]*(?:\([A-Za-z]+\))?[\s.]*")  # a weekday in brackets
NAMED_DAY = re.compile(
    r"(?<![^\W_])(?P<year>(?:19|20)\d{2})(?P<mark>[-_./]?)(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01])(?![^\W_])"
)


@dataclass(frozen=True, slots=True)
class Dating:
    """A day of publication, where the text tells it, and by which rule."""

    day: date
    start: int
    end: int
    basis: PublishedBasis
    rule: str
    place: str | None = None


def read_header(analysis: Analysis, text: str, uri: str | None = None) -> None:
    """Fill the context with what the release, and last its address, says of itself, where nothing better is known."""
    context = analysis.context
    context.language, analysis.layout, others = languages_in(analysis.layout, text)
    blocks = [block for block in analysis.layout.blocks if block.role is not Role.FOREIGN]
    context.title = context.title or _title(blocks, text)
    told = next(_datings(blocks, text), None)
    context.dateline_place = (told.place if told else None) or _place(blocks, text)
    if told and context.published_on is None:
        context.published_on, context.published_basis = told.day, told.basis
        analysis.kept("header", (told.start, told.end), told.rule, "date of publication")
    elif told:
        analysis.dropped("header", (told.start, told.end), told.rule, f"the {context.published_basis} goes before")
    elif context.published_on is None and uri and (day := day_in_name(uri)):
        context.published_on = day
        context.published_basis = PublishedBasis.URL if "://" in uri else PublishedBasis.FILENAME
    if not is_english(context.language):
        message = f"the text is not in English but in {context.language!r}; no facts are taken from it"
        analysis.doubts.append(Doubt(NoticeCode.NOT_ENGLISH, message))
    for language, size in sorted(others.items()):
        message = f"{size:,} characters are not in English but in {language!r}; no facts are taken from them"
        analysis.doubts.append(Doubt(NoticeCode.NOT_ENGLISH, message))


def tell_undated(analysis: Analysis) -> None:
    """Add a notice if dates stay unresolved for want of a date of publication."""
    if analysis.context.published_on is None and any(when.anchor == "release" and when.value is None for when in analysis.dates):
        message = "no date of publication came with the release or stands in it; dates relative to it are not resolved"
        analysis.doubts.insert(0, Doubt(NoticeCode.UNKNOWN_PUBLICATION_DATE, message))


def read_date(words: str) -> date | None:
    """The day that words such as `5th April 2024` name in full; None if there is none, or day and month may be exchanged."""
    match = DATE.fullmatch(words)
    if match is None:
        return None
    if match["slashed"] and int(match["first"]) <= 12 and int(match["second"]) <= 12 and match["first"] != match["second"]:
        return None
    if match["iso"] or match["dotted"] or match["slashed"]:
        return _day_of([int(number) for number in re.findall(r"\d+", words)])
    settings = {"STRICT_PARSING": True, "DATE_ORDER": "MDY" if match["mdy"] else "DMY", "PARSERS": ["absolute-time"]}
    found = dateparser.parse(re.sub(r"(?<=\d)\s+of\b|,", " ", words), languages=[ENGLISH], settings=settings)
    return found.date() if found else None


def _day_of(numbers: list[int]) -> date | None:
    """The day that a year, month and day make, or a day, month and year, or a month, day and year."""
    year, month, day = numbers if numbers[0] > 31 else reversed(numbers)
    try:
        return date(year, month, day) if month <= 12 else date(year, day, month)
    except ValueError:
        return None


def day_in_name(uri: str) -> date | None:
    """The day in the name of a file, or in an address: `2024-04-05`, `20240405` or `/2024/04/05/`; None if none, or several.

    Of a file inside another one only its own name counts, which one of many rows has not.
    """
    name = uri.partition("#")[2] if "://" not in uri and "#" in uri else uri
    days = {_day_of([int(match[part]) for part in ("year", "month", "day")]) for match in NAMED_DAY.finditer(name)}
    return days.pop() if len(days) == 1 else None


def _title(blocks: Sequence[Block], text: str) -> str | None:
    """The headline: the first heading, or first short line, that is not only the name of its kind, a number or a date."""
    for block in blocks[:HEAD_BLOCKS]:
        words = " ".join(text[block.start : block.end].split())
        heading = block.role in (Role.HEADLINE, Role.SUBHEAD)
        if not heading and not (block.role is Role.BODY and len(words) <= HEADING and len(blocks) > 1):
            return None
        kicker = DATE.fullmatch(words) or _labelled(block, text) or any(pattern.fullmatch(words) for pattern in _kickers())
        if not kicker:
            return words
    return None


def _datings(blocks: Sequence[Block], text: str) -> Iterator[Dating]:
    """Where the text says when it was published, the surest first: a label, a dateline, a line with a date, one at the end."""
    head = blocks[:HEAD_BLOCKS]
    tail = blocks[max(HEAD_BLOCKS, len(blocks) - TAIL_BLOCKS) :]
    yield from filter(None, (_labelled(block, text) for block in (*head, *tail)))
    yield from filter(None, (_dateline(block, text) for block in head))
    yield from filter(None, (_date_line(block, text) for block in head))
    yield from filter(None, (_date_line(block, text, SIGNED) for block in tail))


def _labelled(block: Block, text: str) -> Dating | None:
    words = text[block.start : min(block.end, block.start + OPENING)]
    for pattern in _labels():
        label = pattern.match(words)
        match = DATE.match(words, label.end()) if label else None
        if match and not EVENT.search(words):
            return _dating(match, block.start, PublishedBasis.METADATA, "header.label")
    return None


def _dateline(block: Block, text: str) -> Dating | None:
    """A place, a wire, a date in any order that ends in a dash, slash or bracket: `OSLO, Norway, March 5, 2024 /Nordwire/ --`."""
    if block.role in SKIPPED:
        return None
    words = text[block.start : min(block.end, block.start + OPENING)]
    match = DATE.search(words)
    if match is None or not AFTER_DATELINE.match(words, match.end()):
        return None
    before = words[: match.start()]
    place = PLACE.match(before)
    if not BETWEEN.match(before, place.end() if place and not WEEKDAY_BEFORE.match(before) else 0):
        return None
    told = " ".join(place["place"].split()) if place and not WEEKDAY_BEFORE.match(before) else None
    return _dating(match, block.start, PublishedBasis.DATELINE, "header.dateline", told)


def _date_line(block: Block, text: str, only_behind: re.Pattern[str] | None = None) -> Dating | None:
    """A heading that holds one full date, which no preposition makes part of its sentence: `Aid for Malawi 5 April 2024`.

    Nothing else may stand before it than what `only_behind` allows, if that is given.
    """
    if block.role not in (Role.HEADLINE, Role.SUBHEAD):
        return None
    words = text[block.start : block.end]
    found = list(DATE.finditer(words[:OPENING]))
    if len(found) != 1 or EVENT.search(words):
        return None
    before = words[: found[0].start()]
    if only_behind and not (only_behind.match(before) and FOLLOWS.fullmatch(words, found[0].end())):
        return None
    weekday = WEEKDAY_BEFORE.search(before)
    if LEADS_ELSEWHERE.search(before[: weekday.start()] if weekday else before):
        return None
    return _dating(found[0], block.start, PublishedBasis.DATELINE, "header.date_line")


def _dating(match: re.Match[str], offset: int, basis: PublishedBasis, rule: str, place: str | None = None) -> Dating | None:
    day = read_date(match.group())
    return Dating(day, offset + match.start(), offset + match.end(), basis, rule, place) if day else None


def _place(blocks: Sequence[Block], text: str) -> str | None:
    """The place of a dateline without a date: `BERGEN – The city …`."""
    for block in blocks[:HEAD_BLOCKS]:
        if block.role is Role.BODY:
            words = text[block.start : min(block.end, block.start + OPENING)]
            match = PLACE_ONLY.match(words)
            return " ".join(match["place"].split()) if match and match["place"].split()[0].isupper() else None
    return None


@cache
def _labels() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\W{{0,4}}(?:{entry['pattern']}){GAP}", re.IGNORECASE) for entry in lexicon("header")["label"])


@cache
def _kickers() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(entry["pattern"], re.IGNORECASE) for entry in lexicon("header")["kicker"])
