"""A text cut where its mentions begin and end, so that each piece knows what it says; mentions may overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from communique_models import Mention, Record

LINES = re.compile(r"[^\n]+")
TRIGGERS = ("trigger", "again")  # the words that tell a commitment, and those that tell it once more


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention, the kind of its fact (party, amount, date, trigger, …), what is said of it, and the commitments it is of."""

    start: int
    end: int
    kind: str
    told: str = ""
    commitments: tuple[str, ...] = ()


@dataclass(slots=True)
class Piece:
    """Words that have the same marks from end to end."""

    text: str
    kinds: tuple[str, ...] = ()
    told: str = ""
    words_of: tuple[str, ...] = ()  # the commitments that these are words of
    evidence_of: tuple[str, ...] = ()  # the commitments in whose evidence they stand
    told_by: tuple[str, ...] = ()  # the commitments of which a trigger ends here
    begins: tuple[str, ...] = ()  # the commitments whose first trigger begins here


@dataclass(slots=True)
class Paragraph:
    """A line of the text that is not empty."""

    pieces: list[Piece] = field(default_factory=list)
    is_title: bool = False


def paragraphs(text: str, marks: Iterable[Mark], title: str | None = None) -> Iterator[Paragraph]:
    """The text line by line, in pieces; the line that is the release's title is known."""
    begins = sorted(marks, key=lambda mark: mark.start)
    at, active = 0, list[Mark]()
    untitled = title is not None
    for match in LINES.finditer(text):
        start, end = match.span()
        if not match[0].strip():
            continue
        while at < len(begins) and begins[at].start < end:
            active.append(begins[at])
            at += 1
        active = [mark for mark in active if mark.end > start]
        is_title = untitled and match[0].strip() == (title or "").strip()
        untitled = untitled and not is_title
        yield Paragraph(list(_pieces(text, start, end, active)), is_title)


def _pieces(text: str, start: int, end: int, marks: list[Mark]) -> Iterator[Piece]:
    inside = {edge for mark in marks for edge in (mark.start, mark.end) if start < edge < end}
    edges = [start, *sorted(inside), end]
    for left, right in pairwise(edges):
        yield _piece(text[left:right], left, right, [mark for mark in marks if mark.start <= left and right <= mark.end])


def _piece(text: str, start: int, end: int, marks: list[Mark]) -> Piece:
    shown = [mark for mark in marks if mark.kind != "evidence"]
    return Piece(
        text,
        kinds=_each(mark.kind for mark in shown),
        told="; ".join(_each(mark.told for mark in shown if mark.told)),
        words_of=_each(one for mark in shown for one in mark.commitments),
        evidence_of=_each(one for mark in marks if mark.kind == "evidence" for one in mark.commitments),
        told_by=_each(one for mark in shown if mark.kind in TRIGGERS and mark.end == end for one in mark.commitments),
        begins=_each(one for mark in shown if mark.kind == "trigger" and mark.start == start for one in mark.commitments),
    )


def _each(told: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(told))


def near(mentions: Iterable[Mention], evidence: Iterable[Mention]) -> list[Mention]:
    """Those of a party's mentions that stand in the evidence; else the first."""
    every, sentences = list(mentions), list(evidence)
    inside = [one for one in every if any(it.start <= one.start and one.end <= it.end for it in sentences)]
    return inside or every[:1]


def used(record: Record) -> dict[tuple[int, int, str], list[str]]:
    """Which commitments the words of parties, amounts and dates belong to: by start, end and fact."""
    parties = {party.id: party for party in record.parties}
    found: dict[tuple[int, int, str], list[str]] = {}
    mention_of = {amount.id: amount.mention for amount in record.amounts} | {when.id: when.mention for when in record.dates}
    for one in record.commitments:
        told = [(fact, mention_of[fact]) for fact in (*one.amounts, *(use.date for use in one.dates))]
        for party in (*one.providers, *one.receivers, *((one.said_by,) if one.said_by else ())):
            told += [(party, mention) for mention in near(parties[party].mentions, one.evidence)]
        for fact, mention in told:
            found.setdefault((mention.start, mention.end, fact), []).append(one.id)
    return found
