"""Seconds by the length of a text, step by step: a text twice as long should take twice as long.

python benchmarks/length.py TEXT_FILE… [--times 1 2 4 8]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from communique import Pipeline, Settings, Source
from communique.read.decode import decode


def main() -> None:
    """Put the files after each other, again and again, and time each component on the whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 2, 4])
    arguments = parser.parse_args()
    once = "\n\n".join(decode(path.read_bytes())[0] for path in arguments.files) + "\n\n"
    pipeline = Pipeline(Settings(max_characters=100_000_000))
    names = [name for name in pipeline.nlp.pipe_names if name.startswith("communique")]
    print("characters   model  " + "  ".join(f"{name.removeprefix('communique_'):>11}" for name in names))
    for times in arguments.times:
        doc = pipeline.prepare(Source(once * times))
        spent: dict[str, float] = {}
        for name, component in pipeline.nlp.pipeline:
            start = time.process_time()
            doc = component(doc)
            key = name if name in names else "model"
            spent[key] = spent.get(key, 0.0) + time.process_time() - start
        row = "  ".join(f"{spent[name]:11.2f}" for name in names)
        print(f"{len(once) * times:10,} {spent['model']:7.2f}  {row}", flush=True)


if __name__ == "__main__":
    main()
