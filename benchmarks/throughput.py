"""Words a second and memory: communique beside its language model alone, as spaCy runs it, on the same releases, in turns.

    taskset -c 0 python benchmarks/throughput.py [FOLDER] [--rounds N]

FOLDER holds releases; without it the samples are read. On Linux, `taskset` keeps it to one core.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

from communique import Pipeline, Source, model
from communique.read import read_all
from communique.run import plan


def main() -> None:
    """Print a line a round and the best of all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parents[1] / "samples")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()

    start = time.perf_counter()
    pipeline = Pipeline()
    print(f"loaded in {time.perf_counter() - start:.1f} s, {_megabytes():,.0f} MB")
    plain, _ = model.load()
    found = (one.source for job in plan([arguments.folder]).jobs for one in read_all(job.path, job.name, pipeline.settings))
    sources = [source for source in found if isinstance(source, Source)]
    words = sum(len(source.text.split()) for source in sources)
    print(f"{len(sources)} releases, {words:,} words; best of {arguments.rounds} rounds in words a second")

    ours = theirs = 0.0
    for _ in range(arguments.rounds):
        start = time.perf_counter()
        for _ in pipeline.extract_many(sources):
            pass
        ours = max(ours, words / (time.perf_counter() - start))
        start = time.perf_counter()
        for _ in plain.pipe(source.text for source in sources):
            pass
        theirs = max(theirs, words / (time.perf_counter() - start))
    print(f"communique {ours:,.0f}, the language model alone {theirs:,.0f}: {ours / theirs:.2f} of it")
    print(f"most memory {_megabytes():,.0f} MB, with the model loaded twice")


def _megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
