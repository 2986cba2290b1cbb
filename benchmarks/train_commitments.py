"""Train the models that weigh commitments on annotated releases, and say how well they do on releases that they have not seen.

    python benchmarks/train_commitments.py GOLD_DIR… [--write]

GOLD_DIR holds <id>.txt with <id>.json beside it, or <id>.gold.json as in samples/. Five models are trained one after the other,
each on what those before it give: which tellings are of one undertaking, which undertakings are real, what is done, how firmly,
who receives. Ten folds over the releases give the figures: F1 by threshold, and how often those of each confidence are right.
With --write the weights of all releases go to the tree.
"""

from __future__ import annotations

import argparse
import copy
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from communique import Pipeline, Settings, Source
from communique.analysis import Analysis, CommitmentFact, Span, analysis_of
from communique.annotate.commitments import CommitmentAnnotator, tellings
from communique.link.commitments import learned, retellings
from communique.normalise.names import fold
from communique.read.decode import decode

WEIGHTS = Path(learned.__file__).parent / "weights"
MODELS = ("retellings", "confidence", "actions", "statuses", "recipients")
FOLDS = 10
RIDGE = {"retellings": 5.0, "confidence": 8.0, "actions": 4.0, "statuses": 8.0, "recipients": 4.0}  # the best of 1 to 20
RARE = {"retellings": 5, "confidence": 4, "actions": 3, "statuses": 3, "recipients": 5}  # seen less often it has no weight
NEAR = 40  # tellings before one that it is compared with
SURE_ENOUGH = 0.2  # of undertakings whose answers and receivers are learned from
OWN = 3.0  # the weight of the frame's own answer before anything is learned
SLIGHT = 0.02  # a weight of an answer below it is left out

Row = tuple[int, Iterable[str], bool]
"""The number of its release, what is seen, and whether it is right."""
Answer = tuple[Iterable[str], list[str]]
"""What is seen, and the answers that are right."""


@dataclass(slots=True)
class Release:
    """An annotated release with all that the steps before commitments find in it."""

    number: int
    doc: Doc
    found: Analysis
    gold: dict[str, Any]
    told: list[list[Span]]  # where each annotated commitment is told

    def fresh(self) -> Doc:
        """The doc as it was before the step of commitments."""
        self.doc._.communique = copy.deepcopy(self.found)
        return self.doc


def releases(folders: Iterable[Path]) -> Iterator[Release]:
    """The annotated releases of folders, in the order of their names, read up to the step of commitments."""
    pipeline = Pipeline(Settings())
    pipeline.nlp.disable_pipe("communique_commitments")
    paths = [path for folder in folders for path in sorted(folder.glob("*.json")) if not path.name.endswith(".meta.json")]
    for number, path in enumerate(paths):
        stem = path.name.removesuffix(".json").removesuffix(".gold")
        beside = next(one for suffix in (".txt", ".md") if (one := path.with_name(f"{stem}{suffix}")).exists())
        text = decode(beside.read_bytes())[0]
        gold = json.loads(path.read_text(encoding="utf-8"))
        published = date.fromisoformat(gold["published_on"]) if gold.get("published_on") else None
        doc = pipeline.annotate(Source(text, published))
        yield Release(number, doc, copy.deepcopy(analysis_of(doc)), gold, [_places(one, text) for one in gold["commitments"]])


def _places(commitment: dict[str, Any], text: str) -> list[Span]:
    places = []
    for quote in [commitment["trigger"], *commitment.get("also", [])]:
        pattern = r"\s+".join(re.escape(word) for word in quote["quote"].split())
        matches = list(re.finditer(pattern, text))
        if len(matches) >= quote.get("nth", 1):
            places.append(matches[quote.get("nth", 1) - 1].span())
    return places


def _meet(some: Iterable[Span], others: Iterable[Span]) -> bool:
    return any(a < end and start < b for a, b in others for start, end in some)


# -- what each model learns from -------------------------------------------------------------------------------------


