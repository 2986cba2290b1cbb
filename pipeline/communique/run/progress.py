"""How far a run is: a bar with rate and time left on a terminal, plain lines otherwise."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from types import TracebackType
from typing import IO, Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

LINES = 10  # plain lines of progress in a run


class Progress(Protocol):
    """What a run tells while it works."""

    def begin(self, releases: int) -> None:
        """Say how many releases there are."""

    def more(self, releases: int) -> None:
        """Say that a file holds so many releases more than one."""

    def done(self, path: str, words: int) -> None:
        """Say that a release became a record."""

    def failed(self, path: str, reason: str) -> None:
        """Say that a release failed, and why."""

    def left_out(self, path: str, language: str) -> None:
        """Say that a release is left out, as it is not in English."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


class BarProgress:
    """A bar on a terminal; failures are printed above it."""

    def __init__(self, console: Console) -> None:
        self._bar = Bar(
            TextColumn("extracting"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
        )
        self._task: TaskID | None = None
        self._words = 0

    def begin(self, releases: int) -> None:
        """Show the bar."""
        self._task = self._bar.add_task("extracting", total=releases, rate="")

    def more(self, releases: int) -> None:
        """Make the bar longer."""
        if self._task is not None and releases:
            self._bar.update(self._task, total=(self._bar.tasks[0].total or 0) + releases)

    def done(self, path: str, words: int) -> None:  # noqa: ARG002  # the bar has no room for paths
        """Move the bar on."""
        self._words += words
        self._advance()

    def failed(self, path: str, reason: str) -> None:
        """Print the failure above the bar and move it on."""
        self._bar.console.print(Text.assemble(("failed ", "red"), f"{path}: {reason}"))
        self._advance()

    def left_out(self, path: str, language: str) -> None:  # noqa: ARG002  # the end tells them
        """Move the bar on."""
        self._advance()

    def _advance(self) -> None:
        if self._task is None:
            return
        elapsed = self._bar.tasks[0].elapsed or 0.0
        rate = f"{self._words / elapsed:,.0f} words/s" if elapsed > 0 else ""
        self._bar.update(self._task, advance=1, rate=rate)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()


class LineProgress:
    """A line for each tenth of the way and for every failure; for logs and pipes."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._total = self._count = self._words = 0
        self._start = time.perf_counter()

    def begin(self, releases: int) -> None:
        """Say how many releases there are."""
        self._total = releases
        self._start = time.perf_counter()
        self._say(f"{releases} {'release' if releases == 1 else 'releases'} to read")

    def more(self, releases: int) -> None:
        """Count on with so many more."""
        self._total += releases

    def done(self, path: str, words: int) -> None:  # noqa: ARG002  # a line a release would be too many
        """Count a release."""
        self._words += words
        self._advance()

    def failed(self, path: str, reason: str) -> None:
        """Print the failure and count it."""
        self._say(f"failed {path}: {reason}")
        self._advance()

    def left_out(self, path: str, language: str) -> None:  # noqa: ARG002  # the end tells them
        """Count a release."""
        self._advance()

    def _advance(self) -> None:
        self._count += 1
        if self._count * LINES // self._total == (self._count - 1) * LINES // self._total:
            return
        elapsed = time.perf_counter() - self._start
        left = elapsed / self._count * (self._total - self._count)
        rate = self._words / elapsed if elapsed > 0 else 0.0
        self._say(f"{self._count}/{self._total} ({100 * self._count // self._total} %), {rate:,.0f} words/s, {left:.0f} s left")

    def _say(self, line: str) -> None:
        self._console.print(Text(line), soft_wrap=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        return None


class JsonProgress:
    """A line of JSON for each event, for programs that gather logs."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._start = time.perf_counter()
        self._total = self._count = self._words = 0

    def begin(self, releases: int) -> None:
        """Say how many releases there are."""
        self._total += releases
        self._say("begin", releases=releases)

    def more(self, releases: int) -> None:
        """Count on with so many more."""
        self._total += releases

    def done(self, path: str, words: int) -> None:
        """Say that a release became a record."""
        self._count += 1
        self._words += words
        self._say("done", release=path, words=words)

    def failed(self, path: str, reason: str) -> None:
        """Say that a release failed, and why."""
        self._count += 1
        self._say("failed", "error", release=path, reason=reason)

    def left_out(self, path: str, language: str) -> None:
        """Say that a release is left out, as it is not in English."""
        self._count += 1
        self._say("left_out", release=path, language=language)

    def _say(self, event: str, level: str = "info", **more: str | int | float) -> None:
        at = datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told = {"time": at, "level": level, "event": event, **more}
        print(json.dumps(told, ensure_ascii=False), file=self._file, flush=True)

    def __enter__(self) -> Self:
        self._start = time.perf_counter()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        how = "end" if kind is None else "interrupted" if issubclass(kind, KeyboardInterrupt) else "broken"
        seconds = round(time.perf_counter() - self._start, 3)
        self._say(
            how, "info" if kind is None else "error", releases=self._count, of=self._total, words=self._words, seconds=seconds
        )


def progress_on(console: Console, *, as_json: bool = False) -> Progress:
    """What suits a console, or lines of JSON."""
    if as_json:
        return JsonProgress(console.file)
    return BarProgress(console) if console.is_terminal else LineProgress(console)
