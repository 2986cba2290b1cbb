"""Seconds that reading takes, by format: from bytes to text, before anything is looked for in it.

    python benchmarks/reading.py FOLDER [REPEATS]

FOLDER holds files of releases (searched deeply). Prints, by extension, the files, their text's characters, and milliseconds of
process CPU time a file, the best of the repeats.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path

from communique.errors import ReleaseError
from communique.read import read_all
from communique.run import plan
from communique.settings import Settings
from communique.source import Source


def read(path: Path, repeats: int) -> tuple[int, float]:
    """The characters of the releases in a file, and the least seconds that reading it took; none of what cannot be read."""
    best, characters = float("inf"), 0
    for _ in range(repeats):
        begin = time.process_time()
        try:
            found = [one.source for one in read_all(path, path.name, Settings())]
        except ReleaseError:
            found = []
        best = min(best, time.process_time() - begin)
        characters = sum(len(source.text) for source in found if isinstance(source, Source))
    return characters, best


def main(folder: str, repeats: int = 3) -> None:
    """Print the table."""
    told: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for job in plan([Path(folder)]).jobs:
        told[job.path.suffix.lower()].append(read(job.path, repeats))
    for suffix, files in sorted(told.items()):
        characters, seconds = (sum(column) for column in zip(*files, strict=True))
        each = 1_000 * seconds / len(files)
        print(f"{suffix:<8} {len(files):>6,} files {characters:>12,.0f} characters {each:>9.1f} ms a file")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
