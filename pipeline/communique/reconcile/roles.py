"""Who gives and who receives in two tellings, as actors across releases."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from communique.normalise.names import fold
from communique.reconcile.actors import Actor
from communique.reconcile.telling import Telling
from communique.reconcile.words import lexicon
from communique_models import Action, Kind

STATELY = frozenset({Kind.COUNTRY, Kind.PUBLIC_BODY})
DEALS = frozenset(
    {
        Action.BUY,
        Action.SELL,
        Action.SUPPLY,
        Action.SERVE,
        Action.BUILD,
        Action.AGREE,
        Action.COOPERATE,
        Action.INVEST,
        Action.LEND,
    }
)
"""Actions that either side may tell as its own."""
Evidence = tuple[float, str]


class Roles:
    """The actor of each party, and the whole for which it acts."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._known: dict[tuple[str, ...], dict[str, Actor]] = {}
        self._actors = {key: actor for actor in actors for key in actor.members}
        organs = {fold(organ): fold(whole) for organ, whole in lexicon()["organs"].items()}
        self._wholes = {fold(whole) for whole in lexicon()["organs"].values()}
        self._organs = organs

    def of(self, parties: tuple[str, ...]) -> dict[str, Actor]:
        """The actors of parties by their ids."""
        if parties not in self._known:
            self._known[parties] = {self._actors[key].id: self._actors[key] for key in parties if key in self._actors}
        return self._known[parties]

    def roots(self, parties: tuple[str, ...]) -> set[str]:
        """What parties are looked up by."""
        return {self.root(actor) for actor in self.of(parties).values()}

    def root(self, actor: Actor) -> str:
        """The state of a state or one of its bodies, the whole of an organ, else the actor itself."""
        if actor.country and actor.kind in STATELY:
            return f"={actor.country}"
        name = fold(actor.name)
        return self._organs.get(name, name if name in self._wholes else actor.id)

    def is_whole(self, actor: Actor) -> bool:
        """Whether an actor is the state, or the whole, and none of its bodies."""
        return actor.kind is Kind.COUNTRY or fold(actor.name) in self._wholes


def place(actor: Actor) -> str:
    """The state in which an actor is, else the actor itself."""
    return f"={actor.country}" if actor.country and actor.kind is not Kind.PERSON else actor.id


def meet(earlier: Telling, later: Telling, roles: Roles) -> Evidence | None:
    """What the parties of two tellings say for their being one; None where they rule it out."""
    givers, takers = roles.of(earlier.providers), roles.of(earlier.receivers)
    later_givers, later_takers = roles.of(later.providers), roles.of(later.receivers)
    provided = _same(givers, later_givers, roles.root, roles)
    if provided is not None:
        received = _same(takers, later_takers, place, roles)
        if received is not None:
            return provided[0] + received[0], "; ".join(
                filter(None, (f"provider {provided[1]}", received[1] and f"receiver {received[1]}"))
            )
        if not set(takers) & set(later_givers) and not set(givers) & set(later_takers):
            return None
    if earlier.action in DEALS and later.action in DEALS:
        both, later_both = givers | takers, later_givers | later_takers
        shared = sorted(actor.name for id_, actor in both.items() if id_ in later_both)
        if len(shared) >= 2 or (len(shared) == 1 and 1 in (len(both), len(later_both))):
            return 0.5 if len(shared) > 1 else -0.2, f"between {' and '.join(shared)}"
    return None


def _same(some: dict[str, Actor], others: dict[str, Actor], kin: Callable[[Actor], str], roles: Roles) -> Evidence | None:
    """Whether actors of one role are the same, or kin, or untold on one side; None where they are others."""
    if not some or not others:
        return (0.0, "") if not some and not others else (-0.5, "told by one only")
    shared = [actor.name for id_, actor in some.items() if id_ in others]
    if shared:
        full = len(shared) == len(some) == len(others)
        return 0.5 if full else 0.2, ", ".join(sorted(shared))
    related = {
        (a.name, b.name)
        for a in some.values()
        for b in others.values()
        if kin(a) == kin(b) and (roles.is_whole(a) or roles.is_whole(b))
    }
    if related:
        one, other = min(related)
        return 0.1, f"{one}, of {other}" if one != other else one
    return None
