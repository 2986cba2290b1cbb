from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from communique_models import Record
from records import example_record, mention
from review.browsing import opened, press, retold, says, verdicts
from review.served import decisions, load, served

# whatever comes


HOSTILE = """<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1"> will pay €5 to "javascript:alert(1)"

</script></span><svg onload="window.hacked = 1"> \u202egnp.exe\u202c & a\u200bb 😀😀 will give €6 million {{ 7 * 7 }} ${7}
"""


def hostile_record() -> Record:
    text = HOSTILE
    first, second = (mention(quote, 1, text).model_dump() for quote in ("will pay", "will give"))
    lines = [mention(line, 1, text).model_dump() for line in text.splitlines() if line]
    told: dict[str, Any] = {
        "release": {"title": text.splitlines()[0], "issuer": "p1", "source": "javascript:alert(1)"},
        "parties": [
            {
                "id": "p1", "name": '<img src=x onerror="window.hacked = 1">', "kind": "company",
                "mentions": [mention("<script>", 1, text).model_dump()],
            },
        ],
        "commitments": [
            {
                "id": f"c{number}", "trigger": one, "evidence": [line], "providers": ["p1"], "action": "pay",
                "status": "pledged", "confidence": 0.5, "rules": ["<script>window.hacked = 1</script>"],
            }
            for number, (one, line) in enumerate(zip((first, second), lines, strict=True), 1)
        ],
        "provenance": example_record().provenance.model_dump(),
    }  # fmt: skip
    return retold(told, text)


def test_a_hostile_release_does_nothing(chromium: Browser, tmp_path: Path) -> None:
    url = load(tmp_path / "r.db", **{"<b>x": hostile_record()})
    with served(url, "<script>window.hacked = 1</script>") as address:
        asked: list[str] = []
        for page in opened(chromium, address):
            page.on("request", lambda request: asked.append(request.url))
            page.on("dialog", lambda dialog: pytest.fail(dialog.message))
            expect(page.locator(".card")).to_have_count(2)
            expect(page.locator("#text")).to_contain_text("<script>window.hacked = 1</script>")
            expect(page.locator("#text .odd")).to_have_count(3)
            assert page.locator("#text img, #text script, #cards img, #cards script, #text svg").count() == 0
            press(page, "j", "m", "w")
            page.keyboard.type("6")
            press(page, "Shift+ArrowRight", "Enter")
            expect(page.get_by_label("sum in digits")).to_have_value("6000000")
            press(page, "Enter")
            says(page, "Corrected")
            assert page.evaluate("window.hacked") is None
            assert all(one.startswith(address.split("?")[0]) for one in asked)
    told = decisions(url)[0].told
    assert told is not None
    assert told.amounts[0].where.quote == "€6 million", "behind characters that JavaScript counts twice"


def test_a_text_of_two_megabytes_can_be_reviewed(chromium: Browser, tmp_path: Path) -> None:
    record = example_record()
    text = record.text + f"{'Nothing is said here, again and again. ' * 50}\n\n" * 1_000
    url = load(tmp_path / "r.db", long=retold(record.model_dump(mode="json"), text))
    with served(url) as address:
        for page in opened(chromium, address, 120):
            press(page, "m", "w")
            says(page, "Mark words", 90)
            press(page, "Escape", "Escape", "a")
            says(page, "Accepted", 90)
    assert verdicts(url) == ["accepted"]


def test_an_empty_database_says_so(chromium: Browser, tmp_path: Path) -> None:
    with served(load(tmp_path / "r.db")) as address:
        for page in opened(chromium, address):
            expect(page.locator("#text")).to_contain_text("There is no release in this database")
            press(page, "a", "j", "e", "i", "n", "?")
            expect(page.locator("#help")).to_be_visible()


def test_a_server_that_ended_is_told_of(chromium: Browser, url: str) -> None:
    with served(url) as address:
        pages = opened(chromium, address)
        page = next(pages)
    press(page, "a")
    says(page, "The server does not answer")
    expect(page.locator(".card.lit")).to_contain_text("undecided")
    for _ in pages:
        pass


def test_a_release_that_is_gone_is_told_of(page: Page, url: str) -> None:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM releases")
    press(page, "a")
    says(page, "no longer in the database")


# for everybody


@pytest.mark.parametrize(("scheme", "width"), [("light", 1360), ("dark", 1360), ("light", 400)])
def test_everybody_can_use_it(chromium: Browser, url: str, scheme: str, width: int) -> None:
    """What axe finds wrong, in every state of the page: nothing."""
    with served(url) as address:
        for page in opened(chromium, address):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # the names are those
            page.set_viewport_size({"width": width, "height": 900})
            found = {"start": wrong(page)}
            press(page, "s", "6")
            says(page, "Corrected")
            press(page, "j", "r")
            says(page, "Rejected")
            found["decided"] = wrong(page)
            press(page, "k", "e")
            expect(page.locator(".editor")).to_be_visible()
            found["editor"] = wrong(page)
            press(page, "w")
            found["marking"] = wrong(page)
            press(page, "Escape", "Escape", "?")
            found["help"] = wrong(page)
            press(page, "Escape", "l")
            expect(page.locator("#releases button")).to_have_count(2)
            found["list"] = wrong(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing hangs out of the page"
            assert {state: one for state, one in found.items() if one} == {}


def wrong(page: Page) -> list[str]:
    told = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in told for node in one["nodes"]]
