"""A review that is served, and a browser that looks at it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from communique.overlay import Decision
from communique.review.serve import prepare
from communique.store import open_sink
from communique.store.reviews import Reviews
from communique_models import Record


def load(file: Path, **records: Record) -> str:
    """A database with records by their names; its URL."""
    url = f"sqlite:///{file}"
    with open_sink(url) as sink:
        for name, record in records.items():
            sink.write(record, f"{name}.txt.json")
    return url


@contextmanager
def served(url: str, reviewer: str = "Ada") -> Iterator[str]:
    """The address of a review of a database, as long as it is served."""
    reviews = Reviews(url)
    made = prepare(reviews, reviewer, 0)
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not made.server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    try:
        yield made.address
    finally:
        made.server.should_exit = True
        made.server.force_exit = True
        thread.join(20)
        reviews.close()


def decisions(url: str) -> list[Decision]:
    """All decisions in a database that stand, in their order."""
    reviews = Reviews(url)
    try:
        return reviews.decisions()
    finally:
        reviews.close()
