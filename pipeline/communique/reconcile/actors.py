"""Parties of different releases that are one and the same actor: by identifier, country, name, alias, likeness of names.

The steps go from the surest to the least sure. None joins actors of different kinds, countries or identifiers, or two that a
person told apart; what a person joined comes first.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from communique.normalise.names import fold, is_acronym
from communique.reconcile.likeness import NEAR, like, probes, stripped
from communique.reconcile.telling import key_of
from communique_models import Kind, Record

T = TypeVar("T")
PERSON = "person"
SURE, BY_NAME, BY_ALIAS = 1.0, 0.98, 0.93  # scores of what joined a party to its actor
FIELDS = {Kind.COUNTRY: "country", Kind.PERSON: "person"}  # other kinds are organisations, which releases tell apart less surely
COMMON = frozenset(
    {
        "ministry", "department", "agency", "office", "council", "government", "treasury", "parliament", "commission",
        "committee",
        "board", "bank", "university", "fund", "of", "for", "and", "the", "foreign", "external", "affairs", "health", "finance",
        "defence", "defense", "education", "justice", "interior", "home", "state", "trade", "transport", "energy",
        "environment",
        "agriculture", "development", "economy", "economic", "labour", "labor", "culture", "science", "technology", "national",
        "central", "supreme", "federal", "public", "security",
    }
)  # fmt: skip
"""Words of which alone a name means another body in each country: `Ministry of Finance`."""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party of one release; `country` is its own, or that of the state for which it acts."""

    key: str
    name: str
    aliases: tuple[str, ...]
    kind: Kind
    country: str | None
    identifiers: dict[str, str]
    represents: str | None = None


@dataclass(slots=True)
class Actor:
    """A party across releases; `members` maps the keys of its parties to score and reason."""

    id: str
    name: str
    kind: Kind
    country: str | None
    members: dict[str, tuple[float, str, str]] = field(default_factory=dict)


def party_rows(record: Record) -> Iterator[PartyRow]:
    """The parties of a record."""
    by_id = {party.id: party for party in record.parties}
    for party in record.parties:
        whom = by_id[party.represents] if party.represents else None
        yield PartyRow(
            key=key_of(record.release.id, party.id),
            name=party.name,
            aliases=tuple(party.aliases),
            kind=party.kind,
            country=party.country or (whom.country if whom else None),
            identifiers=dict(party.identifiers),
            represents=key_of(record.release.id, whom.id) if whom else None,
        )


def join(rows: Iterable[PartyRow], same: Iterable[tuple[str, str]] = (), apart: Iterable[tuple[str, str]] = ()) -> list[Actor]:
    """The actors of all parties, in the order of their ids; `same` and `apart` are pairs of keys that a person decided on."""
    joining = _Joining(sorted(rows, key=lambda row: row.key), set(apart))
    joining.by_person(same)
    joining.by_identifier()
    joining.by_country()
    joining.by_name()
    joining.by_alias()
    joining.by_likeness()
    return joining.actors()


class _Group:
    """Parties known to be one, with all that is known of them."""

    __slots__ = ("countries", "fields", "identifiers", "keys", "number", "reasons", "rows")

    def __init__(self, number: int, row: PartyRow) -> None:
        self.number = number
        self.rows = [row]
        self.keys = {row.key}
        self.fields = {FIELDS.get(row.kind, "organisation")}
        self.countries = {row.country} if row.country else set()
        self.identifiers = dict(row.identifiers)
        self.reasons: dict[str, tuple[float, str, str]] = {row.key: (SURE, "its own", "rule")}


