"""How well reconcile joins the groups of `groups/*.toml`: precision and recall of each relation, and of new money.

    python tests/reconcile/scoring.py [tuned|held|all] [--wrong] [--from-text]

A link is right that has the relation that the group tells and leads to its undertaking. All groups are reconciled together,
so that links between groups count as wrong. `--wrong` prints what went wrong. With `--from-text`, the releases' texts become
records by the pipeline first, and only new money is compared.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from communique.reconcile import Ledger, Link, join, party_rows, reconcile, tellings_of
from communique_models import Record, Relation

sys.path.insert(0, str(Path(__file__).parents[1]))

from reconcile.cases import Case, Group, groups


@dataclass
class Scores:
    """Right, told and wanted links by relation; groups whose new money is right; and what is wrong, in words."""

    right: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    joined: Counter[str] = field(default_factory=Counter)
    money_right: int = 0
    groups: int = 0
    wrong: list[str] = field(default_factory=list)

    def precision(self, relation: str) -> float:
        return self.right[relation] / self.told[relation] if self.told[relation] else 1.0

    def recall(self, relation: str) -> float:
        return self.right[relation] / self.wanted[relation] if self.wanted[relation] else 1.0


def ledger_of(records: Iterable[Record]) -> Ledger:
    records = list(records)
    actors = join(row for record in records for row in party_rows(record))
    return reconcile([telling for record in records for telling in tellings_of(record)], actors)


def score(name: str) -> Scores:
    """The scores of `tuned`, `held` or `all`."""
    chosen = [group for file in (("tuned", "held") if name == "all" else (name,)) for group in groups(file)]
    ledger = ledger_of(case.record for group in chosen for case in group.cases)
    scores = Scores()
    cases = {tellings_of(case.record)[0].key: case for group in chosen for case in group.cases}
    links = {link.later: link for link in (_in_order(link, cases) for link in ledger.links)}
    undertakings: dict[str, tuple[str, int]] = {}
    for group in chosen:
        for case in group.cases:
            (telling,) = tellings_of(case.record)
            undertakings[telling.key] = (group.name, case.target or case.number)
    for group in chosen:
        _score_group(group, ledger, links, undertakings, scores)
    for relation in list(scores.right + scores.told + scores.wanted):
        for tally in (scores.right, scores.told, scores.wanted):
            tally["all"] += tally[relation]
    return scores


def _in_order(link: Link, cases: dict[str, Case]) -> Link:
    """A link in the order in which the group has its tellings, where both are of one day and say the same."""
    later, earlier = cases[link.later], cases[link.earlier]
    same_day = later.record.release.published_on == earlier.record.release.published_on
    if link.relation is Relation.SAME_AS and same_day and later.relation is None:
        return replace(link, later=link.earlier, earlier=link.later)
    return link


def _score_group(group: Group, ledger: Ledger, links: dict, undertakings: dict, scores: Scores) -> None:  # type: ignore[type-arg]
    money: dict[str, Decimal] = defaultdict(Decimal)
    for case in group.cases:
        (telling,) = tellings_of(case.record)
        for currency, value in ledger.new_money[telling.key].items():
            money[currency] += value
        link = links.get(telling.key)
        if case.relation:
            scores.wanted[case.relation] += 1
        if link:
            scores.told[link.relation.value] += 1
            target = undertakings[link.earlier]
            if target == (group.name, case.target):
                scores.joined["right"] += 1
            if case.relation == link.relation.value and target == (group.name, case.target):
                scores.right[case.relation] += 1
                continue
            scores.wrong.append(
                f"{group.name} {case.number}: {link.relation} {target} {link.score}, not {case.relation}: {link.reasons}"
            )
        elif case.relation:
            scores.wrong.append(f"{group.name} {case.number}: no link, not {case.relation} {case.target}")
    found = {currency: value for currency, value in money.items() if value}
    scores.groups += 1
    scores.money_right += found == group.new
    if found != group.new:
        scores.wrong.append(f"{group.name}: new money {found}, not {group.new}")


def money_from_text(name: str) -> tuple[int, int, int]:
    """Groups whose new money comes out of their texts as told, with reconcile and by adding up the releases; and all groups."""
    from communique import Pipeline
    from communique.source import Source

    chosen = [group for file in (("tuned", "held") if name == "all" else (name,)) for group in groups(file)]
    cases = [(group, case) for group in chosen for case in group.cases]
    sources = [Source(case.record.text).published(case.record.release.published_on) for _, case in cases]
    records = list(Pipeline().extract_many(sources))
    ledger = ledger_of(records)
    joined: dict[str, Counter[str]] = {group.name: Counter() for group in chosen}
    added: dict[str, Counter[str]] = {group.name: Counter() for group in chosen}
    for (group, _), record in zip(cases, records, strict=True):
        for telling in tellings_of(record):
            joined[group.name].update(ledger.new_money[telling.key])
            added[group.name].update(telling.counted)
    right = [sum({c: v for c, v in money[group.name].items() if v} == group.new for group in chosen) for money in (joined, added)]
    return right[0], right[1], len(chosen)


def main() -> None:
    name = next((one for one in sys.argv[1:] if not one.startswith("-")), "all")
    if "--from-text" in sys.argv:
        joined, added, all_ = money_from_text(name)
        print(f"new money right in {joined} of {all_} groups from their texts; by adding up the releases, in {added}")
        return
    scores = score(name)
    for relation in ("same_as", "updates", "draws_down", "fulfils", "withdraws", "all"):
        counts = f"({scores.right[relation]} right of {scores.told[relation]} told, {scores.wanted[relation]} wanted)"
        print(f"{relation:<11} P {scores.precision(relation):.3f}  R {scores.recall(relation):.3f}  {counts}")
    print(f"joined to the right undertaking, whatever the relation: {scores.joined['right']} of {scores.wanted['all']}")
    print(f"new money   {scores.money_right} of {scores.groups} groups right")
    if "--wrong" in sys.argv:
        print(*scores.wrong, sep="\n")


if __name__ == "__main__":
    main()
