"""Which earlier tellings a telling is compared with: those that share who gives with who receives, the sum, or the programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from communique.reconcile.roles import DEALS, Roles, place
from communique.reconcile.sums import Sum, rounded
from communique.reconcile.telling import Telling

RECENT = 60  # of the tellings that share a key, the latest so many are compared
FIRST = 10  # and the first so many
Key = tuple[str, ...]


class Candidates:
    """The tellings so far, found by what they share with a new one: the cost of each is bounded, whatever their number."""

    def __init__(self, roles: Roles) -> None:
        self._roles = roles
        self._told: dict[Key, list[int]] = defaultdict(list)

    def of(self, telling: Telling) -> list[int]:
        """The numbers of the tellings that this one may tell again, in the order in which they were added."""
        found: set[int] = set()
        for key in set(self._keys(telling, asking=True)):
            told = self._told.get(key, ())
            found.update(told if len(told) <= RECENT + FIRST else (*told[:FIRST], *told[-RECENT:]))
        return sorted(found)

    def add(self, number: int, telling: Telling) -> None:
        """Keep a telling for those after it."""
        for key in set(self._keys(telling, asking=False)):
            self._told[key].append(number)

    def _keys(self, telling: Telling, *, asking: bool) -> Iterator[Key]:
        givers = self._roles.roots(telling.providers)
        takers = {place(actor) for actor in self._roles.of(telling.receivers).values()}
        sums = {_key(one) for one in (*telling.sums, *telling.equivalents, *telling.earlier)}
        for giver in givers:
            yield from ((giver, "sum", *one) for one in sums)
            if telling.programme:
                yield giver, "programme", telling.programme
            yield from ((giver, "to", taker) for taker in takers)
            untold = not takers
            if asking:
                yield giver, "to", "*" if untold else "-"
            else:
                yield giver, "to", "*"
                if untold:
                    yield giver, "to", "-"
        if telling.action in DEALS:
            both = sorted(givers | self._roles.roots(telling.receivers))
            for i, one in enumerate(both):
                yield from (("deal", one, *told) for told in sums)
                yield from (("deal", one, other) for other in both[i + 1 :])


def _key(told: Sum) -> tuple[str, str]:
    """A sum by its currency and its first two digits."""
    return told.currency, str(rounded(told.value, 2).normalize())
