from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from communique.overlay import Verdict
from communique_models import Action
from records import TEXT
from review.browsing import press, says, two_commitments, verdicts
from review.served import decisions, load

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


def test_nothing_lies_over_anything_else(page: Page) -> None:
    filters, text = page.locator("#filter").bounding_box(), page.locator("#text").bounding_box()
    assert filters is not None
    assert text is not None
    assert filters["y"] + filters["height"] <= text["y"]
    confidence = page.locator(".card.lit dd.sure").bounding_box()
    gauge = page.locator(".card.lit dd.sure svg").bounding_box()
    assert confidence is not None
    assert gauge is not None
    assert confidence["height"] < 30, "the number stands in a line with its gauge"
    assert gauge["width"] < confidence["width"] / 2
    assert gauge["height"] >= 4


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
