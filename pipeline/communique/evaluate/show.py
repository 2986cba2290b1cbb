"""The scores on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.evaluate.scores import MEASURES, Scores


def show(scores: Scores, console: Console, worst: int = 0) -> None:
    """Print the scores, and what is wrong in the `worst` releases."""
    missing = f", {len(scores.missing)} of them without a record: {', '.join(scores.missing[:5])}" if scores.missing else ""
    _line(console, f"{len(scores.releases)} releases{missing}\n")
    console.print(_scores(scores))
    _line(console, f"\ntotals of new money: {scores.totals():.3f} near, on average over releases and currencies")
    if scores.money():
        console.print(_money(scores))
    if scores.reliability():
        _line(console, f"\nreliability of confidence: off by {scores.calibration_error():.3f} on average")
        console.print(_reliability(scores))
    _line(console, "\nof what was found, right: " + ", ".join(f"{name} {share:.2f}" for name, share in scores.details().items()))
    for name in worst_first(scores)[:worst]:
        findings = scores.releases[name].findings
        _line(console, f"\n{name}: {len(findings)} not as gold has them")
        for one in findings:
            _line(console, f"  {one.what:<9} {one.kind:<11} {one.told}")


def worst_first(scores: Scores) -> list[str]:
    """The releases, those with the most findings first."""
    return sorted(scores.releases, key=lambda name: (-len(scores.releases[name].findings), name))


def _scores(scores: Scores) -> Table:
    table = _table("", "P", "R", "F1", "what is counted")
    for name, one in scores.table().items():
        table.add_row(name, f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}", Text(MEASURES[name], style="dim"))
    return table


def _money(scores: Scores) -> Table:
    table = _table("currency", "told", "gold", "off by", "of gold")
    for one in scores.money():
        share = "" if one.share is None else f"{100 * one.share:.1f} %"
        table.add_row(one.currency, f"{one.told:,f}", f"{one.wanted:,f}", f"{one.error:,f}", share)
    return table


def _reliability(scores: Scores) -> Table:
    table = _table("confidence", "commitments", "mean", "in gold", "all right")
    for one in scores.reliability():
        shares = (one.confidence, one.found, one.right)
        table.add_row(f"{one.low:.1f} to {one.high:.1f}", f"{one.number:,}", *(f"{share:.2f}" for share in shares))
    return table


def _table(first: str, *columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(first, no_wrap=True)
    for name in columns:
        table.add_column(name, justify="left" if name == "what is counted" else "right")
    return table


def _line(console: Console, words: str) -> None:
    console.print(Text(words), soft_wrap=True)
