"""The scores as a page: what is wrong stands marked in the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from communique.evaluate.release import Finding
from communique.evaluate.scores import MEASURES, Scores
from communique.evaluate.show import worst_first
from communique.report import charts
from communique.report.marks import Mark, Paragraph, paragraphs
from communique.report.pages import page

WHATS = {
    "missed": "gold has it, the record does not",
    "invented": "the record has it, gold does not",
    "wrong": "found, but says another thing",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A release with what is wrong in it, and its text with the words of that marked."""

    name: str
    findings: list[Finding]
    numbers: dict[str, int]  # by what is wrong
    paragraphs: list[Paragraph]


def evaluation_page(scores: Scores, texts: Mapping[str, str]) -> str:
    """The page of an evaluation; `texts` are those of the releases by their names in the gold."""
    bins = [(one.confidence, one.found, one.number) for one in scores.reliability()]
    return page(
        "evaluation.html",
        title="How far the records can be trusted",
        scores=scores,
        measures=MEASURES,
        whats=WHATS,
        plot=charts.reliability(bins, "reliability") if bins else None,
        wrongs=[_wrong(name, scores.releases[name].findings, texts.get(name, "")) for name in worst_first(scores)],
    )


def _wrong(name: str, findings: list[Finding], text: str) -> Wrong:
    marks = [Mark(*one.span, one.what, f"{one.what} {one.kind}: {one.told}") for one in findings if one.span]
    return Wrong(name, findings, dict(Counter(one.what for one in findings)), list(paragraphs(text, marks)))
