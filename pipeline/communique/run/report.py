"""The table at the end of a run."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.run.execute import Summary
from communique.run.outcome import FACTS


def report(summary: Summary, console: Console) -> None:
    """Print what a run did: its counts, where the records are, and each release that failed with its reason."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_row("releases read", f"{summary.read:,}")
    if summary.unchanged:
        table.add_row("done before, unchanged", f"{summary.unchanged:,}")
    failed = [*summary.failed, *summary.failed_before]
    table.add_row("failed", f"{len(failed):,}", style="red" if failed else None)
    if summary.left_out:
        table.add_row("left out, not in English", f"{len(summary.left_out):,}")
    if summary.duplicates:
        table.add_row("duplicates", f"{len(summary.duplicates):,}")
    for kind in FACTS:
        table.add_row(kind, f"{summary.facts[kind]:,}")
    console.print(table)
    if summary.skipped:
        told = ", ".join(f"{count:,} {suffix}" for suffix, count in sorted(summary.skipped.items()))
        _line(console, f"passed over, their format is not read: {told}")
    if summary.notices:
        told = ", ".join(f"{count:,} {code}" for code, count in sorted(summary.notices.items()))
        _line(console, f"notices in the records: {told}")
    if summary.loaded:
        _line(console, f"loaded into databases from earlier runs: {summary.loaded:,} records")
    if summary.vanished:
        what = "their records are removed" if summary.pruned else "their records are kept; --prune removes them"
        _line(console, f"inputs that are not there any more: {len(summary.vanished):,} ({what})")
    for path, language in sorted(summary.left_out.items()):
        _line(console, f"left out {path}: {language}")
    for path, first in summary.duplicates.items():
        _line(console, f"duplicate {path}: the text of {first}")
    for path, reason in summary.failed:
        _line(console, f"failed {path}: {reason}")
    for path, reason in summary.failed_before:
        _line(console, f"failed before {path}: {reason}")
    if summary.failed_before:
        _line(console, "what failed before is not tried again until it changes, or with --retry-failed")
    _line(console, f"written to {' and '.join(summary.places)}")
    if summary.seconds > 0:
        _line(console, f"{summary.words:,} words in {summary.seconds:.1f} s, {summary.words / summary.seconds:,.0f} words/s")


def _line(console: Console, words: str) -> None:
    console.print(Text(words), soft_wrap=True)
