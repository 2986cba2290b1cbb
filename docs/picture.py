"""Take the pictures of these pages, in Debian's Chromium: `python docs/picture.py`, with what the extras report and review need.

They are those of the README and of `docs/`: a page of the report, its page for all, and the page of a review.
"""

from __future__ import annotations

import tempfile
import threading
from contextlib import chdir
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from communique import Pipeline, Source
from communique.loading import Loaded
from communique.read import read_all
from communique.report import write_site
from communique.review.serve import prepare
from communique.run import plan
from communique.settings import Settings
from communique.store import open_sink
from communique.store.reviews import Reviews

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
SHOWN = "norway-moldova.txt"
DATABASE = "sqlite:///records.db"


def main() -> None:
    """Write the pictures beside this file."""
    records = _records()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        site = Path(folder) / "report"
        write_site(records, site)
        release = next(one.record.release.id for one in records if one.name == SHOWN)
        page = next(page for page in site.glob("releases/*.html") if release in page.read_text(encoding="utf-8"))
        _take(browser, page.as_uri(), "report.png", lit="#c1")
        _take(browser, (site / "index.html").as_uri(), "run.png")
        with chdir(folder):  # the page of a review shows the path of its database
            with open_sink(DATABASE) as sink:
                for one in records:
                    if one.name == SHOWN:
                        sink.write(one.record, f"{one.name}.json")
            _take_review(browser)
        browser.close()


def _records() -> list[Loaded]:
    """The records of all samples."""
    settings = Settings()
    told = {f"{job.name}{one.mark}": one.source for job in plan([SAMPLES]).jobs for one in read_all(job.path, job.name, settings)}
    sources = {name: one for name, one in told.items() if isinstance(one, Source)}
    return [Loaded(name, record) for name, record in zip(sources, Pipeline().extract_many(sources.values()), strict=True)]


def _take_review(browser: Browser) -> None:
    reviews = Reviews(DATABASE)
    served = prepare(reviews, "Ada", 0)
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    try:
        _take(browser, served.address, "review.png", keys=("a", "a", "t"))
    finally:
        served.server.should_exit = served.server.force_exit = True
        thread.join(20)
        reviews.close()


def _take(browser: Browser, address: str, name: str, lit: str = "", keys: tuple[str, ...] = ()) -> None:
    """A picture of a page, with one of its elements lit or after some keys."""
    page = browser.new_page(viewport={"width": 1240, "height": 720}, color_scheme="light")
    page.goto(address)
    page.wait_for_timeout(1000)
    if lit:
        page.hover(lit)
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(500)
    page.screenshot(path=HERE / name)
    page.close()


if __name__ == "__main__":
    main()
