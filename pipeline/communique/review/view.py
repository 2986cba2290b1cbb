"""A release as the page shows it: its text in pieces that know their places, its commitments as cards, and both as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from communique.overlay import AmountTold, Card, DateTold, Flag, Overlaid, PartyTold, Told
from communique.overlay.build import as_amount, as_date
from communique.overlay.decision import WHY
from communique.overlay.snapshot import amount_told, date_told, party_told
from communique.report import words
from communique.report.marks import Mark, Piece, paragraphs
from communique.report.release import Card as Shown
from communique.report.release import cards_of, marks_of
from communique_models import Basis, Comparator, DateRole, Record

NEAR = 9
"""Parties that have a digit as their key."""


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of the text with its first character; `odd` shows a character that is invisible by itself."""

    start: int
    text: str
    piece: Piece
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A card on the page: `key` is its id there, `shown` what it says, where a record has it."""

    key: str
    card: Card
    shown: Shown | None
    why: str | None
    otherwise: list[tuple[str, str]]  # what communique says, where that differs


def text_of(overlaid: Overlaid, keys: dict[str, str]) -> Iterator[tuple[bool, list[Place]]]:
    """The paragraphs of the text, whether each is the headline, and their pieces."""
    record, at = overlaid.record, 0
    marks = [*marks_of(record), *_marks_beside(overlaid, keys)]
    for paragraph in paragraphs(record.text, marks, record.release.title):
        at = record.text.index("".join(piece.text for piece in paragraph.pieces), at)
        places: list[Place] = []
        for piece in paragraph.pieces:
            places += _places(at, piece)
            at += len(piece.text)
        yield paragraph.is_title, places


def keys_of(overlaid: Overlaid) -> dict[str, str]:
    """The ids of the cards on the page, by their subjects: those of the record where it has them."""
    return {card.subject: card.id or f"x{number}" for number, card in enumerate(overlaid.cards, 1)}


def _marks_beside(overlaid: Overlaid, keys: dict[str, str]) -> Iterator[Mark]:
    """The words of commitments that are not in the record since they were rejected."""
    for card in overlaid.cards:
        if card.id is None and card.flag is not Flag.LOST:
            told, of = card.told, (keys[card.subject],)
            yield Mark(told.trigger.start, told.trigger.end, "again", f"commitment {card.verdict}", of)
            yield from (Mark(one.start, one.end, "evidence", commitments=of) for one in told.evidence)


def _places(at: int, piece: Piece) -> Iterator[Place]:
    """A piece, cut at invisible characters."""
    done = 0
    for match in words.INVISIBLE.finditer(piece.text):
        if match.start() > done:
            yield Place(at + done, piece.text[done : match.start()], piece)
        yield Place(at + match.start(), match[0], piece, odd=True)
        done = match.end()
    if done < len(piece.text):
        yield Place(at + done, piece.text[done:], piece)


def cards_seen(record: Record, overlaid: Overlaid, keys: dict[str, str]) -> list[Seen]:
    """The cards of a release; `record` is what communique said."""
    now = {card.id: card for card in cards_of(overlaid.record)}
    then = {card.id: card for card in cards_of(record)}
    return [
        Seen(
            key=keys[card.subject],
            card=card,
            shown=now.get(card.id or "") or then.get(card.found_id or ""),
            why=WHY[card.flag] if card.flag else None,
            otherwise=_otherwise(card),
        )
        for card in overlaid.cards
    ]


def _otherwise(card: Card) -> list[tuple[str, str]]:
    """What communique says of a commitment where a person says something else."""
    if card.decision is None or card.found is None or card.decision.told is None:
        return []
    mine, found = _lines(card.told), _lines(card.found)
    return [(name, told or "nothing") for name, told in found.items() if told != mine[name]]


def _lines(told: Told) -> dict[str, str]:
    """A commitment as lines that can be compared."""
    return {
        "who": words.listed(one.name for one in told.providers),
        "whom": ", ".join(one.name for one in told.receivers),
        "said by": told.said_by.name if told.said_by else "",
        "action": told.action.value,
        "status": told.status.value,
        "sums": "; ".join(sum_words(one) for one in told.amounts),
        "dates": "; ".join(f"{one.role.value} {words.date_words(as_date(one, 'd1'))}" for one in told.dates),
        "in kind": "; ".join(one.description for one in told.items),
        "for": ", ".join(told.purposes),
        "if": told.condition.quote if told.condition else "",
        "words": told.trigger.quote,
    }


def sum_words(told: AmountTold) -> str:
    """A sum in words, and what it is where it is no new money."""
    amount = as_amount(told, "a1")
    return words.sum_words(amount) + (f" ({words.basis_words(amount)})" if amount.basis is not Basis.NEW else "")


def data_of(overlaid: Overlaid, keys: dict[str, str]) -> dict[str, Any]:
    """What the page needs for editing: each commitment as told, and the parties, sums and times that there are to choose from."""
    record = overlaid.record
    amounts = {one.id: one for one in record.amounts}
    return {
        "id": record.release.id,
        "text": record.text,
        "complete": overlaid.complete.id if overlaid.complete else None,
        "cards": [_card_data(card, keys[card.subject]) for card in overlaid.cards],
        "parties": [_party(party_told(record.text, one, [])) for one in record.parties],
        "amounts": [_amount(amount_told(record.text, one, amounts)) for one in record.amounts],
        "dates": [_date(date_told(record.text, one, DateRole.DUE)) for one in record.dates],
    }


def _card_data(card: Card, key: str) -> dict[str, Any]:
    return {
        "key": key,
        "subject": card.subject,
        "verdict": card.verdict and card.verdict.value,
        "flag": card.flag and card.flag.value,
        "after": card.decision.id if card.decision else None,
        "lost": card.flag is Flag.LOST,
        "found": card.found is not None,
        "told": card.told.model_dump(mode="json"),
        "labels": {"amounts": [sum_words(one) for one in card.told.amounts]},
    }


def _party(told: PartyTold) -> dict[str, Any]:
    return told.model_dump(mode="json")


def _amount(told: AmountTold) -> dict[str, Any]:
    return {**told.model_dump(mode="json"), "label": sum_words(told)}


def _date(told: DateTold) -> dict[str, Any]:
    return {**told.model_dump(mode="json"), "label": words.date_words(as_date(told, "d1"))}


def options(names: Iterable[Any]) -> list[str]:
    """The words of a vocabulary."""
    return [one.value for one in names]


COMPARATORS = {one.value: words.COMPARATORS[one].strip() or "exactly" for one in Comparator} | {Comparator.RANGE.value: "between"}
"""Each comparator as people say it."""
