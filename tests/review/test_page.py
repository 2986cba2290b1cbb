from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from communique.overlay import Verdict
from communique_models import Action, Counted, Record
from records import TEXT, example_record, mention
from review.served import decisions, load, served

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
expect.set_options(timeout=20_000)
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return load(tmp_path / "r.db", havna=two_commitments(), kvam=two_commitments("Kvam, 6 May.\n\n"))


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    with served(url) as address:
        yield from opened(browser, address)


def opened(browser: Browser, address: str, seconds: int = 20) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1360, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    expect(page.locator("#text > *").first).to_be_visible(timeout=seconds * 1000)
    yield page
    context.close()
    assert errors == []


def two_commitments(before: str = "") -> Record:
    """The example with a second commitment; a text before it moves all of it on."""
    record = example_record()
    facts = {"id": "c2", "trigger": mention("signed"), "evidence": [mention(TEXT.splitlines()[3])]}
    facts |= {"restated": [], "amounts": [], "counted": Counted()}
    second = record.commitments[0].model_copy(update=facts)
    return moved(record.model_copy(update={"commitments": [*record.commitments, second]}), before)


def moved(record: Record, before: str) -> Record:
    """The record of the same text behind another one."""
    told = re.sub(r'"(start|end)":(\d+)', lambda match: f'"{match[1]}":{int(match[2]) + len(before)}', record.model_dump_json())
    return retold(json.loads(told), before + record.text)


def retold(told: dict[str, Any], text: str) -> Record:
    release = {**told["release"], "id": hashlib.sha256(text.encode()).hexdigest(), "characters": len(text)}
    return Record.model_validate_json(json.dumps({**told, "release": release, "text": text}))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def says(page: Page, words: str, seconds: int = 20) -> None:
    expect(page.locator("#message")).to_contain_text(words, timeout=seconds * 1000)


def verdicts(url: str) -> list[Verdict]:
    return [one.verdict for one in decisions(url)]


# the way through


def test_a_release_is_reviewed_from_start_to_end_by_keyboard(page: Page, url: str) -> None:
    expect(page.locator("#counts")).to_contain_text("0 of 4 commitments decided, 4 left · 0 of 2 releases finished")
    expect(page.locator(".card.lit")).to_contain_text("Havna Fund")
    press(page, "a")
    says(page, "Accepted")
    expect(page.locator(".card.lit")).to_contain_text("“signed”")
    press(page, "r")
    says(page, "Rejected")
    expect(page.locator("#finish")).to_have_class(re.compile("lit"))
    press(page, "a")
    expect(page.locator("#counts")).to_contain_text("2 of 4 commitments decided, 2 left · 1 of 2 releases finished")
    expect(page.locator("#text")).to_contain_text("Kvam, 6 May")
    press(page, "a", "a", "f")
    expect(page.locator("#counts")).to_contain_text("4 of 4 commitments decided, 0 left · 2 of 2 releases finished")
    says(page, "All is decided")
    assert verdicts(url) == ["accepted", "rejected", "complete", "accepted", "accepted", "complete"]
    assert {one.decided_by for one in decisions(url)} == {"Ada"}


def test_keys_that_come_fast_are_all_done(page: Page, url: str) -> None:
    press(page, "a", "a", "a", "a", "a", "a")
    expect(page.locator("#counts")).to_contain_text("2 of 2 releases finished")
    assert verdicts(url) == ["accepted", "accepted", "complete"] * 2


def test_a_status_takes_two_keys(page: Page, url: str) -> None:
    press(page, "s", "6")
    says(page, "Corrected")
    expect(page.locator(".card.lit")).to_contain_text("delivered")
    expect(page.locator(".card.lit .otherwise")).to_contain_text("What communique says")
    told = decisions(url)[0].told
    assert told is not None
    assert told.status == "delivered"


def test_who_and_whom_are_chosen_by_their_digits(page: Page, url: str) -> None:
    press(page, "t")
    expect(page.locator("[data-field=receivers] input").first).to_be_focused()
    press(page, "1", "2", "Enter")
    says(page, "Corrected")
    told = decisions(url)[0].told
    assert told is not None
    assert [one.name for one in told.receivers] == ["Havna Fund"], "the first was unchosen, the second chosen"


