"""Runs measured from outside: scaling, memory, start-up, a rerun with nothing to do, cost by length. Nothing here asserts a time.

    python benchmarks/runs.py scaling [--times 6] [--workers 1 2] [--rounds 2]  words a second by number of workers
    python benchmarks/runs.py memory [--releases 2000] [--workers 1]           memory of the workers while releases go by
    python benchmarks/runs.py startup [--rounds 3]                             seconds for one short release, and for `status`
    python benchmarks/runs.py rerun [--inputs 10000]                           seconds of a run with nothing to do
    python benchmarks/runs.py length [--paragraphs 1 10 100 1000]              milliseconds a paragraph, by length

Releases are those of the samples in plain text, multiplied; each copy has words of its own, so that no cache knows it.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.console import Console

from communique.read import read
from communique.run import Here, Job, Order, Pool, plan, run
from communique.run.engine import Doing, Result
from communique.run.maker import Maker
from communique.run.outcome import Outcome
from communique.run.progress import LineProgress
from communique.run.step import watched
from communique.settings import Limits, Settings

SAMPLES = Path(__file__).parents[1] / "samples"
COMMUNIQUE = str(Path(sys.executable).parent / "communique")


def main() -> None:
    """Read the command and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["scaling", "memory", "startup", "rerun", "length"])
    parser.add_argument("--times", type=int, default=6)
    parser.add_argument("--workers", type=int, nargs="+")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--releases", type=int, default=2_000)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--paragraphs", type=int, nargs="+", default=[1, 10, 100, 1_000])
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        measures: dict[str, Callable[[], None]] = {
            "scaling": lambda: scaling(top, told.times, told.workers or [1, 2], told.rounds),
            "memory": lambda: memory(top, told.releases, (told.workers or [1])[0]),
            "startup": lambda: startup(top, told.rounds),
            "rerun": lambda: rerun(top, told.inputs),
            "length": lambda: length(top, told.paragraphs, told.rounds),
        }
        measures[told.what]()


def texts() -> list[str]:
    """The texts of the samples."""
    return [read(path, path.name, Settings()).text for path in sorted(SAMPLES.glob("*.txt"))]


def multiplied(folder: Path, count: int) -> int:
    """Write so many releases; how many words they have."""
    folder.mkdir()
    words, known = 0, texts()
    for number in range(count):
        contact = f"Contact: Ana Vrost{number}, vrost{number}@press{number}.example.org, file {number}."
        text = f"{known[number % len(known)]}\n\n{contact}\n"
        (folder / f"{number:06}.txt").write_text(text)
        words += len(text.split())
    return words


def scaling(top: Path, times: int, workers: Sequence[int], rounds: int) -> None:
    """Words a second of whole runs, the loading of the model left out."""
    words = multiplied(top / "in", times * len(texts()))
    best: dict[int, float] = {}
    for turn in range(rounds):
        for number in workers:
            with Pool(Maker(Settings()), Limits(workers=number)) as engine:
                list(engine.events(plan([top / "in"]).jobs[:number]))  # until the model is loaded
                seconds = _through(top / "in", top / f"out {turn} {number}", engine)
            best[number] = max(best.get(number, 0.0), words / seconds)
            print(f"round {turn + 1}, {number} workers: {words / seconds:,.0f} words/s", flush=True)
    for number in workers[1:]:
        print(f"{workers[0]} -> {number} workers: {best[number] / best[workers[0]]:.2f} times the words a second")


def _through(folder: Path, out: Path, engine: Pool | Here) -> float:
    start = time.perf_counter()
    progress = LineProgress(Console(file=io.StringIO()))
    run(plan([folder], out), Order((folder,), out), engine, progress)
    return time.perf_counter() - start


def memory(top: Path, releases: int, workers: int) -> None:
    """The resident memory of the workers, read ten times on the way."""
    multiplied(top / "in", releases)
    engine = Pool(Maker(Settings()), Limits(workers=workers))
    done = 0
    with engine:
        for event in engine.events(plan([top / "in"]).jobs):
            done += hasattr(event, "outcome")
            if hasattr(event, "outcome") and done % max(1, releases // 10) == 0:
                print(f"{done:7,} releases: {_megabytes(engine):,.0f} MB a worker", flush=True)


def _megabytes(engine: Pool) -> float:
    """The most that a worker has now."""
    supervisor = engine._process.pid if engine._process else 0
    children = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split()
    return max((int(Path(f"/proc/{child}/statm").read_text().split()[1]) * 4096 for child in children), default=0) / 2**20


def startup(top: Path, rounds: int) -> None:
    """Seconds of whole commands."""
    (top / "a.txt").write_text("Norway will provide €5 million to Kenya.\n")
    for turn in range(rounds):
        run_it = ["run", str(top / "a.txt"), "--out"]
        for what, command in (
            ("a run over one short release", [*run_it, str(top / f"out {turn}")]),
            ("the same in one process", [*run_it, str(top / f"here {turn}"), "--workers", "0"]),
            ("a run with nothing to do", [*run_it, str(top / f"out {turn}")]),
            ("status", ["status", str(top / f"out {turn}")]),
        ):
            print(f"{_command(command):6.2f} s  {what}", flush=True)


def _command(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run([COMMUNIQUE, *command], check=True, capture_output=True)
    return time.perf_counter() - start


class Nothing:
    """A step that finds nothing, so that many inputs are done soon."""

    def __call__(
        self,
        jobs: Sequence[Job],
        *,
        batch: int = 1,  # noqa: ARG002  # as the step takes it
        at: Callable[[int | None, str], None] = watched,  # noqa: ARG002  # and this
    ) -> Iterator[Result]:
        """An empty record for each file."""
        for file, _ in enumerate(jobs):
            yield Result(file, 0, True, Outcome("", record=b"{}\n", release_id=str(file)))


def nothing() -> Doing:
    """Makes it."""
    return Nothing()


def rerun(top: Path, inputs: int) -> None:
    """Seconds of a run over a folder in which all is done; the first one finds nothing in it, the next ones are real."""
    words = multiplied(top / "in", inputs)
    print(f"{inputs:,} inputs, {words:,} words, entered in {_through(top / 'in', top / 'out', Here(nothing)):.1f} s")
    time.sleep(3)  # so that the files are old enough to be known by their times
    for what in ("its contents compared", "its times compared"):
        print(f"{_command(['run', str(top / 'in'), '--out', str(top / 'out')]):6.2f} s  rerun, {what}", flush=True)


def length(top: Path, paragraphs: Sequence[int], rounds: int) -> None:
    """Milliseconds a paragraph, of one release that is so many paragraphs long."""
    known = [paragraph for text in texts() for paragraph in text.split("\n\n") if len(paragraph.split()) > 20]
    step = Maker(Settings())()
    list(step([_written(top, known[:20])]))
    for count in paragraphs:
        job = _written(top, [known[number % len(known)] for number in range(count)])
        best = min(_seconds(step, job) for _ in range(rounds))
        print(f"{count:6,} paragraphs: {best:8.2f} s, {1000 * best / count:7.1f} ms a paragraph", flush=True)


def _written(top: Path, paragraphs: Sequence[str]) -> Job:
    path = top / "length.txt"
    path.write_text("\n\n".join(paragraphs))
    return Job(path, path.name)


def _seconds(step: Doing, job: Job) -> float:
    start = time.process_time()
    list(step([job]))
    return time.process_time() - start


if __name__ == "__main__":
    main()
