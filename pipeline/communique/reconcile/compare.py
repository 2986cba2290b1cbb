"""Whether a later telling is of the same undertaking as an earlier one, how it stands to it, how surely, and why.

What speaks for and against is added up as log-odds; the weights were set by hand on the groups of
`tests/reconcile/groups/tuned.toml`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from communique.reconcile.roles import Roles, meet
from communique.reconcile.sums import Match, Sum
from communique.reconcile.telling import Telling
from communique.reconcile.words import states
from communique_models import Action, DateRole, Relation, Status, UpdateEffect


@dataclass(frozen=True, slots=True)
class Judgement:
    """The later telling's relation to the earlier one, with a score from 0 to 1."""

    relation: Relation
    score: float
    reasons: tuple[str, ...]
    effect: UpdateEffect | None = None


@dataclass(slots=True)
class Weighed:
    """Evidence added up: log-odds, and what they are made of."""

    odds: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, weight: float, reason: str) -> None:
        """One piece of evidence."""
        self.odds += weight
        self.reasons.append(reason)

    def judged(self, relation: Relation, effect: UpdateEffect | None = None) -> Judgement:
        """What it comes to."""
        return Judgement(relation, round(1 / (1 + math.exp(-self.odds)), 4), tuple(self.reasons), effect)


OPEN = frozenset({Status.PROPOSED, Status.PLANNED})
PROMISED = frozenset({Status.PLEDGED, Status.AGREED, Status.ALLOCATED})
STANDING = frozenset({"adds", "replaces", "draws"})  # cues of how a telling stands to one with another sum
SUM_EACH_DIGIT, DIGITS = 0.45, 4
TOLERANCE = Decimal("1.02")  # of a pledge that may be drawn
KINDRED: tuple[frozenset[Action], ...] = (
    frozenset(
        {
            Action.FUND,
            Action.LEND,
            Action.INVEST,
            Action.SUPPLY,
            Action.SERVE,
            Action.PAY,
            Action.BUILD,
            Action.AGREE,
            Action.OTHER,
        }
    ),
    frozenset(
        {Action.BUY, Action.SELL, Action.SUPPLY, Action.SERVE, Action.BUILD, Action.AGREE, Action.INVEST, Action.COOPERATE}
    ),
    frozenset({Action.BUILD, Action.INVEST, Action.EMPLOY, Action.PUBLISH, Action.SERVE}),
    frozenset({Action.REGULATE, Action.REDUCE, Action.AGREE, Action.PUBLISH}),
    frozenset({Action.AGREE, Action.COOPERATE, Action.SERVE}),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an undertaking stands before a telling: its sums in all, and what of them was drawn or delivered, by currency."""

    total: dict[str, Decimal]
    drawn: dict[str, Decimal]
    lone: bool = False
    """Whether nothing else is known that the telling could be of."""


def compare(earlier: Telling, later: Telling, roles: Roles, standing: Standing) -> Judgement | None:
    """The most likely relation of two tellings of different releases; None where they are of different undertakings."""
    if not _kindred(earlier, later) or _plainly_apart(earlier, later, standing):
        return None
    met = meet(earlier, later, roles)
    if met is None:
        return None
    ground = Weighed(-1.8)
    ground.add(*met)
    _times(earlier, later, ground)
    _words(earlier, later, ground)
    judged = list(_relations(earlier, later, standing, ground))
    return max(judged, key=lambda one: one.score, default=None)


def _plainly_apart(earlier: Telling, later: Telling, standing: Standing) -> bool:
    """Whether no relation is open, so that nothing has to be weighed: another sum, and no word of how it stands to this one."""
    if later.status is Status.WITHDRAWN is not earlier.status or not _comparable(earlier, later):
        return False
    if later.status not in (Status.DELIVERED, Status.WITHDRAWN):
        if later.earlier or later.cues & STANDING or _same_programme(earlier, later):
            return False
    elif later.status is not earlier.status:
        before, after = _common(earlier, later, standing) or (None, None)
        if before is None or after is None or after.value <= before.value:
            return False
    return _equal(earlier, later, standing) is None


def _kindred(one: Telling, other: Telling) -> bool:
    return one.action is other.action or any(one.action in kin and other.action in kin for kin in KINDRED)


def _relations(earlier: Telling, later: Telling, standing: Standing, ground: Weighed) -> Iterator[Judgement]:
    """The relations that status and sums leave open."""
    was, now = earlier.status, later.status
    if now is Status.WITHDRAWN:
        if was is not Status.WITHDRAWN:
            yield from _withdrawal(earlier, later, standing, ground)
        else:
            yield from _same(earlier, later, standing, ground)
    elif now is Status.DELIVERED and was is not Status.DELIVERED:
        if was is not Status.WITHDRAWN:
            yield from _fulfilment(earlier, later, standing, ground)
    elif now is Status.DELIVERED:
        yield from _same(earlier, later, standing, ground)
    else:
        yield from _same(earlier, later, standing, ground)
        yield from _update(earlier, later, standing, ground)
        yield from _draw(earlier, later, standing, ground)


def _copy(ground: Weighed) -> Weighed:
    return Weighed(ground.odds, list(ground.reasons))


def _same(earlier: Telling, later: Telling, standing: Standing, ground: Weighed) -> Iterator[Judgement]:
    found = _copy(ground)
    match = _equal(earlier, later, standing)
    if match:
        _add_equal(match, found)
    elif earlier.sums and later.sums:
        if _comparable(earlier, later) or not _likely(found):
            return
        found.add(-0.8, "the sums are in different currencies")
    else:
        found.add(
            -0.4 if earlier.sums or later.sums else 0.0, "one of them tells no sum" if earlier.sums or later.sums else "no sums"
        )
    _apart(earlier, later, found)
    if earlier.status is Status.DELIVERED and later.status is not Status.DELIVERED and "retells" not in later.cues:
        found.add(-1.0, "the earlier one was delivered already")
    if match is None and "replaces" in later.cues:
        found.add(-0.3, "told as changed")
    relation = Relation.SAME_AS
    if later.status in PROMISED and earlier.status in OPEN:
        relation = Relation.UPDATES
        found.reasons.append(f"{earlier.status} has become {later.status}")
    elif earlier.status is Status.WITHDRAWN and later.status is not Status.WITHDRAWN:
        relation = Relation.UPDATES
        found.add(-1.0, "what was withdrawn is taken up again")
    elif _postponed(earlier, later):
        relation = Relation.UPDATES
        found.add(0.4 if "replaces" in later.cues else 0.0, "with another date")
    yield found.judged(relation, UpdateEffect.REPLACES if relation is Relation.UPDATES else None)


def _update(earlier: Telling, later: Telling, standing: Standing, ground: Weighed) -> Iterator[Judgement]:
    pair = _common(earlier, later, standing)
    if pair is None or later.status not in PROMISED | OPEN or earlier.status in (Status.DELIVERED, Status.WITHDRAWN):
        return
    before, after = pair
    if before.match(after):
        return
    named = any(one.match(before) for one in later.earlier)
    totalled = any(one.currency == after.currency and one.value == before.value + after.value for one in later.earlier)
    if "adds" in later.cues and (totalled or named or _same_programme(earlier, later)):
        found = _copy(ground)
        found.add(2.2 if totalled else 1.4, f"adds {after} to {before}")
        yield found.judged(Relation.UPDATES, UpdateEffect.ADDS)
    elif "replaces" in later.cues and (named or _same_programme(earlier, later) or _likely(ground)):
        found = _copy(ground)
        found.add(2.2 if named else 0.6, f"puts {after} in place of {before}")
        yield found.judged(Relation.UPDATES, UpdateEffect.REPLACES)


def _draw(earlier: Telling, later: Telling, standing: Standing, ground: Weighed) -> Iterator[Judgement]:
    pair = _common(earlier, later, standing)
    if pair is None or earlier.status not in PROMISED or later.status not in PROMISED:
        return
    before, after = pair
    drawn = standing.drawn.get(after.currency, Decimal(0))
    if after.value >= before.value or drawn + after.value > before.value * TOLERANCE or "adds" in later.cues:
        return
    named = any(one.match(before) for one in later.earlier)
    programme = _same_programme(earlier, later)
    if not (named or programme or ("draws" in later.cues and _likely(ground))) or ("replaces" in later.cues and named):
        return
    found = _copy(ground)
    found.add(1.8 if named else 0.4, f"{after} out of {before}")
    if "draws" in later.cues:
        found.add(0.7, "told as a part")
    if later.status is Status.ALLOCATED:
        found.add(0.4, "now allocated")
    yield found.judged(Relation.DRAWS_DOWN)


def _fulfilment(earlier: Telling, later: Telling, standing: Standing, ground: Weighed) -> Iterator[Judgement]:
    found = _copy(ground)
    match = _equal(earlier, later, standing)
    pair = _common(earlier, later, standing)
    if match:
        _add_equal(match, found)
    elif pair:
        before, after = pair
        delivered = standing.drawn.get(after.currency, Decimal(0))
        named = any(one.match(before) for one in later.earlier)
        if after.value > before.value or not (
            named or "draws" in later.cues or _same_programme(earlier, later) or _likely(found)
        ):
            return
        if delivered + after.value > before.value * TOLERANCE:
            found.add(-0.7, "more than was left")
        found.add(1.4 if named else -0.2, f"{after} of {before}")
        if "draws" in later.cues:
            found.add(0.6, "told as a part")
    elif earlier.sums and later.sums:
        found.add(-1.5, "the sums are in different currencies")
    else:
        found.add(1.2 if standing.lone else -0.1, "the only one that it can be" if standing.lone else "one of them tells no sum")
    _apart(earlier, later, found)
    found.reasons.append(f"{earlier.status} has become {later.status}")
    yield found.judged(Relation.FULFILS)


def _withdrawal(earlier: Telling, later: Telling, standing: Standing, ground: Weighed) -> Iterator[Judgement]:
    if earlier.status is Status.DELIVERED:
        return
    found = _copy(ground)
    match = _equal(earlier, later, standing)
    if match:
        _add_equal(match, found)
    elif _common(earlier, later, standing):
        found.add(-0.6, "another sum")
    elif standing.lone:
        found.add(1.5, "the only one that it can be")
    found.add(0.5, "taken back")
    yield found.judged(Relation.WITHDRAWS)


def _apart(earlier: Telling, later: Telling, found: Weighed) -> None:
    """Whether the later one is told as known, or as another one."""
    if "retells" in later.cues:
        found.add(0.5, "told as known")
    elif "apart" in later.cues - earlier.cues:
        found.add(-6.0, "told as another one")
    elif "beside" in later.cues - earlier.cues:
        found.add(-1.6, "told as one beside another")


def _equal(earlier: Telling, later: Telling, standing: Standing) -> tuple[Match, Sum] | None:
    """The surest agreement of a sum of one with a sum of the other, or with what was undertaken in all."""
    found: tuple[Match, Sum] | None = None
    told = [*earlier.sums, *(_of(currency, total) for currency, total in standing.total.items() if total > 0)]
    for one in told:
        for other in later.sums:
            match = one.match(other)
            if match and (found is None or (match, one.digits) > (found[0], found[1].digits)):
                found = match, one if one.digits >= other.digits else other
    return found or _equivalent(earlier, later)


def _equivalent(earlier: Telling, later: Telling) -> tuple[Match, Sum] | None:
    """A sum that one of them tells again in the other's currency."""
    pairs = [(one, other) for one in earlier.equivalents for other in (*later.sums, *later.equivalents)]
    pairs += [(one, other) for one in earlier.sums for other in later.equivalents]
    return next(((Match.NEAR, one) for one, other in pairs if one.match(other)), None)


def _add_equal(match: tuple[Match, Sum], found: Weighed) -> None:
    how, told = match
    weight = 0.9 + SUM_EACH_DIGIT * min(DIGITS, told.digits) - (0.4 if how is Match.NEAR else 0.0)
    found.add(weight, f"the sum {told}" if how is Match.EXACT else f"a sum like {told}")


def _common(earlier: Telling, later: Telling, standing: Standing) -> tuple[Sum, Sum] | None:
    """The totals of both in the same currency; of the undertaking as it stands, where it has one."""
    for after in later.sums:
        for before in earlier.sums:
            if before.currency == after.currency and before.per == after.per:
                total = standing.total.get(before.currency)
                return (_of(before.currency, total) if total and not before.per else before), after
    return None


def _comparable(one: Telling, other: Telling) -> bool:
    return bool({(told.currency, told.per) for told in one.sums} & {(told.currency, told.per) for told in other.sums})


def _of(currency: str, value: Decimal) -> Sum:
    return Sum(currency, value, value, value)


def _likely(ground: Weighed) -> bool:
    return ground.odds > 0


def _same_programme(one: Telling, other: Telling) -> bool:
    return bool(one.programme) and one.programme == other.programme


def _postponed(earlier: Telling, later: Telling) -> bool:
    before, after = earlier.times.get(DateRole.DUE), later.times.get(DateRole.DUE)
    return before is not None and after is not None and (before[1] < after[0] or after[1] < before[0])


def _words(earlier: Telling, later: Telling, ground: Weighed) -> None:
    """What both are about: words, programme, purposes, things."""
    shared = earlier.words & later.words
    shorter = min(len(earlier.words), len(later.words))
    if shared and shared <= states():
        ground.add(0.2, f"both speak of {', '.join(sorted(shared))}")
    elif shared:
        share = len(shared) / shorter
        weight = 2.6 * share if len(shared) > 1 else 1.6 * share
        ground.add(weight + 0.2 * min(4, len(shared)), f"words in common: {', '.join(sorted(shared)[:5])}")
    elif shorter >= 2:
        ground.add(-1.8 if shorter >= 4 else -0.9, "no words in common")
    if _same_programme(earlier, later):
        ground.add(1.6, f"the programme {earlier.programme!r}")
    elif earlier.programme and later.programme:
        ground.add(-1.5, "different programmes")
    if earlier.purposes and later.purposes:
        if earlier.purposes & later.purposes:
            ground.add(0.3, f"both for {', '.join(sorted(earlier.purposes & later.purposes))}")
        else:
            ground.add(-1.1, "for different purposes")
    for quantity in earlier.items.keys() & later.items.keys():
        if quantity and earlier.items[quantity] & later.items[quantity]:
            ground.add(1.2, f"the same {quantity} things")


def _times(earlier: Telling, later: Telling, ground: Weighed) -> None:
    """How far apart they were published, and whether their dates agree."""
    if earlier.on and later.on:
        days = (later.on - earlier.on).days
        near = next(
            (weight for limit, weight in ((7, 0.9), (45, 0.4), (200, 0.0), (400, -0.3), (1100, -0.7)) if days <= limit), -1.3
        )
        ground.add(near, f"published {days} days apart" if days else "published on the same day")
        made = later.times.get(DateRole.MADE) or later.times.get(DateRole.DONE)
        if made and (made[1] - made[0]).days <= 366 and later.on > made[1]:
            if made[0] <= earlier.on <= made[1]:
                ground.add(1.3, "the later one tells when the earlier one was published")
            elif days > 31 and not made[0].year <= earlier.on.year <= made[1].year:
                ground.add(-1.2, "the later one tells of another time")
    else:
        ground.add(-0.4, "not both are dated")
    for role in (DateRole.PERIOD, DateRole.DONE):
        before, after = earlier.times.get(role), later.times.get(role)
        if before and after and (before[1] < after[0] or after[1] < before[0]):
            ground.add(-4.5, "for different times")
        elif before and after and before == after:
            ground.add(0.6, "for the same time")
