"""A program that loads many releases, for tests of several at once and of kills: python loader.py URL COUNT BATCH."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from communique.store import open_sink
from databases import many

if __name__ == "__main__":
    url, count, batch = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    releases = many(count)
    with open_sink(url) as sink:
        print("open", flush=True)
        for start in range(0, count, batch):
            sink.write_many(releases[start : start + batch])
