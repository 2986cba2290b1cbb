"""Take the picture of a report that the README shows, in Debian's Chromium: `python docs/picture.py`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from communique import Pipeline
from communique.loading import Loaded
from communique.read import read
from communique.report import write_site
from communique.settings import Settings

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "samples" / "norway-moldova.txt"
SIZE = {"width": 1240, "height": 720}


def main() -> None:
    """Write report.png beside this file: a release with the words of one commitment lit."""
    record = Pipeline().extract_source(read(SAMPLE, SAMPLE.name, Settings()))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_site([Loaded(SAMPLE.name, record)], Path(folder))
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(next(Path(folder).glob("releases/*.html")).as_uri())
        page.hover("#c1")
        page.screenshot(path=HERE / "report.png")
        browser.close()


if __name__ == "__main__":
    main()
