"""Seconds by the length of a text, step by step: a text twice as long should take twice as long.

python benchmarks/length.py TEXT_FILE… [--times 1 2 4 8]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from communique import Pipeline, Settings, Source
from communique.parse import OURS
from communique.read.decode import decode


def main() -> None:
    """Put the files after each other, again and again, and time each component on the whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 2, 4])
    arguments = parser.parse_args()
    once = "\n\n".join(decode(path.read_bytes())[0] for path in arguments.files) + "\n\n"
    pipeline = Pipeline(Settings(max_characters=100_000_000))
    ours = [(name, component) for name, component in pipeline.nlp.pipeline if name.startswith(OURS)]
    steps = [*ours[:1], ("model", lambda doc: pipeline.reader([doc])), *ours[1:]]  # the layout comes before the model
    print("characters  " + "  ".join(f"{name.removeprefix(OURS):>11}" for name, _ in steps))
    for times in arguments.times:
        doc = pipeline.prepare(Source(once * times))
        spent = []
        for _, step in steps:
            start = time.process_time()
            step(doc)
            spent.append(time.process_time() - start)
        print(f"{len(once) * times:10,}  " + "  ".join(f"{seconds:11.2f}" for seconds in spent), flush=True)


if __name__ == "__main__":
    main()
