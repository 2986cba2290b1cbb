"""Pages that a browser opens from files, without a network; what axe finds is summed up at the end of a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

Visit = Callable[..., Page]
Check = Callable[[Page], list[str]]


@pytest.fixture
def complaints() -> list[str]:
    """What pages said on the console, asked of a network or showed in a dialog; a test that means to hear of it empties it."""
    return []


@pytest.fixture
def visit(chromium: Browser, complaints: list[str]) -> Iterator[Visit]:
    """Open the file of a page; at the end there must be no complaint."""
    contexts = []

    def asked(request: Request) -> None:
        if not request.url.startswith(("file:", "blob:", "data:")):
            complaints.append(f"asked for {request.url}")

    def opened(path: Path, fragment: str = "", width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", asked)
        page.goto(path.as_uri() + fragment)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def objections(record_property: Callable[[str, object], None]) -> Check:
    """What axe objects to on a page, a line each; the numbers are told at the end of the session."""

    def checked(page: Page) -> list[str]:
        told = Axe().run(page).response
        record_property("axe", [len(told[what]) for what in ("passes", "violations", "incomplete")])
        return [
            f"{rule['id']} at {' '.join(map(str, node['target']))}: {' '.join(node.get('failureSummary', '').split())}"
            for rule in told["violations"] for node in rule["nodes"]
        ]  # fmt: skip

    return checked
