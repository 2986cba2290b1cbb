"""The scores over many releases: precision, recall and F1, money that is off, and whether confidence keeps its word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from communique.evaluate import agree
from communique.evaluate.gold import GoldRelease
from communique.evaluate.release import SLOTS, Claim, Counts, Evaluation, evaluate_release
from communique_models import Record

BINS = 5  # of confidence, from 0 to 1
AMOUNT_DETAILS = ("comparator", "per", "basis", "part_of", "equivalent_of")
MEASURES = {
    "parties": "by any of their names; recall over those that matter to a commitment, speak or issue the release",
    "amounts (words)": "sums whose words are found",
    "amounts": "and whose currency and number are right",
    "dates (words)": "dates whose words are found",
    "dates": "and whose first and last day, or length, are right",
    "found": "commitments that gold has",
    "commitments": "each weighed by how much of it is right: parties, sums, action, status, dates",
    "right": "with providers, sums, action and status all right",
}


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, from 0 to 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Money:
    """The new money of one currency over all releases; `error` adds up how far each release is off, in money."""

    currency: str
    told: Decimal
    wanted: Decimal
    error: Decimal

    @property
    def share(self) -> float | None:
        """The error as a share of what is wanted."""
        return float(self.error / self.wanted) if self.wanted else None


@dataclass(frozen=True, slots=True)
class Bin:
    """Commitments of a like confidence: from, to, how many, how sure on average, which shares of them gold has and are right."""

    low: float
    high: float
    number: int
    confidence: float
    found: float
    right: float


@dataclass(slots=True)
class Scores:
    """What comparing many releases gives; `releases` has each by its name."""

    counts: Counts = field(default_factory=lambda: Counts(float))
    releases: dict[str, Evaluation] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)  # releases without a record

    def add(self, name: str, evaluation: Evaluation) -> None:
        """Count a release."""
        for key, count in evaluation.counts.items():
            self.counts[key] += count
        self.releases[name] = evaluation

    def table(self) -> dict[str, Score]:
        """The scores of each measure in `MEASURES`."""
        return {
            "parties": self._parties(),
            "amounts (words)": self._score("amounts", "found"),
            "amounts": self._score("amounts", "right"),
            "dates (words)": self._score("dates", "found"),
            "dates": self._score("dates", "right"),
            "found": self._score("commitments", "found"),
            "commitments": self._score("commitments", "soft"),
            "right": self._score("commitments", "right"),
        }

    def totals(self) -> float:
        """How near the new money of a release comes to that of gold, from 0 to 1: the mean over releases and currencies."""
        return self.counts["totals.near"] / max(1, self.counts["totals"])

    def details(self) -> dict[str, float]:
        """Of what was found, which share is right, by field."""
        found = max(1, self.counts["commitments.found"])
        shares = {key: self.counts[f"slot {key}"] / found for key in SLOTS}
        sums = max(1, self.counts["amounts.found"])
        shares |= {f"amount {key}": self.counts[f"amount {key}"] / sums for key in AMOUNT_DETAILS}
        return shares | {"party kind": self.counts["party kind"] / max(1, self.counts["parties.found"])}

    def money(self) -> list[Money]:
        """The new money of each currency; currencies never meet."""
        every = list(self.releases.values())
        zero = Decimal(0)
        found = []
        for currency in sorted({currency for one in every for currency in (*one.told, *one.wanted)}):
            sums = [(one.told.get(currency, zero), one.wanted.get(currency, zero)) for one in every]
            error = sum((abs(told - wanted) for told, wanted in sums), zero)
            found.append(Money(currency, sum((told for told, _ in sums), zero), sum((wanted for _, wanted in sums), zero), error))
        return found

    def reliability(self) -> list[Bin]:
        """Whether of the commitments that are 80 % sure gold has 80 %: bins of confidence that are not empty."""
        bins: dict[int, list[Claim]] = {}
        for claim in self._claims():
            bins.setdefault(min(BINS - 1, int(claim.confidence * BINS)), []).append(claim)
        return [
            Bin(
                low=place / BINS,
                high=(place + 1) / BINS,
                number=len(claims),
                confidence=sum(claim.confidence for claim in claims) / len(claims),
                found=sum(claim.found for claim in claims) / len(claims),
                right=sum(claim.right for claim in claims) / len(claims),
            )
            for place, claims in sorted(bins.items())
        ]

    def calibration_error(self) -> float:
        """How far confidence is from the share that gold has: the mean over the bins, weighed by their numbers."""
        every = max(1, len(self._claims()))
        return sum(one.number * abs(one.confidence - one.found) for one in self.reliability()) / every

    def json(self) -> dict[str, Any]:
        """All of it, for machines."""
        return {
            "releases": len(self.releases),
            "missing": self.missing,
            "scores": {name: {"P": one.precision, "R": one.recall, "F1": one.f1} for name, one in self.table().items()},
            "totals": self.totals(),
            "details": self.details(),
            "money": [
                {"currency": one.currency, "told": f"{one.told:f}", "wanted": f"{one.wanted:f}", "error": f"{one.error:f}",
                 "share": one.share} for one in self.money()
            ],
            "reliability": [
                {"from": one.low, "to": one.high, "commitments": one.number, "confidence": one.confidence, "found": one.found,
                 "right": one.right} for one in self.reliability()
            ],
            "calibration_error": self.calibration_error(),
        }  # fmt: skip

    def _claims(self) -> list[Claim]:
        return [claim for one in self.releases.values() for claim in one.claims]

    def _parties(self) -> Score:
        counts = self.counts
        precision = counts["parties.found"] / counts["parties.told"] if counts["parties.told"] else 0.0
        recall = counts["parties.core_found"] / counts["parties.core"] if counts["parties.core"] else 0.0
        both = precision + recall
        return Score(precision, recall, 2 * precision * recall / both if both else 0.0)

    def _score(self, kind: str, hit: str) -> Score:
        right, told, wanted = self.counts[f"{kind}.{hit}"], self.counts[f"{kind}.told"], self.counts[f"{kind}.wanted"]
        precision = right / told if told else float(not wanted)
        recall = right / wanted if wanted else float(not told)
        return Score(precision, recall, agree.f1(right, told, wanted))


def evaluate(golds: Iterable[GoldRelease], records: Mapping[str, Record]) -> Scores:
    """Compare all gold with the records of the same releases, known by their names."""
    scores = Scores()
    for one in golds:
        found = record_of(one.name, records)
        if found is None:
            scores.missing.append(one.name)
        scores.add(one.name, evaluate_release(one.gold, found))
    return scores


def record_of(name: str, records: Mapping[str, Record]) -> Record | None:
    """The record of a release that has gold: gold `a/x` goes with the record `a/x`, else with `a/x.txt` or the like."""
    if name in records:
        return records[name]
    return next((records[one] for one in sorted(records) if one.startswith(f"{name}.") or one.startswith(f"{name}#")), None)
