"""How well records agree with gold annotations; a small scorer for regressions.

    python tests/gold/scoring.py FOLDER

FOLDER holds releases with their gold beside them, `x.txt` and `x.gold.json` or `x.json`. It prints precision, recall and F1
of parties (by any of their names), amounts (currency and value), dates (first and last day, or length), commitments (whose
trigger or evidence meets a gold trigger), and how near the totals of new money are.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from communique import Pipeline, Record
from communique.read import READERS, SIDECAR_SUFFIX, read
from communique.settings import Settings
from communique.source import Source
from communique_models import FIRM, Status

KINDS = ("parties", "amounts", "dates", "commitments")
Gold = dict[str, Any]
Span = tuple[int, int]


@dataclass
class Tally:
    """Right, told and wanted facts of one kind."""

    right: int = 0
    told: int = 0
    wanted: int = 0

    def add(self, told: Iterable[Hashable], wanted: Iterable[Hashable]) -> None:
        said, due = Counter(told), Counter(wanted)
        self.right += (said & due).total()
        self.told += said.total()
        self.wanted += due.total()

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.told + self.wanted) if self.told + self.wanted else 1.0

    def __str__(self) -> str:
        precision = self.right / self.told if self.told else 1.0
        recall = self.right / self.wanted if self.wanted else 1.0
        counts = f"({self.right} right of {self.told} told, {self.wanted} wanted)"
        return f"P {precision:.3f}  R {recall:.3f}  F1 {self.f1:.3f}   {counts}"


@dataclass
class Scores:
    """The tallies over a folder, and how near each total came, from 0 to 1."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    totals: list[float] = field(default_factory=list)

    def values(self) -> dict[str, float]:
        near = sum(self.totals) / max(1, len(self.totals))
        return {**{kind: tally.f1 for kind, tally in self.tallies.items()}, "totals": near}

    def add(self, gold: Gold, record: Record) -> None:
        self._parties(gold, record)
        self._amounts(gold, record)
        self.tallies["dates"].add(
            (_time(when.value, when.begin and str(when.begin), when.end and str(when.end)) for when in record.dates),
            (_time(when["value"], when["begin"], when["end"]) for when in gold["dates"]),
        )
        self._commitments(gold, record)
        told, wanted = record_totals(record), gold_totals(gold)
        for currency in told | wanted:
            larger = max(told[currency], wanted[currency])
            self.totals.append(1 - float(abs(told[currency] - wanted[currency]) / larger) if larger else 1.0)

    def _parties(self, gold: Gold, record: Record) -> None:
        told = [{_fold(name) for name in (party.name, *party.aliases)} for party in record.parties if party.kind != "group"]
        free = [{_fold(name) for name in (party["name"], *party["aliases"])} for party in gold["parties"]]
        tally = self.tallies["parties"]
        tally.told += len(told)
        tally.wanted += len(free)
        for names in told:
            if match := next((one for one in free if one & names), None):
                free.remove(match)
                tally.right += 1

    def _amounts(self, gold: Gold, record: Record) -> None:
        self.tallies["amounts"].add(
            ((amount.currency, _number(amount.value or amount.low), _number(amount.high)) for amount in record.amounts),
            (
                (amount["currency"], _number(amount.get("value") or amount.get("low")), _number(amount.get("high")))
                for amount in gold["amounts"]
            ),
        )

    def _commitments(self, gold: Gold, record: Record) -> None:
        free = [
            [span for mention in (one["trigger"], *one["also"]) if (span := _locate(mention, record.text))]
            for one in gold["commitments"]
        ]
        tally = self.tallies["commitments"]
        tally.told += len(record.commitments)
        tally.wanted += len(free)
        left = list(record.commitments)
        by_trigger: Callable[[Any], list[Any]] = lambda one: [one.trigger]  # noqa: E731  # the surer pairs first
        for mentions_of in (by_trigger, lambda one: one.evidence):
            for one in list(left):
                spans = [(mention.start, mention.end) for mention in mentions_of(one)]
                match = next((due for due in free if any(_meet(a, b) for a in spans for b in due)), None)
                if match is not None:
                    free.remove(match)
                    left.remove(one)
                    tally.right += 1


