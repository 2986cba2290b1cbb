"""How well the pipeline does on releases with gold, by the measure of `communique evaluate`.

    python tests/gold/scoring.py FOLDER

FOLDER holds releases with their gold beside them, `x.txt` and `x.gold.json` or `x.json`. Each is told the date of publication
that its gold gives. `communique run` and `communique evaluate` do the same for records that are there already.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rich.console import Console

from communique import Pipeline
from communique.evaluate import Gold, Scores, evaluate_release, load_gold
from communique.evaluate.show import show
from communique.read import READERS, read
from communique.settings import Settings


def gold_releases(folder: Path) -> Iterator[tuple[Path, Gold]]:
    """The releases of a folder that have gold, with it, in the order of their names."""
    for one in load_gold(folder):
        release = next((path for suffix in READERS if (path := folder / f"{one.name}{suffix}").exists()), None)
        if release:
            yield release, one.gold


def score(folder: Path, pipeline: Pipeline) -> Scores:
    """The scores of a pipeline over a folder with gold."""
    scores = Scores()
    found = list(gold_releases(folder))
    days = [date.fromisoformat(gold.published_on) if gold.published_on else None for _, gold in found]
    sources = [read(path, path.name, Settings()).published(day) for (path, _), day in zip(found, days, strict=True)]
    for (path, gold), record in zip(found, pipeline.extract_many(sources), strict=True):
        scores.add(path.stem, evaluate_release(gold, record))
    return scores


def values(scores: Scores) -> dict[str, float]:
    """The F1 of each measure, and how near the totals are."""
    return {**{name: one.f1 for name, one in scores.table().items()}, "totals": scores.totals()}


if __name__ == "__main__":
    show(score(Path(sys.argv[1]), Pipeline()), Console(width=160))
