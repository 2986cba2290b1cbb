"""What the ledger of a folder of records says, for people and as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.run.ledger_tables import Entry, Kept, State, read_ledger


@dataclass(frozen=True, slots=True)
class Status:
    """A ledger at one moment."""

    folder: Path
    active: bool  # whether a run is writing to it
    entries: list[Entry]
    releases: list[Kept]

    @property
    def states(self) -> dict[State, int]:
        """How many inputs are in each state."""
        counted = Counter(entry.state for entry in self.entries)
        return {state: counted[state] for state in State}

    @property
    def left_out(self) -> int:
        """How many releases have no record because of their language."""
        return sum(one.left_out for one in self.releases)

    @property
    def records(self) -> int:
        """How many releases have a record."""
        return len(self.releases) - len(self.failures) - self.left_out

    @property
    def failures(self) -> list[tuple[str, str, str]]:
        """Path, kind and reason of each release that failed."""
        paths = {entry.name: entry.path for entry in self.entries}
        return [(f"{paths[one.input]}{one.mark}", one.cause, one.error) for one in self.releases if one.failed]


def status(folder: Path) -> Status:
    """The ledger of a folder of records; raises `OutputError` if it has none."""
    active, entries, releases = read_ledger(folder)
    return Status(folder, active, entries, releases)


def as_json(told: Status) -> dict[str, Any]:
    """All of a ledger: every input with its state, and its releases within it."""
    inputs: dict[str, dict[str, Any]] = {entry.name: {**asdict(entry), "releases": []} for entry in told.entries}
    for one in told.releases:
        release = {key: value for key, value in asdict(one).items() if key != "input"}
        inputs[one.input]["releases"].append({**release, "state": _state(one)})
    return {
        "folder": str(told.folder),
        "active": told.active,
        "states": told.states,
        "releases": {"done": told.records, "failed": len(told.failures), "left_out": told.left_out},
        "inputs": list(inputs.values()),
    }


def show(told: Status, console: Console) -> None:
    """Print the counts, and each failure with its reason."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    for state, count in told.states.items():
        table.add_row(f"inputs {state.value}", f"{count:,}", style="red" if state is State.FAILED and count else None)
    table.add_row("records", f"{told.records:,}")
    if told.left_out:
        table.add_row("left out, not in English", f"{told.left_out:,}")
    console.print(table)
    for path, _, reason in told.failures:
        _line(console, f"failed {path}: {reason}")
    if told.active:
        _line(console, f"a run is writing to {told.folder} now")
    elif told.states[State.NEW] or told.states[State.RUNNING]:
        _line(console, "the last run was interrupted; the next goes on where it stopped")
    if last := max((entry.changed for entry in told.entries), default=""):
        _line(console, f"last change {last}")


def _state(one: Kept) -> str:
    return "left_out" if one.left_out else State.FAILED if one.failed else State.DONE


def _line(console: Console, words: str) -> None:
    console.print(Text(words), soft_wrap=True)