def retelling_rows(release: Release) -> Iterator[Row]:
    """Pairs of tellings that meet annotated ones: right where those are of one commitment."""
    doc = release.fresh()
    analysis = analysis_of(doc)
    drafts = retellings.with_sums(tellings(doc, analysis), analysis)
    met = [next((i for i, spans in enumerate(release.told) if _meet([draft.trigger], spans)), None) for draft in drafts]
    for k, draft in enumerate(drafts):
        for j in range(max(0, k - NEAR), k):
            if met[k] is not None and met[j] is not None:
                yield release.number, retellings.pair_features(drafts[j], draft, analysis), met[j] == met[k]


def confidence_rows(release: Release) -> Iterator[Row]:
    """All commitments: right where they meet an annotated one that no other has taken."""
    facts = _facts(release, 0.0)
    matched = match(facts, release.told)
    for k, fact in enumerate(facts):
        yield release.number, fact.features, k in matched


def recipient_rows(release: Release) -> Iterator[Row]:
    """Those who may receive by a commitment that was found: right where the annotation says so."""
    facts = _facts(release, SURE_ENOUGH)
    analysis = analysis_of(release.doc)
    named = {party["name"]: party for party in release.gold["parties"]}
    for k, i in match(facts, release.told).items():
        wanted = [named.get(name, {"name": name}) for name in release.gold["commitments"][i]["receivers"]]
        for candidate in facts[k].candidates:
            right = any(_same(one, candidate.who, analysis, release.gold["parties"]) for one in wanted)
            yield release.number, candidate.features, right


def answer_rows(release: Release, field: str) -> Iterator[Answer]:
    """The undertakings that were found, with the annotated actions or statuses, all that a careful reader accepts."""
    facts = _facts(release, SURE_ENOUGH)
    for k, i in match(facts, release.told).items():
        yield facts[k].features, release.gold["commitments"][i][field]


def _facts(release: Release, min_confidence: float) -> list[CommitmentFact]:
    return analysis_of(CommitmentAnnotator(min_confidence)(release.fresh())).commitments


def match(facts: Sequence[CommitmentFact], told: Sequence[Sequence[Span]]) -> dict[int, int]:
    """Which commitment found is which annotated one, each taken once, those that meet its trigger first."""
    matched: dict[int, int] = {}
    for spans_of in (lambda fact: [fact.trigger], lambda fact: [*fact.evidence] if fact.amounts else fact.restated):
        for k, fact in enumerate(facts):
            if k in matched:
                continue
            taken = set(matched.values())
            hit = next((i for i, spans in enumerate(told) if i not in taken and _meet(spans_of(fact), spans)), None)
            if hit is not None:
                matched[k] = hit
    return matched


def _same(wanted: dict[str, Any], who: int | Span, analysis: Analysis, parties: list[dict[str, Any]]) -> bool:
    """Whether a candidate is the annotated receiver: by any name of either or of whom it stands for, by most words if unnamed."""
    if "kind" not in wanted:
        told = analysis.parties[who].name if isinstance(who, int) else analysis.text[slice(*who)]
        some, others = set(fold(told).split()), set(fold(wanted["name"]).split())
        return bool(some and others) and len(some & others) / min(len(some), len(others)) >= 0.6
    if not isinstance(who, int):
        return fold(analysis.text[slice(*who)]) in _names(wanted)
    ours = [analysis.parties[who]]
    if ours[0].represents is not None:
        ours.append(analysis.parties[ours[0].represents])
    theirs = [wanted, *(party for party in parties if party["name"] == wanted.get("represents"))]
    return any({fold(name) for name in (one.name, *one.aliases)} & _names(other) for one in ours for other in theirs)


def _names(party: dict[str, Any]) -> set[str]:
    return {fold(name) for name in (party["name"], *party.get("aliases", ()))}


# -- training --------------------------------------------------------------------------------------------------------


ROWS = {"retellings": retelling_rows, "confidence": confidence_rows, "recipients": recipient_rows}


FIELDS = {"actions": "action", "statuses": "status"}


def train(gold: Sequence[Release], name: str) -> learned.Model | learned.Choice:
    """The model of a name, trained on what it sees of releases with the models that are in use before it."""
    if name in FIELDS:
        return _choice([row for release in gold for row in answer_rows(release, FIELDS[name])], name)
    rows = [row for release in gold for row in ROWS[name](release)]
    seen = [features for _, features, _ in rows]
    names = _known(seen, name)
    return _model(names, fit(matrix(seen, names), np.array([float(right) for *_, right in rows]), RIDGE[name]))


