"""Train the model of confidence on annotated releases, and say how well it does on releases that it has not seen.

    python benchmarks/train_confidence.py GOLD_DIR… [--write]

GOLD_DIR holds <id>.txt with <id>.json beside it, or <id>.gold.json as in samples/. Each found commitment is right where its
trigger, or that of a retelling, meets an annotated one that no surer commitment has taken. Ten folds over the releases give
the figures: F1 by threshold, and how often those of each confidence are right. With --write the weights of all go to the tree.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique import Pipeline, Settings, Source
from communique.analysis import CommitmentFact
from communique.read.decode import decode

WEIGHTS = Path(__file__).parents[1] / "pipeline/communique/link/commitments/weights.json"
FOLDS = 10
L2 = 10.0  # strength of the ridge: the best by likelihood of 1, 3, 6, 10, 15
RARE = 4  # a feature seen less often has no weight

Row = tuple[int, dict[str, float], bool]


def releases(folders: list[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The texts and annotations of gold folders, in the order of their names."""
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            stem = path.name.removesuffix(".json").removesuffix(".gold")
            text = next((folder / f"{stem}{suffix}" for suffix in (".txt", ".md") if (folder / f"{stem}{suffix}").exists()), None)
            if text is not None and not path.name.endswith(".meta.json"):
                yield decode(text.read_bytes())[0], json.loads(path.read_text(encoding="utf-8"))


def told(gold: dict[str, Any], text: str) -> list[list[tuple[int, int]]]:
    """Where each annotated commitment is told."""
    found = []
    for commitment in gold["commitments"]:
        places = []
        for quote in [commitment["trigger"], *commitment.get("also", [])]:
            pattern = r"\s+".join(re.escape(word) for word in quote["quote"].split())
            matches = list(re.finditer(pattern, text))
            if len(matches) >= quote.get("nth", 1):
                places.append(matches[quote.get("nth", 1) - 1].span())
        found.append(places)
    return found


def label(facts: list[CommitmentFact], places: list[list[tuple[int, int]]]) -> list[bool]:
    """Which of the found commitments are annotated ones, each of these taken once."""
    taken: set[int] = set()
    right = [False] * len(facts)
    for spans_of in (lambda fact: [fact.trigger], lambda fact: [*fact.evidence] if fact.amounts else fact.restated):
        for i, fact in enumerate(facts):
            if right[i]:
                continue
            for j, spans in enumerate(places):
                if j not in taken and any(a < end and start < b for a, b in spans for start, end in spans_of(fact)):
                    taken.add(j)
                    right[i] = True
                    break
    return right


def fit(x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
    """The weights of a logistic regression with a ridge, the bias last, by Newton's method."""
    x = np.hstack([x, np.ones((len(x), 1))])
    ridge = np.full(x.shape[1], L2)
    ridge[-1] = 1e-3
    weights = np.zeros(x.shape[1])
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve(x.T @ (x * (p * (1 - p) + 1e-9)[:, None]) + np.diag(ridge), x.T @ (p - y) + ridge * weights)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def matrix(rows: list[Row], names: list[str]) -> NDArray[Any]:
    """The features of the rows, a column a name."""
    place = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for i, (_, features, _) in enumerate(rows):
        for name, value in features.items():
            if name in place:
                x[i, place[name]] = value
    return x


def report(p: NDArray[Any], y: NDArray[Any], annotated: int) -> None:
    """Print F1 by threshold, and how often the commitments of each confidence are right."""
    print("threshold  kept  precision  recall  F1")
    for threshold in (0.0, 0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        kept = p >= threshold
        right = float(y[kept].sum())
        precision, recall = right / max(1, kept.sum()), right / annotated
        print(f"{threshold:9.2f} {kept.sum():5d} {precision:10.3f} {recall:7.3f} {2 * right / (kept.sum() + annotated):5.3f}")
    print("confidence     n  told  right")
    for low in np.arange(0, 1, 0.1):
        inside = (p >= low) & (p < low + 0.1 + 1e-9 * (low > 0.89))
        if inside.any():
            print(f"{low:.1f}-{low + 0.1:.1f} {inside.sum():8d} {p[inside].mean():5.2f} {y[inside].mean():6.2f}")


def main() -> None:
    """Read the gold, train, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true", help=f"write the weights to {WEIGHTS.name}")
    arguments = parser.parse_args()
    pipeline = Pipeline(Settings(min_confidence=0))
    rows: list[Row] = []
    annotated = 0
    for number, (text, gold) in enumerate(releases(arguments.gold)):
        published = date.fromisoformat(gold["published_on"]) if gold.get("published_on") else None
        facts = pipeline.analyse(Source(text, published)).commitments
        annotated += len(gold["commitments"])
        rows += [(number, fact.features, right) for fact, right in zip(facts, label(facts, told(gold, text)), strict=True)]
    counts: dict[str, int] = {}
    for _, features, _ in rows:
        for name in features:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= RARE)
    x, y = matrix(rows, names), np.array([float(right) for *_, right in rows])
    fold = np.array([number % FOLDS for number, *_ in rows])
    p = np.zeros(len(rows))
    for one in range(FOLDS):
        weights = fit(x[fold != one], y[fold != one])
        p[fold == one] = 1 / (1 + np.exp(-(x[fold == one] @ weights[:-1] + weights[-1])))
    print(f"{len(rows)} found, {int(y.sum())} right of {annotated} annotated; {len(names)} features")
    report(p, y, annotated)
    loss = -(y * np.log(p + 1e-9) + (1 - y) * np.log(1 - p + 1e-9)).mean()
    print(f"log loss {loss:.4f}")
    if arguments.write:
        weights = fit(x, y)
        told_by = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=False)}
        model = {"bias": round(float(weights[-1]), 4), "weights": told_by}
        WEIGHTS.write_text(json.dumps(model, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