def record_totals(record: Record) -> Counter[str | None]:
    """The new money of a record by currency."""
    amounts = {amount.id: amount for amount in record.amounts}
    total: Counter[str | None] = Counter()
    for commitment in record.commitments:
        for one in commitment.counted.amounts:
            total[amounts[one].currency] += Decimal(amounts[one].value or amounts[one].high or 0)
    return total


def gold_totals(gold: Gold) -> Counter[str | None]:
    """The new money that gold says a release commits: firm, no rate, no part of what is counted, no sum told again."""
    total: Counter[str | None] = Counter()
    amounts = gold["amounts"]
    firm = [one for one in gold["commitments"] if Status(one["status"][0]) in FIRM]
    new = {
        i for one in firm for i in one["amounts"]
        if amounts[i]["basis"] == "new" and not amounts[i].get("per") and amounts[i].get("equivalent_of") is None
    }  # fmt: skip
    sums = {_sum(amounts[i]) for i in new}
    for one in firm:
        own = {i for i in one["amounts"] if i in new}
        parts = {i for i in own if amounts[i].get("part_of") is not None and _sum(amounts[amounts[i]["part_of"]]) in sums}
        for currency, number in {_sum(amounts[i]) for i in own - parts}:
            total[currency] += number
    return total


def gold_releases(folder: Path) -> Iterator[tuple[Path, Gold]]:
    """The releases of a folder that have gold, with it, in the order of their names."""
    for path in sorted(folder.glob("*.json")):
        name = path.name.removesuffix(".json").removesuffix(".gold")
        release = next((one for suffix in READERS if (one := folder / f"{name}{suffix}").exists()), None)
        if release and not path.name.endswith(SIDECAR_SUFFIX):
            yield release, json.loads(path.read_text(encoding="utf-8"))


def score(folder: Path, pipeline: Pipeline) -> Scores:
    """The scores of a pipeline over a folder with gold; the date of publication is told to it."""
    scores = Scores()
    sources: list[Source] = []
    golds: list[Gold] = []
    for release, gold in gold_releases(folder):
        published = date.fromisoformat(gold["published_on"]) if gold.get("published_on") else None
        sources.append(read(release, release.name, Settings()).published(published))
        golds.append(gold)
    for gold, record in zip(golds, pipeline.extract_many(sources), strict=True):
        scores.add(gold, record)
    return scores


def _fold(name: str) -> str:
    words = re.findall(r"\w+", re.sub("[’']s", "", name).casefold())
    return re.sub(r"^(?:the|mr|mrs|ms|dr) ", "", " ".join(words))


def _number(told: Any) -> Decimal | None:
    return None if told is None else Decimal(str(told)).normalize()


def _sum(amount: Gold) -> tuple[str | None, Decimal]:
    return amount["currency"], Decimal(str(amount.get("value") or amount.get("high") or 0))


def _time(value: str | None, begin: str | None, end: str | None) -> Hashable:
    return (begin, end) if begin or end else value


def _locate(mention: Gold, text: str) -> Span | None:
    """Where a quote stands: the `nth` time, however its words are spaced."""
    pattern = r"\s+".join(re.escape(word) for word in mention["quote"].split())
    found = list(re.finditer(pattern, text))
    nth = mention.get("nth", 1)
    return found[nth - 1].span() if len(found) >= nth else None


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def main() -> None:
    """Print the scores of a folder."""
    scores = score(Path(sys.argv[1]), Pipeline())
    for kind, tally in scores.tallies.items():
        print(f"{kind:<12} {tally}")
    print(f"{'totals':<12} {scores.values()['totals']:.3f}")


if __name__ == "__main__":
    main()