def test_words_are_marked_by_keyboard(page: Page, url: str) -> None:
    press(page, "p", "1", "w")
    says(page, "Mark words")
    page.keyboard.type("boa")
    press(page, "Shift+ArrowLeft", "Enter")
    expect(page.locator("[data-field=providers]")).to_contain_text("board")
    press(page, "Enter")
    says(page, "Corrected")
    told = decisions(url)[0].told
    assert told is not None
    assert [(one.name, one.where.quote) for one in told.providers] == [("board", "board")]


def test_a_sum_is_read_from_the_marked_words(page: Page, url: str) -> None:
    press(page, "j", "m", "w")
    page.keyboard.type("1.5")
    press(page, "Shift+ArrowRight", "Enter")
    expect(page.get_by_label("sum in digits")).to_have_value("1500000")
    expect(page.get_by_label("currency")).to_have_value("EUR")
    page.get_by_label("sum in digits").fill("1600000")
    press(page, "Enter")
    says(page, "Corrected")
    told = decisions(url)[0].told
    assert told is not None
    assert [(one.value, one.currency, one.where.quote) for one in told.amounts] == [("1600000", "EUR", "€1.5 million")]


def test_words_are_marked_by_the_mouse(page: Page, url: str) -> None:
    select_words(page, "the deed on Friday")
    press(page, "c")
    expect(page.locator("[data-field=condition]")).to_contain_text("the deed on Friday")
    press(page, "Enter")
    says(page, "Corrected")
    told = decisions(url)[0].told
    assert told is not None
    assert told.condition
    assert told.condition.quote == "the deed on Friday"


def select_words(page: Page, words: str) -> None:
    """Drag over words that stand in one line."""
    box = page.evaluate(
        """(words) => {
            const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
            const nodes = [];
            let text = "";
            while (walker.nextNode()) { nodes.push([walker.currentNode, text.length]); text += walker.currentNode.data; }
            const at = text.lastIndexOf(words), range = document.createRange();
            const put = (place, set) => {
                const [node, start] = nodes.findLast(([, start]) => start <= place);
                set.call(range, node, place - start);
            };
            put(at, range.setStart);
            put(at + words.length, range.setEnd);
            range.startContainer.parentElement.scrollIntoView({ block: "center" });
            const boxes = [...range.getClientRects()], first = boxes[0], last = boxes.at(-1);
            const middle = (box) => box.top + box.height / 2;
            return { left: first.left, top: middle(first), right: last.right, bottom: middle(last) };
        }""",
        words,
    )
    page.mouse.move(box["left"] + 0.5, box["top"])
    page.mouse.down()
    page.mouse.move(box["right"] - 0.5, box["bottom"], steps=4)
    page.mouse.up()


def test_what_was_missed_is_added(page: Page, url: str) -> None:
    press(page, "i")
    says(page, "The verb of what was missed")
    page.keyboard.type("gives")
    press(page, "Enter")
    expect(page.locator("#fresh")).to_be_visible()
    press(page, "Enter")
    says(page, "Added")
    expect(page.locator(".card.added")).to_contain_text("“gives”")
    one = decisions(url)[0]
    assert one.verdict is Verdict.ADDED
    assert one.told is not None
    assert [it.name for it in one.told.providers] == ["Havna Fund"]
    assert one.told.evidence[0].quote == TEXT.splitlines()[0]


def test_a_decision_is_taken_back(page: Page, url: str) -> None:
    press(page, "a", "u")
    says(page, "Taken back")
    expect(page.locator("#counts")).to_contain_text("0 of 4")
    assert verdicts(url) == []
    press(page, "u")
    says(page, "nothing of yours left to undo")


def test_a_correction_that_makes_no_sense_is_not_kept(page: Page, url: str) -> None:
    press(page, "m")
    page.get_by_label("sum in digits").first.fill("much")
    press(page, "Enter")
    expect(page.locator(".editor .error")).to_contain_text("Not saved")
    press(page, "Escape")
    expect(page.locator(".editor")).to_have_count(0)
    assert verdicts(url) == []