class _Joining:
    def __init__(self, rows: list[PartyRow], apart: set[tuple[str, str]]) -> None:
        self._groups = [_Group(number, row) for number, row in enumerate(rows)]
        self._leaders = list(range(len(rows)))
        self._numbers = {row.key: number for number, row in enumerate(rows)}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def by_person(self, pairs: Iterable[tuple[str, str]]) -> None:
        """What a person joined, whatever kinds and countries say."""
        for one, other in sorted(pairs):
            if one in self._numbers and other in self._numbers:
                self._merge(self._of(one), self._of(other), SURE, "joined by a person", PERSON, force=True)

    def by_identifier(self) -> None:
        """The same value of the same scheme."""
        self._all(
            [
                ((f"{scheme}:{value}",), group, f"{scheme} {value}")
                for group in self._living()
                for scheme, value in sorted(group.identifiers.items())
            ]
        )

    def by_country(self) -> None:
        """States by their code."""
        self._all(
            [
                ((group.rows[0].country,), group, f"the state {group.rows[0].country}")
                for group in self._living()
                if group.rows[0].kind is Kind.COUNTRY and group.rows[0].country
            ]
        )

    def by_name(self) -> None:
        """The same name but for case, accents, legal form and the country in it; one of common words needs its country told."""
        found: list[tuple[tuple[str, ...], _Group, str]] = []
        for group in self._living():
            row = group.rows[0]
            name = stripped(row.name, row.country)
            if not name:
                continue
            if set(name.split()) <= COMMON:
                if row.country:
                    found.append(((name, row.country), group, f"the name {row.name!r} in {row.country}"))
            else:
                found.append(((name,), group, f"the name {row.name!r}"))
        self._all(found, BY_NAME)

    def by_alias(self) -> None:
        """The name of one is an alias of the other, and of nobody else."""
        known: dict[str, set[int]] = defaultdict(set)
        named: dict[str, set[int]] = defaultdict(set)
        for group in self._living():
            for row in group.rows:
                named[fold(row.name)].add(group.number)
                for alias in row.aliases:
                    if tells(alias):
                        known[fold(alias)].add(group.number)
        for alias in sorted(known):
            numbers = {self._leader(number) for number in known[alias] | named.get(alias, set())}
            kinds = {frozenset(self._groups[number].fields) for number in numbers}
            if len(numbers) > 1 and len(kinds) == 1 and len({self._leader(number) for number in known[alias]}) == 1:
                first, *others = sorted(numbers)
                for other in others:
                    self._merge(self._groups[first], self._groups[other], BY_ALIAS, f"the alias {alias!r}")

    def by_likeness(self) -> None:
        """Names that differ in spelling: the likest first, each compared only with those that share a word's beginning."""
        blocks: dict[str, list[int]] = defaultdict(list)
        names: dict[int, str] = {}
        for group in self._living():
            name = stripped(group.rows[0].name, group.rows[0].country)
            if group.fields == {"country"} or not name or set(name.split()) <= COMMON:
                continue
            names[group.number] = name
            for probe in probes(name):
                blocks[probe].append(group.number)
        pairs = set()
        for numbers in blocks.values():
            if len(numbers) <= BLOCK:
                pairs |= {(a, b) for i, a in enumerate(numbers) for b in numbers[i + 1 :] if names[a] != names[b]}
        rated = ((like(names[a], names[b], self._groups[a].fields == {"person"}), a, b) for a, b in sorted(pairs))
        for score, a, b in sorted((one for one in rated if one[0] >= NEAR), key=lambda one: (-one[0], one[1], one[2])):
            one, other = self._groups[self._leader(a)], self._groups[self._leader(b)]
            self._merge(one, other, score, f"the name {self._groups[a].rows[0].name!r} is like it")

    def actors(self) -> list[Actor]:
        """What was joined, each under the fullest of its commonest names."""
        made = []
        for group in self._living():
            kind = _commonest(row.kind for row in group.rows)
            name = _commonest(row.name for row in group.rows)
            countries = sorted(row.country for row in group.rows if row.country)
            country = _commonest(countries) if countries else None
            first = min(group.rows, key=lambda row: row.key)
            identity = f"{kind.value}:{country}" if kind is Kind.COUNTRY and country else f"{kind.value}:{fold(name)}:{first.key}"
            id_ = hashlib.sha256(identity.encode()).hexdigest()[:16]
            made.append(Actor(id_, name, kind, country, dict(sorted(group.reasons.items()))))
        return sorted(made, key=lambda actor: actor.id)

    def _all(self, found: Sequence[tuple[tuple[str | None, ...], _Group, str]], score: float = SURE) -> None:
        """Join groups of the same value, as far as they may be one."""
        by_value: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for value, group, reason in sorted(found, key=lambda one: not one[1].countries):
            place = (*value, *sorted(group.fields))
            options = [self._groups[number] for number in sorted({self._leader(number) for number in by_value[place]})]
            other = self._groups[self._leader(group.number)]
            if not other.countries and sum(bool(one.countries) for one in options) > 1:  # of which country it is cannot be told
                options = [one for one in options if not one.countries]
            if not any(self._merge(one, other, score, reason) for one in options):
                by_value[place].append(group.number)

    def _merge(self, one: _Group, other: _Group, score: float, reason: str, by: str = "rule", *, force: bool = False) -> bool:
        if one is other:
            return True
        if not force and not self._may_be_one(one, other):
            return False
        if other.number < one.number:
            one, other = other, one
        for key, (earlier, why, who) in other.reasons.items():
            one.reasons[key] = (score, reason, by) if why == "its own" else (min(earlier, score), f"{why}; {reason}", who)
        one.rows += other.rows
        one.keys |= other.keys
        one.fields |= other.fields
        one.countries |= other.countries
        one.identifiers = {**other.identifiers, **one.identifiers}
        self._leaders[other.number] = one.number
        return True

    def _may_be_one(self, one: _Group, other: _Group) -> bool:
        if one.fields != other.fields or (one.countries and other.countries and not one.countries & other.countries):
            return False
        if any(other.identifiers.get(scheme, value) != value for scheme, value in one.identifiers.items()):
            return False
        fewer, more = sorted((one.keys, other.keys), key=len)
        return not any(self._apart[key] & more for key in fewer if key in self._apart)

    def _leader(self, number: int) -> int:
        while self._leaders[number] != number:
            self._leaders[number] = self._leaders[self._leaders[number]]
            number = self._leaders[number]
        return number

    def _of(self, key: str) -> _Group:
        return self._groups[self._leader(self._numbers[key])]

    def _living(self) -> list[_Group]:
        return [group for number, group in enumerate(self._groups) if self._leaders[number] == number]


BLOCK = 400  # groups that share a word's beginning; more say that the word tells nothing


def tells(alias: str) -> bool:
    """Whether an alias tells an actor by itself: an acronym, or several words of which one is no common one; no `the Fund`."""
    words = fold(alias).split()
    if is_acronym(alias):
        return len(words[0]) > 2 if words else False
    return len(words) > 1 and alias[:4].lower() != "the " and bool(set(words) - COMMON)


def _commonest(values: Iterable[T]) -> T:
    counts = Counter(values)
    most = max(counts.values())
    return min((one for one, count in counts.items() if count == most), key=lambda one: (-len(str(one)), str(one)))
