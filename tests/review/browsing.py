"""What a person does and sees on the page of a review, and the records that it shows."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Page, expect

from communique.overlay import Verdict
from communique_models import Counted, Record
from records import TEXT, example_record, mention
from review.served import decisions

expect.set_options(timeout=20_000)


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


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def says(page: Page, words: str, seconds: int = 20) -> None:
    expect(page.locator("#message")).to_contain_text(words, timeout=seconds * 1000)


def verdicts(url: str) -> list[Verdict]:
    return [one.verdict for one in decisions(url)]


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
