"""The time to write a report of many commitments, and to open, filter and sort its table in a browser.

    python benchmarks/report.py [COMMITMENTS] [FOLDER]

The records are made up, five commitments each, and the same each time. Times in the browser are the medians of five; a filter
is timed from the letter typed to the rows drawn, without the 80 ms that the page waits for more letters.
"""

from __future__ import annotations

import hashlib
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from communique.loading import Loaded
from communique.report import write_site
from communique_models import Amount, Commitment, Counted, Mention, Party, Provenance, Record, Release, Status

EACH = 5
CURRENCIES = ("EUR", "NOK", "USD", "GBP", "SEK", "KES", "JPY", "CHF", "DKK", "CAD")
STATUSES = list(Status)
PURPOSES = ("energy", "health", "education", "military", "humanitarian", "research")
SHA = "0" * 64
SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def records(commitments: int) -> Iterator[Loaded]:
    """Releases with so many commitments in all."""
    for number in range(commitments // EACH):
        yield Loaded(f"{number // 100}/release-{number}.txt", record(number))


def record(number: int) -> Record:
    """A release in which a fund gives to five towns, a line each."""
    fund = f"Fund {number % 173}"
    lines = [f"{fund} announces grants, round {number}."]
    mentions = []
    for place in range(EACH):
        town, sum_ = (
            f"Town {(number * 7 + place * 31) % 997}",
            f"{CURRENCIES[(number + place) % 10]} {number % 900 + place + 1} million",
        )
        start = sum(map(len, lines)) + len(lines)
        line = f"{fund} will give {sum_} to {town} for its {PURPOSES[(number + place) % 6]} programme."
        lines.append(line)
        mentions.append((start, line, town, sum_))
    text = "\n".join(lines)

    def at(start: int, line: str, quote: str) -> Mention:
        begin = start + line.index(quote)
        return Mention(start=begin, end=begin + len(quote), quote=quote)

    towns = {town: at(start, line, town) for start, line, town, _ in mentions}
    ids = {town: f"p{place}" for place, town in enumerate(towns, 2)}
    return Record(
        release=Release(
            id=hashlib.sha256(text.encode()).hexdigest(), characters=len(text), title=lines[0][:-1],
            published_on=date(2023, 1, 1) + timedelta(days=number % 1000),
        ),
        text=text,
        parties=[
            Party(id="p1", name=fund, kind="nonprofit", mentions=[at(0, lines[0], fund)]),
            *(Party(id=ids[town], name=town, kind="public_body", mentions=[mention]) for town, mention in towns.items()),
        ],
        amounts=[
            Amount(
                id=f"a{place}", mention=at(start, line, sum_), currency=sum_[:3], currency_basis="code",
                value=f"{number % 900 + place}000000",
            )
            for place, (start, line, _, sum_) in enumerate(mentions, 1)
        ],
        commitments=[
            Commitment(
                id=f"c{place}", trigger=at(start, line, "will give"), evidence=[at(start, line, line)], providers=["p1"],
                receivers=[ids[town]], action="fund", status=STATUSES[(number + place) % 7], amounts=[f"a{place}"],
                purposes=[PURPOSES[(number + place - 1) % 6]], confidence=0.5 + (number % 50) / 100, rules=["verb:give"],
                counted=Counted(amounts=[f"a{place}"] if 2 <= (number + place) % 7 <= 5 else []),
            )
            for place, (start, line, town, _) in enumerate(mentions, 1)
        ],
        provenance=Provenance(
            version="0", model="none", model_version="0", model_sha256=SHA, lexicons_sha256=SHA, settings_sha256=SHA
        ),
    )  # fmt: skip


def timed(page: Page, script: str) -> float:
    """Milliseconds until a script has run and what it changed is laid out; the median of five."""
    code = f"() => {{ const begin = performance.now(); {script}; document.body.offsetHeight; return performance.now() - begin; }}"
    return statistics.median(page.evaluate(code) for _ in range(5))


def measure(index: Path) -> None:
    """Print the times in a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(SWITCHES))
        opened = []
        for _ in range(5):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(index.as_uri())
            opened.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
        steps = {"filter by a word": typed("town 31"), "filter to nothing": typed("nowhere"), "show all again": typed("")}
        steps |= {f"sort by {key}": f"document.querySelector('[data-sort={key}]').click()" for key in ("who", "sum", "published")}
        steps["next page"] = "document.getElementById('next').click()"
        print(f"{'open':<20} {statistics.median(opened):6.0f} ms until loaded, table and plots drawn")
        for name, script in steps.items():
            print(f"{name:<20} {timed(page, script):6.0f} ms")
        print(f"{'script heap':<20} {page.evaluate('performance.memory.usedJSHeapSize') / 1e6:6.0f} MB")
        browser.close()


def typed(words: str) -> str:
    """A script that filters by words at once."""
    form = "document.getElementById('filter')"
    return f"{form}.elements.q.value = '{words}'; {form}.dispatchEvent(new Event('submit', {{cancelable: true}}))"


def main() -> None:
    """Write and measure."""
    commitments = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(sys.argv[2] if len(sys.argv) > 2 else temporary)
        begin = time.perf_counter()
        made = list(records(commitments))
        made_in = time.perf_counter() - begin
        begin = time.perf_counter()
        site = write_site(made, out)
        seconds = time.perf_counter() - begin
        megabytes = (out / "index.html").stat().st_size / 1e6
        print(f"{len(site.rows):,} commitments of {len(site.pages):,} releases (made in {made_in:.1f} s)")
        print(f"written in {seconds:.1f} s, {len(site.pages) / seconds:,.0f} releases/s; page of the run {megabytes:.1f} MB")
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB")
        measure(out / "index.html")


if __name__ == "__main__":
    main()
