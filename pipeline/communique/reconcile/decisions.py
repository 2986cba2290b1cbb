"""People's decisions, found again in records made anew: a commitment by the place of its trigger, a party by its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from communique.normalise.names import fold
from communique.reconcile.actors import PartyRow
from communique.reconcile.ledger import Decision
from communique.reconcile.telling import KEY_DIGITS, Telling
from communique_models import Relation


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision as it is kept: `later_words` and `earlier_words` tell what the keys were of.

    Of a commitment they are first and last character of its trigger and its words (``12-24 will provide``), of a party its name.
    """

    later: str
    earlier: str
    relation: Relation | None
    later_words: str
    earlier_words: str
    by: str


@dataclass(frozen=True, slots=True)
class Found:
    """Decisions by the keys of now, and how many found nothing that they are about."""

    commitments: list[Decision]
    same_parties: list[tuple[str, str]]
    parties_apart: list[tuple[str, str]]
    lost: int


def is_party(key: str) -> bool:
    """Whether a key is that of a party."""
    return key.partition(":")[2].startswith("p")


def words_of_telling(telling: Telling) -> str:
    """By which a commitment is known again."""
    return f"{telling.trigger[0]}-{telling.trigger[1]} {telling.quote}"


def find(kept: Iterable[Kept], tellings: Iterable[Telling], rows: Iterable[PartyRow]) -> Found:
    """The decisions about what is there now."""
    by_release: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_release[telling.key[:KEY_DIGITS]].append(telling)
    parties: dict[str, list[PartyRow]] = defaultdict(list)
    for row in rows:
        parties[row.key[:KEY_DIGITS]].append(row)
    found = Found([], [], [], 0)
    lost = 0
    for one in sorted(kept, key=lambda one: (one.later, one.earlier)):
        of_party = is_party(one.later)
        keys = [
            _party(key, words, parties[key[:KEY_DIGITS]]) if of_party else _telling(key, words, by_release[key[:KEY_DIGITS]])
            for key, words in ((one.later, one.later_words), (one.earlier, one.earlier_words))
        ]
        later, earlier = keys
        if later is None or earlier is None or later == earlier:
            lost += 1
        elif of_party:
            (found.parties_apart if one.relation is None else found.same_parties).append((later, earlier))
        else:
            found.commitments.append(Decision(later, earlier, one.relation, one.by))
    return Found(found.commitments, found.same_parties, found.parties_apart, lost)


def _telling(key: str, words: str, told: list[Telling]) -> str | None:
    """The commitment whose trigger meets the one that was decided about; the same words, and the same key, before others."""
    place, _, quote = words.partition(" ")
    start, _, end = place.partition("-")

    def shared(one: Telling) -> int:
        return min(one.trigger[1], int(end)) - max(one.trigger[0], int(start))

    meeting = [one for one in told if shared(one) > 0]
    best = max(meeting, key=lambda one: (one.quote == quote, shared(one), one.key == key, -one.number), default=None)
    return best.key if best else None


def _party(key: str, name: str, told: list[PartyRow]) -> str | None:
    same = [one for one in told if fold(one.name) == fold(name)]
    same = same or [one for one in told if fold(name) in {fold(alias) for alias in one.aliases}]
    return next((one.key for one in same if one.key == key), same[0].key if same else None)