def _choice(rows: Sequence[Answer], name: str) -> learned.Choice:
    seen = [features for features, _ in rows]
    names = _known(seen, name)
    x = matrix(seen, names)
    models = {}
    for answer in sorted({answer for _, answers in rows for answer in answers}):
        y = np.array([float(answer in answers) for _, answers in rows])
        prior = np.array([OWN if feature == f"{FIELDS[name]}={answer}" else 0.0 for feature in names] + [-OWN / 2])
        models[answer] = _model(names, fit(x, y, RIDGE[name], prior), SLIGHT)
    return learned.Choice(models)


def _known(seen: Iterable[Iterable[str]], name: str) -> list[str]:
    counts = Counter(feature for features in seen for feature in features)
    return sorted(feature for feature, count in counts.items() if count >= RARE[name])


def _model(names: Sequence[str], weights: NDArray[Any], slight: float = 0.0) -> learned.Model:
    told = {feature: round(float(weight), 4) for feature, weight in zip(names, weights, strict=False) if abs(weight) >= slight}
    return learned.Model(round(float(weights[-1]), 4), told)


def train_all(gold: Sequence[Release]) -> dict[str, learned.Model | learned.Choice]:
    """All models, one after the other, each in use for those after it."""
    models = {}
    for name in MODELS:
        models[name] = train(gold, name)
        learned.use(name, models[name])
    return models


def matrix(seen: Sequence[Iterable[str]], names: Sequence[str]) -> NDArray[Any]:
    """What is seen, a row each, a column a name."""
    place = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(seen), len(names)))
    for i, features in enumerate(seen):
        x[i, [place[name] for name in features if name in place]] = 1.0
    return x


def fit(x: NDArray[Any], y: NDArray[Any], ridge: float, prior: NDArray[Any] | None = None) -> NDArray[Any]:
    """The weights of a logistic regression with a ridge around `prior`, the bias last, by Newton's method."""
    x = np.hstack([x, np.ones((len(x), 1))])
    prior = np.zeros(x.shape[1]) if prior is None else prior
    penalty = np.full(x.shape[1], ridge)
    penalty[-1] = 1e-3
    weights = prior.copy()
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ weights))
        bent = x.T @ (x * (p * (1 - p) + 1e-9)[:, None]) + np.diag(penalty)
        step = np.linalg.solve(bent, x.T @ (p - y) + penalty * (weights - prior))
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


# -- figures ---------------------------------------------------------------------------------------------------------


def unseen(gold: Sequence[Release]) -> list[tuple[float, bool]]:
    """The confidence of all commitments, each by models that have not seen its release, and whether it is right."""
    told: list[tuple[float, bool]] = []
    for fold_number in range(FOLDS):
        train_all([release for release in gold if release.number % FOLDS != fold_number])
        for release in gold:
            if release.number % FOLDS == fold_number:
                facts = _facts(release, 0.0)
                matched = match(facts, release.told)
                told += [(fact.confidence, k in matched) for k, fact in enumerate(facts)]
    return told


def report(told: Sequence[tuple[float, bool]], annotated: int) -> None:
    """Print F1 by threshold, and how often the commitments of each confidence are right."""
    p, y = np.array([chance for chance, _ in told]), np.array([float(right) for _, right in told])
    print("threshold  kept  precision  recall  F1")
    for threshold in np.arange(0.0, 0.65, 0.05):
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
    """Read the gold, print the figures, train on all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true", help="write the weights into the tree")
    arguments = parser.parse_args()
    gold = list(releases(arguments.gold))
    if not arguments.write:
        report(unseen(gold), sum(len(release.told) for release in gold))
    models = train_all(gold)
    for name, model in models.items() if arguments.write else ():
        told = _told(model) if isinstance(model, learned.Model) else {key: _told(one) for key, one in model.models.items()}
        (WEIGHTS / f"{name}.json").write_text(json.dumps(told, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def _told(model: learned.Model) -> dict[str, Any]:
    return {"bias": model.bias, "weights": dict(model.weights)}


if __name__ == "__main__":
    main()
