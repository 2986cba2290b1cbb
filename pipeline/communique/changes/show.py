"""Changes on a terminal."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.changes.compare import Change, Changes, Field
from communique.report.words import plural

SIGNS = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow")}
QUOTE, EVIDENCE = 100, 160  # letters of them that are shown


def show(changes: Changes, console: Console) -> None:
    """Print what changed: in numbers, in money, and release by release."""
    if not changes:
        _line(console, Text(f"nothing changed in {plural(changes.same, 'release')}"))
        return
    changed = f"{plural(len(changes.changed), 'release')} changed, {changes.same:,} did not"
    _line(console, Text(f"{changed}; {len(changes.added):,} new, {len(changes.removed):,} gone"))
    for name in changes.removed:
        _line(console, Text(f"- {name}", style="red"))
    for name in changes.added:
        _line(console, Text(f"+ {name}", style="green"))
    if changes.numbers():
        console.print(_numbers(changes))
    if moved := [one for one in changes.money() if one[1] != one[2]]:
        console.print(_money(moved))
    for release in changes.changed:
        renamed = f" → {release.renamed}" if release.renamed else ""
        _line(console, Text(f"\n{release.name}{renamed}{' (its text differs)' if release.text_differs else ''}", style="bold"))
        for change in release.changes:
            _change(console, change)


def _change(console: Console, change: Change) -> None:
    sign, style = SIGNS[change.what]
    _line(console, Text.assemble((f"{sign} {change.kind} ", style), repr(_cut(change.quote, QUOTE))))
    for one in change.fields:
        _line(console, Text(f"    {one.name}: {_told(change, one)}"))
    if change.evidence and change.kind == "commitment":
        _line(console, Text(f"    “{_cut(change.evidence, EVIDENCE)}”", style="dim"))


def _told(change: Change, one: Field) -> str:
    if change.what != "changed":
        return one.after or one.before
    return f"{one.before or 'nothing'} → {one.after or 'nothing'}"


def _numbers(changes: Changes) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("fact", "what changed"):
        table.add_column(name, no_wrap=True)
    table.add_column("times", justify="right")
    for kind, what, count in changes.numbers():
        table.add_row(kind, what, f"{count:,}")
    return table


def _money(moved: list[tuple[str, Decimal, Decimal]]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("new money")
    for name in ("before", "after"):
        table.add_column(name, justify="right", no_wrap=True)
    for currency, before, after in moved:
        table.add_row(currency, f"{before:,f}", f"{after:,f}")
    return table


def _cut(words: str, most: int) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _line(console: Console, words: Text) -> None:
    console.print(words, soft_wrap=True)
