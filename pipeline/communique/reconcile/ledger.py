"""The ledger: tellings of all releases in their order, each joined to the undertaking that it tells of, or opening a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from communique.reconcile.actors import PERSON, Actor
from communique.reconcile.candidates import Candidates
from communique.reconcile.compare import Judgement, Standing, compare
from communique.reconcile.roles import Roles
from communique.reconcile.telling import Telling
from communique_models import FIRM, Relation, Status, UpdateEffect

RULE = "rule"
SURE = 0.5  # score from which two tellings are joined
PARTS = frozenset({Relation.DRAWS_DOWN, Relation.FULFILS})


@dataclass(frozen=True, slots=True)
class Link:
    """A later telling's relation to an earlier one: score from 0 to 1, reasons, and who decided."""

    later: str
    earlier: str
    relation: Relation
    effect: UpdateEffect | None
    score: float
    reasons: tuple[str, ...]
    decided_by: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two commitments, by their keys: how the later stands to the earlier, or None, that they are two."""

    later: str
    earlier: str
    relation: Relation | None
    by: str


@dataclass(slots=True)
class Undertaking:
    """One undertaking, told by one commitment or more, in their order; `total` is what it comes to now, by currency."""

    tellings: list[str] = field(default_factory=list)
    total: dict[str, Decimal] = field(default_factory=dict)
    drawn: dict[str, Decimal] = field(default_factory=dict)
    status: Status = Status.PROPOSED

    @property
    def id(self) -> str:
        """The key of its first telling."""
        return self.tellings[0]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All undertakings, the links between their tellings, and what new money each telling brings, by currency."""

    undertakings: list[Undertaking]
    links: list[Link]
    new_money: dict[str, dict[str, Decimal]]


def reconcile(tellings: Iterable[Telling], actors: Iterable[Actor], decisions: Iterable[Decision] = ()) -> Ledger:
    """The ledger of tellings, the same whatever their order; `decisions` go before all rules."""
    ordered = sorted(tellings, key=lambda telling: telling.order)
    roles = Roles(actors)
    return _Book(ordered, roles, decisions).kept()


class _Book:
    def __init__(self, ordered: list[Telling], roles: Roles, decisions: Iterable[Decision]) -> None:
        self._tellings = ordered
        self._roles = roles
        self._numbers = {telling.key: number for number, telling in enumerate(ordered)}
        self._of: list[Undertaking] = []
        self._links: list[Link] = []
        self._money: dict[str, dict[str, Decimal]] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self._joined: dict[str, list[Decision]] = defaultdict(list)
        for decision in sorted(decisions, key=lambda one: (one.later, one.earlier)):
            self._keep(decision)

    def _keep(self, decision: Decision) -> None:
        later, earlier = decision.later, decision.earlier
        if later not in self._numbers or earlier not in self._numbers:
            return
        if decision.relation is None:
            self._apart[later].add(earlier)
            self._apart[earlier].add(later)
        elif self._numbers[earlier] < self._numbers[later]:
            self._joined[later].append(decision)
        else:
            self._joined[earlier].append(Decision(earlier, later, decision.relation, decision.by))

    def kept(self) -> Ledger:
        """Go through the tellings in their order."""
        candidates = Candidates(self._roles)
        for number, telling in enumerate(self._tellings):
            link = self._by_person(telling) or self._by_rule(telling, candidates.of(telling))
            if link:
                undertaking = self._of[self._numbers[link.earlier]]
                self._links.append(link)
            else:
                undertaking = Undertaking()
            undertaking.tellings.append(telling.key)
            self._of.append(undertaking)
            self._money[telling.key] = _enter(telling, link, undertaking)
            candidates.add(number, telling)
        undertakings = list({id(one): one for one in self._of}.values())
        return Ledger(undertakings, self._links, self._money)

    def _by_person(self, telling: Telling) -> Link | None:
        for one in self._joined.get(telling.key, ()):
            assert one.relation is not None
            effect = UpdateEffect.REPLACES if one.relation is Relation.UPDATES else None
            return Link(telling.key, one.earlier, one.relation, effect, 1.0, (f"decided by {one.by}",), PERSON)
        return None

    def _by_rule(self, telling: Telling, numbers: list[int]) -> Link | None:
        best: tuple[float, int, Judgement] | None = None
        lone = len({id(self._of[number]) for number in numbers}) == 1
        for number in numbers:
            earlier, undertaking = self._tellings[number], self._of[number]
            if earlier.release_id == telling.release_id or not self._may_join(telling, undertaking):
                continue
            judged = compare(earlier, telling, self._roles, Standing(undertaking.total, undertaking.drawn, lone))
            if judged and judged.score >= SURE and (best is None or (judged.score, -number) > best[:2]):
                best = judged.score, -number, judged
        if best is None:
            return None
        score, number, judged = best
        earlier = self._tellings[-number]
        return Link(telling.key, earlier.key, judged.relation, judged.effect, score, judged.reasons, RULE)

    def _may_join(self, telling: Telling, undertaking: Undertaking) -> bool:
        apart = self._apart.get(telling.key)
        return not apart or not apart.intersection(undertaking.tellings)


def _enter(telling: Telling, link: Link | None, undertaking: Undertaking) -> dict[str, Decimal]:
    """Put a telling into its undertaking's account; what new money it brings, less than none where a sum is cut or taken back."""
    before = dict(undertaking.total)
    own = telling.counted
    if link is None:
        undertaking.total.update(own)
    elif link.relation is Relation.WITHDRAWS:
        _take_back(telling, undertaking)
    elif link.relation is Relation.UPDATES and link.effect is UpdateEffect.ADDS:
        for currency, value in own.items():
            undertaking.total[currency] = before.get(currency, Decimal(0)) + value
    elif link.relation is Relation.UPDATES and own and telling.status in FIRM:
        undertaking.total.update({currency: value for currency, value in own.items() if currency in before or not before})
    elif (
        not any(before.values())
        and own
        and link.relation is not Relation.DRAWS_DOWN
        and undertaking.status is not Status.WITHDRAWN
    ):
        undertaking.total.update(own)
    if link and link.relation in PARTS:
        for currency, value in own.items():
            undertaking.drawn[currency] = undertaking.drawn.get(currency, Decimal(0)) + value
    undertaking.status = telling.status
    now = undertaking.total
    changes = {currency: now.get(currency, Decimal(0)) - before.get(currency, Decimal(0)) for currency in sorted({*now, *before})}
    return {currency: value for currency, value in changes.items() if value}


def _take_back(telling: Telling, undertaking: Undertaking) -> None:
    """Of what was undertaken, the sum that is told, else all."""
    told = {one.currency: one.value for one in telling.sums if not one.per}
    for currency, total in undertaking.total.items():
        taken = told.get(currency, total) if set(told) & set(undertaking.total) else total
        undertaking.total[currency] = max(Decimal(0), total - taken)
