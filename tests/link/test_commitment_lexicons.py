"""The frames of commitment hit and miss what their entries say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from communique import Pipeline, Source
from communique.analysis import analysis_of
from communique.annotate.commitments import tellings
from communique.lexicons import lexicon
from communique.link.commitments import purposes
from communique.link.commitments.draft import Draft
from examples import parse_example


def _entries(name: str, table: str) -> Iterator[Any]:
    for entry in lexicon(name)[table]:
        for hit in entry["hits"]:
            yield pytest.param(hit, id=f"{entry.get('id', entry.get('status', ''))}: {hit[:40]}")


def _misses() -> Iterator[Any]:
    for name, table in (("verbs", "frame"), ("nominals", "nominal"), ("governors", "governor")):
        for entry in lexicon(name)[table]:
            yield from (pytest.param(miss, id=miss[:50]) for miss in entry["misses"])


def _found(pipeline: Pipeline, text: str) -> list[Draft]:
    """All tellings of somebody's, as the frames read them: before any model weighs them."""
    doc = pipeline.annotate(Source(text))
    return [draft for draft in tellings(doc, analysis_of(doc)) if draft.providers or draft.givers]


@pytest.mark.parametrize("marked", [*_entries("verbs", "frame"), *_entries("nominals", "nominal")])
def test_a_frame_hits_its_examples(pipeline: Pipeline, marked: str) -> None:
    text, [(start, end, wanted)] = parse_example(marked)
    found = [fact for fact in _found(pipeline, text) if fact.trigger[0] < end and start < fact.trigger[1]]
    assert [f"{fact.action} {fact.status}" for fact in found] == [wanted]


@pytest.mark.parametrize("marked", list(_entries("governors", "governor")))
def test_a_governor_tells_how_firm_it_is(pipeline: Pipeline, marked: str) -> None:
    text, [(start, end, wanted)] = parse_example(marked)
    found = [fact for fact in _found(pipeline, text) if fact.trigger[0] < end and start < fact.trigger[1]]
    assert [str(fact.status) for fact in found] == [wanted]


@pytest.mark.parametrize("text", list(_misses()))
def test_no_frame_finds_a_commitment_in_a_miss(pipeline: Pipeline, text: str) -> None:
    assert _found(pipeline, text) == []


@pytest.mark.parametrize("marked", [hit for entry in lexicon("purposes")["purpose"] for hit in entry["hits"]])
def test_a_purpose_is_told_by_its_words(marked: str) -> None:
    text, [(start, end, wanted)] = parse_example(marked)
    found = [match.span() for match in purposes.pattern().finditer(text) if match.lastgroup == wanted]
    assert found == [(start, end)]


@pytest.mark.parametrize("text", [miss for entry in lexicon("purposes")["purpose"] for miss in entry["misses"]])
def test_other_words_tell_no_purpose(text: str) -> None:
    assert purposes.pattern().search(text) is None