# where one is


def test_a_reload_keeps_the_place(page: Page) -> None:
    press(page, "a", "]", "j")
    expect(page.locator("#text")).to_contain_text("Kvam, 6 May")
    expect(page.locator(".card.lit")).to_contain_text("“signed”")
    page.reload()
    expect(page.locator("#text")).to_contain_text("Kvam, 6 May")
    expect(page.locator(".card.lit")).to_contain_text("“signed”")
    expect(page.locator("#counts")).to_contain_text("1 of 4")


def test_a_second_tab_is_told_of_the_first(page: Page, url: str) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#counts")).to_contain_text("0 of 4")
    press(page, "r")
    says(page, "Rejected")
    press(other, "a")
    says(other, "Not saved")
    expect(other.locator(".card.rejected")).to_have_count(1)
    assert verdicts(url) == ["rejected"]
    press(other, "a")
    says(other, "Accepted")
    assert verdicts(url) == ["rejected", "accepted"]


def test_the_filter_shows_what_is_asked_for(page: Page) -> None:
    press(page, "/")
    page.keyboard.type("molde")
    press(page, "Enter")
    expect(page.locator(".card:not(.beside)").first).to_contain_text("Molde")
    page.select_option("#f-status", "withdrawn")
    expect(page.locator("#text")).to_contain_text("Nothing fits the filter")


def test_only_the_undecided_are_walked_through(page: Page) -> None:
    press(page, "a")
    page.select_option("#f-state", "left")
    expect(page.locator(".card.beside")).to_have_count(1)
    press(page, "b", "b", "b")
    expect(page.locator(".card.lit")).not_to_have_class(re.compile("beside"))


def test_a_reload_of_records_keeps_what_was_decided(page: Page, url: str) -> None:
    press(page, "s", "6")
    says(page, "Corrected")
    record = two_commitments()
    one = record.commitments[0].model_copy(update={"action": Action.LEND})
    load(Path(url.removeprefix("sqlite:///")), havna=record.model_copy(update={"commitments": [one, record.commitments[1]]}))
    page.reload()
    expect(page.locator(".card.flagged")).to_contain_text("reads the same words otherwise")
    expect(page.locator(".card.flagged")).to_contain_text("delivered")
    press(page, "y")
    expect(page.locator(".card.flagged")).to_have_count(0)
    assert decisions(url)[-1].told == decisions(url)[-1].seen


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


def test_a_hostile_release_does_nothing(browser: Browser, tmp_path: Path) -> None:
    url = load(tmp_path / "r.db", **{"<b>x": hostile_record()})
    with served(url, "<script>window.hacked = 1</script>") as address:
        asked: list[str] = []
        for page in opened(browser, address):
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


def test_a_text_of_two_megabytes_can_be_reviewed(browser: Browser, tmp_path: Path) -> None:
    record = example_record()
    text = record.text + f"{'Nothing is said here, again and again. ' * 50}\n\n" * 1_000
    url = load(tmp_path / "r.db", long=retold(record.model_dump(mode="json"), text))
    with served(url) as address:
        for page in opened(browser, address, 120):
            press(page, "m", "w")
            says(page, "Mark words", 90)
            press(page, "Escape", "Escape", "a")
            says(page, "Accepted", 90)
    assert verdicts(url) == ["accepted"]


def test_an_empty_database_says_so(browser: Browser, tmp_path: Path) -> None:
    with served(load(tmp_path / "r.db")) as address:
        for page in opened(browser, address):
            expect(page.locator("#text")).to_contain_text("There is no release in this database")
            press(page, "a", "j", "e", "i", "n", "?")
            expect(page.locator("#help")).to_be_visible()


def test_a_server_that_ended_is_told_of(browser: Browser, url: str) -> None:
    with served(url) as address:
        pages = opened(browser, address)
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
def test_everybody_can_use_it(browser: Browser, url: str, scheme: str, width: int) -> None:
    """What axe finds wrong, in every state of the page: nothing."""
    with served(url) as address:
        for page in opened(browser, address):
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
