"""How long reconcile takes: made commitments of many providers, some told again, drawn, raised and delivered.

    python benchmarks/reconcile.py [COMMITMENTS] [--db URL]

Prints seconds of processor time for reading, joining parties, and joining commitments, the comparisons made, and peak memory.
With `--db`, the records are loaded into that database first, and the command is timed on it, twice.
"""

from __future__ import annotations

import hashlib
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from communique.reconcile import Book, candidates, join, ledger, reconcile
from communique.store import open_sink
from communique_models import Amount, Commitment, Counted, Mention, Party, Provenance, Record, Release

SHA = "0" * 64
TOPICS = (
    "water",
    "roads",
    "clinics",
    "vaccines",
    "ports",
    "grids",
    "wheat",
    "dams",
    "schools",
    "forests",
    "boats",
    "bridges",
    "radar",
)
PLACES = (
    "Aldor",
    "Brenna",
    "Corvan",
    "Dumar",
    "Estra",
    "Fenwick",
    "Gorma",
    "Hallin",
    "Istrad",
    "Jorvel",
    "Kestin",
    "Lumen",
    "Morda",
)
DONORS, TAKERS = 400, 300
BATCH = 500


def records(count: int, seed: int = 1) -> Iterator[Record]:
    """Releases of one commitment each; a third tells of an earlier one."""
    dice = random.Random(seed)
    told: list[tuple[str, str, str, str, int]] = []
    for number in range(count):
        if told and dice.random() < 0.35:
            giver, taker, topic, place, million = told[max(0, len(told) - 1 - int(dice.expovariate(0.01)))]
            verb, status = dice.choice(
                [("will provide", "pledged"), ("has now paid", "delivered"), ("has allocated", "allocated")]
            )
        else:
            giver = f"Donor{int(min(DONORS, dice.paretovariate(0.6)))} Fund"  # few give much, as it is
            taker = f"Taker{int(min(TAKERS, dice.paretovariate(0.7)))} Council"
            topic, place, million = dice.choice(TOPICS), dice.choice(PLACES), dice.randint(1, 900)
            verb, status = "will provide", "pledged"
            told.append((giver, taker, topic, place, million))
        yield record(number, giver, taker, f"{verb} €{million} million for {topic} in {place} to", status, million)


def record(number: int, giver: str, taker: str, words: str, status: str, million: int) -> Record:
    """A release with one sentence."""
    text = f"{giver} {words} {taker}."
    whole = Mention(start=0, end=len(text), quote=text)
    start = text.index("€")
    quote = f"€{million} million"
    release = Release(
        id=hashlib.sha256(f"{number}".encode()).hexdigest(),
        characters=len(text),
        published_on=date(2015, 1, 1) + timedelta(number // 30),
    )
    return Record(
        release=release,
        text=text,
        parties=[
            Party(id="p1", name=giver, kind="nonprofit", mentions=[Mention(start=0, end=len(giver), quote=giver)]),
            Party(id="p2", name=taker, kind="public_body", mentions=[_at(text, taker)]),
        ],
        amounts=[
            Amount(
                id="a1",
                mention=Mention(start=start, end=start + len(quote), quote=quote),
                currency="EUR",
                currency_basis="symbol",
                value=f"{million}000000",
            )
        ],
        commitments=[
            Commitment(
                id="c1",
                trigger=whole,
                evidence=[whole],
                providers=["p1"],
                receivers=["p2"],
                action="fund",
                status=status,
                amounts=["a1"],
                counted=Counted(amounts=["a1"]),
                confidence=0.9,
            )
        ],
        provenance=Provenance(
            version="0", model="none", model_version="0", model_sha256=SHA, lexicons_sha256=SHA, settings_sha256=SHA
        ),
    )


def _at(text: str, words: str) -> Mention:
    return Mention(start=text.index(words), end=text.index(words) + len(words), quote=words)


def memory(count: int) -> None:
    """Without a database."""
    compared = 0
    of = candidates.Candidates.of

    def counted(self: candidates.Candidates, telling: object) -> list[int]:
        nonlocal compared
        found = of(self, telling)  # type: ignore[arg-type]
        compared += len(found)
        return found

    ledger.Candidates.of = counted  # type: ignore[method-assign]
    made = list(records(count))
    start = time.process_time()
    book = Book()
    book.read(made)
    read = time.process_time()
    actors = join(book.parties)
    joined = time.process_time()
    done = reconcile(book.tellings, actors)
    end = time.process_time()
    print(f"{count} commitments, {len(actors)} actors: {len(done.undertakings)} undertakings, {len(done.links)} links")
    print(f"read {read - start:.1f} s, parties {joined - read:.1f} s, commitments {end - joined:.1f} s of processor time")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{compared / count:.1f} comparisons a commitment, peak {peak:.0f} MB")


def database(count: int, url: str) -> None:
    """With one: the first run writes all, the second nothing."""
    with open_sink(url) as sink:
        batch = []
        for number, one in enumerate(records(count)):
            batch.append((one, f"{number}.json"))
            if len(batch) == BATCH:
                sink.write_many(batch)
                batch = []
        sink.write_many(batch)
    for run in ("first", "again"):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        told = subprocess.run(
            [Path(sys.executable).with_name("communique"), "reconcile", "--db", url], capture_output=True, text=True, check=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{run}: {used:.0f} s of processor time, {time.monotonic() - start:.0f} s in all; {told.stdout.splitlines()[-1]}")


def main() -> None:
    """Run it."""
    count = next((int(one) for one in sys.argv[1:] if one.isdigit()), 100_000)
    if "--db" in sys.argv:
        database(count, sys.argv[sys.argv.index("--db") + 1])
    else:
        memory(count)


if __name__ == "__main__":
    main()
