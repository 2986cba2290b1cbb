from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from communique.overlay import select, told_of
from communique.review.drafts import DraftError, proposal, sentence_around, told_from
from communique.review.export import gold_name
from communique.review.reading import read_words
from communique.review.walk import Filter, State, way
from communique.store.reviews import Entry, Line
from communique_models import Status
from records import TEXT, example_record, mention

RECORD = example_record()
TOLD = told_of(RECORD, RECORD.commitments[0])
SENT = TOLD.model_dump(mode="json")


def span(quote: str, nth: int = 1) -> dict[str, int]:
    one = mention(quote, nth)
    return {"start": one.start, "end": one.end}


def test_quotes_are_the_texts_own() -> None:
    sent = TOLD.model_dump(mode="json")
    sent["trigger"] = {**span("signed"), "quote": "forged", "prefix": "x", "suffix": "y"}
    told = told_from(sent, TEXT)
    assert told.trigger == select(TEXT, *span("signed").values())
    assert told.evidence[0].quote == TEXT.splitlines()[3], "the sentence of the new verb"
    assert told_from(TOLD.model_dump(mode="json"), TEXT) == TOLD


@pytest.mark.parametrize(
    "sent",
    [
        None, [], "x", {}, {"trigger": {"start": 0, "end": 10**9}},
        {**SENT, "providers": []},
        {**SENT, "status": "certain"},
        {**SENT, "amounts": [{"where": span("Molde"), "currency": "EUR", "value": "many"}]},
        {**SENT, "dates": [{"where": span("Molde"), "role": "due", "begin": "2025-02-01", "end": "2025-01-01"}]},
    ],
)  # fmt: skip
def test_what_is_no_commitment_is_told(sent: Any) -> None:
    with pytest.raises(DraftError):
        told_from(sent, TEXT)


def test_what_is_nested_too_deeply_is_no_commitment() -> None:
    deep: Any = {}
    for _ in range(500):
        deep = {"part_of": deep}
    with pytest.raises(DraftError):
        told_from({"amounts": [deep]}, TEXT)


def test_a_sentence_ends_at_its_mark_or_line() -> None:
    text = "One. “Two gives $1.5 million.” Three said.\nFour"
    at = text.index("gives")
    assert sentence_around(text, select(text, at, at + 5)).quote == "“Two gives $1.5 million.”"
    assert sentence_around(text, select(text, len(text) - 4, len(text))).quote == "Four"


def test_a_missed_commitment_is_proposed_by_its_sentence() -> None:
    told = proposal(RECORD, *span("gives").values())
    assert [one["name"] for one in told["providers"]] == ["Havna Fund"]
    assert [one["name"] for one in told["receivers"]] == ["Molde"]
    told = proposal(RECORD, *span("will provide").values())
    assert [one["name"] for one in told["providers"]] == ["Havna Fund"]
    assert [one["value"] for one in told["amounts"]] == ["1500000", "500000.25"]
    assert told_from(told, TEXT).status is Status.PLEDGED


def test_marked_words_are_read() -> None:
    text = "Oslo, 3 May 2024. The Ministry of Ports of Norway gives NOK 4.5 million by next spring."
    record = example_record(TEXT).model_copy(update={"text": text})

    def read(quote: str) -> dict[str, Any]:
        start = text.index(quote)
        return read_words(record, start, start + len(quote))

    assert read("NOK 4.5 million")["amount"] == {
        "currency": "NOK", "value": "4500000", "low": None, "high": None, "comparator": "=", "per": None, "basis": "new",
    }  # fmt: skip
    told = read("next spring")["date"]
    assert (told["begin"], told["end"]) == (date(2025, 3, 1), date(2025, 5, 31)), "seen from the day of publication"
    assert read("The Ministry of Ports")["party"] == {"name": "Ministry of Ports", "kind": "public_body", "country": None}
    assert read("Norway")["party"] == {"name": "Norway", "kind": "country", "country": "NO"}
    assert (read("gives")["amount"], read("gives")["date"]) == (None, None)


LINES = [Line("r1", "a", "A", date(2024, 1, 1), True), Line("r2", "b", None, None, False), Line("r3", "c", "C", None, False)]
ENTRIES = {
    "r1": [Entry("r1", "s1", "accepted", None, "pledged", 1.0, ("Norway", "Moldova"))],
    "r2": [
        Entry("r2", "s2", None, None, "planned", 0.6, ("Kiel",)),
        Entry("r2", "s3", "corrected", "changed", "pledged", 1.0, ("Oslo",)),
    ],
}


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ({}, {"r1": ["s1"], "r2": ["s2", "s3"], "r3": []}),
        ({"state": State.LEFT}, {"r2": ["s2"], "r3": []}),
        ({"state": State.FLAGGED}, {"r2": ["s3"]}),
        ({"state": State.DECIDED}, {"r1": ["s1"], "r2": ["s3"]}),
        ({"party": "nor"}, {"r1": ["s1"]}),
        ({"status": "planned"}, {"r2": ["s2"]}),
        ({"below": 0.7}, {"r2": ["s2"]}),
        ({"below": 0.7, "state": State.LEFT, "party": "x"}, {}),
    ],
)
def test_the_way_leads_past_what_is_asked_for(wanted: dict[str, Any], shown: dict[str, list[str]]) -> None:
    told = way(LINES, ENTRIES, Filter(**wanted))
    assert {one["id"]: [it["subject"] for it in one["commitments"]] for one in told["releases"]} == shown
    assert told["progress"] == {"done": 2, "total": 3, "complete": 1, "releases": 3}


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("a/x.txt.json", "a-x"), ("news.mbox#2.json", "news.mbox-2"), ("é ü.html.json", "é-ü"), ("../../etc/x.json", "etc-x"),
        ("...", "release"),
    ],
)
def test_gold_has_plain_names(name: str, stem: str) -> None:
    assert gold_name(name) == stem
